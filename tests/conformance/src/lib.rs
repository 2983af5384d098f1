//! A toy provider that has every feature of the framework, over a world in a folder.
//!
//! It exists for tests with real Terraform, and as the example that shows each feature once:
//!
//! | what | where |
//! |---|---|
//! | a resource with all kinds of attributes, identity, import, list, upgrade, `moved`, resumption, protection | [`thing`](crate::thing) |
//! | the smallest resource there can be | [`label`](crate::label) |
//! | a data source | [`things`](crate::things) |
//! | an ephemeral resource that is renewed and closed | [`secret`](crate::secret) |
//! | an action that tells its progress | [`paint`](crate::paint) |
//! | functions | [`functions`](crate::functions) |
//! | the objects, the log of calls and the faults | [`world`](crate::world) |
//!
//! The world is the folder that the provider block names, or else the environment variable `TOY_WORLD`. It outlives
//! the provider's processes, and a test may look at it and change it behind Terraform's back.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

pub mod configuration;
pub mod functions;
pub mod label;
pub mod paint;
pub mod secret;
pub mod thing;
pub mod things;
pub mod world;

use std::path::PathBuf;

use landform_framework::{Diagnostic, Model, Path, Provider, Value};

use world::World;

/// Where the registry would have the provider.
pub const ADDRESS: &str = "registry.terraform.io/landform/toy";

/// The environment variable that names the world's folder when the provider block does not.
pub const WORLD: &str = "TOY_WORLD";

/// A provider of toys.
#[derive(Clone, Debug, PartialEq, Model)]
pub struct Config {
    /// The folder of the world. Default: what the environment variable `TOY_WORLD` names.
    #[attribute(optional, validate = not_empty)]
    pub folder: Value<String>,
}

/// The toy provider.
pub fn provider() -> Provider<World> {
    Provider::new("toy", |config: Config, _| async move {
        if config.folder.is_unknown() {
            // A plan whose world comes from another resource: nobody will ask this one anything.
            return Ok(World::new(PathBuf::new()));
        }
        let folder = config.folder.into_known().map(PathBuf::from);
        let Some(folder) =
            folder.or_else(|| std::env::var_os(WORLD).filter(|it| !it.is_empty()).map(PathBuf::from))
        else {
            let hint = format!("Set `folder` in the provider block, or the environment variable {WORLD}.");
            let error = Diagnostic::error("The toy provider does not know its world", hint);
            return Err(error.at(Path::root().attribute("folder")).into());
        };
        let world = World::new(folder);
        world.call("configure provider", "").await?;
        Ok(world)
    })
    .resource(thing::Things)
    .resource(label::Labels)
    .data_source(things::Listing)
    .ephemeral_resource(secret::Secrets)
    .action(paint::Painting)
    .function(functions::Join)
    .function(functions::Repeat)
}

/// A validator: text with something in it.
pub(crate) fn not_empty(text: &str) -> Result<(), String> {
    if text.is_empty() { Err("It must not be empty.".to_owned()) } else { Ok(()) }
}
