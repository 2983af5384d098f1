use tfplugin_proto::cty::Value;

use super::{ImportExample, schema};
use crate::identity::IdentitySchema;
use crate::show;

/// The Import section: the blocks of Terraform 1.12 and 1.5, the command, and what an identity consists of.
pub(super) fn section(type_name: &str, example: &ImportExample, identity: Option<&IdentitySchema>) -> String {
    let ImportExample { id, description } = example;
    let description = if description.is_empty() { String::new() } else { format!("{description}\n\n") };
    let block = identity.map(|identity| block(type_name, identity)).unwrap_or_default();
    let schema = identity.map(schema).unwrap_or_default();
    format!(
        "## Import\n\n{description}{block}\
         In Terraform 1.5 and later, use an `import` block:\n\n\
         ```terraform\nimport {{\n  to = {type_name}.example\n  id = \"{id}\"\n}}\n```\n\n\
         Or use the command:\n\n\
         ```shell\nterraform import {type_name}.example '{id}'\n```\n{schema}"
    )
}

fn block(type_name: &str, identity: &IdentitySchema) -> String {
    let lines = aligned(&identity.example);
    format!(
        "In Terraform 1.12 and later, use an `import` block with the identity:\n\n\
         ```terraform\nimport {{\n  to = {type_name}.example\n  identity = {{\n{lines}  }}\n}}\n```\n\n"
    )
}

fn schema(identity: &IdentitySchema) -> String {
    format!("\n### Identity Schema\n\n{}", schema::groups(&identity.object, "####"))
}

/// The attributes as `terraform fmt` writes them.
fn aligned(identity: &Value) -> String {
    let Value::Object(attributes) = identity else { return String::new() };
    let width = attributes.keys().map(String::len).max().unwrap_or_default();
    let line = |(name, value)| format!("    {name:width$} = {}\n", show::value(value, false));
    attributes.iter().filter(|(_, value)| !value.is_null()).map(line).collect()
}
