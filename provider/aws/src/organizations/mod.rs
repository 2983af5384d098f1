//! The port to an organization over AWS Organizations, and over IAM for central root access. One file per noun.
//!
//! One write at a time: AWS refuses a second one that comes meanwhile, with `ConcurrentModificationException` or
//! `TooManyRequestsException`.
//! <https://docs.aws.amazon.com/organizations/latest/APIReference/API_AttachPolicy.html#API_AttachPolicy_Errors>

mod accounts;
mod attachments;
mod delegation;
mod policies;
mod policy_types;
mod reads;
mod requests;
mod root_access;
mod tags;
#[cfg(test)]
mod tests;
mod tree;
mod writes;

use crate::answer::{parsed, required};
use crate::session::home;
use crate::{error, retry};
use aws_config::SdkConfig;
use aws_sdk_iam::Client as Iam;
use aws_sdk_organizations::Client;
use aws_sdk_organizations::config::Builder;
use landform_cloud::id::*;
use landform_cloud::organizations::*;
use landform_cloud::{Organizations, OrganizationsReads, Result, Tags};
use landform_model::AccountId;
use landform_model::guardrails::PolicyType;
use tokio::sync::Mutex;

/// AWS Organizations with the credentials of the management account or of a delegated administrator.
#[derive(Debug)]
pub(crate) struct AwsOrganizations {
    client: Client,
    iam: Iam,
    /// Held over every write.
    writer: Mutex<()>,
}

impl AwsOrganizations {
    /// Over the credentials of `config`, in the home region of its partition: Organizations and IAM have one endpoint each.
    /// <https://docs.aws.amazon.com/general/latest/gr/ao.html>
    pub(crate) fn new(config: &SdkConfig) -> Self {
        let config = home(config);
        Self { client: Client::new(&config), iam: Iam::new(&config), writer: Mutex::new(()) }
    }

    /// Sends one write when no other is on its way.
    async fn write<T>(&self, call: impl Future<Output = Result<T>>) -> Result<T> {
        let _one = self.writer.lock().await;
        call.await
    }
}

/// The override for a create: AWS takes no token for any here.
fn no_resend() -> Builder {
    Builder::new().retry_config(retry::disabled())
}

/// Whether a write has nothing left to do: what it makes is there already.
fn exists_is_done(result: Result<()>) -> Result<()> {
    match result {
        Err(error) if error.kind == landform_cloud::ErrorKind::AlreadyExists => Ok(()),
        result => result,
    }
}

/// Whether a write has nothing left to do: what it removes is gone already.
fn gone_is_done(result: Result<()>) -> Result<()> {
    match result {
        Err(error) if error.is_not_found() => Ok(()),
        result => result,
    }
}

/// The answer of a read, or none for what AWS does not find.
fn if_any<T>(result: Result<T>) -> Result<Option<T>> {
    match result {
        Err(error) if error.is_not_found() => Ok(None),
        result => result.map(Some),
    }
}
