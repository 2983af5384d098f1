//! The names of a release's files, as the registries want them
//! (<https://developer.hashicorp.com/terraform/registry/providers/publishing#manually-preparing-a-release>).

use super::platform::Platform;

/// The last two parts of the provider's address.
pub(super) const SOURCE: &str = "landform/landform";

/// Where `landform/landform` is looked for: by Terraform at the first, by OpenTofu at the second
/// (<https://opentofu.org/docs/language/providers/requirements/#source-addresses>).
pub(super) const HOSTS: [&str; 2] = ["registry.terraform.io", "registry.opentofu.org"];

/// The package whose binary is the provider, and what the names of its files begin with.
pub(super) const NAME: &str = "terraform-provider-landform";

/// The version of the provider: all crates of the workspace share one.
pub(super) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What all files of this version begin with.
pub(super) fn prefix() -> String {
    format!("{NAME}_{VERSION}_")
}

/// The executable inside the archive.
pub(super) fn binary() -> String {
    format!("{NAME}_v{VERSION}")
}

/// The archive for one platform.
pub(super) fn archive(platform: Platform) -> String {
    format!("{}{platform}.zip", prefix())
}

/// The bill of materials of one platform's binary. `.cdx.json` is the ending that CycloneDX recommends
/// (<https://cyclonedx.org/specification/overview/#recognized-file-patterns>).
pub(super) fn bill(platform: Platform) -> String {
    format!("{}{platform}.cdx.json", prefix())
}

/// What the registry is told of the protocol; without it, it assumes protocol 5.
pub(super) fn manifest() -> String {
    format!("{}manifest.json", prefix())
}

/// The checksums of all others.
pub(super) fn checksums() -> String {
    format!("{}SHA256SUMS", prefix())
}

/// The detached signature of the checksums.
pub(super) fn signature() -> String {
    format!("{}.sig", checksums())
}
