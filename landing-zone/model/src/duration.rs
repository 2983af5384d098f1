//! Lengths of time, as one writes them in Terraform.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A length of time, such as `30m`, `1h30m` or `1.5s`: the spelling of Terraform's timeouts, which is Go's.
/// <https://pkg.go.dev/time#ParseDuration>
///
/// Units are `h`, `m`, `s`, `ms`, `us` (or `µs`) and `ns`; the smallest time is a nanosecond, the longest about 292
/// years. `60m` and `1h` are equal. Less than nothing is refused, which Go would take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Duration {
    /// At most `i64::MAX`, as in Go.
    nanoseconds: u64,
}

const LONGEST: u64 = i64::MAX as u64;

const NANOSECOND: u64 = 1;
const MICROSECOND: u64 = 1000 * NANOSECOND;
const MILLISECOND: u64 = 1000 * MICROSECOND;
const SECOND: u64 = 1000 * MILLISECOND;
const MINUTE: u64 = 60 * SECOND;
const HOUR: u64 = 60 * MINUTE;

/// The micro sign and the Greek letter both stand for "micro".
const UNITS: [(&str, u64); 8] = [
    ("ns", NANOSECOND),
    ("us", MICROSECOND),
    ("\u{b5}s", MICROSECOND),
    ("\u{3bc}s", MICROSECOND),
    ("ms", MILLISECOND),
    ("s", SECOND),
    ("m", MINUTE),
    ("h", HOUR),
];

impl Duration {
    /// This many minutes; none when they are more than Go can count.
    pub fn from_minutes(minutes: u64) -> Option<Duration> {
        minutes
            .checked_mul(MINUTE)
            .filter(|nanoseconds| *nanoseconds <= LONGEST)
            .map(|nanoseconds| Duration { nanoseconds })
    }

    /// The same length of time as the standard library has it.
    pub fn as_std(&self) -> std::time::Duration {
        std::time::Duration::from_nanos(self.nanoseconds)
    }
}

/// Why a text is not a [`Duration`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DurationError {
    /// Not numbers with units.
    #[error(
        "`{given}` is not a length of time: write numbers with their units, such as `30m`, `1h30m` or `90s`"
    )]
    Form {
        /// The text as it was given.
        given: String,
    },
    /// A number without a unit.
    #[error(
        "`{given}` has no unit after its last number: write `{given}s` for seconds or `{given}m` for minutes"
    )]
    NoUnit {
        /// The text as it was given.
        given: String,
    },
    /// A unit that does not exist.
    #[error(
        "`{given}` has the unit `{unit}`: units are `h`, `m`, `s`, `ms`, `us` and `ns`; write a day as `24h`"
    )]
    Unit {
        /// The text as it was given.
        given: String,
        /// The unknown unit.
        unit: String,
    },
    /// Less than nothing.
    #[error("`{given}` is negative: a length of time is at least `0s`")]
    Negative {
        /// The text as it was given.
        given: String,
    },
    /// More than Go can count.
    #[error("`{given}` is too long: the longest time is about 292 years, `2562047h`")]
    TooLong {
        /// The text as it was given.
        given: String,
    },
}

impl FromStr for Duration {
    type Err = DurationError;

    fn from_str(text: &str) -> Result<Duration, DurationError> {
        // The text may be of any length, and so must not be the message.
        let given =
            || if text.chars().count() > 60 { text.chars().take(60).collect() } else { text.to_owned() };
        let too_long = || DurationError::TooLong { given: given() };
        if text.starts_with('-') {
            return Err(DurationError::Negative { given: given() });
        }
        let mut rest = text.strip_prefix('+').unwrap_or(text);
        if rest == "0" {
            return Ok(Duration::default());
        }
        if rest.is_empty() {
            return Err(DurationError::Form { given: given() });
        }
        let mut nanoseconds = 0_u64;
        while !rest.is_empty() {
            let (whole, after) = digits(rest);
            let (fraction, after) = after.strip_prefix('.').map_or(("", after), digits);
            if whole.is_empty() && fraction.is_empty() {
                return Err(DurationError::Form { given: given() });
            }
            let end = after.find(|c: char| c == '.' || c.is_ascii_digit()).unwrap_or(after.len());
            let (unit, after) = after.split_at(end);
            if unit.is_empty() {
                return Err(DurationError::NoUnit { given: given() });
            }
            let Some((_, size)) = UNITS.into_iter().find(|(name, _)| *name == unit) else {
                return Err(DurationError::Unit { given: given(), unit: unit.chars().take(20).collect() });
            };
            let whole = if whole.is_empty() { 0 } else { whole.parse::<u64>().map_err(|_| too_long())? };
            nanoseconds = whole
                .checked_mul(size)
                .and_then(|whole| whole.checked_add(fraction_of(fraction, size)))
                .and_then(|part| nanoseconds.checked_add(part))
                .filter(|sum| *sum <= LONGEST)
                .ok_or_else(too_long)?;
            rest = after;
        }
        Ok(Duration { nanoseconds })
    }
}

