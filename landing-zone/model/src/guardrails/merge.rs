//! Statements that mean the same in fewer letters.

use std::collections::{BTreeMap, BTreeSet};

use super::document::{Actions, Document, Resources, Statement};
use super::evaluate::wildcard::covers;

/// The statements of some documents as one document, in the fewest letters that these rules find:
///
/// - a pattern is dropped where another one of its list matches all that it matches: `s3:*` stands for `s3:GetObject`;
/// - statements that differ only in `Action` become one with all actions;
/// - statements that differ only in `Resource` become one with all resources;
/// - a statement that is there twice is there once.
///
/// Each keeps the meaning exactly, for `Deny` and for `Allow`: what a list of patterns matches is what one of them
/// matches. Lists of exceptions, `NotAction` and `NotResource`, are not joined. The result does not depend on the order.
pub fn merge<'a>(documents: impl IntoIterator<Item = &'a Document>) -> Document {
    let mut statements: BTreeSet<Statement> =
        documents.into_iter().flat_map(|document| &document.statements).cloned().map(shortened).collect();
    loop {
        let before = statements.len();
        statements = joined(statements, without_actions, join_actions);
        statements = joined(statements, without_resources, join_resources);
        if statements.len() == before {
            return Document { statements: statements.into_iter().collect() };
        }
    }
}

/// Joins the statements that have the same key. Statements without key stay alone.
fn joined(
    statements: BTreeSet<Statement>,
    key: fn(&Statement) -> Option<Statement>,
    join: fn(&mut Statement, Statement),
) -> BTreeSet<Statement> {
    let mut alone = BTreeSet::new();
    let mut groups: BTreeMap<Statement, Statement> = BTreeMap::new();
    for statement in statements {
        match key(&statement) {
            None => drop(alone.insert(statement)),
            Some(key) => match groups.get_mut(&key) {
                Some(first) => join(first, statement),
                None => drop(groups.insert(key, statement)),
            },
        }
    }
    alone.extend(groups.into_values().map(shortened));
    alone
}

fn without_actions(statement: &Statement) -> Option<Statement> {
    let actions = Actions::Action(BTreeSet::new());
    matches!(statement.actions, Actions::Action(_)).then(|| Statement { actions, ..statement.clone() })
}

fn without_resources(statement: &Statement) -> Option<Statement> {
    let resources = Resources::Resource(BTreeSet::new());
    matches!(statement.resources, Resources::Resource(_))
        .then(|| Statement { resources, ..statement.clone() })
}

fn join_actions(first: &mut Statement, other: Statement) {
    if let (Actions::Action(all), Actions::Action(more)) = (&mut first.actions, other.actions) {
        all.extend(more);
    }
}

fn join_resources(first: &mut Statement, other: Statement) {
    if let (Resources::Resource(all), Resources::Resource(more)) = (&mut first.resources, other.resources) {
        all.extend(more);
    }
}

/// Without patterns that another pattern of the same list covers.
fn shortened(statement: Statement) -> Statement {
    let actions = match statement.actions {
        Actions::Action(patterns) => Actions::Action(uncovered(patterns, str::to_ascii_lowercase)),
        Actions::NotAction(patterns) => Actions::NotAction(uncovered(patterns, str::to_ascii_lowercase)),
    };
    let resources = match statement.resources {
        Resources::Resource(patterns) => Resources::Resource(uncovered(patterns, str::to_owned)),
        Resources::NotResource(patterns) => Resources::NotResource(uncovered(patterns, str::to_owned)),
    };
    Statement { actions, resources, ..statement }
}

