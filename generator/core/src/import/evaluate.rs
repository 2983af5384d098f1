//! The little of HCL that trees are written in: literals, locals, templates, and the functions of Terragrunt that tell
//! where a file is. Everything else has no value here.

use std::collections::BTreeMap;

use hcl_edit::expr::{Expression, FuncCall, ObjectKey, TraversalOperator};
use hcl_edit::structure::Body;
use hcl_edit::template::Element;

use crate::contract::Argument;

/// How many names may stand for each other. Terragrunt itself has no bound.
const DEEPEST: usize = 32;
/// What stands for the top of the tree in a path.
pub(super) const TOP: &str = "@top";

/// The files of a tree, and those of them that are configuration.
pub(super) struct Files {
    bodies: BTreeMap<String, Result<Body, String>>,
}

impl Files {
    pub(super) fn new(files: &BTreeMap<String, String>) -> Self {
        let is_hidden = |path: &str| path.split('/').any(|part| part.starts_with('.'));
        let is_read = |path: &str| !is_hidden(path) && (path.ends_with(".hcl") || path.ends_with(".tf"));
        let bodies = files
            .iter()
            .filter(|(path, _)| is_read(path))
            .map(|(path, text)| {
                let body = hcl_edit::parser::parse_body(text)
                    .map_err(|error| format!("line {}: {}", error.location().line(), error.message().trim()));
                (path.clone(), body)
            })
            .collect();
        Self { bodies }
    }

    /// The configuration at this path; none when there is none, or it is damaged.
    pub(super) fn body(&self, path: &str) -> Option<&Body> {
        self.bodies.get(path)?.as_ref().ok()
    }

    /// All paths, and what is wrong with damaged ones.
    pub(super) fn paths(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        self.bodies.iter().map(|(path, body)| (path.as_str(), body.as_ref().err().map(String::as_str)))
    }

    /// The nearest file of this name in the folders above `folder`.
    pub(super) fn above(&self, folder: &str, name: &str) -> Option<String> {
        let mut at = folder;
        loop {
            at = match at.rsplit_once('/') {
                Some((parent, _)) => parent,
                None if at.is_empty() => return None,
                None => "",
            };
            let path = if at.is_empty() { name.to_owned() } else { format!("{at}/{name}") };
            if self.bodies.contains_key(&path) {
                return Some(path);
            }
        }
    }
}

/// Where an expression stands.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    pub(super) files: &'a Files,
    /// The file that it is written in.
    pub(super) file: &'a str,
    /// The folder of the unit that it is evaluated for.
    pub(super) unit: &'a str,
    /// The folder of the file that the unit includes.
    pub(super) root: &'a str,
}

