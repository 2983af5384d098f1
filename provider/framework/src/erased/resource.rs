use std::sync::{Arc, OnceLock};

use async_trait::async_trait;
use serde_json::Value as Json;
use tfplugin_proto::cty::{self, Value};
use tokio::sync::mpsc;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::call::{Call, ImportBy, Outcome, Proposal};
use super::{AnyList, Listed, Search};
use crate::attribute::{Attribute, Model};
use crate::docs::Permissions;
use crate::identity::{AnyIdentity, IdentitySchema};
use crate::plan::{keep_spelling, null_write_only};
use crate::schema::{ObjectSchema, conform, deprecations};
use crate::timeouts::{self, Ended, Left, Limit, Operation, supervised};
use crate::{Context, Diagnostics, ListedBy, Path, Plan, Resource, Source, run};

/// A resource whose model is hidden.
#[async_trait]
pub(crate) trait AnyResource<C>: Send + Sync {
    fn type_name(&self) -> &str;
    fn subcategory(&self) -> &'static str;
    fn permissions(&self) -> Permissions;
    fn schema(&self) -> &ObjectSchema;
    fn schema_version(&self) -> i64;
    fn cty_type(&self) -> &cty::Type;
    /// What Terraform knows an object by, if the resource says so.
    fn identity_schema(&self) -> Option<&IdentitySchema>;

    /// What the model makes of `value`.
    fn normalized(&self, value: &Value) -> Result<Value, Diagnostics>;
    /// The same, with all elements of sets in their places.
    fn respelled(&self, value: &Value) -> Value;
    /// Runs the validators of the attributes.
    fn check(&self, config: &Value) -> Diagnostics;
    /// Runs the validators of the attributes and of the resource.
    fn validate(&self, config: &Value) -> Diagnostics;
    fn identity(&self, object: &Value) -> Option<String>;
    /// What Terraform knows the object by; `None` while it lacks something that is required.
    fn identity_object(&self, object: &Value) -> Result<Option<Value>, Diagnostics>;
    /// What the identity's type makes of `identity`, if its validators agree.
    fn checked_identity(&self, identity: &Value) -> Result<Value, Diagnostics>;
    fn upgrade_identity(&self, from_version: i64, identity: Json) -> Result<Json, Diagnostics>;
    fn is_incomplete(&self, object: &Value) -> bool;
    fn upgrade(&self, from_version: i64, state: Json) -> Result<Json, Diagnostics>;
    /// The object that was one of another type; `None` when it cannot become one of this.
    fn moved_from(&self, source: &Source) -> Result<Option<Value>, Diagnostics>;

    async fn plan(
        &self,
        prior: Option<&Value>,
        config: &Value,
        planned: &Value,
        resuming: Option<&Value>,
        client: Option<Arc<C>>,
    ) -> Result<Proposal, Diagnostics>;
    async fn plan_destroy(&self, prior: &Value, client: Option<Arc<C>>) -> Diagnostics;
    /// Whether a replacement deletes nothing.
    fn outlives_replacement(&self) -> bool;
    /// Runs create, update, delete or read.
    async fn call(&self, call: Call, client: Arc<C>, stopped: CancellationToken) -> Outcome;
    async fn import(&self, by: ImportBy, client: Arc<C>, stopped: CancellationToken) -> Outcome;

    /// The arguments by which objects are listed, if they can be.
    fn list_arguments(&self) -> Option<(&ObjectSchema, &cty::Type)>;
    fn validate_list(&self, config: &Value) -> Diagnostics;
    /// Begins to list; the receiver ends when there is no more.
    fn list(&self, config: Value, search: Search<C>) -> mpsc::Receiver<Listed>;
    /// What the resource makes of a configuration that was derived from a state.
    fn generated_config(&self, config: &Value) -> Result<Value, Diagnostics>;
}

/// A resource with its model.
pub(crate) struct TypedResource<R> {
    resource: Arc<R>,
    type_name: String,
    schema: OnceLock<(ObjectSchema, cty::Type)>,
    identity: OnceLock<Option<Identified<R>>>,
    list: OnceLock<Option<Arc<dyn AnyList<R>>>>,
}

type Identified<R> = (Arc<dyn AnyIdentity<R>>, IdentitySchema);

