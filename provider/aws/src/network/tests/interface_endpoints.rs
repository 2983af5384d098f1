//! Interface endpoints and the rules of their group.

use super::*;

#[tokio::test]
async fn an_interface_endpoint_is_made_and_changed_with_all_that_it_has() {
    const ENDPOINT: &str = "<vpcEndpoint><vpcEndpointId>vpce-1</vpcEndpointId><vpcId>vpc-1</vpcId><state>pending</state>\
        <serviceName>com.amazonaws.eu-west-1.ssm</serviceName><privateDnsEnabled>true</privateDnsEnabled>\
        <subnetIdSet><item>subnet-1</item></subnetIdSet><groupSet><item><groupId>sg-1</groupId></item></groupSet></vpcEndpoint>";
    let server = Server::new(|call, _| match call["Action"].as_str() {
        "CreateVpcEndpoint" => success("CreateVpcEndpoint", ENDPOINT),
        _ => success("ModifyVpcEndpoint", "<return>true</return>"),
    });
    let network = network(&server).await;
    let (subnet, group): (SubnetId, SecurityGroupId) = ("subnet-1".parse().unwrap(), "sg-1".parse().unwrap());
    let settings = InterfaceEndpointSettings {
        subnets: vec![subnet.clone()],
        security_groups: vec![group.clone()],
        policy: None,
        private_dns: true,
    };
    let (vpc, service) = (&"vpc-1".parse().unwrap(), "com.amazonaws.eu-west-1.ssm");
    let made = network.create_interface_endpoint(vpc, service, &settings, &tags(), "token").await.unwrap();
    assert_eq!((made.state, made.private_dns), (VpcEndpointState::Pending, true));
    assert_eq!((made.subnets, made.security_groups), (vec![subnet.clone()], vec![group.clone()]));
    let change = InterfaceEndpointChange {
        policy: Some(PolicyChange::Reset),
        remove_subnets: vec![subnet],
        add_security_groups: vec![group],
        private_dns: Some(false),
        ..Default::default()
    };
    network.modify_interface_endpoint(&made.id, &change).await.unwrap();
    let calls = server.calls();
    for (call, field, value) in [
        (0, "VpcEndpointType", "Interface"),
        (0, "SubnetId.1", "subnet-1"),
        (0, "SecurityGroupId.1", "sg-1"),
        (0, "PrivateDnsEnabled", "true"),
        (0, "ClientToken", "token"),
        (1, "ResetPolicy", "true"),
        (1, "RemoveSubnetId.1", "subnet-1"),
        (1, "AddSecurityGroupId.1", "sg-1"),
        (1, "PrivateDnsEnabled", "false"),
    ] {
        assert_eq!(calls[call].get(field).map(String::as_str), Some(value), "{field}: {:?}", calls[call]);
    }
    // Not every service takes a policy, so none is sent that nobody asked for.
    assert!(!calls[0].contains_key("PolicyDocument"));
}

#[tokio::test]
async fn a_rule_that_is_in_already_does_not_keep_the_others_out() {
    let server = Server::new(|call, _| match call.values().any(|value| value == "10.1.0.0/16") {
        true => refusal(400, "InvalidPermission.Duplicate", "the specified rule already exists"),
        false => success("AuthorizeSecurityGroupIngress", "<return>true</return>"),
    });
    let network = network(&server).await;
    let rules = [https("10.1.0.0/16"), https("10.2.0.0/16")];
    network.authorize_rules(&"sg-1".parse().unwrap(), Direction::Ingress, &rules).await.unwrap();
    assert_eq!(server.actions(), ["AuthorizeSecurityGroupIngress"; 2]);
}
