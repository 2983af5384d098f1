use super::*;
use crate::guardrails::pack::contents;
use crate::guardrails::parameter::{ParameterValue, Parameters, vocabulary};
use crate::guardrails::policy_type::PolicyType;
use crate::guardrails::{Profile, choose};

fn roles(break_glass: Option<&str>) -> ManagementRoles {
    ManagementRoles {
        access: "OrganizationAccountAccessRole".parse().unwrap(),
        apply: "landform-apply".parse().unwrap(),
        plan: "landform-plan".parse().unwrap(),
        break_glass: break_glass.map(|name| name.parse().unwrap()),
    }
}

fn check(ids: &[&str], more: Parameters, regions: &[&str], break_glass: Option<&str>) -> Vec<LockOut> {
    check_in(&[("aws:PrincipalOrgID", "o-abcdefghij")], ids, more, regions, break_glass)
}

fn check_in(
    circumstances: &[(&str, &str)],
    ids: &[&str],
    more: Parameters,
    regions: &[&str],
    break_glass: Option<&str>,
) -> Vec<LockOut> {
    let ids: BTreeSet<String> = ids.iter().map(|id| (*id).to_owned()).collect();
    let names: BTreeSet<String> =
        ids.iter().filter_map(|id| catalogue::find(id)).flat_map(Guardrail::parameters).collect();
    let needed =
        vocabulary().iter().filter(|(name, parameter)| names.contains(*name) && parameter.default.is_none());
    let mut parameters: Parameters =
        needed.map(|(name, parameter)| (name.clone(), parameter.example.clone())).collect();
    parameters.extend(more);
    let filled = choose(&ids, &parameters).unwrap();
    let regions = regions.iter().map(|region| region.parse().unwrap()).collect();
    let circumstances = circumstances
        .iter()
        .map(|(key, value)| ((*key).to_owned(), BTreeSet::from([(*value).to_owned()])))
        .collect();
    [PolicyType::ServiceControlPolicy, PolicyType::ResourceControlPolicy]
        .into_iter()
        .flat_map(|kind| {
            lock_outs(&contents(&filled, kind), &roles(break_glass), &regions, &circumstances).unwrap()
        })
        .collect()
}

fn of_profile(profile: Profile) -> Vec<&'static str> {
    let of_profile =
        |guardrail: &&Guardrail| guardrail.profile == profile && guardrail.policy_type.has_statements();
    catalogue::all().iter().filter(of_profile).map(|guardrail| guardrail.id.as_str()).collect()
}

