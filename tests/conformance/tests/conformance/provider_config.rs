//! The provider block: wrong, missing, unknown, twice.

use landform_conformance::WORLD;
use landform_conformance::world::{Fault, Kind};
use serde_json::json;

scenarios! {
    fn that_is_wrong(stage) {
        stage.configure("provider \"toy\" { folder = \"\" }\nresource \"toy_thing\" \"a\" { name = \"a\" }");
        stage.fails(&["validate"], &["Invalid value for \"folder\"", "It must not be empty."]);
        stage.fails(&["plan"], &["Invalid value for \"folder\""]);
    }

    fn that_is_refused(stage) {
        stage.configure("resource \"toy_thing\" \"a\" { name = \"a\" }");
        stage.faults(&[Fault::next("configure provider", Kind::Fail)]);
        stage.fails(&["plan"], &["configure provider", "The world said no."]);
        stage.faults(&[Fault::next("configure provider", Kind::Panic)]);
        stage.fails(&["plan"], &["The provider crashed while configuring the provider"]);
        stage.set(WORLD, "");
        stage.fails(&["plan"], &["The toy provider does not know its world", "Set `folder` in the provider block"]);
    }

    /// Two configurations of one provider are two worlds.
    fn with_an_alias(stage) {
        let other = stage.folder().join("other");
        stage.configure(&format!(
            r#"
provider "toy" {{
  alias  = "other"
  folder = {}
}}
resource "toy_thing" "here" {{ name = "a" }}
resource "toy_thing" "there" {{
  provider = toy.other
  name     = "b"
}}
"#,
            json!(other)
        ));
        stage.apply();
        assert_eq!(stage.world().names("things").unwrap(), ["a"]);
        assert!(other.join("things/b.json").exists());
        stage.plan_is_empty();
    }

    /// While the provider block depends on another resource, everything is planned unread.
    fn that_is_unknown_at_plan(stage) {
        let later = stage.folder().join("later");
        let text = format!(
            r#"
resource "terraform_data" "folder" {{ input = {} }}
provider "toy" {{ folder = terraform_data.folder.output }}
resource "toy_thing" "a" {{
  name  = "a"
  parts = {{ x = {{ text = "1" }} }}
}}
"#,
            json!(later)
        );
        stage.configure(&text);
        stage.plan_says(&["2 to add"]);
        assert_eq!(stage.world().calls().unwrap(), []);
        stage.apply();
        assert!(later.join("things/a.json").exists());
        stage.plan_is_empty();
        // Unknown again, while there is something in state.
        stage.succeeds(&["taint", "terraform_data.folder"]);
        stage.plan_says(&["1 to add, 0 to change, 1 to destroy"]);
        stage.apply();
        stage.plan_is_empty();
    }
}
