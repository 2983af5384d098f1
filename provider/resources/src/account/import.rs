//! Takes in an account that exists, by its id or its e-mail address.

use super::claim::with_email;
use super::desired::contacts_model;
use super::email::Email;
use super::model::{Account, status};
use super::seen::{Seen, Wanted, look};
use super::state::refreshed;
use crate::client::{Landform, failure};
use landform_cloud::account_management::ContactType;
use landform_cloud::{CloudError, ErrorKind, Result as CloudResult, Tags};
use landform_framework::{Diagnostic, Diagnostics, Text, Value};
use landform_model::AccountId;
use landform_model::organization::{Adopt, OnDestroy};
use landform_model::ownership::{RESOURCE_TAG, STACK_TAG, TAG_PREFIX};

/// Reads the account that `id` names: its twelve digits, or its e-mail address.
pub(super) async fn by_id(client: &Landform, id: &str) -> Result<Account, Diagnostics> {
    let doing = format!("Importing account {id}");
    let failed = |error: CloudError| failure(&doing, &error, "Nothing was imported.");
    let number: AccountId = match id.contains('@') {
        true => {
            let organizations = client.organizations().await.map_err(failed)?;
            let all = organizations.placed_accounts().await.map_err(failed)?;
            let found = with_email(all, &Email::from(id)).map(|account| account.id.clone());
            found.ok_or_else(|| {
                Diagnostic::error(&*doing, "No account of the organization has that e-mail address.")
            })?
        }
        false => id.parse().map_err(|error| {
            let detail =
                format!("{error}. Write the id of the account (`111122223333`) or its e-mail address.");
            Diagnostic::error("Invalid import id", detail)
        })?,
    };
    let seen = with_contacts(client, &number).await.map_err(failed)?.ok_or_else(|| {
        Diagnostic::error(&*doing, "There is no such account in the organization of the credentials.")
    })?;
    if let Some(stack) = seen.tags.get(STACK_TAG).filter(|stack| *stack != client.stack().as_str()) {
        let resource = seen.tags.get(RESOURCE_TAG).map_or("something", String::as_str);
        let detail =
            format!("It belongs to {resource} of stack {stack}, as its tags say. Nothing was imported.");
        return Err(Diagnostic::error(doing, detail).into());
    }
    Ok(imported(client, &seen))
}

/// The account with its contacts, where Account Management tells them.
async fn with_contacts(client: &Landform, id: &AccountId) -> CloudResult<Option<Seen>> {
    let wanted = Wanted { contacts: ContactType::ALL.into(), ..Wanted::default() };
    match look(client, id, &wanted).await {
        // It is no trusted service, or the account is closed: then nothing is known of contacts, and they are left alone.
        Err(error) if matches!(error.kind, ErrorKind::Denied | ErrorKind::Invalid) => {
            look(client, id, &Wanted::default()).await
        }
        result => result,
    }
}

/// The state of an account whose configuration is what it is.
fn imported(client: &Landform, seen: &Seen) -> Account {
    let own = seen.tags.iter().filter(|(key, _)| !key.starts_with(TAG_PREFIX) && !key.starts_with("aws:"));
    let tags: Tags = own.map(|(key, value)| (key.clone(), value.clone())).collect();
    let model = Account {
        tags: (!tags.is_empty()).then(|| tags.clone()).into(),
        tags_all: Value::Known(tags),
        contacts: contacts_model(&seen.contacts),
        adopt: Value::Known(Text(Adopt::default())),
        wait_ready: Value::Known(true),
        deletion_protection: Value::Known(true),
        on_destroy: Value::Known(Text(OnDestroy::default())),
        stack: Value::Known(Text(client.stack().clone())),
        status: Value::from(status::READY),
        ..Account::default()
    };
    refreshed(model, seen)
}
