//! The attributes of `landform_account`.

use super::email::{self, Email};
use super::place::Place;
use super::validate;
use landform_framework::{Model, Text, Timeouts, Value};
use landform_model::organization::{Adopt, OnDestroy};
use landform_model::{AccountId, Region, RoleName, StackName};
use std::collections::{BTreeMap, BTreeSet};

/// One account of the organization: made, or taken in by its e-mail address; moved, renamed and given other contacts in place.
///
/// An account is never removed because Terraform replaces it, and one e-mail address never gets a second account: an apply that
/// fails anywhere is gone on with by the next. What destroying does is `on_destroy`, and nothing is closed unless the provider block
/// allows it.
#[derive(Debug, Clone, Default, PartialEq, Model)]
pub struct Account {
    /// The name: 1 to 50 printable ASCII characters without `<` and `>`, which AWS takes for a new account only. Renaming needs
    /// `account.amazonaws.com` as a trusted service of the organization.
    #[attribute(required, validate = validate::account_name)]
    pub name: Value<String>,
    /// The e-mail address of the root user, which no other account of AWS may have; small and capital letters are the same. A
    /// change has two phases: an apply has AWS send a code to the new address, and the next one, with `email_otp`, ends it.
    #[attribute(required, validate = email::valid)]
    pub email: Value<Email>,
    /// The organizational unit by its path, such as `Workloads/Prod`, or `Root`. Default: where the account is; a new one stays in
    /// the root.
    #[attribute(optional, computed, sticky)]
    pub ou: Value<Place>,
    /// Tags of the account, over the provider's `default_tags`. Tags with other keys are left alone. AWS tells the tags of one
    /// account per call, so a plan does not look for what others changed in them; the next change of the account mends it.
    #[attribute(optional)]
    pub tags: Value<BTreeMap<String, String>>,
    /// What happens where the organization has an account with this e-mail address: `if_email_matches` takes it in, unless it
    /// belongs to another stack, and the plan says so; `never` is an error. Default: `if_email_matches`.
    #[attribute(default = Text(Adopt::IfEmailMatches))]
    pub adopt: Value<Text<Adopt>>,
    /// The role that AWS makes in a new account for the management account. It counts when the account is made, and AWS does not
    /// tell it later: a change of it changes nothing. Default: `OrganizationAccountAccessRole`.
    #[attribute(optional, computed, sticky)]
    pub role_name: Value<Text<RoleName>>,
    /// Whether users of a new account may see what it costs. It counts when the account is made, and AWS does not tell it later: a
    /// change of it changes nothing. Default: `true`.
    #[attribute(optional, computed, sticky)]
    pub billing_access: Value<bool>,
    /// Whom AWS writes to besides the root user. Needs `account.amazonaws.com` as a trusted service of the organization. Default:
    /// contacts are left alone.
    #[attribute(optional)]
    pub contacts: Value<Contacts>,
    /// The code that AWS has sent to a new `email`. `resend` has it sent once more.
    #[attribute(optional, write_only)]
    pub email_otp: Value<String>,
    /// [Regions](https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html) that are off in a new account and
    /// shall be on. Those that are left out stay as they are. AWS takes minutes to hours, and an apply waits for it within its
    /// `timeouts`; one that runs out of time is an error, and the next apply waits on and asks for nothing twice. Needs
    /// `account.amazonaws.com` as a trusted service. Default: none.
    #[attribute(optional)]
    pub opt_in_regions: Value<BTreeSet<Text<Region>>>,
    /// Whether to wait until the account can be used: its role be assumed, and a call be made. An account that is not ready in time
    /// is a warning, and the next apply waits again. Default: `true`.
    #[attribute(default = true)]
    pub wait_ready: Value<bool>,
    /// Whether plans that destroy the account are refused. Default: `true`.
    #[attribute(default = true)]
    pub deletion_protection: Value<bool>,
    /// What destroying does: `quarantine` moves the account to the unit `Suspended`, if there is one; `forget` leaves it where it
    /// is; `close` closes it, which needs `allow_account_closure = true` in the provider block and cannot be undone. The account
    /// loses the tags that say whose it is. Default: `quarantine`.
    #[attribute(default = Text(OnDestroy::Quarantine))]
    pub on_destroy: Value<Text<OnDestroy>>,
    /// How long each call may take.
    #[attribute(optional)]
    pub timeouts: Value<Timeouts>,
    /// The id of the account.
    #[attribute(computed, sticky, not_null)]
    pub id: Value<Text<AccountId>>,
    /// The ARN of the account.
    #[attribute(computed, sticky)]
    pub arn: Value<String>,
    /// The stack that the account belongs to: that of the provider block.
    #[attribute(computed)]
    pub stack: Value<Text<StackName>>,
    /// Where the account is in its life: `ACTIVE`, `PENDING_ACTIVATION`, `SUSPENDED`, `PENDING_CLOSURE` or `CLOSED`.
    #[attribute(computed, sticky, observed)]
    pub state: Value<String>,
    /// `CREATED` in the organization, with a role; or `INVITED` into it.
    #[attribute(computed, sticky)]
    pub joined_method: Value<String>,
    /// The id (`car-…`) of the request that made the account; null where it was taken in.
    #[attribute(computed, sticky)]
    pub creation_id: Value<String>,
    /// The new e-mail address that waits for its code; null when none does.
    #[attribute(computed)]
    pub pending_email: Value<Email>,
    /// The tags of the account, those of the provider among them.
    #[attribute(computed)]
    pub tags_all: Value<BTreeMap<String, String>>,
    /// Whether the account could be used when that was waited for last; null when it was not.
    #[attribute(computed)]
    pub ready: Value<bool>,
    /// `ready`; `degraded` after an update that failed half-way; `incomplete` after a create that did (the next apply goes on).
    #[attribute(computed, observed)]
    pub status: Value<String>,
}

/// Whom AWS writes to. What is left out is left alone; what is taken out is deleted.
#[derive(Debug, Clone, Default, PartialEq, Model)]
pub struct Contacts {
    /// About money.
    #[attribute(optional)]
    pub billing: Value<Contact>,
    /// About what runs.
    #[attribute(optional)]
    pub operations: Value<Contact>,
    /// About security.
    #[attribute(optional)]
    pub security: Value<Contact>,
}

/// A person or team ([alternate contacts](https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-update-contact-alternate.html)).
#[derive(Debug, Clone, Default, PartialEq, Model)]
pub struct Contact {
    /// The name, at most 64 characters.
    #[attribute(required, validate = validate::contact_name)]
    pub name: Value<String>,
    /// What they are, such as `Security team`; at most 50 characters.
    #[attribute(required, validate = validate::contact_title)]
    pub title: Value<String>,
    /// The e-mail address, at most 254 characters.
    #[attribute(required, validate = validate::contact_email)]
    pub email: Value<String>,
    /// The phone number, such as `+1 555 0100`; at most 25 characters.
    #[attribute(required, validate = validate::contact_phone)]
    pub phone: Value<String>,
}

/// The values of `status`.
pub(super) mod status {
    pub(in super::super) const READY: &str = "ready";
    pub(in super::super) const DEGRADED: &str = "degraded";
    pub(in super::super) const INCOMPLETE: &str = "incomplete";
}
