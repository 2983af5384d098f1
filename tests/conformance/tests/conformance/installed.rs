//! As users have it: installed by `init`, in modules, with a lock file.

use crate::stage::Stage;

const MODULE: &str = r#"
variable "names" { type = set(string) }
resource "toy_thing" "each" {
  for_each = var.names
  name     = each.key
}
output "ids" { value = { for name, thing in toy_thing.each : name => thing.id } }
"#;

fn with_a_module(stage: &Stage, names: &str) {
    std::fs::create_dir_all(stage.folder().join("things")).unwrap();
    let required = landform_conformance::configuration::REQUIRED_PROVIDERS;
    stage.write("things/main.tf", &format!("{required}{MODULE}"));
    stage.configure(&format!(
        "module \"things\" {{\n  source = \"./things\"\n  names = {names}\n}}\n\
         output \"ids\" {{ value = module.things.ids }}"
    ));
}

scenarios! {
    fn by_init(stage) {
        let stage = stage.with_a_mirror();
        with_a_module(&stage, "[\"a\", \"b\"]");
        let said = stage.succeeds(&["init"]);
        assert!(said.contains("landform/toy v0.1.0"), "{said}");
        assert!(stage.read(".terraform.lock.hcl").contains("landform/toy"));
        stage.apply();
        stage.plan_is_empty();
        let address = "module.things.toy_thing.each[\"a\"]";
        stage.changes();
        with_a_module(&stage, "[\"b\", \"c\"]");
        stage.apply();
        let mut changes = stage.changes();
        changes.sort();
        assert_eq!(changes, ["create thing c", "delete thing a"]);
        assert!(!stage.succeeds(&["state", "list"]).contains(address));
        let said = stage.succeeds(&["providers"]);
        assert!(said.contains("landform/toy]"), "{said}");
        stage.destroy();
        assert_eq!(stage.world().names("things").unwrap(), Vec::<String>::new());
    }
}
