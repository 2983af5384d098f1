//! The port to AWS Budgets. Its endpoint is one for all regions.

use crate::answer::parsed;
use crate::{error, retry};
use aws_config::SdkConfig;
use aws_sdk_budgets::Client;
use aws_sdk_budgets::config::Builder;
use aws_sdk_budgets::types::{
    BudgetType, ComparisonOperator, Notification, NotificationType, NotificationWithSubscribers, ResourceTag,
    Spend, Subscriber, SubscriptionType, ThresholdType, TimeUnit,
};
use landform_cloud::budgets::{Alert, AlertOn, Budget, Budgets, BudgetsReads, Usd};
use landform_cloud::{CloudError, ErrorKind, Result, Tags};
use landform_model::AccountId;
use std::collections::BTreeSet;

/// The budgets of one account.
#[derive(Debug)]
pub(crate) struct SdkBudgets {
    account: AccountId,
    client: Client,
}

impl SdkBudgets {
    pub(crate) fn new(config: &SdkConfig, account: &AccountId) -> Self {
        Self { account: account.clone(), client: Client::new(config) }
    }

    /// <https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_DescribeNotificationsForBudget.html>
    ///
    /// Alerts of another form, which others have added, are none of ours.
    async fn alerts(&self, name: &str) -> Result<Vec<Alert>> {
        let call = self.client.describe_notifications_for_budget().account_id(self.account.as_str());
        let pages = call.budget_name(name).into_paginator().items().send();
        let found =
            pages.try_collect().await.map_err(error::of_new_account("DescribeNotificationsForBudget"))?;
        let mut alerts: Vec<Alert> = found.iter().filter_map(alert).collect();
        alerts.sort();
        Ok(alerts)
    }

    /// <https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_DescribeSubscribersForNotification.html>
    async fn emails(&self, name: &str, alert: Alert) -> Result<BTreeSet<String>> {
        const OPERATION: &str = "DescribeSubscribersForNotification";
        let call = self.client.describe_subscribers_for_notification().account_id(self.account.as_str());
        let call = call.budget_name(name).notification(notification(OPERATION, alert)?);
        let found = call.into_paginator().items().send().try_collect().await;
        let found = found.map_err(error::of_new_account(OPERATION))?;
        let emails = found.into_iter().filter(|it| *it.subscription_type() == SubscriptionType::Email);
        Ok(emails.map(|it| it.address).collect())
    }
}

#[async_trait::async_trait]
impl BudgetsReads for SdkBudgets {
    /// <https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_DescribeBudget.html>
    async fn budget(&self, name: &str) -> Result<Option<Budget>> {
        const OPERATION: &str = "DescribeBudget";
        let call = self.client.describe_budget().account_id(self.account.as_str()).budget_name(name);
        let answer = match call.send().await.map_err(error::of_new_account(OPERATION)) {
            Err(error) if error.is_not_found() => return Ok(None),
            answer => answer?,
        };
        let limit = answer.budget().and_then(|it| it.budget_limit());
        let limit = parsed(OPERATION, "BudgetLimit", limit.map(Spend::amount))?;
        let mut alerts = Vec::new();
        for alert in self.alerts(name).await? {
            alerts.push((alert, self.emails(name, alert).await?));
        }
        Ok(Some(Budget { name: name.to_owned(), limit, alerts }))
    }
}

#[async_trait::async_trait]
impl Budgets for SdkBudgets {
    /// <https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_CreateBudget.html>
    async fn create(&self, budget: &Budget, tags: &Tags) -> Result<()> {
        const OPERATION: &str = "CreateBudget";
        let alerts = budget.alerts.iter().map(|(alert, emails)| {
            let with = NotificationWithSubscribers::builder().notification(notification(OPERATION, *alert)?);
            let with = with.set_subscribers(Some(subscribers(OPERATION, emails)?));
            with.build().map_err(|error| unbuilt(OPERATION, error))
        });
        let tags = tags.iter().map(|(key, value)| {
            ResourceTag::builder().key(key).value(value).build().map_err(|error| unbuilt(OPERATION, error))
        });
        let call = self
            .client
            .create_budget()
            .account_id(self.account.as_str())
            .budget(sent(OPERATION, &budget.name, &budget.limit)?)
            .set_notifications_with_subscribers(Some(alerts.collect::<Result<_>>()?))
            .set_resource_tags(Some(tags.collect::<Result<_>>()?))
            .customize()
            .config_override(once());
        call.send().await.map(drop).map_err(error::of_new_account(OPERATION))
    }

    /// <https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_UpdateBudget.html>: takes the whole budget.
    async fn set_limit(&self, name: &str, limit: &Usd) -> Result<()> {
        const OPERATION: &str = "UpdateBudget";
        let call = self.client.update_budget().account_id(self.account.as_str());
        let call = call.new_budget(sent(OPERATION, name, limit)?);
        call.send().await.map(drop).map_err(error::of_new_account(OPERATION))
    }

