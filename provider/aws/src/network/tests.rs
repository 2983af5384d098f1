//! What is sent how often, and what is read from the answers.

mod controls;
mod egress;
mod interface_endpoints;
mod ipv6;

use super::*;
use crate::testing::{Answer, Call, Server, refusal, success};
use landform_cloud::ErrorKind;
use landform_model::ownership::ResourceKind;

async fn network(server: &Server) -> Ec2Network {
    Ec2Network::new(&server.environment().await.config)
}

fn tags() -> Tags {
    Tags::from([("landform:child".into(), "vpc".into()), ("landform:stack".into(), "prod/main".into())])
}

const TAG_SET: &str = "<tagSet><item><key>landform:child</key><value>vpc</value></item>\
                       <item><key>landform:stack</key><value>prod/main</value></item></tagSet>";

const VPC: &str = "<vpcId>vpc-1</vpcId><ownerId>111111111111</ownerId><state>pending</state>\
                   <cidrBlock>10.0.0.0/16</cidrBlock>";

fn flow_log() -> FlowLogSettings {
    FlowLogSettings {
        destination: "arn:aws:s3:::logs".parse().unwrap(),
        role: None,
        traffic: landform_model::network::FlowLogTraffic::All,
        aggregation_seconds: 600,
        format: "${srcaddr}".into(),
    }
}

fn https(cidr: &str) -> SecurityGroupRule {
    SecurityGroupRule {
        protocol: "tcp".into(),
        from_port: Some(443),
        to_port: Some(443),
        cidrs: vec![cidr.into()],
        groups: Vec::new(),
        prefix_lists: Vec::new(),
    }
}

/// Ways of AWS to leave a create in doubt.
fn lost() -> [fn() -> Answer; 3] {
    [
        || Answer::HangUp,
        || refusal(500, "InternalError", "An internal error has occurred"),
        || Answer::Http(503, "<html>down</html>".into()),
    ]
}

#[tokio::test]
async fn creates_without_a_token_are_sent_once_whatever_comes_back() {
    for answer in lost() {
        let server = Server::new(move |_, _| answer());
        let network = network(&server).await;
        let (vpc, table) = (&"vpc-1".parse().unwrap(), &"rtb-1".parse().unwrap());
        let cidr = &"10.0.0.0/16".parse().unwrap();
        let entry = NetworkAclEntry {
            direction: Direction::Ingress,
            number: 100,
            allow: true,
            protocol: "-1".into(),
            cidr: "0.0.0.0/0".into(),
            ports: None,
        };
        let target = RouteTarget::InternetGateway("igw-1".parse().unwrap());
        let association = &"rtbassoc-1".parse().unwrap();
        let results = [
            network.create_vpc(cidr, None, &tags()).await.map(drop),
            network.create_subnet(vpc, cidr, None, &"euw1-az1".parse().unwrap(), &tags()).await.map(drop),
            network.create_internet_gateway(&tags()).await.map(drop),
            network.allocate_address(&tags()).await.map(drop),
            network.create_route(table, &(*cidr).into(), &target).await,
            network.associate_route_table(table, &"subnet-1".parse().unwrap()).await.map(drop),
            network.replace_route_table_association(association, table).await.map(drop),
            network.create_network_acl_entry(&"acl-1".parse().unwrap(), &entry).await,
            network.create_dhcp_options(&DhcpSettings::default(), &tags()).await.map(drop),
            network.create_security_group(vpc, "main-endpoints", "HTTPS", &tags()).await.map(drop),
            network
                .authorize_rules(&"sg-1".parse().unwrap(), Direction::Ingress, &[https("10.0.0.0/16")])
                .await,
            network
                .associate_nat_gateway_address(
                    &"nat-1".parse().unwrap(),
                    &"euw1-az1".parse().unwrap(),
                    &"eipalloc-1".parse().unwrap(),
                )
                .await,
        ];
        for result in &results {
            assert_eq!(result.as_ref().unwrap_err().kind, ErrorKind::Ambiguous);
        }
        assert_eq!(
            server.actions(),
            [
                "CreateVpc",
                "CreateSubnet",
                "CreateInternetGateway",
                "AllocateAddress",
                "CreateRoute",
                "AssociateRouteTable",
                "ReplaceRouteTableAssociation",
                "CreateNetworkAclEntry",
                "CreateDhcpOptions",
                "CreateSecurityGroup",
                "AuthorizeSecurityGroupIngress",
                "AssociateNatGatewayAddress"
            ]
        );
    }
}

