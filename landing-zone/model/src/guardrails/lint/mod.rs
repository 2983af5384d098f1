//! What is wrong with guardrails although each of them is right.

mod grammar;
mod lock_out;
mod service_prefix;
mod staging;

pub use grammar::{GrammarFault, RESOURCE_CONTROL_SERVICES, grammar_faults};
pub use lock_out::{LockOut, ManagementRole, ManagementRoles, lock_outs};
pub use service_prefix::{UnknownPrefix, unknown_prefixes};
pub use staging::{Stage, untried};
