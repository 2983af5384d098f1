//! Guardrails and organization policies.

use super::*;
use landform_cloud::organizations::{Policy, PolicyChange};
use landform_cloud::{Cloud, ErrorKind};
use landform_framework::testing::{Instance, Terraform};
use landform_model::guardrails::PolicyType;
use landform_test_cloud::organizations::Document;
use landform_test_cloud::{Fault, When};
use serde_json::{Value as Json, json};

const MANAGEMENT: &str = "111122223333";

fn here() -> Place {
    place(MANAGEMENT, Scope::Organization)
}

async fn applied(cloud: &InProcessCloud, ty: &str, config: Json) {
    let process = async || {
        let cloud: Arc<dyn Cloud> = Arc::new(cloud.clone());
        let terraform = Terraform::start(crate::provider(move |_| Ok(Arc::clone(&cloud))));
        let said = terraform.configure(json!({ "region": "eu-central-1", "stack": "test" })).await;
        assert!(said.is_empty(), "{said}");
        terraform
    };
    let said = Instance::new(ty).apply(&process().await, &process().await, &config).await;
    assert!(!said.has_errors(), "{said}");
}

/// A set of each resource, and a policy of others on the same unit.
async fn made() -> (InProcessCloud, Landform) {
    let cloud = InProcessCloud::new(MANAGEMENT.parse().unwrap());
    cloud.organization_world(|world| {
        world.establish();
        PolicyType::ALL.into_iter().for_each(|policy_type| world.turn_on(policy_type));
        world.add_account("shop", "shop@example.com", "Workloads/Prod");
        let policy = Policy {
            id: "p-theirs00".parse().unwrap(),
            name: "theirs".to_owned(),
            description: String::new(),
            policy_type: PolicyType::ServiceControlPolicy,
            aws_managed: false,
        };
        let target = world.parent_at("Workloads/Prod").unwrap().as_str().parse().unwrap();
        world.attachments.insert((policy.id.clone(), target));
        let content =
            r#"{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"s3:*","Resource":"*"}}"#;
        world.policies.push(Document { policy, content: content.to_owned() });
    });
    let enable = json!(["deny-leave-organization", "rcp-https-only"]);
    let set = json!({ "name": "workloads", "targets": ["Workloads/Prod"], "enable": enable });
    applied(&cloud, "landform_guardrails", set).await;
    let set =
        json!({ "name": "settings", "targets": ["Root"], "enable": ["imds-required", "s3-block-public"] });
    applied(&cloud, "landform_organization_policy", set).await;
    let client = client(&cloud);
    (cloud, client)
}

fn policies(cloud: &InProcessCloud) -> Vec<String> {
    let lines = cloud.organization_world(|world| world.inventory());
    lines.into_iter().filter(|line| line.contains(" on [")).collect()
}

#[tokio::test(start_paused = true)]
async fn the_sets_are_listed_in_the_management_account_alone() {
    let (_, client) = made().await;
    let all = listed(&client, &here()).await;
    assert_eq!(
        names(&all),
        [
            ("test", "guardrails/workloads", vec!["policy", "policy"]),
            ("test", "organization_policy/settings", vec!["policy", "policy"]),
        ]
    );
    assert!(all.iter().all(|it| it.kept.is_none()));
    assert_eq!(listed(&client, &place("444455556666", Scope::Organization)).await, []);
    let without = InProcessCloud::new(MANAGEMENT.parse().unwrap());
    assert_eq!(listed(&self::client(&without), &here()).await, [], "no organization");
}

#[tokio::test(start_paused = true)]
async fn a_read_that_aws_refuses_is_a_failure() {
    let (cloud, client) = made().await;
    for operation in ["DescribeOrganization", "ListPolicies", "ListTagsForResource"] {
        let (operation, kind) = (Some(operation), ErrorKind::Denied);
        cloud.inject(Fault { operation, nth: 1, times: 1, when: When::Before, kind });
        let refused = owned_resources(&client, &here()).await.unwrap_err().to_string();
        assert!(refused.contains("account 111122223333, organization"), "{refused}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_no_state_knows_is_removed_whole_and_what_others_made_stays() {
    let (cloud, client) = made().await;
    let all = policies(&cloud);
    for (account, stack, resource) in [
        (MANAGEMENT, "other", "guardrails/workloads"),
        (MANAGEMENT, "test", "guardrails/settings"),
        (MANAGEMENT, "test", "organization_policy/workloads"),
    ] {
        let place = place(account, Scope::Organization);
        remove(&client, &place, stack, resource).await.unwrap();
        assert_eq!(policies(&cloud), all, "{resource} of {stack}");
    }
    let place = place("444455556666", Scope::Organization);
    let refused = remove(&client, &place, "test", "guardrails/workloads").await.unwrap_err().to_string();
    assert!(refused.contains("whose management account is 444455556666"), "{refused}");
    assert_eq!(policies(&cloud), all);

    remove(&client, &here(), "test", "guardrails/workloads").await.unwrap();
    let theirs = "SERVICE_CONTROL_POLICY theirs on [/Workloads/Prod]";
    assert_eq!(
        policies(&cloud),
        ["DECLARATIVE_POLICY_EC2 settings-ec2 on [/]", "S3_POLICY settings-s3 on [/]", theirs]
    );
    remove(&client, &here(), "test", "organization_policy/settings").await.unwrap();
    assert_eq!(policies(&cloud), [theirs]);
    assert_eq!(listed(&client, &here()).await, []);
}

#[tokio::test(start_paused = true)]
async fn a_policy_that_somebody_renamed_goes_by_its_tags() {
    let (cloud, client) = made().await;
    let port = cloud.organizations().await.unwrap();
    let id = cloud.organization_world(|world| {
        let ours = world.policies.iter().find(|it| it.policy.name == "workloads-scp-1");
        ours.unwrap().policy.id.clone()
    });
    let change = PolicyChange { name: Some("renamed".to_owned()), description: None, content: None };
    port.update_policy(&id, &change).await.unwrap();
    remove(&client, &here(), "test", "guardrails/workloads").await.unwrap();
    assert_eq!(names(&listed(&client, &here()).await).len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_copy_of_a_policy_with_its_tags_stops_the_removal_before_anything_is_deleted() {
    let (cloud, client) = made().await;
    cloud.organization_world(|world| {
        let ours = world.policies.iter().find(|it| it.policy.name == "workloads-scp-1").unwrap();
        let tags = world.tags[ours.policy.id.as_str()].clone();
        world.tags.insert("p-theirs00".to_owned(), tags);
    });
    let all = policies(&cloud);
    let refused = remove(&client, &here(), "test", "guardrails/workloads").await.unwrap_err().to_string();
    assert!(refused.contains("Nothing was deleted"), "{refused}");
    assert_eq!(policies(&cloud), all);
}
