//! `create_before_destroy` when one of its halves fails.

use landform_conformance::world::{Fault, Kind};

fn named(name: &str) -> String {
    format!(
        "resource \"toy_thing\" \"a\" {{\n  name = \"{name}\"\n  allow_replace = [\"name\"]\n  \
         parts = {{ x = {{ text = \"1\" }}, y = {{ text = \"2\" }} }}\n  \
         lifecycle {{ create_before_destroy = true }}\n}}"
    )
}

scenarios! {
    /// The new one is finished before the old one goes; nothing is made twice.
    fn the_create_fails(stage) {
        stage.configure(&named("old"));
        stage.apply();
        stage.configure(&named("new"));
        stage.changes();
        stage.faults(&[Fault::next("write part", Kind::Fail).nth(2)]);
        stage.apply_fails(&["write part new/y"]);
        assert_eq!(stage.changes(), ["create thing new", "write part new/x", "write part new/y"]);
        assert_eq!(stage.world().names("things").unwrap(), ["new", "old"]);
        let id = stage.thing("new")["id"].clone();
        stage.apply();
        let changes = stage.changes();
        assert!(changes.contains(&"delete thing old".to_owned()), "{changes:?}");
        assert!(!changes.contains(&"delete thing new".to_owned()), "{changes:?}");
        assert_eq!(stage.thing("new")["id"], id);
        assert_eq!(stage.thing("new")["status"], "ready");
        stage.plan_is_empty();
        assert_eq!(stage.world().names("things").unwrap(), ["new"]);
    }

    /// The old one is deposed, and the next apply deletes it.
    fn the_delete_fails(stage) {
        stage.configure(&named("old"));
        stage.apply();
        stage.configure(&named("new"));
        stage.faults(&[Fault::next("delete thing", Kind::Fail)]);
        stage.apply_fails(&["delete thing old"]);
        stage.plan_says(&["(deposed object"]);
        stage.changes();
        stage.apply();
        assert_eq!(stage.changes(), ["delete thing old"]);
        stage.plan_is_empty();
    }

    /// Interrupted twice at different places.
    fn the_create_fails_and_the_delete_too(stage) {
        stage.configure(&named("old"));
        stage.apply();
        stage.configure(&named("new"));
        stage.faults(&[Fault::next("write part", Kind::Fail).of("new/y"), Fault::next("delete thing", Kind::Fail)]);
        stage.apply_fails(&["write part new/y"]);
        let id = stage.thing("new")["id"].clone();
        stage.run(&["apply", "-auto-approve"]);
        stage.apply();
        stage.plan_is_empty();
        assert_eq!(stage.world().names("things").unwrap(), ["new"]);
        assert_eq!(stage.thing("new")["id"], id);
    }

    /// A create is resumed, and resumed again; nothing of it is deleted meanwhile, since what is deposed goes last. The
    /// simulation relies on that order: `landform_framework::testing::Instance`.
    fn the_create_fails_and_so_does_its_resumption(stage) {
        stage.configure(&named("new"));
        for _ in 0..3 {
            stage.faults(&[Fault::next("write part", Kind::Fail).of("new/y")]);
            stage.apply_fails(&["write part new/y"]);
        }
        let id = stage.thing("new")["id"].clone();
        stage.apply();
        let changes = stage.changes();
        assert!(!changes.contains(&"delete thing new".to_owned()), "{changes:?}");
        assert_eq!(stage.thing("new")["id"], id);
        stage.plan_is_empty();
        stage.destroy();
        assert_eq!(stage.world().names("things").unwrap(), Vec::<String>::new());
    }

    /// Of two objects that are deposed neither is destroyed before the one that takes their place is made, and then both are.
    fn what_is_deposed_goes_last(stage) {
        stage.configure(&named("old"));
        stage.apply();
        for name in ["newer", "newest"] {
            stage.configure(&named(name));
            stage.faults(&[Fault::next("write part", Kind::Fail)]);
            stage.apply_fails(&["write part"]);
        }
        assert_eq!(stage.world().names("things").unwrap(), ["newer", "newest", "old"]);
        stage.changes();
        stage.apply();
        let changes = stage.changes();
        let at = |change: &str| changes.iter().position(|it| it == change);
        let made = changes.iter().rposition(|it| it.starts_with("write part newest"));
        for gone in ["delete thing newer", "delete thing old"] {
            assert!(at(gone) > made && made.is_some(), "{changes:?}");
        }
        assert!(at("delete thing newest").is_none(), "{changes:?}");
        stage.plan_is_empty();
        assert_eq!(stage.world().names("things").unwrap(), ["newest"]);
    }

    /// Where nothing took its place, the old one is put back; nothing is deleted.
    fn the_create_makes_nothing(stage) {
        stage.configure(&named("old"));
        stage.apply();
        stage.configure(&named("new"));
        stage.changes();
        stage.faults(&[Fault::next("create thing", Kind::Fail)]);
        stage.apply_fails(&["create thing new"]);
        let changes = stage.changes();
        assert!(!changes.iter().any(|change| change.starts_with("delete")), "{changes:?}");
        stage.configure(&named("old"));
        stage.plan_is_empty();
    }

    fn destroyed_half_way(stage) {
        stage.configure(&named("old"));
        stage.apply();
        stage.configure(&named("new"));
        stage.faults(&[Fault::next("write part", Kind::Fail).nth(2)]);
        stage.apply_fails(&["write part new/y"]);
        stage.destroy();
        assert_eq!(stage.world().names("things").unwrap(), Vec::<String>::new());
    }
}
