//! What can be done, and what waits for what.

use landform_cloud::Tags;
use std::fmt;

/// One call, or a few that belong together.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Step {
    /// Takes the alias from a key that is on its way to deletion.
    FreeAlias,
    CreateKey,
    RotateKey,
    CreateAlias,
    TagKey(Tags),
    UntagKey(Vec<String>),
    CreateBucket,
    /// All tags that the bucket shall have.
    TagBucket(Tags),
    Version,
    BlockPublicAccess,
    EnforceOwnership,
    Encrypt,
    SetPolicy,
    DeletePolicy,
    SetLifecycle,
    EmptyBucket,
    DeleteBucket,
    DeleteKey,
    DeleteAlias,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Step::FreeAlias => "take the alias from the key that is being deleted",
            Step::CreateKey => "create key",
            Step::RotateKey => "turn on rotation of key",
            Step::CreateAlias => "create alias of key",
            Step::TagKey(_) => "tag key",
            Step::UntagKey(_) => "remove tags of key",
            Step::CreateBucket => "create bucket",
            Step::TagBucket(_) => "tag bucket",
            Step::Version => "turn on versions of bucket",
            Step::BlockPublicAccess => "block public access of bucket",
            Step::EnforceOwnership => "enforce ownership of bucket",
            Step::Encrypt => "set encryption of bucket",
            Step::SetPolicy => "set policy of bucket",
            Step::DeletePolicy => "delete policy of bucket",
            Step::SetLifecycle => "set lifecycle of bucket",
            Step::EmptyBucket => "delete everything in bucket",
            Step::DeleteBucket => "delete bucket",
            Step::DeleteKey => "schedule deletion of key",
            Step::DeleteAlias => "delete alias of key",
        })
    }
}

/// Whether `later` must wait for `earlier`. S3 refuses changes of one bucket that come at once, so they come one by one.
pub(super) fn waits_for(later: &Step, earlier: &Step) -> bool {
    order(later) > order(earlier)
}

fn order(step: &Step) -> u8 {
    match step {
        Step::FreeAlias => 0,
        Step::CreateKey | Step::CreateBucket => 1,
        Step::RotateKey | Step::CreateAlias | Step::TagKey(_) | Step::UntagKey(_) | Step::TagBucket(_) => 2,
        Step::BlockPublicAccess => 3,
        Step::EnforceOwnership => 4,
        Step::Version => 5,
        Step::Encrypt => 6,
        Step::SetPolicy | Step::DeletePolicy => 7,
        Step::SetLifecycle => 8,
        Step::EmptyBucket => 9,
        Step::DeleteBucket => 10,
        // While the alias is there, the key is found by it.
        Step::DeleteKey => 11,
        Step::DeleteAlias => 12,
    }
}
