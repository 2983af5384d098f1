//! What waits for what, as far as IPv6 has a part in it.

use super::super::child::Table;
use super::super::steps::{Removal, Step};
use super::{Ipv6Exit, Ipv6Step};

/// Whether `later` must wait until `earlier` is done.
/// <https://docs.aws.amazon.com/vpc/latest/userguide/vpc-migrate-ipv6-add.html>
#[expect(clippy::match_same_arms, reason = "the table is read row by row")]
pub(in super::super) fn waits_for(later: &Step, earlier: &Step) -> bool {
    use Ipv6Step as Six;
    match (later, earlier) {
        // Whatever has addresses of the block comes after it.
        (Step::Ipv6(Six::AssociateBlock), _) => false,
        (
            Step::Ipv6(_) | Step::CreateSubnet(..) | Step::SetEndpointsGroupRules,
            Step::Ipv6(Six::AssociateBlock),
        ) => true,
        (
            Step::Ipv6(Six::SetAddressOnLaunch(tier, slot, _) | Six::SetDns64(tier, slot, _)),
            Step::CreateSubnet(other, at, ..) | Step::Ipv6(Six::AssociateSubnet(other, at)),
        ) => (tier, slot) == (other, at),
        (Step::Ipv6(Six::SetRoute(table, ..)), Step::CreateRouteTable(other)) => table == other,
        (Step::Ipv6(Six::SetRoute(_, _, Ipv6Exit::Internet, _)), Step::AttachInternetGateway) => true,
        (
            Step::Ipv6(Six::SetRoute(_, _, Ipv6Exit::EgressOnly, _)),
            Step::Ipv6(Six::CreateEgressOnlyGateway),
        ) => true,
        (
            Step::Ipv6(Six::SetRoute(_, _, Ipv6Exit::Nat(nat), _)),
            Step::CreateNatGateway(other) | Step::AwaitNatGateway(other),
        ) => nat == other,
        // A subnet moves to a table that leads where the old one did.
        (Step::Associate(tier, slot, Some(_)), Step::Ipv6(Six::SetRoute(table, ..))) => {
            Table::of(*tier, *slot) == *table
        }
        _ => false,
    }
}

/// The order in which AWS lets go: nothing gives out addresses, nothing leads to the gateways, no subnet has a block; then the
/// gateway and the VPC's block go.
#[expect(clippy::match_same_arms, reason = "the table is read row by row")]
pub(in super::super) fn removal_waits_for(later: &Removal, earlier: &Step) -> bool {
    use Ipv6Step as Six;
    use Removal as R;
    match (later, earlier) {
        (
            R::SubnetIpv6Block(..),
            Step::Ipv6(Six::SetAddressOnLaunch(..) | Six::SetDns64(..) | Six::RemoveRoute(..)),
        ) => true,
        (
            R::EgressOnlyGateway(_),
            Step::Ipv6(Six::RemoveRoute(..) | Six::SetRoute(..)) | Step::Remove(R::SubnetIpv6Block(..)),
        ) => true,
        (
            R::Ipv6Block(_),
            Step::Remove(R::SubnetIpv6Block(..) | R::Subnet(_) | R::EgressOnlyGateway(_))
            | Step::RemoveNetworkAclEntry(..)
            | Step::ForgetInNetworkAcl(..)
            | Step::SetEndpointsGroupRules,
        ) => true,
        // Of gateways that routes over IPv6 lead to.
        (
            R::NatGateway(_, false) | R::Attachment(..),
            Step::Ipv6(Six::RemoveRoute(..) | Six::SetRoute(..)),
        ) => true,
        _ => false,
    }
}
