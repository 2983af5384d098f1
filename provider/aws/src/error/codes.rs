//! AWS's error codes by what the caller may do next.

use landform_cloud::ErrorKind::{self, *};

/// Codes whose class their form does not tell. Looked up before [`FORMS`].
///
/// <https://docs.aws.amazon.com/ec2/latest/devguide/api-error-codes-table-client.html>,
/// <https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html>
const EXACT: &[(ErrorKind, &[&str])] = &[
    (
        NotFound,
        &[
            "AccountNotRegisteredException",
            "AWSOrganizationsNotInUseException",
            "Gateway.NotAttached",
            "NoSuchBucket",
            "NoSuchBucketPolicy",
            "NoSuchEntity",
            "NoSuchLifecycleConfiguration",
            "NoSuchPublicAccessBlockConfiguration",
            "NoSuchTagSet",
            "NotFoundException",
            "OwnershipControlsNotFoundError",
            "PolicyNotAttachedException",
            "ResourceNotFoundException",
            "ServerSideEncryptionConfigurationNotFoundError",
            // What IAM does for an organization is not there without it.
            "ServiceAccessNotEnabledException",
        ],
    ),
    (
        AlreadyExists,
        &[
            "AccountAlreadyClosedException",
            "AccountAlreadyRegisteredException",
            "AlreadyExistsException",
            "AlreadyInOrganizationException",
            "BucketAlreadyOwnedByYou",
            "EntityAlreadyExists",
            "PolicyTypeAlreadyEnabledException",
            "InvalidSubnet.Conflict",
            "Resource.AlreadyAssigned",
            "Resource.AlreadyAssociated",
        ],
    ),
    (
        InUse,
        &[
            "BucketNotEmpty",
            "DeleteConflict",
            "DependencyViolation",
            "OrganizationNotEmptyException",
            "OrganizationalUnitNotEmptyException",
            "PolicyInUseException",
            "ResourceInUseException",
        ],
    ),
    (
        NotReady,
        &[
            "ConcurrentModification",
            "ConcurrentModificationException",
            "ConcurrentMutationLimitExceeded",
            "ConflictException",
            "EntityTemporarilyUnmodifiable",
            "FinalizingOrganizationException",
            "IncorrectInstanceState",
            "IncorrectState",
            "InvalidState",
            "OperationAborted",
            "PolicyChangesInProgressException",
            "ResourceLockedException",
            "ResourceNotReady",
        ],
    ),
    (
        Throttled,
        &[
            "BandwidthLimitExceeded",
            "EC2ThrottledException",
            "PriorRequestNotComplete",
            "RequestLimitExceeded",
            "RequestThrottled",
            "RequestThrottledException",
            "SlowDown",
            "ThrottledException",
            "Throttling",
            "ThrottlingException",
            "TooManyRequestsException",
        ],
    ),
    (
        Denied,
        &[
            "AccessDenied",
            "AccessDeniedException",
            "AccessDeniedForDependencyException",
            "AccountNotManagementOrDelegatedAdministratorException",
            "AccountOwnerNotVerifiedException",
            "Blocked",
            "CallerIsNotManagementAccountException",
            "OptInRequired",
            "PendingVerification",
            "RegionDisabledException",
            "UnauthorizedOperation",
        ],
    ),
    (
        Credentials,
        &[
            "AuthFailure",
            "ExpiredToken",
            "ExpiredTokenException",
            "IncompleteSignature",
            "InvalidAccessKeyId",
            "InvalidClientTokenId",
            "InvalidIdentityToken",
            "InvalidSignatureException",
            "MissingAuthenticationToken",
            "MissingAuthenticationTokenException",
            "RequestExpired",
            "SignatureDoesNotMatch",
            "UnrecognizedClientException",
        ],
    ),
    (Quota, &["CreationLimitExceededException", "LimitExceededException", "ServiceQuotaExceededException"]),
    (
        Invalid,
        &[
            "ConstraintViolationException",
            "IdempotentParameterMismatch",
            "OperationNotPermitted",
            "OrganizationNotInAllFeaturesModeException",
            "PolicyNotAttachable",
            "PolicyTypeNotAvailableForOrganizationException",
            "PolicyTypeNotEnabledException",
            "TagLimitExceeded",
            "UnmodifiableEntity",
            "UnsupportedOperation",
            "ValidationError",
            "ValidationException",
            "VPCIdNotSpecified",
        ],
    ),
];

