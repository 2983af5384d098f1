//! The reference estate from a program of one's own: the same tree as `examples/estates/reference.yaml`.
//!
//! What YAML says in layers is here a function, and what it repeats is a loop; a bad name, or a link of another type
//! than its input, does not compile or does not parse. Prints the path of every file that the estate comes to:
//! `cargo run -p landform-generator --example reference`

use std::error::Error;
use std::io::Write;
use std::path::Path;

use landform_generator::check::ledger::Ledger;
use landform_generator::spec::typed::Input;
use landform_generator::spec::{
    Account, Argument, Atlantis, Automation, Environment, Estate, Module, ModuleUnit, Network, Organization,
    Parity, Pipelines, Place, PlanPolicy, State,
};
use landform_generator::tree::Layout;
use landform_generator::units::network;
use landform_generator::{generate, write};
use landform_model::network::{EgressMode, Profile, Tier};

mod landing_zone;

/// The inputs of the module `database`, in types.
mod database {
    use super::Input;

    pub(super) const SIZE_GB: Input<i64> = Input::new("size_gb");
    pub(super) const VPC_ID: Input<String> = Input::new("vpc_id");
    pub(super) const SUBNET_IDS: Input<Vec<String>> = Input::new("subnet_ids");
}

/// The inputs of the module `queue`.
mod queue {
    use super::{Argument, Input};

    pub(super) const FIFO: Input<bool> = Input::new("fifo");
    pub(super) const DEAD_LETTERS: Input<DeadLetters> = Input::new("dead_letters");

    /// After how many receives a message is set aside.
    pub(super) struct DeadLetters {
        pub(super) after: i64,
    }

    impl From<DeadLetters> for Argument {
        fn from(letters: DeadLetters) -> Self {
            Argument::Map([("after".to_owned(), letters.after.into())].into())
        }
    }
}

/// Where the modules are: beside the spec in YAML.
const BESIDE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/estates");

fn main() -> Result<(), Box<dyn Error>> {
    let mut estate = estate()?;
    estate.module_files = write::read_modules(Path::new(BESIDE), &estate)?;
    let rendered = generate(&estate, Layout::Terragrunt, &Ledger::default())?;
    let mut stdout = std::io::stdout().lock();
    for path in rendered.files.keys() {
        writeln!(stdout, "{path}")?;
    }
    Ok(())
}

/// The accounts with their IDs, and the organizational unit that each is in.
const ACCOUNTS: [(&str, &str, &str); 8] = [
    ("network", "210987654321", "Infrastructure"),
    ("security", "221098765432", "Security"),
    ("log-archive", "232109876543", "Security"),
    ("shared", "243210987654", "Infrastructure"),
    ("dev", "321098765432", "Workloads"),
    ("test", "332109876543", "Workloads"),
    ("stage", "343210987654", "Workloads"),
    ("prod", "432109876543", "Workloads"),
];

/// The regions with their availability zones, and the block of the hub in each.
const REGIONS: [(&str, [&str; 3], &str); 3] = [
    ("us-east-1", ["use1-az1", "use1-az2", "use1-az4"], "10.0.0.0/22"),
    ("eu-west-1", ["euw1-az1", "euw1-az2", "euw1-az3"], "10.0.4.0/22"),
    ("ap-southeast-2", ["apse2-az1", "apse2-az2", "apse2-az3"], "10.0.8.0/22"),
];

/// The workloads: environment, region, block of the network, and the size of the database where there is one.
const WORKLOADS: [(&str, &str, &str, Option<i64>); 7] = [
    ("dev", "us-east-1", "10.16.0.0/16", Some(20)),
    ("test", "us-east-1", "10.20.0.0/16", Some(20)),
    ("stage", "us-east-1", "10.24.0.0/16", Some(100)),
    ("stage", "eu-west-1", "10.28.0.0/16", None),
    ("prod", "us-east-1", "10.32.0.0/16", Some(500)),
    ("prod", "eu-west-1", "10.48.0.0/16", Some(500)),
    ("prod", "ap-southeast-2", "10.64.0.0/16", None),
];

