use std::fmt;
use std::str::FromStr;
use std::time::Duration;

/// A length of time in Go's spelling, as in every timeout of Terraform: `30m`, `1h30m`, `90s`, `1.5h`. Units are `h`,
/// `m`, `s`, `ms`, `us` or `µs`, and `ns`; `60m` is the same as `1h`.
/// <https://pkg.go.dev/time#ParseDuration>
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timeout(Duration);

crate::string_attribute!(Timeout);

/// Why a text is no [`Timeout`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TimeoutError {
    /// It is not written as a length of time.
    #[error("Write a length of time as numbers with units, such as \"30m\", \"1h30m\" or \"90s\".")]
    Form,
    /// No call ends in no time.
    #[error("A timeout must be longer than 0s.")]
    Zero,
    /// Longer than Go can count.
    #[error("A timeout cannot be longer than 292 years.")]
    TooLong,
}

const SECOND: u128 = 1_000_000_000;
const MINUTE: u128 = 60 * SECOND;
const HOUR: u128 = 60 * MINUTE;

/// In nanoseconds; the micro sign and the Greek letter both stand for "micro".
const UNITS: [(&str, u128); 8] = [
    ("h", HOUR),
    ("m", MINUTE),
    ("s", SECOND),
    ("ms", 1_000_000),
    ("us", 1000),
    ("\u{b5}s", 1000),
    ("\u{3bc}s", 1000),
    ("ns", 1),
];

/// As in Go.
const LONGEST: u128 = i64::MAX as u128;

impl Timeout {
    /// As the standard library has it.
    pub fn duration(self) -> Duration {
        self.0
    }
}

impl From<Duration> for Timeout {
    fn from(duration: Duration) -> Timeout {
        Timeout(duration)
    }
}

impl FromStr for Timeout {
    type Err = TimeoutError;

    fn from_str(text: &str) -> Result<Timeout, TimeoutError> {
        let mut rest = text.strip_prefix('+').unwrap_or(text);
        if rest.is_empty() {
            return Err(TimeoutError::Form);
        }
        if rest == "0" {
            return Err(TimeoutError::Zero);
        }
        let mut total = 0;
        while !rest.is_empty() {
            let (nanoseconds, after) = part(rest)?;
            total += nanoseconds;
            if total > LONGEST {
                return Err(TimeoutError::TooLong);
            }
            rest = after;
        }
        match u64::try_from(total) {
            Ok(0) => Err(TimeoutError::Zero),
            Ok(nanoseconds) => Ok(Timeout(Duration::from_nanos(nanoseconds))),
            Err(_) => Err(TimeoutError::TooLong),
        }
    }
}

/// The first number with its unit, in nanoseconds, and what follows it.
fn part(text: &str) -> Result<(u128, &str), TimeoutError> {
    let digits = |text: &str| text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (whole, rest) = text.split_at(digits(text));
    let (fraction, rest) = match rest.strip_prefix('.') {
        Some(rest) => rest.split_at(digits(rest)),
        None => ("", rest),
    };
    if whole.is_empty() && fraction.is_empty() {
        return Err(TimeoutError::Form);
    }
    let end = rest.find(|c: char| c.is_ascii_digit() || c == '.').unwrap_or(rest.len());
    let (name, rest) = rest.split_at(end);
    let Some((_, unit)) = UNITS.iter().find(|(known, _)| *known == name) else {
        return Err(TimeoutError::Form);
    };
    let number = |digits: &str| -> Result<u128, TimeoutError> {
        if digits.is_empty() { Ok(0) } else { digits.parse().map_err(|_| TimeoutError::TooLong) }
    };
    let whole = number(whole)?;
    if whole > LONGEST {
        return Err(TimeoutError::TooLong);
    }
    // More digits are less than a nanosecond even of an hour.
    let fraction = &fraction[..fraction.len().min(15)];
    let places = u32::try_from(fraction.len()).unwrap_or_default();
    Ok((whole * unit + number(fraction)? * unit / 10_u128.pow(places), rest))
}

