//! Acts: one step, and the wait that it needs. Decides nothing.

use super::desired::BUDGET;
use super::seen::SeenDefaultVpc;
use super::steps::{AccountStep, RegionStep};
use landform_cloud::account_settings::BlockSharing;
use landform_cloud::account_wide::S3PublicAccessBlock;
use landform_cloud::once::create_once;
use landform_cloud::wait::{Schedule, Seen as Look, wait_for};
use landform_cloud::{
    AccountSettings, AccountWide, Budgets, CloudError, DefaultVpc, ErrorKind, Result, Tags,
};
use std::future::Future;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// "It can take up to 10 minutes to configure this setting":
/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableImageBlockPublicAccess.html>
const IMAGES: Schedule = Schedule {
    first: Duration::from_secs(2),
    longest: Duration::from_secs(15),
    deadline: Duration::from_secs(15 * 60),
};
/// A new account, and a region that it has just opted in to, can be used after minutes, rarely hours. The timeout of the resource
/// ends the wait before this does.
/// <https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html>
const USABLE: Schedule = Schedule {
    first: Duration::from_secs(5),
    longest: Duration::from_secs(30),
    deadline: Duration::from_secs(4 * 60 * 60),
};
/// AWS lets go of subnets and gateways in seconds.
const FREE: Schedule = Schedule {
    first: Duration::from_secs(1),
    longest: Duration::from_secs(8),
    deadline: Duration::from_secs(60),
};

/// Calls again for as long as AWS says that it is not ready: the account or the region is new.
pub(super) async fn once_usable<T, F, Fut>(what: &str, stop: &CancellationToken, call: F) -> Result<T>
where
    F: Fn() -> Fut,
    Fut: Future<Output = Result<T>>,
{
    again("OpenRegion", what, USABLE, stop, ErrorKind::NotReady, call).await
}

/// Calls again for as long as it fails with this kind of error, and then fails with the last of them.
async fn again<T, F, Fut>(
    operation: &'static str,
    what: &str,
    schedule: Schedule,
    stop: &CancellationToken,
    kind: ErrorKind,
    call: F,
) -> Result<T>
where
    F: Fn() -> Fut,
    Fut: Future<Output = Result<T>>,
{
    let last = Mutex::new(None);
    let waited = wait_for(operation, what, schedule, stop, || async {
        match call().await {
            Ok(done) => Ok(Look::Ready(done)),
            Err(error) if error.kind == kind => {
                let state = format!("refused: {error}");
                *last.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
                Ok(Look::Pending(state))
            }
            Err(error) => Err(error),
        }
    });
    match (waited.await, last.into_inner().unwrap_or_else(PoisonError::into_inner)) {
        (Err(late), Some(error)) if late.kind == ErrorKind::NotReady => Err(error),
        (other, _) => other,
    }
}

/// Works in one region.
pub(super) struct Region<'a> {
    pub(super) settings: &'a dyn AccountSettings,
    pub(super) vpcs: &'a dyn DefaultVpc,
    pub(super) marks: &'a Tags,
    pub(super) stop: &'a CancellationToken,
}

