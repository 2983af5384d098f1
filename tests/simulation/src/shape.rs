//! How objects are set up, comparable between two worlds: ids are replaced by what they are the ids of.

use crate::subject::{Object, Subject};
use landform_model::ownership::Owner;
use std::collections::BTreeMap;

/// Our objects as text: the same for two worlds that differ only in ids, in the order of things and in what others added.
pub(crate) fn shape(owner: &Owner, objects: &[Object]) -> Vec<String> {
    let ours = || objects.iter().filter_map(|object| Some((object, object.part(owner)?)));
    let names: BTreeMap<&str, String> =
        ours().map(|(object, (_, child))| (object.id.as_str(), format!("<{child}>"))).collect();
    let mut lines = Vec::new();
    for (object, (kind, child)) in ours() {
        lines.push(format!("{kind} {child}"));
        lines
            .extend(object.shape.iter().map(|line| format!("{kind} {child}: {}", without_ids(line, &names))));
    }
    lines.sort();
    lines
}

fn without_ids(line: &str, names: &BTreeMap<&str, String>) -> String {
    let mut text = String::new();
    let mut word = String::new();
    for character in line.chars().chain(['\n']) {
        if character.is_ascii_alphanumeric() || character == '-' {
            word.push(character);
            continue;
        }
        text.push_str(names.get(word.as_str()).map_or(&word, |name| name));
        word.clear();
        text.push(character);
    }
    text.truncate(text.len() - 1);
    text
}

/// How the objects of a subject are set up, for [`Evidence::model`](crate::Evidence::model).
pub fn model_of(subject: &dyn Subject, objects: &[Object]) -> Vec<String> {
    shape(&subject.owner(), objects)
}

/// The lines that only one of two shapes has.
pub(crate) fn difference(is: &[String], must_be: &[String]) -> Vec<String> {
    let surplus = is.iter().filter(|line| !must_be.contains(line)).map(|line| format!("+ {line}"));
    let missing = must_be.iter().filter(|line| !is.contains(line)).map(|line| format!("- {line}"));
    let mut all: Vec<String> = surplus.chain(missing).collect();
    if all.is_empty() && is != must_be {
        all.push("the same lines, some of them more than once".to_owned());
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use landform_model::ownership::ChildKey;

    #[test]
    fn ids_of_ours_are_replaced_by_what_they_are() {
        let owner = Owner {
            stack: "test".parse().unwrap(),
            kind: landform_model::ownership::ResourceKind::VPC,
            name: "main".parse().unwrap(),
        };
        let object = |id: &str, child: &str, shape: &str| Object {
            kind: "thing",
            id: id.into(),
            tags: owner.tags(&child.parse::<ChildKey>().unwrap()),
            text: String::new(),
            shape: vec![shape.into()],
        };
        let world = |a: &str, b: &str| {
            [object(a, "one", &format!("leads to {b}, not to {a}0")), object(b, "two", "")]
        };
        let lines = shape(&owner, &world("x-1", "x-2"));
        assert_eq!(lines[1], "thing one: leads to <two>, not to x-10");
        assert_eq!(shape(&owner, &world("x-1", "x-2"))[0], shape(&owner, &world("x-3", "x-4"))[0]);
        assert_eq!(difference(&lines[..1], &lines[1..2]).len(), 2);
    }
}
