//! A create that fails is finished by the next apply: exit code 1, what exists is in state, nothing is made twice.

use landform_conformance::world::{Fault, Kind};
use serde_json::json;

const THING: &str = r#"resource "toy_thing" "a" {
  name  = "a"
  parts = { x = { text = "1" }, y = { text = "2" }, z = { text = "3" } }
}"#;

scenarios! {
    fn resumes(stage) {
        stage.configure(THING);
        stage.faults(&[Fault::next("write part", Kind::Fail).nth(2)]);
        stage.apply_fails(&["write part a/y", "The world said no."]);
        let state = stage.in_state("toy_thing.a").unwrap();
        assert_eq!((&state["tainted"], &state["values"]["status"]), (&json!(true), &json!("incomplete")));
        let left = stage.thing("a");
        stage.changes();
        stage.plan_says(&["Resuming the creation of toy_thing a", "nothing is destroyed"]);
        assert!(stage.apply().contains("1 added"));
        assert_eq!(stage.changes(), ["resume thing a", "write part a/y", "write part a/z"]);
        let thing = stage.thing("a");
        assert_eq!((&thing["id"], &thing["parts"]["x"]), (&left["id"], &left["parts"]["x"]));
        assert_eq!(stage.in_state("toy_thing.a").unwrap()["tainted"], json!(null));
        stage.plan_is_empty();
    }

    fn fails_twice_and_resumes(stage) {
        stage.configure(THING);
        stage.faults(&[Fault::next("write part", Kind::Fail).of("a/y").times(2)]);
        stage.apply_fails(&["write part a/y"]);
        let id = stage.thing("a")["id"].clone();
        stage.apply_fails(&["write part a/y"]);
        assert_eq!(stage.in_state("toy_thing.a").unwrap()["tainted"], true);
        stage.changes();
        stage.apply();
        assert_eq!(stage.changes(), ["resume thing a", "write part a/y", "write part a/z"]);
        assert_eq!(stage.thing("a")["id"], id);
        stage.plan_is_empty();
    }

    /// Nothing was made, so nothing is in state.
    fn before_anything_was_made(stage) {
        stage.configure(THING);
        stage.faults(&[Fault::next("create thing", Kind::Fail)]);
        stage.apply_fails(&["create thing a"]);
        assert!(stage.in_state("toy_thing.a").is_none());
        stage.apply();
        stage.plan_is_empty();
    }

    /// Another value of what cannot be changed: then the rest of the failed create is deleted first.
    fn is_replaced_when_it_must_be_another_thing(stage) {
        stage.configure(THING);
        stage.faults(&[Fault::next("write part", Kind::Fail).nth(2)]);
        stage.apply_fails(&["write part a/y"]);
        stage.changes();
        stage.configure(&THING.replace("parts", "material = \"steel\"\n  parts"));
        stage.apply();
        assert_eq!(stage.changes()[..2], ["delete thing a", "create thing a"]);
        stage.plan_is_empty();
    }

    fn is_destroyed_like_any_other(stage) {
        stage.configure(THING);
        stage.faults(&[Fault::next("write part", Kind::Fail).nth(2)]);
        stage.apply_fails(&["write part a/y"]);
        stage.changes();
        stage.destroy();
        assert_eq!(stage.changes(), ["delete thing a"]);
        assert_eq!(stage.world().names("things").unwrap(), Vec::<String>::new());
    }

    /// The others are made all the same.
    fn of_one_among_many(stage) {
        stage.configure("resource \"toy_thing\" \"a\" {\n  count = 12\n  name = \"a-${count.index}\"\n}");
        stage.faults(&[Fault::next("create thing", Kind::Fail).of("a-5"), Fault::next("create thing", Kind::Panic).of("a-7")]);
        stage.apply_fails(&["create thing a-5", "create thing a-7 fell over"]);
        assert_eq!(stage.world().names("things").unwrap().len(), 10);
        stage.plan_says(&["2 to add, 0 to change, 0 to destroy"]);
        stage.apply();
        stage.plan_is_empty();
    }

    /// The state has what an update reached, and the next apply does the rest.
    fn an_update_that_fails_is_no_replacement(stage) {
        stage.configure(THING);
        stage.apply();
        let id = stage.thing("a")["id"].clone();
        stage.configure(&THING.replace("\"2\"", "\"20\"").replace("\"3\"", "\"30\""));
        stage.faults(&[Fault::next("write part", Kind::Fail).of("a/z")]);
        stage.apply_fails(&["write part a/z"]);
        let state = stage.in_state("toy_thing.a").unwrap();
        assert_eq!(state["tainted"], json!(null));
        assert_eq!((&state["values"]["parts"]["y"]["text"], &state["values"]["parts"]["z"]["text"]), (&json!("20"), &json!("3")));
        stage.changes();
        stage.apply();
        assert_eq!(stage.changes(), ["update thing a", "write part a/z"]);
        assert_eq!(stage.thing("a")["id"], id);
        stage.plan_is_empty();
    }

    fn a_delete_that_fails_keeps_the_object(stage) {
        stage.configure(THING);
        stage.apply();
        stage.faults(&[Fault::next("delete thing", Kind::Fail)]);
        stage.fails(&["destroy", "-auto-approve"], &["delete thing a"]);
        assert!(stage.in_state("toy_thing.a").is_some());
        stage.plan_is_empty();
        stage.destroy();
        assert!(stage.in_state("toy_thing.a").is_none());
    }
}
