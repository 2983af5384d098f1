//! Every folder below `examples/` that holds a configuration does what it says: apply, an empty plan, destroy, nothing left.

use landform_test_support::Scenario;
use landform_test_support::scenario::TestBed;
use std::path::PathBuf;

fn example(folder: &str) -> PathBuf {
    TestBed::workspace().join("examples").join(folder)
}

/// The examples of one kind, such as `resources/landform_vpc`.
fn folders(kind: &str) -> Vec<String> {
    let entries = std::fs::read_dir(example(kind)).unwrap().map(|entry| entry.unwrap());
    let mut folders: Vec<String> =
        entries.map(|entry| format!("{kind}/{}", entry.file_name().to_str().unwrap())).collect();
    folders.sort();
    folders
}

/// From nothing to nothing; `check` looks at what was made.
fn comes_and_goes(folder: &str, check: impl Fn(&Scenario)) {
    goes_and_leaves_nothing(&Scenario::new(example(folder)), folder, check);
}

fn goes_and_leaves_nothing(scenario: &Scenario, folder: &str, check: impl Fn(&Scenario)) {
    let format = scenario.run(&["fmt", "-check", "-diff"]);
    assert_eq!(format.code, 0, "{folder}:\n{}", format.text());
    scenario.apply();
    scenario.plan_is_empty();
    check(scenario);
    scenario.destroy();
    scenario.nothing_left();
}

#[test]
fn the_provider() {
    comes_and_goes("provider", |scenario| {
        let (network, _) = super::network_in_state(scenario).unwrap();
        assert_eq!(network["stack"], "example");
    });
}

#[test]
fn every_resource() {
    let resources = folders("resources");
    assert!(resources.contains(&"resources/landform_vpc".to_owned()), "{resources:?}");
    for folder in resources {
        // Those of the landing zone are for the management account of an organization, which outlives them: so do closed
        // and quarantined accounts.
        let scenario = Scenario::new(example(&folder)).as_management_account();
        if folder != "resources/landform_vpc" && folder != "resources/landform_organization" {
            super::landing_zone::found(&scenario);
        }
        goes_and_leaves_nothing(&scenario, &folder, |_| ());
        if folder != "resources/landform_vpc" {
            super::landing_zone::no_policy_left(&scenario);
        }
    }
}

/// Whether the outputs of an example are right.
type Holds = fn(&Scenario) -> bool;

/// Looks at what an example has made or found.
type Look = fn(&Scenario);

