//! The small estate in Rust: the same as `examples/estates/small.yaml`, and the same bytes.
//!
//! Prints the path of every file that the estate comes to:
//! `cargo run -p landform-generator --example small`

use std::error::Error;
use std::io::Write;

use landform_generator::check::ledger::Ledger;
use landform_generator::generate;
use landform_generator::spec::{
    Account, Atlantis, Automation, Environment, Estate, Network, Organization, Pipelines, Place, State,
};
use landform_generator::tree::Layout;
use landform_model::network::{EgressMode, Profile, Tier};

fn main() -> Result<(), Box<dyn Error>> {
    let rendered = generate(&estate()?, Layout::Terraform, &Ledger::default())?;
    let mut stdout = std::io::stdout().lock();
    for path in rendered.files.keys() {
        writeln!(stdout, "{path}")?;
    }
    Ok(())
}

/// One organization, three accounts, two environments, two regions, four networks.
pub(crate) fn estate() -> Result<Estate, Box<dyn Error>> {
    let organization = Organization {
        name: "acme".parse()?,
        management_account_id: "109876543210".parse()?,
        regions: vec!["us-east-1".parse()?, "eu-west-1".parse()?],
        state: State { bucket: "acme-terraform-state".parse()?, region: "us-east-1".parse()? },
        tags: [("organization".parse()?, "acme".parse()?)].into(),
    };
    let mut estate = Estate::new(organization);
    for (name, id) in [("network", "210987654321"), ("dev", "321098765432"), ("prod", "432109876543")] {
        let mut account = Account::new(id.parse()?).email(format!("aws+{name}@acme.example").parse()?);
        if name == "prod" {
            account.owners = vec!["@acme/production".parse()?];
        }
        estate = estate.account(name.parse()?, account);
    }
    for name in ["dev", "prod"] {
        let tags = [("environment".parse()?, name.parse()?)].into();
        estate = estate.environment(name.parse()?, Environment { tags });
    }
    let hub = network("hub", ["prod", "network", "us-east-1"], "10.0.0.0/22", &["use1-az1", "use1-az2"])?
        .profile(Profile::Compact)
        .tiers([Tier::Public, Tier::Private]);
    let dev =
        network("main", ["dev", "dev", "us-east-1"], "10.16.0.0/16", &["use1-az1", "use1-az2", "use1-az4"])?
            .tiers([Tier::Public, Tier::Private, Tier::Database])
            .egress(EgressMode::Single)
            .deletion_protection(false);
    estate = estate.network(hub).network(dev);
    // Both regions of prod are alike: in Rust that is a loop.
    for (region, cidr, azs) in [
        ("us-east-1", "10.32.0.0/16", ["use1-az1", "use1-az2", "use1-az4"]),
        ("eu-west-1", "10.48.0.0/16", ["euw1-az1", "euw1-az2", "euw1-az3"]),
    ] {
        let prod = network("main", ["prod", "prod", region], cidr, &azs)?
            .tiers([Tier::Public, Tier::Private, Tier::Database, Tier::Intra])
            .egress(EgressMode::Zonal)
            .after("network/us-east-1/prod/hub".parse()?)
            .tag("criticality".parse()?, "high".parse()?);
        estate = estate.network(prod);
    }
    estate.automation = automation()?;
    Ok(estate)
}

/// Atlantis, and pipelines for both hosts.
fn automation() -> Result<Automation, Box<dyn Error>> {
    let digest = "5f1c0e9a7d3b4c2e8f6a1d0b9c8e7f6a5d4c3b2a190817263544f3e2d1c0b9a8";
    let pipelines = Pipelines {
        image: format!("registry.acme.example/landform@sha256:{digest}").parse()?,
        plan_role: "arn:aws:iam::109876543210:role/landform-plan".parse()?,
        apply_role: "arn:aws:iam::109876543210:role/landform-apply".parse()?,
    };
    let atlantis = Atlantis::new("github.com/acme/live".parse()?);
    Ok(Automation {
        owners: vec!["@acme/platform".parse()?],
        atlantis: Some(atlantis),
        github: Some(pipelines.clone()),
        gitlab: Some(pipelines),
    })
}

/// A network in its place, with its zones in the slots from `a` on.
fn network(
    name: &str,
    [environment, account, region]: [&str; 3],
    cidr: &str,
    azs: &[&str],
) -> Result<Network, Box<dyn Error>> {
    let place =
        Place { environment: environment.parse()?, account: account.parse()?, region: region.parse()? };
    let mut network = Network::new(name.parse()?, place, cidr.parse()?);
    for (slot, az) in ["a", "b", "c", "d"].iter().zip(azs) {
        network = network.az(slot.parse()?, az.parse()?);
    }
    Ok(network)
}
