//! What AWS does and the emulator does not, where a fault would look like a fault of the provider.

use super::{Call, Calls};

/// Deletions, and what AWS answers when the object is gone
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

/// The body of the call that tags what `call` has made; `None` where the emulator keeps the tags of a create. It does not
/// for sets of DHCP options.
pub(super) fn tagging(call: &Call, answer: &str) -> Option<String> {
    if call.action != "CreateDhcpOptions" {
        return None;
    }
    let (_, rest) = answer.split_once("<dhcpOptionsId>")?;
    let id = rest.split('<').next()?;
    let tags = call.body.split('&').filter_map(|pair| pair.strip_prefix("TagSpecification.1.Tag."));
    let tags: String = tags.map(|tag| format!("&Tag.{tag}")).collect();
    Some(format!("Action=CreateTags&Version=2016-11-15&ResourceId.1={id}{tags}"))
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
    #[test]
    fn the_tags_of_dhcp_options_are_sent_again() {
        let body = "Action=CreateDhcpOptions&TagSpecification.1.ResourceType=dhcp-options\
                    &TagSpecification.1.Tag.1.Key=Name&TagSpecification.1.Tag.1.Value=a%20b";
        let made = call("CreateDhcpOptions", body, None);
        let answer = "<dhcpOptions><dhcpOptionsId>dopt-1</dhcpOptionsId></dhcpOptions>";
        assert_eq!(
            tagging(&made, answer).unwrap(),
            "Action=CreateTags&Version=2016-11-15&ResourceId.1=dopt-1&Tag.1.Key=Name&Tag.1.Value=a%20b"
        );
        assert_eq!(tagging(&call("CreateSubnet", body, None), answer), None);
    }
}
