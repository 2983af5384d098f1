//! Many plans as one table, without a server.

use std::fmt::Write as _;
use std::sync::Arc;

use serde_json::Value as Json;
use tfplugin_proto::cty::Value;

use super::json::from_json;
use super::proposed::proposed;
use super::terraform::Planned;
use crate::erased::{AnyResource, TypedResource};
use crate::plan::{Change, plan_change, plan_destroy};
use crate::resume::Memory;
use crate::{Diagnostics, Resource};

/// One row: what it shows, the prior state (null for a create) and the configuration (null for a destroy).
pub type PlanRow<'a> = (&'a str, Json, Json);

/// Plans every row with `resource` alone, and shows what is planned, replaced and said: one snapshot for many cases.
/// Without a client the plans are those of a provider whose configuration is not known yet.
///
/// Validators run as they do in Terraform, before the plan.
pub async fn plan_table<R: Resource>(
    resource: R,
    client: Option<Arc<R::Client>>,
    rows: impl IntoIterator<Item = PlanRow<'_>>,
) -> String {
    let type_name = resource.name().to_owned();
    let resource = TypedResource::new(resource, type_name);
    let mut table = String::new();
    for (title, prior, config) in rows {
        let ty = AnyResource::cty_type(&resource);
        let planned = plan(&resource, client.clone(), from_json(&prior, ty), from_json(&config, ty)).await;
        // Writing to a string cannot fail.
        let _ = writeln!(table, "# {title}\n{planned}\n");
    }
    table.truncate(table.trim_end().len());
    table
}

async fn plan<C: Send + Sync + 'static>(
    resource: &dyn AnyResource<C>,
    client: Option<Arc<C>>,
    prior: Value,
    config: Value,
) -> Planned {
    let mut answer = Planned {
        type_name: resource.type_name().to_owned(),
        prior: prior.clone(),
        config: config.clone(),
        planned: Value::Null,
        prior_identity: Value::Null,
        identity: Value::Null,
        requires_replace: Vec::new(),
        diagnostics: Diagnostics::new(),
        private: Vec::new(),
    };
    let memory = Memory::default();
    if config.is_null() {
        let (private, diagnostics) = plan_destroy(resource, &prior, client, &memory).await;
        return Planned { private: private.encode(), diagnostics, ..answer };
    }
    answer.diagnostics = resource.validate(&config);
    if answer.diagnostics.has_errors() {
        return answer;
    }
    let proposed = proposed(resource.schema(), &prior, &config);
    let change = Change { prior: Some(prior).filter(|prior| !prior.is_null()), config, proposed };
    let planned = plan_change(resource, change, client, &memory).await;
    answer.diagnostics.extend(planned.diagnostics);
    Planned {
        planned: planned.planned,
        requires_replace: planned.requires_replace.iter().map(ToString::to_string).collect(),
        private: planned.private.encode(),
        ..answer
    }
}
