//! Terraform's types, as they are written in variables: `map(list(string))`.
//! <https://developer.hashicorp.com/terraform/language/expressions/type-constraints>

use std::collections::BTreeMap;
use std::fmt;

use super::reference::Step;

/// The type of an input or an output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// `any`: nothing is known.
    Any,
    /// `bool`.
    Bool,
    /// `number`.
    Number,
    /// `string`.
    Text,
    /// `list(T)`.
    List(Box<Type>),
    /// `set(T)`.
    Set(Box<Type>),
    /// `map(T)`.
    Map(Box<Type>),
    /// `tuple([T, …])`.
    Tuple(Vec<Type>),
    /// `object({ name = T, … })`.
    Object(BTreeMap<String, Attribute>),
}

/// An attribute of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// Its type.
    pub ty: Type,
    /// Whether it may be left out: `optional(T)`.
    pub is_optional: bool,
}

impl Type {
    /// Whether a value of the type `other` can be given where this type is asked for, as Terraform converts it.
    ///
    /// Terraform also turns texts into numbers where the text happens to be one; that is not counted on here.
    pub fn accepts(&self, other: &Type) -> bool {
        match (self, other) {
            (Type::Any, _)
            | (_, Type::Any)
            | (Type::Text, Type::Text | Type::Number | Type::Bool)
            | (Type::Bool, Type::Bool)
            | (Type::Number, Type::Number) => true,
            (Type::List(of) | Type::Set(of), Type::List(found) | Type::Set(found))
            | (Type::Map(of), Type::Map(found)) => of.accepts(found),
            (Type::List(of) | Type::Set(of), Type::Tuple(found)) => found.iter().all(|it| of.accepts(it)),
            (Type::Map(of), Type::Object(found)) => found.values().all(|it| of.accepts(&it.ty)),
            (Type::Tuple(of), Type::Tuple(found)) => {
                of.len() == found.len() && of.iter().zip(found).all(|(one, other)| one.accepts(other))
            }
            (Type::Object(of), Type::Object(found)) => of.iter().all(|(name, asked)| match found.get(name) {
                Some(given) => asked.ty.accepts(&given.ty) && (asked.is_optional || !given.is_optional),
                None => asked.is_optional,
            }),
            _ => false,
        }
    }

    /// The type of what one step leads to; none when there is nothing.
    pub fn step(&self, step: &Step) -> Option<&Type> {
        match (self, step) {
            (Type::Any, _) => Some(self),
            (Type::Map(of), Step::Key(_)) | (Type::List(of), Step::Index(_)) => Some(of),
            (Type::Tuple(of), Step::Index(index)) => of.get(usize::try_from(*index).ok()?),
            (Type::Object(attributes), Step::Key(name)) => attributes.get(name).map(|it| &it.ty),
            _ => None,
        }
    }
}

/// As Terraform spells it.
impl fmt::Display for Type {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Type::Any => formatter.write_str("any"),
            Type::Bool => formatter.write_str("bool"),
            Type::Number => formatter.write_str("number"),
            Type::Text => formatter.write_str("string"),
            Type::List(of) => write!(formatter, "list({of})"),
            Type::Set(of) => write!(formatter, "set({of})"),
            Type::Map(of) => write!(formatter, "map({of})"),
            Type::Tuple(of) => {
                let of: Vec<String> = of.iter().map(ToString::to_string).collect();
                write!(formatter, "tuple([{}])", of.join(", "))
            }
            Type::Object(attributes) if attributes.is_empty() => formatter.write_str("object({})"),
            Type::Object(attributes) => {
                let attribute = |(name, it): (&String, &Attribute)| match it.is_optional {
                    true => format!("{name} = optional({})", it.ty),
                    false => format!("{name} = {}", it.ty),
                };
                let attributes: Vec<String> = attributes.iter().map(attribute).collect();
                write!(formatter, "object({{ {} }})", attributes.join(", "))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ty(text: &str) -> Type {
        text.parse().unwrap()
    }

    #[test]
    fn what_terraform_converts_is_accepted() {
        for (asked, given, expected) in [
            ("string", "string", true),
            ("string", "number", true),
            ("number", "string", false),
            ("bool", "string", false),
            ("any", "list(string)", true),
            ("list(string)", "set(string)", true),
            ("set(string)", "list(string)", true),
            ("list(string)", "string", false),
            ("list(string)", "tuple([string, number])", true),
            ("list(number)", "tuple([string])", false),
            ("map(string)", "object({ a = string })", true),
            ("map(number)", "object({ a = string })", false),
            ("object({ a = string })", "object({ a = string, b = bool })", true),
            ("object({ a = string })", "object({ b = bool })", false),
            ("object({ a = optional(string) })", "object({})", true),
            ("object({ a = string })", "object({ a = optional(string) })", false),
            ("object({ a = string })", "map(string)", false),
        ] {
            assert_eq!(ty(asked).accepts(&ty(given)), expected, "{asked} of {given}");
        }
    }

    #[test]
    fn a_step_leads_into_a_type() {
        let key = |name: &str| Step::Key(name.to_owned());
        let subnets = ty("map(list(string))");
        assert_eq!(subnets.step(&key("private")).and_then(|it| it.step(&Step::Index(0))), Some(&Type::Text));
        assert_eq!(subnets.step(&Step::Index(0)), None);
        assert_eq!(ty("object({ a = bool })").step(&key("b")), None);
        assert_eq!(ty("tuple([bool])").step(&Step::Index(1)), None);
        assert_eq!(ty("set(string)").step(&Step::Index(0)), None, "a set has no order");
    }
}
