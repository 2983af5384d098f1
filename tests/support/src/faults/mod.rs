//! The fault table: every fault at chosen calls of a network's life, with real Terraform and the real provider.
//!
//! A case makes foreign objects, brings a network to where its phase begins, runs the phase's command with the fault, heals
//! what caused it, and applies again. Then every invariant is looked at, and the network destroyed.

mod case;
mod configuration;
mod damage;
mod inject;
mod nat_gateway;
mod outcome;
mod reference;
mod report;
mod rows;
mod run;
mod stage;

pub use case::{Case, Damage, Fault, On, Phase, When};
pub use outcome::Outcome;
pub use report::{markdown, names_in_markdown, text, to_json};
pub use rows::cases;
pub use run::{run, run_all};
pub use stage::Stage;
