//! The in-process organization answers and refuses as AWS does.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use landform_cloud::network::Network;
use landform_cloud::organizations::*;
use landform_cloud::{Cloud, CloudError, ErrorKind, Organizations, Target};
use landform_model::AccountId;
use landform_model::guardrails::PolicyType;
use landform_test_cloud::{Fault, InProcessCloud, OrganizationWorld, Weather, When};
use std::sync::Arc;
use std::time::Duration;

const SCP: PolicyType = PolicyType::ServiceControlPolicy;
const DENY: &str =
    r#"{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"a:B","Resource":"*"}]}"#;

async fn established() -> (InProcessCloud, Arc<dyn Organizations>) {
    let cloud = InProcessCloud::new("111122223333".parse().unwrap());
    cloud.organization_world(OrganizationWorld::establish);
    let organizations = cloud.organizations().await.unwrap();
    (cloud, organizations)
}

fn parent(cloud: &InProcessCloud, path: &str) -> ParentId {
    cloud.organization_world(|world| world.add_unit(path))
}

fn account(email: &str) -> NewAccount {
    NewAccount {
        name: "payments".into(),
        email: email.parse().unwrap(),
        role_name: "OrganizationAccountAccessRole".parse().unwrap(),
        billing_access: true,
        tags: [("team".to_owned(), "payments".to_owned())].into(),
    }
}

fn scp(name: &str) -> NewPolicy {
    NewPolicy {
        policy_type: SCP,
        name: name.into(),
        description: String::new(),
        content: DENY.into(),
        tags: [].into(),
    }
}

/// The class, and AWS's code and reason.
fn refused<T: std::fmt::Debug>(result: Result<T, CloudError>) -> (ErrorKind, String) {
    let error = result.unwrap_err();
    let reason = error.message.rsplit_once('(').map(|(_, it)| it.trim_end_matches(')').to_owned());
    (error.kind, reason.or(error.code).unwrap_or_default())
}

#[tokio::test(start_paused = true)]
async fn without_an_organization_there_is_nothing_and_making_one_turns_service_control_policies_on() {
    let cloud = InProcessCloud::new("111122223333".parse().unwrap());
    let it = cloud.organizations().await.unwrap();
    assert_eq!(it.organization().await.unwrap(), None);
    assert_eq!(refused(it.root().await), (ErrorKind::NotFound, "AWSOrganizationsNotInUseException".into()));
    let made = it.create_organization().await.unwrap();
    assert_eq!(it.organization().await.unwrap(), Some(made.clone()));
    assert_eq!(refused(it.create_organization().await).0, ErrorKind::AlreadyExists);
    let root = it.root().await.unwrap();
    assert_eq!(root.policy_types, [(SCP, PolicyTypeStatus::Enabled)].into());
    let on = it.policies_on(&TargetId::Account(made.management_account), SCP).await.unwrap();
    assert_eq!(on.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["FullAWSAccess"]);
}

#[tokio::test(start_paused = true)]
async fn accounts_come_up_in_their_own_time_in_the_root_and_are_not_ready_at_once() {
    let (cloud, it) = established().await;
    cloud.organization_world(|world| (world.account_looks, world.ready_after) = (2, 1));
    let request = it.create_account(&account("aws+payments@example.com")).await.unwrap();
    let mut seen = Vec::new();
    for _ in 0..4 {
        seen.push(it.account_request(&request.id).await.unwrap().unwrap().progress);
    }
    let [AccountProgress::InProgress, AccountProgress::InProgress, AccountProgress::Succeeded(id), _] =
        &seen[..]
    else {
        panic!("{seen:?}")
    };
    let made = it.account(id).await.unwrap().unwrap();
    assert_eq!((made.state, made.parent), (AccountState::Active, Some(parent(&cloud, ""))));
    assert_eq!(it.tags(id.as_str()).await.unwrap().len(), 1);
    let target = Target { account: id.clone(), region: "eu-central-1".parse().unwrap() };
    let network = cloud.network(&target).await.unwrap();
    assert_eq!(refused(vpcs(&network).await), (ErrorKind::NotReady, "OptInRequired".into()));
    vpcs(&network).await.unwrap();

    let again = it.create_account(&account("AWS+Payments@example.com")).await.unwrap();
    for _ in 0..3 {
        it.account_requests().await.unwrap();
    }
    let failed = it.account_request(&again.id).await.unwrap().unwrap().progress;
    assert_eq!(failed, AccountProgress::Failed("EMAIL_ALREADY_EXISTS".into()));
}

