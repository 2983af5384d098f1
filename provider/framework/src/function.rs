use std::fmt;

use tfplugin_proto::cty;

/// A function of the Terraform language: `provider::landform::subnet(...)`. It is pure: it needs no provider
/// configuration and gives equal results for equal arguments.
pub trait Function: Send + Sync + 'static {
    /// The name.
    fn name(&self) -> &'static str;

    /// Parameters, result and documentation.
    fn signature(&self) -> FunctionSignature;

    /// Computes the result. Arguments have the types of the parameters; variadic ones follow the others one by one.
    ///
    /// # Errors
    /// The arguments have no result.
    fn call(&self, arguments: Vec<cty::Value>) -> Result<cty::Value, FunctionError>;
}

/// Parameters, result and documentation of a function.
#[derive(Clone, Debug, PartialEq)]
pub struct FunctionSignature {
    /// One line.
    pub summary: String,
    /// What it does, in Markdown.
    pub description: String,
    /// The parameters in order.
    pub parameters: Vec<Parameter>,
    /// The parameter that takes all further arguments, if the function takes any number of them.
    pub variadic: Option<Parameter>,
    /// The type of the result.
    pub returns: cty::Type,
    /// What to use instead, when one should not use it any more.
    pub deprecated: Option<String>,
}

/// A parameter of a function.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// The name, for documentation and messages.
    pub name: String,
    /// What it means, in Markdown.
    pub description: String,
    /// The type of its argument.
    pub ty: cty::Type,
    /// The function wants to be called with null; otherwise Terraform refuses it.
    pub allow_null: bool,
    /// The function wants to be called with unknown values; otherwise Terraform takes the result for unknown.
    pub allow_unknown: bool,
}

impl FunctionSignature {
    /// A function without parameters.
    pub fn new(
        summary: impl Into<String>,
        description: impl Into<String>,
        returns: cty::Type,
    ) -> FunctionSignature {
        FunctionSignature {
            summary: summary.into(),
            description: description.into(),
            parameters: Vec::new(),
            variadic: None,
            returns,
            deprecated: None,
        }
    }

    /// Adds a parameter that must be known and not null.
    #[must_use]
    pub fn parameter(
        mut self,
        name: impl Into<String>,
        ty: cty::Type,
        description: impl Into<String>,
    ) -> FunctionSignature {
        self.parameters.push(Parameter::new(name, ty, description));
        self
    }

    /// Takes any number of further arguments.
    #[must_use]
    pub fn variadic(
        mut self,
        name: impl Into<String>,
        ty: cty::Type,
        description: impl Into<String>,
    ) -> FunctionSignature {
        self.variadic = Some(Parameter::new(name, ty, description));
        self
    }
}

impl Parameter {
    /// A parameter that must be known and not null.
    pub fn new(name: impl Into<String>, ty: cty::Type, description: impl Into<String>) -> Parameter {
        Parameter {
            name: name.into(),
            description: description.into(),
            ty,
            allow_null: false,
            allow_unknown: false,
        }
    }
}

/// Why a function has no result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FunctionError {
    /// The argument that is to blame, from 0.
    pub argument: Option<i64>,
    /// What is wrong.
    pub text: String,
}

impl FunctionError {
    /// An error of the call as a whole.
    pub fn new(text: impl Into<String>) -> FunctionError {
        FunctionError { argument: None, text: text.into() }
    }

    /// An error of the argument at `position`, from 0.
    pub fn argument(position: i64, text: impl Into<String>) -> FunctionError {
        FunctionError { argument: Some(position), text: text.into() }
    }
}

impl fmt::Display for FunctionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for FunctionError {}
