//! Whether an account that has the wanted e-mail address may be taken. Pure.

use super::desired::{Desired, child};
use super::email::Email;
use super::seen::is_closed;
use landform_cloud::Tags;
use landform_cloud::organizations::Account;
use landform_framework::{Diagnostic, Path};
use landform_model::organization::Adopt;
use landform_model::ownership::{RESOURCE_TAG, STACK_TAG};

/// Why an account may be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Claim {
    /// An earlier apply of this resource made it.
    Ours,
    /// It is nobody's.
    Adopted,
}

/// The account of the organization with an address. One that is open goes before one that is closed.
pub(super) fn with_email<'a>(accounts: &'a [Account], email: &Email) -> Option<&'a Account> {
    let same = |account: &&Account| Email::from(account.email.as_str()) == *email;
    let open = accounts.iter().filter(same).find(|account| !is_closed(account.state));
    open.or_else(|| accounts.iter().find(same))
}

/// Whether `account` may be taken, by its tags; else why not.
pub(super) fn claim(
    desired: &Desired,
    adopt: Adopt,
    account: &Account,
    tags: &Tags,
) -> Result<Claim, Diagnostic> {
    let (id, email) = (&account.id, &desired.email);
    let refused = |summary: String, detail: String| {
        Err(Diagnostic::error(summary, format!("{detail} Nothing was changed."))
            .at(Path::root().attribute("email")))
    };
    if is_closed(account.state) {
        return refused(
            format!("{email} belongs to a closed account"),
            format!(
                "Account {id} ({}) is closed and keeps its address for 90 days, and AWS gives it to no other account afterwards \
                 either. Take another address; or have AWS's support open the account again.",
                account.name
            ),
        );
    }
    if desired.owner.child_of(tags) == Some(child()) {
        return Ok(Claim::Ours);
    }
    match (tags.get(STACK_TAG), adopt) {
        (Some(stack), _) => {
            let resource = tags.get(RESOURCE_TAG).map_or("something", String::as_str);
            refused(
                format!("{email} belongs to an account of another resource"),
                format!(
                    "Account {id} ({}) belongs to {resource} of stack {stack}, as its tags say. Where it is this very resource under \
                     another name, give it that name, or import it: `terraform import ADDRESS {id}`.",
                    account.name
                ),
            )
        }
        (None, Adopt::IfEmailMatches) => Ok(Claim::Adopted),
        (None, Adopt::Never) => refused(
            format!("{email} belongs to an account already"),
            format!(
                "Account {id} ({}) has it. Set `adopt = \"if_email_matches\"` to take it in, or import it.",
                account.name
            ),
        ),
    }
}
