//! Decides the removal of a whole network: everything that carries our tags, whatever state knows.

use super::steps::{Removal, Step};
use landform_cloud::id::VpcId;
use landform_cloud::network::{OwnedObject, RouteTable};
use landform_cloud::{Network, Result};
use landform_model::ownership::Owner;

/// The steps that remove the network of `owner`: two reads.
pub(crate) async fn steps(network: &dyn Network, owner: &Owner) -> Result<Vec<Step>> {
    let owned = network.owned(owner).await?;
    let tables = match owned.is_empty() {
        true => Vec::new(),
        false => network.route_tables(&owner.selector()).await?,
    };
    Ok(decide(&owned, &tables).into_iter().map(Step::Remove).collect())
}

/// Everything owned, in EC2's words for the kinds of object in `DescribeTags`. The default security group and network ACL and
/// the routes go with what they belong to.
fn decide(owned: &[OwnedObject], tables: &[RouteTable]) -> Vec<Removal> {
    let vpc: Option<VpcId> =
        owned.iter().find(|object| object.kind == "vpc").and_then(|object| object.id.parse().ok());
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
    for object in owned {
        let id = &object.id;
        let removal = match object.kind.as_str() {
            "vpc" => id.parse().map(Removal::Vpc),
            "subnet" => id.parse().map(Removal::Subnet),
            "route-table" => id.parse().map(Removal::RouteTable),
            "natgateway" => id.parse().map(|id| Removal::NatGateway(id, None)),
            "elastic-ip" => id.parse().map(Removal::Address),
            "internet-gateway" => id.parse().map(Removal::InternetGateway),
            _ => continue,
        };
        let Ok(removal) = removal else { continue };
        if let (Removal::InternetGateway(gateway), Some(vpc)) = (&removal, &vpc) {
            removals.push(Removal::Attachment(gateway.clone(), vpc.clone()));
        }
        removals.push(removal);
    }
    removals
}
