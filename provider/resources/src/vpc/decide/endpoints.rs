//! Decides about VPC endpoints.

use super::super::child::Table;
use super::super::desired::Desired;
use super::super::seen::Seen;
use super::super::steps::{Removal, Step};
use landform_cloud::id::RouteTableId;
use landform_cloud::network::{VpcEndpoint, VpcEndpointState};
use std::collections::BTreeSet;

pub(super) fn endpoints(desired: &Desired, seen: &Seen, steps: &mut Vec<Step>) {
    for (service, wanted) in &desired.gateway_endpoints {
        let Some(exists) = seen.gateway_endpoints.get(service) else {
            steps.push(Step::CreateGatewayEndpoint(*service));
            continue;
        };
        match exists.state {
            VpcEndpointState::Failed | VpcEndpointState::Deleting => {
                steps.push(Step::Remove(Removal::Endpoint(exists.id.clone(), true)));
                steps.push(Step::CreateGatewayEndpoint(*service));
            }
            VpcEndpointState::Pending | VpcEndpointState::PendingAcceptance | VpcEndpointState::Available => {
                let policy = (exists.policy.as_ref() != Some(&wanted.policy)
                    && !(wanted.policy.is_full_access() && is_open(exists)))
                .then(|| wanted.policy.clone());
                let add = missing(&wanted.tables, exists, seen);
                let remove = surplus(&wanted.tables, exists, seen);
                if policy.is_some() || !add.is_empty() || !remove.is_empty() {
                    steps.push(Step::ModifyGatewayEndpoint(*service, policy, add, remove));
                }
            }
        }
    }
}

/// Removes endpoints that are no longer wanted.
pub(super) fn surplus_endpoints(desired: &Desired, seen: &Seen, steps: &mut Vec<Step>) {
    for (service, endpoint) in &seen.gateway_endpoints {
        if !desired.gateway_endpoints.contains_key(service) {
            steps.push(Step::Remove(Removal::Endpoint(endpoint.id.clone(), false)));
        }
    }
}

fn is_open(endpoint: &VpcEndpoint) -> bool {
    endpoint.policy.as_ref().is_some_and(landform_model::PolicyJson::is_full_access)
}

/// Tables that must lead to the endpoint and do not, those among them that are still to be made.
fn missing(wanted: &BTreeSet<Table>, endpoint: &VpcEndpoint, seen: &Seen) -> Vec<Table> {
    let leads =
        |table: &Table| seen.route_tables.get(table).is_some_and(|it| endpoint.route_tables.contains(&it.id));
    wanted.iter().filter(|table| !leads(table)).copied().collect()
}

/// Tables of this network that lead to the endpoint and must not. A table of somebody else stays as it is.
fn surplus(wanted: &BTreeSet<Table>, endpoint: &VpcEndpoint, seen: &Seen) -> Vec<RouteTableId> {
    let ours = seen.route_tables.iter().filter(|(table, _)| !wanted.contains(table)).map(|(_, it)| &it.id);
    ours.filter(|id| endpoint.route_tables.contains(id)).cloned().collect()
}
