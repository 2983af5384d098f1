use serde_json::Value as Json;
use tfplugin_proto::cty::Value;

use super::json::{from_json, to_json};
use super::terraform::{Applied, Planned, Terraform};
use crate::Diagnostics;

/// One resource instance, as Terraform's state has it between runs.
#[derive(Clone, Debug)]
pub struct Instance {
    /// The type of the resource.
    pub type_name: String,
    /// The object, if there is one.
    pub state: Option<Json>,
    /// What Terraform knows the object by, if it has an identity.
    pub identity: Option<Json>,
    /// The object's create failed, so the next plan replaces it.
    pub tainted: bool,
    /// Objects that were replaced by a new one first, and are still to be destroyed.
    pub deposed: Vec<Deposed>,
    /// In which order an object is replaced.
    pub replacement: Replacement,
}

/// An object that was replaced by a new one first.
#[derive(Clone, Debug, PartialEq)]
pub struct Deposed {
    /// The object.
    pub state: Json,
    /// What Terraform knows it by.
    pub identity: Option<Json>,
    /// Its create had failed.
    pub tainted: bool,
}

/// In which order an object is replaced.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Replacement {
    /// Terraform's default.
    #[default]
    DestroyThenCreate,
    /// `lifecycle { create_before_destroy = true }`.
    CreateThenDestroy,
}

impl Instance {
    /// An instance without an object.
    pub fn new(type_name: impl Into<String>) -> Instance {
        Instance {
            type_name: type_name.into(),
            state: None,
            identity: None,
            tainted: false,
            deposed: Vec::new(),
            replacement: Replacement::default(),
        }
    }

