//! Terraform modules that units are made of.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::InvalidForm;
use super::form::form;
use super::schema::text;
use crate::contract::Type;
use crate::contract::reference::Identifier;
use crate::tree::TreePath;

/// The files of folders beside the spec, by folder and by their path in it.
pub type ModuleFiles = BTreeMap<TreePath, BTreeMap<TreePath, Vec<u8>>>;

/// A Terraform module that units are made of.
///
/// What a folder takes and gives is read from its files. Of a module from elsewhere it is declared here; what is not
/// declared is not checked and cannot be referred to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Module {
    /// Where the module is: a folder beside the spec (`./modules/queue`), a module of a registry (`acme/queue/aws`),
    /// or a repository of Git (`git::https://git.acme.example/queue.git`). `//` leads to a folder in the latter two.
    #[schemars(with = "text::ModuleSource")]
    pub source: ModuleSource,
    /// The version in the registry, such as `4.2.1`, or the tag or commit in Git. A folder has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<text::Version>")]
    pub version: Option<Version>,
    /// The providers that it needs, by their names in it, such as `aws: hashicorp/aws`. A folder says them itself.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(with = "BTreeMap<text::Identifier, text::ProviderSource>")]
    pub providers: BTreeMap<Identifier, ProviderSource>,
    /// The types of its inputs, such as `name: string` or `size: optional(number)`. A folder says them itself.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(with = "BTreeMap<text::Identifier, String>")]
    pub inputs: BTreeMap<Identifier, InputType>,
    /// The types of its outputs, such as `url: string`. Only outputs with a type can be referred to.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(with = "BTreeMap<text::Identifier, String>")]
    pub outputs: BTreeMap<Identifier, OutputType>,
}

impl Module {
    /// The module at this place, of which nothing is declared.
    pub fn new(source: ModuleSource) -> Self {
        Self {
            source,
            version: None,
            providers: BTreeMap::new(),
            inputs: BTreeMap::new(),
            outputs: BTreeMap::new(),
        }
    }

    /// The same module in this version.
    pub fn version(self, version: Version) -> Self {
        Self { version: Some(version), ..self }
    }

    /// The same module, whose output is of this type.
    pub fn output(mut self, name: Identifier, ty: Type) -> Self {
        self.outputs.insert(name, OutputType(ty));
        self
    }
}

/// Where a module is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum ModuleSource {
    /// A folder beside the spec.
    Folder(TreePath),
    /// A module of a registry: `namespace/name/provider`, with a host before it where it is not the usual registry.
    Registry {
        /// `namespace/name/provider`, and the host before it.
        address: String,
        /// The folder in the module.
        folder: Option<TreePath>,
    },
    /// A repository of Git.
    Git {
        /// `git::https://…` or `git::ssh://…`.
        url: String,
        /// The folder in the repository.
        folder: Option<TreePath>,
    },
}

impl FromStr for ModuleSource {
    type Err = InvalidForm;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        parse(text).ok_or_else(|| InvalidForm {
            text: text.chars().take(200).collect(),
            what: "the source of a module",
            rule: "write a folder beside the spec (`./modules/queue`), a module of a registry (`acme/queue/aws`) or a repository (`git::https://git.acme.example/queue.git`), and what follows `?` as the version",
        })
    }
}

fn parse(text: &str) -> Option<ModuleSource> {
    let path = |text: &str| TreePath::try_from(text.to_owned()).ok();
    let inner = |folder: Option<&str>| match folder {
        Some(folder) => path(folder).map(Some),
        None => Some(None),
    };
    if let Some(folder) = text.strip_prefix("./") {
        return Some(ModuleSource::Folder(path(folder)?));
    }
    if let Some(rest) = text.strip_prefix("git::") {
        let (scheme, rest) =
            rest.split_once("://").filter(|(scheme, _)| ["https", "ssh"].contains(scheme))?;
        let (repository, folder) = parted(rest);
        let (host, place) = repository.split_once('/')?;
        let host = if scheme == "ssh" { host.strip_prefix("git@").unwrap_or(host) } else { host };
        path(place)?;
        let is_good = is_host(host) && !repository.contains(':');
        let url = format!("git::{scheme}://{repository}");
        return is_good.then_some(ModuleSource::Git { url, folder: inner(folder)? });
    }
    let (address, folder) = parted(text);
    let parts: Vec<&str> = address.split('/').collect();
    let names = match parts.as_slice() {
        [host, names @ ..] if names.len() == 3 => is_host(host).then_some(names)?,
        names => names,
    };
    let is_name = |part: &&str| {
        part.starts_with(|c: char| c.is_ascii_alphanumeric())
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte))
    };
    let is_good = names.len() == 3 && names.iter().all(is_name);
    let folder = inner(folder)?;
    is_good.then(|| ModuleSource::Registry { address: address.to_owned(), folder })
}

