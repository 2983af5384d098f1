//! Controls of the whole VPC: its exclusion from block public access, and its encryption control.

use super::desired::Desired;
use super::model::{self, Vpc};
use super::seen::Seen;
use super::steps::{Removal, Step};
use super::tiers;
use crate::client::{Landform, failure};
use landform_cloud::network::{ControlState, EncryptionSettings};
use landform_framework::{Diagnostics, Path, Plan, Text, Value};
use landform_model::network::{EgressMode, EncryptionExclusion, EncryptionMode, WayOut};

/// What the attribute says; none while something of it is unknown.
pub(super) fn settings(control: &model::EncryptionControl) -> Option<EncryptionSettings> {
    Some(EncryptionSettings {
        mode: match &control.mode {
            Value::Unknown => return None,
            mode => mode.known().map_or(EncryptionMode::Monitor, |mode| mode.0),
        },
        exclusions: match &control.exclusions {
            Value::Unknown => return None,
            exclusions => exclusions.known().into_iter().flatten().map(|it| it.0).collect(),
        },
    })
}

/// The attribute that says these settings.
pub(super) fn attribute(settings: &EncryptionSettings) -> model::EncryptionControl {
    let exclusions = settings.exclusions.iter().copied().map(Text).collect();
    model::EncryptionControl {
        mode: Value::Known(Text(settings.mode)),
        exclusions: (!settings.exclusions.is_empty()).then_some(exclusions).into(),
    }
}

/// Makes, changes and removes both.
pub(super) fn decide(desired: &Desired, seen: &Seen, steps: &mut Vec<Step>) {
    match (desired.exclusion, &seen.exclusion) {
        (Some(mode), Some(it)) if it.mode == mode && it.state == ControlState::Active => {}
        (Some(mode), _) => steps.push(Step::Exclude(mode)),
        (None, Some(it)) => steps.push(Step::Remove(Removal::Exclusion(it.id.clone()))),
        (None, None) => {}
    }
    match (&desired.encryption, &seen.encryption_control) {
        (Some(settings), Some(it)) if it.settings == *settings && it.state == ControlState::Active => {}
        (Some(settings), _) => steps.push(Step::ControlEncryption(settings.clone())),
        (None, Some(it)) => steps.push(Step::Remove(Removal::EncryptionControl(it.id.clone()))),
        (None, None) => {}
    }
}

/// What AWS would refuse, or take without effect.
/// <https://docs.aws.amazon.com/vpc/latest/userguide/vpc-encryption-controls.html>
pub(super) fn validate(config: &Vpc, diagnostics: &mut Diagnostics) {
    let Some(control) = config.encryption_control.known() else { return };
    let Some(EncryptionSettings { mode, exclusions }) = settings(control) else { return };
    let path = Path::root().attribute("encryption_control").attribute("exclusions");
    if mode == EncryptionMode::Monitor {
        if !exclusions.is_empty() {
            let text = "While the mode is `monitor` nothing is refused, so there is nothing to exclude. Leave `exclusions` out.";
            diagnostics.error_at(path, "Exclusions without effect", text);
        }
        return;
    }
    for (part, what) in parts_without_encryption(config) {
        if !exclusions.contains(&part) {
            let text = format!(
                "The network has {what}, and AWS encrypts nothing that passes it. Add \"{part}\" to `exclusions`, or let the mode be `monitor`."
            );
            diagnostics.error_at(path.clone(), "A part of the network cannot be encrypted", text);
        }
    }
}

/// The parts of a network that AWS does not let stand under enforcement without being excluded.
fn parts_without_encryption(config: &Vpc) -> Vec<(EncryptionExclusion, &'static str)> {
    let mode =
        config.egress.known().and_then(|egress| egress.mode.known()).map_or(EgressMode::None, |it| it.0);
    let own = tiers::own(config).unwrap_or_default();
    let public = tiers::all(config).into_iter().any(|tier| tiers::way_out(tier, &own) == WayOut::Internet);
    let mut parts = Vec::new();
    if public || mode == EgressMode::Regional {
        parts.push((EncryptionExclusion::InternetGateway, "an internet gateway"));
    }
    let ways_out = || tiers::all(config).into_iter().any(|tier| tiers::way_out(tier, &own) == WayOut::Egress);
    if !config.ipv6.is_null() && ways_out() {
        let part = EncryptionExclusion::EgressOnlyInternetGateway;
        parts.push((part, "an egress-only internet gateway"));
    }
    if mode.has_nat_gateways() {
        parts.push((EncryptionExclusion::NatGateway, "NAT gateways"));
    }
    parts
}

/// An exclusion that is asked for must be allowed in the region. Asks AWS only where the plan makes or changes one.
pub(super) async fn check_exclusion(plan: &mut Plan<'_, Landform, Vpc>) {
    let planned = &plan.planned.block_public_access_exclusion;
    if !planned.is_known() || !plan.changes(|vpc| &vpc.block_public_access_exclusion) {
        return;
    }
    let (Some(client), Some(target)) = (plan.client(), super::state::target(&plan.planned)) else { return };
    let path = Path::root().attribute("block_public_access_exclusion");
    match async { client.network_of_stack(&target).await?.block_public_access().await }.await {
        Ok(region) if !region.exclusions_allowed => {
            let text = format!(
                "The organization of {target} allows no exclusion. Leave the attribute out, or let the declarative policy allow it."
            );
            plan.diagnostics.error_at(path, "Exclusions are forbidden", text);
        }
        Ok(_) => {}
        Err(error) => {
            let doing = format!("Reading what {target} blocks between VPCs and the internet");
            plan.diagnostics.extend(failure(doing, &error, ""));
        }
    }
}
