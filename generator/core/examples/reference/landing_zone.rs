//! The landing zone: the organization with its units and accounts, what nobody in them can do, and what each account
//! begins with.

use std::collections::BTreeMap;
use std::error::Error;

use landform_generator::spec::typed::{Input, Output};
use landform_generator::spec::{Argument, Estate, ModuleUnit, Place};
use landform_generator::units::UnitId;

use super::{ACCOUNTS, REGIONS};

type Object = BTreeMap<String, Argument>;

mod organization {
    use super::{Input, Output};

    pub(super) const ROOT_ID: Output<String> = Output::new("root_id");
    pub(super) const TRUSTED_SERVICES: Input<Vec<&str>> = Input::new("trusted_services");
}

mod organizational_units {
    use super::Input;

    pub(super) const ADOPT: Input<bool> = Input::new("adopt");
    pub(super) const ON_REMOVE: Input<&str> = Input::new("on_remove");
    pub(super) const PRESET: Input<&str> = Input::new("preset");
    pub(super) const ROOT_ID: Input<String> = Input::new("root_id");
}

mod account {
    use super::Input;

    pub(super) const EMAIL: Input<String> = Input::new("email");
    pub(super) const OU: Input<&str> = Input::new("ou");
}

/// The inputs of guardrails, and of settings, which have some of them.
mod policies {
    use super::{Input, Object};

    pub(super) const ENABLE: Input<Vec<&str>> = Input::new("enable");
    pub(super) const EXEMPT_ROLES: Input<Vec<&str>> = Input::new("exempt_roles");
    pub(super) const PARAMETERS: Input<Object> = Input::new("parameters");
    pub(super) const PROFILE: Input<&str> = Input::new("profile");
    pub(super) const TARGETS: Input<Vec<&str>> = Input::new("targets");
}

mod account_baseline {
    use super::{Input, Object};

    pub(super) const BUDGET: Input<Object> = Input::new("budget");
    pub(super) const REGIONS: Input<Vec<&str>> = Input::new("regions");
}

mod deploy_roles {
    use super::{Input, Object};

    pub(super) const NAME: Input<&str> = Input::new("name");
    pub(super) const TRUST: Input<Object> = Input::new("trust");
}

/// Where work is done: all of the tree but what waits to be closed.
const WORKING_UNITS: [&str; 4] = ["Security", "Infrastructure", "Workloads", "Sandbox"];

/// The same estate with its landing zone.
pub(super) fn add(estate: Estate) -> Result<Estate, Box<dyn Error>> {
    let services =
        ["account.amazonaws.com", "cloudtrail.amazonaws.com", "config.amazonaws.com", "sso.amazonaws.com"];
    let organization = in_management("organization", "landform_organization")?
        .set(organization::TRUSTED_SERVICES, services.to_vec());
    // Accounts outlive a destroy, and so do the units that they are in.
    let units = in_management("units", "landform_organizational_units")?
        .set(organizational_units::PRESET, "small")
        .set(organizational_units::ADOPT, true)
        .set(organizational_units::ON_REMOVE, "retain")
        .link(organizational_units::ROOT_ID, organization::ROOT_ID.of(&organization)?);
    let there = UnitId::of(&units).stack()?;

    let mut estate = estate.unit(organization).unit(units);
    for policies in [baseline_guardrails()?, workload_guardrails()?, suspended_guardrails()?, settings()?] {
        estate = estate.unit(policies.after(there.clone()));
    }
    for (name, _, ou) in ACCOUNTS {
        let account = in_management(name, "landform_account")?
            .set(account::EMAIL, format!("aws+{name}@acme.example"))
            .set(account::OU, ou)
            .after(there.clone());
        let has_workloads = ou == "Workloads";
        let environment = if has_workloads { name } else { "org" };
        let baseline = baseline(name, environment)?.after(UnitId::of(&account).stack()?);
        if has_workloads {
            estate = estate.unit(deploy_roles(name)?.after(UnitId::of(&baseline).stack()?));
        }
        estate = estate.unit(account).unit(baseline);
    }
    Ok(estate)
}

