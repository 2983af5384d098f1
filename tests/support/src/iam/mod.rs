//! IAM at the fault proxy: policies are asked about every call, as AWS asks them.
//!
//! The emulator allows everything. Here each resource of a call must be allowed by a statement: what the call makes, by the tags
//! of the request, and what it names, by the tags that it carries in the emulator.

mod checked;
mod permission_name;
mod question;
mod seen;

pub use permission_name::permission;
pub use question::{Question, Resource, questions};

use std::sync::{Arc, Mutex, PoisonError};

use landform_model::guardrails::document::Document;
use landform_model::guardrails::evaluate::{Evaluator, Principal, Request};
use landform_sandbox::aws::Client;

use crate::fault_proxy::{Call, FaultProxy};
use seen::Seen;

/// The policies of somebody who works in one account, and what they refused.
#[derive(Debug)]
pub struct Policies {
    account: String,
    evaluator: Evaluator,
    emulator: Client,
    denied: Mutex<Vec<String>>,
}

impl Policies {
    /// The policies `documents` (JSON), for calls in `account` (12 digits) of the emulator at `endpoint`.
    ///
    /// # Panics
    /// A document cannot be read or evaluated, or the endpoint is not on this machine.
    pub fn new(account: &str, documents: &[String], endpoint: &str) -> Arc<Policies> {
        let read = |text: &String| match text.parse::<Document>() {
            Ok(document) => document,
            Err(error) => panic!("{error}:\n{text}"),
        };
        let documents: Vec<Document> = documents.iter().map(read).collect();
        let evaluator = match Evaluator::new(&documents) {
            Ok(evaluator) => evaluator,
            Err(error) => panic!("{error}"),
        };
        let emulator = match Client::new(endpoint) {
            Ok(client) => client,
            Err(error) => panic!("{error}"),
        };
        Arc::new(Policies { account: account.to_owned(), evaluator, emulator, denied: Mutex::default() })
    }

    /// From now on `proxy` answers `UnauthorizedOperation` to what the policies do not allow, in place of all rules that it has.
    /// Calls of STS pass, by which one becomes somebody who has policies.
    pub fn rule(self: &Arc<Policies>, proxy: &FaultProxy) {
        let policies = Arc::clone(self);
        proxy.clear_rules();
        proxy.on_where(move |call| policies.deny(call)).always().fail(
            403,
            "UnauthorizedOperation",
            "You are not authorized to perform this operation.",
        );
    }

    /// What was denied since the last time this was asked, with the resource and its tags.
    pub fn take_denied(&self) -> Vec<String> {
        std::mem::take(&mut *self.denied.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn deny(&self, call: &Call) -> bool {
        if call.service == "sts" {
            return false;
        }
        let denial = self.judge(call).err();
        let denied = denial.is_some();
        self.denied.lock().unwrap_or_else(PoisonError::into_inner).extend(denial);
        denied
    }

    /// # Errors
    /// The first question that no statement answers with yes, or what keeps it from being asked.
    fn judge(&self, call: &Call) -> Result<(), String> {
        let seen = Seen::of(call, &self.emulator, &self.account)?;
        for question in questions(call, &|association| seen.associated(association))? {
            let request = self.request(call, &question, &seen)?;
            let decision = self.evaluator.decide(&request).map_err(|error| error.to_string())?;
            if !decision.is_let_through() {
                return Err(format!("{request} ({decision:?}): {question:?}"));
            }
        }
        Ok(())
    }

    fn request(&self, call: &Call, question: &Question, seen: &Seen) -> Result<Request, String> {
        let role = format!("arn:aws:iam::{}:role/apply", self.account);
        let principal: Principal = role.parse().map_err(|error| format!("{error}"))?;
        let arn = match &question.resource {
            Resource::Any => "*".to_owned(),
            Resource::Arn(arn) => arn.clone(),
            Resource::Ec2 { kind, id } => {
                format!(
                    "arn:aws:ec2:{}:{}:{kind}/{}",
                    call.region,
                    self.account,
                    id.as_deref().unwrap_or("*")
                )
            }
        };
        let mut request = Request::new(principal, &question.action).on(&arn);
        for (key, value) in &question.keys {
            request = request.with(key, [value]);
        }
        if let Resource::Ec2 { id: Some(id), .. } = &question.resource {
            for (key, value) in seen.tags(id) {
                request = request.with(&format!("aws:ResourceTag/{key}"), [value]);
            }
        }
        Ok(request)
    }
}
