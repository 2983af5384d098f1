//! What plans show.

use super::{TYPE, any, attach_foreign, cloud, made, process, says_only_what_it_changes, with, workloads};
use landform_framework::testing::{Instance, UNKNOWN};
use landform_test_cloud::{InProcessCloud, is_write};
use serde_json::{Value as Json, json};

/// The lines of a plan, without the texts of policies.
async fn plan(cloud: &InProcessCloud, config: Json) -> String {
    let plan = process(cloud).await.plan(TYPE, &Json::Null, &config).await.to_string();
    let lines = plan.lines().filter(|line| !line.contains("documents = {"));
    lines.collect::<Vec<_>>().join("\n")
}

#[tokio::test(start_paused = true)]
async fn a_create_shows_documents_slots_and_accounts() {
    let cloud = cloud();
    insta::assert_snapshot!(plan(&cloud, workloads()).await, @r#"
    create
    + affected_accounts = (known after apply)
    + attached_to = ["Workloads/Prod"]
    + bytes_after = 1609
    + bytes_before = 1647
    + drift = []
    + enable = ["deny-leave-organization", "region-allowlist", "rcp-https-only"]
    + exclusive = "managed"
    + name = "workloads"
    + parameters = {allowed_regions = ["eu-central-1"]}
    + require_staging = false
    + slots = (known after apply)
    + stack = "test"
    + stage = "enforce"
    + staging_target = "PolicyStaging"
    + status = "ready"
    + targets = ["Workloads/Prod"]
    warning: This changes guardrails workloads (accounts affected: 2)
    Slots after the apply, as things are now:
      Workloads/Prod: 2 of 5 RESOURCE_CONTROL_POLICY; of others: RCPFullAWSAccess
      Workloads/Prod: 2 of 10 SERVICE_CONTROL_POLICY; of others: FullAWSAccess
    "#);
    let first = process(&cloud).await.plan(TYPE, &Json::Null, &workloads()).await.to_string();
    let second = process(&cloud).await.plan(TYPE, &Json::Null, &workloads()).await.to_string();
    assert_eq!(first, second);
    assert!(first.contains("\"workloads-rcp-1\" = {bytes = 239"), "{first}");
    assert!(cloud.take_calls().iter().all(|call| !is_write(call.operation)));
}

/// The text of a policy, its bytes and what it is packed of, as the plan has them.
#[tokio::test(start_paused = true)]
async fn a_document_is_planned_with_its_text() {
    let terraform = process(&cloud()).await;
    let only = with(workloads(), json!({ "enable": ["deny-leave-organization"], "parameters": null }));
    let plan = terraform.plan(TYPE, &Json::Null, &only).await.to_string();
    let line = plan.lines().find(|line| line.contains("documents")).unwrap();
    assert!(
        line.starts_with(
            r#"+ documents = {"workloads-scp-1" = {bytes = 114, content = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Action\":\"organizations:LeaveOrganization\",\"Resource\":\"*\"}]}", guardrails = ["deny-leave-organization"], id = (known after apply), limit = 10240"#
        ),
        "{line}"
    );
}

#[tokio::test(start_paused = true)]
async fn what_is_unknown_leaves_only_what_depends_on_it_unknown() {
    let cloud = cloud();
    let parameters = json!({ "parameters": UNKNOWN });
    let shown =
        process(&cloud).await.plan(TYPE, &Json::Null, &with(workloads(), parameters)).await.to_string();
    for line in
        ["+ documents = (known after apply)", "+ bytes_after = (known after apply)", "+ attached_to = ["]
    {
        assert!(shown.contains(line), "{line}: {shown}");
    }
    let targets = json!({ "targets": UNKNOWN });
    let shown = process(&cloud).await.plan(TYPE, &Json::Null, &with(workloads(), targets)).await.to_string();
    for line in
        ["+ documents = {", "+ slots = (known after apply)", "+ affected_accounts = (known after apply)"]
    {
        assert!(shown.contains(line), "{line}: {shown}");
    }
}

/// Nothing but the organization itself may be missing: it may be made by the same apply.
#[tokio::test(start_paused = true)]
async fn what_the_same_apply_may_make_is_a_warning() {
    let nowhere = InProcessCloud::new("111122223333".parse().unwrap());
    let shown = plan(&nowhere, workloads()).await;
    assert!(shown.contains("warning: No organization") && shown.contains("+ bytes_after = 1609"), "{shown}");
    assert!(!shown.contains("error:"), "{shown}");
    let shown = plan(&cloud(), with(workloads(), json!({ "targets": ["Workloads/Production"] }))).await;
    assert!(shown.contains("warning: Workloads/Production does not exist yet"), "{shown}");
    assert!(shown.contains("+ slots = (known after apply)"), "{shown}");
    let without = InProcessCloud::new("111122223333".parse().unwrap());
    without.organization_world(|world| {
        world.establish();
        world.add_unit("Workloads/Prod");
    });
    let shown = plan(&without, workloads()).await;
    assert!(
        shown.contains("warning: RESOURCE_CONTROL_POLICY is off")
            && shown.contains("`landform_organization`"),
        "{shown}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_plan_of_no_change_reads_no_more_than_the_refresh() {
    let cloud = cloud();
    let mut set = made(&cloud, workloads()).await;
    cloud.take_calls();
    assert_eq!(set.plan(&process(&cloud).await, &workloads()).await.to_string(), "no change");
    let calls: Vec<String> =
        cloud.take_calls().iter().map(|call| format!("{} {}", call.operation, call.subject)).collect();
    let mut once = calls.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), calls.len(), "{calls:?}");
    assert_eq!(calls.len(), 19, "{calls:#?}");
}

