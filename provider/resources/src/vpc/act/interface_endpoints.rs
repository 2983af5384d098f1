//! Makes and changes interface endpoints and their security group.

use super::super::interface_endpoints::{group_rules, single};
use super::super::ipv6::block;
use super::super::steps::{EndpointGroup, InterfaceChange};
use super::*;

impl Act<'_> {
    pub(super) async fn create_endpoints_group(&self) -> Result<()> {
        let vpc = self.vpc()?;
        let child = Child::EndpointsGroup;
        let name = format!("{}-endpoints", self.desired.owner.name);
        let tags = self.desired.tags_of(child);
        let ours = self.desired.owner.tags(&child.key());
        let text = "HTTPS from the network to its endpoints";
        let group = create_once(
            || self.once_visible(|| self.network.create_security_group(&vpc, &name, text, &tags)),
            || async {
                Ok(self.network.security_groups(&ours).await?.into_iter().find(|group| group.vpc == vpc))
            },
        )
        .await?;
        self.note(|seen| seen.endpoints_group = Some(group));
        Ok(())
    }

    pub(super) async fn set_endpoints_group_rules(&self) -> Result<()> {
        let group = self.seen().endpoints_group.clone();
        let group = group.ok_or_else(|| missing("DescribeSecurityGroups", Child::EndpointsGroup))?;
        let (wanted, has) =
            (group_rules(self.desired, block(self.desired, &self.seen())), single(&group.ingress));
        let missing: Vec<_> = wanted.iter().filter(|rule| !has.contains(rule)).cloned().collect();
        let surplus: Vec<_> = has.iter().filter(|rule| !wanted.contains(rule)).cloned().collect();
        if !missing.is_empty() {
            let put = || self.network.authorize_rules(&group.id, Direction::Ingress, &missing);
            self.until_answered(put).await?;
        }
        for (direction, rules) in [(Direction::Ingress, &surplus), (Direction::Egress, &group.egress)] {
            if !rules.is_empty() {
                self.network.revoke_rules(&group.id, direction, rules).await?;
            }
        }
        self.note(|seen| {
            seen.endpoints_group = Some(SecurityGroup { ingress: wanted, egress: vec![], ..group });
        });
        Ok(())
    }

    fn group(&self, group: &EndpointGroup) -> Result<SecurityGroupId> {
        match group {
            EndpointGroup::Given(id) => Ok(id.clone()),
            EndpointGroup::Ours => {
                let ours = self.seen().endpoints_group.as_ref().map(|group| group.id.clone());
                ours.ok_or_else(|| missing("DescribeSecurityGroups", Child::EndpointsGroup))
            }
        }
    }

    fn subnet(&self, (tier, slot): (Tier, Slot)) -> Result<SubnetId> {
        let subnet = self.seen().subnets.get(&(tier, slot)).map(|subnet| subnet.id.clone());
        subnet.ok_or_else(|| missing("DescribeSubnets", Child::Subnet(tier, slot)))
    }

    pub(super) async fn create_interface_endpoint(&self, service: InterfaceService) -> Result<()> {
        let child = Child::InterfaceEndpoint(service);
        let Some(wanted) = self.desired.interface_endpoints.get(&service) else {
            return Err(missing("CreateVpcEndpoint", child));
        };
        let vpc = self.vpc()?;
        let settings = InterfaceEndpointSettings {
            subnets: wanted.subnets.iter().map(|place| self.subnet(*place)).collect::<Result<_>>()?,
            security_groups: wanted.groups.iter().map(|group| self.group(group)).collect::<Result<_>>()?,
            policy: wanted.policy.clone(),
            private_dns: wanted.private_dns,
        };
        let name = service.service_name(&self.desired.region);
        let tags = self.desired.tags_of(child);
        let parameters = format!("{vpc} {settings:?}");
        let mut incarnation = 0;
        let endpoint = loop {
            let token = self.token(child, &parameters, incarnation);
            let make = || self.network.create_interface_endpoint(&vpc, &name, &settings, &tags, &token);
            let endpoint = self.until_answered(make).await?;
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
        self.note(|seen| drop(seen.interface_endpoints.insert(service, endpoint)));
        self.await_interface_endpoint(service).await
    }

    /// Waits until it works, or until the owner of the service has to accept it, which may take as long as people do.
    pub(super) async fn await_interface_endpoint(&self, service: InterfaceService) -> Result<()> {
        const OPERATION: &str = "DescribeVpcEndpoints";
        let child = Child::InterfaceEndpoint(service);
        let id = self.seen().interface_endpoints.get(&service).map(|it| it.id.clone());
        let id = id.ok_or_else(|| missing(OPERATION, child))?;
        let what = format!("the endpoint {id} of {service}");
        let tags = self.desired.owner.tags(&child.key());
        let endpoint = wait_for(OPERATION, &what, ENDPOINT, self.stop, || async {
            let found = self.network.vpc_endpoints(&tags).await?.into_iter().find(|it| it.id == id);
            let Some(endpoint) = found else { return Ok(Look::Pending("not visible yet".into())) };
            match endpoint.state {
                VpcEndpointState::Available | VpcEndpointState::PendingAcceptance => Ok(Look::Ready(endpoint)),
                VpcEndpointState::Pending => Ok(Look::Pending("pending".into())),
                VpcEndpointState::Failed | VpcEndpointState::Deleting => {
                    let text = format!("{id} will not work: it failed, was rejected or is being deleted; the next apply replaces it");
                    Err(CloudError::new(ErrorKind::Other, "CreateVpcEndpoint", text))
                }
            }
        })
        .await?;
        self.note(|seen| drop(seen.interface_endpoints.insert(service, endpoint)));
        Ok(())
    }

    pub(super) async fn modify_interface_endpoint(
        &self,
        service: InterfaceService,
        wanted: &InterfaceChange,
    ) -> Result<()> {
        let id = self.seen().interface_endpoints.get(&service).map(|endpoint| endpoint.id.clone());
        let id = id.ok_or_else(|| missing("ModifyVpcEndpoint", Child::InterfaceEndpoint(service)))?;
        let add = wanted.add_subnets.iter().map(|place| self.subnet(*place)).collect::<Result<Vec<_>>>()?;
        let groups = wanted.add_groups.iter().map(|group| self.group(group));
        let mut change = InterfaceEndpointChange {
            policy: wanted.policy.clone(),
            add_subnets: Vec::new(),
            remove_subnets: wanted.remove_subnets.clone(),
            add_security_groups: groups.collect::<Result<_>>()?,
            remove_security_groups: wanted.remove_groups.clone(),
            private_dns: wanted.private_dns,
        };
        // A zone has one subnet of an endpoint: where one takes the place of another, the other goes first.
        let mut changes = Vec::new();
        if change.remove_subnets.is_empty() {
            change.add_subnets = add;
            changes.push(change);
        } else {
            changes.push(change);
            if !add.is_empty() {
                changes.push(InterfaceEndpointChange { add_subnets: add, ..Default::default() });
            }
        }
        for change in &changes {
            self.until_answered(|| self.network.modify_interface_endpoint(&id, change)).await?;
            self.await_interface_endpoint(service).await?;
        }
        Ok(())
    }
}
