//! Actions: triggered by the lifecycle of a resource, or invoked by themselves.

use landform_conformance::world::{Fault, Kind};
use serde_json::json;

use crate::feature::Feature;
use crate::stage::Stage;

const THING: &str = r#"
action "toy_paint" "red" {
  config {
    thing = "a"
    color = "red"
    coats = 2
  }
}
resource "toy_thing" "a" {
  name = "a"
  size = 1
  lifecycle {
    action_trigger {
      events  = [after_create, before_update]
      actions = [action.toy_paint.red]
    }
  }
}
"#;

/// Whether the program knows actions; one that does not says so.
fn can(stage: &Stage) -> bool {
    if !stage.can(Feature::Actions) {
        stage.fails(&["plan"], &["Blocks of type \"action\" are not expected here."]);
    }
    stage.can(Feature::Actions)
}

scenarios! {
    fn triggered_by_create_and_update(stage) {
        stage.configure(THING);
        if !can(stage) {
            return;
        }
        stage.plan_says(&["1 to add", "Actions: 1 to invoke"]);
        stage.changes();
        let said = stage.apply();
        assert!(said.contains("coat 1 of 2 in red") && said.contains("coat 2 of 2 in red"), "{said}");
        let painted = ["paint thing a", "paint thing a"];
        let changes: Vec<String> = stage.changes().into_iter().filter(|call| call != "plan paint a").collect();
        assert_eq!(changes, [&["create thing a"][..], &painted].concat());
        assert_eq!(stage.world().object("paint", "a").unwrap(), Some(json!({"color": "red", "coats": 2})));
        stage.plan_is_empty();
        stage.configure(&THING.replace("size = 1", "size = 2"));
        stage.changes();
        stage.apply();
        let changes: Vec<String> = stage.changes().into_iter().filter(|call| call != "plan paint a").collect();
        assert_eq!(changes, [&painted, &["update thing a"][..]].concat());
        stage.plan_is_empty();
    }

    fn invoked_by_itself(stage) {
        stage.configure(THING);
        if !can(stage) {
            return;
        }
        stage.apply();
        stage.changes();
        let said = stage.succeeds(&["apply", "-auto-approve", "-invoke=action.toy_paint.red"]);
        assert!(said.contains("coat 2 of 2 in red"), "{said}");
        let changes: Vec<String> = stage.changes().into_iter().filter(|call| call != "plan paint a").collect();
        assert_eq!(changes, ["paint thing a", "paint thing a"]);
        stage.plan_is_empty();
    }

    /// The error says what failed after the progress until then; the resource itself is in state, and not tainted.
    fn that_fails(stage) {
        stage.configure(THING);
        if !can(stage) {
            return;
        }
        stage.faults(&[Fault::next("paint thing", Kind::Fail).nth(2)]);
        let said = stage.apply_fails(&["paint thing a", "The world said no."]);
        assert!(said.contains("coat 1 of 2 in red") && !said.contains("coat 2 of 2 in red"), "{said}");
        let thing = stage.in_state("toy_thing.a").unwrap();
        assert_eq!(thing["tainted"], json!(null));
        stage.faults(&[Fault::next("paint thing", Kind::Panic)]);
        stage.fails(
            &["apply", "-auto-approve", "-invoke=action.toy_paint.red"],
            &["The provider crashed while", "toy_paint", "paint thing a fell over"],
        );
    }

    fn that_is_refused_at_plan(stage) {
        stage.configure(&THING.replace("\"red\"\n    coats", "\"invisible\"\n    coats"));
        if !can(stage) {
            return;
        }
        stage.fails(&["plan"], &["There is no invisible paint", "Choose another colour."]);
        stage.configure(&THING.replace("thing = \"a\"", "thing = \"\""));
        stage.fails(&["validate"], &["Invalid value for \"thing\"", "It must not be empty."]);
    }

    /// What it is told may be known only after apply, and the plan has to do without.
    fn with_an_unknown_argument(stage) {
        stage.configure(
            &THING
.replace("[after_create, before_update]", "[after_create]").replace("thing = \"a\"", "thing = toy_thing.a.name").replace("\"red\"\n    coats", "toy_thing.a.id\n    coats"),
        );
        if !can(stage) {
            return;
        }
        stage.plan_says(&["1 to add", "Actions: 1 to invoke"]);
        stage.apply();
        let id = stage.thing("a")["id"].clone();
        assert_eq!(stage.world().object("paint", "a").unwrap(), Some(json!({"color": id, "coats": 2})));
        stage.plan_is_empty();
    }

    fn that_warns(stage) {
        stage.configure(&THING.replace("thing = \"a\"", "thing = \"nobody\""));
        if !can(stage) {
            return;
        }
        let said = stage.apply();
        assert!(said.contains("There is no thing nobody") && said.contains("The floor got painted."), "{said}");
    }

    /// Ctrl-C ends an action half-way. It comes when Terraform has shown the progress so far: Terraform 1.15.5 itself
    /// crashes when it meets another line of progress after Ctrl-C.
    fn interrupted(stage) {
        stage.configure(THING);
        if !can(stage) {
            return;
        }
        stage.faults(&[Fault::next("paint thing", Kind::Hang).nth(2)]);
        let running = stage.start(&["apply", "-auto-approve"]);
        let killer = running.killer();
        let output = running.wait_streaming(&mut |_, line| {
            if line.contains("coat 1 of 2") {
                killer.interrupt();
            }
        });
        let output = output.unwrap();
        assert_eq!(output.code, 1, "{}", output.text());
        assert!(output.text().contains("It was interrupted."), "{}", output.text());
        assert!(stage.in_state("toy_thing.a").is_some());
        stage.plan_is_empty();
    }
}
