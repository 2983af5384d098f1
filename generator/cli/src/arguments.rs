//! The command line.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use landform_generator::tree::Layout;
use landform_model::{AccountId, BucketName, Duration, InvalidText, Region, ResourceName};

/// From one spec of an AWS estate to a tree of Terraform environments.
#[derive(Debug, Parser)]
#[command(name = "landform", version, arg_required_else_help = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Write a first spec with comments; asks on the terminal for what no flag says
    Init(Init),
    /// Take in a tree of Terraform or Terragrunt folders: write its spec, with every state where it is
    ///
    /// Known are Terragrunt units below a root.hcl, and root modules that call one module, in folders of accounts, regions
    /// and environments. What is not understood is named and left out. Nothing in the folders is changed.
    ImportTree(ImportTree),
    /// Write the tree that a spec comes to, or check that it is current
    Generate(Generate),
    /// Find all problems of a spec
    Validate(Validate),
    /// Tell which layer and line each value of a unit is from
    Explain(Explain),
    /// Print which unit is applied after which
    Graph(Graph),
    /// List the units whose files differ from those of another revision
    Affected(Affected),
    /// List in what environments differ that are to be alike; exit with 3 when they do
    Parity(Parity),
    /// Print the JSON Schema of a spec, with which editors complete and check it
    Schema,
    /// Refuse a plan that was made with stand-ins for the outputs of units which are not applied yet, or that deletes too much
    ///
    /// Mocks are for `init` and `validate`; each holds a mark, by which it is found again wherever a plan has it.
    PlanGuard(PlanGuard),
    /// Print the completions of this command for a shell
    ///
    /// Bash: `landform completions bash > ~/.local/share/bash-completion/completions/landform`. Zsh: into a folder of `$fpath`,
    /// as `_landform`. Fish: `landform completions fish > ~/.config/fish/completions/landform.fish`.
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: Shell,
    },
    /// Write the manual pages of this command and each of its subcommands, for `man`
    Manual {
        /// The folder to write them into, such as ~/.local/share/man/man1
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
    /// Plan, apply or destroy the units of a tree, one after the other
    Run(Run),
    /// Take units out of the tree that left the spec and whose states are empty
    Prune(Prune),
    /// List what carries Landform's tags in AWS and is in no state of the tree; exit with 3 when there is any
    ///
    /// Looks into every account and region of the spec, with the provider's binary and the credentials that Terraform would
    /// have. Nothing is changed without `--delete`.
    Orphans(Orphans),
    /// Make the bucket that keeps states, and move its own state into it; run again, it goes on where it ended
    Bootstrap(crate::bootstrap::Arguments),
    /// Build an estate on an AWS that runs on this machine, break and heal it, and take it down
    Demo(Demo),
    /// Install the provider for Terraform and OpenTofu on this machine, or make the files of a release
    Provider(crate::provider::Arguments),
}

#[derive(Debug, Args)]
pub(crate) struct Spec {
    /// The spec, in YAML, TOML, JSON or HCL [default: landform.yaml, .toml, .json or .hcl]
    #[arg(long, value_name = "FILE")]
    pub(crate) spec: Option<PathBuf>,
    /// Print the outcome as one JSON object, the same as `--format json`
    #[arg(long, conflicts_with = "format")]
    pub(crate) json: bool,
    /// How problems and differences are told
    #[arg(long, value_enum, default_value_t = Form::Text)]
    pub(crate) format: Form,
}

impl Spec {
    /// How the outcome is told.
    pub(crate) fn form(&self) -> Form {
        if self.json { Form::Json } else { self.format }
    }
}

/// As one JSON object, or for people.
impl From<bool> for Form {
    fn from(as_json: bool) -> Self {
        if as_json { Form::Json } else { Form::Text }
    }
}

/// How problems and differences are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    /// For people
    Text,
    /// One JSON object
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations of GitHub Actions
    Github,
}

#[derive(Debug, Args)]
pub(crate) struct PlanGuard {
    /// The plan as `terraform show -json PLANFILE` prints it; `-` for standard input
    #[arg(value_name = "FILE")]
    pub(crate) plan: PathBuf,
    /// A type of resources of which the plan must not delete or replace any, such as `aws_db_instance`; may be repeated
    #[arg(long, value_name = "TYPE")]
    pub(crate) keep: Vec<String>,
    /// How many resources the plan may delete or replace [default: any number]
    #[arg(long, value_name = "NUMBER")]
    pub(crate) max_deletions: Option<usize>,
}

