//! How long the generator takes for 10 to 10,000 units, and how much memory.
//!
//! `cargo run --release -p landform-generator --example scale` prints a table; the last column is the time per unit of
//! a cold run, which stays about the same when the work grows with the number of units and no faster.

use std::error::Error;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use landform_generator::generate;
use landform_generator::source::Source;
use landform_generator::spec::typed::Input;
use landform_generator::spec::{Account, Environment, Estate, Module, ModuleUnit, Network, Place};
use landform_generator::tree::Layout;
use landform_generator::units::network;
use landform_generator::write;
use landform_model::Cidr;
use landform_model::network::{Profile, Tier};
use peak_alloc::PeakAlloc;

#[path = "small.rs"]
#[allow(dead_code, reason = "the example's main and its networks")]
mod small;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Networks in one account.
const PER_ACCOUNT: u32 = 100;

const VPC_ID: Input<String> = Input::new("vpc_id");
const SUBNET_IDS: Input<Vec<String>> = Input::new("subnet_ids");
/// Where the module of the databases is.
const BESIDE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/estates");

fn main() -> Result<(), Box<dyn Error>> {
    let mut stdout = std::io::stdout().lock();
    writeln!(stdout, "units   read     tree     write    again    check    memory    per unit")?;
    for units in [10, 100, 1_000, 10_000] {
        let row = measure(units)?;
        writeln!(stdout, "{row}")?;
    }
    Ok(())
}

/// One line of the table.
fn measure(units: u32) -> Result<String, Box<dyn Error>> {
    let text = serde_saphyr::to_string(&estate(units)?)?;
    let folder = tempfile::tempdir()?;
    MEMORY.reset_peak_usage();

    let (read, estate) = timed(|| {
        let source = Source::parse("estate.yaml", text)?;
        let estate = source.estate();
        let mut estate = estate.map_err(|problems| Box::<dyn Error>::from(source.report(&problems[0])))?;
        estate.module_files = write::read_modules(Path::new(BESIDE), &estate)?;
        Ok(estate)
    })?;
    let (tree, rendered) = timed(|| {
        let ledger = write::read_ledger(folder.path())?;
        Ok(generate(&estate, Layout::Terragrunt, &ledger)?)
    })?;
    let (cold, report) = timed(|| Ok(write::write(folder.path(), &rendered)?))?;
    let (again, second) = timed(|| Ok(write::write(folder.path(), &rendered)?))?;
    let (check, differences) = timed(|| Ok(write::compare(folder.path(), &rendered)?))?;
    if report.is_empty() || !second.is_empty() || !differences.is_empty() {
        return Err("the second run changed files".into());
    }
    let per_unit = (read + tree + cold) / units;
    Ok(format!(
        "{units:<7} {:<8} {:<8} {:<8} {:<8} {:<8} {:<9} {}",
        shown(read),
        shown(tree),
        shown(cold),
        shown(again),
        shown(check),
        format!("{:.1} MB", MEMORY.peak_usage_as_mb()),
        shown(per_unit)
    ))
}

fn timed<T>(work: impl FnOnce() -> Result<T, Box<dyn Error>>) -> Result<(Duration, T), Box<dyn Error>> {
    let start = Instant::now();
    let outcome = work()?;
    Ok((start.elapsed(), outcome))
}

fn shown(duration: Duration) -> String {
    format!("{duration:.1?}")
}

/// Half networks of 256 addresses, a hundred to an account and each after the first of its account; half databases in
/// their subnets, with inputs that are checked and references.
fn estate(units: u32) -> Result<Estate, Box<dyn Error>> {
    let mut estate = Estate::new(small::estate()?.organization)
        .environment("prod".parse()?, Environment::default())
        .module("database".parse()?, Module::new("./modules/database".parse()?));
    estate.automation = small::estate()?.automation;
    let ten: Cidr = "10.0.0.0/8".parse()?;
    for index in 0..units / 2 {
        let (account, number) = (index / PER_ACCOUNT, index % PER_ACCOUNT);
        let name = format!("account{account}");
        if number == 0 {
            let id = format!("{:012}", 200_000_000_000_u64 + u64::from(account));
            estate = estate.account(name.parse()?, Account::new(id.parse()?));
        }
        let place =
            Place { environment: "prod".parse()?, account: name.parse()?, region: "us-east-1".parse()? };
        let cidr = ten.subnet(24, index).ok_or("there are no more blocks")?;
        let mut network = Network::new(format!("n{number}").parse()?, place, cidr)
            .profile(Profile::Compact)
            .az("a".parse()?, "use1-az1".parse()?)
            .tiers([Tier::Private]);
        if number > 0 {
            network = network.after(format!("{name}/us-east-1/prod/n0").parse()?);
        }
        let database = ModuleUnit::new(format!("d{number}").parse()?, "database".parse()?, network.place())
            .input("size_gb".parse()?, 100)
            .link(VPC_ID, network::ID.of(&network)?)
            .link(SUBNET_IDS, network::SUBNET_IDS.of(&network)?.key(&Tier::Private));
        estate = estate.network(network).unit(database);
    }
    Ok(estate)
}
