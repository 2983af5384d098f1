use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

/// A Terraform number: decimal, of any size, and exact.
///
/// Terraform compares numbers exactly, so `0.1` from a configuration must not turn into the nearest binary fraction
/// on its way through a provider. Equal numbers have one representation here, whatever they were made from.
#[derive(Debug, Clone)]
pub struct Number(Repr);

#[derive(Debug, Clone)]
enum Repr {
    Integer(i64),
    /// Never an integer that fits `Integer`; its exact binary value is meant, not its shortest decimal form.
    Float(f64),
    /// In the form of `canonical`, and never a value that `Integer` or `Float` can hold.
    Decimal(String),
}

/// The text is not a decimal number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a decimal number: {0:?}")]
pub struct ParseNumberError(String);

/// Longest text of a number. Terraform itself keeps 512 bits, about 155 digits.
const MAX_TEXT: usize = 2048;

/// A larger power of ten is shown in scientific form rather than with all its zeros.
const MAX_ZEROS: i64 = 400;

impl Number {
    /// The number as an integer, if it is one and fits.
    pub fn as_i64(&self) -> Option<i64> {
        match self.0 {
            Repr::Integer(value) => Some(value),
            Repr::Float(_) | Repr::Decimal(_) => None,
        }
    }

    /// The nearest binary fraction; infinite when the number is too large for one.
    pub fn as_f64(&self) -> f64 {
        match &self.0 {
            Repr::Integer(value) => *value as f64,
            Repr::Float(value) => *value,
            Repr::Decimal(text) => text.parse().unwrap_or(f64::NAN),
        }
    }

    /// Exactly this binary fraction, digit for digit; `None` for NaN, which Terraform does not have.
    pub(super) fn from_exact_f64(value: f64) -> Option<Number> {
        if value.is_nan() {
            None
        } else if value.is_infinite() || value.fract() != 0.0 {
            Some(Number(Repr::Float(value)))
        } else {
            format!("{value:.0}").parse().ok()
        }
    }

    /// The binary fraction this number is exactly equal to, if there is one and it is not an integer.
    pub(super) fn as_exact_fraction(&self) -> Option<f64> {
        match self.0 {
            Repr::Float(value) => Some(value),
            Repr::Integer(_) | Repr::Decimal(_) => None,
        }
    }

    /// Whether the number is neither infinite nor NaN.
    pub(super) fn is_finite(&self) -> bool {
        !matches!(self.0, Repr::Float(value) if !value.is_finite())
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Number {
        Number(Repr::Integer(value))
    }
}

/// The decimal number one would write for `value`: `0.1_f64` becomes 0.1. NaN and infinity stay what they are; both
/// encoders refuse NaN, and JSON has no infinity.
impl From<f64> for Number {
    fn from(value: f64) -> Number {
        if value.is_finite() { value.to_string().parse().ok() } else { None }
            .unwrap_or(Number(Repr::Float(value)))
    }
}

impl FromStr for Number {
    type Err = ParseNumberError;

    /// Reads decimal and scientific notation.
    fn from_str(text: &str) -> Result<Number, ParseNumberError> {
        if let Ok(value) = text.parse::<i64>() {
            return Ok(Number(Repr::Integer(value)));
        }
        let decimal = Decimal::parse(text).ok_or_else(|| {
            let shown: String = text.chars().take(60).collect();
            ParseNumberError(shown)
        })?;
        Ok(Number(decimal.into_repr()))
    }
}

/// All digits of the number; scientific notation beyond 400 zeros.
impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Repr::Integer(value) => value.fmt(f),
            Repr::Float(value) if value.is_finite() => write!(f, "{value:.*}", fraction_digits(*value)),
            Repr::Float(value) => value.fmt(f),
            Repr::Decimal(text) => f.write_str(text),
        }
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Number) -> bool {
        match (&self.0, &other.0) {
            (Repr::Integer(a), Repr::Integer(b)) => a == b,
            // Total order, so that a number is equal to itself even when it is NaN.
            (Repr::Float(a), Repr::Float(b)) => a.total_cmp(b).is_eq(),
            (Repr::Decimal(a), Repr::Decimal(b)) => a == b,
            _ => false,
        }
    }
}

