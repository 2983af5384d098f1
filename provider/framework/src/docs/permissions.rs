use super::Permissions;

/// The Permissions section: the smallest IAM policies for planning and for applying.
pub(super) fn section(permissions: &Permissions) -> String {
    let Permissions { read, write } = permissions;
    if read.is_empty() && write.is_empty() {
        return String::new();
    }
    let mut text = "## Permissions\n\n".to_owned();
    if !read.is_empty() {
        text += &format!("Planning needs these actions, which change nothing:\n\n{}", policy("Plan", read));
    }
    if !write.is_empty() {
        let also = if read.is_empty() { "" } else { " as well" };
        text += &format!("Applying needs these{also}:\n\n{}", policy("Apply", write));
    }
    text
}

/// A policy document, as the
/// [IAM reference](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html) has it.
fn policy(name: &str, actions: &[String]) -> String {
    let mut actions: Vec<String> = actions.iter().map(|action| format!("      \"{action}\"")).collect();
    actions.sort();
    let actions = actions.join(",\n");
    format!(
        "```json\n{{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [{{\n    \"Sid\": \"{name}\",\n    \
         \"Effect\": \"Allow\",\n    \"Action\": [\n{actions}\n    ],\n    \"Resource\": \"*\"\n  }}]\n}}\n```\n\n"
    )
}
