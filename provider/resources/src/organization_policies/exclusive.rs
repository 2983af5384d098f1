//! Whether a set of policies stands beside those of others.

use std::fmt;
use std::str::FromStr;

/// What becomes of policies of others on the targets.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Exclusive {
    /// They are left alone.
    #[default]
    Managed,
    /// They are detached, but for those of AWS and of other resources of Landform.
    All,
}

impl fmt::Display for Exclusive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Exclusive::Managed => "managed",
            Exclusive::All => "all",
        })
    }
}

impl FromStr for Exclusive {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "managed" => Ok(Exclusive::Managed),
            "all" => Ok(Exclusive::All),
            other => Err(format!("`{other}` is not `managed` or `all`")),
        }
    }
}
