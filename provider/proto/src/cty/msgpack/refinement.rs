use std::cmp::Ordering;

use super::super::error::{Located, wrong};
use super::super::nfc::{beginning, nfc};
use super::super::{Bound, Bounds, MAX_DEPTH, Refinement, Type, Value};
use super::decode::Reader;
use super::encode::Writer;

const NULLNESS: i64 = 1;
const PREFIX: i64 = 2;
const NUMBER_LOWER: i64 = 3;
const NUMBER_UPPER: i64 = 4;
const LENGTH_MIN: i64 = 5;
const LENGTH_MAX: i64 = 6;

/// A longer prefix is shortened, which keeps the whole refinement within what Terraform reads. Terraform shortens its own
/// to the same [length](https://github.com/zclconf/go-cty/blob/main/cty/msgpack/marshal.go).
const MAX_PREFIX: usize = 256;

/// The refinement as a map from small numbers, or `None` when nothing in it applies to `ty`.
pub(super) fn encode(refinement: &Refinement, ty: &Type) -> Result<Option<Vec<u8>>, Located> {
    let no_bounds = Bounds::default();
    let bounds = refinement.bounds.as_deref().unwrap_or(&no_bounds);
    check(bounds, ty)?;
    let mut entries = Writer::default();
    let mut count = 0_u8;
    let mut key = |entries: &mut Writer, key: i64| {
        count += 1;
        entries.integer(key);
    };
    if refinement.not_null && *ty != Type::Dynamic {
        key(&mut entries, NULLNESS);
        entries.bool(false);
    }
    match ty {
        Type::String => {
            let prefix = nfc(refinement.prefix.as_deref().unwrap_or_default());
            let prefix = beginning(&prefix, MAX_PREFIX);
            if !prefix.is_empty() {
                key(&mut entries, PREFIX);
                entries.string(prefix);
            }
        }
        Type::Number => {
            for (code, bound) in [(NUMBER_LOWER, &bounds.lower), (NUMBER_UPPER, &bounds.upper)] {
                if let Some(bound) = bound {
                    key(&mut entries, code);
                    entries.array_length(2)?;
                    entries.number(&bound.value)?;
                    entries.bool(bound.inclusive);
                }
            }
        }
        Type::List(_) | Type::Set(_) | Type::Map(_) => {
            for (code, length) in [(LENGTH_MIN, bounds.length_min), (LENGTH_MAX, bounds.length_max)] {
                if let Some(length) = length {
                    key(&mut entries, code);
                    entries.integer(i64::try_from(length).unwrap_or(i64::MAX));
                }
            }
        }
        Type::Bool | Type::Dynamic | Type::Object(_) | Type::Tuple(_) => {}
    }
    if count == 0 {
        return Ok(None);
    }
    let mut payload = Writer::default();
    payload.map_length(usize::from(count))?;
    payload.bytes.extend(entries.bytes);
    Ok(Some(payload.bytes))
}

/// Refuses bounds that no value can keep: Terraform panics on reading them.
fn check(bounds: &Bounds, ty: &Type) -> Result<(), Located> {
    let (empty_range, empty_length) = (
        matches!((&bounds.lower, &bounds.upper), (Some(lower), Some(upper)) if match lower.value.cmp(&upper.value) {
            Ordering::Less => false,
            Ordering::Equal => !(lower.inclusive && upper.inclusive),
            Ordering::Greater => true,
        }),
        matches!((bounds.length_min, bounds.length_max), (Some(min), Some(max)) if min > max),
    );
    match ty {
        Type::Number if empty_range => Err(wrong("no number lies between the bounds of the refinement")),
        Type::List(_) | Type::Set(_) | Type::Map(_) if empty_length => {
            Err(wrong("the least length in the refinement is more than the greatest"))
        }
        _ => Ok(()),
    }
}

/// An unknown value of type `ty` with the refinement in `payload`, read as Terraform reads it: a promise that the type
/// cannot keep is an error, one of a kind not known here is passed over, as is what comes after the map.
pub(super) fn decode(payload: &[u8], ty: &Type) -> Result<Value, Located> {
    let mut reader = Reader { rest: payload };
    let marker = reader.marker()?;
    let length = reader.map_length(marker, "a refinement must be a map")?;
    if *ty == Type::Dynamic {
        // Terraform never has a refinement of a value whose type is open.
        return Ok(Value::unknown());
    }
    let mut null = false;
    let mut refinement = Refinement::default();
    let mut bounds = Bounds::default();
    for _ in 0..length {
        let marker = reader.marker()?;
        let code = reader.integer(marker, "the kind of a refinement must be an integer")?;
        let applies = match code {
            PREFIX => *ty == Type::String,
            NUMBER_LOWER | NUMBER_UPPER => *ty == Type::Number,
            LENGTH_MIN | LENGTH_MAX => matches!(ty, Type::List(_) | Type::Set(_) | Type::Map(_)),
            _ => true,
        };
        if !applies {
            return Err(wrong(format!("{ty} cannot have a refinement of kind {code}")));
        }
        match code {
            NULLNESS => match reader.value(&Type::Bool, MAX_DEPTH)? {
                Value::Bool(is_null) => (null, refinement.not_null) = (is_null, !is_null),
                _ => return Err(wrong("a bool is required")),
            },
            PREFIX => {
                let marker = reader.marker()?;
                let prefix = reader.string(marker, "the prefix of a refinement must be a string")?;
                let prefix = beginning(&prefix, MAX_PREFIX);
                refinement.prefix = (!prefix.is_empty()).then(|| prefix.to_owned());
            }
            NUMBER_LOWER => bounds.lower = Some(bound(&mut reader)?),
            NUMBER_UPPER => bounds.upper = Some(bound(&mut reader)?),
            LENGTH_MIN => bounds.length_min = Some(limit(&mut reader)?),
            LENGTH_MAX => bounds.length_max = Some(limit(&mut reader)?),
            _ => reader.skip()?,
        }
    }
    if null {
        return Ok(Value::Null);
    }
    if bounds != Bounds::default() {
        refinement.bounds = Some(Box::new(bounds));
    }
    Ok(Value::Unknown(refinement))
}

fn bound(reader: &mut Reader<'_>) -> Result<Bound, Located> {
    let pair = Type::Tuple(vec![Type::Number, Type::Bool]);
    if let Value::Tuple(pair) = reader.value(&pair, MAX_DEPTH - 1)?
        && let [Value::Number(value), Value::Bool(inclusive)] = &pair[..]
    {
        return Ok(Bound { value: value.clone(), inclusive: *inclusive });
    }
    Err(wrong("a bound of a refinement must be a number and a bool"))
}

fn limit(reader: &mut Reader<'_>) -> Result<u64, Located> {
    let marker = reader.marker()?;
    let length = reader.integer(marker, "a length in a refinement must be an integer")?;
    u64::try_from(length).map_err(|_| wrong("a length in a refinement must not be negative"))
}