impl<R: Resource> TypedResource<R> {
    pub(crate) fn new(resource: R, type_name: String) -> TypedResource<R> {
        TypedResource {
            resource: Arc::new(resource),
            type_name,
            schema: OnceLock::new(),
            identity: OnceLock::new(),
            list: OnceLock::new(),
        }
    }

    fn schema_and_type(&self) -> &(ObjectSchema, cty::Type) {
        self.schema.get_or_init(|| {
            let mut schema = R::Model::schema();
            timeouts::describe(&mut schema, &self.resource.timeouts());
            let ty = schema.cty_type();
            (schema, ty)
        })
    }

    fn identified_by(&self) -> Option<&Identified<R>> {
        let identified = || {
            let identity = self.resource.identified_by()?.erased();
            let schema = identity.schema();
            Some((identity, schema))
        };
        self.identity.get_or_init(identified).as_ref()
    }

    fn listed_by(&self) -> Option<&Arc<dyn AnyList<R>>> {
        let erased = |list: ListedBy<R>| list.erased(self.type_name.clone(), self.resource.subcategory());
        self.list.get_or_init(|| self.resource.listed_by().map(erased)).as_ref()
    }

    fn encode(&self, model: &R::Model) -> Value {
        conform(model.encode(), self.cty_type())
    }

    /// The object as Terraform may store it: without what is never stored.
    fn stored(&self, model: &R::Model) -> Value {
        let object = self.encode(model);
        null_write_only(self.schema(), object.clone(), &object)
    }

    fn gerund(&self, verb: &str) -> String {
        format!("{verb} {}", self.type_name)
    }

    /// How long `operation` may take on `object`.
    fn limit(&self, operation: Operation, object: &Value) -> Option<Limit> {
        timeouts::limit(self.schema(), &self.resource.timeouts(), object, operation)
    }

    /// Runs `body` with a context and gathers what it leaves; without an operation it is an import. Values that come
    /// back equal to `original` keep the original's spelling.
    async fn run<B, F>(
        &self,
        operation: Option<Operation>,
        original: Option<&Value>,
        cx: ModelContext<R>,
        body: B,
    ) -> Outcome
    where
        B: FnOnce(Arc<R>, ModelContext<R>) -> F,
        F: Future<Output = Result<Option<R::Model>, Diagnostics>> + Send + 'static,
    {
        let report = cx.report();
        let doing = self.gerund(operation.map_or("importing", Operation::gerund));
        let limit = operation.zip(original).and_then(|(operation, object)| self.limit(operation, object));
        let deadline = limit.map(|limit| limit.from(Instant::now()));
        let (stopped, cx) = (cx.stopped().clone(), cx.with_deadline(deadline));
        let Ended { result, interruption } =
            supervised(body(Arc::clone(&self.resource), cx), stopped, deadline).await;
        let abandoned = result.is_none();
        let result = match result {
            Some(done) => run::joined(&doing, done).and_then(|result| result),
            None => Err(Diagnostics::new()),
        };
        let spelled = |model: &R::Model| {
            let new = self.stored(model);
            match original {
                Some(original) => {
                    let new = timeouts::keep(self.schema(), original, new);
                    keep_spelling(original, &self.respelled(original), new)
                }
                None => new,
            }
        };
        let result = result.map(|model| model.as_ref().map(&spelled));
        let checkpoint = match &result {
            Err(_) => report.take_checkpoint().as_ref().map(&spelled),
            Ok(_) => None,
        };
        let result = result.map_err(|errors| {
            let left = Left { abandoned, checkpoint: checkpoint.is_some() };
            let why = timeouts::message(&doing, operation, limit, interruption, left);
            why.into_iter().chain(errors).collect()
        });
        Outcome { result, checkpoint, warnings: report.take_warnings() }
    }
}

type ModelContext<R> = Context<<R as Resource>::Client, <R as Resource>::Model>;

fn decode<M: Model>(value: &Value) -> Result<M, Diagnostics> {
    M::decode(value, &Path::root()).map_err(Diagnostics::from)
}

#[async_trait]
impl<R: Resource> AnyResource<R::Client> for TypedResource<R> {
    fn type_name(&self) -> &str {
        &self.type_name
    }

