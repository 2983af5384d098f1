//! Tokens that are opened, renewed and closed.

use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use insta::assert_snapshot;
use serde_json::json;
use tfplugin_proto::wire;
use tfplugin_proto::wire::provider_server::Provider as _;
use tonic::Request;

use crate::docs::Examples;
use crate::testing::{Terraform, UNKNOWN, to_json};
use crate::{
    Diagnostic, Diagnostics, EphemeralContext, EphemeralResource, Model, Opened, Provider, Renewed, Value,
    async_trait,
};

const TOKEN: &str = "landform_token";

/// A token.
#[derive(Clone, Debug, PartialEq, Model)]
struct Token {
    /// Who it is for.
    #[attribute(required, validate = not_empty)]
    audience: Value<String>,
    /// How long it lasts.
    #[attribute(default = 5)]
    minutes: Value<i64>,
    /// The token.
    #[attribute(computed, sensitive)]
    secret: Value<String>,
}

fn not_empty(text: &str) -> Result<(), String> {
    if text.is_empty() { Err("It must not be empty.".to_owned()) } else { Ok(()) }
}

/// What was done, in order.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    fn write(&self, line: impl Into<String>) {
        self.0.lock().unwrap().push(line.into());
    }

    fn read(&self) -> String {
        self.0.lock().unwrap().join("; ")
    }
}

struct Tokens;

#[async_trait]
impl EphemeralResource for Tokens {
    type Client = Log;
    type Model = Token;

    fn name(&self) -> &'static str {
        "token"
    }

    fn validate(&self, config: &Token, diagnostics: &mut Diagnostics) {
        if config.audience == Value::from("nobody") {
            diagnostics.error("There is nobody there", "");
        }
    }

    async fn open(&self, cx: &EphemeralContext<Log>, config: Token) -> Result<Opened<Token>, Diagnostics> {
        let audience = config.audience.known().cloned().unwrap_or_default();
        let minutes = config.minutes.known().copied().unwrap_or_default();
        cx.client().write(format!("opened for {audience}"));
        let token = match audience.as_str() {
            "panic" => panic!("the mint fell over"),
            "refused" => return Err(Diagnostic::error("No token for refused", "").into()),
            "liar" => Token { audience: Value::from("me"), secret: Value::from("x"), ..config },
            _ => Token { secret: Value::from(format!("{audience}-{minutes}")), ..config },
        };
        cx.warn(Diagnostic::warning("It is a short one", ""));
        Ok(Opened::new(token).renew_at(SystemTime::UNIX_EPOCH + Duration::from_secs(60)).private(audience))
    }

    async fn renew(&self, cx: &EphemeralContext<Log>, private: Vec<u8>) -> Result<Renewed, Diagnostics> {
        cx.client().write("renewed");
        Ok(Renewed { renew_at: Some(SystemTime::UNIX_EPOCH + Duration::from_secs(120)), private })
    }

    async fn close(&self, cx: &EphemeralContext<Log>, private: Vec<u8>) -> Result<(), Diagnostics> {
        cx.client().write(format!("closed {}", String::from_utf8_lossy(&private)));
        if private == b"stuck" { Err(Diagnostic::error("It is stuck", "").into()) } else { Ok(()) }
    }
}

/// A mint.
#[derive(Clone, Debug, PartialEq, Model)]
struct Mint {
    /// Where it is.
    #[attribute(optional)]
    place: Value<String>,
}

async fn start(log: &Log, place: serde_json::Value) -> Terraform<Log> {
    let log = log.clone();
    let provider = Provider::new("landform", move |_: Mint, _| {
        let log = log.clone();
        async move { Ok(log) }
    });
    let terraform = Terraform::start(provider.ephemeral_resource(Tokens));
    assert!(terraform.configure(json!({"place": place})).await.is_empty());
    terraform
}