fn uncovered(patterns: BTreeSet<String>, compared: fn(&str) -> String) -> BTreeSet<String> {
    let mut forms: BTreeMap<String, String> = BTreeMap::new();
    for pattern in patterns {
        forms.entry(compared(&pattern)).or_insert(pattern);
    }
    // Only what ends in a wildcard covers anything but itself.
    let wide: Vec<String> = forms.keys().filter(|form| form.ends_with('*')).cloned().collect();
    forms.retain(|form, _| !wide.iter().any(|wide| wide != form && covers(wide, form)));
    forms.into_values().collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::guardrails::evaluate::Evaluator;
    use crate::guardrails::evaluate::tests::random;

    fn merged(statements: &str) -> String {
        let text = format!(r#"{{"Version":"2012-10-17","Statement":[{statements}]}}"#);
        let document = merge([&text.parse::<Document>().unwrap()]);
        document.to_string().replace(r#"{"Version":"2012-10-17","Statement":"#, "")
    }

    #[test]
    fn what_differs_in_one_list_becomes_one() {
        let (a, b) = (
            r#"{"Effect":"Deny","Action":"s3:GetObject","Resource":"*"}"#,
            r#"{"Effect":"Deny","Action":["S3:Get*","sqs:*"],"Resource":"*"}"#,
        );
        insta::assert_snapshot!(merged(&format!("{a},{b}")), @r#"[{"Effect":"Deny","Action":["S3:Get*","sqs:*"],"Resource":"*"}]}"#);
        let (a, b) = (
            r#"{"Effect":"Deny","Action":"s3:*","Resource":"arn:aws:s3:::a*"}"#,
            r#"{"Effect":"Deny","Action":"s3:*","Resource":["arn:aws:s3:::ab","arn:aws:s3:::c"]}"#,
        );
        insta::assert_snapshot!(merged(&format!("{a},{b}")), @r#"[{"Effect":"Deny","Action":"s3:*","Resource":["arn:aws:s3:::a*","arn:aws:s3:::c"]}]}"#);
    }

    /// The first two must become one before the third is like them.
    #[test]
    fn joining_goes_on_until_nothing_is_alike() {
        let each = [("s3:A", r#""x:1""#), ("s3:A", r#""x:2""#), ("s3:B", r#"["x:1","x:2"]"#)]
            .map(|(action, resource)| {
                format!(r#"{{"Effect":"Deny","Action":"{action}","Resource":{resource}}}"#)
            })
            .join(",");
        insta::assert_snapshot!(merged(&each), @r#"[{"Effect":"Deny","Action":["s3:A","s3:B"],"Resource":["x:1","x:2"]}]}"#);
    }

    #[test]
    fn actions_are_compared_in_any_case_and_resources_are_not() {
        let statement = r#"{"Effect":"Deny","Action":["s3:GET*","S3:getObject"],"Resource":["arn:aws:s3:::A*","arn:aws:s3:::ab"]}"#;
        insta::assert_snapshot!(merged(statement), @r#"[{"Effect":"Deny","Action":"s3:GET*","Resource":["arn:aws:s3:::A*","arn:aws:s3:::ab"]}]}"#);
    }

    #[test]
    fn what_differs_in_more_stays_apart() {
        for pair in [
            [r#""Action":"s3:*","Resource":"arn:aws:s3:::a""#, r#""Action":"sqs:*","Resource":"*""#],
            [r#""NotAction":"s3:*","Resource":"*""#, r#""NotAction":"sqs:*","Resource":"*""#],
            [
                r#""Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:A":"true"}}"#,
                r#""Action":"sqs:*","Resource":"*","Condition":{"Bool":{"aws:A":"false"}}"#,
            ],
        ] {
            let statements = pair.map(|rest| format!(r#"{{"Effect":"Deny",{rest}}}"#)).join(",");
            assert_eq!(merged(&statements).matches("Effect").count(), 2, "{statements}");
        }
    }

    proptest! {
        #[test]
        fn merging_keeps_the_meaning_and_is_never_longer(
            documents in prop::collection::vec(random::statements(), 1..5),
            requests in prop::collection::vec(random::request(), 1..20),
        ) {
            let one = merge(&documents);
            let together =
                Document { statements: documents.iter().flat_map(|document| document.statements.clone()).collect() };
            prop_assert!(one.bytes() <= together.bytes());
            let (before, after) = (Evaluator::new(&documents).unwrap(), Evaluator::new([&one]).unwrap());
            for request in requests {
                let (before, after) = (before.decide(&request).unwrap(), after.decide(&request).unwrap());
                prop_assert_eq!(std::mem::discriminant(&before), std::mem::discriminant(&after));
            }
        }

        #[test]
        fn the_order_does_not_matter_and_twice_is_the_same_as_once(
            documents in prop::collection::vec(random::statements(), 1..5),
        ) {
            let one = merge(&documents);
            prop_assert_eq!(&merge(documents.iter().rev()), &one);
            prop_assert_eq!(merge([&one, &one]), one);
        }
    }
}