fn texts(found: &[LockOut]) -> String {
    found.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_file_is_read() {
    let read: Result<Paths, _> =
        toml::from_str(include_str!("../../../../../policies/management-paths.toml"));
    assert_eq!(read.map(|paths| paths.needed.len()).map_err(|error| error.to_string()), Ok(paths().len()));
    assert!(!paths().is_empty());
}

#[test]
fn nothing_of_the_baseline_and_of_the_workloads_locks_anybody_out() {
    for profile in [Profile::Baseline, Profile::Workloads, Profile::Sandbox] {
        let found = check(&of_profile(profile), Parameters::new(), &["eu-central-1"], None);
        assert!(found.is_empty(), "{profile:?}: {}", texts(&found));
    }
}

#[test]
fn a_set_that_exempts_nobody_locks_everybody_out() {
    let nobody = Parameters::from([("exempt_roles".to_owned(), ParameterValue::List(Vec::new()))]);
    let found = check(&["suspended"], nobody, &["eu-central-1"], None);
    let who: BTreeSet<ManagementRole> = found.iter().map(|lock_out| lock_out.role).collect();
    assert_eq!(who.len(), 3);
    assert!(found.iter().any(LockOut::is_error));
}

#[test]
fn the_role_for_emergencies_must_be_exempt_to_repair() {
    let found = check(&["protect-landform-roles"], Parameters::new(), &["eu-central-1"], Some("emergency"));
    insta::assert_snapshot!(texts(&found), @"protect-landform-roles denies iam:PutRolePolicy, iam:UpdateAssumeRolePolicy to the role emergency, but people repair the role that everything else depends on. What helps: add `arn:aws:iam::*:role/emergency` to `exempt_roles`; change `protected_policies` or `protected_roles`; leave the guardrail out where this is needed");
    let exempt = ["OrganizationAccountAccessRole", "landform-apply", "emergency"];
    let exempt = exempt.map(|role| format!("arn:aws:iam::*:role/{role}")).to_vec();
    let exempt = Parameters::from([("exempt_roles".to_owned(), ParameterValue::List(exempt))]);
    assert!(check(&["protect-landform-roles"], exempt, &["eu-central-1"], Some("emergency")).is_empty());
}

#[test]
fn a_governed_region_that_is_not_allowed_is_named() {
    let found = check(&["region-allowlist"], Parameters::new(), &["eu-central-1", "eu-north-1"], None);
    insta::assert_snapshot!(texts(&found), @r#"
    region-allowlist denies s3:DeleteObject, s3:GetObject, s3:PutObject to the role landform-plan in eu-north-1, but the state is read and locked. What helps: add `arn:aws:iam::*:role/landform-plan` to `exempt_roles`; change `allowed_regions` or `region_free_actions`; leave the guardrail out where this is needed
    region-allowlist denies ec2:DescribeVpcs, s3:GetBucketPolicy to the role landform-plan in eu-north-1, but a plan reads what is there. What helps: add `arn:aws:iam::*:role/landform-plan` to `exempt_roles`; change `allowed_regions` or `region_free_actions`; leave the guardrail out where this is needed
    "#);
    assert!(found.iter().all(|lock_out| !lock_out.is_error()), "only the plan role is not exempt");
}

#[test]
fn a_network_perimeter_is_suspected_until_it_is_said_where_landform_runs() {
    let found = check(&["network-perimeter"], Parameters::new(), &["eu-central-1"], None);
    assert!(!found.is_empty() && found.iter().all(|lock_out| lock_out.role == ManagementRole::Plan));
    let place = [("aws:SourceIp", "192.0.2.10")];
    assert!(check_in(&place, &["network-perimeter"], Parameters::new(), &["eu-central-1"], None).is_empty());
}

#[test]
fn an_identity_perimeter_needs_the_organization_of_landform() {
    let ids = ["rcp-identity-perimeter", "rcp-confused-deputy"];
    assert!(check(&ids, Parameters::new(), &["eu-central-1"], None).is_empty());
    let elsewhere = [("aws:PrincipalOrgID", "o-zzzzzzzzzz")];
    let found = check_in(&elsewhere, &ids, Parameters::new(), &["eu-central-1"], None);
    assert!(found.iter().any(|lock_out| lock_out.role == ManagementRole::Apply), "{}", texts(&found));
}

#[test]
fn with_no_governed_region_the_rest_is_still_tried() {
    let nobody = Parameters::from([("exempt_roles".to_owned(), ParameterValue::List(Vec::new()))]);
    let found = check(&["protect-account-defaults"], nobody, &[], None);
    insta::assert_snapshot!(texts(&found), @r#"
    protect-account-defaults denies ec2:ModifyInstanceMetadataDefaults, s3:PutAccountPublicAccessBlock to the role OrganizationAccountAccessRole, but the baseline makes the safe settings of an account. What helps: add `arn:aws:iam::*:role/OrganizationAccountAccessRole` to `exempt_roles`; leave the guardrail out where this is needed
    protect-account-defaults denies ec2:ModifyInstanceMetadataDefaults, s3:PutAccountPublicAccessBlock to the role landform-apply, but the baseline makes the safe settings of an account. What helps: add `arn:aws:iam::*:role/landform-apply` to `exempt_roles`; leave the guardrail out where this is needed
    "#);
}

#[test]
fn what_cannot_be_evaluated_is_told_and_not_passed_over() {
    let statement = r#"{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"DateLessThan":{"aws:CurrentTime":"2027-01-01"}}}"#;
    let text = format!(r#"{{"Version":"2012-10-17","Statement":[{statement}]}}"#);
    let contents = Contents::from([("custom".to_owned(), text.parse().unwrap())]);
    let error = lock_outs(&contents, &roles(None), &BTreeSet::new(), &BTreeMap::new()).unwrap_err();
    assert!(error.to_string().contains("custom") && error.to_string().contains("DateLessThan"), "{error}");
}