fn digits(text: &str) -> (&str, &str) {
    text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()))
}

/// The part of a unit after the point, rounded exactly as Go does, so that both read one text as one time.
fn fraction_of(digits: &str, unit: u64) -> u64 {
    let (mut value, mut scale) = (0_u64, 1.0_f64);
    for digit in digits.bytes().map(|byte| u64::from(byte - b'0')) {
        // Digits beyond 63 bits do not count.
        match value.checked_mul(10).and_then(|value| value.checked_add(digit)) {
            Some(next) if next <= 1 << 63 => (value, scale) = (next, scale * 10.0),
            _ => break,
        }
    }
    (value as f64 * (unit as f64 / scale)) as u64
}

/// Hours, minutes and seconds that are not zero: `1h30m`. Less than a second is in a smaller unit: `1.5ms`.
impl fmt::Display for Duration {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let total = self.nanoseconds;
        let text = match total {
            0 => "0s".to_owned(),
            1..MICROSECOND => format!("{total}ns"),
            MICROSECOND..MILLISECOND => decimal(total, MICROSECOND) + "us",
            MILLISECOND..SECOND => decimal(total, MILLISECOND) + "ms",
            _ => {
                let mut text = String::new();
                for (amount, unit) in [(total / HOUR, "h"), (total % HOUR / MINUTE, "m")] {
                    if amount > 0 {
                        text += &format!("{amount}{unit}");
                    }
                }
                if !total.is_multiple_of(MINUTE) {
                    text += &(decimal(total % MINUTE, SECOND) + "s");
                }
                text
            }
        };
        formatter.pad(&text)
    }
}

