//! VPC endpoints: made once per token, one per service and route table.

use super::*;

impl InProcessNetwork {
    pub(super) fn vpc_endpoints(&self, tags: &Tags) -> Result<Vec<VpcEndpoint>> {
        self.call("DescribeVpcEndpoints", child(tags), |world, _| {
            interface_endpoints::settle(world);
            Ok(world.vpc_endpoints.iter().filter(|it| has(&it.tags, tags)).cloned().collect())
        })
    }

    pub(super) fn create_gateway_endpoint(
        &self,
        vpc: &VpcId,
        service: &str,
        route_tables: &[RouteTableId],
        policy: &PolicyJson,
        tags: &Tags,
        token: &str,
    ) -> Result<VpcEndpoint> {
        self.call("CreateVpcEndpoint", child(tags), |world, new_id| {
            let parameters = format!("{vpc} {service} {route_tables:?} {policy:?} {tags:?}");
            let known = world.tokens.answered("CreateVpcEndpoint", token, &parameters)?;
            if let Some(made) = world.vpc_endpoints.iter().find(|it| Some(it.id.as_str()) == known.as_deref())
            {
                return Ok(made.clone());
            }
            for table in route_tables {
                if !world.route_tables.iter().any(|it| it.id == *table) {
                    return Err(absent("CreateVpcEndpoint", "InvalidRouteTableID.NotFound", table));
                }
                if leads_to(world, table, service) {
                    let text = format!("route table {table} already has a route to {service}");
                    let kind = ErrorKind::AlreadyExists;
                    return Err(refuse(kind, "CreateVpcEndpoint", "RouteAlreadyExists", text));
                }
            }
            let endpoint = VpcEndpoint {
                id: id(&known.clone().unwrap_or_else(|| new_id("vpce-"))),
                vpc: vpc.clone(),
                service: service.to_owned(),
                state: VpcEndpointState::Available,
                policy: Some(policy.clone()),
                route_tables: route_tables.to_vec(),
                subnets: vec![],
                security_groups: vec![],
                private_dns: false,
                tags: tags.clone(),
            };
            // The answer to a token is repeated, also when its object has been deleted since.
            if known.is_some() {
                return Ok(endpoint);
            }
            world.tokens.remember("CreateVpcEndpoint", token, parameters, &endpoint.id);
            world.vpc_endpoints.push(endpoint.clone());
            Ok(endpoint)
        })
    }

    pub(super) fn modify_gateway_endpoint(
        &self,
        endpoint: &VpcEndpointId,
        change: &GatewayEndpointChange,
    ) -> Result<()> {
        self.call("ModifyVpcEndpoint", endpoint.as_str(), |world, _| {
            let tables: Vec<RouteTableId> = world.route_tables.iter().map(|it| it.id.clone()).collect();
            let it = world.vpc_endpoints.iter_mut().find(|it| it.id == *endpoint);
            let it =
                it.ok_or_else(|| absent("ModifyVpcEndpoint", "InvalidVpcEndpointId.NotFound", endpoint))?;
            if let Some(table) = change.add_route_tables.iter().find(|table| !tables.contains(table)) {
                return Err(absent("ModifyVpcEndpoint", "InvalidRouteTableID.NotFound", table));
            }
            it.policy = change.policy.clone().or(it.policy.take());
            it.route_tables.retain(|table| !change.remove_route_tables.contains(table));
            for table in &change.add_route_tables {
                if !it.route_tables.contains(table) {
                    it.route_tables.push(table.clone());
                }
            }
            Ok(())
        })
    }

    pub(super) fn delete_vpc_endpoint(&self, endpoint: &VpcEndpointId) -> Result<()> {
        self.call("DeleteVpcEndpoints", endpoint.as_str(), |world, _| {
            world.vpc_endpoints.retain(|it| it.id != *endpoint);
            Ok(())
        })
    }
}

fn leads_to(world: &World, table: &RouteTableId, service: &str) -> bool {
    world.vpc_endpoints.iter().any(|it| it.service == service && it.route_tables.contains(table))
}