impl Region<'_> {
    /// Answers the key that is in force now, as AWS writes it, where the step sets one.
    pub(super) async fn perform(&self, step: &RegionStep) -> Result<Option<String>> {
        match step {
            RegionStep::SetEbsEncryption(on) => self.settings.set_ebs_encryption_by_default(*on).await,
            RegionStep::SetEbsKmsKey(key) => {
                // AWS takes a key that does not exist and fails later, in silence.
                self.settings.kms_key_arn(key).await?;
                return self.settings.set_ebs_default_kms_key(key).await.map(Some);
            }
            RegionStep::SetMetadataDefaults(defaults) => {
                self.settings.set_instance_metadata_defaults(defaults).await
            }
            RegionStep::SetSnapshots(block) => self.settings.set_snapshot_block_public_access(*block).await,
            RegionStep::SetSerialConsole(on) => self.settings.set_serial_console_access(*on).await,
            RegionStep::RemoveDefaultVpc(vpc) => self.remove(vpc).await,
            RegionStep::SetImages(block) => self.set_images(*block).await,
        }?;
        Ok(None)
    }

    async fn set_images(&self, block: BlockSharing) -> Result<()> {
        self.settings.set_image_block_public_access(block).await?;
        wait_for("GetImageBlockPublicAccessState", "public sharing of images", IMAGES, self.stop, || async {
            let now = self.settings.image_block_public_access().await?.value;
            Ok(if now == block { Look::Ready(()) } else { Look::Pending(now.to_string()) })
        })
        .await
    }

    /// In the order in which AWS lets them go: <https://docs.aws.amazon.com/vpc/latest/userguide/delete-vpc.html>
    async fn remove(&self, vpc: &SeenDefaultVpc) -> Result<()> {
        if !vpc.used_by.is_empty() {
            let text = format!(
                "{} is in use by {}. Delete what they belong to, or set `default_vpc = \"ignore\"`",
                vpc.id,
                vpc.used_by.join(", ")
            );
            return Err(CloudError::new(ErrorKind::InUse, "DeleteVpc", text));
        }
        let parts = self.vpcs.parts(&vpc.id, self.marks).await?;
        for subnet in &parts.subnets {
            self.once_free(subnet.as_str(), || self.vpcs.delete_subnet(subnet)).await?;
        }
        for gateway in &parts.internet_gateways {
            self.vpcs.mark_internet_gateway(gateway, self.marks).await?;
            self.once_free(gateway.as_str(), || self.vpcs.detach_internet_gateway(gateway, &vpc.id)).await?;
            self.once_free(gateway.as_str(), || self.vpcs.delete_internet_gateway(gateway)).await?;
        }
        self.once_free(vpc.id.as_str(), || self.vpcs.delete_vpc(&vpc.id)).await
    }

    async fn once_free<F, Fut>(&self, what: &str, call: F) -> Result<()>
    where
        F: Fn() -> Fut,
        Fut: Future<Output = Result<()>>,
    {
        again("DeleteVpc", what, FREE, self.stop, ErrorKind::InUse, call).await
    }
}

/// Works in the whole account.
pub(super) struct Account<'a> {
    pub(super) wide: &'a dyn AccountWide,
    pub(super) budgets: &'a dyn Budgets,
    pub(super) marks: &'a Tags,
}

impl Account<'_> {
    pub(super) async fn perform(&self, step: &AccountStep) -> Result<()> {
        match step {
            AccountStep::BlockS3(on) => {
                self.wide.set_s3_public_access_block(S3PublicAccessBlock::of(*on)).await
            }
            AccountStep::SetPasswordPolicy(policy) => self.wide.set_password_policy(policy).await,
            AccountStep::DeletePasswordPolicy => self.wide.delete_password_policy().await,
            AccountStep::CreateAlias(alias) => self.create_alias(alias).await,
            AccountStep::CreateBudget(budget) => {
                let find = || async { Ok(self.budgets.budget(BUDGET).await?.map(drop)) };
                create_once(|| self.budgets.create(budget, self.marks), find).await
            }
            AccountStep::SetBudgetLimit(limit) => self.budgets.set_limit(BUDGET, limit).await,
            AccountStep::RemoveAlert(alert) => self.budgets.delete_alert(BUDGET, *alert).await,
            AccountStep::AddAlert(alert, emails) => {
                let wanted = (*alert, emails.clone());
                let find = || async {
                    let found = self.budgets.budget(BUDGET).await?;
                    Ok(found.filter(|budget| budget.alerts.contains(&wanted)).map(drop))
                };
                create_once(|| self.budgets.create_alert(BUDGET, *alert, emails), find).await
            }
            AccountStep::DeleteBudget => self.budgets.delete(BUDGET).await,
        }
    }

    /// An alias that another account has is refused in the same words as one that this account has got already.
    async fn create_alias(&self, alias: &str) -> Result<()> {
        let find = || async { Ok(self.wide.alias().await?.filter(|now| now == alias).map(drop)) };
        create_once(|| self.wide.create_alias(alias), find).await
    }
}
