//! The generated implementation.

use proc_macro2::TokenStream;
use quote::quote;
use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Error, Fields};

use crate::field::{Field, documentation};

pub(crate) fn model(input: &DeriveInput) -> Result<TokenStream, Error> {
    let fields = read(input)?;
    let ident = &input.ident;
    let description = documentation(&input.attrs);
    let schemas = fields.iter().map(Field::schema);
    let decoded = fields.iter().map(Field::decode);
    let encoded = fields.iter().map(Field::encode);
    let checked = fields.iter().map(Field::check);
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

            fn check(
                &self,
                path: &::landform_framework::Path,
                diagnostics: &mut ::landform_framework::Diagnostics,
            ) {
                #(#checked)*
            }
        }

        #[automatically_derived]
        impl ::landform_framework::Model for #ident {
            fn schema() -> ::landform_framework::schema::ObjectSchema {
                ::landform_framework::schema::ObjectSchema::new(#description)
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
