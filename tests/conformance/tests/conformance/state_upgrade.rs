//! States of other versions of the provider.

use crate::stage::Stage;
use serde_json::{Value as Json, json};

/// Applies a thing, and rewrites its state as another version of the provider would have written it.
fn state_of(stage: &Stage, version: u64, rewrite: impl Fn(&mut Json)) {
    stage.configure("resource \"toy_thing\" \"a\" {\n name = \"a\"\n size = 7\n}");
    stage.apply();
    let mut state: Json = serde_json::from_str(&stage.read("terraform.tfstate")).unwrap();
    let instance = &mut state["resources"][0]["instances"][0];
    instance["schema_version"] = json!(version);
    rewrite(&mut instance["attributes"]);
    state["serial"] = json!(state["serial"].as_u64().unwrap() + 1);
    stage.write("terraform.tfstate", &state.to_string());
}

scenarios! {
    fn of_an_older_version(stage) {
        state_of(stage, 1, |attributes| {
            attributes["title"] = attributes["name"].take();
            attributes.as_object_mut().unwrap().remove("name");
            attributes["gone_since"] = json!({"a": [1]});
        });
        stage.plan_is_empty();
        stage.configure("resource \"toy_thing\" \"a\" {\n name = \"a\"\n size = 8\n}");
        stage.apply();
        let state = stage.in_state("toy_thing.a").unwrap();
        assert_eq!((&state["schema_version"], &state["values"]["name"]), (&json!(2), &json!("a")));
    }

    fn too_old(stage) {
        state_of(stage, 0, |_| ());
        stage.fails(&["plan"], &["The state of this thing is too old", "Apply with version 1 of the toy provider first."]);
    }

    fn of_a_newer_version(stage) {
        state_of(stage, 9, |_| ());
        stage.fails(&["plan"], &["newer provider version"]);
    }

    /// The same schema version of another build may have had other attributes.
    fn with_attributes_too_many_and_too_few(stage) {
        state_of(stage, 2, |attributes| {
            attributes["unheard_of"] = json!("x");
            attributes.as_object_mut().unwrap().remove("note");
        });
        stage.plan_is_empty();
        stage.destroy();
    }

    fn with_a_value_of_the_wrong_type(stage) {
        state_of(stage, 2, |attributes| attributes["labels"] = json!("no map"));
        stage.fails(&["plan"], &["toy_thing"]);
    }
}
