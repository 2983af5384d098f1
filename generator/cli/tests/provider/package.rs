//! The files of a release.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use zip::ZipArchive;

use crate::desk::{AMD64, ARM64, Desk, Outcome, executable, workspace};

const VERSION: &str = env!("CARGO_PKG_VERSION");

fn name(ending: &str) -> String {
    format!("terraform-provider-landform_{VERSION}_{ending}")
}

impl Desk {
    fn package(&self, binary: &Path, output: &str) -> Outcome {
        let outcome = self.provider(&["package", "--from", binary.to_str().unwrap(), "--output", output]);
        assert_eq!(outcome.code, 0, "{}", outcome.stderr);
        outcome
    }

    /// Every file of a folder.
    fn files(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        let entries = fs::read_dir(self.path(folder)).unwrap().map(Result::unwrap);
        entries
            .map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap()))
            .collect()
    }

    fn sha256sum(&self, folder: &str) -> Vec<String> {
        let sums = name("SHA256SUMS");
        let output = Command::new("sha256sum")
            .args(["--check", "--strict", &sums])
            .current_dir(self.path(folder))
            .output();
        let output = output.unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
    }
}

#[test]
fn the_archive_has_licence_introduction_and_executable() {
    let desk = Desk::new().with("SOURCE_DATE_EPOCH", "1764000000");
    let binary = executable(AMD64, "the provider");
    desk.package(&desk.file("binary", &binary), "out");

    let mut archive =
        ZipArchive::new(fs::File::open(desk.path("out").join(name("linux_amd64.zip"))).unwrap()).unwrap();
    let mut entries = Vec::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        assert_eq!(entry.last_modified().unwrap().to_string(), "2025-11-24 16:00:00");
        entries.push((entry.name().unwrap().into_owned(), entry.unix_mode().unwrap(), bytes));
    }
    let read = |name: &str| fs::read(workspace().join(name)).unwrap();
    let expected = [
        ("LICENSE".to_owned(), 0o100_644, read("LICENSE")),
        ("README.md".to_owned(), 0o100_644, read("README.md")),
        (format!("terraform-provider-landform_v{VERSION}"), 0o100_755, binary),
    ];
    assert_eq!(entries, expected);
}

#[test]
fn the_same_input_gives_the_same_bytes_and_names_no_folder_of_the_machine() {
    let desk = Desk::new().with("SOURCE_DATE_EPOCH", "1764000000");
    let binary = desk.file("binary", executable(AMD64, "the provider"));
    desk.package(&binary, "one");
    desk.package(&binary, "two");
    let files = desk.files("one");
    assert_eq!(files, desk.files("two"));
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    let endings = ["SHA256SUMS", "linux_amd64.cdx.json", "linux_amd64.zip", "manifest.json"];
    assert_eq!(names, endings.map(name));

    let folders = [workspace().display().to_string(), std::env::home_dir().unwrap().display().to_string()];
    for (name, bytes) in &files {
        let text = String::from_utf8_lossy(bytes);
        assert!(!folders.iter().any(|folder| text.contains(folder)), "{name}");
    }
    let again = desk.json(&["package", "--from", binary.to_str().unwrap(), "--output", "two"]);
    assert_eq!((&again["status"], &again["verified"]), (&"clean".into(), &false.into()));
}

#[test]
fn the_manifest_says_protocol_6() {
    let desk = Desk::new();
    desk.package(&desk.file("binary", executable(AMD64, "")), "out");
    let manifest = &desk.files("out")[&name("manifest.json")];
    assert_eq!(manifest, &fs::read(workspace().join("terraform-registry-manifest.json")).unwrap());
    let manifest: Value = serde_json::from_slice(manifest).unwrap();
    assert_eq!(manifest, serde_json::json!({ "version": 1, "metadata": { "protocol_versions": ["6.0"] } }));
}

#[test]
fn the_checksums_cover_every_platform_and_a_stale_signature_is_told() {
    let desk = Desk::new();
    let said = desk.package(&desk.file("amd64", executable(AMD64, "")), "out");
    assert!(said.stdout.contains("gpg --detach-sign out/"), "{}", said.stdout);
    desk.file("out/unrelated", "");
    desk.file(&format!("out/{}", name("SHA256SUMS.sig")), "a signature");
    let said = desk.package(&desk.file("arm64", executable(ARM64, "")), "out");
    assert!(said.stderr.contains("SHA256SUMS.sig has to be made anew"), "{}", said.stderr);

    let endings = [
        "linux_amd64.cdx.json",
        "linux_amd64.zip",
        "linux_arm64.cdx.json",
        "linux_arm64.zip",
        "manifest.json",
    ];
    assert_eq!(desk.sha256sum("out"), endings.map(|ending| format!("{}: OK", name(ending))));
}

