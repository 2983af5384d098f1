//! Real Terraform and OpenTofu with what was installed: no override, no registry, no setting of the user's.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::{env, fs};

use landform_sandbox::{Flavour, TerraformProgram};
use serde_json::Value;

use crate::desk::{Desk, workspace};

/// A provider that is built in seconds. Its address is not its own: nobody asks it.
fn provider() -> &'static Path {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    BINARY.get_or_init(|| {
        let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            // With `--workspace` for the features that `cargo test --workspace` has: then nothing is compiled anew. Only
            // what the example needs is built.
            .args(["build", "--workspace", "--example", "greeting_provider"])
            .args(["--message-format", "json-render-diagnostics"])
            .current_dir(workspace())
            .stderr(Stdio::inherit())
            .output()
            .unwrap();
        let messages = String::from_utf8(output.stdout).unwrap();
        let path = messages.lines().find_map(|line| {
            let message: Value = serde_json::from_str(line).unwrap();
            let is_it = message["target"]["name"] == "greeting_provider";
            is_it.then(|| message["executable"].as_str().map(PathBuf::from)).flatten()
        });
        path.expect("cargo builds the example")
    })
}

fn programs() -> [TerraformProgram; 2] {
    let tell = |line: &str| eprintln!("{line}");
    let chosen = TerraformProgram::chosen(&workspace(), &tell).unwrap();
    [chosen, TerraformProgram::opentofu(&workspace(), &tell).unwrap()]
}

impl Desk {
    /// Installs the provider and returns what `install` printed as JSON.
    fn install(&self, binary: &Path, more: &[&str]) -> Value {
        self.json(&[&["install", "--from", binary.to_str().unwrap()], more].concat())
    }

    /// A folder with the block that `install` said to paste.
    fn configuration(&self, name: &str, installed: &Value) -> PathBuf {
        let text = installed["required_providers"].as_str().unwrap();
        self.file(&format!("{name}/main.tf"), text).parent().unwrap().to_path_buf()
    }

    /// `init`, then what the provider says it has.
    fn init_and_ask(&self, program: &TerraformProgram, folder: &Path) {
        let init = self.terraform(program.path(), folder, &["init", "-no-color"]);
        assert_eq!(init.code, 0, "{}{}", init.stdout, init.stderr);
        assert!(init.stdout.contains("Installed landform/landform v"), "{}", init.stdout);
        let schema = self.terraform(program.path(), folder, &["providers", "schema", "-json"]);
        assert_eq!(schema.code, 0, "{}", schema.stderr);
        let schema: Value = serde_json::from_str(&schema.stdout).unwrap();
        let address = format!("{}/landform/landform", program.flavour().registry());
        let text = &schema["provider_schemas"][&address]["data_source_schemas"]["greeting_text"];
        assert_eq!(text["block"]["attributes"]["name"]["required"], true, "{schema}");
    }
}

#[test]
fn both_programs_find_what_was_installed_without_any_configuration() {
    for program in programs() {
        let desk = Desk::new();
        let installed = desk.install(provider(), &[]);
        assert_eq!(installed["cli_configuration"], Value::Null);
        desk.init_and_ask(&program, &desk.configuration("root", &installed));
    }
}

#[test]
#[cfg(not(target_os = "macos"))]
fn both_programs_find_it_where_a_user_keeps_files_by_the_xdg_rules() {
    for program in programs() {
        let desk = Desk::new();
        let data = desk.path("home/data").display().to_string();
        let desk = desk.with("XDG_DATA_HOME", data);
        let installed = desk.install(provider(), &[]);
        assert!(!desk.path("home/.terraform.d").exists());
        assert!(desk.path("home/data/terraform/plugins").is_dir());
        desk.init_and_ask(&program, &desk.configuration("root", &installed));
    }
}

#[test]
fn both_programs_find_it_in_a_mirror_with_the_printed_configuration() {
    for program in programs() {
        let desk = Desk::new();
        let mirror = desk.path("a mirror").display().to_string();
        let installed = desk.install(provider(), &["--mirror", &mirror]);
        let text = installed["cli_configuration"].as_str().unwrap();
        let name = if program.flavour() == Flavour::OpenTofu { ".tofurc" } else { ".terraformrc" };
        desk.file(&format!("home/{name}"), text);
        let folder = desk.configuration("root", &installed);
        let option = format!("-fs-mirror={mirror}");
        let lock = desk.terraform(program.path(), &folder, &["providers", "lock", "-no-color", &option]);
        assert_eq!(lock.code, 0, "{}{}", lock.stdout, lock.stderr);
        desk.init_and_ask(&program, &folder);
    }
}

#[test]
fn a_folder_gets_a_replaced_build_as_the_warning_says() {
    for program in programs() {
        let desk = Desk::new();
        let mut bytes = fs::read(provider()).unwrap();
        let binary = desk.file("binary", &bytes);
        let installed = desk.install(&binary, &[]);
        let folder = desk.configuration("root", &installed);
        desk.init_and_ask(&program, &folder);

        // More bytes after the last that the loader reads.
        bytes.extend(b"another build");
        fs::write(&binary, &bytes).unwrap();
        let warning = desk.provider(&["install", "--from", binary.to_str().unwrap()]).stderr;
        let command = warning.split('`').nth(1).and_then(|command| command.strip_prefix("terraform "));
        let arguments: Vec<&str> = command.unwrap().split(' ').collect();
        fs::remove_dir_all(folder.join(".terraform/providers")).unwrap();
        let refused = desk.terraform(program.path(), &folder, &["init", "-no-color"]);
        assert_ne!(refused.code, 0, "without the lock file's consent: {}", refused.stdout);
        let lock = desk.terraform(program.path(), &folder, &arguments);
        assert_eq!(lock.code, 0, "{}{}", lock.stdout, lock.stderr);
        desk.init_and_ask(&program, &folder);
    }
}
