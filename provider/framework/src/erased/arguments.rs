use std::marker::PhantomData;
use std::sync::OnceLock;

use tfplugin_proto::cty::{self, Value};

use crate::attribute::Model;
use crate::plan::fill_defaults;
use crate::schema::{ObjectSchema, deprecations};
use crate::{Diagnostics, Path, run};

/// A block that is no resource, such as a data source or an action.
pub(crate) trait Block: Send + Sync {
    /// What the user writes into it.
    fn arguments(&self) -> &dyn AnyArguments;

    fn type_name(&self) -> &str {
        self.arguments().type_name()
    }

    fn subcategory(&self) -> &'static str {
        self.arguments().subcategory()
    }

    fn schema(&self) -> &ObjectSchema {
        &self.arguments().schema_and_type().0
    }

    fn cty_type(&self) -> &cty::Type {
        &self.arguments().schema_and_type().1
    }
}

/// [`Arguments`] of any model.
pub(crate) trait AnyArguments: Send + Sync {
    fn type_name(&self) -> &str;
    fn subcategory(&self) -> &'static str;
    fn schema_and_type(&self) -> &(ObjectSchema, cty::Type);
}

/// What a user writes into a block that is no resource: schema, defaults and checks.
pub(crate) struct Arguments<M> {
    type_name: String,
    subcategory: &'static str,
    schema_of: fn() -> ObjectSchema,
    schema: OnceLock<(ObjectSchema, cty::Type)>,
    model: PhantomData<fn() -> M>,
}

impl<M: Model> Arguments<M> {
    /// Of a block that has results too: computed attributes.
    pub(crate) fn with_results(type_name: String, subcategory: &'static str) -> Arguments<M> {
        let (schema, model) = (OnceLock::new(), PhantomData);
        Arguments { type_name, subcategory, schema_of: M::schema, schema, model }
    }

    /// Of a block that is only configuration.
    pub(crate) fn only(type_name: String, subcategory: &'static str) -> Arguments<M> {
        let schema_of = || M::schema().set_by_the_user();
        Arguments { schema_of, ..Arguments::with_results(type_name, subcategory) }
    }

    /// `verb`, such as `reading`, and the type name.
    pub(crate) fn gerund(&self, verb: &str) -> String {
        format!("{verb} {}", self.type_name)
    }

    /// `config` with defaults, and the model of that.
    pub(crate) fn complete(&self, config: &Value) -> Result<(Value, M), Diagnostics> {
        let config = fill_defaults(&self.schema_and_type().0, config.clone(), config);
        let model = M::decode(&config, &Path::root())?;
        Ok((config, model))
    }

    /// Runs the validators of the attributes, and `more`.
    pub(crate) fn check(&self, config: &Value, more: impl FnOnce(&M, &mut Diagnostics)) -> Diagnostics {
        let mut diagnostics = Diagnostics::new();
        let result = M::decode(config, &Path::root()).map_err(Diagnostics::from).and_then(|config| {
            run::caught_now(&self.gerund("validating"), || {
                config.check(&Path::root(), &mut diagnostics);
                more(&config, &mut diagnostics);
            })
        });
        diagnostics.extend(result.err().into_iter().flatten());
        diagnostics.extend(deprecations(&self.schema_and_type().0, config));
        diagnostics
    }
}

impl<M: Model> AnyArguments for Arguments<M> {
    fn type_name(&self) -> &str {
        &self.type_name
    }

    fn subcategory(&self) -> &'static str {
        self.subcategory
    }

    fn schema_and_type(&self) -> &(ObjectSchema, cty::Type) {
        self.schema.get_or_init(|| {
            let schema = (self.schema_of)();
            let ty = schema.cty_type();
            (schema, ty)
        })
    }
}
