// Generated from the .proto file of the same package by tests/generated.rs. Do not edit.

/// A value of any type. Terraform sends msgpack; a reader must also accept json when msgpack is empty.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct DynamicValue {
    #[prost(bytes = "vec", tag = "1")]
    pub msgpack: ::prost::alloc::vec::Vec<u8>,
    #[prost(bytes = "vec", tag = "2")]
    pub json: ::prost::alloc::vec::Vec<u8>,
}
/// A problem to show to the user.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct Diagnostic {
    #[prost(enumeration = "diagnostic::Severity", tag = "1")]
    pub severity: i32,
    #[prost(string, tag = "2")]
    pub summary: ::prost::alloc::string::String,
    #[prost(string, tag = "3")]
    pub detail: ::prost::alloc::string::String,
    #[prost(message, optional, tag = "4")]
    pub attribute: ::core::option::Option<AttributePath>,
}
/// Nested message and enum types in `Diagnostic`.
pub mod diagnostic {
    #[derive(
        Clone,
        Copy,
        Debug,
        PartialEq,
        Eq,
        Hash,
        PartialOrd,
        Ord,
        ::prost::Enumeration
    )]
    #[repr(i32)]
    pub enum Severity {
        Invalid = 0,
        Error = 1,
        Warning = 2,
    }
    impl Severity {
        /// String value of the enum field names used in the ProtoBuf definition.
        ///
        /// The values are not transformed in any way and thus are considered stable
        /// (if the ProtoBuf definition does not change) and safe for programmatic use.
        pub fn as_str_name(&self) -> &'static str {
            match self {
                Self::Invalid => "INVALID",
                Self::Error => "ERROR",
                Self::Warning => "WARNING",
            }
        }
        /// Creates an enum from field names used in the ProtoBuf definition.
        pub fn from_str_name(value: &str) -> ::core::option::Option<Self> {
            match value {
                "INVALID" => Some(Self::Invalid),
                "ERROR" => Some(Self::Error),
                "WARNING" => Some(Self::Warning),
                _ => None,
            }
        }
    }
}
/// Why a function call failed, and which argument is to blame.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct FunctionError {
    #[prost(string, tag = "1")]
    pub text: ::prost::alloc::string::String,
    #[prost(int64, optional, tag = "2")]
    pub function_argument: ::core::option::Option<i64>,
}
/// Where in a value. Elements of sets cannot be addressed.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct AttributePath {
    #[prost(message, repeated, tag = "1")]
    pub steps: ::prost::alloc::vec::Vec<attribute_path::Step>,
}
/// Nested message and enum types in `AttributePath`.
pub mod attribute_path {
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct Step {
        #[prost(oneof = "step::Selector", tags = "1, 2, 3")]
        pub selector: ::core::option::Option<step::Selector>,
    }
    /// Nested message and enum types in `Step`.
    pub mod step {
        #[derive(Clone, PartialEq, Eq, Hash, ::prost::Oneof)]
        pub enum Selector {
            #[prost(string, tag = "1")]
            AttributeName(::prost::alloc::string::String),
            #[prost(string, tag = "2")]
            ElementKeyString(::prost::alloc::string::String),
            #[prost(int64, tag = "3")]
            ElementKeyInt(i64),
        }
    }
}
/// An interrupt by the user; a text in the answer is shown as an error.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct StopProvider {}
/// Nested message and enum types in `StopProvider`.
pub mod stop_provider {
    #[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct Request {}
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct Response {
        #[prost(string, tag = "1")]
        pub error: ::prost::alloc::string::String,
    }
}
/// State as it lies in the state file, of whatever schema version wrote it.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct RawState {
    #[prost(bytes = "vec", tag = "1")]
    pub json: ::prost::alloc::vec::Vec<u8>,
    /// Only from Terraform 0.11 and earlier.
    #[prost(btree_map = "string, string", tag = "2")]
    pub flatmap: ::prost::alloc::collections::BTreeMap<
        ::prost::alloc::string::String,
        ::prost::alloc::string::String,
    >,
}
/// What identifies an object: attributes of primitive type or lists of them.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct ResourceIdentitySchema {
    #[prost(int64, tag = "1")]
    pub version: i64,
    #[prost(message, repeated, tag = "2")]
    pub identity_attributes: ::prost::alloc::vec::Vec<
        resource_identity_schema::IdentityAttribute,
    >,
}
/// Nested message and enum types in `ResourceIdentitySchema`.
pub mod resource_identity_schema {
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct IdentityAttribute {
        #[prost(string, tag = "1")]
        pub name: ::prost::alloc::string::String,
        /// Type as JSON.
        #[prost(bytes = "vec", tag = "2")]
        pub r#type: ::prost::alloc::vec::Vec<u8>,
        #[prost(bool, tag = "3")]
        pub required_for_import: bool,
        #[prost(bool, tag = "4")]
        pub optional_for_import: bool,
        #[prost(string, tag = "5")]
        pub description: ::prost::alloc::string::String,
    }
}
/// An identity: an object of the type its schema describes.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct ResourceIdentityData {
    #[prost(message, optional, tag = "1")]
    pub identity_data: ::core::option::Option<DynamicValue>,
}
/// The configuration of an action.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct ActionSchema {
    #[prost(message, optional, tag = "1")]
    pub schema: ::core::option::Option<Schema>,
}
/// The shape of a block of configuration and of its state.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct Schema {
    #[prost(int64, tag = "1")]
    pub version: i64,
    #[prost(message, optional, tag = "2")]
    pub block: ::core::option::Option<schema::Block>,
}
/// Nested message and enum types in `Schema`.
pub mod schema {
    #[derive(Clone, PartialEq, ::prost::Message)]
    pub struct Block {
        #[prost(int64, tag = "1")]
        pub version: i64,
        #[prost(message, repeated, tag = "2")]
        pub attributes: ::prost::alloc::vec::Vec<Attribute>,
        #[prost(message, repeated, tag = "3")]
        pub block_types: ::prost::alloc::vec::Vec<NestedBlock>,
        #[prost(string, tag = "4")]
        pub description: ::prost::alloc::string::String,
        #[prost(enumeration = "super::StringKind", tag = "5")]
        pub description_kind: i32,
        #[prost(bool, tag = "6")]
        pub deprecated: bool,
        #[prost(string, tag = "7")]
        pub deprecation_message: ::prost::alloc::string::String,
    }
    #[derive(Clone, PartialEq, ::prost::Message)]
    pub struct Attribute {
        #[prost(string, tag = "1")]
        pub name: ::prost::alloc::string::String,
        /// Type as JSON; empty when nested_type is set.
        #[prost(bytes = "vec", tag = "2")]
        pub r#type: ::prost::alloc::vec::Vec<u8>,
        #[prost(message, optional, tag = "10")]
        pub nested_type: ::core::option::Option<Object>,
        #[prost(string, tag = "3")]
        pub description: ::prost::alloc::string::String,
        #[prost(bool, tag = "4")]
        pub required: bool,
        #[prost(bool, tag = "5")]
        pub optional: bool,
        #[prost(bool, tag = "6")]
        pub computed: bool,
        #[prost(bool, tag = "7")]
        pub sensitive: bool,
        #[prost(enumeration = "super::StringKind", tag = "8")]
        pub description_kind: i32,
        #[prost(bool, tag = "9")]
        pub deprecated: bool,
        /// Never stored in plan or state.
        #[prost(bool, tag = "11")]
        pub write_only: bool,
        #[prost(string, tag = "12")]
        pub deprecation_message: ::prost::alloc::string::String,
    }
    #[derive(Clone, PartialEq, ::prost::Message)]
    pub struct NestedBlock {
        #[prost(string, tag = "1")]
        pub type_name: ::prost::alloc::string::String,
        #[prost(message, optional, tag = "2")]
        pub block: ::core::option::Option<Block>,
        #[prost(enumeration = "nested_block::NestingMode", tag = "3")]
        pub nesting: i32,
        #[prost(int64, tag = "4")]
        pub min_items: i64,
        #[prost(int64, tag = "5")]
        pub max_items: i64,
    }
    /// Nested message and enum types in `NestedBlock`.
    pub mod nested_block {
        #[derive(
            Clone,
            Copy,
            Debug,
            PartialEq,
            Eq,
            Hash,
            PartialOrd,
            Ord,
            ::prost::Enumeration
        )]
        #[repr(i32)]
        pub enum NestingMode {
            Invalid = 0,
            Single = 1,
            List = 2,
            Set = 3,
            Map = 4,
            Group = 5,
        }
        impl NestingMode {
            /// String value of the enum field names used in the ProtoBuf definition.
            ///
            /// The values are not transformed in any way and thus are considered stable
            /// (if the ProtoBuf definition does not change) and safe for programmatic use.
            pub fn as_str_name(&self) -> &'static str {
                match self {
                    Self::Invalid => "INVALID",
                    Self::Single => "SINGLE",
                    Self::List => "LIST",
                    Self::Set => "SET",
                    Self::Map => "MAP",
                    Self::Group => "GROUP",
                }
            }
            /// Creates an enum from field names used in the ProtoBuf definition.
            pub fn from_str_name(value: &str) -> ::core::option::Option<Self> {
                match value {
                    "INVALID" => Some(Self::Invalid),
                    "SINGLE" => Some(Self::Single),
                    "LIST" => Some(Self::List),
                    "SET" => Some(Self::Set),
                    "MAP" => Some(Self::Map),
                    "GROUP" => Some(Self::Group),
                    _ => None,
                }
            }
        }
    }
    #[derive(Clone, PartialEq, ::prost::Message)]
    pub struct Object {
        #[prost(message, repeated, tag = "1")]
        pub attributes: ::prost::alloc::vec::Vec<Attribute>,
        #[prost(enumeration = "object::NestingMode", tag = "3")]
        pub nesting: i32,
        #[prost(int64, tag = "4")]
        pub min_items: i64,
        #[prost(int64, tag = "5")]
        pub max_items: i64,
    }
    /// Nested message and enum types in `Object`.
    pub mod object {
        #[derive(
            Clone,
            Copy,
            Debug,
            PartialEq,
            Eq,
            Hash,
            PartialOrd,
            Ord,
            ::prost::Enumeration
        )]
        #[repr(i32)]
        pub enum NestingMode {
            Invalid = 0,
            Single = 1,
            List = 2,
            Set = 3,
            Map = 4,
        }
        impl NestingMode {
            /// String value of the enum field names used in the ProtoBuf definition.
            ///
            /// The values are not transformed in any way and thus are considered stable
            /// (if the ProtoBuf definition does not change) and safe for programmatic use.
            pub fn as_str_name(&self) -> &'static str {
                match self {
                    Self::Invalid => "INVALID",
                    Self::Single => "SINGLE",
                    Self::List => "LIST",
                    Self::Set => "SET",
                    Self::Map => "MAP",
                }
            }
            /// Creates an enum from field names used in the ProtoBuf definition.
            pub fn from_str_name(value: &str) -> ::core::option::Option<Self> {
                match value {
                    "INVALID" => Some(Self::Invalid),
                    "SINGLE" => Some(Self::Single),
                    "LIST" => Some(Self::List),
                    "SET" => Some(Self::Set),
                    "MAP" => Some(Self::Map),
                    _ => None,
                }
            }
        }
    }
}
/// The signature of a function.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct Function {
    #[prost(message, repeated, tag = "1")]
    pub parameters: ::prost::alloc::vec::Vec<function::Parameter>,
    #[prost(message, optional, tag = "2")]
    pub variadic_parameter: ::core::option::Option<function::Parameter>,
    #[prost(message, optional, tag = "3")]
    pub r#return: ::core::option::Option<function::Return>,
    #[prost(string, tag = "4")]
    pub summary: ::prost::alloc::string::String,
    #[prost(string, tag = "5")]
    pub description: ::prost::alloc::string::String,
    #[prost(enumeration = "StringKind", tag = "6")]
    pub description_kind: i32,
    #[prost(string, tag = "7")]
    pub deprecation_message: ::prost::alloc::string::String,
}
/// Nested message and enum types in `Function`.
pub mod function {
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct Parameter {
        #[prost(string, tag = "1")]
        pub name: ::prost::alloc::string::String,
        /// Type as JSON.
        #[prost(bytes = "vec", tag = "2")]
        pub r#type: ::prost::alloc::vec::Vec<u8>,
        #[prost(bool, tag = "3")]
        pub allow_null_value: bool,
        #[prost(bool, tag = "4")]
        pub allow_unknown_values: bool,
        #[prost(string, tag = "5")]
        pub description: ::prost::alloc::string::String,
        #[prost(enumeration = "super::StringKind", tag = "6")]
        pub description_kind: i32,
    }
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct Return {
        /// Type as JSON.
        #[prost(bytes = "vec", tag = "1")]
        pub r#type: ::prost::alloc::vec::Vec<u8>,
    }
}
/// What this provider can do beyond the first version of the protocol.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct ServerCapabilities {
    /// PlanResourceChange is wanted for destroys too.
    #[prost(bool, tag = "1")]
    pub plan_destroy: bool,
    /// Later processes of one command need not be asked for the schema again.
    #[prost(bool, tag = "2")]
    pub get_provider_schema_optional: bool,
    #[prost(bool, tag = "3")]
    pub move_resource_state: bool,
    #[prost(bool, tag = "4")]
    pub generate_resource_config: bool,
}
/// What the calling Terraform can do.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct ClientCapabilities {
    /// True in the apply walk too: not by itself a reason to defer.
    #[prost(bool, tag = "1")]
    pub deferral_allowed: bool,
    #[prost(bool, tag = "2")]
    pub write_only_attributes_allowed: bool,
}
/// A change that cannot be planned yet; only where the client allows it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct Deferred {
    #[prost(enumeration = "deferred::Reason", tag = "1")]
    pub reason: i32,
}
/// Nested message and enum types in `Deferred`.
pub mod deferred {
    #[derive(
        Clone,
        Copy,
        Debug,
        PartialEq,
        Eq,
        Hash,
        PartialOrd,
        Ord,
        ::prost::Enumeration
    )]
    #[repr(i32)]
    pub enum Reason {
        Unknown = 0,
        ResourceConfigUnknown = 1,
        ProviderConfigUnknown = 2,
        AbsentPrereq = 3,
    }
    impl Reason {
        /// String value of the enum field names used in the ProtoBuf definition.
        ///
        /// The values are not transformed in any way and thus are considered stable
        /// (if the ProtoBuf definition does not change) and safe for programmatic use.
        pub fn as_str_name(&self) -> &'static str {
            match self {
                Self::Unknown => "UNKNOWN",
                Self::ResourceConfigUnknown => "RESOURCE_CONFIG_UNKNOWN",
                Self::ProviderConfigUnknown => "PROVIDER_CONFIG_UNKNOWN",
                Self::AbsentPrereq => "ABSENT_PREREQ",
            }
        }
        /// Creates an enum from field names used in the ProtoBuf definition.
        pub fn from_str_name(value: &str) -> ::core::option::Option<Self> {
            match value {
                "UNKNOWN" => Some(Self::Unknown),
                "RESOURCE_CONFIG_UNKNOWN" => Some(Self::ResourceConfigUnknown),
                "PROVIDER_CONFIG_UNKNOWN" => Some(Self::ProviderConfigUnknown),
                "ABSENT_PREREQ" => Some(Self::AbsentPrereq),
                _ => None,
            }
        }
    }
}
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct GetMetadata {}
/// Nested message and enum types in `GetMetadata`.
pub mod get_metadata {
    #[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct Request {}
    #[derive(Clone, PartialEq, ::prost::Message)]
    pub struct Response {
        #[prost(message, optional, tag = "1")]
        pub server_capabilities: ::core::option::Option<super::ServerCapabilities>,
        #[prost(message, repeated, tag = "2")]
        pub diagnostics: ::prost::alloc::vec::Vec<super::Diagnostic>,
        #[prost(message, repeated, tag = "3")]
        pub data_sources: ::prost::alloc::vec::Vec<DataSourceMetadata>,
        #[prost(message, repeated, tag = "4")]
        pub resources: ::prost::alloc::vec::Vec<ResourceMetadata>,
        #[prost(message, repeated, tag = "5")]
        pub functions: ::prost::alloc::vec::Vec<FunctionMetadata>,
        #[prost(message, repeated, tag = "6")]
        pub ephemeral_resources: ::prost::alloc::vec::Vec<EphemeralMetadata>,
        #[prost(message, repeated, tag = "7")]
        pub list_resources: ::prost::alloc::vec::Vec<ListResourceMetadata>,
        #[prost(message, repeated, tag = "8")]
        pub state_stores: ::prost::alloc::vec::Vec<StateStoreMetadata>,
        #[prost(message, repeated, tag = "9")]
        pub actions: ::prost::alloc::vec::Vec<ActionMetadata>,
    }
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct EphemeralMetadata {
        #[prost(string, tag = "1")]
        pub type_name: ::prost::alloc::string::String,
    }
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct FunctionMetadata {
        #[prost(string, tag = "1")]
        pub name: ::prost::alloc::string::String,
    }
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct DataSourceMetadata {
        #[prost(string, tag = "1")]
        pub type_name: ::prost::alloc::string::String,
    }
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct ResourceMetadata {
        #[prost(string, tag = "1")]
        pub type_name: ::prost::alloc::string::String,
    }
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct ListResourceMetadata {
        #[prost(string, tag = "1")]
        pub type_name: ::prost::alloc::string::String,
    }
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct StateStoreMetadata {
        #[prost(string, tag = "1")]
        pub type_name: ::prost::alloc::string::String,
    }
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct ActionMetadata {
        #[prost(string, tag = "1")]
        pub type_name: ::prost::alloc::string::String,
    }
}
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct GetProviderSchema {}
/// Nested message and enum types in `GetProviderSchema`.
pub mod get_provider_schema {
    #[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct Request {}
    #[derive(Clone, PartialEq, ::prost::Message)]
    pub struct Response {
        #[prost(message, optional, tag = "1")]
        pub provider: ::core::option::Option<super::Schema>,
        #[prost(btree_map = "string, message", tag = "2")]
        pub resource_schemas: ::prost::alloc::collections::BTreeMap<
            ::prost::alloc::string::String,
            super::Schema,
        >,
        #[prost(btree_map = "string, message", tag = "3")]
        pub data_source_schemas: ::prost::alloc::collections::BTreeMap<
            ::prost::alloc::string::String,
            super::Schema,
        >,
        #[prost(btree_map = "string, message", tag = "7")]
        pub functions: ::prost::alloc::collections::BTreeMap<
            ::prost::alloc::string::String,
            super::Function,
        >,
        #[prost(btree_map = "string, message", tag = "8")]
        pub ephemeral_resource_schemas: ::prost::alloc::collections::BTreeMap<
            ::prost::alloc::string::String,
            super::Schema,
        >,
        #[prost(btree_map = "string, message", tag = "9")]
        pub list_resource_schemas: ::prost::alloc::collections::BTreeMap<
            ::prost::alloc::string::String,
            super::Schema,
        >,
        #[prost(btree_map = "string, message", tag = "10")]
        pub state_store_schemas: ::prost::alloc::collections::BTreeMap<
            ::prost::alloc::string::String,
            super::Schema,
        >,
        #[prost(btree_map = "string, message", tag = "11")]
        pub action_schemas: ::prost::alloc::collections::BTreeMap<
            ::prost::alloc::string::String,
            super::ActionSchema,
        >,
        #[prost(message, repeated, tag = "4")]
        pub diagnostics: ::prost::alloc::vec::Vec<super::Diagnostic>,
        #[prost(message, optional, tag = "5")]
        pub provider_meta: ::core::option::Option<super::Schema>,
        #[prost(message, optional, tag = "6")]
        pub server_capabilities: ::core::option::Option<super::ServerCapabilities>,
    }
}
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct ValidateProviderConfig {}
/// Nested message and enum types in `ValidateProviderConfig`.
pub mod validate_provider_config {
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct Request {
        #[prost(message, optional, tag = "1")]
        pub config: ::core::option::Option<super::DynamicValue>,
    }
    #[derive(Clone, PartialEq, ::prost::Message)]
    pub struct Response {
        #[prost(message, repeated, tag = "2")]
        pub diagnostics: ::prost::alloc::vec::Vec<super::Diagnostic>,
    }
}
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct UpgradeResourceState {}
/// Nested message and enum types in `UpgradeResourceState`.
pub mod upgrade_resource_state {
    #[derive(Clone, PartialEq, ::prost::Message)]
    pub struct Request {
        #[prost(string, tag = "1")]
        pub type_name: ::prost::alloc::string::String,
        /// Schema version that wrote the state.
        #[prost(int64, tag = "2")]
        pub version: i64,
        #[prost(message, optional, tag = "3")]
        pub raw_state: ::core::option::Option<super::RawState>,
    }
    #[derive(Clone, PartialEq, ::prost::Message)]
    pub struct Response {
        #[prost(message, optional, tag = "1")]
        pub upgraded_state: ::core::option::Option<super::DynamicValue>,
        #[prost(message, repeated, tag = "2")]
        pub diagnostics: ::prost::alloc::vec::Vec<super::Diagnostic>,
    }
}
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct GetResourceIdentitySchemas {}
/// Nested message and enum types in `GetResourceIdentitySchemas`.
pub mod get_resource_identity_schemas {
    #[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct Request {}
    #[derive(Clone, PartialEq, ::prost::Message)]
    pub struct Response {
        #[prost(btree_map = "string, message", tag = "1")]
        pub identity_schemas: ::prost::alloc::collections::BTreeMap<
            ::prost::alloc::string::String,
            super::ResourceIdentitySchema,
        >,
        #[prost(message, repeated, tag = "2")]
        pub diagnostics: ::prost::alloc::vec::Vec<super::Diagnostic>,
    }
}
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct UpgradeResourceIdentity {}
/// Nested message and enum types in `UpgradeResourceIdentity`.
pub mod upgrade_resource_identity {
    #[derive(Clone, PartialEq, ::prost::Message)]
    pub struct Request {
        #[prost(string, tag = "1")]
        pub type_name: ::prost::alloc::string::String,
        #[prost(int64, tag = "2")]
        pub version: i64,
        #[prost(message, optional, tag = "3")]
        pub raw_identity: ::core::option::Option<super::RawState>,
    }
    #[derive(Clone, PartialEq, ::prost::Message)]
    pub struct Response {
        #[prost(message, optional, tag = "1")]
        pub upgraded_identity: ::core::option::Option<super::ResourceIdentityData>,
        #[prost(message, repeated, tag = "2")]
        pub diagnostics: ::prost::alloc::vec::Vec<super::Diagnostic>,
    }
}
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct ValidateResourceConfig {}
/// Nested message and enum types in `ValidateResourceConfig`.
pub mod validate_resource_config {
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct Request {
        #[prost(string, tag = "1")]
        pub type_name: ::prost::alloc::string::String,
        #[prost(message, optional, tag = "2")]
        pub config: ::core::option::Option<super::DynamicValue>,
        #[prost(message, optional, tag = "3")]
        pub client_capabilities: ::core::option::Option<super::ClientCapabilities>,
    }
    #[derive(Clone, PartialEq, ::prost::Message)]
    pub struct Response {
        #[prost(message, repeated, tag = "1")]
        pub diagnostics: ::prost::alloc::vec::Vec<super::Diagnostic>,
    }
}
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct ValidateDataResourceConfig {}
/// Nested message and enum types in `ValidateDataResourceConfig`.
pub mod validate_data_resource_config {
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct Request {
        #[prost(string, tag = "1")]
        pub type_name: ::prost::alloc::string::String,
        #[prost(message, optional, tag = "2")]
        pub config: ::core::option::Option<super::DynamicValue>,
    }
    #[derive(Clone, PartialEq, ::prost::Message)]
    pub struct Response {
        #[prost(message, repeated, tag = "1")]
        pub diagnostics: ::prost::alloc::vec::Vec<super::Diagnostic>,
    }
}
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct ValidateEphemeralResourceConfig {}
/// Nested message and enum types in `ValidateEphemeralResourceConfig`.
pub mod validate_ephemeral_resource_config {
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct Request {
        #[prost(string, tag = "1")]
        pub type_name: ::prost::alloc::string::String,
        #[prost(message, optional, tag = "2")]
        pub config: ::core::option::Option<super::DynamicValue>,
    }
    #[derive(Clone, PartialEq, ::prost::Message)]
    pub struct Response {
        #[prost(message, repeated, tag = "1")]
        pub diagnostics: ::prost::alloc::vec::Vec<super::Diagnostic>,
    }
}
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct ConfigureProvider {}
/// Nested message and enum types in `ConfigureProvider`.
pub mod configure_provider {
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct Request {
        #[prost(string, tag = "1")]
        pub terraform_version: ::prost::alloc::string::String,
        #[prost(message, optional, tag = "2")]
        pub config: ::core::option::Option<super::DynamicValue>,
        #[prost(message, optional, tag = "3")]
        pub client_capabilities: ::core::option::Option<super::ClientCapabilities>,
    }
    #[derive(Clone, PartialEq, ::prost::Message)]
    pub struct Response {
        #[prost(message, repeated, tag = "1")]
        pub diagnostics: ::prost::alloc::vec::Vec<super::Diagnostic>,
    }
}
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct ReadResource {}
/// Nested message and enum types in `ReadResource`.
pub mod read_resource {
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct Request {
        #[prost(string, tag = "1")]
        pub type_name: ::prost::alloc::string::String,
        #[prost(message, optional, tag = "2")]
        pub current_state: ::core::option::Option<super::DynamicValue>,
        #[prost(bytes = "vec", tag = "3")]
        pub private: ::prost::alloc::vec::Vec<u8>,
        #[prost(message, optional, tag = "4")]
        pub provider_meta: ::core::option::Option<super::DynamicValue>,
        #[prost(message, optional, tag = "5")]
        pub client_capabilities: ::core::option::Option<super::ClientCapabilities>,
        #[prost(message, optional, tag = "6")]
        pub current_identity: ::core::option::Option<super::ResourceIdentityData>,
    }
    #[derive(Clone, PartialEq, ::prost::Message)]
    pub struct Response {
        /// Null when the object is gone.
        #[prost(message, optional, tag = "1")]
        pub new_state: ::core::option::Option<super::DynamicValue>,
        #[prost(message, repeated, tag = "2")]
        pub diagnostics: ::prost::alloc::vec::Vec<super::Diagnostic>,
        #[prost(bytes = "vec", tag = "3")]
        pub private: ::prost::alloc::vec::Vec<u8>,
        #[prost(message, optional, tag = "4")]
        pub deferred: ::core::option::Option<super::Deferred>,
        #[prost(message, optional, tag = "5")]
        pub new_identity: ::core::option::Option<super::ResourceIdentityData>,
    }
}
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct PlanResourceChange {}
/// Nested message and enum types in `PlanResourceChange`.
pub mod plan_resource_change {
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct Request {
        #[prost(string, tag = "1")]
        pub type_name: ::prost::alloc::string::String,
        #[prost(message, optional, tag = "2")]
        pub prior_state: ::core::option::Option<super::DynamicValue>,
        #[prost(message, optional, tag = "3")]
        pub proposed_new_state: ::core::option::Option<super::DynamicValue>,
        #[prost(message, optional, tag = "4")]
        pub config: ::core::option::Option<super::DynamicValue>,
        #[prost(bytes = "vec", tag = "5")]
        pub prior_private: ::prost::alloc::vec::Vec<u8>,
        #[prost(message, optional, tag = "6")]
        pub provider_meta: ::core::option::Option<super::DynamicValue>,
        #[prost(message, optional, tag = "7")]
        pub client_capabilities: ::core::option::Option<super::ClientCapabilities>,
        #[prost(message, optional, tag = "8")]
        pub prior_identity: ::core::option::Option<super::ResourceIdentityData>,
    }
    #[derive(Clone, PartialEq, ::prost::Message)]
    pub struct Response {
        #[prost(message, optional, tag = "1")]
        pub planned_state: ::core::option::Option<super::DynamicValue>,
        #[prost(message, repeated, tag = "2")]
        pub requires_replace: ::prost::alloc::vec::Vec<super::AttributePath>,
        /// Opaque to Terraform; comes back with the apply.
        #[prost(bytes = "vec", tag = "3")]
        pub planned_private: ::prost::alloc::vec::Vec<u8>,
        #[prost(message, repeated, tag = "4")]
        pub diagnostics: ::prost::alloc::vec::Vec<super::Diagnostic>,
        /// Turns off checks for providers of the first SDK. Never set here.
        #[prost(bool, tag = "5")]
        pub legacy_type_system: bool,
        #[prost(message, optional, tag = "6")]
        pub deferred: ::core::option::Option<super::Deferred>,
        #[prost(message, optional, tag = "7")]
        pub planned_identity: ::core::option::Option<super::ResourceIdentityData>,
    }
}
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct ApplyResourceChange {}
/// Nested message and enum types in `ApplyResourceChange`.
pub mod apply_resource_change {
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct Request {
        #[prost(string, tag = "1")]
        pub type_name: ::prost::alloc::string::String,
        #[prost(message, optional, tag = "2")]
        pub prior_state: ::core::option::Option<super::DynamicValue>,
        #[prost(message, optional, tag = "3")]
        pub planned_state: ::core::option::Option<super::DynamicValue>,
        #[prost(message, optional, tag = "4")]
        pub config: ::core::option::Option<super::DynamicValue>,
        #[prost(bytes = "vec", tag = "5")]
        pub planned_private: ::prost::alloc::vec::Vec<u8>,
        #[prost(message, optional, tag = "6")]
        pub provider_meta: ::core::option::Option<super::DynamicValue>,
        #[prost(message, optional, tag = "7")]
        pub planned_identity: ::core::option::Option<super::ResourceIdentityData>,
    }
    #[derive(Clone, PartialEq, ::prost::Message)]
    pub struct Response {
        /// What exists now, also when there are errors: what is missing here is lost to Terraform.
        #[prost(message, optional, tag = "1")]
        pub new_state: ::core::option::Option<super::DynamicValue>,
        #[prost(bytes = "vec", tag = "2")]
        pub private: ::prost::alloc::vec::Vec<u8>,
        #[prost(message, repeated, tag = "3")]
        pub diagnostics: ::prost::alloc::vec::Vec<super::Diagnostic>,
        /// Turns off checks for providers of the first SDK. Never set here.
        #[prost(bool, tag = "4")]
        pub legacy_type_system: bool,
        #[prost(message, optional, tag = "5")]
        pub new_identity: ::core::option::Option<super::ResourceIdentityData>,
    }
}
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct ImportResourceState {}
/// Nested message and enum types in `ImportResourceState`.
pub mod import_resource_state {
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct Request {
        #[prost(string, tag = "1")]
        pub type_name: ::prost::alloc::string::String,
        #[prost(string, tag = "2")]
        pub id: ::prost::alloc::string::String,
        #[prost(message, optional, tag = "3")]
        pub client_capabilities: ::core::option::Option<super::ClientCapabilities>,
        #[prost(message, optional, tag = "4")]
        pub identity: ::core::option::Option<super::ResourceIdentityData>,
    }
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct ImportedResource {
        #[prost(string, tag = "1")]
        pub type_name: ::prost::alloc::string::String,
        #[prost(message, optional, tag = "2")]
        pub state: ::core::option::Option<super::DynamicValue>,
        #[prost(bytes = "vec", tag = "3")]
        pub private: ::prost::alloc::vec::Vec<u8>,
        #[prost(message, optional, tag = "4")]
        pub identity: ::core::option::Option<super::ResourceIdentityData>,
    }
    #[derive(Clone, PartialEq, ::prost::Message)]
    pub struct Response {
        #[prost(message, repeated, tag = "1")]
        pub imported_resources: ::prost::alloc::vec::Vec<ImportedResource>,
        #[prost(message, repeated, tag = "2")]
        pub diagnostics: ::prost::alloc::vec::Vec<super::Diagnostic>,
        #[prost(message, optional, tag = "3")]
        pub deferred: ::core::option::Option<super::Deferred>,
    }
}
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct GenerateResourceConfig {}
/// Nested message and enum types in `GenerateResourceConfig`.
pub mod generate_resource_config {
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct Request {
        #[prost(string, tag = "1")]
        pub type_name: ::prost::alloc::string::String,
        #[prost(message, optional, tag = "2")]
        pub state: ::core::option::Option<super::DynamicValue>,
    }
    #[derive(Clone, PartialEq, ::prost::Message)]
    pub struct Response {
        #[prost(message, optional, tag = "1")]
        pub config: ::core::option::Option<super::DynamicValue>,
        #[prost(message, repeated, tag = "2")]
        pub diagnostics: ::prost::alloc::vec::Vec<super::Diagnostic>,
    }
}
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct MoveResourceState {}
/// Nested message and enum types in `MoveResourceState`.
pub mod move_resource_state {
    #[derive(Clone, PartialEq, ::prost::Message)]
    pub struct Request {
        #[prost(string, tag = "1")]
        pub source_provider_address: ::prost::alloc::string::String,
        #[prost(string, tag = "2")]
        pub source_type_name: ::prost::alloc::string::String,
        #[prost(int64, tag = "3")]
        pub source_schema_version: i64,
        #[prost(message, optional, tag = "4")]
        pub source_state: ::core::option::Option<super::RawState>,
        #[prost(string, tag = "5")]
        pub target_type_name: ::prost::alloc::string::String,
        #[prost(bytes = "vec", tag = "6")]
        pub source_private: ::prost::alloc::vec::Vec<u8>,
        #[prost(message, optional, tag = "7")]
        pub source_identity: ::core::option::Option<super::RawState>,
        #[prost(int64, tag = "8")]
        pub source_identity_schema_version: i64,
    }
    #[derive(Clone, PartialEq, ::prost::Message)]
    pub struct Response {
        #[prost(message, optional, tag = "1")]
        pub target_state: ::core::option::Option<super::DynamicValue>,
        #[prost(message, repeated, tag = "2")]
        pub diagnostics: ::prost::alloc::vec::Vec<super::Diagnostic>,
        #[prost(bytes = "vec", tag = "3")]
        pub target_private: ::prost::alloc::vec::Vec<u8>,
        #[prost(message, optional, tag = "4")]
        pub target_identity: ::core::option::Option<super::ResourceIdentityData>,
    }
}
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct ReadDataSource {}
/// Nested message and enum types in `ReadDataSource`.
pub mod read_data_source {
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct Request {
        #[prost(string, tag = "1")]
        pub type_name: ::prost::alloc::string::String,
        #[prost(message, optional, tag = "2")]
        pub config: ::core::option::Option<super::DynamicValue>,
        #[prost(message, optional, tag = "3")]
        pub provider_meta: ::core::option::Option<super::DynamicValue>,
        #[prost(message, optional, tag = "4")]
        pub client_capabilities: ::core::option::Option<super::ClientCapabilities>,
    }
    #[derive(Clone, PartialEq, ::prost::Message)]
    pub struct Response {
        #[prost(message, optional, tag = "1")]
        pub state: ::core::option::Option<super::DynamicValue>,
        #[prost(message, repeated, tag = "2")]
        pub diagnostics: ::prost::alloc::vec::Vec<super::Diagnostic>,
        #[prost(message, optional, tag = "3")]
        pub deferred: ::core::option::Option<super::Deferred>,
    }
}
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct OpenEphemeralResource {}
/// Nested message and enum types in `OpenEphemeralResource`.
pub mod open_ephemeral_resource {
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct Request {
        #[prost(string, tag = "1")]
        pub type_name: ::prost::alloc::string::String,
        #[prost(message, optional, tag = "2")]
        pub config: ::core::option::Option<super::DynamicValue>,
        #[prost(message, optional, tag = "3")]
        pub client_capabilities: ::core::option::Option<super::ClientCapabilities>,
    }
    #[derive(Clone, PartialEq, ::prost::Message)]
    pub struct Response {
        #[prost(message, repeated, tag = "1")]
        pub diagnostics: ::prost::alloc::vec::Vec<super::Diagnostic>,
        #[prost(message, optional, tag = "2")]
        pub renew_at: ::core::option::Option<::prost_types::Timestamp>,
        #[prost(message, optional, tag = "3")]
        pub result: ::core::option::Option<super::DynamicValue>,
        #[prost(bytes = "vec", optional, tag = "4")]
        pub private: ::core::option::Option<::prost::alloc::vec::Vec<u8>>,
        #[prost(message, optional, tag = "5")]
        pub deferred: ::core::option::Option<super::Deferred>,
    }
}
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct RenewEphemeralResource {}
/// Nested message and enum types in `RenewEphemeralResource`.
pub mod renew_ephemeral_resource {
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct Request {
        #[prost(string, tag = "1")]
        pub type_name: ::prost::alloc::string::String,
        #[prost(bytes = "vec", optional, tag = "2")]
        pub private: ::core::option::Option<::prost::alloc::vec::Vec<u8>>,
    }
    #[derive(Clone, PartialEq, ::prost::Message)]
    pub struct Response {
        #[prost(message, repeated, tag = "1")]
        pub diagnostics: ::prost::alloc::vec::Vec<super::Diagnostic>,
        #[prost(message, optional, tag = "2")]
        pub renew_at: ::core::option::Option<::prost_types::Timestamp>,
        #[prost(bytes = "vec", optional, tag = "3")]
        pub private: ::core::option::Option<::prost::alloc::vec::Vec<u8>>,
    }
}
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct CloseEphemeralResource {}
/// Nested message and enum types in `CloseEphemeralResource`.
pub mod close_ephemeral_resource {
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct Request {
        #[prost(string, tag = "1")]
        pub type_name: ::prost::alloc::string::String,
        #[prost(bytes = "vec", optional, tag = "2")]
        pub private: ::core::option::Option<::prost::alloc::vec::Vec<u8>>,
    }
    #[derive(Clone, PartialEq, ::prost::Message)]
    pub struct Response {
        #[prost(message, repeated, tag = "1")]
        pub diagnostics: ::prost::alloc::vec::Vec<super::Diagnostic>,
    }
}
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct GetFunctions {}
/// Nested message and enum types in `GetFunctions`.
pub mod get_functions {
    #[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct Request {}
    #[derive(Clone, PartialEq, ::prost::Message)]
    pub struct Response {
        #[prost(btree_map = "string, message", tag = "1")]
        pub functions: ::prost::alloc::collections::BTreeMap<
            ::prost::alloc::string::String,
            super::Function,
        >,
        #[prost(message, repeated, tag = "2")]
        pub diagnostics: ::prost::alloc::vec::Vec<super::Diagnostic>,
    }
}
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct CallFunction {}
/// Nested message and enum types in `CallFunction`.
pub mod call_function {
    #[derive(Clone, PartialEq, ::prost::Message)]
    pub struct Request {
        #[prost(string, tag = "1")]
        pub name: ::prost::alloc::string::String,
        #[prost(message, repeated, tag = "2")]
        pub arguments: ::prost::alloc::vec::Vec<super::DynamicValue>,
    }
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct Response {
        #[prost(message, optional, tag = "1")]
        pub result: ::core::option::Option<super::DynamicValue>,
        #[prost(message, optional, tag = "2")]
        pub error: ::core::option::Option<super::FunctionError>,
    }
}
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct ListResource {}
/// Nested message and enum types in `ListResource`.
pub mod list_resource {
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct Request {
        #[prost(string, tag = "1")]
        pub type_name: ::prost::alloc::string::String,
        #[prost(message, optional, tag = "2")]
        pub config: ::core::option::Option<super::DynamicValue>,
        #[prost(bool, tag = "3")]
        pub include_resource_object: bool,
        /// The stream ends after this many events.
        #[prost(int64, tag = "4")]
        pub limit: i64,
    }
    #[derive(Clone, PartialEq, ::prost::Message)]
    pub struct Event {
        #[prost(message, optional, tag = "1")]
        pub identity: ::core::option::Option<super::ResourceIdentityData>,
        #[prost(string, tag = "2")]
        pub display_name: ::prost::alloc::string::String,
        /// Only when the request asks for it.
        #[prost(message, optional, tag = "3")]
        pub resource_object: ::core::option::Option<super::DynamicValue>,
        #[prost(message, repeated, tag = "4")]
        pub diagnostic: ::prost::alloc::vec::Vec<super::Diagnostic>,
    }
}
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct ValidateListResourceConfig {}
/// Nested message and enum types in `ValidateListResourceConfig`.
pub mod validate_list_resource_config {
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct Request {
        #[prost(string, tag = "1")]
        pub type_name: ::prost::alloc::string::String,
        #[prost(message, optional, tag = "2")]
        pub config: ::core::option::Option<super::DynamicValue>,
        #[prost(message, optional, tag = "3")]
        pub include_resource_object: ::core::option::Option<super::DynamicValue>,
        #[prost(message, optional, tag = "4")]
        pub limit: ::core::option::Option<super::DynamicValue>,
    }
    #[derive(Clone, PartialEq, ::prost::Message)]
    pub struct Response {
        #[prost(message, repeated, tag = "1")]
        pub diagnostics: ::prost::alloc::vec::Vec<super::Diagnostic>,
    }
}
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct ValidateStateStore {}
/// Nested message and enum types in `ValidateStateStore`.
pub mod validate_state_store {
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct Request {
        #[prost(string, tag = "1")]
        pub type_name: ::prost::alloc::string::String,
        #[prost(message, optional, tag = "2")]
        pub config: ::core::option::Option<super::DynamicValue>,
    }
    #[derive(Clone, PartialEq, ::prost::Message)]
    pub struct Response {
        #[prost(message, repeated, tag = "1")]
        pub diagnostics: ::prost::alloc::vec::Vec<super::Diagnostic>,
    }
}
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct ConfigureStateStore {}
/// Nested message and enum types in `ConfigureStateStore`.
pub mod configure_state_store {
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct Request {
        #[prost(string, tag = "1")]
        pub type_name: ::prost::alloc::string::String,
        #[prost(message, optional, tag = "2")]
        pub config: ::core::option::Option<super::DynamicValue>,
        #[prost(message, optional, tag = "3")]
        pub capabilities: ::core::option::Option<super::StateStoreClientCapabilities>,
    }
    #[derive(Clone, PartialEq, ::prost::Message)]
    pub struct Response {
        #[prost(message, repeated, tag = "1")]
        pub diagnostics: ::prost::alloc::vec::Vec<super::Diagnostic>,
        #[prost(message, optional, tag = "2")]
        pub capabilities: ::core::option::Option<super::StateStoreServerCapabilities>,
    }
}
/// Sizes in bytes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct StateStoreClientCapabilities {
    #[prost(int64, tag = "1")]
    pub chunk_size: i64,
}
/// Sizes in bytes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct StateStoreServerCapabilities {
    #[prost(int64, tag = "1")]
    pub chunk_size: i64,
}
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct ReadStateBytes {}
/// Nested message and enum types in `ReadStateBytes`.
pub mod read_state_bytes {
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct Request {
        #[prost(string, tag = "1")]
        pub type_name: ::prost::alloc::string::String,
        #[prost(string, tag = "2")]
        pub state_id: ::prost::alloc::string::String,
    }
    #[derive(Clone, PartialEq, ::prost::Message)]
    pub struct Response {
        #[prost(bytes = "vec", tag = "1")]
        pub bytes: ::prost::alloc::vec::Vec<u8>,
        #[prost(int64, tag = "2")]
        pub total_length: i64,
        #[prost(message, optional, tag = "3")]
        pub range: ::core::option::Option<super::StateRange>,
        #[prost(message, repeated, tag = "4")]
        pub diagnostics: ::prost::alloc::vec::Vec<super::Diagnostic>,
    }
}
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct WriteStateBytes {}
/// Nested message and enum types in `WriteStateBytes`.
pub mod write_state_bytes {
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct RequestChunk {
        #[prost(message, optional, tag = "1")]
        pub meta: ::core::option::Option<super::RequestChunkMeta>,
        #[prost(bytes = "vec", tag = "2")]
        pub bytes: ::prost::alloc::vec::Vec<u8>,
        #[prost(int64, tag = "3")]
        pub total_length: i64,
        #[prost(message, optional, tag = "4")]
        pub range: ::core::option::Option<super::StateRange>,
    }
    #[derive(Clone, PartialEq, ::prost::Message)]
    pub struct Response {
        #[prost(message, repeated, tag = "1")]
        pub diagnostics: ::prost::alloc::vec::Vec<super::Diagnostic>,
    }
}
/// Which state a stream of chunks belongs to; comes with the first chunk.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct RequestChunkMeta {
    #[prost(string, tag = "1")]
    pub type_name: ::prost::alloc::string::String,
    #[prost(string, tag = "2")]
    pub state_id: ::prost::alloc::string::String,
}
/// Where a chunk lies in the whole state, in bytes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct StateRange {
    #[prost(int64, tag = "1")]
    pub start: i64,
    #[prost(int64, tag = "2")]
    pub end: i64,
}
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct LockState {}
/// Nested message and enum types in `LockState`.
pub mod lock_state {
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct Request {
        #[prost(string, tag = "1")]
        pub type_name: ::prost::alloc::string::String,
        #[prost(string, tag = "2")]
        pub state_id: ::prost::alloc::string::String,
        #[prost(string, tag = "3")]
        pub operation: ::prost::alloc::string::String,
    }
    #[derive(Clone, PartialEq, ::prost::Message)]
    pub struct Response {
        #[prost(string, tag = "1")]
        pub lock_id: ::prost::alloc::string::String,
        #[prost(message, repeated, tag = "2")]
        pub diagnostics: ::prost::alloc::vec::Vec<super::Diagnostic>,
    }
}
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct UnlockState {}
/// Nested message and enum types in `UnlockState`.
pub mod unlock_state {
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct Request {
        #[prost(string, tag = "1")]
        pub type_name: ::prost::alloc::string::String,
        #[prost(string, tag = "2")]
        pub state_id: ::prost::alloc::string::String,
        #[prost(string, tag = "3")]
        pub lock_id: ::prost::alloc::string::String,
    }
    #[derive(Clone, PartialEq, ::prost::Message)]
    pub struct Response {
        #[prost(message, repeated, tag = "1")]
        pub diagnostics: ::prost::alloc::vec::Vec<super::Diagnostic>,
    }
}
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct GetStates {}
/// Nested message and enum types in `GetStates`.
pub mod get_states {
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct Request {
        #[prost(string, tag = "1")]
        pub type_name: ::prost::alloc::string::String,
    }
    #[derive(Clone, PartialEq, ::prost::Message)]
    pub struct Response {
        #[prost(string, repeated, tag = "1")]
        pub state_id: ::prost::alloc::vec::Vec<::prost::alloc::string::String>,
        #[prost(message, repeated, tag = "2")]
        pub diagnostics: ::prost::alloc::vec::Vec<super::Diagnostic>,
    }
}
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct DeleteState {}
/// Nested message and enum types in `DeleteState`.
pub mod delete_state {
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct Request {
        #[prost(string, tag = "1")]
        pub type_name: ::prost::alloc::string::String,
        #[prost(string, tag = "2")]
        pub state_id: ::prost::alloc::string::String,
    }
    #[derive(Clone, PartialEq, ::prost::Message)]
    pub struct Response {
        #[prost(message, repeated, tag = "1")]
        pub diagnostics: ::prost::alloc::vec::Vec<super::Diagnostic>,
    }
}
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct PlanAction {}
/// Nested message and enum types in `PlanAction`.
pub mod plan_action {
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct Request {
        #[prost(string, tag = "1")]
        pub action_type: ::prost::alloc::string::String,
        #[prost(message, optional, tag = "2")]
        pub config: ::core::option::Option<super::DynamicValue>,
        #[prost(message, optional, tag = "3")]
        pub client_capabilities: ::core::option::Option<super::ClientCapabilities>,
    }
    #[derive(Clone, PartialEq, ::prost::Message)]
    pub struct Response {
        #[prost(message, repeated, tag = "1")]
        pub diagnostics: ::prost::alloc::vec::Vec<super::Diagnostic>,
        #[prost(message, optional, tag = "2")]
        pub deferred: ::core::option::Option<super::Deferred>,
    }
}
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct InvokeAction {}
/// Nested message and enum types in `InvokeAction`.
pub mod invoke_action {
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct Request {
        #[prost(string, tag = "1")]
        pub action_type: ::prost::alloc::string::String,
        #[prost(message, optional, tag = "2")]
        pub config: ::core::option::Option<super::DynamicValue>,
        #[prost(message, optional, tag = "3")]
        pub client_capabilities: ::core::option::Option<super::ClientCapabilities>,
    }
    #[derive(Clone, PartialEq, ::prost::Message)]
    pub struct Event {
        #[prost(oneof = "event::Type", tags = "1, 2")]
        pub r#type: ::core::option::Option<event::Type>,
    }
    /// Nested message and enum types in `Event`.
    pub mod event {
        #[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
        pub struct Progress {
            #[prost(string, tag = "1")]
            pub message: ::prost::alloc::string::String,
        }
        #[derive(Clone, PartialEq, ::prost::Message)]
        pub struct Completed {
            #[prost(message, repeated, tag = "1")]
            pub diagnostics: ::prost::alloc::vec::Vec<super::super::Diagnostic>,
        }
        #[derive(Clone, PartialEq, ::prost::Oneof)]
        pub enum Type {
            #[prost(message, tag = "1")]
            Progress(Progress),
            #[prost(message, tag = "2")]
            Completed(Completed),
        }
    }
}
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct ValidateActionConfig {}
/// Nested message and enum types in `ValidateActionConfig`.
pub mod validate_action_config {
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct Request {
        #[prost(string, tag = "1")]
        pub type_name: ::prost::alloc::string::String,
        #[prost(message, optional, tag = "2")]
        pub config: ::core::option::Option<super::DynamicValue>,
    }
    #[derive(Clone, PartialEq, ::prost::Message)]
    pub struct Response {
        #[prost(message, repeated, tag = "1")]
        pub diagnostics: ::prost::alloc::vec::Vec<super::Diagnostic>,
    }
}
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, ::prost::Enumeration)]
#[repr(i32)]
pub enum StringKind {
    Plain = 0,
    Markdown = 1,
}
impl StringKind {
    /// String value of the enum field names used in the ProtoBuf definition.
    ///
    /// The values are not transformed in any way and thus are considered stable
    /// (if the ProtoBuf definition does not change) and safe for programmatic use.
    pub fn as_str_name(&self) -> &'static str {
        match self {
            Self::Plain => "PLAIN",
            Self::Markdown => "MARKDOWN",
        }
    }
    /// Creates an enum from field names used in the ProtoBuf definition.
    pub fn from_str_name(value: &str) -> ::core::option::Option<Self> {
        match value {
            "PLAIN" => Some(Self::Plain),
            "MARKDOWN" => Some(Self::Markdown),
            _ => None,
        }
    }
}
/// Generated client implementations.
#[cfg(feature = "client")]
pub mod provider_client {
    #![allow(
        unused_variables,
        dead_code,
        missing_docs,
        clippy::wildcard_imports,
        clippy::let_unit_value,
    )]
    use tonic::codegen::*;
    use tonic::codegen::http::Uri;
    #[derive(Debug, Clone)]
    pub struct ProviderClient<T> {
        inner: tonic::client::Grpc<T>,
    }
    impl<T> ProviderClient<T>
    where
        T: tonic::client::GrpcService<tonic::body::Body>,
        T::Error: Into<StdError>,
        T::ResponseBody: Body<Data = Bytes> + std::marker::Send + 'static,
        <T::ResponseBody as Body>::Error: Into<StdError> + std::marker::Send,
    {
        pub fn new(inner: T) -> Self {
            let inner = tonic::client::Grpc::new(inner);
            Self { inner }
        }
        pub fn with_origin(inner: T, origin: Uri) -> Self {
            let inner = tonic::client::Grpc::with_origin(inner, origin);
            Self { inner }
        }
        pub fn with_interceptor<F>(
            inner: T,
            interceptor: F,
        ) -> ProviderClient<InterceptedService<T, F>>
        where
            F: tonic::service::Interceptor,
            T::ResponseBody: Default,
            T: tonic::codegen::Service<
                http::Request<tonic::body::Body>,
                Response = http::Response<
                    <T as tonic::client::GrpcService<tonic::body::Body>>::ResponseBody,
                >,
            >,
            <T as tonic::codegen::Service<
                http::Request<tonic::body::Body>,
            >>::Error: Into<StdError> + std::marker::Send + std::marker::Sync,
        {
            ProviderClient::new(InterceptedService::new(inner, interceptor))
        }
        /// Compress requests with the given encoding.
        ///
        /// This requires the server to support it otherwise it might respond with an
        /// error.
        #[must_use]
        pub fn send_compressed(mut self, encoding: CompressionEncoding) -> Self {
            self.inner = self.inner.send_compressed(encoding);
            self
        }
        /// Enable decompressing responses.
        #[must_use]
        pub fn accept_compressed(mut self, encoding: CompressionEncoding) -> Self {
            self.inner = self.inner.accept_compressed(encoding);
            self
        }
        /// Limits the maximum size of a decoded message.
        ///
        /// Default: `4MB`
        #[must_use]
        pub fn max_decoding_message_size(mut self, limit: usize) -> Self {
            self.inner = self.inner.max_decoding_message_size(limit);
            self
        }
        /// Limits the maximum size of an encoded message.
        ///
        /// Default: `usize::MAX`
        #[must_use]
        pub fn max_encoding_message_size(mut self, limit: usize) -> Self {
            self.inner = self.inner.max_encoding_message_size(limit);
            self
        }
        /// Names of everything the provider serves, without schemas. Terraform itself never asks for it.
        pub async fn get_metadata(
            &mut self,
            request: impl tonic::IntoRequest<super::get_metadata::Request>,
        ) -> std::result::Result<
            tonic::Response<super::get_metadata::Response>,
            tonic::Status,
        > {
            self.inner
                .ready()
                .await
                .map_err(|e| {
                    tonic::Status::unknown(
                        format!("Service was not ready: {}", e.into()),
                    )
                })?;
            let codec = tonic_prost::ProstCodec::default();
            let path = http::uri::PathAndQuery::from_static(
                "/tfplugin6.Provider/GetMetadata",
            );
            let mut req = request.into_request();
            req.extensions_mut()
                .insert(GrpcMethod::new("tfplugin6.Provider", "GetMetadata"));
            self.inner.unary(req, path, codec).await
        }
        /// All schemas in one answer, which must stay under 64 MiB.
        pub async fn get_provider_schema(
            &mut self,
            request: impl tonic::IntoRequest<super::get_provider_schema::Request>,
        ) -> std::result::Result<
            tonic::Response<super::get_provider_schema::Response>,
            tonic::Status,
        > {
            self.inner
                .ready()
                .await
                .map_err(|e| {
                    tonic::Status::unknown(
                        format!("Service was not ready: {}", e.into()),
                    )
                })?;
            let codec = tonic_prost::ProstCodec::default();
            let path = http::uri::PathAndQuery::from_static(
                "/tfplugin6.Provider/GetProviderSchema",
            );
            let mut req = request.into_request();
            req.extensions_mut()
                .insert(GrpcMethod::new("tfplugin6.Provider", "GetProviderSchema"));
            self.inner.unary(req, path, codec).await
        }
        /// Static checks of the provider block; values may still be unknown.
        pub async fn validate_provider_config(
            &mut self,
            request: impl tonic::IntoRequest<super::validate_provider_config::Request>,
        ) -> std::result::Result<
            tonic::Response<super::validate_provider_config::Response>,
            tonic::Status,
        > {
            self.inner
                .ready()
                .await
                .map_err(|e| {
                    tonic::Status::unknown(
                        format!("Service was not ready: {}", e.into()),
                    )
                })?;
            let codec = tonic_prost::ProstCodec::default();
            let path = http::uri::PathAndQuery::from_static(
                "/tfplugin6.Provider/ValidateProviderConfig",
            );
            let mut req = request.into_request();
            req.extensions_mut()
                .insert(GrpcMethod::new("tfplugin6.Provider", "ValidateProviderConfig"));
            self.inner.unary(req, path, codec).await
        }
        /// Static checks of one resource; called again at plan and at apply.
        pub async fn validate_resource_config(
            &mut self,
            request: impl tonic::IntoRequest<super::validate_resource_config::Request>,
        ) -> std::result::Result<
            tonic::Response<super::validate_resource_config::Response>,
            tonic::Status,
        > {
            self.inner
                .ready()
                .await
                .map_err(|e| {
                    tonic::Status::unknown(
                        format!("Service was not ready: {}", e.into()),
                    )
                })?;
            let codec = tonic_prost::ProstCodec::default();
            let path = http::uri::PathAndQuery::from_static(
                "/tfplugin6.Provider/ValidateResourceConfig",
            );
            let mut req = request.into_request();
            req.extensions_mut()
                .insert(GrpcMethod::new("tfplugin6.Provider", "ValidateResourceConfig"));
            self.inner.unary(req, path, codec).await
        }
        /// Static checks of one data source.
        pub async fn validate_data_resource_config(
            &mut self,
            request: impl tonic::IntoRequest<
                super::validate_data_resource_config::Request,
            >,
        ) -> std::result::Result<
            tonic::Response<super::validate_data_resource_config::Response>,
            tonic::Status,
        > {
            self.inner
                .ready()
                .await
                .map_err(|e| {
                    tonic::Status::unknown(
                        format!("Service was not ready: {}", e.into()),
                    )
                })?;
            let codec = tonic_prost::ProstCodec::default();
            let path = http::uri::PathAndQuery::from_static(
                "/tfplugin6.Provider/ValidateDataResourceConfig",
            );
            let mut req = request.into_request();
            req.extensions_mut()
                .insert(
                    GrpcMethod::new("tfplugin6.Provider", "ValidateDataResourceConfig"),
                );
            self.inner.unary(req, path, codec).await
        }
        /// Called whenever state is loaded, even when the schema version has not changed.
        pub async fn upgrade_resource_state(
            &mut self,
            request: impl tonic::IntoRequest<super::upgrade_resource_state::Request>,
        ) -> std::result::Result<
            tonic::Response<super::upgrade_resource_state::Response>,
            tonic::Status,
        > {
            self.inner
                .ready()
                .await
                .map_err(|e| {
                    tonic::Status::unknown(
                        format!("Service was not ready: {}", e.into()),
                    )
                })?;
            let codec = tonic_prost::ProstCodec::default();
            let path = http::uri::PathAndQuery::from_static(
                "/tfplugin6.Provider/UpgradeResourceState",
            );
            let mut req = request.into_request();
            req.extensions_mut()
                .insert(GrpcMethod::new("tfplugin6.Provider", "UpgradeResourceState"));
            self.inner.unary(req, path, codec).await
        }
        /// What identifies each kind of resource.
        pub async fn get_resource_identity_schemas(
            &mut self,
            request: impl tonic::IntoRequest<
                super::get_resource_identity_schemas::Request,
            >,
        ) -> std::result::Result<
            tonic::Response<super::get_resource_identity_schemas::Response>,
            tonic::Status,
        > {
            self.inner
                .ready()
                .await
                .map_err(|e| {
                    tonic::Status::unknown(
                        format!("Service was not ready: {}", e.into()),
                    )
                })?;
            let codec = tonic_prost::ProstCodec::default();
            let path = http::uri::PathAndQuery::from_static(
                "/tfplugin6.Provider/GetResourceIdentitySchemas",
            );
            let mut req = request.into_request();
            req.extensions_mut()
                .insert(
                    GrpcMethod::new("tfplugin6.Provider", "GetResourceIdentitySchemas"),
                );
            self.inner.unary(req, path, codec).await
        }
        /// Called whenever a stored identity is loaded.
        pub async fn upgrade_resource_identity(
            &mut self,
            request: impl tonic::IntoRequest<super::upgrade_resource_identity::Request>,
        ) -> std::result::Result<
            tonic::Response<super::upgrade_resource_identity::Response>,
            tonic::Status,
        > {
            self.inner
                .ready()
                .await
                .map_err(|e| {
                    tonic::Status::unknown(
                        format!("Service was not ready: {}", e.into()),
                    )
                })?;
            let codec = tonic_prost::ProstCodec::default();
            let path = http::uri::PathAndQuery::from_static(
                "/tfplugin6.Provider/UpgradeResourceIdentity",
            );
            let mut req = request.into_request();
            req.extensions_mut()
                .insert(
                    GrpcMethod::new("tfplugin6.Provider", "UpgradeResourceIdentity"),
                );
            self.inner.unary(req, path, codec).await
        }
        /// Called once per process, before anything that needs the provider block. Values may be unknown at plan.
        pub async fn configure_provider(
            &mut self,
            request: impl tonic::IntoRequest<super::configure_provider::Request>,
        ) -> std::result::Result<
            tonic::Response<super::configure_provider::Response>,
            tonic::Status,
        > {
            self.inner
                .ready()
                .await
                .map_err(|e| {
                    tonic::Status::unknown(
                        format!("Service was not ready: {}", e.into()),
                    )
                })?;
            let codec = tonic_prost::ProstCodec::default();
            let path = http::uri::PathAndQuery::from_static(
                "/tfplugin6.Provider/ConfigureProvider",
            );
            let mut req = request.into_request();
            req.extensions_mut()
                .insert(GrpcMethod::new("tfplugin6.Provider", "ConfigureProvider"));
            self.inner.unary(req, path, codec).await
        }
        /// Refresh: what exists now. A null state in the answer means that it is gone.
        pub async fn read_resource(
            &mut self,
            request: impl tonic::IntoRequest<super::read_resource::Request>,
        ) -> std::result::Result<
            tonic::Response<super::read_resource::Response>,
            tonic::Status,
        > {
            self.inner
                .ready()
                .await
                .map_err(|e| {
                    tonic::Status::unknown(
                        format!("Service was not ready: {}", e.into()),
                    )
                })?;
            let codec = tonic_prost::ProstCodec::default();
            let path = http::uri::PathAndQuery::from_static(
                "/tfplugin6.Provider/ReadResource",
            );
            let mut req = request.into_request();
            req.extensions_mut()
                .insert(GrpcMethod::new("tfplugin6.Provider", "ReadResource"));
            self.inner.unary(req, path, codec).await
        }
        /// What would change. Called again at apply, and twice for a replacement.
        pub async fn plan_resource_change(
            &mut self,
            request: impl tonic::IntoRequest<super::plan_resource_change::Request>,
        ) -> std::result::Result<
            tonic::Response<super::plan_resource_change::Response>,
            tonic::Status,
        > {
            self.inner
                .ready()
                .await
                .map_err(|e| {
                    tonic::Status::unknown(
                        format!("Service was not ready: {}", e.into()),
                    )
                })?;
            let codec = tonic_prost::ProstCodec::default();
            let path = http::uri::PathAndQuery::from_static(
                "/tfplugin6.Provider/PlanResourceChange",
            );
            let mut req = request.into_request();
            req.extensions_mut()
                .insert(GrpcMethod::new("tfplugin6.Provider", "PlanResourceChange"));
            self.inner.unary(req, path, codec).await
        }
        /// Create when the prior state is null, delete when the planned state is, else update.
        pub async fn apply_resource_change(
            &mut self,
            request: impl tonic::IntoRequest<super::apply_resource_change::Request>,
        ) -> std::result::Result<
            tonic::Response<super::apply_resource_change::Response>,
            tonic::Status,
        > {
            self.inner
                .ready()
                .await
                .map_err(|e| {
                    tonic::Status::unknown(
                        format!("Service was not ready: {}", e.into()),
                    )
                })?;
            let codec = tonic_prost::ProstCodec::default();
            let path = http::uri::PathAndQuery::from_static(
                "/tfplugin6.Provider/ApplyResourceChange",
            );
            let mut req = request.into_request();
            req.extensions_mut()
                .insert(GrpcMethod::new("tfplugin6.Provider", "ApplyResourceChange"));
            self.inner.unary(req, path, codec).await
        }
        /// Finds an existing object by id or by identity.
        pub async fn import_resource_state(
            &mut self,
            request: impl tonic::IntoRequest<super::import_resource_state::Request>,
        ) -> std::result::Result<
            tonic::Response<super::import_resource_state::Response>,
            tonic::Status,
        > {
            self.inner
                .ready()
                .await
                .map_err(|e| {
                    tonic::Status::unknown(
                        format!("Service was not ready: {}", e.into()),
                    )
                })?;
            let codec = tonic_prost::ProstCodec::default();
            let path = http::uri::PathAndQuery::from_static(
                "/tfplugin6.Provider/ImportResourceState",
            );
            let mut req = request.into_request();
            req.extensions_mut()
                .insert(GrpcMethod::new("tfplugin6.Provider", "ImportResourceState"));
            self.inner.unary(req, path, codec).await
        }
        /// Takes over state of another resource type or provider, for a moved block.
        pub async fn move_resource_state(
            &mut self,
            request: impl tonic::IntoRequest<super::move_resource_state::Request>,
        ) -> std::result::Result<
            tonic::Response<super::move_resource_state::Response>,
            tonic::Status,
        > {
            self.inner
                .ready()
                .await
                .map_err(|e| {
                    tonic::Status::unknown(
                        format!("Service was not ready: {}", e.into()),
                    )
                })?;
            let codec = tonic_prost::ProstCodec::default();
            let path = http::uri::PathAndQuery::from_static(
                "/tfplugin6.Provider/MoveResourceState",
            );
            let mut req = request.into_request();
            req.extensions_mut()
                .insert(GrpcMethod::new("tfplugin6.Provider", "MoveResourceState"));
            self.inner.unary(req, path, codec).await
        }
        /// Reads a data source.
        pub async fn read_data_source(
            &mut self,
            request: impl tonic::IntoRequest<super::read_data_source::Request>,
        ) -> std::result::Result<
            tonic::Response<super::read_data_source::Response>,
            tonic::Status,
        > {
            self.inner
                .ready()
                .await
                .map_err(|e| {
                    tonic::Status::unknown(
                        format!("Service was not ready: {}", e.into()),
                    )
                })?;
            let codec = tonic_prost::ProstCodec::default();
            let path = http::uri::PathAndQuery::from_static(
                "/tfplugin6.Provider/ReadDataSource",
            );
            let mut req = request.into_request();
            req.extensions_mut()
                .insert(GrpcMethod::new("tfplugin6.Provider", "ReadDataSource"));
            self.inner.unary(req, path, codec).await
        }
        /// Configuration that describes an existing object.
        pub async fn generate_resource_config(
            &mut self,
            request: impl tonic::IntoRequest<super::generate_resource_config::Request>,
        ) -> std::result::Result<
            tonic::Response<super::generate_resource_config::Response>,
            tonic::Status,
        > {
            self.inner
                .ready()
                .await
                .map_err(|e| {
                    tonic::Status::unknown(
                        format!("Service was not ready: {}", e.into()),
                    )
                })?;
            let codec = tonic_prost::ProstCodec::default();
            let path = http::uri::PathAndQuery::from_static(
                "/tfplugin6.Provider/GenerateResourceConfig",
            );
            let mut req = request.into_request();
            req.extensions_mut()
                .insert(GrpcMethod::new("tfplugin6.Provider", "GenerateResourceConfig"));
            self.inner.unary(req, path, codec).await
        }
        /// Static checks of one ephemeral resource.
        pub async fn validate_ephemeral_resource_config(
            &mut self,
            request: impl tonic::IntoRequest<
                super::validate_ephemeral_resource_config::Request,
            >,
        ) -> std::result::Result<
            tonic::Response<super::validate_ephemeral_resource_config::Response>,
            tonic::Status,
        > {
            self.inner
                .ready()
                .await
                .map_err(|e| {
                    tonic::Status::unknown(
                        format!("Service was not ready: {}", e.into()),
                    )
                })?;
            let codec = tonic_prost::ProstCodec::default();
            let path = http::uri::PathAndQuery::from_static(
                "/tfplugin6.Provider/ValidateEphemeralResourceConfig",
            );
            let mut req = request.into_request();
            req.extensions_mut()
                .insert(
                    GrpcMethod::new(
                        "tfplugin6.Provider",
                        "ValidateEphemeralResourceConfig",
                    ),
                );
            self.inner.unary(req, path, codec).await
        }
        /// Makes a value that is never stored.
        pub async fn open_ephemeral_resource(
            &mut self,
            request: impl tonic::IntoRequest<super::open_ephemeral_resource::Request>,
        ) -> std::result::Result<
            tonic::Response<super::open_ephemeral_resource::Response>,
            tonic::Status,
        > {
            self.inner
                .ready()
                .await
                .map_err(|e| {
                    tonic::Status::unknown(
                        format!("Service was not ready: {}", e.into()),
                    )
                })?;
            let codec = tonic_prost::ProstCodec::default();
            let path = http::uri::PathAndQuery::from_static(
                "/tfplugin6.Provider/OpenEphemeralResource",
            );
            let mut req = request.into_request();
            req.extensions_mut()
                .insert(GrpcMethod::new("tfplugin6.Provider", "OpenEphemeralResource"));
            self.inner.unary(req, path, codec).await
        }
        /// Prolongs it.
        pub async fn renew_ephemeral_resource(
            &mut self,
            request: impl tonic::IntoRequest<super::renew_ephemeral_resource::Request>,
        ) -> std::result::Result<
            tonic::Response<super::renew_ephemeral_resource::Response>,
            tonic::Status,
        > {
            self.inner
                .ready()
                .await
                .map_err(|e| {
                    tonic::Status::unknown(
                        format!("Service was not ready: {}", e.into()),
                    )
                })?;
            let codec = tonic_prost::ProstCodec::default();
            let path = http::uri::PathAndQuery::from_static(
                "/tfplugin6.Provider/RenewEphemeralResource",
            );
            let mut req = request.into_request();
            req.extensions_mut()
                .insert(GrpcMethod::new("tfplugin6.Provider", "RenewEphemeralResource"));
            self.inner.unary(req, path, codec).await
        }
        /// Gives it back.
        pub async fn close_ephemeral_resource(
            &mut self,
            request: impl tonic::IntoRequest<super::close_ephemeral_resource::Request>,
        ) -> std::result::Result<
            tonic::Response<super::close_ephemeral_resource::Response>,
            tonic::Status,
        > {
            self.inner
                .ready()
                .await
                .map_err(|e| {
                    tonic::Status::unknown(
                        format!("Service was not ready: {}", e.into()),
                    )
                })?;
            let codec = tonic_prost::ProstCodec::default();
            let path = http::uri::PathAndQuery::from_static(
                "/tfplugin6.Provider/CloseEphemeralResource",
            );
            let mut req = request.into_request();
            req.extensions_mut()
                .insert(GrpcMethod::new("tfplugin6.Provider", "CloseEphemeralResource"));
            self.inner.unary(req, path, codec).await
        }
        /// Streams existing objects for terraform query, at most as many as asked for.
        pub async fn list_resource(
            &mut self,
            request: impl tonic::IntoRequest<super::list_resource::Request>,
        ) -> std::result::Result<
            tonic::Response<tonic::codec::Streaming<super::list_resource::Event>>,
            tonic::Status,
        > {
            self.inner
                .ready()
                .await
                .map_err(|e| {
                    tonic::Status::unknown(
                        format!("Service was not ready: {}", e.into()),
                    )
                })?;
            let codec = tonic_prost::ProstCodec::default();
            let path = http::uri::PathAndQuery::from_static(
                "/tfplugin6.Provider/ListResource",
            );
            let mut req = request.into_request();
            req.extensions_mut()
                .insert(GrpcMethod::new("tfplugin6.Provider", "ListResource"));
            self.inner.server_streaming(req, path, codec).await
        }
        /// Static checks of one list block.
        pub async fn validate_list_resource_config(
            &mut self,
            request: impl tonic::IntoRequest<
                super::validate_list_resource_config::Request,
            >,
        ) -> std::result::Result<
            tonic::Response<super::validate_list_resource_config::Response>,
            tonic::Status,
        > {
            self.inner
                .ready()
                .await
                .map_err(|e| {
                    tonic::Status::unknown(
                        format!("Service was not ready: {}", e.into()),
                    )
                })?;
            let codec = tonic_prost::ProstCodec::default();
            let path = http::uri::PathAndQuery::from_static(
                "/tfplugin6.Provider/ValidateListResourceConfig",
            );
            let mut req = request.into_request();
            req.extensions_mut()
                .insert(
                    GrpcMethod::new("tfplugin6.Provider", "ValidateListResourceConfig"),
                );
            self.inner.unary(req, path, codec).await
        }
        /// Signatures of the functions. They are in the answer of GetProviderSchema too.
        pub async fn get_functions(
            &mut self,
            request: impl tonic::IntoRequest<super::get_functions::Request>,
        ) -> std::result::Result<
            tonic::Response<super::get_functions::Response>,
            tonic::Status,
        > {
            self.inner
                .ready()
                .await
                .map_err(|e| {
                    tonic::Status::unknown(
                        format!("Service was not ready: {}", e.into()),
                    )
                })?;
            let codec = tonic_prost::ProstCodec::default();
            let path = http::uri::PathAndQuery::from_static(
                "/tfplugin6.Provider/GetFunctions",
            );
            let mut req = request.into_request();
            req.extensions_mut()
                .insert(GrpcMethod::new("tfplugin6.Provider", "GetFunctions"));
            self.inner.unary(req, path, codec).await
        }
        /// Calls a function, in a process that was never configured.
        pub async fn call_function(
            &mut self,
            request: impl tonic::IntoRequest<super::call_function::Request>,
        ) -> std::result::Result<
            tonic::Response<super::call_function::Response>,
            tonic::Status,
        > {
            self.inner
                .ready()
                .await
                .map_err(|e| {
                    tonic::Status::unknown(
                        format!("Service was not ready: {}", e.into()),
                    )
                })?;
            let codec = tonic_prost::ProstCodec::default();
            let path = http::uri::PathAndQuery::from_static(
                "/tfplugin6.Provider/CallFunction",
            );
            let mut req = request.into_request();
            req.extensions_mut()
                .insert(GrpcMethod::new("tfplugin6.Provider", "CallFunction"));
            self.inner.unary(req, path, codec).await
        }
        /// Static checks of a state store; state stores are an experiment of Terraform.
        pub async fn validate_state_store_config(
            &mut self,
            request: impl tonic::IntoRequest<super::validate_state_store::Request>,
        ) -> std::result::Result<
            tonic::Response<super::validate_state_store::Response>,
            tonic::Status,
        > {
            self.inner
                .ready()
                .await
                .map_err(|e| {
                    tonic::Status::unknown(
                        format!("Service was not ready: {}", e.into()),
                    )
                })?;
            let codec = tonic_prost::ProstCodec::default();
            let path = http::uri::PathAndQuery::from_static(
                "/tfplugin6.Provider/ValidateStateStoreConfig",
            );
            let mut req = request.into_request();
            req.extensions_mut()
                .insert(
                    GrpcMethod::new("tfplugin6.Provider", "ValidateStateStoreConfig"),
                );
            self.inner.unary(req, path, codec).await
        }
        /// Prepares a state store and agrees on the size of chunks.
        pub async fn configure_state_store(
            &mut self,
            request: impl tonic::IntoRequest<super::configure_state_store::Request>,
        ) -> std::result::Result<
            tonic::Response<super::configure_state_store::Response>,
            tonic::Status,
        > {
            self.inner
                .ready()
                .await
                .map_err(|e| {
                    tonic::Status::unknown(
                        format!("Service was not ready: {}", e.into()),
                    )
                })?;
            let codec = tonic_prost::ProstCodec::default();
            let path = http::uri::PathAndQuery::from_static(
                "/tfplugin6.Provider/ConfigureStateStore",
            );
            let mut req = request.into_request();
            req.extensions_mut()
                .insert(GrpcMethod::new("tfplugin6.Provider", "ConfigureStateStore"));
            self.inner.unary(req, path, codec).await
        }
        /// Streams a state in chunks.
        pub async fn read_state_bytes(
            &mut self,
            request: impl tonic::IntoRequest<super::read_state_bytes::Request>,
        ) -> std::result::Result<
            tonic::Response<tonic::codec::Streaming<super::read_state_bytes::Response>>,
            tonic::Status,
        > {
            self.inner
                .ready()
                .await
                .map_err(|e| {
                    tonic::Status::unknown(
                        format!("Service was not ready: {}", e.into()),
                    )
                })?;
            let codec = tonic_prost::ProstCodec::default();
            let path = http::uri::PathAndQuery::from_static(
                "/tfplugin6.Provider/ReadStateBytes",
            );
            let mut req = request.into_request();
            req.extensions_mut()
                .insert(GrpcMethod::new("tfplugin6.Provider", "ReadStateBytes"));
            self.inner.server_streaming(req, path, codec).await
        }
        /// Takes a state in chunks.
        pub async fn write_state_bytes(
            &mut self,
            request: impl tonic::IntoStreamingRequest<
                Message = super::write_state_bytes::RequestChunk,
            >,
        ) -> std::result::Result<
            tonic::Response<super::write_state_bytes::Response>,
            tonic::Status,
        > {
            self.inner
                .ready()
                .await
                .map_err(|e| {
                    tonic::Status::unknown(
                        format!("Service was not ready: {}", e.into()),
                    )
                })?;
            let codec = tonic_prost::ProstCodec::default();
            let path = http::uri::PathAndQuery::from_static(
                "/tfplugin6.Provider/WriteStateBytes",
            );
            let mut req = request.into_streaming_request();
            req.extensions_mut()
                .insert(GrpcMethod::new("tfplugin6.Provider", "WriteStateBytes"));
            self.inner.client_streaming(req, path, codec).await
        }
        /// Locks a state.
        pub async fn lock_state(
            &mut self,
            request: impl tonic::IntoRequest<super::lock_state::Request>,
        ) -> std::result::Result<
            tonic::Response<super::lock_state::Response>,
            tonic::Status,
        > {
            self.inner
                .ready()
                .await
                .map_err(|e| {
                    tonic::Status::unknown(
                        format!("Service was not ready: {}", e.into()),
                    )
                })?;
            let codec = tonic_prost::ProstCodec::default();
            let path = http::uri::PathAndQuery::from_static(
                "/tfplugin6.Provider/LockState",
            );
            let mut req = request.into_request();
            req.extensions_mut()
                .insert(GrpcMethod::new("tfplugin6.Provider", "LockState"));
            self.inner.unary(req, path, codec).await
        }
        /// Releases the lock.
        pub async fn unlock_state(
            &mut self,
            request: impl tonic::IntoRequest<super::unlock_state::Request>,
        ) -> std::result::Result<
            tonic::Response<super::unlock_state::Response>,
            tonic::Status,
        > {
            self.inner
                .ready()
                .await
                .map_err(|e| {
                    tonic::Status::unknown(
                        format!("Service was not ready: {}", e.into()),
                    )
                })?;
            let codec = tonic_prost::ProstCodec::default();
            let path = http::uri::PathAndQuery::from_static(
                "/tfplugin6.Provider/UnlockState",
            );
            let mut req = request.into_request();
            req.extensions_mut()
                .insert(GrpcMethod::new("tfplugin6.Provider", "UnlockState"));
            self.inner.unary(req, path, codec).await
        }
        /// Names of all states in a store.
        pub async fn get_states(
            &mut self,
            request: impl tonic::IntoRequest<super::get_states::Request>,
        ) -> std::result::Result<
            tonic::Response<super::get_states::Response>,
            tonic::Status,
        > {
            self.inner
                .ready()
                .await
                .map_err(|e| {
                    tonic::Status::unknown(
                        format!("Service was not ready: {}", e.into()),
                    )
                })?;
            let codec = tonic_prost::ProstCodec::default();
            let path = http::uri::PathAndQuery::from_static(
                "/tfplugin6.Provider/GetStates",
            );
            let mut req = request.into_request();
            req.extensions_mut()
                .insert(GrpcMethod::new("tfplugin6.Provider", "GetStates"));
            self.inner.unary(req, path, codec).await
        }
        /// Deletes a state.
        pub async fn delete_state(
            &mut self,
            request: impl tonic::IntoRequest<super::delete_state::Request>,
        ) -> std::result::Result<
            tonic::Response<super::delete_state::Response>,
            tonic::Status,
        > {
            self.inner
                .ready()
                .await
                .map_err(|e| {
                    tonic::Status::unknown(
                        format!("Service was not ready: {}", e.into()),
                    )
                })?;
            let codec = tonic_prost::ProstCodec::default();
            let path = http::uri::PathAndQuery::from_static(
                "/tfplugin6.Provider/DeleteState",
            );
            let mut req = request.into_request();
            req.extensions_mut()
                .insert(GrpcMethod::new("tfplugin6.Provider", "DeleteState"));
            self.inner.unary(req, path, codec).await
        }
        /// Checks at plan whether an action could be invoked.
        pub async fn plan_action(
            &mut self,
            request: impl tonic::IntoRequest<super::plan_action::Request>,
        ) -> std::result::Result<
            tonic::Response<super::plan_action::Response>,
            tonic::Status,
        > {
            self.inner
                .ready()
                .await
                .map_err(|e| {
                    tonic::Status::unknown(
                        format!("Service was not ready: {}", e.into()),
                    )
                })?;
            let codec = tonic_prost::ProstCodec::default();
            let path = http::uri::PathAndQuery::from_static(
                "/tfplugin6.Provider/PlanAction",
            );
            let mut req = request.into_request();
            req.extensions_mut()
                .insert(GrpcMethod::new("tfplugin6.Provider", "PlanAction"));
            self.inner.unary(req, path, codec).await
        }
        /// Runs an action and streams its progress.
        pub async fn invoke_action(
            &mut self,
            request: impl tonic::IntoRequest<super::invoke_action::Request>,
        ) -> std::result::Result<
            tonic::Response<tonic::codec::Streaming<super::invoke_action::Event>>,
            tonic::Status,
        > {
            self.inner
                .ready()
                .await
                .map_err(|e| {
                    tonic::Status::unknown(
                        format!("Service was not ready: {}", e.into()),
                    )
                })?;
            let codec = tonic_prost::ProstCodec::default();
            let path = http::uri::PathAndQuery::from_static(
                "/tfplugin6.Provider/InvokeAction",
            );
            let mut req = request.into_request();
            req.extensions_mut()
                .insert(GrpcMethod::new("tfplugin6.Provider", "InvokeAction"));
            self.inner.server_streaming(req, path, codec).await
        }
        /// Static checks of one action.
        pub async fn validate_action_config(
            &mut self,
            request: impl tonic::IntoRequest<super::validate_action_config::Request>,
        ) -> std::result::Result<
            tonic::Response<super::validate_action_config::Response>,
            tonic::Status,
        > {
            self.inner
                .ready()
                .await
                .map_err(|e| {
                    tonic::Status::unknown(
                        format!("Service was not ready: {}", e.into()),
                    )
                })?;
            let codec = tonic_prost::ProstCodec::default();
            let path = http::uri::PathAndQuery::from_static(
                "/tfplugin6.Provider/ValidateActionConfig",
            );
            let mut req = request.into_request();
            req.extensions_mut()
                .insert(GrpcMethod::new("tfplugin6.Provider", "ValidateActionConfig"));
            self.inner.unary(req, path, codec).await
        }
        /// The user interrupted. Calls under way should end soon with what they have; the server lives on.
        pub async fn stop_provider(
            &mut self,
            request: impl tonic::IntoRequest<super::stop_provider::Request>,
        ) -> std::result::Result<
            tonic::Response<super::stop_provider::Response>,
            tonic::Status,
        > {
            self.inner
                .ready()
                .await
                .map_err(|e| {
                    tonic::Status::unknown(
                        format!("Service was not ready: {}", e.into()),
                    )
                })?;
            let codec = tonic_prost::ProstCodec::default();
            let path = http::uri::PathAndQuery::from_static(
                "/tfplugin6.Provider/StopProvider",
            );
            let mut req = request.into_request();
            req.extensions_mut()
                .insert(GrpcMethod::new("tfplugin6.Provider", "StopProvider"));
            self.inner.unary(req, path, codec).await
        }
    }
}
/// Generated server implementations.
pub mod provider_server {
    #![allow(
        unused_variables,
        dead_code,
        missing_docs,
        clippy::wildcard_imports,
        clippy::let_unit_value,
    )]
    use tonic::codegen::*;
    /// Generated trait containing gRPC methods that should be implemented for use with ProviderServer.
    #[async_trait]
    pub trait Provider: std::marker::Send + std::marker::Sync + 'static {
        /// Names of everything the provider serves, without schemas. Terraform itself never asks for it.
        async fn get_metadata(
            &self,
            request: tonic::Request<super::get_metadata::Request>,
        ) -> std::result::Result<
            tonic::Response<super::get_metadata::Response>,
            tonic::Status,
        > {
            Err(tonic::Status::unimplemented("Not yet implemented"))
        }
        /// All schemas in one answer, which must stay under 64 MiB.
        async fn get_provider_schema(
            &self,
            request: tonic::Request<super::get_provider_schema::Request>,
        ) -> std::result::Result<
            tonic::Response<super::get_provider_schema::Response>,
            tonic::Status,
        > {
            Err(tonic::Status::unimplemented("Not yet implemented"))
        }
        /// Static checks of the provider block; values may still be unknown.
        async fn validate_provider_config(
            &self,
            request: tonic::Request<super::validate_provider_config::Request>,
        ) -> std::result::Result<
            tonic::Response<super::validate_provider_config::Response>,
            tonic::Status,
        > {
            Err(tonic::Status::unimplemented("Not yet implemented"))
        }
        /// Static checks of one resource; called again at plan and at apply.
        async fn validate_resource_config(
            &self,
            request: tonic::Request<super::validate_resource_config::Request>,
        ) -> std::result::Result<
            tonic::Response<super::validate_resource_config::Response>,
            tonic::Status,
        > {
            Err(tonic::Status::unimplemented("Not yet implemented"))
        }
        /// Static checks of one data source.
        async fn validate_data_resource_config(
            &self,
            request: tonic::Request<super::validate_data_resource_config::Request>,
        ) -> std::result::Result<
            tonic::Response<super::validate_data_resource_config::Response>,
            tonic::Status,
        > {
            Err(tonic::Status::unimplemented("Not yet implemented"))
        }
        /// Called whenever state is loaded, even when the schema version has not changed.
        async fn upgrade_resource_state(
            &self,
            request: tonic::Request<super::upgrade_resource_state::Request>,
        ) -> std::result::Result<
            tonic::Response<super::upgrade_resource_state::Response>,
            tonic::Status,
        > {
            Err(tonic::Status::unimplemented("Not yet implemented"))
        }
        /// What identifies each kind of resource.
        async fn get_resource_identity_schemas(
            &self,
            request: tonic::Request<super::get_resource_identity_schemas::Request>,
        ) -> std::result::Result<
            tonic::Response<super::get_resource_identity_schemas::Response>,
            tonic::Status,
        > {
            Err(tonic::Status::unimplemented("Not yet implemented"))
        }
        /// Called whenever a stored identity is loaded.
        async fn upgrade_resource_identity(
            &self,
            request: tonic::Request<super::upgrade_resource_identity::Request>,
        ) -> std::result::Result<
            tonic::Response<super::upgrade_resource_identity::Response>,
            tonic::Status,
        > {
            Err(tonic::Status::unimplemented("Not yet implemented"))
        }
        /// Called once per process, before anything that needs the provider block. Values may be unknown at plan.
        async fn configure_provider(
            &self,
            request: tonic::Request<super::configure_provider::Request>,
        ) -> std::result::Result<
            tonic::Response<super::configure_provider::Response>,
            tonic::Status,
        > {
            Err(tonic::Status::unimplemented("Not yet implemented"))
        }
        /// Refresh: what exists now. A null state in the answer means that it is gone.
        async fn read_resource(
            &self,
            request: tonic::Request<super::read_resource::Request>,
        ) -> std::result::Result<
            tonic::Response<super::read_resource::Response>,
            tonic::Status,
        > {
            Err(tonic::Status::unimplemented("Not yet implemented"))
        }
        /// What would change. Called again at apply, and twice for a replacement.
        async fn plan_resource_change(
            &self,
            request: tonic::Request<super::plan_resource_change::Request>,
        ) -> std::result::Result<
            tonic::Response<super::plan_resource_change::Response>,
            tonic::Status,
        > {
            Err(tonic::Status::unimplemented("Not yet implemented"))
        }
        /// Create when the prior state is null, delete when the planned state is, else update.
        async fn apply_resource_change(
            &self,
            request: tonic::Request<super::apply_resource_change::Request>,
        ) -> std::result::Result<
            tonic::Response<super::apply_resource_change::Response>,
            tonic::Status,
        > {
            Err(tonic::Status::unimplemented("Not yet implemented"))
        }
        /// Finds an existing object by id or by identity.
        async fn import_resource_state(
            &self,
            request: tonic::Request<super::import_resource_state::Request>,
        ) -> std::result::Result<
            tonic::Response<super::import_resource_state::Response>,
            tonic::Status,
        > {
            Err(tonic::Status::unimplemented("Not yet implemented"))
        }
        /// Takes over state of another resource type or provider, for a moved block.
        async fn move_resource_state(
            &self,
            request: tonic::Request<super::move_resource_state::Request>,
        ) -> std::result::Result<
            tonic::Response<super::move_resource_state::Response>,
            tonic::Status,
        > {
            Err(tonic::Status::unimplemented("Not yet implemented"))
        }
        /// Reads a data source.
        async fn read_data_source(
            &self,
            request: tonic::Request<super::read_data_source::Request>,
        ) -> std::result::Result<
            tonic::Response<super::read_data_source::Response>,
            tonic::Status,
        > {
            Err(tonic::Status::unimplemented("Not yet implemented"))
        }
        /// Configuration that describes an existing object.
        async fn generate_resource_config(
            &self,
            request: tonic::Request<super::generate_resource_config::Request>,
        ) -> std::result::Result<
            tonic::Response<super::generate_resource_config::Response>,
            tonic::Status,
        > {
            Err(tonic::Status::unimplemented("Not yet implemented"))
        }
        /// Static checks of one ephemeral resource.
        async fn validate_ephemeral_resource_config(
            &self,
            request: tonic::Request<super::validate_ephemeral_resource_config::Request>,
        ) -> std::result::Result<
            tonic::Response<super::validate_ephemeral_resource_config::Response>,
            tonic::Status,
        > {
            Err(tonic::Status::unimplemented("Not yet implemented"))
        }
        /// Makes a value that is never stored.
        async fn open_ephemeral_resource(
            &self,
            request: tonic::Request<super::open_ephemeral_resource::Request>,
        ) -> std::result::Result<
            tonic::Response<super::open_ephemeral_resource::Response>,
            tonic::Status,
        > {
            Err(tonic::Status::unimplemented("Not yet implemented"))
        }
        /// Prolongs it.
        async fn renew_ephemeral_resource(
            &self,
            request: tonic::Request<super::renew_ephemeral_resource::Request>,
        ) -> std::result::Result<
            tonic::Response<super::renew_ephemeral_resource::Response>,
            tonic::Status,
        > {
            Err(tonic::Status::unimplemented("Not yet implemented"))
        }
        /// Gives it back.
        async fn close_ephemeral_resource(
            &self,
            request: tonic::Request<super::close_ephemeral_resource::Request>,
        ) -> std::result::Result<
            tonic::Response<super::close_ephemeral_resource::Response>,
            tonic::Status,
        > {
            Err(tonic::Status::unimplemented("Not yet implemented"))
        }
        /// Streams existing objects for terraform query, at most as many as asked for.
        async fn list_resource(
            &self,
            request: tonic::Request<super::list_resource::Request>,
        ) -> std::result::Result<
            tonic::Response<BoxStream<super::list_resource::Event>>,
            tonic::Status,
        > {
            Err(tonic::Status::unimplemented("Not yet implemented"))
        }
        /// Static checks of one list block.
        async fn validate_list_resource_config(
            &self,
            request: tonic::Request<super::validate_list_resource_config::Request>,
        ) -> std::result::Result<
            tonic::Response<super::validate_list_resource_config::Response>,
            tonic::Status,
        > {
            Err(tonic::Status::unimplemented("Not yet implemented"))
        }
        /// Signatures of the functions. They are in the answer of GetProviderSchema too.
        async fn get_functions(
            &self,
            request: tonic::Request<super::get_functions::Request>,
        ) -> std::result::Result<
            tonic::Response<super::get_functions::Response>,
            tonic::Status,
        > {
            Err(tonic::Status::unimplemented("Not yet implemented"))
        }
        /// Calls a function, in a process that was never configured.
        async fn call_function(
            &self,
            request: tonic::Request<super::call_function::Request>,
        ) -> std::result::Result<
            tonic::Response<super::call_function::Response>,
            tonic::Status,
        > {
            Err(tonic::Status::unimplemented("Not yet implemented"))
        }
        /// Static checks of a state store; state stores are an experiment of Terraform.
        async fn validate_state_store_config(
            &self,
            request: tonic::Request<super::validate_state_store::Request>,
        ) -> std::result::Result<
            tonic::Response<super::validate_state_store::Response>,
            tonic::Status,
        > {
            Err(tonic::Status::unimplemented("Not yet implemented"))
        }
        /// Prepares a state store and agrees on the size of chunks.
        async fn configure_state_store(
            &self,
            request: tonic::Request<super::configure_state_store::Request>,
        ) -> std::result::Result<
            tonic::Response<super::configure_state_store::Response>,
            tonic::Status,
        > {
            Err(tonic::Status::unimplemented("Not yet implemented"))
        }
        /// Streams a state in chunks.
        async fn read_state_bytes(
            &self,
            request: tonic::Request<super::read_state_bytes::Request>,
        ) -> std::result::Result<
            tonic::Response<BoxStream<super::read_state_bytes::Response>>,
            tonic::Status,
        > {
            Err(tonic::Status::unimplemented("Not yet implemented"))
        }
        /// Takes a state in chunks.
        async fn write_state_bytes(
            &self,
            request: tonic::Request<
                tonic::Streaming<super::write_state_bytes::RequestChunk>,
            >,
        ) -> std::result::Result<
            tonic::Response<super::write_state_bytes::Response>,
            tonic::Status,
        > {
            Err(tonic::Status::unimplemented("Not yet implemented"))
        }
        /// Locks a state.
        async fn lock_state(
            &self,
            request: tonic::Request<super::lock_state::Request>,
        ) -> std::result::Result<
            tonic::Response<super::lock_state::Response>,
            tonic::Status,
        > {
            Err(tonic::Status::unimplemented("Not yet implemented"))
        }
        /// Releases the lock.
        async fn unlock_state(
            &self,
            request: tonic::Request<super::unlock_state::Request>,
        ) -> std::result::Result<
            tonic::Response<super::unlock_state::Response>,
            tonic::Status,
        > {
            Err(tonic::Status::unimplemented("Not yet implemented"))
        }
        /// Names of all states in a store.
        async fn get_states(
            &self,
            request: tonic::Request<super::get_states::Request>,
        ) -> std::result::Result<
            tonic::Response<super::get_states::Response>,
            tonic::Status,
        > {
            Err(tonic::Status::unimplemented("Not yet implemented"))
        }
        /// Deletes a state.
        async fn delete_state(
            &self,
            request: tonic::Request<super::delete_state::Request>,
        ) -> std::result::Result<
            tonic::Response<super::delete_state::Response>,
            tonic::Status,
        > {
            Err(tonic::Status::unimplemented("Not yet implemented"))
        }
        /// Checks at plan whether an action could be invoked.
        async fn plan_action(
            &self,
            request: tonic::Request<super::plan_action::Request>,
        ) -> std::result::Result<
            tonic::Response<super::plan_action::Response>,
            tonic::Status,
        > {
            Err(tonic::Status::unimplemented("Not yet implemented"))
        }
        /// Runs an action and streams its progress.
        async fn invoke_action(
            &self,
            request: tonic::Request<super::invoke_action::Request>,
        ) -> std::result::Result<
            tonic::Response<BoxStream<super::invoke_action::Event>>,
            tonic::Status,
        > {
            Err(tonic::Status::unimplemented("Not yet implemented"))
        }
        /// Static checks of one action.
        async fn validate_action_config(
            &self,
            request: tonic::Request<super::validate_action_config::Request>,
        ) -> std::result::Result<
            tonic::Response<super::validate_action_config::Response>,
            tonic::Status,
        > {
            Err(tonic::Status::unimplemented("Not yet implemented"))
        }
        /// The user interrupted. Calls under way should end soon with what they have; the server lives on.
        async fn stop_provider(
            &self,
            request: tonic::Request<super::stop_provider::Request>,
        ) -> std::result::Result<
            tonic::Response<super::stop_provider::Response>,
            tonic::Status,
        > {
            Err(tonic::Status::unimplemented("Not yet implemented"))
        }
    }
    #[derive(Debug)]
    pub struct ProviderServer<T> {
        inner: Arc<T>,
        accept_compression_encodings: EnabledCompressionEncodings,
        send_compression_encodings: EnabledCompressionEncodings,
        max_decoding_message_size: Option<usize>,
        max_encoding_message_size: Option<usize>,
    }
    impl<T> ProviderServer<T> {
        pub fn new(inner: T) -> Self {
            Self::from_arc(Arc::new(inner))
        }
        pub fn from_arc(inner: Arc<T>) -> Self {
            Self {
                inner,
                accept_compression_encodings: Default::default(),
                send_compression_encodings: Default::default(),
                max_decoding_message_size: None,
                max_encoding_message_size: None,
            }
        }
        pub fn with_interceptor<F>(
            inner: T,
            interceptor: F,
        ) -> InterceptedService<Self, F>
        where
            F: tonic::service::Interceptor,
        {
            InterceptedService::new(Self::new(inner), interceptor)
        }
        /// Enable decompressing requests with the given encoding.
        #[must_use]
        pub fn accept_compressed(mut self, encoding: CompressionEncoding) -> Self {
            self.accept_compression_encodings.enable(encoding);
            self
        }
        /// Compress responses with the given encoding, if the client supports it.
        #[must_use]
        pub fn send_compressed(mut self, encoding: CompressionEncoding) -> Self {
            self.send_compression_encodings.enable(encoding);
            self
        }
        /// Limits the maximum size of a decoded message.
        ///
        /// Default: `4MB`
        #[must_use]
        pub fn max_decoding_message_size(mut self, limit: usize) -> Self {
            self.max_decoding_message_size = Some(limit);
            self
        }
        /// Limits the maximum size of an encoded message.
        ///
        /// Default: `usize::MAX`
        #[must_use]
        pub fn max_encoding_message_size(mut self, limit: usize) -> Self {
            self.max_encoding_message_size = Some(limit);
            self
        }
    }
    impl<T, B> tonic::codegen::Service<http::Request<B>> for ProviderServer<T>
    where
        T: Provider,
        B: Body + std::marker::Send + 'static,
        B::Error: Into<StdError> + std::marker::Send + 'static,
    {
        type Response = http::Response<tonic::body::Body>;
        type Error = std::convert::Infallible;
        type Future = BoxFuture<Self::Response, Self::Error>;
        fn poll_ready(
            &mut self,
            _cx: &mut Context<'_>,
        ) -> Poll<std::result::Result<(), Self::Error>> {
            Poll::Ready(Ok(()))
        }
        fn call(&mut self, req: http::Request<B>) -> Self::Future {
            match req.uri().path() {
                "/tfplugin6.Provider/GetMetadata" => {
                    #[allow(non_camel_case_types)]
                    struct GetMetadataSvc<T: Provider>(pub Arc<T>);
                    impl<
                        T: Provider,
                    > tonic::server::UnaryService<super::get_metadata::Request>
                    for GetMetadataSvc<T> {
                        type Response = super::get_metadata::Response;
                        type Future = BoxFuture<
                            tonic::Response<Self::Response>,
                            tonic::Status,
                        >;
                        fn call(
                            &mut self,
                            request: tonic::Request<super::get_metadata::Request>,
                        ) -> Self::Future {
                            let inner = Arc::clone(&self.0);
                            let fut = async move {
                                <T as Provider>::get_metadata(&inner, request).await
                            };
                            Box::pin(fut)
                        }
                    }
                    let accept_compression_encodings = self.accept_compression_encodings;
                    let send_compression_encodings = self.send_compression_encodings;
                    let max_decoding_message_size = self.max_decoding_message_size;
                    let max_encoding_message_size = self.max_encoding_message_size;
                    let inner = self.inner.clone();
                    let fut = async move {
                        let method = GetMetadataSvc(inner);
                        let codec = tonic_prost::ProstCodec::default();
                        let mut grpc = tonic::server::Grpc::new(codec)
                            .apply_compression_config(
                                accept_compression_encodings,
                                send_compression_encodings,
                            )
                            .apply_max_message_size_config(
                                max_decoding_message_size,
                                max_encoding_message_size,
                            );
                        let res = grpc.unary(method, req).await;
                        Ok(res)
                    };
                    Box::pin(fut)
                }
                "/tfplugin6.Provider/GetProviderSchema" => {
                    #[allow(non_camel_case_types)]
                    struct GetProviderSchemaSvc<T: Provider>(pub Arc<T>);
                    impl<
                        T: Provider,
                    > tonic::server::UnaryService<super::get_provider_schema::Request>
                    for GetProviderSchemaSvc<T> {
                        type Response = super::get_provider_schema::Response;
                        type Future = BoxFuture<
                            tonic::Response<Self::Response>,
                            tonic::Status,
                        >;
                        fn call(
                            &mut self,
                            request: tonic::Request<super::get_provider_schema::Request>,
                        ) -> Self::Future {
                            let inner = Arc::clone(&self.0);
                            let fut = async move {
                                <T as Provider>::get_provider_schema(&inner, request).await
                            };
                            Box::pin(fut)
                        }
                    }
                    let accept_compression_encodings = self.accept_compression_encodings;
                    let send_compression_encodings = self.send_compression_encodings;
                    let max_decoding_message_size = self.max_decoding_message_size;
                    let max_encoding_message_size = self.max_encoding_message_size;
                    let inner = self.inner.clone();
                    let fut = async move {
                        let method = GetProviderSchemaSvc(inner);
                        let codec = tonic_prost::ProstCodec::default();
                        let mut grpc = tonic::server::Grpc::new(codec)
                            .apply_compression_config(
                                accept_compression_encodings,
                                send_compression_encodings,
                            )
                            .apply_max_message_size_config(
                                max_decoding_message_size,
                                max_encoding_message_size,
                            );
                        let res = grpc.unary(method, req).await;
                        Ok(res)
                    };
                    Box::pin(fut)
                }
                "/tfplugin6.Provider/ValidateProviderConfig" => {
                    #[allow(non_camel_case_types)]
                    struct ValidateProviderConfigSvc<T: Provider>(pub Arc<T>);
                    impl<
                        T: Provider,
                    > tonic::server::UnaryService<
                        super::validate_provider_config::Request,
                    > for ValidateProviderConfigSvc<T> {
                        type Response = super::validate_provider_config::Response;
                        type Future = BoxFuture<
                            tonic::Response<Self::Response>,
                            tonic::Status,
                        >;
                        fn call(
                            &mut self,
                            request: tonic::Request<
                                super::validate_provider_config::Request,
                            >,
                        ) -> Self::Future {
                            let inner = Arc::clone(&self.0);
                            let fut = async move {
                                <T as Provider>::validate_provider_config(&inner, request)
                                    .await
                            };
                            Box::pin(fut)
                        }
                    }
                    let accept_compression_encodings = self.accept_compression_encodings;
                    let send_compression_encodings = self.send_compression_encodings;
                    let max_decoding_message_size = self.max_decoding_message_size;
                    let max_encoding_message_size = self.max_encoding_message_size;
                    let inner = self.inner.clone();
                    let fut = async move {
                        let method = ValidateProviderConfigSvc(inner);
                        let codec = tonic_prost::ProstCodec::default();
                        let mut grpc = tonic::server::Grpc::new(codec)
                            .apply_compression_config(
                                accept_compression_encodings,
                                send_compression_encodings,
                            )
                            .apply_max_message_size_config(
                                max_decoding_message_size,
                                max_encoding_message_size,
                            );
                        let res = grpc.unary(method, req).await;
                        Ok(res)
                    };
                    Box::pin(fut)
                }
                "/tfplugin6.Provider/ValidateResourceConfig" => {
                    #[allow(non_camel_case_types)]
                    struct ValidateResourceConfigSvc<T: Provider>(pub Arc<T>);
                    impl<
                        T: Provider,
                    > tonic::server::UnaryService<
                        super::validate_resource_config::Request,
                    > for ValidateResourceConfigSvc<T> {
                        type Response = super::validate_resource_config::Response;
                        type Future = BoxFuture<
                            tonic::Response<Self::Response>,
                            tonic::Status,
                        >;
                        fn call(
                            &mut self,
                            request: tonic::Request<
                                super::validate_resource_config::Request,
                            >,
                        ) -> Self::Future {
                            let inner = Arc::clone(&self.0);
                            let fut = async move {
                                <T as Provider>::validate_resource_config(&inner, request)
                                    .await
                            };
                            Box::pin(fut)
                        }
                    }
                    let accept_compression_encodings = self.accept_compression_encodings;
                    let send_compression_encodings = self.send_compression_encodings;
                    let max_decoding_message_size = self.max_decoding_message_size;
                    let max_encoding_message_size = self.max_encoding_message_size;
                    let inner = self.inner.clone();
                    let fut = async move {
                        let method = ValidateResourceConfigSvc(inner);
                        let codec = tonic_prost::ProstCodec::default();
                        let mut grpc = tonic::server::Grpc::new(codec)
                            .apply_compression_config(
                                accept_compression_encodings,
                                send_compression_encodings,
                            )
                            .apply_max_message_size_config(
                                max_decoding_message_size,
                                max_encoding_message_size,
                            );
                        let res = grpc.unary(method, req).await;
                        Ok(res)
                    };
                    Box::pin(fut)
                }
                "/tfplugin6.Provider/ValidateDataResourceConfig" => {
                    #[allow(non_camel_case_types)]
                    struct ValidateDataResourceConfigSvc<T: Provider>(pub Arc<T>);
                    impl<
                        T: Provider,
                    > tonic::server::UnaryService<
                        super::validate_data_resource_config::Request,
                    > for ValidateDataResourceConfigSvc<T> {
                        type Response = super::validate_data_resource_config::Response;
                        type Future = BoxFuture<
                            tonic::Response<Self::Response>,
                            tonic::Status,
                        >;
                        fn call(
                            &mut self,
                            request: tonic::Request<
                                super::validate_data_resource_config::Request,
                            >,
                        ) -> Self::Future {
                            let inner = Arc::clone(&self.0);
                            let fut = async move {
                                <T as Provider>::validate_data_resource_config(
                                        &inner,
                                        request,
                                    )
                                    .await
                            };
                            Box::pin(fut)
                        }
                    }
                    let accept_compression_encodings = self.accept_compression_encodings;
                    let send_compression_encodings = self.send_compression_encodings;
                    let max_decoding_message_size = self.max_decoding_message_size;
                    let max_encoding_message_size = self.max_encoding_message_size;
                    let inner = self.inner.clone();
                    let fut = async move {
                        let method = ValidateDataResourceConfigSvc(inner);
                        let codec = tonic_prost::ProstCodec::default();
                        let mut grpc = tonic::server::Grpc::new(codec)
                            .apply_compression_config(
                                accept_compression_encodings,
                                send_compression_encodings,
                            )
                            .apply_max_message_size_config(
                                max_decoding_message_size,
                                max_encoding_message_size,
                            );
                        let res = grpc.unary(method, req).await;
                        Ok(res)
                    };
                    Box::pin(fut)
                }
                "/tfplugin6.Provider/UpgradeResourceState" => {
                    #[allow(non_camel_case_types)]
                    struct UpgradeResourceStateSvc<T: Provider>(pub Arc<T>);
                    impl<
                        T: Provider,
                    > tonic::server::UnaryService<super::upgrade_resource_state::Request>
                    for UpgradeResourceStateSvc<T> {
                        type Response = super::upgrade_resource_state::Response;
                        type Future = BoxFuture<
                            tonic::Response<Self::Response>,
                            tonic::Status,
                        >;
                        fn call(
                            &mut self,
                            request: tonic::Request<
                                super::upgrade_resource_state::Request,
                            >,
                        ) -> Self::Future {
                            let inner = Arc::clone(&self.0);
                            let fut = async move {
                                <T as Provider>::upgrade_resource_state(&inner, request)
                                    .await
                            };
                            Box::pin(fut)
                        }
                    }
                    let accept_compression_encodings = self.accept_compression_encodings;
                    let send_compression_encodings = self.send_compression_encodings;
                    let max_decoding_message_size = self.max_decoding_message_size;
                    let max_encoding_message_size = self.max_encoding_message_size;
                    let inner = self.inner.clone();
                    let fut = async move {
                        let method = UpgradeResourceStateSvc(inner);
                        let codec = tonic_prost::ProstCodec::default();
                        let mut grpc = tonic::server::Grpc::new(codec)
                            .apply_compression_config(
                                accept_compression_encodings,
                                send_compression_encodings,
                            )
                            .apply_max_message_size_config(
                                max_decoding_message_size,
                                max_encoding_message_size,
                            );
                        let res = grpc.unary(method, req).await;
                        Ok(res)
                    };
                    Box::pin(fut)
                }
                "/tfplugin6.Provider/GetResourceIdentitySchemas" => {
                    #[allow(non_camel_case_types)]
                    struct GetResourceIdentitySchemasSvc<T: Provider>(pub Arc<T>);
                    impl<
                        T: Provider,
                    > tonic::server::UnaryService<
                        super::get_resource_identity_schemas::Request,
                    > for GetResourceIdentitySchemasSvc<T> {
                        type Response = super::get_resource_identity_schemas::Response;
                        type Future = BoxFuture<
                            tonic::Response<Self::Response>,
                            tonic::Status,
                        >;
                        fn call(
                            &mut self,
                            request: tonic::Request<
                                super::get_resource_identity_schemas::Request,
                            >,
                        ) -> Self::Future {
                            let inner = Arc::clone(&self.0);
                            let fut = async move {
                                <T as Provider>::get_resource_identity_schemas(
                                        &inner,
                                        request,
                                    )
                                    .await
                            };
                            Box::pin(fut)
                        }
                    }
                    let accept_compression_encodings = self.accept_compression_encodings;
                    let send_compression_encodings = self.send_compression_encodings;
                    let max_decoding_message_size = self.max_decoding_message_size;
                    let max_encoding_message_size = self.max_encoding_message_size;
                    let inner = self.inner.clone();
                    let fut = async move {
                        let method = GetResourceIdentitySchemasSvc(inner);
                        let codec = tonic_prost::ProstCodec::default();
                        let mut grpc = tonic::server::Grpc::new(codec)
                            .apply_compression_config(
                                accept_compression_encodings,
                                send_compression_encodings,
                            )
                            .apply_max_message_size_config(
                                max_decoding_message_size,
                                max_encoding_message_size,
                            );
                        let res = grpc.unary(method, req).await;
                        Ok(res)
                    };
                    Box::pin(fut)
                }
                "/tfplugin6.Provider/UpgradeResourceIdentity" => {
                    #[allow(non_camel_case_types)]
                    struct UpgradeResourceIdentitySvc<T: Provider>(pub Arc<T>);
                    impl<
                        T: Provider,
                    > tonic::server::UnaryService<
                        super::upgrade_resource_identity::Request,
                    > for UpgradeResourceIdentitySvc<T> {
                        type Response = super::upgrade_resource_identity::Response;
                        type Future = BoxFuture<
                            tonic::Response<Self::Response>,
                            tonic::Status,
                        >;
                        fn call(
                            &mut self,
                            request: tonic::Request<
                                super::upgrade_resource_identity::Request,
                            >,
                        ) -> Self::Future {
                            let inner = Arc::clone(&self.0);
                            let fut = async move {
                                <T as Provider>::upgrade_resource_identity(&inner, request)
                                    .await
                            };
                            Box::pin(fut)
                        }
                    }
                    let accept_compression_encodings = self.accept_compression_encodings;
                    let send_compression_encodings = self.send_compression_encodings;
                    let max_decoding_message_size = self.max_decoding_message_size;
                    let max_encoding_message_size = self.max_encoding_message_size;
                    let inner = self.inner.clone();
                    let fut = async move {
                        let method = UpgradeResourceIdentitySvc(inner);
                        let codec = tonic_prost::ProstCodec::default();
                        let mut grpc = tonic::server::Grpc::new(codec)
                            .apply_compression_config(
                                accept_compression_encodings,
                                send_compression_encodings,
                            )
                            .apply_max_message_size_config(
                                max_decoding_message_size,
                                max_encoding_message_size,
                            );
                        let res = grpc.unary(method, req).await;
                        Ok(res)
                    };
                    Box::pin(fut)
                }
                "/tfplugin6.Provider/ConfigureProvider" => {
                    #[allow(non_camel_case_types)]
                    struct ConfigureProviderSvc<T: Provider>(pub Arc<T>);
                    impl<
                        T: Provider,
                    > tonic::server::UnaryService<super::configure_provider::Request>
                    for ConfigureProviderSvc<T> {
                        type Response = super::configure_provider::Response;
                        type Future = BoxFuture<
                            tonic::Response<Self::Response>,
                            tonic::Status,
                        >;
                        fn call(
                            &mut self,
                            request: tonic::Request<super::configure_provider::Request>,
                        ) -> Self::Future {
                            let inner = Arc::clone(&self.0);
                            let fut = async move {
                                <T as Provider>::configure_provider(&inner, request).await
                            };
                            Box::pin(fut)
                        }
                    }
                    let accept_compression_encodings = self.accept_compression_encodings;
                    let send_compression_encodings = self.send_compression_encodings;
                    let max_decoding_message_size = self.max_decoding_message_size;
                    let max_encoding_message_size = self.max_encoding_message_size;
                    let inner = self.inner.clone();
                    let fut = async move {
                        let method = ConfigureProviderSvc(inner);
                        let codec = tonic_prost::ProstCodec::default();
                        let mut grpc = tonic::server::Grpc::new(codec)
                            .apply_compression_config(
                                accept_compression_encodings,
                                send_compression_encodings,
                            )
                            .apply_max_message_size_config(
                                max_decoding_message_size,
                                max_encoding_message_size,
                            );
                        let res = grpc.unary(method, req).await;
                        Ok(res)
                    };
                    Box::pin(fut)
                }
                "/tfplugin6.Provider/ReadResource" => {
                    #[allow(non_camel_case_types)]
                    struct ReadResourceSvc<T: Provider>(pub Arc<T>);
                    impl<
                        T: Provider,
                    > tonic::server::UnaryService<super::read_resource::Request>
                    for ReadResourceSvc<T> {
                        type Response = super::read_resource::Response;
                        type Future = BoxFuture<
                            tonic::Response<Self::Response>,
                            tonic::Status,
                        >;
                        fn call(
                            &mut self,
                            request: tonic::Request<super::read_resource::Request>,
                        ) -> Self::Future {
                            let inner = Arc::clone(&self.0);
                            let fut = async move {
                                <T as Provider>::read_resource(&inner, request).await
                            };
                            Box::pin(fut)
                        }
                    }
                    let accept_compression_encodings = self.accept_compression_encodings;
                    let send_compression_encodings = self.send_compression_encodings;
                    let max_decoding_message_size = self.max_decoding_message_size;
                    let max_encoding_message_size = self.max_encoding_message_size;
                    let inner = self.inner.clone();
                    let fut = async move {
                        let method = ReadResourceSvc(inner);
                        let codec = tonic_prost::ProstCodec::default();
                        let mut grpc = tonic::server::Grpc::new(codec)
                            .apply_compression_config(
                                accept_compression_encodings,
                                send_compression_encodings,
                            )
                            .apply_max_message_size_config(
                                max_decoding_message_size,
                                max_encoding_message_size,
                            );
                        let res = grpc.unary(method, req).await;
                        Ok(res)
                    };
                    Box::pin(fut)
                }
                "/tfplugin6.Provider/PlanResourceChange" => {
                    #[allow(non_camel_case_types)]
                    struct PlanResourceChangeSvc<T: Provider>(pub Arc<T>);
                    impl<
                        T: Provider,
                    > tonic::server::UnaryService<super::plan_resource_change::Request>
                    for PlanResourceChangeSvc<T> {
                        type Response = super::plan_resource_change::Response;
                        type Future = BoxFuture<
                            tonic::Response<Self::Response>,
                            tonic::Status,
                        >;
                        fn call(
                            &mut self,
                            request: tonic::Request<super::plan_resource_change::Request>,
                        ) -> Self::Future {
                            let inner = Arc::clone(&self.0);
                            let fut = async move {
                                <T as Provider>::plan_resource_change(&inner, request).await
                            };
                            Box::pin(fut)
                        }
                    }
                    let accept_compression_encodings = self.accept_compression_encodings;
                    let send_compression_encodings = self.send_compression_encodings;
                    let max_decoding_message_size = self.max_decoding_message_size;
                    let max_encoding_message_size = self.max_encoding_message_size;
                    let inner = self.inner.clone();
                    let fut = async move {
                        let method = PlanResourceChangeSvc(inner);
                        let codec = tonic_prost::ProstCodec::default();
                        let mut grpc = tonic::server::Grpc::new(codec)
                            .apply_compression_config(
                                accept_compression_encodings,
                                send_compression_encodings,
                            )
                            .apply_max_message_size_config(
                                max_decoding_message_size,
                                max_encoding_message_size,
                            );
                        let res = grpc.unary(method, req).await;
                        Ok(res)
                    };
                    Box::pin(fut)
                }
                "/tfplugin6.Provider/ApplyResourceChange" => {
                    #[allow(non_camel_case_types)]
                    struct ApplyResourceChangeSvc<T: Provider>(pub Arc<T>);
                    impl<
                        T: Provider,
                    > tonic::server::UnaryService<super::apply_resource_change::Request>
                    for ApplyResourceChangeSvc<T> {
                        type Response = super::apply_resource_change::Response;
                        type Future = BoxFuture<
                            tonic::Response<Self::Response>,
                            tonic::Status,
                        >;
                        fn call(
                            &mut self,
                            request: tonic::Request<
                                super::apply_resource_change::Request,
                            >,
                        ) -> Self::Future {
                            let inner = Arc::clone(&self.0);
                            let fut = async move {
                                <T as Provider>::apply_resource_change(&inner, request)
                                    .await
                            };
                            Box::pin(fut)
                        }
                    }
                    let accept_compression_encodings = self.accept_compression_encodings;
                    let send_compression_encodings = self.send_compression_encodings;
                    let max_decoding_message_size = self.max_decoding_message_size;
                    let max_encoding_message_size = self.max_encoding_message_size;
                    let inner = self.inner.clone();
                    let fut = async move {
                        let method = ApplyResourceChangeSvc(inner);
                        let codec = tonic_prost::ProstCodec::default();
                        let mut grpc = tonic::server::Grpc::new(codec)
                            .apply_compression_config(
                                accept_compression_encodings,
                                send_compression_encodings,
                            )
                            .apply_max_message_size_config(
                                max_decoding_message_size,
                                max_encoding_message_size,
                            );
                        let res = grpc.unary(method, req).await;
                        Ok(res)
                    };
                    Box::pin(fut)
                }
                "/tfplugin6.Provider/ImportResourceState" => {
                    #[allow(non_camel_case_types)]
                    struct ImportResourceStateSvc<T: Provider>(pub Arc<T>);
                    impl<
                        T: Provider,
                    > tonic::server::UnaryService<super::import_resource_state::Request>
                    for ImportResourceStateSvc<T> {
                        type Response = super::import_resource_state::Response;
                        type Future = BoxFuture<
                            tonic::Response<Self::Response>,
                            tonic::Status,
                        >;
                        fn call(
                            &mut self,
                            request: tonic::Request<
                                super::import_resource_state::Request,
                            >,
                        ) -> Self::Future {
                            let inner = Arc::clone(&self.0);
                            let fut = async move {
                                <T as Provider>::import_resource_state(&inner, request)
                                    .await
                            };
                            Box::pin(fut)
                        }
                    }
                    let accept_compression_encodings = self.accept_compression_encodings;
                    let send_compression_encodings = self.send_compression_encodings;
                    let max_decoding_message_size = self.max_decoding_message_size;
                    let max_encoding_message_size = self.max_encoding_message_size;
                    let inner = self.inner.clone();
                    let fut = async move {
                        let method = ImportResourceStateSvc(inner);
                        let codec = tonic_prost::ProstCodec::default();
                        let mut grpc = tonic::server::Grpc::new(codec)
                            .apply_compression_config(
                                accept_compression_encodings,
                                send_compression_encodings,
                            )
                            .apply_max_message_size_config(
                                max_decoding_message_size,
                                max_encoding_message_size,
                            );
                        let res = grpc.unary(method, req).await;
                        Ok(res)
                    };
                    Box::pin(fut)
                }
                "/tfplugin6.Provider/MoveResourceState" => {
                    #[allow(non_camel_case_types)]
                    struct MoveResourceStateSvc<T: Provider>(pub Arc<T>);
                    impl<
                        T: Provider,
                    > tonic::server::UnaryService<super::move_resource_state::Request>
                    for MoveResourceStateSvc<T> {
                        type Response = super::move_resource_state::Response;
                        type Future = BoxFuture<
                            tonic::Response<Self::Response>,
                            tonic::Status,
                        >;
                        fn call(
                            &mut self,
                            request: tonic::Request<super::move_resource_state::Request>,
                        ) -> Self::Future {
                            let inner = Arc::clone(&self.0);
                            let fut = async move {
                                <T as Provider>::move_resource_state(&inner, request).await
                            };
                            Box::pin(fut)
                        }
                    }
                    let accept_compression_encodings = self.accept_compression_encodings;
                    let send_compression_encodings = self.send_compression_encodings;
                    let max_decoding_message_size = self.max_decoding_message_size;
                    let max_encoding_message_size = self.max_encoding_message_size;
                    let inner = self.inner.clone();
                    let fut = async move {
                        let method = MoveResourceStateSvc(inner);
                        let codec = tonic_prost::ProstCodec::default();
                        let mut grpc = tonic::server::Grpc::new(codec)
                            .apply_compression_config(
                                accept_compression_encodings,
                                send_compression_encodings,
                            )
                            .apply_max_message_size_config(
                                max_decoding_message_size,
                                max_encoding_message_size,
                            );
                        let res = grpc.unary(method, req).await;
                        Ok(res)
                    };
                    Box::pin(fut)
                }
                "/tfplugin6.Provider/ReadDataSource" => {
                    #[allow(non_camel_case_types)]
                    struct ReadDataSourceSvc<T: Provider>(pub Arc<T>);
                    impl<
                        T: Provider,
                    > tonic::server::UnaryService<super::read_data_source::Request>
                    for ReadDataSourceSvc<T> {
                        type Response = super::read_data_source::Response;
                        type Future = BoxFuture<
                            tonic::Response<Self::Response>,
                            tonic::Status,
                        >;
                        fn call(
                            &mut self,
                            request: tonic::Request<super::read_data_source::Request>,
                        ) -> Self::Future {
                            let inner = Arc::clone(&self.0);
                            let fut = async move {
                                <T as Provider>::read_data_source(&inner, request).await
                            };
                            Box::pin(fut)
                        }
                    }
                    let accept_compression_encodings = self.accept_compression_encodings;
                    let send_compression_encodings = self.send_compression_encodings;
                    let max_decoding_message_size = self.max_decoding_message_size;
                    let max_encoding_message_size = self.max_encoding_message_size;
                    let inner = self.inner.clone();
                    let fut = async move {
                        let method = ReadDataSourceSvc(inner);
                        let codec = tonic_prost::ProstCodec::default();
                        let mut grpc = tonic::server::Grpc::new(codec)
                            .apply_compression_config(
                                accept_compression_encodings,
                                send_compression_encodings,
                            )
                            .apply_max_message_size_config(
                                max_decoding_message_size,
                                max_encoding_message_size,
                            );
                        let res = grpc.unary(method, req).await;
                        Ok(res)
                    };
                    Box::pin(fut)
                }
                "/tfplugin6.Provider/GenerateResourceConfig" => {
                    #[allow(non_camel_case_types)]
                    struct GenerateResourceConfigSvc<T: Provider>(pub Arc<T>);
                    impl<
                        T: Provider,
                    > tonic::server::UnaryService<
                        super::generate_resource_config::Request,
                    > for GenerateResourceConfigSvc<T> {
                        type Response = super::generate_resource_config::Response;
                        type Future = BoxFuture<
                            tonic::Response<Self::Response>,
                            tonic::Status,
                        >;
                        fn call(
                            &mut self,
                            request: tonic::Request<
                                super::generate_resource_config::Request,
                            >,
                        ) -> Self::Future {
                            let inner = Arc::clone(&self.0);
                            let fut = async move {
                                <T as Provider>::generate_resource_config(&inner, request)
                                    .await
                            };
                            Box::pin(fut)
                        }
                    }
                    let accept_compression_encodings = self.accept_compression_encodings;
                    let send_compression_encodings = self.send_compression_encodings;
                    let max_decoding_message_size = self.max_decoding_message_size;
                    let max_encoding_message_size = self.max_encoding_message_size;
                    let inner = self.inner.clone();
                    let fut = async move {
                        let method = GenerateResourceConfigSvc(inner);
                        let codec = tonic_prost::ProstCodec::default();
                        let mut grpc = tonic::server::Grpc::new(codec)
                            .apply_compression_config(
                                accept_compression_encodings,
                                send_compression_encodings,
                            )
                            .apply_max_message_size_config(
                                max_decoding_message_size,
                                max_encoding_message_size,
                            );
                        let res = grpc.unary(method, req).await;
                        Ok(res)
                    };
                    Box::pin(fut)
                }
                "/tfplugin6.Provider/ValidateEphemeralResourceConfig" => {
                    #[allow(non_camel_case_types)]
                    struct ValidateEphemeralResourceConfigSvc<T: Provider>(pub Arc<T>);
                    impl<
                        T: Provider,
                    > tonic::server::UnaryService<
                        super::validate_ephemeral_resource_config::Request,
                    > for ValidateEphemeralResourceConfigSvc<T> {
                        type Response = super::validate_ephemeral_resource_config::Response;
                        type Future = BoxFuture<
                            tonic::Response<Self::Response>,
                            tonic::Status,
                        >;
                        fn call(
                            &mut self,
                            request: tonic::Request<
                                super::validate_ephemeral_resource_config::Request,
                            >,
                        ) -> Self::Future {
                            let inner = Arc::clone(&self.0);
                            let fut = async move {
                                <T as Provider>::validate_ephemeral_resource_config(
                                        &inner,
                                        request,
                                    )
                                    .await
                            };
                            Box::pin(fut)
                        }
                    }
                    let accept_compression_encodings = self.accept_compression_encodings;
                    let send_compression_encodings = self.send_compression_encodings;
                    let max_decoding_message_size = self.max_decoding_message_size;
                    let max_encoding_message_size = self.max_encoding_message_size;
                    let inner = self.inner.clone();
                    let fut = async move {
                        let method = ValidateEphemeralResourceConfigSvc(inner);
                        let codec = tonic_prost::ProstCodec::default();
                        let mut grpc = tonic::server::Grpc::new(codec)
                            .apply_compression_config(
                                accept_compression_encodings,
                                send_compression_encodings,
                            )
                            .apply_max_message_size_config(
                                max_decoding_message_size,
                                max_encoding_message_size,
                            );
                        let res = grpc.unary(method, req).await;
                        Ok(res)
                    };
                    Box::pin(fut)
                }
                "/tfplugin6.Provider/OpenEphemeralResource" => {
                    #[allow(non_camel_case_types)]
                    struct OpenEphemeralResourceSvc<T: Provider>(pub Arc<T>);
                    impl<
                        T: Provider,
                    > tonic::server::UnaryService<
                        super::open_ephemeral_resource::Request,
                    > for OpenEphemeralResourceSvc<T> {
                        type Response = super::open_ephemeral_resource::Response;
                        type Future = BoxFuture<
                            tonic::Response<Self::Response>,
                            tonic::Status,
                        >;
                        fn call(
                            &mut self,
                            request: tonic::Request<
                                super::open_ephemeral_resource::Request,
                            >,
                        ) -> Self::Future {
                            let inner = Arc::clone(&self.0);
                            let fut = async move {
                                <T as Provider>::open_ephemeral_resource(&inner, request)
                                    .await
                            };
                            Box::pin(fut)
                        }
                    }
                    let accept_compression_encodings = self.accept_compression_encodings;
                    let send_compression_encodings = self.send_compression_encodings;
                    let max_decoding_message_size = self.max_decoding_message_size;
                    let max_encoding_message_size = self.max_encoding_message_size;
                    let inner = self.inner.clone();
                    let fut = async move {
                        let method = OpenEphemeralResourceSvc(inner);
                        let codec = tonic_prost::ProstCodec::default();
                        let mut grpc = tonic::server::Grpc::new(codec)
                            .apply_compression_config(
                                accept_compression_encodings,
                                send_compression_encodings,
                            )
                            .apply_max_message_size_config(
                                max_decoding_message_size,
                                max_encoding_message_size,
                            );
                        let res = grpc.unary(method, req).await;
                        Ok(res)
                    };
                    Box::pin(fut)
                }
                "/tfplugin6.Provider/RenewEphemeralResource" => {
                    #[allow(non_camel_case_types)]
                    struct RenewEphemeralResourceSvc<T: Provider>(pub Arc<T>);
                    impl<
                        T: Provider,
                    > tonic::server::UnaryService<
                        super::renew_ephemeral_resource::Request,
                    > for RenewEphemeralResourceSvc<T> {
                        type Response = super::renew_ephemeral_resource::Response;
                        type Future = BoxFuture<
                            tonic::Response<Self::Response>,
                            tonic::Status,
                        >;
                        fn call(
                            &mut self,
                            request: tonic::Request<
                                super::renew_ephemeral_resource::Request,
                            >,
                        ) -> Self::Future {
                            let inner = Arc::clone(&self.0);
                            let fut = async move {
                                <T as Provider>::renew_ephemeral_resource(&inner, request)
                                    .await
                            };
                            Box::pin(fut)
                        }
                    }
                    let accept_compression_encodings = self.accept_compression_encodings;
                    let send_compression_encodings = self.send_compression_encodings;
                    let max_decoding_message_size = self.max_decoding_message_size;
                    let max_encoding_message_size = self.max_encoding_message_size;
                    let inner = self.inner.clone();
                    let fut = async move {
                        let method = RenewEphemeralResourceSvc(inner);
                        let codec = tonic_prost::ProstCodec::default();
                        let mut grpc = tonic::server::Grpc::new(codec)
                            .apply_compression_config(
                                accept_compression_encodings,
                                send_compression_encodings,
                            )
                            .apply_max_message_size_config(
                                max_decoding_message_size,
                                max_encoding_message_size,
                            );
                        let res = grpc.unary(method, req).await;
                        Ok(res)
                    };
                    Box::pin(fut)
                }
                "/tfplugin6.Provider/CloseEphemeralResource" => {
                    #[allow(non_camel_case_types)]
                    struct CloseEphemeralResourceSvc<T: Provider>(pub Arc<T>);
                    impl<
                        T: Provider,
                    > tonic::server::UnaryService<
                        super::close_ephemeral_resource::Request,
                    > for CloseEphemeralResourceSvc<T> {
                        type Response = super::close_ephemeral_resource::Response;
                        type Future = BoxFuture<
                            tonic::Response<Self::Response>,
                            tonic::Status,
                        >;
                        fn call(
                            &mut self,
                            request: tonic::Request<
                                super::close_ephemeral_resource::Request,
                            >,
                        ) -> Self::Future {
                            let inner = Arc::clone(&self.0);
                            let fut = async move {
                                <T as Provider>::close_ephemeral_resource(&inner, request)
                                    .await
                            };
                            Box::pin(fut)
                        }
                    }
                    let accept_compression_encodings = self.accept_compression_encodings;
                    let send_compression_encodings = self.send_compression_encodings;
                    let max_decoding_message_size = self.max_decoding_message_size;
                    let max_encoding_message_size = self.max_encoding_message_size;
                    let inner = self.inner.clone();
                    let fut = async move {
                        let method = CloseEphemeralResourceSvc(inner);
                        let codec = tonic_prost::ProstCodec::default();
                        let mut grpc = tonic::server::Grpc::new(codec)
                            .apply_compression_config(
                                accept_compression_encodings,
                                send_compression_encodings,
                            )
                            .apply_max_message_size_config(
                                max_decoding_message_size,
                                max_encoding_message_size,
                            );
                        let res = grpc.unary(method, req).await;
                        Ok(res)
                    };
                    Box::pin(fut)
                }
                "/tfplugin6.Provider/ListResource" => {
                    #[allow(non_camel_case_types)]
                    struct ListResourceSvc<T: Provider>(pub Arc<T>);
                    impl<
                        T: Provider,
                    > tonic::server::ServerStreamingService<
                        super::list_resource::Request,
                    > for ListResourceSvc<T> {
                        type Response = super::list_resource::Event;
                        type ResponseStream = BoxStream<super::list_resource::Event>;
                        type Future = BoxFuture<
                            tonic::Response<Self::ResponseStream>,
                            tonic::Status,
                        >;
                        fn call(
                            &mut self,
                            request: tonic::Request<super::list_resource::Request>,
                        ) -> Self::Future {
                            let inner = Arc::clone(&self.0);
                            let fut = async move {
                                <T as Provider>::list_resource(&inner, request).await
                            };
                            Box::pin(fut)
                        }
                    }
                    let accept_compression_encodings = self.accept_compression_encodings;
                    let send_compression_encodings = self.send_compression_encodings;
                    let max_decoding_message_size = self.max_decoding_message_size;
                    let max_encoding_message_size = self.max_encoding_message_size;
                    let inner = self.inner.clone();
                    let fut = async move {
                        let method = ListResourceSvc(inner);
                        let codec = tonic_prost::ProstCodec::default();
                        let mut grpc = tonic::server::Grpc::new(codec)
                            .apply_compression_config(
                                accept_compression_encodings,
                                send_compression_encodings,
                            )
                            .apply_max_message_size_config(
                                max_decoding_message_size,
                                max_encoding_message_size,
                            );
                        let res = grpc.server_streaming(method, req).await;
                        Ok(res)
                    };
                    Box::pin(fut)
                }
                "/tfplugin6.Provider/ValidateListResourceConfig" => {
                    #[allow(non_camel_case_types)]
                    struct ValidateListResourceConfigSvc<T: Provider>(pub Arc<T>);
                    impl<
                        T: Provider,
                    > tonic::server::UnaryService<
                        super::validate_list_resource_config::Request,
                    > for ValidateListResourceConfigSvc<T> {
                        type Response = super::validate_list_resource_config::Response;
                        type Future = BoxFuture<
                            tonic::Response<Self::Response>,
                            tonic::Status,
                        >;
                        fn call(
                            &mut self,
                            request: tonic::Request<
                                super::validate_list_resource_config::Request,
                            >,
                        ) -> Self::Future {
                            let inner = Arc::clone(&self.0);
                            let fut = async move {
                                <T as Provider>::validate_list_resource_config(
                                        &inner,
                                        request,
                                    )
                                    .await
                            };
                            Box::pin(fut)
                        }
                    }
                    let accept_compression_encodings = self.accept_compression_encodings;
                    let send_compression_encodings = self.send_compression_encodings;
                    let max_decoding_message_size = self.max_decoding_message_size;
                    let max_encoding_message_size = self.max_encoding_message_size;
                    let inner = self.inner.clone();
                    let fut = async move {
                        let method = ValidateListResourceConfigSvc(inner);
                        let codec = tonic_prost::ProstCodec::default();
                        let mut grpc = tonic::server::Grpc::new(codec)
                            .apply_compression_config(
                                accept_compression_encodings,
                                send_compression_encodings,
                            )
                            .apply_max_message_size_config(
                                max_decoding_message_size,
                                max_encoding_message_size,
                            );
                        let res = grpc.unary(method, req).await;
                        Ok(res)
                    };
                    Box::pin(fut)
                }
                "/tfplugin6.Provider/GetFunctions" => {
                    #[allow(non_camel_case_types)]
                    struct GetFunctionsSvc<T: Provider>(pub Arc<T>);
                    impl<
                        T: Provider,
                    > tonic::server::UnaryService<super::get_functions::Request>
                    for GetFunctionsSvc<T> {
                        type Response = super::get_functions::Response;
                        type Future = BoxFuture<
                            tonic::Response<Self::Response>,
                            tonic::Status,
                        >;
                        fn call(
                            &mut self,
                            request: tonic::Request<super::get_functions::Request>,
                        ) -> Self::Future {
                            let inner = Arc::clone(&self.0);
                            let fut = async move {
                                <T as Provider>::get_functions(&inner, request).await
                            };
                            Box::pin(fut)
                        }
                    }
                    let accept_compression_encodings = self.accept_compression_encodings;
                    let send_compression_encodings = self.send_compression_encodings;
                    let max_decoding_message_size = self.max_decoding_message_size;
                    let max_encoding_message_size = self.max_encoding_message_size;
                    let inner = self.inner.clone();
                    let fut = async move {
                        let method = GetFunctionsSvc(inner);
                        let codec = tonic_prost::ProstCodec::default();
                        let mut grpc = tonic::server::Grpc::new(codec)
                            .apply_compression_config(
                                accept_compression_encodings,
                                send_compression_encodings,
                            )
                            .apply_max_message_size_config(
                                max_decoding_message_size,
                                max_encoding_message_size,
                            );
                        let res = grpc.unary(method, req).await;
                        Ok(res)
                    };
                    Box::pin(fut)
                }
                "/tfplugin6.Provider/CallFunction" => {
                    #[allow(non_camel_case_types)]
                    struct CallFunctionSvc<T: Provider>(pub Arc<T>);
                    impl<
                        T: Provider,
                    > tonic::server::UnaryService<super::call_function::Request>
                    for CallFunctionSvc<T> {
                        type Response = super::call_function::Response;
                        type Future = BoxFuture<
                            tonic::Response<Self::Response>,
                            tonic::Status,
                        >;
                        fn call(
                            &mut self,
                            request: tonic::Request<super::call_function::Request>,
                        ) -> Self::Future {
                            let inner = Arc::clone(&self.0);
                            let fut = async move {
                                <T as Provider>::call_function(&inner, request).await
                            };
                            Box::pin(fut)
                        }
                    }
                    let accept_compression_encodings = self.accept_compression_encodings;
                    let send_compression_encodings = self.send_compression_encodings;
                    let max_decoding_message_size = self.max_decoding_message_size;
                    let max_encoding_message_size = self.max_encoding_message_size;
                    let inner = self.inner.clone();
                    let fut = async move {
                        let method = CallFunctionSvc(inner);
                        let codec = tonic_prost::ProstCodec::default();
                        let mut grpc = tonic::server::Grpc::new(codec)
                            .apply_compression_config(
                                accept_compression_encodings,
                                send_compression_encodings,
                            )
                            .apply_max_message_size_config(
                                max_decoding_message_size,
                                max_encoding_message_size,
                            );
                        let res = grpc.unary(method, req).await;
                        Ok(res)
                    };
                    Box::pin(fut)
                }
                "/tfplugin6.Provider/ValidateStateStoreConfig" => {
                    #[allow(non_camel_case_types)]
                    struct ValidateStateStoreConfigSvc<T: Provider>(pub Arc<T>);
                    impl<
                        T: Provider,
                    > tonic::server::UnaryService<super::validate_state_store::Request>
                    for ValidateStateStoreConfigSvc<T> {
                        type Response = super::validate_state_store::Response;
                        type Future = BoxFuture<
                            tonic::Response<Self::Response>,
                            tonic::Status,
                        >;
                        fn call(
                            &mut self,
                            request: tonic::Request<super::validate_state_store::Request>,
                        ) -> Self::Future {
                            let inner = Arc::clone(&self.0);
                            let fut = async move {
                                <T as Provider>::validate_state_store_config(
                                        &inner,
                                        request,
                                    )
                                    .await
                            };
                            Box::pin(fut)
                        }
                    }
                    let accept_compression_encodings = self.accept_compression_encodings;
                    let send_compression_encodings = self.send_compression_encodings;
                    let max_decoding_message_size = self.max_decoding_message_size;
                    let max_encoding_message_size = self.max_encoding_message_size;
                    let inner = self.inner.clone();
                    let fut = async move {
                        let method = ValidateStateStoreConfigSvc(inner);
                        let codec = tonic_prost::ProstCodec::default();
                        let mut grpc = tonic::server::Grpc::new(codec)
                            .apply_compression_config(
                                accept_compression_encodings,
                                send_compression_encodings,
                            )
                            .apply_max_message_size_config(
                                max_decoding_message_size,
                                max_encoding_message_size,
                            );
                        let res = grpc.unary(method, req).await;
                        Ok(res)
                    };
                    Box::pin(fut)
                }
                "/tfplugin6.Provider/ConfigureStateStore" => {
                    #[allow(non_camel_case_types)]
                    struct ConfigureStateStoreSvc<T: Provider>(pub Arc<T>);
                    impl<
                        T: Provider,
                    > tonic::server::UnaryService<super::configure_state_store::Request>
                    for ConfigureStateStoreSvc<T> {
                        type Response = super::configure_state_store::Response;
                        type Future = BoxFuture<
                            tonic::Response<Self::Response>,
                            tonic::Status,
                        >;
                        fn call(
                            &mut self,
                            request: tonic::Request<
                                super::configure_state_store::Request,
                            >,
                        ) -> Self::Future {
                            let inner = Arc::clone(&self.0);
                            let fut = async move {
                                <T as Provider>::configure_state_store(&inner, request)
                                    .await
                            };
                            Box::pin(fut)
                        }
                    }
                    let accept_compression_encodings = self.accept_compression_encodings;
                    let send_compression_encodings = self.send_compression_encodings;
                    let max_decoding_message_size = self.max_decoding_message_size;
                    let max_encoding_message_size = self.max_encoding_message_size;
                    let inner = self.inner.clone();
                    let fut = async move {
                        let method = ConfigureStateStoreSvc(inner);
                        let codec = tonic_prost::ProstCodec::default();
                        let mut grpc = tonic::server::Grpc::new(codec)
                            .apply_compression_config(
                                accept_compression_encodings,
                                send_compression_encodings,
                            )
                            .apply_max_message_size_config(
                                max_decoding_message_size,
                                max_encoding_message_size,
                            );
                        let res = grpc.unary(method, req).await;
                        Ok(res)
                    };
                    Box::pin(fut)
                }
                "/tfplugin6.Provider/ReadStateBytes" => {
                    #[allow(non_camel_case_types)]
                    struct ReadStateBytesSvc<T: Provider>(pub Arc<T>);
                    impl<
                        T: Provider,
                    > tonic::server::ServerStreamingService<
                        super::read_state_bytes::Request,
                    > for ReadStateBytesSvc<T> {
                        type Response = super::read_state_bytes::Response;
                        type ResponseStream = BoxStream<
                            super::read_state_bytes::Response,
                        >;
                        type Future = BoxFuture<
                            tonic::Response<Self::ResponseStream>,
                            tonic::Status,
                        >;
                        fn call(
                            &mut self,
                            request: tonic::Request<super::read_state_bytes::Request>,
                        ) -> Self::Future {
                            let inner = Arc::clone(&self.0);
                            let fut = async move {
                                <T as Provider>::read_state_bytes(&inner, request).await
                            };
                            Box::pin(fut)
                        }
                    }
                    let accept_compression_encodings = self.accept_compression_encodings;
                    let send_compression_encodings = self.send_compression_encodings;
                    let max_decoding_message_size = self.max_decoding_message_size;
                    let max_encoding_message_size = self.max_encoding_message_size;
                    let inner = self.inner.clone();
                    let fut = async move {
                        let method = ReadStateBytesSvc(inner);
                        let codec = tonic_prost::ProstCodec::default();
                        let mut grpc = tonic::server::Grpc::new(codec)
                            .apply_compression_config(
                                accept_compression_encodings,
                                send_compression_encodings,
                            )
                            .apply_max_message_size_config(
                                max_decoding_message_size,
                                max_encoding_message_size,
                            );
                        let res = grpc.server_streaming(method, req).await;
                        Ok(res)
                    };
                    Box::pin(fut)
                }
                "/tfplugin6.Provider/WriteStateBytes" => {
                    #[allow(non_camel_case_types)]
                    struct WriteStateBytesSvc<T: Provider>(pub Arc<T>);
                    impl<
                        T: Provider,
                    > tonic::server::ClientStreamingService<
                        super::write_state_bytes::RequestChunk,
                    > for WriteStateBytesSvc<T> {
                        type Response = super::write_state_bytes::Response;
                        type Future = BoxFuture<
                            tonic::Response<Self::Response>,
                            tonic::Status,
                        >;
                        fn call(
                            &mut self,
                            request: tonic::Request<
                                tonic::Streaming<super::write_state_bytes::RequestChunk>,
                            >,
                        ) -> Self::Future {
                            let inner = Arc::clone(&self.0);
                            let fut = async move {
                                <T as Provider>::write_state_bytes(&inner, request).await
                            };
                            Box::pin(fut)
                        }
                    }
                    let accept_compression_encodings = self.accept_compression_encodings;
                    let send_compression_encodings = self.send_compression_encodings;
                    let max_decoding_message_size = self.max_decoding_message_size;
                    let max_encoding_message_size = self.max_encoding_message_size;
                    let inner = self.inner.clone();
                    let fut = async move {
                        let method = WriteStateBytesSvc(inner);
                        let codec = tonic_prost::ProstCodec::default();
                        let mut grpc = tonic::server::Grpc::new(codec)
                            .apply_compression_config(
                                accept_compression_encodings,
                                send_compression_encodings,
                            )
                            .apply_max_message_size_config(
                                max_decoding_message_size,
                                max_encoding_message_size,
                            );
                        let res = grpc.client_streaming(method, req).await;
                        Ok(res)
                    };
                    Box::pin(fut)
                }
                "/tfplugin6.Provider/LockState" => {
                    #[allow(non_camel_case_types)]
                    struct LockStateSvc<T: Provider>(pub Arc<T>);
                    impl<
                        T: Provider,
                    > tonic::server::UnaryService<super::lock_state::Request>
                    for LockStateSvc<T> {
                        type Response = super::lock_state::Response;
                        type Future = BoxFuture<
                            tonic::Response<Self::Response>,
                            tonic::Status,
                        >;
                        fn call(
                            &mut self,
                            request: tonic::Request<super::lock_state::Request>,
                        ) -> Self::Future {
                            let inner = Arc::clone(&self.0);
                            let fut = async move {
                                <T as Provider>::lock_state(&inner, request).await
                            };
                            Box::pin(fut)
                        }
                    }
                    let accept_compression_encodings = self.accept_compression_encodings;
                    let send_compression_encodings = self.send_compression_encodings;
                    let max_decoding_message_size = self.max_decoding_message_size;
                    let max_encoding_message_size = self.max_encoding_message_size;
                    let inner = self.inner.clone();
                    let fut = async move {
                        let method = LockStateSvc(inner);
                        let codec = tonic_prost::ProstCodec::default();
                        let mut grpc = tonic::server::Grpc::new(codec)
                            .apply_compression_config(
                                accept_compression_encodings,
                                send_compression_encodings,
                            )
                            .apply_max_message_size_config(
                                max_decoding_message_size,
                                max_encoding_message_size,
                            );
                        let res = grpc.unary(method, req).await;
                        Ok(res)
                    };
                    Box::pin(fut)
                }
                "/tfplugin6.Provider/UnlockState" => {
                    #[allow(non_camel_case_types)]
                    struct UnlockStateSvc<T: Provider>(pub Arc<T>);
                    impl<
                        T: Provider,
                    > tonic::server::UnaryService<super::unlock_state::Request>
                    for UnlockStateSvc<T> {
                        type Response = super::unlock_state::Response;
                        type Future = BoxFuture<
                            tonic::Response<Self::Response>,
                            tonic::Status,
                        >;
                        fn call(
                            &mut self,
                            request: tonic::Request<super::unlock_state::Request>,
                        ) -> Self::Future {
                            let inner = Arc::clone(&self.0);
                            let fut = async move {
                                <T as Provider>::unlock_state(&inner, request).await
                            };
                            Box::pin(fut)
                        }
                    }
                    let accept_compression_encodings = self.accept_compression_encodings;
                    let send_compression_encodings = self.send_compression_encodings;
                    let max_decoding_message_size = self.max_decoding_message_size;
                    let max_encoding_message_size = self.max_encoding_message_size;
                    let inner = self.inner.clone();
                    let fut = async move {
                        let method = UnlockStateSvc(inner);
                        let codec = tonic_prost::ProstCodec::default();
                        let mut grpc = tonic::server::Grpc::new(codec)
                            .apply_compression_config(
                                accept_compression_encodings,
                                send_compression_encodings,
                            )
                            .apply_max_message_size_config(
                                max_decoding_message_size,
                                max_encoding_message_size,
                            );
                        let res = grpc.unary(method, req).await;
                        Ok(res)
                    };
                    Box::pin(fut)
                }
                "/tfplugin6.Provider/GetStates" => {
                    #[allow(non_camel_case_types)]
                    struct GetStatesSvc<T: Provider>(pub Arc<T>);
                    impl<
                        T: Provider,
                    > tonic::server::UnaryService<super::get_states::Request>
                    for GetStatesSvc<T> {
                        type Response = super::get_states::Response;
                        type Future = BoxFuture<
                            tonic::Response<Self::Response>,
                            tonic::Status,
                        >;
                        fn call(
                            &mut self,
                            request: tonic::Request<super::get_states::Request>,
                        ) -> Self::Future {
                            let inner = Arc::clone(&self.0);
                            let fut = async move {
                                <T as Provider>::get_states(&inner, request).await
                            };
                            Box::pin(fut)
                        }
                    }
                    let accept_compression_encodings = self.accept_compression_encodings;
                    let send_compression_encodings = self.send_compression_encodings;
                    let max_decoding_message_size = self.max_decoding_message_size;
                    let max_encoding_message_size = self.max_encoding_message_size;
                    let inner = self.inner.clone();
                    let fut = async move {
                        let method = GetStatesSvc(inner);
                        let codec = tonic_prost::ProstCodec::default();
                        let mut grpc = tonic::server::Grpc::new(codec)
                            .apply_compression_config(
                                accept_compression_encodings,
                                send_compression_encodings,
                            )
                            .apply_max_message_size_config(
                                max_decoding_message_size,
                                max_encoding_message_size,
                            );
                        let res = grpc.unary(method, req).await;
                        Ok(res)
                    };
                    Box::pin(fut)
                }
                "/tfplugin6.Provider/DeleteState" => {
                    #[allow(non_camel_case_types)]
                    struct DeleteStateSvc<T: Provider>(pub Arc<T>);
                    impl<
                        T: Provider,
                    > tonic::server::UnaryService<super::delete_state::Request>
                    for DeleteStateSvc<T> {
                        type Response = super::delete_state::Response;
                        type Future = BoxFuture<
                            tonic::Response<Self::Response>,
                            tonic::Status,
                        >;
                        fn call(
                            &mut self,
                            request: tonic::Request<super::delete_state::Request>,
                        ) -> Self::Future {
                            let inner = Arc::clone(&self.0);
                            let fut = async move {
                                <T as Provider>::delete_state(&inner, request).await
                            };
                            Box::pin(fut)
                        }
                    }
                    let accept_compression_encodings = self.accept_compression_encodings;
                    let send_compression_encodings = self.send_compression_encodings;
                    let max_decoding_message_size = self.max_decoding_message_size;
                    let max_encoding_message_size = self.max_encoding_message_size;
                    let inner = self.inner.clone();
                    let fut = async move {
                        let method = DeleteStateSvc(inner);
                        let codec = tonic_prost::ProstCodec::default();
                        let mut grpc = tonic::server::Grpc::new(codec)
                            .apply_compression_config(
                                accept_compression_encodings,
                                send_compression_encodings,
                            )
                            .apply_max_message_size_config(
                                max_decoding_message_size,
                                max_encoding_message_size,
                            );
                        let res = grpc.unary(method, req).await;
                        Ok(res)
                    };
                    Box::pin(fut)
                }
                "/tfplugin6.Provider/PlanAction" => {
                    #[allow(non_camel_case_types)]
                    struct PlanActionSvc<T: Provider>(pub Arc<T>);
                    impl<
                        T: Provider,
                    > tonic::server::UnaryService<super::plan_action::Request>
                    for PlanActionSvc<T> {
                        type Response = super::plan_action::Response;
                        type Future = BoxFuture<
                            tonic::Response<Self::Response>,
                            tonic::Status,
                        >;
                        fn call(
                            &mut self,
                            request: tonic::Request<super::plan_action::Request>,
                        ) -> Self::Future {
                            let inner = Arc::clone(&self.0);
                            let fut = async move {
                                <T as Provider>::plan_action(&inner, request).await
                            };
                            Box::pin(fut)
                        }
                    }
                    let accept_compression_encodings = self.accept_compression_encodings;
                    let send_compression_encodings = self.send_compression_encodings;
                    let max_decoding_message_size = self.max_decoding_message_size;
                    let max_encoding_message_size = self.max_encoding_message_size;
                    let inner = self.inner.clone();
                    let fut = async move {
                        let method = PlanActionSvc(inner);
                        let codec = tonic_prost::ProstCodec::default();
                        let mut grpc = tonic::server::Grpc::new(codec)
                            .apply_compression_config(
                                accept_compression_encodings,
                                send_compression_encodings,
                            )
                            .apply_max_message_size_config(
                                max_decoding_message_size,
                                max_encoding_message_size,
                            );
                        let res = grpc.unary(method, req).await;
                        Ok(res)
                    };
                    Box::pin(fut)
                }
                "/tfplugin6.Provider/InvokeAction" => {
                    #[allow(non_camel_case_types)]
                    struct InvokeActionSvc<T: Provider>(pub Arc<T>);
                    impl<
                        T: Provider,
                    > tonic::server::ServerStreamingService<
                        super::invoke_action::Request,
                    > for InvokeActionSvc<T> {
                        type Response = super::invoke_action::Event;
                        type ResponseStream = BoxStream<super::invoke_action::Event>;
                        type Future = BoxFuture<
                            tonic::Response<Self::ResponseStream>,
                            tonic::Status,
                        >;
                        fn call(
                            &mut self,
                            request: tonic::Request<super::invoke_action::Request>,
                        ) -> Self::Future {
                            let inner = Arc::clone(&self.0);
                            let fut = async move {
                                <T as Provider>::invoke_action(&inner, request).await
                            };
                            Box::pin(fut)
                        }
                    }
                    let accept_compression_encodings = self.accept_compression_encodings;
                    let send_compression_encodings = self.send_compression_encodings;
                    let max_decoding_message_size = self.max_decoding_message_size;
                    let max_encoding_message_size = self.max_encoding_message_size;
                    let inner = self.inner.clone();
                    let fut = async move {
                        let method = InvokeActionSvc(inner);
                        let codec = tonic_prost::ProstCodec::default();
                        let mut grpc = tonic::server::Grpc::new(codec)
                            .apply_compression_config(
                                accept_compression_encodings,
                                send_compression_encodings,
                            )
                            .apply_max_message_size_config(
                                max_decoding_message_size,
                                max_encoding_message_size,
                            );
                        let res = grpc.server_streaming(method, req).await;
                        Ok(res)
                    };
                    Box::pin(fut)
                }
                "/tfplugin6.Provider/ValidateActionConfig" => {
                    #[allow(non_camel_case_types)]
                    struct ValidateActionConfigSvc<T: Provider>(pub Arc<T>);
                    impl<
                        T: Provider,
                    > tonic::server::UnaryService<super::validate_action_config::Request>
                    for ValidateActionConfigSvc<T> {
                        type Response = super::validate_action_config::Response;
                        type Future = BoxFuture<
                            tonic::Response<Self::Response>,
                            tonic::Status,
                        >;
                        fn call(
                            &mut self,
                            request: tonic::Request<
                                super::validate_action_config::Request,
                            >,
                        ) -> Self::Future {
                            let inner = Arc::clone(&self.0);
                            let fut = async move {
                                <T as Provider>::validate_action_config(&inner, request)
                                    .await
                            };
                            Box::pin(fut)
                        }
                    }
                    let accept_compression_encodings = self.accept_compression_encodings;
                    let send_compression_encodings = self.send_compression_encodings;
                    let max_decoding_message_size = self.max_decoding_message_size;
                    let max_encoding_message_size = self.max_encoding_message_size;
                    let inner = self.inner.clone();
                    let fut = async move {
                        let method = ValidateActionConfigSvc(inner);
                        let codec = tonic_prost::ProstCodec::default();
                        let mut grpc = tonic::server::Grpc::new(codec)
                            .apply_compression_config(
                                accept_compression_encodings,
                                send_compression_encodings,
                            )
                            .apply_max_message_size_config(
                                max_decoding_message_size,
                                max_encoding_message_size,
                            );
                        let res = grpc.unary(method, req).await;
                        Ok(res)
                    };
                    Box::pin(fut)
                }
                "/tfplugin6.Provider/StopProvider" => {
                    #[allow(non_camel_case_types)]
                    struct StopProviderSvc<T: Provider>(pub Arc<T>);
                    impl<
                        T: Provider,
                    > tonic::server::UnaryService<super::stop_provider::Request>
                    for StopProviderSvc<T> {
                        type Response = super::stop_provider::Response;
                        type Future = BoxFuture<
                            tonic::Response<Self::Response>,
                            tonic::Status,
                        >;
                        fn call(
                            &mut self,
                            request: tonic::Request<super::stop_provider::Request>,
                        ) -> Self::Future {
                            let inner = Arc::clone(&self.0);
                            let fut = async move {
                                <T as Provider>::stop_provider(&inner, request).await
                            };
                            Box::pin(fut)
                        }
                    }
                    let accept_compression_encodings = self.accept_compression_encodings;
                    let send_compression_encodings = self.send_compression_encodings;
                    let max_decoding_message_size = self.max_decoding_message_size;
                    let max_encoding_message_size = self.max_encoding_message_size;
                    let inner = self.inner.clone();
                    let fut = async move {
                        let method = StopProviderSvc(inner);
                        let codec = tonic_prost::ProstCodec::default();
                        let mut grpc = tonic::server::Grpc::new(codec)
                            .apply_compression_config(
                                accept_compression_encodings,
                                send_compression_encodings,
                            )
                            .apply_max_message_size_config(
                                max_decoding_message_size,
                                max_encoding_message_size,
                            );
                        let res = grpc.unary(method, req).await;
                        Ok(res)
                    };
                    Box::pin(fut)
                }
                _ => {
                    Box::pin(async move {
                        let mut response = http::Response::new(
                            tonic::body::Body::default(),
                        );
                        let headers = response.headers_mut();
                        headers
                            .insert(
                                tonic::Status::GRPC_STATUS,
                                (tonic::Code::Unimplemented as i32).into(),
                            );
                        headers
                            .insert(
                                http::header::CONTENT_TYPE,
                                tonic::metadata::GRPC_CONTENT_TYPE,
                            );
                        Ok(response)
                    })
                }
            }
        }
    }
    impl<T> Clone for ProviderServer<T> {
        fn clone(&self) -> Self {
            let inner = self.inner.clone();
            Self {
                inner,
                accept_compression_encodings: self.accept_compression_encodings,
                send_compression_encodings: self.send_compression_encodings,
                max_decoding_message_size: self.max_decoding_message_size,
                max_encoding_message_size: self.max_encoding_message_size,
            }
        }
    }
    /// Generated gRPC service name
    pub const SERVICE_NAME: &str = "tfplugin6.Provider";
    impl<T> tonic::server::NamedService for ProviderServer<T> {
        const NAME: &'static str = SERVICE_NAME;
    }
}
