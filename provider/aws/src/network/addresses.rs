//! Elastic IP addresses.

use super::gone_is_done;
use crate::answer::{carries, parsed, tags as tags_of};
use crate::request::{filter, tag_filters, tags_for};
use crate::{error, retry};
use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{self, DomainType, ResourceType};
use landform_cloud::id::AllocationId;
use landform_cloud::network::Address;
use landform_cloud::{Result, Tags};

const DESCRIBE: &str = "DescribeAddresses";

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeAddresses.html>: has no pages.
pub(super) async fn list(client: &Client, tags: &Tags) -> Result<Vec<Address>> {
    let mut addresses = describe(client, tag_filters(tags)).await?;
    addresses.retain(|address| carries(&address.tags, tags));
    Ok(addresses)
}

async fn describe(client: &Client, filters: Option<Vec<types::Filter>>) -> Result<Vec<Address>> {
    let answer =
        client.describe_addresses().set_filters(filters).send().await.map_err(error::of(DESCRIBE))?;
    answer.addresses().iter().map(address_of).collect()
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AllocateAddress.html>: takes no token.
pub(super) async fn allocate(client: &Client, tags: &Tags) -> Result<Address> {
    const OPERATION: &str = "AllocateAddress";
    let call = client
        .allocate_address()
        .domain(DomainType::Vpc)
        .set_tag_specifications(tags_for(ResourceType::ElasticIp, tags))
        .customize()
        .config_override(retry::no_resend());
    let made = call.send().await.map_err(error::of(OPERATION))?;
    Ok(Address {
        id: parsed(OPERATION, "allocationId", made.allocation_id())?,
        public_ip: parsed(OPERATION, "publicIp", made.public_ip())?,
        associated: false,
        // AWS does not repeat them in this answer.
        tags: tags.clone(),
    })
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReleaseAddress.html>
pub(super) async fn release(client: &Client, allocation: &AllocationId) -> Result<()> {
    let sent = client.release_address().allocation_id(allocation.as_str()).send().await;
    match sent.map(drop).map_err(error::of("ReleaseAddress")) {
        // So AWS says that an address is not, or no longer, ours.
        Err(error) if error.code.as_deref() == Some("AuthFailure") => {
            let left = describe(client, Some(vec![filter("allocation-id", allocation.as_str())])).await?;
            if left.is_empty() { Ok(()) } else { Err(error) }
        }
        result => gone_is_done(result),
    }
}

fn address_of(address: &types::Address) -> Result<Address> {
    Ok(Address {
        id: parsed(DESCRIBE, "allocationId", address.allocation_id())?,
        public_ip: parsed(DESCRIBE, "publicIp", address.public_ip())?,
        associated: address.association_id().is_some_and(|id| !id.is_empty()),
        tags: tags_of(address.tags()),
    })
}
