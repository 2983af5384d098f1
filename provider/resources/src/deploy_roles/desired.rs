//! What must be, from the attributes.

use super::model::{DeployRoles, DeployTrust};
use landform_cloud::Tags;
use landform_cloud::iam::RoleSettings;
use landform_framework::{Text, Value};
use landform_model::ownership::{ChildKey, Owner, ResourceKind};
use landform_model::trust::{OidcAudience, OidcIssuer, OidcTrust, Trust, TrustError};
use landform_model::{AccountId, Arn, PermissionBoundary, PolicyJson, RoleName, StackName, StateAccess};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// The name of the inline policy for states.
pub(super) const STATE_POLICY: &str = "landform-state";

/// The audience of tokens where none is named.
pub(super) const AUDIENCE: &str = "sts.amazonaws.com";

/// One of the two roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Which {
    Plan,
    Apply,
}

impl Which {
    pub(super) const BOTH: [Which; 2] = [Which::Plan, Which::Apply];

    pub(super) fn child(self) -> ChildKey {
        ChildKey::new(match self {
            Which::Plan => "role/plan",
            Which::Apply => "role/apply",
        })
    }
}

impl fmt::Display for Which {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Which::Plan => "plan role",
            Which::Apply => "apply role",
        })
    }
}

/// The roles and what belongs to them.
#[derive(Debug, Clone)]
pub(super) struct Desired {
    pub(super) owner: Owner,
    pub(super) place: Place,
    pub(super) roles: BTreeMap<Which, RoleWish>,
    /// The document of the permission boundary; none without one.
    pub(super) boundary: Option<PolicyJson>,
    /// Which audiences each issuer's provider must know.
    pub(super) providers: BTreeMap<OidcIssuer, BTreeSet<OidcAudience>>,
    pub(super) tags: Tags,
    /// Keys of tags that an earlier configuration had.
    pub(super) retired_tags: BTreeSet<String>,
    /// Issuers that an earlier configuration had.
    pub(super) retired_issuers: BTreeSet<OidcIssuer>,
}

/// One role.
#[derive(Debug, Clone)]
pub(super) struct RoleWish {
    pub(super) name: RoleName,
    pub(super) settings: RoleSettings,
    pub(super) attached: BTreeSet<Arn>,
    pub(super) inline: BTreeMap<String, PolicyJson>,
}

impl RoleWish {
    /// A role that has to go, of which only the name counts; none where the name or a policy for nobody is none.
    pub(super) fn leaving(name: &str) -> Option<Self> {
        let trust = r#"{"Version":"2012-10-17","Statement":[]}"#.parse().ok()?;
        let settings =
            RoleSettings { trust, description: String::new(), max_session_seconds: 3600, boundary: None };
        let (attached, inline) = (BTreeSet::new(), BTreeMap::new());
        Some(Self { name: name.parse().ok()?, settings, attached, inline })
    }
}

/// The account, and how ARNs in it begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) account: AccountId,
    pub(super) partition: &'static str,
}

impl Place {
    /// The ARN of what IAM calls `resource` in this account, such as `role/landform-plan`.
    pub(super) fn arn(&self, resource: &str) -> Option<Arn> {
        format!("arn:{}:iam::{}:{resource}", self.partition, self.account).parse().ok()
    }

    /// The ARN of one of AWS's own managed policies.
    fn managed(&self, name: &str) -> Option<Arn> {
        format!("arn:{}:iam::aws:policy/{name}", self.partition).parse().ok()
    }

    /// The ARN of the permission boundary of these roles.
    pub(super) fn boundary(&self, owner: &Owner) -> Option<Arn> {
        self.arn(&format!("policy/{}", boundary_name(owner)))
    }

    pub(super) fn provider(&self, issuer: &OidcIssuer) -> Option<Arn> {
        issuer.provider_arn(self.partition, &self.account).parse().ok()
    }
}

/// The key of the OIDC provider of an issuer.
pub(super) fn provider_child(issuer: &OidcIssuer) -> Option<ChildKey> {
    let slug = |letter: char| match letter.to_ascii_lowercase() {
        letter @ ('a'..='z' | '0'..='9' | '-' | '_' | '/') => letter,
        _ => '-',
    };
    // The issuer itself is the natural key, so two that are cut alike do no harm.
    let slug: String = issuer.host_and_path().chars().map(slug).take(100).collect();
    format!("oidc_provider/{}", slug.trim_end_matches('/')).parse().ok()
}

