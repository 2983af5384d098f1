//! `#[attribute(...)]` as written.

use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::{Attribute, Error, Expr, ExprLit, ExprPath, Lit, LitStr, Meta, MetaList, MetaNameValue, Token};

/// The options of one field. A flag is the place where it was written, for error messages.
#[derive(Default)]
pub(crate) struct Options {
    pub(crate) required: Option<Span>,
    pub(crate) optional: Option<Span>,
    pub(crate) computed: Option<Span>,
    pub(crate) default: Option<Expr>,
    pub(crate) sensitive: Option<Span>,
    pub(crate) write_only: Option<Span>,
    pub(crate) deprecated: Option<LitStr>,
    pub(crate) immutable: Option<Span>,
    pub(crate) replace: Option<Span>,
    pub(crate) sticky: Option<Span>,
    pub(crate) observed: Option<Span>,
    pub(crate) not_null: Option<Span>,
    pub(crate) prefix: Option<LitStr>,
    pub(crate) validate: Vec<ExprPath>,
    /// Attributes that must not be set beside this one.
    pub(crate) conflicts_with: Vec<LitStr>,
    /// Attributes that must be set when this one is.
    pub(crate) required_with: Vec<LitStr>,
}

const KNOWN: &str = "required, optional, computed, default = expr, sensitive, write_only, deprecated = \"text\", \
                     immutable, replace, sticky, observed, not_null, prefix = \"text\", validate = path, \
                     conflicts_with(\"name\", ...), required_with(\"name\", ...)";

impl Options {
    pub(crate) fn read(attributes: &[Attribute]) -> Result<Options, Error> {
        let mut options = Options::default();
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("attribute")) {
            let metas = attribute
                .parse_args_with(syn::punctuated::Punctuated::<Meta, Token![,]>::parse_terminated)?;
            for meta in metas {
                options.set(&meta)?;
            }
        }
        Ok(options)
    }

    fn set(&mut self, meta: &Meta) -> Result<(), Error> {
        let name = meta.path().get_ident().map(ToString::to_string).unwrap_or_default();
        match (name.as_str(), meta) {
            ("default", Meta::NameValue(option)) => once(&mut self.default, option.value.clone(), meta),
            ("deprecated", Meta::NameValue(option)) => once(&mut self.deprecated, text(option)?, meta),
            ("prefix", Meta::NameValue(option)) => once(&mut self.prefix, text(option)?, meta),
            ("validate", Meta::NameValue(option)) => {
                self.validate.push(function(option)?);
                Ok(())
            }
            ("conflicts_with", Meta::List(list)) => names(&mut self.conflicts_with, list),
            ("required_with", Meta::List(list)) => names(&mut self.required_with, list),
            ("conflicts_with" | "required_with", _) => {
                Err(Error::new(meta.span(), format!("write `{name}(\"attribute\", ...)`")))
            }
            ("default" | "deprecated" | "prefix" | "validate", _) => {
                Err(Error::new(meta.span(), format!("write `{name} = ...`")))
            }
            (_, Meta::Path(path)) => match self.flag(&name) {
                Some(flag) => once(flag, path.span(), meta),
                None => Err(unknown(meta, &name)),
            },
            _ if self.flag(&name).is_some() => {
                Err(Error::new(meta.span(), format!("`{name}` takes no value")))
            }
            _ => Err(unknown(meta, &name)),
        }
    }

    fn flag(&mut self, name: &str) -> Option<&mut Option<Span>> {
        Some(match name {
            "required" => &mut self.required,
            "optional" => &mut self.optional,
            "computed" => &mut self.computed,
            "sensitive" => &mut self.sensitive,
            "write_only" => &mut self.write_only,
            "immutable" => &mut self.immutable,
            "replace" => &mut self.replace,
            "sticky" => &mut self.sticky,
            "observed" => &mut self.observed,
            "not_null" => &mut self.not_null,
            _ => return None,
        })
    }

    /// Whether the options make sense together; `field` is where to complain about what is missing.
    pub(crate) fn check(&self, field: Span) -> Result<(), Error> {
        let clash = |a: Option<Span>, b: Option<Span>, text: &str| match (a, b) {
            (Some(_), Some(second)) => Err(Error::new(second, text)),
            _ => Ok(()),
        };
        let default = self.default.as_ref().map(Spanned::span);
        clash(self.required, self.optional, "`required` and `optional` exclude each other")?;
        clash(self.required, self.computed, "`required` and `computed` exclude each other")?;
        clash(self.required, default, "a required attribute has no use for a default")?;
        clash(self.immutable, self.replace, "`immutable` and `replace` exclude each other")?;
        clash(
            self.write_only,
            self.computed,
            "a write-only attribute cannot be computed: it is never stored",
        )?;
        clash(self.write_only, default, "a write-only attribute cannot have a default: it is never stored")?;
        clash(self.sticky, default, "a default always applies, so `sticky` has no effect on it")?;
        if let (Some(sticky), None) = (self.sticky, self.computed) {
            return Err(Error::new(sticky, "only a computed attribute can be `sticky`"));
        }
        if let (Some(observed), None) = (self.observed, self.computed) {
            return Err(Error::new(observed, "only a computed attribute can be `observed`"));
        }
        self.check_promises(default)?;
        if self.required.or(self.optional).or(self.computed).or(default).is_none() {
            let text =
                "say who sets this attribute: #[attribute(required)], optional, computed, or default = expr";
            return Err(Error::new(field, text));
        }
        Ok(())
    }
}

