//! A kind for each resource of the provider, made of its schema: a new resource is a kind without any code.

use std::collections::BTreeMap;

use hcl::expr::{FuncCall, Object, ObjectKey, Traversal, TraversalOperator, Variable};
use hcl::{Block, Body, Expression, Identifier};

use super::kind::{Kind, Lookup, ModulePlace};
use super::provider_schema::{AttributeSchema, SCHEMAS, Schema};
use crate::contract::{Attribute, Contract, Input, Output, Type};
use crate::tree::{Content, TERRAFORM_VERSIONS, TreePath};

/// The types of all resources.
pub fn types<'a>() -> impl Iterator<Item = &'a str> + Clone {
    SCHEMAS.resource_schemas.keys().map(String::as_str)
}

/// The kind of a resource of this type; none when the provider has none.
pub fn kind(name: &str) -> Option<Kind> {
    let schema = SCHEMAS.resource_schemas.get(name)?;
    let contract = contract(schema);
    let folder = TreePath::try_from(format!("modules/{name}")).ok()?;
    let files = [
        ("main.tf", resource(name, &contract)),
        ("outputs.tf", outputs(name, &contract)),
        ("variables.tf", contract.inputs.iter().map(variable).collect()),
        ("versions.tf", versions()),
    ];
    Some(Kind {
        name: name.to_owned(),
        place: ModulePlace::Tree { root: "modules", folder: TreePath::try_from(name.to_owned()).ok()? },
        lookup: lookup(name, &contract),
        contract,
        has_inputs: true,
        providers: BTreeMap::from([("landform".to_owned(), "landform/landform".to_owned())]),
        files: files.map(|(name, body)| (folder.join(name), Content::Hcl(body))).into(),
        folders: vec![folder],
    })
}

fn contract(schema: &Schema) -> Contract {
    let attributes = &schema.block.attributes;
    let input = |(name, it): (&String, &AttributeSchema)| {
        let input = Input {
            ty: it.input_type(),
            is_required: it.required,
            is_nullable: !it.required,
            is_sensitive: it.sensitive || it.write_only,
            description: in_one_line(&it.description),
        };
        (name.clone(), input)
    };
    let output = |(name, it): (&String, &AttributeSchema)| {
        let output = Output {
            ty: Some(it.output_type()),
            is_sensitive: it.sensitive,
            description: in_one_line(&it.description),
            id_prefix: "",
        };
        (name.clone(), output)
    };
    Contract {
        inputs: attributes.iter().filter(|(_, it)| it.is_input()).map(input).collect(),
        outputs: attributes.iter().filter(|(_, it)| it.computed && !it.observed).map(output).collect(),
    }
}

/// The schema's lines are broken for those who read them in a file; a paragraph is one line here.
fn in_one_line(description: &str) -> String {
    let paragraphs = description.split("\n\n");
    paragraphs.map(|lines| lines.replace('\n', " ")).collect::<Vec<_>>().join("\n\n")
}

/// The data source of the same type, when the provider has one that finds by name, or that looks for nothing: what it
/// reads is there once in an account.
fn lookup(name: &str, contract: &Contract) -> Option<Lookup> {
    let attributes = &SCHEMAS.data_source_schemas.get(name)?.block.attributes;
    let arguments = ["account_id", "region", "name", "stack"]
        .into_iter()
        .filter(|argument| attributes.get(*argument).is_some_and(AttributeSchema::is_input));
    let has = |output: &&String| {
        let other = attributes.get(*output).map(AttributeSchema::output_type);
        contract.outputs.get(*output).is_some_and(|it| other == it.ty)
    };
    let lookup = Lookup {
        data_source: name.to_owned(),
        arguments: arguments.map(str::to_owned).collect(),
        outputs: contract.outputs.keys().filter(has).cloned().collect(),
    };
    let is_there_once = !attributes.values().any(AttributeSchema::is_input);
    (is_there_once || lookup.arguments.contains("name")).then_some(lookup)
}

fn resource(name: &str, contract: &Contract) -> Body {
    let arguments = contract.inputs.keys().map(|input| (input.clone(), path(&["var", input])));
    arguments
        .fold(Block::builder("resource").add_label(name).add_label("this"), |block, it| {
            block.add_attribute(it)
        })
        .build()
        .into()
}

fn variable((name, input): (&String, &Input)) -> Block {
    let mut block = Block::builder("variable").add_label(name.as_str());
    if !input.description.is_empty() {
        block = block.add_attribute(("description", input.description.as_str()));
    }
    block = block.add_attribute(("type", type_expression(&input.ty)));
    block = if input.is_required {
        block.add_attribute(("nullable", false))
    } else {
        block.add_attribute(("default", Expression::Null))
    };
    if input.is_sensitive {
        block = block.add_attribute(("sensitive", true));
    }
    block.build()
}

