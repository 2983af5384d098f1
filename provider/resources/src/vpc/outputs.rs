//! The computed attributes that name the parts of a network: as planned, and as they are.

use super::child::{Child, Table};
use super::desired::Desired;
use super::egress::{self, Nat, Outlet};
use super::interface_endpoints;
use super::ipv6;
use super::model::{NatGateway, Subnet, Vpc};
use super::seen::Seen;
use super::state::recorded;
use landform_cloud::id::AllocationId;
use landform_cloud::network::{NatGatewayState, VpcEndpoint, VpcEndpointState};
use landform_framework::{Text, Value};
use landform_model::AvailabilityZoneId;
use landform_model::network::{EgressMode, Slot};
use std::collections::BTreeMap;
use std::net::Ipv4Addr;

/// The parts of a network, in the shapes of its attributes.
pub(crate) struct Outputs {
    pub(crate) subnets: Value<BTreeMap<String, BTreeMap<String, Subnet>>>,
    pub(crate) subnet_ids: Value<BTreeMap<String, Vec<Value<String>>>>,
    pub(crate) route_table_ids: Value<BTreeMap<String, Value<String>>>,
    pub(crate) internet_gateway_id: Value<String>,
    pub(crate) nat_gateways: Value<BTreeMap<String, NatGateway>>,
    pub(crate) nat_public_ips: Value<BTreeMap<String, Value<String>>>,
    pub(crate) gateway_endpoint_ids: Value<BTreeMap<String, Value<String>>>,
    pub(crate) interface_endpoint_ids: Value<BTreeMap<String, Value<String>>>,
    pub(crate) endpoints_security_group_id: Value<String>,
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
            interface_endpoint_ids: Value::Unknown,
            endpoints_security_group_id: Value::Unknown,
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
                ipv6_cidr: ipv6::planned_subnet(desired, prior, (*tier, *slot)),
                az_id: Value::Known(Text(subnet.zone.clone())),
                route_table_id: id(Child::RouteTable(Table::of(*tier, *slot))),
            };
            subnets.entry(tier.to_string()).or_default().insert(slot.to_string(), subnet);
        }
        let tables =
            desired.route_tables.keys().map(|table| (table.to_string(), id(Child::RouteTable(*table))));
        let before = prior.and_then(|prior| egress::wished(prior.egress.known()?)).unwrap_or_default();
        let nat_gateways: BTreeMap<String, NatGateway> = (desired.outlets.iter())
            .map(|(outlet, it)| {
                let slot = outlet.slot();
                // What has another address is another thing, but for the regional gateway itself.
                let same = before.own.get(&slot) == it.own.as_ref()
                    && recorded.contains_key(&Child::NatGateway(outlet.nat()));
                let kept = prior.and_then(|prior| prior.nat_gateways.known()?.get(slot.as_str()));
                let public_ip = kept.filter(|_| same).and_then(|gateway| gateway.public_ip.known().cloned());
                let gateway = NatGateway {
                    id: match outlet.nat() {
                        Nat::Zonal(_) if !same => Value::Unknown,
                        nat => id(Child::NatGateway(nat)),
                    },
                    allocation_id: match &it.own {
                        Some(own) => Value::Known(own.to_string()),
                        None => id(Child::Address(*outlet)),
                    },
                    public_ip: public_ip.map_or(Value::Unknown, Value::Known),
                };
                (slot.to_string(), gateway)
            })
            .collect();
        let internet_gateway_id =
            if desired.internet_gateway { id(Child::InternetGateway) } else { Value::Null };
        let endpoints = desired.gateway_endpoints.keys();
        let endpoints = endpoints.map(|service| (service.to_string(), id(Child::GatewayEndpoint(*service))));
        let services = desired.interface_endpoints.keys();
        let services = services.map(|service| (service, id(Child::InterfaceEndpoint(*service))));
        Self {
            interface_endpoint_ids: interface_endpoints::ids(services),
            endpoints_security_group_id: match interface_endpoints::needs_group(&desired.interface_endpoints)
            {
                true => id(Child::EndpointsGroup),
                false => Value::Null,
            },
            ..Self::new(subnets, tables.collect(), internet_gateway_id, nat_gateways, endpoints.collect())
        }
    }

    /// What exists; of NAT gateways, those that are `wanted`.
    pub(crate) fn existing(seen: &Seen, wanted: impl Fn(&Nat) -> bool) -> Self {
        let mut subnets: BTreeMap<String, BTreeMap<String, Subnet>> = BTreeMap::new();
        for ((tier, slot), subnet) in &seen.subnets {
            let table = seen.association(*tier, *slot).and_then(|(table, _)| seen.route_tables.get(&table));
            let subnet = Subnet {
                id: Value::Known(subnet.id.to_string()),
                cidr: Value::Known(Text(subnet.cidr)),
                ipv6_cidr: ipv6::existing_subnet(subnet),
                az_id: Value::Known(Text(subnet.zone.clone())),
                route_table_id: table.map(|table| table.id.to_string()).into(),
            };
            subnets.entry(tier.to_string()).or_default().insert(slot.to_string(), subnet);
        }
        let tables =
            seen.route_tables.iter().map(|(table, it)| (table.to_string(), Value::Known(it.id.to_string())));
        let nat_gateways = nat_gateways(seen, wanted);
        let internet_gateway_id = seen.internet_gateway.as_ref().map(|gateway| gateway.id.to_string()).into();
        let endpoints = seen.gateway_endpoints.iter();
        // What works no longer is replaced: its id is not one to keep.
        let id = |it: &VpcEndpoint| -> Value<String> {
            let works = !matches!(it.state, VpcEndpointState::Failed | VpcEndpointState::Deleting);
            works.then(|| it.id.to_string()).into()
        };
        let endpoints = endpoints.map(|(service, it)| (service.to_string(), id(it)));
        let services = seen.interface_endpoints.iter();
        let services = services.map(|(service, it)| (service, id(it)));
        Self {
            interface_endpoint_ids: interface_endpoints::ids(services),
            endpoints_security_group_id: seen.endpoints_group.as_ref().map(|it| it.id.to_string()).into(),
            ..Self::new(subnets, tables.collect(), internet_gateway_id, nat_gateways, endpoints.collect())
        }
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
            interface_endpoint_ids: Value::Null,
            endpoints_security_group_id: Value::Null,
        }
    }

    /// The slots whose address is still unknown have an unknown gateway, too.
    pub(crate) fn forget_addresses(mut self, planned: &Vpc) -> Self {
        let Some(egress) = planned.egress.known() else { return self };
        if let (Value::Known(gateways), Value::Known(ips)) =
            (&mut self.nat_gateways, &mut self.nat_public_ips)
        {
            for (slot, gateway) in gateways.iter_mut().filter(|(slot, _)| egress::is_unknown(egress, slot)) {
                (gateway.allocation_id, gateway.public_ip) = (Value::Unknown, Value::Unknown);
                if egress.mode != Value::Known(Text(EgressMode::Regional)) {
                    gateway.id = Value::Unknown;
                }
                ips.insert(slot.clone(), Value::Unknown);
            }
        }
        self
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
        model.interface_endpoint_ids = self.interface_endpoint_ids;
        model.endpoints_security_group_id = self.endpoints_security_group_id;
    }
}

