//! The smallest resource there can be: one attribute, and nothing beyond the required methods.

use landform_framework::{Context, Diagnostics, Model, Plan, Resource, Value, async_trait};

use crate::world::World;

const KIND: &str = "labels";

/// A text that is kept.
#[derive(Clone, Debug, PartialEq, Model)]
pub struct Label {
    /// The text.
    #[attribute(required, replace)]
    pub text: Value<String>,
}

/// `toy_label`.
#[derive(Debug)]
pub struct Labels;

#[async_trait]
impl Resource for Labels {
    type Client = World;
    type Model = Label;

    fn name(&self) -> &'static str {
        "label"
    }

    async fn plan(&self, _: &mut Plan<'_, World, Label>) {}

    async fn read(&self, cx: &Context<World, Label>, state: Label) -> Result<Option<Label>, Diagnostics> {
        let text = text(&state);
        cx.client().call("read label", &text).await?;
        cx.client().load(KIND, &text)
    }

    async fn create(&self, cx: &Context<World, Label>, planned: Label) -> Result<Label, Diagnostics> {
        let text = text(&planned);
        cx.client().call("create label", &text).await?;
        cx.client().save(KIND, &text, &planned)?;
        Ok(planned)
    }

    async fn update(
        &self,
        _: &Context<World, Label>,
        _: Label,
        planned: Label,
    ) -> Result<Label, Diagnostics> {
        // There is nothing that could be changed in place.
        Ok(planned)
    }

    async fn delete(&self, cx: &Context<World, Label>, prior: Label) -> Result<(), Diagnostics> {
        let text = text(&prior);
        cx.client().call("delete label", &text).await?;
        cx.client().remove(KIND, &text).map_err(|error| crate::world::failed("deleting label", &text, &error))
    }
}

fn text(label: &Label) -> String {
    label.text.known().cloned().unwrap_or_default()
}
