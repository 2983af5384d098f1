//! Requests in the protocols of AWS: query, JSON and S3's.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use roxmltree::Document;
use ureq::http::{Method, Request};

use crate::{Emulator, Error};

/// Talks to an emulator on this machine, and to nothing else.
#[derive(Debug)]
pub struct Client {
    endpoint: String,
    agent: ureq::Agent,
    /// Access keys of the sessions that were opened, by account.
    sessions: Mutex<BTreeMap<String, String>>,
}

impl Client {
    /// `endpoint` must be `http://` and a loopback address with a port.
    pub fn new(endpoint: &str) -> Result<Client, Error> {
        let address = endpoint.strip_prefix("http://").map(|rest| rest.trim_end_matches('/'));
        let loopback = address
            .and_then(|address| address.parse::<SocketAddr>().ok())
            .is_some_and(|address| IpAddr::is_loopback(&address.ip()));
        if !loopback {
            return Err(Error::NotLoopback { endpoint: endpoint.to_owned() });
        }
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .proxy(None)
            .timeout_global(Some(Duration::from_secs(60)))
            .build()
            .new_agent();
        Ok(Client { endpoint: endpoint.trim_end_matches('/').to_owned(), agent, sessions: Mutex::default() })
    }

    /// Opens a session in `account` (12 digits) as the management account does, and returns its access key id.
    ///
    /// The emulator lets one assume a role in any account, also in one that no organization has: that is how a test
    /// gets an account to itself. AWS would deny it.
    pub fn assume_role(&self, account: &str) -> Result<String, Error> {
        if account == Emulator::MANAGEMENT_ACCOUNT {
            return Ok("test".to_owned());
        }
        if let Some(key) = self.sessions.lock().unwrap_or_else(PoisonError::into_inner).get(account) {
            return Ok(key.clone());
        }
        let role = format!("arn:aws:iam::{account}:role/OrganizationAccountAccessRole");
        let parameters = [("RoleArn", role.as_str()), ("RoleSessionName", "sandbox")];
        let xml = self.query("sts", "us-east-1", Emulator::MANAGEMENT_ACCOUNT, "AssumeRole", &parameters)?;
        let key = text_of(&xml, "AssumeRole", "AccessKeyId")?;
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner).insert(account.to_owned(), key.clone());
        Ok(key)
    }

    /// Calls an action of a service with the query protocol (EC2, STS, IAM, …) and returns the XML of the answer.
    pub fn query(
        &self,
        service: &str,
        region: &str,
        account: &str,
        action: &str,
        parameters: &[(&str, &str)],
    ) -> Result<String, Error> {
        let mut pairs = vec![("Action", action), ("Version", api_version(service))];
        pairs.extend_from_slice(parameters);
        let body: Vec<String> =
            pairs.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
        let scope = Scope { service, region, account, action };
        let content_type = [("content-type", "application/x-www-form-urlencoded; charset=utf-8")];
        self.send(&scope, Method::POST, "/", &content_type, body.join("&"))
    }

    /// Calls an action of a service with the JSON protocol. `target` is the prefix of `X-Amz-Target`,
    /// such as `AWSOrganizationsV20161128`.
    pub fn json(
        &self,
        service: &str,
        target: &str,
        account: &str,
        action: &str,
        input: &serde_json::Value,
    ) -> Result<serde_json::Value, Error> {
        let target = format!("{target}.{action}");
        let headers = [("content-type", "application/x-amz-json-1.1"), ("x-amz-target", target.as_str())];
        let scope = Scope { service, region: "us-east-1", account, action };
        let text = self.send(&scope, Method::POST, "/", &headers, input.to_string())?;
        value_of(action, &text)
    }

    /// How often each action was called since the last time this was asked, by `service:Action` (`s3:PUT` for S3). The
    /// emulator counts everybody's calls, this client's included.
    pub fn take_call_counts(&self) -> Result<BTreeMap<String, u64>, Error> {
        let action = "the sandbox's own counter";
        let request_error =
            |source: ureq::Error| Error::Request { action: action.to_owned(), source: Box::new(source) };
        let mut response =
            self.agent.get(format!("{}/sandbox/calls", self.endpoint)).call().map_err(request_error)?;
        let text = response.body_mut().read_to_string().map_err(request_error)?;
        let counts: serde_json::Map<String, serde_json::Value> =
            serde_json::from_str(&text).map_err(|error| answer(action, &error.to_string()))?;
        Ok(counts.into_iter().map(|(name, count)| (name, count.as_u64().unwrap_or(0))).collect())
    }

    /// A request to a service with the REST protocol in JSON, such as Account Management.
    pub(super) fn rest_json(
        &self,
        scope: &Scope<'_>,
        path: &str,
        input: &serde_json::Value,
    ) -> Result<serde_json::Value, Error> {
        let headers = [("content-type", "application/json")];
        let text = self.send(scope, Method::POST, path, &headers, input.to_string())?;
        value_of(scope.action, &text)
    }

    /// A request to a REST service such as S3.
    pub(super) fn rest(
        &self,
        scope: &Scope<'_>,
        method: Method,
        path: &str,
        body: String,
    ) -> Result<String, Error> {
        self.send(scope, method, path, &[], body)
    }

    fn send(
        &self,
        scope: &Scope<'_>,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: String,
    ) -> Result<String, Error> {
        let key = self.assume_role(scope.account)?;
        let authorization = format!(
            "AWS4-HMAC-SHA256 Credential={key}/20260101/{}/{}/aws4_request, SignedHeaders=host, Signature=none",
            scope.region, scope.service
        );
        let request_error = |source: ureq::Error| Error::Request {
            action: scope.action.to_owned(),
            source: Box::new(source),
        };
        let mut request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.endpoint))
            .header("authorization", authorization);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(body).map_err(|error| request_error(error.into()))?;
        let mut response = self.agent.run(request).map_err(request_error)?;
        let status = response.status().as_u16();
        let text = response
            .body_mut()
            .with_config()
            .limit(64 * 1024 * 1024)
            .read_to_string()
            .map_err(request_error)?;
        if status < 300 { Ok(text) } else { Err(refusal(scope.action, status, &text)) }
    }
}

