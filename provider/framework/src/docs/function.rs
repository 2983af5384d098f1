use super::page::{example, finished, front_matter};
use super::schema::type_name;
use crate::{FunctionSignature, Parameter};

/// The page of a function.
pub(super) fn page(provider: &str, name: &str, signature: &FunctionSignature, usage: Option<&str>) -> String {
    let mut text = front_matter(&format!("{name} function - {provider}"), Some(""), &signature.summary);
    text += &format!("# function: {name}\n\n{}\n\n", signature.description);
    if let Some(instead) = &signature.deprecated {
        text += &format!("**Deprecated:** {instead}\n\n");
    }
    text += &example(usage);
    text += &format!("## Signature\n\n```text\n{}\n```\n\n", call(name, signature));
    if !signature.parameters.is_empty() {
        let arguments: String = signature
            .parameters
            .iter()
            .enumerate()
            .map(|(index, parameter)| argument(index + 1, parameter))
            .collect();
        text += &format!("## Arguments\n\n{arguments}\n");
    }
    if let Some(variadic) = &signature.variadic {
        let number = signature.parameters.len() + 1;
        text += &format!("## Variadic Argument\n\n{}", argument(number, variadic));
    }
    finished(&text)
}

/// `name(a string, b number...) bool`
fn call(name: &str, signature: &FunctionSignature) -> String {
    let mut parameters: Vec<String> =
        signature.parameters.iter().map(|parameter| format!("{} {}", parameter.name, parameter.ty)).collect();
    parameters
        .extend(signature.variadic.iter().map(|parameter| format!("{} {}...", parameter.name, parameter.ty)));
    format!("{name}({}) {}", parameters.join(", "), signature.returns)
}

fn argument(number: usize, parameter: &Parameter) -> String {
    let nullable = if parameter.allow_null { ", Nullable" } else { "" };
    let description = parameter.description.replace('\n', "\n   ");
    format!("{number}. `{}` ({}{nullable}) {description}\n", parameter.name, type_name(&parameter.ty))
}
