//! Where a unit's module is, as each layout says it.

use super::{Layout, TreePath, folder};
use crate::units::{ModulePlace, UnitId};

/// The attributes `source` and, of a registry under Terraform, `version`.
pub(super) fn source(unit: &UnitId, place: &ModulePlace, layout: Layout) -> (String, Option<String>) {
    match place {
        // `//` makes Terragrunt copy the folder of all modules, so that a module may use its neighbours.
        ModulePlace::Tree { root, folder } => match layout {
            Layout::Terragrunt => (format!("{}/{root}//{folder}", top(unit)), None),
            Layout::Terraform => (format!("{}/{root}/{folder}", top(unit)), None),
        },
        ModulePlace::Registry { address, folder, version } => match layout {
            // A host before the three names, else the usual registry.
            // <https://terragrunt.gruntwork.io/docs/reference/config-blocks-and-attributes/#a-note-about-using-modules-from-the-registry>
            Layout::Terragrunt if address.split('/').count() == 4 => {
                (format!("tfr://{address}{}?version={version}", inner(folder.as_ref())), None)
            }
            Layout::Terragrunt => {
                (format!("tfr:///{address}{}?version={version}", inner(folder.as_ref())), None)
            }
            Layout::Terraform => (format!("{address}{}", inner(folder.as_ref())), Some(version.to_string())),
        },
        ModulePlace::Git { url, folder, version } => {
            (format!("{url}{}?ref={version}", inner(folder.as_ref())), None)
        }
    }
}

fn inner(folder: Option<&TreePath>) -> String {
    folder.map(|folder| format!("//{folder}")).unwrap_or_default()
}

/// The top of the tree, from the folder of the unit.
pub(super) fn top(unit: &UnitId) -> String {
    vec![".."; folder(unit).depth()].join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_layout_has_its_form() {
        let unit: UnitId = "prod/us-east-1/prod/queue".parse().unwrap();
        let path = |text: &str| TreePath::try_from(text.to_owned()).unwrap();
        let version: crate::spec::Version = "4.2.1".parse().unwrap();
        let registry = |address: &str, folder: Option<&str>| ModulePlace::Registry {
            address: address.to_owned(),
            folder: folder.map(path),
            version: version.clone(),
        };
        let tree = ModulePlace::Tree { root: "vendor", folder: path("modules/queue") };
        let url = "git::https://git.acme.example/queue.git".to_owned();
        let git = ModulePlace::Git { url, folder: Some(path("fifo")), version: version.clone() };
        for (place, terragrunt, terraform, has_version) in [
            (tree, "../../../../../vendor//modules/queue", "../../../../../vendor/modules/queue", false),
            (registry("acme/queue/aws", None), "tfr:///acme/queue/aws?version=4.2.1", "acme/queue/aws", true),
            (
                registry("tf.acme.example/acme/queue/aws", Some("fifo")),
                "tfr://tf.acme.example/acme/queue/aws//fifo?version=4.2.1",
                "tf.acme.example/acme/queue/aws//fifo",
                true,
            ),
            (
                git,
                "git::https://git.acme.example/queue.git//fifo?ref=4.2.1",
                "git::https://git.acme.example/queue.git//fifo?ref=4.2.1",
                false,
            ),
        ] {
            assert_eq!(source(&unit, &place, Layout::Terragrunt), (terragrunt.to_owned(), None));
            let expected = has_version.then(|| "4.2.1".to_owned());
            assert_eq!(source(&unit, &place, Layout::Terraform), (terraform.to_owned(), expected));
        }
    }
}
