//! Values that nobody knows before the apply, and what becomes of the plan when they are known.

use serde_json::json;

use crate::stage::Stage;

/// A thing, and `later.output`, which is unknown in a plan that changes `later`.
fn thing(stage: &Stage, later: &str, rest: &str) {
    stage.configure(&format!(
        "resource \"terraform_data\" \"later\" {{\n  input = {later}\n}}\nlocals {{\n  later = \
         terraform_data.later.output\n}}\nresource \"toy_thing\" \"a\" {{\n  name = \"a\"\n  {rest}\n}}"
    ));
}

scenarios! {
    /// As a value, as an element, as a key's value, and inside nested objects.
    fn anywhere(stage) {
        thing(
            stage,
            "{ text = \"t\", size = 5, mail = \"m@example.com\" }",
            "size = local.later.size\n labels = { k = local.later.text }\n owner = { mail = local.later.mail }\n \
             tags = [local.later.text, \"known\"]\n steps = [{ run = local.later.text }]\n \
             rules = [{ port = local.later.size }]\n parts = { x = { text = local.later.text } }",
        );
        stage.plan_says(&["2 to add", "size = (known after apply)"]);
        stage.apply();
        let thing = stage.thing("a");
        assert_eq!((&thing["size"], &thing["owner"]["mail"]), (&json!(5), &json!("m@example.com")));
        assert_eq!((&thing["tags"], &thing["rules"][0]["port"]), (&json!(["known", "t"]), &json!(5)));
        stage.plan_is_empty();
    }

    /// Nobody knows how many elements there will be.
    fn whole_collections(stage) {
        let rest = "labels = local.later.labels\n parts = { for key in local.later.keys : key => { text = key } }\n \
                    steps = [for key in local.later.keys : { run = key }]\n \
                    rules = [for key in local.later.keys : { port = 80 }]\n tags = local.later.keys";
        thing(stage, "{ labels = { a = \"b\" }, keys = [\"x\", \"y\"] }", rest);
        stage.plan_says(&["2 to add", "parts = (known after apply)"]);
        stage.apply();
        stage.plan_is_empty();
        let ids = stage.thing("a")["parts"].clone();
        thing(stage, "{ labels = {}, keys = [\"y\", \"z\"] }", rest);
        stage.plan_says(&["0 to add, 2 to change"]);
        stage.apply();
        let parts = stage.thing("a")["parts"].clone();
        assert_eq!(parts.as_object().unwrap().keys().collect::<Vec<_>>(), ["y", "z"]);
        assert_eq!(parts["y"]["id"], ids["y"]["id"], "what is the same keeps its id");
        stage.plan_is_empty();
    }

    /// What is promised of an unknown value is known in the plan.
    fn with_a_promise(stage) {
        stage.configure(
            "resource \"toy_thing\" \"a\" { name = \"a\" }\n\
             resource \"toy_thing\" \"b\" {\n count = toy_thing.a.id == null ? 0 : 1\n name = \"b\"\n}\n\
             output \"is_a_thing\" { value = startswith(toy_thing.a.id, \"thing-\") }",
        );
        stage.plan_says(&["2 to add", "is_a_thing = true"]);
        stage.apply();
        stage.plan_is_empty();
    }

    /// An object that may be replaced: the plan says so, and the apply does it.
    fn that_may_replace(stage) {
        thing(stage, "\"north\"", "zone = local.later");
        stage.apply();
        stage.changes();
        thing(stage, "\"south\"", "zone = local.later");
        stage.plan_says(&["1 to add, 1 to change, 1 to destroy", "# forces replacement"]);
        stage.apply();
        assert_eq!(stage.changes(), ["delete thing a", "create thing a"]);
        assert_eq!(stage.thing("a")["zone"], "south");
        stage.plan_is_empty();
    }

    /// What is immutable is compared when it is known: the same value is no change, another one is refused then.
    fn that_must_not_change(stage) {
        let rest = "material = local.later.material\n note = local.later.note";
        thing(stage, "{ material = \"steel\", note = \"one\" }", rest);
        stage.apply();
        let id = stage.thing("a")["id"].clone();
        thing(stage, "{ material = \"steel\", note = \"two\" }", rest);
        stage.apply();
        assert_eq!((&stage.thing("a")["id"], &stage.thing("a")["note"]), (&id, &json!("two")));
        stage.changes();
        thing(stage, "{ material = \"straw\", note = \"three\" }", rest);
        stage.apply_fails(&["Changing \"material\" would replace toy_thing a", "asks for \"straw\""]);
        assert_eq!(stage.changes(), Vec::<String>::new());
        assert_eq!(stage.thing("a")["id"], id);
    }

    /// What `validate` could not see is refused when it is known.
    fn that_is_not_valid(stage) {
        thing(stage, "-1", "size = local.later");
        stage.succeeds(&["validate"]);
        stage.plan_says(&["2 to add"]);
        stage.apply_fails(&["Invalid value for \"size\"", "It must be positive, not -1."]);
        assert_eq!(stage.world().names("things").unwrap(), Vec::<String>::new());
    }

    /// The name is what a failed create is known by; it may be unknown when that create is planned again.
    fn as_the_name_of_a_failed_create(stage) {
        use landform_conformance::world::{Fault, Kind};
        let text = "resource \"terraform_data\" \"later\" {\n  input = \"a\"\n}\nresource \"toy_thing\" \"a\" {\n  \
                    name = terraform_data.later.output\n  parts = { x = { text = \"1\" }, y = { text = \"2\" } }\n}";
        stage.configure(text);
        stage.faults(&[Fault::next("write part", Kind::Fail).nth(2)]);
        stage.apply_fails(&["write part a/y"]);
        let id = stage.thing("a")["id"].clone();
        stage.changes();
        stage.apply();
        assert_eq!(stage.changes(), ["resume thing a", "write part a/y"]);
        assert_eq!(stage.thing("a")["id"], id);
        stage.plan_is_empty();
    }

    fn of_a_data_source(stage) {
        thing(stage, "\"a\"", "");
        let text = stage.read("main.tf")
            + "data \"toy_things\" \"now\" {\n  prefix = local.later\n  depends_on = [toy_thing.a]\n}\n\
               output \"names\" { value = data.toy_things.now.names }\n";
        stage.write("main.tf", &text);
        stage.plan_says(&["names = (known after apply)"]);
        stage.apply();
        assert_eq!(stage.json(&["output", "-json", "names"]), json!(["a"]));
        stage.plan_is_empty();
    }
}
