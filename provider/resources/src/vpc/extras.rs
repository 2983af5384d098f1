//! Kinds of parts that not every network has: each costs a read, so they are read only where they can be.

use super::child::Child;
use super::desired::Desired;
use super::seen::Answers;
use landform_cloud::network::OwnedObject;
use landform_cloud::{NetworkReads, Result, Tags};
use tokio::try_join;

/// Which of those kinds to read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Extras {
    pub(crate) endpoints: bool,
    pub(crate) flow_logs: bool,
    /// Security groups but the default one.
    pub(crate) groups: bool,
    pub(crate) dhcp_options: bool,
    pub(crate) egress_only_gateways: bool,
    /// Network ACLs but the default one.
    pub(crate) network_acls: bool,
    pub(crate) exclusions: bool,
    pub(crate) encryption_controls: bool,
}

impl Extras {
    pub(crate) const NONE: Self = Self::each(false);
    #[cfg(test)]
    pub(crate) const ALL: Self = Self::each(true);

    const fn each(read: bool) -> Self {
        Self {
            endpoints: read,
            flow_logs: read,
            groups: read,
            dhcp_options: read,
            egress_only_gateways: read,
            network_acls: read,
            exclusions: read,
            encryption_controls: read,
        }
    }

    /// What the network must have, or had when state was written.
    pub(crate) fn of(desired: &Desired) -> Self {
        let mut extras = Self::NONE;
        for child in desired.children().iter().chain(desired.recorded.keys()) {
            match child {
                Child::GatewayEndpoint(_) | Child::InterfaceEndpoint(_) => extras.endpoints = true,
                Child::FlowLog => extras.flow_logs = true,
                Child::EndpointsGroup => extras.groups = true,
                Child::DhcpOptions => extras.dhcp_options = true,
                Child::EgressOnlyGateway => extras.egress_only_gateways = true,
                Child::NetworkAcl => extras.network_acls = true,
                Child::Exclusion => extras.exclusions = true,
                Child::EncryptionControl => extras.encryption_controls = true,
                _ => {}
            }
        }
        extras
    }

    /// These, and what carries our tags.
    pub(super) fn and(self, owned: &[OwnedObject]) -> Self {
        let is = |prefix: &str| owned.iter().any(|object| object.id.starts_with(prefix));
        Self {
            endpoints: self.endpoints || is("vpce-"),
            flow_logs: self.flow_logs || is("fl-"),
            groups: self.groups || is("sg-"),
            dhcp_options: self.dhcp_options || is("dopt-"),
            egress_only_gateways: self.egress_only_gateways || is("eigw-"),
            network_acls: self.network_acls || is("acl-"),
            exclusions: self.exclusions || is("vpcbpa-exclude-"),
            encryption_controls: self.encryption_controls || is("vpcec-"),
        }
    }

    /// Those of these that guard the network.
    pub(super) fn controls(self) -> Self {
        let Self { network_acls, exclusions, encryption_controls, .. } = self;
        Self { network_acls, exclusions, encryption_controls, ..Self::NONE }
    }

    /// Those of these that are not among `others`.
    pub(super) fn without(self, others: Self) -> Self {
        Self {
            endpoints: self.endpoints && !others.endpoints,
            flow_logs: self.flow_logs && !others.flow_logs,
            groups: self.groups && !others.groups,
            dhcp_options: self.dhcp_options && !others.dhcp_options,
            egress_only_gateways: self.egress_only_gateways && !others.egress_only_gateways,
            network_acls: self.network_acls && !others.network_acls,
            exclusions: self.exclusions && !others.exclusions,
            encryption_controls: self.encryption_controls && !others.encryption_controls,
        }
    }

    /// The answers of the reads, all at once.
    pub(super) async fn read(self, network: &dyn NetworkReads, tags: &Tags) -> Result<Answers> {
        macro_rules! read {
            ($kind:ident if $wanted:ident) => {
                async { if self.$wanted { network.$kind(tags).await } else { Ok(Vec::new()) } }
            };
        }
        let (
            endpoints,
            flow_logs,
            security_groups,
            dhcp_options,
            egress_only_gateways,
            network_acls,
            exclusions,
            encryption_controls,
        ) = try_join!(
            read!(vpc_endpoints if endpoints),
            read!(flow_logs if flow_logs),
            read!(security_groups if groups),
            read!(dhcp_options if dhcp_options),
            read!(egress_only_internet_gateways if egress_only_gateways),
            read!(network_acls if network_acls),
            read!(exclusions if exclusions),
            read!(encryption_controls if encryption_controls),
        )?;
        Ok(Answers {
            endpoints,
            flow_logs,
            security_groups,
            dhcp_options,
            egress_only_gateways,
            network_acls,
            exclusions,
            encryption_controls,
            ..Answers::default()
        })
    }
}
