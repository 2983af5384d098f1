//! The picture of an estate: everything is in it, nothing lies on something else, and what comes first is on the left.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::BTreeMap;

use landform_generator::check::ledger::Ledger;
use landform_generator::generate;
use landform_generator::spec::Estate;
use landform_generator::tree::Layout;
use roxmltree::{Document, Node};

#[path = "../examples/reference/main.rs"]
#[allow(dead_code, reason = "the example's main")]
mod reference;
#[path = "../examples/small.rs"]
#[allow(dead_code, reason = "the example's main")]
mod small;

fn drawn(mut estate: Estate) -> String {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/estates");
    estate.module_files = landform_generator::write::read_modules(beside.as_ref(), &estate).unwrap();
    let tree = generate(&estate, Layout::Terragrunt, &Ledger::default()).unwrap();
    String::from_utf8(tree.files[&"docs/estate.svg".to_owned().try_into().unwrap()].clone()).unwrap()
}

fn elements<'a>(picture: &'a Document<'a>, name: &'static str) -> impl Iterator<Item = Node<'a, 'a>> {
    picture.descendants().filter(move |node| node.has_tag_name(name))
}

fn number(node: Node<'_, '_>, name: &str) -> usize {
    node.attribute(name).unwrap_or("0").parse().unwrap()
}

/// Left, top, right and bottom of the boxes of this class.
fn boxes(picture: &Document<'_>, class: &str) -> Vec<[usize; 4]> {
    let of_class = elements(picture, "rect").filter(|node| node.attribute("class") == Some(class));
    let corners = |node: Node<'_, '_>| {
        let [left, top, width, height] = ["x", "y", "width", "height"].map(|name| number(node, name));
        [left, top, left + width, top + height]
    };
    of_class.map(corners).collect()
}

/// The left end of each text.
fn words<'a>(picture: &'a Document<'a>) -> BTreeMap<&'a str, usize> {
    elements(picture, "text").filter_map(|node| Some((node.text()?, number(node, "x")))).collect()
}

fn is_tidy(text: &str) {
    let picture = Document::parse(text).unwrap();
    let frame = picture.root_element();
    let frame = [0, 0, number(frame, "width"), number(frame, "height")];
    let is_in = |inner: &[usize; 4], outer: &[usize; 4]| {
        inner[0] >= outer[0] && inner[1] >= outer[1] && inner[2] <= outer[2] && inner[3] <= outer[3]
    };
    let (accounts, units) = (boxes(&picture, "account"), boxes(&picture, "unit"));
    for account in &accounts {
        assert!(is_in(account, &frame), "{account:?} in {frame:?}");
    }
    for unit in &units {
        assert!(accounts.iter().any(|account| is_in(unit, account)), "{unit:?} in {accounts:?}");
    }
    for boxes in [accounts, units] {
        for (index, one) in boxes.iter().enumerate() {
            for other in &boxes[index + 1..] {
                let is_apart =
                    one[2] <= other[0] || other[2] <= one[0] || one[3] <= other[1] || other[3] <= one[1];
                assert!(is_apart, "{one:?} on {other:?}");
            }
        }
    }
}

#[test]
fn each_unit_and_each_order_is_in_it() {
    let text = drawn(small::estate().unwrap());
    let picture = Document::parse(&text).unwrap();
    let words = words(&picture);
    for expected in ["network", "432109876543", "eu-west-1 · prod", "main", "network 10.16.0.0/16"] {
        assert!(words.contains_key(expected), "{expected} is not in {words:?}");
    }
    assert_eq!((boxes(&picture, "unit").len(), elements(&picture, "path").count()), (4, 2));
    assert!(words["network"] < words["prod"]);
    is_tidy(&text);
}

#[test]
fn accounts_are_from_left_to_right_in_their_order() {
    let text = drawn(reference::estate().unwrap());
    is_tidy(&text);
    let picture = Document::parse(&text).unwrap();
    let words = words(&picture);
    // Texts that are the name of an account and of a unit have the place of one of the two.
    assert!(words["109876543210"] < words["210987654321"] && words["210987654321"] < words["432109876543"]);
    // Networks after hubs, databases after networks, the parts of the organization, baselines after accounts, roles.
    assert_eq!(elements(&picture, "path").count(), 7 + 5 + (1 + 8 + 4) + 8 + 4);
}

/// No order of the accounts is that of their units.
#[test]
fn accounts_that_wait_for_each_other_are_drawn() {
    let mut estate = small::estate().unwrap();
    estate.networks[0].after = vec!["dev/us-east-1/dev/main".parse().unwrap()];
    let back = estate.networks[1].clone();
    let far = landform_generator::spec::Network {
        name: "far".parse().unwrap(),
        cidr: "10.64.0.0/16".parse().unwrap(),
        after: vec!["network/us-east-1/prod/hub".parse().unwrap()],
        ..back
    };
    let text = drawn(estate.network(far));
    is_tidy(&text);
    let picture = Document::parse(&text).unwrap();
    assert_eq!((boxes(&picture, "account").len(), elements(&picture, "path").count()), (3, 4));
}

#[test]
fn a_long_name_ends_with_its_box() {
    let mut estate = small::estate().unwrap();
    estate.networks[1].name = "n".repeat(60).parse().unwrap();
    let text = drawn(estate);
    assert!(text.contains(&format!(">{}…<", "n".repeat(33))), "{text}");
}
