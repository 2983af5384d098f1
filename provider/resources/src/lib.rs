//! The resources, data sources and functions of the provider, one folder each; [`provider`] is the registry.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod account;
mod account_baseline;
mod accounts_data_source;
mod cidr_layout;
mod client;
mod configuration;
mod deploy_roles;
mod email_alias;
mod graph;
mod member_account;
mod member_credentials;
mod organization;
mod organization_data_source;
mod organization_policies;
mod organizational_units;
mod orphans;
mod place;
mod policy_length;
mod settle;
mod snapshot;
mod state_backend;
mod tags;
mod vpc;
mod vpc_data_source;

pub use account::{Account, AccountList, AccountResource, Contact, Contacts, Email, Place};
pub use account_baseline::{
    AccountBaseline, AccountBaselineResource, AccountSettings, Budget, DefaultVpcMode, EbsEncryption,
    InstanceMetadata, PasswordPolicy, RegionSettings,
};
pub use accounts_data_source::{AccountsDataSource, AccountsLookup};
pub use cidr_layout::CidrLayout;
pub use client::Landform;
pub use configuration::{AssumeRole, NetworkFlowLogs, ProviderConfiguration};
pub use deploy_roles::{DeployRoles, DeployRolesResource, DeployTrust, OidcTrust, StateAccess};
pub use email_alias::EmailAlias;
pub use member_account::{MemberAccount, StateWord};
pub use member_credentials::{MemberCredentials, MemberCredentialsResource};
pub use organization::{
    InvalidEffectivePolicy, Organization, OrganizationResource, OrganizationSnapshot, RootAccess, Tree,
};
pub use organization_data_source::{OrganizationDataSource, OrganizationLookup};
pub use organization_policies::{
    Exclusive, GuardrailLimits, Guardrails, GuardrailsList, GuardrailsResource, ManagementRoles,
    OrganizationPolicy, OrganizationPolicyList, OrganizationPolicyResource, OwnSettings, OwnStatements,
    PolicyDocument, PolicySlots, PolicyTarget,
};
pub use organizational_units::{
    OrganizationalUnits, OrganizationalUnitsList, OrganizationalUnitsResource, Unit,
};
pub use orphans::{OwnedResource, owned_resources, remove_resource};
pub use policy_length::{ScpBytes, ScpMinify};
pub use state_backend::{StateBackend, StateBackendResource, StateEncryption, UnknownEncryption};
pub use vpc::{
    CustomTier, DhcpOptions, Egress, EncryptionControl, FlowLogs, GatewayEndpoint, InterfaceEndpoint, Ipv6,
    Kubernetes, NatGateway, Route, Subnet, Vpc, VpcList, VpcResource,
};
pub use vpc_data_source::{VpcDataSource, VpcLookup};

use landform_cloud::Cloud;
use landform_framework::{Diagnostic, Diagnostics, Path, Provider, Value};
use std::sync::Arc;

/// The provider, over the ports that `open` makes of the provider block. `open` must not call AWS.
pub fn provider<F>(open: F) -> Provider<Landform>
where
    F: Fn(&ProviderConfiguration) -> Result<Arc<dyn Cloud>, Diagnostics> + Send + Sync + 'static,
{
    let open = Arc::new(open);
    Provider::new("landform", move |block: ProviderConfiguration, _| {
        let open = Arc::clone(&open);
        async move { configure(&block, open(&block)?) }
    })
    .validate(configuration::validate)
    .resource(AccountResource)
    .resource(AccountBaselineResource)
    .resource(OrganizationResource)
    .resource(OrganizationalUnitsResource)
    .resource(DeployRolesResource)
    .resource(GuardrailsResource)
    .resource(OrganizationPolicyResource)
    .resource(StateBackendResource)
    .resource(VpcResource)
    .data_source(AccountsDataSource)
    .data_source(OrganizationDataSource)
    .data_source(VpcDataSource)
    .ephemeral_resource(MemberCredentialsResource)
    .function(CidrLayout)
    .function(EmailAlias)
    .function(ScpBytes)
    .function(ScpMinify)
}

/// What resources work with, as a provider block describes it.
///
/// # Errors
///
/// When the block names no stack, or one that is not known yet.
pub fn configure(block: &ProviderConfiguration, cloud: Arc<dyn Cloud>) -> Result<Landform, Diagnostics> {
    let stack = block.stack.known().ok_or_else(|| {
        let detail = "`stack` names this state and must be known before anything is planned.";
        Diagnostic::error("No stack", detail).at(Path::root().attribute("stack"))
    })?;
    Ok(Landform::new(
        cloud,
        stack.0.clone(),
        block.region.known().map(|region| region.0.clone()),
        block.default_tags.known().cloned().unwrap_or_default(),
        block.read_only == Value::Known(true),
    )
    .with_flow_logs(block.flow_logs.known().cloned())
    .with_account_closure(block.allow_account_closure == Value::Known(true)))
}
