//! The invariants of the architecture as tests: see `tests/`. This library only reads the workspace for them.

mod licence;
mod metadata;
mod tree;

pub use licence::is_allowed;
pub use metadata::{Graph, MEMBERS, Member, allowed_list, members};
pub use tree::{SourceFile, files, root};
