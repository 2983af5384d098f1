//! `-generate-config-out`: the configuration that Terraform writes for an import plans empty.

use crate::stage::Stage;

/// A thing that exists, is in no state, and has no configuration.
fn lost(stage: &Stage, rest: &str) {
    stage.configure(&format!("resource \"toy_thing\" \"a\" {{\n  name = \"a\"\n{rest}\n}}"));
    stage.apply();
    stage.succeeds(&["state", "rm", "toy_thing.a"]);
    stage.configure("");
    stage.write("import.tf", "import {\n  to = toy_thing.a\n  id = \"a\"\n}\n");
}

scenarios! {
    fn of_a_thing_with_everything(stage) {
        lost(stage, r#"
  zone   = "north"
  size   = 7
  ratio  = 0.25
  note   = "two\nlines with ${"$"}{braces} and \"quotes\""
  labels = { "with space" = "1" }
  tags   = ["b", "a"]
  owner  = { mail = "a@example.com" }
  parts  = { left = { text = "L" }, right = { text = "R", weight = 5 } }
  steps  = [{ run = "first" }, { run = "second", attempts = 2 }]
  rules  = [{ port = 80 }, { port = 443, action = "deny" }]
"#);
        stage.succeeds(&["plan", "-generate-config-out=generated.tf"]);
        let said = stage.apply();
        assert!(said.contains("1 imported, 0 added, 0 changed"), "{said}\n{}", stage.read("generated.tf"));
        stage.plan_is_empty();
    }

    fn of_a_thing_with_defaults(stage) {
        lost(stage, "");
        stage.succeeds(&["plan", "-generate-config-out=generated.tf"]);
        stage.apply();
        stage.plan_is_empty();
    }
}
