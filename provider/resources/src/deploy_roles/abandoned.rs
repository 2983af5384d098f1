//! Deploy roles that no state knows: what carries their tags, and their removal.

use super::decide::remove;
use super::desired::{Desired, Place, RoleWish, Which, boundary_child, provider_child};
use super::look::look;
use super::reconcile::{released, take_down};
use crate::client::{Landform, failure};
use crate::orphans::{Listed, Owned, Removed, extra};
use landform_cloud::{CloudError, Result as Answer, Target};
use landform_framework::Diagnostics;
use landform_model::Arn;
use landform_model::ownership::{ChildKey, Owner};
use landform_model::trust::OidcIssuer;
use std::collections::{BTreeMap, BTreeSet};
use tokio_util::sync::CancellationToken;

/// The roles of one account, with what belongs to them.
pub(crate) struct AbandonedRoles;

#[async_trait::async_trait]
impl Listed for AbandonedRoles {
    async fn list(&self, client: &Landform, place: &Target) -> Answer<Vec<Owned>> {
        client.iam(place).await?.all_owned().await
    }
}

#[async_trait::async_trait]
impl Removed for AbandonedRoles {
    /// What the roles are called and whom they trust is in no state, so the objects with the tags tell it.
    async fn remove(
        &self,
        client: &Landform,
        place: &Target,
        owner: Owner,
        stop: &CancellationToken,
    ) -> Result<Diagnostics, Diagnostics> {
        let doing = format!("Deleting deploy roles {}", owner.name);
        let untouched = |error: CloudError| failure(&doing, &error, "Nothing was deleted.");
        let iam = client.iam_for_change(place).await.map_err(untouched)?;
        let mut found = Found::default();
        for (object, tags) in iam.all_owned().await.map_err(untouched)? {
            if owner.owns(&tags) && !found.take(&owner, place, &object.id, owner.child_of(&tags).as_ref()) {
                found.others.push(format!("{} {}", object.kind, object.id));
            }
        }
        extra(&doing, &found.others)?;
        let account = Place { account: place.account.clone(), partition: place.region.partition() };
        let desired = Desired::nothing(owner, account, found.roles, found.issuers);
        let seen = look(iam.as_ref(), &desired).await.map_err(untouched)?;
        let steps = remove(&seen);
        take_down(iam.as_ref(), &desired, &steps, stop).await?;
        let mut said = Diagnostics::new();
        released(&seen, &steps).into_iter().for_each(|warning| said.push(warning));
        Ok(said)
    }
}

/// What carries the tags of one owner.
#[derive(Default)]
struct Found {
    roles: BTreeMap<Which, RoleWish>,
    issuers: BTreeSet<OidcIssuer>,
    /// What a destroy would not find.
    others: Vec<String>,
}

impl Found {
    /// Takes in an object by its ARN; whether it is one that a destroy would find.
    fn take(&mut self, owner: &Owner, place: &Target, arn: &str, child: Option<&ChildKey>) -> bool {
        let (Ok(arn), Some(child)) = (arn.parse::<Arn>(), child) else { return false };
        if let Some(issuer) = OidcIssuer::of_provider(&arn) {
            return provider_child(&issuer).as_ref() == Some(child) && self.issuers.insert(issuer);
        }
        if *child == boundary_child() {
            let account = Place { account: place.account.clone(), partition: place.region.partition() };
            return account.boundary(owner).as_ref() == Some(&arn);
        }
        let which = Which::BOTH.into_iter().find(|which| which.child() == *child);
        match (which, arn.resource().strip_prefix("role/").and_then(RoleWish::leaving)) {
            (Some(which), Some(role)) if !self.roles.contains_key(&which) => {
                self.roles.insert(which, role);
                true
            }
            _ => false,
        }
    }
}
