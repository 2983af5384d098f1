use super::super::error::{Located, wrong};
use super::super::{Bound, Bounds, MAX_DEPTH, Refinement, Type, Value};
use super::decode::Reader;
use super::encode::Writer;

const NULLNESS: i64 = 1;
const PREFIX: i64 = 2;
const NUMBER_LOWER: i64 = 3;
const NUMBER_UPPER: i64 = 4;
const LENGTH_MIN: i64 = 5;
const LENGTH_MAX: i64 = 6;

/// A longer prefix is shortened, which keeps the whole refinement within what Terraform reads.
const MAX_PREFIX: usize = 256;

/// The refinement as a map from small numbers, or `None` when nothing in it applies to `ty`.
pub(super) fn encode(refinement: &Refinement, ty: &Type) -> Result<Option<Vec<u8>>, Located> {
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
    let no_bounds = Bounds::default();
    let bounds = refinement.bounds.as_deref().unwrap_or(&no_bounds);
    match ty {
        Type::String => {
            if let Some(prefix) = refinement.prefix.as_deref().filter(|prefix| !prefix.is_empty()) {
                key(&mut entries, PREFIX);
                entries.string(&prefix[..prefix.floor_char_boundary(MAX_PREFIX)]);
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

/// An unknown value of type `ty` with the refinement in `payload`; promises of kinds not known here are dropped,
/// as they only ever narrow what the value will be.
pub(super) fn decode(payload: &[u8], ty: &Type) -> Result<Value, Located> {
    let mut reader = Reader { rest: payload };
    let marker = reader.marker()?;
    let length = reader.map_length(marker, "a refinement must be a map")?;
    let mut refinement = Refinement::default();
    let mut bounds = Bounds::default();
    for _ in 0..length {
        let marker = reader.marker()?;
        let code = reader.number(marker)?.as_i64();
        match (code, ty) {
            (Some(NULLNESS), _) => match reader.value(&Type::Bool, MAX_DEPTH)? {
                Value::Bool(true) => return Ok(Value::Null),
                Value::Bool(false) => refinement.not_null = true,
                _ => return Err(wrong("the nullness of a refinement must be a bool")),
            },
            (Some(PREFIX), Type::String) => {
                let marker = reader.marker()?;
                refinement.prefix =
                    Some(reader.string(marker, "the prefix of a refinement must be a string")?);
            }
            (Some(NUMBER_LOWER), Type::Number) => bounds.lower = Some(bound(&mut reader)?),
            (Some(NUMBER_UPPER), Type::Number) => bounds.upper = Some(bound(&mut reader)?),
            (Some(LENGTH_MIN), Type::List(_) | Type::Set(_) | Type::Map(_)) => {
                bounds.length_min = Some(limit(&mut reader)?);
            }
            (Some(LENGTH_MAX), Type::List(_) | Type::Set(_) | Type::Map(_)) => {
                bounds.length_max = Some(limit(&mut reader)?);
            }
            // The length of what follows an unknown code cannot be told, so the entries after it are dropped too.
            _ => break,
        }
    }
    if bounds != Bounds::default() {
        refinement.bounds = Some(Box::new(bounds));
    }
    // Terraform never has a refinement of a value whose type is open.
    Ok(Value::Unknown(if *ty == Type::Dynamic { Refinement::default() } else { refinement }))
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
    let length = reader.number(marker)?.as_i64().and_then(|length| u64::try_from(length).ok());
    length.ok_or_else(|| wrong("a length in a refinement must be a whole number"))
}
