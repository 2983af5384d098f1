//! What Terraform makes of the schemas.

use crate::feature::Feature;

scenarios! {
    fn has_every_kind(stage) {
        stage.configure("resource \"toy_thing\" \"a\" { name = \"a\" }");
        let all = stage.json(&["providers", "schema", "-json"]);
        let toy = &all["provider_schemas"][format!("{}/landform/toy", stage.program().flavour().registry())];
        assert_eq!(toy["provider"]["block"]["attributes"]["folder"]["optional"], true);
        let thing = &toy["resource_schemas"]["toy_thing"];
        assert_eq!(thing["version"], 2);
        let attributes = &thing["block"]["attributes"];
        assert_eq!(attributes["name"]["required"], true);
        assert_eq!(attributes["password"]["sensitive"], true);
        assert_eq!(attributes["token"]["write_only"], true);
        assert_eq!(attributes["color"]["deprecated"], true);
        assert_eq!(attributes["size"]["computed"], true);
        for (name, mode) in [("owner", "single"), ("steps", "list"), ("rules", "set"), ("parts", "map")] {
            assert_eq!(attributes[name]["nested_type"]["nesting_mode"], mode);
        }
        for (name, attribute) in attributes.as_object().unwrap() {
            assert_eq!(attribute["description_kind"], "markdown", "{name}");
            assert!(!attribute["description"].as_str().unwrap_or_default().is_empty(), "{name}");
        }
        assert_eq!(toy["ephemeral_resource_schemas"]["toy_secret"]["block"]["attributes"]["value"]["sensitive"], true);
        if stage.can(Feature::Identity) {
            let identity = &toy["resource_identity_schemas"]["toy_thing"]["attributes"];
            assert_eq!(identity["name"]["required_for_import"], true);
            assert_eq!(identity["zone"]["optional_for_import"], true);
        }
        assert_eq!(toy["list_resource_schemas"]["toy_thing"].is_object(), stage.can(Feature::Query));
        assert_eq!(toy["action_schemas"]["toy_paint"].is_object(), stage.can(Feature::Actions));
        assert!(toy["data_source_schemas"]["toy_things"].is_object());
        assert_eq!(toy["functions"]["join"]["variadic_parameter"]["name"], "texts");
        assert_eq!(toy["functions"]["repeat"]["parameters"][1]["type"], "number");
    }
}
