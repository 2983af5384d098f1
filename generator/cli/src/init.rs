//! `landform init`: a first spec, from flags and, on a terminal, from a few questions.

use std::fs::OpenOptions;
use std::io::{BufRead, IsTerminal, Write, stdin};
use std::process::ExitCode;
use std::str::FromStr;

use landform_model::{AccountId, BucketName, Region, ResourceName};

use crate::arguments::{AccountPair, Init};
use crate::failure::Failure;
use crate::output::print;

/// All that a first spec is made of. Every value is of a type whose text means nothing else in YAML once it is quoted.
struct Answers {
    organization: ResourceName,
    management: AccountId,
    region: Region,
    bucket: BucketName,
    account: AccountPair,
}

/// Asks for what the flags leave out, and writes the spec. A file that is there is left as it is.
///
/// # Errors
/// When something is not said and nobody can be asked, or the file cannot be made.
pub(crate) fn init(arguments: &Init) -> Result<ExitCode, Failure> {
    let answers = Answers {
        organization: answer(arguments.organization.as_ref(), "--organization", "Name of the organization")?,
        management: answer(
            arguments.management_account.as_ref(),
            "--management-account",
            "Its management account",
        )?,
        region: answer(arguments.region.as_ref(), "--region", "First region, such as us-east-1")?,
        bucket: answer(arguments.bucket.as_ref(), "--bucket", "S3 bucket for states")?,
        account: answer(arguments.account.as_ref(), "--account", "First account, such as dev=123456789012")?,
    };
    let failed = |source| Failure::Init { spec: arguments.spec.clone(), source };
    let mut file = OpenOptions::new().write(true).create_new(true).open(&arguments.spec).map_err(failed)?;
    file.write_all(spec(&answers).as_bytes()).map_err(failed)?;
    print(&format!(
        "wrote {}; write a network into it, then run `landform generate`",
        arguments.spec.display()
    ));
    Ok(ExitCode::SUCCESS)
}

/// The value of the flag, else what is typed; asked again until it is one.
pub(crate) fn answer<T: FromStr + Clone>(
    given: Option<&T>,
    flag: &'static str,
    question: &str,
) -> Result<T, Failure>
where
    T::Err: std::fmt::Display,
{
    if let Some(given) = given {
        return Ok(given.clone());
    }
    let mut line = String::new();
    while stdin().is_terminal() {
        anstream::eprint!("{question}: ");
        line.clear();
        if !stdin().lock().read_line(&mut line).is_ok_and(|bytes| bytes > 0) {
            break;
        }
        match line.trim().parse() {
            Ok(value) => return Ok(value),
            Err(error) => anstream::eprintln!("{error}"),
        }
    }
    Err(Failure::NotSaid(flag))
}

fn spec(answers: &Answers) -> String {
    let Answers { organization, management, region, bucket, account } = answers;
    let AccountPair { name, id } = account;
    let zone = region.short_code();
    format!(
        r#"# yaml-language-server: $schema=landform.schema.json
# `landform schema > landform.schema.json` makes the file above: editors then complete and explain every field.

organization:
  name: "{organization}"
  # The account that the credentials are of: no role is assumed in it.
  management_account_id: "{management}"
  # The regions that units may be in.
  regions: ["{region}"]
  # Where Terraform keeps its states. The bucket has to be there before the first plan: `landform bootstrap` makes it.
  state:
    bucket: "{bucket}"
    region: "{region}"

# The accounts, by the names that units call them.
accounts:
  "{name}":
    id: "{id}"

# Units that are used together.
environments:
  "{name}": {{}}

# A network, once its comments are taken off. Zones are IDs, which mean the same in every account:
# `aws ec2 describe-availability-zones --region {region} --query 'AvailabilityZones[].ZoneId'`
networks: []
#  - name: main
#    environment: "{name}"
#    account: "{name}"
#    region: "{region}"
#    cidr: 10.0.0.0/16
#    azs: {{ a: {zone}-az1, b: {zone}-az2 }}
#    tiers: [public, private]
#    egress: single_nat
"#
    )
}
