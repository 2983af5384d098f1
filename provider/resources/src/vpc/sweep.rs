//! What controllers of Kubernetes leave in a network: deleted with it where the configuration asks for that.
//!
//! A controller deletes what it has made when its Service or Ingress goes. Where the cluster went first, nobody does, and AWS
//! refuses to delete the subnets.

use landform_cloud::id::VpcId;
use landform_cloud::load_balancers::LoadBalancer;
use landform_cloud::network::{Direction, NetworkInterface, SecurityGroup};
use landform_cloud::wait::{Schedule, Seen as Look, wait_for};
use landform_cloud::{CloudError, ErrorKind, LoadBalancers, Network, Result, Tags};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// The network interfaces of a load balancer go some minutes after it.
const INTERFACES: Schedule = Schedule {
    first: Duration::from_secs(2),
    longest: Duration::from_secs(15),
    deadline: Duration::from_secs(10 * 60),
};

/// Keys, or beginnings of keys, that controllers put on what is theirs alone.
///
/// - The AWS Load Balancer Controller:
///   <https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#resource-tags>
/// - The VPC CNI: <https://github.com/aws/amazon-vpc-cni-k8s>
/// - Karpenter: <https://karpenter.sh/docs/concepts/nodeclasses/#spectags>
const CONTROLLERS: [&str; 6] = [
    "elbv2.k8s.aws/cluster",
    "gateway.k8s.aws/",
    "ingress.k8s.aws/",
    "karpenter.sh/nodepool",
    "node.k8s.amazonaws.com/",
    "service.k8s.aws/",
];

/// Whether only a controller of Kubernetes can have made what carries these tags. A cluster's tag says so with the value `owned`;
/// with `shared` it is somebody else's that the cluster uses.
pub(super) fn is_left_by_kubernetes(tags: &Tags) -> bool {
    tags.iter().any(|(key, value)| {
        (key.starts_with("kubernetes.io/cluster/") && value == "owned")
            || CONTROLLERS.iter().any(|begin| key.starts_with(begin))
    })
}

/// What to delete, in the order in which it can go.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Leftovers {
    balancers: Vec<LoadBalancer>,
    interfaces: Vec<NetworkInterface>,
    groups: Vec<SecurityGroup>,
}

/// Picks what Kubernetes has left. A network interface that something uses is never among it, whatever its tags.
fn decide(
    vpc: &VpcId,
    balancers: Vec<LoadBalancer>,
    interfaces: Vec<NetworkInterface>,
    groups: Vec<SecurityGroup>,
) -> Leftovers {
    let unused = |it: &NetworkInterface| !it.in_use && is_left_by_kubernetes(&it.tags);
    Leftovers {
        balancers: balancers.into_iter().filter(|it| is_left_by_kubernetes(&it.tags)).collect(),
        interfaces: interfaces.into_iter().filter(unused).collect(),
        groups: groups.into_iter().filter(|it| it.vpc == *vpc && is_left_by_kubernetes(&it.tags)).collect(),
    }
}

/// Deletes what Kubernetes has left in the VPC. What is in use stays: the removal of the network names it then.
pub(super) async fn sweep(
    network: &dyn Network,
    balancers: &dyn LoadBalancers,
    vpc: &VpcId,
    stop: &CancellationToken,
) -> Result<()> {
    let gone = decide(vpc, balancers.in_vpc(vpc).await?, vec![], vec![]).balancers;
    for balancer in &gone {
        tracing::info!(%vpc, "delete load balancer {}", balancer.name);
        balancers.delete(balancer).await?;
    }
    if !gone.is_empty() {
        let what = format!("the end of the network interfaces of {} load balancers", gone.len());
        wait_for("DescribeNetworkInterfaces", &what, INTERFACES, stop, || async {
            let left = network.network_interfaces(vpc).await?;
            let left = left.iter().filter(|it| gone.iter().any(|balancer| is_of(it, balancer))).count();
            Ok(if left == 0 { Look::Ready(()) } else { Look::Pending(format!("{left} are left")) })
        })
        .await?;
    }
    let (interfaces, groups) =
        (network.network_interfaces(vpc).await?, network.security_groups(&Tags::new()).await?);
    let left = decide(vpc, vec![], interfaces, groups);
    for interface in &left.interfaces {
        tracing::info!(%vpc, "delete network interface {}", interface.id);
        unless_in_use(network.delete_network_interface(&interface.id).await)?;
    }
    // The groups of one controller name each other in their rules.
    for group in &left.groups {
        for (direction, rules) in [(Direction::Ingress, &group.ingress), (Direction::Egress, &group.egress)] {
            if !rules.is_empty() {
                network.revoke_rules(&group.id, direction, rules).await?;
            }
        }
    }
    for group in &left.groups {
        tracing::info!(%vpc, "delete security group {}", group.id);
        unless_in_use(network.delete_security_group(&group.id).await)?;
    }
    Ok(())
}

