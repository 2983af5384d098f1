//! One account in which a phase is about to begin.

use std::time::Duration;

use landform_sandbox::aws::{Inventory, Kind};
use landform_sandbox::{Error, Output};

use super::Phase;
use super::configuration::{RESOURCE, grown, small};
use crate::Scenario;
use crate::invariants::{Canaries, Census, Secrets};

/// Where everything is.
pub(super) const REGION: &str = "us-east-1";

/// A command that takes longer than this hangs. The longest wait of all cases is a timeout of 30 seconds and what follows.
const DEADLINE: Duration = Duration::from_secs(240);

/// An account with foreign objects, and a network at the begin of a phase.
#[derive(Debug)]
pub struct Stage {
    scenario: Scenario,
    canaries: Canaries,
    /// What Terraform printed, all of it.
    printed: std::cell::RefCell<String>,
}

impl Stage {
    /// Foreign objects only; the configuration is the small network.
    ///
    /// # Errors
    /// The emulator refuses the foreign objects.
    fn empty() -> Result<Stage, Error> {
        let mut scenario = Scenario::empty().without_init().deadline(DEADLINE);
        for (name, value) in Secrets::ENVIRONMENT {
            scenario = scenario.environment(name, value);
        }
        scenario.write("main.tf", &small());
        let canaries = Canaries::make(scenario.client(), scenario.account(), RESOURCE)?;
        Ok(Stage { scenario, canaries, printed: std::cell::RefCell::default() })
    }

    /// At the begin of a phase, with no call in the proxy's log.
    ///
    /// # Errors
    /// What comes before does not work.
    pub(super) fn before(phase: Phase) -> Result<Stage, Error> {
        let stage = Stage::empty()?;
        match phase {
            Phase::Create => {}
            Phase::Refresh | Phase::Grow | Phase::Mend => stage.apply()?,
            Phase::Shrink | Phase::Destroy => {
                stage.scenario.write("main.tf", &grown());
                stage.apply()?;
            }
        }
        stage.enter(phase)?;
        stage.scenario.proxy().take_calls();
        Ok(stage)
    }

    /// Writes what the phase is to come to, and breaks what it is to mend.
    fn enter(&self, phase: Phase) -> Result<(), Error> {
        match phase {
            Phase::Grow => self.scenario.write("main.tf", &grown()),
            Phase::Shrink => self.scenario.write("main.tf", &small()),
            Phase::Mend => self.break_by_hand()?,
            Phase::Create | Phase::Refresh | Phase::Destroy => {}
        }
        Ok(())
    }

    /// The scenario: folder, proxy, client.
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    pub(super) fn into_scenario(self) -> Scenario {
        self.scenario
    }

    /// Runs Terraform; any exit code is fine.
    pub(super) fn run(&self, arguments: &[&str]) -> Output {
        let output = self.scenario.run(arguments);
        self.note(&output);
        output
    }

    /// Keeps what was printed, to look for secrets in.
    pub(super) fn note(&self, output: &Output) {
        *self.printed.borrow_mut() += &output.text();
    }

    pub(super) fn printed(&self) -> String {
        self.printed.borrow().clone()
    }

    fn apply(&self) -> Result<(), Error> {
        self.run(&["apply", "-auto-approve"]).success().map(drop)
    }

    /// Whether there is no state, as after a kill while Terraform wrote it.
    pub(super) fn has_lost_its_state(&self) -> bool {
        let state = self.scenario.folder().join("terraform.tfstate");
        state.metadata().map_or(true, |about| about.len() == 0)
    }

    /// What exists and is not foreign.
    ///
    /// # Errors
    /// The emulator refuses.
    pub fn made(&self) -> Inventory {
        self.canaries.removed_from(&self.scenario.inventory().made())
    }

    /// The same, counted.
    pub fn census(&self) -> Census {
        Census::of(&self.made())
    }

    /// What happened to the foreign objects; `None` when nothing did.
    ///
    /// # Errors
    /// The emulator refuses.
    pub fn canaries_changed(&self) -> Result<Option<String>, Error> {
        self.canaries.changed(self.scenario.client())
    }

    /// The id of the part of the network with this key, such as `subnet/private/a`.
    pub(super) fn part(&self, kind: Kind, child: &str) -> String {
        let census = self.census();
        let found = census.parts().find(|(other, name, _)| (*other, *name) == (kind, child));
        found.and_then(|(_, _, ids)| ids.first().cloned()).unwrap_or_default()
    }

    /// An EC2 action around the proxy, as by somebody in the console.
    pub(super) fn ec2(&self, action: &str, parameters: &[(&str, &str)]) -> Result<String, Error> {
        self.scenario.client().query("ec2", REGION, self.scenario.account(), action, parameters)
    }

    /// Takes something away, adds something and moves something, so that mending needs every kind of step.
    fn break_by_hand(&self) -> Result<(), Error> {
        let vpc = self.part(Kind::Vpc, "vpc");
        let table = self.part(Kind::RouteTable, "route_table/private/a");
        let inventory = self.scenario.inventory();
        let of_vpc = |kind: Kind| {
            let objects = inventory.of(kind).iter();
            let mut own =
                objects.filter(|object| object.vpc.as_deref() == Some(vpc.as_str()) && object.default);
            own.next().map(|object| object.id.clone()).unwrap_or_default()
        };
        let (acl, group) = (of_vpc(Kind::NetworkAcl), of_vpc(Kind::SecurityGroup));
        self.ec2("DeleteRoute", &[("RouteTableId", &table), ("DestinationCidrBlock", "0.0.0.0/0")])?;
        self.ec2("DeleteTags", &[("ResourceId.1", &vpc), ("Tag.1.Key", "Name")])?;
        self.ec2(
            "CreateTags",
            &[("ResourceId.1", &vpc), ("Tag.1.Key", "landform:odd"), ("Tag.1.Value", "x")],
        )?;
        let entry = [("NetworkAclId", acl.as_str()), ("Egress", "false"), ("RuleNumber", "100")];
        self.ec2("DeleteNetworkAclEntry", &entry)?;
        let mut other = entry.to_vec();
        other[2].1 = "50";
        other.extend([("Protocol", "-1"), ("RuleAction", "deny"), ("CidrBlock", "192.0.2.0/24")]);
        self.ec2("CreateNetworkAclEntry", &other)?;
        let rule = [
            ("GroupId", group.as_str()),
            ("IpPermissions.1.IpProtocol", "tcp"),
            ("IpPermissions.1.FromPort", "22"),
            ("IpPermissions.1.ToPort", "22"),
            ("IpPermissions.1.IpRanges.1.CidrIp", "0.0.0.0/0"),
        ];
        self.ec2("AuthorizeSecurityGroupIngress", &rule).map(drop)
    }
}

/// The command of a phase.
pub(super) fn command(phase: Phase) -> &'static [&'static str] {
    match phase {
        Phase::Create | Phase::Grow | Phase::Shrink | Phase::Mend => &["apply", "-auto-approve"],
        Phase::Refresh => &["plan", "-detailed-exitcode"],
        Phase::Destroy => &["destroy", "-auto-approve"],
    }
}