impl Scope<'_> {
    /// The value; none when it depends on anything else than the files.
    pub(super) fn evaluate(&self, expression: &Expression) -> Option<Argument> {
        self.value(expression, DEEPEST)
    }

    /// The value of one of the file's locals.
    pub(super) fn local(&self, name: &str) -> Option<Argument> {
        self.local_value(name, DEEPEST)
    }

    fn value(&self, expression: &Expression, left: usize) -> Option<Argument> {
        let left = left.checked_sub(1)?;
        match expression {
            Expression::Null(_) => Some(Argument::Null),
            Expression::Bool(value) => Some(Argument::Bool(*value.value())),
            Expression::Number(number) => Some(Argument::Number(*number.value())),
            Expression::String(text) => Some(Argument::Text(text.value().clone())),
            Expression::Array(elements) => elements
                .iter()
                .map(|element| self.value(element, left))
                .collect::<Option<_>>()
                .map(Argument::List),
            Expression::Object(object) => {
                let entry = |(key, value): (&ObjectKey, &hcl_edit::expr::ObjectValue)| {
                    Some((self.key(key, left)?, self.value(value.expr(), left)?))
                };
                object.iter().map(entry).collect::<Option<_>>().map(Argument::Map)
            }
            Expression::StringTemplate(template) => self.text(template.iter(), left),
            Expression::Parenthesis(inner) => self.value(inner.inner(), left),
            Expression::FuncCall(call) => self.call(call, left),
            Expression::Traversal(traversal) => {
                let Expression::Variable(root) = &traversal.expr else { return None };
                let mut way = traversal.operators.iter().map(|operator| self.step(operator.value(), left));
                let first = way.next()??;
                let value = match root.value().as_str() {
                    "local" => self.local_value(&first, left)?,
                    _ => return None,
                };
                way.try_fold(value, |value, step| into(value, &step?))
            }
            _ => None,
        }
    }

    fn key(&self, key: &ObjectKey, left: usize) -> Option<String> {
        match key {
            ObjectKey::Ident(name) => Some(name.as_str().to_owned()),
            ObjectKey::Expression(expression) => match self.value(expression, left)? {
                Argument::Text(text) => Some(text),
                _ => None,
            },
        }
    }

    fn step(&self, operator: &TraversalOperator, left: usize) -> Option<String> {
        match operator {
            TraversalOperator::GetAttr(name) => Some(name.as_str().to_owned()),
            TraversalOperator::Index(key) => match self.value(key, left)? {
                Argument::Text(text) => Some(text),
                Argument::Number(number) => Some(number.to_string()),
                _ => None,
            },
            _ => None,
        }
    }

    fn text<'e>(&self, elements: impl Iterator<Item = &'e Element>, left: usize) -> Option<Argument> {
        let mut text = String::new();
        for element in elements {
            match element {
                Element::Literal(literal) => text.push_str(literal),
                Element::Interpolation(inner) => match self.value(&inner.expr, left)? {
                    Argument::Text(part) => text.push_str(&part),
                    Argument::Number(number) => text.push_str(&number.to_string()),
                    Argument::Bool(value) => text.push_str(&value.to_string()),
                    _ => return None,
                },
                Element::Directive(_) => return None,
            }
        }
        Some(Argument::Text(text))
    }

    fn call(&self, call: &FuncCall, left: usize) -> Option<Argument> {
        let arguments: Vec<Argument> =
            call.args.iter().map(|argument| self.value(argument, left)).collect::<Option<_>>()?;
        let text = |index: usize| match arguments.get(index) {
            Some(Argument::Text(text)) => Some(text.as_str()),
            _ => None,
        };
        match (call.name.name.as_str(), arguments.len()) {
            ("find_in_parent_folders", 1) => {
                Some(format!("{TOP}/{}", self.files.above(self.unit, text(0)?)?).into())
            }
            ("find_in_parent_folders", 0) => {
                Some(format!("{TOP}/{}", self.files.above(self.unit, "terragrunt.hcl")?).into())
            }
            ("path_relative_to_include", 0) => {
                let below = self.unit.strip_prefix(self.root)?;
                Some(below.trim_start_matches('/').into())
            }
            ("get_repo_root" | "get_path_to_repo_root", 0) => Some(TOP.into()),
            ("get_terragrunt_dir" | "get_original_terragrunt_dir", 0) => {
                Some(format!("{TOP}/{}", self.unit).into())
            }
            ("get_parent_terragrunt_dir", 0) => Some(format!("{TOP}/{}", self.root).into()),
            ("dirname", 1) => Some(text(0)?.rsplit_once('/').map_or(".", |(folder, _)| folder).into()),
            ("basename", 1) => Some(text(0)?.rsplit('/').next().unwrap_or_default().into()),
            ("read_terragrunt_config", 1) => {
                let path = text(0)?;
                let path = match path.strip_prefix(TOP) {
                    Some(path) => path.trim_start_matches('/').to_owned(),
                    None => super::place::joined(self.unit, path)?,
                };
                let scope = Scope { file: &path, ..*self };
                let locals = scope.locals(left)?;
                Some(Argument::Map([("locals".to_owned(), Argument::Map(locals))].into()))
            }
            _ => None,
        }
    }

    /// The locals of the file that have a value.
    fn locals(&self, left: usize) -> Option<BTreeMap<String, Argument>> {
        let blocks = self.files.body(self.file)?.get_blocks("locals");
        let attributes = blocks.flat_map(|block| block.body.attributes());
        Some(
            attributes
                .filter_map(|it| Some((it.key.as_str().to_owned(), self.value(&it.value, left)?)))
                .collect(),
        )
    }

    fn local_value(&self, name: &str, left: usize) -> Option<Argument> {
        let mut blocks = self.files.body(self.file)?.get_blocks("locals");
        let attribute = blocks.find_map(|block| block.body.get_attribute(name))?;
        self.value(&attribute.value, left)
    }
}

fn into(value: Argument, step: &str) -> Option<Argument> {
    match value {
        Argument::Map(mut map) => map.remove(step),
        Argument::List(mut list) => {
            let index: usize = step.parse().ok()?;
            (index < list.len()).then(|| list.swap_remove(index))
        }
        _ => None,
    }
}