/// The reasons that AWS Organizations gives with `ConstraintViolationException`; every other one is [`Invalid`].
///
/// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateAccount.html#API_CreateAccount_Errors>
const REASONS: &[(ErrorKind, &[&str])] = &[
    (NotReady, &["ACCOUNT_CREATION_RATE_LIMIT_EXCEEDED", "CLOSE_ACCOUNT_REQUESTS_LIMIT_EXCEEDED"]),
    (
        Quota,
        &[
            "ACCOUNT_NUMBER_LIMIT_EXCEEDED",
            "CLOSE_ACCOUNT_QUOTA_EXCEEDED",
            "HANDSHAKE_RATE_LIMIT_EXCEEDED",
            "MAX_DELEGATED_ADMINISTRATORS_FOR_SERVICE_LIMIT_EXCEEDED",
            "MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED",
            "OU_NUMBER_LIMIT_EXCEEDED",
            "POLICY_NUMBER_LIMIT_EXCEEDED",
        ],
    ),
];

/// What services answer while an account, or a region that it has opted in to, is too new.
///
/// <https://docs.aws.amazon.com/ec2/latest/devguide/api-error-codes-table-client.html>,
/// <https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html>
const TOO_NEW: [&str; 7] = [
    "AuthFailure",
    "NotSignedUp",
    "OptInRequired",
    "PendingVerification",
    "RegionDisabledException",
    "SubscriptionRequiredException",
    "UnrecognizedClientException",
];

/// Whether a code says so: see [`super::of_new_account`].
pub(super) fn is_too_new(code: &str) -> bool {
    TOO_NEW.contains(&code)
}

