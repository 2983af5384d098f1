//! What an account has once for all regions, in memory: in the world of its account in `us-east-1`.

use super::{InProcessCloud, World, refuse};
use landform_cloud::account_settings::RuledBy;
use landform_cloud::account_wide::*;
use landform_cloud::budgets::{Alert, Budget, Budgets, BudgetsReads, Usd};
use landform_cloud::{ErrorKind, Result, Tags, Target};
use landform_model::AccountId;
use std::collections::{BTreeMap, BTreeSet};

/// What an account has once for all regions.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AccountWideWorld {
    /// The password policy.
    pub password_policy: Option<PasswordPolicy>,
    /// The alias.
    pub alias: Option<String>,
    /// Aliases of other accounts of AWS.
    pub aliases_of_others: BTreeSet<String>,
    /// What S3 blocks.
    pub s3: S3PublicAccessBlock,
    /// What a policy of the organization says of that.
    pub s3_policy: Option<S3PublicAccessBlock>,
    /// Budgets with their tags, by name.
    pub budgets: BTreeMap<String, (Budget, Tags)>,
}

/// Where the things of a whole account are.
pub(super) fn home(account: &AccountId) -> Target {
    let region = "us-east-1".parse().unwrap_or_else(|error| panic!("{error}"));
    Target { account: account.clone(), region }
}

pub(super) struct InProcessAccountWide {
    pub(super) cloud: InProcessCloud,
    pub(super) account: AccountId,
}

impl InProcessAccountWide {
    fn call<T>(
        &self,
        operation: &'static str,
        subject: &str,
        act: impl FnOnce(&mut AccountWideWorld) -> Result<T>,
    ) -> Result<T> {
        let act = |world: &mut World, _: &mut dyn FnMut(&str) -> String| act(&mut world.account_wide);
        self.cloud.call(&home(&self.account), operation, subject, act)
    }
}

#[async_trait::async_trait]
impl AccountWideReads for InProcessAccountWide {
    async fn password_policy(&self) -> Result<Option<PasswordPolicy>> {
        self.call("GetAccountPasswordPolicy", "", |it| Ok(it.password_policy))
    }

    async fn alias(&self) -> Result<Option<String>> {
        self.call("ListAccountAliases", "", |it| Ok(it.alias.clone()))
    }

    async fn s3_public_access_block(&self) -> Result<S3PublicAccessBlock> {
        self.call("GetPublicAccessBlock", "", |it| Ok(it.s3_policy.unwrap_or(it.s3)))
    }

    async fn s3_public_access_block_ruled_by(&self) -> Result<RuledBy> {
        self.call("DescribeEffectivePolicy", "S3_POLICY", |it| {
            Ok(if it.s3_policy.is_some() { RuledBy::Organization } else { RuledBy::Account })
        })
    }
}

#[async_trait::async_trait]
impl AccountWide for InProcessAccountWide {
    async fn set_password_policy(&self, policy: &PasswordPolicy) -> Result<()> {
        let policy = *policy;
        self.call("UpdateAccountPasswordPolicy", "", |it| {
            it.password_policy = Some(policy);
            Ok(())
        })
    }

    async fn delete_password_policy(&self) -> Result<()> {
        self.call("DeleteAccountPasswordPolicy", "", |it| {
            it.password_policy = None;
            Ok(())
        })
    }

    async fn create_alias(&self, alias: &str) -> Result<()> {
        const OPERATION: &str = "CreateAccountAlias";
        self.call(OPERATION, alias, |it| {
            if it.aliases_of_others.contains(alias) || it.alias.as_deref() == Some(alias) {
                let text = format!("The account alias {alias} already exists.");
                return Err(refuse(ErrorKind::AlreadyExists, OPERATION, "EntityAlreadyExists", text));
            }
            it.alias = Some(alias.to_owned());
            Ok(())
        })
    }

    async fn set_s3_public_access_block(&self, block: S3PublicAccessBlock) -> Result<()> {
        const OPERATION: &str = "PutPublicAccessBlock";
        self.call(OPERATION, "", |it| {
            if it.s3_policy.is_some() {
                return Err(refuse(ErrorKind::Denied, OPERATION, "AccessDenied", "Access Denied"));
            }
            it.s3 = block;
            Ok(())
        })
    }
}

#[async_trait::async_trait]
impl BudgetsReads for InProcessAccountWide {
    async fn budget(&self, name: &str) -> Result<Option<Budget>> {
        let budget = self.call("DescribeBudget", name, |it| Ok(it.budgets.get(name).cloned()))?;
        let Some((budget, _)) = budget else { return Ok(None) };
        self.call("DescribeNotificationsForBudget", name, |_| Ok(()))?;
        for (alert, _) in &budget.alerts {
            self.call("DescribeSubscribersForNotification", &alert.to_string(), |_| Ok(()))?;
        }
        Ok(Some(budget))
    }
}

/// The budget of this name.
fn find<'a>(it: &'a mut AccountWideWorld, operation: &'static str, name: &str) -> Result<&'a mut Budget> {
    let text = format!("Unable to get budget: {name} - the budget doesn't exist.");
    let absent = || refuse(ErrorKind::NotFound, operation, "NotFoundException", text);
    it.budgets.get_mut(name).map(|(budget, _)| budget).ok_or_else(absent)
}

/// A name, or a threshold, is there already.
fn duplicate(operation: &'static str, what: impl std::fmt::Display) -> landform_cloud::CloudError {
    refuse(ErrorKind::AlreadyExists, operation, "DuplicateRecordException", format!("{what} already exists"))
}

#[async_trait::async_trait]
impl Budgets for InProcessAccountWide {
    async fn create(&self, budget: &Budget, tags: &Tags) -> Result<()> {
        const OPERATION: &str = "CreateBudget";
        let (budget, tags) = (budget.clone(), tags.clone());
        let name = budget.name.clone();
        self.call(OPERATION, &name.clone(), |it| {
            if it.budgets.contains_key(&name) {
                return Err(duplicate(OPERATION, name));
            }
            it.budgets.insert(name, (budget, tags));
            Ok(())
        })
    }

    async fn set_limit(&self, name: &str, limit: &Usd) -> Result<()> {
        const OPERATION: &str = "UpdateBudget";
        self.call(OPERATION, name, |it| {
            find(it, OPERATION, name)?.limit = *limit;
            Ok(())
        })
    }

    async fn create_alert(&self, name: &str, alert: Alert, emails: &BTreeSet<String>) -> Result<()> {
        const OPERATION: &str = "CreateNotification";
        self.call(OPERATION, &alert.to_string(), |it| {
            let budget = find(it, OPERATION, name)?;
            if budget.alerts.iter().any(|(other, _)| *other == alert) {
                return Err(duplicate(OPERATION, alert));
            }
            budget.alerts.push((alert, emails.clone()));
            budget.alerts.sort();
            Ok(())
        })
    }

    async fn delete_alert(&self, name: &str, alert: Alert) -> Result<()> {
        const OPERATION: &str = "DeleteNotification";
        self.call(OPERATION, &alert.to_string(), |it| {
            find(it, OPERATION, name)?.alerts.retain(|(other, _)| *other != alert);
            Ok(())
        })
    }

    async fn delete(&self, name: &str) -> Result<()> {
        self.call("DeleteBudget", name, |it| {
            it.budgets.remove(name);
            Ok(())
        })
    }
}
