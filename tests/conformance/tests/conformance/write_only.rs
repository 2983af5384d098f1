//! A write-only attribute reaches the provider and is nowhere else.

use std::fs;
use std::path::Path;

use serde_json::json;

/// The token comes from a variable: what is written in a configuration is in the plan file as well.
const THING: &str = r#"
variable "token" {
  ephemeral = true
}
variable "token_version" {}
resource "toy_thing" "a" {
  name          = "a"
  token         = var.token
  token_version = var.token_version
}
"#;

fn set(stage: &crate::stage::Stage, token: &str, version: u32) {
    let variables = format!("token = \"{token}\"\ntoken_version = {version}\n");
    stage.write("terraform.tfvars", &variables);
}

/// Fails if a text is in a file below a folder, apart from the variables that set it.
pub(crate) fn is_nowhere(folder: &Path, text: &str) -> usize {
    let mut looked_at = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            looked_at += is_nowhere(&path, text);
        } else if path.extension().is_none_or(|extension| extension != "tfvars") {
            looked_at += 1;
            let bytes = fs::read(&path).unwrap();
            assert!(!String::from_utf8_lossy(&bytes).contains(text), "{} has it", path.display());
        }
    }
    looked_at
}

scenarios! {
    fn in_no_state_plan_or_output(stage) {
        let canary = "canary-of-the-token";
        stage.configure(THING);
        set(stage, canary, 1);
        stage.succeeds(&["plan", "-out", "saved.plan"]);
        let shown = stage.json(&["show", "-json", "saved.plan"]).to_string();
        assert!(!shown.contains(canary), "{shown}");
        let said = stage.succeeds(&["apply", "saved.plan"]);
        assert!(!said.contains(canary), "{said}");
        assert_eq!(stage.world().object("tokens", "a").unwrap(), Some(json!(canary)));
        let state = stage.in_state("toy_thing.a").unwrap();
        assert_eq!(state["values"]["token"], json!(null));
        fs::remove_file(stage.folder().join("saved.plan")).unwrap();
        assert!(is_nowhere(stage.folder(), canary) >= 1);
        stage.plan_is_empty();
    }

    /// Another token alone is no change; another version is, and sends the new token.
    fn sent_again_with_another_version(stage) {
        stage.configure(THING);
        set(stage, "one", 1);
        stage.apply();
        set(stage, "two", 1);
        stage.plan_is_empty();
        assert_eq!(stage.world().object("tokens", "a").unwrap(), Some(json!("one")));
        set(stage, "two", 2);
        stage.plan_says(&["0 to add, 1 to change, 0 to destroy", "token_version = 1 -> 2"]);
        stage.apply();
        assert_eq!(stage.world().object("tokens", "a").unwrap(), Some(json!("two")));
        stage.plan_is_empty();
    }
}
