use super::Number;
use super::nfc::{into_nfc, same_text};

/// What is promised about a value before it is known. A promise binds: Terraform refuses a later value outside it.
///
/// The default promises nothing.
#[derive(Debug, Clone, Default)]
pub struct Refinement {
    /// The value will not be null.
    pub not_null: bool,
    /// The text will start with this; only for strings.
    pub prefix: Option<String>,
    /// Limits of a number or of a collection's length; boxed because they are rare and values are many.
    pub bounds: Option<Box<Bounds>>,
}

/// Limits of an unknown value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bounds {
    /// The number is above this; only for numbers.
    pub lower: Option<Bound>,
    /// The number is below this; only for numbers.
    pub upper: Option<Bound>,
    /// At least this many elements; only for lists, sets and maps.
    pub length_min: Option<u64>,
    /// At most this many elements; only for lists, sets and maps.
    pub length_max: Option<u64>,
}

/// One end of a range of numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound {
    /// Where the range ends.
    pub value: Number,
    /// Whether `value` itself is in the range.
    pub inclusive: bool,
}

impl Refinement {
    /// Promises a value that is not null.
    pub fn not_null() -> Refinement {
        Refinement { not_null: true, ..Refinement::default() }
    }

    /// Promises text that is not null and starts with `prefix`, such as `vpc-`.
    pub fn prefix(prefix: impl Into<String>) -> Refinement {
        Refinement { not_null: true, prefix: Some(into_nfc(prefix.into())), bounds: None }
    }

    /// Promises a number that is not null and lies between these bounds.
    pub fn between(lower: Option<Bound>, upper: Option<Bound>) -> Refinement {
        let bounds = Bounds { lower, upper, ..Bounds::default() };
        Refinement { not_null: true, prefix: None, bounds: Some(Box::new(bounds)) }
    }

    /// Promises a collection that is not null and has between `min` and `max` elements.
    pub fn length(min: Option<u64>, max: Option<u64>) -> Refinement {
        let bounds = Bounds { length_min: min, length_max: max, ..Bounds::default() };
        Refinement { not_null: true, prefix: None, bounds: Some(Box::new(bounds)) }
    }
}

impl PartialEq for Refinement {
    fn eq(&self, other: &Refinement) -> bool {
        let same_prefix = match (&self.prefix, &other.prefix) {
            (Some(a), Some(b)) => same_text(a, b),
            (a, b) => a == b,
        };
        self.not_null == other.not_null && same_prefix && self.bounds == other.bounds
    }
}

impl Eq for Refinement {}
