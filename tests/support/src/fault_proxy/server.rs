//! The proxy's connections: read a request, meet the rules, pass it on, write down what happened.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::{CONNECTION, CONTENT_LENGTH, EXPECT, HeaderMap, TRANSFER_ENCODING};
use hyper::http::request::Parts;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode, http};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};

use super::action_name::{Name, Protocol};
use super::emulator_gaps::{gone, tagging};
use super::refusal::{refusal, throttle};
use super::rule::Fault;
use super::tokens::Repeated;
use super::{Call, Calls, Rule, Shared};

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html>
const MISMATCH: (&str, &str) = (
    "IdempotentParameterMismatch",
    "The request uses the same client token as a previous, but non-identical request.",
);

/// Returned from a handler, it makes the server close the connection without an answer.
#[derive(Debug)]
struct Cut;

impl std::fmt::Display for Cut {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("the connection is cut")
    }
}

impl std::error::Error for Cut {}

/// Serves connections until the runtime ends.
pub(super) async fn accept(listener: TcpListener, upstream: SocketAddr, shared: Arc<Shared>) {
    loop {
        let Ok((stream, _)) = listener.accept().await else { continue };
        let shared = Arc::clone(&shared);
        tokio::spawn(async move {
            let handler = service_fn(|request| handle(request, upstream, Arc::clone(&shared)));
            // An error is a connection that was cut, by us or by the caller.
            let _ = hyper::server::conn::http1::Builder::new()
                .serve_connection(TokioIo::new(stream), handler)
                .await;
        });
    }
}

async fn handle(
    request: Request<Incoming>,
    upstream: SocketAddr,
    shared: Arc<Shared>,
) -> Result<Response<Full<Bytes>>, Cut> {
    let (parts, body) = request.into_parts();
    let body = body.collect().await.map_err(|_| Cut)?.to_bytes();
    let text = String::from_utf8_lossy(&body).into_owned();
    let name = Name::of(&parts, &text);
    let protocol = name.protocol;
    let (number, call, rule) = arrive(&shared, name, text);
    let exchange = Exchange { parts, body, upstream, shared, number, call };
    // As a task of its own: AWS goes on with a request whose caller has given up or was killed.
    let answer = tokio::spawn(async move {
        let answer = exchange.answer(protocol, rule.as_ref().map(Rule::fault)).await;
        exchange.finish(answer.as_ref().ok().map(Response::status));
        answer
    });
    answer.await.unwrap_or(Err(Cut))
}

/// Writes the call down and finds the first rule that is for it. Every rule sees every call, so that rules count alike
/// whatever their order.
fn arrive(shared: &Shared, name: Name, body: String) -> (Duration, Call, Option<Rule>) {
    let mut call = Call {
        service: name.service,
        region: name.region,
        access_key: name.access_key,
        action: name.action,
        mutating: name.mutating,
        body,
        ..Call::default()
    };
    let met: Vec<Rule> = shared.rules().iter().filter(|rule| rule.meets(&call)).cloned().collect();
    let rule = met.into_iter().next();
    call.fault = rule.as_ref().map(Rule::name);
    let mut calls = shared.calls();
    // Taken under the lock: the time of arrival then also orders and identifies the call.
    let last = calls.last().map_or(Duration::ZERO, |call| call.began);
    call.began = shared.begin.elapsed().max(last + Duration::from_nanos(1));
    calls.push(call.clone());
    (call.began, call, rule)
}

/// One request on its way.
struct Exchange {
    parts: Parts,
    body: Bytes,
    upstream: SocketAddr,
    shared: Arc<Shared>,
    number: Duration,
    call: Call,
}

impl Exchange {
    /// Carries out what the rule says.
    async fn answer(&self, protocol: Protocol, fault: Option<&Fault>) -> Result<Response<Full<Bytes>>, Cut> {
        match fault {
            None => self.forward(protocol).await,
            Some(Fault::LostRequest) => Err(Cut),
            Some(Fault::LostAnswer) => self.forward(protocol).await.and(Err(Cut)),
            Some(Fault::Refuse { status, code, message }) => Ok(refusal(protocol, *status, code, message)),
            Some(Fault::RefuseAfter { status, code, message }) => {
                self.forward(protocol).await.map(|_| refusal(protocol, *status, code, message))
            }
            Some(Fault::Throttle) => Ok(throttle(protocol, &self.call.service)),
            Some(Fault::Delay(by)) => {
                tokio::time::sleep(*by).await;
                self.forward(protocol).await
            }
            Some(Fault::LateAnswer(by)) => {
                let answer = self.forward(protocol).await;
                tokio::time::sleep(*by).await;
                answer
            }
            Some(Fault::Rewrite(rewrite)) => {
                let (mut parts, body) = self.forward(protocol).await?.into_parts();
                let body = body.collect().await.map_err(|_| Cut)?.to_bytes();
                let text = rewrite(&self.call, &String::from_utf8_lossy(&body));
                // It is for the text that was.
                parts.headers.remove(CONTENT_LENGTH);
                Ok(Response::from_parts(parts, Full::new(text.into())))
            }
            Some(Fault::Hold(callback)) => {
                self.run(callback).await;
                self.forward(protocol).await
            }
            Some(Fault::CutBefore(callback)) => {
                self.run(callback).await;
                Err(Cut)
            }
            Some(Fault::CutAfter(callback)) => {
                let answer = self.forward(protocol).await;
                self.run(callback).await;
                answer.and(Err(Cut))
            }
        }
    }

