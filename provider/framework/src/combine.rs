//! Values that are computed from others, any of which may be null or unknown.

use crate::Value;

impl<T> Value<T> {
    /// What `f` makes of `inputs`, a tuple of references to values: known as soon as all of them are known, and unknown
    /// while any is unknown. One that is null makes the result null, whatever the others become; see
    /// [`Value::optional`] for functions that have an answer for null.
    ///
    /// `f` depends on nothing else, so the plan and the plan before apply come to the same.
    ///
    /// ```
    /// use landform_framework::Value;
    ///
    /// let (account, name) = (Value::from("123456789012"), Value::from("core"));
    /// let arn = Value::computed_from((&account, &name), |(account, name): (&String, &String)| {
    ///     format!("arn:aws:iam::{account}:role/{name}")
    /// });
    /// assert_eq!(arn, Value::from("arn:aws:iam::123456789012:role/core"));
    /// ```
    pub fn computed_from<I: Inputs>(inputs: I, f: impl FnOnce(I::Known) -> T) -> Value<T> {
        inputs.together().map(f)
    }

    /// Both values: null when either is null, else unknown when either is unknown.
    pub fn zip<U>(self, other: Value<U>) -> Value<(T, U)> {
        match (self, other) {
            (Value::Null, _) | (_, Value::Null) => Value::Null,
            (Value::Unknown, _) | (_, Value::Unknown) => Value::Unknown,
            (Value::Known(a), Value::Known(b)) => Value::Known((a, b)),
        }
    }

    /// What `f` makes of a known value, which may be null or unknown in turn; null and unknown stay what they are.
    pub fn and_then<U>(self, f: impl FnOnce(T) -> Value<U>) -> Value<U> {
        match self {
            Value::Null => Value::Null,
            Value::Unknown => Value::Unknown,
            Value::Known(value) => f(value),
        }
    }

    /// `other` when this is null. An unknown value stays unknown, because it may turn out not to be null.
    pub fn or(self, other: Value<T>) -> Value<T> {
        match self {
            Value::Null => other,
            set => set,
        }
    }

    /// Null as a value like others, for functions that have an answer for it: `region.as_ref().optional().zip(name)`.
    pub fn optional(self) -> Value<Option<T>> {
        match self {
            Value::Null => Value::Known(None),
            Value::Unknown => Value::Unknown,
            Value::Known(value) => Value::Known(Some(value)),
        }
    }

    /// All values as one: null when any is null, else unknown when any is unknown.
    pub fn all(values: impl IntoIterator<Item = Value<T>>) -> Value<Vec<T>> {
        values.into_iter().fold(Value::Known(Vec::new()), |all, value| {
            all.zip(value).map(|(mut all, value)| {
                all.push(value);
                all
            })
        })
    }

    /// Gives an unknown value one, such as what a plan can promise already; null and known values stay.
    pub fn settle(&mut self, value: impl Into<Value<T>>) {
        if self.is_unknown() {
            *self = value.into();
        }
    }
}

impl<T: Clone + PartialOrd> Value<T> {
    /// The value, or the bound that it is beyond. A null bound is none, and while a bound is unknown the result is
    /// unknown; a null or unknown value stays what it is. If `min` is above `max`, `max` counts.
    #[must_use]
    pub fn clamp(self, min: &Value<T>, max: &Value<T>) -> Value<T> {
        let Value::Known(value) = self else { return self };
        if min.is_unknown() || max.is_unknown() {
            return Value::Unknown;
        }
        let raised = match min {
            Value::Known(min) if value < *min => min.clone(),
            _ => value,
        };
        Value::Known(match max {
            Value::Known(max) if raised > *max => max.clone(),
            _ => raised,
        })
    }
}

/// References to values, as a tuple: `(&name, &region)`.
pub trait Inputs {
    /// References to what the values hold, when all are known.
    type Known;

    /// The values as one: null when any is null, else unknown when any is unknown.
    fn together(self) -> Value<Self::Known>;
}

