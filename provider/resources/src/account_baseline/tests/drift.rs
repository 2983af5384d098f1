//! What somebody changes behind Terraform's back.

use super::*;
use landform_cloud::account_wide::S3PublicAccessBlock;
use landform_framework::testing::{UNKNOWN, to_json};

#[tokio::test(start_paused = true)]
async fn drift_in_any_region_is_a_difference_that_an_apply_mends() {
    let cloud = cloud();
    let mut baseline = applied(&cloud, &defaults()).await;
    let whole = everything_in(&cloud);
    in_region(&cloud, "eu-west-1", |world| {
        world.settings.ebs_encryption = false;
        world.default_vpc = Some(DefaultVpcWorld::new(1));
    });
    in_region(&cloud, "us-east-1", |world| world.account_wide.s3.restrict_public_buckets = false);
    let plan = baseline.plan(&process(&cloud).await, &defaults()).await;
    let shown = plan.to_string();
    let lines: Vec<&str> = shown.lines().filter(|line| !line.contains("settings = ")).collect();
    insta::assert_snapshot!(lines.join("\n"), @r#"
    update
    ~ drift = ["account: switch S3's block of public access on", "eu-west-1: switch EBS encryption by default on", "eu-west-1: remove the default VPC vpc-0def"] -> []
    ~ status = "drifted" -> "ready"
    "#);
    let region = |name: &str| to_json(&plan.planned)["settings"][name].clone();
    assert_eq!(region("eu-west-1"), UNKNOWN);
    assert_eq!(region("us-east-1"), state(&baseline)["settings"]["us-east-1"]);
    apply(&mut baseline, &cloud, &defaults()).await;
    assert_eq!(everything_in(&cloud), whole);
    assert_eq!(state(&baseline)["status"], "ready");
}

#[tokio::test(start_paused = true)]
async fn what_a_policy_of_the_organization_enforces_is_no_difference_and_is_not_fought() {
    let cloud = cloud();
    for region in REGIONS {
        in_region(&cloud, region, |world| {
            world.settings.ruled_by_organization = [
                "GetImageBlockPublicAccessState",
                "GetInstanceMetadataDefaults",
                "GetSerialConsoleAccessStatus",
                "GetSnapshotBlockPublicAccessState",
            ]
            .into();
            world.settings.serial_console = true;
        });
    }
    in_region(&cloud, "us-east-1", |world| {
        world.account_wide.s3_policy = Some(S3PublicAccessBlock::of(false));
    });
    let mut baseline = applied(&cloud, &defaults()).await;
    let found = &state(&baseline)["settings"]["eu-west-1"];
    assert_eq!(found["serial_console"], true);
    assert_eq!(found["enforced_by"]["serial_console"], "organization policy");
    assert_eq!(found["enforced_by"]["ebs_encryption"], "account");
    let wide = &state(&baseline)["account_settings"];
    assert_eq!(
        (&wide["s3_public_access_block"], &wide["enforced_by"]["s3_public_access_block"]),
        (&json!(false), &json!("organization policy"))
    );
    assert_eq!(state(&baseline)["drift"], json!([]));
    let plan = baseline.plan(&process(&cloud).await, &defaults()).await;
    assert_eq!(plan.prior, plan.planned, "{plan}");
}

#[tokio::test(start_paused = true)]
async fn a_default_vpc_in_use_stays_and_its_users_are_named_in_plan_and_apply() {
    let cloud = cloud();
    in_region(&cloud, "eu-west-1", |world| {
        world.default_vpc.as_mut().unwrap().interfaces = vec![interface("eni-1")];
    });
    let mut baseline = Instance::new(TYPE);
    let said = baseline.apply(&process(&cloud).await, &process(&cloud).await, &defaults()).await;
    let errors: Vec<String> =
        said.iter().filter(|it| it.to_string().starts_with("error")).map(ToString::to_string).collect();
    insta::assert_snapshot!(errors.join("\n"), @r#"
    error: Account 210987654321, eu-west-1: could not remove the default VPC vpc-0def, which eni-1 (nat_gateway: Interface for NAT Gateway nat-1) use
    DeleteVpc: vpc-0def is in use by eni-1 (nat_gateway: Interface for NAT Gateway nat-1). Delete what they belong to, or set `default_vpc = "ignore"`

    Settings changed: 11, left: 1. What is in force is in state with status "incomplete"; the next apply goes on from there.
    "#);
    // Everything else is done, and the subnets of the VPC are untouched.
    assert_eq!(images(&cloud, "eu-west-1"), BlockSharing::New);
    assert_eq!(
        in_region(&cloud, "eu-west-1", |world| world.default_vpc.as_ref().unwrap().parts.subnets.len()),
        3
    );
    let refreshed = baseline.refresh(&process(&cloud).await).await.to_string();
    assert!(
        refreshed.starts_with("warning: The default VPC of account 210987654321 in eu-west-1 is in use"),
        "{refreshed}"
    );
    assert!(refreshed.contains("eni-1"), "{refreshed}");
    apply(&mut baseline, &cloud, &with(defaults(), json!({ "default_vpc": "ignore" }))).await;
    assert_eq!(state(&baseline)["status"], "ready");
}

/// AWS takes ten minutes to show it.
#[tokio::test(start_paused = true)]
async fn the_block_of_public_images_is_waited_for() {
    let cloud = cloud();
    in_region(&cloud, "eu-west-1", |world| world.settings.image_looks = 40);
    let mut baseline = applied(&cloud, &defaults()).await;
    assert_eq!(images(&cloud, "eu-west-1"), BlockSharing::New);
    let plan = baseline.plan(&process(&cloud).await, &defaults()).await;
    assert_eq!(plan.prior, plan.planned, "{plan}");
}

#[tokio::test(start_paused = true)]
async fn an_alias_of_another_account_is_refused_in_awss_words() {
    let cloud = cloud();
    in_region(&cloud, "us-east-1", |world| world.account_wide.aliases_of_others = ["acme".to_owned()].into());
    let mut baseline = Instance::new(TYPE);
    let config = with(defaults(), json!({ "alias": "acme" }));
    let said = baseline.apply(&process(&cloud).await, &process(&cloud).await, &config).await.to_string();
    assert!(
        said.contains(
            "Account 210987654321: could not set the alias acme\nCreateAccountAlias: EntityAlreadyExists"
        ),
        "{said}"
    );
    assert_eq!(images(&cloud, "eu-west-1"), BlockSharing::New);
}

#[tokio::test(start_paused = true)]
async fn a_key_that_does_not_exist_is_an_error_and_not_set() {
    let cloud = cloud();
    let mut baseline = Instance::new(TYPE);
    let config = with(defaults(), json!({ "ebs_encryption": { "kms_key": "alias/none" } }));
    let said = baseline.apply(&process(&cloud).await, &process(&cloud).await, &config).await.to_string();
    // One error for both regions.
    assert!(
        said.contains(
            "Account 210987654321, eu-west-1, us-east-1: could not encrypt EBS volumes with alias/none"
        ),
        "{said}"
    );
    assert!(writes(&cloud).iter().all(|call| call.operation != "ModifyEbsDefaultKmsKeyId"));
}
