//! An action: paints a thing, coat by coat.

use landform_framework::{Action, ActionContext, Diagnostics, Model, Path, Value, async_trait};

use crate::world::{World, failed};
use crate::{not_empty, thing};

/// Paints a thing. The paint is no attribute of the thing.
#[derive(Clone, Debug, PartialEq, Model)]
pub struct Paint {
    /// The name of the thing.
    #[attribute(required, validate = not_empty)]
    pub thing: Value<String>,
    /// The colour.
    #[attribute(required, validate = not_empty)]
    pub color: Value<String>,
    /// How many coats it gets. Default: `1`.
    #[attribute(default = 1)]
    pub coats: Value<i64>,
}

/// `toy_paint`.
#[derive(Debug)]
pub struct Painting;

#[async_trait]
impl Action for Painting {
    type Client = World;
    type Config = Paint;

    fn name(&self) -> &'static str {
        "paint"
    }

    async fn plan(&self, client: Option<&World>, config: &Paint, diagnostics: &mut Diagnostics) {
        if let Some(world) = client {
            let planned = world.call("plan paint", config.thing.known().map_or("", String::as_str)).await;
            diagnostics.extend(planned.err().into_iter().flatten());
        }
        if config.color == Value::from("invisible") {
            let at = Path::root().attribute("color");
            diagnostics.error_at(at, "There is no invisible paint", "Choose another colour.");
        }
    }

    async fn invoke(&self, cx: &ActionContext<World>, config: Paint) -> Result<(), Diagnostics> {
        let world = cx.client();
        let name = config.thing.known().cloned().unwrap_or_default();
        let coats = config.coats.known().copied().unwrap_or(1);
        let color = config.color.known().cloned().unwrap_or_default();
        if world.object(thing::KIND, &name).map_err(|error| failed("paint thing", &name, &error))?.is_none() {
            cx.warn(landform_framework::Diagnostic::warning(
                format!("There is no thing {name}"),
                "The floor got painted.",
            ))
            .await;
        }
        for coat in 1..=coats {
            world.call_until("paint thing", &name, cx.stopped()).await?;
            cx.progress(format!("coat {coat} of {coats} in {color}")).await;
            let paint = serde_json::json!({"color": color, "coats": coat});
            world.put("paint", &name, &paint).map_err(|error| failed("paint thing", &name, &error))?;
        }
        Ok(())
    }
}
