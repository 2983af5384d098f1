//! Functions of the Terraform language, which need no configured provider.

use crate::feature::Feature;
use crate::stage::Stage;

/// An output whose value is the call.
fn output(stage: &Stage, call: &str) {
    stage.configure(&format!("output \"result\" {{ value = {call} }}"));
}

scenarios! {
    fn good_calls(stage) {
        for (call, result) in [
            ("provider::toy::join(\"-\", \"a\", \"b\", \"c\")", "a-b-c"),
            ("provider::toy::join(\"-\")", ""),
            ("provider::toy::repeat(\"ab\", 3)", "ababab"),
            ("provider::toy::repeat(\"\", 0)", ""),
        ] {
            output(stage, call);
            stage.apply();
            assert_eq!(stage.json(&["output", "-json", "result"]), result, "{call}");
        }
        assert_eq!(stage.world().calls().unwrap(), [], "no provider was configured for it");
    }

    /// The error names the parameter that is to blame; of variadic ones too.
    fn an_error_points_at_its_argument(stage) {
        output(stage, "provider::toy::repeat(\"ab\", -1)");
        stage.fails(
            &["plan"],
            &["Invalid value for \"times\" parameter: A text is repeated 0 to 100 times.", "on main.tf line"],
        );
        output(stage, "provider::toy::join(\"-\", \"a\", \"\")");
        stage.fails(
            &["plan"],
            &["Invalid value for \"texts\" parameter: A text to join must not be empty."],
        );
    }

    fn wrong_arguments_are_refused_by_the_signature(stage) {
        for (call, refusal) in [
            ("provider::toy::repeat(\"ab\")", "Not enough function arguments"),
            ("provider::toy::repeat(null, 1)", "argument must not be null"),
            ("provider::toy::repeat(\"a\", \"often\")", "a number is required"),
            ("provider::toy::nothing()", "nothing"),
        ] {
            output(stage, call);
            stage.fails(&["plan"], &[refusal]);
        }
    }

    fn in_the_console(stage) {
        stage.configure("");
        let said = stage.console("provider::toy::repeat(\"ab\", 3)");
        if !stage.can(Feature::FunctionsInConsole) {
            assert!(said.contains("has not been tracked properly"), "{said}");
            return;
        }
        assert!(said.ends_with("\"ababab\""), "{said}");
        let said = stage.console("provider::toy::repeat(\"ab\", -1)");
        assert!(said.contains("Invalid value for \"times\" parameter: A text is repeated 0 to 100 times."), "{said}");
    }

    fn the_result_for_unknown_arguments_is_unknown(stage) {
        stage.configure(r#"
resource "toy_thing" "a" { name = "a" }
output "later" { value = provider::toy::repeat(toy_thing.a.id, 2) }
"#);
        stage.plan_says(&["later = (known after apply)"]);
        stage.apply();
        let id = stage.thing("a")["id"].as_str().unwrap().repeat(2);
        assert_eq!(stage.json(&["output", "-json", "later"]), id.as_str());
    }
}
