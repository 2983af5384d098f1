use std::collections::BTreeSet;
use std::sync::Arc;

use tfplugin_proto::cty::Value;

use super::defaults::fill_defaults;
use super::prior_spelling::{Spelled, prior_spelling};
use super::promises::promise;
use super::replace::{digests, replacements, same_immutables};
use super::spelling::keep_spelling;
use super::unknowns::{keep_sticky, mark_unknown, null_write_only};
use crate::erased::{AnyResource, Proposal};
use crate::private::{Intent, Private};
use crate::resume::Memory;
use crate::schema::conform;
use crate::{Diagnostic, Diagnostics, Path, consistency, show, timeouts};

/// What Terraform asks to be planned.
pub(crate) struct Change {
    /// `None` for a create.
    pub(crate) prior: Option<Value>,
    pub(crate) config: Value,
    /// The configuration merged with the prior state's computed values, as Terraform does it.
    pub(crate) proposed: Value,
}

/// The answer.
pub(crate) struct Planned {
    pub(crate) planned: Value,
    /// Sorted.
    pub(crate) requires_replace: Vec<Path>,
    pub(crate) private: Private,
    pub(crate) diagnostics: Diagnostics,
}

/// Plans a create or an update.
pub(crate) async fn plan_change<C: Send + Sync + 'static>(
    resource: &dyn AnyResource<C>,
    change: Change,
    client: Option<Arc<C>>,
    memory: &Memory,
) -> Planned {
    let mut diagnostics = Diagnostics::new();
    let intent = if change.prior.is_some() { Intent::Update } else { Intent::Create };
    let fallback = null_write_only(resource.schema(), change.proposed.clone(), &change.config);
    match refine(resource, change, client, memory, &mut diagnostics).await {
        Ok((planned, requires_replace)) => {
            let private = private(resource, intent, &planned);
            Planned {
                planned,
                requires_replace: requires_replace.into_iter().collect(),
                private,
                diagnostics,
            }
        }
        Err(more) => {
            diagnostics.extend(more);
            // With an error Terraform ignores the planned value, but wants one of the right form.
            Planned {
                planned: fallback,
                requires_replace: Vec::new(),
                private: Private::of(intent),
                diagnostics,
            }
        }
    }
}

async fn refine<C: Send + Sync + 'static>(
    resource: &dyn AnyResource<C>,
    change: Change,
    client: Option<Arc<C>>,
    memory: &Memory,
    diagnostics: &mut Diagnostics,
) -> Result<(Value, BTreeSet<Path>), Diagnostics> {
    let Change { prior, config, proposed } = change;
    let schema = resource.schema();
    let prior_or_null = prior.clone().unwrap_or(Value::Null);

    let planned = fill_defaults(schema, proposed, &config);
    let planned = null_write_only(schema, planned, &config);
    let planned = keep_sticky(schema, planned, &config, &prior_or_null);
    let planned = spelled_as_before(resource, prior.as_ref(), planned);
    let no_change = planned == prior_or_null || timeouts::same_apart(schema, &planned, &prior_or_null);
    let planned = if no_change { planned } else { mark_unknown(schema, planned, &config, &prior_or_null) };

    let checks = resource.check(&config);
    if checks.has_errors() {
        return Err(checks);
    }

    let prior_normalized = match &prior {
        Some(prior) => resource.normalized(prior)?,
        None => Value::Null,
    };
    let normalized = resource.normalized(&planned)?;
    let kind = named(resource, &prior_normalized);
    let (mut replace, refused) = replacements(schema, &kind, &prior_normalized, &normalized, &config);
    if refused.has_errors() {
        return Err(refused);
    }

    let resuming = prior.is_none().then(|| resumable(resource, memory, &planned)).flatten();
    let resuming = resuming.as_ref().map(|(_, prior)| prior);
    let Proposal { planned: proposal, replace: asked, diagnostics: said } =
        resource.plan(prior.as_ref(), &config, &planned, resuming, client).await?;
    diagnostics.extend(said);
    if diagnostics.has_errors() {
        return Err(Diagnostics::new());
    }

    let spelled = keep_spelling(&planned, &resource.respelled(&planned), proposal);
    let planned = spelled_as_before(resource, prior.as_ref(), conform(spelled, resource.cty_type()));
    let planned = promise(schema, planned, &config);
    let (more, refused) =
        replacements(schema, &kind, &prior_normalized, &resource.normalized(&planned)?, &config);
    if refused.has_errors() {
        return Err(refused);
    }
    // Only now: a part of the identity may be what the resource itself has planned.
    if prior.is_none()
        && let Some((identity, _)) = resumable(resource, memory, &planned)
    {
        diagnostics.push(resume_warning(resource, &identity));
    }
    replace.extend(more);
    let asked = if prior.is_some() { asked } else { Vec::new() };
    let type_name = resource.type_name();
    let mut wrong = consistency::plan_valid(type_name, schema, &prior_or_null, &config, &planned);
    wrong.extend(consistency::plan_keeps_promises(type_name, schema, &prior_or_null, &config, &planned));
    let paths = asked.iter().map(|(path, _)| path);
    wrong.extend(consistency::replacements_valid(type_name, &prior_or_null, &planned, paths));
    if wrong.has_errors() {
        return Err(wrong);
    }
    for (path, reason) in asked {
        diagnostics.push(replace_warning(&kind, &path, reason));
        replace.insert(path);
    }
    Ok((planned, replace))
}

/// `planned` with the prior spelling of what means the same.
fn spelled_as_before<C>(resource: &dyn AnyResource<C>, prior: Option<&Value>, planned: Value) -> Value {
    let Some(prior) = prior else { return planned };
    let (after, before) = (resource.respelled(&planned), resource.respelled(prior));
    prior_spelling(resource.schema(), Spelled::new(planned, after), &Spelled::new(prior.clone(), before))
}

/// The identity of `planned` and the state that a failed create of the same object left, if this process saw one.
pub(crate) fn resumable<C>(
    resource: &dyn AnyResource<C>,
    memory: &Memory,
    planned: &Value,
) -> Option<(String, Value)> {
    let identity = resource.identity(planned)?;
    let left = memory.incomplete(&(resource.type_name().to_owned(), identity.clone()))?;
    let planned = resource.normalized(planned).ok()?;
    let same = same_immutables(
        resource.schema(),
        &resource.normalized(&left).ok()?,
        &digests(resource.schema(), &planned),
    );
    same.then_some((identity, left))
}

fn resume_warning<C>(resource: &dyn AnyResource<C>, identity: &str) -> Diagnostic {
    Diagnostic::warning(
        format!("Resuming the creation of {} {identity}", resource.type_name()),
        "An earlier apply did not finish creating this object. Terraform shows a replacement, but nothing is \
         destroyed: what exists is kept, and what is missing is created.",
    )
}

fn replace_warning(object: &str, path: &Path, reason: String) -> Diagnostic {
    Diagnostic::warning(format!("Changing {} replaces {object}", show::path(path)), reason).at(path.clone())
}

fn private<C>(resource: &dyn AnyResource<C>, intent: Intent, planned: &Value) -> Private {
    let normalized = resource.normalized(planned).unwrap_or(Value::Null);
    Private {
        intent,
        identity: resource.identity(planned),
        immutable: digests(resource.schema(), &normalized),
    }
}

/// The object in messages: its type, and its identity if that is known.
fn named<C>(resource: &dyn AnyResource<C>, object: &Value) -> String {
    match resource.identity(object) {
        Some(identity) => format!("{} {identity}", resource.type_name()),
        None => format!("this {}", resource.type_name()),
    }
}
