//! IPv6 blocks, and the gateway that lets packets out only.

use super::*;

const BLOCK: &str =
    "<associationId>vpc-cidr-assoc-1</associationId><ipv6CidrBlock>2600:1F00:0:100::/56</ipv6CidrBlock>";

fn set(state: &str) -> String {
    format!("<item>{BLOCK}<ipv6CidrBlockState><state>{state}</state></ipv6CidrBlockState></item>")
}

#[tokio::test]
async fn the_block_of_a_vpc_is_told_when_it_can_be_used_and_in_one_form() {
    for (states, id, cidr) in [
        (&["associating"][..], Some("vpc-cidr-assoc-1"), None),
        (&["disassociated", "associated"], Some("vpc-cidr-assoc-1"), Some("2600:1f00:0:100::/56")),
        (&["disassociating"], None, None),
        (&[], None, None),
    ] {
        let set: String = states.iter().map(|state| set(state)).collect();
        let server = Server::new(move |_, _| {
            let vpc = format!("{VPC}<ipv6CidrBlockAssociationSet>{set}</ipv6CidrBlockAssociationSet>");
            success("DescribeVpcs", &format!("<vpcSet><item>{vpc}</item></vpcSet>"))
        });
        let vpc = network(&server).await.vpc(&"vpc-1".parse().unwrap()).await.unwrap().unwrap();
        let (expected, block) = (cidr.map(|it| it.parse().unwrap()), vpc.ipv6_block.as_ref());
        assert_eq!(block.map(|it| it.id.as_str()), id, "{states:?}");
        assert_eq!(block.and_then(|it| it.cidr), expected, "{states:?}");
    }
}

#[tokio::test]
async fn a_block_is_amazons_or_of_a_pool_and_asked_for_once() {
    for answer in lost() {
        let server = Server::new(move |_, _| answer());
        let network = network(&server).await;
        let (vpc, subnet) = (&"vpc-1".parse().unwrap(), &"subnet-1".parse().unwrap());
        let cidr = &"2600:1f00:0:101::/64".parse().unwrap();
        let results = [
            network.associate_ipv6_block(vpc, None).await,
            network.associate_ipv6_block(vpc, Some("ipam-pool-1")).await,
            network.associate_subnet_ipv6_block(subnet, cidr).await.map(drop),
        ];
        for result in results {
            assert_eq!(result.unwrap_err().kind, ErrorKind::Ambiguous);
        }
        let calls = server.calls();
        assert_eq!(calls.len(), 3);
        assert_eq!(calls[0]["AmazonProvidedIpv6CidrBlock"], "true");
        assert_eq!(
            (calls[1]["Ipv6IpamPoolId"].as_str(), calls[1]["Ipv6NetmaskLength"].as_str()),
            ("ipam-pool-1", "56")
        );
        assert_eq!(calls[2]["Ipv6CidrBlock"], "2600:1f00:0:101::/64");
    }
}

#[tokio::test]
async fn a_subnet_has_its_block_from_the_first_and_says_what_it_gives_out() {
    const SUBNET: &str = "<subnetId>subnet-1</subnetId><vpcId>vpc-1</vpcId><cidrBlock>10.0.0.0/19</cidrBlock>\
        <availabilityZoneId>euw1-az1</availabilityZoneId><assignIpv6AddressOnCreation>true</assignIpv6AddressOnCreation>\
        <enableDns64>true</enableDns64><ipv6CidrBlockAssociationSet><item><associationId>subnet-cidr-assoc-1</associationId>\
        <ipv6CidrBlock>2600:1f00:0:101::/64</ipv6CidrBlock><ipv6CidrBlockState><state>associating</state>\
        </ipv6CidrBlockState></item></ipv6CidrBlockAssociationSet>";
    let server = Server::new(|call, _| match call["Action"].as_str() {
        "CreateSubnet" => success("CreateSubnet", &format!("<subnet>{SUBNET}</subnet>")),
        "DisassociateSubnetCidrBlock" => refusal(400, "InvalidSubnetCidrBlockAssociationID.NotFound", "gone"),
        action => success(action, "<return>true</return>"),
    });
    let network = network(&server).await;
    let cidr = "2600:1f00:0:101::/64".parse().unwrap();
    let (vpc, zone) = (&"vpc-1".parse().unwrap(), &"euw1-az1".parse().unwrap());
    let ipv4 = &"10.0.0.0/19".parse().unwrap();
    let subnet = network.create_subnet(vpc, ipv4, Some(&cidr), zone, &tags()).await.unwrap();
    let block = subnet.ipv6_block.unwrap();
    assert_eq!((block.id.as_str(), block.cidr), ("subnet-cidr-assoc-1", cidr));
    assert!(subnet.ipv6_address_on_launch && subnet.dns64);
    network.set_ipv6_address_on_launch(&subnet.id, false).await.unwrap();
    network.set_dns64(&subnet.id, true).await.unwrap();
    // One that is gone already is taken away.
    network.disassociate_subnet_ipv6_block(&block.id).await.unwrap();
    let calls = server.calls();
    assert_eq!(calls[0]["Ipv6CidrBlock"], "2600:1f00:0:101::/64");
    assert_eq!(calls[1]["AssignIpv6AddressOnCreation.Value"], "false");
    assert_eq!(calls[2]["EnableDns64.Value"], "true");
    assert_eq!(calls[3]["AssociationId"], "subnet-cidr-assoc-1");
}

#[tokio::test]
async fn an_egress_only_gateway_is_made_with_its_token_and_tags() {
    const GATEWAY: &str = "<egressOnlyInternetGatewayId>eigw-1</egressOnlyInternetGatewayId><attachmentSet><item>\
        <state>attached</state><vpcId>vpc-1</vpcId></item></attachmentSet>";
    let gateway = |inside: &str| format!("{GATEWAY}{inside}");
    let server = Server::new(move |call, number| match call["Action"].as_str() {
        "CreateEgressOnlyInternetGateway" if number == 0 => Answer::HangUp,
        "CreateEgressOnlyInternetGateway" => success(
            "CreateEgressOnlyInternetGateway",
            &format!("<egressOnlyInternetGateway>{}</egressOnlyInternetGateway>", gateway(TAG_SET)),
        ),
        "DeleteEgressOnlyInternetGateway" => refusal(400, "InvalidGatewayID.NotFound", "does not exist"),
        // An emulator without filters answers those of others, too.
        _ => success(
            "DescribeEgressOnlyInternetGateways",
            &format!(
                "<egressOnlyInternetGatewaySet><item>{}</item><item>{}</item></egressOnlyInternetGatewaySet>",
                gateway(TAG_SET),
                gateway("")
            ),
        ),
    });
    let network = network(&server).await;
    let vpc = "vpc-1".parse().unwrap();
    let made = network.create_egress_only_internet_gateway(&vpc, &tags(), "token").await.unwrap();
    assert_eq!((made.id.as_str(), made.vpc.as_ref()), ("eigw-1", Some(&vpc)));
    assert_eq!(network.egress_only_internet_gateways(&tags()).await.unwrap(), std::slice::from_ref(&made));
    network.delete_egress_only_internet_gateway(&made.id).await.unwrap();
    let calls = server.calls();
    assert_eq!(calls[0]["ClientToken"], "token");
    assert_eq!(calls[1]["ClientToken"], "token");
    assert_eq!(calls[0]["TagSpecification.1.ResourceType"], "egress-only-internet-gateway");
}
