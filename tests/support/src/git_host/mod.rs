//! A Git host for one repository on this machine: the API of Gitea as far as Atlantis calls it, over a bare repository.
//!
//! It writes down every comment and status, and what it was asked and does not know. Git itself does not come here: the
//! configuration of [`GitHost::git_configuration`] leads it from the host's address to the repository's folder.
//! <https://docs.gitea.com/api/1.25/>

mod api;
mod repository;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

use repository::Repository;

/// The branch that pull requests go into.
pub const BASE: &str = "main";

/// A running host on a free port of 127.0.0.1. It ends when dropped.
#[derive(Debug)]
pub struct GitHost {
    shared: Arc<Shared>,
    runtime: Option<Runtime>,
}

/// A comment of a pull request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// The number of the pull request.
    pub pull: u64,
    /// Who wrote it.
    pub author: String,
    /// The text, in Markdown.
    pub body: String,
}

/// What a program said of a commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// The commit.
    pub commit: String,
    /// What it is about, such as `atlantis/plan: dev/us-east-1/dev/main`.
    pub context: String,
    /// `pending`, `success` or `failure`.
    pub state: String,
    /// A few words.
    pub description: String,
}

/// A pull request.
#[derive(Clone, Debug)]
struct Pull {
    branch: String,
    approved_by: Option<String>,
    is_merged: bool,
}

/// What the host knows, in the order in which it came.
#[derive(Debug, Default)]
struct Records {
    pulls: Vec<Pull>,
    comments: Vec<Comment>,
    statuses: Vec<Status>,
    unknown: Vec<String>,
}

#[derive(Debug)]
struct Shared {
    address: SocketAddr,
    /// `owner/name`.
    name: String,
    repository: Repository,
    records: Mutex<Records>,
}

impl Shared {
    fn records(&self) -> MutexGuard<'_, Records> {
        self.records.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl GitHost {
    /// Starts a host with the empty repository `name`, such as `acme/live`.
    ///
    /// # Panics
    /// When no port can be opened or there is no Git.
    pub fn start(name: &str) -> GitHost {
        let started = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .thread_name("git-host")
            .build()
            .and_then(|runtime| {
                let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
                listener.set_nonblocking(true)?;
                let address = listener.local_addr()?;
                let listener = {
                    let _inside = runtime.enter();
                    TcpListener::from_std(listener)?
                };
                Ok((runtime, listener, address))
            });
        let (runtime, listener, address) =
            started.unwrap_or_else(|error| panic!("the Git host cannot listen: {error}"));
        let shared = Arc::new(Shared {
            address,
            name: name.to_owned(),
            repository: Repository::new(),
            records: Mutex::default(),
        });
        runtime.spawn(accept(listener, Arc::clone(&shared)));
        GitHost { shared, runtime: Some(runtime) }
    }

    /// `http://127.0.0.1:PORT`.
    pub fn endpoint(&self) -> String {
        format!("http://{}", self.shared.address)
    }

    /// The repository as Atlantis calls it: `127.0.0.1/acme/live`.
    pub fn repository_id(&self) -> String {
        format!("{}/{}", self.shared.address.ip(), self.shared.name)
    }

    /// The folder of the bare repository, to push to.
    pub fn repository(&self) -> PathBuf {
        self.shared.repository.folder()
    }

    /// What leads Git to the repository's folder when it is given the host's address with the name and password of `user`.
    pub fn git_configuration(&self, user: &str, password: &str) -> String {
        let folder = self.repository();
        let (address, name) = (self.shared.address, &self.shared.name);
        format!(
            "[url \"file://{}\"]\n\tinsteadOf = http://{user}:{password}@{address}/{name}.git\n",
            folder.display()
        )
    }

    /// Opens a pull request of the branch, which must have been pushed; its number.
    pub fn open(&self, branch: &str) -> u64 {
        let mut records = self.shared.records();
        records.pulls.push(Pull { branch: branch.to_owned(), approved_by: None, is_merged: false });
        records.pulls.len() as u64
    }

    /// Somebody approves the pull request.
    pub fn approve(&self, pull: u64, by: &str) {
        self.change(pull, |pull| pull.approved_by = Some(by.to_owned()));
    }

    /// Merges the pull request.
    ///
    /// # Panics
    /// When it cannot be merged.
    pub fn merge(&self, pull: u64) {
        let mut branch = String::new();
        self.change(pull, |pull| {
            pull.is_merged = true;
            branch.clone_from(&pull.branch);
        });
        self.shared.repository.merge(BASE, &branch).unwrap_or_else(|error| panic!("{error}"));
    }

    /// What the host tells of the pull request when it is opened, pushed to or merged: the body of a webhook.
    ///
    /// # Panics
    /// When there is no such pull request.
    pub fn pull_event(&self, pull: u64) -> Value {
        self.shared.pull_event(pull).unwrap_or_else(|| panic!("there is no pull request {pull}"))
    }

    /// Somebody comments on the pull request; what the host tells of it.
    pub fn comment(&self, pull: u64, author: &str, body: &str) -> Value {
        self.shared.comment(pull, author, body)
    }

    /// All comments up to now.
    pub fn comments(&self) -> Vec<Comment> {
        self.shared.records().comments.clone()
    }

    /// All statuses up to now, in the order in which they were set.
    pub fn statuses(&self) -> Vec<Status> {
        self.shared.records().statuses.clone()
    }

    /// The requests that the host does not know, such as `GET /api/v1/teams`.
    pub fn unknown_requests(&self) -> Vec<String> {
        self.shared.records().unknown.clone()
    }

    fn change(&self, pull: u64, change: impl FnOnce(&mut Pull)) {
        let mut records = self.shared.records();
        let index = usize::try_from(pull).unwrap_or_default().wrapping_sub(1);
        match records.pulls.get_mut(index) {
            Some(pull) => change(pull),
            None => panic!("there is no pull request {pull}"),
        }
    }
}

impl Drop for GitHost {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    loop {
        let Ok((stream, _)) = listener.accept().await else { continue };
        let shared = Arc::clone(&shared);
        tokio::spawn(async move {
            let handler = service_fn(|request| handle(request, Arc::clone(&shared)));
            // An error is a connection that the caller has closed.
            let _ = hyper::server::conn::http1::Builder::new()
                .serve_connection(TokioIo::new(stream), handler)
                .await;
        });
    }
}

async fn handle(
    request: Request<Incoming>,
    shared: Arc<Shared>,
) -> Result<Response<Full<Bytes>>, hyper::Error> {
    let (parts, body) = request.into_parts();
    let body = body.collect().await?.to_bytes();
    let body = serde_json::from_slice(&body).unwrap_or_default();
    // Git is a process to wait for.
    let answer =
        tokio::task::spawn_blocking(move || shared.answer(&parts.method, parts.uri.path(), &body)).await;
    let (status, value) = answer.unwrap_or((hyper::StatusCode::INTERNAL_SERVER_ERROR, Value::Null));
    let mut response = Response::new(Full::new(value.to_string().into()));
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert("content-type", hyper::header::HeaderValue::from_static("application/json"));
    Ok(response)
}
