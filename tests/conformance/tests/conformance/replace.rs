//! Objects that are replaced, and those that must not be.

use serde_json::json;

fn thing(rest: &str) -> String {
    format!("resource \"toy_thing\" \"a\" {{\n{rest}\n}}")
}

scenarios! {
    fn by_attribute(stage) {
        stage.configure(&thing("name = \"a\"\nzone = \"north\""));
        stage.apply();
        let id = stage.thing("a")["id"].clone();
        stage.changes();
        stage.configure(&thing("name = \"a\"\nzone = \"south\""));
        stage.plan_says(&["must be replaced", "# forces replacement", "1 to add, 0 to change, 1 to destroy"]);
        stage.apply();
        assert_eq!(stage.changes(), ["delete thing a", "create thing a"]);
        assert_ne!(stage.thing("a")["id"], id);
        stage.plan_is_empty();
    }

    /// Leaving a computed attribute out again is no change of it.
    fn not_when_an_optional_attribute_goes(stage) {
        stage.configure(&thing("name = \"a\"\nzone = \"north\""));
        stage.apply();
        stage.configure(&thing("name = \"a\""));
        stage.plan_is_empty();
        assert_eq!(stage.thing("a")["zone"], json!("north"));
    }

    /// An immutable attribute is refused, with the way out in the message; `allow_replace` is that way.
    fn immutable_unless_allowed(stage) {
        stage.configure(&thing("name = \"a\""));
        stage.apply();
        stage.configure(&thing("name = \"a\"\nmaterial = \"steel\""));
        stage.fails(&["plan"], &[
            "Changing \"material\" would replace toy_thing a",
            "it is \"wood\", and the configuration asks for \"steel\"",
            "set allow_replace = [\"material\"]",
            "material = \"steel\"",
        ]);
        stage.changes();
        stage.configure(&thing("name = \"a\"\nmaterial = \"steel\"\nallow_replace = [\"material\"]"));
        stage.plan_says(&["material = \"wood\" -> \"steel\" # forces replacement"]);
        stage.apply();
        assert_eq!(stage.changes(), ["delete thing a", "create thing a"]);
        stage.plan_is_empty();
    }

    /// Asked for by the resource's own plan.
    fn by_the_resource(stage) {
        stage.configure(&thing("name = \"a\""));
        stage.apply();
        stage.configure(&thing("name = \"a\"\nsize = 13"));
        stage.plan_says(&[
            "size = 3 -> 13 # forces replacement",
            "Changing \"size\" replaces toy_thing a",
            "13 is another thing",
        ]);
        stage.apply();
        stage.plan_is_empty();
    }

    fn on_request_and_by_taint(stage) {
        stage.configure(&thing("name = \"a\""));
        stage.apply();
        let first = stage.thing("a")["id"].clone();
        stage.changes();
        let said = stage.succeeds(&["apply", "-auto-approve", "-replace=toy_thing.a"]);
        assert!(said.contains("as requested"), "{said}");
        let second = stage.thing("a")["id"].clone();
        assert_ne!(second, first);
        stage.succeeds(&["taint", "toy_thing.a"]);
        assert_eq!(stage.in_state("toy_thing.a").unwrap()["tainted"], true);
        stage.plan_says(&["is tainted, so"]);
        stage.succeeds(&["untaint", "toy_thing.a"]);
        stage.plan_is_empty();
        stage.succeeds(&["taint", "toy_thing.a"]);
        stage.apply();
        assert_ne!(stage.thing("a")["id"], second);
        let replaced = ["delete thing a", "create thing a"];
        assert_eq!(stage.changes(), [replaced, replaced].concat());
        stage.plan_is_empty();
    }

    fn create_before_destroy(stage) {
        let rest = "allow_replace = [\"name\"]\nlifecycle { create_before_destroy = true }";
        stage.configure(&thing(&format!("name = \"old\"\n{rest}")));
        stage.apply();
        stage.changes();
        stage.configure(&thing(&format!("name = \"new\"\n{rest}")));
        stage.plan_says(&["1 to add, 0 to change, 1 to destroy", "create replacement and then destroy"]);
        stage.apply();
        assert_eq!(stage.changes(), ["create thing new", "delete thing old"]);
        stage.plan_is_empty();
    }

    /// What triggers from elsewhere.
    fn replace_triggered_by(stage) {
        let text = |size| format!(
            "resource \"toy_thing\" \"b\" {{\n name = \"b\"\n size = {size}\n}}\n{}",
            thing("name = \"a\"\nlifecycle { replace_triggered_by = [toy_thing.b.size] }")
        );
        stage.configure(&text(1));
        stage.apply();
        stage.changes();
        stage.configure(&text(2));
        stage.apply();
        let mut changes = stage.changes();
        // The deletion and the update wait for nothing and may come in any order.
        changes[..2].sort();
        assert_eq!(changes, ["delete thing a", "update thing b", "create thing a"]);
        stage.plan_is_empty();
    }

    /// A protected thing is neither destroyed nor replaced.
    fn protection(stage) {
        stage.configure(&thing("name = \"a\"\nprotected = true"));
        stage.apply();
        stage.changes();
        stage.fails(&["destroy", "-auto-approve"], &["Thing a is protected", "Set protected = false and apply"]);
        stage.fails(&["apply", "-auto-approve", "-destroy"], &["Thing a is protected"]);
        stage.configure("");
        stage.apply_fails(&["Thing a is protected"]);
        assert_eq!(stage.changes(), Vec::<String>::new());
        stage.configure(&thing("name = \"a\"\nprotected = false"));
        stage.apply();
        stage.destroy();
    }

    /// Nothing that is protected goes by being replaced either.
    fn protection_against_replacement(stage) {
        stage.configure(&thing("name = \"a\"\nzone = \"north\"\nprotected = true"));
        stage.apply();
        let id = stage.thing("a")["id"].clone();
        stage.configure(&thing("name = \"a\"\nzone = \"south\"\nprotected = true"));
        stage.fails(&["plan"], &["Thing a is protected"]);
        // What Terraform itself wants to replace is refused when it is to be deleted.
        stage.configure(&thing("name = \"a\"\nzone = \"north\"\nprotected = true"));
        stage.fails(&["apply", "-auto-approve", "-replace=toy_thing.a"], &["Thing a is protected"]);
        assert_eq!(stage.thing("a")["id"], id);
    }
}
