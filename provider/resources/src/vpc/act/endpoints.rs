//! Makes, changes and removes VPC endpoints.

use super::*;

impl Act<'_> {
    pub(super) async fn create_gateway_endpoint(&self, service: GatewayService) -> Result<()> {
        let child = Child::GatewayEndpoint(service);
        let Some(wanted) = self.desired.gateway_endpoints.get(&service) else {
            return Err(missing("CreateVpcEndpoint", child));
        };
        let vpc = self.vpc()?;
        let tables = wanted.tables.iter().map(|table| self.table(*table)).collect::<Result<Vec<_>>>()?;
        let name = service.service_name(&self.desired.region);
        let tags = self.desired.tags_of(child);
        let parameters = format!("{vpc} {tables:?} {}", wanted.policy);
        let mut incarnation = 0;
        let endpoint = loop {
            let token = self.token(child, &parameters, incarnation);
            let make =
                || self.network.create_gateway_endpoint(&vpc, &name, &tables, &wanted.policy, &tags, &token);
            let endpoint = match self.until_answered(make).await {
                Ok(endpoint) => endpoint,
                // A table leads to the service already: by the endpoint of a create whose answer was lost, if it carries our tags.
                Err(error) if error.kind == ErrorKind::AlreadyExists => {
                    self.endpoint(child).await?.ok_or(error)?
                }
                Err(error) => return Err(error),
            };
            let dead =
                |it: &VpcEndpoint| matches!(it.state, VpcEndpointState::Failed | VpcEndpointState::Deleting);
            let lives = || async {
                Ok(self.endpoint(child).await?.is_some_and(|it| it.id == endpoint.id && !dead(&it)))
            };
            if incarnation == 3 || (!dead(&endpoint) && self.lives(lives).await?) {
                break endpoint;
            }
            incarnation += 1;
        };
        self.note(|seen| drop(seen.gateway_endpoints.insert(service, endpoint)));
        Ok(())
    }

    pub(super) async fn endpoint(&self, child: Child) -> Result<Option<VpcEndpoint>> {
        let tags = self.desired.owner.tags(&child.key());
        Ok(self.network.vpc_endpoints(&tags).await?.into_iter().next())
    }

    pub(super) async fn modify_gateway_endpoint(
        &self,
        service: GatewayService,
        policy: Option<&PolicyJson>,
        add: &[Table],
        remove: &[RouteTableId],
    ) -> Result<()> {
        let id = self.seen().gateway_endpoints.get(&service).map(|endpoint| endpoint.id.clone());
        let id = id.ok_or_else(|| missing("ModifyVpcEndpoint", Child::GatewayEndpoint(service)))?;
        let change = GatewayEndpointChange {
            policy: policy.cloned(),
            add_route_tables: add.iter().map(|table| self.table(*table)).collect::<Result<_>>()?,
            remove_route_tables: remove.to_vec(),
        };
        self.until_answered(|| self.network.modify_gateway_endpoint(&id, &change)).await?;
        self.note(|seen| {
            if let Some(endpoint) = seen.gateway_endpoints.get_mut(&service) {
                endpoint.policy = change.policy.or(endpoint.policy.take());
                endpoint.route_tables.retain(|table| !change.remove_route_tables.contains(table));
                endpoint.route_tables.extend(change.add_route_tables);
            }
        });
        Ok(())
    }

    pub(super) async fn remove_endpoint(&self, id: &VpcEndpointId) -> Result<()> {
        self.network.delete_vpc_endpoint(id).await?;
        let tags = self.desired.owner.selector();
        let what = format!("the deletion of {id}");
        wait_for("DescribeVpcEndpoints", &what, ENDPOINT, self.stop, || async {
            let still = self.network.vpc_endpoints(&tags).await?.into_iter().any(|it| it.id == *id);
            Ok(if still { Look::Pending("deleting".into()) } else { Look::Ready(()) })
        })
        .await
    }
}
