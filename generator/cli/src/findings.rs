//! Problems and differences in the words of those who show them.

use landform_generator::problem::Problem;
use landform_generator::source::Source;
use serde_json::{Value, json};

/// One thing that is wrong, at one place.
pub(crate) struct Finding {
    /// What kind of thing, in one word that stays the same.
    pub(crate) rule: &'static str,
    pub(crate) message: String,
    pub(crate) hint: Option<String>,
    /// The file, from the folder of the caller.
    pub(crate) file: String,
    /// Line and column from 1, where there are any.
    pub(crate) position: Option<(usize, usize)>,
}

impl Finding {
    /// A problem of a spec.
    pub(crate) fn of(source: &Source, problem: &Problem) -> Self {
        Self {
            rule: "spec",
            message: problem.message.clone(),
            hint: problem.hint.clone(),
            file: source.name().to_owned(),
            position: Some(source.position(problem)),
        }
    }

    /// For those who read JSON.
    pub(crate) fn as_value(&self) -> Value {
        let (line, column) = self.position.unzip();
        json!({
            "message": self.message,
            "file": self.file,
            "line": line,
            "column": column,
            "hint": self.hint,
        })
    }

    fn words(&self) -> String {
        match &self.hint {
            Some(hint) => format!("{}: {hint}", self.message),
            None => self.message.clone(),
        }
    }
}

/// A log of SARIF 2.1.0. <https://docs.oasis-open.org/sarif/sarif/v2.1.0/>
pub(crate) fn sarif(findings: &[Finding]) -> String {
    let results: Vec<Value> = findings.iter().map(result).collect();
    let driver = json!({ "name": "landform", "version": env!("CARGO_PKG_VERSION") });
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{ "tool": { "driver": driver }, "results": results }],
    });
    format!("{log:#}")
}

fn result(finding: &Finding) -> Value {
    let (line, column) = finding.position.unwrap_or((1, 1));
    let place = json!({
        "artifactLocation": { "uri": finding.file.replace('\\', "/") },
        "region": { "startLine": line, "startColumn": column },
    });
    json!({
        "ruleId": finding.rule,
        "level": "error",
        "message": { "text": finding.words() },
        "locations": [{ "physicalLocation": place }],
    })
}

/// A line per finding, which GitHub Actions shows beside the code.
/// <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>
pub(crate) fn github(findings: &[Finding]) -> String {
    let line = |finding: &Finding| {
        let (line, column) = finding.position.unwrap_or((1, 1));
        let file = escaped(&finding.file).replace(':', "%3A").replace(',', "%2C");
        format!("::error file={file},line={line},col={column},title=landform::{}", escaped(&finding.words()))
    };
    findings.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Nothing that a spec says can begin another command.
fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_stays_one_command() {
        let finding = Finding {
            rule: "spec",
            message: "a\n::set-output name=x::y 100%".to_owned(),
            hint: Some("b".to_owned()),
            file: "x,line=9:y".to_owned(),
            position: Some((3, 4)),
        };
        assert_eq!(
            github(&[finding]),
            "::error file=x%2Cline=9%3Ay,line=3,col=4,title=landform::a%0A::set-output name=x::y 100%25: b"
        );
    }
}
