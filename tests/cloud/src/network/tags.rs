//! Tags, and what is found by them.

use super::*;

impl InProcessNetwork {
    pub(super) fn owned(&self, owner: &Owner) -> Result<Vec<OwnedObject>> {
        self.call("DescribeTags", owner.resource(), |world, _| {
            let wanted = owner.selector();
            let mut owned = Vec::new();
            let mut add = |kind: &str, id: String, tags: &Tags| {
                if has(tags, &wanted) {
                    owned.push(OwnedObject { id, kind: kind.into() });
                }
            };
            world.vpcs.iter().for_each(|it| add("vpc", it.id.to_string(), &it.tags));
            world.subnets.iter().for_each(|it| add("subnet", it.id.to_string(), &it.tags));
            world
                .internet_gateways
                .iter()
                .for_each(|it| add("internet-gateway", it.id.to_string(), &it.tags));
            world.addresses.iter().for_each(|it| add("elastic-ip", it.id.to_string(), &it.tags));
            world.nat_gateways.iter().for_each(|it| add("natgateway", it.id.to_string(), &it.tags));
            world.route_tables.iter().for_each(|it| add("route-table", it.id.to_string(), &it.tags));
            world.vpc_endpoints.iter().for_each(|it| add("vpc-endpoint", it.id.to_string(), &it.tags));
            world.dhcp_options.iter().for_each(|it| add("dhcp-options", it.id.to_string(), &it.tags));
            let groups = world.own_security_groups.values();
            groups.for_each(|it| add("security-group", it.id.to_string(), &it.tags));
            world.flow_logs.iter().for_each(|it| add("vpc-flow-log", it.id.to_string(), &it.tags));
            Ok(owned)
        })
    }

    pub(super) fn set_tags(&self, ids: &[String], tags: &Tags) -> Result<()> {
        self.call("CreateTags", ids.join(","), |world, _| {
            for id in ids {
                let object = world.tags_mut(id).ok_or_else(|| absent("CreateTags", "InvalidID", id))?;
                object.extend(tags.clone());
            }
            Ok(())
        })
    }

    pub(super) fn remove_tags(&self, ids: &[String], keys: &[String]) -> Result<()> {
        self.call("DeleteTags", ids.join(","), |world, _| {
            for id in ids {
                let object = world.tags_mut(id).ok_or_else(|| absent("DeleteTags", "InvalidID", id))?;
                object.retain(|key, _| !keys.contains(key));
            }
            Ok(())
        })
    }
}
