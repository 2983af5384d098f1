use std::collections::BTreeMap;

use tfplugin_proto::cty::Value;

use super::{bug, sets};
use crate::schema::{AttributeSchema, Nesting, ObjectSchema, Shape};
use crate::{Diagnostics, Path, show};

/// Whether `planned` is a valid plan of `type_name`: every value is the configured one, or the prior one, or computed
/// where the configuration leaves it out.
pub(crate) fn plan_valid(
    type_name: &str,
    schema: &ObjectSchema,
    prior: &Value,
    config: &Value,
    planned: &Value,
) -> Diagnostics {
    let mut check = Check { type_name, found: Diagnostics::new() };
    check.object(schema, &Three { prior, config, planned }, &Path::root());
    check.found
}

struct Check<'a> {
    type_name: &'a str,
    found: Diagnostics,
}

/// The three values of one place.
#[derive(Clone, Copy)]
struct Three<'a> {
    prior: &'a Value,
    config: &'a Value,
    planned: &'a Value,
}

impl Check<'_> {
    fn object(&mut self, schema: &ObjectSchema, values: &Three<'_>, path: &Path) {
        if !self.exists_alike(values, path) {
            return;
        }
        for (name, attribute) in &schema.attributes {
            self.attribute(attribute, &values.map(|value| field(value, name)), &path.attribute(name));
        }
    }

    fn attribute(&mut self, schema: &AttributeSchema, values: &Three<'_>, path: &Path) {
        let Three { prior, config, planned } = *values;
        if schema.write_only {
            if !planned.is_null() {
                self.wrong("the attribute is write-only, and the plan has a value for it.", path);
            }
            return;
        }
        if same(planned, config) || (same(planned, prior) && !prior.is_null() && !config.is_null()) {
            return;
        }
        // With ignore_changes a configuration may have a value even here.
        if schema.computed && !schema.optional {
            return;
        }
        if config.is_null() && schema.computed {
            return;
        }
        if let Shape::Nested(nesting, object) = &schema.shape {
            return self.nested(schema.is_secret(), *nesting, object, values, path);
        }
        let secret = schema.is_secret();
        let planned_text = show::value(planned, secret);
        if config.is_null() && !schema.computed {
            let what = format!(
                "the plan has {planned_text}, but the configuration has nothing and the attribute is not computed."
            );
            return self.wrong(&what, path);
        }
        let config_text = show::value(config, secret);
        let prior_text = match prior {
            Value::Null => String::new(),
            prior => format!(" and the state has {}", show::value(prior, secret)),
        };
        self.wrong(
            &format!("the plan has {planned_text}, but the configuration has {config_text}{prior_text}."),
            path,
        );
    }

    fn nested(
        &mut self,
        secret: bool,
        nesting: Nesting,
        schema: &ObjectSchema,
        values: &Three<'_>,
        path: &Path,
    ) {
        if !self.exists_alike(values, path) {
            return;
        }
        if values.planned.is_unknown() {
            return self.wrong("the plan has an unknown value, but the configuration has a known one.", path);
        }
        if values.config.is_unknown() {
            return self.wrong("the plan has a known value, but the configuration has an unknown one.", path);
        }
        match (nesting, values.config, values.planned) {
            (Nesting::Single, ..) => self.object(schema, values, path),
            (Nesting::List, Value::List(config), Value::List(planned)) => {
                if config.len() != planned.len() {
                    return self.wrong(&lengths(planned.len(), config.len()), path);
                }
                for index in 0..planned.len() {
                    let prior = at(values.prior, index);
                    let values = Three { prior, config: &config[index], planned: &planned[index] };
                    self.object(schema, &values, &path.index(index));
                }
            }
            (Nesting::Map, Value::Map(config), Value::Map(planned)) => {
                self.map(schema, values.prior, config, planned, path);
            }
            (Nesting::Set, Value::Set(config), Value::Set(planned)) => {
                let corresponds = |planned: &Value, config: &Value| {
                    let elements = match values.prior {
                        Value::Set(elements) => elements.as_slice(),
                        _ => &[],
                    };
                    elements
                        .iter()
                        .chain([&Value::Null])
                        .any(|prior| plan_valid(self.type_name, schema, prior, config, planned).is_empty())
                };
                if let Some(text) = sets::mismatch(planned, config, secret, corresponds) {
                    self.wrong(&format!("{text}."), path);
                }
            }
            _ => self.wrong("the plan has a value of another type than the configuration.", path),
        }
    }

    fn map(
        &mut self,
        schema: &ObjectSchema,
        prior: &Value,
        config: &BTreeMap<String, Value>,
        planned: &BTreeMap<String, Value>,
        path: &Path,
    ) {
        for (key, planned) in planned {
            match config.get(key) {
                Some(config) => {
                    let values = Three { prior: field(prior, key), config, planned };
                    self.object(schema, &values, &path.key(key));
                }
                None => {
                    self.wrong("the plan has this element, but the configuration does not.", &path.key(key));
                }
            }
        }
        for key in config.keys().filter(|key| !planned.contains_key(*key)) {
            self.wrong("the configuration has this element, but the plan does not.", &path.key(key));
        }
    }

    /// Whether there is something in both plan and configuration; reports when there is in one of them only.
    fn exists_alike(&mut self, values: &Three<'_>, path: &Path) -> bool {
        match (values.planned.is_null(), values.config.is_null()) {
            (true, false) => self.wrong("the plan has nothing, but the configuration has a value.", path),
            (false, true) => self.wrong("the plan has a value, but the configuration has nothing.", path),
            _ => {}
        }
        !values.planned.is_null() && !values.config.is_null()
    }

    fn wrong(&mut self, what: &str, path: &Path) {
        self.found.push(bug(format!("The plan of {} is not valid", self.type_name), what, path));
    }
}

impl<'a> Three<'a> {
    fn map(&self, f: impl Fn(&'a Value) -> &'a Value) -> Three<'a> {
        Three { prior: f(self.prior), config: f(self.config), planned: f(self.planned) }
    }
}

/// Whether both are equal but for promises about what is unknown.
fn same(a: &Value, b: &Value) -> bool {
    a == b || (!a.is_wholly_known() && unrefined(a) == unrefined(b))
}

fn unrefined(value: &Value) -> Value {
    let all = |elements: &[Value]| elements.iter().map(unrefined).collect();
    let each = |elements: &BTreeMap<String, Value>| {
        elements.iter().map(|(name, value)| (name.clone(), unrefined(value))).collect()
    };
    match value {
        Value::Unknown(_) => Value::unknown(),
        Value::List(elements) => Value::List(all(elements)),
        Value::Set(elements) => Value::Set(all(elements)),
        Value::Tuple(elements) => Value::Tuple(all(elements)),
        Value::Map(elements) => Value::Map(each(elements)),
        Value::Object(elements) => Value::Object(each(elements)),
        Value::Dynamic(ty, inner) => Value::Dynamic(ty.clone(), Box::new(unrefined(inner))),
        known => known.clone(),
    }
}

fn field<'a>(value: &'a Value, name: &str) -> &'a Value {
    match value {
        Value::Object(fields) | Value::Map(fields) => fields.get(name).unwrap_or(&Value::Null),
        _ => &Value::Null,
    }
}

fn at(value: &Value, index: usize) -> &Value {
    match value {
        Value::List(elements) => elements.get(index).unwrap_or(&Value::Null),
        _ => &Value::Null,
    }
}

fn lengths(planned: usize, config: usize) -> String {
    format!("the plan has {planned} elements, but the configuration has {config}.")
}
