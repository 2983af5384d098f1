//! The SDK's configuration: what the environment and the profile say, and what we set on top.

use super::Settings;
use super::http::https_client;
use crate::retry;
use aws_config::{BehaviorVersion, SdkConfig};
use aws_sdk_ec2::config::timeout::TimeoutConfig;
use aws_sdk_ec2::config::{FrameworkMetadata, Region};
use landform_cloud::{CloudError, ErrorKind, Result};
use std::time::Duration;

/// Until a connection stands, TLS included.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// Until the answer begins. EC2 answers its slowest calls, such as large describes, in a few seconds.
const READ_TIMEOUT: Duration = Duration::from_secs(30);

/// The region whose STS endpoint is asked where nobody names one. Calls of resources always name theirs.
const FALLBACK_REGION: &str = "us-east-1";

/// Reads environment variables and profiles; sends nothing.
pub(crate) async fn load(settings: &Settings) -> Result<SdkConfig> {
    let mut loader =
        aws_config::defaults(BehaviorVersion::v2026_01_12()).http_client(https_client()?).timeout_config(
            TimeoutConfig::builder().connect_timeout(CONNECT_TIMEOUT).read_timeout(READ_TIMEOUT).build(),
        );
    if let Some(region) = &settings.region {
        loader = loader.region(Region::new(region.to_string()));
    }
    if let Some(url) = &settings.endpoint_url {
        loader = loader.endpoint_url(url);
    }
    // So that CloudTrail shows who called, as `lib/landform`; AWS_SDK_UA_APP_ID adds a name of the user's.
    if let Ok(program) = FrameworkMetadata::new("landform", Some(env!("CARGO_PKG_VERSION"))) {
        loader = loader.framework_metadata(program);
    }
    let loaded = loader.load().await;
    if let Some(url) = loaded.endpoint_url() {
        check_endpoint(url)?;
    }
    let retries = retry::standard(loaded.retry_config());
    Ok(loaded.into_builder().retry_config(retries).build())
}

/// The region that the environment or the profile names.
pub(super) fn region_of(config: &SdkConfig) -> Result<Option<landform_model::Region>> {
    let Some(region) = config.region() else { return Ok(None) };
    region.as_ref().parse().map(Some).map_err(|error| {
        let message = format!("the region of the environment or the profile: {error}");
        CloudError::new(ErrorKind::Invalid, "LoadConfiguration", message)
    })
}

/// The same configuration, for a service that must be asked in some region whether one is named or not.
pub(super) fn in_some_region(config: &SdkConfig) -> SdkConfig {
    let region = config.region().cloned().unwrap_or(Region::from_static(FALLBACK_REGION));
    config.to_builder().region(region).build()
}

/// Otherwise it is an error without a name at the first call.
fn check_endpoint(url: &str) -> Result<()> {
    let host = url.strip_prefix("https://").or(url.strip_prefix("http://")).unwrap_or_default();
    if host.is_empty()
        || host.starts_with(['/', ':', '?'])
        || !url.bytes().all(|byte| byte.is_ascii_graphic())
    {
        let message = format!(
            "`{url}` is not an endpoint: it must look like `https://ec2.example.com` or `http://localhost:5000`"
        );
        return Err(CloudError::new(ErrorKind::Invalid, "LoadConfiguration", message));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_region_is_the_one_that_is_named_or_none() {
        let named = |region| SdkConfig::builder().region(Region::new(region)).build();
        assert_eq!(region_of(&SdkConfig::builder().build()).unwrap(), None);
        assert_eq!(region_of(&named("eu-west-1")).unwrap(), Some("eu-west-1".parse().unwrap()));
        assert_eq!(region_of(&named("nowhere")).unwrap_err().kind, ErrorKind::Invalid);
        let of = |config| in_some_region(&config).region().map(ToString::to_string).unwrap();
        assert_eq!(of(SdkConfig::builder().build()), "us-east-1");
        assert_eq!(of(named("eu-west-1")), "eu-west-1");
    }

    #[test]
    fn an_endpoint_is_a_url_with_a_host() {
        for good in ["http://127.0.0.1:5000", "https://ec2.example.com/", "http://[::1]:5000"] {
            check_endpoint(good).unwrap();
        }
        for bad in ["", "localhost:5000", "http://", "https:///x", "http://:5000", "http://a b", "ftp://a"] {
            assert_eq!(check_endpoint(bad).unwrap_err().kind, ErrorKind::Invalid, "{bad}");
        }
    }
}
