//! Reference pages in the form of the
//! [Terraform registry](https://developer.hashicorp.com/terraform/registry/providers/docs), made from the schema.

mod function;
mod import;
mod page;
mod permissions;
mod schema;

use std::collections::BTreeMap;

use crate::Provider;
use page::Page;

/// The parts of the pages that the schema does not know. Names are type names without the provider's: `vpc`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Examples {
    /// Configuration that shows the provider block.
    pub provider: Option<String>,
    /// Configuration that shows a resource.
    pub resources: BTreeMap<String, String>,
    /// Configuration that shows a data source.
    pub data_sources: BTreeMap<String, String>,
    /// Configuration that shows an ephemeral resource.
    pub ephemeral_resources: BTreeMap<String, String>,
    /// A query that lists objects of a resource.
    pub list_resources: BTreeMap<String, String>,
    /// Configuration that shows an action.
    pub actions: BTreeMap<String, String>,
    /// Configuration that shows a function.
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

/// What IAM must allow for something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Permissions {
    /// Actions of every run, such as `ec2:DescribeVpcs`: refreshing, planning, reading. Few reads of AWS can be limited to
    /// resources, so these are not.
    pub read: Vec<String>,
    /// What an apply does besides.
    pub write: Vec<Statement>,
    /// What the page says of these policies: what to write for the words in capitals, what they leave out. May be empty.
    pub note: String,
}

/// A statement of a policy that allows something.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html>
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statement {
    /// Its `Sid`, of letters and digits.
    pub name: &'static str,
    /// What it allows.
    pub actions: Vec<String>,
    /// ARNs that it allows this on; none: everything.
    pub resources: Vec<String>,
    /// When it does: operator, key, and the values of which one must fit. All conditions must hold.
    pub conditions: Vec<(&'static str, String, Vec<String>)>,
}

impl Statement {
    /// One that allows these actions on everything.
    pub fn new<A: Into<String>>(name: &'static str, actions: impl IntoIterator<Item = A>) -> Self {
        Self { name, actions: actions.into_iter().map(Into::into).collect(), ..Self::default() }
    }
}

impl<C> Provider<C> {
    /// All pages, by path below `docs/`: `index.md`, `resources/vpc.md` and so on.
    pub fn pages(&self, examples: &Examples) -> BTreeMap<String, String> {
        let mut pages = BTreeMap::new();
        let index = page::provider(self.name, &self.config.schema, examples.provider.as_deref());
        pages.insert("index.md".to_owned(), index);
        let mut add = |folder: &str, page: Page<'_>, shown: &BTreeMap<String, String>| {
            let name = self.short(page.type_name);
            let example = shown.get(name).map(String::as_str);
            let page = Page { provider: self.name, example, ..page };
            pages.insert(format!("{folder}/{name}.md"), page.render());
        };
        for (name, it) in &self.resources {
            let page = Page {
                import: examples.imports.get(self.short(name)),
                identity: it.identity_schema(),
                permissions: it.permissions(),
                ..Page::new("Resource", name, it.subcategory(), it.schema())
            };
            add("resources", page, &examples.resources);
        }
        for (name, it) in &self.data_sources {
            let page = Page {
                permissions: it.permissions(),
                ..Page::new("Data Source", name, it.subcategory(), it.schema())
            };
            add("data-sources", page, &examples.data_sources);
        }
        for (name, it) in &self.ephemeral_resources {
            let page = Page {
                permissions: it.permissions(),
                ..Page::new("Ephemeral Resource", name, it.subcategory(), it.schema())
            };
            add("ephemeral-resources", page, &examples.ephemeral_resources);
        }
        for (name, it, arguments) in self.listed() {
            let page = Page {
                // Finding needs what reading needs.
                permissions: Permissions { read: it.permissions().read, ..Permissions::default() },
                ..Page::new("List Resource", name, it.subcategory(), arguments)
            };
            add("list-resources", page, &examples.list_resources);
        }
        for (name, it) in &self.actions {
            let page = Page {
                permissions: it.permissions(),
                ..Page::new("Action", name, it.subcategory(), it.schema())
            };
            add("actions", page, &examples.actions);
        }
        for (name, function) in &self.functions {
            let example = examples.functions.get(name).map(String::as_str);
            let page = function::page(self.name, name, &function.signature(), example);
            pages.insert(format!("functions/{name}.md"), page);
        }
        pages
    }

    /// The type name without the provider's name, which file names leave out.
    fn short<'a>(&self, type_name: &'a str) -> &'a str {
        type_name.strip_prefix(self.name).and_then(|rest| rest.strip_prefix('_')).unwrap_or(type_name)
    }
}
