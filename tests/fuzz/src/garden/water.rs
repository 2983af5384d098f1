use std::time::{Duration, SystemTime};

use landform_framework::{
    Action, ActionContext, Diagnostic, Diagnostics, EphemeralContext, EphemeralResource, Model, Opened,
    Renewed, Value, async_trait,
};

use super::Garden;

/// A can of water, which lasts for a while.
#[derive(Clone, Debug, PartialEq, Model)]
pub(super) struct CanModel {
    /// How much is in it.
    #[attribute(required)]
    pub(super) litres: Value<i64>,
    /// What it tastes of.
    #[attribute(computed, sensitive)]
    pub(super) taste: Value<String>,
}

/// `garden_can`.
#[derive(Debug)]
pub(super) struct Can;

#[async_trait]
impl EphemeralResource for Can {
    type Client = Garden;
    type Model = CanModel;

    fn name(&self) -> &'static str {
        "can"
    }

    async fn open(
        &self,
        _: &EphemeralContext<Garden>,
        config: CanModel,
    ) -> Result<Opened<CanModel>, Diagnostics> {
        let litres = config.litres.known().copied().unwrap_or_default();
        let result = CanModel { taste: Value::from("clear"), ..config };
        let opened = Opened::new(result).private(litres.to_string());
        match u64::try_from(litres) {
            Ok(0) => Err(Diagnostic::error("The can is empty", "").into()),
            Ok(litres) => {
                let later = SystemTime::now().checked_add(Duration::from_secs(litres));
                Ok(if let Some(later) = later { opened.renew_at(later) } else { opened })
            }
            Err(_) => Ok(opened.renew_at(SystemTime::UNIX_EPOCH - Duration::from_millis(1))),
        }
    }

    async fn renew(&self, _: &EphemeralContext<Garden>, private: Vec<u8>) -> Result<Renewed, Diagnostics> {
        Ok(Renewed { renew_at: Some(SystemTime::now()), private })
    }

    async fn close(&self, cx: &EphemeralContext<Garden>, private: Vec<u8>) -> Result<(), Diagnostics> {
        if private.is_empty() {
            cx.warn(Diagnostic::warning("It was never open", ""));
        }
        Ok(())
    }
}

/// Waters plants.
#[derive(Clone, Debug, PartialEq, Model)]
pub(super) struct Watering {
    /// How often. Default: `1`.
    #[attribute(default = 1)]
    pub(super) times: Value<i64>,
    /// What.
    #[attribute(optional)]
    pub(super) plant: Value<String>,
}

/// `garden_water`.
#[derive(Debug)]
pub(super) struct Water;

#[async_trait]
impl Action for Water {
    type Client = Garden;
    type Config = Watering;

    fn name(&self) -> &'static str {
        "water"
    }

    async fn invoke(&self, cx: &ActionContext<Garden>, config: Watering) -> Result<(), Diagnostics> {
        for time in 0..config.times.known().copied().unwrap_or_default().min(5) {
            cx.progress(format!("time {time}")).await;
        }
        match config.plant.known() {
            Some(plant) if cx.client().with(|plants| !plants.contains_key(plant)) => {
                Err(Diagnostic::error("There is no such plant", "").into())
            }
            _ => Ok(()),
        }
    }
}
