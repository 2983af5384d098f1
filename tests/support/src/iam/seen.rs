//! What the emulator knows of the objects that one call names. It is asked once per call, around the proxy.

use std::collections::BTreeMap;

use landform_sandbox::aws::Client;
use roxmltree::{Document, Node};

use super::checked::kind;
use crate::fault_proxy::Call;

/// How to find what an association is between: the beginning of its id, the action that lists the objects.
const ASSOCIATIONS: [(&str, &str); 3] = [
    ("aclassoc-", "DescribeNetworkAcls"),
    ("rtbassoc-", "DescribeRouteTables"),
    ("vpc-cidr-assoc-", "DescribeVpcs"),
];

#[derive(Debug, Default)]
pub(super) struct Seen {
    tags: BTreeMap<String, BTreeMap<String, String>>,
    associations: BTreeMap<String, Vec<String>>,
}

impl Seen {
    /// # Errors
    /// The emulator cannot be asked.
    pub(super) fn of(call: &Call, emulator: &Client, account: &str) -> Result<Seen, String> {
        let mut seen = Seen::default();
        if !call.mutating {
            return Ok(seen);
        }
        let ask = |action: &str, parameters: &[(&str, &str)]| {
            emulator
                .query("ec2", &call.region, account, action, parameters)
                .map_err(|error| format!("{}: {error}", call.action))
        };
        let mut ids: Vec<String> = call.values().filter(|value| kind(value).is_some()).collect();
        if let Some(id) = call.parameter("AssociationId")
            && let Some((_, action)) = ASSOCIATIONS.iter().find(|(prefix, _)| id.starts_with(prefix))
        {
            let between = between(&ask(action, &[])?, &id)?;
            ids.extend(between.iter().cloned());
            seen.associations.insert(id, between);
        }
        if !ids.is_empty() {
            let names: Vec<String> =
                (1..=ids.len()).map(|number| format!("Filter.1.Value.{number}")).collect();
            let mut parameters = vec![("Filter.1.Name", "resource-id")];
            parameters.extend(names.iter().map(String::as_str).zip(ids.iter().map(String::as_str)));
            seen.tags = tags(&ask("DescribeTags", &parameters)?)?;
        }
        Ok(seen)
    }

    /// The tags of the object with this id.
    pub(super) fn tags(&self, id: &str) -> impl Iterator<Item = (&String, &String)> {
        self.tags.get(id).into_iter().flatten()
    }

    /// The ids of what this association is between.
    pub(super) fn associated(&self, association: &str) -> Vec<String> {
        self.associations.get(association).cloned().unwrap_or_default()
    }
}

fn parsed(xml: &str) -> Result<Document<'_>, String> {
    Document::parse(xml).map_err(|error| error.to_string())
}

/// The tags in an answer to `DescribeTags`, by object.
fn tags(xml: &str) -> Result<BTreeMap<String, BTreeMap<String, String>>, String> {
    let mut tags: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for item in parsed(xml)?.descendants().filter(|node| node.tag_name().name() == "item") {
        let text = |wanted: &str| child(item, wanted).unwrap_or_default().to_owned();
        tags.entry(text("resourceId")).or_default().insert(text("key"), text("value"));
    }
    Ok(tags)
}

/// What the innermost element around the id of an association names besides.
fn between(xml: &str, association: &str) -> Result<Vec<String>, String> {
    let document = parsed(xml)?;
    let Some(id) = document.descendants().find(|node| node.is_text() && node.text() == Some(association))
    else {
        return Ok(Vec::new());
    };
    let ids = |node: Node<'_, '_>| -> Vec<String> {
        let texts = node.children().filter_map(|child| child.text());
        texts.filter(|text| kind(text).is_some()).map(str::to_owned).collect()
    };
    Ok(id.ancestors().map(ids).find(|ids| !ids.is_empty()).unwrap_or_default())
}

fn child<'a>(node: Node<'a, '_>, wanted: &str) -> Option<&'a str> {
    node.children().find(|child| child.tag_name().name() == wanted)?.text()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_by_object() {
        let item = |id: &str, key: &str| {
            format!("<item><resourceId>{id}</resourceId><key>{key}</key><value>{key}!</value></item>")
        };
        let xml = format!("<r><tagSet>{}{}</tagSet></r>", item("vpc-1", "a"), item("vpc-1", "b"));
        let expected = [("a".to_owned(), "a!".to_owned()), ("b".to_owned(), "b!".to_owned())];
        assert_eq!(tags(&xml).unwrap(), [("vpc-1".to_owned(), expected.into())].into());
    }

    #[test]
    fn an_association_is_between_what_is_named_around_it() {
        let table = "<r><item><routeTableId>rtb-1</routeTableId><set><item><id>rtbassoc-1</id><r>rtb-1</r>\
                     <s>subnet-7</s></item></set></item></r>";
        assert_eq!(between(table, "rtbassoc-1").unwrap(), ["rtb-1", "subnet-7"]);
        let block = "<r><item><vpcId>vpc-3</vpcId><set><item><associationId>vpc-cidr-assoc-1</associationId>\
                     <cidrBlock>10.0.0.0/16</cidrBlock></item></set></item></r>";
        assert_eq!(between(block, "vpc-cidr-assoc-1").unwrap(), ["vpc-3"]);
        assert!(between(block, "vpc-cidr-assoc-2").unwrap().is_empty());
    }
}
