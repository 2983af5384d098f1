//! Objects that exist already.

use crate::feature::Feature;
use crate::stage::Stage;
use serde_json::json;

const THING: &str = r#"resource "toy_thing" "a" {
  name   = "a"
  size   = 7
  labels = { k = "v" }
  parts  = { x = { text = "1" } }
}"#;

/// A thing that exists and is in no state.
fn lost(stage: &Stage) {
    stage.configure(THING);
    stage.apply();
    stage.succeeds(&["state", "rm", "toy_thing.a"]);
    stage.changes();
}

scenarios! {
    fn by_command(stage) {
        lost(stage);
        assert!(stage.succeeds(&["import", "toy_thing.a", "a"]).contains("Import successful!"));
        assert_eq!(stage.changes(), ["import thing a"]);
        stage.plan_is_empty();
        stage.succeeds(&["state", "rm", "toy_thing.a"]);
        stage.fails(&["import", "toy_thing.a", "nobody"], &["There is no thing nobody", "An id is a name."]);
    }

    fn by_block(stage) {
        lost(stage);
        stage.write("import.tf", "import {\n  to = toy_thing.a\n  id = \"a\"\n}\n");
        stage.plan_says(&["1 to import, 0 to add, 0 to change, 0 to destroy"]);
        assert!(stage.apply().contains("1 imported, 0 added, 0 changed"));
        assert_eq!(stage.changes(), ["import thing a"; 2]);
        stage.plan_is_empty();
    }

    /// An import may be followed by a change in the same apply.
    fn by_block_with_a_change(stage) {
        lost(stage);
        stage.configure(&THING.replace("size   = 7", "size   = 8"));
        stage.write("import.tf", "import {\n  to = toy_thing.a\n  id = \"a\"\n}\n");
        stage.apply();
        assert_eq!(stage.thing("a")["size"], 8);
        stage.plan_is_empty();
    }

    fn by_identity(stage) {
        lost(stage);
        stage.write("import.tf", "import {\n  to = toy_thing.a\n  identity = { name = \"a\" }\n}\n");
        if !stage.can(Feature::Identity) {
            stage.fails(&["plan"], &["An argument named \"identity\" is not expected here."]);
            return;
        }
        assert!(stage.apply().contains("1 imported, 0 added, 0 changed"));
        stage.plan_is_empty();
        let state = stage.in_state("toy_thing.a").unwrap();
        assert_eq!(state["identity"], json!({"name": "a", "zone": "home"}));
        stage.succeeds(&["state", "rm", "toy_thing.a"]);
        stage.write("import.tf", "import {\n  to = toy_thing.a\n  identity = { name = \"nobody\" }\n}\n");
        stage.fails(&["plan"], &["There is no thing nobody"]);
        stage.write("import.tf", "import {\n  to = toy_thing.a\n  identity = { zone = \"home\" }\n}\n");
        stage.fails(&["plan"], &["name"]);
    }

    /// One that no import is written for says so.
    fn of_a_resource_that_cannot(stage) {
        stage.configure("resource \"toy_label\" \"l\" { text = \"t\" }");
        stage.fails(&["import", "toy_label.l", "t"], &["A label cannot be imported"]);
    }

    fn by_for_each(stage) {
        stage.configure("resource \"toy_thing\" \"a\" {\n for_each = toset([\"x\", \"y\"])\n name = each.key\n}");
        stage.apply();
        stage.succeeds(&["state", "rm", "toy_thing.a"]);
        stage.write("import.tf", "import {\n for_each = toset([\"x\", \"y\"])\n to = toy_thing.a[each.key]\n id = each.key\n}\n");
        assert!(stage.apply().contains("2 imported, 0 added, 0 changed"));
        stage.plan_is_empty();
    }
}
