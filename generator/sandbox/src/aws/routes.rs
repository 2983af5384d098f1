//! Routes through NAT gateways: what private subnets reach the internet by.

use roxmltree::{Document, Node};

use super::Client;
use super::client::answer;
use crate::Error;

/// A route of a route table to a NAT gateway.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NatRoute {
    /// The route table.
    pub route_table_id: String,
    /// Where it leads, such as `0.0.0.0/0`.
    pub destination: String,
    /// The gateway.
    pub nat_gateway_id: String,
}

impl Client {
    /// All routes to NAT gateways, sorted.
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeRouteTables.html>
    pub fn nat_routes(&self, account: &str, region: &str) -> Result<Vec<NatRoute>, Error> {
        let xml = self.query("ec2", region, account, "DescribeRouteTables", &[])?;
        let document =
            Document::parse(&xml).map_err(|error| answer("DescribeRouteTables", &error.to_string()))?;
        let text = |node: Node<'_, '_>, name: &str| {
            let child = node.children().find(|child| child.tag_name().name() == name)?;
            child.text().map(str::to_owned)
        };
        let mut routes: Vec<NatRoute> = document
            .descendants()
            .filter(|node| node.tag_name().name() == "routeSet")
            .flat_map(|set| set.children())
            .filter_map(|route| {
                Some(NatRoute {
                    // A route table is an item that holds the route set and the id.
                    route_table_id: text(route.parent()?.parent()?, "routeTableId")?,
                    destination: text(route, "destinationCidrBlock")?,
                    nat_gateway_id: text(route, "natGatewayId")?,
                })
            })
            .collect();
        routes.sort();
        Ok(routes)
    }

    /// Deletes the route, as somebody in the console would.
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteRoute.html>
    pub fn delete_route(&self, account: &str, region: &str, route: &NatRoute) -> Result<(), Error> {
        let parameters = [
            ("RouteTableId", route.route_table_id.as_str()),
            ("DestinationCidrBlock", route.destination.as_str()),
        ];
        self.query("ec2", region, account, "DeleteRoute", &parameters).map(drop)
    }

    /// Sets a tag of any EC2 object, as somebody in the console would.
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTags.html>
    pub fn set_tag(
        &self,
        account: &str,
        region: &str,
        id: &str,
        key: &str,
        value: &str,
    ) -> Result<(), Error> {
        let parameters = [("ResourceId.1", id), ("Tag.1.Key", key), ("Tag.1.Value", value)];
        self.query("ec2", region, account, "CreateTags", &parameters).map(drop)
    }
}
