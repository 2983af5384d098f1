//! Credentials that are fetched once, shared by all clients, and renewed before they expire.

use super::{AssumeRole, RoleArn};
use aws_config::SdkConfig;
use aws_config::sts::AssumeRoleProvider;
use aws_credential_types::Credentials;
use aws_credential_types::provider::{self, ProvideCredentials, SharedCredentialsProvider, future};
use aws_sdk_ec2::config::IdentityCache;
use std::time::{Duration, SystemTime};
use tokio::sync::Mutex;

/// How long before their end credentials are renewed: longer than any single call takes.
const MARGIN: Duration = Duration::from_secs(5 * 60);

/// The name that CloudTrail shows where the provider block gives none.
const SESSION_NAME: &str = "landform";

/// The same configuration with its credentials held and renewed.
pub(super) fn renewing(config: SdkConfig) -> SdkConfig {
    match config.credentials_provider() {
        Some(source) => with_provider(&config, source),
        None => config,
    }
}

/// The same configuration with the credentials of `role`, assumed with the credentials that it has now.
pub(super) async fn assuming(config: &SdkConfig, role: &RoleArn, assume: &AssumeRole) -> SdkConfig {
    let mut builder = AssumeRoleProvider::builder(role.as_str())
        .session_name(assume.session_name.as_deref().unwrap_or(SESSION_NAME))
        .configure(config);
    if let Some(id) = &assume.external_id {
        builder = builder.external_id(id);
    }
    with_provider(config, SharedCredentialsProvider::new(builder.build().await))
}

fn with_provider(config: &SdkConfig, source: SharedCredentialsProvider) -> SdkConfig {
    config
        .to_builder()
        .credentials_provider(SharedCredentialsProvider::new(Renewing { source, held: Mutex::new(None) }))
        // The SDK's own cache is per configuration and renews only seconds before the end.
        .identity_cache(IdentityCache::no_cache())
        .build()
}

/// Holds what `source` gave until shortly before it expires. One asker fetches, the others wait for it.
#[derive(Debug)]
struct Renewing {
    source: SharedCredentialsProvider,
    held: Mutex<Option<Credentials>>,
}

impl Renewing {
    async fn current(&self) -> provider::Result {
        let mut held = self.held.lock().await;
        if let Some(held) = held.as_ref().filter(|held| lasts(held, MARGIN)) {
            return Ok(held.clone());
        }
        match (self.source.provide_credentials().await, held.as_ref()) {
            (Ok(new), _) => Ok(held.insert(new).clone()),
            (Err(error), Some(old)) if lasts(old, Duration::ZERO) => {
                tracing::warn!(%error, "the credentials could not be renewed yet; the old ones are still good");
                Ok(old.clone())
            }
            (Err(error), _) => Err(error),
        }
    }
}

impl ProvideCredentials for Renewing {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(self.current())
    }
}

/// Whether the credentials are good for longer than `span`. Those without an end always are.
fn lasts(credentials: &Credentials, span: Duration) -> bool {
    credentials.expiry().is_none_or(|end| end > SystemTime::now() + span)
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_credential_types::provider::error::CredentialsError;
    use std::sync::atomic::{AtomicUsize, Ordering};

    /// Gives credentials that last as many seconds as the script says, one entry a fetch; none = fails.
    #[derive(Debug)]
    struct Script {
        seconds: Vec<Option<u64>>,
        fetched: AtomicUsize,
    }

    impl ProvideCredentials for Script {
        fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
        where
            Self: 'a,
        {
            let number = self.fetched.fetch_add(1, Ordering::Relaxed);
            future::ProvideCredentials::ready(match self.seconds[number] {
                Some(seconds) => {
                    let end = SystemTime::now() + Duration::from_secs(seconds);
                    Ok(Credentials::new(format!("key{number}"), "secret", None, Some(end), "test"))
                }
                None => Err(CredentialsError::provider_error("down")),
            })
        }
    }

    async fn keys(seconds: &[Option<u64>], asks: usize) -> Vec<String> {
        let source = Script { seconds: seconds.to_vec(), fetched: AtomicUsize::new(0) };
        let renewing = Renewing { source: SharedCredentialsProvider::new(source), held: Mutex::new(None) };
        let mut keys = Vec::new();
        for _ in 0..asks {
            keys.push(match renewing.current().await {
                Ok(credentials) => credentials.access_key_id().to_owned(),
                Err(_) => "error".to_owned(),
            });
        }
        keys
    }

    #[tokio::test]
    async fn credentials_are_fetched_again_only_shortly_before_their_end() {
        assert_eq!(keys(&[Some(3600)], 3).await, ["key0", "key0", "key0"]);
        assert_eq!(keys(&[Some(60), Some(3600)], 3).await, ["key0", "key1", "key1"]);
    }

    #[tokio::test]
    async fn a_failed_renewal_is_an_error_only_when_the_old_ones_have_ended() {
        assert_eq!(keys(&[Some(60), None, Some(3600)], 3).await, ["key0", "key0", "key2"]);
        assert_eq!(keys(&[Some(0), None], 2).await, ["key0", "error"]);
        assert_eq!(keys(&[None, Some(60)], 2).await, ["error", "key1"]);
    }
}
