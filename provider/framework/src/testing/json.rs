use serde_json::{Map, Value as Json};
use tfplugin_proto::cty::{self, Type, Value};

/// Stands for an unknown value in JSON.
pub const UNKNOWN: &str = "(known after apply)";

/// The value of type `ty` that `json` stands for. Attributes that are left out are null.
///
/// # Panics
/// The JSON does not fit the type: a mistake in the test.
pub fn from_json(json: &Json, ty: &Type) -> Value {
    match (json, ty) {
        (Json::Null, _) => Value::Null,
        (Json::String(text), _) if text == UNKNOWN => Value::unknown(),
        (Json::Object(fields), Type::Object(types)) => {
            if let Some(name) = fields.keys().find(|name| !types.contains_key(*name)) {
                panic!("there is no attribute {name:?} in {ty}");
            }
            let field = |name: &String, ty| fields.get(name).map_or(Value::Null, |json| from_json(json, ty));
            Value::Object(types.iter().map(|(name, ty)| (name.clone(), field(name, ty))).collect())
        }
        (Json::Object(fields), Type::Map(ty)) => {
            Value::Map(fields.iter().map(|(key, json)| (key.clone(), from_json(json, ty))).collect())
        }
        (Json::Array(elements), Type::List(ty)) => {
            Value::List(elements.iter().map(|json| from_json(json, ty)).collect())
        }
        (Json::Array(elements), Type::Set(ty)) => {
            Value::Set(elements.iter().map(|json| from_json(json, ty)).collect())
        }
        _ => match cty::decode_json(json.to_string().as_bytes(), ty) {
            Ok(value) => value,
            Err(error) => panic!("{json} is not a {ty}: {error}"),
        },
    }
}

/// The JSON that stands for a value.
pub fn to_json(value: &Value) -> Json {
    let array = |elements: &[Value]| Json::Array(elements.iter().map(to_json).collect());
    match value {
        Value::Null => Json::Null,
        Value::Unknown(_) => Json::from(UNKNOWN),
        Value::Bool(value) => Json::from(*value),
        Value::Number(number) => number.as_i64().map_or_else(|| Json::from(number.as_f64()), Json::from),
        Value::String(value) => Json::from(value.as_str()),
        Value::List(elements) | Value::Set(elements) | Value::Tuple(elements) => array(elements),
        Value::Map(fields) | Value::Object(fields) => Json::Object(
            fields.iter().map(|(name, value)| (name.clone(), to_json(value))).collect::<Map<_, _>>(),
        ),
        // As Terraform's state has it, so that it is read back as what it was.
        Value::Dynamic(_, _) => match cty::encode_json(value, &Type::Dynamic) {
            Ok(bytes) => serde_json::from_slice(&bytes).unwrap_or_default(),
            Err(error) => panic!("{value:?} cannot be written: {error}"),
        },
    }
}