/// Why there are no roles to make.
#[derive(Debug)]
pub(super) enum Unwanted {
    /// Some attribute is not known yet.
    Unknown,
    /// This role can be assumed by nobody, or not safely.
    Trust(Which, TrustError),
}

impl Desired {
    /// What `model` says.
    pub(super) fn new(
        model: &DeployRoles,
        partition: &'static str,
        default_tags: impl FnOnce(&Tags) -> Tags,
    ) -> Result<Self, Unwanted> {
        let parts = || {
            let (names, place) =
                (names(model)?, Place { account: model.account_id.known()?.0.clone(), partition });
            Some((owner(model)?, names, place, model.trust.known()?))
        };
        let (owner, names, place, trusted) = parts().ok_or(Unwanted::Unknown)?;
        let mut roles = BTreeMap::new();
        let mut providers: BTreeMap<OidcIssuer, BTreeSet<OidcAudience>> = BTreeMap::new();
        for which in Which::BOTH {
            let trust = trust(trusted, which).ok_or(Unwanted::Unknown)?;
            for it in &trust.oidc {
                providers.entry(it.issuer.clone()).or_default().insert(it.audience.clone());
            }
            let policy =
                trust.policy(partition, &place.account).map_err(|error| Unwanted::Trust(which, error))?;
            let wish = role(model, which, &names, &place, policy).ok_or(Unwanted::Unknown)?;
            roles.insert(which, wish);
        }
        let boundary = boundary(model, &owner, &names, &place).ok_or(Unwanted::Unknown)?;
        let tags = known_or_null(&model.tags).ok_or(Unwanted::Unknown)?.cloned().unwrap_or_default();
        Ok(Self {
            owner,
            place,
            roles,
            boundary,
            providers,
            tags: default_tags(&tags),
            retired_tags: BTreeSet::new(),
            retired_issuers: BTreeSet::new(),
        })
    }

    /// Nothing but what is there and has to go: roles by name, the boundary, and the providers of these issuers.
    pub(super) fn nothing(
        owner: Owner,
        place: Place,
        roles: BTreeMap<Which, RoleWish>,
        issuers: BTreeSet<OidcIssuer>,
    ) -> Self {
        Self {
            owner,
            place,
            roles,
            boundary: None,
            providers: BTreeMap::new(),
            tags: Tags::new(),
            retired_tags: BTreeSet::new(),
            retired_issuers: issuers,
        }
    }

    /// What an earlier configuration had and this one has not goes.
    pub(super) fn retire(&mut self, prior: &DeployRoles) {
        let keys = prior.tags.known().into_iter().flat_map(BTreeMap::keys);
        self.retired_tags.extend(keys.filter(|key| !self.tags.contains_key(*key)).cloned());
        let issuers = issuers(prior).into_iter().filter(|issuer| !self.providers.contains_key(issuer));
        self.retired_issuers.extend(issuers);
    }

    pub(super) fn boundary_arn(&self) -> Option<Arn> {
        self.place.boundary(&self.owner)
    }

    /// All tags of one object.
    pub(super) fn tags_of(&self, child: &ChildKey) -> Tags {
        let mut tags = self.tags.clone();
        tags.extend(self.owner.tags(child));
        tags
    }
}

/// The key of the permission boundary.
pub(super) fn boundary_child() -> ChildKey {
    ChildKey::new("permission_boundary")
}

pub(super) fn boundary_name(owner: &Owner) -> String {
    format!("landform-{}-boundary", owner.name)
}

/// Who owns the objects; none while name or stack are unknown.
pub(super) fn owner(model: &DeployRoles) -> Option<Owner> {
    let stack: StackName = model.stack.known()?.0.clone();
    Some(Owner { stack, kind: ResourceKind::DEPLOY_ROLES, name: model.name.known()?.0.clone() })
}

/// The names of both roles.
pub(super) fn names(model: &DeployRoles) -> Option<BTreeMap<Which, RoleName>> {
    let name = |name: &Value<Text<RoleName>>| Some(name.known()?.0.clone());
    Some([(Which::Plan, name(&model.plan_role)?), (Which::Apply, name(&model.apply_role)?)].into())
}