#[test]
fn the_bill_names_every_dependency_that_cargo_shows() {
    let desk = Desk::new();
    desk.package(&desk.file("binary", executable(AMD64, "")), "out");
    let bill: Value = serde_json::from_slice(&desk.files("out")[&name("linux_amd64.cdx.json")]).unwrap();

    let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["tree", "--locked", "--package", "terraform-provider-landform", "--edges", "normal"])
        .args(["--target", "x86_64-unknown-linux-gnu", "--prefix", "none", "--no-dedupe"])
        .current_dir(workspace())
        .output()
        .unwrap();
    let tree: BTreeSet<String> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .skip(1)
        .map(|line| {
            let mut words = line.split_whitespace();
            let (name, version) = (words.next().unwrap(), words.next().unwrap());
            format!("{name} {}", version.strip_prefix('v').unwrap())
        })
        .collect();
    assert!(tree.len() > 100, "{tree:?}");
    let components = bill["components"].as_array().unwrap();
    let text = |component: &Value, key: &str| component[key].as_str().unwrap().to_owned();
    let found: BTreeSet<String> = components
        .iter()
        .map(|component| format!("{} {}", text(component, "name"), text(component, "version")))
        .collect();
    assert_eq!(found, tree);
    assert_eq!(components.len(), tree.len());

    for component in components {
        assert!(component["licenses"][0]["expression"].is_string(), "{component}");
        let is_ours = workspace_crates().contains(&text(component, "name"));
        // What is in no registry has no address and no archive there.
        assert_eq!(component["purl"].is_null(), is_ours, "{component}");
        assert_eq!(component["hashes"].is_null(), is_ours, "{component}");
        assert!(is_ours || component["hashes"][0]["content"].as_str().unwrap().len() == 64, "{component}");
    }
}

fn workspace_crates() -> BTreeSet<String> {
    let metadata = cargo_metadata::MetadataCommand::new().current_dir(workspace()).no_deps().exec().unwrap();
    metadata.packages.into_iter().map(|package| package.name.to_string()).collect()
}

#[test]
fn the_bill_is_whole_and_belongs_to_its_binary() {
    let desk = Desk::new().with("SOURCE_DATE_EPOCH", "1764000000");
    let bill = |rest: &str| -> Value {
        desk.package(&desk.file("binary", executable(AMD64, rest)), rest);
        serde_json::from_slice(&desk.files(rest)[&name("linux_amd64.cdx.json")]).unwrap()
    };
    let (one, two) = (bill("one"), bill("two"));
    assert_eq!((&one["bomFormat"], &one["specVersion"]), (&"CycloneDX".into(), &"1.6".into()));
    assert_eq!(one["metadata"]["timestamp"], "2025-11-24T16:00:00Z");
    assert_eq!(one["metadata"]["component"]["name"], "terraform-provider-landform");
    assert_ne!(one["metadata"]["component"]["hashes"], two["metadata"]["component"]["hashes"]);
    assert_ne!(one["serialNumber"], two["serialNumber"]);
    assert_eq!(one["components"], two["components"]);

    let list = |value: &Value, key: &str| -> Vec<String> {
        value.as_array().unwrap().iter().map(|item| item[key].as_str().unwrap().to_owned()).collect()
    };
    let mut known: BTreeSet<String> = list(&one["components"], "bom-ref").into_iter().collect();
    assert_eq!(known.len(), one["components"].as_array().unwrap().len());
    known.insert(one["metadata"]["component"]["bom-ref"].as_str().unwrap().to_owned());
    assert_eq!(list(&one["dependencies"], "ref").into_iter().collect::<BTreeSet<_>>(), known);
    let used = one["dependencies"].as_array().unwrap().iter().filter_map(|of| of["dependsOn"].as_array());
    assert!(used.flatten().all(|on| known.contains(on.as_str().unwrap())));
}

#[test]
fn a_date_that_is_none_is_the_users_problem() {
    let desk = Desk::new().with("SOURCE_DATE_EPOCH", "today");
    let binary = desk.file("binary", executable(AMD64, ""));
    let outcome = desk.provider(&["package", "--from", binary.to_str().unwrap(), "--output", "out"]);
    assert_eq!(outcome.code, 1);
    assert!(outcome.stderr.contains("SOURCE_DATE_EPOCH is `today`"), "{}", outcome.stderr);
    assert!(!desk.path("out").exists());
}

#[test]
fn a_binary_that_names_folders_of_the_machine_is_pointed_out() {
    let desk = Desk::new();
    let told = |rest: &str| desk.package(&desk.file("binary", executable(AMD64, rest)), "out").stderr;
    let folder = workspace().display().to_string();
    assert!(told(&folder).contains(&format!("names folders of this machine: {folder}\n")));
    assert!(!told("/landform/src").contains("names folders"));
}

#[test]
fn sources_of_another_version_are_refused() {
    let desk = Desk::new();
    desk.file("Cargo.toml", "[workspace]\nresolver = \"3\"\nmembers = [\"provider/server\"]\n");
    desk.file(
        "provider/server/Cargo.toml",
        "[package]\nname = \"terraform-provider-landform\"\nversion = \"99.0.0\"\nedition = \"2024\"\n",
    );
    desk.file("provider/server/src/main.rs", "fn main() {}\n");
    desk.file(
        "Cargo.lock",
        "version = 4\n\n[[package]]\nname = \"terraform-provider-landform\"\nversion = \"99.0.0\"\n",
    );
    let desk = desk.with("SOURCE_DATE_EPOCH", "0");
    let binary = desk.file("binary", executable(AMD64, ""));
    let outcome = desk.provider(&["package", "--from", binary.to_str().unwrap(), "--output", "out"]);
    assert_eq!(outcome.code, 1);
    assert!(outcome.stderr.contains("the sources are version 99.0.0"), "{}", outcome.stderr);
    assert!(!desk.path("out").exists());
}
