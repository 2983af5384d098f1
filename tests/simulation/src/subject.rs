//! What is simulated: one type of resource. Another resource is another implementation of [`Subject`], in one file or folder.

use landform_cloud::{Tags, Target};
use landform_model::ownership::Owner;
use landform_test_cloud::{InProcessCloud, World};
use serde_json::Value as Json;
use std::collections::BTreeSet;

/// A type of resource, and all that the simulation must know of it.
#[async_trait::async_trait]
pub trait Subject: Sync {
    /// Terraform's name of the type.
    fn type_name(&self) -> &'static str;

    /// The account and region of its objects.
    fn target(&self) -> Target;

    /// Who owns its objects.
    fn owner(&self) -> Owner;

    /// The configurations between which histories move. Every one can follow every other.
    fn configurations(&self) -> &[Configuration];

    /// What must exist under a configuration, worked out without the provider.
    fn expected(&self, configuration: &Json) -> BTreeSet<Part>;

    /// Everything that exists, of every owner.
    fn objects(&self, world: &World) -> Vec<Object>;

    /// Whether an apply of `configuration` may have to delete this object to make it anew: it failed, or AWS cannot change
    /// what the configuration changes.
    fn replaceable(&self, object: &Object, configuration: &Json) -> bool;

    /// Uses up quotas: `which` of the ways to do so. In the end [`Subject::calm`] takes it back.
    fn make_scarce(&self, world: &mut World, which: usize);

    /// Makes what AWS makes in its own time end as failed, once.
    fn fail_later(&self, world: &mut World);

    /// Makes what AWS makes in its own time take so many looks.
    fn slow_down(&self, world: &mut World, looks: u32);

    /// Takes back the three above.
    fn calm(&self, world: &mut World);

    /// An account in which nothing is ours: of every kind an object without tags, and a twin of ours in another stack.
    fn empty_world(&self) -> World;

    /// What people may do behind Terraform's back.
    fn changes(&self) -> &'static [&'static str];

    /// Does one of [`Subject::changes`]. `pick` says to which of the objects that it can be done to.
    async fn change(&self, cloud: &InProcessCloud, name: &str, pick: usize) -> Changed;
}

/// A configuration.
#[derive(Debug, Clone)]
pub struct Configuration {
    /// What the report calls it.
    pub name: &'static str,
    /// Its attributes.
    pub attributes: Json,
}

/// A part that a configuration has: kind and child key, such as `subnet` and `subnet/private/a`.
pub type Part = (String, String);

/// An object that exists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Object {
    /// Its kind in EC2's words, such as `subnet`.
    pub kind: &'static str,
    /// Its id.
    pub id: String,
    /// Its tags.
    pub tags: Tags,
    /// Everything about it that only its owner may change.
    pub text: String,
    /// How it is set up, line by line, without what people added to it and what chance decides. Ids of other objects in it are
    /// replaced before it is compared.
    pub shape: Vec<String>,
}

impl Object {
    /// What part of `owner` it is; none for an object of others.
    pub fn part(&self, owner: &Owner) -> Option<Part> {
        owner.child_of(&self.tags).map(|child| (self.kind.to_owned(), child.to_string()))
    }
}

/// What a person did.
#[derive(Default)]
pub struct Changed {
    /// In words; none when there was nothing to do it to.
    pub what: Option<String>,
    /// Takes it back, where no apply can mend it and it stands in the way of one.
    pub undo: Option<Undo>,
}

/// Takes back what a person did.
pub type Undo = Box<dyn FnOnce(&mut World) + Send>;
