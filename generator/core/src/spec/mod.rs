//! The spec: what an estate is to be, in types. Built in Rust with the methods here, or read by [`crate::source`].
//!
//! [`schema`] is the same for editors. A value of these types is well-formed; whether the parts fit together is for [`crate::check`] to say.

mod automation;
pub(crate) mod form;
mod layers;
mod modules;
pub mod schema;
pub mod typed;

use std::collections::BTreeMap;

use landform_model::{
    AccountId, BucketName, EmailAddress, Region, ResourceName, RoleName, StackName, TagKey, TagValue,
};
use schema::text;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use automation::{
    Atlantis, Automation, CodeOwner, Image, Pipelines, PlanPolicy, Repository, Requirement,
};
pub use form::InvalidForm;
pub use modules::{InputType, Module, ModuleFiles, ModuleSource, OutputType, ProviderSource, Version};

pub use layers::{ArgumentPatch, Layer, Layers, ListPatch, MapPatch, NetworkPatch, Setting, UnitPatch};

pub use crate::contract::Argument;
pub use crate::contract::reference::{Identifier, Reference, Step};
pub use crate::units::Place;
pub use crate::units::module::spec::{InputPath, KindName, ModuleUnit};
pub use crate::units::network::spec::Network;

/// Tags by key.
pub type Tags = BTreeMap<TagKey, TagValue>;

/// One estate: an organization, its accounts, and what stands where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Estate {
    /// What holds for all accounts.
    pub organization: Organization,
    /// The accounts by the name that the rest of the spec calls them.
    #[schemars(with = "BTreeMap<text::ResourceName, Account>")]
    pub accounts: BTreeMap<ResourceName, Account>,
    /// The roles that are assumed in accounts.
    #[serde(default)]
    pub roles: Roles,
    /// The environments by name.
    #[schemars(with = "BTreeMap<text::ResourceName, Environment>")]
    pub environments: BTreeMap<ResourceName, Environment>,
    /// What holds for many units. Applied when the spec is read.
    #[serde(default, skip_serializing_if = "Layers::is_default")]
    pub layers: Layers,
    /// The networks, each in one account, region and environment.
    #[serde(default)]
    pub networks: Vec<Network>,
    /// Terraform modules that units are made of, by the name that units call them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(with = "BTreeMap<text::ResourceName, Module>")]
    pub modules: BTreeMap<ResourceName, Module>,
    /// The units of all other kinds, each in one account, region and environment.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<ModuleUnit>,
    /// Environments that are to be alike, for `landform parity`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parity: Vec<Parity>,
    /// What is written for those who plan and apply: Atlantis, pipelines, owners of the code.
    #[serde(default, skip_serializing_if = "Automation::is_default")]
    pub automation: Automation,
    /// Units that got another environment or name, so that they keep their state and identity.
    #[serde(default)]
    pub moved: Vec<Moved>,
    /// The files of modules that are folders beside the spec. They are no part of the spec's text:
    /// [`crate::write::read_modules`] reads them.
    #[serde(skip)]
    pub module_files: ModuleFiles,
}

impl Estate {
    /// An estate without accounts.
    pub fn new(organization: Organization) -> Self {
        Self {
            organization,
            accounts: BTreeMap::new(),
            roles: Roles::default(),
            environments: BTreeMap::new(),
            layers: Layers::default(),
            networks: Vec::new(),
            modules: BTreeMap::new(),
            units: Vec::new(),
            parity: Vec::new(),
            automation: Automation::default(),
            moved: Vec::new(),
            module_files: ModuleFiles::new(),
        }
    }

    /// The same estate with an account.
    pub fn account(mut self, name: ResourceName, account: Account) -> Self {
        self.accounts.insert(name, account);
        self
    }

    /// The same estate with an environment.
    pub fn environment(mut self, name: ResourceName, environment: Environment) -> Self {
        self.environments.insert(name, environment);
        self
    }

