//! One AWS call as the proxy saw it, and lists of them.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Deref;
use std::time::Duration;

/// One request and what became of it.
#[derive(Clone, Debug, Default)]
pub struct Call {
    /// The service of the credential scope: `ec2`, `sts`, `s3`.
    pub service: String,
    /// The region of the credential scope.
    pub region: String,
    /// The access key id that made the call. Each session of an account has its own.
    pub access_key: String,
    /// AWS's name of the action, such as `CreateVpc`; for REST services other than S3 `POST /clusters`.
    pub action: String,
    /// Whether the action changes something.
    pub mutating: bool,
    /// The request's body: form parameters, JSON, or an S3 object.
    pub body: String,
    /// The HTTP status the caller got; `None` when the connection was cut or the call is still running.
    pub status: Option<u16>,
    /// Whether the emulator got the request.
    pub forwarded: bool,
    /// The HTTP status that the emulator answered with, whatever the caller got.
    pub upstream: Option<u16>,
    /// The emulator lacks this action: it answered with an HTML page.
    pub unsupported: bool,
    /// What was done to the call, if a rule matched: `lost answer`, `throttle`.
    pub fault: Option<&'static str>,
    /// When it arrived, from the proxy's start.
    pub began: Duration,
    /// How long it took; zero while it is running.
    pub took: Duration,
}

impl Call {
    /// The value of a form parameter, such as `ClientToken` or `TagSpecification.1.Tag.1.Key`.
    pub fn parameter(&self, name: &str) -> Option<String> {
        self.body
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .find(|(key, _)| *key == name)
            .map(|(_, value)| decoded(value))
    }

    /// All form parameters, by name.
    pub fn parameters(&self) -> impl Iterator<Item = (String, String)> {
        let pairs = self.body.split('&').filter_map(|pair| pair.split_once('='));
        pairs.map(|(name, value)| (decoded(name), decoded(value)))
    }

    /// The values of all form parameters.
    pub fn values(&self) -> impl Iterator<Item = String> {
        self.parameters().map(|(_, value)| value)
    }

    /// Whether it did, or may have done, what it asks for: AWS got it and did not refuse it.
    pub fn executed(&self) -> bool {
        self.forwarded && self.upstream.is_some_and(|status| status < 300)
    }
}

/// Calls in order of arrival.
#[derive(Clone, Debug, Default)]
pub struct Calls(Vec<Call>);

impl Calls {
    pub(super) fn new(calls: Vec<Call>) -> Self {
        Calls(calls)
    }

    /// How often the action was called.
    pub fn count(&self, action: &str) -> usize {
        self.iter().filter(|call| call.action == action).count()
    }

    /// The calls that change something.
    pub fn mutating(&self) -> Calls {
        self.only(|call| call.mutating)
    }

    /// The calls of one service.
    pub fn of_service(&self, service: &str) -> Calls {
        self.only(|call| call.service == service)
    }

    /// The calls that the emulator cannot answer as AWS would.
    pub fn unsupported(&self) -> Calls {
        self.only(|call| call.unsupported)
    }

    /// The calls that `keep` accepts.
    pub fn only(&self, keep: impl Fn(&Call) -> bool) -> Calls {
        Calls(self.iter().filter(|call| keep(call)).cloned().collect())
    }

    /// The action of every call, in order of arrival.
    pub fn actions(&self) -> Vec<&str> {
        self.iter().map(|call| call.action.as_str()).collect()
    }

    /// Counts by action.
    pub fn by_action(&self) -> BTreeMap<String, usize> {
        let mut counts = BTreeMap::new();
        for call in self.iter() {
            *counts.entry(call.action.clone()).or_default() += 1;
        }
        counts
    }
}

/// Calls that were taken at different times, in the order that they are given in.
impl FromIterator<Call> for Calls {
    fn from_iter<T: IntoIterator<Item = Call>>(calls: T) -> Self {
        Calls(calls.into_iter().collect())
    }
}

impl Deref for Calls {
    type Target = [Call];

    fn deref(&self) -> &[Call] {
        &self.0
    }
}

/// One line per action with its count.
impl fmt::Display for Calls {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "{} calls, {} of them mutating", self.len(), self.mutating().len())?;
        for (action, count) in self.by_action() {
            writeln!(formatter, "{count:>5} {action}")?;
        }
        Ok(())
    }
}

/// Percent-decoding of a form value.
pub(super) fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let hex = tail.get(..2).and_then(|pair| std::str::from_utf8(pair).ok());
        match (first, hex.and_then(|pair| u8::from_str_radix(pair, 16).ok())) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            (b'+', _) => {
                bytes.push(b' ');
                rest = tail;
            }
            (byte, _) => {
                bytes.push(*byte);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn form_values_are_decoded() {
        for (text, expected) in
            [("a%20b+c", "a b c"), ("%C3%BC", "ü"), ("100%", "100%"), ("%zz", "%zz"), ("", "")]
        {
            assert_eq!(decoded(text), expected);
        }
    }
}