#[derive(Debug, Args)]
pub(crate) struct Init {
    /// The file to write; one that is there is left as it is
    #[arg(long, value_name = "FILE", default_value = "landform.yaml")]
    pub(crate) spec: PathBuf,
    /// The name of the organization, for people
    #[arg(long, value_name = "NAME")]
    pub(crate) organization: Option<ResourceName>,
    /// The 12 digits of the account that the organization is managed from
    #[arg(long, value_name = "ID")]
    pub(crate) management_account: Option<AccountId>,
    /// The first region
    #[arg(long, value_name = "REGION")]
    pub(crate) region: Option<Region>,
    /// The S3 bucket that holds the states
    #[arg(long, value_name = "NAME")]
    pub(crate) bucket: Option<BucketName>,
    /// The first account, such as `dev=123456789012`
    #[arg(long, value_name = "NAME=ID")]
    pub(crate) account: Option<AccountPair>,
}

#[derive(Debug, Args)]
pub(crate) struct ImportTree {
    /// The top of the tree, with its accounts and modules; landform.yaml is written there, and one that is there stays
    #[arg(value_name = "DIR", default_value = ".")]
    pub(crate) tree: PathBuf,
    /// The folder to generate into next, which gets the state keys; it must not be a generated tree yet
    #[arg(long, value_name = "DIR", default_value = "environments")]
    pub(crate) out: PathBuf,
    /// The name of the organization, for people
    #[arg(long, value_name = "NAME")]
    pub(crate) organization: Option<ResourceName>,
    /// The 12 digits of the account that the organization is managed from
    #[arg(long, value_name = "ID")]
    pub(crate) management_account: Option<AccountId>,
    /// An account whose ID no account.hcl tells, by the name of its folder, such as `dev=123456789012`; may be repeated
    #[arg(long, value_name = "NAME=ID")]
    pub(crate) account: Vec<AccountPair>,
    /// Print the outcome as one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

impl ImportTree {
    /// The file to write: paths of modules begin where it is.
    pub(crate) fn spec(&self) -> PathBuf {
        self.tree.join("landform.yaml")
    }
}

/// An account with the name that a spec has for it.
#[derive(Clone, Debug)]
pub(crate) struct AccountPair {
    /// The name.
    pub(crate) name: ResourceName,
    /// Its 12 digits.
    pub(crate) id: AccountId,
}

impl FromStr for AccountPair {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, id) = text.split_once('=').ok_or("write a name and an ID, such as `dev=123456789012`")?;
        let told = |error: InvalidText| error.to_string();
        Ok(Self { name: name.parse().map_err(told)?, id: id.parse().map_err(told)? })
    }
}

#[derive(Debug, Args)]
pub(crate) struct Generate {
    #[command(flatten)]
    pub(crate) spec: Spec,
    /// The folder of the tree
    #[arg(long, value_name = "DIR", default_value = "environments")]
    pub(crate) out: PathBuf,
    /// How units are written [default: as the tree is now, else terragrunt]
    #[arg(long, value_enum)]
    pub(crate) layout: Option<LayoutName>,
    /// Write nothing; list what differs, and exit with 3 when anything does
    #[arg(long)]
    pub(crate) check: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Validate {
    #[command(flatten)]
    pub(crate) spec: Spec,
}

#[derive(Debug, Args)]
pub(crate) struct Run {
    /// What to do
    #[arg(value_enum)]
    pub(crate) action: Action,
    /// The folder of the tree
    #[arg(long, value_name = "DIR", default_value = "environments")]
    pub(crate) tree: PathBuf,
    /// Only these units: the first parts of their ids, `*` for any part, such as `prod` or `*/us-east-1`; may be repeated
    #[arg(long, value_name = "ID")]
    pub(crate) filter: Vec<String>,
    /// With `plan`: exit with 3 when a unit would change
    #[arg(long)]
    pub(crate) fail_on_changes: bool,
    /// Apply or destroy without asking
    #[arg(long)]
    pub(crate) auto_approve: bool,
    /// How many units run at once, none before those that it comes after; what each says is shown when it has ended
    #[arg(long, value_name = "N", default_value = "1")]
    pub(crate) parallelism: NonZeroUsize,
}

impl Run {
    /// Whether each unit has the terminal for itself.
    pub(crate) fn is_alone(&self) -> bool {
        self.parallelism.get() == 1
    }
}

#[derive(Debug, Args)]
pub(crate) struct Parity {
    #[command(flatten)]
    pub(crate) spec: Spec,
}

#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// The unit, `account/region/environment/name`, and `/field` for one of its fields
    #[arg(value_name = "PATH")]
    pub(crate) path: String,
    #[command(flatten)]
    pub(crate) spec: Spec,
}

