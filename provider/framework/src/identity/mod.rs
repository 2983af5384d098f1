//! What tells a real object from all others of its type, in Terraform's own terms: identities of Terraform 1.12.

mod schema;
mod settle;

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use async_trait::async_trait;
use serde_json::Value as Json;
use tfplugin_proto::cty;

use crate::attribute::Model;
use crate::{Context, Diagnostic, Diagnostics, Path, Resource};

pub(crate) use schema::IdentitySchema;
pub(crate) use settle::after;

/// The [identity](https://developer.hashicorp.com/terraform/plugin/framework/resources/identity) of a resource's
/// objects: a few attributes that find an object and never change. Terraform keeps them beside the state, and an
/// `import` block may give them.
///
/// The struct derives `Model`, with `required` for what an import must give and `optional` for what it may leave out.
/// Attributes are texts, numbers, booleans, or lists of these. [`Resource::identified_by`] names the struct.
#[async_trait]
pub trait Identity: Model {
    /// The resource whose objects these are.
    type Resource: Resource;

    /// The identity of an object, which has none while a required attribute is null. What is unknown in a plan is
    /// unknown here.
    fn of(object: &<Self::Resource as Resource>::Model) -> Self;

    /// Finds an existing object; its attributes are read afterwards. Every required attribute has a value.
    async fn import(
        self,
        resource: &Self::Resource,
        cx: &Context<<Self::Resource as Resource>::Client, <Self::Resource as Resource>::Model>,
    ) -> Result<<Self::Resource as Resource>::Model, Diagnostics>;

    /// An identity for the documentation.
    fn example() -> Self;

    /// The version of this struct; raise it when [`Identity::upgrade`] must rewrite older identities.
    fn version() -> i64 {
        0
    }

    /// Rewrites an identity of an older version to the current one. Attributes that are missing afterwards become
    /// null, and ones that the struct does not have are dropped.
    fn upgrade(from_version: i64, identity: Json) -> Result<Json, Diagnostics> {
        drop(identity);
        Err(Diagnostic::error(
            "Cannot read the identity of an object",
            format!(
                "It was written with version {from_version}, which this version of the provider cannot upgrade to \
                 version {}. Apply with a provider version in between first.",
                Self::version()
            ),
        )
        .into())
    }
}

/// The [`Identity`] of a resource, whatever its type.
pub struct IdentifiedBy<R: Resource>(Arc<dyn AnyIdentity<R>>);

impl<R: Resource> IdentifiedBy<R> {
    /// Objects of the resource are identified by `I`.
    pub fn new<I: Identity<Resource = R>>() -> IdentifiedBy<R> {
        IdentifiedBy(Arc::new(Typed::<I>(PhantomData)))
    }

    /// What is identified how.
    pub(crate) fn erased(self) -> Arc<dyn AnyIdentity<R>> {
        self.0
    }
}

impl<R: Resource> fmt::Debug for IdentifiedBy<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("IdentifiedBy").field(&self.0.schema()).finish()
    }
}

/// An identity whose type is hidden.
#[async_trait]
pub(crate) trait AnyIdentity<R: Resource>: Send + Sync {
    fn schema(&self) -> IdentitySchema;
    fn of(&self, object: &R::Model) -> cty::Value;
    /// What the type makes of `identity`, if its validators agree.
    fn checked(&self, identity: &cty::Value) -> Result<cty::Value, Diagnostics>;
    fn upgrade(&self, from_version: i64, identity: Json) -> Result<Json, Diagnostics>;
    async fn import(
        &self,
        resource: &R,
        cx: &Context<R::Client, R::Model>,
        identity: cty::Value,
    ) -> Result<R::Model, Diagnostics>;
}

struct Typed<I>(PhantomData<fn() -> I>);

#[async_trait]
impl<I: Identity> AnyIdentity<I::Resource> for Typed<I> {
    fn schema(&self) -> IdentitySchema {
        IdentitySchema::new(I::version(), I::schema(), I::example().encode())
    }

    fn of(&self, object: &<I::Resource as Resource>::Model) -> cty::Value {
        I::of(object).encode()
    }

    fn checked(&self, identity: &cty::Value) -> Result<cty::Value, Diagnostics> {
        let identity = I::decode(identity, &Path::root())?;
        let mut diagnostics = Diagnostics::new();
        identity.check(&Path::root(), &mut diagnostics);
        if diagnostics.has_errors() { Err(diagnostics) } else { Ok(identity.encode()) }
    }

    fn upgrade(&self, from_version: i64, identity: Json) -> Result<Json, Diagnostics> {
        I::upgrade(from_version, identity)
    }

    async fn import(
        &self,
        resource: &I::Resource,
        cx: &Context<<I::Resource as Resource>::Client, <I::Resource as Resource>::Model>,
        identity: cty::Value,
    ) -> Result<<I::Resource as Resource>::Model, Diagnostics> {
        I::decode(&identity, &Path::root())?.import(resource, cx).await
    }
}
