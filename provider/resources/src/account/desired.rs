//! What the configuration asks for, and what state has recorded.

use super::email::Email;
use super::model::{Account, Contact, Contacts};
use super::place::Place;
use crate::client::Landform;
use landform_cloud::Tags;
use landform_cloud::account_management::{AlternateContact, ContactType};
use landform_framework::Value;
use landform_model::ownership::{ChildKey, Owner, ResourceKind};
use landform_model::{Region, ResourceName};
use std::collections::{BTreeMap, BTreeSet};

/// The account as it must be.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Desired {
    pub(super) owner: Owner,
    pub(super) name: String,
    pub(super) email: Email,
    /// None: wherever it is.
    pub(super) place: Option<Place>,
    /// The user's tags.
    pub(super) tags: Tags,
    pub(super) contacts: BTreeMap<ContactType, AlternateContact>,
    pub(super) regions: BTreeSet<Region>,
}

impl Desired {
    /// What `model` asks for; none while any of it is unknown.
    pub(super) fn of(model: &Account, client: &Landform) -> Option<Desired> {
        let regions = match &model.opt_in_regions {
            Value::Unknown => return None,
            Value::Null => BTreeSet::new(),
            Value::Known(regions) => regions.iter().map(|region| region.0.clone()).collect(),
        };
        Some(Desired {
            owner: owner(model, client)?,
            name: model.name.known()?.clone(),
            email: model.email.known()?.clone(),
            place: model.ou.known().cloned(),
            tags: tags(model, client)?,
            contacts: contacts(&model.contacts)?,
            regions,
        })
    }

    /// The tags that say whose the account is.
    pub(super) fn ownership(&self) -> Tags {
        self.owner.tags(&child())
    }

    /// All tags of a new account.
    pub(super) fn all_tags(&self) -> Tags {
        let mut tags = self.tags.clone();
        tags.extend(self.ownership());
        tags
    }
}

/// What state holds of the settings, so that what the configuration no longer has goes.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Recorded {
    pub(super) tags: Tags,
    pub(super) contacts: BTreeSet<ContactType>,
    /// The address that a code was sent to.
    pub(super) pending: Option<Email>,
}

impl Recorded {
    /// What `state` holds.
    pub(super) fn of(state: &Account) -> Recorded {
        Recorded {
            tags: state.tags_all.known().cloned().unwrap_or_default(),
            contacts: contacts(&state.contacts).unwrap_or_default().into_keys().collect(),
            pending: state.pending_email.known().cloned(),
        }
    }
}

/// The account is the only object of its resource.
pub(super) fn child() -> ChildKey {
    ChildKey::new("account")
}

/// Who owns the account; none while its name is unknown.
pub(super) fn owner(model: &Account, client: &Landform) -> Option<Owner> {
    let name = resource_name(model.name.known()?);
    Some(Owner { stack: client.stack().clone(), kind: ResourceKind::ACCOUNT, name })
}

/// The name of an account as that of a resource, which takes fewer characters: `Payments (Prod)` is `payments-prod`.
pub(super) fn resource_name(name: &str) -> ResourceName {
    let letter =
        |letter: char| if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { ' ' };
    let words: String = name.chars().map(letter).collect();
    let joined = words.split_whitespace().collect::<Vec<_>>().join("-");
    joined.parse().or_else(|_| format!("account-{joined}").parse()).unwrap_or_default()
}

/// The user's tags with the provider's beneath them.
pub(super) fn tags(model: &Account, client: &Landform) -> Option<Tags> {
    match &model.tags {
        Value::Unknown => None,
        Value::Null => Some(client.with_default_tags(&Tags::new())),
        Value::Known(tags) => Some(client.with_default_tags(tags)),
    }
}

/// The contacts that are named; none while any is unknown.
pub(super) fn contacts(named: &Value<Contacts>) -> Option<BTreeMap<ContactType, AlternateContact>> {
    let named = match named {
        Value::Unknown => return None,
        Value::Null => return Some(BTreeMap::new()),
        Value::Known(named) => named,
    };
    let mut all = BTreeMap::new();
    for kind in ContactType::ALL {
        match field(named, kind) {
            Value::Unknown => return None,
            Value::Null => {}
            Value::Known(contact) => drop(all.insert(kind, known(contact)?)),
        }
    }
    Some(all)
}

/// The attribute of a contact.
pub(super) fn field(contacts: &Contacts, kind: ContactType) -> &Value<Contact> {
    match kind {
        ContactType::Billing => &contacts.billing,
        ContactType::Operations => &contacts.operations,
        ContactType::Security => &contacts.security,
    }
}

/// The attribute of some contacts; null where there is none.
pub(super) fn contacts_model(all: &BTreeMap<ContactType, AlternateContact>) -> Value<Contacts> {
    let of = |kind: ContactType| {
        let contact = all.get(&kind).map(|contact| Contact {
            name: contact.name.clone().into(),
            title: contact.title.clone().into(),
            email: contact.email.clone().into(),
            phone: contact.phone.clone().into(),
        });
        contact.into()
    };
    let contacts = Contacts {
        billing: of(ContactType::Billing),
        operations: of(ContactType::Operations),
        security: of(ContactType::Security),
    };
    (!all.is_empty()).then_some(contacts).into()
}

fn known(contact: &Contact) -> Option<AlternateContact> {
    Some(AlternateContact {
        name: contact.name.known()?.clone(),
        title: contact.title.known()?.clone(),
        email: contact.email.known()?.clone(),
        phone: contact.phone.known()?.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_account_name_gives_a_resource_name() {
        for (name, expected) in [
            ("payments-prod", "payments-prod"),
            ("Payments (Prod)", "payments-prod"),
            ("123 Go", "account-123-go"),
            ("!!!", "main"),
            (&"x".repeat(50), &"x".repeat(50)),
        ] {
            assert_eq!(resource_name(name).as_str(), expected);
        }
    }
}
