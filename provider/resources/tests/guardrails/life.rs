//! Create, change, drift, delete, import.

use super::{
    TYPE, attach_foreign, cloud, configured, made, policies, process, says_only_what_it_changes, with,
    workloads,
};
use landform_cloud::ErrorKind;
use landform_framework::testing::{Instance, to_json};
use landform_model::guardrails::PolicyType;
use landform_test_cloud::{Fault, InProcessCloud, When, is_write};
use serde_json::{Value as Json, json};

async fn applied(set: &mut Instance, cloud: &InProcessCloud, config: &Json) {
    let said = set.apply(&process(cloud).await, &process(cloud).await, config).await;
    assert!(says_only_what_it_changes(&said), "{said}");
    assert_eq!(set.plan(&process(cloud).await, config).await.to_string(), "no change");
}

#[tokio::test(start_paused = true)]
async fn a_set_is_made_changed_and_taken_away() {
    let cloud = cloud();
    let mut set = made(&cloud, workloads()).await;
    insta::assert_snapshot!(policies(&cloud).join("\n"), @r"
    RESOURCE_CONTROL_POLICY workloads-rcp-1 on [/Workloads/Prod]
    SERVICE_CONTROL_POLICY workloads-scp-1 on [/Workloads/Prod]
    ");
    let elsewhere =
        json!({ "targets": ["Workloads", "Sandbox"], "enable": ["deny-root-user"], "parameters": null });
    applied(&mut set, &cloud, &with(workloads(), elsewhere)).await;
    assert_eq!(policies(&cloud), ["SERVICE_CONTROL_POLICY workloads-scp-1 on [/Workloads, /Sandbox]"]);
    let destroyed = set.destroy(&process(&cloud).await, &process(&cloud).await).await;
    assert!(destroyed.is_empty(), "{destroyed}");
    assert_eq!(policies(&cloud), [""; 0]);
}

#[tokio::test(start_paused = true)]
async fn policies_carry_the_tags_of_the_set_from_their_first_moment() {
    let cloud = cloud();
    let mut set = made(&cloud, with(workloads(), json!({ "tags": { "team": "core", "cost": "1" } }))).await;
    assert!(!cloud.take_calls().iter().any(|call| call.operation == "TagResource"));
    let tags = |cloud: &InProcessCloud| {
        cloud.organization_world(|world| {
            let scp = world.policies.iter().find(|it| it.policy.name == "workloads-scp-1").unwrap();
            world.tags[scp.policy.id.as_str()]
                .iter()
                .map(|(key, value)| format!("{key}={value}"))
                .collect::<Vec<_>>()
        })
    };
    let ours = ["landform:child=scp/1", "landform:resource=guardrails/workloads", "landform:stack=test"];
    assert_eq!(tags(&cloud), [&["cost=1"], &ours[..], &["team=core"]].concat());
    applied(&mut set, &cloud, &with(workloads(), json!({ "tags": { "team": "edge" } }))).await;
    assert_eq!(tags(&cloud), [&ours[..], &["team=edge"]].concat());
}

/// Somebody edits a text, detaches a policy, attaches it elsewhere, attaches one of their own.
#[tokio::test(start_paused = true)]
async fn drift_is_seen_step_by_step_and_mended() {
    let cloud = cloud();
    let mut set = made(&cloud, workloads()).await;
    cloud.organization_world(|world| {
        let scp = world
            .policies
            .iter_mut()
            .find(|it| it.policy.policy_type == PolicyType::ServiceControlPolicy)
            .unwrap();
        scp.content = scp.content.replace("organizations:LeaveOrganization", "organizations:Nothing");
        let prod = world.attachments.iter().find(|(id, _)| *id == scp.policy.id).unwrap().clone();
        world.attachments.remove(&prod);
        let rcp = world
            .policies
            .iter()
            .find(|it| it.policy.policy_type == PolicyType::ResourceControlPolicy)
            .unwrap();
        let elsewhere = world
            .attachments
            .iter()
            .find(|(id, target)| *id != rcp.policy.id && world.name_of(target) == "/Sandbox")
            .unwrap()
            .1
            .clone();
        world.attachments.insert((rcp.policy.id.clone(), elsewhere));
    });
    attach_foreign(&cloud, "Workloads/Prod", "by-hand");
    let plan = set.plan(&process(&cloud).await, &workloads()).await.to_string();
    assert!(plan.contains(r#"~ status = "drifted" -> "ready""#), "{plan}");
    let drift = set.state.as_ref().unwrap()["drift"].clone();
    let drift: Vec<&str> = drift.as_array().unwrap().iter().map(|step| step.as_str().unwrap()).collect();
    insta::assert_snapshot!(drift.join("\n"), @r"
    update the text of policy workloads-scp-1
    attach policy workloads-scp-1 to Workloads/Prod
    detach policy workloads-rcp-1 from Sandbox
    ");
    applied(&mut set, &cloud, &workloads()).await;
    insta::assert_snapshot!(policies(&cloud).join("\n"), @r"
    RESOURCE_CONTROL_POLICY workloads-rcp-1 on [/Workloads/Prod]
    SERVICE_CONTROL_POLICY by-hand on [/Workloads/Prod]
    SERVICE_CONTROL_POLICY workloads-scp-1 on [/Workloads/Prod]
    ");
}

#[tokio::test(start_paused = true)]
async fn a_policy_that_somebody_deleted_is_made_again_and_a_set_without_any_is_gone() {
    let cloud = cloud();
    let mut set = made(&cloud, workloads()).await;
    let delete = |what: &str| {
        cloud.organization_world(|world| {
            let id = world.policies.iter().find(|it| it.policy.name == what).unwrap().policy.id.clone();
            world.policies.retain(|it| it.policy.id != id);
            world.attachments.retain(|(policy, _)| *policy != id);
        });
    };
    delete("workloads-scp-1");
    let plan = set.plan(&process(&cloud).await, &workloads()).await.to_string();
    assert!(
        plan.contains(r#"~ drift = ["create policy workloads-scp-1", "attach policy workloads-scp-1 to"#),
        "{plan}"
    );
    assert_eq!(set.state.as_ref().unwrap()["documents"]["workloads-scp-1"]["id"], Json::Null);
    applied(&mut set, &cloud, &workloads()).await;
    delete("workloads-scp-1");
    delete("workloads-rcp-1");
    assert!(set.plan(&process(&cloud).await, &workloads()).await.to_string().starts_with("create"));
}

#[tokio::test(start_paused = true)]
async fn a_unit_that_is_gone_is_told() {
    let cloud = cloud();
    let mut set = made(&cloud, with(workloads(), json!({ "targets": ["Sandbox", "Workloads/Prod"] }))).await;
    cloud.organization_world(|world| {
        let gone = world.parent_at("Sandbox").unwrap();
        world.units.retain(|it| it.unit.name != "Sandbox");
        world.attachments.retain(|(_, target)| target.as_str() != gone.as_str());
    });
    let narrower = set.plan(&process(&cloud).await, &workloads()).await.to_string();
    assert!(narrower.contains("Sandbox is gone") && !narrower.contains("error"), "{narrower}");
    applied(&mut set, &cloud, &workloads()).await;
}

/// With all slots taken, the old policy of a set goes before the new one comes.
#[tokio::test(start_paused = true)]
async fn a_full_target_is_changed_within_its_limit() {
    let cloud = cloud();
    for number in 0..8 {
        attach_foreign(&cloud, "Workloads/Prod", &format!("by-hand-{number}"));
    }
    let own = |ids: Json| with(workloads(), json!({ "enable": ids, "parameters": null }));
    let mut set = made(&cloud, own(json!(["deny-leave-organization"]))).await;
    let alone = with(own(json!(["deny-leave-organization"])), json!({ "exclusive": "all" }));
    applied(&mut set, &cloud, &alone).await;
    assert_eq!(
        policies(&cloud).iter().filter(|line| line.ends_with("on []")).count(),
        8,
        "{:?}",
        policies(&cloud)
    );
}

/// `FullAWSAccess` may have been taken off; a target without any policy is one that AWS refuses.
#[tokio::test(start_paused = true)]
async fn the_last_policy_of_a_target_is_replaced_by_full_access() {
    let cloud = cloud();
    let mut set = made(&cloud, workloads()).await;
    let full_access = |cloud: &InProcessCloud| {
        cloud.organization_world(|world| {
            let on = world.attachments.iter().filter(|(id, _)| id.as_str() == "p-FullAWSAccess");
            on.filter(|(_, target)| world.name_of(target) == "/Workloads/Prod").cloned().collect::<Vec<_>>()
        })
    };
    let attached = full_access(&cloud);
    cloud.organization_world(|world| world.attachments.remove(&attached[0]));
    let destroyed = set.destroy(&process(&cloud).await, &process(&cloud).await).await;
    assert!(destroyed.is_empty(), "{destroyed}");
    assert_eq!(full_access(&cloud), attached);
}

#[tokio::test(start_paused = true)]
async fn a_kind_of_policy_that_is_off_says_where_to_turn_it_on() {
    let cloud = InProcessCloud::new("111122223333".parse().unwrap());
    cloud.organization_world(|world| {
        world.establish();
        world.add_unit("Workloads/Prod");
    });
    let mut set = Instance::new(TYPE);
    let refused = set.apply(&process(&cloud).await, &process(&cloud).await, &workloads()).await.to_string();
    assert!(
        refused.contains("list `RESOURCE_CONTROL_POLICY` in `policy_types` of `landform_organization`"),
        "{refused}"
    );
    assert_eq!((set.state, policies(&cloud)), (None, vec![]));
}

#[tokio::test(start_paused = true)]
async fn a_target_that_does_not_exist_is_an_error_of_the_apply() {
    let cloud = cloud();
    let mut set = Instance::new(TYPE);
    let nowhere = with(workloads(), json!({ "targets": ["Workloads/Prd"] }));
    let refused = set.apply(&process(&cloud).await, &process(&cloud).await, &nowhere).await.to_string();
    assert!(refused.contains("error: Workloads/Prd does not exist"), "{refused}");
    assert_eq!(policies(&cloud), [""; 0]);
}

#[tokio::test(start_paused = true)]
async fn a_provider_that_only_reads_changes_nothing() {
    let cloud = cloud();
    let mut set = made(&cloud, workloads()).await;
    cloud.take_calls();
    let read_only = configured(&cloud, json!({ "stack": "test", "read_only": true })).await;
    let destroyed = set.destroy(&read_only, &read_only).await.to_string();
    assert!(destroyed.contains("read_only = true") && set.state.is_some(), "{destroyed}");
    assert!(cloud.take_calls().iter().all(|call| !is_write(call.operation)));
}

#[tokio::test(start_paused = true)]
async fn a_set_of_a_lost_state_is_imported_and_planned_empty() {
    let cloud = cloud();
    let config = with(
        workloads(),
        json!({ "enable": ["deny-leave-organization", "rcp-https-only"], "parameters": null }),
    );
    made(&cloud, config.clone()).await;
    cloud.take_calls();
    let terraform = process(&cloud).await;
    let imported = terraform.import(TYPE, "workloads").await;
    assert!(imported.diagnostics.is_empty(), "{}", imported.diagnostics);
    let mut set = Instance { state: Some(to_json(&imported.state)), ..Instance::new(TYPE) };
    assert_eq!(set.plan(&process(&cloud).await, &config).await.to_string(), "no change");
    assert!(cloud.take_calls().iter().all(|call| !is_write(call.operation)));
    let unknown = terraform.import(TYPE, "other").await.diagnostics.to_string();
    assert!(unknown.contains("There is no policy other-scp-1 or other-rcp-1"), "{unknown}");
    let other = configured(&cloud, json!({ "stack": "other" })).await;
    let refused = other.import(TYPE, "workloads").await.diagnostics.to_string();
    assert!(refused.contains("belongs to guardrails/workloads of stack test"), "{refused}");
}

/// A parameter cannot be told from a text, so what has one comes in as the user's own statements.
#[tokio::test(start_paused = true)]
async fn what_the_catalogue_does_not_know_is_imported_as_it_is() {
    let cloud = cloud();
    made(&cloud, workloads()).await;
    let terraform = process(&cloud).await;
    let (found, diagnostics) = terraform.list(TYPE, &json!({}), None, true).await;
    assert!(diagnostics.is_empty(), "{diagnostics}");
    assert_eq!(found.iter().map(|found| found.display_name.as_str()).collect::<Vec<_>>(), ["workloads"]);
    let (config, diagnostics) = terraform.generate_config(TYPE, found[0].object.as_ref().unwrap()).await;
    assert!(diagnostics.is_empty(), "{diagnostics}");
    let config = to_json(&config);
    assert_eq!(config["enable"], json!(["rcp-https-only"]));
    assert!(
        config["extra"]["workloads-scp-1"]["policy"].as_str().unwrap().contains("eu-central-1"),
        "{config}"
    );
    let imported = terraform.import_identified(TYPE, &to_json(&found[0].identity)).await;
    let mut set = Instance { state: Some(to_json(&imported.state)), ..Instance::new(TYPE) };
    assert_eq!(set.plan(&terraform, &config).await.to_string(), "no change");
}

#[tokio::test(start_paused = true)]
async fn policies_of_others_are_taken_over_by_an_import_and_only_by_that() {
    let cloud = cloud();
    attach_foreign(&cloud, "Workloads/Prod", "workloads-scp-1");
    let mut set = Instance::new(TYPE);
    let refused = set.apply(&process(&cloud).await, &process(&cloud).await, &workloads()).await.to_string();
    assert!(
        refused.contains("workloads-scp-1 (p-") && refused.contains("Import the set under this name"),
        "{refused}"
    );
    let imported = process(&cloud).await.import(TYPE, "workloads").await;
    assert!(imported.diagnostics.is_empty(), "{}", imported.diagnostics);
    set.state = Some(to_json(&imported.state));
    assert_eq!(set.state.as_ref().unwrap()["status"], json!("adopted"));
    applied(&mut set, &cloud, &workloads()).await;
    assert_eq!(set.state.as_ref().unwrap()["status"], json!("ready"));
    assert_eq!(policies(&cloud).len(), 2);
}

/// AWS takes one change of an organization at a time, and says so in many ways.
#[tokio::test(start_paused = true)]
async fn what_aws_refuses_for_now_is_tried_again() {
    for kind in [ErrorKind::NotReady, ErrorKind::Throttled] {
        for operation in
            ["CreatePolicy", "AttachPolicy", "UpdatePolicy", "DetachPolicy", "DeletePolicy", "TagResource"]
        {
            let cloud = cloud();
            let mut set = Instance::new(TYPE);
            let fault = || Fault { operation: Some(operation), nth: 1, times: 3, when: When::Before, kind };
            cloud.inject(fault());
            applied(&mut set, &cloud, &workloads()).await;
            let changed = json!({ "targets": ["Sandbox"], "enable": ["deny-root-user"], "parameters": null, "tags": { "a": "b" } });
            applied(&mut set, &cloud, &with(workloads(), changed)).await;
            let destroyed = set.destroy(&process(&cloud).await, &process(&cloud).await).await;
            assert!(destroyed.is_empty(), "{operation}: {destroyed}");
        }
    }
}

/// Two sets of one apply change the organization at the same time.
#[tokio::test(start_paused = true)]
async fn two_sets_of_one_apply_do_not_get_in_each_others_way() {
    let cloud = cloud();
    let terraform = process(&cloud).await;
    let other = with(workloads(), json!({ "name": "sandbox", "targets": ["Workloads/Prod", "Sandbox"] }));
    let (mut first, mut second) = (Instance::new(TYPE), Instance::new(TYPE));
    let (one, two) = (workloads(), other.clone());
    let (one, two) =
        tokio::join!(first.apply(&terraform, &terraform, &one), second.apply(&terraform, &terraform, &two));
    assert!(says_only_what_it_changes(&one) && says_only_what_it_changes(&two), "{one} {two}");
    assert_eq!(policies(&cloud).len(), 4);
    assert_eq!(second.plan(&process(&cloud).await, &other).await.to_string(), "no change");
}
