//! Small programs with all that can tell where they were built: own crates, one of the registry, generated code.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use super::*;

const SECONDS: &str = "1764000000";

/// A workspace whose binary has panics in every kind of source.
fn fixture() -> TempDir {
    let folder = TempDir::new().unwrap();
    for (path, text) in [
        (
            "Cargo.toml",
            "[workspace]\nresolver = \"3\"\nmembers = [\"app\", \"part\"]\n[profile.release]\ncodegen-units = 1\nlto = \"thin\"\nstrip = true\n",
        ),
        (
            "app/Cargo.toml",
            "[package]\nname = \"app\"\nversion = \"1.0.0\"\nedition = \"2024\"\n[dependencies]\npart = { path = \"../part\" }\nbase64 = { version = \"0.22\", default-features = false, features = [\"alloc\"] }\n",
        ),
        (
            "app/build.rs",
            "fn main() {\n    let path = std::path::Path::new(&std::env::var_os(\"OUT_DIR\").unwrap()).join(\"generated.rs\");\n    std::fs::write(path, \"pub fn check(count: usize) { assert!(count < 9); }\").unwrap();\n}\n",
        ),
        (
            "app/src/main.rs",
            "use base64::Engine;\nmod generated { include!(concat!(env!(\"OUT_DIR\"), \"/generated.rs\")); }\nfn main() {\n    let words: Vec<String> = std::env::args().collect();\n    generated::check(words.len());\n    println!(\"{} {}\", part::first(&words), base64::engine::general_purpose::STANDARD.encode(&words[0]));\n}\n",
        ),
        ("part/Cargo.toml", "[package]\nname = \"part\"\nversion = \"1.0.0\"\nedition = \"2024\"\n"),
        ("part/src/lib.rs", "pub fn first(words: &[String]) -> &str { words.first().expect(\"a word\") }\n"),
    ] {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    // Cargo takes from this lock file what the fixture needs: versions that were downloaded for this very build.
    let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../Cargo.lock");
    fs::copy(ours, folder.path().join("Cargo.lock")).unwrap();
    let mut lock = cargo();
    lock.args(["metadata", "--offline", "--format-version", "1"]).current_dir(folder.path());
    assert!(lock.output().unwrap().status.success());
    folder
}

fn contains(binary: &[u8], text: &str) -> bool {
    binary.windows(text.len()).any(|bytes| bytes == text.as_bytes())
}

#[test]
fn two_builds_in_different_folders_are_the_same_and_name_neither() {
    let folder = fixture();
    let date = Date::parse(SECONDS).unwrap();
    let metadata = metadata(folder.path()).unwrap();
    let build = ReleaseBuild::below(&metadata, &folder.path().join("target"), "app", date).unwrap();
    let path = build.run().unwrap();
    let binary = fs::read(&path).unwrap();
    verify(&build, &path, &binary).unwrap();

    assert_eq!(machine_paths(&binary, &build), [""; 0]);
    // The places are in it, under their other names: nothing was merely optimized away.
    for name in ["part/src/lib.rs", "/registry/base64-", "/generated.rs"] {
        assert!(contains(&binary, name), "{name}");
    }
    let output = Command::new(&path).output().unwrap();
    assert!(output.status.success());
}

#[test]
fn a_build_with_the_folders_of_the_machine_is_found_out() {
    let folder = fixture();
    let date = Date::parse(SECONDS).unwrap();
    let metadata = metadata(folder.path()).unwrap();
    let build = ReleaseBuild::below(&metadata, &folder.path().join("target"), "app", date).unwrap();
    let path = ReleaseBuild { remap: Vec::new(), ..build.clone() }.run().unwrap();
    let binary = fs::read(&path).unwrap();

    let target = folder.path().join("target").display().to_string();
    assert!(machine_paths(&binary, &build).contains(&target));
    let difference = verify(&build, &path, &binary).unwrap_err();
    assert!(matches!(difference, Failure::Differs { .. }), "{difference}");
}