/// `amount / unit` with all its digits, where `unit` is a power of ten.
fn decimal(amount: u64, unit: u64) -> String {
    let width = unit.ilog10() as usize;
    let text = format!("{}.{:0width$}", amount / unit, amount % unit);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

impl TryFrom<String> for Duration {
    type Error = DurationError;

    fn try_from(text: String) -> Result<Duration, DurationError> {
        text.parse()
    }
}

impl From<Duration> for String {
    fn from(duration: Duration) -> String {
        duration.to_string()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn duration(text: &str) -> Duration {
        text.parse().unwrap()
    }

    #[test]
    fn what_go_reads_is_read_the_same() {
        for (text, nanoseconds) in [
            ("0", 0),
            ("+0", 0),
            ("5s", 5 * SECOND),
            ("1478s", 1478 * SECOND),
            ("+5s", 5 * SECOND),
            ("5.0s", 5 * SECOND),
            ("5.6s", 5600 * MILLISECOND),
            ("5.s", 5 * SECOND),
            (".5s", 500 * MILLISECOND),
            ("1.004s", 1004 * MILLISECOND),
            ("100.00100s", 100 * SECOND + MILLISECOND),
            ("10ns", 10),
            ("11us", 11 * MICROSECOND),
            ("12µs", 12 * MICROSECOND),
            ("12μs", 12 * MICROSECOND),
            ("13ms", 13 * MILLISECOND),
            ("3h30m", 3 * HOUR + 30 * MINUTE),
            ("10.5s4m", 4 * MINUTE + 10500 * MILLISECOND),
            ("1h2m3s4ms5us6ns", HOUR + 2 * MINUTE + 3 * SECOND + 4 * MILLISECOND + 5 * MICROSECOND + 6),
            ("39h9m14.425s", 39 * HOUR + 9 * MINUTE + 14425 * MILLISECOND),
            ("52763797000ns", 52_763_797_000),
            ("0.3333333333333333333h", 20 * MINUTE),
            ("0.100000000000000000000h", 6 * MINUTE),
            ("9007199254740993ns", (1 << 53) + 1),
            ("9223372036854775807ns", LONGEST),
            ("9223372036s854ms775us807ns", LONGEST),
        ] {
            assert_eq!(duration(text).nanoseconds, nanoseconds, "{text}");
        }
    }

    #[test]
    fn errors_name_what_is_wrong() {
        for (text, part) in [
            ("", "write numbers with their units"),
            ("+", "write numbers with their units"),
            ("s", "write numbers with their units"),
            (".s", "write numbers with their units"),
            ("h30m", "write numbers with their units"),
            ("1h m", "has the unit `h m`"),
            ("30", "write `30s` for seconds or `30m` for minutes"),
            ("1h30", "no unit after its last number"),
            ("1d", "write a day as `24h`"),
            ("30 m", "has the unit ` m`"),
            ("30M", "has the unit `M`"),
            ("１h", "write numbers with their units"),
            ("-5m", "is negative"),
            ("-", "is negative"),
            ("9223372036854775808ns", "292 years"),
            ("99999999999999999999999h", "292 years"),
            ("2562048h", "292 years"),
            ("2562047h60m", "292 years"),
        ] {
            let error = text.parse::<Duration>().unwrap_err().to_string();
            assert!(error.contains(part), "{text}: {error}");
        }
        assert!("9".repeat(100_000).parse::<Duration>().unwrap_err().to_string().len() < 300);
    }

    #[test]
    fn one_time_has_one_canonical_spelling() {
        for (spellings, canonical) in [
            (&["60m", "1h0m0s", "3600s", "0.5h30m", "1h"][..], "1h"),
            (&["90m", "1.5h", "30m1h"], "1h30m"),
            (&["1800s", "30m0s"], "30m"),
            (&["3600.5s"], "1h0.5s"),
            (&["61s"], "1m1s"),
            (&["0.0015s", "1500us"], "1.5ms"),
            (&["0.25us", "250ns"], "250ns"),
            (&["1001ns"], "1.001us"),
            (&["0", "0h", "0.0ms"], "0s"),
        ] {
            for spelling in spellings {
                assert_eq!(duration(spelling), duration(canonical), "{spelling}");
                assert_eq!(duration(spelling).to_string(), canonical, "{spelling}");
            }
        }
    }

    #[test]
    fn known_to_the_standard_library() {
        assert_eq!(duration("1h30m").as_std(), std::time::Duration::from_secs(5400));
        assert_eq!(Duration::from_minutes(90), Some(duration("1h30m")));
        assert_eq!(Duration::from_minutes(u64::MAX), None);
        assert_eq!(Duration::from_minutes(LONGEST / MINUTE + 1), None);
    }

    proptest! {
        #[test]
        fn text_goes_there_and_back(bits in 0..=63_u32, nanoseconds in 0..=LONGEST) {
            let time = Duration { nanoseconds: nanoseconds >> bits.min(62) };
            prop_assert_eq!(duration(&time.to_string()), time);
            prop_assert_eq!(serde_json::from_str::<Duration>(&serde_json::to_string(&time).unwrap()).unwrap(), time);
        }

        #[test]
        fn equal_times_have_one_text(a in "[0-9]{1,3}[hms]([0-9]{1,3}[ms])?", b in "[0-9]{1,3}[hms]") {
            let (a, b) = (duration(&a), duration(&b));
            prop_assert_eq!(a == b, a.to_string() == b.to_string());
            prop_assert_eq!(a.cmp(&b), a.as_std().cmp(&b.as_std()));
        }

        #[test]
        fn any_text_is_read_or_refused(text in "\\PC*|[-+]?([0-9]{0,22}\\.?[0-9]{0,22}(h|m|s|ms|µs|ns|)){0,4}") {
            if let Ok(time) = text.parse::<Duration>() {
                prop_assert_eq!(duration(&time.to_string()), time);
            }
        }
    }
}
