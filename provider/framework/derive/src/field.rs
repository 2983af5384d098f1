//! One field of a model: its name, type, documentation and options.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Attribute, Error, Expr, ExprLit, GenericArgument, Ident, Lit, Meta, PathArguments, Type};

use crate::options::Options;

pub(crate) struct Field {
    pub(crate) ident: Ident,
    /// The attribute's name in Terraform.
    pub(crate) name: String,
    /// As written.
    ty: Type,
    /// `T` of `Value<T>`; `None` for a plain `T`.
    inner: Option<Type>,
    description: String,
    pub(crate) options: Options,
}

impl Field {
    pub(crate) fn read(field: &syn::Field) -> Result<Field, Error> {
        let Some(ident) = field.ident.clone() else {
            return Err(Error::new(field.span(), "a model has named fields"));
        };
        let span = ident.span();
        let options = Options::read(&field.attrs)?;
        options.check(span)?;
        let inner = inside_value(&field.ty).cloned();
        if inner.is_none() && options.required.is_none() {
            let text = "an attribute that may be null or unknown needs the type `Value<...>`";
            return Err(Error::new(field.ty.span(), text));
        }
        let name = ident.unraw().to_string();
        check_name(&name, span)?;
        let description = documentation(&field.attrs);
        if description.is_empty() {
            let text = "every attribute needs a doc comment: it is the attribute's description";
            return Err(Error::new(span, text));
        }
        Ok(Field { ident, name, ty: field.ty.clone(), inner, description, options })
    }

    /// `"cidr", AttributeSchema::new(...).required()`, the arguments of `ObjectSchema::attribute`; `rules` follow the
    /// description.
    pub(crate) fn schema(&self, rules: &str) -> TokenStream {
        let Field { name, ty, options, .. } = self;
        let description = format!("{}{rules}", self.description);
        let flag = |set: bool, call: TokenStream| set.then_some(call);
        let has_default = options.default.is_some();
        let calls = [
            flag(options.required.is_some(), quote!(.required())),
            flag(options.optional.is_some() || has_default, quote!(.optional())),
            flag(options.computed.is_some() || has_default, quote!(.computed())),
            flag(options.sensitive.is_some(), quote!(.sensitive())),
            flag(options.write_only.is_some(), quote!(.write_only())),
            flag(options.sticky.is_some(), quote!(.sticky())),
            flag(options.observed.is_some(), quote!(.observed())),
            flag(options.not_null.is_some(), quote!(.not_null())),
            flag(
                options.immutable.is_some(),
                quote!(.on_change(::landform_framework::schema::Change::Immutable)),
            ),
            flag(
                options.replace.is_some(),
                quote!(.on_change(::landform_framework::schema::Change::Replace)),
            ),
        ];
        let calls = calls.iter().flatten();
        let deprecated = options.deprecated.iter().map(|text| quote!(.deprecated(#text)));
        let prefix = options.prefix.iter().map(|text| quote!(.prefix(#text)));
        let default = options.default.iter().map(|value| {
            let value = self.encoded_default(value);
            quote!(.default(#value))
        });
        quote! {
            #name,
            ::landform_framework::schema::AttributeSchema::new(
                <#ty as ::landform_framework::Attribute>::shape(),
                #description,
            )
            #(#calls)* #(#deprecated)* #(#prefix)* #(#default)*
        }
    }

    /// A text literal is the default of any attribute that is written as text; everything else has the attribute's
    /// own Rust type.
    fn encoded_default(&self, value: &Expr) -> TokenStream {
        if let Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) = value {
            return quote!(::landform_framework::cty::Value::String(::std::string::String::from(#text)));
        }
        let inner = self.inner.as_ref().unwrap_or(&self.ty);
        quote!({
            let value: #inner = #value;
            ::landform_framework::Attribute::encode(&value)
        })
    }

    /// `cidr: fields.field("cidr")?`
    pub(crate) fn decode(&self) -> TokenStream {
        let Field { ident, name, .. } = self;
        quote!(#ident: fields.field(#name)?)
    }

    /// `("cidr", self.cidr.encode())`
    pub(crate) fn encode(&self) -> TokenStream {
        let Field { ident, name, .. } = self;
        quote!((#name, ::landform_framework::Attribute::encode(&self.#ident)))
    }

    /// `("cidr", <Value<String>>::respelled)`
    pub(crate) fn respelled(&self) -> TokenStream {
        let Field { name, ty, .. } = self;
        quote!((#name, <#ty as ::landform_framework::Attribute>::respelled))
    }

    /// Runs the validators of the field, then those inside it.
    pub(crate) fn check(&self) -> TokenStream {
        let Field { ident, name, options, .. } = self;
        let validators = options.validate.iter().map(|function| {
            let call =
                quote!(::landform_framework::attribute::check_known(#function(value), &path, diagnostics));
            if self.inner.is_some() {
                quote!(if let ::landform_framework::Value::Known(value) = &self.#ident { #call; })
            } else {
                quote!({ let value = &self.#ident; #call; })
            }
        });
        quote!({
            let path = path.attribute(#name);
            #(#validators)*
            ::landform_framework::Attribute::check(&self.#ident, &path, diagnostics);
        })
    }
}

/// The text of the doc comments, without the blank that follows the slashes.
pub(crate) fn documentation(attributes: &[Attribute]) -> String {
    let lines: Vec<String> = attributes
        .iter()
        .filter_map(|attribute| match &attribute.meta {
            Meta::NameValue(meta) if meta.path.is_ident("doc") => match &meta.value {
                Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
                _ => None,
            },
            _ => None,
        })
        .map(|line| line.strip_prefix(' ').unwrap_or(&line).trim_end().to_owned())
        .collect();
    lines.join("\n").trim().to_owned()
}

/// `T` of `Value<T>`, however the path to `Value` is written.
fn inside_value(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last()?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    match (last.ident == "Value", arguments.args.first()) {
        (true, Some(GenericArgument::Type(inner))) => Some(inner),
        _ => None,
    }
}

/// Terraform names are lower case, digits and underscores, and some are taken by the language itself; see
/// [meta-arguments](https://developer.hashicorp.com/terraform/language/meta-arguments).
fn check_name(name: &str, span: Span) -> Result<(), Error> {
    const TAKEN: [&str; 8] =
        ["connection", "count", "depends_on", "for_each", "lifecycle", "locals", "provider", "provisioner"];
    if TAKEN.contains(&name) {
        return Err(Error::new(span, format!("`{name}` belongs to the Terraform language")));
    }
    let good = name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if !good || !name.starts_with(|c: char| c.is_ascii_lowercase()) {
        return Err(Error::new(span, "attribute names are lower case letters, digits and underscores"));
    }
    Ok(())
}
