//! Routes in a route table.

use super::gone_is_done;
use crate::answer::parsed;
use crate::{error, retry};
use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{self, RouteState};
use landform_cloud::id::RouteTableId;
use landform_cloud::network::{Route, RouteTarget};
use landform_cloud::{CloudError, ErrorKind, Result};
use landform_model::network::RouteDestination;
use landform_model::{Ipv6Cidr, Ipv6CidrError};

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateRoute.html>: takes no token.
pub(super) async fn create(
    client: &Client,
    table: &RouteTableId,
    destination: &RouteDestination,
    target: &RouteTarget,
) -> Result<()> {
    const OPERATION: &str = "CreateRoute";
    let to = TargetFields::of(OPERATION, target)?;
    let destination = DestinationFields::of(destination);
    let call = client
        .create_route()
        .route_table_id(table.as_str())
        .set_destination_cidr_block(destination.ipv4)
        .set_destination_ipv6_cidr_block(destination.ipv6)
        .set_destination_prefix_list_id(destination.prefix_list)
        .set_gateway_id(to.gateway)
        .set_nat_gateway_id(to.nat_gateway)
        .set_transit_gateway_id(to.transit_gateway)
        .set_vpc_peering_connection_id(to.peering)
        .set_network_interface_id(to.interface)
        .set_vpc_endpoint_id(to.endpoint)
        .set_egress_only_internet_gateway_id(to.egress_only)
        .set_instance_id(to.instance)
        .customize()
        .config_override(retry::no_resend());
    call.send().await.map(drop).map_err(error::of(OPERATION))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReplaceRoute.html>: may be sent again.
pub(super) async fn replace(
    client: &Client,
    table: &RouteTableId,
    destination: &RouteDestination,
    target: &RouteTarget,
) -> Result<()> {
    const OPERATION: &str = "ReplaceRoute";
    let to = TargetFields::of(OPERATION, target)?;
    let destination = DestinationFields::of(destination);
    let call = client
        .replace_route()
        .route_table_id(table.as_str())
        .set_destination_cidr_block(destination.ipv4)
        .set_destination_ipv6_cidr_block(destination.ipv6)
        .set_destination_prefix_list_id(destination.prefix_list)
        .set_gateway_id(to.gateway)
        .set_nat_gateway_id(to.nat_gateway)
        .set_transit_gateway_id(to.transit_gateway)
        .set_vpc_peering_connection_id(to.peering)
        .set_network_interface_id(to.interface)
        .set_vpc_endpoint_id(to.endpoint)
        .set_egress_only_internet_gateway_id(to.egress_only)
        .set_instance_id(to.instance);
    call.send().await.map(drop).map_err(error::of(OPERATION))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteRoute.html>
pub(super) async fn delete(
    client: &Client,
    table: &RouteTableId,
    destination: &RouteDestination,
) -> Result<()> {
    let destination = DestinationFields::of(destination);
    let call = client
        .delete_route()
        .route_table_id(table.as_str())
        .set_destination_cidr_block(destination.ipv4)
        .set_destination_ipv6_cidr_block(destination.ipv6)
        .set_destination_prefix_list_id(destination.prefix_list);
    gone_is_done(call.send().await.map(drop).map_err(error::of("DeleteRoute")))
}

/// The field of the call that a destination belongs in.
#[derive(Debug, Default, PartialEq, Eq)]
struct DestinationFields {
    ipv4: Option<String>,
    ipv6: Option<String>,
    prefix_list: Option<String>,
}

impl DestinationFields {
    fn of(destination: &RouteDestination) -> Self {
        let text = Some(destination.to_string());
        match destination {
            RouteDestination::Ipv4(_) => Self { ipv4: text, ..Self::default() },
            RouteDestination::Ipv6(_) => Self { ipv6: text, ..Self::default() },
            RouteDestination::PrefixList(_) => Self { prefix_list: text, ..Self::default() },
        }
    }
}

/// The field of the call that a target belongs in.
#[derive(Debug, Default, PartialEq, Eq)]
struct TargetFields {
    gateway: Option<String>,
    nat_gateway: Option<String>,
    transit_gateway: Option<String>,
    peering: Option<String>,
    interface: Option<String>,
    egress_only: Option<String>,
    endpoint: Option<String>,
    instance: Option<String>,
}

impl TargetFields {
    fn of(operation: &'static str, target: &RouteTarget) -> Result<Self> {
        let none = Self::default();
        let id = Some(target.to_string());
        let other = match target {
            RouteTarget::InternetGateway(_) => return Ok(Self { gateway: id, ..none }),
            RouteTarget::NatGateway(_) => return Ok(Self { nat_gateway: id, ..none }),
            RouteTarget::EgressOnlyInternetGateway(_) => return Ok(Self { egress_only: id, ..none }),
            RouteTarget::Other(other) => other,
        };
        match other.split_once('-').map_or("", |(kind, _)| kind) {
            "vgw" => Ok(Self { gateway: id, ..none }),
            "tgw" => Ok(Self { transit_gateway: id, ..none }),
            "pcx" => Ok(Self { peering: id, ..none }),
            "eni" => Ok(Self { interface: id, ..none }),
            "vpce" => Ok(Self { endpoint: id, ..none }),
            "i" => Ok(Self { instance: id, ..none }),
            _ => {
                let message = format!("\"{other}\" is not something that a route can be sent to");
                Err(CloudError::new(ErrorKind::Invalid, operation, message))
            }
        }
    }
}

/// None for the local routes, which every table has, and for those that lead to a gateway endpoint, which come and go with it.
pub(super) fn route_of(operation: &'static str, route: &types::Route) -> Result<Option<Route>> {
    if route.gateway_id() == Some("local") {
        return Ok(None);
    }
    let Some(destination) = destination_of(operation, route)? else { return Ok(None) };
    let to_an_endpoint = route.gateway_id().is_some_and(|id| id.starts_with("vpce-"));
    if to_an_endpoint && matches!(destination, RouteDestination::PrefixList(_)) {
        return Ok(None);
    }
    Ok(Some(Route {
        destination,
        target: target_of(operation, route)?,
        active: route.state() != Some(&RouteState::Blackhole),
    }))
}

fn destination_of(operation: &'static str, route: &types::Route) -> Result<Option<RouteDestination>> {
    fn given(text: Option<&str>) -> Option<&str> {
        text.filter(|text| !text.is_empty())
    }
    if let Some(block) = given(route.destination_cidr_block()) {
        return Ok(Some(RouteDestination::Ipv4(parsed(operation, "destinationCidrBlock", Some(block))?)));
    }
    if let Some(block) = given(route.destination_ipv6_cidr_block()) {
        return Ok(Some(RouteDestination::Ipv6(ipv6_block(operation, "destinationIpv6CidrBlock", block)?)));
    }
    let list = given(route.destination_prefix_list_id());
    let list = list.map(|id| parsed(operation, "destinationPrefixListId", Some(id)));
    Ok(list.transpose()?.map(RouteDestination::PrefixList))
}

/// An IPv6 block in whichever form AWS writes it.
pub(super) fn ipv6_block(operation: &'static str, field: &'static str, text: &str) -> Result<Ipv6Cidr> {
    match text.parse::<Ipv6Cidr>() {
        Err(Ipv6CidrError::NotCanonical { canonical, .. }) => Ok(canonical),
        _ => parsed(operation, field, Some(text)),
    }
}

fn target_of(operation: &'static str, route: &types::Route) -> Result<RouteTarget> {
    if let Some(id) = route.gateway_id().filter(|id| id.starts_with("igw-")) {
        return Ok(RouteTarget::InternetGateway(parsed(operation, "gatewayId", Some(id))?));
    }
    if let Some(id) = route.nat_gateway_id() {
        return Ok(RouteTarget::NatGateway(parsed(operation, "natGatewayId", Some(id))?));
    }
    if let Some(id) = route.egress_only_internet_gateway_id() {
        let id = parsed(operation, "egressOnlyInternetGatewayId", Some(id))?;
        return Ok(RouteTarget::EgressOnlyInternetGateway(id));
    }
    let others = [
        route.gateway_id(),
        route.transit_gateway_id(),
        route.vpc_peering_connection_id(),
        // A route to a network interface names the instance that has it, too; the interface is what was asked for.
        route.network_interface_id(),
        route.instance_id(),
        route.local_gateway_id(),
        route.carrier_gateway_id(),
        route.core_network_arn(),
        route.odb_network_arn(),
    ];
    // AWS invents new targets; one we cannot name is still not ours, which is what the caller must know.
    let other =
        others.into_iter().flatten().find(|id| !id.is_empty()).unwrap_or("a target of an unknown kind");
    Ok(RouteTarget::Other(other.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_goes_into_the_field_of_its_kind() {
        let fields = |target: &RouteTarget| TargetFields::of("CreateRoute", target);
        let other = |id: &str| RouteTarget::Other(id.to_owned());
        let none = TargetFields::default;
        assert_eq!(
            fields(&RouteTarget::InternetGateway("igw-1".parse().unwrap())).unwrap(),
            TargetFields { gateway: Some("igw-1".into()), ..none() }
        );
        assert_eq!(
            fields(&RouteTarget::NatGateway("nat-1".parse().unwrap())).unwrap(),
            TargetFields { nat_gateway: Some("nat-1".into()), ..none() }
        );
        assert_eq!(
            fields(&other("vpce-1")).unwrap(),
            TargetFields { endpoint: Some("vpce-1".into()), ..none() }
        );
        assert_eq!(
            fields(&other("tgw-1")).unwrap(),
            TargetFields { transit_gateway: Some("tgw-1".into()), ..none() }
        );
        assert_eq!(fields(&other("vpn-1")).unwrap_err().kind, ErrorKind::Invalid);
    }

    #[test]
    fn local_routes_and_those_of_gateway_endpoints_are_not_routes_of_the_port() {
        let read =
            |route: types::builders::RouteBuilder| route_of("DescribeRouteTables", &route.build()).unwrap();
        let route = || types::Route::builder();
        assert_eq!(read(route().destination_cidr_block("10.0.0.0/16").gateway_id("local")), None);
        assert_eq!(read(route().destination_ipv6_cidr_block("2001:db8::/56").gateway_id("local")), None);
        assert_eq!(read(route().destination_prefix_list_id("pl-1").gateway_id("vpce-1")), None);
        assert_eq!(read(route().gateway_id("igw-1")), None);
        let gone = read(
            route().destination_cidr_block("0.0.0.0/0").nat_gateway_id("nat-1").state(RouteState::Blackhole),
        )
        .unwrap();
        assert_eq!(gone.target, RouteTarget::NatGateway("nat-1".parse().unwrap()));
        assert!(!gone.active);
        let interface = route().destination_cidr_block("10.8.0.0/16").network_interface_id("eni-1");
        let attached = read(interface.instance_id("i-1")).unwrap();
        assert_eq!(attached.target, RouteTarget::Other("eni-1".into()));
        let other = read(route().destination_cidr_block("10.9.0.0/16").transit_gateway_id("tgw-1")).unwrap();
        assert_eq!(other.target, RouteTarget::Other("tgw-1".into()));
        assert!(other.active);
    }

    #[test]
    fn a_destination_goes_into_the_field_of_its_kind_and_comes_out_of_it() {
        for text in ["10.9.0.0/16", "2001:db8::/32", "pl-1"] {
            let destination: RouteDestination = text.parse().unwrap();
            let fields = DestinationFields::of(&destination);
            assert_eq!([&fields.ipv4, &fields.ipv6, &fields.prefix_list].into_iter().flatten().count(), 1);
            let route = types::Route::builder()
                .set_destination_cidr_block(fields.ipv4)
                .set_destination_ipv6_cidr_block(fields.ipv6)
                .set_destination_prefix_list_id(fields.prefix_list)
                .transit_gateway_id("tgw-1");
            let read = route_of("DescribeRouteTables", &route.build()).unwrap().unwrap();
            assert_eq!(read.destination, destination);
        }
        let block =
            ipv6_block("DescribeRouteTables", "destinationIpv6CidrBlock", "2001:DB8:0:0::/32").unwrap();
        assert_eq!(block.to_string(), "2001:db8::/32");
        assert!(ipv6_block("DescribeRouteTables", "destinationIpv6CidrBlock", "10.0.0.0/8").is_err());
    }
}
