//! The attributes of `landform_organizational_units`.

use landform_cloud::id::{OrganizationId, RootId};
use landform_framework::{Model, Text, Timeouts, Value};
use landform_model::organization::{OnRemove, OrganizationalUnitPath, Preset};
use landform_model::{ResourceName, StackName};
use std::collections::BTreeMap;

/// The whole tree of organizational units of an organization, each unit by its path, such as `Workloads/Prod`.
///
/// A unit that is named brings the units that it is in along. AWS cannot move a unit: another path is another unit, unless
/// `renamed_from` says that only its name changes. A unit that is not empty is never removed: the plan names what is in it.
#[derive(Debug, Clone, Default, PartialEq, Model)]
pub struct OrganizationalUnits {
    /// The name, unique among the trees of the stack. Default: `main`.
    #[attribute(immutable, default = Text::<ResourceName>::default())]
    pub name: Value<Text<ResourceName>>,
    /// The root (`r-…`) of the organization: let it come from the organization where one configuration makes both. Default: the
    /// root of the organization that the credentials belong to.
    #[attribute(optional, computed, immutable, sticky)]
    pub root_id: Value<Text<RootId>>,
    /// A tree to begin with: `small` (Security, Infrastructure, Workloads, Sandbox, Suspended), or `aws-recommended`, the units of
    /// [AWS's recommendation](https://docs.aws.amazon.com/whitepapers/latest/organizing-your-aws-environment/recommended-ous-and-accounts.html).
    /// `units` are added to it. Default: none.
    #[attribute(optional)]
    pub preset: Value<Text<Preset>>,
    /// The units by path: names with `/` between them, at most five levels. Default: none besides `preset`.
    #[attribute(optional)]
    pub units: Value<BTreeMap<String, Unit>>,
    /// Tags for every unit, over the provider's `default_tags`. Tags of a unit that somebody else changes are not looked at: AWS
    /// tells the tags of one unit per call only.
    #[attribute(optional)]
    pub tags: Value<BTreeMap<String, String>>,
    /// Whether units that exist already and belong to no stack are taken in, with all that is in them; without it they are
    /// an error. Default: `false`.
    #[attribute(default = false)]
    pub adopt: Value<bool>,
    /// What becomes of a unit that leaves the configuration: `fail_if_not_empty` deletes it, and a plan is refused while accounts
    /// or other units are in it; `retain` leaves it where it is, as nobody's. Default: `fail_if_not_empty`.
    #[attribute(default = Text(OnRemove::FailIfNotEmpty))]
    pub on_remove: Value<Text<OnRemove>>,
    /// How long each call may take.
    #[attribute(optional)]
    pub timeouts: Value<Timeouts>,
    /// The id of the organization.
    #[attribute(computed, sticky, prefix = "o-")]
    pub organization_id: Value<Text<OrganizationId>>,
    /// The stack that the tree belongs to: that of the provider block.
    #[attribute(computed)]
    pub stack: Value<Text<StackName>>,
    /// The ids (`ou-…`) of all units by path.
    #[attribute(computed)]
    pub ids: Value<BTreeMap<String, Value<String>>>,
    /// The ARNs of all units by path.
    #[attribute(computed)]
    pub arns: Value<BTreeMap<String, Value<String>>>,
    /// The path of every unit, by path: where an account's unit is named by it, a path that does not exist is an error at plan, and
    /// the unit is made before the account.
    #[attribute(computed)]
    pub paths: Value<BTreeMap<String, String>>,
    /// The tags of all units by path, those of the provider among them.
    #[attribute(computed)]
    pub tags_all: Value<BTreeMap<String, Value<BTreeMap<String, String>>>>,
    /// How many levels the tree has below the root; AWS takes 5.
    #[attribute(computed)]
    pub depth: Value<i64>,
    /// `ready`; `drifted` when something differs from this configuration; `degraded` after an update that failed half-way;
    /// `incomplete` after a create that did (the next apply resumes it).
    #[attribute(computed, observed)]
    pub status: Value<String>,
    /// What an apply would do to mend the tree, step by step; empty when nothing differs.
    #[attribute(computed, observed)]
    pub drift: Value<Vec<String>>,
}

/// One organizational unit.
#[derive(Debug, Clone, Default, PartialEq, Model)]
pub struct Unit {
    /// Tags of the unit, over `tags`. Default: none.
    #[attribute(optional)]
    pub tags: Value<BTreeMap<String, String>>,
    /// The path that the unit had before: it gets its new name in place, with all that is in it. Both paths are in the same unit.
    /// It may stay here once that is done. Default: none; another path is another unit.
    #[attribute(optional)]
    pub renamed_from: Value<Text<OrganizationalUnitPath>>,
}
