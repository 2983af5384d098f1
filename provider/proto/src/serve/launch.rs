use std::collections::BTreeMap;
use std::fmt;
use std::io::Write;
use std::ops::RangeInclusive;

use super::ServeError;

/// A value that only tells that Terraform started the process; it protects nothing.
const COOKIE: (&str, &str) =
    ("TF_PLUGIN_MAGIC_COOKIE", "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2");

/// How the process was started: its environment and its standard output.
pub struct Launch {
    variables: BTreeMap<String, String>,
    output: Box<dyn Write + Send>,
}

impl Launch {
    /// The environment and standard output of this process. Variables that are not Unicode are left out.
    pub fn of_this_process() -> Launch {
        let variables = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
        Launch::new(variables, std::io::stdout())
    }

    /// A made-up start, for tests.
    pub fn new(
        variables: impl IntoIterator<Item = (String, String)>,
        output: impl Write + Send + 'static,
    ) -> Launch {
        Launch { variables: variables.into_iter().collect(), output: Box::new(output) }
    }

    pub(super) fn by_terraform(&self) -> bool {
        self.variable(COOKIE.0) == Some(COOKIE.1)
    }

    /// The certificate of the only client to talk to, as PEM. Without one (`TF_DISABLE_PLUGIN_TLS` is set in
    /// Terraform's environment) there is no TLS.
    pub(super) fn client_certificate(&self) -> Option<&str> {
        self.variable("PLUGIN_CLIENT_CERT").filter(|pem| !pem.trim().is_empty())
    }

    /// The TCP ports that Terraform allows; port 0, which is any free one, when it does not say.
    pub(super) fn ports(&self) -> RangeInclusive<u16> {
        let port = |name| self.variable(name).and_then(|text| text.parse().ok());
        match (port("PLUGIN_MIN_PORT"), port("PLUGIN_MAX_PORT")) {
            (Some(min), Some(max)) if min <= max => min..=max,
            _ => 0..=0,
        }
    }

    /// Writes the one line that Terraform reads from standard output.
    pub(super) fn announce(&mut self, line: &str) -> Result<(), ServeError> {
        let written =
            self.output.write_all(format!("{line}\n").as_bytes()).and_then(|()| self.output.flush());
        written.map_err(ServeError::Handshake)
    }

    fn variable(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(String::as_str)
    }
}

/// Names only: the environment holds credentials.
impl fmt::Debug for Launch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Launch").field("variables", &self.variables.keys()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn launch(variables: &[(&str, &str)]) -> Launch {
        let variables = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Launch::new(variables, std::io::sink())
    }

    #[test]
    fn ports_are_those_terraform_allows() {
        assert_eq!(
            launch(&[("PLUGIN_MIN_PORT", "10000"), ("PLUGIN_MAX_PORT", "25000")]).ports(),
            10000..=25000
        );
        assert_eq!(launch(&[]).ports(), 0..=0);
        assert_eq!(launch(&[("PLUGIN_MIN_PORT", "9"), ("PLUGIN_MAX_PORT", "3")]).ports(), 0..=0);
    }

    #[test]
    fn only_the_right_cookie_counts() {
        assert!(launch(&[COOKIE]).by_terraform());
        assert!(!launch(&[(COOKIE.0, "another")]).by_terraform());
        assert!(!launch(&[]).by_terraform());
    }

    #[test]
    fn debug_output_shows_no_values() {
        assert!(!format!("{:?}", launch(&[("AWS_SECRET_ACCESS_KEY", "canary")])).contains("canary"));
    }
}
