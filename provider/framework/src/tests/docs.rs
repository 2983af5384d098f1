use std::collections::BTreeMap;
use std::sync::Arc;

use insta::assert_snapshot;

use super::toy::{World, provider};
use crate::docs::{Examples, ImportExample};

fn pages() -> BTreeMap<String, String> {
    let import = ImportExample { id: "core".to_owned(), description: "The id is the name.".to_owned() };
    let examples = Examples {
        provider: Some("provider \"landform\" {}\n".to_owned()),
        resources: [(
            "network".to_owned(),
            "resource \"landform_network\" \"core\" {\n  name = \"core\"\n}".to_owned(),
        )]
        .into(),
        imports: [("network".to_owned(), import)].into(),
        ..Examples::default()
    };
    provider(&Arc::new(World::default())).pages(&examples)
}

#[test]
fn there_is_a_page_for_everything() {
    let names: Vec<_> = pages().into_keys().collect();
    assert_eq!(names, ["data-sources/count.md", "functions/join_all.md", "index.md", "resources/network.md"]);
}

#[test]
fn the_page_of_a_resource() {
    assert_snapshot!(pages()["resources/network.md"], @r#"
    ---
    page_title: "landform_network Resource - landform"
    subcategory: "Networking"
    description: |-
      A network with subnets.
    ---

    # landform_network (Resource)

    A network with subnets.

    It exists in memory alone.

    ## Example Usage

    ```terraform
    resource "landform_network" "core" {
      name = "core"
    }
    ```

    <!-- generated from the provider's schema -->
    ## Schema

    ### Required

    - `name` (String) The name. Changing this is an error, unless `allow_replace` has `"name"`.

    ### Optional

    - `allow_replace` (List of String) Attributes whose change may replace the network.
    - `contact` (Attributes) Who is told. (see [below for nested schema](#nestedatt--contact))
    - `labels` (List of String) Free labels.
    - `password` (String, Sensitive) A password.
    - `router` (String) The address of the router. Changing this is an error, unless `allow_replace` has `"router"`.
    - `rules` (Attributes Set) What is let through. (see [below for nested schema](#nestedatt--rules))
    - `size` (Number) How many machines fit. Defaults to `3`.
    - `subnets` (Attributes Map) The subnets by name. (see [below for nested schema](#nestedatt--subnets))
    - `token` (String, Write-only) A password that is not stored.
    - `zone` (String) The zone. A network cannot move. Changing this replaces the object.

    ### Read-Only

    - `id` (String) The id.
    - `revision` (Number) Counts the changes.
    - `status` (String) `ready`, or `incomplete` after a create that failed.

    <a id="nestedatt--contact"></a>
    ### Nested Schema for `contact`

    A person.

    #### Required

    - `mail` (String) The address.

    #### Optional

    - `phone` (String) A number.

    <a id="nestedatt--rules"></a>
    ### Nested Schema for `rules`

    Lets something through.

    #### Required

    - `port` (Number) The port.

    #### Optional

    - `action` (String) What happens. Defaults to `"allow"`.

    <a id="nestedatt--subnets"></a>
    ### Nested Schema for `subnets`

    A part of a network.

    #### Required

    - `cidr` (String) The block of addresses. Changing this is an error, unless `allow_replace` has `"subnets.cidr"`.

    #### Optional

    - `public` (Boolean) Whether it can be reached from outside. Defaults to `false`.

    #### Read-Only

    - `id` (String) The id.

    ## Import

    The id is the name.

    In Terraform 1.5 and later, use an `import` block:

    ```terraform
    import {
      to = landform_network.example
      id = "core"
    }
    ```

    Or use the command:

    ```shell
    terraform import landform_network.example 'core'
    ```
    "#);
}

#[test]
fn the_page_of_a_function() {
    assert_snapshot!(pages()["functions/join_all.md"], @r#"
    ---
    page_title: "join_all function - landform"
    subcategory: ""
    description: |-
      Joins texts
    ---

    # function: join_all

    Puts a separator between texts.

    ## Signature

    ```text
    join_all(separator string, texts string...) string
    ```

    ## Arguments

    1. `separator` (String) Goes between.

    ## Variadic Argument

    2. `texts` (String) What is joined.
    "#);
}

#[test]
fn the_page_of_the_provider() {
    assert_snapshot!(pages()["index.md"], @r#"
    ---
    page_title: "Provider: landform"
    description: |-
      A toy provider.
    ---

    # landform Provider

    A toy provider.

    ## Example Usage

    ```terraform
    provider "landform" {}
    ```

    <!-- generated from the provider's schema -->
    ## Schema

    ### Optional

    - `password` (String, Sensitive) A password.
    - `region` (String) Where the networks are. Defaults to `"home"`.
    "#);
}

#[test]
fn the_schema_as_terraform_prints_it() {
    let json = provider(&Arc::new(World::default())).schema_json("registry.terraform.io/landform/landform");
    let schemas = &json["provider_schemas"]["registry.terraform.io/landform/landform"];
    assert_eq!(json["format_version"], "1.0");
    assert_snapshot!(serde_json::to_string_pretty(&schemas["data_source_schemas"]).unwrap(), @r#"
    {
      "landform_count": {
        "block": {
          "attributes": {
            "count_of": {
              "computed": true,
              "description": "The number.",
              "description_kind": "markdown",
              "type": "number"
            },
            "plus": {
              "computed": true,
              "description": "What is added.",
              "description_kind": "markdown",
              "optional": true,
              "type": "number"
            },
            "prefix": {
              "description": "Only those whose name starts with this.",
              "description_kind": "markdown",
              "optional": true,
              "type": "string"
            }
          },
          "description": "How many networks there are.",
          "description_kind": "markdown"
        },
        "version": 0
      }
    }
    "#);
    let subnets = &schemas["resource_schemas"]["landform_network"]["block"]["attributes"]["subnets"];
    assert_snapshot!(subnets, @r#"{"description":"The subnets by name.","description_kind":"markdown","nested_type":{"attributes":{"cidr":{"description":"The block of addresses.","description_kind":"markdown","required":true,"type":"string"},"id":{"computed":true,"description":"The id.","description_kind":"markdown","type":"string"},"public":{"computed":true,"description":"Whether it can be reached from outside.","description_kind":"markdown","optional":true,"type":"bool"}},"nesting_mode":"map"},"optional":true}"#);
    assert_snapshot!(schemas["functions"], @r#"{"join_all":{"description":"Puts a separator between texts.","parameters":[{"description":"Goes between.","name":"separator","type":"string"}],"return_type":"string","summary":"Joins texts","variadic_parameter":{"description":"What is joined.","name":"texts","type":"string"}}}"#);
}
