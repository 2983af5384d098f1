//! Between the attributes and what exists.

use super::desired::{Recorded, contacts, contacts_model};
use super::email::Email;
use super::model::{Account, status};
use super::regions;
use super::seen::{Seen, joined_word, state_word};
use landform_cloud::Tags;
use landform_framework::{Text, Value};

/// What is planned, with everything that only AWS knows.
pub(super) fn made(planned: &Account, seen: &Seen, recorded: &Recorded, ready: Value<bool>) -> Account {
    let mut model = computed(planned.clone(), seen);
    if model.ou.is_unknown() {
        model.ou = seen.place().into();
    }
    if model.pending_email.is_unknown() {
        model.pending_email = recorded.pending.clone().into();
    }
    model.ready = ready;
    model.status = Value::Known(status::READY.to_owned());
    settled(model)
}

/// What is planned as far as it has come: with what of `prior` is still to be taken away.
pub(super) fn unfinished(
    planned: &Account,
    prior: Option<&Account>,
    seen: &Seen,
    recorded: &Recorded,
    unfinished: &str,
) -> Account {
    let mut model = computed(planned.clone(), seen);
    let mut tags = recorded.tags.clone();
    tags.extend(planned.tags_all.known().cloned().unwrap_or_default());
    model.tags_all = Value::Known(tags);
    if let (Some(mut all), Some(wanted)) =
        (prior.and_then(|prior| contacts(&prior.contacts)), contacts(&planned.contacts))
    {
        all.retain(|kind, _| recorded.contacts.contains(kind));
        all.extend(wanted);
        model.contacts = contacts_model(&all);
    }
    model.ou = seen.place().into();
    model.pending_email = recorded.pending.clone().into();
    model.ready = prior.map_or(Value::Null, |prior| prior.ready);
    model.status = Value::Known(unfinished.to_owned());
    settled(model)
}

/// The account as it is, for what the last apply has set; the rest of the configuration stays.
pub(super) fn refreshed(state: Account, seen: &Seen) -> Account {
    let mut model = computed(state, seen);
    model.name = seen.account.name.clone().into();
    let email = Email::from(seen.account.email.as_str());
    if model.pending_email == Value::Known(email.clone()) {
        model.pending_email = Value::Null;
    }
    model.email = email.into();
    model.ou = seen.place().into();
    let recorded = Recorded::of(&model);
    let tags = recorded.tags.keys().filter_map(|key| seen.tags.get_key_value(key));
    model.tags_all = Value::Known(tags.map(|(key, value)| (key.clone(), value.clone())).collect::<Tags>());
    if !recorded.contacts.is_empty() {
        let found = contacts_model(&seen.contacts).into_known().unwrap_or_default();
        model.contacts = Value::Known(found);
    }
    if let Value::Known(regions) = &mut model.opt_in_regions {
        regions.retain(|region| {
            // One that is on its way is not there yet either: the next apply waits for it.
            seen.regions.get(&region.0).is_some_and(|status| regions::is_on(*status))
        });
    }
    model
}

fn computed(mut model: Account, seen: &Seen) -> Account {
    model.id = Value::Known(Text(seen.account.id.clone()));
    model.arn = Value::Known(seen.account.arn.to_string());
    model.state = state_word(seen.account.state).into();
    model.joined_method = joined_word(seen.account.joined).into();
    model
}

/// Nothing of a state is unknown.
fn settled(mut model: Account) -> Account {
    let unknown = |value: &mut Value<String>| {
        if value.is_unknown() {
            *value = Value::Null;
        }
    };
    unknown(&mut model.creation_id);
    if model.role_name.is_unknown() {
        model.role_name = Value::Null;
    }
    if model.billing_access.is_unknown() {
        model.billing_access = Value::Null;
    }
    model
}
