//! A whole provider: notebooks are folders, and their pages are files in them.
//!
//! It shows what a resource needs, and what happens to a create that fails half-way: put a file named `full` into the
//! folder of a notebook, and no more pages can be written. Terraform exits with an error and has the incomplete
//! notebook in its state; remove `full`, and the next apply writes the pages that are missing.
//!
//! ```sh
//! cargo run -p landform-framework --example notebook_provider -- --reattach
//! ```

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use landform_framework::{
    Context, Diagnostic, Diagnostics, IdentifiedBy, Identity, Model, Plan, Provider, Resource, Value,
    async_trait,
};
use tfplugin_proto::{ServeError, ServeOptions, panic_hook, serve};

fn main() -> ExitCode {
    panic_hook();
    let options = ServeOptions {
        provider_address: "registry.terraform.io/landform/landform".to_owned(),
        reattach: std::env::args().any(|argument| argument == "--reattach"),
    };
    match run(options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(options: ServeOptions) -> Result<(), ServeError> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.map_err(ServeError::Listen)?;
    let served = runtime.block_on(serve(provider().into_service(), options));
    // Terraform waits for the process to end.
    runtime.shutdown_timeout(Duration::ZERO);
    served
}

fn provider() -> Provider<Shelf> {
    Provider::new("landform", |config: Config, _| async move {
        let folder = config.folder.into_known().unwrap_or_default();
        Ok(Shelf { folder: PathBuf::from(folder) })
    })
    .resource(Notebooks)
}

/// Keeps notebooks in folders.
#[derive(Clone, Debug, PartialEq, Model)]
struct Config {
    /// The folder that all notebooks are in.
    #[attribute(required, validate = not_empty)]
    folder: Value<String>,
}

/// What the configuration is turned into.
struct Shelf {
    folder: PathBuf,
}

/// A notebook: a folder with pages.
#[derive(Clone, Debug, PartialEq, Model)]
struct Notebook {
    /// The title, which is the name of the folder.
    #[attribute(required, immutable, validate = not_empty)]
    title: Value<String>,
    /// The pages by name.
    #[attribute(optional)]
    pages: Value<BTreeMap<String, Page>>,
    /// Attributes whose change may replace the notebook.
    #[attribute(optional)]
    allow_replace: Value<Vec<String>>,
    /// Where the notebook is.
    #[attribute(computed, sticky)]
    path: Value<String>,
    /// `ready`, or `incomplete` after a create that failed.
    #[attribute(computed)]
    status: Value<String>,
}

/// A page of a notebook.
#[derive(Clone, Debug, PartialEq, Model)]
struct Page {
    /// What is on the page.
    #[attribute(required)]
    text: Value<String>,
    /// The name of the file.
    #[attribute(computed, sticky)]
    file: Value<String>,
    /// How the text ends.
    #[attribute(default = "\n")]
    ending: Value<String>,
}

fn not_empty(text: &str) -> Result<(), String> {
    if text.is_empty() { Err("It must not be empty.".to_owned()) } else { Ok(()) }
}

/// What finds a notebook.
#[derive(Clone, Debug, PartialEq, Model)]
struct NotebookIdentity {
    /// The title.
    #[attribute(required)]
    title: Value<String>,
    /// The folder of the notebook, which follows from the title.
    #[attribute(optional)]
    path: Value<String>,
}

#[async_trait]
impl Identity for NotebookIdentity {
    type Resource = Notebooks;

    fn of(notebook: &Notebook) -> NotebookIdentity {
        NotebookIdentity { title: notebook.title.clone(), path: notebook.path.clone() }
    }

    async fn import(
        self,
        notebooks: &Notebooks,
        cx: &Context<Shelf, Notebook>,
    ) -> Result<Notebook, Diagnostics> {
        notebooks.import(cx, &self.title.into_known().unwrap_or_default()).await
    }

    fn example() -> NotebookIdentity {
        NotebookIdentity { title: Value::from("diary"), path: Value::Null }
    }
}

struct Notebooks;

impl Notebooks {
    /// Writes the pages that are not as planned, and removes those that are not planned any more.
    fn write(cx: &Context<Shelf, Notebook>, planned: Notebook) -> Result<Notebook, Diagnostics> {
        let title = planned.title.known().cloned().unwrap_or_default();
        let failed =
            |error: io::Error| Diagnostic::error(format!("writing notebook {title}"), error.to_string());
        let folder = cx.client().folder.join(&title);
        let mut notebook = planned;
        notebook.path = Value::from(folder.display().to_string());
        notebook.status = Value::from("incomplete");
        fs::create_dir_all(&folder).map_err(failed)?;
        cx.checkpoint(&notebook);
        if let Value::Known(pages) = &mut notebook.pages {
            for (name, page) in pages {
                if folder.join("full").exists() {
                    let detail = format!("There is no room for the page {name}. Remove the file full.");
                    return Err(Diagnostic::error(format!("writing notebook {title}"), detail).into());
                }
                let text = page.text.known().cloned().unwrap_or_default();
                let ending = page.ending.known().cloned().unwrap_or_default();
                fs::write(folder.join(format!("{name}.txt")), text + &ending).map_err(failed)?;
                page.file = Value::from(format!("{name}.txt"));
            }
        }
        let planned = notebook.pages.known();
        for name in names(&folder).map_err(failed)? {
            if !planned.is_some_and(|pages| pages.contains_key(&name)) {
                fs::remove_file(folder.join(format!("{name}.txt"))).map_err(failed)?;
            }
        }
        notebook.status = Value::from("ready");
        Ok(notebook)
    }
}

/// The names of the pages in a folder.
fn names(folder: &std::path::Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        names.extend(name.strip_suffix(".txt").map(ToOwned::to_owned));
    }
    names.sort();
    Ok(names)
}