/// One organization, eight accounts besides that of management, four environments, three regions.
pub(crate) fn estate() -> Result<Estate, Box<dyn Error>> {
    let regions = REGIONS.iter().map(|(region, ..)| region.parse()).collect::<Result<_, _>>()?;
    let organization = Organization {
        name: "acme".parse()?,
        management_account_id: "109876543210".parse()?,
        regions,
        state: State { bucket: "acme-terraform-state".parse()?, region: "us-east-1".parse()? },
        tags: [("organization".parse()?, "acme".parse()?)].into(),
    };
    let mut estate = Estate::new(organization)
        .module("database".parse()?, Module::new("./modules/database".parse()?))
        .module("queue".parse()?, Module::new("./modules/queue".parse()?));
    let management = Account::new("109876543210".parse()?).email("aws@acme.example".parse()?);
    estate = estate.account("management".parse()?, management);
    // What is there once, for all environments: the organization, and the accounts that they share.
    estate = estate.environment("org".parse()?, Environment::default());
    for (name, id, ou) in ACCOUNTS {
        let has_workloads = ou == "Workloads";
        let mut account = Account::new(id.parse()?).email(format!("aws+{name}@acme.example").parse()?);
        account.class = Some(if has_workloads { "workload" } else { "shared" }.parse()?);
        if name == "prod" {
            account.owners = vec!["@acme/production".parse()?];
        }
        if has_workloads {
            let tags = [("environment".parse()?, name.parse()?)].into();
            estate = estate.environment(name.parse()?, Environment { tags });
        }
        estate = estate.account(name.parse()?, account);
    }
    estate = landing_zone::add(estate)?;
    for (region, azs, cidr) in &REGIONS {
        estate = estate.network(hub("hub", "network", region, cidr, azs)?);
    }
    estate = estate.network(hub("tools", "shared", "us-east-1", "10.0.16.0/22", &REGIONS[0].1)?);
    for (environment, region, cidr, size) in WORKLOADS {
        let main = main_network(environment, region, cidr)?;
        if let Some(size) = size {
            estate = estate.unit(orders(&main, size)?).unit(events(&main)?);
        }
        estate = estate.network(main);
    }
    estate.parity = vec![Parity {
        environments: vec!["stage".parse()?, "prod".parse()?],
        may_differ: ["cidr", "azs", "egress", "tags", "size_gb", "budget", "trust"].map(str::to_owned).into(),
        except: vec!["hub".parse()?, "tools".parse()?],
    }];
    estate.automation = automation()?;
    Ok(estate)
}

/// A small network for what all environments share. Two zones are enough for it.
fn hub(name: &str, account: &str, region: &str, cidr: &str, azs: &[&str]) -> Result<Network, Box<dyn Error>> {
    let place = Place { environment: "prod".parse()?, account: account.parse()?, region: region.parse()? };
    let network = Network::new(name.parse()?, place, cidr.parse()?)
        .profile(Profile::Compact)
        .tiers([Tier::Public, Tier::Private]);
    with_zones(network, &azs[..2])
}

/// The network of an environment in a region: stage is prod at a smaller size, and what is tried out may be destroyed.
fn main_network(environment: &str, region: &str, cidr: &str) -> Result<Network, Box<dyn Error>> {
    let place =
        Place { environment: environment.parse()?, account: environment.parse()?, region: region.parse()? };
    let is_prod = environment == "prod";
    let is_tried_out = ["dev", "test"].contains(&environment);
    let intra = (!is_tried_out).then_some(Tier::Intra);
    let mut network = Network::new("main".parse()?, place, cidr.parse()?)
        .tiers([Tier::Public, Tier::Private, Tier::Database].into_iter().chain(intra))
        .egress(if is_prod { EgressMode::Zonal } else { EgressMode::Single })
        .deletion_protection(!is_tried_out)
        .after(format!("network/{region}/prod/hub").parse()?);
    if is_prod {
        network = network.tag("criticality".parse()?, "high".parse()?);
    }
    let (_, azs, _) = REGIONS.iter().find(|(name, ..)| *name == region).ok_or("a region of the estate")?;
    with_zones(network, azs)
}

fn with_zones(mut network: Network, azs: &[&str]) -> Result<Network, Box<dyn Error>> {
    for (slot, az) in ["a", "b", "c"].iter().zip(azs) {
        network = network.az(slot.parse()?, az.parse()?);
    }
    Ok(network)
}

/// The database in the subnets of a network.
fn orders(main: &Network, size: i64) -> Result<ModuleUnit, Box<dyn Error>> {
    Ok(ModuleUnit::new("orders".parse()?, "database".parse()?, main.place())
        .set(database::SIZE_GB, size)
        .link(database::VPC_ID, network::ID.of(main)?)
        .link(database::SUBNET_IDS, network::SUBNET_IDS.of(main)?.key(&Tier::Database)))
}

/// The queue beside it.
fn events(main: &Network) -> Result<ModuleUnit, Box<dyn Error>> {
    Ok(ModuleUnit::new("events".parse()?, "queue".parse()?, main.place())
        .set(queue::FIFO, true)
        .set(queue::DEAD_LETTERS, queue::DeadLetters { after: 5 }))
}

/// Atlantis, and pipelines for both hosts.
fn automation() -> Result<Automation, Box<dyn Error>> {
    let digest = "5f1c0e9a7d3b4c2e8f6a1d0b9c8e7f6a5d4c3b2a190817263544f3e2d1c0b9a8";
    let pipelines = Pipelines {
        image: format!("registry.acme.example/landform@sha256:{digest}").parse()?,
        plan_role: "arn:aws:iam::109876543210:role/landform-plan".parse()?,
        apply_role: "arn:aws:iam::109876543210:role/landform-apply".parse()?,
    };
    let keep = vec!["landform_account".parse()?, "landform_vpc".parse()?];
    let atlantis =
        Atlantis::new("github.com/acme/live".parse()?).policy(PlanPolicy { keep, max_deletions: Some(20) });
    Ok(Automation {
        owners: vec!["@acme/platform".parse()?],
        atlantis: Some(atlantis),
        github: Some(pipelines.clone()),
        gitlab: Some(pipelines),
    })
}
