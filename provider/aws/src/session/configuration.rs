//! The SDK's configuration: what the environment and the profile say, and what we set on top.

use super::Settings;
use super::http::https_client;
use crate::retry;
use aws_config::environment::EnvironmentVariableRegionProvider;
use aws_config::meta::region::RegionProviderChain;
use aws_config::profile::ProfileFileRegionProvider;
use aws_config::{BehaviorVersion, SdkConfig};
use aws_sdk_ec2::config::timeout::TimeoutConfig;
use aws_sdk_ec2::config::{FrameworkMetadata, Region as SdkRegion};
use landform_cloud::{CloudError, ErrorKind, Result};
use landform_model::Region;
use std::time::Duration;

/// Until a connection stands, TLS included.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// Until the answer begins. EC2 answers its slowest calls, such as large describes, in a few seconds.
const READ_TIMEOUT: Duration = Duration::from_secs(30);

/// The region whose STS endpoint is asked where nobody names one. Calls of resources always name theirs.
const FALLBACK_REGION: &str = "us-east-1";

/// The SDK's configuration, and the region for what names none.
#[derive(Debug)]
pub(crate) struct Environment {
    pub(crate) config: SdkConfig,
    pub(crate) region: Option<Region>,
}

/// Reads environment variables and profiles; sends nothing.
pub(crate) async fn load(settings: &Settings) -> Result<Environment> {
    let region = named_region(settings).await?;
    // Without a region the SDK would ask the metadata service for one, several times.
    let some_region = region.as_ref().map_or(FALLBACK_REGION, Region::as_str);
    let mut loader = aws_config::defaults(BehaviorVersion::v2026_01_12())
        .http_client(https_client()?)
        .region(SdkRegion::new(some_region.to_owned()))
        .timeout_config(
            TimeoutConfig::builder().connect_timeout(CONNECT_TIMEOUT).read_timeout(READ_TIMEOUT).build(),
        );
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
    Ok(Environment { config: loaded.into_builder().retry_config(retries).build(), region })
}

/// The region of the settings, the environment or the profile.
///
/// Not that of the machine, which the SDK's own chain would ask for last: the same configuration would mean another region
/// on another machine, and where there is no metadata service, asking takes seconds.
async fn named_region(settings: &Settings) -> Result<Option<Region>> {
    if let Some(region) = &settings.region {
        return Ok(Some(region.clone()));
    }
    let chain = RegionProviderChain::first_try(EnvironmentVariableRegionProvider::new())
        .or_else(ProfileFileRegionProvider::new());
    chain.region().await.map(|region| parse_region(region.as_ref())).transpose()
}

fn parse_region(text: &str) -> Result<Region> {
    text.parse().map_err(|error| {
        let message = format!("the region of the environment or the profile is not one: {error}");
        CloudError::new(ErrorKind::Invalid, "LoadConfiguration", message)
    })
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

    #[tokio::test]
    async fn the_region_of_the_settings_is_taken_and_one_that_is_none_is_refused() {
        let region: Region = "eu-west-1".parse().unwrap();
        let settings = Settings { region: Some(region.clone()), ..Settings::default() };
        let environment = load(&settings).await.unwrap();
        assert_eq!(environment.config.region().map(ToString::to_string), Some(region.to_string()));
        assert_eq!(environment.region, Some(region));
        assert_eq!(parse_region("nowhere").unwrap_err().kind, ErrorKind::Invalid);
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
