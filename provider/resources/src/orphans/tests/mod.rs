//! Orphans of every kind over the AWS in the process: what is listed, what is removed, and what stays.

mod deploy_roles;
mod kinds;
mod networks;
mod policies;
mod state_backends;

use super::*;
use landform_test_cloud::InProcessCloud;
use std::sync::Arc;

/// A provider process of another stack, as `landform orphans` starts it.
fn client(cloud: &InProcessCloud) -> Landform {
    Landform::new(Arc::new(cloud.clone()), "else".parse().unwrap(), None, [].into(), false)
}

fn place(account: &str, scope: Scope) -> Place {
    Place { account_id: account.parse().unwrap(), scope }
}

fn region() -> Scope {
    Scope::Region("us-east-1".parse().unwrap())
}

async fn listed(client: &Landform, place: &Place) -> Vec<OwnedResource> {
    owned_resources(client, place).await.unwrap()
}

/// Stack and resource of the listed, with the kinds of their objects.
fn names(listed: &[OwnedResource]) -> Vec<(&str, &str, Vec<&str>)> {
    let mut names = Vec::new();
    for OwnedResource { stack, resource, objects, .. } in listed {
        let mut kinds: Vec<&str> = objects.iter().map(|object| object.kind.as_str()).collect();
        kinds.sort_unstable();
        names.push((stack.as_str(), resource.as_str(), kinds));
    }
    names
}

async fn remove(
    client: &Landform,
    place: &Place,
    stack: &str,
    resource: &str,
) -> Result<Diagnostics, Diagnostics> {
    remove_resource(client, place, stack, resource, &CancellationToken::new()).await
}
