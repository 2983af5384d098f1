//! Made or adopted, changed, mended, imported, forgotten.

use super::*;
use landform_cloud::organizations::InvalidPolicy;
use landform_model::guardrails::PolicyType;
use landform_test_cloud::OrganizationWorld;

#[tokio::test(start_paused = true)]
async fn it_is_made_where_there_is_none_and_plans_empty() {
    let cloud = cloud();
    let mut it = Instance::new(TYPE);
    let made = apply(&cloud, &mut it, &json!({})).await;
    assert!(made.is_empty(), "{made}");
    let kinds = [
        "AISERVICES_OPT_OUT_POLICY Enabled",
        "BACKUP_POLICY Enabled",
        "CredentialsManagement",
        "DECLARATIVE_POLICY_EC2 Enabled",
        "RESOURCE_CONTROL_POLICY Enabled",
        "S3_POLICY Enabled",
        "SERVICE_CONTROL_POLICY Enabled",
        "Sessions",
        "TAG_POLICY Enabled",
        "iam.amazonaws.com",
    ];
    assert_eq!(on(&cloud), kinds);
    assert_eq!(plan(&cloud, &mut it, &json!({})).await, "no change");
    let state = it.state.clone().unwrap();
    assert_eq!((&state["status"], &state["account_count"]), (&json!("ready"), &json!(1)));
    assert_eq!(state["management_account_id"], "123456789012");

    let forgotten = it.destroy(&process(&cloud).await, &process(&cloud).await).await;
    assert!(!forgotten.has_errors(), "{forgotten}");
    assert_eq!(on(&cloud), kinds);
}

#[tokio::test(start_paused = true)]
async fn one_that_exists_is_adopted_and_only_what_was_asked_for_is_taken_away_again() {
    let cloud = cloud();
    let audit = cloud.organization_world(|world| {
        world.establish();
        world.trusted_services.insert("ram.amazonaws.com".to_owned());
        world.add_account("audit", "audit@example.com", "Security")
    });
    let id = cloud.organization_world(|world| world.organization.clone().unwrap().id.to_string());
    let mut it = Instance::new(TYPE);
    let made = apply(&cloud, &mut it, &whole(audit.as_str())).await;
    assert!(made.is_empty(), "{made}");
    assert_eq!(it.state.clone().unwrap()["id"], json!(id));
    let all = on(&cloud);
    assert!(all.contains(&format!("{audit} config.amazonaws.com")), "{all:?}");
    assert!(all.contains(&"SECURITYHUB_POLICY Enabled".to_owned()), "{all:?}");

    let less = json!({ "policy_types": ["SERVICE_CONTROL_POLICY"], "root_access": { "sessions": false } });
    let changed = apply(&cloud, &mut it, &less).await;
    assert!(!changed.has_errors(), "{changed}");
    let left =
        ["CredentialsManagement", "SERVICE_CONTROL_POLICY Enabled", "iam.amazonaws.com", "ram.amazonaws.com"];
    assert_eq!(on(&cloud), left);
    assert_eq!(plan(&cloud, &mut it, &less).await, "no change");
}

#[tokio::test(start_paused = true)]
async fn what_people_change_is_drift_and_is_mended() {
    let cloud = cloud();
    let mut it = Instance::new(TYPE);
    apply(&cloud, &mut it, &json!({})).await;
    cloud.organization_world(|world| {
        world.root_access.clear();
        let root = world.root.as_mut().unwrap();
        root.policy_types.remove(&PolicyType::TagPolicy);
        let account = world.caller.clone();
        let reason = InvalidPolicy {
            code: "CONTENT_LIMIT_EXCEEDED".into(),
            message: "Too long.".into(),
            path: String::new(),
            policies: Vec::new(),
        };
        world.invalid_policies.push((account, PolicyType::BackupPolicy, reason));
    });
    let planned = plan(&cloud, &mut it, &json!({})).await;
    assert_ne!(planned, "no change");
    let mended = apply(&cloud, &mut it, &json!({})).await;
    assert!(!mended.has_errors(), "{mended}");
    assert_eq!(on(&cloud).len(), 10);
    assert_eq!(plan(&cloud, &mut it, &json!({})).await, "no change");
    let invalid = it.state.clone().unwrap()["invalid_effective_policies"].clone();
    assert_eq!(invalid[0]["reason"], "CONTENT_LIMIT_EXCEEDED: Too long.");
}

#[tokio::test(start_paused = true)]
async fn one_is_imported_by_its_id_and_its_configuration_plans_empty() {
    let cloud = cloud();
    let id = cloud.organization_world(OrganizationWorld::establish).id.to_string();
    cloud.organization_world(|world| world.trusted_services.insert("ram.amazonaws.com".to_owned()));
    let terraform = process(&cloud).await;
    let imported = terraform.import(TYPE, &id).await;
    assert!(imported.diagnostics.is_empty(), "{}", imported.diagnostics);
    let (config, diagnostics) = terraform.generate_config(TYPE, &imported.state).await;
    assert!(diagnostics.is_empty(), "{diagnostics}");
    let planned = terraform.plan_value(TYPE, imported.state.clone(), config).await;
    assert_eq!(planned.to_string(), "no change");
    for wrong in ["o-zzzzzzzzzz", "vpc-1"] {
        assert!(terraform.import(TYPE, wrong).await.diagnostics.has_errors(), "{wrong}");
    }
}

#[tokio::test(start_paused = true)]
async fn bad_input_and_unfit_organizations_are_refused() {
    let cloud = cloud();
    cloud.organization_world(OrganizationWorld::establish);
    let mut it = Instance::new(TYPE);
    for (config, rule) in [
        (json!({ "trusted_services": ["sso"] }), "Not the principal of a service"),
        (json!({ "policy_types": ["SCP"] }), "is not a kind of policy"),
    ] {
        let wrong = process(&cloud).await.validate(TYPE, config).await.to_string();
        assert!(wrong.contains(rule), "{wrong}");
    }
    cloud.organization_world(|world| world.organization.as_mut().unwrap().all_features = false);
    let wrong = apply(&cloud, &mut it, &json!({})).await.to_string();
    assert!(wrong.contains("The organization has no policies"), "{wrong}");
}
