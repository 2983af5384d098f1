use async_trait::async_trait;

use crate::docs::Permissions;
use crate::{Context, DefaultTimeouts, Diagnostics, IdentifiedBy, ListedBy, Model, Plan, Source};

/// A kind of object that Terraform manages.
///
/// Errors go into state handling as follows: what a failed create last passed to [`Context::checkpoint`] is saved and
/// Terraform marks it for replacement, which [`Resource::is_incomplete`] turns into a resumption; after a failed
/// update or delete the last checkpoint is saved, or else the prior state is kept. A call that takes too long fails,
/// and so does one that the user interrupts: it is asked to end by [`Context::stopped`], and 30 seconds later abandoned.
#[async_trait]
pub trait Resource: Send + Sync + 'static {
    /// What the provider's configuration is turned into.
    type Client: Send + Sync + 'static;
    /// The attributes.
    type Model: Model;

    /// The type name without the provider's name: `vpc` becomes `landform_vpc`.
    fn name(&self) -> &'static str;

    /// Refines the plan of a create or an update. [`Plan::planned`] already has defaults, unknown values for what
    /// may change, and prior values for what is sticky. Must not change anything in the world.
    async fn plan(&self, plan: &mut Plan<'_, Self::Client, Self::Model>);

    /// What the object looks like now; `None` when it is gone. The state of a failed create must stay incomplete,
    /// even when nothing is missing any more, and keep its immutable attributes: Terraform still plans to replace
    /// it, and this state decides whether the create is continued.
    async fn read(
        &self,
        cx: &Context<Self::Client, Self::Model>,
        state: Self::Model,
    ) -> Result<Option<Self::Model>, Diagnostics>;

    /// Makes the object. What it returns has a value for every unknown of `planned` and leaves the rest as planned.
    async fn create(
        &self,
        cx: &Context<Self::Client, Self::Model>,
        planned: Self::Model,
    ) -> Result<Self::Model, Diagnostics>;

    /// Changes the object from `prior` to `planned`.
    async fn update(
        &self,
        cx: &Context<Self::Client, Self::Model>,
        prior: Self::Model,
        planned: Self::Model,
    ) -> Result<Self::Model, Diagnostics>;

    /// Deletes the object. One that is gone already counts as deleted.
    async fn delete(
        &self,
        cx: &Context<Self::Client, Self::Model>,
        prior: Self::Model,
    ) -> Result<(), Diagnostics>;

    /// How long the calls may take when the configuration does not say. It counts for a model that has an attribute
    /// `timeouts`, see [`Timeouts`](crate::Timeouts); without one there are no limits, because nobody could raise them.
    fn timeouts(&self) -> DefaultTimeouts {
        DefaultTimeouts::default()
    }

    /// The version of the model; raise it when [`Resource::upgrade`] must rewrite older states.
    fn schema_version(&self) -> i64 {
        0
    }

    /// Rewrites a state of an older schema version to the current one. Attributes that are missing afterwards become
    /// null, and ones that the schema does not have are dropped. Numbers of more than 64 bits are rounded.
    fn upgrade(&self, from_version: i64, state: serde_json::Value) -> Result<serde_json::Value, Diagnostics> {
        drop(state);
        Err(crate::Diagnostic::error(
            format!("Cannot read the state of a {}", self.name()),
            format!(
                "The state was written with schema version {from_version}, which this version of the provider \
                 cannot upgrade to version {}. Apply with a provider version in between first.",
                self.schema_version()
            ),
        )
        .into())
    }

    /// Checks a configuration, without any calls; values may be unknown.
    fn validate(&self, config: &Self::Model, diagnostics: &mut Diagnostics) {
        let _ = (config, diagnostics);
    }

    /// Objects to the destruction of the object, or warns of it.
    async fn plan_destroy(&self, prior: &Self::Model, diagnostics: &mut Diagnostics) {
        let _ = (prior, diagnostics);
    }

    /// The same for what only a look into the world can tell. Not asked while the provider's configuration is unknown. Must not
    /// change anything in the world.
    async fn look_before_destroy(
        &self,
        client: &Self::Client,
        prior: &Self::Model,
        diagnostics: &mut Diagnostics,
    ) {
        let _ = (client, prior, diagnostics);
    }

    /// Whether the object stays where it is when Terraform replaces it, whatever the reason: the delete half of the replacement
    /// then does nothing, and the create half finds the same object again. For what cannot be made twice.
    fn outlives_replacement(&self) -> bool {
        false
    }

    /// Finds an existing object by the id that the user gave; its attributes are read afterwards.
    async fn import(
        &self,
        cx: &Context<Self::Client, Self::Model>,
        id: &str,
    ) -> Result<Self::Model, Diagnostics> {
        let _ = cx;
        Err(crate::Diagnostic::error(
            format!("A {} cannot be imported", self.name()),
            format!("There is no way to find one by the id {id:?}."),
        )
        .into())
    }

    /// The object that a `moved` block brings here from another type; its attributes are read afterwards. `None` when
    /// objects of that type cannot become one of this.
    fn moved_from(&self, source: &Source) -> Option<Result<Self::Model, Diagnostics>> {
        let _ = source;
        None
    }

    /// What Terraform 1.12 and later knows an object by, besides its state: `Some(IdentifiedBy::new::<VpcIdentity>())`.
    /// An `import` block may then give the identity instead of an id.
    fn identified_by(&self) -> Option<IdentifiedBy<Self>>
    where
        Self: Sized,
    {
        None
    }

    /// How `terraform query` finds existing objects: `Some(ListedBy::new::<VpcList>())`. Needs
    /// [`Resource::identified_by`], too.
    fn listed_by(&self) -> Option<ListedBy<Self>>
    where
        Self: Sized,
    {
        None
    }

    /// Refines the configuration that Terraform writes for an imported object. It has the values of the state, but for
    /// those that are only computed, secret, deprecated, or equal to their defaults.
    fn generate_config(&self, config: Self::Model) -> Self::Model {
        config
    }

    /// The stable name of the real object, when all its parts are known. Two states with one identity are the same
    /// object. The provider keeps it to itself, to continue creates that failed: unlike [`Resource::identified_by`]
    /// it must be known before the object exists.
    fn identity(&self, model: &Self::Model) -> Option<String> {
        let _ = model;
        None
    }

    /// Whether this is the state of a create that failed half-way: the next apply continues it instead of replacing
    /// it, if identity and immutable attributes are the same.
    fn is_incomplete(&self, model: &Self::Model) -> bool {
        let _ = model;
        false
    }

    /// The group of pages the resource is listed under in the registry.
    fn subcategory(&self) -> &'static str {
        ""
    }

    /// What AWS must allow for the calls, for the reference page.
    fn permissions(&self) -> Permissions {
        Permissions::default()
    }
}
