//! What Terraform knows an object by, besides its state.

use serde_json::{Value as Json, json};

use crate::feature::Feature;
use crate::stage::Stage;

/// Changes the only instance in state.
fn rewrite(stage: &Stage, change: impl Fn(&mut Json)) {
    let mut state: Json = serde_json::from_str(&stage.read("terraform.tfstate")).unwrap();
    change(&mut state["resources"][0]["instances"][0]);
    state["serial"] = json!(state["serial"].as_u64().unwrap() + 1);
    stage.write("terraform.tfstate", &state.to_string());
}

/// The identity of the only instance in state.
fn identity(stage: &Stage) -> Json {
    let state: Json = serde_json::from_str(&stage.read("terraform.tfstate")).unwrap();
    state["resources"][0]["instances"][0]["identity"].clone()
}

scenarios! {
    fn is_in_state_and_stays(stage) {
        stage.configure("resource \"toy_thing\" \"a\" { name = \"a\" }");
        stage.apply();
        if !stage.can(Feature::Identity) {
            assert_eq!(identity(stage), json!(null));
            return;
        }
        assert_eq!(identity(stage), json!({"name": "a", "zone": "home"}));
        stage.configure("resource \"toy_thing\" \"a\" {\n name = \"a\"\n size = 4\n}");
        stage.apply();
        assert_eq!(identity(stage), json!({"name": "a", "zone": "home"}));
    }

    /// A state that an older Terraform wrote has none; the next apply adds it.
    fn is_added_to_an_older_state(stage) {
        stage.configure("resource \"toy_thing\" \"a\" { name = \"a\" }");
        stage.apply();
        rewrite(stage, |instance| {
            let instance = instance.as_object_mut().unwrap();
            instance.remove("identity");
            instance.remove("identity_schema_version");
        });
        stage.plan_is_empty();
        stage.succeeds(&["apply", "-refresh-only", "-auto-approve"]);
        stage.configure("resource \"toy_thing\" \"a\" {\n name = \"a\"\n size = 4\n}");
        stage.apply();
        let expected = if stage.can(Feature::Identity) { json!({"name": "a", "zone": "home"}) } else { json!(null) };
        assert_eq!(identity(stage), expected);
    }

    /// An object that turns out to be another one is an error, and nothing is done to it.
    fn never_becomes_another(stage) {
        stage.configure("resource \"toy_thing\" \"a\" { name = \"a\" }");
        stage.apply();
        stage.changes();
        stage.drift("a", "zone", "elsewhere");
        let output = stage.run(&["plan"]);
        if stage.can(Feature::Identity) {
            assert_eq!(output.code, 1, "{}", output.text());
            assert!(output.text().contains("The identity of this toy_thing changed"), "{}", output.text());
        } else {
            assert_eq!(output.code, 0, "{}", output.text());
        }
        assert_eq!(stage.changes(), Vec::<String>::new());
    }
}
