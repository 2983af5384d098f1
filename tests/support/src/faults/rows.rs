//! The rows, as data.

use super::Damage::{Empty, Missing, StaleLock, Truncated};
use super::Fault::{
    ErrorAfter, ErrorBefore, Expired, ForeignInterface, Interrupt, InterruptTwice, KillBoth, KillProvider,
    KillTerraform, LateAnswer, LateWork, LostAnswer, LostRequest, NatGatewayFails, Refused, SecondApply,
    State, Throttled,
};
use super::On::{Burst, Change, EachAction, EachChange, Every, From, NoCall, Nth};
use super::Phase::{Create, Destroy, Grow, Mend, Refresh, Shrink};
use super::When::{After, Before};
use super::{Case, Damage, Fault, On, Phase};

/// Every case, sorted by what goes wrong.
pub fn cases() -> Vec<Case> {
    let rows = LOST.iter().chain(&ERRORS).chain(&REFUSALS).chain(&PROCESSES).chain(&OTHERS);
    rows.map(|&(fault, on, phase)| Case { fault, on, phase }).collect()
}

type Row = (Fault, On, Phase);

const LOST: [Row; 29] = [
    (LostAnswer, Nth("CreateVpc", 1), Create),
    (LostAnswer, Nth("ModifyVpcAttribute", 1), Create),
    (LostAnswer, Nth("CreateSubnet", 3), Create),
    (LostAnswer, Nth("CreateInternetGateway", 1), Create),
    (LostAnswer, Nth("AttachInternetGateway", 1), Create),
    (LostAnswer, Nth("AllocateAddress", 1), Create),
    (LostAnswer, Nth("CreateNatGateway", 1), Create),
    (LostAnswer, Nth("CreateRouteTable", 2), Create),
    (LostAnswer, Nth("CreateRoute", 2), Create),
    (LostAnswer, Nth("AssociateRouteTable", 4), Create),
    (LostAnswer, Nth("CreateVpcEndpoint", 1), Create),
    (LostAnswer, EachChange, Create),
    (LostAnswer, EachAction, Refresh),
    (LostAnswer, Nth("CreateFlowLogs", 1), Grow),
    (LostAnswer, Nth("AllocateAddress", 1), Grow),
    (LostAnswer, Nth("CreateSecurityGroup", 1), Grow),
    (LostAnswer, Nth("CreateDhcpOptions", 1), Grow),
    (LostAnswer, EachChange, Grow),
    (LostAnswer, EachChange, Shrink),
    (LostAnswer, EachChange, Mend),
    (LostAnswer, Nth("DeleteNatGateway", 1), Destroy),
    (LostAnswer, Nth("ReleaseAddress", 1), Destroy),
    (LostAnswer, Nth("DeleteSubnet", 2), Destroy),
    (LostAnswer, Nth("DeleteVpc", 1), Destroy),
    (LostAnswer, EachChange, Destroy),
    (LostRequest, EachAction, Create),
    (LateAnswer, Nth("CreateVpc", 1), Create),
    (LateWork, Nth("AllocateAddress", 1), Create),
    (LateAnswer, Nth("DeleteVpc", 1), Destroy),
];

const ERRORS: [Row; 14] = [
    (ErrorAfter(500), Nth("CreateVpc", 1), Create),
    (ErrorAfter(503), Nth("AllocateAddress", 1), Create),
    (ErrorAfter(504), EachChange, Create),
    (ErrorAfter(500), EachChange, Grow),
    (ErrorAfter(503), EachChange, Destroy),
    (ErrorBefore(500), EachAction, Create),
    (ErrorBefore(503), Burst("CreateSubnet", 3), Create),
    (ErrorBefore(500), Every("CreateRoute"), Create),
    (ErrorBefore(503), EachAction, Shrink),
    (Throttled, EachAction, Create),
    (Throttled, Burst("DescribeSubnets", 4), Refresh),
    (Throttled, Every("CreateFlowLogs"), Grow),
    (Throttled, Every("DescribeRouteTables"), Refresh),
    (Throttled, Every("DeleteSubnet"), Destroy),
];