/// Where a code's form shows its class.
enum Form {
    Prefix(&'static str),
    Suffix(&'static str),
}

/// Forms of codes; the first that matches wins, so the general `Invalid…` comes last.
const FORMS: &[(Form, ErrorKind)] = &[
    (Form::Suffix("NotFound"), NotFound),
    (Form::Suffix("NotFoundException"), NotFound),
    (Form::Suffix("AlreadyExists"), AlreadyExists),
    (Form::Suffix(".Duplicate"), AlreadyExists),
    (Form::Suffix(".InUse"), InUse),
    (Form::Suffix("RateExceeded"), Throttled),
    (Form::Suffix("LimitExceeded"), Quota),
    (Form::Prefix("Duplicate"), AlreadyExists),
    (Form::Prefix("Invalid"), Invalid),
    (Form::Prefix("Malformed"), Invalid),
    (Form::Prefix("Missing"), Invalid),
    (Form::Prefix("Unknown"), Invalid),
    (Form::Prefix("Unsupported"), Invalid),
];

/// The class of the constraint that a call to AWS Organizations violates.
pub(super) fn kind_of_reason(reason: &str) -> ErrorKind {
    listed(REASONS, reason).unwrap_or(Invalid)
}

fn listed(lists: &[(ErrorKind, &[&str])], code: &str) -> Option<ErrorKind> {
    lists.iter().find(|(_, codes)| codes.contains(&code)).map(|(kind, _)| *kind)
}

/// The class of an error code; none for a code that says nothing.
pub(super) fn kind(code: &str) -> Option<ErrorKind> {
    listed(EXACT, code).or_else(|| {
        let matches = |form: &Form| match form {
            Form::Prefix(prefix) => code.starts_with(prefix),
            Form::Suffix(suffix) => code.ends_with(suffix),
        };
        FORMS.iter().find(|(form, _)| matches(form)).map(|(_, kind)| *kind)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_the_class_of_what_the_caller_may_do_next() {
        for (expected, codes) in [
            (
                NotFound,
                &[
                    "InvalidVpcID.NotFound",
                    "InvalidAllocationID.NotFound",
                    "NatGatewayNotFound",
                    "InvalidRoute.NotFound",
                    "InvalidNetworkAclEntry.NotFound",
                    "InvalidPermission.NotFound",
                    "Gateway.NotAttached",
                    "ResourceNotFoundException",
                    "AccountNotFoundException",
                    "AWSOrganizationsNotInUseException",
                ][..],
            ),
            (
                AlreadyExists,
                &[
                    "InvalidSubnet.Conflict",
                    "RouteAlreadyExists",
                    "Resource.AlreadyAssociated",
                    "NetworkAclEntryAlreadyExists",
                    "InvalidPermission.Duplicate",
                    "DuplicatePolicyException",
                    "AlreadyInOrganizationException",
                ],
            ),
            (
                InUse,
                &[
                    "DependencyViolation",
                    "InvalidIPAddress.InUse",
                    "InvalidGroup.InUse",
                    "OrganizationalUnitNotEmptyException",
                ],
            ),
            (
                NotReady,
                &[
                    "IncorrectState",
                    "IncorrectInstanceState",
                    "ConcurrentModificationException",
                    "FinalizingOrganizationException",
                    "PolicyChangesInProgressException",
                ],
            ),
            (
                Throttled,
                &[
                    "RequestLimitExceeded",
                    "Throttling",
                    "ThrottlingException",
                    "SnapshotCreationPerVolumeRateExceeded",
                ],
            ),
            (Denied, &["UnauthorizedOperation", "AccessDenied", "OptInRequired"]),
            (
                Credentials,
                &[
                    "ExpiredToken",
                    "RequestExpired",
                    "AuthFailure",
                    "InvalidClientTokenId",
                    "UnrecognizedClientException",
                ],
            ),
            (
                Quota,
                &[
                    "VpcLimitExceeded",
                    "AddressLimitExceeded",
                    "NatGatewayLimitExceeded",
                    "SubnetLimitExceeded",
                ],
            ),
            (
                Invalid,
                &[
                    "InvalidParameterValue",
                    "InvalidParameterCombination",
                    "InvalidVpcID.Malformed",
                    "InvalidVpc.Range",
                    "InvalidSubnet.Range",
                    "MissingParameter",
                    "MalformedPolicyDocument",
                    "IdempotentParameterMismatch",
                    "TagLimitExceeded",
                    "UnknownParameter",
                ],
            ),
        ] {
            for code in codes {
                assert_eq!(kind(code), Some(expected), "{code}");
            }
        }
        for code in [
            "InternalError",
            "InternalFailure",
            "ServiceUnavailable",
            "Unavailable",
            "InsufficientAddressCapacity",
        ] {
            assert_eq!(kind(code), None, "{code}: its HTTP status decides");
        }
    }

    #[test]
    fn a_constraint_is_a_quota_a_matter_of_time_or_a_mistake() {
        for (reason, expected) in [
            ("MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED", Quota),
            ("CLOSE_ACCOUNT_QUOTA_EXCEEDED", Quota),
            ("CLOSE_ACCOUNT_REQUESTS_LIMIT_EXCEEDED", NotReady),
            ("POLICY_CONTENT_LIMIT_EXCEEDED", Invalid),
            ("SERVICE_ACCESS_NOT_ENABLED", Invalid),
            ("A_NEW_ONE", Invalid),
        ] {
            assert_eq!(kind_of_reason(reason), expected, "{reason}");
        }
    }

    #[test]
    fn no_code_is_listed_twice() {
        let mut codes: Vec<_> = EXACT.iter().chain(REASONS).flat_map(|(_, codes)| codes.iter()).collect();
        let count = codes.len();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), count);
    }
}
