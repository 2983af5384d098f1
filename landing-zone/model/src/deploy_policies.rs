//! Policies of the roles that deploy, from the documents in `landing-zone/policies/permission-boundary`.

use serde_json::{Value, json};

use crate::{AccountId, Arn, BucketName, PolicyError, PolicyJson, RoleName};

macro_rules! document {
    ($name:literal) => {
        include_str!(concat!("../../policies/permission-boundary/", $name, ".json"))
    };
}

const APPLY: &str = document!("apply");
const NEW_ROLES: &str = document!("new-roles");
const STATE_READ: &str = document!("state-read");
const STATE_WRITE: &str = document!("state-write");
const STATE_KEY: &str = document!("state-key");
const STATE_BUCKET: &str = document!("state-bucket");

/// What the role that applies may do at most: everything but to change itself, its boundary, the organization and users.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html>
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PermissionBoundary<'a> {
    /// `aws`, `aws-cn` or `aws-us-gov`.
    pub partition: &'a str,
    /// The account of the roles.
    pub account: &'a AccountId,
    /// The name of the managed policy that is the boundary.
    pub policy: &'a str,
    /// The role that plans.
    pub plan_role: &'a RoleName,
    /// The role that applies.
    pub apply_role: &'a RoleName,
    /// Whether roles that it makes, or gives permissions to, must have this boundary. Without it the boundary can be escaped: by a
    /// new role without one.
    pub new_roles: bool,
}

impl PermissionBoundary<'_> {
    /// The policy document.
    ///
    /// # Errors
    /// When a name makes no policy: a fault of the program, as names are checked by their types.
    pub fn document(&self) -> Result<PolicyJson, PolicyError> {
        let parts: &[&str] = if self.new_roles { &[APPLY, NEW_ROLES] } else { &[APPLY] };
        let values = [
            ("<partition>", self.partition),
            ("<account>", self.account.as_str()),
            ("<boundary>", self.policy),
            ("<plan_role>", self.plan_role.as_str()),
            ("<apply_role>", self.apply_role.as_str()),
        ];
        filled(parts, &values)
    }
}

/// Where Terraform keeps its states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateAccess {
    /// The bucket.
    pub bucket: BucketName,
    /// The key that encrypts it; none for S3's own.
    pub key: Option<Arn>,
}

impl StateAccess {
    /// Reads states and takes locks; with `write` it writes states, too.
    /// <https://developer.hashicorp.com/terraform/language/backend/s3#permissions-required>
    ///
    /// # Errors
    /// When a name makes no policy: a fault of the program, as names are checked by their types.
    pub fn document(&self, partition: &str, write: bool) -> Result<PolicyJson, PolicyError> {
        let mut parts = vec![STATE_READ];
        parts.extend(write.then_some(STATE_WRITE));
        parts.extend(self.key.is_some().then_some(STATE_KEY));
        let key = self.key.as_ref().map(Arn::to_string).unwrap_or_default();
        filled(&parts, &[("<partition>", partition), ("<bucket>", self.bucket.as_str()), ("<key>", &key)])
    }

    /// Reads [`StateAccess::document`] back; none for a policy that is not one.
    pub fn of_document(policy: &PolicyJson) -> Option<Self> {
        let json: Value = serde_json::from_str(policy.as_str()).ok()?;
        let statements = json.get("Statement")?.as_array()?;
        let resource = |sid: &str| {
            statements
                .iter()
                .find(|it| it.get("Sid").and_then(Value::as_str) == Some(sid))?
                .get("Resource")?
                .as_str()
        };
        let bucket = resource("FindState")?.rsplit(':').next()?.parse().ok()?;
        let key = match resource("UseKeyOfState") {
            Some(key) => Some(key.parse().ok()?),
            None => None,
        };
        Some(Self { bucket, key })
    }
}

/// The policy of a bucket that holds states: nothing without TLS.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html>
///
/// # Errors
/// When a name makes no policy: a fault of the program, as names are checked by their types.
pub fn state_bucket_policy(partition: &str, bucket: &BucketName) -> Result<PolicyJson, PolicyError> {
    filled(&[STATE_BUCKET], &[("<partition>", partition), ("<bucket>", bucket.as_str())])
}

/// The statements of these documents in one, with the names put in.
fn filled(parts: &[&str], values: &[(&str, &str)]) -> Result<PolicyJson, PolicyError> {
    let mut statements = Vec::new();
    for part in parts {
        let text = values.iter().fold((*part).to_owned(), |text, (name, value)| text.replace(name, value));
        let json: Value =
            serde_json::from_str(&text).map_err(|error| PolicyError::Json { reason: error.to_string() })?;
        statements.extend(json.get("Statement").and_then(Value::as_array).cloned().unwrap_or_default());
    }
    json!({ "Version": "2012-10-17", "Statement": statements }).to_string().parse()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits;

    fn boundary(new_roles: bool) -> String {
        // The longest names that AWS takes.
        let (plan, apply): (RoleName, RoleName) =
            ("p".repeat(64).parse().unwrap(), "a".repeat(64).parse().unwrap());
        let account = "111122223333".parse().unwrap();
        let policy = "b".repeat(128);
        let boundary = PermissionBoundary {
            partition: "aws-us-gov",
            account: &account,
            policy: &policy,
            plan_role: &plan,
            apply_role: &apply,
            new_roles,
        };
        boundary.document().unwrap().to_string()
    }

    #[test]
    fn every_document_parses_and_is_filled_and_fits_into_a_managed_policy() {
        for text in [boundary(true), boundary(false)] {
            assert!(!text.contains('<'), "{text}");
            assert!(text.len() <= limits::MANAGED_POLICY_CHARACTERS.value, "{}", text.len());
        }
        assert!(boundary(true).contains("RolesOnlyWithThisBoundary"));
        assert!(!boundary(false).contains("RolesOnlyWithThisBoundary"));
    }

    #[test]
    fn a_bucket_of_states_refuses_plain_http() {
        let policy = state_bucket_policy("aws", &"acme-state".parse().unwrap()).unwrap();
        assert!(policy.as_str().contains(r#""Bool":{"aws:SecureTransport":"false"}"#), "{policy}");
        assert!(
            policy.as_str().contains("arn:aws:s3:::acme-state/*") && policy.names_principals(),
            "{policy}"
        );
    }

    #[test]
    fn access_to_states_is_read_back() {
        let key: Arn = "arn:aws:kms:eu-west-1:111122223333:key/0a1b".parse().unwrap();
        for key in [None, Some(key)] {
            let access = StateAccess { bucket: "acme-state".parse().unwrap(), key };
            for write in [false, true] {
                let document = access.document("aws", write).unwrap();
                assert!(!document.as_str().contains('<'), "{document}");
                assert_eq!(document.as_str().contains("WriteState"), write);
                assert_eq!(StateAccess::of_document(&document), Some(access.clone()));
            }
        }
        assert_eq!(StateAccess::of_document(&PolicyJson::full_access()), None);
    }
}