/// Other sets of the same process read nothing anew but their own policies.
#[tokio::test(start_paused = true)]
async fn sets_share_what_they_read() {
    let cloud = cloud();
    let mut first = made(&cloud, workloads()).await;
    let other = with(workloads(), json!({ "name": "sandbox", "targets": ["Sandbox"] }));
    let mut second = made(&cloud, other.clone()).await;
    cloud.take_calls();
    let terraform = process(&cloud).await;
    assert_eq!(first.plan(&terraform, &workloads()).await.to_string(), "no change");
    let alone = cloud.take_calls().len();
    assert_eq!(second.plan(&terraform, &other).await.to_string(), "no change");
    let more = cloud.take_calls().len();
    assert!(more < alone / 2, "{more} of {alone}");
}

#[tokio::test(start_paused = true)]
async fn a_guardrail_that_is_added_changes_one_document_in_place() {
    let cloud = cloud();
    let mut set = made(&cloud, workloads()).await;
    let more = with(
        workloads(),
        json!({ "enable": ["deny-leave-organization", "region-allowlist", "rcp-https-only", "deny-root-user"] }),
    );
    let plan = set.plan(&process(&cloud).await, &more).await.to_string();
    assert!(
        plan.contains("~ bytes_after = 1609 -> ") && !plan.contains("documents = (known after apply)"),
        "{plan}"
    );
    assert!(plan.contains("warning: This changes guardrails workloads (accounts affected: 2)"), "{plan}");
}

/// A set that needs more documents than before keeps what is where it is.
#[tokio::test(start_paused = true)]
async fn what_does_not_fit_any_more_gets_a_document_of_its_own() {
    let cloud = cloud();
    let small =
        |enable: Json| with(workloads(), json!({ "enable": enable, "limits": { "scp_bytes": 1700 } }));
    let mut set = made(&cloud, small(json!(["deny-leave-organization", "region-allowlist"]))).await;
    let more = small(json!(["deny-leave-organization", "region-allowlist", "deny-iam-users"]));
    let plan = set.plan(&process(&cloud).await, &more).await.to_string();
    assert!(plan.contains("Workloads/Prod: 3 of 10 SERVICE_CONTROL_POLICY"), "{plan}");
    let changed = set.apply(&process(&cloud).await, &process(&cloud).await, &more).await;
    assert!(says_only_what_it_changes(&changed), "{changed}");
    let documents = &set.state.as_ref().unwrap()["documents"];
    assert_eq!(
        documents["workloads-scp-1"]["guardrails"],
        json!(["deny-leave-organization", "region-allowlist"])
    );
    assert_eq!(documents["workloads-scp-2"]["guardrails"], json!(["deny-iam-users"]));
}

#[tokio::test(start_paused = true)]
async fn policies_of_others_are_named_and_detached_only_where_the_set_is_to_be_alone() {
    let cloud = cloud();
    attach_foreign(&cloud, "Workloads/Prod", "by-hand");
    let shown = plan(&cloud, workloads()).await;
    assert!(
        shown.contains("Workloads/Prod: 3 of 10 SERVICE_CONTROL_POLICY; of others: FullAWSAccess, by-hand"),
        "{shown}"
    );
    let shown = plan(&cloud, with(workloads(), json!({ "exclusive": "all" }))).await;
    assert!(
        shown.contains("2 of 10 SERVICE_CONTROL_POLICY; of others: FullAWSAccess; detached: by-hand"),
        "{shown}"
    );
}

/// Terraform plans again before it applies, and holds a provider to all that it has planned before.
#[tokio::test(start_paused = true)]
async fn what_others_do_after_a_plan_changes_no_value_of_it() {
    let cloud = cloud();
    let values = async |cloud: &InProcessCloud| -> Vec<String> {
        let shown = plan(cloud, workloads()).await;
        shown.lines().filter(|line| line.starts_with("+ ")).map(str::to_owned).collect()
    };
    let before = values(&cloud).await;
    attach_foreign(&cloud, "Workloads/Prod", "by-hand");
    cloud.organization_world(|world| drop(world.add_account("late", "late@example.com", "Workloads/Prod")));
    assert_eq!(values(&cloud).await, before);
}

#[tokio::test(start_paused = true)]
async fn a_profile_is_enabled_as_a_whole() {
    let baseline = json!({
        "name": "baseline",
        "targets": ["/"],
        "profile": "baseline",
        "disable": ["rcp-oidc-trust"],
        "parameters": any(&json!({ "allowed_regions": ["eu-central-1"], "log_buckets": ["acme-log-archive-*"] })),
    });
    let cloud = cloud();
    let mut set = Instance::new(TYPE);
    let plan = set.plan(&process(&cloud).await, &baseline).await.to_string();
    assert!(plan.contains("(accounts affected: 5)") && !plan.contains("error"), "{plan}");
    let made = set.apply(&process(&cloud).await, &process(&cloud).await, &baseline).await;
    assert!(says_only_what_it_changes(&made), "{made}");
    let state = set.state.as_ref().unwrap();
    assert_eq!((&state["bytes_before"], &state["bytes_after"]), (&json!(11369), &json!(9668)));
}
