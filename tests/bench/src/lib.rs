//! Measures the provider as Terraform meets it: how soon it answers and how much it takes.
//!
//! Calls to AWS are counted, and held to budgets, by the end-to-end tests.

mod growth;
mod limits;
mod report;
mod start;
/// Terraform's part of the handshake, as the protocol's own tests play it.
#[allow(clippy::unwrap_used, clippy::expect_used, reason = "the provider under measurement is ours")]
#[path = "../../../provider/proto/tests/terraform/mod.rs"]
mod terraform;

pub use growth::Growth;
pub use limits::Limits;
pub use report::{Report, Spread};
pub use start::{Start, StartError};
