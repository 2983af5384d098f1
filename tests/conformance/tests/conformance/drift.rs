//! Changes behind Terraform's back.

use serde_json::json;

const THING: &str = "resource \"toy_thing\" \"a\" {\n  name = \"a\"\n  parts = { x = { text = \"1\" } }\n}";

scenarios! {
    fn seen_and_healed(stage) {
        stage.configure(THING);
        stage.apply();
        stage.drift("a", "size", 9);
        stage.drift("a", "note", "scribbled");
        stage.plan_says(&["0 to add, 1 to change, 0 to destroy", "size = 9 -> 3", "note = \"scribbled\" -> null"]);
        stage.apply();
        assert_eq!((&stage.thing("a")["size"], &stage.thing("a")["note"]), (&json!(3), &json!(null)));
        stage.plan_is_empty();
    }

    fn inside_a_nested_object(stage) {
        stage.configure(THING);
        stage.apply();
        let mut parts = stage.thing("a")["parts"].clone();
        parts["x"]["text"] = json!("other");
        parts["y"] = json!({"text": "stray", "weight": 1, "id": "part-0"});
        stage.drift("a", "parts", parts);
        stage.plan_says(&["1 to change", "\"other\" -> \"1\"", "\"stray\""]);
        stage.apply();
        assert_eq!(stage.thing("a")["parts"].as_object().unwrap().len(), 1);
        stage.plan_is_empty();
    }

    /// `-refresh-only` shows the drift and takes it into state, and changes nothing.
    fn refresh_only(stage) {
        stage.configure(THING);
        stage.apply();
        stage.changes();
        stage.drift("a", "size", 9);
        let said = stage.succeeds(&["plan", "-refresh-only"]);
        assert!(said.contains("size = 3 -> 9"), "{said}");
        stage.succeeds(&["apply", "-refresh-only", "-auto-approve"]);
        assert_eq!(stage.in_state("toy_thing.a").unwrap()["values"]["size"], 9);
        assert_eq!(stage.changes(), Vec::<String>::new());
        assert_eq!(stage.thing("a")["size"], 9);
    }

    fn an_object_that_is_gone_is_made_again(stage) {
        stage.configure(THING);
        stage.apply();
        stage.world().remove("things", "a").unwrap();
        let said = stage.succeeds(&["plan", "-refresh-only"]);
        assert!(said.contains("has been deleted"), "{said}");
        stage.plan_says(&["1 to add, 0 to change, 0 to destroy"]);
        stage.apply();
        stage.plan_is_empty();
        stage.world().remove("things", "a").unwrap();
        stage.destroy();
    }

    /// Drift in what cannot be changed in place is refused as the same change in the configuration would be.
    fn in_what_is_immutable(stage) {
        stage.configure(THING);
        stage.apply();
        stage.drift("a", "material", "straw");
        stage.fails(&["plan"], &["Changing \"material\" would replace toy_thing a", "it is \"straw\""]);
    }

    fn ignored_where_the_configuration_says_so(stage) {
        stage.configure(&THING.replace("parts", "lifecycle { ignore_changes = [size, labels] }\n  parts"));
        stage.apply();
        stage.drift("a", "size", 9);
        stage.drift("a", "labels", json!({"k": "v"}));
        stage.plan_without_changes();
        assert_eq!(stage.thing("a")["size"], 9);
    }
}
