//! Configurations as Terraform would send them, and what it makes of them.

use std::collections::BTreeMap;

use tfplugin_proto::cty::{Type, Value};
use tfplugin_proto::wire::schema::{Attribute, Block, object};

use crate::Chance;
use crate::catalog::{attribute_type, block_type};
use crate::values::{self, Form};

/// A configuration of the block: what is required is there, what is only computed is not.
pub fn config(chance: &mut Chance, block: &Block) -> Value {
    let mut attributes = attributes(chance, &block.attributes);
    for nested in &block.block_types {
        let ty = block_type(&Block { block_types: vec![nested.clone()], ..Block::default() });
        if let Type::Object(types) = ty {
            attributes.extend(types.iter().map(|(name, ty)| {
                let empty = match ty {
                    Type::List(_) => Value::List(Vec::new()),
                    Type::Set(_) => Value::Set(Vec::new()),
                    Type::Map(_) => Value::Map(BTreeMap::new()),
                    _ => Value::Null,
                };
                (name.clone(), empty)
            }));
        }
    }
    Value::Object(attributes)
}

fn attributes(chance: &mut Chance, attributes: &[Attribute]) -> BTreeMap<String, Value> {
    attributes.iter().map(|attribute| (attribute.name.clone(), one(chance, attribute))).collect()
}

fn one(chance: &mut Chance, attribute: &Attribute) -> Value {
    let settable = attribute.required || attribute.optional;
    if !settable || (attribute.optional && !chance.one_in(4)) {
        return Value::Null;
    }
    if chance.one_in(25) {
        return Value::unknown();
    }
    let Some(nested) = &attribute.nested_type else {
        return plain(chance, &attribute_type(attribute));
    };
    let mut element = || Value::Object(self::attributes(chance, &nested.attributes));
    match nested.nesting() {
        object::NestingMode::List => Value::List(vec![element(), element()]),
        object::NestingMode::Set => Value::Set(vec![element()]),
        object::NestingMode::Map => {
            Value::Map([("a".to_owned(), element()), ("b".to_owned(), element())].into())
        }
        object::NestingMode::Single | object::NestingMode::Invalid => element(),
    }
}

/// A value that a person would write.
fn plain(chance: &mut Chance, ty: &Type) -> Value {
    match ty {
        Type::String if chance.one_in(2) => Value::from(*chance.pick(&["a", "rose", "oak", "10.0.0.1"])),
        Type::Number if chance.one_in(2) => Value::from(i64::try_from(chance.below(16)).unwrap_or(0)),
        Type::List(element) => Value::List((0..chance.below(3)).map(|_| plain(chance, element)).collect()),
        Type::Set(element) => Value::Set((0..chance.below(3)).map(|_| plain(chance, element)).collect()),
        ty => values::value(chance, ty, Form::Msgpack),
    }
}

/// What Terraform proposes as the planned state: the configuration, and what was computed before.
pub fn proposed(block: &Block, config: &Value, prior: &Value) -> Value {
    let (Value::Object(config), Value::Object(prior)) = (config, prior) else { return config.clone() };
    let mut proposed = config.clone();
    for attribute in block.attributes.iter().filter(|attribute| attribute.computed) {
        if let (Some(value), Some(before)) = (proposed.get_mut(&attribute.name), prior.get(&attribute.name))
            && value.is_null()
        {
            *value = before.clone();
        }
    }
    Value::Object(proposed)
}
