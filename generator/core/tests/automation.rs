//! What is written for Atlantis, pipelines and people: of what the tree holds, and of nothing else.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::BTreeSet;

use landform_generator::check::ledger::Ledger;
use landform_generator::generate;
use landform_generator::render::Rendered;
use landform_generator::spec::PlanPolicy;
use landform_generator::tree::{Layout, TreePath};
use serde_json::Value;

#[path = "../examples/small.rs"]
#[allow(dead_code, reason = "the example's main")]
mod small;

fn rendered(layout: Layout) -> Rendered {
    generate(&small::estate().unwrap(), layout, &Ledger::default()).unwrap()
}

fn text(rendered: &Rendered, path: &str) -> String {
    String::from_utf8(rendered.files[&path.to_owned().try_into().unwrap()].clone()).unwrap()
}

fn yaml(rendered: &Rendered, path: &str) -> Value {
    serde_saphyr::from_str(&text(rendered, path)).unwrap()
}

fn projects(layout: Layout) -> Vec<Value> {
    yaml(&rendered(layout), "atlantis.yaml")["projects"].as_array().unwrap().clone()
}

/// The files of the tree that a pattern of `when_modified` means, seen from the folder.
fn meant(rendered: &Rendered, folder: &str, pattern: &str) -> BTreeSet<String> {
    let mut path: Vec<&str> = folder.split('/').collect();
    for part in pattern.split('/') {
        if part == ".." { path.pop().map(drop).unwrap() } else { path.push(part) }
    }
    let path = path.join("/");
    let (start, end) = path.split_once('*').unwrap_or((&path, ""));
    let (end, goes_deep) = end.strip_prefix('*').map_or((end, false), |end| (end, true));
    let is_meant = |file: &&str| {
        file.strip_prefix(start)
            .and_then(|rest| rest.strip_suffix(end))
            .is_some_and(|rest| goes_deep || !rest.contains('/'))
    };
    rendered.files.keys().map(TreePath::as_str).filter(is_meant).map(str::to_owned).collect()
}

#[test]
fn a_project_is_planned_when_its_files_change_and_only_then() {
    for layout in Layout::ALL {
        let tree = rendered(layout);
        for project in projects(layout) {
            let folder = project["dir"].as_str().unwrap();
            let patterns = project["autoplan"]["when_modified"].as_array().unwrap();
            let found: BTreeSet<String> = patterns
                .iter()
                .map(|pattern| pattern.as_str().unwrap())
                .filter(|pattern| *pattern != ".terraform.lock.hcl")
                .flat_map(|pattern| {
                    let files = meant(&tree, folder, pattern);
                    assert!(!files.is_empty(), "{pattern} means nothing in {folder}");
                    files
                })
                .collect();
            let account: String = folder.split('/').take(2).collect::<Vec<_>>().join("/");
            let expected: BTreeSet<String> = tree
                .files
                .keys()
                .map(ToString::to_string)
                .filter(|file| {
                    file.starts_with(&format!("{folder}/"))
                        || file.starts_with("modules/network/")
                        || *file == format!("{account}/root.hcl")
                })
                .collect();
            assert_eq!(found, expected);
            assert!(patterns.contains(&".terraform.lock.hcl".into()));
        }
    }
}

#[test]
fn projects_have_names_that_atlantis_takes_and_the_order_of_the_spec() {
    let projects = projects(Layout::Terragrunt);
    let names: Vec<&str> = projects.iter().map(|project| project["name"].as_str().unwrap()).collect();
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
    for name in &names {
        let is_safe = |c: char| c.is_ascii_alphanumeric() || "-_./".contains(c);
        assert!(name.chars().all(is_safe) && !name.contains(".."), "{name}");
    }
    let group = |name: &str| {
        projects.iter().find(|project| project["name"] == name).unwrap()["execution_order_group"]
            .as_i64()
            .unwrap()
    };
    assert!(group("network/us-east-1/prod/hub") < group("prod/eu-west-1/prod/main"));
}

/// Keys that the server must allow a repository to set: the file has none, and the server allows none.
const RESTRICTED: [&str; 7] = [
    "workflow",
    "plan_requirements",
    "apply_requirements",
    "import_requirements",
    "repo_locks",
    "delete_source_branch_on_merge",
    "custom_policy_check",
];

#[test]
fn a_pull_request_cannot_change_what_it_needs() {
    let tree = rendered(Layout::Terragrunt);
    for project in projects(Layout::Terragrunt) {
        assert!(RESTRICTED.iter().all(|key| project.get(key).is_none()), "{project}");
    }
    assert!(yaml(&tree, "atlantis.yaml").get("workflows").is_none());
    let server = yaml(&tree, "ops/atlantis/repos.yaml");
    let rule = &server["repos"][0];
    assert_eq!(rule["id"], "github.com/acme/live");
    assert_eq!(rule["allowed_overrides"], serde_json::json!([]));
    assert_eq!(rule["allow_custom_workflows"], false);
    assert_eq!(rule["apply_requirements"], serde_json::json!(["approved", "mergeable", "undiverged"]));
    assert!(server["workflows"].get(rule["workflow"].as_str().unwrap()).is_some());
    assert!(rule["pre_workflow_hooks"][0]["run"].as_str().unwrap().contains("generate --check"));
}

