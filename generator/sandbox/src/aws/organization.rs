//! AWS Organizations and Account Management: an organization and its member accounts.

use serde_json::{Value, json};

use super::Client;
use super::client::{Scope, answer};
use crate::Error;

const TARGET: &str = "AWSOrganizationsV20161128";

/// The emulator ends a request after a few polls.
const POLLS: usize = 20;

impl Client {
    /// Makes an organization with all features; one that `management` has stays as it is. Each account of the emulator can
    /// be the management account of an organization of its own.
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateOrganization.html>
    pub fn create_organization(&self, management: &str) -> Result<(), Error> {
        match self.organizations(management, "CreateOrganization", &json!({ "FeatureSet": "ALL" })) {
            Err(Error::Refused { code, .. }) if code == "AlreadyInOrganizationException" => Ok(()),
            other => other.map(drop),
        }
    }

    /// Makes a member account, which has the role `OrganizationAccountAccessRole`, waits for it and returns its id. The
    /// emulator picks the id at random, as AWS does.
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateAccount.html>
    pub fn create_account(&self, management: &str, name: &str, email: &str) -> Result<String, Error> {
        let input = json!({ "AccountName": name, "Email": email });
        let mut made = self.organizations(management, "CreateAccount", &input)?;
        for _ in 0..POLLS {
            let status = &made["CreateAccountStatus"];
            match status["State"].as_str() {
                Some("SUCCEEDED") => {
                    let id = status["AccountId"].as_str().map(str::to_owned);
                    return id.ok_or_else(|| answer("CreateAccount", "no AccountId"));
                }
                Some("FAILED") => {
                    return Err(answer("CreateAccount", &status["FailureReason"].to_string()));
                }
                _ => {
                    let request = json!({ "CreateAccountRequestId": status["Id"] });
                    made = self.organizations(management, "DescribeCreateAccountStatus", &request)?;
                }
            }
        }
        Err(answer("CreateAccount", "it is in progress for too long"))
    }

    /// Calls an action of AWS Organizations as the account `caller`.
    pub fn organizations(&self, caller: &str, action: &str, input: &Value) -> Result<Value, Error> {
        self.json("organizations", TARGET, caller, action, input)
    }

    /// Calls an action of Account Management, such as `PutAccountName`, as the account `caller`.
    /// <https://docs.aws.amazon.com/accounts/latest/reference/api-reference.html>
    pub fn account_management(&self, caller: &str, action: &str, input: &Value) -> Result<Value, Error> {
        let scope = Scope { service: "account", region: "us-east-1", account: caller, action };
        let (first, rest) = action.split_at(1);
        self.rest_json(&scope, &format!("/{}{rest}", first.to_ascii_lowercase()), input)
    }
}
