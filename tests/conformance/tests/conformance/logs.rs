//! What the provider writes into Terraform's log.

use crate::feature::Feature;

scenarios! {
    fn lines_have_levels_and_fields(stage) {
        stage.configure("resource \"toy_thing\" \"a\" { name = \"a\" }");
        let file = stage.folder().join("terraform.log");
        stage.set("TF_LOG_PROVIDER", "INFO");
        stage.set("TF_LOG_PATH", &file.to_string_lossy());
        stage.apply();
        let log = stage.read("terraform.log");
        let line = log.lines().find(|line| line.contains("create thing"));
        let line = line.unwrap_or_else(|| panic!("the call is not logged:\n{log}"));
        assert!(line.contains("[INFO]") && line.contains("of=a"), "{line}");
    }

    /// A panic is Terraform's to show, with its place in the source.
    fn a_panic_is_shown_as_a_crash(stage) {
        use landform_conformance::world::{Fault, Kind};
        stage.configure("resource \"toy_thing\" \"a\" { name = \"a\" }");
        stage.faults(&[Fault::next("create thing", Kind::Panic)]);
        let said = stage.apply_fails(&["create thing a fell over"]);
        assert_eq!(said.contains("Stack trace from the"), stage.can(Feature::CrashReports), "{said}");
    }
}
