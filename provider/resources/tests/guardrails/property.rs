//! Whatever was changed before: what is attached denies what was chosen, and nothing else.

use super::{TYPE, cloud, process};
use landform_framework::testing::Instance;
use landform_model::guardrails::document::Document;
use landform_model::guardrails::evaluate::{Decision, Evaluator, Request};
use landform_model::guardrails::{Case, Filled, Parameters, PolicyType, catalogue, choose};
use landform_test_cloud::InProcessCloud;
use proptest::prelude::*;
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;

const PATHS: [&str; 4] = ["Workloads", "Workloads/Prod", "Workloads/NonProd", "Sandbox"];

/// Guardrails of statements that need no parameter.
fn ids() -> Vec<&'static str> {
    let of_statements = catalogue::all().iter().filter(|guardrail| guardrail.policy_type.has_statements());
    of_statements
        .filter(|guardrail| choose(&BTreeSet::from([guardrail.id.clone()]), &Parameters::new()).is_ok())
        .map(|guardrail| guardrail.id.as_str())
        .collect()
}

/// Every request of every case of the catalogue.
fn requests() -> Vec<Request> {
    let cases =
        catalogue::all().iter().flat_map(|guardrail| guardrail.denied.iter().chain(&guardrail.allowed));
    cases.flat_map(Case::requests).collect()
}

/// One configuration: which guardrails, where, and how large a document may be.
fn configuration() -> impl Strategy<Value = (BTreeSet<&'static str>, BTreeSet<&'static str>, usize)> {
    let guardrails = proptest::collection::btree_set(proptest::sample::select(ids()), 1..6);
    let targets = proptest::collection::btree_set(proptest::sample::select(PATHS.to_vec()), 1..3);
    (guardrails, targets, 2_000_usize..6_000)
}

fn denied(documents: &[Document], request: &Request) -> bool {
    let evaluator = Evaluator::new(documents).unwrap();
    matches!(evaluator.decide(request).unwrap(), Decision::Denied { .. })
}

/// The texts of the policies of people that are attached to a path.
fn attached(cloud: &InProcessCloud, path: &str, policy_type: PolicyType) -> Vec<Document> {
    cloud.organization_world(|world| {
        let target = world.parent_at(path).unwrap();
        let on = |id: &_| {
            world.attachments.iter().any(|(policy, at)| policy == id && at.as_str() == target.as_str())
        };
        let there =
            world.policies.iter().filter(|it| it.policy.policy_type == policy_type && on(&it.policy.id));
        there.map(|it| it.content.parse().unwrap()).collect()
    })
}

async fn history(
    configurations: Vec<(BTreeSet<&'static str>, BTreeSet<&'static str>, usize)>,
    requests: &[Request],
) {
    let cloud = cloud();
    let mut set = Instance::new(TYPE);
    for (guardrails, targets, bytes) in configurations {
        let config: Json = json!({
            "name": "any",
            "targets": targets,
            "enable": guardrails,
            "allow_lock_out": guardrails,
            "limits": { "scp_bytes": bytes, "rcp_bytes": bytes },
        });
        let said = set.apply(&process(&cloud).await, &process(&cloud).await, &config).await;
        assert!(!said.has_errors(), "{config}: {said}");
        let chosen =
            choose(&guardrails.iter().map(|id| (*id).to_owned()).collect(), &Parameters::new()).unwrap();
        for policy_type in [PolicyType::ServiceControlPolicy, PolicyType::ResourceControlPolicy] {
            let of_type = chosen.iter().filter(|filled| filled.policy_type == policy_type);
            let wanted: Vec<Document> = of_type.filter_map(Filled::statements).cloned().collect();
            for path in PATHS {
                let wanted = if targets.contains(path) { wanted.as_slice() } else { &[] };
                let there = attached(&cloud, path, policy_type);
                for request in requests {
                    assert_eq!(
                        denied(&there, request),
                        denied(wanted, request),
                        "{path} {policy_type}: {request}"
                    );
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn what_is_attached_denies_what_was_chosen(configurations in proptest::collection::vec(configuration(), 1..5)) {
        let requests = requests();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        runtime.block_on(history(configurations, &requests));
    }
}
