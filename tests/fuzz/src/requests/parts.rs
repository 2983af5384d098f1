use std::collections::BTreeMap;

use tfplugin_proto::cty::{Type, Value, encode_json, encode_msgpack};
use tfplugin_proto::wire::schema::Block;
use tfplugin_proto::wire::{ClientCapabilities, DynamicValue, RawState, ResourceIdentityData};

use super::Maker;
use crate::catalog::block_type;
use crate::values::{self, Form};
use crate::{configuration, damage};

/// What requests are made of.
impl Maker<'_> {
    /// One of these names, or one that nobody serves.
    pub(super) fn name<T>(&mut self, of: &BTreeMap<String, T>) -> String {
        let names: Vec<&String> = of.keys().collect();
        if names.is_empty() || (self.wild && self.chance.one_in(12)) {
            return match self.chance.below(4) {
                0 => "garden_weed".to_owned(),
                1 => "x".repeat(100_000),
                _ => self.chance.text(),
            };
        }
        (*self.chance.pick(&names)).clone()
    }

    pub(super) fn config(&mut self, block: Option<&Block>) -> Option<DynamicValue> {
        let block = block.cloned().unwrap_or_default();
        let config = configuration::config(self.chance, &block);
        self.dynamic(&block_type(&block), &config)
    }

    pub(super) fn any(&mut self, ty: &Type) -> Option<DynamicValue> {
        let value = values::value(self.chance, ty, Form::Msgpack);
        self.dynamic(ty, &value)
    }

    pub(super) fn known_state(&mut self) -> Value {
        if self.memory.states.is_empty() {
            Value::Null
        } else {
            self.chance.pick(&self.memory.states).clone()
        }
    }

    pub(super) fn state(&mut self, type_name: &str) -> Option<DynamicValue> {
        let ty = self.catalog.resources.get(type_name).map_or(Type::Dynamic, block_type);
        let state = self.known_state();
        self.dynamic(&ty, &state)
    }

    pub(super) fn raw(&mut self, type_name: &str, state: &Value) -> Option<RawState> {
        let ty = self.catalog.resources.get(type_name).map_or(Type::Dynamic, block_type);
        let json = encode_json(state, &ty).unwrap_or_else(|_| b"{\"input\":\"a\"}".to_vec());
        self.damaged_json(json)
    }

    pub(super) fn raw_identity(&mut self, type_name: &str) -> Option<RawState> {
        let ty = self.catalog.identities.get(type_name).cloned().unwrap_or(Type::Dynamic);
        let value = values::value(self.chance, &ty, Form::Json);
        let json = encode_json(&value, &ty).unwrap_or_default();
        self.damaged_json(json)
    }

    pub(super) fn damaged_json(&mut self, mut json: Vec<u8>) -> Option<RawState> {
        if self.wild {
            match self.chance.below(12) {
                0 => return None,
                1 => json.clear(),
                2 => json = damage::deep(self.chance),
                3..=6 => damage::json(self.chance, &mut json),
                _ => {}
            }
        }
        let flatmap = if self.wild && self.chance.one_in(8) {
            [(self.chance.text(), self.chance.text())].into()
        } else {
            BTreeMap::new()
        };
        Some(RawState { json, flatmap })
    }

    pub(super) fn private(&mut self) -> Vec<u8> {
        if self.memory.privates.is_empty() || (self.wild && self.chance.one_in(6)) {
            return if self.wild { self.chance.bytes(30) } else { Vec::new() };
        }
        let mut private = self.chance.pick(&self.memory.privates).clone();
        if self.wild && self.chance.one_in(3) {
            damage::json(self.chance, &mut private);
        }
        private
    }

    pub(super) fn identity(&mut self) -> Option<ResourceIdentityData> {
        let known = self.memory.identities.len();
        if !self.wild || self.chance.one_in(2) {
            return (known > 0).then(|| self.chance.pick(&self.memory.identities).clone());
        }
        let types: Vec<&Type> = self.catalog.identities.values().collect();
        let ty = if types.is_empty() { Type::Dynamic } else { (*self.chance.pick(&types)).clone() };
        Some(ResourceIdentityData { identity_data: self.any(&ty) })
    }

    pub(super) fn meta(&mut self) -> Option<DynamicValue> {
        if self.wild && self.chance.one_in(10) { self.any(&Type::Dynamic) } else { None }
    }

    pub(super) fn capabilities(&mut self) -> Option<ClientCapabilities> {
        (!self.chance.one_in(10)).then(|| ClientCapabilities {
            deferral_allowed: self.chance.one_in(3),
            write_only_attributes_allowed: !self.chance.one_in(10),
        })
    }

    /// The value in one of its forms; of a wild request often one that does not fit.
    pub(super) fn dynamic(&mut self, ty: &Type, value: &Value) -> Option<DynamicValue> {
        let mut msgpack = encode_msgpack(value, ty).unwrap_or_default();
        if !self.wild {
            return Some(DynamicValue { msgpack, json: Vec::new() });
        }
        let mut json = encode_json(value, ty).unwrap_or_default();
        match self.chance.below(24) {
            0 => return None,
            1 => return Some(DynamicValue::default()),
            2 => damage::json(self.chance, &mut json),
            3..=6 => damage::bytes(self.chance, &mut msgpack),
            7 => msgpack = damage::deep(self.chance),
            8 => {
                // Of another type.
                let (ty, value) = values::object(self.chance, Form::Msgpack);
                msgpack = encode_msgpack(&value, &ty).unwrap_or_default();
            }
            9 | 10 => (msgpack, json) = self.other_attributes(ty, value),
            11 => {
                let value = values::value(self.chance, ty, Form::Msgpack);
                msgpack = encode_msgpack(&value, ty).unwrap_or_default();
            }
            _ => {}
        }
        let (msgpack, json) = match self.chance.below(4) {
            0 => (Vec::new(), json),
            1 => (msgpack, json),
            _ => (msgpack, Vec::new()),
        };
        Some(DynamicValue { msgpack, json })
    }

    /// The object with an attribute too many, too few, of another type, or with a huge text.
    pub(super) fn other_attributes(&mut self, ty: &Type, value: &Value) -> (Vec<u8>, Vec<u8>) {
        let (mut types, mut values) = match (ty, value) {
            (Type::Object(types), Value::Object(values)) => (types.clone(), values.clone()),
            _ => (BTreeMap::new(), BTreeMap::new()),
        };
        let names: Vec<String> = types.keys().cloned().collect();
        let name = if names.is_empty() { self.chance.text() } else { self.chance.pick(&names).clone() };
        let (changed, value) = match self.chance.below(4) {
            0 => {
                types.remove(&name);
                values.remove(&name);
                (format!("{name}s"), Value::Null)
            }
            1 => (self.chance.text(), Value::from("more")),
            2 => (name, Value::from("x".repeat(1 << self.chance.below(18)))),
            _ => (name, Value::Number(values::number(self.chance, Form::Json))),
        };
        let ty = if matches!(value, Value::Number(_)) { Type::Number } else { Type::String };
        types.insert(changed.clone(), ty);
        values.insert(changed, value);
        let (ty, value) = (Type::Object(types), Value::Object(values));
        (encode_msgpack(&value, &ty).unwrap_or_default(), encode_json(&value, &ty).unwrap_or_default())
    }
}
