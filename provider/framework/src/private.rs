//! What a plan tells its own apply.
//!
//! Terraform hands the delete half of a replacement the private data of the *planned create*, and a real destroy
//! those of the planned destroy. So the data say what the plan wanted, and a failed create can be continued instead
//! of being deleted and made again.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

const VERSION: u64 = 1;

/// The private data of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Private {
    pub(crate) intent: Intent,
    /// The identity of the planned object, when it is known.
    pub(crate) identity: Option<String>,
    /// A digest of every known value that cannot be changed in place, by path.
    pub(crate) immutable: BTreeMap<String, String>,
}

/// What the plan wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Intent {
    Create,
    Update,
    Destroy,
    /// The object goes from the state and nothing is deleted: another object in the state is the same real thing.
    Forget,
}

const INTENTS: [(Intent, &str); 4] = [
    (Intent::Create, "create"),
    (Intent::Update, "update"),
    (Intent::Destroy, "destroy"),
    (Intent::Forget, "forget"),
];

impl Private {
    /// Data that carry the intent alone.
    pub(crate) fn of(intent: Intent) -> Private {
        Private { intent, identity: None, immutable: BTreeMap::new() }
    }

    pub(crate) fn encode(&self) -> Vec<u8> {
        let intent = INTENTS.iter().find(|(intent, _)| *intent == self.intent).map(|(_, name)| *name);
        json!({"version": VERSION, "intent": intent, "identity": self.identity, "immutable": self.immutable})
            .to_string()
            .into_bytes()
    }

    /// Reads what [`Private::encode`] wrote. Anything else, such as data of a later version, is `None`: then the
    /// apply does what Terraform asks for, and nothing cleverer.
    pub(crate) fn decode(bytes: &[u8]) -> Option<Private> {
        let json: Json = serde_json::from_slice(bytes).ok()?;
        if json.get("version")?.as_u64()? != VERSION {
            return None;
        }
        let name = json.get("intent")?.as_str()?;
        let (intent, _) = INTENTS.iter().find(|(_, known)| *known == name)?;
        let immutable = json
            .get("immutable")?
            .as_object()?
            .iter()
            .map(|(path, digest)| Some((path.clone(), digest.as_str()?.to_owned())))
            .collect::<Option<_>>()?;
        let identity = json.get("identity")?.as_str().map(ToOwned::to_owned);
        Some(Private { intent: *intent, identity, immutable })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for (intent, _) in INTENTS {
            let immutable = BTreeMap::from([("cidr".to_owned(), "d1".to_owned())]);
            let private = Private { intent, identity: Some("prod/vpc/core".to_owned()), immutable };
            assert_eq!(Private::decode(&private.encode()), Some(private));
        }
    }

    #[test]
    fn nothing_and_a_later_version_are_no_intent() {
        let later = br#"{"version":2,"intent":"forget","identity":null,"immutable":{}}"#;
        for bytes in [&b""[..], b"{}", b"garbage", later] {
            assert_eq!(Private::decode(bytes), None);
        }
    }
}
