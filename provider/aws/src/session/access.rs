//! Whether and how an account may be worked in: decided before anything is sent to it.

use super::{AssumeRole, Role, RoleArn, Settings};
use landform_cloud::{CloudError, ErrorKind, Result, Target};
use landform_model::AccountId;

/// What a user knows the step as; no AWS call is made in it.
const OPERATION: &str = "OpenSession";

/// As whom to work in an account.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Access<'a> {
    /// With the provider's own credentials.
    Own,
    /// As this role.
    Assume(RoleArn, &'a AssumeRole),
}

/// Refuses an account that the provider block does not list.
pub(super) fn check_allowed(allowed: &[AccountId], account: &AccountId) -> Result<()> {
    if allowed.is_empty() || allowed.contains(account) {
        return Ok(());
    }
    let list = allowed.iter().map(AccountId::as_str).collect::<Vec<_>>().join(", ");
    let message = format!("account {account} is not one of allowed_account_ids ({list})");
    Err(CloudError::new(ErrorKind::Invalid, OPERATION, message))
}

/// How credentials of the account `caller` reach `target`.
pub(super) fn decide<'a>(settings: &'a Settings, caller: &AccountId, target: &Target) -> Result<Access<'a>> {
    let account = &target.account;
    if account == caller {
        return Ok(Access::Own);
    }
    match &settings.assume_role {
        Some(assume @ AssumeRole { role: Role::Name(name), .. }) => {
            Ok(Access::Assume(name.in_account(account, &target.region), assume))
        }
        Some(AssumeRole { role: Role::Arn(role), .. }) => Err(CloudError::new(
            ErrorKind::Invalid,
            OPERATION,
            format!(
                "account {account} cannot be reached: assume_role names {role}, a role of account {caller}; \
                 name the role without its account to assume it in every account"
            ),
        )),
        None => Err(CloudError::new(
            ErrorKind::Invalid,
            OPERATION,
            format!(
                "account {account} cannot be reached: the credentials are those of account {caller}; \
                 use credentials of account {account}, or set assume_role to a role that every account has"
            ),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CALLER: &str = "111111111111";
    const MEMBER: &str = "222222222222";

    fn settings(role: Option<&str>) -> Settings {
        let assume_role = role.map(|role| AssumeRole {
            role: role.parse().unwrap(),
            external_id: None,
            session_name: None,
        });
        Settings { assume_role, ..Settings::default() }
    }

    fn target(account: &str) -> Target {
        Target { account: account.parse().unwrap(), region: "eu-west-1".parse().unwrap() }
    }

    #[test]
    fn the_callers_own_account_is_worked_in_without_a_role() {
        for role in [None, Some("deploy"), Some("arn:aws:iam::111111111111:role/deploy")] {
            let settings = settings(role);
            assert_eq!(decide(&settings, &CALLER.parse().unwrap(), &target(CALLER)).unwrap(), Access::Own);
        }
    }

    #[test]
    fn a_member_account_is_worked_in_as_the_named_role() {
        let settings = settings(Some("deploy"));
        let Access::Assume(role, _) = decide(&settings, &CALLER.parse().unwrap(), &target(MEMBER)).unwrap()
        else {
            panic!("no role is assumed");
        };
        assert_eq!(role.as_str(), "arn:aws:iam::222222222222:role/deploy");
    }

    #[test]
    fn a_member_account_without_a_way_in_is_refused_with_both_accounts() {
        for role in [None, Some("arn:aws:iam::111111111111:role/deploy")] {
            let settings = settings(role);
            let error = decide(&settings, &CALLER.parse().unwrap(), &target(MEMBER)).unwrap_err();
            assert_eq!(error.kind, ErrorKind::Invalid);
            assert!(error.message.starts_with("account 222222222222 cannot be reached"), "{error}");
            assert!(error.message.contains(CALLER), "{error}");
        }
    }

    #[test]
    fn only_listed_accounts_are_allowed() {
        let allowed = [CALLER.parse().unwrap(), "333333333333".parse().unwrap()];
        check_allowed(&[], &MEMBER.parse().unwrap()).unwrap();
        check_allowed(&allowed, &CALLER.parse().unwrap()).unwrap();
        assert_eq!(
            check_allowed(&allowed, &MEMBER.parse().unwrap()).unwrap_err().message,
            "account 222222222222 is not one of allowed_account_ids (111111111111, 333333333333)"
        );
    }
}