#[test]
fn no_plan_is_applied_that_the_guard_has_not_let_pass() {
    let mut estate = small::estate().unwrap();
    let policy = PlanPolicy { keep: vec!["aws_db_instance".parse().unwrap()], max_deletions: Some(7) };
    estate.automation.atlantis = estate.automation.atlantis.map(|atlantis| atlantis.policy(policy));
    for layout in Layout::ALL {
        let tree = generate(&estate, layout, &Ledger::default()).unwrap();
        let workflow = &yaml(&tree, "ops/atlantis/repos.yaml")["workflows"]["landform"];
        let steps = |stage: &str| -> Vec<String> {
            workflow[stage]["steps"].as_array().unwrap().iter().map(ToString::to_string).collect()
        };
        let guard = "landform plan-guard --keep aws_db_instance --max-deletions 7 ";
        let (plan, apply) = (steps("plan"), steps("apply"));
        assert!(plan.last().unwrap().contains(guard), "{plan:?}");
        let guarded = apply.iter().position(|step| step.contains(guard)).unwrap();
        let applied = apply.iter().position(|step| step.contains("apply") && !step.contains(guard)).unwrap();
        assert!(guarded < applied && applied == apply.len() - 1, "{apply:?}");
    }
}

#[test]
fn workflows_run_no_action_and_no_text_of_an_event() {
    let tree = rendered(Layout::Terragrunt);
    for path in [".github/workflows/landform.yml", ".github/workflows/landform-drift.yml"] {
        let workflow = yaml(&tree, path);
        assert_eq!(workflow["permissions"], serde_json::json!({}), "{path}");
        for (name, job) in workflow["jobs"].as_object().unwrap() {
            assert!(job["container"]["image"].as_str().unwrap().contains("@sha256:"), "{name}");
            assert_eq!(job["permissions"]["contents"], "read", "{name}");
            let signs_in = job.get("env").is_some();
            assert_eq!(job["permissions"].get("id-token").is_some(), signs_in, "{name}");
            for step in job["steps"].as_array().unwrap() {
                assert!(step.get("uses").is_none(), "{name}");
                assert!(!step["run"].as_str().unwrap().contains("${{"), "{name}: {step}");
            }
        }
    }
    let jobs = &yaml(&tree, ".github/workflows/landform.yml")["jobs"];
    assert!(jobs["plan"]["env"]["AWS_ROLE_ARN"].as_str().unwrap().ends_with("landform-plan"));
    assert!(jobs["apply"]["env"]["AWS_ROLE_ARN"].as_str().unwrap().ends_with("landform-apply"));
    assert!(jobs["check"].get("env").is_none(), "the check needs no credentials");
    let drift = yaml(&tree, ".github/workflows/landform-drift.yml");
    assert!(!drift["on"]["schedule"][0]["cron"].as_str().unwrap().starts_with('0'));
}

#[test]
fn gitlab_plans_requests_applies_merges_and_looks_for_drift() {
    let pipeline = yaml(&rendered(Layout::Terragrunt), ".gitlab-ci.yml");
    for (job, source, command) in [
        ("check", "merge_request_event", "generate --check"),
        ("plan", "merge_request_event", "run plan"),
        ("apply", "CI_DEFAULT_BRANCH", "run apply"),
        ("drift", "schedule", "--fail-on-changes"),
    ] {
        let job = &pipeline[job];
        assert!(job["rules"].to_string().contains(source), "{job}");
        assert!(
            job["script"].as_array().unwrap().last().unwrap().as_str().unwrap().contains(command),
            "{job}"
        );
        assert!(pipeline["stages"].as_array().unwrap().contains(&job["stage"]), "{job}");
    }
    assert_eq!(pipeline["check"].get("id_tokens"), None);
    assert_eq!(pipeline["apply"]["resource_group"], "landform");
}

#[test]
fn owners_of_an_account_are_those_of_the_tree_too() {
    let owners = text(&rendered(Layout::Terragrunt), "CODEOWNERS");
    assert!(
        owners.ends_with("\n* @acme/platform\n/accounts/prod/ @acme/platform @acme/production\n"),
        "{owners}"
    );
}

#[test]
fn an_estate_without_automation_has_none_of_its_files() {
    let mut estate = small::estate().unwrap();
    estate.automation = landform_generator::spec::Automation::default();
    estate.accounts.values_mut().for_each(|account| account.owners.clear());
    let tree = generate(&estate, Layout::Terragrunt, &Ledger::default()).unwrap();
    let beside: Vec<&str> = tree
        .files
        .keys()
        .map(TreePath::as_str)
        .filter(|path| !["accounts/", "modules/", ".landform/"].iter().any(|start| path.starts_with(start)))
        .collect();
    assert_eq!(beside, ["docs/estate.md", "docs/estate.svg"]);
}

#[test]
fn terragrunt_waits_for_the_units_that_come_before() {
    let tree = rendered(Layout::Terragrunt);
    let unit: Value =
        hcl::from_str(&text(&tree, "accounts/prod/eu-west-1/prod/main/terragrunt.hcl")).unwrap();
    let path = unit["dependencies"]["paths"][0].as_str().unwrap();
    let hub = meant(&tree, "accounts/prod/eu-west-1/prod/main", &format!("{path}/terragrunt.hcl"));
    assert_eq!(hub, BTreeSet::from(["accounts/network/us-east-1/prod/hub/terragrunt.hcl".to_owned()]));
}