/// Every issuer that the configuration names.
pub(super) fn issuers(model: &DeployRoles) -> BTreeSet<OidcIssuer> {
    let oidc = model.trust.known().and_then(|trust| trust.oidc.known());
    oidc.into_iter().flatten().filter_map(|it| Some(it.issuer.known()?.0.clone())).collect()
}

/// Who may assume one of the roles; none while any of it is unknown.
pub(super) fn trust(model: &DeployTrust, which: Which) -> Option<Trust> {
    let mut trust = Trust::default();
    for it in known_or_null(&model.oidc)?.into_iter().flatten() {
        let apply = known_or_null(&it.apply_subjects)?.filter(|_| which == Which::Apply);
        let subjects = match apply {
            Some(subjects) => subjects,
            None => it.subjects.known()?,
        };
        let audience = match known_or_null(&it.audience)? {
            Some(audience) => audience.0.clone(),
            None => AUDIENCE.parse().ok()?,
        };
        let subjects: BTreeSet<_> = subjects.iter().map(|it| it.0.clone()).collect();
        if !subjects.is_empty() {
            trust.oidc.insert(OidcTrust { issuer: it.issuer.known()?.0.clone(), audience, subjects });
        }
    }
    let apply = known_or_null(&model.apply_roles)?.filter(|_| which == Which::Apply);
    let roles = match apply {
        Some(roles) => Some(roles),
        None => known_or_null(&model.roles)?,
    };
    trust.roles = roles.into_iter().flatten().map(|it| it.0.clone()).collect();
    trust.external_id = known_or_null(&model.external_id)?.map(|it| it.0.clone());
    Some(trust)
}

fn role(
    model: &DeployRoles,
    which: Which,
    names: &BTreeMap<Which, RoleName>,
    place: &Place,
    trust: PolicyJson,
) -> Option<RoleWish> {
    let (policies, default, description) = match which {
        Which::Plan => (&model.plan_policy_arns, "ReadOnlyAccess", "Landform: plans, changes nothing."),
        Which::Apply => (&model.apply_policy_arns, "AdministratorAccess", "Landform: applies plans."),
    };
    let attached = match known_or_null(policies)? {
        Some(policies) => policies.iter().map(|it| it.0.clone()).collect(),
        None => [place.managed(default)?].into(),
    };
    let mut inline = BTreeMap::new();
    if let Some(state) = known_or_null(&model.state)? {
        let access = StateAccess {
            bucket: state.bucket.known()?.0.clone(),
            key: known_or_null(&state.kms_key_arn)?.map(|it| it.0.clone()),
        };
        let document = access.document(place.partition, which == Which::Apply).ok()?;
        inline.insert(STATE_POLICY.to_owned(), document);
    }
    let bounded = which == Which::Apply && *model.permission_boundary.known()?;
    let boundary = match bounded {
        true => Some(place.arn(&format!("policy/{}", boundary_name(&owner(model)?)))?),
        false => None,
    };
    let max_session_seconds = i32::try_from(*model.max_session_duration.known()?).ok()?;
    let settings = RoleSettings { trust, description: description.to_owned(), max_session_seconds, boundary };
    Some(RoleWish { name: names.get(&which)?.clone(), settings, attached, inline })
}

fn boundary(
    model: &DeployRoles,
    owner: &Owner,
    names: &BTreeMap<Which, RoleName>,
    place: &Place,
) -> Option<Option<PolicyJson>> {
    if !*model.permission_boundary.known()? {
        return Some(None);
    }
    let boundary = PermissionBoundary {
        partition: place.partition,
        account: &place.account,
        policy: &boundary_name(owner),
        plan_role: names.get(&Which::Plan)?,
        apply_role: names.get(&Which::Apply)?,
        new_roles: *model.new_roles_need_boundary.known()?,
    };
    Some(Some(boundary.document().ok()?))
}

/// The value, or that there is none; none of both while it is unknown.
pub(super) fn known_or_null<T>(value: &Value<T>) -> Option<Option<&T>> {
    match value {
        Value::Unknown => None,
        Value::Null => Some(None),
        Value::Known(value) => Some(Some(value)),
    }
}
