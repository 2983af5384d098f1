//! Makes, changes and removes NAT gateways and their addresses.

use super::*;

impl Act<'_> {
    pub(super) async fn allocate_address(&self, outlet: Outlet) -> Result<()> {
        let child = Child::Address(outlet);
        let tags = self.desired.tags_of(child);
        let ours = self.desired.owner.tags(&child.key());
        let address = create_once(
            || self.network.allocate_address(&tags),
            || async { Ok(self.network.addresses(&ours).await?.into_iter().next()) },
        )
        .await?;
        self.note(|seen| drop(seen.addresses.insert(outlet, address)));
        Ok(())
    }

    /// The address that an outlet must have: the user's own, or the one that was allocated.
    fn allocation(&self, outlet: Outlet) -> Result<AllocationId> {
        let id = allocation(self.desired, &self.seen(), outlet).cloned();
        id.ok_or_else(|| missing("DescribeAddresses", Child::Address(outlet)))
    }

    /// Zones of the regional gateway, each with its address.
    fn zones(&self) -> Result<Vec<(AvailabilityZoneId, AllocationId)>> {
        let outlets = self.desired.outlets.iter();
        outlets.map(|(outlet, it)| Ok((it.zone.clone(), self.allocation(*outlet)?))).collect()
    }

    async fn send_create(&self, nat: Nat, token: &str) -> Result<NatGateway> {
        let tags = self.desired.tags_of(Child::NatGateway(nat));
        match nat {
            Nat::Zonal(slot) => {
                let (subnet, allocation) = (self.public_subnet(slot)?, self.allocation(Outlet::Zonal(slot))?);
                self.once_visible(|| self.network.create_nat_gateway(&subnet, &allocation, &tags, token))
                    .await
            }
            Nat::Regional => {
                let (vpc, zones) = (self.vpc()?, self.zones()?);
                self.once_visible(|| self.network.create_regional_nat_gateway(&vpc, &zones, &tags, token))
                    .await
            }
        }
    }

    fn public_subnet(&self, slot: Slot) -> Result<SubnetId> {
        let subnet = self.seen().subnets.get(&(Tier::Public, slot)).map(|subnet| subnet.id.clone());
        subnet.ok_or_else(|| missing("DescribeSubnets", Child::Subnet(Tier::Public, slot)))
    }

    pub(super) async fn create_nat_gateway(&self, nat: Nat) -> Result<()> {
        let child = Child::NatGateway(nat);
        let parameters = match nat {
            Nat::Zonal(slot) => {
                let (subnet, allocation) = (self.public_subnet(slot)?, self.allocation(Outlet::Zonal(slot))?);
                format!("{subnet} {allocation}")
            }
            Nat::Regional => format!("{} {:?}", self.vpc()?, self.zones()?),
        };
        // A token lives on after its object: the answer may be a gateway that someone has deleted since. Another incarnation
        // gets another token. https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-idempotency.html
        let mut incarnation = 0;
        let gateway = loop {
            let token = self.token(child, &parameters, incarnation);
            let gateway = match self.send_create(nat, &token).await {
                Ok(gateway) => gateway,
                // The address is taken already: by the gateway of a create whose answer was lost, if it carries our tags.
                Err(error) if error.kind == ErrorKind::AlreadyExists => {
                    match self.nat_gateway_with_address(nat).await? {
                        Some(gateway) => gateway,
                        None => return Err(error),
                    }
                }
                Err(error) => return Err(error),
            };
            let dead = matches!(
                gateway.state,
                NatGatewayState::Deleting | NatGatewayState::Deleted | NatGatewayState::Failed
            );
            // The answer may tell the state of the day when it was first given, so a gateway that is not described is dead as well.
            let described =
                || async { Ok(self.nat_gateways(nat).await?.iter().any(|other| other.id == gateway.id)) };
            if incarnation == 3 || (!dead && self.lives(described).await?) {
                break gateway;
            }
            incarnation += 1;
        };
        self.note(|seen| {
            let id = gateway.id.clone();
            let other = seen.nat_gateways.insert(nat, gateway).filter(|other| other.id != id);
            seen.spare_nat_gateways.extend(other);
        });
        self.await_nat_gateway(nat).await
    }

    async fn nat_gateways(&self, nat: Nat) -> Result<Vec<NatGateway>> {
        self.network.nat_gateways(&self.desired.owner.tags(&Child::NatGateway(nat).key())).await
    }

    async fn nat_gateway_with_address(&self, nat: Nat) -> Result<Option<NatGateway>> {
        let wanted = match nat {
            Nat::Zonal(slot) => vec![self.allocation(Outlet::Zonal(slot))?],
            Nat::Regional => self.zones()?.into_iter().map(|(_, allocation)| allocation).collect(),
        };
        let uses = |gateway: &NatGateway| {
            let zonal = gateway.allocation.as_ref().is_some_and(|it| wanted.contains(it));
            zonal || gateway.zone_addresses.iter().any(|it| wanted.contains(&it.allocation))
        };
        Ok(self.nat_gateways(nat).await?.into_iter().find(uses))
    }

    pub(super) async fn await_nat_gateway(&self, nat: Nat) -> Result<()> {
        let id = self.seen().nat_gateways.get(&nat).map(|gateway| gateway.id.clone());
        let id = id.ok_or_else(|| missing("DescribeNatGateways", Child::NatGateway(nat)))?;
        let what = match nat {
            Nat::Zonal(slot) => format!("NAT gateway {}/{slot}", self.desired.owner.name),
            Nat::Regional => format!("the regional NAT gateway of {}", self.desired.owner.name),
        };
        let gateway = wait_for("DescribeNatGateways", &what, NAT_GATEWAY, self.stop, || async {
            let Some(gateway) = self.nat_gateways(nat).await?.into_iter().find(|it| it.id == id) else {
                return Ok(Look::Pending("not visible yet".into()));
            };
            let mut comes = gateway.zone_addresses.iter().map(|it| it.state == ZoneAddressState::Associating);
            match gateway.state {
                NatGatewayState::Available if comes.any(|it| it) => {
                    Ok(Look::Pending("associating addresses".into()))
                }
                NatGatewayState::Available => Ok(Look::Ready(gateway)),
                NatGatewayState::Pending => Ok(Look::Pending("pending".into())),
                NatGatewayState::Failed | NatGatewayState::Deleting | NatGatewayState::Deleted => {
                    let reason = gateway.failure.unwrap_or_else(|| "AWS gives no reason".into());
                    let text = format!("{} failed: {reason}; the next apply replaces it", gateway.id);
                    Err(CloudError::new(ErrorKind::Other, "CreateNatGateway", text))
                }
            }
        })
        .await?;
        self.note(|seen| drop(seen.nat_gateways.insert(nat, gateway)));
        Ok(())
    }

    /// Lets the regional gateway serve a zone. That an address is there already counts as done.
    pub(super) async fn associate_address(&self, slot: Slot) -> Result<()> {
        const OPERATION: &str = "AssociateNatGatewayAddress";
        let outlet = Outlet::Regional(slot);
        let allocation = self.allocation(outlet)?;
        let zone = self.desired.outlets.get(&outlet).map(|it| it.zone.clone());
        let zone = zone.ok_or_else(|| missing(OPERATION, Child::Address(outlet)))?;
        let gateway = self.seen().nat_gateways.get(&Nat::Regional).cloned();
        let gateway = gateway.ok_or_else(|| missing(OPERATION, Child::NatGateway(Nat::Regional)))?;
        let comes = gateway.zone_addresses.iter().any(|it| {
            it.allocation == allocation && it.zone == zone && it.state == ZoneAddressState::Associating
        });
        if !comes {
            let associate = || self.network.associate_nat_gateway_address(&gateway.id, &zone, &allocation);
            match self.until_answered(associate).await {
                // By an earlier call whose answer was lost, or by somebody else: the wait tells.
                Err(error) if error.kind == ErrorKind::AlreadyExists => {
                    let found = self.zone_address(&gateway.id, &allocation).await?;
                    found.ok_or(error)?;
                }
                other => other?,
            }
        }
        let what = format!("{allocation} in {zone}");
        let address = wait_for("DescribeNatGateways", &what, NAT_GATEWAY, self.stop, || async {
            let Some(address) = self.zone_address(&gateway.id, &allocation).await? else {
                return Ok(Look::Pending("not visible yet".into()));
            };
            match &address.state {
                ZoneAddressState::Associated => Ok(Look::Ready(address)),
                ZoneAddressState::Associating => Ok(Look::Pending("associating".into())),
                ZoneAddressState::Disassociating => Ok(Look::Pending("disassociating".into())),
                ZoneAddressState::Failed(reason) => {
                    let text = format!("{allocation} could not be associated: {reason}");
                    Err(CloudError::new(ErrorKind::Other, OPERATION, text))
                }
            }
        })
        .await?;
        self.note(|seen| {
            if let Some(gateway) = seen.nat_gateways.get_mut(&Nat::Regional) {
                gateway.zone_addresses.retain(|it| it.allocation != address.allocation);
                gateway.zone_addresses.push(address);
            }
        });
        Ok(())
    }

    async fn zone_address(
        &self,
        id: &NatGatewayId,
        allocation: &AllocationId,
    ) -> Result<Option<ZoneAddress>> {
        let gateway = self.nat_gateways(Nat::Regional).await?.into_iter().find(|it| it.id == *id);
        let addresses = gateway.into_iter().flat_map(|it| it.zone_addresses);
        Ok(addresses.into_iter().find(|it| it.allocation == *allocation))
    }

    /// Takes an address from the regional gateway and waits until it is free: connections through it may last some minutes.
    pub(super) async fn remove_zone_address(
        &self,
        id: &NatGatewayId,
        association: &AddressAssociationId,
    ) -> Result<()> {
        self.network.disassociate_nat_gateway_address(id, association).await?;
        let what = format!("taking {association} from {id}");
        wait_for("DescribeNatGateways", &what, NAT_GATEWAY, self.stop, || async {
            let gateway = self.nat_gateways(Nat::Regional).await?.into_iter().find(|it| it.id == *id);
            let mut addresses = gateway.iter().flat_map(|it| &it.zone_addresses);
            let still = addresses.any(|it| it.association.as_ref() == Some(association));
            Ok(if still { Look::Pending("disassociating".into()) } else { Look::Ready(()) })
        })
        .await
    }

    pub(super) async fn remove_nat_gateway(&self, id: &NatGatewayId) -> Result<()> {
        self.network.delete_nat_gateway(id).await?;
        let tags = self.desired.owner.selector();
        wait_for("DescribeNatGateways", &format!("the deletion of {id}"), NAT_GATEWAY, self.stop, || async {
            let still = self.network.nat_gateways(&tags).await?.into_iter().any(|gateway| gateway.id == *id);
            Ok(if still { Look::Pending("deleting".into()) } else { Look::Ready(()) })
        })
        .await
    }

    /// Takes the tags of ownership from an address that stays.
    pub(super) async fn disown_address(&self, id: &AllocationId) -> Result<()> {
        let child = Child::Address(Outlet::Zonal(Slot::ALL[0]));
        let keys: Vec<String> = self.desired.owner.tags(&child.key()).into_keys().collect();
        self.network.remove_tags(&[id.to_string()], &keys).await
    }
}
