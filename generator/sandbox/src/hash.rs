//! Short names for what things are made from.

use sha2::{Digest, Sha256};

/// Twelve digits that stand for these bytes.
pub(crate) fn short_hash(parts: &[&[u8]]) -> String {
    let mut digest = Sha256::new();
    parts.iter().for_each(|part| digest.update(part));
    digest.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}