#[test]
fn every_function() {
    let answers: [(&str, Holds); 4] = [
        ("functions/cidr_layout", |it| it.output("private")["b"] == "10.32.32.0/19"),
        ("functions/email_alias", |it| {
            it.output("emails")["payments-dev"] == "aws+payments-dev@acme.example"
        }),
        ("functions/scp_bytes", |it| it.output("bytes") == 114),
        ("functions/scp_minify", |it| {
            let policy = it.output("policy");
            policy
                .as_str()
                .is_some_and(|it| it.contains(r#""Action":["s3:DeleteBucket","s3:PutBucketPolicy"]"#))
        }),
    ];
    assert_eq!(folders("functions"), answers.map(|(folder, _)| folder));
    for (folder, answer) in answers {
        comes_and_goes(folder, |scenario| assert!(answer(scenario), "{folder}"));
    }
}

/// The example of the data source finds the network that the example of the resource makes, in another state.
#[test]
fn a_network_and_another_stack_that_finds_it() {
    let network = Scenario::new(example("resources/landform_vpc"));
    network.apply();
    network.plan_is_empty();
    assert_eq!(network.output("private_cidrs")["b"], "10.32.32.0/19");
    assert_eq!(network.output("nat_public_ips").as_object().unwrap().len(), 3);

    let workload = Scenario::new(example("data-sources/landform_vpc"))
        .variable("account_id", network.account())
        .variable("network_stack", &format!("scenario-{}", network.account()));
    workload.apply();
    workload.plan_is_empty();
    let (made, _) = super::network_in_state(&network).unwrap();
    assert_eq!(workload.output("vpc_id"), made["id"]);
    assert_eq!(workload.output("database_subnet_ids").as_array().unwrap().len(), 3);
    workload.destroy();

    network.plan_is_empty();
    network.destroy();
    network.nothing_left();
}

#[test]
fn data_sources_of_the_organization() {
    let answers: [(&str, Look); 2] = [
        ("data-sources/landform_organization", |it| {
            assert!(it.output("organization_id").as_str().unwrap().starts_with("o-"));
            assert!(it.output("management_account_name").is_string());
        }),
        ("data-sources/landform_accounts", |it| {
            assert_eq!(it.output("unsorted")[0], it.account());
            assert!(it.output("emails")[it.account()].is_string());
            assert_eq!(it.output("payments").as_array().unwrap().len(), 0);
        }),
    ];
    for (folder, check) in answers {
        let scenario = Scenario::new(example(folder)).as_management_account();
        super::landing_zone::found(&scenario);
        goes_and_leaves_nothing(&scenario, folder, check);
    }
}

#[test]
fn credentials_of_a_member_that_are_stored_nowhere() {
    comes_and_goes("ephemeral-resources/landform_member_credentials", |scenario| {
        let state = scenario.state().to_string();
        assert!(!state.contains("access_key"), "{state}");
    });
}

/// The network in the README, with the setup of the example and in the account of the test.
#[test]
fn the_readme() {
    let readme = std::fs::read_to_string(TestBed::workspace().join("README.md")).unwrap();
    let network = readme.split("```terraform\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let setup = std::fs::read_to_string(example("resources/landform_vpc").join("setup.tf")).unwrap();
    let scenario = Scenario::empty();
    scenario.write("main.tf", &format!("{setup}\n{}", network.replace("432109876543", scenario.account())));
    let plan = scenario.plan_has_changes().text();
    assert!(plan.contains("1 to add") && plan.contains("10.32.160.0/22"), "{plan}");
}

/// The command of `import.sh`, with the id of a network that lost its state.
#[test]
fn an_import() {
    let scenario = Scenario::new(example("resources/landform_vpc"));
    scenario.apply();
    let (network, _) = super::network_in_state(&scenario).unwrap();
    let script = std::fs::read_to_string(example("resources/landform_vpc/import.sh")).unwrap();
    let command = script.lines().find(|line| line.starts_with("terraform import ")).unwrap();
    let [_, import, address, written] = command.split(' ').collect::<Vec<_>>()[..] else {
        panic!("{command}")
    };
    let id = format!("{}/us-east-1/{}", scenario.account(), network["id"].as_str().unwrap());
    assert_eq!(written.split('/').count(), id.split('/').count());
    assert_eq!(scenario.run(&["state", "rm", address]).code, 0);
    let output = scenario.run(&[import, address, &id]);
    assert_eq!(output.code, 0, "{}", output.text());
    // Imported networks are protected until an apply of a configuration that says otherwise.
    scenario.apply();
    scenario.plan_is_empty();
    scenario.destroy();
    scenario.nothing_left();
}

#[test]
fn no_example_is_forgotten() {
    let kinds = ["data-sources", "ephemeral-resources", "list-resources"];
    let found: Vec<String> = kinds.into_iter().flat_map(folders).collect();
    // Each has a test of its own: here, and in query.rs. Resources and functions need none.
    let expected = [
        "data-sources/landform_accounts",
        "data-sources/landform_organization",
        "data-sources/landform_vpc",
        "ephemeral-resources/landform_member_credentials",
        "list-resources/landform_account",
        "list-resources/landform_guardrails",
        "list-resources/landform_organization_policy",
        "list-resources/landform_organizational_units",
        "list-resources/landform_vpc",
    ];
    assert_eq!(found, expected);
}
