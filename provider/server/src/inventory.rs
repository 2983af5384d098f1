//! The second mode: what exists in AWS by its tags, for `landform orphans`. See [`landform_model::inventory`].

use crate::settings;
use landform_aws::AwsCloud;
use landform_framework::{Attribute as _, CancellationToken, Diagnostics, Model as _, Path, cty};
use landform_model::inventory::{Action, Answer, Object, Place, Request, Resource};
use landform_resources::{Landform, ProviderConfiguration};
use std::error::Error;
use std::io::{Read, Write};
use std::sync::Arc;

/// Answers the one request that `input` has. Whether all of it could be answered.
///
/// # Errors
/// When the request or its provider block is not understood, or nobody reads the answers.
pub(crate) fn answer(input: impl Read, mut output: impl Write) -> Result<bool, Box<dyn Error>> {
    let request: Request = serde_json::from_reader(input).map_err(|error| format!("the request: {error}"))?;
    let client = client(&request).map_err(|error| format!("the provider block of the request: {error}"))?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut complete = true;
    let mut tell = |answer: Answer| {
        complete &= !matches!(answer, Answer::Failed { .. });
        serde_json::to_writer(&mut output, &answer)?;
        // One at a time: who reads them shows them as they come.
        output.write_all(b"\n")?;
        output.flush()
    };
    match request.action {
        Action::List(places) => {
            for place in places {
                runtime.block_on(list(&client, &place)).into_iter().try_for_each(&mut tell)?;
            }
        }
        Action::Remove(resource) => tell(runtime.block_on(remove(&client, resource)))?,
    }
    Ok(complete)
}

/// The provider that Terraform would have with the same block.
fn client(request: &Request) -> Result<Landform, Box<dyn Error>> {
    let ty = ProviderConfiguration::schema().cty_type();
    let block = cty::decode_json(&serde_json::to_vec(&request.provider)?, &ty)?;
    let block = ProviderConfiguration::decode(&block, &Path::root()).map_err(|error| error.to_string())?;
    let settings = settings::of(&block).map_err(|errors| errors.to_string())?;
    let client = landform_resources::configure(&block, Arc::new(AwsCloud::new(settings)));
    Ok(client.map_err(|errors| errors.to_string())?)
}

async fn list(client: &Landform, place: &Place) -> Vec<Answer> {
    let found = match landform_resources::owned_resources(client, place).await {
        Ok(found) => found,
        Err(errors) => return vec![Answer::Failed { place: place.clone(), error: errors.to_string() }],
    };
    let exists = |found: landform_resources::OwnedResource| Answer::Exists {
        resource: Resource { place: place.clone(), stack: found.stack, resource: found.resource },
        objects: found
            .objects
            .into_iter()
            .map(|object| Object { kind: object.kind, id: object.id })
            .collect(),
        kept: found.kept.map(str::to_owned),
    };
    found.into_iter().map(exists).collect()
}

async fn remove(client: &Landform, resource: Resource) -> Answer {
    // A signal ends the process, and another removal goes on from there.
    let stop = CancellationToken::new();
    let Resource { place, stack, resource: name } = &resource;
    match landform_resources::remove_resource(client, place, stack, name, &stop).await {
        Ok(said) => {
            tell(&said);
            Answer::Removed(resource)
        }
        Err(errors) => Answer::Failed { place: place.clone(), error: errors.to_string() },
    }
}

/// Standard output is for the answers.
#[expect(clippy::print_stderr, reason = "whoever asked shows it to people")]
fn tell(said: &Diagnostics) {
    if !said.is_empty() {
        eprintln!("{said}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(request: &str) -> Result<String, String> {
        let mut output = Vec::new();
        answer(request.as_bytes(), &mut output).map_err(|error| error.to_string())?;
        Ok(String::from_utf8(output).unwrap())
    }

    #[test]
    fn a_request_that_is_not_understood_says_what_is_wrong_with_it() {
        for (request, part) in [
            ("", "the request: EOF"),
            (r#"{"provider":{},"action":{"list":[]}}"#, "No stack (at stack)"),
            (r#"{"provider":{"stack":"No stack"},"action":{"list":[]}}"#, "stack name"),
            (r#"{"provider":{"stack":"a","zone":"b"},"action":{"list":[]}}"#, "zone"),
            (
                r#"{"provider":{"stack":"a","assume_role":{"role_name":"de ploy"}},"action":{"list":[]}}"#,
                "Not a role",
            ),
        ] {
            let error = answered(request).unwrap_err();
            assert!(error.contains(part), "{request}: {error}");
        }
    }

    #[test]
    fn nowhere_is_nothing() {
        assert_eq!(answered(r#"{"provider":{"stack":"a"},"action":{"list":[]}}"#), Ok(String::new()));
    }
}
