//! What both resources have in common, whatever their other attributes are.

use super::desired::{Before, Desired};
use super::document::{Document, DocumentKey};
use super::exclusive::Exclusive;
use super::outputs::{PolicyDocument, PolicySlots};
use super::target::PolicyTarget;
use crate::client::Landform;
use landform_cloud::id::PolicyId;
use landform_framework::{Diagnostic, Diagnostics, Model, Text, Value};
use landform_model::guardrails::PolicyType;
use landform_model::ownership::{Owner, ResourceKind};
use landform_model::{Region, ResourceName, StackName};
use std::collections::{BTreeMap, BTreeSet};

/// The words of `status`.
pub(crate) mod status {
    /// All is as configured.
    pub(crate) const READY: &str = "ready";
    /// Something differs.
    pub(crate) const DRIFTED: &str = "drifted";
    /// An update failed half-way.
    pub(crate) const DEGRADED: &str = "degraded";
    /// A create failed half-way.
    pub(crate) const INCOMPLETE: &str = "incomplete";
    /// It was imported from others, and not applied since.
    pub(crate) const ADOPTED: &str = "adopted";
}

/// A resource that is a set of policies.
pub(crate) trait PolicySet: Model + Default {
    /// The kind of resource.
    const KIND: ResourceKind;
    /// What it is called in messages.
    const NOUN: &'static str;
    /// The kinds of policy that it can have.
    const TYPES: &'static [PolicyType];

    /// The common attributes.
    fn core(&self) -> Core;
    /// The same with other computed attributes.
    fn set_core(&mut self, core: Core);
    /// What the policies are attached to; none while that is unknown.
    fn attached_to(&self) -> Option<BTreeSet<PolicyTarget>>;
    /// The documents that the configuration comes to; none while that is unknown, or where something is wrong.
    fn choice(&self, around: &Around<'_>, diagnostics: &mut Diagnostics) -> Option<Choice>;
    /// The kinds of policy that the configuration comes to, as far as that is known.
    fn policy_types(&self) -> BTreeSet<PolicyType>;
    /// What AWS takes of a kind of policy: bytes of one, and how many on one target; none where AWS does not say.
    fn limits(&self, policy_type: PolicyType) -> (Option<usize>, Option<usize>);
    /// Where policies must have been tried before they hold for the targets.
    fn tried_on(&self) -> Option<PolicyTarget> {
        None
    }
    /// Takes what a policy says into the configuration: as guardrails where the catalogue knows it, else as the user's own. The
    /// names of what is in it.
    fn take_in(&mut self, key: DocumentKey, policy_name: &str, content: &str) -> BTreeSet<String>;
    /// Sets what an import knows of the configuration besides.
    fn set_imported(&mut self, name: &ResourceName, targets: &BTreeSet<PolicyTarget>);
    /// The size of what was chosen.
    fn set_sizes(&mut self, choice: Option<&Choice>);
}

/// What a choice depends on besides the configuration.
pub(crate) struct Around<'a> {
    /// The region that Landform works in.
    pub(crate) region: Option<Region>,
    /// Which document each guardrail was in.
    pub(crate) before: Before,
    /// The slots that others hold, and the target on which they hold the most; none where nobody knows.
    pub(crate) taken: &'a (dyn Fn(PolicyType) -> Option<(usize, String)> + Sync),
    /// The texts of the policies that were tried, or hold for all targets already; none where nobody has to know.
    pub(crate) tried: Option<&'a [String]>,
}

/// The documents that a configuration comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Choice {
    /// The documents.
    pub(crate) documents: BTreeMap<DocumentKey, Document>,
    /// The bytes of the guardrails, each in a policy of its own.
    pub(crate) bytes_before: usize,
}

impl Choice {
    /// The bytes of all documents.
    pub(crate) fn bytes_after(&self) -> usize {
        self.documents.values().map(|document| document.content.len()).sum()
    }
}

/// The common attributes.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Core {
    pub(crate) name: Value<Text<ResourceName>>,
    pub(crate) exclusive: Value<Text<Exclusive>>,
    pub(crate) tags: Value<BTreeMap<String, String>>,
    pub(crate) stack: Value<Text<StackName>>,
    pub(crate) documents: Value<BTreeMap<String, PolicyDocument>>,
    pub(crate) attached_to: Value<BTreeSet<Text<PolicyTarget>>>,
    pub(crate) slots: Value<BTreeMap<String, BTreeMap<String, PolicySlots>>>,
    pub(crate) affected_accounts: Value<i64>,
    /// Accounts in which policies come together to something invalid, with the reasons. Of management policies only.
    pub(crate) invalid_accounts: Value<BTreeMap<String, Vec<String>>>,
    pub(crate) status: Value<String>,
    pub(crate) drift: Value<Vec<String>>,
}

