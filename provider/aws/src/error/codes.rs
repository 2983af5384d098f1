//! AWS's error codes by what the caller may do next.

use landform_cloud::ErrorKind::{self, *};

/// Codes whose class their form does not tell. Looked up before [`FORMS`].
///
/// <https://docs.aws.amazon.com/ec2/latest/devguide/api-error-codes-table-client.html>,
/// <https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html>
const EXACT: &[(ErrorKind, &[&str])] = &[
    (NotFound, &["Gateway.NotAttached", "NoSuchEntity", "ResourceNotFoundException"]),
    (
        AlreadyExists,
        &[
            "EntityAlreadyExists",
            "InvalidSubnet.Conflict",
            "Resource.AlreadyAssigned",
            "Resource.AlreadyAssociated",
        ],
    ),
    (InUse, &["DeleteConflict", "DependencyViolation", "ResourceInUseException"]),
    (
        NotReady,
        &[
            "ConcurrentModification",
            "ConcurrentMutationLimitExceeded",
            "EntityTemporarilyUnmodifiable",
            "IncorrectInstanceState",
            "IncorrectState",
            "InvalidState",
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
            "Blocked",
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
    (Quota, &["LimitExceededException", "ServiceQuotaExceededException"]),
    (
        Invalid,
        &[
            "IdempotentParameterMismatch",
            "OperationNotPermitted",
            "PolicyNotAttachable",
            "TagLimitExceeded",
            "UnmodifiableEntity",
            "UnsupportedOperation",
            "ValidationError",
            "ValidationException",
            "VPCIdNotSpecified",
        ],
    ),
];

/// Where a code's form shows its class.
enum Form {
    Prefix(&'static str),
    Suffix(&'static str),
}

/// Forms of codes; the first that matches wins, so the general `Invalid…` comes last.
const FORMS: &[(Form, ErrorKind)] = &[
    (Form::Suffix("NotFound"), NotFound),
    (Form::Suffix("AlreadyExists"), AlreadyExists),
    (Form::Suffix(".Duplicate"), AlreadyExists),
    (Form::Suffix(".InUse"), InUse),
    (Form::Suffix("RateExceeded"), Throttled),
    (Form::Suffix("LimitExceeded"), Quota),
    (Form::Prefix("Invalid"), Invalid),
    (Form::Prefix("Malformed"), Invalid),
    (Form::Prefix("Missing"), Invalid),
    (Form::Prefix("Unknown"), Invalid),
    (Form::Prefix("Unsupported"), Invalid),
];

/// The class of an error code; none for a code that says nothing.
pub(super) fn kind(code: &str) -> Option<ErrorKind> {
    let exact = EXACT.iter().find(|(_, codes)| codes.contains(&code)).map(|(kind, _)| *kind);
    exact.or_else(|| {
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
                ],
            ),
            (InUse, &["DependencyViolation", "InvalidIPAddress.InUse", "InvalidGroup.InUse"]),
            (NotReady, &["IncorrectState", "IncorrectInstanceState"]),
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
    fn no_code_is_listed_twice() {
        let mut codes: Vec<_> = EXACT.iter().flat_map(|(_, codes)| codes.iter()).collect();
        let count = codes.len();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), count);
    }
}
