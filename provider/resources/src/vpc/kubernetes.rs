//! The tags by which Kubernetes finds its subnets.

use super::model::Kubernetes;
use landform_cloud::Tags;
use landform_framework::{Diagnostics, Path, Value};
use landform_model::limits;
use landform_model::network::Tier;

/// Where internet-facing load balancers go.
/// <https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/subnet_discovery/>
pub(super) const PUBLIC_ROLE: &str = "kubernetes.io/role/elb";
/// Where internal load balancers go.
pub(super) const PRIVATE_ROLE: &str = "kubernetes.io/role/internal-elb";
/// Where the VPC CNI takes addresses for pods from.
/// <https://docs.aws.amazon.com/eks/latest/best-practices/subnet-calc.html>
pub(super) const PODS_ROLE: &str = "kubernetes.io/role/cni";
/// What the key of a cluster's tag starts with.
pub(super) const CLUSTER: &str = "kubernetes.io/cluster/";
/// Where Karpenter places nodes. <https://karpenter.sh/docs/concepts/nodeclasses/>
pub(super) const KARPENTER: &str = "karpenter.sh/discovery";

/// The tags of the subnets of a tier; none while something is unknown.
pub(super) fn tags(kubernetes: &Kubernetes, tier: Tier) -> Option<Tags> {
    let role = match tier {
        Tier::Public => PUBLIC_ROLE,
        Tier::Private => PRIVATE_ROLE,
        Tier::Pods => return Some(Tags::from([(PODS_ROLE.to_owned(), "1".to_owned())])),
        _ => return Some(Tags::new()),
    };
    let mut tags = Tags::from([(role.to_owned(), "1".to_owned())]);
    match &kubernetes.clusters {
        Value::Unknown => return None,
        Value::Null => {}
        Value::Known(names) => {
            tags.extend(names.iter().map(|name| (format!("{CLUSTER}{name}"), "shared".into())));
        }
    }
    match &kubernetes.karpenter_discovery {
        Value::Unknown => return None,
        Value::Known(value) if tier == Tier::Private => {
            tags.insert(KARPENTER.to_owned(), value.clone());
        }
        Value::Null | Value::Known(_) => {}
    }
    Some(tags)
}

/// The names of clusters follow the rule of EKS.
/// <https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html>
pub(super) fn validate(kubernetes: &Kubernetes, diagnostics: &mut Diagnostics) {
    let path = Path::root().attribute("kubernetes");
    for name in kubernetes.clusters.known().into_iter().flatten() {
        let first = name.starts_with(|c: char| c.is_ascii_alphanumeric());
        let rest = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
        if !first || !rest || name.len() > 100 {
            let detail = format!(
                "\"{name}\" cannot be the name of a cluster: it has 1 to 100 letters, digits, `-` and `_`, and starts with a letter or a digit."
            );
            diagnostics.error_at(path.clone().attribute("clusters"), "Invalid cluster name", detail);
        }
    }
    let longest = limits::TAG_VALUE_CHARACTERS.value;
    if kubernetes.karpenter_discovery.known().is_some_and(|value| value.chars().count() > longest) {
        let detail = format!("It is the value of a tag, which has at most {longest} characters.");
        diagnostics.error_at(path.attribute("karpenter_discovery"), "The value is too long", detail);
    }
}
