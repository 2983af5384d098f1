//! `data.landform_vpc`: a network of any stack, found by its name.

use crate::client::{Landform, failure};
use crate::vpc::{Extras, NatGateway, Outputs, Subnet, look};
use landform_cloud::{Tags, Target};
use landform_framework::docs::Permissions;
use landform_framework::{DataSource, Diagnostic, Diagnostics, Model, Text, Value};
use landform_model::ownership::{Owner, RESOURCE_TAG, ResourceKind, STACK_TAG};
use landform_model::{AccountId, Cidr, Region, ResourceName, StackName};
use std::collections::BTreeMap;

/// A network that Landform made, found by its name and tags: no access to the state that holds it is needed.
#[derive(Debug, Clone, PartialEq, Model)]
pub struct VpcLookup {
    /// The account to look in. Default: the account of the provider's credentials.
    #[attribute(optional, computed)]
    pub account_id: Value<Text<AccountId>>,
    /// The region to look in. Default: the provider's.
    #[attribute(optional, computed)]
    pub region: Value<Text<Region>>,
    /// The name of the network.
    #[attribute(required)]
    pub name: Value<Text<ResourceName>>,
    /// The stack of the network. Default: any, as long as only one network is found.
    #[attribute(optional, computed)]
    pub stack: Value<Text<StackName>>,
    /// Tags that the VPC must have.
    #[attribute(optional)]
    pub tags: Value<BTreeMap<String, String>>,
    /// The id of the VPC.
    #[attribute(computed)]
    pub id: Value<String>,
    /// The IPv4 block of the VPC.
    #[attribute(computed)]
    pub cidr: Value<Text<Cidr>>,
    /// The subnets: tier to slot to subnet.
    #[attribute(computed)]
    pub subnets: Value<BTreeMap<String, BTreeMap<String, Subnet>>>,
    /// The ids of the subnets of each tier, in the order of their slots.
    #[attribute(computed)]
    pub subnet_ids: Value<BTreeMap<String, Vec<Value<String>>>>,
    /// The ids of the route tables: `public`, `private/a` and so on, `database`, `intra`.
    #[attribute(computed)]
    pub route_table_ids: Value<BTreeMap<String, Value<String>>>,
    /// The NAT gateways by slot.
    #[attribute(computed)]
    pub nat_gateways: Value<BTreeMap<String, NatGateway>>,
    /// The public addresses of the NAT gateways by slot.
    #[attribute(computed)]
    pub nat_public_ips: Value<BTreeMap<String, Value<String>>>,
}

/// The data source `landform_vpc`.
pub struct VpcDataSource;

#[async_trait::async_trait]
impl DataSource for VpcDataSource {
    type Client = Landform;
    type Model = VpcLookup;

    fn name(&self) -> &'static str {
        "vpc"
    }

    fn subcategory(&self) -> &'static str {
        "Network"
    }

    fn permissions(&self) -> Permissions {
        crate::vpc::permissions::read()
    }

    async fn read(&self, client: &Landform, mut config: VpcLookup) -> Result<VpcLookup, Diagnostics> {
        let name = config
            .name
            .known()
            .map(|name| name.0.clone())
            .ok_or_else(|| Diagnostic::error("No name", "Set `name`."))?;
        let doing = format!("Finding network {name}");
        let account = config.account_id.known().map(|account| account.0.clone());
        let region = config.region.known().map(|region| region.0.clone());
        let target = client.target(account, region).await?;
        let network = client.network(&target).await.map_err(|error| failure(&doing, &error, ""))?;
        let mut tags = Tags::from([(RESOURCE_TAG.to_owned(), format!("{}/{name}", ResourceKind::VPC))]);
        tags.extend(config.stack.known().map(|stack| (STACK_TAG.to_owned(), stack.to_string())));
        tags.extend(config.tags.known().cloned().unwrap_or_default());
        let found = network.vpcs(&tags).await.map_err(|error| failure(&doing, &error, ""))?;
        let vpc = match found.as_slice() {
            [vpc] => vpc,
            [] => return Err(absent(&name, &target, &tags)),
            several => {
                let ids: Vec<String> = several.iter().map(|vpc| vpc.id.to_string()).collect();
                let detail = format!("{} all have that name: set `stack` or `tags`.", ids.join(", "));
                return Err(Diagnostic::error(format!("Several networks are called {name}"), detail).into());
            }
        };
        let stack: Option<StackName> = vpc.tags.get(STACK_TAG).and_then(|stack| stack.parse().ok());
        let stack = stack.ok_or_else(|| absent(&name, &target, &tags))?;
        let owner = Owner { stack: stack.clone(), kind: ResourceKind::VPC, name };
        let seen = look(network.as_ref(), &owner, Extras::NONE)
            .await
            .map_err(|error| failure(&doing, &error, ""))?;
        config.account_id = Value::Known(Text(target.account));
        config.region = Value::Known(Text(target.region));
        config.stack = Value::Known(Text(stack));
        config.id = Value::Known(vpc.id.to_string());
        config.cidr = Value::Known(Text(vpc.cidr));
        let parts = Outputs::existing(&seen, |_| true);
        config.subnets = parts.subnets;
        config.subnet_ids = parts.subnet_ids;
        config.route_table_ids = parts.route_table_ids;
        config.nat_gateways = parts.nat_gateways;
        config.nat_public_ips = parts.nat_public_ips;
        Ok(config)
    }
}

fn absent(name: &ResourceName, target: &Target, tags: &Tags) -> Diagnostics {
    let wanted: Vec<String> = tags.iter().map(|(key, value)| format!("{key} = {value}")).collect();
    let detail = format!(
        "No VPC in {target} has the tags {}. Is it applied, and is this the right account and region?",
        wanted.join(", ")
    );
    Diagnostic::error(format!("There is no network {name}"), detail).into()
}
