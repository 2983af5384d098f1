//! Looks at what is in force: few reads in each region, all regions at once.

use super::desired::{BUDGET, Desired, DesiredAccount, DesiredRegion};
use super::seen::{Seen, SeenAccount, SeenDefaultVpc, SeenKey, SeenRegion};
use crate::client::{Landform, failure};
use futures_util::stream::{self, StreamExt};
use landform_cloud::account_settings::Ruled;
use landform_cloud::network::NetworkInterface;
use landform_cloud::{
    AccountSettingsReads, AccountWideReads, BudgetsReads, CloudError, DefaultVpcReads, ErrorKind, Result,
    Target,
};
use landform_framework::Diagnostics;
use landform_model::{AccountId, Region};

/// How many regions are worked in at once, with one call in flight in each. AWS counts calls per region.
pub(super) const REGIONS_AT_ONCE: usize = 40;

/// Where what is the account's as a whole is asked for: in the first of its regions.
pub(super) fn home(desired: &Desired) -> Option<Target> {
    desired.regions.keys().next().map(|region| target(&desired.account, region))
}

pub(super) fn target(account: &AccountId, region: &Region) -> Target {
    Target { account: account.clone(), region: region.clone() }
}

/// Looks at everything. A region that the account cannot use yet is noted; every other failure is told, with its region.
pub(super) async fn refresh(
    client: &Landform,
    desired: &Desired,
    doing: &str,
) -> std::result::Result<Seen, Diagnostics> {
    let mut seen = Seen::default();
    if let Some(home) = home(desired) {
        let wide = async {
            let (wide, budgets) = (client.account_wide(&home).await?, client.budgets(&home).await?);
            account(wide.as_ref(), budgets.as_ref(), &desired.wide).await
        };
        seen.wide = Some(wide.await.map_err(|error| failure(doing, &error, ""))?);
    }
    let look = |(name, wanted): (&Region, &DesiredRegion)| {
        let (target, name, wanted) = (target(&desired.account, name), name.clone(), wanted.clone());
        async move {
            let found = async {
                let settings = client.account_settings(&target).await?;
                region(settings.as_ref(), client.default_vpc(&target).await?.as_ref(), &wanted).await
            };
            (name, found.await)
        }
    };
    let looks: Vec<_> = desired.regions.iter().map(look).collect();
    let found: Vec<_> = stream::iter(looks).buffered(REGIONS_AT_ONCE).collect().await;
    let mut failed = Diagnostics::new();
    for (name, found) in found {
        match found {
            Ok(found) => drop(seen.regions.insert(name, found)),
            Err(error) if error.kind == ErrorKind::NotReady => drop(seen.unusable.insert(name, said(&error))),
            Err(error) => failed.extend(failure(format!("{doing} in {name}"), &error, "")),
        }
    }
    if failed.is_empty() { Ok(seen) } else { Err(failed) }
}

/// AWS's reason without the id of the request: the same in every plan.
pub(super) fn said(error: &CloudError) -> String {
    error.code.clone().unwrap_or_else(|| error.message.clone())
}

/// What is in force in a region: six reads; two more for a key of one's own, one more where a default VPC shall go.
pub(super) async fn region(
    settings: &dyn AccountSettingsReads,
    vpcs: &dyn DefaultVpcReads,
    desired: &DesiredRegion,
) -> Result<SeenRegion> {
    Ok(SeenRegion {
        ebs_encryption: settings.ebs_encryption_by_default().await?,
        kms_key: match &desired.kms_key {
            Some(key) => Some(kms_key(settings, key).await?),
            None => None,
        },
        metadata: settings.instance_metadata_defaults().await?,
        images: settings.image_block_public_access().await?,
        snapshots: settings.snapshot_block_public_access().await?,
        serial_console: settings.serial_console_access().await?,
        default_vpc: match desired.remove_default_vpc {
            true => default_vpc(vpcs).await?,
            false => None,
        },
    })
}

/// AWS answers with an ARN where it was given an alias. A key that does not exist is not the one in force.
async fn kms_key(settings: &dyn AccountSettingsReads, wanted: &str) -> Result<SeenKey> {
    let name = settings.ebs_default_kms_key().await?;
    let wanted = name == wanted
        || match settings.kms_key_arn(wanted).await {
            Err(error) if error.is_not_found() => false,
            found => found? == name,
        };
    Ok(SeenKey { name, wanted })
}

async fn default_vpc(vpcs: &dyn DefaultVpcReads) -> Result<Option<SeenDefaultVpc>> {
    let Some(id) = vpcs.default_vpc().await? else { return Ok(None) };
    let interfaces = vpcs.network_interfaces(&id).await?;
    Ok(Some(SeenDefaultVpc { id, used_by: interfaces.iter().map(user).collect() }))
}

/// `eni-1 (nat_gateway: Interface for NAT Gateway nat-1)`.
fn user(interface: &NetworkInterface) -> String {
    let of = match (&interface.instance, interface.description.as_str()) {
        (Some(instance), _) => instance.clone(),
        (None, "") => interface.kind.clone(),
        (None, description) => format!("{}: {description}", interface.kind),
    };
    format!("{} ({of})", interface.id)
}

/// What is in force in the whole account: four reads; two more and one for each alert where there may be a budget.
pub(super) async fn account(
    wide: &dyn AccountWideReads,
    budgets: &dyn BudgetsReads,
    desired: &DesiredAccount,
) -> Result<SeenAccount> {
    Ok(SeenAccount {
        s3: Ruled {
            value: wide.s3_public_access_block().await?,
            by: wide.s3_public_access_block_ruled_by().await?,
        },
        password_policy: wide.password_policy().await?,
        alias: wide.alias().await?,
        budget: match desired.had_budget {
            true => budgets.budget(BUDGET).await?,
            false => None,
        },
    })
}
