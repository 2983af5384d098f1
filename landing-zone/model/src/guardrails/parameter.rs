//! What a person sets on guardrails: typed, named alike in all of them.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::{AccountId, Arn, Region};

/// A parameter of the vocabulary. The same name means the same in every guardrail that uses it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// What its value must look like.
    #[serde(rename = "type")]
    pub kind: ParameterType,
    /// Whether a list may be empty. Most lists that are compared with would hold for nothing, or for everything.
    #[serde(default)]
    pub may_be_empty: bool,
    /// What it does, for people.
    pub meaning: String,
    /// The value when none is given. Without default it must be given.
    #[serde(default)]
    pub default: Option<ParameterValue>,
    /// A good value.
    pub example: ParameterValue,
}

/// The values of parameters by name.
pub type Parameters = BTreeMap<String, ParameterValue>;

/// All parameters by name: the file `parameters.toml`.
pub fn vocabulary() -> &'static BTreeMap<String, Parameter> {
    static VOCABULARY: LazyLock<BTreeMap<String, Parameter>> = LazyLock::new(|| {
        toml::from_str(include_str!("../../../policies/parameters.toml")).unwrap_or_default()
    });
    &VOCABULARY
}

/// A value that a person sets.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(untagged)]
pub enum ParameterValue {
    /// A number.
    Number(u64),
    /// A text.
    Text(String),
    /// Texts; order and repetition do not matter.
    List(Vec<String>),
}

impl ParameterValue {
    /// The value as texts: a list as it is, all else as a list of one.
    pub fn texts(&self) -> Vec<String> {
        match self {
            ParameterValue::Number(number) => vec![number.to_string()],
            ParameterValue::Text(text) => vec![text.clone()],
            ParameterValue::List(texts) => texts.clone(),
        }
    }
}

impl fmt::Display for ParameterValue {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ParameterValue::Number(number) => number.fmt(formatter),
            ParameterValue::Text(text) => write!(formatter, "{text:?}"),
            ParameterValue::List(texts) => write!(formatter, "{texts:?}"),
        }
    }
}

/// What the value of a parameter must look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParameterType {
    /// A whole number.
    Number,
    /// One text, used as it is.
    Text,
    /// Texts, used as they are.
    Texts,
    /// Account ids.
    AccountIds,
    /// Actions such as `s3:Get*`: a service, and a name in which `*` may stand at the end.
    ActionPatterns,
    /// ARNs in which `*` and `?` may stand for anything.
    ArnPatterns,
    /// CIDR blocks or single addresses.
    Cidrs,
    /// The id of the organization: `o-` and 10 to 32 small letters and digits.
    OrganizationId,
    /// Paths of organizational units, by id: `o-abcdefghij/r-ab12/ou-ab12-11111111/*`.
    OrganizationPaths,
    /// Regions of AWS.
    Regions,
    /// Ids of VPCs.
    VpcIds,
}

impl ParameterType {
    /// What is wrong with a value in the way of "`x` is not a region". None for a good one.
    pub fn fault(self, value: &ParameterValue) -> Option<String> {
        use ParameterType as Type;
        let texts: &[String] = match (self, value) {
            (Type::Number, ParameterValue::Number(_)) => return None,
            (Type::Number, _) => return Some(format!("{value} is not a number")),
            (Type::Text | Type::OrganizationId, ParameterValue::Text(text)) => std::slice::from_ref(text),
            (Type::Text | Type::OrganizationId, _) => return Some(format!("{value} is not a text")),
            (_, ParameterValue::List(texts)) => texts,
            (_, _) => return Some(format!("{value} is not a list of texts")),
        };
        texts.iter().find_map(|text| {
            let wrong = |what: &str| Some(format!("`{text}` is not {what}"));
            if text.is_empty()
                || text.contains(['<', '>', '$', '"', '\\'])
                || text.chars().any(char::is_control)
            {
                return wrong("a text of at least one character without `<`, `>`, `$`, `\"` and `\\`");
            }
            match self {
                Type::AccountIds => text.parse::<AccountId>().err().map(|error| error.to_string()),
                Type::Regions => text.parse::<Region>().err().map(|error| error.to_string()),
                Type::ArnPatterns => arn_pattern_fault(text),
                Type::ActionPatterns if !is_action_pattern(text) => wrong("an action such as `s3:Get*`"),
                Type::Cidrs if !is_network(text) => wrong("a CIDR block such as `192.0.2.0/24`"),
                Type::OrganizationId if !is_organization_id(text) => {
                    wrong("the id of an organization, such as `o-abcdefghij`")
                }
                Type::OrganizationPaths if !is_organization_path(text) => {
                    wrong("a path such as `o-abcdefghij/r-ab12/ou-ab12-11111111/*`")
                }
                Type::VpcIds if !is_vpc_id(text) => wrong("the id of a VPC, such as `vpc-0a1b2c3d4e5f60718`"),
                _ => None,
            }
        })
    }
}

