//! Answers that Terraform would refuse, or would lose an object over: the framework finds them first and says which
//! attribute is wrong.

use landform_conformance::world::{Fault, Kind};
use serde_json::json;

const THING: &str = "resource \"toy_thing\" \"a\" {\n  name = \"a\"\n}";

scenarios! {
    fn a_create_that_makes_something_else(stage) {
        stage.configure(THING);
        stage.faults(&[Fault::next("create thing", Kind::Lie)]);
        let said = stage.apply_fails(&[
            "The result of creating toy_thing is not what was planned",
            "\"size\": it was planned as 3, and now it is 99.",
            "This is a bug in the provider",
        ]);
        assert!(!said.contains("Provider produced"), "Terraform finds nothing itself: {said}");
        assert!(stage.in_state("toy_thing.a").is_some(), "the object is not lost");
        stage.apply();
        stage.plan_is_empty();
        assert_eq!(stage.world().names("things").unwrap(), ["a"]);
    }

    fn a_create_that_leaves_a_value_unknown(stage) {
        // A revision that is planned as unknown would be the other way to forget it.
        stage.configure(THING);
        stage.faults(&[Fault::next("create thing", Kind::Forget)]);
        let said = stage.apply_fails(&["creating toy_thing", "revision"]);
        assert!(!said.contains("Provider returned"), "{said}");
        assert!(stage.in_state("toy_thing.a").is_some(), "the object is not lost");
        stage.apply();
        stage.plan_is_empty();
    }

    fn an_update_that_makes_something_else(stage) {
        stage.configure(THING);
        stage.apply();
        let id = stage.thing("a")["id"].clone();
        stage.configure("resource \"toy_thing\" \"a\" {\n  name = \"a\"\n  note = \"n\"\n}");
        stage.faults(&[Fault::next("update thing", Kind::Lie)]);
        stage.apply_fails(&["The result of updating toy_thing is not what was planned", "size"]);
        assert_eq!(stage.in_state("toy_thing.a").unwrap()["values"]["id"], id);
        stage.apply();
        stage.plan_is_empty();
        assert_eq!(stage.thing("a")["id"], id);
    }

    fn a_plan_that_changes_what_is_configured(stage) {
        stage.configure(THING);
        stage.faults(&[Fault::next("plan thing", Kind::Lie)]);
        let said = stage.fails(&["plan"], &[
            "The plan of toy_thing is not valid",
            "\"name\": the plan has \"another\", but the configuration has \"a\".",
        ]);
        assert!(!said.contains("Provider produced"), "{said}");
    }

    fn a_read_that_leaves_a_value_unknown(stage) {
        stage.configure(THING);
        stage.apply();
        stage.faults(&[Fault::next("read thing", Kind::Forget)]);
        let said = stage.fails(&["plan"], &["reading toy_thing", "revision"]);
        assert!(!said.contains("Provider produced"), "{said}");
        stage.plan_is_empty();
    }

    fn panics(stage) {
        stage.configure(THING);
        stage.faults(&[Fault::next("plan thing", Kind::Panic)]);
        stage.fails(&["plan"], &["The provider crashed while planning toy_thing", "plan thing a fell over"]);
        // The second plan is that of the apply itself, which has to say the same.
        stage.faults(&[Fault::next("create thing", Kind::Panic)]);
        stage.apply_fails(&["The provider crashed while creating toy_thing", "create thing a fell over"]);
        assert!(stage.in_state("toy_thing.a").is_none());
        stage.apply();
        stage.faults(&[Fault::next("read thing", Kind::Panic)]);
        stage.fails(&["plan"], &["The provider crashed while reading toy_thing", "read thing a fell over"]);
        stage.faults(&[Fault::next("delete thing", Kind::Panic)]);
        stage.fails(&["destroy", "-auto-approve"], &["The provider crashed while deleting toy_thing"]);
        assert_eq!(stage.in_state("toy_thing.a").unwrap()["values"]["name"], json!("a"));
        stage.plan_is_empty();
    }

    /// The checkpoint before the panic is in state.
    fn a_panic_half_way(stage) {
        stage.configure("resource \"toy_thing\" \"a\" {\n name = \"a\"\n parts = { x = { text = \"1\" }, y = { text = \"2\" } }\n}");
        stage.faults(&[Fault::next("write part", Kind::Panic).nth(2)]);
        stage.apply_fails(&["The provider crashed while creating toy_thing", "write part a/y fell over"]);
        assert_eq!(stage.in_state("toy_thing.a").unwrap()["tainted"], true);
        stage.changes();
        stage.apply();
        assert_eq!(stage.changes(), ["resume thing a", "write part a/y"]);
        stage.plan_is_empty();
    }
}