async fn vpcs(network: &Arc<dyn Network>) -> Result<usize, CloudError> {
    Ok(network.vpcs(&[].into()).await?.len())
}

#[tokio::test(start_paused = true)]
async fn a_new_organization_refuses_accounts_for_a_while_and_quotas_are_kept() {
    let (cloud, it) = established().await;
    cloud.organization_world(|world| (world.finalizing_calls, world.account_quota) = (1, Some(2)));
    let finalizing = refused(it.create_account(&account("a@example.com")).await);
    assert_eq!(finalizing, (ErrorKind::NotReady, "FinalizingOrganizationException".into()));
    it.create_account(&account("a@example.com")).await.unwrap();
    let full = refused(it.create_account(&account("b@example.com")).await);
    assert_eq!(full, (ErrorKind::Quota, "ACCOUNT_NUMBER_LIMIT_EXCEEDED".into()));
}

#[tokio::test(start_paused = true)]
async fn units_have_names_of_their_own_five_levels_and_are_deleted_empty() {
    let (cloud, it) = established().await;
    let root = parent(&cloud, "");
    let made = it.create_organizational_unit(&root, "Workloads", &[].into()).await.unwrap();
    let twice = it.create_organizational_unit(&root, "Workloads", &[].into()).await;
    assert_eq!(refused(twice), (ErrorKind::AlreadyExists, "DuplicateOrganizationalUnitException".into()));
    let deep = parent(&cloud, "A/B/C/D/E");
    let deeper = it.create_organizational_unit(&deep, "F", &[].into()).await;
    assert_eq!(refused(deeper), (ErrorKind::Invalid, "OU_DEPTH_LIMIT_EXCEEDED".into()));
    let account = cloud.organization_world(|world| world.add_account("a", "a@example.com", "Workloads"));
    let full = refused(it.delete_organizational_unit(&made.id).await);
    assert_eq!(full, (ErrorKind::InUse, "OrganizationalUnitNotEmptyException".into()));
    let unit = ParentId::Unit(made.id.clone());
    let wrong = refused(it.move_account(&account, &deep, &root).await);
    assert_eq!(wrong, (ErrorKind::NotFound, "SourceParentNotFoundException".into()));
    it.move_account(&account, &unit, &root).await.unwrap();
    it.move_account(&account, &unit, &root).await.unwrap();
    it.rename_organizational_unit(&made.id, "Old").await.unwrap();
    it.delete_organizational_unit(&made.id).await.unwrap();
    it.delete_organizational_unit(&made.id).await.unwrap();
    assert_eq!(it.organizational_units(&root).await.unwrap().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn closing_says_pending_then_active_then_closed_and_has_a_quota() {
    let (cloud, it) = established().await;
    let ids: Vec<AccountId> = (0..5)
        .map(|n| cloud.organization_world(|it| it.add_account("a", &format!("{n}@example.com"), "")))
        .collect();
    it.close_account(&ids[0]).await.unwrap();
    assert_eq!(refused(it.close_account(&ids[0]).await), (ErrorKind::NotReady, "ConflictException".into()));
    let mut states = Vec::new();
    for _ in 0..3 {
        states.push(it.account(&ids[0]).await.unwrap().unwrap().state);
    }
    assert_eq!(states, [AccountState::PendingClosure, AccountState::Active, AccountState::Closed]);
    it.close_account(&ids[0]).await.unwrap();
    for id in &ids[1..4] {
        it.close_account(id).await.unwrap();
    }
    let many = refused(it.close_account(&ids[4]).await);
    assert_eq!(many, (ErrorKind::NotReady, "CLOSE_ACCOUNT_REQUESTS_LIMIT_EXCEEDED".into()));
    cloud.organization_world(|it| it.closing_quota = Some(4));
    let over = refused(it.close_account(&ids[4]).await);
    assert_eq!(over, (ErrorKind::Quota, "CLOSE_ACCOUNT_QUOTA_EXCEEDED".into()));
}

#[tokio::test(start_paused = true)]
async fn policies_have_slots_and_sizes_and_one_stays_everywhere() {
    let (cloud, it) = established().await;
    let unit: TargetId = parent(&cloud, "Workloads").as_str().parse().unwrap();
    let mut ids = Vec::new();
    for n in 0..10 {
        ids.push(it.create_policy(&scp(&format!("p{n}"))).await.unwrap().id);
    }
    for id in &ids[..9] {
        it.attach_policy(id, &unit).await.unwrap();
        it.attach_policy(id, &unit).await.unwrap();
    }
    let full = refused(it.attach_policy(&ids[9], &unit).await);
    assert_eq!(full, (ErrorKind::Quota, "MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED".into()));
    assert_eq!(refused(it.delete_policy(&ids[0]).await), (ErrorKind::InUse, "PolicyInUseException".into()));
    for policy in it.policies_on(&unit, SCP).await.unwrap() {
        if policy.id != ids[0] {
            it.detach_policy(&policy.id, &unit).await.unwrap();
        }
    }
    let last = refused(it.detach_policy(&ids[0], &unit).await);
    assert_eq!(last, (ErrorKind::Invalid, "MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED".into()));
    assert_eq!(it.targets(&ids[0]).await.unwrap(), std::slice::from_ref(&unit));
    assert_eq!(refused(it.create_policy(&scp("p1")).await).1, "DuplicatePolicyException");
    let broken = NewPolicy { content: "{".into(), ..scp("broken") };
    assert_eq!(refused(it.create_policy(&broken).await).1, "MalformedPolicyDocumentException");
    let large = NewPolicy { content: DENY.replace("a:B", &format!("a:{}", "x".repeat(10_240))), ..scp("l") };
    assert_eq!(refused(it.create_policy(&large).await).1, "POLICY_CONTENT_LIMIT_EXCEEDED");
    let theirs = "p-FullAWSAccess".parse().unwrap();
    assert_eq!(refused(it.update_policy(&theirs, &PolicyChange::default()).await).1, "IMMUTABLE_POLICY");
    it.delete_policy(&ids[9]).await.unwrap();
    it.delete_policy(&ids[9]).await.unwrap();
    assert_eq!(it.policy_content(&ids[1]).await.unwrap().as_deref(), Some(DENY));
}

#[tokio::test(start_paused = true)]
async fn kinds_of_policy_are_on_after_a_look_and_some_need_a_trusted_service() {
    let (cloud, it) = established().await;
    let root = it.root().await.unwrap();
    let rcp = PolicyType::ResourceControlPolicy;
    it.enable_policy_type(&root.id, rcp).await.unwrap();
    let target = TargetId::Root(root.id.clone());
    let early = it.attach_policy(&"p-RCPFullAWSAccess".parse().unwrap(), &target).await;
    assert_eq!(refused(early), (ErrorKind::Invalid, "PolicyTypeNotEnabledException".into()));
    let changing = refused(it.disable_policy_type(&root.id, rcp).await);
    assert_eq!(changing, (ErrorKind::NotReady, "PolicyChangesInProgressException".into()));
    let mut seen = Vec::new();
    for _ in 0..2 {
        seen.push(it.root().await.unwrap().policy_types[&rcp]);
    }
    assert_eq!(seen, [PolicyTypeStatus::PendingEnable, PolicyTypeStatus::Enabled]);
    let full = it.policies_on(&target, rcp).await.unwrap().remove(0).id;
    assert_eq!(refused(it.detach_policy(&full, &target).await).1, "NON_DETACHABLE_POLICY");

    let hub = PolicyType::SecurityhubPolicy;
    assert_eq!(refused(it.enable_policy_type(&root.id, hub).await).1, "SERVICE_ACCESS_NOT_ENABLED");
    let service = "securityhub.amazonaws.com".to_owned();
    it.enable_service_access(&service).await.unwrap();
    it.enable_policy_type(&root.id, hub).await.unwrap();
    let in_use = refused(it.disable_service_access(&service).await);
    assert_eq!(in_use.1, "POLICY_TYPE_ENABLED_FOR_THIS_SERVICE");
    cloud.organization_world(|world| assert!(world.trusted_services.contains(&service)));
}

#[tokio::test(start_paused = true)]
async fn delegation_and_root_access_need_trusted_services() {
    let (cloud, it) = established().await;
    let audit = cloud.organization_world(|world| world.add_account("audit", "audit@example.com", ""));
    let service = "config.amazonaws.com".to_owned();
    let early = refused(it.register_delegated_administrator(&audit, &service).await);
    assert_eq!(early, (ErrorKind::Invalid, "SERVICE_ACCESS_NOT_ENABLED".into()));
    it.enable_service_access(&service).await.unwrap();
    let management = "111122223333".parse().unwrap();
    let wrong = refused(it.register_delegated_administrator(&management, &service).await);
    assert_eq!(wrong.1, "CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR");
    it.register_delegated_administrator(&audit, &service).await.unwrap();
    assert_eq!(it.delegated_administrators().await.unwrap(), std::slice::from_ref(&audit));
    assert_eq!(it.delegated_services(&audit).await.unwrap(), std::slice::from_ref(&service));
    it.deregister_delegated_administrator(&audit, &service).await.unwrap();
    let feature = RootAccessFeature::Sessions;
    assert_eq!(refused(it.set_root_access(feature, true).await).1, "ServiceAccessNotEnabledException");
    it.enable_service_access(&"iam.amazonaws.com".to_owned()).await.unwrap();
    it.set_root_access(feature, true).await.unwrap();
    assert_eq!(it.root_access().await.unwrap(), [feature].into());
}

#[tokio::test(start_paused = true)]
async fn lists_cost_a_call_a_page_and_can_hide_where_accounts_are() {
    let (cloud, it) = established().await;
    cloud.organization_world(|world| {
        for n in 0..40 {
            world.add_account("a", &format!("{n}@example.com"), "Workloads");
        }
        world.parents_hidden = true;
    });
    let unit = parent(&cloud, "Workloads");
    assert!(it.accounts().await.unwrap().iter().all(|it| it.parent.is_none()));
    assert_eq!(it.accounts_in(&unit).await.unwrap().len(), 40);
    let calls: Vec<String> = cloud.take_calls().iter().map(|it| it.operation.to_owned()).collect();
    assert_eq!(calls.len(), 3 + 2, "{calls:?}");
}

#[tokio::test(start_paused = true)]
async fn faults_kills_and_bad_days_strike_here_too() {
    let (cloud, it) = established().await;
    let root = parent(&cloud, "");
    let make = async |name: &str| it.create_organizational_unit(&root, name, &[].into()).await;
    cloud.inject(Fault {
        operation: Some("CreateOrganizationalUnit"),
        nth: 1,
        times: 1,
        when: When::After,
        kind: ErrorKind::Ambiguous,
    });
    make("A").await.unwrap_err();
    let lag = Duration::from_secs(5);
    cloud.set_weather(Weather { seed: 1, stale_reads: 1000, lag, ..Weather::default() });
    make("B").await.unwrap();
    let mut seen = Vec::new();
    for _ in 0..20 {
        seen.push(it.organizational_units(&root).await.unwrap().len());
    }
    assert!(seen.contains(&1) && seen.contains(&2), "{seen:?}");
    cloud.heal();
    cloud.kill_at(1, When::Before);
    make("C").await.unwrap_err();
    cloud.revive();
    let lines = cloud.organization_world(|world| world.inventory());
    assert_eq!(lines, ["account management in / Active", "unit A", "unit B"]);
}
