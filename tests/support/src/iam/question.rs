//! What AWS asks the policies about one call.

use std::collections::{BTreeMap, BTreeSet};

use super::checked::{Checked, checked, kind};
use crate::fault_proxy::Call;

/// Whether an action may be done to one resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The action, such as `ec2:CreateSubnet`.
    pub action: String,
    /// To what.
    pub resource: Resource,
    /// The condition keys that the request itself sets.
    pub keys: BTreeMap<String, String>,
}

/// What an action is done to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Resource {
    /// Nothing certain, such as of a list.
    Any,
    /// An object of EC2; without an id it is the one that the call makes.
    Ec2 {
        /// The kind in the words of ARNs, such as `natgateway`.
        kind: &'static str,
        /// Its id.
        id: Option<String>,
    },
    /// An object of another service.
    Arn(String),
}

/// All that is asked about `call`; each must be answered with yes. `associated` tells what an association is between.
///
/// The tags of a request are those of what it makes, or of what it tags: what a create names besides is asked about without
/// them, as the reference of EC2's actions has `aws:RequestTag` at the kind that is made alone.
///
/// # Errors
/// It changes something, and [`checked`] does not know the action.
pub fn questions(call: &Call, associated: &dyn Fn(&str) -> Vec<String>) -> Result<Vec<Question>, String> {
    let action = format!("{}:{}", call.service, call.action);
    let ask = |resource, keys: &BTreeMap<String, String>| Question {
        action: action.clone(),
        resource,
        keys: keys.clone(),
    };
    if !call.mutating {
        return Ok(vec![ask(Resource::Any, &BTreeMap::new())]);
    }
    let known = if call.service == "ec2" { checked(&call.action) } else { None };
    let Some(Checked { makes, names, .. }) = known else {
        return Err(format!("{action} is not in the list of what EC2 checks: add it there"));
    };
    let tags = request_tags(call);
    let named = named(call, names, associated);
    let mut questions: Vec<Question> = match makes {
        Some(_) => named.into_iter().map(|resource| ask(resource, &BTreeMap::new())).collect(),
        None => named.into_iter().map(|resource| ask(resource, &tags)).collect(),
    };
    if let Some(kind) = makes {
        let made = Resource::Ec2 { kind, id: None };
        questions.push(ask(made.clone(), &tags));
        if !tags.is_empty() {
            // <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/supported-iam-actions-tagging.html>
            let create = ("ec2:CreateAction".to_owned(), call.action.clone());
            let keys = tags.into_iter().chain([create]).collect();
            questions.push(Question { action: "ec2:CreateTags".to_owned(), resource: made, keys });
        }
    }
    if let Some(role) = call.parameter("DeliverLogsPermissionArn") {
        let service = "vpc-flow-logs.amazonaws.com".to_owned();
        let keys = [("iam:PassedToService".to_owned(), service)].into();
        questions.push(Question { action: "iam:PassRole".to_owned(), resource: Resource::Arn(role), keys });
    }
    match questions.is_empty() {
        true => Err(format!("{action} names nothing that is checked: {}", call.body)),
        false => Ok(questions),
    }
}

/// `Tag.1.Key` and `TagSpecification.1.Tag.1.Key` with their values, as condition keys.
fn request_tags(call: &Call) -> BTreeMap<String, String> {
    let parameters: BTreeMap<String, String> = call.parameters().collect();
    let key = |(name, key): (&String, &String)| {
        let numbered = name.strip_suffix(".Key")?;
        let value = parameters.get(&format!("{numbered}.Value")).cloned().unwrap_or_default();
        Some((format!("aws:RequestTag/{key}"), value))
    };
    parameters.iter().filter_map(key).collect()
}