macro_rules! inputs {
    ($($name:ident: $type:ident),+) => {
        impl<'a, $($type),+> Inputs for ($(&'a Value<$type>,)+) {
            type Known = ($(&'a $type,)+);

            fn together(self) -> Value<Self::Known> {
                let ($($name,)+) = self;
                if false $(|| $name.is_null())+ {
                    return Value::Null;
                }
                match ($($name.known(),)+) {
                    ($(Some($name),)+) => Value::Known(($($name,)+)),
                    _ => Value::Unknown,
                }
            }
        }
    };
}

inputs!(a: A);
inputs!(a: A, b: B);
inputs!(a: A, b: B, c: C);
inputs!(a: A, b: B, c: C, d: D);
inputs!(a: A, b: B, c: C, d: D, e: E);
inputs!(a: A, b: B, c: C, d: D, e: E, f: F);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn value() -> impl Strategy<Value = Value<i64>> {
        prop_oneof![Just(Value::Null), Just(Value::Unknown), (-9..9_i64).prop_map(Value::Known)]
    }

    /// Whether `later` is what `planned` may become when more is known.
    fn completes<T: PartialEq>(planned: &Value<T>, later: &Value<T>) -> bool {
        planned.is_unknown() || planned == later
    }

    proptest! {
        /// What a plan said stays true when the unknown values are known.
        #[test]
        fn what_is_known_stays_when_more_is_known(a in value(), b in value(), c in value(), later in value()) {
            let known = |value: Value<i64>| if value.is_unknown() { later } else { value };
            let sum = |a: Value<i64>, b: Value<i64>| Value::computed_from((&a, &b), |(a, b)| a + b);
            prop_assert!(completes(&sum(a, b), &sum(known(a), known(b))));
            prop_assert!(completes(&a.zip(b), &known(a).zip(known(b))));
            prop_assert!(completes(&a.or(b), &known(a).or(known(b))));
            prop_assert!(completes(&a.optional(), &known(a).optional()));
            prop_assert!(completes(&Value::all([a, b, c]), &Value::all([known(a), known(b), known(c)])));
            prop_assert!(completes(&a.clamp(&b, &c), &known(a).clamp(&known(b), &known(c))));
            let chosen = |a: Value<i64>, b: Value<i64>| a.and_then(|a| if a > 0 { b } else { Value::Null });
            prop_assert!(completes(&chosen(a, b), &chosen(known(a), known(b))));
        }

        #[test]
        fn a_clamped_value_is_within_its_bounds(value in -9..9_i64, min in -9..9_i64, max in -9..9_i64) {
            let Value::Known(held) = Value::from(value).clamp(&min.into(), &max.into()) else {
                panic!("known")
            };
            prop_assert!(held <= max);
            prop_assert!(held >= min || min > max);
            prop_assert!(held == value || held == min || held == max);
        }
    }

    #[test]
    fn null_makes_null_whatever_else_is_unknown() {
        assert_eq!(Value::<i64>::Null.zip(Value::<i64>::Unknown), Value::Null);
        assert_eq!(Value::all([Value::Unknown, Value::<i64>::Null]), Value::Null);
        assert_eq!(Value::computed_from((&Value::<i64>::Unknown, &Value::<i64>::Null), |_| 1), Value::Null);
        assert_eq!(Value::<i64>::Null.optional().zip(Value::from(1)), Value::Known((None, 1)));
    }

    #[test]
    fn a_missing_bound_is_none_and_an_unknown_one_leaves_the_value_open() {
        let five = || Value::from(5);
        assert_eq!(five().clamp(&Value::Null, &Value::Null), five());
        assert_eq!(five().clamp(&Value::from(7), &Value::Null), Value::from(7));
        assert_eq!(five().clamp(&Value::Null, &Value::from(3)), Value::from(3));
        assert_eq!(five().clamp(&Value::Unknown, &Value::from(9)), Value::Unknown);
        assert_eq!(Value::Null.clamp(&Value::from(1), &Value::from(2)), Value::Null);
    }

    #[test]
    fn only_what_is_unknown_is_settled() {
        let known = || Value::Known("a".to_owned());
        let (mut unknown, mut null, mut set) = (Value::Unknown, Value::Null, known());
        for value in [&mut unknown, &mut null, &mut set] {
            value.settle("ready");
        }
        assert_eq!((unknown, null, set), (Value::Known("ready".to_owned()), Value::Null, known()));
    }
}
