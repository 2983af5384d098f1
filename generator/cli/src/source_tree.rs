//! The source tree that landform is run in or was built from.

use std::env;
use std::path::{Path, PathBuf};

/// The source tree around the current folder, else the one that this program was built from.
pub(crate) fn find() -> Option<PathBuf> {
    let is_ours = |folder: &&Path| folder.join("provider/server/Cargo.toml").is_file();
    let current = env::current_dir().ok();
    let around = current.as_deref().into_iter().flat_map(Path::ancestors);
    around.chain(Path::new(env!("CARGO_MANIFEST_DIR")).ancestors()).find(is_ours).map(Path::to_path_buf)
}
