//! What lost states leave of a landing zone is found by its tags: in the organization and in an account as a whole.

use crate::desk::{Ran, environment, landform, ran};
use landform_sandbox::aws::Client;
use landform_test_support::scenario::TestBed;
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;

/// An organization with two sets of guardrails, and an account with deploy roles and a bucket for states.
const SPEC: &str = r#"
organization:
  name: acme
  management_account_id: "MANAGEMENT"
  regions: [us-east-1, eu-west-1]
  state: { bucket: acme-MANAGEMENT, region: us-east-1 }
accounts:
  management: { id: "MANAGEMENT" }
  app: { id: "APP" }
environments:
  org: {}
units:
  - { name: organization, kind: landform_organization, environment: org, account: management, region: us-east-1 }
  - name: lost
    kind: landform_guardrails
    environment: org
    account: management
    region: us-east-1
    inputs: { targets: [Root], enable: [deny-leave-organization] }
    after: [management/us-east-1/org/organization]
  - name: kept
    kind: landform_guardrails
    environment: org
    account: management
    region: us-east-1
    inputs: { targets: [Root], enable: [deny-root-user] }
    after: [management/us-east-1/org/organization]
  - name: roles
    kind: landform_deploy_roles
    environment: org
    account: app
    region: us-east-1
    inputs:
      trust:
        oidc:
          - { issuer: "https://token.actions.githubusercontent.com", subjects: ["repo:acme/app:ref:refs/heads/main"] }
  - name: states
    kind: landform_state_backend
    environment: org
    account: app
    region: eu-west-1
    inputs: { bucket: acme-states-APP }
"#;

/// The estate in an organization and an account of its own.
struct Estate {
    folder: tempfile::TempDir,
    client: Client,
    management: String,
    app: String,
}

impl Estate {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let client = Client::new(TestBed::emulator().endpoint()).unwrap();
        let (management, app) = (TestBed::next_account(), TestBed::next_account());
        client.create_bucket(&management, "us-east-1", &format!("acme-{management}")).unwrap();
        let spec = SPEC.replace("MANAGEMENT", &management).replace("APP", &app);
        std::fs::write(folder.path().join("landform.yaml"), spec).unwrap();
        let estate = Self { folder, client, management, app };
        estate.landform("generate --layout terraform --out .").must();
        estate
    }

    fn command(&self, program: &Path, folder: &str) -> Command {
        let mut command = Command::new(program);
        let caller = self.client.assume_role(&self.management).unwrap();
        command
            .current_dir(self.folder.path().join(folder))
            .envs(environment())
            .env("AWS_ACCESS_KEY_ID", caller);
        command
    }

    fn landform(&self, arguments: &str) -> Ran {
        ran(self.command(landform(), ".").args(arguments.split_whitespace()))
    }

    /// The state of a unit loses everything that it has.
    fn lose(&self, unit: &str) {
        let terraform = TestBed::toolchain().terraform();
        let folder = format!("accounts/{unit}");
        let all = ran(self.command(terraform, &folder).args(["state", "list"])).must().stdout;
        let all: Vec<&str> = all.lines().collect();
        assert!(!all.is_empty(), "{unit}");
        ran(self.command(terraform, &folder).args(["state", "rm"]).args(all)).must();
    }

    /// The names of the service control policies of the organization that people have made.
    fn policies(&self) -> Vec<String> {
        let filter = json!({ "Filter": "SERVICE_CONTROL_POLICY" });
        let answer = self.client.organizations(&self.management, "ListPolicies", &filter).unwrap();
        let people =
            answer["Policies"].as_array().unwrap().iter().filter(|policy| policy["AwsManaged"] != true);
        people.map(|policy| policy["Name"].as_str().unwrap().to_owned()).collect()
    }

    /// What IAM of the account answers to a list.
    fn iam(&self, action: &str) -> String {
        self.client.query("iam", "us-east-1", &self.app, action, &[("Scope", "Local")]).unwrap()
    }
}

#[test]
fn what_lost_states_leave_of_a_landing_zone_is_found_and_deleted_but_for_the_states() {
    let estate = Estate::new();
    estate.landform("run apply --tree . --auto-approve").must();
    estate.landform("orphans --tree .").must();
    assert_eq!(estate.policies(), ["kept-scp-1", "lost-scp-1"]);

    for unit in ["management/us-east-1/org/lost", "app/us-east-1/org/roles", "app/eu-west-1/org/states"] {
        estate.lose(unit);
    }
    let found = estate.landform("orphans --tree . --json");
    assert_eq!(found.code, 3, "{}", found.stderr);
    let found = found.json();
    let orphans = found["orphans"].as_array().unwrap();
    let (states, roles, lost) = ("state_backend/states", "deploy_roles/roles", "guardrails/lost");
    let at = |resource: &str| orphans.iter().find(|orphan| orphan["resource"] == resource).unwrap();
    assert_eq!(orphans.len(), 3, "{found}");
    assert!(orphans.iter().all(|orphan| orphan["reason"] == "not_in_state"), "{found}");
    assert_eq!((&at(states)["region"], &at(states)["never_deleted"]), (&json!("eu-west-1"), &json!(true)));
    assert_eq!((&at(roles)["region"], &at(roles)["account_id"]), (&Value::Null, &json!(estate.app)));
    assert_eq!((&at(lost)["region"], &at(lost)["account_id"]), (&Value::Null, &json!(estate.management)));
    for (resource, objects) in [(states, 2), (roles, 4), (lost, 1)] {
        assert_eq!(at(resource)["objects"].as_array().unwrap().len(), objects, "{resource}");
    }

    let deleted = estate.landform("orphans --tree . --delete --yes --settle 1ms");
    assert_eq!(deleted.code, 3, "the states are left: {}", deleted.stderr);
    assert!(deleted.stdout.contains("it may hold every state"), "{}", deleted.stdout);
    assert!(deleted.stderr.contains("removed guardrails/lost"), "{}", deleted.stderr);
    assert!(deleted.stderr.contains("removed deploy_roles/roles"), "{}", deleted.stderr);
    assert_eq!(estate.policies(), ["kept-scp-1"]);
    for action in ["ListRoles", "ListPolicies", "ListOpenIDConnectProviders"] {
        let left = estate.iam(action);
        assert!(!left.contains("landform-") && !left.contains("githubusercontent"), "{action}: {left}");
    }
    let bucket = format!("acme-states-{}", estate.app);
    assert!(estate.client.bucket_exists(&estate.app, "eu-west-1", &bucket).unwrap());

    let left = estate.landform("orphans --tree . --json").json();
    let [left] = left["orphans"].as_array().unwrap().as_slice() else { panic!("{left}") };
    assert_eq!(left["resource"], states);
}
