use std::fmt;
use std::sync::Arc;

use tfplugin_proto::wire;
use tonic::codegen::BoxStream;
use tonic::{Request, Response, Status};

use super::server::Server;
use crate::Provider;

/// A provider as the service that Terraform talks to.
pub struct Service<C>(Arc<Server<C>>);

impl<C> Service<C> {
    pub(crate) fn new(provider: Provider<C>) -> Service<C> {
        Service(Arc::new(Server::new(provider)))
    }

    /// The provider that is served.
    pub fn provider(&self) -> &Provider<C> {
        &self.0.provider
    }
}

impl<C> Clone for Service<C> {
    fn clone(&self) -> Service<C> {
        Service(Arc::clone(&self.0))
    }
}

impl<C> fmt::Debug for Service<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Service").field(&self.0.provider).finish()
    }
}

/// Forwards every RPC to the file of its name. What is not listed answers that it is not implemented: the storing of
/// states, which released versions of Terraform do not ask for.
macro_rules! forward {
    ($($rpc:ident),+ $(,)?; streams $($stream:ident),+ $(,)?) => {
        #[async_trait::async_trait]
        impl<C: Send + Sync + 'static> wire::provider_server::Provider for Service<C> {
            $(
                async fn $rpc(
                    &self,
                    request: Request<wire::$rpc::Request>,
                ) -> Result<Response<wire::$rpc::Response>, Status> {
                    Ok(Response::new(super::$rpc::handle(&self.0, request.into_inner()).await))
                }
            )+
            $(
                async fn $stream(
                    &self,
                    request: Request<wire::$stream::Request>,
                ) -> Result<Response<BoxStream<wire::$stream::Event>>, Status> {
                    let events = super::$stream::handle(Arc::clone(&self.0), request.into_inner());
                    Ok(Response::new(Box::pin(events)))
                }
            )+
        }
    };
}

forward!(
    apply_resource_change,
    call_function,
    close_ephemeral_resource,
    configure_provider,
    generate_resource_config,
    get_functions,
    get_metadata,
    get_provider_schema,
    get_resource_identity_schemas,
    import_resource_state,
    move_resource_state,
    open_ephemeral_resource,
    plan_action,
    plan_resource_change,
    read_data_source,
    read_resource,
    renew_ephemeral_resource,
    stop_provider,
    upgrade_resource_identity,
    upgrade_resource_state,
    validate_action_config,
    validate_data_resource_config,
    validate_ephemeral_resource_config,
    validate_list_resource_config,
    validate_provider_config,
    validate_resource_config;
    streams
    invoke_action,
    list_resource,
);