/// What holds wherever work is done.
fn baseline_guardrails() -> Result<ModuleUnit, Box<dyn Error>> {
    let parameters = [
        ("allowed_regions", regions().into()),
        ("log_buckets", vec!["acme-logs-*"].into()),
        ("oidc_subjects", vec!["repo:acme/*"].into()),
    ];
    Ok(in_management("baseline", "landform_guardrails")?
        .set(policies::TARGETS, WORKING_UNITS.to_vec())
        .set(policies::PROFILE, "baseline")
        .set(policies::PARAMETERS, object(parameters)))
}

/// What holds for workloads besides. Every new role is bounded as the role that made it is.
fn workload_guardrails() -> Result<ModuleUnit, Box<dyn Error>> {
    let parameters = [
        ("allowed_regions", regions().into()),
        ("permissions_boundaries", vec!["arn:aws:iam::*:policy/landform-*-boundary"].into()),
    ];
    Ok(in_management("workloads", "landform_guardrails")?
        .set(policies::TARGETS, vec!["Workloads"])
        .set(policies::PROFILE, "workloads")
        .set(policies::PARAMETERS, object(parameters)))
}

/// Nothing can be done in an account that waits to be closed, but by those who look.
fn suspended_guardrails() -> Result<ModuleUnit, Box<dyn Error>> {
    Ok(in_management("suspended", "landform_guardrails")?
        .set(policies::TARGETS, vec!["Suspended"])
        .set(policies::ENABLE, vec!["suspended"])
        .set(policies::EXEMPT_ROLES, vec!["arn:aws:iam::*:role/landform-plan"]))
}

/// What accounts cannot change.
fn settings() -> Result<ModuleUnit, Box<dyn Error>> {
    let enable = [
        "ai-opt-out",
        "ami-block-public",
        "imds-required",
        "s3-block-public",
        "serial-console-off",
        "snapshot-block-public",
    ];
    Ok(in_management("settings", "landform_organization_policy")?
        .set(policies::TARGETS, WORKING_UNITS.to_vec())
        .set(policies::ENABLE, enable.to_vec()))
}

/// What an account begins with.
fn baseline(account: &str, environment: &str) -> Result<ModuleUnit, Box<dyn Error>> {
    let monthly_usd = if account == "prod" { 5000 } else { 500 };
    let budget = [("monthly_usd", monthly_usd.into()), ("emails", vec!["aws@acme.example"].into())];
    Ok(unit("baseline", "landform_account_baseline", account, environment)?
        .set(account_baseline::REGIONS, regions())
        .set(account_baseline::BUDGET, object(budget)))
}

/// Workflows plan with one role and apply with another, which is bounded.
fn deploy_roles(account: &str) -> Result<ModuleUnit, Box<dyn Error>> {
    let applies = format!("repo:acme/app:environment:{account}");
    let oidc = [
        ("issuer", "https://token.actions.githubusercontent.com".into()),
        ("subjects", vec!["repo:acme/app:pull_request".to_owned(), applies.clone()].into()),
        ("apply_subjects", vec![applies].into()),
    ];
    Ok(unit("roles", "landform_deploy_roles", account, account)?
        .set(deploy_roles::NAME, "landform")
        .set(deploy_roles::TRUST, object([("oidc", vec![object(oidc)].into())])))
}

fn in_management(name: &str, kind: &str) -> Result<ModuleUnit, Box<dyn Error>> {
    unit(name, kind, "management", "org")
}

fn unit(name: &str, kind: &str, account: &str, environment: &str) -> Result<ModuleUnit, Box<dyn Error>> {
    let place =
        Place { environment: environment.parse()?, account: account.parse()?, region: "us-east-1".parse()? };
    Ok(ModuleUnit::new(name.parse()?, kind.parse()?, place))
}

fn regions() -> Vec<&'static str> {
    REGIONS.map(|(region, ..)| region).to_vec()
}

fn object<const N: usize>(entries: [(&str, Argument); N]) -> Object {
    entries.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}
