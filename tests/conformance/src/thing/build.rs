//! Makes and changes things, one write after the other.

use std::collections::BTreeMap;

use landform_framework::{Context, Diagnostic, Diagnostics, Value};

use super::{KIND, Maker, Part, Rule, Step, Thing};
use crate::world::{Kind, World, failed};

/// Makes a thing, or finishes one that an earlier create began.
pub(super) async fn create(cx: &Context<World, Thing>, planned: Thing) -> Result<Thing, Diagnostics> {
    let (world, name) = (cx.client(), planned.called());
    let doing = if cx.resumed_from().is_some() { "resume thing" } else { "create thing" };
    let fault = world.call_until(doing, &name, cx.stopped()).await?;
    let begun: Option<Thing> = world.load(KIND, &name)?;
    let id = match begun {
        Some(begun) if begun.status == Value::from("incomplete") => begun.id,
        Some(_) => {
            let hint = "Import it, or choose another name.";
            return Err(Diagnostic::error(format!("There is a thing {name} already"), hint).into());
        }
        None => Value::from(format!("thing-{}", serial(world, &name)?)),
    };
    write(cx, Thing { id, ..planned }, fault).await
}

/// Changes a thing.
pub(super) async fn update(
    cx: &Context<World, Thing>,
    prior: Thing,
    planned: Thing,
) -> Result<Thing, Diagnostics> {
    let fault = cx.client().call_until("update thing", &prior.called(), cx.stopped()).await?;
    write(cx, planned, fault).await
}

/// Writes the thing and then its parts. After each write a checkpoint says what exists.
async fn write(
    cx: &Context<World, Thing>,
    planned: Thing,
    fault: Option<Kind>,
) -> Result<Thing, Diagnostics> {
    let (world, name) = (cx.client(), planned.called());
    if let Some(token) = cx.config().and_then(|config| config.token.known()) {
        world.put("tokens", &name, &token.as_str().into()).map_err(|error| failed("token", &name, &error))?;
    }
    let before: Option<Thing> = world.load(KIND, &name)?;
    let serial = serial(world, &name)?;
    let planned = with_ids(planned, before.as_ref(), serial);
    let before = before.and_then(|before| before.parts.into_known()).unwrap_or_default();
    let wanted = planned.parts.known().cloned().unwrap_or_default();
    let mut parts: BTreeMap<String, Part> =
        before.into_iter().filter(|(key, _)| wanted.contains_key(key)).collect();
    let mut thing = Thing {
        zone: Value::from(planned.zone.known().map_or("home", String::as_str)),
        status: Value::from("incomplete"),
        parts: planned.parts.as_ref().map(|_| parts.clone()),
        ..planned
    };
    save(cx, &name, &thing)?;
    for (key, part) in wanted {
        let there = parts.get(&key);
        if there.is_some_and(|there| Part { id: there.id.clone(), ..part.clone() } == *there) {
            continue;
        }
        let id = there.map(|there| there.id.clone());
        world.call_until("write part", &format!("{name}/{key}"), cx.stopped()).await?;
        let id = match id {
            Some(id) => id,
            None => Value::from(format!("part-{serial}-{key}")),
        };
        parts.insert(key, Part { id, ..part });
        thing.parts = Value::from(parts.clone());
        save(cx, &name, &thing)?;
    }
    thing.status = Value::from("ready");
    save(cx, &name, &thing)?;
    match fault {
        Some(Kind::Forget) => thing.revision = Value::Unknown,
        Some(Kind::Lie) => thing.size = Value::from(99),
        _ => {}
    }
    Ok(thing)
}

/// The thing with everything that it gets by itself: who made it, facts, and ids for what is new in it.
fn with_ids(planned: Thing, before: Option<&Thing>, serial: u64) -> Thing {
    let id = |kind: &str, index: usize| Value::from(format!("{kind}-{serial}-{index}"));
    let rules_before = before.and_then(|before| before.rules.known());
    let rules = planned.rules.map(|rules| {
        let rules = rules.into_iter().enumerate().map(|(index, rule)| {
            let same = |old: &&Rule| (&old.port, &old.action) == (&rule.port, &rule.action);
            let old = rules_before.and_then(|rules| rules.iter().find(same));
            let id = match (rule.id.is_known(), old) {
                (true, _) => rule.id.clone(),
                (false, Some(old)) => old.id.clone(),
                (false, None) => id("rule", index),
            };
            Rule { id, ..rule }
        });
        rules.collect()
    });
    let steps = planned.steps.map(|steps| {
        let steps = steps.into_iter().enumerate().map(|(index, step)| match step.id.is_known() {
            true => step,
            false => Step { id: id("step", index), ..step },
        });
        steps.collect()
    });
    let maker = planned.maker.into_known().unwrap_or_default();
    let maker = Maker {
        name: Value::from(maker.name.into_known().unwrap_or_else(|| "the toy works".to_owned())),
        licence: Value::from(maker.licence.into_known().unwrap_or_else(|| format!("licence-{serial}"))),
    };
    let revision = planned.revision.known().map_or(0, |revision| *revision);
    Thing {
        rules,
        steps,
        maker: Value::from(maker),
        facts: Value::from(BTreeMap::from([("revision".to_owned(), revision.to_string())])),
        ..planned
    }
}

/// Stores the thing, and says so to whoever runs the call.
fn save(cx: &Context<World, Thing>, name: &str, thing: &Thing) -> Result<(), Diagnostics> {
    cx.client().save(KIND, name, thing)?;
    cx.checkpoint(thing);
    Ok(())
}

/// A number that grows.
fn serial(world: &World, name: &str) -> Result<u64, Diagnostics> {
    world.age().map_err(|error| failed("counting for", name, &error))
}
