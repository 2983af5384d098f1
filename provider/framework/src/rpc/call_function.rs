use tfplugin_proto::cty::{Type, Value};
use tfplugin_proto::wire;
use tfplugin_proto::wire::call_function::{Request, Response};

use super::convert;
use super::server::Server;
use crate::{Diagnostics, Function, FunctionError, run};

/// Calls a function. It runs in a process that is not configured.
pub(super) async fn handle<C>(server: &Server<C>, request: Request) -> Response {
    let Some(function) = server.provider.functions.get(&request.name) else {
        let text = format!("This version of the provider has no function \"{}\".", request.name);
        return failed(FunctionError::new(text));
    };
    match call(function.as_ref(), &request.arguments) {
        Ok(result) => Response { result: Some(result), error: None },
        Err(error) => failed(error),
    }
}

fn call(
    function: &dyn Function,
    arguments: &[wire::DynamicValue],
) -> Result<wire::DynamicValue, FunctionError> {
    let signature = function.signature();
    let types =
        signature.parameters.iter().chain(signature.variadic.iter().cycle()).map(|parameter| &parameter.ty);
    let arguments: Vec<Value> =
        arguments.iter().zip(types).enumerate().map(decode).collect::<Result<_, _>>()?;
    if arguments.len() < signature.parameters.len() {
        return Err(FunctionError::new("Too few arguments."));
    }
    let doing = format!("calling the function {}", function.name());
    let result = run::caught_now(&doing, || function.call(arguments)).map_err(as_text)??;
    let mut diagnostics = Diagnostics::new();
    let result = convert::encode(result, &signature.returns, &mut diagnostics);
    if diagnostics.has_errors() { Err(as_text(diagnostics)) } else { Ok(result) }
}

fn decode((position, (argument, ty)): (usize, (&wire::DynamicValue, &Type))) -> Result<Value, FunctionError> {
    convert::decode(Some(argument), ty)
        .map_err(|error| FunctionError { argument: i64::try_from(position).ok(), text: error.detail })
}

fn as_text(diagnostics: Diagnostics) -> FunctionError {
    let texts: Vec<String> = diagnostics
        .into_iter()
        .map(|diagnostic| format!("{}: {}", diagnostic.summary, diagnostic.detail))
        .collect();
    FunctionError::new(texts.join("\n"))
}

fn failed(error: FunctionError) -> Response {
    let error = wire::FunctionError { text: error.text, function_argument: error.argument };
    Response { result: None, error: Some(error) }
}