    /// <https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_CreateNotification.html>
    async fn create_alert(&self, name: &str, alert: Alert, emails: &BTreeSet<String>) -> Result<()> {
        const OPERATION: &str = "CreateNotification";
        let call = self
            .client
            .create_notification()
            .account_id(self.account.as_str())
            .budget_name(name)
            .notification(notification(OPERATION, alert)?)
            .set_subscribers(Some(subscribers(OPERATION, emails)?))
            .customize()
            .config_override(once());
        call.send().await.map(drop).map_err(error::of_new_account(OPERATION))
    }

    /// <https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_DeleteNotification.html>
    async fn delete_alert(&self, name: &str, alert: Alert) -> Result<()> {
        const OPERATION: &str = "DeleteNotification";
        let call = self.client.delete_notification().account_id(self.account.as_str());
        let sent = call.budget_name(name).notification(notification(OPERATION, alert)?).send().await;
        gone_is_done(sent.map(drop).map_err(error::of_new_account(OPERATION)))
    }

    /// <https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_DeleteBudget.html>
    async fn delete(&self, name: &str) -> Result<()> {
        let sent =
            self.client.delete_budget().account_id(self.account.as_str()).budget_name(name).send().await;
        gone_is_done(sent.map(drop).map_err(error::of_new_account("DeleteBudget")))
    }
}

fn gone_is_done(result: Result<()>) -> Result<()> {
    match result {
        Err(error) if error.is_not_found() => Ok(()),
        result => result,
    }
}

fn once() -> Builder {
    Builder::new().retry_config(retry::disabled())
}

/// The SDK refuses to build what lacks a part.
fn unbuilt(operation: &'static str, error: impl std::fmt::Display) -> CloudError {
    CloudError::new(ErrorKind::Invalid, operation, error.to_string())
}

fn sent(operation: &'static str, name: &str, limit: &Usd) -> Result<aws_sdk_budgets::types::Budget> {
    let limit = Spend::builder().amount(limit.to_string()).unit("USD").build();
    let budget = aws_sdk_budgets::types::Budget::builder()
        .budget_name(name)
        .budget_limit(limit.map_err(|error| unbuilt(operation, error))?)
        .time_unit(TimeUnit::Monthly)
        .budget_type(BudgetType::Cost);
    budget.build().map_err(|error| unbuilt(operation, error))
}

fn notification(operation: &'static str, alert: Alert) -> Result<Notification> {
    let built = Notification::builder()
        .notification_type(match alert.on {
            AlertOn::Actual => NotificationType::Actual,
            AlertOn::Forecast => NotificationType::Forecasted,
        })
        .comparison_operator(ComparisonOperator::GreaterThan)
        .threshold(f64::from(alert.percent))
        .threshold_type(ThresholdType::Percentage)
        .build();
    built.map_err(|error| unbuilt(operation, error))
}

fn alert(found: &Notification) -> Option<Alert> {
    let on = match found.notification_type() {
        NotificationType::Actual => AlertOn::Actual,
        NotificationType::Forecasted => AlertOn::Forecast,
        _ => return None,
    };
    // AWS takes a threshold without a type for a percentage.
    let percentage = matches!(found.threshold_type(), None | Some(ThresholdType::Percentage));
    let whole = found.threshold().fract() == 0.0 && (1.0..=1_000_000.0).contains(&found.threshold());
    let greater = *found.comparison_operator() == ComparisonOperator::GreaterThan;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    (percentage && whole && greater).then(|| Alert { on, percent: found.threshold() as u32 })
}

fn subscribers(operation: &'static str, emails: &BTreeSet<String>) -> Result<Vec<Subscriber>> {
    let subscriber = |email: &String| {
        let built = Subscriber::builder().subscription_type(SubscriptionType::Email).address(email).build();
        built.map_err(|error| unbuilt(operation, error))
    };
    emails.iter().map(subscriber).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alert_is_sent_as_it_is_read_and_those_of_another_form_are_none_of_ours() {
        for ours in
            [Alert { on: AlertOn::Actual, percent: 80 }, Alert { on: AlertOn::Forecast, percent: 100 }]
        {
            assert_eq!(alert(&notification("CreateNotification", ours).unwrap()), Some(ours));
        }
        let other = |threshold: f64, kind: ThresholdType, comparison: ComparisonOperator| {
            let other =
                Notification::builder().notification_type(NotificationType::Actual).threshold(threshold);
            alert(&other.threshold_type(kind).comparison_operator(comparison).build().unwrap())
        };
        assert_eq!(other(500.0, ThresholdType::AbsoluteValue, ComparisonOperator::GreaterThan), None);
        assert_eq!(other(80.5, ThresholdType::Percentage, ComparisonOperator::GreaterThan), None);
        assert_eq!(other(80.0, ThresholdType::Percentage, ComparisonOperator::LessThan), None);
    }

    #[test]
    fn a_budget_is_one_of_monthly_costs() {
        let built = sent("CreateBudget", "main", &Usd { cents: 25_050 }).unwrap();
        assert_eq!(built.budget_limit().unwrap().amount(), "250.50");
        assert_eq!((built.time_unit(), built.budget_type()), (&TimeUnit::Monthly, &BudgetType::Cost));
    }
}
