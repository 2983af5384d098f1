//! Atlantis: `atlantis.yaml`, which says what there is, and the server's `repos.yaml`, which says what may be done.
//!
//! Requirements, workflow and locks are in the server's file and cannot be overridden, so that no pull request can
//! give itself more. <https://www.runatlantis.io/docs/repo-level-atlantis-yaml>

use serde::Serialize;

use super::super::documents::{Content, json};
use super::super::{Document, Layout, TreePath, folder, module_source, retired_folder};
use super::{CHECK, PROVENANCE};
use crate::check::{Landscape, Unit};
use crate::spec::{Atlantis, PlanPolicy, Requirement};
use crate::units::UnitId;

const WORKFLOW: &str = "landform";

#[derive(Serialize)]
struct RepositoryFile {
    version: u8,
    automerge: bool,
    parallel_plan: bool,
    parallel_apply: bool,
    abort_on_execution_order_fail: bool,
    projects: Vec<Project>,
}

#[derive(Serialize)]
struct Project {
    name: String,
    dir: String,
    execution_order_group: i64,
    autoplan: Autoplan,
}

#[derive(Serialize)]
struct Autoplan {
    enabled: bool,
    when_modified: Vec<String>,
}

#[derive(Serialize)]
struct ServerFile {
    repos: [RepositoryRule; 1],
    workflows: Workflows,
}

