//! How the calls to AWS grow with the number of networks in one state, and with their subnets.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write;
use std::time::{Duration, Instant};

use landform_test_support::Scenario;
use landform_test_support::fault_proxy::Calls;
use landform_test_support::scenario::TestBed;

/// How many networks one state has.
const NETWORKS: [usize; 3] = [1, 10, 100];

/// From this number on the large networks are smaller: the emulator takes longer to list the tags of 100 networks of 16
/// subnets than the provider waits.
const MANY: usize = 50;

const SMALL: Size = Size { tiers: &["private"], zones: 2 };
const MEDIUM: Size = Size { tiers: &["public", "private", "intra"], zones: 2 };
const LARGE: Size = Size { tiers: &["public", "private", "database", "intra"], zones: 4 };

/// What a plan without changes may cost. Each network has two DNS attributes, which AWS tells one at a time.
const PLAN: Bound = Bound { fixed: 12, per_network: 2 };

/// The most items on a page of a list: longer lists take one more call for each.
const PAGE: usize = 1000;

/// Calls that are made once, such as those for credentials, and calls for each network.
struct Bound {
    fixed: usize,
    per_network: usize,
}

struct Size {
    tiers: &'static [&'static str],
    zones: usize,
}

impl Size {
    fn subnets(&self) -> usize {
        self.tiers.len() * self.zones
    }
}

/// What one state took.
struct Row {
    networks: usize,
    subnets: usize,
    apply: Calls,
    plan: Calls,
    apply_took: Duration,
    plan_took: Duration,
}

/// Measures and prints.
pub(crate) fn command(words: &[&str]) -> Result<(), Box<dyn Error>> {
    let (mut json, mut counts) = (false, NETWORKS.to_vec());
    let mut rest = words.iter();
    while let Some(word) = rest.next() {
        match *word {
            "--json" => json = true,
            "--count" => counts = vec![rest.next().ok_or("--count needs a number")?.parse()?],
            other => return Err(format!("unknown argument `{other}`\n\n{}", super::USAGE).into()),
        }
    }
    TestBed::build_provider()?;
    let mut rows = Vec::new();
    for networks in counts {
        for size in [&SMALL, if networks < MANY { &LARGE } else { &MEDIUM }] {
            let row = Row::measure(networks, size)?;
            eprintln!(
                "{networks} networks of {} subnets: {:.0} s",
                row.subnets,
                (row.apply_took + row.plan_took).as_secs_f64()
            );
            rows.push(row);
        }
    }
    let problems = problems(&rows);
    if json {
        let rows: Vec<_> = rows.iter().map(Row::to_json).collect();
        println!("{}", serde_json::json!({"rows": rows, "problems": problems}));
    } else {
        print!("{}", table(&rows));
    }
    if problems.is_empty() { Ok(()) } else { Err(problems.join("\n").into()) }
}

impl Row {
    fn measure(networks: usize, size: &Size) -> Result<Row, Box<dyn Error>> {
        let scenario = Scenario::empty().without_init();
        scenario.write("main.tf", &configuration(networks, size));
        let run = |arguments: &[&str]| -> Result<(Calls, Duration), Box<dyn Error>> {
            scenario.proxy().take_calls();
            let begin = Instant::now();
            scenario.terraform().run(arguments)?.success()?;
            Ok((scenario.proxy().take_calls(), begin.elapsed()))
        };
        let (apply, apply_took) = run(&["apply", "-auto-approve"])?;
        // Ends with 2, which is no success, when there is anything to change.
        let (plan, plan_took) = run(&["plan", "-detailed-exitcode"])?;
        Ok(Row { networks, subnets: size.subnets(), apply, plan, apply_took, plan_took })
    }

    fn to_json(&self) -> serde_json::Value {
        serde_json::json!({
            "networks": self.networks,
            "subnets_each": self.subnets,
            "apply": self.apply.by_action(),
            "apply_seconds": self.apply_took.as_secs_f64(),
            "plan": self.plan.by_action(),
            "plan_seconds": self.plan_took.as_secs_f64(),
        })
    }
}

