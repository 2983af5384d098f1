//! A server on this machine that answers as a test tells it to, and remembers what it was asked.

use crate::retry;
use crate::session::{Environment, Settings, load_environment};
use aws_credential_types::Credentials;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// The account that the server's STS says the caller is in.
pub(crate) const CALLER: &str = "111111111111";

/// One call as the server got it: the form fields of the query protocol of EC2, STS and IAM, and the access key as `Key`. Of the
/// JSON protocol it has the `Action`, the `Body` as it is, and the `Region` that it was signed for.
pub(crate) type Call = BTreeMap<String, String>;

/// What the server does with a call.
pub(crate) enum Answer {
    /// Answers with this status and body.
    Http(u16, String),
    /// Executes it, as it were, and closes the connection: the answer is lost.
    HangUp,
}

/// EC2's form of an error.
pub(crate) fn refusal(status: u16, code: &str, message: &str) -> Answer {
    Answer::Http(
        status,
        format!(
            "<Response><Errors><Error><Code>{code}</Code><Message>{message}</Message></Error></Errors></Response>"
        ),
    )
}

/// The JSON protocol's form of an error, with the reason that AWS Organizations gives.
pub(crate) fn json_refusal(code: &str, reason: &str) -> Answer {
    let body = format!(r#"{{"__type":"{code}","Message":"No.","Reason":"{reason}"}}"#);
    Answer::Http(400, body)
}

/// A successful answer around `content`.
pub(crate) fn success(action: &str, content: &str) -> Answer {
    Answer::Http(200, format!("<{action}Response>{content}</{action}Response>"))
}

pub(crate) struct Server {
    pub(crate) url: String,
    calls: Arc<Mutex<Vec<Call>>>,
}

impl Server {
    /// A server that answers the call and how many of the same action came before it.
    pub(crate) fn new(answer: impl Fn(&Call, usize) -> Answer + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let calls = Arc::new(Mutex::new(Vec::<Call>::new()));
        let seen = calls.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let call = read_call(&stream);
                let number = {
                    let mut seen = seen.lock().unwrap();
                    let number = seen.iter().filter(|other| other["Action"] == call["Action"]).count();
                    seen.push(call.clone());
                    number
                };
                if let Answer::Http(status, body) = answer(&call, number) {
                    let head = format!("HTTP/1.1 {status} Status\r\ncontent-length: {}\r\n", body.len());
                    write!(stream, "{head}x-amzn-requestid: req-1\r\nconnection: close\r\n\r\n{body}")
                        .unwrap();
                }
            }
        });
        Self { url, calls }
    }

    /// Every call so far.
    pub(crate) fn calls(&self) -> Vec<Call> {
        self.calls.lock().unwrap().clone()
    }

    /// The actions of every call so far.
    pub(crate) fn actions(&self) -> Vec<String> {
        self.calls().into_iter().map(|call| call["Action"].clone()).collect()
    }

    /// What the environment would give: credentials of [`CALLER`], a region, this endpoint, quick retries.
    pub(crate) async fn environment(&self) -> Environment {
        environment(&self.url, Credentials::new("AKIACALLER", "secret", None, None, "test")).await
    }
}

/// The same for any endpoint and any source of credentials.
pub(crate) async fn environment(url: &str, credentials: impl ProvideCredentials + 'static) -> Environment {
    let settings = Settings {
        region: Some("eu-west-1".parse().unwrap()),
        endpoint_url: Some(url.to_owned()),
        ..Settings::default()
    };
    let loaded = load_environment(&settings).await.unwrap();
    let config = loaded
        .config
        .into_builder()
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .retry_config(retry::standard(None).with_initial_backoff(Duration::from_millis(1)))
        .build();
    Environment { config, ..loaded }
}

/// What STS answers to GetCallerIdentity and AssumeRole; the assumed keys name the account.
pub(crate) fn sts(call: &Call) -> Answer {
    match call["Action"].as_str() {
        "GetCallerIdentity" => success(
            "GetCallerIdentity",
            &format!("<GetCallerIdentityResult><Account>{CALLER}</Account></GetCallerIdentityResult>"),
        ),
        "AssumeRole" => {
            let account = call["RoleArn"].split(':').nth(4).unwrap();
            success(
                "AssumeRole",
                &format!(
                    "<AssumeRoleResult><AssumedRoleUser><AssumedRoleId>A:s</AssumedRoleId>\
                     <Arn>arn:aws:sts::{account}:assumed-role/r/s</Arn></AssumedRoleUser>\
                     <Credentials><AccessKeyId>ASIA{account}</AccessKeyId><SecretAccessKey>s</SecretAccessKey>\
                     <SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>\
                     </AssumeRoleResult>"
                ),
            )
        }
        other => panic!("not a call of STS: {other}"),
    }
}

fn read_call(stream: &TcpStream) -> Call {
    let mut reader = BufReader::new(stream);
    let mut length = 0;
    let mut scope = String::new();
    let mut action = None;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        let line = line.trim_end();
        if let Some((name, value)) = line.split_once(": ") {
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.parse().unwrap(),
                "authorization" => scope = between(value, "Credential=", ","),
                "x-amz-target" => action = value.split_once('.').map(|(_, action)| action.to_owned()),
                _ => {}
            }
        }
        if line.is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    let body = String::from_utf8(body).unwrap();
    let mut scope = scope.split('/');
    let key = scope.next().unwrap_or_default().to_owned();
    if let Some(action) = action {
        let region = scope.nth(1).unwrap_or_default().to_owned();
        let fields = [("Action", action), ("Body", body), ("Key", key), ("Region", region)];
        return fields.map(|(name, value)| (name.to_owned(), value)).into();
    }
    let fields = body.split('&').map(|field| {
        let (name, value) = field.split_once('=').unwrap();
        (decode(name), decode(value))
    });
    fields.chain([("Key".to_owned(), key)]).collect()
}

fn between(text: &str, start: &str, end: &str) -> String {
    text.split_once(start).unwrap().1.split_once(end).unwrap().0.to_owned()
}

/// The reverse of percent-encoding.
fn decode(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'%' => {
                let digits = [rest.next().unwrap(), rest.next().unwrap()];
                bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap());
            }
            b'+' => bytes.push(b' '),
            byte => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).unwrap()
}