impl Core {
    /// The name, for messages.
    pub(crate) fn name(&self) -> String {
        self.name.known().map(|name| name.0.to_string()).unwrap_or_default()
    }

    /// The owner of the policies; none while its name is unknown.
    pub(crate) fn owner(&self, kind: ResourceKind) -> Option<Owner> {
        let (stack, name) = (self.stack.known()?.0.clone(), self.name.known()?.0.clone());
        Some(Owner { stack, kind, name })
    }

    /// Whether policies of others go.
    pub(crate) fn is_exclusive(&self) -> bool {
        self.exclusive == Value::Known(Text(Exclusive::All))
    }

    /// The documents; none while they are unknown.
    pub(crate) fn known_documents(&self) -> Option<BTreeMap<DocumentKey, Document>> {
        let set = &self.name.known()?.0;
        let each = self.documents.known()?.iter().filter_map(|(name, document)| {
            let key = key(set, name, document)?;
            let guardrails = document.guardrails.known().cloned().unwrap_or_default();
            Some((key, Document { guardrails, content: document.content.known().cloned()? }))
        });
        Some(each.collect())
    }

    /// Which document each guardrail is in.
    pub(crate) fn placement(&self) -> Before {
        let documents = self.known_documents().unwrap_or_default();
        documents.into_iter().map(|(key, document)| (key, document.guardrails)).collect()
    }

    /// The ids that are known.
    pub(crate) fn ids(&self) -> BTreeMap<DocumentKey, PolicyId> {
        let (Some(set), Some(documents)) = (self.name.known(), self.documents.known()) else {
            return BTreeMap::new();
        };
        let each = documents.iter().filter_map(|(name, document)| {
            Some((key(&set.0, name, document)?, document.id.known()?.parse().ok()?))
        });
        each.collect()
    }

    /// Whether the last apply did not finish what it began, or an import has not been applied yet.
    pub(crate) fn is(&self, status: &str) -> bool {
        self.status.known().is_some_and(|now| now == status)
    }
}

fn key(set: &ResourceName, name: &str, document: &PolicyDocument) -> Option<DocumentKey> {
    DocumentKey::of(set, document.policy_type.known()?.0, name)
}

/// The set that `model` declares.
pub(crate) fn declared<M: PolicySet>(client: &Landform, model: &M) -> Result<Desired, Diagnostics> {
    let core = model.core();
    let attached_to = core.attached_to.known().map(|targets| targets.iter().map(|target| target.0.clone()));
    let parts = (core.owner(M::KIND), core.known_documents(), attached_to);
    let (Some(owner), Some(documents), Some(targets)) = parts else {
        return Err(Diagnostic::error(
            format!("{} {} is not fully known", M::NOUN, core.name()),
            "An attribute is still unknown. This is a fault of the provider; please report it.",
        )
        .into());
    };
    if owner.stack != *client.stack() {
        let detail = format!(
            "State says stack \"{}\", the provider block says \"{}\". The stack is part of the identity of every object: set it back.",
            owner.stack,
            client.stack()
        );
        let summary = format!("{} {} belongs to another stack", M::NOUN, core.name());
        return Err(Diagnostic::error(summary, detail).into());
    }
    Ok(Desired {
        owner,
        tags: client.with_default_tags(&core.tags.known().cloned().unwrap_or_default()),
        retired_tags: BTreeSet::new(),
        documents,
        targets: targets.collect(),
        exclusive: core.is_exclusive(),
        slots: slots(model),
        before: core.placement(),
    })
}

/// How many policies of a kind one target takes.
fn slots<M: PolicySet>(model: &M) -> BTreeMap<PolicyType, usize> {
    M::TYPES.iter().filter_map(|kind| Some((*kind, model.limits(*kind).1?))).collect()
}

/// The set of `owner` without anything in it, where nobody knows what was: what remains to be done is to take it away.
pub(crate) fn nothing<M: PolicySet>(owner: Owner) -> Desired {
    Desired {
        owner,
        tags: BTreeMap::new(),
        retired_tags: BTreeSet::new(),
        documents: BTreeMap::new(),
        targets: BTreeSet::new(),
        exclusive: false,
        slots: slots(&M::default()),
        before: BTreeMap::new(),
    }
}
