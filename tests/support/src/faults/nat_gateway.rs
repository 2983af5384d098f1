//! A NAT gateway that AWS makes and that ends as failed, which the emulator never does
//! (<https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-troubleshooting.html>).

use std::sync::{Arc, OnceLock};

use landform_sandbox::aws::Client;

use super::stage::REGION;
use crate::Scenario;
use crate::fault_proxy::Rule;
use crate::invariants::text_of;
use crate::scenario::TestBed;

/// Lets the next NAT gateway fail, for good. The answer is the rule that its creation meets.
pub(super) fn first_fails(scenario: &Scenario) -> Rule {
    let proxy = scenario.proxy();
    // The id of the gateway, and its address.
    let first: Arc<OnceLock<(String, String)>> = Arc::default();
    let told = Arc::clone(&first);
    let made = proxy.on("CreateNatGateway").rewrite(move |_, answer| {
        let _ = told.set((text_of(answer, "natGatewayId"), text_of(answer, "publicIp")));
        answer.replace("<state>available</state>", "<state>pending</state>")
    });
    let told = Arc::clone(&first);
    proxy.on("DescribeNatGateways").always().rewrite(move |_, answer| match told.get() {
        Some((id, _)) => with_failed(answer, id),
        None => answer.to_owned(),
    });
    // AWS frees the address when the gateway is deleted; the emulator keeps it taken.
    let account = scenario.account().to_owned();
    proxy.on("DeleteNatGateway").hold(move |_| {
        let Some((_, address)) = first.get() else { return };
        let freed = Client::new(TestBed::emulator().endpoint()).and_then(|client| {
            client.query("ec2", REGION, &account, "DisassociateAddress", &[("PublicIp", address)])
        });
        if let Err(error) = freed {
            panic!("the address {address} cannot be freed: {error}");
        }
    });
    made
}

/// The answer with this NAT gateway as failed. The emulator writes the state of a gateway after its id.
fn with_failed(answer: &str, id: &str) -> String {
    const AVAILABLE: &str = "<state>available</state>";
    const FAILED: &str = "<state>failed</state><failureCode>Gateway.NotAttached</failureCode>\
                          <failureMessage>Network has no Internet gateway attached</failureMessage>";
    let marker = format!("<natGatewayId>{id}</natGatewayId>");
    let Some((before, rest)) = answer.split_once(&marker) else { return answer.to_owned() };
    let (own, others) = rest.split_at(rest.find("<natGatewayId>").unwrap_or(rest.len()));
    format!("{before}{marker}{}{others}", own.replace(AVAILABLE, FAILED))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_gateway_with_the_id_has_failed() {
        let item = |id: &str, state: &str| {
            format!("<item><natGatewayId>{id}</natGatewayId><state>{state}</state></item>")
        };
        let answer = ["nat-1", "nat-2", "nat-3"].map(|id| item(id, "available")).concat();
        let failed = with_failed(&answer, "nat-2");
        assert!(failed.starts_with(&item("nat-1", "available")), "{failed}");
        assert!(failed.ends_with(&item("nat-3", "available")), "{failed}");
        assert!(
            failed.contains("<natGatewayId>nat-2</natGatewayId><state>failed</state><failureCode>"),
            "{failed}"
        );
        assert_eq!(with_failed(&answer, "nat-4"), answer);
    }
}