#[tokio::test]
async fn a_throttled_create_without_a_token_is_sent_once_and_known_as_not_executed() {
    let server = Server::new(|_, _| refusal(503, "RequestLimitExceeded", "Request limit exceeded."));
    let error = network(&server).await.create_internet_gateway(&tags()).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Throttled);
    assert_eq!(server.actions(), ["CreateInternetGateway"]);
}

#[tokio::test]
async fn creates_with_a_token_are_sent_again_with_the_same_token() {
    for answer in lost() {
        let server = Server::new(move |call, number| match (call["Action"].as_str(), number) {
            (_, 0) => answer(),
            ("CreateNatGateway", _) => success(
                "CreateNatGateway",
                "<natGateway><natGatewayId>nat-1</natGatewayId><vpcId>vpc-1</vpcId><subnetId>subnet-1</subnetId>\
                 <state>pending</state></natGateway>",
            ),
            ("CreateVpcEndpoint", _) => success(
                "CreateVpcEndpoint",
                "<vpcEndpoint><vpcEndpointId>vpce-1</vpcEndpointId><vpcId>vpc-1</vpcId><state>available</state>\
                 <serviceName>com.amazonaws.eu-west-1.s3</serviceName></vpcEndpoint>",
            ),
            ("CreateFlowLogs", _) => {
                success("CreateFlowLogs", "<flowLogIdSet><item>fl-1</item></flowLogIdSet>")
            }
            _ => success(
                "CreateRouteTable",
                "<routeTable><routeTableId>rtb-1</routeTableId><vpcId>vpc-1</vpcId></routeTable>",
            ),
        });
        let network = network(&server).await;
        let (subnet, allocation) = (&"subnet-1".parse().unwrap(), &"eipalloc-1".parse().unwrap());
        let gateway = network.create_nat_gateway(subnet, allocation, &tags(), "token-1").await.unwrap();
        assert_eq!((gateway.id.as_str(), gateway.state), ("nat-1", NatGatewayState::Pending));
        network.create_route_table(&"vpc-1".parse().unwrap(), &tags(), "token-2").await.unwrap();
        let (vpc, tables) = (&"vpc-1".parse().unwrap(), &["rtb-1".parse().unwrap()]);
        let (service, policy) = ("com.amazonaws.eu-west-1.s3", &PolicyJson::full_access());
        network.create_gateway_endpoint(vpc, service, tables, policy, &tags(), "token-3").await.unwrap();
        let settings = flow_log();
        let log = network.create_flow_log(vpc, &settings, &tags(), "token-4").await.unwrap();
        assert_eq!(log.as_str(), "fl-1");

        let sent: Vec<_> =
            server.calls().iter().map(|call| (call["Action"].clone(), call["ClientToken"].clone())).collect();
        let expected = [
            ("CreateNatGateway", "token-1"),
            ("CreateNatGateway", "token-1"),
            ("CreateRouteTable", "token-2"),
            ("CreateRouteTable", "token-2"),
            ("CreateVpcEndpoint", "token-3"),
            ("CreateVpcEndpoint", "token-3"),
            ("CreateFlowLogs", "token-4"),
            ("CreateFlowLogs", "token-4"),
        ];
        assert_eq!(sent, expected.map(|(action, token)| (action.to_owned(), token.to_owned())));
    }
}

#[tokio::test]
async fn reads_and_deletes_are_sent_again() {
    for answer in lost() {
        let server = Server::new(move |call, number| match (call["Action"].as_str(), number) {
            (_, 0) => answer(),
            ("DeleteVpc", _) => success("DeleteVpc", "<return>true</return>"),
            _ => success("DescribeVpcs", "<vpcSet/>"),
        });
        let network = network(&server).await;
        network.delete_vpc(&"vpc-1".parse().unwrap()).await.unwrap();
        assert_eq!(network.vpcs(&tags()).await.unwrap(), []);
        assert_eq!(server.actions(), ["DeleteVpc", "DeleteVpc", "DescribeVpcs", "DescribeVpcs"]);
    }
}

