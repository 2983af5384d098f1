//! NAT gateways in all zones.

use super::*;

/// moto knows no regional NAT gateways: here is what is sent, and what is read.
#[tokio::test]
async fn a_regional_nat_gateway_has_an_address_in_each_zone() {
    const GATEWAY: &str = "<natGatewayId>nat-1</natGatewayId><vpcId>vpc-1</vpcId><state>available</state>\
        <availabilityMode>regional</availabilityMode><natGatewayAddressSet><item><allocationId>eipalloc-1</allocationId>\
        <associationId>eipassoc-1</associationId><publicIp>198.51.100.7</publicIp><status>succeeded</status>\
        <availabilityZoneId>euw1-az1</availabilityZoneId></item><item><allocationId>eipalloc-2</allocationId>\
        <status>failed</status><failureMessage>no luck</failureMessage>\
        <availabilityZoneId>euw1-az2</availabilityZoneId></item></natGatewayAddressSet>";
    let server = Server::new(|call, _| match call["Action"].as_str() {
        "CreateNatGateway" => success("CreateNatGateway", &format!("<natGateway>{GATEWAY}</natGateway>")),
        "DisassociateNatGatewayAddress" => {
            refusal(400, "InvalidAssociationID.NotFound", "The association does not exist")
        }
        _ => success("AssociateNatGatewayAddress", "<natGatewayId>nat-1</natGatewayId>"),
    });
    let network = network(&server).await;
    let zone = |zone: &str, id: &str| (zone.parse().unwrap(), id.parse().unwrap());
    let zones = [zone("euw1-az1", "eipalloc-1"), zone("euw1-az2", "eipalloc-2")];
    let vpc = &"vpc-1".parse().unwrap();
    let gateway = network.create_regional_nat_gateway(vpc, &zones, &tags(), "token").await.unwrap();
    assert_eq!((gateway.subnet, gateway.allocation), (None, Some("eipalloc-1".parse().unwrap())));
    let states: Vec<_> = gateway.zone_addresses.iter().map(|it| it.state.clone()).collect();
    assert_eq!(states, [ZoneAddressState::Associated, ZoneAddressState::Failed("no luck".into())]);
    assert_eq!(gateway.zone_addresses[0].association.as_ref().unwrap().as_str(), "eipassoc-1");
    let (zone, allocation) = &zones[1];
    network.associate_nat_gateway_address(&gateway.id, zone, allocation).await.unwrap();
    // One that is gone already is taken away.
    let association = &"eipassoc-1".parse().unwrap();
    network.disassociate_nat_gateway_address(&gateway.id, association).await.unwrap();
    let calls = server.calls();
    for (field, value) in [
        ("AvailabilityMode", "regional"),
        ("VpcId", "vpc-1"),
        ("AvailabilityZoneAddress.2.AvailabilityZoneId", "euw1-az2"),
        ("AvailabilityZoneAddress.2.AllocationId.1", "eipalloc-2"),
        ("ClientToken", "token"),
    ] {
        assert_eq!(calls[0].get(field).map(String::as_str), Some(value), "{field}: {:?}", calls[0]);
    }
    assert!(!calls[0].contains_key("SubnetId"));
    assert_eq!(calls[1]["AvailabilityZoneId"], "euw1-az2");
    assert_eq!(calls[2]["AssociationId.1"], "eipassoc-1");
}
