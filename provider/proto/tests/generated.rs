//! The Rust code under `src/generated` is what the `.proto` files say. It is committed, so that a build needs no
//! code generator; `UPDATE_GENERATED=1 cargo test -p tfplugin-proto --test generated` writes it anew.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fs;
use std::path::Path;

const HEADER: &str =
    "// Generated from the .proto file of the same package by tests/generated.rs. Do not edit.\n\n";

#[test]
fn committed_code_is_current() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let proto = root.join("proto");
    let scratch = tempfile::tempdir().unwrap();
    for (file, package) in [("tfplugin6.proto", "tfplugin6"), ("goplugin.proto", "plugin")] {
        let descriptors = protox::compile([file], [&proto]).unwrap();
        tonic_prost_build::configure()
            .build_transport(false)
            .generate_default_stubs(true)
            .btree_map(".")
            .client_mod_attribute(".", "#[cfg(feature = \"client\")]")
            .out_dir(scratch.path())
            .compile_fds(descriptors)
            .unwrap();
        let raw = fs::read_to_string(scratch.path().join(format!("{package}.rs"))).unwrap();
        let generated = HEADER.to_owned() + &prettyplease::unparse(&syn::parse_file(&raw).unwrap());
        let committed = root.join("src/generated").join(format!("{package}.rs"));
        if std::env::var_os("UPDATE_GENERATED").is_some() {
            fs::write(&committed, &generated).unwrap();
        }
        assert!(
            fs::read_to_string(&committed).unwrap_or_default() == generated,
            "{} is out of date; UPDATE_GENERATED=1 cargo test -p tfplugin-proto --test generated renews it",
            committed.display(),
        );
    }
}
