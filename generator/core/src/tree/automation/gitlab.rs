//! The pipeline of GitLab. <https://docs.gitlab.com/ci/yaml/>

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::documents::{Content, json};
use super::super::{Document, TreePath};
use super::{APPLY, CHECK, DRIFT, PLAN, PROVENANCE};
use crate::check::Landscape;
use crate::spec::Pipelines;

/// The token comes as a variable; AWS's tools read it from a file.
const SIGN_IN: &str = "umask 077 && printf '%s' \"$AWS_TOKEN\" > \"$AWS_WEB_IDENTITY_TOKEN_FILE\"";
const MERGE_REQUEST: &str = "$CI_PIPELINE_SOURCE == \"merge_request_event\"";
const MERGED: &str = "$CI_PIPELINE_SOURCE == \"push\" && $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH";
const SCHEDULED: &str = "$CI_PIPELINE_SOURCE == \"schedule\"";

#[derive(Serialize)]
struct Pipeline {
    stages: [&'static str; 3],
    default: Defaults,
    check: Job,
    plan: Job,
    apply: Job,
    drift: Job,
}

#[derive(Serialize)]
struct Defaults {
    image: String,
    interruptible: bool,
}

#[derive(Serialize)]
struct Job {
    stage: &'static str,
    rules: Vec<Rule>,
    #[serde(skip_serializing_if = "Option::is_none")]
    resource_group: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    environment: Option<&'static str>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    id_tokens: BTreeMap<&'static str, Audience>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    variables: BTreeMap<&'static str, String>,
    script: Vec<&'static str>,
}

#[derive(Serialize)]
struct Rule {
    #[serde(rename = "if")]
    condition: &'static str,
}

#[derive(Serialize)]
struct Audience {
    aud: &'static str,
}

pub(super) fn document(landscape: &Landscape, pipelines: &Pipelines) -> (TreePath, Document) {
    let region = landscape.estate.organization.state.region.as_str();
    let (plan_role, apply_role) = (pipelines.plan_role.to_string(), pipelines.apply_role.to_string());
    let pipeline = Pipeline {
        stages: ["check", "plan", "apply"],
        default: Defaults { image: pipelines.image.to_string(), interruptible: false },
        check: job("check", &[MERGE_REQUEST, MERGED], None, CHECK),
        plan: job("plan", &[MERGE_REQUEST], Some((plan_role.clone(), region)), PLAN),
        apply: Job {
            resource_group: Some("landform"),
            environment: Some("production"),
            ..job("apply", &[MERGED], Some((apply_role, region)), APPLY)
        },
        // When it runs is a schedule of the project.
        drift: job("plan", &[SCHEDULED], Some((plan_role, region)), DRIFT),
    };
    (TreePath::of([".gitlab-ci.yml"]), Document::new(PROVENANCE, Content::Yaml(json(&pipeline))))
}

fn job(
    stage: &'static str,
    rules: &[&'static str],
    role: Option<(String, &str)>,
    command: &'static str,
) -> Job {
    let mut job = Job {
        stage,
        rules: rules.iter().map(|condition| Rule { condition }).collect(),
        resource_group: None,
        environment: None,
        id_tokens: BTreeMap::new(),
        variables: BTreeMap::new(),
        script: Vec::new(),
    };
    if let Some((role, region)) = role {
        job.id_tokens.insert("AWS_TOKEN", Audience { aud: "sts.amazonaws.com" });
        job.variables.insert("AWS_ROLE_ARN", role);
        job.variables.insert("AWS_REGION", region.to_owned());
        job.variables.insert("AWS_WEB_IDENTITY_TOKEN_FILE", "/tmp/aws-token".to_owned());
        job.script.push(SIGN_IN);
    }
    job.script.push(command);
    job
}
