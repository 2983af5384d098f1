//! Plans a set of policies: every document with its text, the slots of every target, and what is wrong. Makes no write call.

use super::affected::affected;
use super::core::{Around, Core, PolicySet, declared, status};
use super::desired::Desired;
use super::look::{self, Question, look};
use super::seen::Seen;
use super::shown;
use super::target::PolicyTarget;
use crate::client::{Landform, failure};
use crate::organization::OrganizationSnapshot;
use landform_cloud::organizations::PolicyTypeStatus;
use landform_cloud::{ErrorKind, OrganizationsReads, Result};
use landform_framework::{Diagnostic, Diagnostics, Path, Plan, Text, Value};
use landform_model::guardrails::PolicyType;
use std::collections::BTreeSet;

/// What a plan reads.
struct Survey {
    seen: Seen,
    /// The accounts that the targets hold; none while a target does not exist.
    affected: Option<usize>,
    /// The texts of the policies that are tried, where that is asked.
    tried: Vec<String>,
}

/// Fills the planned set.
pub(crate) async fn plan<M: PolicySet>(plan: &mut Plan<'_, Landform, M>) {
    let mut core = plan.planned.core();
    core.status = Value::Known(status::READY.to_owned());
    core.drift = Value::Known(Vec::new());
    let targets = plan.planned.attached_to();
    core.attached_to = match &targets {
        Some(targets) => Value::Known(targets.iter().cloned().map(Text).collect()),
        None => Value::Unknown,
    };
    let begun = plan.prior.or(plan.resuming()).map(M::core);
    // Under another name it is another set.
    let before = begun.filter(|begun| begun.name == core.name).unwrap_or_default();
    let (mut survey, mut region): (Option<Survey>, _) = (None, None);
    if let Some(client) = plan.client() {
        core.stack = Value::Known(Text(client.stack().clone()));
        region = client.region().await;
        if let (Some(targets), Some(owner)) = (&targets, core.owner(M::KIND)) {
            let types = plan.planned.policy_types();
            let mut looked_for = types.clone();
            let ids = before.ids();
            looked_for.extend(ids.keys().map(|key| key.policy_type));
            let question = Question {
                owner,
                targets: targets.clone(),
                types: looked_for,
                attached_types: types,
                ids,
                adopted: before.is(status::ADOPTED),
                exclusive: core.is_exclusive(),
            };
            let mut said = Diagnostics::new();
            survey = surveyed(client, &plan.planned, &question, &mut said).await;
            plan.diagnostics.extend(said);
        }
    }
    let taken = |policy_type| taken(survey.as_ref()?, targets.as_ref()?, policy_type);
    // What nobody could read counts as not tried. With unknown targets the apply looks.
    let asked = targets.as_ref().filter(|_| plan.client().is_some() && plan.planned.tried_on().is_some());
    let tried = asked.map(|targets| {
        let read = survey.as_ref().map(|survey| survey.tried.clone()).unwrap_or_default();
        [read, held(&before, targets)].concat()
    });
    let around = Around { region, before: before.placement(), taken: &taken, tried: tried.as_deref() };
    let choice = plan.planned.choice(&around, &mut plan.diagnostics);
    plan.planned.set_sizes(choice.as_ref());
    core.documents = Value::Unknown;
    core.slots = Value::Unknown;
    core.affected_accounts = Value::Unknown;
    core.invalid_accounts = Value::Unknown;
    let Some(choice) = choice else { return plan.planned.set_core(core) };
    let mut outlook = None;
    // The names of documents need the stack no more than their texts do.
    if let (Some(client), Some(_)) = (plan.client(), core.owner(M::KIND)) {
        let mut sketch = plan.planned.clone();
        let mut sketched = core.clone();
        sketched.documents = Value::Known(Default::default());
        sketched.attached_to = Value::Known(targets.iter().flatten().cloned().map(Text).collect());
        sketch.set_core(sketched);
        match declared(client, &sketch) {
            Ok(mut desired) => {
                desired.documents = choice.documents;
                core.documents = Value::Known(shown::documents(&plan.planned, &desired, &before.ids()));
                if let Some(survey) = survey.as_ref().filter(|_| targets.is_some()) {
                    plan.diagnostics.extend(nothing_allowed(&desired, &survey.seen));
                    let slots = shown::slots(&plan.planned, &desired, &survey.seen);
                    outlook = slots.zip(survey.affected);
                }
            }
            Err(error) => plan.diagnostics.extend(error),
        }
    }
    if core.documents == before.documents && core.attached_to == before.attached_to {
        core.invalid_accounts = before.invalid_accounts;
    }
    // Others may attach policies and make accounts between a plan and its apply, and Terraform holds a provider to every value
    // that it has planned. Where nothing changes the values stay; else the plan tells them in words.
    let unchanged = Core { slots: before.slots, affected_accounts: before.affected_accounts, ..core.clone() };
    plan.planned.set_core(unchanged);
    if plan.prior == Some(&plan.planned) {
        return;
    }
    let name = core.name();
    plan.planned.set_core(core);
    if let Some((slots, affected)) = outlook {
        plan.diagnostics.push(shown::outlook(&format!("{} {name}", M::NOUN), &slots, affected));
    }
}