/// The gateways by slot; the regional one under each slot that it has an address for.
fn nat_gateways(seen: &Seen, wanted: impl Fn(&Nat) -> bool) -> BTreeMap<String, NatGateway> {
    let zones: BTreeMap<&AvailabilityZoneId, Slot> =
        seen.subnets.iter().map(|((_, slot), subnet)| (&subnet.zone, *slot)).collect();
    let mut gateways = BTreeMap::new();
    for (nat, it) in seen.nat_gateways.iter().filter(|(nat, _)| wanted(nat)) {
        let mut add = |slot: Slot, allocation: Option<&AllocationId>, public_ip: Option<Ipv4Addr>| {
            // What works no longer is replaced: its id is not one to keep.
            let works = matches!(it.state, NatGatewayState::Pending | NatGatewayState::Available);
            let gateway = NatGateway {
                id: works.then(|| it.id.to_string()).into(),
                allocation_id: allocation.map(ToString::to_string).into(),
                public_ip: public_ip.map(|ip| ip.to_string()).into(),
            };
            gateways.insert(slot.to_string(), gateway);
        };
        match nat {
            Nat::Zonal(slot) => {
                let address = seen.addresses.get(&Outlet::Zonal(*slot));
                let allocation = it.allocation.as_ref().or(address.map(|address| &address.id));
                add(*slot, allocation, it.public_ip.or(address.map(|address| address.public_ip)));
            }
            Nat::Regional => {
                for address in &it.zone_addresses {
                    if let Some(slot) = zones.get(&address.zone) {
                        add(*slot, Some(&address.allocation), address.public_ip);
                    }
                }
            }
        }
    }
    gateways
}