impl Eq for Number {}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Number) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The order of the exact values. NaN, which is no Terraform number, comes where its sign puts it.
impl Ord for Number {
    fn cmp(&self, other: &Number) -> Ordering {
        if self == other {
            return Ordering::Equal;
        }
        if !(self.is_finite() && other.is_finite()) {
            let end = |number: &Number| if number.is_finite() { 0.0 } else { number.as_f64() };
            return end(self).total_cmp(&end(other));
        }
        let (a, b) = (self.to_string(), other.to_string());
        let (Some(a), Some(b)) = (Decimal::parse(&a), Decimal::parse(&b)) else {
            // A finite number prints as what `Decimal` reads.
            return self.as_f64().total_cmp(&other.as_f64());
        };
        let sign = |number: &Decimal<'_>| match (number.digits.is_empty(), number.negative) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        };
        // Without leading zeros, a number with its point further right is the larger one.
        let by_size = (a.point, &a.digits).cmp(&(b.point, &b.digits));
        sign(&a).cmp(&sign(&b)).then(if a.negative { by_size.reverse() } else { by_size })
    }
}

/// `±0.digits × 10^point`, without leading or trailing zeros in `digits`; zero has no digits.
struct Decimal<'a> {
    negative: bool,
    digits: std::borrow::Cow<'a, str>,
    point: i64,
}

impl Decimal<'_> {
    fn parse(text: &str) -> Option<Decimal<'_>> {
        if text.len() > MAX_TEXT {
            return None;
        }
        let (negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            // A few digits are room enough: the sum below cannot overflow, and nobody means more.
            Some((_, exponent)) if exponent.len() > 12 => return None,
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i64>().ok()?),
            None => (unsigned, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.len() + fraction.len() == 0 || !all_digits(whole) || !all_digits(fraction) {
            return None;
        }
        let joined = format!("{whole}{fraction}");
        let trimmed = joined.trim_start_matches('0');
        let point = exponent + whole.len() as i64 - (joined.len() - trimmed.len()) as i64;
        let digits = trimmed.trim_end_matches('0').to_owned();
        Some(Decimal { negative, point: if digits.is_empty() { 0 } else { point }, digits: digits.into() })
    }

    fn into_repr(self) -> Repr {
        let text = self.canonical();
        let fraction_length = self.digits.len() as i64 - self.point;
        if fraction_length <= 0 {
            return text.parse().map_or(Repr::Decimal(text), Repr::Integer);
        }
        // A binary fraction with n bits after the point has exactly n decimal digits after it, the last one not zero.
        match text.parse::<f64>() {
            Ok(value)
                if fraction_digits(value) as i64 == fraction_length
                    && format!("{value:.*}", fraction_digits(value)) == text =>
            {
                Repr::Float(value)
            }
            _ => Repr::Decimal(text),
        }
    }

    fn canonical(&self) -> String {
        let sign = if self.negative && !self.digits.is_empty() { "-" } else { "" };
        let (digits, length) = (&self.digits, self.digits.len() as i64);
        let zeros = |count: i64| "0".repeat(count.unsigned_abs() as usize);
        if digits.is_empty() {
            "0".to_owned()
        } else if self.point > length + MAX_ZEROS || self.point < -MAX_ZEROS {
            format!("{sign}{digits}e{}", self.point - length)
        } else if self.point >= length {
            format!("{sign}{digits}{}", zeros(self.point - length))
        } else if self.point > 0 {
            let (whole, fraction) = digits.split_at(self.point as usize);
            format!("{sign}{whole}.{fraction}")
        } else {
            format!("{sign}0.{}{digits}", zeros(self.point))
        }
    }
}