/// What stands before and after `//`.
fn parted(text: &str) -> (&str, Option<&str>) {
    text.split_once("//").map_or((text, None), |(before, after)| (before, Some(after)))
}

fn is_host(host: &str) -> bool {
    host.contains('.')
        && host.split('.').all(|label| {
            label.starts_with(|c: char| c.is_ascii_alphanumeric())
                && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        })
}

impl fmt::Display for ModuleSource {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = |folder: &Option<TreePath>| folder.iter().map(|it| format!("//{it}")).collect::<String>();
        match self {
            ModuleSource::Folder(path) => write!(formatter, "./{path}"),
            ModuleSource::Registry { address, folder } => write!(formatter, "{address}{}", inner(folder)),
            ModuleSource::Git { url, folder } => write!(formatter, "{url}{}", inner(folder)),
        }
    }
}

impl TryFrom<String> for ModuleSource {
    type Error = InvalidForm;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<ModuleSource> for String {
    fn from(source: ModuleSource) -> String {
        source.to_string()
    }
}

form!(
    /// A version in a registry, or a tag or commit in Git.
    Version,
    "a version",
    "write one version such as `4.2.1`, or a tag or commit of Git",
    |text| text.len() <= 128
        && text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && !text.contains("..")
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._+/-".contains(&byte))
);

form!(
    /// The source of a provider, such as `hashicorp/aws`.
    ProviderSource,
    "the source of a provider",
    "write namespace and name, such as `hashicorp/aws`",
    |text| (2..=3).contains(&text.split('/').count())
        && text.split('/').all(|part| {
            part.starts_with(|c: char| c.is_ascii_alphanumeric())
                && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
        })
);

/// The type of an input; `optional(T)` when it may be left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct InputType {
    /// Its type.
    pub ty: Type,
    /// Whether it may be left out.
    pub is_optional: bool,
}

impl TryFrom<String> for InputType {
    type Error = crate::contract::NotAType;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let inner = text.trim().strip_prefix("optional(").and_then(|rest| rest.strip_suffix(')'));
        let ty = inner.unwrap_or(&text).parse()?;
        Ok(Self { ty, is_optional: inner.is_some() })
    }
}

impl From<InputType> for String {
    fn from(input: InputType) -> String {
        if input.is_optional { format!("optional({})", input.ty) } else { input.ty.to_string() }
    }
}

/// The type of an output.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OutputType(pub Type);

impl TryFrom<String> for OutputType {
    type Error = crate::contract::NotAType;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse().map(Self)
    }
}

impl From<OutputType> for String {
    fn from(output: OutputType) -> String {
        output.0.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_read_back_as_they_are_written() {
        for text in [
            "./modules/queue",
            "acme/queue/aws",
            "registry.acme.example/acme/queue/aws//modules/fifo",
            "git::https://git.acme.example/terraform/queue.git//fifo",
            "git::ssh://git@git.acme.example/queue.git",
        ] {
            assert_eq!(text.parse::<ModuleSource>().map(|it| it.to_string()), Ok(text.to_owned()));
        }
    }

    #[test]
    fn nothing_else_is_a_source() {
        for text in [
            "",
            ".",
            "./",
            "/etc",
            "../modules",
            "./../x",
            "./a/../b",
            "modules/queue",
            "C:\\x",
            "./a b",
            "./a\n",
            "acme/queue/aws?ref=x",
            "acme/queue",
            "localhost/a/b/c",
            "a/b/c/d/e",
            "acme/${x}/aws",
            "acme/queue/aws//../x",
            "git::https://git.acme.example/queue.git?ref=v1",
            "git::http://git.acme.example/q",
            "git::file:///etc",
            "git::https://user:secret@git.acme.example/q",
            "git::ssh://-oProxyCommand=x/y",
            "git::https://git.acme.example/--upload-pack=x y",
            "git::ext::sh -c x",
            "https://acme.example/x.zip",
            "s3::https://s3.amazonaws.com/x",
            "hg::https://acme.example/x",
        ] {
            assert!(text.parse::<ModuleSource>().is_err(), "{text}");
        }
        for text in ["", "-x", "1 2", "a..b", "v1&x=y", "${x}", "~> 1.0"] {
            assert!(text.parse::<Version>().is_err(), "{text}");
        }
    }
}
