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
}

impl Extras {
    pub(crate) const NONE: Self =
        Self { endpoints: false, flow_logs: false, groups: false, dhcp_options: false };
    pub(crate) const ALL: Self = Self { endpoints: true, flow_logs: true, groups: true, dhcp_options: true };

    /// What the network must have, or had when state was written.
    pub(crate) fn of(desired: &Desired) -> Self {
        let mut extras = Self::NONE;
        for child in desired.children().iter().chain(desired.recorded.keys()) {
            match child {
                Child::GatewayEndpoint(_) | Child::InterfaceEndpoint(_) => extras.endpoints = true,
                Child::FlowLog => extras.flow_logs = true,
                Child::EndpointsGroup => extras.groups = true,
                Child::DhcpOptions => extras.dhcp_options = true,
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
        }
    }

    /// Those of these that are not among `others`.
    pub(super) fn without(self, others: Self) -> Self {
        Self {
            endpoints: self.endpoints && !others.endpoints,
            flow_logs: self.flow_logs && !others.flow_logs,
            groups: self.groups && !others.groups,
            dhcp_options: self.dhcp_options && !others.dhcp_options,
        }
    }

    /// The answers of the reads, all at once.
    pub(super) async fn read(self, network: &dyn NetworkReads, tags: &Tags) -> Result<Answers> {
        let endpoints =
            async { if self.endpoints { network.vpc_endpoints(tags).await } else { Ok(Vec::new()) } };
        let flow_logs = async { if self.flow_logs { network.flow_logs(tags).await } else { Ok(Vec::new()) } };
        let security_groups =
            async { if self.groups { network.security_groups(tags).await } else { Ok(Vec::new()) } };
        let dhcp_options =
            async { if self.dhcp_options { network.dhcp_options(tags).await } else { Ok(Vec::new()) } };
        let (endpoints, flow_logs, security_groups, dhcp_options) =
            try_join!(endpoints, flow_logs, security_groups, dhcp_options)?;
        Ok(Answers { endpoints, flow_logs, security_groups, dhcp_options, ..Answers::default() })
    }
}
