//! Rules: which calls get which fault.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::{Call, FaultProxy};

type Matches = Arc<dyn Fn(&Call) -> bool + Send + Sync>;
type Callback = Arc<dyn Fn(&Call) + Send + Sync>;
type Rewriting = Arc<dyn Fn(&Call, &str) -> String + Send + Sync>;

/// A rule that lacks only its fault. Unless told otherwise it meets the first matching call from now on, once.
#[must_use = "a rule without a fault does nothing"]
pub struct On<'proxy> {
    proxy: &'proxy FaultProxy,
    matches: Matches,
    first: usize,
    times: usize,
}

impl<'proxy> On<'proxy> {
    pub(super) fn new(proxy: &'proxy FaultProxy, matches: Matches) -> Self {
        On { proxy, matches, first: 1, times: 1 }
    }

    /// Begin with the `number`th matching call; 1 is the first.
    pub fn nth(mut self, number: usize) -> Self {
        self.first = number.max(1);
        self
    }

    /// Meet this many matching calls in a row.
    pub fn times(mut self, times: usize) -> Self {
        self.times = times;
        self
    }

    /// Meet every matching call from the first on.
    pub fn always(self) -> Self {
        self.times(usize::MAX)
    }

    /// AWS does the work and the connection breaks before the answer arrives.
    pub fn lost_answer(self) -> Rule {
        self.add("lost answer", Fault::LostAnswer)
    }

    /// The connection breaks before AWS gets the request.
    pub fn lost_request(self) -> Rule {
        self.add("lost request", Fault::LostRequest)
    }

    /// AWS refuses with this status, code and message, in the service's protocol; the emulator never sees the call.
    pub fn fail(self, status: u16, code: &'static str, message: &'static str) -> Rule {
        self.add("refusal", Fault::Refuse { status, code, message })
    }

    /// AWS does the work and then answers with this status, code and message: a timeout in front of the service.
    pub fn fail_after_success(self, status: u16, code: &'static str, message: &'static str) -> Rule {
        self.add("refusal after success", Fault::RefuseAfter { status, code, message })
    }

    /// AWS refuses because of too many calls, with the words of the service
    /// (<https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html>).
    pub fn throttle(self) -> Rule {
        self.add("throttle", Fault::Throttle)
    }

    /// The request reaches AWS this much later, also when the caller has given up by then.
    pub fn delay(self, by: Duration) -> Rule {
        self.add("delay", Fault::Delay(by))
    }

    /// AWS does the work at once, and its answer arrives this much later.
    pub fn late_answer(self, by: Duration) -> Rule {
        self.add("late answer", Fault::LateAnswer(by))
    }

    /// Changes the text of AWS's answer, for states that the emulator does not have.
    pub fn rewrite(self, text: impl Fn(&Call, &str) -> String + Send + Sync + 'static) -> Rule {
        self.add("rewritten answer", Fault::Rewrite(Arc::new(text)))
    }

    /// Runs `callback` before the request is passed on, then passes it on. The callback may block: other calls go on.
    pub fn hold(self, callback: impl Fn(&Call) + Send + Sync + 'static) -> Rule {
        self.add("hold", Fault::Hold(Arc::new(callback)))
    }

    /// Runs `callback`, for instance to kill the caller, and never passes the request on.
    pub fn cut_before(self, callback: impl Fn(&Call) + Send + Sync + 'static) -> Rule {
        self.add("cut before", Fault::CutBefore(Arc::new(callback)))
    }

    /// Lets AWS do the work, runs `callback`, for instance to kill the caller, and drops the answer.
    pub fn cut_after(self, callback: impl Fn(&Call) + Send + Sync + 'static) -> Rule {
        self.add("cut after", Fault::CutAfter(Arc::new(callback)))
    }

    fn add(self, name: &'static str, fault: Fault) -> Rule {
        let rule = Rule(Arc::new(Inner {
            matches: self.matches,
            first: self.first,
            times: self.times,
            name,
            fault,
            seen: AtomicUsize::new(0),
            hits: AtomicUsize::new(0),
        }));
        self.proxy.shared.rules().push(rule.clone());
        rule
    }
}

impl fmt::Debug for On<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("On").field("first", &self.first).field("times", &self.times).finish()
    }
}

/// A rule in force. Keep it to ask whether it was met: a fault that never happened proves nothing.
#[derive(Clone)]
pub struct Rule(Arc<Inner>);

struct Inner {
    matches: Matches,
    first: usize,
    times: usize,
    name: &'static str,
    fault: Fault,
    seen: AtomicUsize,
    hits: AtomicUsize,
}

impl Rule {
    /// How many calls met this fault so far.
    pub fn hits(&self) -> usize {
        self.0.hits.load(Ordering::SeqCst)
    }

    /// Counts a matching call and says whether it is one of those that the rule is for.
    pub(super) fn meets(&self, call: &Call) -> bool {
        if !(self.0.matches)(call) {
            return false;
        }
        let number = self.0.seen.fetch_add(1, Ordering::SeqCst) + 1;
        let met = number >= self.0.first && number - self.0.first < self.0.times;
        if met {
            self.0.hits.fetch_add(1, Ordering::SeqCst);
        }
        met
    }

    pub(super) fn name(&self) -> &'static str {
        self.0.name
    }

    pub(super) fn fault(&self) -> &Fault {
        &self.0.fault
    }
}

impl fmt::Debug for Rule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Rule").field("fault", &self.0.name).field("hits", &self.hits()).finish()
    }
}

/// What happens to a call.
pub(super) enum Fault {
    LostAnswer,
    LostRequest,
    Refuse { status: u16, code: &'static str, message: &'static str },
    RefuseAfter { status: u16, code: &'static str, message: &'static str },
    Throttle,
    Delay(Duration),
    LateAnswer(Duration),
    Rewrite(Rewriting),
    Hold(Callback),
    CutBefore(Callback),
    CutAfter(Callback),
}
