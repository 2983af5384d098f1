use tfplugin_proto::cty::Value;

use super::transform::transform;
use crate::schema::ObjectSchema;

/// `planned` with the defaults of everything that `config` leaves out, in nested objects too.
pub(crate) fn fill_defaults(schema: &ObjectSchema, planned: Value, config: &Value) -> Value {
    transform(schema, planned, config, &Value::Null, &mut |here| {
        let default = here.schema.default.as_ref()?;
        here.config.is_null().then(|| default.clone())
    })
}
