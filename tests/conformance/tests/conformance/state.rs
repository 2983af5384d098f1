//! Commands on the state.

scenarios! {
    fn moved_by_command(stage) {
        stage.configure("resource \"toy_thing\" \"a\" { name = \"a\" }");
        stage.apply();
        stage.succeeds(&["state", "mv", "toy_thing.a", "toy_thing.b"]);
        stage.configure("resource \"toy_thing\" \"b\" { name = \"a\" }");
        stage.plan_is_empty();
        assert_eq!(stage.succeeds(&["state", "list"]), "toy_thing.b");
    }

    fn shown(stage) {
        stage.configure("resource \"toy_thing\" \"a\" {\n name = \"a\"\n password = \"canary\"\n}");
        stage.apply();
        let said = stage.succeeds(&["state", "show", "toy_thing.a"]);
        assert!(said.contains("password = (sensitive value)") && said.contains("size = 3"), "{said}");
        assert!(!said.contains("canary"), "{said}");
    }

    fn forgotten_and_imported(stage) {
        stage.configure("resource \"toy_thing\" \"a\" { name = \"a\" }");
        stage.apply();
        stage.succeeds(&["state", "rm", "toy_thing.a"]);
        stage.apply_fails(&["There is a thing a already", "Import it, or choose another name."]);
        stage.succeeds(&["import", "toy_thing.a", "a"]);
        stage.plan_is_empty();
    }
}
