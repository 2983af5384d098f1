//! Finds the networks of a stack, for `terraform query`.

use super::identity::VpcIdentity;
use super::model::Vpc;
use super::{VpcResource, import};
use crate::client::failure;
use landform_cloud::{Tags, Target};
use landform_framework::{Diagnostic, Diagnostics, List, ListContext, Model, Text, Value};
use landform_model::ownership::{RESOURCE_TAG, STACK_TAG};
use landform_model::{AccountId, Region};
use std::ops::ControlFlow;

/// Finds the networks of this stack in one account and region, such as those of a state that was lost.
#[derive(Debug, Clone, PartialEq, Model)]
pub struct VpcList {
    /// The account to look in. Default: the account of the provider's credentials.
    #[attribute(optional)]
    pub account_id: Value<Text<AccountId>>,
    /// The region to look in. Default: the provider's.
    #[attribute(optional)]
    pub region: Value<Text<Region>>,
}

#[async_trait::async_trait]
impl List for VpcList {
    type Resource = VpcResource;

    async fn list(self, _: &VpcResource, cx: &ListContext<VpcResource>) -> Result<(), Diagnostics> {
        let client = cx.client();
        let account = self.account_id.into_known().map(|account| account.0);
        let region = self.region.into_known().map(|region| region.0);
        let target = client.target(account, region).await?;
        let failed = |error| failure(format!("Listing the networks in {target}"), &error, "");
        let network = client.network(&target).await.map_err(failed)?;
        let stack = Tags::from([(STACK_TAG.to_owned(), client.stack().to_string())]);
        let mut vpcs = network.vpcs(&stack).await.map_err(failed)?;
        vpcs.sort_by(|a, b| a.id.cmp(&b.id));
        for vpc in vpcs {
            let resource = vpc.tags.get(RESOURCE_TAG).and_then(|resource| resource.strip_prefix("vpc/"));
            let Some(name) = resource else { continue };
            let identity = identity(&target, &vpc);
            let found = match cx.wants_objects() {
                true => import::by_identity(client, identity).await,
                false => Ok(identified(identity)),
            };
            let enough = match found {
                Ok(found) => cx.found(format!("{name} ({})", vpc.id), found).await,
                Err(why) => {
                    cx.warn(skipped(&vpc, &why)).await;
                    ControlFlow::Continue(())
                }
            };
            if enough.is_break() {
                break;
            }
        }
        Ok(())
    }
}

fn identity(target: &Target, vpc: &landform_cloud::network::Vpc) -> VpcIdentity {
    VpcIdentity {
        id: Value::Known(Text(vpc.id.clone())),
        account_id: Value::Known(Text(target.account.clone())),
        region: Value::Known(Text(target.region.clone())),
    }
}

/// A network of which nothing is known but its identity.
fn identified(VpcIdentity { id, account_id, region }: VpcIdentity) -> Vpc {
    Vpc { id: id.map(|id| id.to_string()), account_id, region, ..Vpc::default() }
}

fn skipped(vpc: &landform_cloud::network::Vpc, why: &Diagnostics) -> Diagnostic {
    Diagnostic::warning(format!("{} was left out: it cannot be imported", vpc.id), why.to_string())
}
