use std::fmt;

use tfplugin_proto::cty::Value;

/// How a model writes a value. Any two are equal: it says nothing that Terraform sees.
#[derive(Clone, Copy)]
pub(crate) struct Respelled(pub(super) fn(&Value) -> Value);

impl Respelled {
    /// The value as the model writes it.
    pub(crate) fn of(self, value: &Value) -> Value {
        (self.0)(value)
    }
}

/// Everything stays as it is.
impl Default for Respelled {
    fn default() -> Respelled {
        Respelled(Value::clone)
    }
}

impl PartialEq for Respelled {
    fn eq(&self, _: &Respelled) -> bool {
        true
    }
}

impl fmt::Debug for Respelled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Respelled")
    }
}