/// Reads what the set is about; none where there is nothing to read or nobody may, with a word about it.
async fn surveyed<M: PolicySet>(
    client: &Landform,
    planned: &M,
    question: &Question,
    said: &mut Diagnostics,
) -> Option<Survey> {
    let doing = format!("Reading the organization for {} {}", M::NOUN, question.owner.name);
    let reading = async || -> Result<Option<Survey>> {
        let organization = client.organizations().await?;
        if organization.organization().await?.is_none() {
            return Ok(None);
        }
        let seen = look(organization.as_ref(), &organization, question).await?;
        let all_exist = seen.targets.len() == question.targets.len();
        let statements = M::TYPES.iter().all(|kind| kind.has_statements());
        let affected = match all_exist {
            true => Some(affected(&organization, seen.targets.values(), statements).await?),
            false => None,
        };
        let tried = tried(&organization, planned).await?;
        Ok(Some(Survey { seen, affected, tried }))
    };
    match reading().await {
        Ok(Some(survey)) => {
            check(planned, question, &survey.seen, said);
            Some(survey)
        }
        Ok(None) => {
            let detail = "The account of the credentials is in no organization yet. If nothing in this plan makes one, the apply fails.";
            said.warning_at(Path::root().attribute("targets"), "No organization", detail);
            None
        }
        Err(error) if error.kind == ErrorKind::Denied => {
            let detail = format!(
                "{error}. Documents are planned all the same; slots and accounts are known after the apply."
            );
            said.push(Diagnostic::warning(format!("{doing} is not allowed"), detail));
            None
        }
        Err(error) => {
            said.extend(failure(doing, &error, ""));
            None
        }
    }
}

/// The texts of the policies that are on the target for trials, where trials are asked for and there is one.
pub(super) async fn tried<M: PolicySet>(
    organization: &OrganizationSnapshot,
    planned: &M,
) -> Result<Vec<String>> {
    let mut texts = Vec::new();
    let Some(target) = planned.tried_on() else { return Ok(texts) };
    for id in look::targets(organization, &BTreeSet::from([target])).await?.values() {
        for policy_type in M::TYPES {
            let policies = organization.policies_on(id, *policy_type).await?;
            for policy in policies.iter().filter(|it| !it.aws_managed) {
                texts.extend(organization.policy_content(&policy.id).await?);
            }
        }
    }
    Ok(texts)
}

