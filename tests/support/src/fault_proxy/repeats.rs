//! Deletions that are sent a second time, where the emulator breaks and AWS says that there is nothing to delete.

use super::{Call, Calls};

/// Actions, and what AWS answers when the object is gone
/// (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html>). The emulator answers the first with
/// an HTTP 500 without a text, and complains of the routes of an endpoint that it deleted before.
const GONE: [(&str, &str); 2] = [
    ("DeleteNetworkAclEntry", "InvalidNetworkAclEntry.NotFound"),
    ("DeleteVpcEndpoints", "InvalidVpcEndpointId.NotFound"),
];

/// The code that AWS would refuse `call` with, when one of `calls` has done the same before.
pub(super) fn gone(call: &Call, calls: &Calls) -> Option<&'static str> {
    let (_, code) = GONE.iter().find(|(action, _)| *action == call.action)?;
    let done =
        |earlier: &Call| earlier.action == call.action && earlier.body == call.body && earlier.executed();
    calls.iter().any(done).then_some(*code)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(action: &str, body: &str, upstream: Option<u16>) -> Call {
        Call {
            action: action.to_owned(),
            body: body.to_owned(),
            forwarded: upstream.is_some(),
            upstream,
            ..Call::default()
        }
    }

    #[test]
    fn only_what_was_deleted_before_is_gone() {
        let again = call("DeleteVpcEndpoints", "VpcEndpointId.1=vpce-1", None);
        for (earlier, expected) in [
            (call("DeleteVpcEndpoints", "VpcEndpointId.1=vpce-1", Some(200)), true),
            (call("DeleteVpcEndpoints", "VpcEndpointId.1=vpce-1", Some(400)), false),
            (call("DeleteVpcEndpoints", "VpcEndpointId.1=vpce-1", None), false),
            (call("DeleteVpcEndpoints", "VpcEndpointId.1=vpce-2", Some(200)), false),
            (call("DeleteSubnet", "VpcEndpointId.1=vpce-1", Some(200)), false),
        ] {
            let calls: Calls = [earlier].into_iter().collect();
            assert_eq!(gone(&again, &calls).is_some(), expected, "{calls:?}");
        }
    }
}