/// The objects of these kinds that the parameters name.
fn named(call: &Call, kinds: &[&str], associated: &dyn Fn(&str) -> Vec<String>) -> BTreeSet<Resource> {
    let ids = call.parameters().filter_map(|(name, value)| {
        let name = name.trim_end_matches(|letter: char| letter.is_ascii_digit() || letter == '.');
        name.ends_with("Id").then(|| (name.to_owned(), value))
    });
    let ids = ids.flat_map(|(name, id)| match name.as_str() {
        "AssociationId" => associated(&id),
        _ => vec![id],
    });
    let resource = |id: String| {
        // AWS's own set of DHCP options has a name in place of an id.
        let kind = if id == "default" { Some("dhcp-options") } else { kind(&id) };
        let kind = kind.filter(|kind| kinds.contains(kind))?;
        Some(Resource::Ec2 { kind, id: Some(id) })
    };
    ids.filter_map(resource).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(action: &str, body: &str) -> Result<Vec<String>, String> {
        let call = Call {
            service: "ec2".to_owned(),
            action: action.to_owned(),
            mutating: !action.starts_with("Describe"),
            body: body.to_owned(),
            ..Call::default()
        };
        let associated = |_: &str| vec!["rtb-1".to_owned(), "subnet-1".to_owned()];
        let told = |question: Question| {
            let resource = match question.resource {
                Resource::Any => "*".to_owned(),
                Resource::Arn(arn) => arn,
                Resource::Ec2 { kind, id } => format!("{kind}/{}", id.unwrap_or("*".to_owned())),
            };
            let keys: Vec<String> =
                question.keys.iter().map(|(key, value)| format!(" {key}={value}")).collect();
            format!("{} {resource}{}", question.action, keys.concat())
        };
        Ok(questions(&call, &associated)?.into_iter().map(told).collect())
    }

    #[test]
    fn a_list_is_of_nothing_certain() {
        assert_eq!(asked("DescribeVpcs", "VpcId.1=vpc-1").unwrap(), ["ec2:DescribeVpcs *"]);
    }

    #[test]
    fn a_create_is_asked_about_what_it_makes_and_tags_and_about_what_it_names() {
        let body = "VpcId=vpc-1&TagSpecification.1.ResourceType=subnet&TagSpecification.1.Tag.1.Key=landform%3Astack\
                    &TagSpecification.1.Tag.1.Value=core";
        assert_eq!(
            asked("CreateSubnet", body).unwrap(),
            [
                "ec2:CreateSubnet vpc/vpc-1",
                "ec2:CreateSubnet subnet/* aws:RequestTag/landform:stack=core",
                "ec2:CreateTags subnet/* aws:RequestTag/landform:stack=core ec2:CreateAction=CreateSubnet",
            ]
        );
        assert_eq!(asked("AllocateAddress", "Domain=vpc").unwrap(), ["ec2:AllocateAddress elastic-ip/*"]);
        let body = "ResourceId.1=vpc-1&DeliverLogsPermissionArn=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fx";
        assert_eq!(
            asked("CreateFlowLogs", body).unwrap(),
            [
                "ec2:CreateFlowLogs vpc/vpc-1",
                "ec2:CreateFlowLogs vpc-flow-log/*",
                "iam:PassRole arn:aws:iam::1:role/x iam:PassedToService=vpc-flow-logs.amazonaws.com",
            ]
        );
    }

    #[test]
    fn other_changes_are_asked_about_every_object_that_they_name() {
        for (action, body, expected) in [
            ("DeleteVpcEndpoints", "VpcEndpointId.1=vpce-2", "ec2:DeleteVpcEndpoints vpc-endpoint/vpce-2"),
            ("ReleaseAddress", "AllocationId=eipalloc-1", "ec2:ReleaseAddress elastic-ip/eipalloc-1"),
            // The gateway is none of the kinds that EC2 checks of a route.
            ("CreateRoute", "RouteTableId=rtb-1&NatGatewayId=nat-1", "ec2:CreateRoute route-table/rtb-1"),
            (
                "CreateTags",
                "ResourceId.1=igw-1&Tag.1.Key=a&Tag.1.Value=vpc-1",
                "ec2:CreateTags internet-gateway/igw-1 aws:RequestTag/a=vpc-1",
            ),
        ] {
            assert_eq!(asked(action, body).unwrap(), [expected]);
        }
        let both =
            ["ec2:DisassociateRouteTable route-table/rtb-1", "ec2:DisassociateRouteTable subnet/subnet-1"];
        assert_eq!(asked("DisassociateRouteTable", "AssociationId=rtbassoc-1").unwrap(), both);
        let both = ["ec2:AssociateDhcpOptions dhcp-options/default", "ec2:AssociateDhcpOptions vpc/vpc-1"];
        assert_eq!(asked("AssociateDhcpOptions", "DhcpOptionsId=default&VpcId=vpc-1").unwrap(), both);
    }

    #[test]
    fn what_nobody_knows_the_checks_of_is_not_guessed() {
        assert!(
            asked("RunInstances", "ImageId=ami-1")
                .unwrap_err()
                .contains("ec2:RunInstances is not in the list")
        );
        assert!(asked("DeleteSubnet", "").unwrap_err().contains("names nothing"));
    }
}
