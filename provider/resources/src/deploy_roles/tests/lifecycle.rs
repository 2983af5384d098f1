//! What is made, changed, mended, left alone and taken away.

use super::*;
use landform_cloud::iam::OidcProvider;
use landform_model::PolicyJson;
use landform_model::trust::{Trust, problems};

#[tokio::test(start_paused = true)]
async fn the_roles_are_what_the_configuration_says() {
    let process = Process::new();
    let state = process.create(both()).await.unwrap();
    assert_eq!(
        process.parts(),
        [
            "role landform-apply role/apply",
            "role landform-plan role/plan",
            "policy/landform-deploy-boundary permission_boundary",
            "oidc-provider/token.actions.githubusercontent.com oidc_provider/token-actions-githubusercontent-com",
        ]
    );
    assert_eq!(state.apply_role_arn, Value::Known("arn:aws:iam::123456789012:role/landform-apply".into()));
    assert_eq!(
        state.boundary_arn,
        Value::Known("arn:aws:iam::123456789012:policy/landform-deploy-boundary".into())
    );
    assert_eq!(state.oidc_provider_arns.known().unwrap()[GITHUB], PROVIDER);
    assert_eq!(state.shared_oidc_providers, Value::Known(vec![]));
    process.world(|iam| {
        let (plan, apply) = (&iam.roles[&role(Which::Plan)], &iam.roles[&role(Which::Apply)]);
        assert_eq!(plan.role.boundary, None);
        assert_eq!(apply.role.boundary.as_ref().unwrap().resource(), "policy/landform-deploy-boundary");
        let names = |it: &landform_test_cloud::InMemoryRole| {
            it.policies.attached.iter().map(|arn| arn.resource().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(
            (names(plan), names(apply)),
            (vec!["policy/ReadOnlyAccess".into()], vec!["policy/AdministratorAccess".into()])
        );
        assert_eq!(plan.role.tags["team"], "platform");
        assert!(!plan.policies.inline["landform-state"].as_ref().unwrap().as_str().contains("WriteState"));
        assert!(apply.policies.inline["landform-state"].as_ref().unwrap().as_str().contains("WriteState"));
    });
    for (policy, subjects) in [(&state.plan_trust_policy, 2), (&state.apply_trust_policy, 1)] {
        let policy: PolicyJson = policy.known().unwrap().parse().unwrap();
        assert_eq!(problems(&policy), []);
        let trust = Trust::of_policy(&policy).unwrap();
        assert_eq!(trust.oidc.first().unwrap().subjects.len(), subjects);
        assert_eq!(trust.roles.len(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn a_second_apply_changes_nothing_and_each_way_leads_back() {
    let process = Process::new();
    let first = process.create(both()).await.unwrap();
    let before = process.world(|iam| iam.clone());
    let same = process.update(first.clone(), both()).await.unwrap();
    assert_eq!((&same, process.world(|iam| iam.clone())), (&first, before.clone()));
    let second = process.update(first, other()).await.unwrap();
    assert_eq!(
        process.parts(),
        [
            "role landform-apply role/apply",
            "role landform-plan role/plan",
            "oidc-provider/gitlab.com oidc_provider/gitlab-com",
        ]
    );
    assert_eq!(second.boundary_arn, Value::Null);
    assert!(process.world(|iam| !iam.roles[&role(Which::Plan)].role.tags.contains_key("team")));
    process.update(second, both()).await.unwrap();
    assert_eq!(process.world(|iam| iam.clone()), before);
}

#[tokio::test(start_paused = true)]
async fn what_somebody_changes_is_drift_and_is_mended() {
    let process = Process::new();
    let state = process.create(both()).await.unwrap();
    let whole = process.world(|iam| iam.clone());
    let everybody: PolicyJson = PolicyJson::full_access();
    process.world(|iam| {
        let role = iam.roles.get_mut(&role(Which::Apply)).unwrap();
        role.role.trust = Some(everybody.clone());
        role.role.boundary = None;
        role.role.max_session_seconds = 43200;
        role.policies.attached.insert("arn:aws:iam::aws:policy/IAMFullAccess".parse().unwrap());
        role.policies.inline.insert("mine".into(), Some(everybody.clone()));
        role.role.tags.remove("team");
    });
    let drifted = process.read(state.clone()).await.unwrap().unwrap();
    assert_eq!(drifted.status, Value::Known("drifted".into()));
    assert_eq!(
        drifted.drift.known().unwrap().as_slice(),
        [
            "set permission boundary of apply role",
            "change trust policy of apply role",
            "change apply role",
            "detach arn:aws:iam::aws:policy/IAMFullAccess from apply role",
            "delete inline policy mine of apply role",
            "tag apply role",
        ]
    );
    process.update(drifted, both()).await.unwrap();
    assert_eq!(process.world(|iam| iam.clone()), whole);
    process.world(|iam| drop(iam.roles.remove(&role(Which::Plan))));
    let drifted = process.read(state).await.unwrap().unwrap();
    process.update(drifted, both()).await.unwrap();
    assert_eq!(process.parts().len(), 4);
}

/// AWS keeps five versions.
#[tokio::test(start_paused = true)]
async fn the_boundary_can_be_changed_for_ever() {
    let process = Process::new();
    let mut state = process.create(both()).await.unwrap();
    for round in 0..8 {
        let needed = Value::Known(round % 2 == 1);
        state =
            process.update(state, DeployRoles { new_roles_need_boundary: needed, ..both() }).await.unwrap();
    }
    process.world(|iam| {
        let policy = iam.policies.values().next().unwrap();
        assert_eq!((policy.default, policy.versions.len()), (9, 5));
    });
    process.delete(state).await.unwrap();
    assert!(process.parts().is_empty());
}

fn foreign(audience: &str) -> OidcProvider {
    OidcProvider { audiences: [audience.to_owned()].into(), tags: [].into() }
}

#[tokio::test(start_paused = true)]
async fn a_provider_of_somebody_else_is_used_as_it_is_and_stays() {
    let process = Process::new();
    process.world(|iam| iam.oidc_providers.insert(PROVIDER.parse().unwrap(), foreign("sts.amazonaws.com")));
    let state = process.create(both()).await.unwrap();
    assert_eq!(state.shared_oidc_providers, Value::Known(vec![GITHUB.into()]));
    assert_eq!(process.read(state.clone()).await.unwrap().unwrap(), state);
    process.delete(state).await.unwrap();
    process.world(|iam| {
        assert_eq!(iam.oidc_providers[&PROVIDER.parse().unwrap()], foreign("sts.amazonaws.com"));
    });
    process.world(|iam| iam.oidc_providers.insert(PROVIDER.parse().unwrap(), foreign("other")));
    let error = process.create(both()).await.unwrap_err().to_string();
    assert!(error.contains("does not know the audience sts.amazonaws.com"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_provider_of_ours_that_others_need_is_left_to_them() {
    let process = Process::new();
    let state = process.create(both()).await.unwrap();
    process.world(|iam| {
        let mut role = iam.roles[&role(Which::Plan)].clone();
        role.role.tags.clear();
        iam.roles.insert("shop".parse().unwrap(), role);
    });
    process.delete(state).await.unwrap();
    assert_eq!(process.parts(), ["role shop -", "oidc-provider/token.actions.githubusercontent.com -"]);
}

#[tokio::test(start_paused = true)]
async fn what_has_our_names_and_is_not_ours_is_refused_and_stays() {
    let process = Process::new();
    let state = process.create(both()).await.unwrap();
    process.world(|iam| {
        iam.roles.get_mut(&role(Which::Plan)).unwrap().role.tags.clear();
        iam.policies.values_mut().for_each(|policy| policy.tags.clear());
    });
    let before = process.world(|iam| iam.clone());
    for error in [process.create(both()).await, process.update(state.clone(), other()).await] {
        let error = error.unwrap_err().to_string();
        assert!(error.contains("role landform-plan") && error.contains("Nothing was changed"), "{error}");
    }
    assert_eq!(process.world(|iam| iam.clone()), before);
    let _ = process.delete(state).await;
    assert!(process.world(|iam| iam.roles.contains_key(&role(Which::Plan)) && iam.policies.len() == 1));
}

#[tokio::test(start_paused = true)]
async fn roles_whose_state_was_lost_are_imported_as_they_are() {
    for model in [both(), other()] {
        let process = Process::new();
        let state = process.create(model).await.unwrap();
        let imported = DeployRolesResource.import(&process.call(), "123456789012").await.unwrap();
        assert_eq!(process.read(imported).await.unwrap().unwrap(), state);
    }
    let process = Process::new();
    for (id, expected) in [
        ("123456789012", "There is no role landform-plan"),
        ("12", "exactly 12 digits"),
        ("123456789012/a", "neither"),
    ] {
        let error = DeployRolesResource.import(&process.call(), id).await.unwrap_err().to_string();
        assert!(error.contains(expected), "{id}: {error}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_provider_that_may_only_read_changes_nothing() {
    let process = Process::new();
    let cloud = Arc::new(process.cloud.clone());
    let client = Landform::new(cloud, "test".parse().unwrap(), None, [].into(), true);
    let call = Call::new(Arc::new(client), CancellationToken::new());
    let error = DeployRolesResource.create(&call, both()).await.unwrap_err().to_string();
    assert!(error.contains("read_only"), "{error}");
    assert!(process.parts().is_empty());
}
