//! Types and values that nobody thought of.

use std::collections::BTreeMap;

use tfplugin_proto::cty::{Bound, Number, Refinement, Type, Value};
use unicode_normalization::UnicodeNormalization;

use crate::Chance;

/// A type that nests at most `depth` deep.
pub fn ty(chance: &mut Chance, depth: usize) -> Type {
    let kinds = if depth == 0 { 4 } else { 9 };
    match chance.below(kinds) {
        0 => Type::Bool,
        1 => Type::Number,
        2 => Type::String,
        3 => Type::Dynamic,
        4 => Type::list(ty(chance, depth - 1)),
        5 => Type::set(ty(chance, depth - 1)),
        6 => Type::map(ty(chance, depth - 1)),
        7 => Type::Tuple((0..chance.below(4)).map(|_| ty(chance, depth - 1)).collect()),
        _ => Type::object((0..chance.below(5)).map(|_| (chance.text(), ty(chance, depth - 1)))),
    }
}

/// What a value may have in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Everything.
    Msgpack,
    /// Neither unknown values nor infinite numbers.
    Json,
}

/// A value of type `ty`.
pub fn value(chance: &mut Chance, ty: &Type, form: Form) -> Value {
    match chance.below(12) {
        0 => return Value::Null,
        1 if form == Form::Msgpack => return Value::Unknown(refinement(chance, ty)),
        _ => {}
    }
    let few = |chance: &mut Chance| if chance.one_in(50) { chance.below(40) } else { chance.below(4) };
    match ty {
        Type::Bool => Value::Bool(chance.one_in(2)),
        Type::Number => Value::Number(number(chance, form)),
        Type::String => Value::String(chance.text()),
        Type::Dynamic => {
            let ty = self::ty(chance, 2);
            let value = value(chance, &ty, form);
            Value::Dynamic(Box::new(ty), Box::new(value))
        }
        Type::List(element) => Value::List((0..few(chance)).map(|_| value(chance, element, form)).collect()),
        Type::Set(element) => Value::Set((0..few(chance)).map(|_| value(chance, element, form)).collect()),
        Type::Map(element) => {
            // Two spellings of one key make a map that is none.
            let keys = (0..few(chance)).map(|_| chance.text().nfc().collect::<String>());
            let keys: Vec<String> = keys.collect();
            Value::Map(keys.into_iter().map(|key| (key, value(chance, element, form))).collect())
        }
        Type::Object(attributes) => Value::Object(
            attributes.iter().map(|(name, ty)| (name.clone(), value(chance, ty, form))).collect(),
        ),
        Type::Tuple(types) => Value::Tuple(types.iter().map(|ty| value(chance, ty, form)).collect()),
    }
}

/// A number: small, large, broken, or with more digits than any machine has.
pub fn number(chance: &mut Chance, form: Form) -> Number {
    let digits = |chance: &mut Chance, most: usize| -> String {
        (0..=chance.below(most))
            .map(|_| char::from(b'0' + u8::try_from(chance.below(10)).unwrap_or(0)))
            .collect()
    };
    match chance.below(8) {
        0..=2 => Number::from(i64::try_from(chance.below(300)).unwrap_or(0) - 150),
        3 => Number::from(chance.number().cast_signed()),
        4 | 5 => match f64::from_bits(chance.number()) {
            finite if finite.is_finite() => Number::from(finite),
            _ if form == Form::Msgpack => Number::from(f64::NEG_INFINITY),
            _ => Number::from(0.1),
        },
        _ => {
            let sign = if chance.one_in(2) { "-" } else { "" };
            let mut text = format!("{sign}{}", digits(chance, 60));
            if chance.one_in(2) {
                text = format!("{text}.{}", digits(chance, 30));
            }
            if chance.one_in(3) {
                text = format!("{text}e{}", chance.below(1000));
            }
            text.parse().unwrap_or_else(|_| Number::from(0))
        }
    }
}

/// What can be promised of a value of type `ty`.
fn refinement(chance: &mut Chance, ty: &Type) -> Refinement {
    let mut refinement = match ty {
        Type::String => Refinement::prefix(chance.text()),
        Type::Number => {
            let mut ends = [number(chance, Form::Json), number(chance, Form::Json)];
            ends.sort();
            let [lower, upper] = ends;
            let distinct = lower != upper;
            let bound = |value, inclusive| Some(Bound { value, inclusive });
            let lower = bound(lower, chance.one_in(2));
            let upper = if distinct && chance.one_in(2) { bound(upper, chance.one_in(2)) } else { None };
            Refinement::between(lower, upper)
        }
        Type::List(_) | Type::Set(_) | Type::Map(_) => {
            let min = chance.below(100) as u64;
            let max = min + chance.below(100) as u64;
            Refinement::length(Some(min), chance.one_in(2).then_some(max))
        }
        Type::Dynamic => return Refinement::default(),
        Type::Bool | Type::Object(_) | Type::Tuple(_) => Refinement::not_null(),
    };
    refinement.not_null = chance.one_in(2);
    // An empty prefix promises nothing and is not sent; one of any length would be shortened.
    refinement.prefix = refinement.prefix.filter(|prefix| !prefix.is_empty() && prefix.len() < 200);
    refinement
}

/// The type of an object, and a value of it.
pub fn object(chance: &mut Chance, form: Form) -> (Type, Value) {
    let attributes: BTreeMap<String, Type> =
        (0..chance.below(6)).map(|number| (format!("a{number}"), ty(chance, 3))).collect();
    let ty = Type::Object(attributes);
    let value = value(chance, &ty, form);
    (ty, value)
}
