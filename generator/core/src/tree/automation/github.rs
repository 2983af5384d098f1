//! Workflows of GitHub Actions, of plain commands: no action of anybody else runs, so none has to be trusted or pinned.
//!
//! What the host says reaches commands by the environment only, never by text in a command.
//! <https://docs.github.com/en/actions/security-for-github-actions/security-guides/security-hardening-for-github-actions>

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::documents::{Content, json};
use super::super::{Document, TreePath};
use super::{APPLY, DAILY, DRIFT, PLAN, PROVENANCE};
use crate::check::Landscape;
use crate::spec::Pipelines;

/// The check, with each difference shown beside the code.
const CHECK_WITH_ANNOTATIONS: &str = "landform generate --check --out . --format github";
const RUNNER: &str = "ubuntu-24.04";
const TOKEN_FILE: &str = "/tmp/aws-token";
const CHECK_OUT: &str = "git init --quiet .\n\
git config --global --add safe.directory \"$PWD\"\n\
git -c http.extraHeader=\"Authorization: Basic $(printf 'x-access-token:%s' \"$TOKEN\" | base64 -w0)\" fetch --quiet --depth=1 \"$SERVER/$REPOSITORY\" \"$REVISION\"\n\
git checkout --quiet --detach FETCH_HEAD\n";
/// The answer is one line of JSON: `{"value":"…"}`.
const SIGN_IN: &str = "umask 077\n\
curl --fail --silent --show-error --header \"Authorization: bearer $ACTIONS_ID_TOKEN_REQUEST_TOKEN\" \"$ACTIONS_ID_TOKEN_REQUEST_URL&audience=sts.amazonaws.com\" | sed -n 's/.*\"value\" *: *\"\\([^\"]*\\)\".*/\\1/p' > \"$AWS_WEB_IDENTITY_TOKEN_FILE\"\n\
test -s \"$AWS_WEB_IDENTITY_TOKEN_FILE\"\n";

#[derive(Serialize)]
struct Workflow {
    name: &'static str,
    on: On,
    permissions: BTreeMap<&'static str, &'static str>,
    concurrency: Concurrency,
    jobs: Jobs,
}

#[derive(Default, Serialize)]
struct On {
    #[serde(skip_serializing_if = "Option::is_none")]
    pull_request: Option<Branches>,
    #[serde(skip_serializing_if = "Option::is_none")]
    push: Option<Branches>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    schedule: Vec<Cron>,
}

#[derive(Serialize)]
struct Branches {
    branches: [&'static str; 1],
}

#[derive(Serialize)]
struct Cron {
    cron: &'static str,
}

#[derive(Serialize)]
struct Concurrency {
    group: &'static str,
    #[serde(rename = "cancel-in-progress")]
    cancel_in_progress: bool,
}

#[derive(Default, Serialize)]
struct Jobs {
    #[serde(skip_serializing_if = "Option::is_none")]
    check: Option<Job>,
    #[serde(skip_serializing_if = "Option::is_none")]
    plan: Option<Job>,
    #[serde(skip_serializing_if = "Option::is_none")]
    apply: Option<Job>,
    #[serde(skip_serializing_if = "Option::is_none")]
    drift: Option<Job>,
}

#[derive(Serialize)]
struct Job {
    name: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    needs: Option<&'static str>,
    #[serde(rename = "if", skip_serializing_if = "Option::is_none")]
    condition: Option<&'static str>,
    #[serde(rename = "runs-on")]
    runs_on: &'static str,
    container: Container,
    #[serde(rename = "timeout-minutes")]
    timeout_minutes: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    environment: Option<&'static str>,
    permissions: BTreeMap<&'static str, &'static str>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    env: BTreeMap<&'static str, String>,
    steps: Vec<Step>,
}

#[derive(Serialize)]
struct Container {
    image: String,
}

#[derive(Serialize)]
struct Step {
    name: &'static str,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    env: BTreeMap<&'static str, &'static str>,
    run: &'static str,
}

pub(super) fn documents(landscape: &Landscape, pipelines: &Pipelines) -> [(TreePath, Document); 2] {
    let path = |name| TreePath::of([".github", "workflows", name]);
    let document = |workflow: &Workflow| Document::new(PROVENANCE, Content::Yaml(json(workflow)));
    let region = landscape.estate.organization.state.region.to_string();
    [
        (path("landform.yml"), document(&changes(pipelines, &region))),
        (path("landform-drift.yml"), document(&drift(pipelines, &region))),
    ]
}

/// Check and plan a pull request; apply what is merged.
fn changes(pipelines: &Pipelines, region: &str) -> Workflow {
    let main = || Some(Branches { branches: ["main"] });
    let check = Job { condition: None, needs: None, ..job("check", pipelines, None, CHECK_WITH_ANNOTATIONS) };
    let plan = Job {
        needs: Some("check"),
        // A pull request from a fork gets no token, and so cannot sign in.
        condition: Some(
            "github.event_name == 'pull_request' && github.event.pull_request.head.repo.full_name == github.repository",
        ),
        ..job("plan", pipelines, Some((pipelines.plan_role.to_string(), region)), PLAN)
    };
    let apply = Job {
        needs: Some("check"),
        condition: Some("github.event_name == 'push'"),
        environment: Some("production"),
        ..job("apply", pipelines, Some((pipelines.apply_role.to_string(), region)), APPLY)
    };
    Workflow {
        name: "landform",
        on: On { pull_request: main(), push: main(), schedule: Vec::new() },
        permissions: BTreeMap::new(),
        // Applies wait for each other; a killed one would leave locks.
        concurrency: Concurrency { group: "landform-${{ github.ref }}", cancel_in_progress: false },
        jobs: Jobs { check: Some(check), plan: Some(plan), apply: Some(apply), drift: None },
    }
}

fn drift(pipelines: &Pipelines, region: &str) -> Workflow {
    Workflow {
        name: "landform drift",
        on: On { schedule: vec![Cron { cron: DAILY }], ..On::default() },
        permissions: BTreeMap::new(),
        concurrency: Concurrency { group: "landform-drift", cancel_in_progress: false },
        jobs: Jobs {
            drift: Some(job("drift", pipelines, Some((pipelines.plan_role.to_string(), region)), DRIFT)),
            ..Jobs::default()
        },
    }
}

/// A job that runs one command, signed in with a role or not at all.
fn job(
    name: &'static str,
    pipelines: &Pipelines,
    role: Option<(String, &str)>,
    command: &'static str,
) -> Job {
    let mut permissions = BTreeMap::from([("contents", "read")]);
    let mut env = BTreeMap::new();
    let mut steps = vec![Step {
        name: "Check out",
        env: [
            ("TOKEN", "${{ github.token }}"),
            ("SERVER", "${{ github.server_url }}"),
            ("REPOSITORY", "${{ github.repository }}"),
            ("REVISION", "${{ github.sha }}"),
        ]
        .into(),
        run: CHECK_OUT,
    }];
    if let Some((role, region)) = role {
        permissions.insert("id-token", "write");
        env.insert("AWS_ROLE_ARN", role);
        env.insert("AWS_REGION", region.to_owned());
        env.insert("AWS_WEB_IDENTITY_TOKEN_FILE", TOKEN_FILE.to_owned());
        steps.push(Step { name: "Sign in", env: BTreeMap::new(), run: SIGN_IN });
    }
    steps.push(Step { name, env: BTreeMap::new(), run: command });
    Job {
        name,
        needs: None,
        condition: None,
        runs_on: RUNNER,
        container: Container { image: pipelines.image.to_string() },
        timeout_minutes: 360,
        environment: None,
        permissions,
        env,
        steps,
    }
}