/// The texts that hold for every target already and so need no trial.
pub(super) fn held(before: &Core, targets: &BTreeSet<PolicyTarget>) -> Vec<String> {
    let everywhere = before
        .attached_to
        .known()
        .is_some_and(|held| targets.iter().all(|target| held.contains(&Text(target.clone()))));
    let documents = before.known_documents().filter(|_| everywhere).unwrap_or_default();
    documents.into_values().map(|document| document.content).collect()
}

/// The refusal to leave a target on which nothing is allowed: what no policy allows is denied, to everybody in every account.
///
/// While the kind is not on, no target shows a policy of it, and turning it on attaches `FullAWSAccess` to every one:
/// <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html>.
pub(super) fn nothing_allowed(desired: &Desired, seen: &Seen) -> Option<Diagnostic> {
    let scp = PolicyType::ServiceControlPolicy;
    if seen.policy_types.get(&scp) != Some(&PolicyTypeStatus::Enabled) {
        return None;
    }
    let mut texts = desired.documents.iter().filter(|(key, _)| key.policy_type == scp).peekable();
    texts.peek()?;
    if texts.any(|(_, document)| document.content.contains(r#""Effect":"Allow""#)) {
        return None;
    }
    let is_closed = |target: &&PolicyTarget| {
        let id = seen.targets.get(target);
        id.is_some_and(|id| !seen.foreign_on(scp, id).iter().any(|policy| policy.stays))
    };
    let closed = desired.targets.iter().find(is_closed)?;
    let detail = format!(
        "Service control policies of this set only deny, and no other one would be attached to {closed}: nobody could do anything in \
         its accounts. Attach `FullAWSAccess` to {closed}, or allow something in `extra`."
    );
    Some(Diagnostic::error(format!("Nothing would be allowed on {closed}"), detail))
}

/// What stands in the way of an apply.
fn check<M: PolicySet>(planned: &M, question: &Question, seen: &Seen, said: &mut Diagnostics) {
    said.extend(namesakes::<M>(question.owner.name.as_str(), seen));
    for target in question.targets.iter().filter(|target| !seen.targets.contains_key(target)) {
        let detail = format!(
            "There is no {target} in the organization. If nothing in this plan makes it, the apply fails."
        );
        said.warning_at(Path::root().attribute("targets"), format!("{target} does not exist yet"), detail);
    }
    for policy_type in planned.policy_types() {
        if seen.policy_types.get(&policy_type) != Some(&PolicyTypeStatus::Enabled) {
            let detail =
                format!("{} If nothing in this plan turns it on, the apply fails.", turn_on(policy_type));
            said.warning(format!("{policy_type} is off in the organization"), detail);
        }
    }
}

/// What to do about a kind of policy that is off.
pub(super) fn turn_on(policy_type: PolicyType) -> String {
    format!(
        "Policies of this kind cannot be attached: list `{policy_type}` in `policy_types` of `landform_organization`."
    )
}

/// The refusal to touch what only has the name.
pub(super) fn namesakes<M: PolicySet>(set: &str, seen: &Seen) -> Option<Diagnostic> {
    let names: Vec<String> =
        seen.namesakes.iter().map(|policy| format!("{} ({})", policy.name, policy.id)).collect();
    (!names.is_empty()).then(|| {
        let detail = format!(
            "{} carry no tags of {} {set}, so they are somebody else's or have lost their tags. Import the set under this name to take \
             them over, rename them, or give the set another name. Nothing was changed.",
            names.join(", "),
            M::NOUN
        );
        Diagnostic::error("Policies of these names exist already", detail)
    })
}

/// The slots that others hold, where they hold the most.
fn taken(
    survey: &Survey,
    targets: &BTreeSet<PolicyTarget>,
    policy_type: PolicyType,
) -> Option<(usize, String)> {
    let each = targets.iter().filter_map(|target| {
        let id = survey.seen.targets.get(target)?;
        let stay = survey.seen.foreign_on(policy_type, id).iter().filter(|policy| policy.stays);
        Some((stay.count(), target.to_string()))
    });
    each.max()
}
