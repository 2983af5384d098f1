//! Which crates are compiled into a binary.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::super::Failure;
use super::build::cargo;

/// A crate by name and version.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Crate {
    pub(super) name: String,
    pub(super) version: String,
}

impl Crate {
    pub(super) fn new(name: &str, version: &str) -> Crate {
        Crate { name: name.to_owned(), version: version.to_owned() }
    }
}

/// Every crate with those that it uses itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Graph {
    pub(super) crates: BTreeMap<Crate, BTreeSet<Crate>>,
}

impl Graph {
    /// Asks `cargo tree` for the normal dependencies of the package, built alone for the target.
    ///
    /// `cargo metadata` would do for a workspace of one package. In others it counts the features that all packages and
    /// all tests ask for, and names crates that are not in the binary.
    pub(super) fn read(workspace: &Path, package: &str, target: &str) -> Result<Graph, Failure> {
        let arguments = ["tree", "--locked", "--package", package, "--target", target, "--edges", "normal"];
        let output = cargo()
            .args(arguments)
            .args(["--charset", "ascii", "--prefix", "depth", "--format", " {p}"])
            .current_dir(workspace)
            .output()
            .map_err(|source| Failure::Start { program: "cargo", source })?;
        if !output.status.success() {
            let output = String::from_utf8_lossy(&output.stderr).trim().to_owned();
            return Err(Failure::Program { command: format!("cargo {}", arguments.join(" ")), output });
        }
        Graph::parse(&String::from_utf8_lossy(&output.stdout))
    }

    /// Lines such as `2 async-trait v0.1.92 (proc-macro)`: depth, name, version. The second time a crate comes, its own
    /// dependencies are left out.
    fn parse(lines: &str) -> Result<Graph, Failure> {
        let mut crates = BTreeMap::<Crate, BTreeSet<Crate>>::new();
        let mut above: Vec<Crate> = Vec::new();
        for line in lines.lines() {
            let mut words = line.split_whitespace();
            let (depth, name, version) = (words.next(), words.next(), words.next());
            let depth = depth.and_then(|depth| depth.parse::<usize>().ok());
            let (Some(depth), Some(name), Some(version)) =
                (depth, name, version.and_then(|version| version.strip_prefix('v')))
            else {
                return Err(Failure::Line(line.to_owned()));
            };
            let found = Crate::new(name, version);
            above.truncate(depth);
            if let Some(user) = above.last() {
                crates.entry(user.clone()).or_default().insert(found.clone());
            }
            crates.entry(found.clone()).or_default();
            above.push(found);
        }
        Ok(Graph { crates })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depths_become_dependencies() {
        let text = "0 a v1.0.0 (/a)\n1 b v0.1.0\n2 c v2.0.0 (proc-macro)\n1 c v2.0.0 (proc-macro) (*)\n1 d v1.0.0+2\n";
        let graph = Graph::parse(text).unwrap();
        let uses: Vec<(String, Vec<&str>)> = graph
            .crates
            .iter()
            .map(|(name, uses)| (name.name.clone(), uses.iter().map(|used| used.name.as_str()).collect()))
            .collect();
        let expected = [("a", vec!["b", "c", "d"]), ("b", vec!["c"]), ("c", vec![]), ("d", vec![])];
        assert_eq!(uses, expected.map(|(name, uses)| (name.to_owned(), uses)));
        assert!(graph.crates.contains_key(&Crate::new("d", "1.0.0+2")));
    }

    #[test]
    fn an_unknown_line_is_told() {
        assert!(Graph::parse("a v1.0.0").unwrap_err().to_string().ends_with("a v1.0.0"));
    }
}
