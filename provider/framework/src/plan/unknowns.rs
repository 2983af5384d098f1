use tfplugin_proto::cty::Value;

use super::transform::transform;
use crate::schema::{Change, ObjectSchema};

/// `planned` with null for what is never stored.
pub(crate) fn null_write_only(schema: &ObjectSchema, planned: Value, config: &Value) -> Value {
    transform(schema, planned, config, &Value::Null, &mut |here| {
        here.schema.write_only.then_some(Value::Null)
    })
}

/// `planned` with the prior value of everything sticky that the configuration leaves out. Terraform itself proposes
/// nothing for a computed object in which something else is not computed, because it could have been configured before.
pub(super) fn keep_sticky(schema: &ObjectSchema, planned: Value, config: &Value, prior: &Value) -> Value {
    transform(schema, planned, config, prior, &mut |here| {
        let kept = here.schema.sticky && here.config.is_null() && here.planned.is_null();
        (kept && !here.prior.is_null()).then(|| here.prior.clone())
    })
}

/// `planned` with unknown for every computed attribute that the configuration leaves out. What is sticky keeps its
/// prior value, if it has one; and so does what cannot be changed in place, for the same reason: it does not change.
pub(super) fn mark_unknown(schema: &ObjectSchema, planned: Value, config: &Value, prior: &Value) -> Value {
    transform(schema, planned, config, prior, &mut |here| {
        if !here.config.is_null() || !here.schema.computed || here.schema.default.is_some() {
            return None;
        }
        let stays = here.schema.sticky || here.schema.change != Change::Update;
        // In a set, an element whose spelling changed has its prior value already.
        let kept = if here.prior.is_null() { here.planned } else { here.prior };
        Some(if stays && !kept.is_null() { kept.clone() } else { Value::unknown() })
    })
}