/// In the fewest words: `1h30m`, `90ms`, `1m0.5s`.
impl fmt::Display for Timeout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let nanoseconds = self.0.as_nanos();
        let (hours, minutes, rest) = (nanoseconds / HOUR, nanoseconds % HOUR / MINUTE, nanoseconds % MINUTE);
        if hours > 0 {
            write!(f, "{hours}h")?;
        }
        if minutes > 0 {
            write!(f, "{minutes}m")?;
        }
        if rest == 0 && nanoseconds > 0 {
            return Ok(());
        }
        if rest > 0 && nanoseconds < SECOND {
            let exact = UNITS.iter().find(|(_, unit)| rest.is_multiple_of(*unit));
            let (name, unit) = exact.unwrap_or(&("ns", 1));
            return write!(f, "{}{name}", rest / unit);
        }
        let fraction = format!("{:09}", rest % SECOND);
        match fraction.trim_end_matches('0') {
            "" => write!(f, "{}s", rest / SECOND),
            fraction => write!(f, "{}.{fraction}s", rest / SECOND),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn seconds(text: &str) -> Result<f64, TimeoutError> {
        text.parse::<Timeout>().map(|timeout| timeout.duration().as_secs_f64())
    }

    #[test]
    fn spelled_as_in_go() {
        for (text, expected) in [
            ("30m", 1800.0),
            ("1h30m", 5400.0),
            ("90s", 90.0),
            ("1.5h", 5400.0),
            (".5s", 0.5),
            ("1.s", 1.0),
            ("+2m", 120.0),
            ("1m1m", 120.0),
            ("250ms", 0.25),
            ("3us", 0.000_003),
            ("3µs", 0.000_003),
            ("3μs", 0.000_003),
            ("1h2m3s4ms5us6ns", 3_723.004_005_006),
            ("2562047h", 9_223_369_200.0),
        ] {
            assert_eq!(seconds(text), Ok(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_length_of_time_is_refused() {
        for text in
            ["", "30", "m", "30 m", "30min", "1d", "-30m", ".s", "1h-1m", "half an hour", "1.2.3s", "+"]
        {
            assert_eq!(seconds(text), Err(TimeoutError::Form), "{text}");
        }
        for text in ["0", "0s", "0h0m", "0.1ns"] {
            assert_eq!(seconds(text), Err(TimeoutError::Zero), "{text}");
        }
        for text in ["2562048h", "9223372036855s", "99999999999999999999999999999999999999999h"] {
            assert_eq!(seconds(text), Err(TimeoutError::TooLong), "{text}");
        }
    }

    #[test]
    fn written_in_the_fewest_words() {
        for text in ["20m", "1h30m", "1h", "90ms", "1m0.5s", "1h1s", "7us", "13ns", "1.5s", "10s"] {
            assert_eq!(text.parse::<Timeout>().map(|timeout| timeout.to_string()), Ok(text.to_owned()));
        }
        assert_eq!(Timeout::from(Duration::ZERO).to_string(), "0s");
        assert_eq!("60m".parse::<Timeout>(), "1h".parse());
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(nanoseconds in 1..=i64::MAX as u64) {
            let timeout = Timeout::from(Duration::from_nanos(nanoseconds));
            prop_assert_eq!(timeout.to_string().parse(), Ok(timeout));
        }

        #[test]
        fn parts_add_up(hours in 0..999_u64, minutes in 0..999_u64, milliseconds in 1..999_u64) {
            let text = format!("{hours}h{minutes}m{milliseconds}ms");
            let sum = Duration::from_secs(hours * 3600 + minutes * 60) + Duration::from_millis(milliseconds);
            prop_assert_eq!(text.parse(), Ok(Timeout::from(sum)));
        }

        #[test]
        fn no_text_makes_it_panic(text in "[0-9a-zµ.+ -]{0,40}") {
            if let Ok(timeout) = text.parse::<Timeout>() {
                prop_assert!(!timeout.duration().is_zero());
            }
        }
    }
}
