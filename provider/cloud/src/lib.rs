//! Ports to AWS: narrow async traits with their own types, error kinds, waits and the look-then-create rule. Names no SDK.
//!
//! [`Cloud`] opens a port for one account and region ([`Target`]); [`Network`] is the port to the VPC part of EC2,
//! and [`NetworkReads`] the half of it that changes nothing. Every port is such a pair: [`Organizations`] is the one to AWS
//! Organizations.
//! `landform-aws` implements both over the SDK; tests implement both in process.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

pub mod account_management;
pub mod account_settings;
pub mod account_wide;
pub mod budgets;
mod credentials;
pub mod default_vpc;
pub mod error;
pub mod iam;
pub mod id;
pub mod load_balancers;
pub mod network;
pub mod once;
pub mod organizations;
pub mod patience;
mod session;
pub mod state_storage;
pub mod wait;

pub use account_management::{AccountManagement, AccountManagementReads};
pub use account_settings::{AccountSettings, AccountSettingsReads};
pub use account_wide::{AccountWide, AccountWideReads};
pub use budgets::{Budgets, BudgetsReads};
pub use credentials::{AssumedRole, ShortCredentials};
pub use default_vpc::{DefaultVpc, DefaultVpcReads};
pub use error::{CloudError, ErrorKind};
pub use iam::{Iam, IamReads};
pub use load_balancers::LoadBalancers;
pub use network::{Network, NetworkReads};
pub use organizations::{Organizations, OrganizationsReads};
pub use session::{Cloud, Target};
pub use state_storage::{StateStorage, StateStorageReads};

/// Tags of one AWS object: key to value.
pub type Tags = std::collections::BTreeMap<String, String>;

/// What every call of a port answers.
pub type Result<T> = std::result::Result<T, CloudError>;
