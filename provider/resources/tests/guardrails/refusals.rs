//! What is refused before anything is changed.

use super::{TYPE, any, attach_foreign, cloud, made, process, with, workloads};
use landform_framework::cty;
use landform_framework::testing::UNKNOWN;
use landform_test_cloud::{InProcessCloud, is_write};
use serde_json::{Value as Json, json};

/// Bad input: each with the attribute and the words of the error.
#[tokio::test(start_paused = true)]
async fn bad_input_is_an_error_at_its_attribute() {
    let cloud = cloud();
    let own = |policy_type: &str, policy: &str| json!({ "extra": { "mine": { "policy_type": policy_type, "policy": policy } } });
    let statement = |rest: &str| {
        format!(r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Deny",{rest}"Resource":"*"}}}}"#)
    };
    for (changes, words) in [
        (
            json!({ "enable": ["deny-root-usr"] }),
            "(at enable)\nThere is no guardrail `deny-root-usr`: did you mean `deny-root-user`?",
        ),
        (
            json!({ "enable": ["imds-required"], "parameters": null }),
            "enable it in a `landform_organization_policy`",
        ),
        (json!({ "enable": [], "parameters": null }), "(at enable)\nSet `enable`, `profile` or `extra`"),
        (
            json!({ "parameters": null }),
            "error: Missing parameter (at parameters)\nRegion-allowlist needs the parameter `allowed_regions`",
        ),
        (
            json!({ "parameters": any(&json!({ "allowed_regions": ["eu-centrl"] })) }),
            "(at parameters.allowed_regions)",
        ),
        (
            json!({ "parameters": any(&json!({ "allowed_regions": "eu-central-1" })) }),
            "is not a list of texts",
        ),
        (
            json!({ "parameters": any(&json!({ "allowed_regions": ["eu-central-1"], "log_bucket": ["x"] })) }),
            "has a parameter `log_bucket`",
        ),
        (
            json!({ "parameters": any(&json!({ "allowed_regions": [] })) }),
            "error: Empty parameter (at parameters)",
        ),
        (json!({ "profile": "production" }), "`production` is not `baseline`, `workloads` or `sandbox`"),
        (
            json!({ "profile": "sandbox", "disable": ["deny-root-user"] }),
            "`deny-root-user` is not in the profile `sandbox`",
        ),
        (json!({ "disable": ["deny-root-user"] }), "profile"),
        (json!({ "targets": [] }), "(at targets)\nName what the policies hold for"),
        (json!({ "targets": ["ou-ab12-cd34ef56"] }), "write the path of the unit"),
        (json!({ "stage": "production" }), "it is `staging` or `enforce`"),
        (json!({ "exclusive": "none" }), "`none` is not `managed` or `all`"),
        (json!({ "name": "Workloads" }), "1 to 63 characters"),
        (json!({ "tags": { "landform:stack": "x" } }), "set by Landform"),
        (json!({ "limits": { "scp_bytes": 0 } }), "(at limits.scp_bytes)"),
        (own("TAG_POLICY", "{}"), "policies of settings are a `landform_organization_policy`"),
        (own("SERVICE_CONTROL_POLICY", "{}"), r#"(at extra["mine"].policy)"#),
        (
            own("SERVICE_CONTROL_POLICY", &statement(r#""Principal":"*","Action":"s3:*","#)),
            "has no `Principal`",
        ),
        (
            own("RESOURCE_CONTROL_POLICY", &statement(r#""Action":"s3:*","#)),
            "must have `\"Principal\": \"*\"`",
        ),
        (
            json!({ "extra": { "deny-root-user": { "policy_type": "SERVICE_CONTROL_POLICY", "policy": statement(r#""Action":"s3:*","#) } } }),
            "The catalogue has a guardrail of that name",
        ),
    ] {
        let config = with(workloads(), changes.clone());
        let said = process(&cloud).await.validate(TYPE, config).await.to_string();
        assert!(said.contains("error: ") && said.contains(words), "{changes}: {said}");
    }
    assert!(cloud.take_calls().iter().all(|call| !is_write(call.operation)));
}

#[tokio::test(start_paused = true)]
async fn a_set_that_does_not_fit_is_an_error_with_the_numbers() {
    let cloud = cloud();
    let plan = async |config: Json| process(&cloud).await.plan(TYPE, &Json::Null, &config).await.to_string();
    let said = plan(with(workloads(), json!({ "limits": { "scp_bytes": 1000 } }))).await;
    assert!(said.contains("The guardrail region-allowlist has 1294 bytes, and AWS takes 1000"), "{said}");
    for number in 0..9 {
        attach_foreign(&cloud, "Workloads/Prod", &format!("by-hand-{number}"));
    }
    let said = plan(workloads()).await;
    assert!(said.contains("error: The guardrails do not fit on Workloads/Prod"), "{said}");
    assert!(
        said.contains("need 1 documents, and there is room for 0") && said.contains("others hold 10"),
        "{said}"
    );
    let said = plan(with(workloads(), json!({ "exclusive": "all" }))).await;
    assert!(!said.contains("error"), "{said}");
}

#[tokio::test(start_paused = true)]
async fn a_lock_out_is_an_error_unless_it_is_meant() {
    let cloud = cloud();
    let plan = async |config: Json| process(&cloud).await.plan(TYPE, &Json::Null, &config).await.to_string();
    let only =
        any(&json!({ "allowed_regions": ["us-east-1"], "exempt_roles": ["arn:aws:iam::*:role/somebody"] }));
    let closed = with(workloads(), json!({ "parameters": only }));
    let said = plan(closed.clone()).await;
    assert!(
        said.contains("error: region-allowlist locks out roles that build and repair accounts (at enable)"),
        "{said}"
    );
    assert!(
        said.contains("to the role landform-apply")
            && said.contains("add `arn:aws:iam::*:role/landform-apply` to `exempt_roles`"),
        "{said}"
    );
    let said = plan(with(closed.clone(), json!({ "exempt_roles": ["arn:aws:iam::*:role/landform-apply", "arn:aws:iam::*:role/OrganizationAccountAccessRole"] }))).await;
    assert!(!said.contains("error"), "{said}");
    let said = plan(with(closed, json!({ "allow_lock_out": ["region-allowlist"] }))).await;
    assert!(!said.contains("error") && said.contains("warning: region-allowlist locks out"), "{said}");
    let renamed = with(
        workloads(),
        json!({ "management_roles": { "apply": "acme-deploy" }, "parameters": any(&json!({ "allowed_regions": ["us-east-1"] })) }),
    );
    assert!(plan(renamed).await.contains("to the role acme-deploy"));
    let quarantine = with(
        workloads(),
        json!({ "enable": ["suspended"], "parameters": null, "allow_lock_out": ["suspended"] }),
    );
    assert!(!plan(quarantine).await.contains("error"));
}

#[tokio::test(start_paused = true)]
async fn what_was_not_tried_is_refused_where_trials_are_required() {
    let cloud = cloud();
    let careful = with(workloads(), json!({ "require_staging": true }));
    let plan = async |config: &Json| process(&cloud).await.plan(TYPE, &Json::Null, config).await.to_string();
    let said = plan(&careful).await;
    assert!(said.contains("error: region-allowlist was not tried (at require_staging)"), "{said}");
    let trial = with(workloads(), json!({ "name": "trial", "stage": "staging" }));
    let mut trial_set = made(&cloud, trial.clone()).await;
    assert_eq!(trial_set.state.as_ref().unwrap()["attached_to"], json!(["PolicyStaging"]));
    assert_eq!(trial_set.state.as_ref().unwrap()["affected_accounts"], json!(1));
    let mut set = made(&cloud, careful.clone()).await;
    // Something else under the same name has not been tried; what holds already has.
    let wider = any(&json!({ "allowed_regions": ["eu-central-1", "eu-west-1"] }));
    let changed = with(careful.clone(), json!({ "parameters": wider }));
    let said = set.plan(&process(&cloud).await, &changed).await.to_string();
    assert!(
        said.contains("error: region-allowlist was not tried") && !said.contains("rcp-https-only was not"),
        "{said}"
    );
    let destroyed = trial_set.destroy(&process(&cloud).await, &process(&cloud).await).await;
    assert!(destroyed.is_empty(), "{destroyed}");
    assert_eq!(set.plan(&process(&cloud).await, &careful).await.to_string(), "no change");
    let said =
        set.plan(&process(&cloud).await, &with(careful, json!({ "targets": ["Sandbox"] }))).await.to_string();
    assert!(said.contains("rcp-https-only was not tried"), "{said}");
}

#[tokio::test(start_paused = true)]
async fn another_name_is_refused_unless_a_replacement_is_allowed() {
    let cloud = cloud();
    let mut set = made(&cloud, workloads()).await;
    let renamed = with(workloads(), json!({ "name": "prod" }));
    let said = set.plan(&process(&cloud).await, &renamed).await.to_string();
    assert!(said.contains("error") && said.contains("allow_replace"), "{said}");
    let allowed = with(renamed, json!({ "allow_replace": ["name"] }));
    let said = set.apply(&process(&cloud).await, &process(&cloud).await, &allowed).await;
    assert!(!said.has_errors(), "{said}");
    assert_eq!(super::policies(&cloud).len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_policy_that_lost_its_tags_is_no_longer_touched() {
    let cloud = cloud();
    let mut set = made(&cloud, workloads()).await;
    cloud.organization_world(|world| {
        let id = world.policies[0].policy.id.to_string();
        world.tags.insert(id, [].into());
    });
    let said = set.plan(&process(&cloud).await, &workloads()).await.to_string();
    assert!(said.contains("error") && said.contains("have lost their tags"), "{said}");
}

/// What only deny is left with on a target without `FullAWSAccess` would shut everybody out.
#[tokio::test(start_paused = true)]
async fn a_target_on_which_nothing_would_be_allowed_is_refused() {
    let cloud = cloud();
    attach_foreign(&cloud, "Workloads/Prod", "allow-list");
    cloud.organization_world(|world| {
        let prod = world.parent_at("Workloads/Prod").unwrap();
        world
            .attachments
            .retain(|(id, target)| id.as_str() != "p-FullAWSAccess" || target.as_str() != prod.as_str());
    });
    let plan = async |config: Json| process(&cloud).await.plan(TYPE, &Json::Null, &config).await.to_string();
    let said = plan(workloads()).await;
    assert!(!said.contains("error"), "{said}");
    let alone = with(workloads(), json!({ "exclusive": "all" }));
    let said = plan(alone.clone()).await;
    assert!(said.contains("error: Nothing would be allowed on Workloads/Prod"), "{said}");
    let own = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#;
    let extra = json!({ "extra": { "mine": { "policy_type": "SERVICE_CONTROL_POLICY", "policy": own } } });
    let said = plan(with(alone, extra)).await;
    assert!(!said.contains("error"), "{said}");
}

/// An organization in which service control policies were never on: AWS attaches `FullAWSAccess` to everything when they are.
#[tokio::test(start_paused = true)]
async fn where_policies_are_off_nobody_is_shut_out_by_turning_them_on() {
    let cloud = cloud();
    cloud.organization_world(|world| {
        world.root.as_mut().unwrap().policy_types.clear();
        world.attachments.clear();
    });
    let said = process(&cloud).await.plan(TYPE, &Json::Null, &workloads()).await.to_string();
    assert!(said.contains("warning: SERVICE_CONTROL_POLICY is off in the organization"), "{said}");
    assert!(!said.contains("error"), "{said}");
}

/// What is known only at apply is tried no less.
#[tokio::test(start_paused = true)]
async fn trials_are_required_of_what_is_known_only_at_apply() {
    let cloud = cloud();
    let config = with(workloads(), json!({ "require_staging": true, "parameters": UNKNOWN }));
    let mut planned = process(&cloud).await.plan(TYPE, &Json::Null, &config).await;
    assert!(!planned.diagnostics.has_errors(), "{}", planned.diagnostics);
    let nowhere = InProcessCloud::new("111122223333".parse().unwrap());
    let said = process(&nowhere)
        .await
        .plan(TYPE, &Json::Null, &with(workloads(), json!({ "require_staging": true })))
        .await;
    assert!(said.to_string().contains("was not tried"), "{said}");
    let known = process(&cloud).await.plan(TYPE, &Json::Null, &workloads()).await.planned;
    let (cty::Value::Object(open), cty::Value::Object(known)) = (&mut planned.planned, known) else {
        panic!("not objects")
    };
    open.insert("parameters".to_owned(), known["parameters"].clone());
    let refused = process(&cloud).await.apply(&planned).await.diagnostics.to_string();
    assert!(refused.contains("region-allowlist was not tried"), "{refused}");
    assert_eq!(super::policies(&cloud), [""; 0]);
}