/// What a request is for: goes into the credential scope and into errors.
pub(super) struct Scope<'a> {
    pub(super) service: &'a str,
    pub(super) region: &'a str,
    pub(super) account: &'a str,
    pub(super) action: &'a str,
}

/// The text of the first element called `name`, anywhere in the document.
pub(super) fn text_of(xml: &str, action: &str, name: &str) -> Result<String, Error> {
    let document = Document::parse(xml).map_err(|error| answer(action, &error.to_string()))?;
    document
        .descendants()
        .find(|node| node.has_tag_name(name) || node.tag_name().name() == name)
        .and_then(|node| node.text())
        .map(str::to_owned)
        .ok_or_else(|| answer(action, &format!("no {name}")))
}

/// The value of an answer in JSON; `Null` when there is none.
fn value_of(action: &str, text: &str) -> Result<serde_json::Value, Error> {
    if text.is_empty() {
        return Ok(serde_json::Value::Null);
    }
    serde_json::from_str(text).map_err(|error| answer(action, &error.to_string()))
}

pub(super) fn answer(action: &str, reason: &str) -> Error {
    Error::Answer { action: action.to_owned(), reason: reason.to_owned() }
}

/// AWS's code and message, from XML or JSON. What is neither is a page of the emulator's web framework: it lacks the action.
fn refusal(action: &str, status: u16, text: &str) -> Error {
    let action = action.to_owned();
    if let Ok(json) = serde_json::from_str::<serde_json::Value>(text) {
        let word = |names: [&str; 2]| {
            names.iter().find_map(|name| json[*name].as_str()).unwrap_or_default().to_owned()
        };
        let code = word(["__type", "code"]);
        let code = code.rsplit('#').next().unwrap_or_default().to_owned();
        return Error::Refused { action, status, code, message: word(["message", "Message"]) };
    }
    match (text_of(text, &action, "Code"), text_of(text, &action, "Message")) {
        (Ok(code), message) => Error::Refused { action, status, code, message: message.unwrap_or_default() },
        _ if text.is_empty() => {
            Error::Refused { action, status, code: status.to_string(), message: "no body".to_owned() }
        }
        _ => Error::Unsupported { action, status },
    }
}

/// The API versions in the service models; the query protocol requires one.
fn api_version(service: &str) -> &'static str {
    match service {
        "ec2" => "2016-11-15",
        "iam" => "2010-05-08",
        _ => "2011-06-15",
    }
}

/// Percent-encoding for form bodies and paths: everything but the unreserved characters of RFC 3986.
pub(super) fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_an_endpoint() {
        for endpoint in [
            "https://ec2.us-east-1.amazonaws.com",
            "http://10.0.0.1:5000",
            "http://localhost:5000",
            "https://127.0.0.1:5000",
            "http://127.0.0.1",
            "http://127.0.0.1:80@10.0.0.1:80",
        ] {
            assert!(matches!(Client::new(endpoint), Err(Error::NotLoopback { .. })), "{endpoint}");
        }
        assert!(Client::new("http://127.0.0.1:5000").is_ok());
        assert!(Client::new("http://[::1]:5000/").is_ok());
    }

    #[test]
    fn refusals_are_read_from_every_protocol() {
        let code = |text: &str| match refusal("X", 400, text) {
            Error::Refused { code, .. } => code,
            other => format!("{other:?}"),
        };
        assert_eq!(
            code(
                "<Response><Errors><Error><Code>InvalidVpcID.NotFound</Code><Message>m</Message></Error></Errors></Response>"
            ),
            "InvalidVpcID.NotFound"
        );
        assert_eq!(
            code(r#"{"__type":"com.amazon#AlreadyInOrganizationException","message":"m"}"#),
            "AlreadyInOrganizationException"
        );
        assert!(matches!(
            refusal("X", 500, "<!doctype html>\n<html lang=en><title>500 Internal Server Error</title>"),
            Error::Unsupported { status: 500, .. }
        ));
    }

    #[test]
    fn form_bodies_are_percent_encoded() {
        assert_eq!(encoded("a b+c/ü"), "a%20b%2Bc%2F%C3%BC");
    }
}
