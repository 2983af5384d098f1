//! Secrets that last as long as a run: opened, renewed, closed, and stored nowhere.

use std::collections::BTreeSet;

use landform_conformance::world::{Fault, Kind};
use serde_json::json;

use crate::write_only::is_nowhere;

const THING: &str = r#"
ephemeral "toy_secret" "s" { name = "canary" }
resource "toy_thing" "a" {
  name          = "a"
  token         = ephemeral.toy_secret.s.value
  token_version = 1
}
"#;

scenarios! {
    /// It reaches the write-only attribute, and is in no state, plan, output or log.
    fn into_a_write_only_attribute(stage) {
        stage.configure(THING);
        let log = stage.folder().join("trace.log");
        stage.set("TF_LOG", "TRACE");
        stage.set("TF_LOG_PATH", &log.to_string_lossy());
        let mut said = stage.succeeds(&["plan", "-out", "saved.plan"]);
        said += &stage.json(&["show", "-json", "saved.plan"]).to_string();
        said += &stage.succeeds(&["apply", "saved.plan"]);
        said += &stage.json(&["show", "-json"]).to_string();
        let token = stage.world().object("tokens", "a").unwrap().unwrap();
        assert!(token.as_str().unwrap().starts_with("canary-is-secret-"), "{token}");
        assert!(!said.contains("canary-is-secret"), "{said}");
        assert!(stage.read("trace.log").contains("create thing"), "the provider's own lines are in the log");
        assert!(is_nowhere(stage.folder(), "canary-is-secret") >= 4);
        stage.plan_is_empty();
    }

    /// What is opened is closed, in each walk of each command, by the process that opened it.
    fn is_closed(stage) {
        stage.configure(THING);
        stage.succeeds(&["plan"]);
        assert_eq!(stage.changes(), ["open secret canary", "close secret canary"]);
        stage.apply();
        let calls = stage.changes();
        let count = |what: &str| calls.iter().filter(|call| *call == what).count();
        assert_eq!((count("open secret canary"), count("close secret canary")), (2, 2), "{calls:?}");
        let all = stage.world().calls().unwrap();
        let of = |what: &str| all.iter().filter(|call| call.call == what).map(|call| call.pid).collect::<BTreeSet<_>>();
        assert_eq!(of("open secret"), of("close secret"));
    }

    /// A run that outlasts it renews it; the thing is not finished before that has happened.
    fn is_renewed_while_a_run_lasts(stage) {
        stage.configure(&THING.replace("name = \"canary\"", "name = \"canary\"\n  renew_after = 1")
            .replace("{ name", "{\n  name").replacen(" }\nresource", "\n}\nresource", 1));
        stage.faults(&[Fault::next("create thing", Kind::Hang).until("renew secret")]);
        stage.apply();
        let calls = stage.changes();
        let renewed = calls.iter().position(|call| call == "renew secret canary").expect("a renewal");
        let closed = calls.iter().rposition(|call| call == "close secret canary").expect("a closing");
        assert!(renewed < closed, "{calls:?}");
    }

    fn errors(stage) {
        stage.configure(THING);
        stage.faults(&[Fault::next("open secret", Kind::Fail)]);
        stage.fails(&["plan"], &["open secret canary", "The world said no.", "ephemeral.toy_secret.s"]);
        stage.faults(&[Fault::next("open secret", Kind::Panic)]);
        stage.fails(&["plan"], &["The provider crashed while opening toy_secret"]);
        stage.faults(&[Fault::next("close secret", Kind::Fail)]);
        stage.fails(&["plan"], &["close secret canary", "The world said no."]);
        stage.configure(&THING.replace("\"canary\"", "\"\""));
        stage.fails(&["validate"], &["Invalid value for \"name\""]);
    }

    /// While an argument is unknown, opening waits for the apply.
    fn with_an_unknown_argument(stage) {
        stage.configure(&THING.replace("\"canary\"", "terraform_data.d.output").replace(
            "resource",
            "resource \"terraform_data\" \"d\" { input = \"later\" }\nresource",
        ));
        stage.plan_says(&["2 to add"]);
        assert_eq!(stage.changes(), Vec::<String>::new());
        stage.apply();
        assert_eq!(stage.changes()[0], "open secret later");
        assert_eq!(stage.in_state("toy_thing.a").unwrap()["values"]["token"], json!(null));
        stage.plan_is_empty();
    }
}
