use std::sync::Arc;

use tfplugin_proto::wire::list_resource::{Event, Request};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::Status;

use super::convert;
use super::server::Server;
use crate::erased::{AnyResource, Listed, Search};
use crate::list::Query;
use crate::schema::without_unknowns;
use crate::{Diagnostic, Diagnostics};

/// Finds existing objects, one event each. The stream ends when Terraform has had enough of them.
pub(super) fn handle<C: Send + Sync + 'static>(
    server: Arc<Server<C>>,
    request: Request,
) -> ReceiverStream<Result<Event, Status>> {
    let (sender, receiver) = mpsc::channel(1);
    tokio::spawn(async move {
        if let Err(diagnostics) = list(&server, &request, &sender).await {
            // Nobody is there to be told when this fails.
            let _ = sender.send(Ok(told(diagnostics))).await;
        }
    });
    ReceiverStream::new(receiver)
}

async fn list<C: Send + Sync + 'static>(
    server: &Server<C>,
    request: &Request,
    sender: &mpsc::Sender<Result<Event, Status>>,
) -> Result<(), Diagnostics> {
    let (resource, ty) = server.list_resource(&request.type_name)?;
    let config = convert::decode(request.config.as_ref(), ty)?;
    let client = server.require_client(resource.type_name())?;
    // No limit is a limit that nobody reaches.
    let limit = usize::try_from(request.limit).ok().filter(|limit| *limit > 0).unwrap_or(usize::MAX);
    let query = Query { wants_objects: request.include_resource_object, limit };
    let mut found = resource.list(config, Search { client, stopped: server.stopped(), query });
    while let Some(listed) = found.recv().await {
        let event = match listed {
            Listed::Object { display_name, object } => event(resource, query, display_name, object)?,
            Listed::Diagnostics(diagnostics) => told(diagnostics),
        };
        if sender.send(Ok(event)).await.is_err() {
            break;
        }
    }
    Ok(())
}

fn event<C>(
    resource: &dyn AnyResource<C>,
    query: Query,
    display_name: String,
    object: crate::cty::Value,
) -> Result<Event, Diagnostics> {
    let object = without_unknowns(object);
    let Some(identity) = resource.identity_object(&object)? else {
        let summary = format!("The {} {display_name:?} was found without an identity", resource.type_name());
        return Err(Diagnostic::error(
            summary,
            "This is a bug in the provider, which should be reported to its developers.",
        )
        .into());
    };
    let mut diagnostics = Diagnostics::new();
    let identity = convert::encode_identity(Some(identity), resource.identity_schema(), &mut diagnostics);
    let object = query.wants_objects.then(|| convert::encode(object, resource.cty_type(), &mut diagnostics));
    Ok(Event {
        identity,
        display_name,
        resource_object: object,
        diagnostic: convert::diagnostics(diagnostics),
    })
}

/// An event without an object.
fn told(diagnostics: Diagnostics) -> Event {
    Event { diagnostic: convert::diagnostics(diagnostics), ..Event::default() }
}