    fn subcategory(&self) -> &'static str {
        self.resource.subcategory()
    }

    fn permissions(&self) -> Permissions {
        self.resource.permissions()
    }

    fn schema(&self) -> &ObjectSchema {
        &self.schema_and_type().0
    }

    fn schema_version(&self) -> i64 {
        self.resource.schema_version()
    }

    fn cty_type(&self) -> &cty::Type {
        &self.schema_and_type().1
    }

    fn identity_schema(&self) -> Option<&IdentitySchema> {
        self.identified_by().map(|(_, schema)| schema)
    }

    fn normalized(&self, value: &Value) -> Result<Value, Diagnostics> {
        Ok(self.encode(&decode::<R::Model>(value)?))
    }

    fn respelled(&self, value: &Value) -> Value {
        conform(R::Model::respelled(value), self.cty_type())
    }

    fn check(&self, config: &Value) -> Diagnostics {
        let mut diagnostics = Diagnostics::new();
        match decode::<R::Model>(config) {
            Ok(config) => config.check(&Path::root(), &mut diagnostics),
            Err(errors) => diagnostics.extend(errors),
        }
        diagnostics
    }

    fn validate(&self, config: &Value) -> Diagnostics {
        let mut diagnostics = Diagnostics::new();
        let result = decode::<R::Model>(config).and_then(|config| {
            run::caught_now(&self.gerund("validating"), || {
                config.check(&Path::root(), &mut diagnostics);
                self.resource.validate(&config, &mut diagnostics);
            })
        });
        diagnostics.extend(result.err().into_iter().flatten());
        diagnostics.extend(deprecations(self.schema(), config));
        diagnostics
    }

    fn identity(&self, object: &Value) -> Option<String> {
        let model = decode::<R::Model>(object).ok()?;
        run::caught_now("naming", || self.resource.identity(&model)).ok().flatten()
    }

    fn identity_object(&self, object: &Value) -> Result<Option<Value>, Diagnostics> {
        let Some((identity, schema)) = self.identified_by() else { return Ok(None) };
        let model = decode::<R::Model>(object)?;
        let value = run::caught_now(&self.gerund("identifying"), || identity.of(&model))?;
        Ok(schema.complete(value))
    }

    fn checked_identity(&self, value: &Value) -> Result<Value, Diagnostics> {
        let Some((identity, schema)) = self.identified_by() else { return Ok(value.clone()) };
        Ok(conform(identity.checked(value)?, &schema.ty))
    }

    fn upgrade_identity(&self, from_version: i64, value: Json) -> Result<Json, Diagnostics> {
        let Some((identity, _)) = self.identified_by() else { return Ok(value) };
        run::caught_now(&self.gerund("upgrading the identity of"), || identity.upgrade(from_version, value))?
    }

    fn is_incomplete(&self, object: &Value) -> bool {
        decode::<R::Model>(object)
            .and_then(|model| run::caught_now("judging", || self.resource.is_incomplete(&model)))
            .unwrap_or(false)
    }

    fn upgrade(&self, from_version: i64, state: Json) -> Result<Json, Diagnostics> {
        run::caught_now(&self.gerund("upgrading"), || self.resource.upgrade(from_version, state))?
    }

    fn moved_from(&self, source: &Source) -> Result<Option<Value>, Diagnostics> {
        let moved = run::caught_now(&self.gerund("moving to"), || self.resource.moved_from(source))?;
        Ok(moved.transpose()?.map(|model| self.stored(&model)))
    }

    async fn plan(
        &self,
        prior: Option<&Value>,
        config: &Value,
        planned: &Value,
        resuming: Option<&Value>,
        client: Option<Arc<R::Client>>,
    ) -> Result<Proposal, Diagnostics> {
        let prior = prior.map(decode::<R::Model>).transpose()?;
        let config = decode::<R::Model>(config)?;
        let resuming = resuming.map(decode::<R::Model>).transpose()?;
        let mut plan =
            Plan::new(prior.as_ref(), &config, decode(planned)?).with_client(client).with_resuming(resuming);
        run::caught(&self.gerund("planning"), self.resource.plan(&mut plan)).await?;
        let (planned, replace, diagnostics) = plan.finish();
        Ok(Proposal { planned: self.encode(&planned), replace, diagnostics })
    }

    async fn plan_destroy(&self, prior: &Value, client: Option<Arc<R::Client>>) -> Diagnostics {
        let mut diagnostics = Diagnostics::new();
        let result = match decode::<R::Model>(prior) {
            Ok(prior) => {
                let planned = async {
                    self.resource.plan_destroy(&prior, &mut diagnostics).await;
                    if let Some(client) = client {
                        self.resource.look_before_destroy(&client, &prior, &mut diagnostics).await;
                    }
                };
                run::caught(&self.gerund("planning the destruction of"), planned).await
            }
            Err(errors) => Err(errors),
        };
        diagnostics.extend(result.err().into_iter().flatten());
        diagnostics
    }

    fn outlives_replacement(&self) -> bool {
        self.resource.outlives_replacement()
    }

    async fn call(&self, call: Call, client: Arc<R::Client>, stopped: CancellationToken) -> Outcome {
        match self.dispatch(call, Context::new(client, stopped.child_token())).await {
            Ok(outcome) => outcome,
            Err(diagnostics) => Outcome::failed(diagnostics),
        }
    }

    async fn import(&self, by: ImportBy, client: Arc<R::Client>, stopped: CancellationToken) -> Outcome {
        let cx = Context::new(client, stopped.child_token());
        let identity = self.identified_by().map(|(identity, _)| Arc::clone(identity));
        self.run(None, None, cx, |resource, cx| async move {
            match (by, identity) {
                (ImportBy::Identity(value), Some(identity)) => {
                    identity.import(&resource, &cx, value).await.map(Some)
                }
                // Nobody has the identity of what has none.
                (ImportBy::Identity(_), None) => Ok(None),
                (ImportBy::Id(id), _) => resource.import(&cx, &id).await.map(Some),
            }
        })
        .await
    }

    fn list_arguments(&self) -> Option<(&ObjectSchema, &cty::Type)> {
        self.listed_by().map(|list| (list.schema(), list.cty_type()))
    }

    fn validate_list(&self, config: &Value) -> Diagnostics {
        self.listed_by().map(|list| list.validate(config)).unwrap_or_default()
    }

    fn list(&self, config: Value, search: Search<R::Client>) -> mpsc::Receiver<Listed> {
        match self.listed_by() {
            Some(list) => list.list(Arc::clone(&self.resource), config, search),
            // Without a sender it has ended already.
            None => mpsc::channel(1).1,
        }
    }

    fn generated_config(&self, config: &Value) -> Result<Value, Diagnostics> {
        let config = decode::<R::Model>(config)?;
        let generated =
            run::caught_now(&self.gerund("configuring"), || self.resource.generate_config(config))?;
        Ok(self.encode(&generated))
    }
}

