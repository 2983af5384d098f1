use http_body_util::{BodyExt, Full};
use landform_framework::Service;
use prost::bytes::Bytes;
use tfplugin_proto::wire::provider_server::ProviderServer;
use tonic::codegen::{Service as _, http};
use tonic::{Code, Status};

/// A provider within the process, called as over a connection: by the name of the call and the bytes of its request.
#[derive(Clone, Debug)]
pub struct Callee<C> {
    service: ProviderServer<Service<C>>,
}

impl<C: Send + Sync + 'static> Callee<C> {
    /// Calls go to this.
    pub fn new(service: Service<C>) -> Callee<C> {
        const MAX_MESSAGE: usize = 256 << 20;
        let service = ProviderServer::new(service)
            .max_decoding_message_size(MAX_MESSAGE)
            .max_encoding_message_size(MAX_MESSAGE);
        Callee { service }
    }

    /// Calls `rpc`, such as `PlanResourceChange`, with one message, and waits for all messages of the answer.
    ///
    /// # Errors
    /// What the callee says instead of an answer, or that its answer is no gRPC.
    pub async fn call(&mut self, rpc: &str, message: &[u8]) -> Result<Vec<Vec<u8>>, Status> {
        let length = u32::try_from(message.len()).map_err(|_| Status::out_of_range("too long"))?;
        let framed = [&[0][..], &length.to_be_bytes(), message].concat();
        let request = http::Request::post(format!("http://localhost/tfplugin6.Provider/{rpc}"))
            .header("content-type", "application/grpc")
            .header("te", "trailers")
            .body(Full::<Bytes>::from(framed))
            .map_err(|error| Status::internal(error.to_string()))?;
        let Ok(response) = self.service.call(request).await;
        if let Some(status) = Status::from_header_map(response.headers()) {
            return Err(status);
        }
        let collected = response.into_body().collect().await?;
        match collected.trailers().and_then(Status::from_header_map) {
            Some(status) if status.code() == Code::Ok => {}
            Some(status) => return Err(status),
            None => return Err(Status::internal("the answer has no status")),
        }
        messages(&collected.to_bytes())
    }
}

/// Each message has a byte that says that it is not compressed, and its length.
fn messages(mut bytes: &[u8]) -> Result<Vec<Vec<u8>>, Status> {
    let mut messages = Vec::new();
    while let Some(([0, length @ ..], rest)) = bytes.split_first_chunk::<5>() {
        let length = u32::from_be_bytes(*length) as usize;
        let (message, rest) =
            rest.split_at_checked(length).ok_or_else(|| Status::internal("a message is cut short"))?;
        messages.push(message.to_vec());
        bytes = rest;
    }
    if bytes.is_empty() { Ok(messages) } else { Err(Status::internal("the answer is no gRPC")) }
}
