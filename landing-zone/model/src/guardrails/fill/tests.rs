use super::*;
use crate::guardrails::guardrail::Profile;

fn ids(ids: &[&str]) -> BTreeSet<String> {
    ids.iter().map(|id| (*id).to_owned()).collect()
}

fn list(texts: &[&str]) -> ParameterValue {
    ParameterValue::List(texts.iter().map(|text| (*text).to_owned()).collect())
}

fn with(values: &[(&str, ParameterValue)]) -> Parameters {
    values.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
}

fn text(id: &str, parameters: &Parameters) -> String {
    match choose(&ids(&[id]), parameters).unwrap().remove(0).content {
        Content::Statements(document) => document.to_string(),
        Content::Settings(settings) => settings.to_string(),
    }
}

fn errors(chosen: &[&str], parameters: &Parameters) -> String {
    let errors = choose(&ids(chosen), parameters).unwrap_err();
    errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_marker_stands_for_each_value_of_its_list() {
    let parameters = with(&[("log_buckets", list(&["logs-a", "logs-b"])), ("exempt_roles", list(&[]))]);
    let filled = text("protect-log-buckets", &parameters);
    assert!(filled.contains(
        r#""arn:aws:s3:::logs-a","arn:aws:s3:::logs-a/*","arn:aws:s3:::logs-b","arn:aws:s3:::logs-b/*""#
    ));
    assert!(!filled.contains("Condition"), "nobody is exempt, so it holds for all: {filled}");
    insta::assert_snapshot!(text("require-kms-deletion-window", &with(&[("kms_deletion_days", ParameterValue::Number(14))])), @r#"{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"kms:ScheduleKeyDeletion","Resource":"*","Condition":{"NumericLessThan":{"kms:ScheduleKeyDeletionPendingWindowInDays":"14"}}}]}"#);
    let issuer = ParameterValue::Text("gitlab.com".to_owned());
    let parameters = with(&[("oidc_issuer", issuer), ("oidc_subjects", list(&["project_path:acme/*"]))]);
    let filled = text("rcp-oidc-trust", &parameters);
    assert!(filled.contains(r#"{"gitlab.com:sub":"project_path:acme/*"}"#), "{filled}");
}

#[test]
fn markers_in_settings_are_filled_in_keys_too() {
    let parameters = with(&[
        ("required_tag", ParameterValue::Text("Owner".to_owned())),
        ("required_tag_types", list(&["ec2:instance", "rds:db"])),
    ]);
    insta::assert_snapshot!(text("required-tags", &parameters), @r#"{"tags":{"Owner":{"report_required_tag_for":{"@@assign":["ec2:instance","rds:db"]},"tag_key":{"@@assign":"Owner"}}}}"#);
}

#[test]
fn all_that_is_wrong_is_told_at_once() {
    let parameters = with(&[("exempt_roles", list(&["landform-apply"]))]);
    insta::assert_snapshot!(errors(&["region-allowlist", "rcp-identity-perimeter", "protect-log-buckets"], &parameters), @r#"
    protect-log-buckets needs the parameter `log_buckets`: Names of the buckets that hold logs, `*` at the end is any ending. For example ["acme-log-archive-*"]
    rcp-identity-perimeter needs the parameter `organization_id`: The id of the organization. For example "o-abcdefghij"
    region-allowlist needs the parameter `allowed_regions`: Regions in which work may be done. For example ["eu-central-1", "eu-west-1"]
    the parameter `exempt_roles` is wrong: `landform-apply` is not a pattern of an ARN: it has six parts with colons between them, such as `arn:aws:iam::*:role/deploy`. For example ["arn:aws:iam::*:role/OrganizationAccountAccessRole", "arn:aws:iam::*:role/landform-apply"]
    "#);
}

#[test]
fn unknown_names_are_told_with_what_may_be_meant() {
    insta::assert_snapshot!(errors(&["region-allow-list"], &Parameters::new()), @"there is no guardrail `region-allow-list`: did you mean `region-allowlist`?");
    let parameters =
        with(&[("alowed_regions", list(&["eu-central-1"])), ("allowed_regions", list(&["eu-central-1"]))]);
    insta::assert_snapshot!(errors(&["region-allowlist"], &parameters), @"none of the chosen guardrails has a parameter `alowed_regions`: they have allowed_regions, exempt_roles, region_free_actions");
}

#[test]
fn an_unknown_guardrail_hides_what_its_parameters_would_be() {
    let parameters = with(&[("log_buckets", list(&["logs"]))]);
    assert_eq!(errors(&["protect-log-bucket"], &parameters).lines().count(), 1);
}

/// `may_be_empty` is about "none of these". "One of these" holds for nothing when there are none.
#[test]
fn a_list_that_may_be_empty_is_refused_where_one_of_it_is_wanted() {
    let text =
        include_str!("../../../../policies/service-control/quarantine.toml").replace("ArnNotLike", "ArnLike");
    let guardrail: Guardrail = toml::from_str(&text).unwrap();
    let errors = fill(&guardrail, &with(&[("exempt_roles", list(&[]))])).unwrap_err();
    assert!(matches!(&errors[..], [FillError::Empty { .. }]), "{errors:?}");
}

#[test]
fn an_empty_list_is_refused_where_it_would_change_the_meaning() {
    insta::assert_snapshot!(errors(&["protect-log-buckets"], &with(&[("log_buckets", list(&[]))])), @"with an empty `log_buckets`, protect-log-buckets would be about nothing, or about everything: give it a value, or leave the guardrail out");
    // "In none of no regions" would be everywhere.
    insta::assert_snapshot!(errors(&["region-allowlist"], &with(&[("allowed_regions", list(&[]))])), @"with an empty `allowed_regions`, region-allowlist would be about nothing, or about everything: give it a value, or leave the guardrail out");
}

#[test]
fn every_guardrail_can_be_filled_with_defaults_and_examples() {
    let all: BTreeSet<String> = catalogue::all().iter().map(|guardrail| guardrail.id.clone()).collect();
    let needed = vocabulary().iter().filter(|(_, parameter)| parameter.default.is_none());
    let parameters: Parameters =
        needed.map(|(name, parameter)| (name.clone(), parameter.example.clone())).collect();
    let filled = choose(&all, &parameters).unwrap();
    assert_eq!(filled.len(), all.len());
    for guardrail in &filled {
        if let Content::Statements(document) = &guardrail.content {
            let text = document.to_string();
            assert!(!text.contains('<') && !text.contains("[]"), "{}: {text}", guardrail.id);
        }
    }
}

#[test]
fn a_guardrail_tells_what_it_takes_whom_it_exempts_and_what_it_touches() {
    let guardrail = catalogue::find("protect-landform-roles").unwrap();
    assert_eq!(guardrail.parameters(), ids(&["exempt_roles", "protected_policies", "protected_roles"]));
    assert_eq!(guardrail.exempting_parameters(), ids(&["exempt_roles"]));
    assert_eq!(guardrail.services(), BTreeSet::from(["iam"]));
    assert_eq!((guardrail.version, guardrail.profile), (1, Profile::Baseline));
    assert_eq!(catalogue::find("deny-leave-organization").unwrap().exempting_parameters(), ids(&[]));
}
