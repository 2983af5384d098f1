//! Plans as text, for snapshots.

use std::fmt;

use tfplugin_proto::cty::Value;

use super::terraform::{Applied, Planned};
use crate::show;

/// One line per attribute that changes, as in `terraform plan`; then what is replaced; then the diagnostics.
impl fmt::Display for Planned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.diagnostics.has_errors() {
            return write!(f, "{}", self.diagnostics);
        }
        let action = match (self.prior.is_null(), self.planned.is_null()) {
            (true, _) => "create",
            (_, true) => "destroy",
            _ if !self.requires_replace.is_empty() => "replace",
            _ if self.prior == self.planned => "no change",
            _ => "update",
        };
        f.write_str(action)?;
        if !self.requires_replace.is_empty() {
            write!(f, " because of {}", self.requires_replace.join(", "))?;
        }
        if let Value::Object(planned) = &self.planned {
            for (name, new) in planned {
                let old = match &self.prior {
                    Value::Object(prior) => prior.get(name).unwrap_or(&Value::Null),
                    _ => &Value::Null,
                };
                match (old, new) {
                    (old, new) if old == new => {}
                    (Value::Null, new) => write!(f, "\n+ {name} = {}", show::value(new, false))?,
                    (old, Value::Null) => write!(f, "\n- {name} = {}", show::value(old, false))?,
                    _ => {
                        let (old, new) = (show::value(old, false), show::value(new, false));
                        write!(f, "\n~ {name} = {old} -> {new}")?;
                    }
                }
            }
        }
        if !self.diagnostics.is_empty() {
            write!(f, "\n{}", self.diagnostics)?;
        }
        Ok(())
    }
}

/// One line per attribute that has a value, then the diagnostics.
impl fmt::Display for Applied {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.state {
            Value::Object(state) => {
                let set = state.iter().filter(|(_, value)| !value.is_null());
                let lines: Vec<_> =
                    set.map(|(name, value)| format!("{name} = {}", show::value(value, false))).collect();
                f.write_str(&lines.join("\n"))?;
            }
            _ => f.write_str("no object")?,
        }
        if !self.diagnostics.is_empty() {
            write!(f, "\n{}", self.diagnostics)?;
        }
        Ok(())
    }
}