/// One sentence for each bound that is exceeded.
fn problems(rows: &[Row]) -> Vec<String> {
    let mut sentences = Vec::new();
    for row in rows {
        let (networks, plan) = (row.networks, row.plan.len());
        let most = PLAN.fixed + PLAN.per_network * networks;
        if plan > most {
            sentences.push(format!("a plan of {networks} networks makes {plan} calls, more than {most}"));
        }
        let small = rows.iter().find(|other| other.networks == networks && other.subnets < row.subnets);
        if let Some(small) = small
            && plan > small.plan.len() + networks * row.subnets / PAGE
        {
            sentences.push(format!(
                "a plan of {networks} networks makes {} calls with {} subnets each and {plan} with {}",
                small.plan.len(),
                small.subnets,
                row.subnets
            ));
        }
    }
    sentences
}

/// A line for each state, then the calls of each action in the largest.
fn table(rows: &[Row]) -> String {
    let mut text = format!(
        "{:>8}  {:>7}  {:>11}  {:>8}  {:>10}  {:>8}\n",
        "networks", "subnets", "apply calls", "time", "plan calls", "time"
    );
    for row in rows {
        let _ = writeln!(
            text,
            "{:>8}  {:>7}  {:>11}  {:>6.1} s  {:>10}  {:>6.1} s",
            row.networks,
            row.subnets,
            row.apply.len(),
            row.apply_took.as_secs_f64(),
            row.plan.len(),
            row.plan_took.as_secs_f64()
        );
    }
    if let Some(last) = rows.last() {
        let _ = writeln!(text, "\n{} networks of {} subnets, by action", last.networks, last.subnets);
        let (apply, plan) = (last.apply.by_action(), last.plan.by_action());
        let actions: BTreeMap<&String, ()> = apply.keys().chain(plan.keys()).map(|it| (it, ())).collect();
        for action in actions.into_keys() {
            let count = |calls: &BTreeMap<String, usize>| calls.get(action).copied().unwrap_or_default();
            let _ = writeln!(text, "  {action:<28} {:>6} {:>6}", count(&apply), count(&plan));
        }
    }
    text
}

fn configuration(networks: usize, size: &Size) -> String {
    let zones: Vec<String> = ["a", "b", "c", "d"]
        .iter()
        .zip(["use1-az1", "use1-az2", "use1-az4", "use1-az6"])
        .take(size.zones)
        .map(|(slot, zone)| format!("{slot} = \"{zone}\""))
        .collect();
    format!(
        r#"terraform {{
  required_providers {{
    landform = {{ source = "landform/landform" }}
  }}
}}

variable "account_id" {{ type = string }}
variable "stack" {{ type = string }}

provider "landform" {{
  region      = "us-east-1"
  stack       = var.stack
  assume_role = {{ role_name = "OrganizationAccountAccessRole" }}
}}

resource "landform_vpc" "main" {{
  count               = {networks}
  account_id          = var.account_id
  name                = "network-${{count.index}}"
  cidr                = cidrsubnet("10.0.0.0/8", 8, count.index)
  azs                 = {{ {} }}
  tiers               = {:?}
  deletion_protection = false
}}
"#,
        zones.join(", "),
        size.tiers
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use landform_test_support::fault_proxy::Call;

    fn row(networks: usize, subnets: usize, plan: usize) -> Row {
        let plan = std::iter::repeat_n(Call::default(), plan).collect();
        let (apply, took) = (Calls::default(), Duration::ZERO);
        Row { networks, subnets, apply, plan, apply_took: took, plan_took: took }
    }

    #[test]
    fn a_plan_may_grow_with_the_networks_and_not_with_the_subnets() {
        assert_eq!(problems(&[row(10, 2, 32), row(10, 16, 32)]), Vec::<String>::new());
        let sentences = problems(&[row(10, 2, 29), row(10, 16, 30), row(1, 2, 15)]);
        assert_eq!(
            sentences,
            [
                "a plan of 10 networks makes 29 calls with 2 subnets each and 30 with 16",
                "a plan of 1 networks makes 15 calls, more than 14",
            ]
        );
        // A second page of 1,600 subnets.
        assert_eq!(problems(&[row(100, 2, 200), row(100, 16, 201)]), Vec::<String>::new());
    }
}
