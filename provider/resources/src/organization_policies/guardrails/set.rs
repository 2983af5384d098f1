//! Guardrails as a set of policies.

use super::super::chosen::{sentence, some_targets};
use super::super::core::{Around, Choice, Core, PolicySet};
use super::super::document::DocumentKey;
use super::super::exclusive::Exclusive;
use super::super::parameters::parameters;
use super::super::shown::number;
use super::super::target::PolicyTarget;
use super::choice::{TYPES, chosen};
use super::model::{Guardrails, OwnStatements};
use super::packing::{budget, packed};
use super::{lints, packing};
use landform_framework::{Diagnostics, Path, Text, Value};
use landform_model::ResourceName;
use landform_model::guardrails::document::Document;
use landform_model::guardrails::lint::Stage;
use landform_model::guardrails::{PolicyType, recognize};
use landform_model::ownership::ResourceKind;
use std::collections::BTreeSet;

impl PolicySet for Guardrails {
    const KIND: ResourceKind = ResourceKind::GUARDRAILS;
    const NOUN: &'static str = "guardrails";
    const TYPES: &'static [PolicyType] = &TYPES;

    fn core(&self) -> Core {
        Core {
            name: self.name.clone(),
            exclusive: self.exclusive,
            tags: self.tags.clone(),
            stack: self.stack.clone(),
            documents: self.documents.clone(),
            attached_to: self.attached_to.clone(),
            slots: self.slots.clone(),
            affected_accounts: self.affected_accounts,
            invalid_accounts: Value::Null,
            status: self.status.clone(),
            drift: self.drift.clone(),
        }
    }

    fn set_core(&mut self, core: Core) {
        self.tags = core.tags;
        self.stack = core.stack;
        self.documents = core.documents;
        self.attached_to = core.attached_to;
        self.slots = core.slots;
        self.affected_accounts = core.affected_accounts;
        self.status = core.status;
        self.drift = core.drift;
    }

    fn attached_to(&self) -> Option<BTreeSet<PolicyTarget>> {
        match self.stage.known()?.0 {
            Stage::Staging => Some(BTreeSet::from([self.staging_target.known()?.0.clone()])),
            Stage::Enforce => Some(self.targets.known()?.iter().map(|target| target.0.clone()).collect()),
        }
    }

    fn policy_types(&self) -> BTreeSet<PolicyType> {
        let chosen = chosen(self, &mut Diagnostics::new());
        chosen.map_or_else(|| TYPES.into(), |chosen| chosen.iter().map(|filled| filled.policy_type).collect())
    }

    fn limits(&self, policy_type: PolicyType) -> (Option<usize>, Option<usize>) {
        let budget = budget(self, policy_type, 0);
        (budget.map(|budget| budget.bytes), budget.map(|budget| budget.slots))
    }

    fn tried_on(&self) -> Option<PolicyTarget> {
        let enforced = self.stage == Value::Known(Text(Stage::Enforce));
        let asked = enforced && self.require_staging == Value::Known(true);
        asked.then(|| self.staging_target.known().map(|target| target.0.clone())).flatten()
    }

    fn choice(&self, around: &Around<'_>, diagnostics: &mut Diagnostics) -> Option<Choice> {
        let filled = chosen(self, diagnostics)?;
        let given = parameters(&self.parameters, &Path::root().attribute("parameters"), diagnostics)?;
        lints::lock_out(self, &filled, &given, around.region.as_ref(), diagnostics);
        if let Some(tried) = around.tried {
            let tried: Vec<Document> = tried.iter().filter_map(|text| text.parse().ok()).collect();
            let staging = self.staging_target.known().map(|target| target.to_string()).unwrap_or_default();
            lints::staged(&filled, &tried, &staging, diagnostics);
        }
        let room = |policy_type| {
            let taken = (around.taken)(policy_type).map_or(1, |(taken, _)| taken);
            packing::budget(self, policy_type, taken)
        };
        match packed(&filled, room, &around.before) {
            Ok(choice) => Some(choice),
            Err((policy_type, error)) => {
                let fullest = (around.taken)(policy_type).map(|(_, target)| format!(" on {target}"));
                let summary = format!("The guardrails do not fit{}", fullest.unwrap_or_default());
                let detail = sentence(&error.to_string());
                diagnostics.error_at(Path::root().attribute("enable"), summary, detail);
                None
            }
        }
    }

    fn take_in(&mut self, key: DocumentKey, policy_name: &str, content: &str) -> BTreeSet<String> {
        if let Some(known) = recognize(key.policy_type, content) {
            let mut enabled = self.enable.known().cloned().unwrap_or_default();
            enabled.extend(known.iter().cloned());
            self.enable = Value::Known(enabled);
            return known;
        }
        let mut extra = self.extra.known().cloned().unwrap_or_default();
        let own = OwnStatements {
            policy_type: Value::Known(Text(key.policy_type)),
            policy: Value::Known(content.to_owned()),
        };
        extra.insert(policy_name.to_owned(), own);
        self.extra = Value::Known(extra);
        BTreeSet::from([policy_name.to_owned()])
    }

    fn set_imported(&mut self, name: &ResourceName, targets: &BTreeSet<PolicyTarget>) {
        self.name = Value::Known(Text(name.clone()));
        self.targets = Value::Known(targets.iter().cloned().map(Text).collect());
        self.exclusive = Value::Known(Text(Exclusive::Managed));
        self.stage = Value::Known(Text(Stage::Enforce));
        self.staging_target = Value::Known(Text(PolicyTarget::staging()));
        self.require_staging = Value::Known(false);
    }

    fn set_sizes(&mut self, choice: Option<&Choice>) {
        let size = |size: fn(&Choice) -> usize| match choice {
            Some(choice) => Value::Known(number(size(choice))),
            None => Value::Unknown,
        };
        self.bytes_before = size(|choice| choice.bytes_before);
        self.bytes_after = size(Choice::bytes_after);
    }
}

/// What can be checked without a look at anything.
pub(super) fn validate(config: &Guardrails, diagnostics: &mut Diagnostics) {
    chosen(config, diagnostics);
    some_targets(&config.targets, diagnostics);
    let Some(limits) = config.limits.known() else { return };
    let path = Path::root().attribute("limits");
    for (name, limit) in [
        ("scp_bytes", &limits.scp_bytes),
        ("scps_per_target", &limits.scps_per_target),
        ("rcp_bytes", &limits.rcp_bytes),
        ("rcps_per_target", &limits.rcps_per_target),
    ] {
        if limit.known().is_some_and(|limit| *limit < 1) {
            diagnostics.error_at(path.clone().attribute(name), "Not a limit", "A limit is 1 or more.");
        }
    }
}
