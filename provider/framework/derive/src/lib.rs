//! `#[derive(Model)]`: one struct gives schema, codec and documentation.
//!
//! Use it through `landform-framework`, which re-exports it; the generated code refers to that crate.

mod expand;
mod field;
mod options;
mod rules;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// Makes a struct with named fields a model: a provider configuration, a resource, a data source, or a nested object.
///
/// The doc comments become the descriptions, in Markdown. Fields of the outermost struct are `Value<T>`; in a nested
/// one a required field may also be a plain `T`.
///
/// `#[attribute(...)]` on a field takes, separated by commas:
///
/// | option | meaning |
/// |---|---|
/// | `required` | the configuration must set it |
/// | `optional` | the configuration may set it |
/// | `computed` | the provider sets it when the configuration does not |
/// | `default = expr` | the value when the configuration sets none; means optional and computed |
/// | `sensitive` | Terraform does not show the value |
/// | `write_only` | from the configuration only, never stored |
/// | `deprecated = "text"` | what to use instead |
/// | `immutable` | a change is an error, unless `allow_replace` lists the attribute |
/// | `replace` | a change replaces the object |
/// | `sticky` | computed: keep the prior value instead of becoming unknown on every update |
/// | `observed` | computed: others change it as well. It is to look at: units of a generated tree do not put it out, for then a plan of nothing would change their outputs |
/// | `not_null` | computed: the value will not be null, so that `id != null` is true in a plan that does not know the id |
/// | `prefix = "vpc-"` | computed: the text will start with this, and so it will not be null. Promises bind: a result that breaks one is an error |
/// | `validate = path` | a `fn(&T) -> Result<(), String>` (for texts `fn(&str)`) that is run on every known value; may be given repeatedly |
/// | `conflicts_with("a", ...)` | at most one of this attribute and each of those may be set |
/// | `required_with("a", ...)` | when this attribute is set, those must be set as well |
///
/// `#[model(...)]` on the struct takes rules about attributes as a group:
///
/// | option | meaning |
/// |---|---|
/// | `exactly_one_of("a", "b", ...)` | the configuration must set one of them, and only one |
/// | `at_least_one_of("a", "b", ...)` | the configuration must set one of them, or more |
/// | `at_most_one_of("a", "b", ...)` | the configuration may set one of them, and only one |
///
/// Rules are checked where validators are, in nested objects too, and become part of the descriptions. A value that is
/// not known yet may turn out to be null, so it breaks no rule.
#[proc_macro_derive(Model, attributes(attribute, model))]
pub fn derive_model(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    expand::model(&input).unwrap_or_else(syn::Error::into_compile_error).into()
}
