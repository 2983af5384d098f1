//! The generated implementation.

use proc_macro2::TokenStream;
use quote::quote;
use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Error, Fields};

use crate::field::{Field, documentation};
use crate::rules::Rules;

pub(crate) fn model(input: &DeriveInput) -> Result<TokenStream, Error> {
    let fields = read(input)?;
    let ident = &input.ident;
    let rules = Rules::read(&input.attrs, &fields)?;
    let description = rules.describe_object(documentation(&input.attrs));
    let schemas = fields.iter().map(|field| field.schema(&rules.describe(field)));
    let decoded = fields.iter().map(Field::decode);
    let encoded = fields.iter().map(Field::encode);
    let respelled = fields.iter().map(Field::respelled);
    let checked = fields.iter().map(Field::check);
    let ruled = rules.checks(&fields);
    Ok(quote! {
        #[automatically_derived]
        impl ::landform_framework::Attribute for #ident {
            fn shape() -> ::landform_framework::schema::Shape {
                ::landform_framework::schema::Shape::Nested(
                    ::landform_framework::schema::Nesting::Single,
                    <Self as ::landform_framework::Model>::schema(),
                )
            }

            fn decode(
                value: &::landform_framework::cty::Value,
                path: &::landform_framework::Path,
            ) -> ::std::result::Result<Self, ::landform_framework::Diagnostic> {
                let fields = ::landform_framework::attribute::Fields::new(value, path)?;
                ::std::result::Result::Ok(Self { #(#decoded),* })
            }

            fn encode(&self) -> ::landform_framework::cty::Value {
                ::landform_framework::attribute::object([#(#encoded),*])
            }

            fn respelled(value: &::landform_framework::cty::Value) -> ::landform_framework::cty::Value {
                ::landform_framework::attribute::respelled(value, [#(#respelled),*])
                    .unwrap_or_else(|| ::std::clone::Clone::clone(value))
            }

            fn check(
                &self,
                path: &::landform_framework::Path,
                diagnostics: &mut ::landform_framework::Diagnostics,
            ) {
                #(#checked)*
                #(#ruled)*
            }
        }

        #[automatically_derived]
        impl ::landform_framework::Model for #ident {
            fn schema() -> ::landform_framework::schema::ObjectSchema {
                ::landform_framework::schema::ObjectSchema::new(#description)
                    .respelled_by(<Self as ::landform_framework::Attribute>::respelled)
                    #(.attribute(#schemas))*
            }
        }
    })
}

/// Reads every field, so that all mistakes are reported at once.
fn read(input: &DeriveInput) -> Result<Vec<Field>, Error> {
    let named = match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => &fields.named,
            other => return Err(Error::new(other.span(), "a model is a struct with named fields")),
        },
        _ => return Err(Error::new(input.ident.span(), "a model is a struct with named fields")),
    };
    if !input.generics.params.is_empty() {
        return Err(Error::new(input.generics.span(), "a model has no generic parameters"));
    }
    let mut fields = Vec::new();
    let mut errors: Option<Error> = None;
    for field in named {
        match (Field::read(field), &mut errors) {
            (Ok(field), _) => fields.push(field),
            (Err(error), Some(errors)) => errors.combine(error),
            (Err(error), None) => errors = Some(error),
        }
    }
    match errors {
        Some(errors) => Err(errors),
        None => Ok(fields),
    }
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::*;

    /// Every complaint about a field that is written like this.
    #[expect(clippy::needless_pass_by_value, reason = "the rows of a table read better with values")]
    fn complaints(field: proc_macro2::TokenStream) -> Vec<String> {
        let input: DeriveInput = parse_quote!(struct Vpc { #field });
        let Err(error) = model(&input) else { return Vec::new() };
        error.into_iter().map(|error| error.to_string()).collect()
    }

    #[test]
    fn a_field_says_who_sets_it_and_what_it_is() {
        let missing = complaints(quote!(cidr: Value<String>));
        assert!(missing[0].starts_with("say who sets this attribute"), "{missing:?}");
        let undocumented = complaints(quote!(#[attribute(required)] cidr: Value<String>));
        assert!(undocumented[0].starts_with("every attribute needs a doc comment"), "{undocumented:?}");
        assert_eq!(
            complaints(quote!(#[doc = "A block."] #[attribute(required)] cidr: Value<String>)),
            [""; 0]
        );
    }

    #[test]
    fn options_that_make_no_sense_together_are_refused() {
        for (options, complaint) in [
            (quote!(required, optional), "`required` and `optional` exclude each other"),
            (quote!(required, computed), "`required` and `computed` exclude each other"),
            (quote!(required, default = 1), "a required attribute has no use for a default"),
            (quote!(optional, immutable, replace), "`immutable` and `replace` exclude each other"),
            (quote!(computed, write_only), "a write-only attribute cannot be computed: it is never stored"),
            (quote!(optional, sticky), "only a computed attribute can be `sticky`"),
            (quote!(optional, observed), "only a computed attribute can be `observed`"),
            (quote!(optional, not_null), "only of a computed attribute something can be promised"),
            (quote!(required, prefix = "vpc-"), "only of a computed attribute something can be promised"),
            (
                quote!(computed, not_null, prefix = "a"),
                "`prefix` promises already that the value is not null",
            ),
            (quote!(computed, prefix = ""), "every text starts with nothing; write `not_null`"),
            (quote!(computed, prefix), "write `prefix = ...`"),
            (
                quote!(not_null, computed, default = 1),
                "a default is known at plan, so there is nothing to promise",
            ),
            (quote!(optional, optional), "given twice"),
            (quote!(optional = true), "`optional` takes no value"),
            (quote!(default), "write `default = ...`"),
            (quote!(optional, deprecated = 3), "a text in quotes is needed here"),
            (
                quote!(optional, validate = "f"),
                "the path of a function `fn(&T) -> Result<(), String>` is needed here",
            ),
        ] {
            let field = quote!(#[doc = "A block."] #[attribute(#options)] cidr: Value<i64>);
            assert_eq!(complaints(field), [complaint], "{options}");
        }
        let unknown = complaints(quote!(#[doc = "A block."] #[attribute(mandatory)] cidr: Value<i64>));
        assert!(unknown[0].starts_with("unknown option `mandatory`; there are: required"), "{unknown:?}");
    }

    /// Every complaint about rules for the attributes `a` and `b`, which are optional, `id`, which is computed, and
    /// `name`, which is required.
    #[expect(clippy::needless_pass_by_value, reason = "the rows of a table read better with values")]
    fn rule_complaints(on_struct: proc_macro2::TokenStream, on_a: proc_macro2::TokenStream) -> Vec<String> {
        let input: DeriveInput = parse_quote!(
            #on_struct
            struct Vpc {
                #[doc = "A."]
                #[attribute(optional, #on_a)]
                a: Value<String>,
                #[doc = "B."]
                #[attribute(optional)]
                b: Value<String>,
                #[doc = "C."]
                #[attribute(computed)]
                id: Value<String>,
                #[doc = "D."]
                #[attribute(required)]
                name: Value<String>,
            }
        );
        let Err(error) = model(&input) else { return Vec::new() };
        error.into_iter().map(|error| error.to_string()).collect()
    }

    #[test]
    fn a_rule_names_attributes_that_a_configuration_may_set_or_leave_out() {
        for rule in [quote!(conflicts_with("b")), quote!(required_with("b"))] {
            assert_eq!(rule_complaints(quote!(), rule), [""; 0]);
        }
        for (rule, complaint) in [
            (quote!(conflicts_with("c")), "there is no attribute `c` here; there are: a, b, id, name"),
            (quote!(required_with("a")), "`a` is this attribute itself"),
            (quote!(conflicts_with("id")), "a configuration cannot set `id`"),
            (quote!(required_with("name")), "`name` is required, so it is always set"),
            (quote!(conflicts_with()), "name at least one attribute"),
            (quote!(conflicts_with = "b"), "write `conflicts_with(\"attribute\", ...)`"),
            (quote!(conflicts_with(b)), "expected string literal"),
        ] {
            assert_eq!(rule_complaints(quote!(), rule.clone()), [complaint], "{rule}");
        }
        for name in ["exactly_one_of", "at_least_one_of", "at_most_one_of"] {
            let rule = syn::Ident::new(name, proc_macro2::Span::call_site());
            assert_eq!(rule_complaints(quote!(#[model(#rule("a", "b"))]), quote!()), [""; 0]);
            assert_eq!(
                rule_complaints(quote!(#[model(#rule("a"))]), quote!()),
                ["name at least two attributes"]
            );
            assert_eq!(
                rule_complaints(quote!(#[model(#rule("a", "name", "a"))]), quote!()),
                ["`name` is required, so it is always set", "`a` is named twice"]
            );
        }
        let unknown = rule_complaints(quote!(#[model(one_of("a", "b"))]), quote!());
        assert!(unknown[0].starts_with("unknown rule `one_of`; there are: exactly_one_of"), "{unknown:?}");
    }

    #[test]
    fn only_a_required_attribute_may_have_a_plain_type() {
        let field = quote!(#[doc = "A block."] #[attribute(optional)] cidr: String);
        assert_eq!(
            complaints(field),
            ["an attribute that may be null or unknown needs the type `Value<...>`"]
        );
    }

    #[test]
    fn names_are_those_of_terraform() {
        let field = quote!(#[doc = "A number."] #[attribute(optional)] count: Value<i64>);
        assert_eq!(complaints(field), ["`count` belongs to the Terraform language"]);
        let field = quote!(#[doc = "A number."] #[attribute(optional)] maxSize: Value<i64>);
        assert_eq!(complaints(field), ["attribute names are lower case letters, digits and underscores"]);
        assert_eq!(complaints(quote!(#[doc = "A type."] #[attribute(optional)] r#type: Value<i64>)), [""; 0]);
    }

    #[test]
    fn all_complaints_come_at_once() {
        let fields = quote!(a: Value<i64>, #[attribute(sticky, nonsense)] b: Value<i64>);
        assert_eq!(complaints(fields).len(), 2);
    }

    #[test]
    fn a_model_is_a_struct_with_named_fields_and_no_parameters() {
        for input in [
            parse_quote!(
                struct Vpc(String);
            ),
            parse_quote!(
                enum Vpc {
                    A,
                }
            ),
            parse_quote!(
                struct Vpc<T> {
                    #[doc = "A."]
                    #[attribute(required)]
                    a: Value<T>,
                }
            ),
        ] {
            let input: DeriveInput = input;
            assert!(model(&input).is_err());
        }
    }
}
