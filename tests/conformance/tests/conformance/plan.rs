//! Plans: repeatable, readable by machines, and without effect.

use crate::apply::EVERYTHING;

scenarios! {
    fn twice_the_same_bytes(stage) {
        stage.configure(EVERYTHING);
        let plan = |file: &str| {
            stage.succeeds(&["plan", "-out", file]);
            let mut json = stage.json(&["show", "-json", file]);
            json.as_object_mut().unwrap().remove("timestamp").unwrap();
            json.to_string()
        };
        assert_eq!(plan("one.plan"), plan("two.plan"));
        assert_eq!(stage.changes(), Vec::<String>::new());
        stage.succeeds(&["apply", "two.plan"]);
        stage.configure(&EVERYTHING.replace("port = 80", "port = 81"));
        assert_eq!(plan("three.plan"), plan("four.plan"));
    }

    fn detailed_exit_codes(stage) {
        stage.configure(EVERYTHING);
        assert_eq!(stage.run(&["plan", "-detailed-exitcode"]).code, 2);
        stage.apply();
        assert_eq!(stage.run(&["plan", "-detailed-exitcode"]).code, 0);
        stage.configure("resource \"toy_thing\" \"a\" {}");
        assert_eq!(stage.run(&["plan", "-detailed-exitcode"]).code, 1);
    }

    /// A saved plan is applied as it was shown, in processes that did not make it.
    fn a_saved_plan_is_applied_as_shown(stage) {
        stage.configure(EVERYTHING);
        stage.succeeds(&["plan", "-out", "saved.plan"]);
        assert!(stage.succeeds(&["show", "saved.plan"]).contains("1 to add"));
        stage.configure("");
        stage.succeeds(&["apply", "saved.plan"]);
        assert_eq!(stage.thing("a")["size"], 7);
        stage.fails(&["apply", "saved.plan"], &["Saved plan is stale"]);
    }

    fn a_graph_names_the_provider(stage) {
        stage.configure(EVERYTHING);
        assert!(stage.succeeds(&["graph", "-type=plan"]).contains("toy_thing.a"));
        stage.apply();
        assert!(stage.succeeds(&["graph", "-type=plan-refresh-only"]).contains("landform/toy"));
    }
}