const REFUSALS: [Row; 15] = [
    (Refused("AccessDenied"), Every("AssumeRole"), Create),
    (Refused("UnauthorizedOperation"), Every("CreateNatGateway"), Create),
    (Refused("UnauthorizedOperation"), Every("AssociateRouteTable"), Create),
    (Refused("UnauthorizedOperation"), Every("DescribeRouteTables"), Refresh),
    (Refused("UnauthorizedOperation"), Every("CreateTags"), Grow),
    (Refused("UnauthorizedOperation"), Every("ReplaceRoute"), Grow),
    (Refused("UnauthorizedOperation"), Every("CreateNetworkAclEntry"), Mend),
    (Refused("UnauthorizedOperation"), Every("ReleaseAddress"), Destroy),
    (Refused("VpcLimitExceeded"), Every("CreateVpc"), Create),
    (Refused("AddressLimitExceeded"), Every("AllocateAddress"), Create),
    (Refused("NatGatewayLimitExceeded"), Every("CreateNatGateway"), Grow),
    (Expired("RequestExpired"), From(16), Create),
    (Expired("RequestExpired"), From(5), Refresh),
    (Expired("RequestExpired"), From(20), Grow),
    (Expired("RequestExpired"), From(24), Destroy),
];

const PROCESSES: [Row; 23] = [
    (KillProvider(After), Nth("CreateVpc", 1), Create),
    (KillProvider(Before), Nth("CreateSubnet", 2), Create),
    (KillProvider(After), Nth("CreateNatGateway", 1), Create),
    (KillProvider(After), Change(6), Grow),
    (KillProvider(After), Nth("DeleteSubnet", 2), Destroy),
    (KillBoth(After, Damage::None), Change(1), Create),
    (KillBoth(After, Missing), Change(4), Create),
    (KillBoth(Before, Empty), Change(9), Create),
    (KillBoth(After, StaleLock), Change(14), Create),
    (KillBoth(After, Missing), Nth("CreateNatGateway", 1), Create),
    (KillBoth(After, Damage::None), Change(4), Grow),
    (KillBoth(After, Missing), Nth("AllocateAddress", 1), Grow),
    (KillBoth(After, Damage::None), Change(5), Shrink),
    (KillBoth(After, Damage::None), Nth("DeleteNatGateway", 2), Destroy),
    (KillBoth(Before, StaleLock), Nth("DeleteVpc", 1), Destroy),
    (KillTerraform, Nth("CreateSubnet", 3), Create),
    (KillTerraform, Nth("DeleteNatGateway", 1), Destroy),
    (Interrupt, Nth("CreateSubnet", 3), Create),
    (Interrupt, Change(5), Grow),
    (Interrupt, Nth("DeleteSubnet", 1), Destroy),
    (InterruptTwice, Nth("CreateSubnet", 3), Create),
    (InterruptTwice, Nth("DeleteNatGateway", 1), Destroy),
    (SecondApply, Nth("CreateSubnet", 3), Create),
];

const OTHERS: [Row; 6] = [
    (NatGatewayFails, NoCall, Create),
    (ForeignInterface, NoCall, Destroy),
    (State(Missing), NoCall, Grow),
    (State(Empty), NoCall, Grow),
    (State(Truncated), NoCall, Grow),
    (State(StaleLock), NoCall, Grow),
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_row_is_another_case_and_every_phase_has_some() {
        let cases = cases();
        let names: BTreeSet<String> = cases.iter().map(Case::name).collect();
        assert_eq!(names.len(), cases.len());
        assert!(cases.len() >= 40, "{}", cases.len());
        for phase in Phase::ALL {
            assert!(cases.iter().filter(|case| case.phase == phase).count() >= 2, "{phase}");
        }
    }
}
