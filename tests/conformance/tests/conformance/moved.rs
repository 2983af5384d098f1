//! Objects that get another address, another type, or leave the state.

scenarios! {
    fn within_the_type(stage) {
        stage.configure("resource \"toy_thing\" \"old\" { name = \"a\" }");
        stage.apply();
        stage.changes();
        stage.configure("resource \"toy_thing\" \"new\" { name = \"a\" }\nmoved {\n from = toy_thing.old\n to = toy_thing.new\n}");
        stage.plan_says_no_change_but(&["toy_thing.old has moved to toy_thing.new"]);
        stage.apply();
        assert_eq!(stage.changes(), Vec::<String>::new());
        stage.plan_is_empty();
    }

    fn from_another_type_of_the_provider(stage) {
        stage.configure("resource \"toy_label\" \"l\" { text = \"a\" }\nresource \"toy_thing\" \"t\" { name = \"a\" }");
        stage.apply();
        stage.succeeds(&["state", "rm", "toy_thing.t"]);
        stage.changes();
        stage.configure("resource \"toy_thing\" \"t\" { name = \"a\" }\nmoved {\n from = toy_label.l\n to = toy_thing.t\n}");
        stage.plan_says_no_change_but(&["toy_label.l has moved to toy_thing.t"]);
        stage.apply();
        assert_eq!(stage.changes(), Vec::<String>::new());
        stage.plan_is_empty();
    }

    fn from_terraform_data(stage) {
        stage.configure("resource \"terraform_data\" \"d\" { input = \"a\" }\nresource \"toy_thing\" \"t\" { name = \"a\" }");
        stage.apply();
        stage.succeeds(&["state", "rm", "toy_thing.t"]);
        stage.configure("resource \"toy_thing\" \"t\" { name = \"a\" }\nmoved {\n from = terraform_data.d\n to = toy_thing.t\n}");
        stage.plan_says_no_change_but(&["terraform_data.d has moved to toy_thing.t"]);
        stage.apply();
        stage.plan_is_empty();
    }

    /// A type that the resource knows nothing of.
    fn from_a_type_that_cannot_become_it(stage) {
        stage.configure("resource \"toy_thing\" \"t\" { name = \"a\" }");
        stage.apply();
        stage.configure("resource \"toy_label\" \"l\" { text = \"a\" }\nmoved {\n from = toy_thing.t\n to = toy_label.l\n}");
        stage.fails(&["plan"], &["toy_thing", "toy_label"]);
    }

    fn removed_and_forgotten(stage) {
        stage.configure("resource \"toy_thing\" \"a\" { name = \"a\" }");
        stage.apply();
        stage.changes();
        stage.configure("removed {\n from = toy_thing.a\n lifecycle { destroy = false }\n}");
        stage.plan_says_no_change_but(&["not be destroyed"]);
        stage.apply();
        assert_eq!(stage.changes(), Vec::<String>::new());
        assert_eq!(stage.world().names("things").unwrap(), ["a"]);
        assert!(stage.in_state("toy_thing.a").is_none());
    }

    fn removed_and_destroyed(stage) {
        stage.configure("resource \"toy_thing\" \"a\" { name = \"a\" }");
        stage.apply();
        stage.configure("removed {\n from = toy_thing.a\n lifecycle { destroy = true }\n}");
        stage.apply();
        assert_eq!(stage.world().names("things").unwrap(), Vec::<String>::new());
    }
}
