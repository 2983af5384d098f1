use std::sync::Arc;

use tfplugin_proto::wire::invoke_action::event::{Completed, Progress, Type};
use tfplugin_proto::wire::invoke_action::{Event, Request};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::Status;

use super::convert;
use super::server::Server;
use crate::Diagnostics;
use crate::action::Told;

/// Runs one action. It goes on when nobody reads the events any more: half of it may be done.
pub(super) fn handle<C: Send + Sync + 'static>(
    server: Arc<Server<C>>,
    request: Request,
) -> ReceiverStream<Result<Event, Status>> {
    let (sender, receiver) = mpsc::channel(1);
    tokio::spawn(async move {
        let mut diagnostics = Diagnostics::new();
        let result = invoke(&server, &request, &sender, &mut diagnostics).await;
        diagnostics.extend(result.err().into_iter().flatten());
        let completed = Completed { diagnostics: convert::diagnostics(diagnostics) };
        // Nobody is there to be told when this fails.
        let _ = sender.send(Ok(Event { r#type: Some(Type::Completed(completed)) })).await;
    });
    ReceiverStream::new(receiver)
}

async fn invoke<C: Send + Sync + 'static>(
    server: &Server<C>,
    request: &Request,
    sender: &mpsc::Sender<Result<Event, Status>>,
    diagnostics: &mut Diagnostics,
) -> Result<(), Diagnostics> {
    let action = server.action(&request.action_type)?;
    let config = convert::decode(request.config.as_ref(), action.cty_type())?;
    let client = server.require_client(action.type_name())?;
    let (told, mut receiver) = mpsc::channel(1);
    let invoked = action.invoke(config, client, server.stopped(), told);
    let telling = async {
        while let Some(told) = receiver.recv().await {
            match told {
                Told::Warning(warning) => diagnostics.push(warning),
                Told::Progress(message) => {
                    let event = Event { r#type: Some(Type::Progress(Progress { message })) };
                    let _ = sender.send(Ok(event)).await;
                }
            }
        }
    };
    let (result, ()) = tokio::join!(invoked, telling);
    result
}