    /// Passes the request on and returns the emulator's answer.
    async fn forward(&self, protocol: Protocol) -> Result<Response<Full<Bytes>>, Cut> {
        match self.repeated() {
            Some(Repeated::Answer(answer)) => return Ok(Response::new(Full::new(answer))),
            Some(Repeated::Mismatch) => return Ok(refusal(protocol, 400, MISMATCH.0, MISMATCH.1)),
            None => {}
        }
        self.note(|call| call.forwarded = true);
        let (parts, body) = self.send(self.body.clone()).await?;
        if !parts.status.is_success()
            && let Some(code) = gone(&self.call, &self.calls())
        {
            self.note(|call| call.upstream = Some(400));
            return Ok(refusal(protocol, 400, code, "It does not exist."));
        }
        let unsupported = is_web_page(parts.status, &body);
        self.note(|call| {
            call.unsupported = unsupported;
            call.upstream = Some(parts.status.as_u16());
        });
        if parts.status.is_success() {
            self.shared.tokens.learn(&self.call, &body);
            if let Some(tagging) = tagging(&self.call, &String::from_utf8_lossy(&body)) {
                self.send(tagging.into()).await?;
            }
        }
        Ok(Response::from_parts(parts, Full::new(body)))
    }

    /// Sends this request with a body to the emulator.
    async fn send(&self, body: Bytes) -> Result<(http::response::Parts, Bytes), Cut> {
        let stream = TcpStream::connect(self.upstream).await.map_err(|_| Cut)?;
        let (mut sender, connection) =
            hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.map_err(|_| Cut)?;
        tokio::spawn(connection);
        let mut parts = self.parts.clone();
        remove_hop_headers(&mut parts.headers);
        parts.headers.insert(CONTENT_LENGTH, body.len().into());
        let request = Request::from_parts(parts, Full::new(body));
        let (mut parts, body) = sender.send_request(request).await.map_err(|_| Cut)?.into_parts();
        let body = body.collect().await.map_err(|_| Cut)?.to_bytes();
        remove_hop_headers(&mut parts.headers);
        Ok((parts, body))
    }

    /// What AWS would do with a token that it knows.
    fn repeated(&self) -> Option<Repeated> {
        // A clone of all calls is for the few creates that carry one.
        self.call.parameter("ClientToken")?;
        self.shared.tokens.repeated(&self.call, &self.calls())
    }

    fn calls(&self) -> Calls {
        Calls::new(self.shared.calls().clone())
    }

    /// Runs a callback where it may block.
    async fn run(&self, callback: &Arc<dyn Fn(&Call) + Send + Sync>) {
        let (callback, call) = (Arc::clone(callback), self.call.clone());
        // A callback that panics has already printed why; the test's own assertions do the rest.
        let _ = tokio::task::spawn_blocking(move || callback(&call)).await;
    }

    fn finish(&self, status: Option<StatusCode>) {
        let took = self.shared.begin.elapsed().saturating_sub(self.number);
        self.note(|call| {
            call.status = status.map(|status| status.as_u16());
            call.took = took;
        });
    }

    /// Changes this call's entry, unless it was taken meanwhile.
    fn note(&self, change: impl FnOnce(&mut Call)) {
        let mut calls = self.shared.calls();
        if let Ok(position) = calls.binary_search_by_key(&self.number, |call| call.began) {
            change(&mut calls[position]);
        }
    }
}

/// Headers that are about one connection only, and those that no longer hold once the body was read as a whole.
fn remove_hop_headers(headers: &mut HeaderMap) {
    for name in [CONNECTION, TRANSFER_ENCODING, EXPECT] {
        headers.remove(name);
    }
}

/// The emulator's web framework answers in HTML where an action is missing.
fn is_web_page(status: StatusCode, body: &[u8]) -> bool {
    status.as_u16() >= 400 && body.get(..9).is_some_and(|begin| begin.eq_ignore_ascii_case(b"<!doctype"))
}
