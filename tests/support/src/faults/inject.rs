//! Brings a fault about, and takes its cause away again.

use std::collections::BTreeSet;
use std::process::Command;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use landform_sandbox::aws::Kind;
use landform_sandbox::{Error, Killer, Output};

use super::damage::damage_state;
use super::nat_gateway::first_fails;
use super::stage::command;
use super::{Case, Damage, Fault, On, Stage, When};
use crate::FaultProxy;
use crate::fault_proxy::{Call, Rule};
use crate::invariants::text_of;
use crate::scenario::TestBed;

/// The provider waits 30 seconds for an answer.
const LATE: Duration = Duration::from_secs(33);

/// A Terraform that is running, for faults that send it signals.
#[derive(Debug)]
struct Process {
    killer: Killer,
    id: u32,
}

/// A fault that is in force.
pub(super) struct Injected<'stage> {
    case: Case,
    stage: &'stage Stage,
    rules: Vec<Rule>,
    process: Arc<OnceLock<Process>>,
    /// Terraform has said that it stops, or has ended.
    stopping: Arc<OnceLock<()>>,
    /// The network interface that is in the way.
    interface: Option<String>,
    /// What the other Terraform did.
    second: Arc<Mutex<Option<Second>>>,
}

/// The other one of two applies.
pub(super) struct Second {
    pub(super) output: Result<Output, Error>,
    pub(super) changes: usize,
}

