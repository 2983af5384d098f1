//! Runs that end in the middle of a create: by Ctrl-C, or because the provider's process dies.

use landform_conformance::world::{Fault, Kind};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::json;

const THING: &str = r#"resource "toy_thing" "a" {
  name  = "a"
  parts = { x = { text = "1" }, y = { text = "2" } }
}"#;

scenarios! {
    /// The object is in state, tainted, and the next apply finishes it.
    fn by_ctrl_c(stage) {
        stage.configure(THING);
        stage.faults(&[Fault::next("write part", Kind::Hang).of("a/y")]);
        let running = stage.start(&["apply", "-auto-approve"]);
        stage.until(|calls| calls.iter().any(|call| call.of == "a/y"));
        running.killer().interrupt();
        let output = running.wait().unwrap();
        assert_eq!(output.code, 1, "{}", output.text());
        assert!(output.text().contains("It was interrupted."), "{}", output.text());
        let state = stage.in_state("toy_thing.a").unwrap();
        assert_eq!((&state["tainted"], &state["values"]["status"]), (&json!(true), &json!("incomplete")));
        let id = stage.thing("a")["id"].clone();
        stage.changes();
        stage.apply();
        assert_eq!(stage.changes(), ["resume thing a", "write part a/y"]);
        assert_eq!(stage.thing("a")["id"], id);
        stage.plan_is_empty();
    }

    /// A refresh that is interrupted loses nothing.
    fn while_reading(stage) {
        stage.configure(THING);
        stage.apply();
        stage.faults(&[Fault::next("read thing", Kind::Hang)]);
        let before = stage.read("terraform.tfstate");
        let seen = stage.world().calls().unwrap().len();
        let running = stage.start(&["plan"]);
        stage.until(|calls| calls[seen..].iter().any(|call| call.call == "read thing"));
        running.killer().interrupt();
        assert_eq!(running.wait().unwrap().code, 1);
        assert_eq!(stage.read("terraform.tfstate"), before);
        stage.plan_is_empty();
    }

    /// `kill -9` of the provider: nobody can tell Terraform what was made, so the next create finds it.
    fn by_the_death_of_the_provider(stage) {
        stage.configure(THING);
        stage.faults(&[Fault::next("write part", Kind::Hang).of("a/y")]);
        let running = stage.start(&["apply", "-auto-approve"]);
        let calls = stage.until(|calls| calls.iter().any(|call| call.of == "a/y"));
        let pid = calls.last().unwrap().pid;
        kill_process(Pid::from_raw(i32::try_from(pid).unwrap()).unwrap(), Signal::KILL).unwrap();
        let output = running.wait().unwrap();
        assert_eq!(output.code, 1, "{}", output.text());
        assert!(stage.in_state("toy_thing.a").is_none());
        let id = stage.thing("a")["id"].clone();
        stage.changes();
        stage.apply();
        assert_eq!(stage.changes(), ["create thing a", "write part a/y"]);
        assert_eq!(stage.thing("a")["id"], id);
        stage.plan_is_empty();
    }

    fn by_the_provider_itself(stage) {
        stage.configure(THING);
        stage.faults(&[Fault::next("write part", Kind::Exit).of("a/y")]);
        stage.apply_fails(&["toy_thing.a"]);
        stage.apply();
        stage.plan_is_empty();
    }
}
