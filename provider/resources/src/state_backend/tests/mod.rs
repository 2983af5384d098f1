//! A state backend over the AWS in the process: its life, every failure, and what is refused.

mod failures;
mod lifecycle;
mod plans;

use super::model::{StateBackend, StateEncryption};
use super::{Call, StateBackendResource};
use crate::client::Landform;
use landform_cloud::Target;
use landform_framework::{Diagnostics, Resource, Text, Value};
use landform_test_cloud::{InProcessCloud, StateStorageWorld};
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

const BUCKET: &str = "landform-state-123456789012-us-east-1";

fn text<T: std::str::FromStr<Err: std::fmt::Debug>>(text: &str) -> Value<Text<T>> {
    Value::Known(Text(text.parse().unwrap()))
}

/// A backend as the defaults have it, without protection.
pub(crate) fn backend() -> StateBackend {
    StateBackend {
        account_id: text("123456789012"),
        region: text("us-east-1"),
        name: text("state"),
        bucket: text(BUCKET),
        encryption: Value::Known(Text(StateEncryption::Kms)),
        noncurrent_version_days: Value::Known(90),
        tls_only: Value::Known(true),
        force_destroy: Value::Known(false),
        deletion_protection: Value::Known(false),
        key_deletion_days: Value::Known(30),
        tags: Value::Known([("team".to_owned(), "platform".to_owned())].into()),
        allow_replace: Value::Null,
        timeouts: Value::Null,
        bucket_arn: Value::Unknown,
        kms_key_alias: Value::Unknown,
        kms_key_arn: Value::Unknown,
        backend_hcl: Value::Unknown,
        stack: text("test"),
        status: Value::Unknown,
        drift: Value::Unknown,
    }
}

/// One provider process over a cloud.
pub(crate) struct Process {
    pub(crate) cloud: InProcessCloud,
    client: Arc<Landform>,
}

impl Process {
    pub(crate) fn new() -> Self {
        Self::over(InProcessCloud::new("123456789012".parse().unwrap()))
    }

    /// Another process over the same cloud.
    fn over(cloud: InProcessCloud) -> Self {
        let region = Some("us-east-1".parse().unwrap());
        let client =
            Landform::new(Arc::new(cloud.clone()), "test".parse().unwrap(), region, [].into(), false);
        Self { cloud, client: Arc::new(client) }
    }

    fn call(&self) -> Call {
        Call::new(Arc::clone(&self.client), CancellationToken::new())
    }

    pub(crate) async fn create(&self, planned: StateBackend) -> Result<StateBackend, Diagnostics> {
        StateBackendResource.create(&self.call(), planned).await
    }

    async fn read(&self, state: StateBackend) -> Result<Option<StateBackend>, Diagnostics> {
        StateBackendResource.read(&self.call(), state).await
    }

    async fn update(&self, prior: StateBackend, planned: StateBackend) -> Result<StateBackend, Diagnostics> {
        StateBackendResource.update(&self.call(), prior, planned).await
    }

    async fn delete(&self, prior: StateBackend) -> Result<(), Diagnostics> {
        StateBackendResource.delete(&self.call(), prior).await
    }

    pub(crate) fn world<T>(&self, look: impl FnOnce(&mut StateStorageWorld) -> T) -> T {
        self.cloud.world(&target(), |world| look(&mut world.state_storage))
    }

    pub(crate) fn parts(&self) -> Vec<String> {
        self.world(|world| world.inventory())
    }
}

fn target() -> Target {
    Target { account: "123456789012".parse().unwrap(), region: "us-east-1".parse().unwrap() }
}
