//! Route tables, routes and associations.

use super::*;

impl InProcessNetwork {
    pub(super) fn route_tables(&self, tags: &Tags) -> Result<Vec<RouteTable>> {
        self.call("DescribeRouteTables", child(tags), |world, _| {
            Ok(world.route_tables.iter().filter(|it| has(&it.tags, tags)).cloned().collect())
        })
    }

    pub(super) fn create_route_table(&self, vpc: &VpcId, tags: &Tags, token: &str) -> Result<RouteTable> {
        self.call("CreateRouteTable", child(tags), |world, new_id| {
            let parameters = format!("{vpc} {tags:?}");
            let known = world.tokens.answered("CreateRouteTable", token, &parameters)?;
            if let Some(made) = world.route_tables.iter().find(|it| Some(it.id.as_str()) == known.as_deref())
            {
                return Ok(made.clone());
            }
            if !world.vpcs.iter().any(|it| it.id == *vpc) {
                return Err(absent("CreateRouteTable", "InvalidVpcID.NotFound", vpc));
            }
            let table = RouteTable {
                id: id(&known.clone().unwrap_or_else(|| new_id("rtb-"))),
                vpc: vpc.clone(),
                routes: vec![],
                associations: vec![],
                tags: tags.clone(),
            };
            // The answer to a token is repeated, also when its object has been deleted since.
            if known.is_some() {
                return Ok(table);
            }
            world.tokens.remember("CreateRouteTable", token, parameters, &table.id);
            world.route_tables.push(table.clone());
            Ok(table)
        })
    }

    pub(super) fn delete_route_table(&self, table: &RouteTableId) -> Result<()> {
        self.call("DeleteRouteTable", table.as_str(), |world, _| {
            let used = world.route_tables.iter().any(|it| it.id == *table && !it.associations.is_empty())
                || world.vpc_endpoints.iter().any(|it| it.route_tables.contains(table));
            if used {
                return Err(in_use("DeleteRouteTable", table));
            }
            world.route_tables.retain(|it| it.id != *table);
            Ok(())
        })
    }

    pub(super) fn create_route(
        &self,
        table: &RouteTableId,
        destination: &RouteDestination,
        target: &RouteTarget,
    ) -> Result<()> {
        self.call("CreateRoute", table.as_str(), |world, _| {
            let table = table_mut(world, "CreateRoute", table)?;
            if table.routes.iter().any(|it| it.destination == *destination) {
                let text = format!("The route {destination} already exists");
                return Err(refuse(ErrorKind::AlreadyExists, "CreateRoute", "RouteAlreadyExists", text));
            }
            table.routes.push(Route {
                destination: destination.clone(),
                target: target.clone(),
                active: true,
            });
            Ok(())
        })
    }

    pub(super) fn replace_route(
        &self,
        table: &RouteTableId,
        destination: &RouteDestination,
        target: &RouteTarget,
    ) -> Result<()> {
        self.call("ReplaceRoute", table.as_str(), |world, _| {
            let table = table_mut(world, "ReplaceRoute", table)?;
            let route = table.routes.iter_mut().find(|it| it.destination == *destination);
            let route = route.ok_or_else(|| absent("ReplaceRoute", "InvalidRoute.NotFound", destination))?;
            *route = Route { destination: destination.clone(), target: target.clone(), active: true };
            Ok(())
        })
    }

    pub(super) fn delete_route(&self, table: &RouteTableId, destination: &RouteDestination) -> Result<()> {
        self.call("DeleteRoute", table.as_str(), |world, _| {
            table_mut(world, "DeleteRoute", table)?.routes.retain(|it| it.destination != *destination);
            Ok(())
        })
    }

    pub(super) fn associate_route_table(
        &self,
        table: &RouteTableId,
        subnet: &SubnetId,
    ) -> Result<RouteTableAssociationId> {
        self.call("AssociateRouteTable", subnet.as_str(), |world, new_id| {
            if let Some(it) =
                world.route_tables.iter().flat_map(|it| &it.associations).find(|it| it.subnet == *subnet)
            {
                let text = format!("{subnet} is already associated by {}", it.id);
                return Err(refuse(
                    ErrorKind::AlreadyExists,
                    "AssociateRouteTable",
                    "Resource.AlreadyAssociated",
                    text,
                ));
            }
            let association = RouteTableAssociation { id: id(&new_id("rtbassoc-")), subnet: subnet.clone() };
            table_mut(world, "AssociateRouteTable", table)?.associations.push(association.clone());
            Ok(association.id)
        })
    }

    pub(super) fn replace_route_table_association(
        &self,
        association: &RouteTableAssociationId,
        table: &RouteTableId,
    ) -> Result<RouteTableAssociationId> {
        self.call("ReplaceRouteTableAssociation", association.as_str(), |world, new_id| {
            let old = world
                .route_tables
                .iter()
                .flat_map(|it| &it.associations)
                .find(|it| it.id == *association)
                .cloned();
            let operation = "ReplaceRouteTableAssociation";
            let old = old.ok_or_else(|| absent(operation, "InvalidAssociationID.NotFound", association))?;
            for table in &mut world.route_tables {
                table.associations.retain(|it| it.id != *association);
            }
            let new = RouteTableAssociation { id: id(&new_id("rtbassoc-")), subnet: old.subnet };
            table_mut(world, operation, table)?.associations.push(new.clone());
            Ok(new.id)
        })
    }

    pub(super) fn disassociate_route_table(&self, association: &RouteTableAssociationId) -> Result<()> {
        self.call("DisassociateRouteTable", association.as_str(), |world, _| {
            for table in &mut world.route_tables {
                table.associations.retain(|it| it.id != *association);
            }
            Ok(())
        })
    }
}

fn table_mut<'a>(
    world: &'a mut World,
    operation: &'static str,
    table: &RouteTableId,
) -> Result<&'a mut RouteTable> {
    let found = world.route_tables.iter_mut().find(|it| it.id == *table);
    found.ok_or_else(|| absent(operation, "InvalidRouteTableID.NotFound", table))
}
