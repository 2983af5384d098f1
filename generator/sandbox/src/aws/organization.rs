//! AWS Organizations: the organization and its member accounts.

use serde_json::{Value, json};

use super::Client;
use super::client::answer;
use crate::{Emulator, Error};

const TARGET: &str = "AWSOrganizationsV20161128";

impl Client {
    /// Makes the management account's organization with all features; one that exists stays as it is.
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateOrganization.html>
    pub fn create_organization(&self) -> Result<(), Error> {
        match self.organizations("CreateOrganization", &json!({ "FeatureSet": "ALL" })) {
            Err(Error::Refused { code, .. }) if code == "AlreadyInOrganizationException" => Ok(()),
            other => other.map(drop),
        }
    }

    /// Makes a member account, which has the role `OrganizationAccountAccessRole`, and returns its id.
    /// The emulator picks the id at random, as AWS does, and finishes at once.
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateAccount.html>
    pub fn create_account(&self, name: &str, email: &str) -> Result<String, Error> {
        let made = self.organizations("CreateAccount", &json!({ "AccountName": name, "Email": email }))?;
        made["CreateAccountStatus"]["AccountId"]
            .as_str()
            .map(str::to_owned)
            .ok_or_else(|| answer("CreateAccount", "no AccountId"))
    }

    fn organizations(&self, action: &str, input: &Value) -> Result<Value, Error> {
        self.json("organizations", TARGET, Emulator::MANAGEMENT_ACCOUNT, action, input)
    }
}
