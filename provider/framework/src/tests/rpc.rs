//! Configuration, schemas, functions, and what is not there.

use std::sync::Arc;

use insta::assert_snapshot;
use serde_json::json;
use tfplugin_proto::wire;
use tfplugin_proto::wire::provider_server::Provider as _;
use tonic::Request;

use super::toy::{World, provider, start};
use crate::testing::{Terraform, UNKNOWN};

#[tokio::test]
async fn configuring_says_what_is_wrong_and_warns() {
    let terraform = Terraform::start(provider(&Arc::new(World::default())));
    assert_snapshot!(terraform.configure(json!({"region": "nowhere"})).await, @"error: There is no region nowhere");
    assert_snapshot!(terraform.configure(json!({"region": "panic"})).await, @"
    error: The provider crashed while configuring the provider
    configuring fell over
    This is a bug in the provider, which should be reported to its developers.
    ");
    assert_snapshot!(terraform.configure(json!({"region": "old"})).await, @"
    warning: The region is old
    1.15.5
    ");
    assert!(terraform.configure(json!({"region": UNKNOWN, "password": UNKNOWN})).await.is_empty());
}

#[tokio::test]
async fn a_provider_block_is_checked() {
    let terraform = Terraform::start(provider(&Arc::new(World::default())));
    assert!(terraform.validate_provider(json!({"password": UNKNOWN})).await.is_empty());
    assert_snapshot!(terraform.validate_provider(json!({"region": "mars", "password": ""})).await, @r#"
    error: Invalid value for "password" (at password)
    It must not be empty.
    error: Too far (at region)
    "#);
}

#[tokio::test]
async fn a_resource_is_checked_by_its_attributes_and_by_itself() {
    let terraform = start(&Arc::default()).await;
    assert!(
        terraform.validate("landform_network", json!({"name": UNKNOWN, "size": UNKNOWN})).await.is_empty()
    );
    let config = json!({"name": "core", "size": 13, "rules": [{"port": -2}]});
    assert_snapshot!(terraform.validate("landform_network", config).await, @r#"
    error: Invalid value for "rules[*].port" (at rules)
    It must be positive, not -2.
    error: Unlucky (at size)
    "#);
    assert_snapshot!(terraform.validate("landform_network", json!({"name": "core", "router": "x"})).await, @r#"
    error: Invalid value for "router" (at router)
    invalid IPv6 address syntax
    "#);
}

#[tokio::test]
async fn the_schema_says_who_sets_what() {
    let terraform = start(&Arc::default()).await;
    let schema =
        terraform.service().get_provider_schema(Request::new(Default::default())).await.unwrap().into_inner();
    let capabilities = schema.server_capabilities.unwrap();
    assert!(capabilities.plan_destroy && capabilities.get_provider_schema_optional);
    assert!(capabilities.move_resource_state && capabilities.generate_resource_config);
    let block = schema.resource_schemas["landform_network"].block.clone().unwrap();
    let lines: Vec<String> = block
        .attributes
        .iter()
        .map(|attribute| {
            let flags = [
                (attribute.required, "required"),
                (attribute.optional, "optional"),
                (attribute.computed, "computed"),
                (attribute.sensitive, "sensitive"),
                (attribute.write_only, "write-only"),
            ];
            let flags: Vec<_> = flags.iter().filter(|(set, _)| *set).map(|(_, name)| *name).collect();
            let ty = match &attribute.nested_type {
                Some(nested) => format!("{:?} of {} attributes", nested.nesting(), nested.attributes.len()),
                None => String::from_utf8(attribute.r#type.clone()).unwrap(),
            };
            format!("{}: {ty}, {}", attribute.name, flags.join(" "))
        })
        .collect();
    assert_snapshot!(lines.join("\n"), @r#"
    allow_replace: ["list","string"], optional
    contact: Single of 2 attributes, optional computed
    id: "string", computed
    labels: ["list","string"], optional
    name: "string", required
    password: "string", optional sensitive
    revision: "number", computed
    router: "string", optional
    rules: Set of 2 attributes, optional
    size: "number", optional computed
    status: "string", computed
    subnets: Map of 3 attributes, optional
    token: "string", optional write-only
    zone: "string", optional computed
    "#);
    assert_eq!(schema.resource_schemas["landform_network"].version, 2);
    // Nobody but the user sets attributes of a provider block.
    assert!(schema.provider.unwrap().block.unwrap().attributes.iter().all(|attribute| !attribute.computed));
}

#[tokio::test]
async fn the_metadata_agree_with_the_schema() {
    let terraform = start(&Arc::default()).await;
    let service = terraform.service();
    let schema = service.get_provider_schema(Request::new(Default::default())).await.unwrap().into_inner();
    let metadata = service.get_metadata(Request::new(Default::default())).await.unwrap().into_inner();
    let resources: Vec<_> = metadata.resources.iter().map(|resource| &resource.type_name).collect();
    let data_sources: Vec<_> =
        metadata.data_sources.iter().map(|data_source| &data_source.type_name).collect();
    let functions: Vec<_> = metadata.functions.iter().map(|function| &function.name).collect();
    assert_eq!(resources, schema.resource_schemas.keys().collect::<Vec<_>>());
    assert_eq!(data_sources, schema.data_source_schemas.keys().collect::<Vec<_>>());
    assert_eq!(functions, schema.functions.keys().collect::<Vec<_>>());
    assert_eq!(metadata.server_capabilities, schema.server_capabilities);
    let listed = service.get_functions(Request::new(Default::default())).await.unwrap().into_inner();
    assert_eq!(listed.functions, schema.functions);
    let identities = service.get_resource_identity_schemas(Request::new(Default::default())).await.unwrap();
    assert!(identities.into_inner().identity_schemas.is_empty());
}

#[tokio::test]
async fn functions_answer_or_blame_an_argument() {
    // Functions run in a process that is not configured.
    let terraform = Terraform::start(provider(&Arc::new(World::default())));
    let call = |arguments: &'static [&str]| {
        let arguments: Vec<_> = arguments.iter().map(|text| json!(text)).collect();
        let terraform = &terraform;
        async move { terraform.call("join_all", &arguments).await }
    };
    assert_eq!(call(&["-", "a", "b", "c"]).await, Ok(json!("a-b-c")));
    assert_eq!(call(&["-"]).await, Ok(json!("")));
    assert_eq!(call(&["", "a"]).await, Err(("The separator must not be empty.".to_owned(), Some(0))));
    assert_snapshot!(call(&["panic"]).await.unwrap_err().0, @"
    The provider crashed while calling the function join_all: joining fell over
    This is a bug in the provider, which should be reported to its developers.
    ");
    assert_snapshot!(call(&["list"]).await.unwrap_err().0, @"
    The provider made a value that does not fit its schema: string is required, this is a list
    This is a bug in the provider, which should be reported to its developers.
    ");
    assert_snapshot!(call(&[]).await.unwrap_err().0, @"Too few arguments.");
}

#[tokio::test]
async fn an_unknown_type_is_an_error_everywhere() {
    let terraform = start(&Arc::default()).await;
    let service = terraform.service();
    macro_rules! diagnostics_of {
        ($($rpc:ident),+) => {
            [$(
                service
                    .$rpc(Request::new(wire::$rpc::Request { type_name: "landform_no".to_owned(), ..Default::default() }))
                    .await
                    .unwrap()
                    .into_inner()
                    .diagnostics
            ),+]
        };
    }
    let all = diagnostics_of!(
        validate_resource_config,
        validate_data_resource_config,
        upgrade_resource_identity,
        upgrade_resource_state,
        read_resource,
        plan_resource_change,
        apply_resource_change,
        import_resource_state,
        read_data_source
    );
    for diagnostics in all {
        assert_eq!(diagnostics.len(), 1);
        assert!(diagnostics[0].detail.contains("\"landform_no\""), "{diagnostics:?}");
    }
    let request = wire::move_resource_state::Request {
        target_type_name: "landform_no".to_owned(),
        ..Default::default()
    };
    let moved = service.move_resource_state(Request::new(request)).await.unwrap().into_inner();
    assert!(moved.diagnostics[0].detail.contains("\"landform_no\""));
    let request = wire::call_function::Request { name: "no".to_owned(), arguments: vec![] };
    let called = service.call_function(Request::new(request)).await.unwrap().into_inner();
    assert!(called.error.unwrap().text.contains("\"no\""));
}

#[tokio::test]
async fn values_may_come_as_json_and_malformed_ones_are_refused_without_loss() {
    let terraform = start(&Arc::default()).await;
    let value =
        |msgpack: &[u8], json: &[u8]| wire::DynamicValue { msgpack: msgpack.to_vec(), json: json.to_vec() };
    let request = wire::validate_data_resource_config::Request {
        type_name: "landform_count".to_owned(),
        config: Some(value(b"", br#"{"prefix":null,"plus":-5,"count_of":null}"#)),
    };
    let checked =
        terraform.service().validate_data_resource_config(Request::new(request)).await.unwrap().into_inner();
    assert_eq!(checked.diagnostics[0].detail, "It must not be negative.");

    let request = wire::apply_resource_change::Request {
        type_name: "landform_network".to_owned(),
        prior_state: Some(value(b"\x81\xa1x\xc0", b"")),
        planned_state: Some(value(b"\xc0", b"")),
        ..Default::default()
    };
    let applied =
        terraform.service().apply_resource_change(Request::new(request)).await.unwrap().into_inner();
    assert_eq!(applied.new_state, Some(value(b"\x81\xa1x\xc0", b"")));
    assert_eq!(applied.diagnostics.len(), 1);
}

#[tokio::test]
async fn what_is_not_implemented_says_so() {
    let terraform = start(&Arc::default()).await;
    let request = Request::new(Default::default());
    let status = terraform.service().get_states(request).await.unwrap_err();
    assert_eq!(status.code(), tonic::Code::Unimplemented);
}
