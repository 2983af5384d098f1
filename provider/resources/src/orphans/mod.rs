//! What exists by its tags alone, whichever state knows it, and the removal of what none knows.
//!
//! [`kinds`] has one line for each kind of resource; how one is found and removed is in the folder of the resource.

mod kinds;
#[cfg(test)]
mod tests;

pub(crate) use kinds::{Listed, Owned, Removed};

use crate::client::{Landform, failure};
use kinds::{KINDS, Removal, named};
use landform_cloud::network::OwnedObject;
use landform_cloud::{CloudError, Target};
use landform_framework::{Diagnostic, Diagnostics};
use landform_model::inventory::{Place, Scope};
use landform_model::ownership::{Owner, RESOURCE_TAG, STACK_TAG};
use std::collections::BTreeMap;
use tokio_util::sync::CancellationToken;

/// A resource that AWS has objects of, as their tags name it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct OwnedResource {
    /// Its stack: the value of the tag `landform:stack`, empty where an object has lost it.
    pub stack: String,
    /// Its kind and name, such as `vpc/main`: the value of the tag `landform:resource`, empty where an object has lost it.
    pub resource: String,
    /// Its objects that exist, ordered by id.
    pub objects: Vec<OwnedObject>,
    /// Why [`remove_resource`] never removes it, in words; none where it can.
    pub kept: Option<&'static str>,
}

/// The resources of every stack that have objects in `place`, ordered.
///
/// # Errors
///
/// Fails when AWS refuses a read. That an account manages no organization is no failure: it has no policies then.
pub async fn owned_resources(client: &Landform, place: &Place) -> Result<Vec<OwnedResource>, Diagnostics> {
    let target = target(client, place).await?;
    let failed =
        |error: CloudError| failure(format!("Listing what has tags of Landform in {place}"), &error, "");
    let mut resources: BTreeMap<(String, String), Vec<OwnedObject>> = BTreeMap::new();
    for kind in KINDS.iter().filter(|kind| (kind.is_in)(&place.scope)) {
        for (object, tags) in kind.listed.list(client, &target).await.map_err(failed)? {
            let value = |key: &str| tags.get(key).cloned().unwrap_or_default();
            resources.entry((value(STACK_TAG), value(RESOURCE_TAG))).or_default().push(object);
        }
    }
    let resource = |((stack, resource), mut objects): ((String, String), Vec<OwnedObject>)| {
        objects.sort();
        let kept = named(&place.scope, &resource).and_then(|(kind, _)| match kind.removal {
            Removal::Never(why) => Some(why),
            Removal::AsDestroyed(_) => None,
        });
        OwnedResource { stack, resource, objects, kept }
    };
    Ok(resources.into_iter().map(resource).collect())
}

/// Removes everything in `place` that carries the tags of this resource, as a destroy of it would. Answers what is to be said of it.
///
/// Nobody is asked and no state is read: the caller has made sure that no state knows the resource.
///
/// # Errors
///
/// Fails where the tags name no resource that this version can remove there, where the resource is never removed, and where AWS
/// refuses a deletion; what is left then is removed by another call.
pub async fn remove_resource(
    client: &Landform,
    place: &Place,
    stack: &str,
    resource: &str,
    stop: &CancellationToken,
) -> Result<Diagnostics, Diagnostics> {
    let unknown = || unknown(place, stack, resource);
    let (kind, name) = named(&place.scope, resource).ok_or_else(unknown)?;
    let removed = match kind.removal {
        Removal::AsDestroyed(removed) => removed,
        Removal::Never(why) => {
            let summary = format!("{resource} of stack {stack} stays");
            return Err(Diagnostic::error(summary, format!("It is {why}.")).into());
        }
    };
    let (Ok(stack), Ok(name)) = (stack.parse(), name.parse()) else { return Err(unknown().into()) };
    let owner = Owner { stack, kind: kind.kind, name };
    removed.remove(client, &target(client, place).await?, owner, stop).await
}

/// Where AWS is asked. What has no region is asked for anywhere.
async fn target(client: &Landform, place: &Place) -> Result<Target, Diagnostics> {
    let account = place.account_id.clone();
    match &place.scope {
        Scope::Region(region) => Ok(Target { account, region: region.clone() }),
        Scope::Account | Scope::Organization => client.global_target(account).await,
    }
}

/// The refusal of a removal that would leave something behind: objects with the tags that a destroy would not find.
pub(crate) fn extra(doing: &str, objects: &[String]) -> Result<(), Diagnostics> {
    if objects.is_empty() {
        return Ok(());
    }
    let detail = format!(
        "The tags of this resource are also on {}, which Landform did not make so. Take its `landform:` tags off, or delete it by \
         hand, then try again. Nothing was deleted.",
        objects.join(" and ")
    );
    Err(Diagnostic::error(doing, detail).into())
}

fn unknown(place: &Place, stack: &str, resource: &str) -> Diagnostic {
    let detail = format!(
        "The tags say `{STACK_TAG} = {stack}` and `{RESOURCE_TAG} = {resource}`, which is no resource that this version of \
         Landform can remove in {place}. Use the version that made it, or delete its objects by hand."
    );
    Diagnostic::error("Not a resource that can be removed", detail)
}
