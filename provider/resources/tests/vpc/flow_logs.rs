//! Flow logs that a network has by the provider block.

use super::{TYPE, cloud, configured, target, two_zones, with};
use landform_framework::testing::Instance;
use landform_test_cloud::InProcessCloud;
use serde_json::{Value as Json, json};

fn block(flow_logs: &Json) -> Json {
    json!({ "region": "us-east-1", "stack": "test", "flow_logs": flow_logs })
}

fn destinations(cloud: &InProcessCloud) -> Vec<String> {
    let of = |log: &landform_cloud::network::FlowLog| log.settings.as_ref().unwrap().destination.to_string();
    cloud.world(&target(), |world| world.flow_logs.iter().map(of).collect())
}

const ARCHIVE: &str = "arn:aws:s3:::archive";

#[tokio::test(start_paused = true)]
async fn a_network_that_says_nothing_has_those_of_the_provider_block() {
    let cloud = cloud();
    let archived = configured(&cloud, block(&json!({ "destination_arn": ARCHIVE }))).await;
    let mut network = Instance::new(TYPE);
    let planned = network.plan(&archived, &two_zones()).await.to_string();
    assert!(planned.contains(ARCHIVE) && planned.contains("flow_log_id = (known after apply)"), "{planned}");
    let own = with(two_zones(), json!({ "flow_logs": { "destination_arn": "arn:aws:s3:::own" } }));
    let none = with(two_zones(), json!({ "flow_logs": { "enabled": false } }));
    for (config, expected) in [
        (two_zones(), vec![ARCHIVE]),
        (own, vec!["arn:aws:s3:::own"]),
        (none, vec![]),
        (two_zones(), vec![ARCHIVE]),
    ] {
        let done = network.apply(&archived, &archived, &config).await;
        assert!(!done.has_errors(), "{done}");
        assert_eq!(destinations(&cloud), expected);
        let again = network.plan(&archived, &config).await;
        assert_eq!(again.prior, again.planned);
    }
}

#[tokio::test(start_paused = true)]
async fn they_go_with_the_block() {
    let cloud = cloud();
    let archived = configured(&cloud, block(&json!({ "destination_arn": ARCHIVE }))).await;
    let mut network = Instance::new(TYPE);
    network.apply(&archived, &archived, &two_zones()).await;
    let plain = configured(&cloud, block(&Json::Null)).await;
    let done = network.apply(&plain, &plain, &two_zones()).await;
    assert!(!done.has_errors(), "{done}");
    assert_eq!(destinations(&cloud), Vec::<String>::new());
}

#[tokio::test]
async fn a_destination_that_is_none_is_named_in_the_block_and_in_the_network() {
    let terraform = configured(&cloud(), block(&Json::Null)).await;
    let wrong = block(&json!({ "destination_arn": "arn:aws:sqs:us-east-1:123456789012:queue" }));
    let text = terraform.validate_provider(wrong).await.to_string();
    assert!(
        text.contains("flow_logs.destination_arn") && text.contains("is no place for flow logs"),
        "{text}"
    );
    let nowhere = with(two_zones(), json!({ "flow_logs": { "traffic": "reject" } }));
    let text = terraform.validate(TYPE, nowhere).await.to_string();
    assert!(text.contains("flow_logs.destination_arn") && text.contains("enabled = false"), "{text}");
}
