//! Regional NAT gateways: an Elastic IP address in each zone, added and taken away while they work.

use super::nat_gateways::first_answer;
use super::*;

impl InProcessNetwork {
    pub(super) fn create_regional_nat_gateway(
        &self,
        vpc: &VpcId,
        zones: &[(AvailabilityZoneId, AllocationId)],
        tags: &Tags,
        token: &str,
    ) -> Result<NatGateway> {
        const OPERATION: &str = "CreateNatGateway";
        self.call(OPERATION, child(tags), |world, new_id| {
            let parameters = format!("{vpc} {zones:?} {tags:?}");
            if let Some(known) = world.tokens.answered(OPERATION, token, &parameters)? {
                return first_answer(world, &known);
            }
            if !world.internet_gateways.iter().any(|it| it.vpc.as_ref() == Some(vpc)) {
                let text = format!("Network {vpc} has no Internet gateway attached");
                return Err(refuse(ErrorKind::Invalid, OPERATION, "Gateway.NotAttached", text));
            }
            for (_, allocation) in zones {
                free(world, OPERATION, allocation)?;
            }
            let mut zone_addresses = Vec::new();
            for (zone, allocation) in zones {
                zone_addresses.push(associate(world, OPERATION, zone, allocation, new_id)?);
            }
            let chance = std::mem::take(&mut world.next_object_fails);
            let failure = (world.nat_gateway_failure.take())
                .or_else(|| chance.then(|| "Internal error: please try again".to_owned()));
            if failure.is_some() {
                for address in
                    world.addresses.iter_mut().filter(|it| zones.iter().any(|(_, id)| it.id == *id))
                {
                    address.associated = false;
                }
            }
            let gateway = NatGateway {
                id: id(&new_id("nat-")),
                vpc: vpc.clone(),
                subnet: None,
                state: if failure.is_some() { NatGatewayState::Failed } else { NatGatewayState::Pending },
                failure,
                allocation: zone_addresses.first().map(|it| it.allocation.clone()),
                public_ip: zone_addresses.first().and_then(|it| it.public_ip),
                zone_addresses,
                tags: tags.clone(),
            };
            world.pending.insert(gateway.id.to_string(), world.nat_gateway_pending_looks);
            world.tokens.remember(OPERATION, token, parameters, &gateway.id);
            world.nat_gateways.push(gateway.clone());
            Ok(NatGateway { state: NatGatewayState::Pending, failure: None, ..gateway })
        })
    }

    pub(super) fn associate_nat_gateway_address(
        &self,
        gateway: &NatGatewayId,
        zone: &AvailabilityZoneId,
        allocation: &AllocationId,
    ) -> Result<()> {
        const OPERATION: &str = "AssociateNatGatewayAddress";
        self.call(OPERATION, gateway.as_str(), |world, new_id| {
            if !world.nat_gateways.iter().any(|it| it.id == *gateway) {
                return Err(absent(OPERATION, "NatGatewayNotFound", gateway));
            }
            let address = associate(world, OPERATION, zone, allocation, new_id)?;
            for it in world.nat_gateways.iter_mut().filter(|it| it.id == *gateway) {
                it.zone_addresses.push(address.clone());
            }
            Ok(())
        })
    }

    pub(super) fn disassociate_nat_gateway_address(
        &self,
        gateway: &NatGatewayId,
        association: &AddressAssociationId,
    ) -> Result<()> {
        self.call("DisassociateNatGatewayAddress", gateway.as_str(), |world, _| {
            let gateways = world.nat_gateways.iter_mut().filter(|it| it.id == *gateway);
            for it in gateways.flat_map(|it| &mut it.zone_addresses) {
                if it.association.as_ref() == Some(association) {
                    it.state = ZoneAddressState::Disassociating;
                    for address in world.addresses.iter_mut().filter(|address| address.id == it.allocation) {
                        address.associated = false;
                    }
                }
            }
            Ok(())
        })
    }
}

/// What AWS does between two looks: addresses that come are there, those that go are gone at the look after.
pub(super) fn settle_zones(gateway: &mut NatGateway) {
    gateway.zone_addresses.retain(|it| it.state != ZoneAddressState::Disassociating);
    for address in &mut gateway.zone_addresses {
        if address.state == ZoneAddressState::Associating && gateway.state == NatGatewayState::Available {
            address.state = ZoneAddressState::Associated;
        }
    }
}

fn free<'a>(
    world: &'a mut World,
    operation: &'static str,
    allocation: &AllocationId,
) -> Result<&'a mut Address> {
    let address = world.addresses.iter_mut().find(|it| it.id == *allocation);
    let address = address.ok_or_else(|| absent(operation, "InvalidAllocationID.NotFound", allocation))?;
    if address.associated {
        let text = format!("{allocation} is already associated");
        return Err(refuse(ErrorKind::AlreadyExists, operation, "Resource.AlreadyAssociated", text));
    }
    Ok(address)
}

fn associate(
    world: &mut World,
    operation: &'static str,
    zone: &AvailabilityZoneId,
    allocation: &AllocationId,
    new_id: NewId<'_>,
) -> Result<ZoneAddress> {
    let address = free(world, operation, allocation)?;
    address.associated = true;
    Ok(ZoneAddress {
        zone: zone.clone(),
        allocation: allocation.clone(),
        public_ip: Some(address.public_ip),
        association: Some(id(&new_id("eipassoc-"))),
        state: ZoneAddressState::Associating,
    })
}
