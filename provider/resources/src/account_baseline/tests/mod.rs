//! The baseline through the framework, as Terraform calls it, over the in-process cloud.

mod decide;
mod drift;
mod failures;
mod import;
mod life;
mod new_accounts;
mod plans;

use crate::client::Landform;
use landform_cloud::account_settings::BlockSharing;
use landform_cloud::network::NetworkInterface;
use landform_cloud::{Cloud, Target};
use landform_framework::testing::{Instance, Terraform};
use landform_test_cloud::{
    AccountWideWorld, Call, DefaultVpcWorld, InProcessCloud, RegionalSettings, World, is_write,
};
use serde_json::{Value as Json, json};
use std::sync::Arc;

const TYPE: &str = "landform_account_baseline";
const ACCOUNT: &str = "210987654321";
const REGIONS: [&str; 2] = ["eu-west-1", "us-east-1"];

/// An account as AWS makes it, with a default VPC in each of two regions.
fn cloud() -> InProcessCloud {
    let cloud = InProcessCloud::new("123456789012".parse().unwrap());
    for region in REGIONS {
        in_region(&cloud, region, |world| world.default_vpc = Some(DefaultVpcWorld::new(3)));
    }
    cloud
}

/// Changes a region behind everybody's back.
fn in_region<T>(cloud: &InProcessCloud, region: &str, change: impl FnOnce(&mut World) -> T) -> T {
    cloud.world(&Target { account: ACCOUNT.parse().unwrap(), region: region.parse().unwrap() }, change)
}

/// A provider process over `cloud`, configured.
async fn process(cloud: &InProcessCloud) -> Terraform<Landform> {
    configured(cloud, json!({ "region": "us-east-1", "stack": "test" })).await
}

async fn configured(cloud: &InProcessCloud, block: Json) -> Terraform<Landform> {
    let cloud: Arc<dyn Cloud> = Arc::new(cloud.clone());
    let terraform = Terraform::start(crate::provider(move |_| Ok(Arc::clone(&cloud))));
    let diagnostics = terraform.configure(block).await;
    assert!(diagnostics.is_empty(), "{diagnostics}");
    terraform
}

/// Both regions, and all defaults.
fn defaults() -> Json {
    json!({ "account_id": ACCOUNT, "regions": REGIONS })
}

/// Every attribute says something.
fn everything() -> Json {
    with(
        defaults(),
        json!({
            "ebs_encryption": { "kms_key": "alias/ebs", "kms_keys": { "us-east-1": key("us-east-1") } },
            "instance_metadata": { "http_tokens": "optional", "hop_limit": 3 },
            "block_public_snapshots": "block-new-sharing",
            "serial_console": true,
            "password_policy": { "minimum_length": 20, "maximum_age_days": 0 },
            "alias": "acme-prod",
            "budget": { "monthly_usd": 250, "emails": ["aws@example.com", "ops@example.com"] },
        }),
    )
}

fn key(region: &str) -> String {
    format!("arn:aws:kms:{region}:{ACCOUNT}:key/1")
}

/// The same account with KMS keys in each region.
fn cloud_with_keys() -> InProcessCloud {
    let cloud = cloud();
    for region in REGIONS {
        in_region(&cloud, region, |world| world.settings.kms_keys = vec![("alias/ebs".into(), key(region))]);
    }
    cloud
}

/// `config` with some attributes set otherwise.
fn with(config: Json, changes: Json) -> Json {
    let (Json::Object(mut config), Json::Object(changes)) = (config, changes) else { panic!("not objects") };
    config.extend(changes);
    Json::Object(config)
}

/// Plans and applies in two processes, without an error.
async fn apply(baseline: &mut Instance, cloud: &InProcessCloud, config: &Json) {
    let said = baseline.apply(&process(cloud).await, &process(cloud).await, config).await;
    assert!(!said.has_errors(), "{said}");
}

/// A baseline that is applied.
async fn applied(cloud: &InProcessCloud, config: &Json) -> Instance {
    let mut baseline = Instance::new(TYPE);
    apply(&mut baseline, cloud, config).await;
    baseline
}

fn state(baseline: &Instance) -> &Json {
    baseline.state.as_ref().unwrap()
}

/// Everything that the account has in a region; what it has once for all regions is in the last of them.
#[derive(Debug, Clone, PartialEq)]
struct Has {
    settings: RegionalSettings,
    default_vpc: Option<DefaultVpcWorld>,
    account_wide: AccountWideWorld,
}

fn everything_in(cloud: &InProcessCloud) -> Vec<Has> {
    let has = |world: &mut World| Has {
        settings: world.settings.clone(),
        default_vpc: world.default_vpc.clone(),
        account_wide: world.account_wide.clone(),
    };
    REGIONS.iter().map(|region| in_region(cloud, region, has)).collect()
}

fn writes(cloud: &InProcessCloud) -> Vec<Call> {
    cloud.take_calls().into_iter().filter(|call| is_write(call.operation)).collect()
}

/// A network interface of somebody.
fn interface(id: &str) -> NetworkInterface {
    NetworkInterface {
        id: id.to_owned(),
        subnet: "subnet-0def1".parse().ok(),
        description: "Interface for NAT Gateway nat-1".to_owned(),
        kind: "nat_gateway".to_owned(),
        requester: None,
        instance: None,
        in_use: true,
        tags: [].into(),
    }
}

fn images(cloud: &InProcessCloud, region: &str) -> BlockSharing {
    in_region(cloud, region, |world| world.settings.images)
}
