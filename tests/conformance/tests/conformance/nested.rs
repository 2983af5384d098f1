//! Nested objects: in maps, lists and sets, each with values that the provider computes.

use serde_json::{Value as Json, json};

use crate::stage::Stage;

fn thing(stage: &Stage, rest: &str) {
    stage.configure(&format!("resource \"toy_thing\" \"a\" {{\n  name = \"a\"\n  {rest}\n}}"));
}

/// The id of the element that has this value.
#[track_caller]
fn id(elements: &Json, name: &str, value: &Json) -> Json {
    let found = elements.as_array().unwrap().iter().find(|element| element[name] == *value);
    found.unwrap_or_else(|| panic!("no element has {name} = {value}: {elements}"))["id"].clone()
}

scenarios! {
    /// Elements of a map come, change and go by their key; what was computed for them stays with the key.
    fn in_a_map(stage) {
        thing(stage, "parts = { x = { text = \"1\" }, y = { text = \"2\" } }");
        stage.apply();
        let y = stage.thing("a")["parts"]["y"]["id"].clone();
        thing(stage, "parts = { y = { text = \"2\" }, z = { text = \"3\" } }");
        stage.plan_says(&["1 to change"]);
        stage.apply();
        let parts = stage.thing("a")["parts"].clone();
        assert_eq!(parts.as_object().unwrap().keys().collect::<Vec<_>>(), ["y", "z"]);
        assert_eq!(parts["y"]["id"], y);
        for empty in ["{}", "null"] {
            thing(stage, &format!("parts = {empty}"));
            stage.plan_says(&["1 to change"]);
            stage.apply();
            stage.plan_is_empty();
        }
    }

    /// A change deep inside may replace the whole object.
    fn that_replaces_the_thing(stage) {
        thing(stage, "parts = { x = { text = \"1\" } }");
        stage.apply();
        thing(stage, "parts = { x = { text = \"1\", form = \"square\" } }");
        stage.plan_says(&["must be replaced", "form = \"round\" -> \"square\" # forces replacement"]);
        stage.changes();
        stage.apply();
        assert_eq!(stage.changes()[..2], ["delete thing a", "create thing a"]);
        stage.plan_is_empty();
        // An element that is new has no form that could change.
        thing(stage, "parts = { x = { text = \"1\", form = \"square\" }, y = { text = \"2\", form = \"flat\" } }");
        stage.plan_says(&["0 to add, 1 to change, 0 to destroy"]);
        stage.apply();
        stage.plan_is_empty();
    }

    fn in_a_list(stage) {
        thing(stage, "steps = [{ run = \"one\" }, { run = \"two\" }]");
        stage.apply();
        let steps = stage.thing("a")["steps"].clone();
        thing(stage, "steps = [{ run = \"one\" }, { run = \"two\", attempts = 2 }, { run = \"three\" }]");
        stage.plan_says(&["1 to change"]);
        stage.apply();
        let after = stage.thing("a")["steps"].clone();
        assert_eq!((&after[0]["id"], &after[1]["id"]), (&steps[0]["id"], &steps[1]["id"]), "the place keeps its id");
        stage.plan_is_empty();
        thing(stage, "steps = [{ run = \"three\" }]");
        stage.apply();
        stage.plan_is_empty();
        thing(stage, "steps = []");
        stage.apply();
        stage.plan_is_empty();
    }

    /// Elements of a set have no key: equal ones are the same, whatever their order.
    fn in_a_set(stage) {
        thing(stage, "rules = [{ port = 80 }, { port = 443, action = \"deny\" }]");
        stage.apply();
        let first = stage.thing("a")["rules"].clone();
        thing(stage, "rules = [{ port = 443, action = \"deny\" }, { port = 80, action = \"allow\" }]");
        stage.plan_is_empty();
        thing(stage, "rules = [{ port = 443, action = \"deny\" }, { port = 8080 }, { port = 80 }]");
        stage.plan_says(&["1 to change"]);
        stage.apply();
        let second = stage.thing("a")["rules"].clone();
        for port in [80, 443] {
            assert_eq!(id(&second, "port", &json!(port)), id(&first, "port", &json!(port)));
        }
        stage.plan_is_empty();
        thing(stage, "rules = [{ port = 8080 }]");
        stage.apply();
        stage.plan_is_empty();
    }

    /// Two spellings of one element are one element.
    fn twice_in_a_set(stage) {
        thing(stage, "rules = [{ port = 8080 }, { port = 8080, action = \"allow\" }]");
        stage.apply();
        stage.plan_is_empty();
        assert_eq!(stage.thing("a")["rules"].as_array().unwrap().len(), 1);
    }

    /// One object, which the provider makes when the configuration has none.
    fn that_is_computed(stage) {
        thing(stage, "");
        stage.plan_says(&["maker = (known after apply)"]);
        stage.apply();
        assert_eq!(stage.thing("a")["maker"]["name"], "the toy works");
        stage.plan_is_empty();
        thing(stage, "maker = { name = \"me\" }");
        stage.plan_says(&["1 to change", "\"the toy works\" -> \"me\""]);
        stage.apply();
        assert_eq!(stage.thing("a")["maker"]["name"], "me");
        stage.plan_is_empty();
        // Whoever leaves it out again wants nothing of it.
        thing(stage, "");
        stage.plan_is_empty();
    }
}
