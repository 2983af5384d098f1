//! The tree as documents by path, each with what it comes from.
//!
//! ```text
//! .landform/state-keys.json   the ledger: identity -> state key
//! .landform/units.json        the units in the order in which they are applied
//! accounts/<account>/<region>/<environment>/<unit>/…
//! modules/<kind>/*.tf         the Terraform modules that the units use
//! docs/estate.md, estate.svg  units, addresses, accounts, diagram
//! CODEOWNERS, atlantis.yaml, ops/atlantis/repos.yaml, .github/workflows/*, .gitlab-ci.yml as the spec asks for them
//! ```

mod automation;
mod documents;
mod links;
mod module_source;
mod path;
mod providers;
mod terraform;
mod terragrunt;

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

pub use automation::diagram;
pub use documents::{Content, Document, Part, Picture, Shape, UnitIndex, UnitPlace};
pub use path::TreePath;
pub(crate) use path::is_device;

use crate::check::Landscape;
use crate::check::ledger::own_provider;
use crate::units::UnitId;

/// Where the ledger is.
pub const LEDGER: [&str; 2] = [".landform", "state-keys.json"];
/// Where the list of units is.
pub const UNITS: [&str; 2] = [".landform", "units.json"];

/// What the list of units calls the kind of one that left the spec.
pub const RETIRED: &str = "retired";

/// The oldest Terraform that locks a state by a file in S3 for good.
pub(crate) const TERRAFORM_VERSIONS: &str = ">= 1.11.0";

/// How units are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Layout {
    /// A `root.hcl` per account, a `terragrunt.hcl` and a `unit.json` per unit.
    #[default]
    Terragrunt,
    /// A self-contained Terraform root module per unit.
    Terraform,
}

impl Layout {
    /// Both layouts.
    pub const ALL: [Layout; 2] = [Layout::Terragrunt, Layout::Terraform];

    /// The name on the command line: `terragrunt` or `terraform`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Layout::Terragrunt => "terragrunt",
            Layout::Terraform => "terraform",
        }
    }
}

impl fmt::Display for Layout {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

impl FromStr for Layout {
    type Err = UnknownLayout;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|layout| layout.as_str() == text)
            .ok_or_else(|| UnknownLayout(text.to_owned()))
    }
}

/// There is no such layout.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a layout: write `terragrunt` or `terraform`")]
pub struct UnknownLayout(String);

/// A tree before it is bytes.
#[derive(Clone, Debug, PartialEq)]
pub struct Tree {
    /// How units are written.
    pub layout: Layout,
    /// The documents by path.
    pub documents: BTreeMap<TreePath, Document>,
    /// SHA-256 of the spec, in hexadecimal.
    pub spec_digest: String,
}

/// The tree of `landscape` in `layout`.
pub fn plan(landscape: &Landscape, layout: Layout) -> Tree {
    let mut documents = BTreeMap::new();
    for unit in &landscape.units {
        let found = match layout {
            Layout::Terragrunt => terragrunt::documents(unit),
            Layout::Terraform => terraform::documents(landscape, unit),
        };
        documents.extend(found);
    }
    for unit in &landscape.retired {
        documents.extend(match layout {
            Layout::Terragrunt => terragrunt::retired_documents(unit),
            Layout::Terraform => terraform::retired_documents(unit),
        });
    }
    for unit in landscape.retired.iter().filter(|_| layout == Layout::Terragrunt) {
        let name = retired_module(&unit.providers);
        let module = Content::Hcl(terraform::retired_module(&unit.providers));
        documents.insert(
            TreePath::of(["modules", &name, "versions.tf"]),
            Document::new(format!("module {name}"), module),
        );
    }
    for kind in landscape.kinds.values() {
        for (path, content) in &kind.files {
            documents.insert(path.clone(), Document::new(format!("module {}", kind.name), content.clone()));
        }
    }
    let ledger = Document::new("the ledger", Content::Json(documents::json(&landscape.ledger)));
    documents.insert(TreePath::of(LEDGER), ledger);
    let units = landscape.units.iter().map(|unit| UnitPlace {
        id: unit.id.to_string(),
        kind: unit.kind.name.clone(),
        path: folder(&unit.id).to_string(),
        after: unit.after.iter().map(ToString::to_string).collect(),
        modules: unit.kind.folders.clone(),
    });
    let retired = landscape.retired.iter().map(|unit| UnitPlace {
        id: unit.id.to_string(),
        kind: RETIRED.to_owned(),
        path: folder(&unit.id).to_string(),
        after: Vec::new(),
        modules: retired_folder(&unit.providers, layout).into_iter().collect(),
    });
    let index = UnitIndex { layout, units: retired.chain(units).collect() };
    documents.insert(TreePath::of(UNITS), Document::new("all units", Content::Json(documents::json(&index))));
    documents.extend(automation::documents(landscape, layout));
    Tree { layout, documents, spec_digest: landscape.spec_digest.clone() }
}

/// The folder of a unit.
fn folder(id: &UnitId) -> TreePath {
    let UnitId { account, region, environment, name } = id;
    TreePath::of(["accounts", account.as_str(), region.as_str(), environment.as_str(), name.as_str()])
}

/// The module of retired units whose states need these providers.
fn retired_module(providers: &BTreeMap<String, String>) -> String {
    if *providers == own_provider() {
        return RETIRED.to_owned();
    }
    if providers.is_empty() {
        return format!("{RETIRED}-none");
    }
    // A name alone could mean two sources.
    let names = providers.iter().map(|(name, source)| format!("-{name}-{}", source.replace('/', "-")));
    format!("{RETIRED}{}", names.collect::<String>())
}

/// Its folder, where the layout needs one.
fn retired_folder(providers: &BTreeMap<String, String>, layout: Layout) -> Option<TreePath> {
    (layout == Layout::Terragrunt).then(|| TreePath::of(["modules", &retired_module(providers)]))
}
