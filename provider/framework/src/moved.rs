use serde_json::Value as Json;

/// An object of another resource type, which a [`moved` block](https://developer.hashicorp.com/terraform/language/moved)
/// brings here.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// Where the other type's provider comes from, such as `registry.terraform.io/hashicorp/aws`.
    pub provider_address: String,
    /// The other type, such as `aws_vpc`.
    pub type_name: String,
    /// The schema version that the state was written with.
    pub schema_version: i64,
    /// The attributes.
    pub state: Json,
    /// The identity of the object; null when it has none.
    pub identity: Json,
}
