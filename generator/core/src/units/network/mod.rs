//! Units of kind `network`: one VPC each.

pub(crate) mod check;
mod inputs;
pub mod spec;

use std::collections::BTreeMap;

use super::{Kind, Lookup, ModulePlace};
use crate::contract::module::{self, Unreadable};
use crate::spec::typed::Output;
use crate::tree::{Content, TreePath};

/// The name of the kind.
pub const NAME: &str = "network";

/// The files of the project's `modules/network`.
const MODULE: [(&str, &str); 4] = [
    ("main.tf", include_str!("../../../../../modules/network/main.tf")),
    ("outputs.tf", include_str!("../../../../../modules/network/outputs.tf")),
    ("variables.tf", include_str!("../../../../../modules/network/variables.tf")),
    ("versions.tf", include_str!("../../../../../modules/network/versions.tf")),
];

/// What its outputs are, and what IDs in them begin with. Terraform's outputs have no types.
const OUTPUTS: [(&str, &str, &str); 4] = [
    ("id", "string", "vpc-"),
    ("nat_public_ips", "map(string)", ""),
    ("subnet_ids", "map(list(string))", "subnet-"),
    (
        "subnets",
        "map(map(object({ az_id = string, cidr = string, id = string, route_table_id = string })))",
        "",
    ),
];

/// The ID of the VPC.
pub const ID: Output<String> = Output::new("id");
/// The public addresses that the network is seen with, by slot.
pub const NAT_PUBLIC_IPS: Output<BTreeMap<String, String>> = Output::new("nat_public_ips");
/// The IDs of the subnets by tier, in the order of their slots.
pub const SUBNET_IDS: Output<BTreeMap<String, Vec<String>>> = Output::new("subnet_ids");

/// The kind `network`. Other units find its outputs by the ownership tags of the VPC.
///
/// # Errors
/// When the module that this program carries cannot be read, which is a fault of it.
pub fn kind() -> Result<Kind, Unreadable> {
    let module = module::read(MODULE)?;
    let mut contract = module.contract;
    for (name, ty, id_prefix) in OUTPUTS {
        if let (Some(output), Ok(ty)) = (contract.outputs.get_mut(name), ty.parse()) {
            (output.ty, output.id_prefix) = (Some(ty), id_prefix);
        }
    }
    let folder = TreePath::of(["modules", NAME]);
    let lookup = Lookup {
        data_source: "landform_vpc".to_owned(),
        arguments: ["account_id", "region", "name", "stack"].map(str::to_owned).into(),
        outputs: contract.outputs.keys().cloned().collect(),
    };
    Ok(Kind {
        name: NAME.to_owned(),
        place: ModulePlace::Tree { root: "modules", folder: TreePath::of([NAME]) },
        contract,
        has_inputs: true,
        providers: BTreeMap::from([("landform".to_owned(), "landform/landform".to_owned())]),
        lookup: Some(lookup),
        files: MODULE.map(|(name, text)| (folder.join(name), Content::from(text))).into(),
        folders: vec![folder],
    })
}
