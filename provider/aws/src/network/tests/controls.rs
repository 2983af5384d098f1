//! Network ACLs, exclusions from block public access, encryption controls.

use super::*;
use landform_model::network::{EncryptionExclusion, EncryptionMode};

const ACL: &str = "<networkAclId>acl-1</networkAclId><vpcId>vpc-1</vpcId><associationSet><item>\
                   <networkAclAssociationId>aclassoc-1</networkAclAssociationId><networkAclId>acl-1</networkAclId>\
                   <subnetId>subnet-1</subnetId></item></associationSet><entrySet><item><ruleNumber>100</ruleNumber>\
                   <protocol>-1</protocol><ruleAction>allow</ruleAction><egress>false</egress>\
                   <cidrBlock>10.0.0.0/16</cidrBlock></item><item><ruleNumber>32767</ruleNumber><protocol>-1</protocol>\
                   <ruleAction>deny</ruleAction><egress>false</egress><cidrBlock>0.0.0.0/0</cidrBlock></item></entrySet>";

#[tokio::test]
async fn an_acl_is_made_once_per_token_and_read_without_its_closing_entry() {
    let server = Server::new(|call, number| match (call["Action"].as_str(), number) {
        ("CreateNetworkAcl", 0) => refusal(500, "InternalError", "An internal error has occurred"),
        ("CreateNetworkAcl", _) => {
            success("CreateNetworkAcl", &format!("<networkAcl>{ACL}{TAG_SET}</networkAcl>"))
        }
        _ => success(
            "DescribeNetworkAcls",
            &format!("<networkAclSet><item>{ACL}{TAG_SET}</item></networkAclSet>"),
        ),
    });
    let network = network(&server).await;
    let acl = network.create_network_acl(&"vpc-1".parse().unwrap(), &tags(), "token-1").await.unwrap();
    assert_eq!((acl.id.as_str(), acl.entries.len(), &acl.tags), ("acl-1", 1, &tags()));
    let sent: Vec<String> = server.calls().iter().map(|call| call["ClientToken"].clone()).collect();
    assert_eq!(sent, ["token-1", "token-1"]);
    assert_eq!(server.calls()[0]["TagSpecification.1.ResourceType"], "network-acl");
    assert_eq!(network.network_acls(&tags()).await.unwrap(), std::slice::from_ref(&acl));
    let of = network.network_acl_of(&"subnet-1".parse().unwrap()).await.unwrap();
    assert_eq!(of.as_ref(), acl.associations.first());
    assert_eq!(network.network_acl_of(&"subnet-2".parse().unwrap()).await.unwrap(), None);
}

#[tokio::test]
async fn what_takes_no_token_is_sent_once_whatever_comes_back() {
    for answer in lost() {
        let server = Server::new(move |_, _| answer());
        let network = network(&server).await;
        let vpc = &"vpc-1".parse().unwrap();
        let mode = BlockPublicAccessExclusion::AllowEgress;
        let moved = network
            .replace_network_acl_association(&"aclassoc-1".parse().unwrap(), &"acl-1".parse().unwrap())
            .await
            .map(drop);
        let excluded = network.create_exclusion(vpc, mode, &tags()).await.map(drop);
        let controlled = network.create_encryption_control(vpc, &tags()).await.map(drop);
        for result in [moved, excluded, controlled] {
            assert_eq!(result.unwrap_err().kind, ErrorKind::Ambiguous);
        }
        assert_eq!(server.calls().len(), 3);
    }
}

#[tokio::test]
async fn exclusions_are_read_page_by_page_and_deleted_ones_are_none() {
    let server = Server::new(|call, number| {
        let item = |id: &str, state: &str| {
            format!(
                "<item><exclusionId>vpcbpa-exclude-{id}</exclusionId><internetGatewayExclusionMode>allow-egress\
                 </internetGatewayExclusionMode><resourceArn>arn:aws:ec2:us-east-1:111111111111:vpc/vpc-{id}</resourceArn>\
                 <state>{state}</state><reason>no gateway</reason>{TAG_SET}</item>"
            )
        };
        assert_eq!(call["Action"], "DescribeVpcBlockPublicAccessExclusions");
        let (items, next) = match number {
            0 => (
                [item("1", "create-complete"), item("2", "delete-complete")].concat(),
                "<nextToken>2</nextToken>",
            ),
            _ => ([item("3", "update-in-progress"), item("4", "create-failed")].concat(), ""),
        };
        let set =
            format!("<vpcBlockPublicAccessExclusionSet>{items}</vpcBlockPublicAccessExclusionSet>{next}");
        success("DescribeVpcBlockPublicAccessExclusions", &set)
    });
    let found = network(&server).await.exclusions(&tags()).await.unwrap();
    let states: Vec<(&str, &ControlState)> = found.iter().map(|it| (it.vpc.as_str(), &it.state)).collect();
    let failed = ControlState::Failed("no gateway".to_owned());
    assert_eq!(
        states,
        [("vpc-1", &ControlState::Active), ("vpc-3", &ControlState::Pending), ("vpc-4", &failed)]
    );
}

#[tokio::test]
async fn exclusions_from_encryption_are_sent_with_the_mode_to_enforce_only() {
    let server = Server::new(|call, _| match call["Action"].as_str() {
        "ModifyVpcEncryptionControl" => success("ModifyVpcEncryptionControl", "<vpcEncryptionControl/>"),
        _ => success(
            "DescribeVpcEncryptionControls",
            &format!(
                "<vpcEncryptionControlSet><item><vpcId>vpc-1</vpcId><vpcEncryptionControlId>vpcec-1</vpcEncryptionControlId>\
                 <mode>enforce</mode><state>available</state><resourceExclusions><natGateway><state>enabled</state>\
                 </natGateway><lambda><state>disabled</state></lambda></resourceExclusions>{TAG_SET}</item>\
                 </vpcEncryptionControlSet>"
            ),
        ),
    });
    let network = network(&server).await;
    let enforce = EncryptionSettings {
        mode: EncryptionMode::Enforce,
        exclusions: [EncryptionExclusion::NatGateway].into(),
    };
    let [control] = <[_; 1]>::try_from(network.encryption_controls(&tags()).await.unwrap()).unwrap();
    assert_eq!((&control.settings, &control.state), (&enforce, &ControlState::Active));
    network.modify_encryption_control(&control.id, &enforce).await.unwrap();
    network.modify_encryption_control(&control.id, &EncryptionSettings::default()).await.unwrap();
    let sent = |call: &Call, name: &str| call.get(name).cloned();
    let calls = server.calls();
    assert_eq!(sent(&calls[1], "NatGatewayExclusion").as_deref(), Some("enable"));
    assert_eq!(sent(&calls[1], "LambdaExclusion").as_deref(), Some("disable"));
    assert_eq!((calls[2]["Mode"].as_str(), sent(&calls[2], "NatGatewayExclusion")), ("monitor", None));
}
