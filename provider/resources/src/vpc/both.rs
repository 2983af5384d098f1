//! The configuration of before and the one planned, together: what state says half-way, so that the next apply knows what to take
//! away.

use super::model::{Kubernetes, Route, Vpc};
use landform_framework::{Text, Value};
use landform_model::Cidr;
use std::collections::{BTreeMap, BTreeSet};

/// What is planned, with what may have to be taken away: that of before, too.
pub(super) fn of(prior: Vpc, planned: &Vpc) -> Vpc {
    Vpc {
        tags: maps(prior.tags, &planned.tags),
        tier_tags: nested(prior.tier_tags, &planned.tier_tags),
        kubernetes: kubernetes(prior.kubernetes, &planned.kubernetes),
        // What was there for IPv6 goes step by step.
        ipv6: if planned.ipv6.is_null() { prior.ipv6 } else { planned.ipv6.clone() },
        routes: lists(prior.routes, &planned.routes),
        secondary_cidrs: cidrs(prior.secondary_cidrs, prior.pods_cidr, planned),
        ..planned.clone()
    }
}

/// The entries of both; of one key, that of before.
fn maps(
    prior: Value<BTreeMap<String, String>>,
    planned: &Value<BTreeMap<String, String>>,
) -> Value<BTreeMap<String, String>> {
    let mut all = planned.known().cloned().unwrap_or_default();
    all.extend(prior.into_known().unwrap_or_default());
    (!all.is_empty()).then_some(all).into()
}

/// The entries of both, and within one key those of both.
fn nested(
    prior: Value<BTreeMap<String, BTreeMap<String, String>>>,
    planned: &Value<BTreeMap<String, BTreeMap<String, String>>>,
) -> Value<BTreeMap<String, BTreeMap<String, String>>> {
    let mut all = planned.known().cloned().unwrap_or_default();
    for (key, entries) in prior.into_known().unwrap_or_default() {
        all.entry(key).or_default().extend(entries);
    }
    (!all.is_empty()).then_some(all).into()
}

/// The clusters of both; the tag of Karpenter where one of them has it.
fn kubernetes(prior: Value<Kubernetes>, planned: &Value<Kubernetes>) -> Value<Kubernetes> {
    match (prior.into_known(), planned.known()) {
        (None, None) => Value::Null,
        (Some(one), None) => Value::Known(one),
        (None, Some(one)) => Value::Known(one.clone()),
        (Some(prior), Some(planned)) => {
            let mut clusters = prior.clusters.into_known().unwrap_or_default();
            clusters.extend(planned.clusters.known().into_iter().flatten().cloned());
            let karpenter = prior.karpenter_discovery.into_known();
            Value::Known(Kubernetes {
                clusters: (!clusters.is_empty()).then_some(clusters).into(),
                karpenter_discovery: karpenter.or(planned.karpenter_discovery.known().cloned()).into(),
            })
        }
    }
}

/// The routes of both.
fn lists(prior: Value<Vec<Route>>, planned: &Value<Vec<Route>>) -> Value<Vec<Route>> {
    let mut all = prior.into_known().unwrap_or_default();
    for route in planned.known().into_iter().flatten() {
        if !all.contains(route) {
            all.push(route.clone());
        }
    }
    (!all.is_empty()).then_some(all).into()
}

/// The further blocks of both. A block for pods that is wanted no longer is one of them.
fn cidrs(
    prior: Value<BTreeSet<Text<Cidr>>>,
    pods: Value<Text<Cidr>>,
    planned: &Vpc,
) -> Value<BTreeSet<Text<Cidr>>> {
    let mut all = prior.into_known().unwrap_or_default();
    all.extend(pods.into_known().filter(|pods| planned.pods_cidr.known() != Some(pods)));
    all.extend(planned.secondary_cidrs.known().into_iter().flatten().copied());
    (!all.is_empty()).then_some(all).into()
}