#[tokio::test]
async fn a_create_carries_its_tags_and_a_list_read_filters_by_them() {
    let server = Server::new(|call, _| match call["Action"].as_str() {
        "CreateVpc" => success("CreateVpc", &format!("<vpc>{VPC}{TAG_SET}</vpc>")),
        _ => success("DescribeVpcs", &format!("<vpcSet><item>{VPC}{TAG_SET}</item></vpcSet>")),
    });
    let network = network(&server).await;
    let vpc = network.create_vpc(&"10.0.0.0/16".parse().unwrap(), None, &tags()).await.unwrap();
    assert_eq!((vpc.id.as_str(), vpc.available, &vpc.tags), ("vpc-1", false, &tags()));
    assert_eq!(network.vpcs(&tags()).await.unwrap(), [vpc]);

    let fields = |call: &Call, prefix: &str| {
        let fields = call.iter().filter(|(name, _)| name.starts_with(prefix));
        fields.map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>()
    };
    let calls = server.calls();
    assert_eq!(
        fields(&calls[0], "TagSpecification"),
        [
            "TagSpecification.1.ResourceType=vpc",
            "TagSpecification.1.Tag.1.Key=landform:child",
            "TagSpecification.1.Tag.1.Value=vpc",
            "TagSpecification.1.Tag.2.Key=landform:stack",
            "TagSpecification.1.Tag.2.Value=prod/main"
        ]
    );
    assert_eq!(
        fields(&calls[1], "Filter"),
        [
            "Filter.1.Name=tag:landform:child",
            "Filter.1.Value.1=vpc",
            "Filter.2.Name=tag:landform:stack",
            "Filter.2.Value.1=prod/main"
        ]
    );
}

#[tokio::test]
async fn all_pages_are_read() {
    let server = Server::new(|call, number| {
        assert_eq!(call.get("NextToken").cloned(), (number > 0).then(|| format!("page-{number}")));
        assert_eq!(call["MaxResults"], "1000");
        let next =
            if number < 2 { format!("<nextToken>page-{}</nextToken>", number + 1) } else { String::new() };
        let gateway = format!("<internetGatewayId>igw-{number}</internetGatewayId>{TAG_SET}");
        success(
            "DescribeInternetGateways",
            &format!("<internetGatewaySet><item>{gateway}</item></internetGatewaySet>{next}"),
        )
    });
    let found = network(&server).await.internet_gateways(&tags()).await.unwrap();
    let ids: Vec<_> = found.iter().map(|gateway| gateway.id.as_str()).collect();
    assert_eq!(ids, ["igw-0", "igw-1", "igw-2"]);
}

/// A read without tags is of everybody's objects: one that the ports have no words for keeps nobody from reading the others.
#[tokio::test]
async fn what_cannot_be_read_is_an_error_only_where_it_is_ours() {
    const SUBNETS: &str = "<subnetSet><item><subnetId>subnet-1</subnetId><vpcId>vpc-1</vpcId><cidrBlock>10.0.0.0/24</cidrBlock>\
        <availabilityZoneId>use1-bos1-az1!</availabilityZoneId></item><item><subnetId>subnet-2</subnetId><vpcId>vpc-1</vpcId>\
        <cidrBlock>10.0.1.0/24</cidrBlock><availabilityZoneId>use1-az1</availabilityZoneId></item></subnetSet>";
    const LOGS: &str =
        "<flowLogSet><item><flowLogId>fl-1</flowLogId><resourceId>eni-1</resourceId></item></flowLogSet>";
    let server = Server::new(|call, _| match call["Action"].as_str() {
        "DescribeSubnets" => success("DescribeSubnets", SUBNETS),
        _ => success("DescribeFlowLogs", LOGS),
    });
    let network = network(&server).await;
    let subnets = network.subnets(&Tags::new()).await.unwrap();
    assert_eq!(subnets.iter().map(|subnet| subnet.id.as_str()).collect::<Vec<_>>(), ["subnet-2"]);
    assert_eq!(network.flow_logs(&Tags::new()).await.unwrap(), []);

    let ours = SUBNETS.replace("<vpcId>", &format!("{TAG_SET}<vpcId>"));
    let server = Server::new(move |_, _| success("DescribeSubnets", &ours));
    let error =
        super::Ec2Network::new(&server.environment().await.config).subnets(&tags()).await.unwrap_err();
    assert!(error.to_string().contains("availabilityZoneId"), "{error}");
}

#[tokio::test]
async fn what_only_matches_by_wildcard_is_not_found() {
    let server =
        Server::new(|_, _| success("DescribeVpcs", &format!("<vpcSet><item>{VPC}{TAG_SET}</item></vpcSet>")));
    let wanted = Tags::from([("landform:stack".into(), "prod/*".into())]);
    assert_eq!(network(&server).await.vpcs(&wanted).await.unwrap(), []);
}

fn owner() -> Owner {
    Owner { stack: "prod/main".parse().unwrap(), kind: ResourceKind::VPC, name: "main".parse().unwrap() }
}

fn tag_item(id: &str, kind: &str, key: &str, value: &str) -> String {
    format!(
        "<item><resourceId>{id}</resourceId><resourceType>{kind}</resourceType><key>{key}</key>\
         <value>{value}</value></item>"
    )
}

