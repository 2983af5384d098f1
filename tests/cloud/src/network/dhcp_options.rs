//! Sets of DHCP options: one that a VPC uses cannot be deleted.

use super::*;

impl InProcessNetwork {
    pub(super) fn dhcp_options(&self, tags: &Tags) -> Result<Vec<DhcpOptions>> {
        self.call("DescribeDhcpOptions", child(tags), |world, _| {
            Ok(world.dhcp_options.iter().filter(|it| has(&it.tags, tags)).cloned().collect())
        })
    }

    pub(super) fn create_dhcp_options(&self, settings: &DhcpSettings, tags: &Tags) -> Result<DhcpOptions> {
        self.call("CreateDhcpOptions", child(tags), |world, new_id| {
            let made =
                DhcpOptions { id: id(&new_id("dopt-")), settings: settings.clone(), tags: tags.clone() };
            world.dhcp_options.push(made.clone());
            Ok(made)
        })
    }

    pub(super) fn associate_dhcp_options(&self, vpc: &VpcId, options: Option<&DhcpOptionsId>) -> Result<()> {
        const OPERATION: &str = "AssociateDhcpOptions";
        self.call(OPERATION, vpc.as_str(), |world, _| {
            if let Some(options) = options
                && !world.dhcp_options.iter().any(|it| it.id == *options)
            {
                return Err(absent(OPERATION, "InvalidDhcpOptionID.NotFound", options));
            }
            let it = world.vpcs.iter_mut().find(|it| it.id == *vpc);
            let it = it.ok_or_else(|| absent(OPERATION, "InvalidVpcID.NotFound", vpc))?;
            it.dhcp_options = options.cloned();
            Ok(())
        })
    }

    pub(super) fn delete_dhcp_options(&self, options: &DhcpOptionsId) -> Result<()> {
        self.call("DeleteDhcpOptions", options.as_str(), |world, _| {
            if world.vpcs.iter().any(|it| it.dhcp_options.as_ref() == Some(options)) {
                return Err(in_use("DeleteDhcpOptions", options));
            }
            world.dhcp_options.retain(|it| it.id != *options);
            Ok(())
        })
    }
}
