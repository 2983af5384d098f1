use serde_json::Value as Json;
use tfplugin_proto::cty::Value;

use super::json::{from_json, to_json};
use super::terraform::{Planned, Terraform};
use crate::Diagnostics;

/// One resource instance, as Terraform's state has it between runs.
#[derive(Clone, Debug)]
pub struct Instance {
    /// The type of the resource.
    pub type_name: String,
    /// The object, if there is one.
    pub state: Option<Json>,
    /// The object's create failed, so the next plan replaces it.
    pub tainted: bool,
    /// Objects that were replaced by a new one first, and are still to be destroyed.
    pub deposed: Vec<Json>,
    /// In which order an object is replaced.
    pub replacement: Replacement,
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
        let prior = self.refresh(terraform).await;
        if self.tainted {
            // The plan of a tainted object gets no prior state.
            return terraform.plan(&self.type_name, &Json::Null, config).await;
        }
        let planned = terraform.plan(&self.type_name, &prior, config).await;
        if planned.requires_replace.is_empty() || planned.diagnostics.has_errors() {
            return planned;
        }
        let mut create = terraform.plan(&self.type_name, &Json::Null, config).await;
        create.requires_replace = planned.requires_replace;
        create
    }

    /// Runs `terraform apply`: plans in one process and applies in another, both of which are configured already.
    pub async fn apply<C: Send + Sync + 'static>(
        &mut self,
        planning: &Terraform<C>,
        applying: &Terraform<C>,
        config: &Json,
    ) -> Diagnostics {
        let planned = self.plan(planning, config).await;
        let no_change = !planned.prior.is_null() && planned.prior == planned.planned;
        if planned.diagnostics.has_errors() || no_change {
            return planned.diagnostics;
        }
        let mut diagnostics = planned.diagnostics.clone();
        self.load(applying).await;
        for deposed in std::mem::take(&mut self.deposed) {
            diagnostics.extend(self.destroy_deposed(applying, deposed).await);
        }
        let replaces = self.state.is_some() && planned.prior.is_null();
        if replaces && self.replacement == Replacement::DestroyThenCreate {
            // The delete half gets the private data of the planned create.
            let prior = self.value(applying);
            let applied = applying
                .apply_value(&self.type_name, &prior, &Value::Null, &Value::Null, planned.private.clone())
                .await;
            diagnostics.extend(applied.diagnostics.clone());
            self.state = json(&applied.state);
            if applied.diagnostics.has_errors() {
                return diagnostics;
            }
        }
        let deposed = if replaces { self.state.take() } else { None };
        // Before it applies, Terraform plans once more.
        let planned =
            applying.plan_value(&self.type_name, planned.prior.clone(), planned.config.clone()).await;
        let applied = applying.apply(&planned).await;
        self.tainted =
            planned.prior.is_null() && applied.diagnostics.has_errors() && !applied.state.is_null();
        self.state = json(&applied.state);
        let failed = applied.diagnostics.has_errors();
        diagnostics.extend(applied.diagnostics);
        match deposed {
            Some(deposed) if failed => self.deposed.push(deposed),
            Some(deposed) => diagnostics.extend(self.destroy_deposed(applying, deposed).await),
            None => {}
        }
        diagnostics
    }

    /// Runs `terraform destroy`.
    pub async fn destroy<C: Send + Sync + 'static>(
        &mut self,
        planning: &Terraform<C>,
        applying: &Terraform<C>,
    ) -> Diagnostics {
        let prior = self.refresh(planning).await;
        if prior.is_null() {
            return Diagnostics::new();
        }
        let planned = planning.plan_destroy(&self.type_name, &prior).await;
        if planned.diagnostics.has_errors() {
            return planned.diagnostics;
        }
        self.load(applying).await;
        let applied = applying.apply(&planned).await;
        self.state = json(&applied.state);
        self.tainted &= self.state.is_some();
        applied.diagnostics
    }

    /// Marks the object for replacement, as `terraform taint` does.
    pub fn taint(&mut self) {
        self.tainted = self.state.is_some();
    }

    /// Loads the object and those deposed, as every process of Terraform does, and refreshes the object.
    async fn refresh<C: Send + Sync + 'static>(&mut self, terraform: &Terraform<C>) -> Json {
        self.load(terraform).await;
        if self.state.is_some() {
            let read = terraform.read(&self.type_name, &self.value(terraform)).await;
            self.state = json(&read.state);
            self.tainted &= self.state.is_some();
        }
        self.state.clone().unwrap_or(Json::Null)
    }

    async fn load<C: Send + Sync + 'static>(&self, terraform: &Terraform<C>) {
        for state in self.state.iter().chain(&self.deposed) {
            terraform.load(&self.type_name, state).await;
        }
    }

    async fn destroy_deposed<C: Send + Sync + 'static>(
        &mut self,
        terraform: &Terraform<C>,
        deposed: Json,
    ) -> Diagnostics {
        let planned = terraform.plan_destroy(&self.type_name, &deposed).await;
        let applied = terraform.apply(&planned).await;
        self.deposed.extend(json(&applied.state));
        applied.diagnostics
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

fn json(state: &Value) -> Option<Json> {
    (!state.is_null()).then(|| to_json(state))
}
