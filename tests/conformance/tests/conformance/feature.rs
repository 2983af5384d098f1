//! Which program can do what. The provider offers everything to everybody.

use landform_sandbox::{Flavour, TerraformProgram};

use crate::program::Program;

/// Something that not every program can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Feature {
    /// Objects are known by an identity besides their state, and `import` blocks may give it.
    Identity,
    /// `terraform query` and `list` blocks.
    Query,
    /// `action` blocks, `action_trigger` and `apply -invoke`.
    Actions,
    /// The provider writes the configuration that `-generate-config-out` asks for.
    GeneratedByProvider,
    /// `console` can call functions of providers. In OpenTofu only those that the configuration calls too.
    FunctionsInConsole,
    /// An error inside a map points at the line of the element, and not only at the resource.
    LinesInsideMaps,
    /// A panic of the provider is shown with its place in the source.
    CrashReports,
    /// The warning about a deprecated attribute says what to use instead.
    DeprecationMessage,
}

/// Major and minor version; `None` where no version can.
type Since = Option<(u32, u32)>;

/// The first version of Terraform and of OpenTofu that can do it.
const SINCE: [(Feature, Since, Since); 8] = [
    (Feature::Identity, Some((1, 12)), Some((1, 12))),
    (Feature::Query, Some((1, 14)), None),
    (Feature::Actions, Some((1, 14)), None),
    (Feature::GeneratedByProvider, Some((1, 14)), None),
    (Feature::FunctionsInConsole, Some((1, 8)), None),
    (Feature::LinesInsideMaps, Some((1, 15)), None),
    (Feature::CrashReports, Some((1, 0)), None),
    (Feature::DeprecationMessage, Some((1, 15)), Some((1, 12))),
];

impl Feature {
    /// Whether the program can do it.
    pub(crate) fn is_in(self, program: &TerraformProgram) -> bool {
        SINCE.iter().filter(|(feature, ..)| *feature == self).any(|(_, terraform, opentofu)| {
            let since = match program.flavour() {
                Flavour::Terraform => terraform,
                Flavour::OpenTofu => opentofu,
            };
            since.is_some_and(|(major, minor)| program.is_at_least(program.flavour(), major, minor))
        })
    }
}

/// Prints the table for the programs of this machine. The newest Terraform can do everything, or scenarios would
/// assert nothing but refusals.
#[test]
fn what_runs_where() {
    for program in Program::ALL {
        let found = program.get();
        println!("{program:?} is {:?} {} at {}", found.flavour(), found.version(), found.path().display());
        for (feature, ..) in SINCE {
            let is_in = feature.is_in(found);
            println!(
                "  {feature:?}: {}",
                if is_in { "runs" } else { "is refused, and the refusal is asserted" }
            );
            assert!(is_in || program != Program::Newest, "{feature:?}");
        }
    }
}
