//! The kinds of resource that can be orphans: one line each.

use crate::client::Landform;
use crate::deploy_roles::AbandonedRoles;
use crate::organization_policies::{AbandonedPolicies, Guardrails, OrganizationPolicy};
use crate::state_backend::AbandonedBackends;
use crate::vpc::AbandonedNetworks;
use landform_cloud::network::OwnedObject;
use landform_cloud::{Result as Answer, Tags, Target};
use landform_framework::Diagnostics;
use landform_model::inventory::Scope;
use landform_model::ownership::{Owner, ResourceKind};
use tokio_util::sync::CancellationToken;

/// An object with those of its tags that say whose it is.
pub(crate) type Owned = (OwnedObject, Tags);

/// How the objects of a kind are found.
#[async_trait::async_trait]
pub(crate) trait Listed: Sync {
    /// What exists in `place` and carries any of the ownership tags, whatever resource they name.
    async fn list(&self, client: &Landform, place: &Target) -> Answer<Vec<Owned>>;
}

/// How a resource of a kind is removed.
#[async_trait::async_trait]
pub(crate) trait Removed: Sync {
    /// Removes everything of `owner` in `place` as a destroy does; what is to be said of it.
    async fn remove(
        &self,
        client: &Landform,
        place: &Target,
        owner: Owner,
        stop: &CancellationToken,
    ) -> Result<Diagnostics, Diagnostics>;
}

/// What may become of an orphan.
pub(super) enum Removal {
    /// It goes as a destroy of it would.
    AsDestroyed(&'static dyn Removed),
    /// It is only listed; the reason in words.
    Never(&'static str),
}

/// A kind of resource.
pub(super) struct Kind {
    pub(super) kind: ResourceKind,
    /// Where it is. Elsewhere its tags are somebody's mistake.
    pub(super) is_in: fn(&Scope) -> bool,
    pub(super) listed: &'static dyn Listed,
    pub(super) removal: Removal,
}

const REGION: fn(&Scope) -> bool = |scope| matches!(scope, Scope::Region(_));
const ACCOUNT: fn(&Scope) -> bool = |scope| matches!(scope, Scope::Account);
const ORGANIZATION: fn(&Scope) -> bool = |scope| matches!(scope, Scope::Organization);

const GUARDRAILS: &AbandonedPolicies<Guardrails> = &AbandonedPolicies::SETS;
const POLICIES: &AbandonedPolicies<OrganizationPolicy> = &AbandonedPolicies::SETS;

const STATES: &str = "never deleted by this command: it may hold every state";

/// All kinds. Accounts and organizational units are not among them: they are for `terraform query`, and never removed here.
pub(super) static KINDS: [Kind; 5] = [
    kind(ResourceKind::VPC, REGION, &AbandonedNetworks, Removal::AsDestroyed(&AbandonedNetworks)),
    kind(ResourceKind::STATE_BACKEND, REGION, &AbandonedBackends, Removal::Never(STATES)),
    kind(ResourceKind::DEPLOY_ROLES, ACCOUNT, &AbandonedRoles, Removal::AsDestroyed(&AbandonedRoles)),
    kind(ResourceKind::GUARDRAILS, ORGANIZATION, GUARDRAILS, Removal::AsDestroyed(GUARDRAILS)),
    kind(ResourceKind::ORGANIZATION_POLICY, ORGANIZATION, POLICIES, Removal::AsDestroyed(POLICIES)),
];

const fn kind(
    kind: ResourceKind,
    is_in: fn(&Scope) -> bool,
    listed: &'static dyn Listed,
    removal: Removal,
) -> Kind {
    Kind { kind, is_in, listed, removal }
}

/// The kind that the value of a resource's tag names in such a place, such as `vpc/main` in a region, with the name.
pub(super) fn named<'a>(scope: &Scope, resource: &'a str) -> Option<(&'static Kind, &'a str)> {
    let (word, name) = resource.split_once('/')?;
    let kind = KINDS.iter().find(|kind| kind.kind.as_str() == word && (kind.is_in)(scope))?;
    Some((kind, name))
}
