//! What a derived model writes, it reads; on the wire and in state.

use std::collections::{BTreeMap, BTreeSet};

use proptest::collection::{btree_map, btree_set, vec};
use proptest::prelude::*;

use super::toy::{Contact, Network, Rule, Subnet};
use crate::{Attribute, Model, Path, Text, Value, cty};

/// Text in the normal form that Terraform keeps all text in; other text comes back in another spelling.
const TEXT: &str = "[ -~\u{e4}\u{f6}\u{df}\u{20ac}\u{65e5}\u{1f600}]{0,8}";

/// Null, unknown or known.
fn value<T: Clone + std::fmt::Debug>(known: impl Strategy<Value = T>) -> impl Strategy<Value = Value<T>> {
    prop_oneof![1 => Just(Value::Null), 1 => Just(Value::Unknown), 4 => known.prop_map(Value::Known)]
}

fn text() -> impl Strategy<Value = Value<String>> {
    value(TEXT)
}

fn subnets() -> impl Strategy<Value = BTreeMap<String, Subnet>> {
    let subnet =
        (text(), value(any::<bool>()), text()).prop_map(|(cidr, public, id)| Subnet { cidr, public, id });
    btree_map("[a-z]{1,3}", subnet, 0..3)
}

fn rules() -> impl Strategy<Value = BTreeSet<Rule>> {
    let rule = (value(any::<i64>()), text()).prop_map(|(port, action)| Rule { port, action });
    btree_set(rule, 0..3)
}

fn network() -> impl Strategy<Value = Network> {
    let contact = (TEXT, text()).prop_map(|(mail, phone)| Contact { mail, phone });
    let scalars =
        (text(), value(any::<i64>()), value(any::<u128>().prop_map(|bits| Text(bits.into()))), text());
    (scalars, value(vec(TEXT, 0..3)), value(subnets()), value(rules()), value(contact)).prop_map(
        |((name, size, router, id), labels, subnets, rules, contact)| Network {
            name,
            size,
            router,
            id,
            labels,
            subnets,
            rules,
            contact,
            ..Network::default()
        },
    )
}

proptest! {
    #[test]
    fn a_model_survives_the_wire(network in network()) {
        let ty = Network::schema().cty_type();
        let bytes = cty::encode_msgpack(&network.encode(), &ty).unwrap();
        let decoded = Network::decode(&cty::decode_msgpack(&bytes, &ty).unwrap(), &Path::root()).unwrap();
        prop_assert_eq!(decoded, network);
    }

    #[test]
    fn the_schema_fits_what_is_written(network in network()) {
        let cty::Value::Object(written) = network.encode() else { panic!("an object") };
        let schema = Network::schema();
        prop_assert!(written.keys().eq(schema.attributes.keys()));
    }
}

#[test]
fn an_error_deep_inside_names_its_place() {
    let subnet = cty::Value::object([("cidr", cty::Value::Bool(true))]);
    let subnets = cty::Value::Map([("a".to_owned(), subnet)].into());
    let network = cty::Value::object([("subnets", subnets)]);
    let diagnostic = Network::decode(&network, &Path::root()).unwrap_err();
    assert_eq!(diagnostic.path.unwrap().to_string(), r#"subnets["a"].cidr"#);
}

#[test]
fn a_plain_field_that_is_unknown_makes_its_object_unknown() {
    let contact = cty::Value::object([("mail", cty::Value::unknown())]);
    let network = Network::decode(&cty::Value::object([("contact", contact)]), &Path::root()).unwrap();
    assert_eq!(network.contact, Value::Unknown);
}

#[test]
fn a_doc_comment_is_the_description() {
    let schema = Network::schema();
    assert_eq!(schema.description, "A network with subnets.\n\nIt exists in memory alone.");
    assert_eq!(
        schema.attributes["status"].description,
        "`ready`, or `incomplete` after a create that failed."
    );
}
