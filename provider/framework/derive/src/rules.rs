//! Rules about several attributes: `conflicts_with`, `required_with`, and `#[model(exactly_one_of(...))]`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Attribute, Error, LitStr, Meta, Token};

use crate::field::Field;
use crate::options::names;

/// The rules of one struct, by the names of attributes.
pub(crate) struct Rules {
    /// Each pair once, however often it is written.
    conflicts: Vec<(String, String)>,
    /// The first needs the second.
    needs: Vec<(String, String)>,
    groups: Vec<(Kind, Vec<String>)>,
}

/// How many attributes of a group a configuration sets.
#[derive(Clone, Copy)]
enum Kind {
    Exactly,
    AtLeast,
    AtMost,
}

const KINDS: [(&str, Kind, &str); 3] = [
    ("exactly_one_of", Kind::Exactly, "Exactly one of"),
    ("at_least_one_of", Kind::AtLeast, "At least one of"),
    ("at_most_one_of", Kind::AtMost, "At most one of"),
];

impl Rules {
    /// Reads all rules, so that all mistakes are reported at once.
    pub(crate) fn read(attributes: &[Attribute], fields: &[Field]) -> Result<Rules, Error> {
        let mut rules = Rules { conflicts: Vec::new(), needs: Vec::new(), groups: Vec::new() };
        let mut errors = Vec::new();
        for field in fields {
            let name = || field.name.clone();
            for other in &field.options.conflicts_with {
                errors.extend(settable(other, Some(field), fields));
                errors.extend(settable(&LitStr::new(&field.name, other.span()), None, fields));
                let (pair, turned) = ((name(), other.value()), (other.value(), name()));
                if !rules.conflicts.contains(&pair) && !rules.conflicts.contains(&turned) {
                    rules.conflicts.push(pair);
                }
            }
            for other in &field.options.required_with {
                errors.extend(settable(other, Some(field), fields));
                rules.needs.push((name(), other.value()));
            }
        }
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("model")) {
            for meta in attribute.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated)? {
                match group(&meta, fields) {
                    Ok(group) => rules.groups.push(group),
                    Err(error) => errors.push(error),
                }
            }
        }
        all(errors)?;
        Ok(rules)
    }

    /// What the rules add to the description of an attribute.
    pub(crate) fn describe(&self, field: &Field) -> String {
        let others = |pairs: &[(String, String)], both: bool| -> Vec<String> {
            let partner = |(a, b): &(String, String)| match field.name == *a {
                true => Some(b.clone()),
                false => (both && field.name == *b).then(|| a.clone()),
            };
            pairs.iter().filter_map(partner).collect()
        };
        let mut text = String::new();
        for (verb, others) in
            [("Excludes", others(&self.conflicts, true)), ("Needs", others(&self.needs, false))]
        {
            if !others.is_empty() {
                text += &format!(" {verb} {}.", listed(&others));
            }
        }
        text
    }

    /// The description of the object, with what the rules say about groups.
    pub(crate) fn describe_object(&self, description: String) -> String {
        let rules = self.groups.iter().map(|(kind, names)| {
            let (_, _, words) = KINDS[*kind as usize];
            format!("{words} {} {} set.", listed(names), kind.verb())
        });
        let rules = rules.collect::<Vec<_>>().join(" ");
        match (description.is_empty(), rules.is_empty()) {
            (_, true) => description,
            (true, false) => rules,
            (false, false) => format!("{description}\n\n{rules}"),
        }
    }

    /// Calls that check the rules of the object at `path`.
    pub(crate) fn checks(&self, fields: &[Field]) -> Vec<TokenStream> {
        let given = |name: &String| {
            let ident = fields.iter().find(|field| field.name == *name).map(|field| &field.ident);
            quote!((#name, ::landform_framework::attribute::Given::of(&self.#ident)))
        };
        let rules = quote!(::landform_framework::attribute);
        let conflicts = self.conflicts.iter().map(|(a, b)| {
            let (a, b) = (given(a), given(b));
            quote!(#rules::check_conflict(#a, #b, path, diagnostics);)
        });
        let needs = self.needs.iter().map(|(a, b)| {
            let (a, b) = (given(a), given(b));
            quote!(#rules::check_needed(#a, #b, path, diagnostics);)
        });
        let groups = self.groups.iter().map(|(kind, names)| {
            let names = names.iter().map(given);
            let (at_least_one, at_most_one) = match kind {
                Kind::Exactly => (true, true),
                Kind::AtLeast => (true, false),
                Kind::AtMost => (false, true),
            };
            quote!(#rules::check_group(&[#(#names),*], #at_least_one, #at_most_one, path, diagnostics);)
        });
        conflicts.chain(needs).chain(groups).collect()
    }
}

impl Kind {
    fn verb(self) -> &'static str {
        match self {
            Kind::Exactly | Kind::AtLeast => "must be",
            Kind::AtMost => "may be",
        }
    }
}

/// `exactly_one_of("a", "b")`.
fn group(meta: &Meta, fields: &[Field]) -> Result<(Kind, Vec<String>), Error> {
    let name = meta.path().get_ident().map(ToString::to_string).unwrap_or_default();
    let Some((_, kind, _)) = KINDS.iter().find(|(known, ..)| *known == name) else {
        let known = KINDS.map(|(name, ..)| name).join(", ");
        return Err(Error::new(meta.span(), format!("unknown rule `{name}`; there are: {known}")));
    };
    let mut members = Vec::new();
    match meta {
        Meta::List(list) => names(&mut members, list)?,
        _ => return Err(Error::new(meta.span(), format!("write `{name}(\"a\", \"b\", ...)`"))),
    }
    if members.len() < 2 {
        return Err(Error::new(meta.span(), "name at least two attributes"));
    }
    let mut errors = Vec::new();
    for (position, member) in members.iter().enumerate() {
        errors.extend(settable(member, None, fields));
        if members[..position].iter().any(|earlier| earlier.value() == member.value()) {
            errors.push(Error::new(member.span(), format!("`{}` is named twice", member.value())));
        }
    }
    all(errors)?;
    Ok((*kind, members.iter().map(LitStr::value).collect()))
}

/// All errors as one.
fn all(errors: Vec<Error>) -> Result<(), Error> {
    let combined = errors.into_iter().reduce(|mut all, error| {
        all.combine(error);
        all
    });
    combined.map_or(Ok(()), Err)
}

/// Complains about a name that no configuration can set or leave out; `of` is the attribute with the rule.
fn settable(name: &LitStr, of: Option<&Field>, fields: &[Field]) -> Option<Error> {
    let text = name.value();
    let complaint = |what: String| Some(Error::new(name.span(), what));
    if of.is_some_and(|field| field.name == text) {
        return complaint(format!("`{text}` is this attribute itself"));
    }
    let Some(field) = fields.iter().find(|field| field.name == text) else {
        let known: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
        return complaint(format!("there is no attribute `{text}` here; there are: {}", known.join(", ")));
    };
    let options = &field.options;
    if options.required.is_some() {
        return complaint(format!("`{text}` is required, so it is always set"));
    }
    if options.optional.is_none() && options.default.is_none() {
        return complaint(format!("a configuration cannot set `{text}`"));
    }
    None
}

/// The names in a sentence.
fn listed(names: &[String]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => quoted.concat(),
    }
}
