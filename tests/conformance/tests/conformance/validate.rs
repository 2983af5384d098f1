//! What `validate` finds, and where it points.

use crate::feature::Feature;

scenarios! {
    fn a_good_configuration(stage) {
        stage.configure(crate::apply::EVERYTHING);
        let answer = stage.json(&["validate", "-json"]);
        assert_eq!((&answer["valid"], &answer["error_count"]), (&true.into(), &0.into()));
        assert_eq!(stage.world().calls().unwrap(), [], "nothing is configured to validate");
    }

    /// Each error has the line of its attribute, also inside nested ones.
    fn errors_point_at_their_line(stage) {
        stage.configure(r#"resource "toy_thing" "a" {
  name  = ""
  size  = -1
  parts = {
    x = { text = "1", weight = 0 }
  }
  token = "t"
}"#);
        let answer = stage.json_of_failure(&["validate", "-json"]);
        let found: Vec<(String, u64)> = answer["diagnostics"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|it| {
                let summary = it["summary"].as_str().unwrap().to_owned();
                Some((summary, it["range"]["start"]["line"].as_u64()?))
            })
            .collect();
        let line = |text: &str| {
            let main = stage.read("main.tf");
            u64::try_from(main.lines().position(|line| line.contains(text)).unwrap()).unwrap() + 1
        };
        let is_at = |summary: &str, text: &str| found.contains(&(summary.to_owned(), line(text)));
        assert!(is_at("Invalid value for \"name\"", "name  ="), "{found:?}");
        assert!(is_at("Invalid value for \"size\"", "size  ="), "{found:?}");
        let nested = "Invalid value for parts[\"x\"].weight";
        // Some version after 1.11 began to look into maps.
        let older = !stage.can(Feature::LinesInsideMaps) && is_at(nested, "resource \"toy_thing\"");
        assert!(is_at(nested, "weight = 0") || older, "{found:?}");
        let token = found.iter().find(|(summary, _)| summary == "A token without a version");
        assert_eq!(token.map(|(_, line)| *line), Some(line("resource \"toy_thing\"")));
    }

    /// Attributes that exclude each other, and those that need each other.
    fn rules_about_several_attributes(stage) {
        let with = |rest: &str| {
            stage.configure(&format!("resource \"toy_thing\" \"a\" {{\n name = \"a\"\n {rest}\n}}"));
        };
        with("wheels = 4\n legs = 2");
        stage.fails(&["validate"], &["wheels", "legs"]);
        with("brake = true");
        stage.fails(&["validate"], &["brake", "wheels"]);
        with("wheels = 4\n brake = true");
        stage.succeeds(&["validate"]);
        stage.apply();
        stage.plan_is_empty();
    }

    fn missing_and_unknown_attributes(stage) {
        stage.configure("resource \"toy_thing\" \"a\" { colour = \"red\" }");
        stage.fails(&["validate"], &["The argument \"name\" is required", "An argument named \"colour\""]);
    }

    /// Who sets a deprecated attribute is told by the provider, at its line; and it works all the same.
    fn a_deprecated_attribute_warns(stage) {
        stage.configure("resource \"toy_thing\" \"a\" {\n name = \"a\"\n color = \"red\"\n}");
        let said = stage.succeeds(&["validate"]);
        assert!(said.contains("\"color\" is deprecated") && said.contains("Use labels."), "{said}");
        assert!(said.contains("color = \"red\""), "the line is shown: {said}");
        stage.apply();
        stage.plan_is_empty();
        stage.configure("resource \"toy_thing\" \"a\" {\n name = \"a\"\n}");
        assert!(!stage.succeeds(&["validate"]).contains("deprecated"));
    }

    /// Who reads a deprecated attribute is told by Terraform itself.
    fn reading_a_deprecated_attribute_warns(stage) {
        stage.configure(
            "resource \"toy_thing\" \"a\" { name = \"a\" }\noutput \"color\" { value = toy_thing.a.color }",
        );
        let said = stage.succeeds(&["validate"]);
        assert!(said.to_lowercase().contains("deprecated"), "{said}");
        assert_eq!(said.contains("Use labels."), stage.can(Feature::DeprecationMessage), "{said}");
    }
}
