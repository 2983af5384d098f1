//! Names of services that do not exist, which AWS takes without a word and which then deny nothing.

use std::collections::BTreeSet;
use std::fmt;

use crate::guardrails::document::Document;
use crate::nearest;

/// An action of a service that is not in the list of services.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct UnknownPrefix {
    /// The pattern as it is written.
    pub pattern: String,
    /// The service that may have been meant.
    pub nearest: Option<&'static str>,
}

impl fmt::Display for UnknownPrefix {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let UnknownPrefix { pattern, nearest } = self;
        write!(
            formatter,
            "no service of `{pattern}` was known in {}: AWS takes it and it denies nothing",
            read()
        )?;
        match nearest {
            Some(nearest) => write!(formatter, ". Did you mean `{nearest}`?"),
            None => formatter.write_str(", unless the service is new"),
        }
    }
}

const LIST: &str = include_str!("../../../../policies/service-prefixes.txt");

fn prefixes() -> impl Iterator<Item = &'static str> {
    LIST.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The month in which the list was read.
fn read() -> &'static str {
    LIST.lines().find_map(|line| line.strip_prefix("# Read: ")).unwrap_or_default()
}

/// Actions whose service is unknown: a warning, because AWS adds services. A pattern that begins with a wildcard, and `*`,
/// are of no certain service.
pub fn unknown_prefixes(document: &Document) -> Vec<UnknownPrefix> {
    let patterns: BTreeSet<&String> =
        document.statements.iter().flat_map(|statement| statement.actions.patterns()).collect();
    let unknown = patterns.into_iter().filter_map(|pattern| {
        let prefix = pattern.split(':').next().unwrap_or_default().to_ascii_lowercase();
        let known = prefix.contains(['*', '?']) || prefixes().any(|known| known == prefix);
        (!known).then(|| UnknownPrefix { pattern: pattern.clone(), nearest: nearest(&prefix, prefixes()) })
    });
    unknown.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guardrails::catalogue;

    #[test]
    fn the_list_is_sorted_dated_and_knows_the_services_of_the_catalogue() {
        assert!(prefixes().count() > 300 && prefixes().is_sorted());
        assert!(read().starts_with("20") && LIST.contains("# Source: https://docs.aws.amazon.com/"));
        for guardrail in catalogue::all() {
            let document = Document { statements: guardrail.statements.clone() };
            let unknown =
                unknown_prefixes(&document).into_iter().filter(|found| !found.pattern.starts_with('<'));
            assert_eq!(unknown.collect::<Vec<_>>(), [], "{}", guardrail.id);
        }
    }

    #[test]
    fn a_slip_is_told_with_what_was_meant() {
        let text = r#"{"Version":"2012-10-17","Statement":{"Effect":"Deny","Resource":"*","Action":["*","S3:Get*","gaurdduty:*","sqs*:x","brandnewservice:Go"]}}"#;
        let found: Vec<String> =
            unknown_prefixes(&text.parse().unwrap()).iter().map(ToString::to_string).collect();
        insta::assert_snapshot!(found.join("\n"), @r#"
        no service of `brandnewservice:Go` was known in 2026-11: AWS takes it and it denies nothing, unless the service is new
        no service of `gaurdduty:*` was known in 2026-11: AWS takes it and it denies nothing. Did you mean `guardduty`?
        "#);
    }
}
