//! What resources are asked and how they answer, without their model types.

use tfplugin_proto::cty::Value;

use crate::{Diagnostics, Path};

/// What a resource's own `plan` says.
pub(crate) struct Proposal {
    pub(crate) planned: Value,
    /// What makes Terraform replace the object, and why.
    pub(crate) replace: Vec<(Path, String)>,
    pub(crate) diagnostics: Diagnostics,
}

/// What to do to an object.
pub(crate) enum Call {
    Create { planned: Value, config: Value, resumed_from: Option<Value> },
    Update { prior: Value, planned: Value, config: Value },
    Delete { prior: Value },
    Read { state: Value },
}

/// What the user gave to find an existing object.
pub(crate) enum ImportBy {
    Id(String),
    Identity(Value),
}

/// How a call ended.
pub(crate) struct Outcome {
    /// The object afterwards, `None` when there is none; or what went wrong.
    pub(crate) result: Result<Option<Value>, Diagnostics>,
    /// What the call last said exists. Only a call that failed has one.
    pub(crate) checkpoint: Option<Value>,
    pub(crate) warnings: Diagnostics,
}

impl Outcome {
    pub(crate) fn failed(diagnostics: Diagnostics) -> Outcome {
        Outcome { result: Err(diagnostics), checkpoint: None, warnings: Diagnostics::new() }
    }
}
