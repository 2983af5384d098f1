//! Internet gateways and Elastic IP addresses.

use super::*;

impl InProcessNetwork {
    pub(super) fn internet_gateways(&self, tags: &Tags) -> Result<Vec<InternetGateway>> {
        self.call("DescribeInternetGateways", child(tags), |world, _| {
            Ok(world.internet_gateways.iter().filter(|it| has(&it.tags, tags)).cloned().collect())
        })
    }

    pub(super) fn create_internet_gateway(&self, tags: &Tags) -> Result<InternetGateway> {
        self.call("CreateInternetGateway", child(tags), |world, new_id| {
            let gateway = InternetGateway { id: id(&new_id("igw-")), vpc: None, tags: tags.clone() };
            world.internet_gateways.push(gateway.clone());
            Ok(gateway)
        })
    }

    pub(super) fn attach_internet_gateway(&self, gateway: &InternetGatewayId, vpc: &VpcId) -> Result<()> {
        self.call("AttachInternetGateway", gateway.as_str(), |world, _| {
            let other = |it: &InternetGateway| it.id != *gateway && it.vpc.as_ref() == Some(vpc);
            if world.internet_gateways.iter().any(other) {
                let text = format!("Network {vpc} already has an internet gateway attached");
                let code = "InvalidParameterValue";
                return Err(refuse(ErrorKind::Invalid, "AttachInternetGateway", code, text));
            }
            let it = world.internet_gateways.iter_mut().find(|it| it.id == *gateway);
            let it = it.ok_or_else(|| {
                absent("AttachInternetGateway", "InvalidInternetGatewayID.NotFound", gateway)
            })?;
            it.vpc = Some(vpc.clone());
            Ok(())
        })
    }

    pub(super) fn detach_internet_gateway(&self, gateway: &InternetGatewayId, vpc: &VpcId) -> Result<()> {
        self.call("DetachInternetGateway", gateway.as_str(), |world, _| {
            let living = |it: &NatGateway| it.vpc == *vpc && it.state != NatGatewayState::Deleted;
            if world.nat_gateways.iter().any(living) {
                return Err(in_use("DetachInternetGateway", vpc));
            }
            for it in world.internet_gateways.iter_mut().filter(|it| it.id == *gateway) {
                it.vpc = None;
            }
            Ok(())
        })
    }

    pub(super) fn delete_internet_gateway(&self, gateway: &InternetGatewayId) -> Result<()> {
        self.call("DeleteInternetGateway", gateway.as_str(), |world, _| {
            if world.internet_gateways.iter().any(|it| it.id == *gateway && it.vpc.is_some()) {
                return Err(in_use("DeleteInternetGateway", gateway));
            }
            world.internet_gateways.retain(|it| it.id != *gateway);
            Ok(())
        })
    }

    pub(super) fn addresses(&self, tags: &Tags) -> Result<Vec<Address>> {
        self.call("DescribeAddresses", child(tags), |world, _| {
            Ok(world.addresses.iter().filter(|it| has(&it.tags, tags)).cloned().collect())
        })
    }

    pub(super) fn allocate_address(&self, tags: &Tags) -> Result<Address> {
        self.call("AllocateAddress", child(tags), |world, new_id| {
            if world.quotas.addresses.is_some_and(|most| world.addresses.len() >= most) {
                return Err(limit("AllocateAddress", "AddressLimitExceeded"));
            }
            let last = u8::try_from(world.addresses.len() + 1).unwrap_or(u8::MAX);
            let address = Address {
                id: id(&new_id("eipalloc-")),
                public_ip: Ipv4Addr::new(203, 0, 113, last),
                associated: false,
                tags: tags.clone(),
            };
            world.addresses.push(address.clone());
            Ok(address)
        })
    }

    pub(super) fn release_address(&self, allocation: &AllocationId) -> Result<()> {
        self.call("ReleaseAddress", allocation.as_str(), |world, _| {
            if world.addresses.iter().any(|it| it.id == *allocation && it.associated) {
                return Err(refuse(
                    ErrorKind::InUse,
                    "ReleaseAddress",
                    "InvalidIPAddress.InUse",
                    "the address is in use",
                ));
            }
            world.addresses.retain(|it| it.id != *allocation);
            Ok(())
        })
    }
}
