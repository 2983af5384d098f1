//! Waits until an account has the regions that were enabled for it. AWS answers before it has, and takes
//! [minutes to hours](https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html).

use super::Call;
use super::seen::Seen;
use crate::client::failure;
use landform_cloud::account_management::RegionStatus;
use landform_cloud::wait::{Schedule, Seen as Look, wait_for};
use landform_cloud::{CloudError, ErrorKind};
use landform_framework::{Diagnostic, Diagnostics, Path};
use landform_model::Region;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// As long as the call may take; this is for one without a limit.
const ENABLING: Schedule = Schedule {
    first: Duration::from_secs(15),
    longest: Duration::from_secs(60),
    deadline: Duration::from_secs(12 * 60 * 60),
};

/// What is left for the answer after the wait.
const MARGIN: Duration = Duration::from_secs(30);

/// Whether a region can be used.
pub(super) fn is_on(status: RegionStatus) -> bool {
    matches!(status, RegionStatus::Enabled | RegionStatus::EnabledByDefault)
}

/// Those of `wanted` that are not on, with what they are.
fn pending<'a>(
    wanted: &'a BTreeSet<Region>,
    found: &'a BTreeMap<Region, RegionStatus>,
) -> impl Iterator<Item = (&'a Region, &'static str)> {
    wanted.iter().filter_map(|region| match found.get(region) {
        Some(status) if is_on(*status) => None,
        Some(RegionStatus::Enabling) => Some((region, "ENABLING")),
        Some(RegionStatus::Disabling) => Some((region, "DISABLING")),
        _ => Some((region, "DISABLED")),
    })
}

/// Waits for `wanted` within the time there is. The time being over is an error: what comes after the account works in its regions.
pub(super) async fn wait(cx: &Call, seen: &mut Seen, wanted: &BTreeSet<Region>) -> Result<(), Diagnostics> {
    if pending(wanted, &seen.regions).next().is_none() {
        return Ok(());
    }
    let id = seen.account.id.clone();
    let left = cx.deadline().map(|deadline| deadline.saturating_duration_since(Instant::now()));
    let left = left.map_or(ENABLING.deadline, |left| left.saturating_sub(MARGIN));
    let schedule = Schedule { deadline: left, ..ENABLING };
    // What was seen last, for the words of a wait that runs out.
    let latest = Mutex::new(seen.regions.clone());
    let waited = async {
        let management = cx.client().account_management().await?;
        let (management, latest) = (management.as_ref(), &latest);
        wait_for("ListRegions", &format!("account {id}"), schedule, cx.stopped(), || async {
            let found = match management.regions(&id).await {
                Ok(found) => found,
                Err(error) if comes_with_time(error.kind) => return Ok(Look::Pending(error.to_string())),
                Err(error) => return Err(error),
            };
            let each: Vec<String> =
                pending(wanted, &found).map(|(region, status)| format!("{region} {status}")).collect();
            *latest.lock().unwrap_or_else(PoisonError::into_inner) = found;
            Ok(if each.is_empty() { Look::Ready(()) } else { Look::Pending(each.join(", ")) })
        })
        .await
    };
    let waited: Result<(), CloudError> = waited.await;
    seen.regions = latest.into_inner().unwrap_or_else(PoisonError::into_inner);
    waited.map_err(|error| {
        let names = names(pending(wanted, &seen.regions).map(|(region, _)| region));
        let state = format!(
            "AWS was asked to enable {names} and takes minutes to hours. The account is in state; the next apply waits on and asks for \
             nothing twice. `timeouts` gives it longer."
        );
        failure(format!("Account {id}: region {names} is not on yet"), &error, &state)
    })
}

/// Says that a refresh has seen regions on their way.
pub(super) fn warn_of_pending(cx: &Call, seen: &Seen) {
    let on_the_way: Vec<&Region> = seen
        .regions
        .iter()
        .filter(|(_, status)| **status == RegionStatus::Enabling)
        .map(|(region, _)| region)
        .collect();
    if on_the_way.is_empty() {
        return;
    }
    let title = format!("Region {} of account {} is not on yet", names(on_the_way), seen.account.id);
    let detail = "AWS was asked to enable it and takes minutes to hours. The next apply waits for it and does not ask again.";
    cx.warn(Diagnostic::warning(title, detail).at(Path::root().attribute("opt_in_regions")));
}

fn names<'a>(regions: impl IntoIterator<Item = &'a Region>) -> String {
    regions.into_iter().map(Region::to_string).collect::<Vec<_>>().join(", ")
}

/// Whether another look may be answered.
fn comes_with_time(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::Throttled | ErrorKind::Ambiguous | ErrorKind::Unreachable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_on_is_waited_for_with_the_word_of_aws() {
        let region = |name: &str| name.parse::<Region>().unwrap();
        let found: BTreeMap<Region, RegionStatus> = [
            ("us-east-1", RegionStatus::EnabledByDefault),
            ("af-south-1", RegionStatus::Enabled),
            ("ap-east-1", RegionStatus::Enabling),
            ("eu-south-1", RegionStatus::Disabling),
            ("me-south-1", RegionStatus::Disabled),
        ]
        .map(|(name, status)| (region(name), status))
        .into();
        let all: BTreeSet<Region> = found.keys().cloned().collect();
        let told: Vec<String> =
            pending(&all, &found).map(|(region, status)| format!("{region} {status}")).collect();
        assert_eq!(told, ["ap-east-1 ENABLING", "eu-south-1 DISABLING", "me-south-1 DISABLED"]);
        assert_eq!(pending(&[].into(), &found).count(), 0);
    }
}
