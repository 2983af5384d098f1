//! What AWS will probably refuse later, told while it is still a plan. Costs no call.

use super::desired::Desired;
use super::model::Vpc;
use landform_framework::{Diagnostics, Path};
use landform_model::limits::ELASTIC_IPS_PER_REGION;
use landform_model::network::takes_eks_control_plane;

/// Warns of a quota that every account begins with, and of zones that EKS refuses; only where the plan is what brings it about.
pub(super) fn warn(prior: Option<&Vpc>, planned: &Vpc, desired: &Desired, diagnostics: &mut Diagnostics) {
    let changed = prior.is_none_or(|prior| (&prior.egress, &prior.azs) != (&planned.egress, &planned.azs));
    let addresses = desired.outlets.values().filter(|outlet| outlet.own.is_none()).count();
    if changed && addresses > ELASTIC_IPS_PER_REGION.value {
        let text = format!(
            "The network has {addresses} Elastic IP addresses. An account may have {} in a region until AWS has granted more ({}).",
            ELASTIC_IPS_PER_REGION.value, ELASTIC_IPS_PER_REGION.source
        );
        let path = Path::root().attribute("egress");
        diagnostics.warning_at(path, "More than the quota that accounts begin with", text);
    }
    let before = |slot: &String| {
        let prior = prior.filter(|prior| !prior.kubernetes.is_null());
        prior.and_then(|prior| prior.azs.known()).is_some_and(|azs| azs.contains_key(slot))
    };
    let zones = planned.azs.known().into_iter().flatten();
    for (slot, zone) in zones.filter(|_| !planned.kubernetes.is_null()) {
        if !takes_eks_control_plane(&zone.0) && !before(slot) {
            let text = format!(
                "Amazon EKS takes no subnet in {} for its control plane. Nodes may run there; name two other zones for the cluster itself.",
                zone.0
            );
            diagnostics.warning_at(
                Path::root().attribute("azs").key(slot),
                "A zone without EKS control planes",
                text,
            );
        }
    }
}
