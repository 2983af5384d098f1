//! One row of the table: a fault, the calls it is for, and the phase of a network's life.

use std::fmt;

/// One row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Case {
    /// What goes wrong.
    pub fault: Fault,
    /// At which calls to AWS.
    pub on: On,
    /// In which command.
    pub phase: Phase,
}

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The connection breaks before AWS gets the request.
    LostRequest,
    /// AWS does the work and the connection breaks before the answer arrives.
    LostAnswer,
    /// AWS answers with this status and does nothing.
    ErrorBefore(u16),
    /// AWS does the work and answers with this status.
    ErrorAfter(u16),
    /// AWS refuses because of too many calls.
    Throttled,
    /// AWS does the work; its answer comes after the provider gave up waiting, which it does after 30 seconds.
    LateAnswer,
    /// AWS does the work only after the provider gave up waiting.
    LateWork,
    /// A refusal with this code: a permission that lacks, or a quota that is used up.
    Refused(&'static str),
    /// The credentials are too old from this call on, with this code.
    Expired(&'static str),
    /// SIGKILL to the provider.
    KillProvider(When),
    /// SIGKILL to Terraform and the provider, and then something happens to the state.
    KillBoth(When, Damage),
    /// SIGKILL to Terraform alone: the provider finds out by itself.
    KillTerraform,
    /// Ctrl-C.
    Interrupt,
    /// Ctrl-C, and again when Terraform has said that it stops.
    InterruptTwice,
    /// Somebody else applies the same configuration meanwhile.
    SecondApply,
    /// AWS makes the first NAT gateway, and it ends as failed.
    NatGatewayFails,
    /// Somebody else's network interface is in a subnet that is to be deleted.
    ForeignInterface,
    /// Something happens to the state before the command.
    State(Damage),
}

/// Before or after AWS did the work of the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// AWS never gets the request.
    Before,
    /// The answer never arrives.
    After,
}

/// What happens to the state file, or beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damage {
    /// Nothing.
    None,
    /// It is gone, its backup too.
    Missing,
    /// It has no bytes.
    Empty,
    /// Its second half is gone.
    Truncated,
    /// The lock file of a Terraform that is gone lies beside it.
    StaleLock,
}

/// Which calls to AWS meet the fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum On {
    /// None: the fault is elsewhere.
    NoCall,
    /// The nth call of an action.
    Nth(&'static str, usize),
    /// As many calls of an action as the number says, from the first on.
    Burst(&'static str, usize),
    /// Every call of an action.
    Every(&'static str),
    /// The nth call that changes something.
    Change(usize),
    /// Every call from the nth on.
    From(usize),
    /// The first call of each action that changes something.
    EachChange,
    /// The first call of each action.
    EachAction,
}

/// A part of a network's life, and the command of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// The apply that makes it.
    Create,
    /// A plan with nothing to do.
    Refresh,
    /// An apply that adds parts and changes others.
    Grow,
    /// An apply that takes parts away.
    Shrink,
    /// An apply after somebody changed the network by hand.
    Mend,
    /// The destruction of everything.
    Destroy,
}

impl Phase {
    /// All, in the order of a life.
    pub const ALL: [Phase; 6] =
        [Phase::Create, Phase::Refresh, Phase::Grow, Phase::Shrink, Phase::Mend, Phase::Destroy];
}

impl Case {
    /// The three words of the row: unique, and what the published table is compared by.
    pub fn name(&self) -> String {
        format!("{} | {} | {}", self.fault, self.on, self.phase)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::LostRequest => formatter.write_str("lost request"),
            Fault::LostAnswer => formatter.write_str("lost answer"),
            Fault::ErrorBefore(status) => write!(formatter, "{status}, not executed"),
            Fault::ErrorAfter(status) => write!(formatter, "{status}, executed"),
            Fault::Throttled => formatter.write_str("throttled"),
            Fault::LateAnswer => formatter.write_str("answer after the timeout"),
            Fault::LateWork => formatter.write_str("executed after the timeout"),
            Fault::Refused(code) | Fault::Expired(code) => formatter.write_str(code),
            Fault::KillProvider(when) => write!(formatter, "kill -9 of the provider, {when}"),
            Fault::KillBoth(when, Damage::None) => write!(formatter, "kill -9 of both, {when}"),
            Fault::KillBoth(when, damage) => write!(formatter, "kill -9 of both, {when}, {damage}"),
            Fault::KillTerraform => formatter.write_str("kill -9 of Terraform"),
            Fault::Interrupt => formatter.write_str("Ctrl-C"),
            Fault::InterruptTwice => formatter.write_str("Ctrl-C twice"),
            Fault::SecondApply => formatter.write_str("a second apply meanwhile"),
            Fault::NatGatewayFails => formatter.write_str("the NAT gateway ends as failed"),
            Fault::ForeignInterface => formatter.write_str("a foreign network interface in a subnet"),
            Fault::State(damage) => write!(formatter, "{damage}"),
        }
    }
}

impl fmt::Display for When {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            When::Before => "before",
            When::After => "after",
        })
    }
}

impl fmt::Display for Damage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Damage::None => "state kept",
            Damage::Missing => "state lost",
            Damage::Empty => "state of 0 bytes",
            Damage::Truncated => "half a state",
            Damage::StaleLock => "stale lock file",
        })
    }
}

impl fmt::Display for On {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            On::NoCall => formatter.write_str("-"),
            On::Nth(action, nth) => write!(formatter, "{action} {nth}"),
            On::Burst(action, times) => write!(formatter, "{action} 1 to {times}"),
            On::Every(action) => write!(formatter, "every {action}"),
            On::Change(nth) => write!(formatter, "change {nth}"),
            On::From(nth) => write!(formatter, "every call from {nth} on"),
            On::EachChange => formatter.write_str("first of each change"),
            On::EachAction => formatter.write_str("first of each action"),
        }
    }
}

impl fmt::Display for Phase {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Phase::Create => "create",
            Phase::Refresh => "refresh",
            Phase::Grow => "update, grow",
            Phase::Shrink => "update, shrink",
            Phase::Mend => "drift",
            Phase::Destroy => "destroy",
        })
    }
}
