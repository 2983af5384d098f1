use tfplugin_proto::cty;

use super::Shape;

/// One attribute: its form, who sets it, and what a change of it means.
#[derive(Clone, Debug, PartialEq)]
pub struct AttributeSchema {
    /// The form of the value.
    pub shape: Shape,
    /// What it means, in Markdown.
    pub description: String,
    /// The configuration must set it.
    pub required: bool,
    /// The configuration may set it.
    pub optional: bool,
    /// The provider may set it when the configuration does not.
    pub computed: bool,
    /// Terraform does not show the value. It is still in the state.
    pub sensitive: bool,
    /// The value comes from the configuration and is never stored; needs Terraform 1.11.
    pub write_only: bool,
    /// What to use instead, when one should not use this any more.
    pub deprecated: Option<String>,
    /// The value when the configuration sets none.
    pub default: Option<cty::Value>,
    /// A computed value keeps its prior value while the configuration sets none, instead of becoming unknown on
    /// every update.
    pub sticky: bool,
    /// A computed value that others than the object's configuration change, such as how many accounts there are: to look at, and
    /// not to build on.
    pub observed: bool,
    /// What is promised of a computed value while it is unknown, so that configurations can work with it in a plan:
    /// `id != null` is true before there is an id.
    pub promise: cty::Refinement,
    /// What a change of the value means.
    pub change: Change,
}

/// What it means that an attribute gets another value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Change {
    /// The object is updated in place.
    #[default]
    Update,
    /// An error, unless the object's `allow_replace` lists the attribute: then the object is replaced.
    Immutable,
    /// The object is replaced.
    Replace,
}

impl AttributeSchema {
    /// An attribute which nobody sets yet: add at least one of [`required`](Self::required),
    /// [`optional`](Self::optional) and [`computed`](Self::computed).
    pub fn new(shape: Shape, description: impl Into<String>) -> AttributeSchema {
        AttributeSchema {
            shape,
            description: description.into(),
            required: false,
            optional: false,
            computed: false,
            sensitive: false,
            write_only: false,
            deprecated: None,
            default: None,
            sticky: false,
            observed: false,
            promise: cty::Refinement::default(),
            change: Change::Update,
        }
    }

    /// The configuration must set it.
    pub fn required(mut self) -> AttributeSchema {
        self.required = true;
        self
    }

    /// The configuration may set it.
    pub fn optional(mut self) -> AttributeSchema {
        self.optional = true;
        self
    }

    /// The provider may set it when the configuration does not.
    pub fn computed(mut self) -> AttributeSchema {
        self.computed = true;
        self
    }

    /// Terraform does not show the value.
    pub fn sensitive(mut self) -> AttributeSchema {
        self.sensitive = true;
        self
    }

    /// The value is never stored.
    pub fn write_only(mut self) -> AttributeSchema {
        self.write_only = true;
        self
    }

    /// One should not use it any more; `instead` says what to use.
    pub fn deprecated(mut self, instead: impl Into<String>) -> AttributeSchema {
        self.deprecated = Some(instead.into());
        self
    }

    /// The value when the configuration sets none.
    pub fn default(mut self, value: impl Into<cty::Value>) -> AttributeSchema {
        self.default = Some(value.into());
        self
    }

    /// Keeps the prior value while the configuration sets none.
    pub fn sticky(mut self) -> AttributeSchema {
        self.sticky = true;
        self
    }

    /// Others change it.
    pub fn observed(mut self) -> AttributeSchema {
        self.observed = true;
        self
    }

    /// Promises that a computed value will not be null.
    pub fn not_null(mut self) -> AttributeSchema {
        self.promise.not_null = true;
        self
    }

    /// Promises that a computed text starts with `prefix`, and so that it will not be null.
    pub fn prefix(mut self, prefix: impl Into<String>) -> AttributeSchema {
        self.promise = cty::Refinement::prefix(prefix);
        self
    }

    /// What a change of the value means.
    pub fn on_change(mut self, change: Change) -> AttributeSchema {
        self.change = change;
        self
    }

    /// Whether the value, or anything inside it, must not be shown.
    pub fn is_secret(&self) -> bool {
        let inside = match &self.shape {
            Shape::Type(_) => false,
            Shape::Nested(_, object) | Shape::Deep(_, object) => {
                object.attributes.values().any(AttributeSchema::is_secret)
            }
        };
        self.sensitive || inside
    }
}
