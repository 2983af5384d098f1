//! An ephemeral resource: a secret that lasts as long as a run.

use std::time::{Duration, SystemTime};

use landform_framework::{
    Diagnostics, EphemeralContext, EphemeralResource, Model, Opened, Renewed, Value, async_trait,
};

use crate::not_empty;
use crate::world::{World, failed};

/// A secret, which is in no state.
#[derive(Clone, Debug, PartialEq, Model)]
pub struct Secret {
    /// What it is for.
    #[attribute(required, validate = not_empty)]
    pub name: Value<String>,
    /// After how many seconds it must be renewed. Default: never.
    #[attribute(optional)]
    pub renew_after: Value<i64>,
    /// The secret.
    #[attribute(computed, sensitive)]
    pub value: Value<String>,
}

/// `toy_secret`.
#[derive(Debug)]
pub struct Secrets;

#[async_trait]
impl EphemeralResource for Secrets {
    type Client = World;
    type Model = Secret;

    fn name(&self) -> &'static str {
        "secret"
    }

    async fn open(
        &self,
        cx: &EphemeralContext<World>,
        config: Secret,
    ) -> Result<Opened<Secret>, Diagnostics> {
        let name = config.name.known().cloned().unwrap_or_default();
        cx.client().call_until("open secret", &name, cx.stopped()).await?;
        let number = cx.client().calls().map_err(|error| failed("open secret", &name, &error))?.len();
        let value = format!("{name}-is-secret-{number}");
        let kept = cx.client().put("secrets", &name, &value.as_str().into());
        kept.map_err(|error| failed("open secret", &name, &error))?;
        let seconds = config.renew_after.known().copied();
        let private = serde_json::json!({"name": name, "renew_after": seconds}).to_string();
        let opened = Opened::new(Secret { value: Value::from(value), ..config }).private(private);
        Ok(Opened { renew_at: seconds.and_then(from_now), ..opened })
    }

    async fn renew(&self, cx: &EphemeralContext<World>, private: Vec<u8>) -> Result<Renewed, Diagnostics> {
        let (name, seconds) = read(&private);
        cx.client().call_until("renew secret", &name, cx.stopped()).await?;
        Ok(Renewed { renew_at: seconds.and_then(from_now), private })
    }

    async fn close(&self, cx: &EphemeralContext<World>, private: Vec<u8>) -> Result<(), Diagnostics> {
        let (name, _) = read(&private);
        cx.client().call_until("close secret", &name, cx.stopped()).await?;
        cx.client().remove("secrets", &name).map_err(|error| failed("close secret", &name, &error))
    }
}

/// The name and the seconds that were kept when the secret was opened.
fn read(private: &[u8]) -> (String, Option<i64>) {
    let kept: serde_json::Value = serde_json::from_slice(private).unwrap_or_default();
    (kept["name"].as_str().unwrap_or_default().to_owned(), kept["renew_after"].as_i64())
}

fn from_now(seconds: i64) -> Option<SystemTime> {
    Some(SystemTime::now() + Duration::from_secs(u64::try_from(seconds).ok()?))
}
