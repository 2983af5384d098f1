use tracing::level_filters::LevelFilter;
use tracing::{Level, Metadata};

/// Which events are written.
pub(super) struct Threshold {
    level: LevelFilter,
    /// Beginnings of the names of crates that are heard below `warn`, beside this one.
    crates: &'static [&'static str],
}

impl Threshold {
    /// The level Terraform's variables ask for. As there, `JSON` and words that are no level mean everything.
    pub(super) fn from_variables(
        crates: &'static [&'static str],
        variable: impl Fn(&str) -> Option<String>,
    ) -> Threshold {
        let word = ["TF_LOG_PROVIDER", "TF_LOG"].into_iter().find_map(|name| {
            let word = variable(name)?.trim().to_ascii_lowercase();
            (!word.is_empty()).then_some(word)
        });
        let level = match word.as_deref() {
            None | Some("info") => LevelFilter::INFO,
            Some("debug") => LevelFilter::DEBUG,
            Some("warn") => LevelFilter::WARN,
            Some("error") => LevelFilter::ERROR,
            Some("off") => LevelFilter::OFF,
            Some(_) => LevelFilter::TRACE,
        };
        Threshold { level, crates }
    }

    pub(super) fn admits(&self, metadata: &Metadata<'_>) -> bool {
        let level = *metadata.level();
        level <= self.level && (level <= Level::WARN || self.is_own(metadata.target()))
    }

    pub(super) fn most_verbose(&self) -> LevelFilter {
        self.level
    }

    fn is_own(&self, target: &str) -> bool {
        target.starts_with(env!("CARGO_CRATE_NAME")) || self.crates.iter().any(|own| target.starts_with(own))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(variables: &[(&str, &str)]) -> LevelFilter {
        let find =
            |name: &str| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        Threshold::from_variables(&[], find).level
    }

    #[test]
    fn terraforms_variables_set_the_level() {
        assert_eq!(level(&[]), LevelFilter::INFO);
        assert_eq!(level(&[("TF_LOG", "DEBUG")]), LevelFilter::DEBUG);
        assert_eq!(level(&[("TF_LOG", "DEBUG"), ("TF_LOG_PROVIDER", "error")]), LevelFilter::ERROR);
        assert_eq!(level(&[("TF_LOG", "WARN"), ("TF_LOG_PROVIDER", "")]), LevelFilter::WARN);
        assert_eq!(level(&[("TF_LOG", "JSON")]), LevelFilter::TRACE);
        assert_eq!(level(&[("TF_LOG", "off")]), LevelFilter::OFF);
    }
}
