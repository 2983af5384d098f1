//! The reference estate from an account that has no organization yet: the landing zone first, then, in the accounts that came
//! of it, all the rest.

use crate::desk::{Ran, environment, landform, ran, terragrunt};
use crate::reference;
use landform_sandbox::aws::Client;
use landform_test_support::scenario::TestBed;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The management account in the spec.
const MANAGEMENT: &str = "109876543210";
const LANDING_ZONE: &str = "accounts/management/**";

/// The reference estate in an organization of its own.
struct Estate {
    folder: tempfile::TempDir,
    client: Client,
    management: String,
    access_key: String,
}

impl Estate {
    fn new(layout: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let client = Client::new(TestBed::emulator().endpoint()).unwrap();
        let management = TestBed::next_account();
        let access_key = client.assume_role(&management).unwrap();
        let bucket = format!("acme-{management}");
        client.create_bucket(&management, "us-east-1", &bucket).unwrap();
        let estates = TestBed::workspace().join("examples/estates");
        let modules = [estates.join("modules"), folder.path().join("modules")];
        assert!(Command::new("cp").arg("-r").args(modules).status().unwrap().success());
        let spec = std::fs::read_to_string(estates.join("reference.yaml")).unwrap();
        let estate = Self { folder, client, management, access_key };
        let spec = spec.replace(MANAGEMENT, &estate.management).replace("acme-terraform-state", &bucket);
        std::fs::write(estate.spec(), spec).unwrap();
        estate.landform(&format!("generate --out live --layout {layout}"));
        estate
    }

    fn spec(&self) -> PathBuf {
        self.folder.path().join("landform.yaml")
    }

    fn run(&self, program: &Path, arguments: &[&str]) -> Ran {
        let mut command = Command::new(program);
        command
            .current_dir(self.folder.path())
            .envs(environment())
            .env("AWS_ACCESS_KEY_ID", &self.access_key);
        ran(command.args(arguments)).must()
    }

    fn landform(&self, arguments: &str) -> Ran {
        self.run(landform(), &arguments.split_whitespace().collect::<Vec<_>>())
    }

    fn apply(&self, filter: &[&str]) {
        let run = ["run", "--all", "--working-dir", "live"];
        self.run(terragrunt(), &[&run, filter, &["apply", "--", "-input=false"]].concat());
    }

    /// The ids of the member accounts by address.
    fn accounts(&self) -> BTreeMap<String, String> {
        let answer = self.client.organizations(&self.management, "ListAccounts", &json!({})).unwrap();
        let text = |account: &Value, field: &str| account[field].as_str().unwrap().to_owned();
        let accounts = answer["Accounts"].as_array().unwrap().iter();
        accounts
            .map(|account| (text(account, "Email"), text(account, "Id")))
            .filter(|(_, id)| *id != self.management)
            .collect()
    }

    /// Writes the ids that AWS has picked into the spec.
    fn learn(&self, accounts: &BTreeMap<String, String>) {
        let mut spec = std::fs::read_to_string(self.spec()).unwrap();
        for account in reference::estate().accounts.values() {
            if let Some(id) = account.email.as_ref().and_then(|email| accounts.get(email.as_str())) {
                spec = spec.replace(account.id.as_str(), id);
            }
        }
        std::fs::write(self.spec(), spec).unwrap();
    }
}

#[test]
fn the_reference_estate_is_built_from_an_empty_organization() {
    let estate = Estate::new("terragrunt");
    estate.apply(&["--filter", LANDING_ZONE]);
    let accounts = estate.accounts();
    assert_eq!(accounts.len(), 8, "{accounts:?}");

    estate.learn(&accounts);
    estate.landform("generate --out live");
    estate.apply(&[]);
    assert_eq!(estate.accounts(), accounts, "no account is made twice");
    estate.landform("run plan --tree live --fail-on-changes --parallelism 4");
    for account in accounts.values() {
        let settings =
            estate.client.query("ec2", "eu-west-1", account, "GetEbsEncryptionByDefault", &[]).unwrap();
        assert!(settings.contains(">true<"), "{account}: {settings}");
    }
}

/// There, a unit finds the organization by a data source, which needs no name: there is one.
#[test]
fn plain_terraform_builds_the_landing_zone() {
    let estate = Estate::new("terraform");
    estate.landform("run apply --tree live --filter management --auto-approve --parallelism 2");
    assert_eq!(estate.accounts().len(), 8);
    estate.landform("run plan --tree live --filter management --fail-on-changes --parallelism 2");
}
