//! The forms of texts, for the schema. The types of the model decide what is valid; a pattern here may let more pass,
//! never less, and a test compares both.

use std::borrow::Cow;
use std::collections::BTreeMap;

use landform_model::network;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

/// Tags by key.
pub(crate) type Tags = BTreeMap<TagKey, TagValue>;

macro_rules! pattern {
    ($($name:ident: $pattern:literal, $example:literal;)*) => {
        $(
            pub(crate) struct $name;

            impl JsonSchema for $name {
                fn schema_name() -> Cow<'static, str> {
                    stringify!($name).into()
                }

                fn inline_schema() -> bool {
                    true
                }

                fn json_schema(_: &mut SchemaGenerator) -> Schema {
                    json_schema!({ "type": "string", "pattern": $pattern, "examples": [$example] })
                }
            }
        )*

        #[cfg(test)]
        const PATTERNS: &[(&str, &str, &str)] = &[$((stringify!($name), $pattern, $example)),*];
    };
}

pattern! {
    Arn: "^arn:[^ ]+$", "arn:aws:iam::109876543210:role/plan";
    AccountId: "^[0-9]{12}$", "210987654321";
    AvailabilityZoneId: "^[a-z]{3,6}[0-9]{1,2}-az[1-9][0-9]?$", "use1-az1";
    BucketName: "^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", "acme-terraform-state";
    CodeOwner: "^@[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*$", "@acme/platform";
    Cidr: "^[0-9]{1,3}(\\.[0-9]{1,3}){3}/[0-9]{1,2}$", "10.0.0.0/16";
    EmailAddress: "^[A-Za-z0-9!#$&'*+./=?^_{|}~-]+@[A-Za-z0-9!#$&'*+./=?^_{|}~-]+$", "aws+prod@example.com";
    Identifier: "^[A-Za-z_][A-Za-z0-9_-]{0,127}$", "subnet_ids";
    InputPath: "^[A-Za-z_][A-Za-z0-9_-]*([.][A-Za-z_][A-Za-z0-9_-]*)*$", "egress.transit_gateway_id";
    KindName: "^[a-z][a-z0-9_-]{0,62}$", "queue";
    ModuleSource: "^([.]/|git::(https|ssh)://|[A-Za-z0-9])[A-Za-z0-9@._/-]+$", "./modules/queue";
    ProviderSource: "^[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*){1,2}$", "hashicorp/aws";
    Version: "^[A-Za-z0-9][A-Za-z0-9._+/-]{0,127}$", "4.2.1";
    Image: "^[a-z0-9][a-z0-9._/:-]*@sha256:[0-9a-f]{64}$", "registry.example.com/landform@sha256:0000000000000000000000000000000000000000000000000000000000000000";
    Repository: "^[A-Za-z0-9][A-Za-z0-9.-]*(/[A-Za-z0-9][A-Za-z0-9._-]*){2,}$", "github.com/acme/live";
    Region: "^[a-z]{2}(-gov)?-[a-z]+-[1-9][0-9]?$", "us-east-1";
    ResourceName: "^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$", "main";
    RoleName: "^[A-Za-z0-9+=,.@_-]{1,64}$", "OrganizationAccountAccessRole";
    StackName: "^[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*$", "prod/us-east-1/prod/main";
    TagKey: "^[^\"'$%{}()<>\\\\;,!?*&#|~`^\\[\\]]{1,128}$", "criticality";
    TagValue: "^[^\"'$%{}()<>\\\\;,!?*&#|~`^\\[\\]]{0,256}$", "high";
}

macro_rules! one_of {
    ($($name:ident: $values:expr;)*) => {
        $(
            pub(crate) struct $name;

            impl JsonSchema for $name {
                fn schema_name() -> Cow<'static, str> {
                    stringify!($name).into()
                }

                fn inline_schema() -> bool {
                    true
                }

                fn json_schema(_: &mut SchemaGenerator) -> Schema {
                    let values: Vec<String> = $values.iter().map(ToString::to_string).collect();
                    json_schema!({ "type": "string", "enum": values })
                }
            }
        )*
    };
}

one_of! {
    EgressMode: network::EgressMode::ALL;
    Profile: network::Profile::ALL;
    Tier: network::Tier::ALL;
}

/// A key of a map: one of the letters.
pub(crate) struct Slot;

impl JsonSchema for Slot {
    fn schema_name() -> Cow<'static, str> {
        "Slot".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let letters: String = network::Slot::ALL.iter().map(ToString::to_string).collect();
        json_schema!({ "type": "string", "pattern": format!("^[{letters}]$"), "examples": ["a"] })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn is_valid(name: &str, text: &str) -> bool {
        match name {
            "Arn" => text.parse::<landform_model::Arn>().is_ok(),
            "CodeOwner" => text.parse::<crate::spec::CodeOwner>().is_ok(),
            "Identifier" => text.parse::<crate::contract::reference::Identifier>().is_ok(),
            "InputPath" => text.parse::<crate::spec::InputPath>().is_ok(),
            "KindName" => text.parse::<crate::spec::KindName>().is_ok(),
            "ModuleSource" => text.parse::<crate::spec::ModuleSource>().is_ok(),
            "ProviderSource" => text.parse::<crate::spec::ProviderSource>().is_ok(),
            "Version" => text.parse::<crate::spec::Version>().is_ok(),
            "Image" => text.parse::<crate::spec::Image>().is_ok(),
            "Repository" => text.parse::<crate::spec::Repository>().is_ok(),
            "AccountId" => text.parse::<landform_model::AccountId>().is_ok(),
            "AvailabilityZoneId" => text.parse::<landform_model::AvailabilityZoneId>().is_ok(),
            "BucketName" => text.parse::<landform_model::BucketName>().is_ok(),
            "Cidr" => text.parse::<landform_model::Cidr>().is_ok(),
            "EmailAddress" => text.parse::<landform_model::EmailAddress>().is_ok(),
            "Region" => text.parse::<landform_model::Region>().is_ok(),
            "ResourceName" => text.parse::<landform_model::ResourceName>().is_ok(),
            "RoleName" => text.parse::<landform_model::RoleName>().is_ok(),
            "StackName" => text.parse::<landform_model::StackName>().is_ok(),
            "TagKey" => text.parse::<landform_model::TagKey>().is_ok(),
            "TagValue" => text.parse::<landform_model::TagValue>().is_ok(),
            other => panic!("{other} is not compared"),
        }
    }

    fn matches(pattern: &str, text: &str) -> bool {
        let schema = serde_json::json!({ "type": "string", "pattern": pattern });
        jsonschema::is_valid(&schema, &serde_json::Value::from(text))
    }

    #[test]
    fn examples_match_and_are_valid() {
        for (name, pattern, example) in PATTERNS {
            assert!(is_valid(name, example) && matches(pattern, example), "{name}");
            assert!(!matches(pattern, "${x}"), "{name}");
        }
    }

    proptest! {
        #[test]
        fn what_the_model_takes_the_schema_takes(
            at in 0..PATTERNS.len(),
            start in 0_usize..12,
            piece in "[a-z0-9A-Z./@ _=+:é-]{0,4}",
        ) {
            let (name, pattern, example) = PATTERNS[at];
            let mut text = example.to_owned();
            text.insert_str(start.min(text.len()), &piece);
            prop_assert!(!is_valid(name, &text) || matches(pattern, &text), "{}: {}", name, text);
        }
    }
}
