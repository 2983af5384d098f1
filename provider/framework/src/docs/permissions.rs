use serde_json::{Value, json};

use super::{Permissions, Statement};

/// The Permissions section: the smallest IAM policies for planning and for applying.
pub(super) fn section(permissions: &Permissions) -> String {
    let Permissions { read, write, note } = permissions;
    if read.is_empty() && write.is_empty() {
        return String::new();
    }
    let mut text = "## Permissions\n\n".to_owned();
    if !read.is_empty() {
        let plan = Statement::new("Plan", read.clone());
        text += &format!("Planning needs these actions, which change nothing:\n\n{}", policy(&[plan]));
    }
    if !write.is_empty() {
        let also = if read.is_empty() { "" } else { " as well" };
        text += &format!("Applying needs these{also}:\n\n{}", policy(write));
    }
    if !note.is_empty() {
        text += &format!("{note}\n\n");
    }
    text
}

/// A policy document, as the
/// [IAM reference](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html) has it.
fn policy(statements: &[Statement]) -> String {
    let statements: Vec<String> = statements.iter().map(statement).collect();
    format!(
        "```json\n{{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [{}]\n}}\n```\n\n",
        statements.join(", ")
    )
}

/// Its parts in the order in which people write them.
fn statement(statement: &Statement) -> String {
    let mut actions = statement.actions.clone();
    actions.sort();
    let resources = match statement.resources.as_slice() {
        [] => json!("*"),
        some => one_or_all(some),
    };
    let mut parts = vec![
        ("Sid", json!(statement.name)),
        ("Effect", json!("Allow")),
        ("Action", json!(actions)),
        ("Resource", resources),
    ];
    let mut conditions = Value::Null;
    for (operator, key, values) in &statement.conditions {
        conditions[operator][key] = one_or_all(values);
    }
    if !conditions.is_null() {
        parts.push(("Condition", conditions));
    }
    let lines: Vec<String> =
        parts.iter().map(|(name, value)| format!("    \"{name}\": {}", pretty(value))).collect();
    format!("{{\n{}\n  }}", lines.join(",\n"))
}

/// The grammar takes one value for a list of one.
fn one_or_all(values: &[String]) -> Value {
    match values {
        [one] => json!(one),
        all => json!(all),
    }
}

fn pretty(value: &Value) -> String {
    format!("{value:#}").replace('\n', "\n    ")
}
