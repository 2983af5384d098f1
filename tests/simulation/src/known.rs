//! Faults of the provider that the simulation has found and that are not mended yet. Each hides one class of failures, so that
//! the others show. One that is mended is taken off the list.

use crate::history::{History, Trouble};
use crate::run::Failure;
use landform_framework::testing::Replacement;

/// A fault that is not mended yet.
pub struct Known {
    /// What happens, and why.
    pub reason: &'static str,
    /// Whether a failure is of this class.
    hides: fn(&History, &Failure) -> bool,
}

/// All of them.
pub const KNOWN: &[Known] = &[
    Known {
        reason: "an update looks at addresses and internet gateways by inference, so their tags never change; and a create \
                 that resumes another configuration, or an update after one that failed, does not take its tags and routes away",
        hides: |_, failure| {
            failure.invariant.number == "I10"
                && failure.contradiction.lines().all(|line| {
                    let inferred = line.contains("elastic-ip") || line.contains("internet-gateway");
                    let tag_or_route = line.contains(" = ") || line.contains("Route {");
                    tag_or_route && (inferred || line.starts_with('+'))
                })
        },
    },
    Known {
        reason: "an address whose NAT gateway is gone, or that an update which was killed has allocated, is not looked for",
        hides: |_, failure| says(failure, "I1", "missing: [], not declared: [(\"elastic-ip\""),
    },
    Known {
        reason: "endpoints and flow logs that an update which was killed has made are not looked for",
        hides: |_, failure| {
            says(failure, "I11", "DeleteRouteTable: DependencyViolation")
                || says(failure, "I1", "missing: [], not declared: [(\"vpc-endpoint\"")
                || says(failure, "I1", "missing: [], not declared: [(\"vpc-flow-log\"")
        },
    },
    Known {
        reason: "where the state is lost or the create is resumed, a client token brings back an object that was deleted",
        hides: |_, failure| {
            says(failure, "I1", "missing: [(\"vpc-endpoint\"")
                || says(failure, "I1", "missing: [(\"vpc-flow-log\"")
                || says(failure, "I11", "InvalidRouteTableID.NotFound")
        },
    },
    Known {
        reason: "a NAT gateway that failed in an update is planned to stay and then replaced",
        hides: |_, failure| says(failure, "I11", "is not what was planned"),
    },
    Known {
        reason: "with create_before_destroy, a create that fails twice is destroyed and begun anew",
        hides: |history, failure| {
            history.replacement == Replacement::CreateThenDestroy && failure.invariant.number == "I6"
        },
    },
    Known {
        reason: "the stand-in for Terraform takes no notice of a refresh that fails, and then plans nothing",
        hides: |history, failure| {
            let moves = history.all_moves();
            let troubles = moves.get(failure.index).into_iter().flat_map(|step| &step.troubles);
            failure.invariant.number == "I4"
                && troubles.into_iter().any(|it| matches!(it, Trouble::Weather(_) | Trouble::Strike { .. }))
        },
    },
    Known {
        reason: "the last call in bad weather lets the next NAT gateway fail in fair weather",
        hides: |_, failure| says(failure, "I11", "Internal error: please try again"),
    },
];

fn says(failure: &Failure, number: &str, words: &str) -> bool {
    failure.invariant.number == number && failure.contradiction.contains(words)
}

/// The known fault that this failure is of, if any.
pub(crate) fn known(history: &History, failure: &Failure) -> Option<&'static Known> {
    KNOWN.iter().find(|known| (known.hides)(history, failure))
}
