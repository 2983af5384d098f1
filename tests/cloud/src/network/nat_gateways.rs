//! NAT gateways: pending for a while, failing on order, made once per token.

use super::regional_nat_gateways::settle_zones;
use super::*;

/// What a create answered when it was sent first, whatever has become of its NAT gateway since: AWS repeats
/// [the result of the original request](https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-idempotency.html).
pub(super) fn first_answer(world: &World, gateway: &str) -> Result<NatGateway> {
    let made = world.nat_gateways.iter().find(|it| it.id.as_str() == gateway).cloned();
    let made = made.ok_or_else(|| absent("CreateNatGateway", "NatGatewayNotFound", gateway))?;
    Ok(NatGateway { state: NatGatewayState::Pending, failure: None, ..made })
}

impl InProcessNetwork {
    pub(super) fn nat_gateways(&self, tags: &Tags) -> Result<Vec<NatGateway>> {
        self.call("DescribeNatGateways", child(tags), |world, _| {
            let World { nat_gateways, pending, .. } = world;
            let found = nat_gateways.iter_mut().filter(|it| has(&it.tags, tags));
            let answer: Vec<NatGateway> = found
                .map(|it| {
                    if let Some(looks) = pending.get_mut(it.id.as_str()) {
                        match looks.checked_sub(1) {
                            Some(left) => *looks = left,
                            None if it.state == NatGatewayState::Pending => {
                                it.state = NatGatewayState::Available;
                            }
                            None => {}
                        }
                    }
                    settle_zones(it);
                    it.clone()
                })
                .filter(|it| it.state != NatGatewayState::Deleted)
                .collect();
            Ok(answer)
        })
    }

    pub(super) fn create_nat_gateway(
        &self,
        subnet: &SubnetId,
        allocation: &AllocationId,
        tags: &Tags,
        token: &str,
    ) -> Result<NatGateway> {
        self.call("CreateNatGateway", child(tags), |world, new_id| {
            let parameters = format!("{subnet} {allocation} {tags:?}");
            if let Some(known) = world.tokens.answered("CreateNatGateway", token, &parameters)? {
                return first_answer(world, &known);
            }
            let place = world.subnets.iter().find(|it| it.id == *subnet);
            let place =
                place.ok_or_else(|| absent("CreateNatGateway", "InvalidSubnetID.NotFound", subnet))?;
            let (vpc, zone) = (place.vpc.clone(), place.zone.clone());
            let beside = world.nat_gateways.iter().filter(|it| {
                let subnet = world.subnets.iter().find(|subnet| Some(&subnet.id) == it.subnet.as_ref());
                it.state != NatGatewayState::Deleted && subnet.is_some_and(|subnet| subnet.zone == zone)
            });
            if world.quotas.nat_gateways_per_zone.is_some_and(|most| beside.count() >= most) {
                return Err(limit("CreateNatGateway", "NatGatewayLimitExceeded"));
            }
            let address = world.addresses.iter_mut().find(|it| it.id == *allocation);
            let address = address
                .ok_or_else(|| absent("CreateNatGateway", "InvalidAllocationID.NotFound", allocation))?;
            if address.associated {
                let text = format!("{allocation} is already associated");
                return Err(refuse(
                    ErrorKind::AlreadyExists,
                    "CreateNatGateway",
                    "Resource.AlreadyAssociated",
                    text,
                ));
            }
            let chance = std::mem::take(&mut world.next_object_fails);
            let failure = (world.nat_gateway_failure.take())
                .or_else(|| chance.then(|| "Internal error: please try again".to_owned()));
            address.associated = failure.is_none();
            let gateway = NatGateway {
                id: id(&new_id("nat-")),
                vpc,
                subnet: Some(subnet.clone()),
                state: if failure.is_some() { NatGatewayState::Failed } else { NatGatewayState::Pending },
                failure,
                allocation: Some(allocation.clone()),
                public_ip: Some(address.public_ip),
                zone_addresses: vec![],
                tags: tags.clone(),
            };
            world.pending.insert(gateway.id.to_string(), world.nat_gateway_pending_looks);
            world.tokens.remember("CreateNatGateway", token, parameters, &gateway.id);
            world.nat_gateways.push(gateway.clone());
            Ok(NatGateway { state: NatGatewayState::Pending, failure: None, ..gateway })
        })
    }

    pub(super) fn delete_nat_gateway(&self, gateway: &NatGatewayId) -> Result<()> {
        self.call("DeleteNatGateway", gateway.as_str(), |world, _| {
            let World { nat_gateways, addresses, route_tables, .. } = world;
            for it in nat_gateways.iter_mut().filter(|it| it.id == *gateway) {
                it.state = NatGatewayState::Deleted;
                let used: Vec<&AllocationId> =
                    it.allocation.iter().chain(it.zone_addresses.iter().map(|it| &it.allocation)).collect();
                for address in addresses.iter_mut().filter(|address| used.contains(&&address.id)) {
                    address.associated = false;
                }
            }
            let target = RouteTarget::NatGateway(gateway.clone());
            for route in
                route_tables.iter_mut().flat_map(|table| &mut table.routes).filter(|it| it.target == target)
            {
                route.active = false;
            }
            Ok(())
        })
    }
}
