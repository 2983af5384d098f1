//! What somebody might do in the console, behind Terraform's back.

use landform_sandbox::aws::{Client, Kind, NatRoute};
use serde_json::{Value, json};

use super::Failure;
use super::unit::Unit;

const NAME: &str = "Name";
const RENAMED: &str = "renamed by hand";

/// Something that was broken, and how it was before.
pub(super) struct Breakage {
    /// The unit whose next plan must say so.
    pub(super) unit: Unit,
    /// In words.
    pub(super) what: String,
    before: Before,
}

enum Before {
    Routes(Vec<NatRoute>),
    Name { subnet: String, name: String },
    Attached { policy: String, target: String },
    Encrypted { account: String, region: String },
}

const ENCRYPTION: [&str; 2] = ["DisableEbsEncryptionByDefault", "GetEbsEncryptionByDefault"];

/// Detaches guardrails from an organizational unit, and switches off the encryption of new volumes where `unit` is.
pub(super) fn inflict_on_the_organization(
    client: &Client,
    zone: &Unit,
    unit: &Unit,
) -> Result<Vec<Breakage>, Failure> {
    let ask = |action: &str, input: Value| client.organizations(&zone.account, action, &input);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut breakages = Vec::new();
    let roots = ask("ListRoots", json!({}))?;
    let units = ask("ListOrganizationalUnitsForParent", json!({ "ParentId": roots["Roots"][0]["Id"] }))?;
    for target in units["OrganizationalUnits"].as_array().into_iter().flatten() {
        let attached = json!({ "TargetId": target["Id"], "Filter": "SERVICE_CONTROL_POLICY" });
        let policies = ask("ListPoliciesForTarget", attached)?;
        let ours = policies["Policies"].as_array().into_iter().flatten().find(|it| it["AwsManaged"] == false);
        if let Some(policy) = ours {
            ask("DetachPolicy", json!({ "PolicyId": policy["Id"], "TargetId": target["Id"] }))?;
            let what =
                format!("{}: {} is detached from {}", zone.id, text(&policy["Name"]), text(&target["Name"]));
            let before = Before::Attached { policy: text(&policy["Id"]), target: text(&target["Id"]) };
            breakages.push(Breakage { unit: zone.clone(), what, before });
            break;
        }
    }
    let Unit { account, region, .. } = unit.clone();
    client.query("ec2", &region, &account, ENCRYPTION[0], &[])?;
    let what = format!("{}: new volumes are not encrypted in {region} of {account}", zone.id);
    breakages.push(Breakage { unit: zone.clone(), what, before: Before::Encrypted { account, region } });
    Ok(breakages)
}

/// Deletes the way to the internet of one unit's private subnets, and renames a subnet of another unit.
pub(super) fn inflict(client: &Client, units: &[Unit]) -> Result<Vec<Breakage>, Failure> {
    let mut breakages = Vec::new();
    for unit in units.iter().rev() {
        let routes = client.nat_routes(&unit.account, &unit.region)?;
        if let Some(route) = routes.first() {
            client.delete_route(&unit.account, &unit.region, route)?;
            let what = format!(
                "{}: the route to {} in {} is deleted",
                unit.id, route.destination, route.route_table_id
            );
            breakages.push(Breakage { unit: unit.clone(), what, before: Before::Routes(routes) });
            break;
        }
    }
    let routed: Vec<String> = breakages.iter().map(|breakage| breakage.unit.id.clone()).collect();
    if let Some(unit) = units.iter().find(|unit| !routed.contains(&unit.id)) {
        let inventory = client.inventory(&unit.account, &[&unit.region])?.made();
        if let Some(subnet) = inventory.of(Kind::Subnet).iter().find(|subnet| subnet.tags.contains_key(NAME))
        {
            let (id, name) = (subnet.id.clone(), subnet.tags[NAME].clone());
            client.set_tag(&unit.account, &unit.region, &id, NAME, RENAMED)?;
            let what = format!("{}: the subnet {name} ({id}) is called \"{RENAMED}\"", unit.id);
            breakages.push(Breakage { unit: unit.clone(), what, before: Before::Name { subnet: id, name } });
        }
    }
    Ok(breakages)
}

impl Breakage {
    /// Whether everything is again as it was.
    pub(super) fn is_healed(&self, client: &Client) -> Result<bool, Failure> {
        let Unit { account, region, .. } = &self.unit;
        Ok(match &self.before {
            Before::Routes(routes) => client.nat_routes(account, region)? == *routes,
            Before::Name { subnet, name } => client
                .inventory(account, &[region])?
                .of(Kind::Subnet)
                .iter()
                .any(|object| object.id == *subnet && object.tags.get(NAME) == Some(name)),
            Before::Attached { policy, target } => {
                let input = json!({ "TargetId": target, "Filter": "SERVICE_CONTROL_POLICY" });
                let policies = client.organizations(account, "ListPoliciesForTarget", &input)?;
                policies["Policies"].as_array().into_iter().flatten().any(|it| it["Id"] == **policy)
            }
            Before::Encrypted { account, region } => {
                client.query("ec2", region, account, ENCRYPTION[1], &[])?.contains(">true<")
            }
        })
    }
}
