//! An organization as its management account sees it, around Terraform and the proxy.

use std::collections::BTreeMap;

use landform_sandbox::aws::Client;
use landform_test_support::Scenario;
use serde_json::{Value, json};

/// The organization of a scenario's account.
pub(crate) struct Organization<'scenario> {
    client: &'scenario Client,
    management: &'scenario str,
}

impl<'scenario> Organization<'scenario> {
    pub(crate) fn of(scenario: &'scenario Scenario) -> Organization<'scenario> {
        Organization { client: scenario.client(), management: scenario.account() }
    }

    /// Makes it, with all features.
    pub(crate) fn found(scenario: &'scenario Scenario) -> Organization<'scenario> {
        scenario.client().create_organization(scenario.account()).unwrap();
        Organization::of(scenario)
    }

    pub(crate) fn ask(&self, action: &str, input: &Value) -> Value {
        self.client.organizations(self.management, action, input).unwrap()
    }

    /// Every page of a list.
    pub(crate) fn list(&self, action: &str, field: &str, input: &Value) -> Vec<Value> {
        let (mut found, mut input) = (Vec::new(), input.clone());
        loop {
            let page = self.ask(action, &input);
            found.extend(page[field].as_array().unwrap().iter().cloned());
            if page["NextToken"].is_null() {
                return found;
            }
            input["NextToken"] = page["NextToken"].clone();
        }
    }

    pub(crate) fn create_account(&self, name: &str, email: &str) -> String {
        self.client.create_account(self.management, name, email).unwrap()
    }

    /// The member accounts, by name.
    pub(crate) fn accounts(&self) -> BTreeMap<String, Value> {
        let accounts = self.list("ListAccounts", "Accounts", &json!({}));
        let members = accounts.into_iter().filter(|account| account["Id"] != self.management);
        members.map(|account| (account["Name"].as_str().unwrap().to_owned(), account)).collect()
    }

    pub(crate) fn root(&self) -> String {
        self.ask("ListRoots", &json!({}))["Roots"][0]["Id"].as_str().unwrap().to_owned()
    }

    /// The id of the unit with this name right under `parent`.
    pub(crate) fn unit(&self, parent: &str, name: &str) -> Option<String> {
        let units = self.list(
            "ListOrganizationalUnitsForParent",
            "OrganizationalUnits",
            &json!({ "ParentId": parent }),
        );
        let unit = units.iter().find(|unit| unit["Name"] == name)?;
        Some(unit["Id"].as_str().unwrap().to_owned())
    }

    pub(crate) fn create_unit(&self, parent: &str, name: &str) -> String {
        let unit = self.ask("CreateOrganizationalUnit", &json!({ "ParentId": parent, "Name": name }));
        unit["OrganizationalUnit"]["Id"].as_str().unwrap().to_owned()
    }

    /// The name of what an account is in.
    pub(crate) fn unit_of(&self, account: &str) -> String {
        let parents = self.ask("ListParents", &json!({ "ChildId": account }));
        let parent = parents["Parents"][0].clone();
        if parent["Type"] == "ROOT" {
            return "Root".to_owned();
        }
        let unit = self.ask("DescribeOrganizationalUnit", &json!({ "OrganizationalUnitId": parent["Id"] }));
        unit["OrganizationalUnit"]["Name"].as_str().unwrap().to_owned()
    }

    /// The names of the policies of one kind on a unit, but for AWS's own.
    pub(crate) fn policies_on(&self, target: &str, kind: &str) -> Vec<String> {
        let found =
            self.list("ListPoliciesForTarget", "Policies", &json!({ "TargetId": target, "Filter": kind }));
        let ours = found.iter().filter(|policy| policy["AwsManaged"] == false);
        let mut names: Vec<String> = ours.map(|policy| policy["Name"].as_str().unwrap().to_owned()).collect();
        names.sort();
        names
    }
}