#[derive(Serialize)]
struct RepositoryRule {
    id: String,
    workflow: &'static str,
    allowed_overrides: [&'static str; 0],
    allow_custom_workflows: bool,
    plan_requirements: Vec<Requirement>,
    apply_requirements: Vec<Requirement>,
    import_requirements: Vec<Requirement>,
    repo_locks: RepositoryLocks,
    pre_workflow_hooks: [Hook; 1],
}

#[derive(Serialize)]
struct RepositoryLocks {
    mode: &'static str,
}

#[derive(Serialize)]
struct Hook {
    run: &'static str,
    description: &'static str,
    commands: &'static str,
}

#[derive(Serialize)]
struct Workflows {
    landform: Workflow,
}

#[derive(Serialize)]
struct Workflow {
    plan: Stage,
    apply: Stage,
}

#[derive(Serialize)]
struct Stage {
    steps: Vec<Step>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Step {
    BuiltIn(&'static str),
    Run { run: Command },
    Environment { env: Variable },
}

#[derive(Serialize)]
struct Variable {
    name: &'static str,
    value: &'static str,
}

#[derive(Serialize)]
struct Command {
    command: String,
    output: &'static str,
}

pub(super) fn documents(
    landscape: &Landscape,
    layout: Layout,
    settings: &Atlantis,
) -> [(TreePath, Document); 2] {
    let document = |value| Document::new(PROVENANCE, Content::Yaml(value));
    let retired = landscape.retired.iter().map(|unit| Project {
        name: unit.id.to_string(),
        dir: folder(&unit.id).to_string(),
        // What goes, goes before anything comes that could want its addresses.
        execution_order_group: -1,
        autoplan: Autoplan {
            enabled: true,
            when_modified: when_modified(
                &unit.id,
                retired_folder(&unit.providers, layout).as_slice(),
                layout,
            ),
        },
    });
    let projects = retired.chain(landscape.units.iter().map(|unit| project(unit, layout))).collect();
    let repository = RepositoryFile {
        version: 3,
        automerge: false,
        parallel_plan: true,
        parallel_apply: true,
        // Groups are what orders applies: `depends_on` looks at the state before the command.
        abort_on_execution_order_fail: true,
        projects,
    };
    [
        (TreePath::of(["atlantis.yaml"]), document(json(&repository))),
        (TreePath::of(["ops", "atlantis", "repos.yaml"]), document(json(&server(layout, settings)))),
    ]
}

fn project(unit: &Unit, layout: Layout) -> Project {
    Project {
        name: unit.id.to_string(),
        dir: folder(&unit.id).to_string(),
        execution_order_group: i64::try_from(unit.group).unwrap_or(i64::MAX),
        autoplan: Autoplan {
            enabled: true,
            when_modified: when_modified(&unit.id, &unit.kind.folders, layout),
        },
    }
}

/// The files that the plan of the unit depends on, from its folder.
fn when_modified(unit: &UnitId, modules: &[TreePath], layout: Layout) -> Vec<String> {
    let own: &[&str] = match layout {
        Layout::Terragrunt => &["terragrunt.hcl", "unit.json", "../../../root.hcl"],
        Layout::Terraform => &["*.tf"],
    };
    let top = module_source::top(unit);
    own.iter()
        .map(|file| (*file).to_owned())
        .chain([".terraform.lock.hcl".to_owned()])
        .chain(modules.iter().map(|folder| format!("{top}/{folder}/**")))
        .collect()
}

fn server(layout: Layout, settings: &Atlantis) -> ServerFile {
    let mut requirements = settings.apply_requirements.clone();
    requirements.sort();
    requirements.dedup();
    ServerFile {
        repos: [RepositoryRule {
            id: settings.repository.to_string(),
            workflow: WORKFLOW,
            allowed_overrides: [],
            allow_custom_workflows: false,
            plan_requirements: Vec::new(),
            apply_requirements: requirements.clone(),
            import_requirements: requirements,
            repo_locks: RepositoryLocks { mode: "on_apply" },
            pre_workflow_hooks: [Hook {
                run: CHECK,
                description: "The tree is what the spec says",
                commands: "plan, apply",
            }],
        }],
        workflows: Workflows { landform: workflow(layout, &settings.policy) },
    }
}

/// Each plan is guarded twice: when it is made, so that the pull request shows what is wrong, and before it is applied,
/// because a plan whose guard failed is a file like any other. Atlantis refuses to apply it, too, by its own records.
fn workflow(layout: Layout, policy: &PlanPolicy) -> Workflow {
    let run = |command, output| Step::Run { run: Command { command, output } };
    match layout {
        Layout::Terraform => {
            // The step `show` writes the plan into the file, with the Terraform that made it.
            let guard = || run(guard(policy, "\"$SHOWFILE\""), "hide");
            let [init, plan, show] = ["init", "plan", "show"].map(Step::BuiltIn);
            Workflow {
                plan: Stage { steps: vec![NO_PLUGIN_CACHE, init, plan, show, guard()] },
                apply: Stage { steps: vec![Step::BuiltIn("show"), guard(), Step::BuiltIn("apply")] },
            }
        }
        Layout::Terragrunt => {
            let show = format!("{TERRAGRUNT} --no-auto-init -- show -json \"$PLANFILE\"");
            let guard = || run(format!("{show} | {}", guard(policy, "-")), "hide");
            let terragrunt = |command: &str| {
                let command = format!("{TERRAGRUNT} --no-auto-init -- {command} \"$PLANFILE\"");
                run(command, "strip_refreshing")
            };
            // By itself, for a comment shows what a plan says and not what it took to get there.
            let init = run(format!("{TERRAGRUNT} -- init -input=false -no-color"), "hide");
            Workflow {
                plan: Stage { steps: vec![init, terragrunt("plan -input=false -no-color -out"), guard()] },
                apply: Stage { steps: vec![guard(), terragrunt("apply -input=false -no-color")] },
            }
        }
    }
}

/// Atlantis gives all projects one cache of providers, and projects of a group are planned at once, but the cache is not made
/// for two inits at a time: the second fails. An empty value is no cache.
/// <https://developer.hashicorp.com/terraform/cli/config/config-file#provider-plugin-cache>
const NO_PLUGIN_CACHE: Step = Step::Environment { env: Variable { name: "TF_PLUGIN_CACHE_DIR", value: "" } };

/// Terragrunt, with Terraform's own output and no lines of its log but errors, so that a comment shows the plan as it is.
const TERRAGRUNT: &str = "terragrunt run --tf-forward-stdout --log-level=error --no-color";

/// The command that refuses a plan with a mock, or one against the policy.
fn guard(policy: &PlanPolicy, plan: &str) -> String {
    let mut command = "landform plan-guard".to_owned();
    for kept in &policy.keep {
        command.push_str(&format!(" --keep {kept}"));
    }
    if let Some(deletions) = policy.max_deletions {
        command.push_str(&format!(" --max-deletions {deletions}"));
    }
    command + " " + plan
}
