//! What was taken away, by the log of calls.

use std::collections::{BTreeMap, BTreeSet};

use landform_sandbox::aws::Kind;

use super::Census;
use crate::fault_proxy::{Call, Calls};

/// How the names of actions begin that take something away.
const WORDS: [&str; 6] = ["Delete", "Release", "Disassociate", "Detach", "Revoke", "Terminate"];

/// Deletions that were executed, each counted once however often it was sent.
#[derive(Clone, Debug, Default)]
pub struct Deletions(BTreeMap<String, BTreeSet<Vec<String>>>);

impl Deletions {
    /// Those of `calls`.
    pub fn of(calls: &Calls) -> Deletions {
        let mut found = Deletions::default();
        for call in calls.iter().filter(|call| takes_away(call) && call.executed()) {
            found.0.entry(call.action.clone()).or_default().insert(call.values().collect());
        }
        found
    }

    /// One sentence for each deletion that nobody asked for: of an object whose id is in `wanted`, or, where the object has
    /// no id of its own, such as a route, one more than in the run without fault.
    pub fn needless(&self, wanted: &[String], without_fault: &Deletions) -> Vec<String> {
        let mut sentences = Vec::new();
        for (action, calls) in &self.0 {
            let expected = without_fault.0.get(action).map_or(0, BTreeSet::len);
            if removes_an_object(action) {
                for call in calls {
                    let named = call.iter().filter(|value| wanted.contains(value));
                    sentences.extend(named.map(|id| format!("{action} of {id}, which is wanted")));
                }
            } else if calls.len() > expected {
                sentences.push(format!("{} {action} calls instead of {expected}", calls.len()));
            }
        }
        sentences
    }
}

fn takes_away(call: &Call) -> bool {
    call.mutating && WORDS.iter().any(|word| call.action.starts_with(word))
}

/// Those whose only id is that of what they remove.
fn removes_an_object(action: &str) -> bool {
    let parts = ["DeleteRoute", "DeleteTags", "DeleteNetworkAclEntry"];
    !parts.contains(&action)
        && (action.starts_with("Delete") || action.starts_with("Release") || action.starts_with("Terminate"))
}

/// Wanted parts that existed in `before` and are other objects in `now`, unless their kind is one of `may_change`.
pub fn rebuilt(before: &Census, now: &Census, wanted: &Census, may_change: &[Kind]) -> Vec<String> {
    let wanted: BTreeSet<String> = now.ids_of(wanted).into_iter().collect();
    let lost = before.parts().filter(|(kind, child, ids)| {
        let still_a_part = now.parts().any(|(other, name, _)| (other, name) == (*kind, *child));
        still_a_part && !may_change.contains(kind) && !ids.iter().any(|id| wanted.contains(id))
    });
    lost.map(|(kind, child, ids)| format!("{kind} {child} ({}) was made anew", ids.join(" "))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(action: &str, body: &str, upstream: u16) -> Call {
        Call {
            action: action.to_owned(),
            body: body.to_owned(),
            mutating: true,
            forwarded: true,
            upstream: Some(upstream),
            ..Call::default()
        }
    }

    #[test]
    fn only_executed_deletions_of_what_is_wanted_are_needless() {
        let calls: Calls = [
            call("DeleteSubnet", "SubnetId=subnet-1", 200),
            call("DeleteSubnet", "SubnetId=subnet-1", 200),
            call("DeleteSubnet", "SubnetId=subnet-2", 400),
            call("DeleteSubnet", "SubnetId=subnet-3", 200),
            call("DeleteRoute", "RouteTableId=rtb-1", 200),
            call("DisassociateRouteTable", "AssociationId=rtbassoc-1", 200),
            call("CreateSubnet", "VpcId=vpc-1", 200),
        ]
        .into_iter()
        .collect();
        let wanted = ["subnet-1", "subnet-2", "rtb-1", "vpc-1"].map(str::to_owned);
        let found = Deletions::of(&calls);
        assert_eq!(
            found.needless(&wanted, &Deletions::default()),
            [
                "1 DeleteRoute calls instead of 0",
                "DeleteSubnet of subnet-1, which is wanted",
                "1 DisassociateRouteTable calls instead of 0",
            ]
        );
        assert_eq!(found.needless(&wanted[3..], &found), Vec::<String>::new());
    }
}