fn outputs(resource: &str, contract: &Contract) -> Body {
    let output = |(name, it): (&String, &Output)| {
        let mut block = Block::builder("output").add_label(name.as_str());
        if !it.description.is_empty() {
            block = block.add_attribute(("description", it.description.as_str()));
        }
        block = block.add_attribute(("value", path(&[resource, "this", name])));
        if it.is_sensitive {
            block = block.add_attribute(("sensitive", true));
        }
        block.build()
    };
    contract.outputs.iter().map(output).collect()
}

fn versions() -> Body {
    let source: hcl::Map<String, hcl::Value> =
        [("source".to_owned(), "landform/landform".into())].into_iter().collect();
    let providers =
        Block::builder("required_providers").add_attribute(("landform", hcl::Value::Object(source)));
    Block::builder("terraform")
        .add_attribute(("required_version", TERRAFORM_VERSIONS))
        .add_block(providers.build())
        .build()
        .into()
}

/// `var.name`, of names that the provider's schema has.
fn path(parts: &[&str]) -> Expression {
    let (root, rest) = parts.split_first().map_or(("", &[][..]), |(root, rest)| (*root, rest));
    let attributes = rest.iter().map(|part| TraversalOperator::GetAttr(Identifier::sanitized(*part)));
    Traversal::new(Variable::sanitized(root), attributes).into()
}

/// A type as a variable says it.
fn type_expression(ty: &Type) -> Expression {
    let call = |name: &'static str, argument: Expression| -> Expression {
        FuncCall::builder(Identifier::sanitized(name)).arg(argument).build().into()
    };
    match ty {
        Type::Any | Type::Bool | Type::Number | Type::Text => Variable::sanitized(ty.to_string()).into(),
        Type::List(of) => call("list", type_expression(of)),
        Type::Set(of) => call("set", type_expression(of)),
        Type::Map(of) => call("map", type_expression(of)),
        Type::Tuple(of) => call("tuple", of.iter().map(type_expression).collect::<Vec<_>>().into()),
        Type::Object(attributes) => {
            let entry = |(name, it): (&String, &Attribute)| {
                let ty = type_expression(&it.ty);
                let ty = if it.is_optional { call("optional", ty) } else { ty };
                (ObjectKey::Identifier(Identifier::sanitized(name)), ty)
            };
            call("object", attributes.iter().map(entry).collect::<Object<ObjectKey, Expression>>().into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::module;
    use crate::render::hcl_text;

    #[test]
    fn the_module_of_each_resource_reads_back_as_its_contract() {
        for name in types() {
            let kind = kind(name).unwrap();
            let files: Vec<(String, String)> = kind
                .files
                .iter()
                .map(|(path, content)| {
                    let Content::Hcl(body) = content else { panic!("{path}") };
                    let file = path.parts().next_back().unwrap().to_owned();
                    (file, hcl_text::file("x", body).unwrap())
                })
                .collect();
            let read = module::read(files.iter().map(|(name, text)| (name.as_str(), text.as_str()))).unwrap();
            assert_eq!(read.providers, kind.providers, "{name}");
            assert_eq!(
                read.contract.inputs.keys().collect::<Vec<_>>(),
                kind.contract.inputs.keys().collect::<Vec<_>>()
            );
            for (input, it) in &read.contract.inputs {
                let expected = &kind.contract.inputs[input];
                assert_eq!((&it.ty, it.is_required), (&expected.ty, expected.is_required), "{name}.{input}");
            }
            assert!(read.contract.outputs.keys().eq(kind.contract.outputs.keys()), "{name}");
        }
    }

    #[test]
    fn a_network_is_found_by_its_data_source() {
        let lookup = kind("landform_vpc").unwrap().lookup.unwrap();
        assert!(lookup.outputs.contains("subnet_ids") && !lookup.outputs.contains("status"), "{lookup:?}");
        assert!(lookup.arguments.contains("stack"));
    }

    #[test]
    fn the_organization_is_found_without_a_name() {
        let lookup = kind("landform_organization").unwrap().lookup.unwrap();
        assert!(lookup.outputs.contains("root_id") && lookup.arguments.is_empty(), "{lookup:?}");
        assert!(!lookup.outputs.contains("account_count"), "others make accounts");
        // Units are not: their data sources do not exist.
        assert_eq!(kind("landform_organizational_units").unwrap().lookup, None);
    }
}