/// A pattern is an ARN once every wildcard is one certain letter; an account of wildcards may be any.
fn arn_pattern_fault(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.splitn(6, ':').collect();
    let [arn, partition, service, region, account, resource] = parts[..] else {
        return Some(format!(
            "`{text}` is not a pattern of an ARN: it has six parts with colons between them, such as \
             `arn:aws:iam::*:role/deploy`"
        ));
    };
    if [partition, service, resource].iter().any(|part| part.chars().all(|letter| letter == '*')) {
        let told = format!(
            "`{text}` is too wide: partition, service and resource cannot be `*` alone in a pattern of an ARN"
        );
        return Some(told);
    }
    let account = if account.contains(['*', '?']) { "" } else { account };
    let region = if region.contains(['*', '?']) { "" } else { region };
    let example = [arn, partition, service, region, account, resource].join(":").replace(['*', '?'], "x");
    example.parse::<Arn>().err().map(|error| format!("`{text}` is not a pattern of an ARN: {error}"))
}

fn is_action_pattern(text: &str) -> bool {
    let is_name = |name: &str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    text.split_once(':').is_some_and(|(service, name)| {
        is_name(&service.replace('-', "")) && (name == "*" || is_name(name.strip_suffix('*').unwrap_or(name)))
    })
}

fn is_organization_id(text: &str) -> bool {
    text.strip_prefix("o-").is_some_and(|id| {
        (10..=32).contains(&id.len())
            && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    })
}

fn is_organization_path(text: &str) -> bool {
    text.split_once('/').is_some_and(|(id, rest)| is_organization_id(id) && rest.starts_with("r-"))
}

fn is_network(text: &str) -> bool {
    text.parse::<ipnet::IpNet>().is_ok() || text.parse::<std::net::IpAddr>().is_ok()
}

fn is_vpc_id(text: &str) -> bool {
    text.strip_prefix("vpc-")
        .is_some_and(|id| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vocabulary_is_read_and_its_values_fit_its_types() {
        let parsed: Result<BTreeMap<String, Parameter>, _> =
            toml::from_str(include_str!("../../../policies/parameters.toml"));
        assert_eq!(parsed.map_err(|error| error.to_string()).as_ref(), Ok(vocabulary()));
        for (name, parameter) in vocabulary() {
            for value in parameter.default.iter().chain([&parameter.example]) {
                assert_eq!(parameter.kind.fault(value), None, "{name}");
            }
        }
    }

    #[test]
    fn faults_name_the_value_and_the_rule() {
        let list = |text: &str| ParameterValue::List(vec![text.to_owned()]);
        for (kind, value, words) in [
            (ParameterType::Regions, list("eu-west-9x"), "`eu-west-9x`"),
            (ParameterType::Regions, ParameterValue::Text("eu-west-1".into()), "not a list"),
            (ParameterType::Number, list("3"), "not a number"),
            (ParameterType::AccountIds, list("1234"), "`1234`"),
            (ParameterType::ArnPatterns, list("landform-apply"), "six parts"),
            (ParameterType::ArnPatterns, list("arn:aws:iam::*:*"), "too wide"),
            (ParameterType::ArnPatterns, list("arn:aws:*::*:role/a"), "too wide"),
            (ParameterType::ActionPatterns, list("*"), "an action such as"),
            (ParameterType::ActionPatterns, list("s3:*Object"), "an action such as"),
            (ParameterType::Cidrs, list("10.0.0.0/33"), "CIDR"),
            (ParameterType::OrganizationId, ParameterValue::Text("o-1".into()), "id of an organization"),
            (ParameterType::OrganizationPaths, list("Workloads/Prod"), "a path such as"),
            (ParameterType::VpcIds, list("10.0.0.0/16"), "id of a VPC"),
            (ParameterType::Texts, list("<x>"), "without `<`"),
            (ParameterType::Texts, list("${aws:username}"), "without `<`"),
        ] {
            let fault = kind.fault(&value).unwrap_or_default();
            assert!(fault.contains(words), "{kind:?} {value}: {fault}");
        }
        let pattern = list("arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_Admin_*");
        assert_eq!(ParameterType::ArnPatterns.fault(&pattern), None);
    }
}
