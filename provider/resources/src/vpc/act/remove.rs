//! Removes parts.

use super::*;

impl Act<'_> {
    pub(super) async fn remove(&self, removal: &Removal) -> Result<()> {
        match removal {
            Removal::Association(id, ..) => self.network.disassociate_route_table(id).await?,
            Removal::NatGateway(id, _) => self.remove_nat_gateway(id).await?,
            Removal::ZoneAddress(id, association, _) => self.remove_zone_address(id, association).await?,
            Removal::Disown(id) => self.disown_address(id).await?,
            Removal::Address(id) => self.until_free(|| self.network.release_address(id)).await?,
            Removal::Attachment(gateway, vpc) => {
                self.until_free(|| self.network.detach_internet_gateway(gateway, vpc)).await?;
            }
            Removal::InternetGateway(id) => self.network.delete_internet_gateway(id).await?,
            Removal::Subnet(id) => self.until_free(|| self.network.delete_subnet(id)).await?,
            Removal::CidrBlock(id, _) | Removal::Ipv6Block(id) => self.disassociate_cidr(id).await?,
            Removal::SubnetIpv6Block(id, _) => self.remove_subnet_ipv6_block(id).await?,
            Removal::EgressOnlyGateway(id) => self.remove_egress_only_gateway(id).await?,
            Removal::RouteTable(id) => {
                self.until_free(|| self.network.delete_route_table(id)).await?;
            }
            Removal::Endpoint(id, _) => self.remove_endpoint(id).await?,
            Removal::SecurityGroup(id) => self.until_free(|| self.network.delete_security_group(id)).await?,
            Removal::OwnDhcpOptions(vpc) => self.take_dhcp_options(vpc).await?,
            Removal::DhcpOptions(id) => self.until_free(|| self.network.delete_dhcp_options(id)).await?,
            Removal::FlowLog(id, _) => self.network.delete_flow_log(id).await?,
            Removal::NetworkAcl(id) => self.until_free(|| self.network.delete_network_acl(id)).await?,
            Removal::Exclusion(id) => self.remove_exclusion(id).await?,
            Removal::EncryptionControl(id) => self.remove_encryption_control(id).await?,
            Removal::Vpc(id) => self.until_free(|| self.network.delete_vpc(id)).await?,
        }
        self.note(|seen| forget(seen, removal));
        Ok(())
    }
}

fn forget(seen: &mut Seen, removal: &Removal) {
    match removal {
        Removal::Association(id, ..) => {
            for table in seen.route_tables.values_mut() {
                table.associations.retain(|association| association.id != *id);
            }
        }
        Removal::NatGateway(id, _) => {
            seen.nat_gateways.retain(|_, gateway| gateway.id != *id);
            seen.spare_nat_gateways.retain(|gateway| gateway.id != *id);
        }
        Removal::ZoneAddress(id, association, _) => {
            for gateway in seen.nat_gateways.values_mut().filter(|gateway| gateway.id == *id) {
                gateway.zone_addresses.retain(|it| it.association.as_ref() != Some(association));
            }
        }
        Removal::Address(id) | Removal::Disown(id) => seen.addresses.retain(|_, address| address.id != *id),
        Removal::Attachment(..) => {
            if let Some(gateway) = &mut seen.internet_gateway {
                gateway.vpc = None;
            }
        }
        Removal::InternetGateway(id) => drop(seen.internet_gateway.take_if(|gateway| gateway.id == *id)),
        Removal::Subnet(id) => seen.subnets.retain(|_, subnet| subnet.id != *id),
        Removal::CidrBlock(id, _) => {
            if let Some(vpc) = &mut seen.vpc {
                vpc.secondary_blocks.retain(|it| it.id != *id);
            }
        }
        Removal::SubnetIpv6Block(_, id) => {
            seen.subnets.values_mut().filter(|it| it.id == *id).for_each(|it| it.ipv6_block = None);
        }
        Removal::EgressOnlyGateway(id) => drop(seen.egress_only_gateway.take_if(|it| it.id == *id)),
        Removal::Ipv6Block(_) => seen.vpc.iter_mut().for_each(|vpc| vpc.ipv6_block = None),
        Removal::RouteTable(id) => seen.route_tables.retain(|_, table| table.id != *id),
        Removal::OwnDhcpOptions(_) => {}
        Removal::DhcpOptions(id) => seen.dhcp_options.retain(|options| options.id != *id),
        Removal::FlowLog(id, _) => seen.flow_logs.retain(|log| log.id != *id),
        Removal::Endpoint(id, _) => {
            seen.gateway_endpoints.retain(|_, endpoint| endpoint.id != *id);
            seen.interface_endpoints.retain(|_, endpoint| endpoint.id != *id);
        }
        Removal::NetworkAcl(id) => drop(seen.network_acl.take_if(|acl| acl.id == *id)),
        Removal::Exclusion(id) => drop(seen.exclusion.take_if(|it| it.id == *id)),
        Removal::EncryptionControl(id) => drop(seen.encryption_control.take_if(|it| it.id == *id)),
        Removal::SecurityGroup(id) => drop(seen.endpoints_group.take_if(|group| group.id == *id)),
        Removal::Vpc(id) => drop(seen.vpc.take_if(|vpc| vpc.id == *id)),
    }
}
