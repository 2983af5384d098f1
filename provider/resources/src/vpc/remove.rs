//! Decides the removal of a whole network: everything that carries our tags, whatever state knows.

use super::desired::Desired;
use super::steps::{Removal, Step};
use landform_cloud::id::{VpcEndpointId, VpcId};
use landform_cloud::network::{OwnedObject, RouteTable, VpcEndpoint};
use landform_cloud::{CloudError, ErrorKind, NetworkReads, Result};

/// The steps that remove the network: two or three reads, and one where there are endpoints.
///
/// Fails when something carries our tags that this version does not know how to remove: it would be left behind.
pub(crate) async fn steps(network: &dyn NetworkReads, desired: &Desired) -> Result<Vec<Step>> {
    let owner = &desired.owner;
    let owned = network.owned(owner).await?;
    let tables = match owned.is_empty() {
        true => Vec::new(),
        false => network.route_tables(&owner.selector()).await?,
    };
    let endpoints = match owned.iter().any(is_endpoint) {
        true => network.vpc_endpoints(&owner.selector()).await?,
        false => Vec::new(),
    };
    let removals = decide(&owned, &tables, &endpoints).map_err(|object| {
        let text = format!(
            "{} ({}) carries the tags of this network, and this version cannot remove it",
            object.id, object.kind
        );
        CloudError::new(ErrorKind::Other, "DescribeTags", text)
    })?;
    let kept = |removal| match removal {
        Removal::Address(id) if desired.retain_addresses => Removal::Disown(id),
        other => other,
    };
    Ok(removals.into_iter().map(kept).map(Step::Remove).collect())
}

/// Everything owned. The default security group and network ACL and the routes go with what they belong to.
///
/// Tags of a deleted endpoint linger, too, and deleting it again is an error with some of the services: those that are
/// described count.
fn decide<'a>(
    owned: &'a [OwnedObject],
    tables: &[RouteTable],
    endpoints: &[VpcEndpoint],
) -> std::result::Result<Vec<Removal>, &'a OwnedObject> {
    // The tags of deleted objects linger, so an owned VPC may be a dead one; that of a route table lives.
    let mut vpcs: Vec<VpcId> = tables.iter().map(|table| table.vpc.clone()).collect();
    if vpcs.is_empty() {
        vpcs = owned.iter().filter_map(|object| object.id.parse().ok()).collect();
    }
    vpcs.sort();
    vpcs.dedup();
    let mut removals = Vec::new();
    for table in tables {
        for association in &table.associations {
            removals.push(Removal::Association(
                association.id.clone(),
                table.id.clone(),
                association.subnet.clone(),
            ));
        }
    }
    let gone = |object: &&OwnedObject| {
        is_endpoint(object) && !endpoints.iter().any(|endpoint| endpoint.id.as_str() == object.id)
    };
    for object in owned.iter().filter(|object| !gone(object)) {
        let removal = removal(&object.id).ok_or(object)?;
        if let Removal::InternetGateway(gateway) = &removal {
            removals.extend(vpcs.iter().map(|vpc| Removal::Attachment(gateway.clone(), vpc.clone())));
        }
        if let Removal::DhcpOptions(_) = &removal {
            removals.extend(vpcs.iter().map(|vpc| Removal::OwnDhcpOptions(vpc.clone())));
        }
        removals.push(removal);
    }
    Ok(removals)
}

fn is_endpoint(object: &OwnedObject) -> bool {
    object.id.parse::<VpcEndpointId>().is_ok()
}

/// The removal of an object, told by the form of its id.
fn removal(id: &str) -> Option<Removal> {
    let none = None;
    none.or_else(|| id.parse().ok().map(Removal::Vpc))
        .or_else(|| id.parse().ok().map(Removal::Subnet))
        .or_else(|| id.parse().ok().map(Removal::RouteTable))
        .or_else(|| id.parse().ok().map(|id| Removal::NatGateway(id, false)))
        .or_else(|| id.parse().ok().map(Removal::Address))
        .or_else(|| id.parse().ok().map(Removal::InternetGateway))
        .or_else(|| id.parse().ok().map(Removal::EgressOnlyGateway))
        .or_else(|| id.parse().ok().map(|id| Removal::Endpoint(id, false)))
        .or_else(|| id.parse().ok().map(Removal::SecurityGroup))
        .or_else(|| id.parse().ok().map(Removal::DhcpOptions))
        .or_else(|| id.parse().ok().map(Removal::NetworkAcl))
        .or_else(|| id.parse().ok().map(Removal::Exclusion))
        .or_else(|| id.parse().ok().map(Removal::EncryptionControl))
        .or_else(|| id.parse().ok().map(|id| Removal::FlowLog(id, false)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owned(id: &str) -> OwnedObject {
        OwnedObject { id: id.into(), kind: "thing".into() }
    }

    fn endpoint() -> VpcEndpoint {
        VpcEndpoint {
            id: "vpce-1".parse().unwrap(),
            vpc: "vpc-1".parse().unwrap(),
            service: "com.amazonaws.us-east-1.s3".into(),
            state: landform_cloud::network::VpcEndpointState::Available,
            policy: None,
            route_tables: vec![],
            subnets: vec![],
            security_groups: vec![],
            private_dns: false,
            tags: [].into(),
        }
    }

    #[test]
    fn every_kind_is_removed_and_an_unknown_one_is_named() {
        let ids = [
            "vpc-1",
            "subnet-1",
            "rtb-1",
            "nat-1",
            "eipalloc-1",
            "igw-1",
            "eigw-1",
            "vpce-1",
            "fl-1",
            "sg-1",
            "dopt-1",
            "acl-1",
            "vpcbpa-exclude-1",
            "vpcec-1",
        ];
        let removals = decide(&ids.map(owned), &[], &[endpoint()]).unwrap();
        let texts: Vec<String> = removals.iter().map(ToString::to_string).collect();
        for id in ids {
            assert!(texts.iter().any(|text| text.contains(id)), "{id}: {texts:?}");
        }
        assert!(texts.contains(&"detach internet gateway igw-1 from vpc-1".to_owned()));
        assert_eq!(decide(&[owned("lgw-1")], &[], &[]).unwrap_err().id, "lgw-1");
    }

    #[test]
    fn the_tags_of_a_deleted_endpoint_are_not_an_endpoint() {
        assert_eq!(decide(&["vpce-1", "vpce-2"].map(owned), &[], &[endpoint()]).unwrap().len(), 1);
    }

    #[test]
    fn the_gateway_is_detached_from_the_vpc_that_lives() {
        let table = RouteTable {
            id: "rtb-1".parse().unwrap(),
            vpc: "vpc-2".parse().unwrap(),
            routes: vec![],
            associations: vec![],
            tags: [].into(),
        };
        let all = ["vpc-1", "vpc-2", "igw-1"].map(owned);
        let detached = |tables: &[RouteTable]| -> Vec<String> {
            let removals = decide(&all, tables, &[]).unwrap();
            removals.iter().map(ToString::to_string).filter(|text| text.starts_with("detach")).collect()
        };
        assert_eq!(detached(&[table]), ["detach internet gateway igw-1 from vpc-2"]);
        assert_eq!(detached(&[]).len(), 2);
    }
}
