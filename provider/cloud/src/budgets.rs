//! The port to AWS Budgets, for one account. A budget is known by its name.

use crate::{Result, Tags};
use std::collections::BTreeSet;
use std::fmt;

/// Reads budgets.
#[async_trait::async_trait]
pub trait BudgetsReads: Send + Sync {
    /// The budget of this name with its alerts and who gets them; none when there is none. One call, one more for the alerts, and
    /// one for each alert.
    async fn budget(&self, name: &str) -> Result<Option<Budget>>;
}

/// Changes budgets.
#[async_trait::async_trait]
pub trait Budgets: BudgetsReads {
    /// Makes a budget with its alerts. No token: a second one of the same name is refused.
    async fn create(&self, budget: &Budget, tags: &Tags) -> Result<()>;
    /// Sets the amount. May be sent again.
    async fn set_limit(&self, name: &str, limit: &Usd) -> Result<()>;
    /// Adds an alert. No token: a second one of the same threshold is refused.
    async fn create_alert(&self, name: &str, alert: Alert, emails: &BTreeSet<String>) -> Result<()>;
    /// Takes an alert away. One that is gone counts as done.
    async fn delete_alert(&self, name: &str, alert: Alert) -> Result<()>;
    /// Deletes a budget with its alerts. One that is gone counts as done.
    async fn delete(&self, name: &str) -> Result<()>;
}

/// A monthly budget of costs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Budget {
    /// Its name, unique in the account.
    pub name: String,
    /// The amount of a month.
    pub limit: Usd,
    /// The alerts, and the addresses that get each.
    pub alerts: Vec<(Alert, BTreeSet<String>)>,
}

/// When somebody is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Alert {
    /// Of which costs.
    pub on: AlertOn,
    /// When they are greater than this percentage of the amount.
    pub percent: u32,
}

impl fmt::Display for Alert {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let on = match self.on {
            AlertOn::Actual => "actual",
            AlertOn::Forecast => "forecast",
        };
        write!(f, "{} % of {on} costs", self.percent)
    }
}

/// The costs that an alert looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AlertOn {
    /// Those of the month so far.
    Actual,
    /// Those that AWS expects for the whole month.
    Forecast,
}

/// An amount of US dollars, in cents: as AWS shows it, whatever the number of zeros behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Usd {
    /// The amount in cents.
    pub cents: u64,
}

impl fmt::Display for Usd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.cents % 100 {
            0 => write!(f, "{}", self.cents / 100),
            cents => write!(f, "{}.{cents:02}", self.cents / 100),
        }
    }
}

/// A text that is no amount.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no amount of US dollars, such as `250` or `99.50`")]
pub struct NoAmount(String);

impl std::str::FromStr for Usd {
    type Err = NoAmount;

    fn from_str(text: &str) -> std::result::Result<Self, NoAmount> {
        let (dollars, rest) = text.split_once('.').unwrap_or((text, ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        // Fractions of a cent are AWS's zeros, or nobody's.
        let (cents, zeros) = rest.split_at(rest.len().min(2));
        let amount = || {
            let dollars: u64 = dollars.parse().ok()?;
            let cents: u64 = format!("{cents:0<2}").parse().ok()?;
            dollars.checked_mul(100)?.checked_add(cents)
        };
        match digits(dollars) && digits(cents) && zeros.bytes().all(|byte| byte == b'0') {
            true => amount().map(|cents| Self { cents }).ok_or_else(|| NoAmount(text.to_owned())),
            false => Err(NoAmount(text.to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_equal_whatever_zeros_stand_behind_them() {
        for (text, shown) in [("250", "250"), ("250.0", "250"), ("99.5", "99.50"), ("0.07000", "0.07")] {
            assert_eq!(text.parse::<Usd>().unwrap().to_string(), shown);
        }
        for bad in ["", ".5", "-1", "1e3", "1,000", "1.005", "18446744073709551615"] {
            assert!(bad.parse::<Usd>().is_err(), "{bad}");
        }
    }
}
