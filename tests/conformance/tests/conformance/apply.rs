//! Create, change in place, destroy; and after each of them nothing to do.

use landform_conformance::world::{Fault, Kind};
use serde_json::json;

/// A thing with a value of every kind.
pub(crate) const EVERYTHING: &str = r#"
resource "toy_thing" "a" {
  name     = "a"
  zone     = "north"
  size     = 7
  ratio    = 0.1
  note     = "Zoë: \"${"$"}{quoted}\"\nand a second line"
  labels   = { "with space" = "1", empty = "" }
  tags     = ["b", "a"]
  owner    = { mail = "a@example.com" }
  parts    = { left = { text = "L" }, right = { text = "R", weight = 5 } }
  steps    = [{ run = "first" }, { run = "second", attempts = 2 }]
  rules    = [{ port = 80 }, { port = 443, action = "deny" }]
  password = "secret"
}
"#;

scenarios! {
    fn every_kind_of_attribute(stage) {
        stage.configure(EVERYTHING);
        stage.plan_says(&["1 to add", "(known after apply)"]);
        assert!(stage.apply().contains("1 added, 0 changed, 0 destroyed"));
        assert_eq!(stage.changes(), ["create thing a", "write part a/left", "write part a/right"]);
        let thing = stage.thing("a");
        assert_eq!(thing["tags"], json!(["a", "b"]));
        assert_eq!(thing["ratio"], json!(0.1));
        assert_eq!(thing["note"], json!("Zoë: \"${quoted}\"\nand a second line"));
        assert_eq!(thing["parts"]["left"]["weight"], 1);
        assert_eq!((&thing["steps"][0]["run"], &thing["steps"][0]["attempts"]), (&json!("first"), &json!(1)));
        let state = stage.in_state("toy_thing.a").unwrap();
        assert_eq!(state["schema_version"], 2);
        assert_eq!(state["sensitive_values"]["password"], true);
        for (name, value) in thing.as_object().unwrap() {
            assert_eq!(state["values"][name], *value, "{name}");
        }
        stage.plan_is_empty();
        assert!(stage.destroy().contains("1 destroyed"));
        assert_eq!(stage.world().names("things").unwrap(), Vec::<String>::new());
    }

    fn in_place(stage) {
        stage.configure(EVERYTHING);
        stage.apply();
        let id = stage.thing("a")["id"].clone();
        let part = stage.thing("a")["parts"]["left"]["id"].clone();
        stage.changes();
        let changed = EVERYTHING
            .replace("size     = 7", "size     = 8")
            .replace("weight = 5", "weight = 6")
            .replace("port = 80", "port = 81")
            .replace(r#"  tags     = ["b", "a"]"#, "");
        stage.configure(&changed);
        stage.succeeds(&["plan", "-out", "saved.plan"]);
        let plan = stage.json(&["show", "-json", "saved.plan"]);
        let change = &plan["resource_changes"][0]["change"];
        assert_eq!(change["actions"], json!(["update"]));
        // What is sticky stays known, also in what is nested; the rule that is new has no id yet.
        let unknown = &change["after_unknown"];
        assert_eq!((&unknown["id"], &unknown["parts"]), (&json!(null), &json!({"left": {}, "right": {}})));
        assert_eq!(unknown["facts"], true);
        assert!(stage.apply().contains("0 added, 1 changed, 0 destroyed"));
        assert_eq!(stage.changes(), ["update thing a", "write part a/right"]);
        assert_eq!(stage.thing("a")["facts"], json!({"revision": "2"}));
        let thing = stage.thing("a");
        assert_eq!((&thing["id"], &thing["parts"]["left"]["id"]), (&id, &part));
        assert_eq!((&thing["size"], &thing["revision"], &thing["tags"]), (&json!(8), &json!(2), &json!(null)));
        stage.plan_is_empty();
    }

    /// More than the four megabytes that a gRPC library takes unless told otherwise.
    fn a_large_value(stage) {
        stage.configure(
            "locals {\n  block = join(\"\", [for i in range(1024) : \"0123456789\"])\n}\n\
             resource \"toy_thing\" \"a\" {\n  name = \"a\"\n  \
             note = join(\"\", [for i in range(500) : local.block])\n}",
        );
        stage.apply();
        assert_eq!(stage.thing("a")["note"].as_str().unwrap().len(), 5_120_000);
        stage.plan_is_empty();
    }

    /// A number that no float can hold exactly, large ones and text in another normal form.
    fn values_at_the_edge(stage) {
        stage.configure(
            "resource \"toy_thing\" \"a\" {\n name = \"a\"\n size = 9007199254740993\n ratio = 1e100\n \
             note = \"e\u{301}\"\n}",
        );
        stage.apply();
        let thing = stage.thing("a");
        assert_eq!(thing["size"], json!(9_007_199_254_740_993_i64));
        assert_eq!(thing["note"], json!("\u{e9}"), "text is in normal form C");
        stage.plan_is_empty();
        stage.configure("resource \"toy_thing\" \"a\" {\n name = \"a\"\n size = 9223372036854775808\n}");
        stage.fails(&["plan"], &["Not a whole number", "9223372036854775808"]);
    }

    /// No digit of a number gets lost, on no way between configuration, plan, state and provider.
    fn every_digit_of_a_number(stage) {
        for digits in ["123456789012345678901234567890", "0.12345678901234567890123456789", "-1e400"] {
            stage.configure(&format!("resource \"toy_thing\" \"a\" {{\n name = \"a\"\n exact = {digits}\n}}"));
            stage.apply();
            stage.plan_is_empty();
            let stored = stage.stored("a").to_lowercase();
            assert!(stored.contains(&format!("\"exact\":{digits}")) || digits.contains('e'), "{stored}");
        }
    }

    /// A value may be of any type, and of another type the next time.
    fn values_of_any_type(stage) {
        for value in [
            "\"text\"",
            "true",
            "12345678901234567890",
            "null",
            "[1, \"two\", [3]]",
            "tolist([\"a\", \"b\"])",
            "{ a = 1, b = { c = [null, {}] } }",
            "tomap({ x = toset([1, 2]) })",
            "terraform_data.later.output",
            "{ inside = terraform_data.later.output }",
        ] {
            stage.configure(&format!(
                "resource \"terraform_data\" \"later\" {{ input = {{ v = \"{}\" }} }}\n\
                 resource \"toy_thing\" \"a\" {{\n name = \"a\"\n anything = {value}\n}}",
                value.len()
            ));
            stage.apply();
            stage.plan_is_empty();
        }
        assert_eq!(stage.thing("a")["anything"]["value"], json!({"inside": {"v": "40"}}));
        stage.drift("a", "anything", json!({"type": "string", "value": "drifted"}));
        stage.plan_says(&["1 to change", "\"drifted\""]);
    }

    /// Equal values in another spelling are no change, whichever of them is in state.
    fn spellings(stage) {
        let with = |address: &str| format!("resource \"toy_thing\" \"a\" {{\n name = \"a\"\n address = \"{address}\"\n}}");
        stage.configure(&with("2001:DB8:0::1"));
        stage.apply();
        assert_eq!(stage.in_state("toy_thing.a").unwrap()["values"]["address"], "2001:DB8:0::1");
        stage.drift("a", "address", "2001:db8::1");
        stage.plan_is_empty();
        stage.configure(&with("2001:db8::1"));
        stage.apply();
        stage.plan_is_empty();
        stage.configure(&with("2001:db8::2"));
        stage.plan_says(&["1 to change"]);
        stage.configure(&with("nowhere"));
        stage.fails(&["validate"], &["address", "nowhere"]);
    }

    fn a_data_source(stage) {
        stage.configure(r#"
resource "toy_thing" "a" { name = "data-a" }
resource "toy_thing" "b" { name = "other" }
data "toy_things" "now" {
  prefix     = "data-"
  depends_on = [toy_thing.a, toy_thing.b]
}
output "names" { value = data.toy_things.now.names }
"#);
        stage.apply();
        assert_eq!(stage.json(&["output", "-json", "names"]), json!(["data-a"]));
        stage.plan_is_empty();
        stage.faults(&[Fault::next("list things", Kind::Fail)]);
        stage.fails(&["plan"], &["list things data-", "The world said no.", "data.toy_things.now"]);
        stage.faults(&[Fault::next("list things", Kind::Panic)]);
        stage.fails(&["plan"], &["The provider crashed while reading toy_things"]);
    }

    /// Everything is read once more with each command, and by how many processes.
    fn processes_are_few(stage) {
        stage.configure("resource \"toy_thing\" \"a\" {\n count = 20\n name = \"a-${count.index}\"\n}");
        stage.apply();
        let before = stage.world().calls().unwrap().len();
        stage.succeeds(&["plan"]);
        let calls = stage.world().calls().unwrap();
        let pids: std::collections::BTreeSet<u32> = calls[before..].iter().map(|call| call.pid).collect();
        assert_eq!(pids.len(), 1, "one process reads and plans");
        let of = |what: &str| calls[before..].iter().filter(|call| call.call == what).count();
        assert_eq!((of("configure provider"), of("read thing"), of("plan thing")), (1, 20, 20));
    }
}
