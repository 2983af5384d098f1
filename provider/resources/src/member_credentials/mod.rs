//! `ephemeral.landform_member_credentials`: credentials of a role in a member account, which Terraform stores nowhere.

mod limits;
mod model;
#[cfg(test)]
mod tests;

pub use model::MemberCredentials;

use crate::client::{Landform, failure};
use landform_cloud::AssumedRole;
use landform_framework::docs::{Permissions, Statement};
use landform_framework::{Diagnostic, Diagnostics, EphemeralContext, EphemeralResource, Opened, Path};
use landform_model::{AccountId, Arn, Region, RoleName};
use std::time::{SystemTime, UNIX_EPOCH};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// The ephemeral resource `landform_member_credentials`.
pub struct MemberCredentialsResource;

#[async_trait::async_trait]
impl EphemeralResource for MemberCredentialsResource {
    type Client = Landform;
    type Model = MemberCredentials;

    fn name(&self) -> &'static str {
        "member_credentials"
    }

    fn subcategory(&self) -> &'static str {
        "Organization"
    }

    fn permissions(&self) -> Permissions {
        Permissions {
            write: vec![Statement {
                resources: vec!["arn:aws:iam::*:role/OrganizationAccountAccessRole".to_owned()],
                ..Statement::new("AssumeMemberRole", ["sts:AssumeRole"])
            }],
            note:
                "Name the role of `role_name`. A plan assumes it too. The role must trust the caller as well."
                    .to_owned(),
            ..Permissions::default()
        }
    }

    /// They cannot be prolonged and need no end: AWS ends them.
    async fn open(
        &self,
        cx: &EphemeralContext<Landform>,
        config: MemberCredentials,
    ) -> Result<Opened<MemberCredentials>, Diagnostics> {
        let role = role_of(cx.client(), &config).await?;
        let doing = format!("Assuming {}", role.role);
        let given = cx.client().credentials_of(&role).await.map_err(|error| {
            let next = "No credentials were given. The role must exist, trust the account of the provider's own credentials, and allow \
                        sessions as long as `duration`: one hour where those credentials are of a role themselves.";
            failure(&doing, &error, next)
        })?;
        Ok(Opened::new(MemberCredentials {
            access_key_id: given.access_key_id.into(),
            secret_access_key: given.secret_access_key.into(),
            session_token: given.session_token.into(),
            expiration: rfc3339(given.expires).into(),
            ..config
        }))
    }
}

/// What the configuration asks for. Everything in it is known by now.
async fn role_of(client: &Landform, config: &MemberCredentials) -> Result<AssumedRole, Diagnostics> {
    let missing = |attribute: &'static str| {
        let detail = format!("Set `{attribute}`.");
        Diagnostics::from(Diagnostic::error("Missing value", detail).at(Path::root().attribute(attribute)))
    };
    let account = config.account_id.known().ok_or_else(|| missing("account_id"))?;
    let name = config.role_name.known().ok_or_else(|| missing("role_name"))?;
    let target = client.global_target(account.0.clone()).await?;
    Ok(AssumedRole {
        role: role_arn(&target.account, &target.region, &name.0)?,
        session_name: config.session_name.known().cloned().ok_or_else(|| missing("session_name"))?,
        duration: config.duration.known().ok_or_else(|| missing("duration"))?.0.as_std(),
    })
}

fn role_arn(account: &AccountId, region: &Region, name: &RoleName) -> Result<Arn, Diagnostics> {
    let arn = format!("arn:{}:iam::{account}:role/{name}", region.partition());
    arn.parse::<Arn>().map_err(|error| Diagnostic::error("Invalid role", format!("{error}")).into())
}

/// As Terraform's functions for times read it: `2026-01-31T23:59:59Z`; none for times beyond its four digits of a year.
fn rfc3339(time: SystemTime) -> Option<String> {
    let seconds = i64::try_from(time.duration_since(UNIX_EPOCH).ok()?.as_secs()).ok()?;
    OffsetDateTime::from_unix_timestamp(seconds).ok()?.format(&Rfc3339).ok()
}
