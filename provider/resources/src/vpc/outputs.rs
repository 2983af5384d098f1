//! The computed attributes that name the parts of a network: as planned, and as they are.

use super::child::{Child, Table};
use super::desired::Desired;
use super::model::{NatGateway, Subnet, Vpc};
use super::seen::Seen;
use super::state::recorded;
use landform_framework::{Text, Value};
use std::collections::BTreeMap;

/// The parts of a network, in the shapes of its attributes.
pub(crate) struct Outputs {
    pub(crate) subnets: Value<BTreeMap<String, BTreeMap<String, Subnet>>>,
    pub(crate) subnet_ids: Value<BTreeMap<String, Vec<Value<String>>>>,
    pub(crate) route_table_ids: Value<BTreeMap<String, Value<String>>>,
    pub(crate) internet_gateway_id: Value<String>,
    pub(crate) nat_gateways: Value<BTreeMap<String, NatGateway>>,
    pub(crate) nat_public_ips: Value<BTreeMap<String, Value<String>>>,
    pub(crate) gateway_endpoint_ids: Value<BTreeMap<String, Value<String>>>,
}

impl Outputs {
    /// Nothing is known, not even the keys.
    pub(crate) fn unknown() -> Self {
        Self {
            subnets: Value::Unknown,
            subnet_ids: Value::Unknown,
            route_table_ids: Value::Unknown,
            internet_gateway_id: Value::Unknown,
            nat_gateways: Value::Unknown,
            nat_public_ips: Value::Unknown,
            gateway_endpoint_ids: Value::Unknown,
        }
    }

    /// What an apply of `desired` will leave: all keys, CIDRs and zones; ids where `prior` has them, else unknown.
    pub(crate) fn planned(desired: &Desired, prior: Option<&Vpc>) -> Self {
        let recorded = prior.map(recorded).unwrap_or_default();
        let id = |child: Child| recorded.get(&child).cloned().map_or(Value::Unknown, Value::Known);
        let mut subnets: BTreeMap<String, BTreeMap<String, Subnet>> = BTreeMap::new();
        for ((tier, slot), subnet) in &desired.subnets {
            let subnet = Subnet {
                id: id(Child::Subnet(*tier, *slot)),
                cidr: Value::Known(Text(subnet.cidr)),
                az_id: Value::Known(Text(subnet.zone.clone())),
                route_table_id: id(Child::RouteTable(Table::of(*tier, *slot))),
            };
            subnets.entry(tier.to_string()).or_default().insert(slot.to_string(), subnet);
        }
        let tables =
            desired.route_tables.keys().map(|table| (table.to_string(), id(Child::RouteTable(*table))));
        let nat_gateways: BTreeMap<String, NatGateway> = (desired.nat_gateways.iter())
            .map(|slot| {
                let kept = prior.and_then(|prior| prior.nat_gateways.known()?.get(slot.as_str()));
                let public_ip = kept.and_then(|gateway| gateway.public_ip.known().cloned());
                let gateway = NatGateway {
                    id: id(Child::NatGateway(*slot)),
                    allocation_id: id(Child::Address(*slot)),
                    public_ip: public_ip.map_or(Value::Unknown, Value::Known),
                };
                (slot.to_string(), gateway)
            })
            .collect();
        let internet_gateway_id =
            if desired.internet_gateway { id(Child::InternetGateway) } else { Value::Null };
        let endpoints = desired.gateway_endpoints.keys();
        let endpoints = endpoints.map(|service| (service.to_string(), id(Child::GatewayEndpoint(*service))));
        Self::new(subnets, tables.collect(), internet_gateway_id, nat_gateways, endpoints.collect())
    }

    /// What exists.
    pub(crate) fn existing(seen: &Seen) -> Self {
        let mut subnets: BTreeMap<String, BTreeMap<String, Subnet>> = BTreeMap::new();
        for ((tier, slot), subnet) in &seen.subnets {
            let table = seen.association(*tier, *slot).and_then(|(table, _)| seen.route_tables.get(&table));
            let subnet = Subnet {
                id: Value::Known(subnet.id.to_string()),
                cidr: Value::Known(Text(subnet.cidr)),
                az_id: Value::Known(Text(subnet.zone.clone())),
                route_table_id: table.map(|table| table.id.to_string()).into(),
            };
            subnets.entry(tier.to_string()).or_default().insert(slot.to_string(), subnet);
        }
        let tables =
            seen.route_tables.iter().map(|(table, it)| (table.to_string(), Value::Known(it.id.to_string())));
        let nat_gateways: BTreeMap<String, NatGateway> = (seen.nat_gateways.iter())
            .map(|(slot, it)| {
                let address = seen.addresses.get(slot);
                let gateway = NatGateway {
                    id: Value::Known(it.id.to_string()),
                    allocation_id: address.map(|address| address.id.to_string()).into(),
                    public_ip: address.map(|address| address.public_ip.to_string()).into(),
                };
                (slot.to_string(), gateway)
            })
            .collect();
        let internet_gateway_id = seen.internet_gateway.as_ref().map(|gateway| gateway.id.to_string()).into();
        let endpoints = seen.gateway_endpoints.iter();
        let endpoints = endpoints.map(|(service, it)| (service.to_string(), Value::Known(it.id.to_string())));
        Self::new(subnets, tables.collect(), internet_gateway_id, nat_gateways, endpoints.collect())
    }

    fn new(
        subnets: BTreeMap<String, BTreeMap<String, Subnet>>,
        tables: BTreeMap<String, Value<String>>,
        internet_gateway_id: Value<String>,
        nat_gateways: BTreeMap<String, NatGateway>,
        gateway_endpoints: BTreeMap<String, Value<String>>,
    ) -> Self {
        let ids = |slots: &BTreeMap<String, Subnet>| slots.values().map(|subnet| subnet.id.clone()).collect();
        Self {
            subnet_ids: Value::Known(
                subnets.iter().map(|(tier, slots)| (tier.clone(), ids(slots))).collect(),
            ),
            subnets: Value::Known(subnets),
            route_table_ids: Value::Known(tables),
            internet_gateway_id,
            nat_public_ips: Value::Known(
                nat_gateways
                    .iter()
                    .map(|(slot, gateway)| (slot.clone(), gateway.public_ip.clone()))
                    .collect(),
            ),
            nat_gateways: Value::Known(nat_gateways),
            gateway_endpoint_ids: Value::Known(gateway_endpoints),
        }
    }

    /// Puts them into the attributes of the resource.
    pub(crate) fn into_model(self, model: &mut Vpc) {
        model.subnets = self.subnets;
        model.subnet_ids = self.subnet_ids;
        model.route_table_ids = self.route_table_ids;
        model.internet_gateway_id = self.internet_gateway_id;
        model.nat_gateways = self.nat_gateways;
        model.nat_public_ips = self.nat_public_ips;
        model.gateway_endpoint_ids = self.gateway_endpoint_ids;
    }
}
