//! What `landform bootstrap` is told.

use std::path::PathBuf;

use clap::Args;
use landform_model::{BucketName, Region, StackName};

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The folder of the configuration; files that are there stay as they are
    #[arg(value_name = "DIR", default_value = "bootstrap")]
    pub(super) folder: PathBuf,
    /// The region of the bucket
    #[arg(long, value_name = "REGION")]
    pub(super) region: Region,
    /// The name of the bucket [default: landform-state-ACCOUNT-REGION]
    #[arg(long, value_name = "NAME")]
    pub(super) bucket: Option<BucketName>,
    /// The name of this state, unique in the organization
    #[arg(long, value_name = "NAME", default_value = "bootstrap")]
    pub(super) stack: StackName,
    /// Apply without asking
    #[arg(long)]
    pub(super) auto_approve: bool,
}
