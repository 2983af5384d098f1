//! From policies that exist to a set of them: those of a lost state, and those that others made.

use super::core::{Around, Core, PolicySet, status};
use super::document::{Document, DocumentKey, set_of};
use super::outputs::PolicyDocument;
use super::target::PolicyTarget;
use crate::client::{Landform, failure};
use crate::organization::OrganizationSnapshot;
use landform_cloud::organizations::{ParentId, Policy, TargetId};
use landform_cloud::{CloudError, OrganizationsReads, Result as Answer};
use landform_framework::{Diagnostic, Diagnostics, Text, Value};
use landform_model::ResourceName;
use landform_model::ownership::{Owner, RESOURCE_TAG, STACK_TAG};
use std::collections::{BTreeMap, BTreeSet};

/// The set of that name; its attributes are read afterwards.
///
/// Policies that carry no tags of Landform are adopted: the next apply tags them and gives them the texts of the configuration.
pub(super) async fn by_name<M: PolicySet>(client: &Landform, name: &ResourceName) -> Result<M, Diagnostics> {
    let doing = format!("Importing {} {name}", M::NOUN);
    let failed = |error: CloudError| failure(&doing, &error, "");
    let organization = client.organizations().await.map_err(failed)?;
    let owner = Owner { stack: client.stack().clone(), kind: M::KIND, name: name.clone() };
    let mut set = M::default();
    let (mut documents, mut targets, mut now) = (BTreeMap::new(), BTreeSet::new(), status::READY);
    for (key, policy) in named::<M>(&organization, name).await.map_err(failed)? {
        let tags = organization.tags(policy.id.as_str()).await.map_err(failed)?;
        if owner.child_of(&tags) != Some(key.child()) {
            if let (Some(stack), Some(resource)) = (tags.get(STACK_TAG), tags.get(RESOURCE_TAG)) {
                let detail =
                    format!("{} ({}) belongs to {resource} of stack {stack}.", policy.name, policy.id);
                return Err(Diagnostic::error(doing, detail).into());
            }
            now = status::ADOPTED;
        }
        let content = organization.policy_content(&policy.id).await.map_err(failed)?.unwrap_or_default();
        for target in organization.targets(&policy.id).await.map_err(failed)? {
            targets.extend(written(&organization, &target).await.map_err(failed)?);
        }
        let guardrails = set.take_in(key, &policy.name, &content);
        let document = Document { guardrails, content };
        documents.insert(policy.name.clone(), noted(key, &policy, document));
    }
    if documents.is_empty() {
        let examples: Vec<String> = M::TYPES
            .iter()
            .map(|kind| DocumentKey { policy_type: *kind, number: 1 }.policy_name(name))
            .collect();
        let detail = format!(
            "There is no policy {} in the organization. The id is the name of the set: what stands before these endings.",
            examples.join(" or ")
        );
        return Err(Diagnostic::error(doing, detail).into());
    }
    set.set_imported(name, &targets);
    set.set_core(Core {
        name: Value::Known(Text(name.clone())),
        stack: Value::Known(Text(owner.stack)),
        documents: Value::Known(documents),
        attached_to: Value::Known(targets.into_iter().map(Text).collect()),
        status: Value::Known(now.to_owned()),
        ..set.core()
    });
    let around = Around { region: None, before: set.core().placement(), taken: &|_| None, tried: None };
    if let Some(choice) = set.choice(&around, &mut Diagnostics::new()) {
        set.set_sizes(Some(&choice));
    }
    Ok(set)
}

/// The name that an import's id is.
pub(super) fn name(id: &str) -> Result<ResourceName, Diagnostics> {
    id.parse().map_err(|error| {
        let detail = format!("The id is the name of the set in this stack. {error}.");
        Diagnostic::error("Not a name", detail).into()
    })
}

/// The refusal of an identity without a name.
pub(super) fn nameless() -> Diagnostics {
    Diagnostic::error("No name", "Give the name of the set.").into()
}

/// The names of the sets of this stack.
pub(super) async fn of_stack<M: PolicySet>(client: &Landform) -> Answer<BTreeSet<ResourceName>> {
    let organization = client.organizations().await?;
    let mut sets = BTreeSet::new();
    if organization.organization().await?.is_none() {
        return Ok(sets);
    }
    for policy_type in M::TYPES {
        for policy in organization.policies(*policy_type).await? {
            let Some(name) = set_of(*policy_type, &policy.name).filter(|name| !sets.contains(name)) else {
                continue;
            };
            let owner = Owner { stack: client.stack().clone(), kind: M::KIND, name };
            if owner.child_of(&organization.tags(policy.id.as_str()).await?).is_some() {
                sets.insert(owner.name);
            }
        }
    }
    Ok(sets)
}

/// The policies that are named like documents of the set.
async fn named<M: PolicySet>(
    organization: &OrganizationSnapshot,
    name: &ResourceName,
) -> Answer<BTreeMap<DocumentKey, Policy>> {
    let mut found = BTreeMap::new();
    for policy_type in M::TYPES {
        let policies = organization.policies(*policy_type).await?.into_iter();
        found.extend(
            policies.filter_map(|policy| Some((DocumentKey::of(name, *policy_type, &policy.name)?, policy))),
        );
    }
    Ok(found)
}

/// A target as people write it; none for a unit whose name cannot stand in a path.
async fn written(organization: &OrganizationSnapshot, target: &TargetId) -> Answer<Option<PolicyTarget>> {
    let unit = match target {
        TargetId::Root(_) => return Ok(Some(PolicyTarget::Root)),
        TargetId::Account(id) => return Ok(Some(PolicyTarget::Account(id.clone()))),
        TargetId::Unit(id) => ParentId::Unit(id.clone()),
    };
    let tree = organization.tree().await?;
    Ok(tree.path_of(&unit).and_then(|path| path.parse().ok()))
}

fn noted(key: DocumentKey, policy: &Policy, document: Document) -> PolicyDocument {
    PolicyDocument {
        policy_type: Value::Known(Text(key.policy_type)),
        id: Value::Known(policy.id.to_string()),
        guardrails: Value::Known(document.guardrails),
        content: Value::Known(document.content),
        ..PolicyDocument::default()
    }
}