#[async_trait]
impl Resource for Notebooks {
    type Client = Shelf;
    type Model = Notebook;

    fn name(&self) -> &'static str {
        "notebook"
    }

    async fn plan(&self, plan: &mut Plan<'_, Shelf, Notebook>) {
        // A plan promises that the apply finishes its work.
        plan.planned.status.settle("ready");
    }

    async fn read(
        &self,
        cx: &Context<Shelf, Notebook>,
        state: Notebook,
    ) -> Result<Option<Notebook>, Diagnostics> {
        let title = state.title.known().cloned().unwrap_or_default();
        let folder = cx.client().folder.join(&title);
        if !folder.exists() {
            return Ok(None);
        }
        let failed =
            |error: io::Error| Diagnostic::error(format!("reading notebook {title}"), error.to_string());
        let mut pages = BTreeMap::new();
        for name in names(&folder).map_err(failed)? {
            let text = fs::read_to_string(folder.join(format!("{name}.txt"))).map_err(failed)?;
            let known = state.pages.known().and_then(|pages| pages.get(&name));
            let ending =
                known.and_then(|page| page.ending.known().cloned()).unwrap_or_else(|| "\n".to_owned());
            let (text, ending) = match text.strip_suffix(&ending) {
                Some(text) => (text.to_owned(), ending),
                None => (text, String::new()),
            };
            let file = Value::from(format!("{name}.txt"));
            pages.insert(name, Page { text: text.into(), file, ending: ending.into() });
        }
        let pages = if pages.is_empty() { state.pages.clone().map(|_| pages) } else { Value::from(pages) };
        Ok(Some(Notebook { pages, ..state }))
    }

    async fn create(
        &self,
        cx: &Context<Shelf, Notebook>,
        planned: Notebook,
    ) -> Result<Notebook, Diagnostics> {
        Notebooks::write(cx, planned)
    }

    async fn update(
        &self,
        cx: &Context<Shelf, Notebook>,
        _: Notebook,
        planned: Notebook,
    ) -> Result<Notebook, Diagnostics> {
        Notebooks::write(cx, planned)
    }

    async fn delete(&self, cx: &Context<Shelf, Notebook>, prior: Notebook) -> Result<(), Diagnostics> {
        let title = prior.title.known().cloned().unwrap_or_default();
        match fs::remove_dir_all(cx.client().folder.join(&title)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(Diagnostic::error(format!("deleting notebook {title}"), error.to_string()).into())
            }
            _ => Ok(()),
        }
    }

    async fn import(&self, cx: &Context<Shelf, Notebook>, id: &str) -> Result<Notebook, Diagnostics> {
        let path = cx.client().folder.join(id);
        Ok(Notebook {
            title: Value::from(id),
            pages: Value::Null,
            allow_replace: Value::Null,
            path: Value::from(path.display().to_string()),
            status: Value::from("ready"),
        })
    }

    fn identified_by(&self) -> Option<IdentifiedBy<Self>> {
        Some(IdentifiedBy::new::<NotebookIdentity>())
    }

    fn identity(&self, model: &Notebook) -> Option<String> {
        model.title.known().cloned()
    }

    fn is_incomplete(&self, model: &Notebook) -> bool {
        model.status == Value::from("incomplete")
    }
}