impl Options {
    /// Only what the provider computes later can be promised.
    fn check_promises(&self, default: Option<Span>) -> Result<(), Error> {
        let prefix = self.prefix.as_ref().map(LitStr::span);
        if let (Some(not_null), Some(_)) = (self.not_null, prefix) {
            return Err(Error::new(not_null, "`prefix` promises already that the value is not null"));
        }
        if let Some(empty) = self.prefix.as_ref().filter(|prefix| prefix.value().is_empty()) {
            return Err(Error::new(empty.span(), "every text starts with nothing; write `not_null`"));
        }
        match (self.not_null.or(prefix), default) {
            (Some(promise), Some(_)) => {
                Err(Error::new(promise, "a default is known at plan, so there is nothing to promise"))
            }
            (Some(promise), None) if self.computed.is_none() => {
                Err(Error::new(promise, "only of a computed attribute something can be promised"))
            }
            _ => Ok(()),
        }
    }
}

fn once<T>(place: &mut Option<T>, value: T, meta: &Meta) -> Result<(), Error> {
    match place.replace(value) {
        None => Ok(()),
        Some(_) => Err(Error::new(meta.span(), "given twice")),
    }
}

/// The names in `conflicts_with("a", "b")`.
pub(crate) fn names(place: &mut Vec<LitStr>, list: &MetaList) -> Result<(), Error> {
    let names = list.parse_args_with(syn::punctuated::Punctuated::<LitStr, Token![,]>::parse_terminated)?;
    if names.is_empty() {
        return Err(Error::new(list.span(), "name at least one attribute"));
    }
    place.extend(names);
    Ok(())
}

fn text(option: &MetaNameValue) -> Result<LitStr, Error> {
    match &option.value {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Ok(text.clone()),
        other => Err(Error::new(other.span(), "a text in quotes is needed here")),
    }
}

fn function(option: &MetaNameValue) -> Result<ExprPath, Error> {
    match &option.value {
        Expr::Path(path) => Ok(path.clone()),
        other => Err(Error::new(
            other.span(),
            "the path of a function `fn(&T) -> Result<(), String>` is needed here",
        )),
    }
}

fn unknown(meta: &Meta, name: &str) -> Error {
    Error::new(meta.span(), format!("unknown option `{name}`; there are: {KNOWN}"))
}
