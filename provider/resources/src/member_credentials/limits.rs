//! What AWS takes for a session: <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html>.

use landform_framework::Text;
use landform_model::Duration;

const SHORTEST: std::time::Duration = std::time::Duration::from_secs(15 * 60);
const LONGEST: std::time::Duration = std::time::Duration::from_secs(12 * 60 * 60);

/// What every role allows, and what a role that assumes another gets at most.
pub(super) fn hour() -> Duration {
    Duration::from_minutes(60).unwrap_or_default()
}

pub(super) fn duration(given: &Text<Duration>) -> Result<(), String> {
    let time = given.0.as_std();
    match (SHORTEST..=LONGEST).contains(&time) && time.subsec_nanos() == 0 {
        true => Ok(()),
        false => {
            Err(format!("`{}` is no time that AWS takes: write whole seconds from `15m` to `12h`.", given.0))
        }
    }
}

pub(super) fn session_name(given: &str) -> Result<(), String> {
    let good = given.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_=,.@+-".contains(&byte));
    match good && (2..=64).contains(&given.len()) {
        true => Ok(()),
        false => Err(format!(
            "`{given}` is no name of a session: it has 2 to 64 letters, digits and characters of `_=,.@+-`."
        )),
    }
}