#[derive(Debug, Args)]
pub(crate) struct Graph {
    /// The spec, in YAML, TOML, JSON or HCL [default: landform.yaml, .toml, .json or .hcl]
    #[arg(long, value_name = "FILE")]
    pub(crate) spec: Option<PathBuf>,
    /// The language of the graph
    #[arg(long, value_enum, default_value_t = GraphForm::Mermaid)]
    pub(crate) format: GraphForm,
}

/// The language of a graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum GraphForm {
    /// Mermaid, which GitHub and GitLab draw
    Mermaid,
    /// The language of Graphviz
    Dot,
    /// A list of units with their groups
    Json,
}

#[derive(Debug, Args)]
pub(crate) struct Affected {
    /// The revision of Git to compare with, such as `origin/main`
    #[arg(long, value_name = "REV")]
    pub(crate) base: String,
    /// The spec, in YAML, TOML, JSON or HCL [default: landform.yaml, .toml, .json or .hcl]
    #[arg(long, value_name = "FILE")]
    pub(crate) spec: Option<PathBuf>,
    /// The folder of the tree
    #[arg(long, value_name = "DIR", default_value = "environments")]
    pub(crate) out: PathBuf,
    /// How the units are listed
    #[arg(long, value_enum, default_value_t = AffectedForm::List)]
    pub(crate) format: AffectedForm,
}

/// How affected units are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum AffectedForm {
    /// An id per line, as `landform run --filter` and names of Atlantis projects are
    List,
    /// A matrix of jobs for GitHub Actions
    Matrix,
    /// Filters of `terragrunt run --all`
    Terragrunt,
    /// A comment per unit with which Atlantis plans its project
    Atlantis,
}

#[derive(Debug, Args)]
pub(crate) struct Prune {
    /// The spec, in YAML, TOML, JSON or HCL [default: landform.yaml, .toml, .json or .hcl]
    #[arg(long, value_name = "FILE")]
    pub(crate) spec: Option<PathBuf>,
    /// The folder of the tree
    #[arg(long, value_name = "DIR", default_value = "environments")]
    pub(crate) out: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct Orphans {
    /// The spec, in YAML, TOML, JSON or HCL [default: landform.yaml, .toml, .json or .hcl]
    #[arg(long, value_name = "FILE")]
    pub(crate) spec: Option<PathBuf>,
    /// The folder of the tree
    #[arg(long, value_name = "DIR", default_value = "environments")]
    pub(crate) tree: PathBuf,
    /// The provider's binary [default: LANDFORM_PROVIDER, else terraform-provider-landform beside this program or on the PATH]
    #[arg(long, value_name = "BINARY")]
    pub(crate) provider: Option<PathBuf>,
    /// Print the list as one JSON object
    #[arg(long)]
    pub(crate) json: bool,
    /// Delete the orphans that a second look finds as they were, after asking on the terminal
    #[arg(long)]
    pub(crate) delete: bool,
    /// How long the two looks are apart, such as `90s`: longer than any apply that runs meanwhile is silent
    #[arg(long, value_name = "TIME", default_value = "5m", requires = "delete")]
    pub(crate) settle: Duration,
    /// Only this stack, also when no unit of the tree has it; may be repeated
    ///
    /// Orphans of stacks that the tree does not know may be another tree's: they are deleted only when their stack is named.
    #[arg(long, value_name = "NAME", requires = "delete")]
    pub(crate) stack: Vec<String>,
    /// Delete without asking
    #[arg(long, requires = "delete")]
    pub(crate) yes: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// The spec [default: examples/estates/small.yaml]
    #[arg(long, value_name = "FILE")]
    pub(crate) spec: Option<PathBuf>,
    /// At the end leave everything running until Ctrl-C, and say how to use Terraform by hand
    #[arg(long)]
    pub(crate) keep: bool,
}

/// What to do with each unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Action {
    /// Show what would change
    Plan,
    /// Change it
    Apply,
    /// Remove it, the last unit first
    Destroy,
}

impl Action {
    /// The word that Terraform has for it.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Action::Plan => "plan",
            Action::Apply => "apply",
            Action::Destroy => "destroy",
        }
    }
}

/// A layout as the command line spells it.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum LayoutName {
    /// A root.hcl per account, a terragrunt.hcl per unit
    Terragrunt,
    /// A self-contained root module per unit
    Terraform,
}

impl From<LayoutName> for Layout {
    fn from(name: LayoutName) -> Self {
        match name {
            LayoutName::Terragrunt => Layout::Terragrunt,
            LayoutName::Terraform => Layout::Terraform,
        }
    }
}
