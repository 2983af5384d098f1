//! Interface endpoints: pending for a while, one subnet in a zone, one of a service with its DNS name.

use super::*;

impl InProcessNetwork {
    pub(super) fn create_interface_endpoint(
        &self,
        vpc: &VpcId,
        service: &str,
        settings: &InterfaceEndpointSettings,
        tags: &Tags,
        token: &str,
    ) -> Result<VpcEndpoint> {
        const OPERATION: &str = "CreateVpcEndpoint";
        self.call(OPERATION, child(tags), |world, new_id| {
            let parameters = format!("{vpc} {service} {settings:?} {tags:?}");
            let known = world.tokens.answered(OPERATION, token, &parameters)?;
            if let Some(made) = world.vpc_endpoints.iter().find(|it| Some(it.id.as_str()) == known.as_deref())
            {
                return Ok(made.clone());
            }
            let mut endpoint = VpcEndpoint {
                id: id(&known.clone().unwrap_or_else(|| new_id("vpce-"))),
                vpc: vpc.clone(),
                service: service.to_owned(),
                state: VpcEndpointState::Pending,
                policy: Some(settings.policy.clone().unwrap_or_else(PolicyJson::full_access)),
                route_tables: vec![],
                subnets: vec![],
                security_groups: settings.security_groups.clone(),
                private_dns: settings.private_dns,
                tags: tags.clone(),
            };
            // The answer to a token is repeated, also when its object has been deleted since.
            if known.is_some() {
                return Ok(endpoint);
            }
            settings.subnets.iter().try_for_each(|subnet| enter(world, OPERATION, &mut endpoint, subnet))?;
            check(world, OPERATION, &endpoint)?;
            world.tokens.remember(OPERATION, token, parameters, &endpoint.id);
            world.pending.insert(endpoint.id.to_string(), world.nat_gateway_pending_looks);
            world.vpc_endpoints.push(endpoint.clone());
            Ok(endpoint)
        })
    }

    pub(super) fn modify_interface_endpoint(
        &self,
        endpoint: &VpcEndpointId,
        change: &InterfaceEndpointChange,
    ) -> Result<()> {
        const OPERATION: &str = "ModifyVpcEndpoint";
        self.call(OPERATION, endpoint.as_str(), |world, _| {
            let place = world.vpc_endpoints.iter().position(|it| it.id == *endpoint);
            let place = place.ok_or_else(|| absent(OPERATION, "InvalidVpcEndpointId.NotFound", endpoint))?;
            let mut it = world.vpc_endpoints[place].clone();
            it.subnets.retain(|subnet| !change.remove_subnets.contains(subnet));
            for subnet in change
                .add_subnets
                .iter()
                .filter(|subnet| !it.subnets.contains(subnet))
                .cloned()
                .collect::<Vec<_>>()
            {
                enter(world, OPERATION, &mut it, &subnet)?;
            }
            it.security_groups.retain(|group| !change.remove_security_groups.contains(group));
            for group in &change.add_security_groups {
                if !it.security_groups.contains(group) {
                    it.security_groups.push(group.clone());
                }
            }
            it.private_dns = change.private_dns.unwrap_or(it.private_dns);
            match &change.policy {
                Some(PolicyChange::Set(policy)) => it.policy = Some(policy.clone()),
                Some(PolicyChange::Reset) => it.policy = Some(PolicyJson::full_access()),
                None => {}
            }
            check(world, OPERATION, &it)?;
            it.state = VpcEndpointState::Pending;
            world.pending.insert(it.id.to_string(), world.nat_gateway_pending_looks);
            world.vpc_endpoints[place] = it;
            Ok(())
        })
    }
}

/// What AWS does between two looks: an endpoint that is made or changed becomes available.
pub(super) fn settle(world: &mut World) {
    for it in world.vpc_endpoints.iter_mut().filter(|it| it.state == VpcEndpointState::Pending) {
        match world.pending.get_mut(it.id.as_str()).map(|looks| (looks.checked_sub(1), looks)) {
            Some((Some(left), looks)) => *looks = left,
            _ => it.state = VpcEndpointState::Available,
        }
    }
}

/// AWS takes one subnet in a zone.
fn enter(
    world: &World,
    operation: &'static str,
    endpoint: &mut VpcEndpoint,
    subnet: &SubnetId,
) -> Result<()> {
    let zone = |id: &SubnetId| world.subnets.iter().find(|it| it.id == *id).map(|it| it.zone.clone());
    let place = zone(subnet).ok_or_else(|| absent(operation, "InvalidSubnetID.NotFound", subnet))?;
    if endpoint.subnets.iter().any(|other| zone(other).as_ref() == Some(&place)) {
        let text = format!("Found another VPC endpoint subnet in the availability zone of {subnet}");
        return Err(refuse(ErrorKind::Invalid, operation, "DuplicateSubnetsInSameZone", text));
    }
    endpoint.subnets.push(subnet.clone());
    Ok(())
}

/// Its groups exist; with the DNS name of the service, both DNS flags are on and no other endpoint has the name.
fn check(world: &World, operation: &'static str, endpoint: &VpcEndpoint) -> Result<()> {
    for group in &endpoint.security_groups {
        let foreign = group.as_str().starts_with("sg-0f0e");
        if !foreign && !world.own_security_groups.values().any(|it| it.id == *group) {
            return Err(absent(operation, "InvalidSecurityGroupID.NotFound", group));
        }
    }
    let dns = world.dns.get(endpoint.vpc.as_str()).is_some_and(|dns| dns.support && dns.hostnames);
    let taken = world.vpc_endpoints.iter().any(|it| {
        it.id != endpoint.id && it.private_dns && it.service == endpoint.service && it.vpc == endpoint.vpc
    });
    if endpoint.private_dns && (taken || !dns) {
        let text = "private-dns-enabled cannot be set";
        return Err(refuse(ErrorKind::Invalid, operation, "InvalidParameter", text));
    }
    Ok(())
}
