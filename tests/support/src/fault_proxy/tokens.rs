//! Client tokens, which the emulator ignores: the same token is the same object, as on AWS.
//!
//! <https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-idempotency.html>

use std::sync::{Mutex, PoisonError};

use hyper::body::Bytes;

use super::{Call, Calls};

/// The creates with a token that succeeded.
#[derive(Debug, Default)]
pub(crate) struct Tokens(Mutex<Vec<Known>>);

#[derive(Clone, Debug)]
struct Known {
    call: Call,
    answer: Bytes,
}

/// What AWS does with a create whose token it knows.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Repeated {
    /// It gives the first answer again and makes nothing.
    Answer(Bytes),
    /// It refuses: the parameters are others.
    Mismatch,
}

impl Tokens {
    /// Remembers a create that succeeded.
    pub(super) fn learn(&self, call: &Call, answer: &Bytes) {
        if call.mutating && call.parameter("ClientToken").is_some() {
            let known = Known { call: call.clone(), answer: answer.clone() };
            self.0.lock().unwrap_or_else(PoisonError::into_inner).push(known);
        }
    }

    /// What `call` gets instead of being executed; `None` when its token is new. `calls` are those made so far: an object
    /// that was deleted since is given again, as deleted.
    pub(super) fn repeated(&self, call: &Call, calls: &Calls) -> Option<Repeated> {
        let token = call.parameter("ClientToken")?;
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let first = known.iter().find(|known| {
            (known.call.action == call.action && known.call.region == call.region)
                && known.call.parameter("ClientToken").as_deref() == Some(token.as_str())
        })?;
        if first.call.body != call.body {
            return Some(Repeated::Mismatch);
        }
        let text = String::from_utf8_lossy(&first.answer);
        let deletion = call.action.replacen("Create", "Delete", 1);
        let deleted = calls.iter().any(|later| {
            // `CreateVpcEndpoint` and `DeleteVpcEndpoints`.
            later.action.trim_end_matches('s') == deletion.trim_end_matches('s')
                && later.status == Some(200)
                && later.values().any(|value| value.contains('-') && text.contains(&format!(">{value}<")))
        });
        Some(Repeated::Answer(if deleted { as_deleted(&text).into() } else { first.answer.clone() }))
    }
}

/// The answer with the state that a deleted object has, where it has one.
fn as_deleted(answer: &str) -> String {
    let Some((before, rest)) = answer.split_once("<state>") else { return answer.to_owned() };
    let Some((_, after)) = rest.split_once("</state>") else { return answer.to_owned() };
    format!("{before}<state>deleted</state>{after}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(action: &str, body: &str) -> Call {
        Call { action: action.to_owned(), body: body.to_owned(), mutating: true, ..Call::default() }
    }

    const ANSWER: &str =
        "<natGatewayId>nat-1</natGatewayId><subnetId>subnet-1</subnetId><state>pending</state>";

    #[test]
    fn the_same_token_gets_the_same_answer_and_other_parameters_are_refused() {
        let tokens = Tokens::default();
        let first = call("CreateNatGateway", "ClientToken=t&SubnetId=subnet-1");
        let none = Calls::default();
        assert_eq!(tokens.repeated(&first, &none), None);
        tokens.learn(&first, &Bytes::from(ANSWER));
        assert_eq!(tokens.repeated(&first, &none), Some(Repeated::Answer(ANSWER.into())));
        let other = call("CreateNatGateway", "ClientToken=t&SubnetId=subnet-2");
        assert_eq!(tokens.repeated(&other, &none), Some(Repeated::Mismatch));
        for unlike in ["ClientToken=u&SubnetId=subnet-1", "SubnetId=subnet-1"] {
            assert_eq!(tokens.repeated(&call("CreateNatGateway", unlike), &none), None);
        }
        assert_eq!(tokens.repeated(&call("CreateRouteTable", &first.body), &none), None);
    }

    #[test]
    fn an_object_that_was_deleted_since_is_given_as_deleted() {
        let tokens = Tokens::default();
        let first = call("CreateNatGateway", "ClientToken=t&SubnetId=subnet-1");
        tokens.learn(&first, &Bytes::from(ANSWER));
        let deletion =
            |action: &str, body: &str| Calls::new(vec![Call { status: Some(200), ..call(action, body) }]);
        for (action, body, deleted) in [
            ("DeleteNatGateway", "NatGatewayId=nat-1", true),
            ("DeleteNatGateway", "NatGatewayId=nat-2", false),
            ("DeleteSubnet", "SubnetId=subnet-1", false),
        ] {
            let Some(Repeated::Answer(answer)) = tokens.repeated(&first, &deletion(action, body)) else {
                panic!("the token is known")
            };
            let text = String::from_utf8(answer.to_vec()).unwrap();
            assert_eq!(text.contains("<state>deleted</state>"), deleted, "{action} {body}");
        }
    }
}