#[tokio::test]
async fn owned_objects_have_the_resource_tag_and_the_stack_tag() {
    let server = Server::new(|call, _| {
        let items = match call["Filter.1.Value.1"].as_str() {
            "landform:resource" => [
                tag_item("vpc-1", "vpc", "landform:resource", "vpc/main"),
                tag_item("subnet-1", "subnet", "landform:resource", "vpc/main"),
                tag_item("vpc-2", "vpc", "landform:resource", "vpc/main"),
            ]
            .concat(),
            "landform:stack" => {
                assert_eq!(call["Filter.3.Name"], "resource-id");
                assert_eq!(call["Filter.3.Value.3"], "vpc-2");
                [
                    tag_item("vpc-1", "vpc", "landform:stack", "prod/main"),
                    tag_item("subnet-1", "subnet", "landform:stack", "prod/main"),
                ]
                .concat()
            }
            other => panic!("not a filter of owned(): {other}"),
        };
        success("DescribeTags", &format!("<tagSet>{items}</tagSet>"))
    });
    let found = network(&server).await.owned(&owner()).await.unwrap();
    let expected = [("subnet-1", "subnet"), ("vpc-1", "vpc")];
    assert_eq!(found, expected.map(|(id, kind)| OwnedObject { id: id.into(), kind: kind.into() }));
}

#[tokio::test]
async fn what_any_stack_owns_is_listed_with_its_ownership_tags() {
    let server = Server::new(|call, _| {
        assert_eq!(call["Filter.1.Name"], "key");
        assert_eq!(call["Filter.1.Value.3"], "landform:stack");
        let items = [
            tag_item("vpc-1", "vpc", "landform:resource", "vpc/main"),
            tag_item("eipalloc-1", "elastic-ip", "landform:stack", "dev/other"),
            tag_item("vpc-1", "vpc", "landform:stack", "prod/main"),
        ];
        success("DescribeTags", &format!("<tagSet>{}</tagSet>", items.concat()))
    });
    let found = network(&server).await.all_owned().await.unwrap();
    let tags = |tags: &[(&str, &str)]| -> Tags {
        tags.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    };
    let object = |id: &str, kind: &str| OwnedObject { id: id.into(), kind: kind.into() };
    let expected = [
        (object("eipalloc-1", "elastic-ip"), tags(&[("landform:stack", "dev/other")])),
        (object("vpc-1", "vpc"), tags(&[("landform:resource", "vpc/main"), ("landform:stack", "prod/main")])),
    ];
    assert_eq!(found, expected);
    assert_eq!(server.actions(), ["DescribeTags"]);
}

#[tokio::test]
async fn nothing_owned_is_found_out_by_one_read() {
    let server = Server::new(|_, _| success("DescribeTags", "<tagSet/>"));
    assert_eq!(network(&server).await.owned(&owner()).await.unwrap(), []);
    assert_eq!(server.actions(), ["DescribeTags"]);
}

#[tokio::test]
async fn deleting_what_is_gone_is_done_and_what_is_in_use_is_not() {
    let server = Server::new(|call, _| match call["Action"].as_str() {
        "DeleteVpc" => refusal(400, "InvalidVpcID.NotFound", "The vpc ID 'vpc-1' does not exist"),
        "DetachInternetGateway" => refusal(400, "Gateway.NotAttached", "resource igw-1 is not attached"),
        "DeleteRoute" => refusal(400, "InvalidRoute.NotFound", "no route with destination-cidr-block"),
        _ => refusal(400, "DependencyViolation", "The subnet 'subnet-1' has dependencies"),
    });
    let network = network(&server).await;
    let (vpc, gateway) = (&"vpc-1".parse().unwrap(), &"igw-1".parse().unwrap());
    network.delete_vpc(vpc).await.unwrap();
    network.detach_internet_gateway(gateway, vpc).await.unwrap();
    network.delete_route(&"rtb-1".parse().unwrap(), &"0.0.0.0/0".parse().unwrap()).await.unwrap();
    let error = network.delete_subnet(&"subnet-1".parse().unwrap()).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::InUse);
}

