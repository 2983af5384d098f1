//! A guardrail is tried on a few accounts before it holds for all.

use serde::{Deserialize, Serialize};

use crate::guardrails::document::Document;
use crate::guardrails::merge::merge;
use crate::guardrails::pack::Contents;
use crate::text::word_type;

/// How far a set of guardrails has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Stage {
    /// It is attached to the organizational unit for tests only.
    Staging,
    /// It is attached to its targets.
    Enforce,
}

impl Stage {
    /// Both.
    pub const ALL: [Stage; 2] = [Stage::Staging, Stage::Enforce];

    /// The word for it: `staging` or `enforce`.
    pub fn as_str(self) -> &'static str {
        match self {
            Stage::Staging => "staging",
            Stage::Enforce => "enforce",
        }
    }
}

word_type!(Stage, "a stage of guardrails", "it is `staging` or `enforce`");

/// The guardrails that `tried` documents do not hold as they are: those that were not tried, or have changed since.
///
/// A document holds a guardrail when joining the two adds nothing to it.
pub fn untried<'a>(contents: &Contents, tried: impl IntoIterator<Item = &'a Document>) -> Vec<String> {
    let tried = merge(tried);
    let holds = |document: &Document| merge([&tried, document]) == tried;
    contents.iter().filter(|(_, document)| !holds(document)).map(|(id, _)| id.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guardrails::pack::Placement;
    use crate::guardrails::{Budget, ParameterValue, Parameters, PolicyType, choose, pack};

    const SCP: PolicyType = PolicyType::ServiceControlPolicy;

    fn contents(ids: &[&str], regions: &[&str]) -> Contents {
        let ids = ids.iter().map(|id| (*id).to_owned()).collect();
        let regions = ParameterValue::List(regions.iter().map(|region| (*region).to_owned()).collect());
        let parameters = Parameters::from([("allowed_regions".to_owned(), regions)]);
        pack::contents(&choose(&ids, &parameters).unwrap(), SCP)
    }

    fn packed(contents: &Contents) -> Vec<Document> {
        let packing = pack(contents, Budget::of(SCP).unwrap(), &Placement::new()).unwrap();
        packing.documents.iter().map(|document| document.text.parse().unwrap()).collect()
    }

    #[test]
    fn what_is_in_a_packed_document_was_tried_and_what_changed_since_was_not() {
        let ids = ["region-allowlist", "deny-root-user", "deny-leave-organization"];
        let now = contents(&ids, &["eu-central-1"]);
        let tried = packed(&now);
        assert_eq!(untried(&now, &tried), [""; 0]);
        assert_eq!(untried(&now, &[]), ["deny-leave-organization", "deny-root-user", "region-allowlist"]);
        let wider = contents(&ids, &["eu-central-1", "eu-west-1"]);
        assert_eq!(untried(&wider, &tried), ["region-allowlist"]);
        let more = contents(&["region-allowlist", "protect-backup"], &["eu-central-1"]);
        assert_eq!(untried(&more, &tried), ["protect-backup"]);
    }

    #[test]
    fn stages_are_words() {
        for stage in Stage::ALL {
            assert_eq!(stage.to_string().parse(), Ok(stage));
        }
        let error = "enforced".parse::<Stage>().unwrap_err().to_string();
        assert!(error.contains("`staging` or `enforce`"), "{error}");
    }
}