impl<R: Resource> TypedResource<R> {
    /// Decodes what the call is about and makes it; an error means that it was not even begun.
    async fn dispatch(&self, call: Call, cx: ModelContext<R>) -> Result<Outcome, Diagnostics> {
        Ok(match call {
            Call::Create { planned, config, resumed_from } => {
                let model = decode::<R::Model>(&planned)?;
                let resumed_from = resumed_from.as_ref().map(decode::<R::Model>).transpose()?;
                let cx = cx.with_config(Some(decode(&config)?)).resuming(resumed_from);
                let body = |resource: Arc<R>, cx| async move { resource.create(&cx, model).await.map(Some) };
                self.run(Some(Operation::Create), Some(&planned), cx, body).await
            }
            Call::Update { prior, planned, config } => {
                let (before, after) = (decode::<R::Model>(&prior)?, decode::<R::Model>(&planned)?);
                let cx = cx.with_config(Some(decode(&config)?));
                let body =
                    |resource: Arc<R>, cx| async move { resource.update(&cx, before, after).await.map(Some) };
                self.run(Some(Operation::Update), Some(&planned), cx, body).await
            }
            Call::Delete { prior } => {
                let model = decode::<R::Model>(&prior)?;
                let body =
                    |resource: Arc<R>, cx| async move { resource.delete(&cx, model).await.map(|()| None) };
                self.run(Some(Operation::Delete), Some(&prior), cx, body).await
            }
            Call::Read { state } => {
                let model = decode::<R::Model>(&state)?;
                let body = |resource: Arc<R>, cx| async move { resource.read(&cx, model).await };
                self.run(Some(Operation::Read), Some(&state), cx, body).await
            }
        })
    }
}
