//! The port to load balancers over Elastic Load Balancing (v2).

use crate::answer::required;
use crate::error;
use aws_config::SdkConfig;
use aws_sdk_elasticloadbalancingv2::Client;
use landform_cloud::id::VpcId;
use landform_cloud::load_balancers::{LoadBalancer, LoadBalancers};
use landform_cloud::{Result, Tags};
use std::collections::BTreeMap;

/// `DescribeTags` takes at most this many load balancers.
/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTags.html>
const TAGGED: usize = 20;

/// Elastic Load Balancing in one account and region.
pub(crate) struct ElbLoadBalancers {
    client: Client,
}

impl ElbLoadBalancers {
    pub(crate) fn new(config: &SdkConfig) -> Self {
        Self { client: Client::new(config) }
    }

    async fn tags(&self, arns: &[String]) -> Result<BTreeMap<String, Tags>> {
        const OPERATION: &str = "DescribeTags";
        let mut all = BTreeMap::new();
        for arns in arns.chunks(TAGGED) {
            let call = self.client.describe_tags().set_resource_arns(Some(arns.to_vec()));
            let answer = call.send().await.map_err(error::of(OPERATION))?;
            for described in answer.tag_descriptions() {
                let arn = required(OPERATION, "ResourceArn", described.resource_arn())?.to_owned();
                let tags = described.tags().iter().map(|tag| {
                    let key = required(OPERATION, "Key", tag.key())?;
                    Ok((key.to_owned(), tag.value().unwrap_or_default().to_owned()))
                });
                all.insert(arn, tags.collect::<Result<Tags>>()?);
            }
        }
        Ok(all)
    }
}

#[async_trait::async_trait]
impl LoadBalancers for ElbLoadBalancers {
    /// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeLoadBalancers.html>: has no filter for the
    /// VPC.
    async fn in_vpc(&self, vpc: &VpcId) -> Result<Vec<LoadBalancer>> {
        const OPERATION: &str = "DescribeLoadBalancers";
        let pages = self.client.describe_load_balancers().into_paginator().items().send();
        let all = pages.try_collect().await.map_err(error::of(OPERATION))?;
        let here = all.into_iter().filter(|it| it.vpc_id() == Some(vpc.as_str()));
        let named = here.map(|it| {
            let arn = required(OPERATION, "LoadBalancerArn", it.load_balancer_arn)?;
            Ok((arn, it.load_balancer_name.unwrap_or_default()))
        });
        let named = named.collect::<Result<Vec<(String, String)>>>()?;
        let arns: Vec<String> = named.iter().map(|(arn, _)| arn.clone()).collect();
        let mut tags = self.tags(&arns).await?;
        let balancer = |(arn, name)| LoadBalancer { tags: tags.remove(&arn).unwrap_or_default(), arn, name };
        Ok(named.into_iter().map(balancer).collect())
    }

    /// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DeleteLoadBalancer.html>: succeeds where there is
    /// none, so it may be sent again.
    async fn delete(&self, balancer: &LoadBalancer) -> Result<()> {
        let call = self.client.delete_load_balancer().load_balancer_arn(&balancer.arn);
        call.send().await.map(drop).map_err(error::of("DeleteLoadBalancer"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Server, success};

    #[tokio::test]
    async fn balancers_of_other_vpcs_are_left_out_and_tags_are_read_in_one_call() {
        let item = |name: &str, vpc: &str| {
            format!(
                "<member><LoadBalancerArn>arn:{name}</LoadBalancerArn><LoadBalancerName>{name}</LoadBalancerName>\
                 <VpcId>{vpc}</VpcId></member>"
            )
        };
        let server = Server::new(move |call, _| match call["Action"].as_str() {
            "DescribeLoadBalancers" => {
                let items = [item("web", "vpc-1"), item("other", "vpc-2")].concat();
                let inner = format!("<LoadBalancers>{items}</LoadBalancers>");
                success(
                    "DescribeLoadBalancers",
                    &format!("<DescribeLoadBalancersResult>{inner}</DescribeLoadBalancersResult>"),
                )
            }
            "DescribeTags" => {
                assert_eq!(call["ResourceArns.member.1"], "arn:web");
                let tag = "<member><Key>elbv2.k8s.aws/cluster</Key><Value>prod</Value></member>";
                let inner = format!(
                    "<TagDescriptions><member><ResourceArn>arn:web</ResourceArn><Tags>{tag}</Tags></member></TagDescriptions>"
                );
                success("DescribeTags", &format!("<DescribeTagsResult>{inner}</DescribeTagsResult>"))
            }
            other => success(other, &format!("<{other}Result/>")),
        });
        let balancers = ElbLoadBalancers::new(&server.environment().await.config);
        let found = balancers.in_vpc(&"vpc-1".parse().unwrap()).await.unwrap();
        let tags = Tags::from([("elbv2.k8s.aws/cluster".to_owned(), "prod".to_owned())]);
        assert_eq!(found, [LoadBalancer { arn: "arn:web".into(), name: "web".into(), tags }]);
        balancers.delete(&found[0]).await.unwrap();
        assert_eq!(server.actions(), ["DescribeLoadBalancers", "DescribeTags", "DeleteLoadBalancer"]);
    }
}