    /// Loads and refreshes the object and plans `config`: of a replacement, the create half.
    pub async fn plan<C: Send + Sync + 'static>(
        &mut self,
        terraform: &Terraform<C>,
        config: &Json,
    ) -> Planned {
        let refreshed = self.refresh(terraform).await;
        let ty = terraform.schema(&self.type_name).cty_type();
        let config = from_json(config, &ty);
        if refreshed.has_errors() {
            return Planned::nothing(&self.type_name, self.value(terraform), config, refreshed);
        }
        let create = terraform.plan_value(&self.type_name, Value::Null, config.clone());
        if self.tainted {
            // The plan of a tainted object gets no prior state.
            return create.await;
        }
        let (prior, identity) = (self.value(terraform), self.identity_value(terraform).await);
        let planned = terraform.plan_identified(&self.type_name, prior, identity, config.clone()).await;
        if planned.requires_replace.is_empty() || planned.diagnostics.has_errors() {
            return planned;
        }
        let mut create = create.await;
        create.requires_replace = planned.requires_replace;
        create
    }

    /// Runs `terraform apply`: plans in one process and applies in another, both of which are configured already.
    ///
    /// Objects that were deposed are destroyed last, and not at all where the object that took their place is not made:
    /// see `twins.rs` of the conformance tests.
    pub async fn apply<C: Send + Sync + 'static>(
        &mut self,
        planning: &Terraform<C>,
        applying: &Terraform<C>,
        config: &Json,
    ) -> Diagnostics {
        let planned = self.plan(planning, config).await;
        let mut diagnostics = planned.diagnostics.clone();
        if diagnostics.has_errors() {
            return diagnostics;
        }
        let changes = planned.prior.is_null() || planned.prior != planned.planned;
        if changes {
            diagnostics.extend(self.make(applying, planned).await);
        }
        if !diagnostics.has_errors() {
            diagnostics.extend(self.destroy_deposed(applying).await);
        }
        diagnostics
    }

    /// Carries out a plan that is not empty; of a replacement that creates first, the create half.
    async fn make<C: Send + Sync + 'static>(
        &mut self,
        applying: &Terraform<C>,
        planned: Planned,
    ) -> Diagnostics {
        self.load(applying).await;
        let replaces = self.state.is_some() && planned.prior.is_null();
        let mut diagnostics = Diagnostics::new();
        if replaces && self.replacement == Replacement::DestroyThenCreate {
            // The delete half gets the private data of the planned create.
            let (prior, identity) = (self.value(applying), self.identity_value(applying).await);
            let private = planned.private.clone();
            let applied = applying
                .apply_identified(&self.type_name, &prior, &Value::Null, &identity, &Value::Null, private)
                .await;
            diagnostics.extend(applied.diagnostics.clone());
            self.keep(&applied);
            if applied.diagnostics.has_errors() {
                return diagnostics;
            }
        }
        let replaced = if replaces { self.depose() } else { None };
        // Before it applies, Terraform plans once more.
        let (prior, identity) = (planned.prior.clone(), planned.prior_identity.clone());
        let planned =
            applying.plan_identified(&self.type_name, prior, identity, planned.config.clone()).await;
        let applied = applying.apply(&planned).await;
        self.tainted =
            planned.prior.is_null() && applied.diagnostics.has_errors() && !applied.state.is_null();
        self.keep(&applied);
        match replaced {
            // Nothing took its place, so Terraform puts it back.
            Some(replaced) if applied.diagnostics.has_errors() && self.state.is_none() => {
                (self.state, self.identity) = (Some(replaced.state), replaced.identity);
                self.tainted = replaced.tainted;
            }
            replaced => self.deposed.extend(replaced),
        }
        diagnostics.extend(applied.diagnostics);
        diagnostics
    }

    /// Runs `terraform destroy`.
    pub async fn destroy<C: Send + Sync + 'static>(
        &mut self,
        planning: &Terraform<C>,
        applying: &Terraform<C>,
    ) -> Diagnostics {
        let mut diagnostics = self.refresh(planning).await;
        if diagnostics.has_errors() {
            return diagnostics;
        }
        if self.state.is_some() {
            let (prior, identity) = (self.value(planning), self.identity_value(planning).await);
            let planned = planning.plan_identified(&self.type_name, prior, identity, Value::Null).await;
            if planned.diagnostics.has_errors() {
                return planned.diagnostics;
            }
            self.load(applying).await;
            let applied = applying.apply(&planned).await;
            self.keep(&applied);
            self.tainted &= self.state.is_some();
            diagnostics.extend(applied.diagnostics);
        }
        // Terraform destroys these at the same time; here one follows the other, so that a history plays alike again.
        diagnostics.extend(self.destroy_deposed(applying).await);
        diagnostics
    }

    /// Marks the object for replacement, as `terraform taint` does.
    pub fn taint(&mut self) {
        self.tainted = self.state.is_some();
    }

    /// Loads the object and those deposed, as every plan of Terraform does, and refreshes them. After an error of the refresh
    /// Terraform plans nothing.
    pub async fn refresh<C: Send + Sync + 'static>(&mut self, terraform: &Terraform<C>) -> Diagnostics {
        self.load(terraform).await;
        for deposed in &self.deposed {
            terraform.load(&self.type_name, &deposed.state).await;
        }
        let mut diagnostics = Diagnostics::new();
        if self.state.is_some() {
            let identity = self.identity_value(terraform).await;
            let read = terraform.read_identified(&self.type_name, &self.value(terraform), &identity).await;
            diagnostics = read.diagnostics.clone();
            if !diagnostics.has_errors() {
                self.keep(&read);
            }
            self.tainted &= self.state.is_some();
        }
        for deposed in std::mem::take(&mut self.deposed) {
            let (state, identity) = self.deposed_value(terraform, &deposed).await;
            let read = terraform.read_identified(&self.type_name, &state, &identity).await;
            self.deposed.extend(match read.diagnostics.has_errors() {
                true => Some(deposed),
                false => deposed_as(&read, deposed.tainted),
            });
            diagnostics.extend(read.diagnostics);
        }
        diagnostics
    }

    /// Loads the object, as Terraform does before it works on it.
    async fn load<C: Send + Sync + 'static>(&self, terraform: &Terraform<C>) {
        let Some(state) = &self.state else { return };
        terraform.load(&self.type_name, state).await;
        if let Some(identity) = &self.identity {
            terraform.load_identity(&self.type_name, identity).await;
        }
    }

    /// Takes the object out of the way of the one that replaces it.
    fn depose(&mut self) -> Option<Deposed> {
        let (state, identity) = (self.state.take()?, self.identity.take());
        Some(Deposed { state, identity, tainted: std::mem::take(&mut self.tainted) })
    }

    /// Destroys what is deposed. Terraform plans that once more before it does it, in the process that applies.
    async fn destroy_deposed<C: Send + Sync + 'static>(&mut self, terraform: &Terraform<C>) -> Diagnostics {
        let mut diagnostics = Diagnostics::new();
        for deposed in std::mem::take(&mut self.deposed) {
            let (prior, identity) = self.deposed_value(terraform, &deposed).await;
            let planned = terraform.plan_identified(&self.type_name, prior, identity, Value::Null).await;
            let applied = terraform.apply(&planned).await;
            self.deposed.extend(deposed_as(&applied, deposed.tainted));
            diagnostics.extend(applied.diagnostics);
        }
        diagnostics
    }

    /// Loads an object that is deposed, with its identity.
    async fn deposed_value<C: Send + Sync + 'static>(
        &self,
        terraform: &Terraform<C>,
        deposed: &Deposed,
    ) -> (Value, Value) {
        let ty = terraform.schema(&self.type_name).cty_type();
        terraform.load(&self.type_name, &deposed.state).await;
        if let Some(identity) = &deposed.identity {
            terraform.load_identity(&self.type_name, identity).await;
        }
        let identity = terraform.identity_value(&self.type_name, deposed.identity.as_ref()).await;
        (from_json(&deposed.state, &ty), identity)
    }

    /// Stores an answer as Terraform does: without an object there is no identity.
    fn keep(&mut self, answer: &Applied) {
        self.state = json(&answer.state);
        self.identity = self.state.as_ref().and_then(|_| json(&answer.identity));
    }

    async fn identity_value<C: Send + Sync + 'static>(&self, terraform: &Terraform<C>) -> Value {
        terraform.identity_value(&self.type_name, self.identity.as_ref()).await
    }

    /// The object as the provider gets it; null when there is none.
    pub fn value<C: Send + Sync + 'static>(&self, terraform: &Terraform<C>) -> Value {
        let provider = terraform.service().provider();
        let schema = provider.resource_schemas().find(|(name, _)| *name == self.type_name);
        match (&self.state, schema) {
            (Some(state), Some((_, schema))) => from_json(state, &schema.cty_type()),
            _ => Value::Null,
        }
    }
}

fn json(value: &Value) -> Option<Json> {
    (!value.is_null()).then(|| to_json(value))
}

/// What an answer leaves of an object that is deposed.
fn deposed_as(answer: &Applied, tainted: bool) -> Option<Deposed> {
    json(&answer.state).map(|state| Deposed { state, identity: json(&answer.identity), tainted })
}
