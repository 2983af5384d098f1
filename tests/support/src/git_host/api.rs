//! The requests of Gitea's API that Atlantis makes, and their answers.

use hyper::{Method, StatusCode};
use serde_json::{Value, json};

use super::{BASE, Comment, Pull, Shared, Status};

/// A Gitea whose API is what the answers here are written for.
const VERSION: &str = "1.25.0";
/// Who opens pull requests.
const AUTHOR: &str = "dora";

impl Shared {
    /// Answers one request, and writes down what it changes.
    pub(super) fn answer(&self, method: &Method, path: &str, body: &Value) -> (StatusCode, Value) {
        let repository = format!("/api/v1/repos/{}", self.name);
        let known = match path.strip_prefix(&repository) {
            Some(rest) => {
                let parts: Vec<&str> = rest.split('/').skip(1).collect();
                self.of_repository(method, &parts, body)
            }
            None => match path {
                "/api/v1/version" => Some(json!({ "version": VERSION })),
                "/api/v1/user" => Some(user("atlantis")),
                _ => None,
            },
        };
        match known {
            Some(answer) if *method == Method::POST => (StatusCode::CREATED, answer),
            Some(answer) => (StatusCode::OK, answer),
            None => {
                self.records().unknown.push(format!("{method} {path}"));
                (StatusCode::NOT_FOUND, json!({ "message": "not found" }))
            }
        }
    }

    /// A request about the repository, by the parts of its path after the repository's.
    fn of_repository(&self, method: &Method, parts: &[&str], body: &Value) -> Option<Value> {
        let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
        match (method.as_str(), parts) {
            ("GET", ["pulls", pull]) => self.pull(pull.parse().ok()?),
            ("GET", ["pulls", pull, "files"]) => {
                let branch = self.find(pull.parse().ok()?)?.branch;
                let files = self.repository.changed_files(BASE, &branch);
                Some(files.iter().map(|name| json!({ "filename": name })).collect())
            }
            ("GET", ["pulls", pull, "reviews"]) => {
                let approved_by = self.find(pull.parse().ok()?)?.approved_by;
                let review = |name: &String| json!({ "id": 1, "user": user(name), "state": "APPROVED" });
                Some(approved_by.iter().map(review).collect())
            }
            ("POST", ["issues", pull, "comments"]) => {
                Some(self.comment(pull.parse().ok()?, "atlantis", &text("body"))["comment"].clone())
            }
            // The thumb or eye that a comment gets.
            ("POST", ["issues", "comments", _, "reactions"]) => Some(json!({ "content": text("content") })),
            ("POST", ["statuses", commit]) => {
                let status = Status {
                    commit: (*commit).to_owned(),
                    context: text("context"),
                    state: text("state"),
                    description: text("description"),
                };
                self.records().statuses.push(status);
                Some(body.clone())
            }
            _ => None,
        }
    }

    /// A comment is written; the body of its webhook.
    pub(super) fn comment(&self, pull: u64, author: &str, body: &str) -> Value {
        let mut records = self.records();
        records.comments.push(Comment { pull, author: author.to_owned(), body: body.to_owned() });
        json!({
            "action": "created",
            "issue": { "number": pull },
            "comment": { "id": records.comments.len(), "user": user(author), "body": body },
            "repository": self.described(),
        })
    }

    /// The body of the webhook about the pull request.
    pub(super) fn pull_event(&self, number: u64) -> Option<Value> {
        let is_merged = self.find(number)?.is_merged;
        let action = if is_merged { "closed" } else { "synchronized" };
        Some(json!({ "action": action, "number": number, "pull_request": self.pull(number)? }))
    }

    fn find(&self, number: u64) -> Option<Pull> {
        self.records().pulls.get(usize::try_from(number).ok()?.checked_sub(1)?).cloned()
    }

    fn pull(&self, number: u64) -> Option<Value> {
        let pull = self.find(number)?;
        let end = |branch: &str| json!({ "ref": branch, "sha": self.repository.commit(branch), "repo": self.described() });
        Some(json!({
            "number": number,
            "user": user(AUTHOR),
            "title": pull.branch,
            "state": if pull.is_merged { "closed" } else { "open" },
            "html_url": format!("http://{}/{}/pulls/{number}", self.address, self.name),
            "mergeable": self.repository.is_mergeable(BASE, &pull.branch),
            "merged": pull.is_merged,
            "base": end(BASE),
            "head": end(&pull.branch),
        }))
    }

    /// The repository as the API describes it.
    fn described(&self) -> Value {
        let clone_url = format!("http://{}/{}.git", self.address, self.name);
        json!({ "full_name": self.name, "clone_url": clone_url, "default_branch": BASE })
    }
}

fn user(name: &str) -> Value {
    json!({ "id": 1, "login": name })
}
