//! What exists by its tags alone, whichever state knows it, and the removal of what none knows.

use crate::client::{Landform, failure};
use crate::vpc;
use landform_cloud::network::OwnedObject;
use landform_cloud::{CloudError, NetworkReads, Tags, Target};
use landform_framework::{Diagnostic, Diagnostics};
use landform_model::ownership::{Owner, RESOURCE_TAG, ResourceKind, STACK_TAG};
use std::collections::{BTreeMap, BTreeSet};
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
}

/// The resources of every stack that have objects in `place`, ordered: one read of tags, and one for each kind of object.
///
/// # Errors
///
/// Fails when AWS refuses a read.
pub async fn owned_resources(client: &Landform, place: &Target) -> Result<Vec<OwnedResource>, Diagnostics> {
    let failed =
        |error: CloudError| failure(format!("Listing what has tags of Landform in {place}"), &error, "");
    let network = client.network(place).await.map_err(failed)?;
    let tagged = network.all_owned().await.map_err(failed)?;
    let dead = dead(network.as_ref(), &tagged).await.map_err(failed)?;
    let mut resources: BTreeMap<(String, String), Vec<OwnedObject>> = BTreeMap::new();
    for (object, tags) in tagged.into_iter().filter(|(object, _)| !dead.contains(&object.id)) {
        let value = |key: &str| tags.get(key).cloned().unwrap_or_default();
        resources.entry((value(STACK_TAG), value(RESOURCE_TAG))).or_default().push(object);
    }
    let resources = resources.into_iter();
    Ok(resources.map(|((stack, resource), objects)| OwnedResource { stack, resource, objects }).collect())
}

/// The listed objects that exist no longer. One of a kind that no resource has counts as living.
async fn dead(
    network: &dyn NetworkReads,
    tagged: &[(OwnedObject, Tags)],
) -> landform_cloud::Result<BTreeSet<String>> {
    let kinds: BTreeSet<&str> = tagged.iter().map(|(object, _)| object.kind.as_str()).collect();
    let mut dead = BTreeSet::new();
    for kind in kinds {
        if let Some(living) = vpc::living(network, kind).await? {
            let listed =
                tagged.iter().filter(|(object, _)| object.kind == kind).map(|(object, _)| &object.id);
            dead.extend(listed.filter(|id| !living.contains(*id)).cloned());
        }
    }
    Ok(dead)
}

/// Removes everything in `place` that carries the tags of this resource, as a destroy of it would.
///
/// Nobody is asked and no state is read: the caller has made sure that no state knows the resource.
///
/// # Errors
///
/// Fails where the tags name no resource that this version can remove, and where AWS refuses a deletion; what is left then is
/// removed by another call.
pub async fn remove_resource(
    client: &Landform,
    place: &Target,
    stack: &str,
    resource: &str,
    stop: &CancellationToken,
) -> Result<(), Diagnostics> {
    let owner = owner(stack, resource).ok_or_else(|| unknown(stack, resource))?;
    let network = client.network_for_change(place).await.map_err(|error| {
        failure(format!("Removing {resource} of stack {stack}"), &error, "Nothing was removed.")
    })?;
    vpc::remove_abandoned(network.as_ref(), owner, place.region.clone(), stop).await
}

/// The owner that the two tags name; none where this version has no such resource.
fn owner(stack: &str, resource: &str) -> Option<Owner> {
    let (kind, name) = resource.split_once('/')?;
    let kind = [ResourceKind::VPC].into_iter().find(|known| known.as_str() == kind)?;
    Some(Owner { stack: stack.parse().ok()?, kind, name: name.parse().ok()? })
}

fn unknown(stack: &str, resource: &str) -> Diagnostic {
    let detail = format!(
        "The tags say `{STACK_TAG} = {stack}` and `{RESOURCE_TAG} = {resource}`, which is no resource that this version of \
         Landform can remove. Use the version that made it, or delete its objects by hand."
    );
    Diagnostic::error("Not a resource that can be removed", detail)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vpc::tests::{Process, target, with_everything};
    use landform_cloud::network::NatGatewayState;

    async fn listed(process: &Process) -> Vec<OwnedResource> {
        owned_resources(process.client(), &target()).await.unwrap()
    }

    #[tokio::test(start_paused = true)]
    async fn everything_that_carries_our_tags_is_listed_and_only_what_lives() {
        let process = Process::new();
        process.create(with_everything()).await.unwrap();
        let [network] = <[_; 1]>::try_from(listed(&process).await).unwrap();
        assert_eq!((network.stack.as_str(), network.resource.as_str()), ("test", "vpc/main"));
        assert_eq!(network.objects.len(), process.parts().len());
        process.world(|world| world.nat_gateways[0].state = NatGatewayState::Deleted);
        let [fewer] = <[_; 1]>::try_from(listed(&process).await).unwrap();
        assert_eq!(fewer.objects.len(), network.objects.len() - 1);
    }

    #[tokio::test(start_paused = true)]
    async fn an_object_that_has_lost_a_tag_is_listed_by_the_others() {
        let process = Process::new();
        process.create(with_everything()).await.unwrap();
        process.world(|world| drop(world.subnets[0].tags.remove(RESOURCE_TAG)));
        let listed = listed(&process).await;
        let [strange, network] = <[_; 2]>::try_from(listed).unwrap();
        assert_eq!((strange.stack.as_str(), strange.resource.as_str()), ("test", ""));
        assert_eq!((strange.objects.len(), network.resource.as_str()), (1, "vpc/main"));
    }

    #[tokio::test(start_paused = true)]
    async fn what_no_state_knows_is_removed_whole_and_what_others_made_stays() {
        let process = Process::new();
        process.create(with_everything()).await.unwrap();
        let foreign = process
            .world(|world| world.inventory().into_iter().filter(|it| it.ends_with(" -")).collect::<Vec<_>>());
        let stop = CancellationToken::new();
        let removed = remove_resource(process.client(), &target(), "other", "vpc/main", &stop).await;
        removed.unwrap();
        assert!(!process.parts().is_empty(), "of another stack");
        remove_resource(process.client(), &target(), "test", "vpc/main", &stop).await.unwrap();
        assert_eq!(listed(&process).await, []);
        assert_eq!(process.world(|world| world.inventory()), foreign);
    }

    #[tokio::test]
    async fn tags_that_name_no_resource_remove_nothing() {
        let process = Process::new();
        let stop = CancellationToken::new();
        for resource in ["", "main", "lake/main", "vpc/No name"] {
            let refused = remove_resource(process.client(), &target(), "test", resource, &stop).await;
            let text = refused.unwrap_err().to_string();
            assert!(text.contains("no resource that this version"), "{text}");
        }
        assert!(process.cloud().take_calls().is_empty());
    }
}
