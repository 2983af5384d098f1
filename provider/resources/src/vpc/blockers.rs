//! Names what keeps a network from being deleted.

use super::reconcile::Outcome;
use super::sweep::is_left_by_kubernetes;
use landform_cloud::id::VpcId;
use landform_cloud::network::NetworkInterface;
use landform_cloud::{ErrorKind, NetworkReads};
use landform_framework::Diagnostic;

/// One error that lists the network interfaces in the way and who owns each; none when nothing was in use.
pub(super) async fn name(
    network: &dyn NetworkReads,
    vpc: Option<&VpcId>,
    swept: bool,
    outcome: &Outcome<'_>,
) -> Option<Diagnostic> {
    if !outcome.failed.iter().any(|(_, error)| error.kind == ErrorKind::InUse) {
        return None;
    }
    let vpc = vpc?;
    let interfaces = network.network_interfaces(vpc).await.ok()?;
    if interfaces.is_empty() {
        return None;
    }
    let lines: Vec<String> = interfaces.iter().map(line).collect();
    let mut text = format!("Remove what owns them, then destroy again:\n{}", lines.join("\n"));
    if !swept && interfaces.iter().any(may_be_swept) {
        text += "\n\nWhat controllers of Kubernetes have left goes with the network after an apply with `sweep_on_destroy = true`.";
    }
    Some(Diagnostic::error(format!("{} network interfaces are still in {vpc}", interfaces.len()), text))
}

/// Whether a controller of Kubernetes may have left it. The interfaces of load balancers carry no tags.
fn may_be_swept(interface: &NetworkInterface) -> bool {
    interface.description.starts_with("ELB ") || is_left_by_kubernetes(&interface.tags)
}

fn line(interface: &NetworkInterface) -> String {
    let place = interface.subnet.as_ref().map(|subnet| format!(" in {subnet}")).unwrap_or_default();
    format!("  - {}{place}: {}", interface.id, owner(interface))
}

/// Who owns an interface, from what AWS writes into it.
/// <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/requester-managed-eni.html>
fn owner(interface: &NetworkInterface) -> String {
    let text = &interface.description;
    if let Some(balancer) = text.strip_prefix("ELB ") {
        return format!("load balancer {balancer}");
    }
    if let Some(function) = text.strip_prefix("AWS Lambda VPC ENI-") {
        return format!("Lambda function {function}");
    }
    if let Some(cluster) = text.strip_prefix("Amazon EKS ") {
        return format!("EKS cluster {cluster}");
    }
    if text.starts_with("aws-K8S-") {
        return format!("the VPC CNI of a Kubernetes node ({text})");
    }
    if let Some(endpoint) = text.strip_prefix("VPC Endpoint Interface ") {
        return format!("VPC endpoint {endpoint}");
    }
    match (&interface.instance, &interface.requester) {
        (Some(instance), _) => format!("instance {instance}"),
        (None, Some(requester)) => format!("{requester} ({} \"{text}\")", interface.kind),
        (None, None) => format!("unknown owner ({} \"{text}\")", interface.kind),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interface(description: &str, instance: Option<&str>, requester: Option<&str>) -> NetworkInterface {
        NetworkInterface {
            id: "eni-1".into(),
            subnet: None,
            description: description.into(),
            kind: "interface".into(),
            requester: requester.map(Into::into),
            instance: instance.map(Into::into),
            in_use: true,
            tags: [].into(),
        }
    }

    #[test]
    fn owners_are_told_from_what_aws_writes() {
        for (description, instance, requester, expected) in [
            ("ELB app/web/0a1b", None, Some("amazon-elb"), "load balancer app/web/0a1b"),
            ("AWS Lambda VPC ENI-report-1f", None, None, "Lambda function report-1f"),
            ("VPC Endpoint Interface vpce-0a1b", None, None, "VPC endpoint vpce-0a1b"),
            ("Amazon EKS prod", None, None, "EKS cluster prod"),
            ("aws-K8S-i-0a1b", Some("i-0a1b"), None, "the VPC CNI of a Kubernetes node (aws-K8S-i-0a1b)"),
            ("", Some("i-0a1b"), None, "instance i-0a1b"),
            (
                "RDSNetworkInterface",
                None,
                Some("amazon-rds"),
                "amazon-rds (interface \"RDSNetworkInterface\")",
            ),
            ("", None, None, "unknown owner (interface \"\")"),
        ] {
            assert_eq!(owner(&interface(description, instance, requester)), expected);
        }
    }
}