#[tokio::test]
async fn attaching_is_done_only_when_it_is_this_vpc_that_is_attached() {
    let server = Server::new(|call, _| match call["Action"].as_str() {
        "AttachInternetGateway" => {
            refusal(400, "Resource.AlreadyAssociated", "resource igw-1 is already attached")
        }
        _ => success(
            "DescribeInternetGateways",
            "<internetGatewaySet><item><internetGatewayId>igw-1</internetGatewayId><attachmentSet><item>\
             <vpcId>vpc-1</vpcId><state>available</state></item></attachmentSet></item></internetGatewaySet>",
        ),
    });
    let network = network(&server).await;
    let gateway = &"igw-1".parse().unwrap();
    network.attach_internet_gateway(gateway, &"vpc-1".parse().unwrap()).await.unwrap();
    let error = network.attach_internet_gateway(gateway, &"vpc-2".parse().unwrap()).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::AlreadyExists);
}

#[tokio::test]
async fn an_address_that_is_no_longer_ours_is_released() {
    for (left, released) in [
        ("", true),
        ("<item><allocationId>eipalloc-1</allocationId><publicIp>198.51.100.7</publicIp></item>", false),
    ] {
        let server = Server::new(move |call, _| match call["Action"].as_str() {
            "ReleaseAddress" => refusal(400, "AuthFailure", "The address does not belong to you."),
            _ => success("DescribeAddresses", &format!("<addressesSet>{left}</addressesSet>")),
        });
        let result = network(&server).await.release_address(&"eipalloc-1".parse().unwrap()).await;
        assert_eq!(result.is_ok(), released);
    }
}

#[tokio::test]
async fn rules_that_are_out_already_do_not_keep_the_others_in() {
    let server = Server::new(|call, _| {
        let missing = call.values().any(|value| value == "10.1.0.0/16");
        match missing {
            true => refusal(400, "InvalidPermission.NotFound", "The specified rule does not exist"),
            false => success("RevokeSecurityGroupIngress", "<return>true</return>"),
        }
    });
    let rule = |cidr: &str| SecurityGroupRule {
        protocol: "-1".into(),
        from_port: None,
        to_port: None,
        cidrs: vec![cidr.into()],
        groups: Vec::new(),
        prefix_lists: Vec::new(),
    };
    let rules = [rule("10.1.0.0/16"), rule("10.2.0.0/16")];
    network(&server).await.revoke_rules(&"sg-1".parse().unwrap(), Direction::Ingress, &rules).await.unwrap();
    let sent: Vec<_> =
        server.calls().iter().map(|call| call.values().filter(|v| v.ends_with("/16")).count()).collect();
    assert_eq!(sent, [2, 1, 1]);
}

#[tokio::test]
async fn removing_no_keys_sends_nothing() {
    let server = Server::new(|_, _| success("DeleteTags", "<return>true</return>"));
    let network = network(&server).await;
    // Sent without keys, the call would remove every tag.
    network.remove_tags(&["vpc-1".to_owned()], &[]).await.unwrap();
    network.set_tags(&[], &tags()).await.unwrap();
    assert!(server.calls().is_empty());
    network.remove_tags(&["vpc-1".to_owned()], &["Name".to_owned()]).await.unwrap();
    assert_eq!(server.calls()[0]["Tag.1.Key"], "Name");
    assert_eq!(server.calls()[0].get("Tag.1.Value"), None);
}

#[tokio::test]
async fn a_refusal_inside_a_successful_answer_is_an_error_and_an_endpoint_that_is_gone_is_none() {
    let item = |code: &str| {
        format!(
            "<unsuccessful><item><resourceId>vpce-1</resourceId><error><code>{code}</code>\
             <message>no</message></error></item></unsuccessful>"
        )
    };
    let server = Server::new(move |_, number| {
        let code = if number == 0 { "DependencyViolation" } else { "InvalidVpcEndpoint.NotFound" };
        success("DeleteVpcEndpoints", &item(code))
    });
    let network = network(&server).await;
    let endpoint = &"vpce-1".parse().unwrap();
    let error = network.delete_vpc_endpoint(endpoint).await.unwrap_err();
    assert_eq!((error.kind, error.code.as_deref()), (ErrorKind::InUse, Some("DependencyViolation")));
    network.delete_vpc_endpoint(endpoint).await.unwrap();

    let server = Server::new(move |call, _| match call["Action"].as_str() {
        "DeleteFlowLogs" => success("DeleteFlowLogs", &item("InvalidFlowLogId.NotFound")),
        _ => success("CreateFlowLogs", &item("FlowLogAlreadyExists")),
    });
    let network = super::Ec2Network::new(&server.environment().await.config);
    network.delete_flow_log(&"fl-1".parse().unwrap()).await.unwrap();
    let settings = flow_log();
    let made = network.create_flow_log(&"vpc-1".parse().unwrap(), &settings, &tags(), "token").await;
    assert_eq!(made.unwrap_err().kind, ErrorKind::AlreadyExists);
}
