use tfplugin_proto::cty;

use super::ObjectSchema;

/// The form of a value: a plain type, or an object whose attributes have schemas of their own.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A value of this type.
    Type(cty::Type),
    /// One or many objects; a [nested attribute](https://developer.hashicorp.com/terraform/plugin/framework/handling-data/attributes#nested-attribute-types).
    Nested(Nesting, ObjectSchema),
    /// Objects in collections of collections, such as a map of maps of objects. For Terraform a value of this type;
    /// the schema of its objects is for the documentation.
    Deep(cty::Type, ObjectSchema),
}

/// How many objects a nested attribute holds, and how they are found in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nesting {
    /// One object.
    Single,
    /// Objects in order.
    List,
    /// Distinct objects without order.
    Set,
    /// Objects by key.
    Map,
}

impl Shape {
    /// The type of the value.
    pub fn cty_type(&self) -> cty::Type {
        match self {
            Shape::Type(ty) | Shape::Deep(ty, _) => ty.clone(),
            Shape::Nested(nesting, object) => nesting.around(object.cty_type()),
        }
    }

    /// A list, set or map of this. The first level around an object stays a nested attribute with documented fields;
    /// the protocol has no nested attribute of two levels, so deeper ones are plain types to it.
    pub fn nest(self, nesting: Nesting) -> Shape {
        match self {
            Shape::Type(ty) => Shape::Type(nesting.around(ty)),
            Shape::Nested(Nesting::Single, object) => Shape::Nested(nesting, object),
            Shape::Nested(inner, object) => {
                Shape::Deep(nesting.around(inner.around(object.cty_type())), object)
            }
            Shape::Deep(ty, object) => Shape::Deep(nesting.around(ty), object),
        }
    }
}

impl Nesting {
    fn around(self, element: cty::Type) -> cty::Type {
        match self {
            Nesting::Single => element,
            Nesting::List => cty::Type::list(element),
            Nesting::Set => cty::Type::set(element),
            Nesting::Map => cty::Type::map(element),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_level_of_objects_is_nested_and_two_are_a_plain_type() {
        let object = Shape::Nested(Nesting::Single, ObjectSchema::new("subnet"));
        let map = object.nest(Nesting::Map);
        assert!(matches!(&map, Shape::Nested(Nesting::Map, _)));
        let deep = map.nest(Nesting::Map);
        assert!(matches!(&deep, Shape::Deep(_, object) if object.description == "subnet"));
        assert_eq!(deep.cty_type().to_string(), "map(map(object({})))");
        assert_eq!(deep.nest(Nesting::List).cty_type().to_string(), "list(map(map(object({}))))");
    }
}
