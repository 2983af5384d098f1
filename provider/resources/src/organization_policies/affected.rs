//! How many accounts policies hold for.

use crate::organization::OrganizationSnapshot;
use landform_cloud::organizations::{Account, ParentId, TargetId};
use landform_cloud::{OrganizationsReads, Result};
use std::collections::BTreeSet;

/// The accounts that are or lie below the targets. The management account counts only where the policies reach it:
/// [service and resource control policies](https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies.html)
/// never do.
pub(super) async fn affected(
    organization: &OrganizationSnapshot,
    targets: impl Iterator<Item = &TargetId>,
    statements: bool,
) -> Result<usize> {
    let tree = organization.tree().await?;
    let mut named = BTreeSet::new();
    let mut paths = Vec::new();
    for target in targets {
        let parent = match target {
            TargetId::Account(id) => {
                named.insert(id);
                continue;
            }
            TargetId::Root(id) => ParentId::Root(id.clone()),
            TargetId::Unit(id) => ParentId::Unit(id.clone()),
        };
        paths.extend(tree.path_of(&parent));
    }
    let is_below = |account: &Account| {
        let at = account.parent.as_ref().and_then(|parent| tree.path_of(parent));
        at.is_some_and(|at| paths.iter().any(|above| is_at_or_below(at, above)))
    };
    let exempt = match statements {
        true => organization.organization().await?.map(|organization| organization.management_account),
        false => None,
    };
    let accounts = organization.placed_accounts().await?.iter();
    let reached = accounts.filter(|account| named.contains(&account.id) || is_below(account));
    Ok(reached.filter(|account| Some(&account.id) != exempt.as_ref()).count())
}

/// Paths as the tree writes them: `/` is the root.
fn is_at_or_below(path: &str, above: &str) -> bool {
    above == "/" || path.strip_prefix(above).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_below_what_it_begins_with_name_by_name() {
        assert!(is_at_or_below("Workloads/Prod", "/") && is_at_or_below("/", "/"));
        assert!(is_at_or_below("Workloads/Prod", "Workloads") && is_at_or_below("Workloads", "Workloads"));
        assert!(!is_at_or_below("WorkloadsOld", "Workloads") && !is_at_or_below("/", "Workloads"));
    }
}
