//! The checksums in `Cargo.lock`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::super::Failure;
use super::graph::Crate;

/// The SHA-256 digest of each crate's archive in the registry. Crates of the workspace have none.
pub(super) fn checksums(workspace: &Path) -> Result<BTreeMap<Crate, String>, Failure> {
    let path = workspace.join("Cargo.lock");
    let text = fs::read_to_string(&path).map_err(Failure::file("read", &path))?;
    Ok(parse(&text))
}

/// Cargo writes one value to a line, always in the same form.
fn parse(text: &str) -> BTreeMap<Crate, String> {
    let entry = |entry: &str| {
        let value = |key: &str| {
            let mut lines = entry.lines();
            lines.find_map(|line| line.strip_prefix(key)?.strip_prefix(" = \"")?.strip_suffix('"'))
        };
        Some((Crate::new(value("name")?, value("version")?), value("checksum")?.to_owned()))
    };
    text.split("[[package]]").filter_map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crate_of_the_registry_has_a_checksum() {
        let text = "version = 4\n\n[[package]]\nname = \"ours\"\nversion = \"0.1.0\"\n\n[[package]]\nname = \"memchr\"\nversion = \"2.8.3\"\nsource = \"registry\"\nchecksum = \"f8ca\"\n";
        assert_eq!(parse(text), [(Crate::new("memchr", "2.8.3"), "f8ca".to_owned())].into());
    }
}
