//! How long calls may take, as the configuration says.

use std::time::{Duration, Instant};

use landform_conformance::world::{Fault, Kind};
use serde_json::json;

use crate::stage::Stage;

fn thing(stage: &Stage, rest: &str) {
    stage.configure(&format!(
        "resource \"toy_thing\" \"a\" {{\n  name = \"a\"\n  parts = {{ x = {{ text = \"1\" }}, y = {{ text = \"2\" }} }}\n  {rest}\n}}"
    ));
}

scenarios! {
    /// The call ends at its limit, the error names it, and the next apply goes on.
    fn of_a_create(stage) {
        thing(stage, "timeouts = { create = \"1s\" }");
        stage.faults(&[Fault::next("write part", Kind::Hang).of("a/y")]);
        let begin = Instant::now();
        let said = stage.apply_fails(&["Creating toy_thing took longer than 1s", "set timeouts = { create = \"2s\" }"]);
        assert!(begin.elapsed() < Duration::from_secs(25), "{:?}: {said}", begin.elapsed());
        assert_eq!(stage.in_state("toy_thing.a").unwrap()["tainted"], json!(true));
        stage.changes();
        stage.apply();
        assert_eq!(stage.changes(), ["resume thing a", "write part a/y"]);
        stage.plan_is_empty();
    }

    fn of_an_update_and_a_delete(stage) {
        thing(stage, "timeouts = { update = \"1s\", delete = \"1s\" }");
        stage.apply();
        thing(stage, "size = 4\n  timeouts = { update = \"1s\", delete = \"1s\" }");
        stage.faults(&[Fault::next("update thing", Kind::Hang), Fault::next("delete thing", Kind::Hang)]);
        stage.apply_fails(&["Updating toy_thing took longer than 1s"]);
        stage.apply();
        stage.plan_is_empty();
        stage.fails(&["destroy", "-auto-approve"], &["Deleting toy_thing took longer than 1s"]);
        assert_eq!(stage.in_state("toy_thing.a").unwrap()["tainted"], json!(null));
        stage.plan_is_empty();
        stage.destroy();
    }

    /// Another limit is no change of the thing, and the thing hears nothing of it.
    fn that_change(stage) {
        thing(stage, "");
        stage.apply();
        stage.changes();
        thing(stage, "timeouts = { read = \"90s\" }");
        let said = stage.plan_says(&["1 to change", "timeouts"]);
        assert!(!said.contains("(known after apply)"), "{said}");
        stage.apply();
        assert_eq!(stage.changes(), Vec::<String>::new());
        stage.plan_is_empty();
        thing(stage, "timeouts = { read = \"1m30s\" }");
        stage.apply();
        stage.plan_is_empty();
        thing(stage, "timeouts = { read = \"a while\" }");
        stage.fails(&["validate"], &["Invalid value for \"timeouts.read\""]);
    }
}
