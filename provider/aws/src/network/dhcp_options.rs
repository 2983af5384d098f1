//! Sets of DHCP options.

use super::gone_is_done;
use crate::answer::{carries, parsed, required, tags as tags_of};
use crate::request::{PAGE, tag_filters, tags_for};
use crate::{error, retry};
use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{self, NewDhcpConfiguration, ResourceType};
use landform_cloud::id::{DhcpOptionsId, VpcId};
use landform_cloud::network::{DhcpOptions, DhcpSettings};
use landform_cloud::{Result, Tags};

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeDhcpOptions.html>
pub(super) async fn list(client: &Client, tags: &Tags) -> Result<Vec<DhcpOptions>> {
    const OPERATION: &str = "DescribeDhcpOptions";
    let call = client.describe_dhcp_options().set_filters(tag_filters(tags));
    let pages = call.into_paginator().page_size(PAGE).items().send();
    let all = pages.try_collect().await.map_err(error::of(OPERATION))?;
    let all = all.iter().filter(|options| carries(&tags_of(options.tags()), tags));
    all.map(|options| options_of(OPERATION, options)).collect()
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateDhcpOptions.html>: takes no token.
pub(super) async fn create(client: &Client, settings: &DhcpSettings, tags: &Tags) -> Result<DhcpOptions> {
    const OPERATION: &str = "CreateDhcpOptions";
    let call = client
        .create_dhcp_options()
        .set_dhcp_configurations(Some(configurations(settings)))
        .set_tag_specifications(tags_for(ResourceType::DhcpOptions, tags))
        .customize()
        .config_override(retry::no_resend());
    let made = call.send().await.map_err(error::of(OPERATION))?;
    options_of(OPERATION, &required(OPERATION, "dhcpOptions", made.dhcp_options)?)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateDhcpOptions.html>: sets a value, so it may be sent again.
pub(super) async fn associate(client: &Client, vpc: &VpcId, options: Option<&DhcpOptionsId>) -> Result<()> {
    let id = options.map_or("default", DhcpOptionsId::as_str);
    let call = client.associate_dhcp_options().vpc_id(vpc.as_str()).dhcp_options_id(id);
    call.send().await.map(drop).map_err(error::of("AssociateDhcpOptions"))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteDhcpOptions.html>
pub(super) async fn delete(client: &Client, options: &DhcpOptionsId) -> Result<()> {
    let sent = client.delete_dhcp_options().dhcp_options_id(options.as_str()).send().await;
    gone_is_done(sent.map(drop).map_err(error::of("DeleteDhcpOptions")))
}

/// The keys are AWS's.
fn configurations(settings: &DhcpSettings) -> Vec<NewDhcpConfiguration> {
    let one = |value: &Option<String>| value.iter().cloned().collect::<Vec<_>>();
    let node_type = settings.netbios_node_type.map(|number| number.to_string());
    [
        ("domain-name", one(&settings.domain_name)),
        ("domain-name-servers", settings.domain_name_servers.clone()),
        ("ntp-servers", settings.ntp_servers.clone()),
        ("netbios-name-servers", settings.netbios_name_servers.clone()),
        ("netbios-node-type", one(&node_type)),
    ]
    .into_iter()
    .filter(|(_, values)| !values.is_empty())
    .map(|(key, values)| NewDhcpConfiguration::builder().key(key).set_values(Some(values)).build())
    .collect()
}

fn options_of(operation: &'static str, options: &types::DhcpOptions) -> Result<DhcpOptions> {
    let values = |key: &str| -> Vec<String> {
        let all = options.dhcp_configurations().iter().filter(|it| it.key() == Some(key));
        all.flat_map(types::DhcpConfiguration::values)
            .filter_map(|it| it.value().map(str::to_owned))
            .collect()
    };
    Ok(DhcpOptions {
        id: parsed(operation, "dhcpOptionsId", options.dhcp_options_id())?,
        settings: DhcpSettings {
            domain_name: values("domain-name").into_iter().next(),
            domain_name_servers: values("domain-name-servers"),
            ntp_servers: values("ntp-servers"),
            netbios_name_servers: values("netbios-name-servers"),
            netbios_node_type: values("netbios-node-type").first().and_then(|text| text.parse().ok()),
        },
        tags: tags_of(options.tags()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_sdk_ec2::types::{AttributeValue, DhcpConfiguration};

    #[test]
    fn settings_are_read_as_they_were_written() {
        let settings = DhcpSettings {
            domain_name: Some("corp.example".into()),
            domain_name_servers: vec!["10.0.0.2".into(), "10.0.1.2".into()],
            ntp_servers: vec!["169.254.169.123".into()],
            netbios_name_servers: vec![],
            netbios_node_type: Some(2),
        };
        let mut options = types::DhcpOptions::builder().dhcp_options_id("dopt-1");
        for sent in configurations(&settings) {
            let values = sent.values().iter().map(|value| AttributeValue::builder().value(value).build());
            let read =
                DhcpConfiguration::builder().set_key(sent.key.clone()).set_values(Some(values.collect()));
            options = options.dhcp_configurations(read.build());
        }
        assert_eq!(options_of("DescribeDhcpOptions", &options.build()).unwrap().settings, settings);
        assert_eq!(configurations(&settings).len(), 4, "an empty list is not sent");
    }
}
