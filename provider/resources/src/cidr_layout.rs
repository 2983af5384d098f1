//! `provider::landform::cidr_layout`: the subnets that a network will have.

use landform_framework::{Function, FunctionError, FunctionSignature, cty};
use landform_model::Cidr;
use landform_model::network::{Layout, Profile, Slot, Tier};
use std::collections::BTreeMap;

/// The function `cidr_layout`.
pub struct CidrLayout;

impl Function for CidrLayout {
    fn name(&self) -> &'static str {
        "cidr_layout"
    }

    fn signature(&self) -> FunctionSignature {
        FunctionSignature::new(
            "The CIDR blocks of all subnets a network can have",
            "Answers tier to slot to CIDR block, for every tier and slot of the profile. It is the layout that \
             `landform_vpc` uses: a block depends on the VPC's block, the profile, the tier and the slot only, so it never moves.",
            cty::Type::Map(Box::new(cty::Type::Map(Box::new(cty::Type::String)))),
        )
        .parameter("cidr", cty::Type::String, "The IPv4 block of the VPC, such as `10.0.0.0/16`.")
        .parameter("profile", cty::Type::String, "The profile: `standard` (`/16` to `/20`), `compact` (`/21` to `/24`) or `wide` (`/16` to `/19`).")
    }

    fn call(&self, arguments: Vec<cty::Value>) -> Result<cty::Value, FunctionError> {
        let [cty::Value::String(cidr), cty::Value::String(profile)] = arguments.as_slice() else {
            return Err(FunctionError::new("cidr_layout takes a CIDR block and a profile"));
        };
        let cidr: Cidr = cidr.parse().map_err(|error| FunctionError::argument(0, format!("{error}")))?;
        let profile: Profile =
            profile.parse().map_err(|error| FunctionError::argument(1, format!("{error}")))?;
        let layout =
            Layout::new(cidr, profile).map_err(|error| FunctionError::argument(0, error.to_string()))?;
        if profile == Profile::Custom {
            let text = "profile `custom` has no layout: every subnet is given its block";
            return Err(FunctionError::argument(1, text.to_owned()));
        }
        let slots = |tier: Tier| -> BTreeMap<String, cty::Value> {
            let cidr = |slot: Slot| {
                Some((slot.to_string(), cty::Value::String(layout.subnet(tier, slot).ok()?.to_string())))
            };
            Slot::ALL.into_iter().filter_map(cidr).collect()
        };
        let tiers = Tier::ALL
            .into_iter()
            .map(|tier| (tier.to_string(), slots(tier)))
            .filter(|(_, slots)| !slots.is_empty());
        Ok(cty::Value::Map(tiers.map(|(tier, slots)| (tier, cty::Value::Map(slots))).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(cidr: &str, profile: &str) -> Result<cty::Value, FunctionError> {
        CidrLayout.call(vec![cty::Value::String(cidr.into()), cty::Value::String(profile.into())])
    }

    #[test]
    fn it_is_the_layout_of_the_model() {
        let cty::Value::Map(tiers) = call("10.0.0.0/16", "standard").unwrap() else { panic!("not a map") };
        let cty::Value::Map(private) = &tiers["private"] else { panic!("not a map") };
        assert_eq!(private["b"], cty::Value::String("10.0.32.0/19".into()));
        assert_eq!(
            tiers.keys().collect::<Vec<_>>(),
            ["database", "eks_eni", "endpoints", "firewall", "intra", "private", "public", "tgw"]
        );
    }

    #[test]
    fn errors_name_the_argument() {
        assert_eq!(call("10.0.0.1/16", "standard").unwrap_err().argument, Some(0));
        assert_eq!(call("10.0.0.0/24", "standard").unwrap_err().argument, Some(0));
        assert_eq!(call("10.0.0.0/16", "huge").unwrap_err().argument, Some(1));
        assert_eq!(call("10.0.0.0/16", "custom").unwrap_err().argument, Some(1));
    }
}
