//! The contract of a module, from its `.tf` files. Nothing of them is evaluated.
//! <https://developer.hashicorp.com/terraform/language/block/variable>

use std::collections::BTreeMap;

use hcl_edit::expr::{Expression, ObjectKey};
use hcl_edit::structure::{Block, Body};

use super::{Contract, Input, Output, Type, parse};

/// What the files of a module say of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Module {
    /// What it takes and gives.
    pub contract: Contract,
    /// The providers that it names, each with its source, such as `aws` and `hashicorp/aws`.
    pub providers: BTreeMap<String, String>,
    /// The sources of the modules that it calls.
    pub calls: Vec<String>,
}

/// Why a module could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// A file is not HCL.
    #[error("`{file}` is not HCL: line {line}: {message}")]
    Syntax {
        /// The file's name.
        file: String,
        /// The line, from 1.
        line: usize,
        /// What the parser says.
        message: String,
    },
    /// A block has no label, or a value that is not a literal where Terraform asks for one.
    #[error("`{file}`: {what}")]
    Form {
        /// The file's name.
        file: String,
        /// What is wrong.
        what: String,
    },
    /// There is no `.tf` file.
    #[error("it has no file that ends in `.tf`")]
    Empty,
}

/// The module of these files, name to text. Files of other endings, and those in folders below, are not configuration.
///
/// # Errors
/// When there is no configuration, or a file of it is not in the form that Terraform asks for.
pub fn read<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Module, Unreadable> {
    let mut module = Module::default();
    let mut is_empty = true;
    for (name, text) in files.into_iter().filter(|(name, _)| name.ends_with(".tf") && !name.contains('/')) {
        is_empty = false;
        let body = hcl_edit::parser::parse_body(text).map_err(|error| Unreadable::Syntax {
            file: name.to_owned(),
            line: error.location().line(),
            message: error.message().trim().to_owned(),
        })?;
        read_body(&mut module, &body).map_err(|what| Unreadable::Form { file: name.to_owned(), what })?;
    }
    if is_empty { Err(Unreadable::Empty) } else { Ok(module) }
}

fn read_body(module: &mut Module, body: &Body) -> Result<(), String> {
    for block in body.blocks() {
        match block.ident.as_str() {
            "variable" => {
                let name = label(block)?;
                let input = variable(block).map_err(|what| format!("variable `{name}`: {what}"))?;
                module.contract.inputs.insert(name, input);
            }
            "output" => {
                let name = label(block)?;
                let output = Output {
                    ty: None,
                    is_sensitive: flag(block, "sensitive").unwrap_or(false),
                    description: text(block, "description").unwrap_or_default(),
                    id_prefix: "",
                };
                module.contract.outputs.insert(name, output);
            }
            "module" => module.calls.extend(text(block, "source")),
            "terraform" => {
                for providers in block.body.get_blocks("required_providers") {
                    required_providers(module, providers);
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn label(block: &Block) -> Result<String, String> {
    match block.labels.as_slice() {
        [name] => Ok(name.as_str().to_owned()),
        _ => Err(format!("a block `{}` has one name", block.ident.as_str())),
    }
}

fn variable(block: &Block) -> Result<Input, String> {
    let ty = match value(block, "type") {
        None => Type::Any,
        Some(expression) => parse::of(expression)
            .ok_or_else(|| format!("`{}` is not a type", expression.to_string().trim()))?,
    };
    Ok(Input {
        ty,
        is_required: value(block, "default").is_none(),
        is_nullable: flag(block, "nullable").unwrap_or(true),
        is_sensitive: flag(block, "sensitive").unwrap_or(false),
        description: text(block, "description").unwrap_or_default(),
    })
}

/// `aws = { source = "hashicorp/aws" }`, or the old `aws = ">= 3.0"`, whose source is HashiCorp's.
fn required_providers(module: &mut Module, block: &Block) {
    for attribute in block.body.attributes() {
        let name = attribute.key.as_str();
        let source = match &attribute.value {
            Expression::Object(fields) => fields.iter().find_map(|(key, value)| {
                let is_source = matches!(key, ObjectKey::Ident(name) if name.as_str() == "source");
                value.expr().as_str().filter(|_| is_source).map(str::to_owned)
            }),
            _ => None,
        };
        module.providers.insert(name.to_owned(), source.unwrap_or_else(|| format!("hashicorp/{name}")));
    }
}

fn value<'a>(block: &'a Block, name: &str) -> Option<&'a Expression> {
    block.body.get_attribute(name).map(|attribute| &attribute.value)
}

fn text(block: &Block, name: &str) -> Option<String> {
    value(block, name)?.as_str().map(str::to_owned)
}

fn flag(block: &Block, name: &str) -> Option<bool> {
    value(block, name)?.as_bool()
}

#[cfg(test)]
mod tests {
    use super::*;

    const VARIABLES: &str = r#"
variable "engine" {
  description = "The engine."
  type        = string
  default     = "postgres"
  nullable    = false

  validation {
    condition     = contains(["postgres", "mysql"], var.engine)
    error_message = "No."
  }
}

variable "subnets" {
  type = map(object({ ids = list(string), public = optional(bool, false) }))
}

variable "password" {
  type      = string
  sensitive = true
}

variable "anything" {}

output "endpoint" {
  description = "Where it is."
  value       = "x${var.engine}"
}

output "secret" {
  value     = var.password
  sensitive = true
}
"#;

    const VERSIONS: &str = r#"
terraform {
  required_providers {
    aws    = { source = "hashicorp/aws", version = "~> 6.0" }
    random = "~> 3.0"
  }
}

module "common" {
  source = "../common"
}
"#;

    #[test]
    fn variables_outputs_providers_and_calls_are_read() {
        let files =
            [("variables.tf", VARIABLES), ("versions.tf", VERSIONS), ("notes.md", "{{"), ("a/b.tf", "{{")];
        let module = read(files).unwrap();
        let input = |name: &str| {
            let it = &module.contract.inputs[name];
            (it.ty.to_string(), it.is_required, it.is_nullable, it.is_sensitive)
        };
        assert_eq!(input("engine"), ("string".into(), false, false, false));
        let subnets = "map(object({ ids = list(string), public = optional(bool) }))";
        assert_eq!(input("subnets"), (subnets.into(), true, true, false));
        assert_eq!(input("password"), ("string".into(), true, true, true));
        assert_eq!(input("anything"), ("any".into(), true, true, false));
        let outputs = &module.contract.outputs;
        assert!(outputs["secret"].is_sensitive && !outputs["endpoint"].is_sensitive);
        assert_eq!(outputs["endpoint"].description, "Where it is.");
        let providers: Vec<_> = module.providers.iter().map(|(name, it)| format!("{name} {it}")).collect();
        assert_eq!(providers, ["aws hashicorp/aws", "random hashicorp/random"]);
        assert_eq!(module.calls, ["../common"]);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_file() {
        for (text, expected) in [
            ("variable \"a\" {\n  type = strin\n}\n", "`a.tf`: variable `a`: `strin` is not a type"),
            ("variable {\n}\n", "`a.tf`: a block `variable` has one name"),
            ("x = 1\ny = = 2\n", "`a.tf` is not HCL: line 2"),
        ] {
            let error = read([("a.tf", text)]).unwrap_err().to_string();
            assert!(error.starts_with(expected), "{error}");
        }
        assert_eq!(read([("a.txt", "")]), Err(Unreadable::Empty));
    }
}