impl<'stage> Injected<'stage> {
    /// Puts the fault in force.
    pub(super) fn new(case: Case, stage: &'stage Stage) -> Result<Injected<'stage>, Error> {
        let mut injected = Injected {
            case,
            stage,
            rules: Vec::new(),
            process: Arc::default(),
            stopping: Arc::default(),
            interface: None,
            second: Arc::default(),
        };
        match case.fault {
            Fault::State(damage) => damage_state(damage, stage.scenario().folder()),
            Fault::ForeignInterface => injected.put_an_interface()?,
            Fault::NatGatewayFails => injected.rules.push(first_fails(stage.scenario())),
            _ => injected.rule(),
        }
        Ok(injected)
    }

    /// Runs the phase's command under the fault.
    pub(super) fn run(&self) -> Result<Output, Error> {
        let process = self.stage.scenario().start(command(self.case.phase));
        let _ = self.process.set(Process { killer: process.killer(), id: process.id() });
        let output = process.wait_streaming(&mut |_, line| {
            if line.contains("Interrupt received") {
                let _ = self.stopping.set(());
            }
        });
        let _ = self.stopping.set(());
        output.inspect(|output| self.stage.note(output))
    }

    /// How many calls met the fault; `None` for a fault that is not about calls.
    pub(super) fn hits(&self) -> Option<usize> {
        (!self.rules.is_empty()).then(|| self.rules.iter().map(Rule::hits).sum())
    }

    /// What the other Terraform did.
    pub(super) fn second(&self) -> Option<Second> {
        self.second.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Words that an error has to say.
    pub(super) fn words(&self) -> Vec<String> {
        let action = match self.case.on {
            On::Nth(action, _) | On::Burst(action, _) | On::Every(action) => Some(action.to_owned()),
            _ => None,
        };
        match self.case.fault {
            Fault::Refused(code) => [code.to_owned()].into_iter().chain(action).collect(),
            Fault::Expired(code) => vec![code.to_owned()],
            Fault::ForeignInterface => self.interface.clone().into_iter().collect(),
            _ => Vec::new(),
        }
    }

    /// Takes away what caused the fault, as a person would.
    pub(super) fn heal(&self) -> Result<(), Error> {
        if self.case.fault != Fault::NatGatewayFails {
            // That one gateway has failed for good.
            self.stage.scenario().proxy().clear_rules();
        }
        let folder = self.stage.scenario().folder();
        match self.case.fault {
            Fault::KillBoth(_, damage) => damage_state(damage, folder),
            // Terraform refuses to work with it; a person takes it away, and the next apply finds the network by its tags.
            Fault::State(Damage::Truncated) => damage_state(Damage::Missing, folder),
            _ => {}
        }
        if let Some(interface) = &self.interface {
            self.stage.ec2("DeleteNetworkInterface", &[("NetworkInterfaceId", interface)])?;
        }
        Ok(())
    }

    fn rule(&mut self) {
        let on = match self.case.on {
            On::NoCall => return,
            On::Nth(action, nth) => self.proxy().on(action).nth(nth),
            On::Burst(action, times) => self.proxy().on(action).times(times),
            On::Every(action) => self.proxy().on(action).always(),
            On::Change(nth) => self.proxy().on_where(|call| call.mutating && call.service == "ec2").nth(nth),
            On::From(nth) => self.proxy().on_where(|_| true).nth(nth).always(),
            On::EachChange => self.proxy().on_where(first_of_each(true)).always(),
            On::EachAction => self.proxy().on_where(first_of_each(false)).always(),
        };
        let (process, stopping) = (Arc::clone(&self.process), Arc::clone(&self.stopping));
        let rule = match self.case.fault {
            Fault::LostRequest => on.lost_request(),
            Fault::LostAnswer => on.lost_answer(),
            Fault::ErrorBefore(status) => on.fail(status, name_of(status), "told to fail"),
            Fault::ErrorAfter(status) => on.fail_after_success(status, name_of(status), "told to fail"),
            Fault::Throttled => on.throttle(),
            Fault::LateAnswer => on.late_answer(LATE),
            Fault::LateWork => on.delay(LATE),
            Fault::Refused(code) => on.fail(status_of(code), code, "told to refuse"),
            Fault::Expired(code) => on.fail(400, code, "Request has expired."),
            Fault::KillProvider(When::Before) => on.cut_before(move |_| kill_provider(process.wait().id)),
            Fault::KillProvider(When::After) => on.cut_after(move |_| kill_provider(process.wait().id)),
            Fault::KillBoth(When::Before, _) => on.cut_before(move |_| process.wait().killer.kill()),
            Fault::KillBoth(When::After, _) => on.cut_after(move |_| process.wait().killer.kill()),
            // The call itself goes on: the provider lives.
            Fault::KillTerraform => on.hold(move |_| process.wait().killer.kill_terraform()),
            Fault::Interrupt => on.hold(move |_| {
                process.wait().killer.interrupt();
                stopping.wait();
            }),
            Fault::InterruptTwice => on.hold(move |_| {
                process.wait().killer.interrupt();
                stopping.wait();
                process.wait().killer.interrupt();
            }),
            Fault::SecondApply => {
                let (second, other) = (Arc::clone(&self.second), self.stage.scenario().terraform().clone());
                on.hold(move |_| {
                    let proxy = FaultProxy::start(TestBed::emulator().endpoint());
                    let other = other.clone().with_environment("AWS_ENDPOINT_URL", proxy.endpoint());
                    let output = other.run(&["apply", "-auto-approve"]);
                    let changes = proxy.calls().mutating().len();
                    *second.lock().unwrap_or_else(PoisonError::into_inner) = Some(Second { output, changes });
                })
            }
            Fault::NatGatewayFails | Fault::ForeignInterface | Fault::State(_) => return,
        };
        self.rules.push(rule);
    }

    fn proxy(&self) -> &'stage FaultProxy {
        self.stage.scenario().proxy()
    }

    /// As of a load balancer that somebody made. AWS refuses to delete its subnet; the emulator does not.
    fn put_an_interface(&mut self) -> Result<(), Error> {
        let subnet = self.stage.part(Kind::Subnet, "subnet/private/a");
        let made = self.stage.ec2("CreateNetworkInterface", &[("SubnetId", &subnet)])?;
        self.interface = Some(text_of(&made, "networkInterfaceId"));
        let blocked = move |call: &Call| {
            call.action == "DeleteSubnet" && call.parameter("SubnetId").as_deref() == Some(subnet.as_str())
        };
        let message = "The subnet has dependencies and cannot be deleted.";
        self.rules.push(self.proxy().on_where(blocked).always().fail(400, "DependencyViolation", message));
        Ok(())
    }
}

/// Accepts the first call of each action.
fn first_of_each(changes_only: bool) -> impl Fn(&Call) -> bool + Send + Sync {
    let seen = Mutex::new(BTreeSet::new());
    move |call| {
        (call.mutating || !changes_only)
            && seen.lock().unwrap_or_else(PoisonError::into_inner).insert(call.action.clone())
    }
}

/// The name of an error of the server (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html>).
fn name_of(status: u16) -> &'static str {
    match status {
        500 => "InternalError",
        503 => "ServiceUnavailable",
        504 => "GatewayTimeout",
        _ => "InternalFailure",
    }
}

fn status_of(code: &str) -> u16 {
    if ["UnauthorizedOperation", "AccessDenied"].contains(&code) { 403 } else { 400 }
}

/// SIGKILL to the provider that the Terraform with this process group runs.
fn kill_provider(group: u32) {
    let processes = Command::new("ps").args(["-A", "-o", "pid=", "-o", "pgid=", "-o", "args="]).output();
    let text =
        processes.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    for line in text.lines() {
        let mut words = line.split_whitespace();
        let (id, of, program) = (words.next(), words.next(), words.next().unwrap_or_default());
        if let Some(id) = id
            && of == Some(group.to_string().as_str())
            && program.contains("/terraform-provider-landform")
        {
            let _ = Command::new("kill").args(["-KILL", id]).status();
        }
    }
}
