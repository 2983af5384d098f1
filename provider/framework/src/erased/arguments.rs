use std::marker::PhantomData;
use std::sync::OnceLock;

use tfplugin_proto::cty::{self, Value};

use crate::attribute::Model;
use crate::plan::fill_defaults;
use crate::schema::{ObjectSchema, deprecations};
use crate::{Diagnostics, Path, run};

/// What a user writes into a block that is no resource: schema, defaults and checks.
pub(crate) struct Arguments<M> {
    schema_of: fn() -> ObjectSchema,
    schema: OnceLock<(ObjectSchema, cty::Type)>,
    model: PhantomData<fn() -> M>,
}

impl<M: Model> Arguments<M> {
    /// Of a block that has results too: computed attributes.
    pub(crate) fn with_results() -> Arguments<M> {
        Arguments { schema_of: M::schema, schema: OnceLock::new(), model: PhantomData }
    }

    /// Of a block that is only configuration.
    pub(crate) fn only() -> Arguments<M> {
        let schema_of = || M::schema().set_by_the_user();
        Arguments { schema_of, schema: OnceLock::new(), model: PhantomData }
    }

    pub(crate) fn schema(&self) -> &ObjectSchema {
        &self.schema_and_type().0
    }

    pub(crate) fn cty_type(&self) -> &cty::Type {
        &self.schema_and_type().1
    }

    /// `config` with defaults, and the model of that.
    pub(crate) fn complete(&self, config: &Value) -> Result<(Value, M), Diagnostics> {
        let config = fill_defaults(self.schema(), config.clone(), config);
        let model = M::decode(&config, &Path::root())?;
        Ok((config, model))
    }

    /// Runs the validators of the attributes, and `more` while `doing` something such as `validating landform_vpc`.
    pub(crate) fn check(
        &self,
        doing: &str,
        config: &Value,
        more: impl FnOnce(&M, &mut Diagnostics),
    ) -> Diagnostics {
        let mut diagnostics = Diagnostics::new();
        let result = M::decode(config, &Path::root()).map_err(Diagnostics::from).and_then(|config| {
            run::caught_now(doing, || {
                config.check(&Path::root(), &mut diagnostics);
                more(&config, &mut diagnostics);
            })
        });
        diagnostics.extend(result.err().into_iter().flatten());
        diagnostics.extend(deprecations(self.schema(), config));
        diagnostics
    }

    fn schema_and_type(&self) -> &(ObjectSchema, cty::Type) {
        self.schema.get_or_init(|| {
            let schema = (self.schema_of)();
            let ty = schema.cty_type();
            (schema, ty)
        })
    }
}
