use super::ImportExample;

/// The Import section: the block of Terraform 1.5 and the command.
pub(super) fn section(type_name: &str, example: &ImportExample) -> String {
    let ImportExample { id, description } = example;
    let description = if description.is_empty() { String::new() } else { format!("{description}\n\n") };
    format!(
        "## Import\n\n{description}\
         In Terraform 1.5 and later, use an `import` block:\n\n\
         ```terraform\nimport {{\n  to = {type_name}.example\n  id = \"{id}\"\n}}\n```\n\n\
         Or use the command:\n\n\
         ```shell\nterraform import {type_name}.example '{id}'\n```\n"
    )
}
