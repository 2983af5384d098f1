//! What holds whatever happened: read from AWS and from the log of calls, never from Terraform's state.

mod canaries;
mod census;
mod deletions;
mod secrets;

pub use canaries::Canaries;
pub(crate) use canaries::text_of;
pub use census::Census;
pub use deletions::{Deletions, rebuilt};
pub use secrets::Secrets;
