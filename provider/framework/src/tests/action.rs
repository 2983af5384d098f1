//! An action that rings a bell.

use insta::assert_snapshot;
use serde_json::json;
use tokio_util::sync::CancellationToken;

use crate::docs::{Examples, Permissions, Statement};
use crate::testing::{Terraform, UNKNOWN};
use crate::{Action, ActionContext, Diagnostic, Diagnostics, Model, Provider, Value, async_trait};

const BELL: &str = "landform_bell";

/// Rings a bell.
#[derive(Clone, Debug, PartialEq, Model)]
struct Ring {
    /// How often.
    #[attribute(default = 2, validate = not_negative)]
    times: Value<i64>,
    /// How it sounds.
    #[attribute(optional)]
    sound: Value<String>,
}

fn not_negative(number: &i64) -> Result<(), String> {
    if *number >= 0 { Ok(()) } else { Err("It must not be negative.".to_owned()) }
}

struct Bell;

#[async_trait]
impl Action for Bell {
    type Client = CancellationToken;
    type Config = Ring;

    fn name(&self) -> &'static str {
        "bell"
    }

    fn permissions(&self) -> Permissions {
        Permissions {
            write: vec![Statement::new("Apply", ["bell:Ring", "bell:Listen"])],
            ..Permissions::default()
        }
    }

    fn validate(&self, config: &Ring, diagnostics: &mut Diagnostics) {
        if config.sound == Value::from("none") {
            diagnostics.error("A bell has a sound", "");
        }
    }

    async fn plan(&self, client: Option<&CancellationToken>, config: &Ring, diagnostics: &mut Diagnostics) {
        if config.times == Value::from(100) {
            let tower = if client.is_some() { "The tower would fall." } else { "Which tower is not known." };
            diagnostics.warning("That is often", tower);
        }
    }

    async fn invoke(&self, cx: &ActionContext<CancellationToken>, config: Ring) -> Result<(), Diagnostics> {
        let times = config.times.known().copied().unwrap_or_default();
        for time in 1..=times {
            cx.progress(format!("ding {time}")).await;
            match config.sound.known().map(String::as_str) {
                Some("cracked") => {
                    return Err(Diagnostic::error("The bell is cracked", "It rang once.").into());
                }
                Some("panic") => panic!("the clapper fell off"),
                Some("endless") => {
                    // The test knows now that the bell rings.
                    cx.client().cancel();
                    cx.stopped().cancelled().await;
                    cx.progress("too late").await;
                    return Err(Diagnostic::error(
                        "The ringing was stopped",
                        format!("It rang {time} times."),
                    )
                    .into());
                }
                _ => {}
            }
        }
        cx.warn(Diagnostic::warning("It is late", "")).await;
        Ok(())
    }
}

/// A tower.
#[derive(Clone, Debug, PartialEq, Model)]
struct Tower {
    /// Its name.
    #[attribute(optional)]
    name: Value<String>,
}

async fn start(name: serde_json::Value) -> (Terraform<CancellationToken>, CancellationToken) {
    let rings = CancellationToken::new();
    let client = rings.clone();
    let provider = Provider::new("landform", move |_: Tower, _| {
        let client = client.clone();
        async move { Ok(client) }
    });
    let terraform = Terraform::start(provider.action(Bell));
    assert!(terraform.configure(json!({"name": name})).await.is_empty());
    (terraform, rings)
}

#[tokio::test]
async fn an_action_shows_its_progress_and_its_warnings() {
    let (terraform, _) = start(json!(null)).await;
    let (lines, diagnostics) = terraform.invoke(BELL, &json!({})).await;
    assert_eq!(lines, ["ding 1", "ding 2"]);
    assert_snapshot!(diagnostics, @"warning: It is late");
}

#[tokio::test]
async fn an_action_may_object_while_it_is_planned() {
    let (terraform, _) = start(json!(null)).await;
    assert!(terraform.plan_action(BELL, &json!({"times": UNKNOWN})).await.is_empty());
    assert_snapshot!(terraform.plan_action(BELL, &json!({"times": -1})).await, @r#"
    error: Invalid value for "times" (at times)
    It must not be negative.
    "#);
    assert_snapshot!(terraform.plan_action(BELL, &json!({"sound": "none"})).await, @"error: A bell has a sound");
    assert_snapshot!(terraform.plan_action(BELL, &json!({"times": 100})).await, @r#"
    warning: That is often
    The tower would fall.
    "#);
    let (unknown, _) = start(json!(UNKNOWN)).await;
    assert_snapshot!(unknown.plan_action(BELL, &json!({"times": 100})).await, @r#"
    warning: That is often
    Which tower is not known.
    "#);
}

#[tokio::test]
async fn what_goes_wrong_is_told_at_the_end() {
    let (terraform, _) = start(json!(null)).await;
    let (lines, diagnostics) = terraform.invoke(BELL, &json!({"sound": "cracked"})).await;
    assert_eq!(lines, ["ding 1"]);
    assert_snapshot!(diagnostics, @r#"
    error: The bell is cracked
    It rang once.
    "#);
    assert_snapshot!(terraform.invoke(BELL, &json!({"sound": "panic"})).await.1, @r#"
    error: The provider crashed while invoking landform_bell
    the clapper fell off
    This is a bug in the provider, which should be reported to its developers.
    "#);
    // What was unknown when it was checked may be wrong when it is known.
    assert_snapshot!(terraform.invoke(BELL, &json!({"times": -1})).await.1, @r#"
    error: Invalid value for "times" (at times)
    It must not be negative.
    "#);
}

#[tokio::test]
async fn an_interrupt_ends_an_action() {
    let (terraform, rings) = start(json!(null)).await;
    let config = json!({"sound": "endless"});
    let stop = async {
        rings.cancelled().await;
        terraform.stop().await;
    };
    let ((lines, diagnostics), ()) = tokio::join!(terraform.invoke(BELL, &config), stop);
    assert_eq!(lines, ["ding 1"]);
    assert_snapshot!(diagnostics, @r#"
    error: The ringing was stopped
    It rang 1 times.
    "#);
}

#[tokio::test]
async fn an_action_has_a_page() {
    let (terraform, _) = start(json!(null)).await;
    let usage = "action \"landform_bell\" \"noon\" {}".to_owned();
    let examples = Examples { actions: [("bell".to_owned(), usage)].into(), ..Examples::default() };
    let pages = terraform.service().provider().pages(&examples);
    assert_snapshot!(pages["actions/bell.md"], @r#"
    ---
    page_title: "landform_bell Action - landform"
    subcategory: ""
    description: |-
      Rings a bell.
    ---

    # landform_bell (Action)

    Rings a bell.

    ## Example Usage

    ```terraform
    action "landform_bell" "noon" {}
    ```

    <!-- generated from the provider's schema -->
    ## Schema

    ### Optional

    - `sound` (String) How it sounds.
    - `times` (Number) How often. Defaults to `2`.

    ## Permissions

    Applying needs these:

    ```json
    {
      "Version": "2012-10-17",
      "Statement": [{
        "Sid": "Apply",
        "Effect": "Allow",
        "Action": [
          "bell:Listen",
          "bell:Ring"
        ],
        "Resource": "*"
      }]
    }
    ```
    "#);
}