    /// The same estate with a module that units can be made of.
    pub fn module(mut self, name: ResourceName, module: Module) -> Self {
        self.modules.insert(name, module);
        self
    }

    /// The same estate with a unit.
    pub fn unit(mut self, unit: ModuleUnit) -> Self {
        self.units.push(unit);
        self
    }

    /// The same estate with a network.
    pub fn network(mut self, network: Network) -> Self {
        self.networks.push(network);
        self
    }
}

/// What holds for all accounts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Organization {
    /// The name, for people.
    #[schemars(with = "text::ResourceName")]
    pub name: ResourceName,
    /// The account that the organization is managed from. No role is assumed in it: it is where the caller is.
    #[schemars(with = "text::AccountId")]
    pub management_account_id: AccountId,
    /// The regions that units may be in.
    #[schemars(with = "Vec<text::Region>")]
    pub regions: Vec<Region>,
    /// Where Terraform keeps its states.
    pub state: State,
    /// Tags on everything. An environment's tags are stronger, a unit's own are the strongest.
    #[serde(default)]
    #[schemars(with = "text::Tags")]
    pub tags: Tags,
}

/// Where Terraform keeps its states: one S3 bucket, one object and one lock file per unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct State {
    /// The bucket.
    #[schemars(with = "text::BucketName")]
    pub bucket: BucketName,
    /// The bucket's region.
    #[schemars(with = "text::Region")]
    pub region: Region,
}

/// One AWS account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// Its 12 digits.
    #[schemars(with = "text::AccountId")]
    pub id: AccountId,
    /// The address of its root user, for the record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<text::EmailAddress>")]
    pub email: Option<EmailAddress>,
    /// The class of the account, by which layers know it, such as `production`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<text::ResourceName>")]
    pub class: Option<ResourceName>,
    /// Who must approve a change of the account's folder, besides those who own the whole tree.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<text::CodeOwner>")]
    pub owners: Vec<CodeOwner>,
}

impl Account {
    /// The account of this ID.
    pub fn new(id: AccountId) -> Self {
        Self { id, email: None, class: None, owners: Vec::new() }
    }

    /// The same account with the address of its root user.
    pub fn email(self, email: EmailAddress) -> Self {
        Self { email: Some(email), ..self }
    }
}

/// The roles that are assumed in accounts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Roles {
    /// The role that plans and applies. The default is the one that AWS Organizations makes in each new account,
    /// `OrganizationAccountAccessRole`.
    #[serde(default = "organizations_role")]
    #[schemars(with = "text::RoleName")]
    pub deploy: RoleName,
}

impl Default for Roles {
    fn default() -> Self {
        Self { deploy: organizations_role() }
    }
}

fn organizations_role() -> RoleName {
    #[allow(clippy::expect_used, reason = "the text is constant, and each test that reads a spec gets here")]
    "OrganizationAccountAccessRole".parse().expect("a constant role name")
}

/// One environment, such as `dev`: units that are used together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Environment {
    /// Tags on everything in the environment.
    #[serde(default)]
    #[schemars(with = "text::Tags")]
    pub tags: Tags,
}

/// A unit that got another environment or name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Moved {
    /// The unit's former id, `account/region/environment/name`.
    #[schemars(with = "text::StackName")]
    pub from: StackName,
    /// Its id now. Account and region are the same: an AWS object cannot leave them.
    #[schemars(with = "text::StackName")]
    pub to: StackName,
}

/// Environments that are to be alike.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Parity {
    /// The environments. Each is compared with the first.
    #[schemars(with = "Vec<text::ResourceName>")]
    pub environments: Vec<ResourceName>,
    /// The fields of units in which they may differ, such as `cidr`. The default is none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub may_differ: Vec<String>,
    /// The names of units that not each environment has, or that are not compared. The default is none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<text::ResourceName>")]
    pub except: Vec<ResourceName>,
}