/// Whether an interface is that of a balancer: AWS writes `ELB app/NAME/ID` into it, the end of the ARN.
fn is_of(interface: &NetworkInterface, balancer: &LoadBalancer) -> bool {
    let name = balancer.arn.split_once(":loadbalancer/").map(|(_, name)| name);
    interface.description.strip_prefix("ELB ").is_some_and(|it| Some(it) == name)
}

fn unless_in_use(result: Result<()>) -> Result<()> {
    let stays = |error: &CloudError| matches!(error.kind, ErrorKind::InUse | ErrorKind::Invalid);
    match result {
        Err(error) if stays(&error) => {
            tracing::warn!(%error, "left where it is");
            Ok(())
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{Process, target, three_zones};
    use super::*;
    use landform_cloud::Cloud;

    fn tags(key: &str, value: &str) -> Tags {
        Tags::from([(key.to_owned(), value.to_owned())])
    }

    #[test]
    fn only_what_a_controller_alone_can_have_made_is_its_own() {
        for (key, value, left) in [
            ("kubernetes.io/cluster/prod", "owned", true),
            ("kubernetes.io/cluster/prod", "shared", false),
            ("elbv2.k8s.aws/cluster", "prod", true),
            ("service.k8s.aws/stack", "web/web", true),
            ("node.k8s.amazonaws.com/instance_id", "i-1", true),
            ("kubernetes.io/role/elb", "1", false),
            ("Name", "kubernetes", false),
        ] {
            assert_eq!(is_left_by_kubernetes(&tags(key, value)), left, "{key} = {value}");
        }
    }

    fn interface(id: &str, description: &str, in_use: bool, tags: Tags) -> NetworkInterface {
        NetworkInterface {
            id: id.into(),
            subnet: None,
            description: description.into(),
            kind: "interface".into(),
            requester: None,
            instance: None,
            in_use,
            tags,
        }
    }

    /// A network with a balancer, two network interfaces and two groups of a cluster that is gone, and with those of others.
    async fn littered(process: &Process) {
        let cluster = || tags("elbv2.k8s.aws/cluster", "prod");
        let balancer = |name: &str, tags| LoadBalancer {
            arn: format!("arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/{name}/0a1b"),
            name: name.into(),
            tags,
        };
        process.world(|world| {
            world.load_balancers = vec![balancer("web", cluster())];
            world.interfaces = vec![
                interface("eni-1", "ELB app/web/0a1b", true, Tags::new()),
                interface("eni-2", "aws-K8S-i-1", false, tags("node.k8s.amazonaws.com/instance_id", "i-1")),
            ];
        });
        let network = process.cloud().network(&target()).await.unwrap();
        let vpc = process.world(|world| world.vpcs[0].id.clone());
        for name in ["k8s-web", "k8s-shared"] {
            network.create_security_group(&vpc, name, "", &cluster()).await.unwrap();
        }
    }

    #[tokio::test(start_paused = true)]
    async fn what_kubernetes_left_goes_with_the_network_where_that_is_asked_for() {
        let process = Process::new();
        let swept =
            super::super::Vpc { sweep_on_destroy: landform_framework::Value::Known(true), ..three_zones() };
        let state = process.create(swept).await.unwrap();
        littered(&process).await;
        process.delete(state).await.unwrap();
        assert_eq!(process.parts(), Vec::<String>::new());
        process
            .world(|world| assert!(world.load_balancers.is_empty() && world.own_security_groups.is_empty()));
    }

    #[tokio::test(start_paused = true)]
    async fn without_being_asked_it_stays_and_the_refusal_tells_of_the_option() {
        let process = Process::new();
        let state = process.create(three_zones()).await.unwrap();
        littered(&process).await;
        let error = process.delete(state).await.unwrap_err().to_string();
        assert!(
            error.contains("load balancer app/web/0a1b") && error.contains("sweep_on_destroy"),
            "{error}"
        );
        process.world(|world| assert_eq!((world.load_balancers.len(), world.interfaces.len()), (1, 2)));
    }

    #[tokio::test(start_paused = true)]
    async fn what_others_use_is_never_swept() {
        let process = Process::new();
        let swept =
            super::super::Vpc { sweep_on_destroy: landform_framework::Value::Known(true), ..three_zones() };
        let state = process.create(swept).await.unwrap();
        let used = interface("eni-9", "a machine", true, tags("karpenter.sh/nodepool", "default"));
        let others = interface("eni-8", "somebody's", false, Tags::new());
        process.world(|world| world.interfaces = vec![used, others]);
        let error = process.delete(state).await.unwrap_err().to_string();
        assert!(error.contains("eni-8") && error.contains("eni-9"), "{error}");
        process.world(|world| assert_eq!(world.interfaces.len(), 2));
    }
}