#[tokio::test]
async fn a_token_is_opened_renewed_and_closed() {
    let log = Log::default();
    let terraform = start(&log, json!("here")).await;
    let mut opened = terraform.open(TOKEN, &json!({"audience": "me"})).await;
    assert_snapshot!(to_json(&opened.result), @r#"{"audience":"me","minutes":5,"secret":"me-5"}"#);
    assert_snapshot!(opened.diagnostics, @"warning: It is a short one");
    assert_eq!(opened.renew_at, Some(SystemTime::UNIX_EPOCH + Duration::from_secs(60)));
    assert!(terraform.renew(TOKEN, &mut opened).await.is_empty());
    assert_eq!(opened.renew_at, Some(SystemTime::UNIX_EPOCH + Duration::from_secs(120)));
    assert!(terraform.close(TOKEN, opened).await.is_empty());
    assert_eq!(log.read(), "opened for me; renewed; closed me");
}

#[tokio::test]
async fn arguments_are_checked_before_anything_is_opened() {
    let log = Log::default();
    let terraform = start(&log, json!(null)).await;
    assert_snapshot!(terraform.open(TOKEN, &json!({"audience": ""})).await.diagnostics, @r#"
    error: Invalid value for "audience" (at audience)
    It must not be empty.
    "#);
    assert_snapshot!(terraform.open(TOKEN, &json!({"audience": "nobody"})).await.diagnostics, @"error: There is nobody there");
    assert_eq!(log.read(), "");
}

#[tokio::test]
async fn what_goes_wrong_is_told() {
    let terraform = start(&Log::default(), json!(null)).await;
    assert_snapshot!(terraform.open(TOKEN, &json!({"audience": "refused"})).await.diagnostics, @"error: No token for refused");
    assert_snapshot!(terraform.open(TOKEN, &json!({"audience": "panic"})).await.diagnostics, @r#"
    error: The provider crashed while opening landform_token
    the mint fell over
    This is a bug in the provider, which should be reported to its developers.
    "#);
    let stuck = terraform.open(TOKEN, &json!({"audience": "stuck"})).await;
    assert_snapshot!(terraform.close(TOKEN, stuck).await, @"error: It is stuck");
}

#[tokio::test]
async fn a_result_that_terraform_would_refuse_is_named_and_closed() {
    let log = Log::default();
    let terraform = start(&log, json!(null)).await;
    let liar = terraform.open(TOKEN, &json!({"audience": "liar"})).await;
    assert!(liar.result.is_null());
    assert_snapshot!(liar.diagnostics, @r#"
    warning: It is a short one
    error: The plan of landform_token is not valid (at audience)
    "audience": the plan has "me", but the configuration has "liar".
    This is a bug in the provider, which should be reported to its developers.
    "#);
    assert_eq!(log.read(), "opened for liar; closed liar");
}

#[tokio::test]
async fn a_token_without_a_provider_waits_if_terraform_lets_it() {
    let terraform = start(&Log::default(), json!(UNKNOWN)).await;
    assert_snapshot!(terraform.open(TOKEN, &json!({"audience": "me"})).await.diagnostics, @r#"
    error: Cannot work on landform_token: the provider is not configured
    Parts of the provider's configuration are known only after apply. Give it values that are known during plan.
    "#);
    let request = wire::open_ephemeral_resource::Request {
        type_name: TOKEN.to_owned(),
        client_capabilities: Some(wire::ClientCapabilities { deferral_allowed: true, ..Default::default() }),
        ..Default::default()
    };
    let response =
        terraform.service().open_ephemeral_resource(Request::new(request)).await.unwrap().into_inner();
    let deferred = response.deferred.unwrap();
    assert_eq!(deferred.reason(), wire::deferred::Reason::ProviderConfigUnknown);
    assert!(response.diagnostics.is_empty());
}

#[tokio::test]
async fn a_token_has_a_page() {
    let terraform = start(&Log::default(), json!(null)).await;
    let pages = terraform.service().provider().pages(&Examples::default());
    assert_snapshot!(pages["ephemeral-resources/token.md"], @r#"
    ---
    page_title: "landform_token Ephemeral Resource - landform"
    subcategory: ""
    description: |-
      A token.
    ---

    # landform_token (Ephemeral Resource)

    A token.

    <!-- generated from the provider's schema -->
    ## Schema

    ### Required

    - `audience` (String) Who it is for.

    ### Optional

    - `minutes` (Number) How long it lasts. Defaults to `5`.

    ### Read-Only

    - `secret` (String, Sensitive) The token.
    "#);
}
