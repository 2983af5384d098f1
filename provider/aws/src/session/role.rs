//! Roles as the provider block names them.

use landform_model::{AccountId, Region};
use std::fmt;
use std::str::FromStr;

/// How to assume a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssumeRole {
    /// Which role.
    pub role: Role,
    /// The external id that the role's trust policy asks for.
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html>
    pub external_id: Option<String>,
    /// The name that CloudTrail shows for the session. None: `landform`.
    pub session_name: Option<String>,
}

/// A role, of one account or of each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// The role of this name in every account but the caller's own.
    Name(RoleName),
    /// One role, as which everything is done.
    Arn(RoleArn),
}

impl FromStr for Role {
    type Err = RoleError;

    fn from_str(text: &str) -> Result<Self, RoleError> {
        if text.starts_with("arn:") { text.parse().map(Self::Arn) } else { text.parse().map(Self::Name) }
    }
}

/// A role's name with its path, such as `OrganizationAccountAccessRole` or `landform/apply`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleName(String);

impl RoleName {
    /// The role of this name in `account`, in the partition that `region` is in.
    pub(crate) fn in_account(&self, account: &AccountId, region: &Region) -> RoleArn {
        let arn = format!("arn:{}:iam::{account}:role/{}", region.partition(), self.0);
        RoleArn { arn, account: account.clone() }
    }
}

impl FromStr for RoleName {
    type Err = RoleError;

    fn from_str(text: &str) -> Result<Self, RoleError> {
        // https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
        let good = |part: &str| {
            !part.is_empty()
                && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_+=,.@-".contains(&byte))
        };
        if text.split('/').all(good) { Ok(Self(text.into())) } else { Err(RoleError { given: text.into() }) }
    }
}

/// A role's ARN, such as `arn:aws:iam::123456789012:role/landform`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleArn {
    arn: String,
    account: AccountId,
}

impl RoleArn {
    /// The account that the role is in.
    pub fn account(&self) -> &AccountId {
        &self.account
    }

    /// The ARN as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.arn
    }
}

impl fmt::Display for RoleArn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.arn)
    }
}

impl FromStr for RoleArn {
    type Err = RoleError;

    fn from_str(text: &str) -> Result<Self, RoleError> {
        let account = || {
            let mut parts = text.splitn(6, ':');
            let (arn, partition, service) = (parts.next()?, parts.next()?, parts.next()?);
            let (region, account, resource) = (parts.next()?, parts.next()?, parts.next()?);
            let form = arn == "arn" && partition.starts_with("aws") && service == "iam" && region.is_empty();
            let name = resource.strip_prefix("role/")?.parse::<RoleName>();
            (form && name.is_ok()).then(|| account.parse().ok())?
        };
        match account() {
            Some(account) => Ok(Self { arn: text.into(), account }),
            None => Err(RoleError { given: text.into() }),
        }
    }
}

/// A text that names no role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleError {
    given: String,
}

impl fmt::Display for RoleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is not a role: give its name with its path, such as `landform/apply`, to assume it in every account, \
             or an ARN, such as `arn:aws:iam::123456789012:role/landform`, to work as that role only",
            self.given
        )
    }
}

impl std::error::Error for RoleError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_becomes_the_arn_in_the_partition_of_the_region() {
        let name: RoleName = "landform/apply".parse().unwrap();
        let account = "210987654321".parse().unwrap();
        for (region, arn) in [
            ("eu-west-1", "arn:aws:iam::210987654321:role/landform/apply"),
            ("cn-north-1", "arn:aws-cn:iam::210987654321:role/landform/apply"),
            ("us-gov-west-1", "arn:aws-us-gov:iam::210987654321:role/landform/apply"),
        ] {
            let role = name.in_account(&account, &region.parse().unwrap());
            assert_eq!(role.as_str(), arn);
            assert_eq!(arn.parse::<RoleArn>().unwrap(), role);
        }
    }

    #[test]
    fn what_names_no_role_is_refused() {
        assert!(matches!("deploy".parse(), Ok(Role::Name(_))));
        assert!(matches!("arn:aws:iam::123456789012:role/deploy".parse(), Ok(Role::Arn(_))));
        for bad in [
            "",
            "/deploy",
            "de ploy",
            "arn:aws:iam::123456789012:user/deploy",
            "arn:aws:iam::12345678901:role/deploy",
            "arn:aws:iam::123456789012:role/",
            "arn:aws:s3::123456789012:role/deploy",
            "arn:aws:iam",
        ] {
            let error = bad.parse::<Role>().unwrap_err().to_string();
            assert!(error.starts_with(&format!("`{bad}` is not a role")), "{error}");
        }
    }
}
