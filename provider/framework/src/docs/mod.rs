//! Reference pages in the form of the
//! [Terraform registry](https://developer.hashicorp.com/terraform/registry/providers/docs), made from the schema.

mod function;
mod import;
mod page;
mod schema;

use std::collections::BTreeMap;

use crate::Provider;

/// The parts of the pages that the schema does not know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Examples {
    /// Configuration that shows the provider block.
    pub provider: Option<String>,
    /// Configuration that shows a resource, by type name without the provider's: `vpc`.
    pub resources: BTreeMap<String, String>,
    /// Configuration that shows a data source, by the same name.
    pub data_sources: BTreeMap<String, String>,
    /// Configuration that shows a function, by name.
    pub functions: BTreeMap<String, String>,
    /// An id by which a resource is imported. A resource without one has no Import section.
    pub imports: BTreeMap<String, ImportExample>,
}

/// How one imports a resource.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportExample {
    /// An id, such as `123456789012/eu-west-1/core`.
    pub id: String,
    /// What its parts are, in Markdown.
    pub description: String,
}

impl<C> Provider<C> {
    /// All pages, by path below `docs/`: `index.md`, `resources/vpc.md` and so on.
    pub fn pages(&self, examples: &Examples) -> BTreeMap<String, String> {
        let mut pages = BTreeMap::new();
        pages.insert(
            "index.md".to_owned(),
            page::provider(self.name, &self.config.schema, examples.provider.as_deref()),
        );
        for (type_name, resource) in &self.resources {
            let name = self.short(type_name);
            let page = page::Page {
                provider: self.name,
                kind: "Resource",
                type_name,
                subcategory: resource.subcategory(),
                schema: resource.schema(),
                example: examples.resources.get(name).map(String::as_str),
                import: examples.imports.get(name),
                identity: resource.identity_schema(),
            };
            pages.insert(format!("resources/{name}.md"), page.render());
        }
        for (type_name, data_source) in &self.data_sources {
            let name = self.short(type_name);
            let page = page::Page {
                provider: self.name,
                kind: "Data Source",
                type_name,
                subcategory: data_source.subcategory(),
                schema: data_source.schema(),
                example: examples.data_sources.get(name).map(String::as_str),
                import: None,
                identity: None,
            };
            pages.insert(format!("data-sources/{name}.md"), page.render());
        }
        for (name, function) in &self.functions {
            let example = examples.functions.get(name).map(String::as_str);
            pages.insert(
                format!("functions/{name}.md"),
                function::page(self.name, name, &function.signature(), example),
            );
        }
        pages
    }

    /// The type name without the provider's name, which file names leave out.
    fn short<'a>(&self, type_name: &'a str) -> &'a str {
        type_name.strip_prefix(self.name).and_then(|rest| rest.strip_prefix('_')).unwrap_or(type_name)
    }
}
