use tfplugin_proto::wire::diagnostic::Severity;
use tfplugin_proto::wire::{self, Diagnostic};

/// An answer that may say that something is wrong.
pub(crate) trait Diagnosed {
    /// Whether it does.
    fn failed(&self) -> bool;
}

/// Whether one of these is an error.
pub(crate) fn any_error(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity() == Severity::Error)
}

macro_rules! diagnosed {
    ($($rpc:ident),+ $(,)?) => {$(
        impl Diagnosed for wire::$rpc::Response {
            fn failed(&self) -> bool {
                any_error(&self.diagnostics)
            }
        }
    )+};
}

diagnosed!(
    get_metadata,
    get_provider_schema,
    validate_provider_config,
    validate_resource_config,
    validate_data_resource_config,
    upgrade_resource_state,
    get_resource_identity_schemas,
    upgrade_resource_identity,
    configure_provider,
    read_resource,
    plan_resource_change,
    apply_resource_change,
    import_resource_state,
    move_resource_state,
    read_data_source,
    generate_resource_config,
    validate_ephemeral_resource_config,
    open_ephemeral_resource,
    renew_ephemeral_resource,
    close_ephemeral_resource,
    validate_list_resource_config,
    get_functions,
    plan_action,
    validate_action_config,
);

impl Diagnosed for wire::call_function::Response {
    fn failed(&self) -> bool {
        self.error.is_some()
    }
}

impl Diagnosed for wire::stop_provider::Response {
    fn failed(&self) -> bool {
        !self.error.is_empty()
    }
}
