//! The crates of the workspace and the graph of everything they use.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;
use std::{env, fs};

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, PackageId};

use crate::root;

/// One crate of the workspace and the crates of the workspace that it may use.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    /// The package's name.
    pub name: &'static str,
    /// Its folder.
    pub folder: &'static str,
    /// What it may import.
    pub imports: &'static [&'static str],
    /// What its tests may import besides.
    pub tests_import: &'static [&'static str],
}

/// Who may import whom. `docs/architecture.md` draws this table.
pub const MEMBERS: [Member; 19] = [
    Member { name: "tfplugin-proto", folder: "provider/proto", imports: &[], tests_import: &[] },
    Member { name: "landform-derive", folder: "provider/framework/derive", imports: &[], tests_import: &[] },
    Member {
        name: "landform-framework",
        folder: "provider/framework",
        imports: &["landform-derive", "tfplugin-proto"],
        tests_import: &[],
    },
    Member { name: "landform-model", folder: "landing-zone/model", imports: &[], tests_import: &[] },
    Member {
        name: "landform-cloud",
        folder: "provider/cloud",
        imports: &["landform-model"],
        tests_import: &[],
    },
    Member {
        name: "landform-aws",
        folder: "provider/aws",
        imports: &["landform-cloud", "landform-model"],
        tests_import: &["landform-sandbox", "landform-test-support"],
    },
    Member {
        name: "landform-resources",
        folder: "provider/resources",
        imports: &["landform-cloud", "landform-framework", "landform-model"],
        tests_import: &["landform-test-cloud"],
    },
    Member {
        name: "terraform-provider-landform",
        folder: "provider/server",
        imports: &[
            "landform-aws",
            "landform-cloud",
            "landform-framework",
            "landform-model",
            "landform-resources",
            "tfplugin-proto",
        ],
        tests_import: &["landform-sandbox", "landform-test-support"],
    },
    Member {
        name: "landform-generator",
        folder: "generator/core",
        imports: &["landform-model"],
        tests_import: &[],
    },
    Member { name: "landform-sandbox", folder: "generator/sandbox", imports: &[], tests_import: &[] },
    Member {
        name: "landform",
        folder: "generator/cli",
        imports: &["landform-generator", "landform-model", "landform-sandbox"],
        tests_import: &["landform-test-support"],
    },
    Member {
        name: "landform-test-cloud",
        folder: "tests/cloud",
        imports: &["landform-cloud", "landform-model"],
        tests_import: &[],
    },
    Member {
        name: "landform-test-support",
        folder: "tests/support",
        imports: &["landform-model", "landform-sandbox"],
        tests_import: &[],
    },
    Member { name: "landform-workspace-tests", folder: "tests/workspace", imports: &[], tests_import: &[] },
    Member {
        name: "landform-e2e",
        folder: "tests/e2e",
        imports: &[
            "landform-generator",
            "landform-model",
            "landform-sandbox",
            "landform-test-support",
            "tfplugin-proto",
        ],
        tests_import: &[],
    },
    Member {
        name: "landform-bench",
        folder: "tests/bench",
        imports: &[
            "landform-conformance",
            "landform-framework",
            "landform-generator",
            "landform-model",
            "landform-resources",
            "landform-sandbox",
            "landform-test-support",
            "tfplugin-proto",
        ],
        tests_import: &[],
    },
    Member {
        name: "landform-conformance",
        folder: "tests/conformance",
        imports: &["landform-framework", "tfplugin-proto"],
        tests_import: &["landform-sandbox"],
    },
    Member {
        name: "landform-fuzz",
        folder: "tests/fuzz",
        imports: &["landform-framework", "tfplugin-proto"],
        tests_import: &[],
    },
    Member {
        name: "landform-simulation",
        folder: "tests/simulation",
        imports: &[
            "landform-cloud",
            "landform-framework",
            "landform-model",
            "landform-resources",
            "landform-test-cloud",
        ],
        tests_import: &[],
    },
];

/// The table by name.
pub fn members() -> BTreeMap<&'static str, Member> {
    MEMBERS.iter().map(|member| (member.name, *member)).collect()
}

/// What `cargo metadata` says about this host.
#[derive(Debug)]
pub struct Graph {
    /// Cargo's own answer.
    pub metadata: Metadata,
}

impl Graph {
    /// Asks Cargo.
    ///
    /// # Panics
    /// When Cargo cannot answer.
    pub fn read() -> Graph {
        let mut command = MetadataCommand::new();
        command.manifest_path(root().join("Cargo.toml"));
        command.other_options(vec!["--filter-platform".to_owned(), host()]);
        match command.exec() {
            Ok(metadata) => Graph { metadata },
            Err(error) => panic!("cargo metadata failed: {error}"),
        }
    }

    /// The names that a member's manifest depends on, of any crates, for building (`false`) or only for its tests.
    pub fn direct(&self, member: &str, tests: bool) -> BTreeSet<String> {
        self.metadata
            .workspace_packages()
            .iter()
            .filter(|package| package.name.as_str() == member)
            .flat_map(|package| &package.dependencies)
            .filter(|dependency| (dependency.kind == DependencyKind::Development) == tests)
            .map(|dependency| dependency.name.clone())
            .collect()
    }

    /// Every crate that ends up in a member's own build, tests apart.
    pub fn reachable(&self, member: &str) -> BTreeSet<String> {
        let nodes: BTreeMap<&PackageId, _> = self
            .metadata
            .resolve
            .iter()
            .flat_map(|resolve| &resolve.nodes)
            .map(|node| (&node.id, node))
            .collect();
        let names: BTreeMap<&PackageId, &str> =
            self.metadata.packages.iter().map(|package| (&package.id, package.name.as_str())).collect();
        let mut open: Vec<&PackageId> =
            names.iter().filter(|(_, name)| **name == member).map(|(id, _)| *id).collect();
        let mut seen = BTreeSet::new();
        while let Some(id) = open.pop() {
            let used = nodes.get(id).into_iter().flat_map(|node| &node.deps);
            for dependency in used {
                let normal = dependency.dep_kinds.iter().any(|info| info.kind == DependencyKind::Normal);
                if normal && seen.insert(&dependency.pkg) {
                    open.push(&dependency.pkg);
                }
            }
        }
        seen.into_iter().filter_map(|id| names.get(id)).map(|name| (*name).to_owned()).collect()
    }
}

/// The quoted words of a list in `deny.toml`, which is so the one place that holds them.
pub fn allowed_list(section: &str, key: &str) -> Vec<String> {
    let text = fs::read_to_string(root().join("deny.toml")).unwrap_or_default();
    let section = text.split(&format!("[{section}]")).nth(1).unwrap_or_default();
    let list = section.split(&format!("\n{key} = [")).nth(1).unwrap_or_default();
    let list = list.split("\n]").next().unwrap_or_default();
    list.lines()
        .filter_map(|line| line.split('#').next())
        .flat_map(|line| line.split('"').skip(1).step_by(2))
        .map(str::to_owned)
        .collect()
}

fn host() -> String {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).arg("-vV").output();
    let text = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    match text.lines().find_map(|line| line.strip_prefix("host: ")) {
        Some(host) => host.to_owned(),
        None => panic!("`rustc -vV` names no host"),
    }
}
