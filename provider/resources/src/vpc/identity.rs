//! What finds a network: the id of its VPC, and where that is.

use super::model::Vpc;
use super::{Call, VpcResource, import};
use landform_cloud::id::VpcId;
use landform_framework::{Diagnostics, Identity, Model, Text, Value};
use landform_model::{AccountId, Region};
use std::str::FromStr;

/// What finds a network.
#[derive(Debug, Clone, PartialEq, Model)]
pub(crate) struct VpcIdentity {
    /// The id of the VPC.
    #[attribute(required)]
    pub(crate) id: Value<Text<VpcId>>,
    /// The account it is in. Default: the account of the provider's credentials.
    #[attribute(optional)]
    pub(crate) account_id: Value<Text<AccountId>>,
    /// The region it is in. Default: the provider's.
    #[attribute(optional)]
    pub(crate) region: Value<Text<Region>>,
}

#[async_trait::async_trait]
impl Identity for VpcIdentity {
    type Resource = VpcResource;

    fn of(network: &Vpc) -> Self {
        Self {
            id: match network.id.as_ref() {
                Value::Known(id) => text(id),
                Value::Unknown => Value::Unknown,
                Value::Null => Value::Null,
            },
            account_id: network.account_id.clone(),
            region: network.region.clone(),
        }
    }

    async fn import(self, _: &VpcResource, cx: &Call) -> Result<Vpc, Diagnostics> {
        import::by_identity(cx.client(), self).await
    }

    fn example() -> Self {
        Self {
            id: text("vpc-0a1b2c3d4e5f60718"),
            account_id: text("111122223333"),
            region: text("us-east-1"),
        }
    }
}

/// The value that is written like this; null when nothing is.
fn text<T: FromStr>(text: &str) -> Value<Text<T>> {
    text.parse().ok().map(Text).into()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{Process, target, three_zones};
    use super::*;
    use landform_framework::Resource;

    fn identity(id: &Value<String>, account_id: &str, region: &str) -> VpcIdentity {
        VpcIdentity { id: text(id.known().unwrap()), account_id: text(account_id), region: text(region) }
    }

    #[tokio::test(start_paused = true)]
    async fn a_network_is_imported_by_what_identifies_it_and_parts_that_are_left_out_are_the_providers() {
        let process = Process::new();
        let state = process.create(three_zones()).await.unwrap();
        let whole = identity(&state.id, target().account.as_ref(), target().region.as_ref());
        assert_eq!(VpcIdentity::of(&state), whole);
        let id = state.id.known().unwrap();
        let imported = VpcResource.import(&process.call(), id).await.unwrap();
        for account in ["", "123456789012"] {
            for region in ["", "us-east-1"] {
                let given = identity(&state.id, account, region);
                let found = given.import(&VpcResource, &process.call()).await.unwrap();
                assert_eq!(found, imported);
                assert_eq!(VpcIdentity::of(&found), whole);
            }
        }
        let elsewhere = identity(&state.id, "", "eu-west-1").import(&VpcResource, &process.call()).await;
        let error = elsewhere.unwrap_err().to_string();
        assert!(error.contains("There is no VPC") && error.contains("eu-west-1"), "{error}");
    }

    #[test]
    fn before_the_vpc_exists_its_id_is_unknown() {
        let planned = VpcIdentity::of(&three_zones());
        assert_eq!(planned.id, Value::Unknown);
        assert_eq!(planned.region, text("us-east-1"));
        assert!(VpcIdentity::example().id.is_known());
    }
}
