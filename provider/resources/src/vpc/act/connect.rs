//! Connects parts: gateway to VPC, routes to exits, subnets to route tables.

use super::*;

impl Act<'_> {
    pub(super) async fn attach_internet_gateway(&self) -> Result<()> {
        let vpc = self.vpc()?;
        let gateway = self.seen().internet_gateway.as_ref().map(|gateway| gateway.id.clone());
        let gateway = gateway.ok_or_else(|| missing("DescribeInternetGateways", Child::InternetGateway))?;
        self.once_visible(|| self.network.attach_internet_gateway(&gateway, &vpc)).await?;
        self.note(|seen| {
            if let Some(gateway) = &mut seen.internet_gateway {
                gateway.vpc = Some(vpc);
            }
        });
        Ok(())
    }

    pub(super) async fn set_default_route(&self, table: Table, exit: Exit, exists: bool) -> Result<()> {
        let target = {
            let seen = self.seen();
            match exit {
                Exit::Internet => seen
                    .internet_gateway
                    .as_ref()
                    .map(|gateway| RouteTarget::InternetGateway(gateway.id.clone())),
                Exit::Nat(nat) => {
                    seen.nat_gateways.get(&nat).map(|gateway| RouteTarget::NatGateway(gateway.id.clone()))
                }
            }
        };
        let target = target.ok_or_else(|| missing("CreateRoute", Child::RouteTable(table)))?;
        self.set_route(table, &RouteDestination::ALL_IPV4, target, exists).await
    }

    pub(super) async fn set_route(
        &self,
        table: Table,
        to: &RouteDestination,
        target: RouteTarget,
        exists: bool,
    ) -> Result<()> {
        let id = self.table(table)?;
        let result = if exists {
            self.network.replace_route(&id, to, &target).await
        } else {
            self.until_answered(|| self.network.create_route(&id, to, &target)).await
        };
        match result {
            Err(error) if error.kind == ErrorKind::AlreadyExists => {
                self.network.replace_route(&id, to, &target).await?;
            }
            // So AWS says that a transit gateway exists which this VPC is not attached to.
            Err(error) if error.is_not_found() && target.to_string().starts_with("tgw-") => {
                let text = format!(
                    "{}; AWS takes a route to a transit gateway only when the VPC is attached to it: is there an attachment of {} to {target}, and is it available?",
                    error.message,
                    self.vpc()?
                );
                return Err(CloudError { message: text, ..error });
            }
            other => other?,
        }
        self.note(|seen| {
            if let Some(table) = seen.route_tables.get_mut(&table) {
                table.routes.retain(|route| route.destination != *to);
                table.routes.push(Route { destination: to.clone(), target, active: true });
            }
        });
        Ok(())
    }

    pub(super) async fn remove_route(&self, table: Table, to: &RouteDestination) -> Result<()> {
        let id = self.table(table)?;
        self.network.delete_route(&id, to).await?;
        self.note(|seen| {
            if let Some(table) = seen.route_tables.get_mut(&table) {
                table.routes.retain(|route| route.destination != *to);
            }
        });
        Ok(())
    }

    pub(super) async fn associate(
        &self,
        tier: Tier,
        slot: Slot,
        existing: Option<&RouteTableAssociationId>,
    ) -> Result<()> {
        let table = Table::of(tier, slot);
        let id = self.table(table)?;
        let subnet = self.seen().subnets.get(&(tier, slot)).map(|subnet| subnet.id.clone());
        let subnet = subnet.ok_or_else(|| missing("AssociateRouteTable", Child::Subnet(tier, slot)))?;
        let association = match existing {
            Some(existing) => self.network.replace_route_table_association(existing, &id).await?,
            None => match self.until_answered(|| self.network.associate_route_table(&id, &subnet)).await {
                // An earlier call was executed and its answer lost.
                Err(error) if error.kind == ErrorKind::AlreadyExists => {
                    self.association(&id, &subnet).await?.ok_or(error)?
                }
                other => other?,
            },
        };
        self.note(|seen| {
            for other in seen.route_tables.values_mut() {
                other.associations.retain(|association| association.subnet != subnet);
            }
            if let Some(table) = seen.route_tables.get_mut(&table) {
                table.associations.push(RouteTableAssociation { id: association, subnet });
            }
        });
        Ok(())
    }

    pub(super) async fn association(
        &self,
        table: &RouteTableId,
        subnet: &SubnetId,
    ) -> Result<Option<RouteTableAssociationId>> {
        let tables = self.network.route_tables(&self.desired.owner.selector()).await?;
        let table = tables.into_iter().find(|it| it.id == *table);
        let association = table.and_then(|it| it.associations.into_iter().find(|it| it.subnet == *subnet));
        Ok(association.map(|it| it.id))
    }
}
