//! Settings as a set of policies.

use super::super::chosen::{fill_errors, sentence, wrong_kind};
use super::super::core::{Around, Choice, Core, PolicySet};
use super::super::document::{Document, DocumentKey};
use super::super::exclusive::Exclusive;
use super::super::parameters::parameters;
use super::super::target::PolicyTarget;
use super::model::{OrganizationPolicy, OwnSettings};
use landform_framework::{Diagnostics, Path, Text, Value};
use landform_model::ResourceName;
use landform_model::guardrails::{Budget, Filled, PolicyType, catalogue, choose, own, recognize, settings};
use landform_model::ownership::ResourceKind;
use std::collections::{BTreeMap, BTreeSet};

/// The kinds of policy that are made of settings.
const TYPES: [PolicyType; 7] = [
    PolicyType::DeclarativePolicyEc2,
    PolicyType::S3Policy,
    PolicyType::AiservicesOptOutPolicy,
    PolicyType::TagPolicy,
    PolicyType::BackupPolicy,
    PolicyType::SecurityhubPolicy,
    PolicyType::InspectorPolicy,
];

impl PolicySet for OrganizationPolicy {
    const KIND: ResourceKind = ResourceKind::ORGANIZATION_POLICY;
    const NOUN: &'static str = "organization policy";
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
            invalid_accounts: self.invalid_accounts.clone(),
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
        self.invalid_accounts = core.invalid_accounts;
        self.status = core.status;
        self.drift = core.drift;
    }

    fn attached_to(&self) -> Option<BTreeSet<PolicyTarget>> {
        Some(self.targets.known()?.iter().map(|target| target.0.clone()).collect())
    }

    fn policy_types(&self) -> BTreeSet<PolicyType> {
        let enabled = self.enable.known().into_iter().flatten().filter_map(|id| catalogue::find(id));
        let extra = self.extra.known().into_iter().flat_map(BTreeMap::values);
        let extra = extra.filter_map(|own| own.policy_type.known().map(|policy_type| policy_type.0));
        enabled.map(|guardrail| guardrail.policy_type).chain(extra).collect()
    }

    fn limits(&self, policy_type: PolicyType) -> (Option<usize>, Option<usize>) {
        let budget = Budget::of(policy_type);
        (budget.map(|budget| budget.bytes), budget.map(|budget| budget.slots))
    }

    fn choice(&self, around: &Around<'_>, diagnostics: &mut Diagnostics) -> Option<Choice> {
        let filled = chosen(self, diagnostics)?;
        for policy_type in self.policy_types() {
            let (limit, taken) = (self.limits(policy_type).1, (around.taken)(policy_type));
            if let (Some(limit), Some((taken, target))) = (limit, taken)
                && taken >= limit
            {
                let summary = format!("No slot is free on {target}");
                let detail = format!(
                    "Others have attached {taken} policies of the kind {policy_type}, and AWS takes {limit}. Detach one, or attach to a level above."
                );
                diagnostics.error_at(Path::root().attribute("targets"), summary, detail);
            }
        }
        let documents = match settings(&filled) {
            Ok(documents) => documents,
            Err(error) => {
                let detail = sentence(&error.to_string());
                diagnostics.error_at(
                    Path::root().attribute("enable"),
                    "These settings are no policy",
                    detail,
                );
                return None;
            }
        };
        let documents: BTreeMap<DocumentKey, Document> = documents
            .into_iter()
            .map(|document| {
                let key = DocumentKey { policy_type: document.policy_type, number: 1 };
                (key, Document { guardrails: document.guardrails, content: document.text })
            })
            .collect();
        let bytes_before = documents.values().map(|document| document.content.len()).sum();
        Some(Choice { documents, bytes_before })
    }

    fn take_in(&mut self, key: DocumentKey, policy_name: &str, content: &str) -> BTreeSet<String> {
        if let Some(known) = recognize(key.policy_type, content) {
            let mut enabled = self.enable.known().cloned().unwrap_or_default();
            enabled.extend(known.iter().cloned());
            self.enable = Value::Known(enabled);
            return known;
        }
        let mut extra = self.extra.known().cloned().unwrap_or_default();
        let own = OwnSettings {
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
    }

    fn set_sizes(&mut self, _: Option<&Choice>) {}
}

/// The guardrails and settings that the configuration chooses; none while a part is unknown, and where something is wrong. What
/// is wrong is in `diagnostics`.
pub(super) fn chosen(set: &OrganizationPolicy, diagnostics: &mut Diagnostics) -> Option<Vec<Filled>> {
    let own = own_settings(&set.extra, diagnostics);
    let given = parameters(&set.parameters, &Path::root().attribute("parameters"), diagnostics);
    let ids = match &set.enable {
        Value::Unknown => return None,
        enable => enable.known().cloned().unwrap_or_default(),
    };
    wrong_kind(&ids, false, diagnostics);
    let mut filled = choose(&ids, &given?).map_err(|errors| fill_errors(&errors, diagnostics)).ok()?;
    filled.extend(own?);
    if filled.is_empty() {
        let detail = "Set `enable` or `extra`: without settings there is no policy.";
        diagnostics.error_at(Path::root().attribute("enable"), "No settings", detail);
    }
    (!diagnostics.has_errors()).then_some(filled)
}

/// The user's own settings; none while a part is unknown or wrong.
fn own_settings(
    extra: &Value<BTreeMap<String, OwnSettings>>,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<Filled>> {
    let extra = match extra {
        Value::Null => return Some(Vec::new()),
        Value::Unknown => return None,
        Value::Known(extra) => extra,
    };
    let mut read = Vec::new();
    for (name, settings) in extra {
        read.push(one(name, settings, diagnostics));
    }
    read.into_iter().collect()
}

fn one(name: &str, settings: &OwnSettings, diagnostics: &mut Diagnostics) -> Option<Filled> {
    let path = Path::root().attribute("extra").key(name);
    let (policy_type, text) = (settings.policy_type.known()?.0, settings.policy.known());
    if policy_type.has_statements() {
        let detail = format!("`{policy_type}` is made of statements: it is a `landform_guardrails`.");
        diagnostics.error_at(path.attribute("policy_type"), "Not a kind of settings", detail);
        return None;
    }
    if catalogue::find(name).is_some() {
        let detail = "The catalogue has a guardrail of that name: give your settings another one.";
        diagnostics.error_at(path, "Name of a guardrail", detail);
        return None;
    }
    match own(name, policy_type, text?) {
        Ok(own) => Some(own),
        Err(error) => {
            diagnostics.error_at(path.attribute("policy"), "Not a policy", sentence(&error.to_string()));
            None
        }
    }
}