/// How many decimal digits after the point a finite binary fraction has.
fn fraction_digits(value: f64) -> usize {
    let bits = value.to_bits();
    let exponent = ((bits >> 52) & 0x7ff) as i64;
    let mantissa = bits & ((1 << 52) - 1);
    if exponent == 0 && mantissa == 0 {
        return 0;
    }
    let (mantissa, scale) =
        if exponent == 0 { (mantissa, -1074) } else { (mantissa | 1 << 52, exponent - 1075) };
    let bits_after_the_point = -(scale + i64::from(mantissa.trailing_zeros()));
    usize::try_from(bits_after_the_point).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn number(text: &str) -> Number {
        text.parse().unwrap()
    }

    #[test]
    fn one_number_has_one_form() {
        for (a, b) in
            [("1", "1.0"), ("10", "1e1"), ("-0", "0"), ("0.5", "5e-1"), ("0.1", "00.10"), ("1e400", "10e399")]
        {
            assert_eq!(number(a), number(b), "{a} and {b}");
        }
        assert_eq!(number("0.5"), Number::from_exact_f64(0.5).unwrap());
        assert_eq!(Number::from(0.1), number("0.1"));
        assert_eq!(Number::from_exact_f64(3.0), Some(Number::from(3)));
    }

    #[test]
    fn a_decimal_is_not_its_nearest_binary_fraction() {
        assert_ne!(number("0.1"), Number::from_exact_f64(0.1).unwrap());
        assert_eq!(number("0.1").as_exact_fraction(), None);
        assert_eq!(number("0.25").as_exact_fraction(), Some(0.25));
        assert_eq!(number("18446744073709551616").as_exact_fraction(), None);
    }

    #[test]
    fn text_keeps_every_digit() {
        for text in [
            "0",
            "-1",
            "0.1",
            "12345678901234567890123",
            "-0.000001",
            "9223372036854775808",
            "1e500",
            "-7e-900",
        ] {
            assert_eq!(number(text).to_string(), text);
        }
    }

    #[test]
    fn what_is_not_a_number_is_refused() {
        for text in
            ["", "-", ".", "1e", "e5", "1x", "0x10", "1_000", "NaN", "inf", "1e9999999999999", "--1", "1.2.3"]
        {
            assert!(text.parse::<Number>().is_err(), "{text}");
        }
    }

    #[test]
    fn order_is_that_of_the_exact_values() {
        let infinite = |sign: f64| Number::from_exact_f64(f64::INFINITY * sign).unwrap();
        let ascending = [
            infinite(-1.0),
            number("-1e500"),
            number("-18446744073709551616"),
            number("-2"),
            number("-1.5"),
            number("-0.1"),
            number("0"),
            number("1e-500"),
            number("0.1"),
            Number::from_exact_f64(0.1).unwrap(),
            number("0.11"),
            number("9223372036854775807"),
            number("9223372036854775807.5"),
            number("9223372036854775808"),
            infinite(1.0),
        ];
        for (i, a) in ascending.iter().enumerate() {
            for (j, b) in ascending.iter().enumerate() {
                assert_eq!(a.cmp(b), i.cmp(&j), "{a} and {b}");
            }
        }
    }

    proptest! {
        #[test]
        fn text_round_trips_for_every_binary_fraction(bits: u64) {
            let value = f64::from_bits(bits);
            prop_assume!(value.is_finite());
            let exact = Number::from_exact_f64(value).unwrap();
            prop_assert_eq!(number(&exact.to_string()), exact.clone());
            prop_assert_eq!(exact.as_f64(), value);
            prop_assert_eq!(Number::from(value).as_f64(), value);
        }

        #[test]
        fn parsing_never_panics(text in "[-+.eE0-9]{0,24}") {
            if let Ok(parsed) = text.parse::<Number>() {
                prop_assert_eq!(number(&parsed.to_string()), parsed);
            }
        }
    }
}
