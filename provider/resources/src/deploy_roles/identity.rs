//! What finds deploy roles: their names, in an account.

use super::model::DeployRoles;
use super::{Call, DeployRolesResource, import};
use landform_framework::{Diagnostics, Identity, Model, Text, Value};
use landform_model::{AccountId, RoleName};

/// What finds deploy roles.
#[derive(Debug, Clone, PartialEq, Model)]
pub(crate) struct DeployRolesIdentity {
    /// The account.
    #[attribute(required)]
    pub(crate) account_id: Value<Text<AccountId>>,
    /// The name of the role that plans. Default: `landform-plan`.
    #[attribute(optional)]
    pub(crate) plan_role: Value<Text<RoleName>>,
    /// The name of the role that applies. Default: `landform-apply`.
    #[attribute(optional)]
    pub(crate) apply_role: Value<Text<RoleName>>,
}

#[async_trait::async_trait]
impl Identity for DeployRolesIdentity {
    type Resource = DeployRolesResource;

    fn of(roles: &DeployRoles) -> Self {
        Self {
            account_id: roles.account_id.clone(),
            plan_role: roles.plan_role.clone(),
            apply_role: roles.apply_role.clone(),
        }
    }

    async fn import(self, _: &DeployRolesResource, cx: &Call) -> Result<DeployRoles, Diagnostics> {
        let name = |name: Value<Text<RoleName>>, default: &str| match name.into_known() {
            Some(name) => name.0.to_string(),
            None => default.to_owned(),
        };
        let account = self.account_id.into_known().map(|it| it.0.to_string()).unwrap_or_default();
        let (plan, apply) = (name(self.plan_role, "landform-plan"), name(self.apply_role, "landform-apply"));
        import::by_id(cx.client(), &format!("{account}/{plan}/{apply}")).await
    }

    fn example() -> Self {
        Self {
            account_id: "111122223333".parse().ok().map(Text).into(),
            plan_role: "landform-plan".parse().ok().map(Text).into(),
            apply_role: "landform-apply".parse().ok().map(Text).into(),
        }
    }
}
