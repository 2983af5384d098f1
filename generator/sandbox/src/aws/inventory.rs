//! What exists in an account: every network object, with its tags.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use roxmltree::{Document, Node};

use super::Client;
use super::client::answer;
use crate::Error;

/// A kind of object, in AWS's words. The order is the order of making.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A VPC.
    Vpc,
    /// A subnet.
    Subnet,
    /// An internet gateway.
    InternetGateway,
    /// An egress-only internet gateway.
    EgressOnlyInternetGateway,
    /// An Elastic IP address.
    Address,
    /// A NAT gateway that is not deleted.
    NatGateway,
    /// A route table, also a VPC's main one.
    RouteTable,
    /// A security group, also a VPC's default one.
    SecurityGroup,
    /// A network ACL, also a VPC's default one.
    NetworkAcl,
    /// A set of DHCP options.
    DhcpOptions,
    /// A VPC endpoint that is not deleted.
    VpcEndpoint,
    /// A flow log.
    FlowLog,
}

/// How to list a kind: action, the element that holds the items, the id's element, the elements worth showing.
struct Listing(Kind, &'static str, &'static str, &'static str, &'static [&'static str]);

/// EC2's describe actions (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/OperationList-query-vpc.html>).
const LISTINGS: [Listing; 12] = [
    Listing(Kind::Vpc, "DescribeVpcs", "vpcSet", "vpcId", &["cidrBlock"]),
    Listing(Kind::Subnet, "DescribeSubnets", "subnetSet", "subnetId", &["cidrBlock", "availabilityZoneId"]),
    Listing(
        Kind::InternetGateway,
        "DescribeInternetGateways",
        "internetGatewaySet",
        "internetGatewayId",
        &["vpcId"],
    ),
    Listing(
        Kind::EgressOnlyInternetGateway,
        "DescribeEgressOnlyInternetGateways",
        "egressOnlyInternetGatewaySet",
        "egressOnlyInternetGatewayId",
        &["vpcId"],
    ),
    Listing(Kind::Address, "DescribeAddresses", "addressesSet", "allocationId", &["publicIp"]),
    Listing(
        Kind::NatGateway,
        "DescribeNatGateways",
        "natGatewaySet",
        "natGatewayId",
        &["subnetId", "connectivityType"],
    ),
    Listing(Kind::RouteTable, "DescribeRouteTables", "routeTableSet", "routeTableId", &["vpcId"]),
    Listing(Kind::SecurityGroup, "DescribeSecurityGroups", "securityGroupInfo", "groupId", &["groupName"]),
    Listing(Kind::NetworkAcl, "DescribeNetworkAcls", "networkAclSet", "networkAclId", &["vpcId"]),
    Listing(Kind::DhcpOptions, "DescribeDhcpOptions", "dhcpOptionsSet", "dhcpOptionsId", &[]),
    Listing(Kind::VpcEndpoint, "DescribeVpcEndpoints", "vpcEndpointSet", "vpcEndpointId", &["serviceName"]),
    Listing(Kind::FlowLog, "DescribeFlowLogs", "flowLogSet", "flowLogId", &["resourceId"]),
];

impl Kind {
    /// Every kind that an inventory holds.
    pub fn all() -> impl Iterator<Item = Kind> {
        LISTINGS.iter().map(|listing| listing.0)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(match self {
            Kind::Vpc => "VPC",
            Kind::Subnet => "subnet",
            Kind::InternetGateway => "internet gateway",
            Kind::EgressOnlyInternetGateway => "egress-only internet gateway",
            Kind::Address => "Elastic IP address",
            Kind::NatGateway => "NAT gateway",
            Kind::RouteTable => "route table",
            Kind::SecurityGroup => "security group",
            Kind::NetworkAcl => "network ACL",
            Kind::DhcpOptions => "DHCP options",
            Kind::VpcEndpoint => "VPC endpoint",
            Kind::FlowLog => "flow log",
        })
    }
}

/// One object that exists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Object {
    /// AWS's id, such as `vpc-0a1b2c`.
    pub id: String,
    /// The region it is in.
    pub region: String,
    /// The VPC it belongs to; a VPC belongs to itself.
    pub vpc: Option<String>,
    /// All tags.
    pub tags: BTreeMap<String, String>,
    /// A few words for people: the CIDR block, the service, the state where it is not the usual one.
    pub summary: String,
    /// AWS made it without being asked: a default VPC and what came with it.
    pub default: bool,
}

/// All objects of one account in some regions. The lists are sorted by region and id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inventory {
    /// The objects by kind; a kind without objects is absent.
    pub objects: BTreeMap<Kind, Vec<Object>>,
}

impl Inventory {
    /// Without the default VPCs and what came with them, and without what every VPC brings: its main route table,
    /// default security group and default network ACL go when it goes.
    pub fn made(&self) -> Inventory {
        let mut made = self.clone();
        for objects in made.objects.values_mut() {
            objects.retain(|object| !object.default);
        }
        made.objects.retain(|_, objects| !objects.is_empty());
        made
    }

    /// The objects that carry this tag with this value.
    pub fn tagged(&self, key: &str, value: &str) -> Inventory {
        let mut tagged = self.clone();
        for objects in tagged.objects.values_mut() {
            objects.retain(|object| object.tags.get(key).is_some_and(|found| found == value));
        }
        tagged.objects.retain(|_, objects| !objects.is_empty());
        tagged
    }

    /// The objects of one kind.
    pub fn of(&self, kind: Kind) -> &[Object] {
        self.objects.get(&kind).map_or(&[], Vec::as_slice)
    }

    /// How many objects there are.
    pub fn len(&self) -> usize {
        self.objects.values().map(Vec::len).sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// One line per object.
impl fmt::Display for Inventory {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (kind, objects) in &self.objects {
            for object in objects {
                let name = object.tags.get("Name").map_or("", String::as_str);
                writeln!(
                    formatter,
                    "{:<14} {kind:<28} {:<26} {name:<28} {}",
                    object.region, object.id, object.summary
                )?;
            }
        }
        Ok(())
    }
}

impl Client {
    /// Lists everything in `account` (12 digits) in these regions.
    pub fn inventory(&self, account: &str, regions: &[&str]) -> Result<Inventory, Error> {
        let mut inventory = Inventory::default();
        for region in regions {
            let mut default_vpcs = BTreeSet::new();
            for listing in &LISTINGS {
                let xml = self.query("ec2", region, account, listing.1, &[])?;
                let document =
                    Document::parse(&xml).map_err(|error| answer(listing.1, &error.to_string()))?;
                let items = items(document.root_element(), listing.2);
                for item in items.filter(|item| !is_gone(*item)) {
                    let object = read_object(item, listing, region, &mut default_vpcs)?;
                    inventory.objects.entry(listing.0).or_default().push(object);
                }
            }
        }
        for objects in inventory.objects.values_mut() {
            objects.sort_by(|a, b| (&a.region, &a.id).cmp(&(&b.region, &b.id)));
        }
        Ok(inventory)
    }
}

fn read_object(
    item: Node<'_, '_>,
    listing: &Listing,
    region: &str,
    default_vpcs: &mut BTreeSet<String>,
) -> Result<Object, Error> {
    let Listing(kind, action, _, id_element, shown) = listing;
    let id = text(item, id_element).ok_or_else(|| answer(action, &format!("no {id_element}")))?;
    // An internet gateway names its VPC one level down, in the attachment.
    let vpc = text(item, "vpcId").or_else(|| {
        item.descendants().find(|node| node.tag_name().name() == "vpcId")?.text().map(str::to_owned)
    });
    if *kind == Kind::Vpc && text(item, "isDefault").as_deref() == Some("true") {
        default_vpcs.insert(id.clone());
    }
    let tags = items(item, "tagSet")
        .filter_map(|tag| Some((text(tag, "key")?, text(tag, "value").unwrap_or_default())))
        .collect();
    let mut words: Vec<String> = shown.iter().filter_map(|name| text(item, name)).collect();
    words.extend(text(item, "state").filter(|state| state != "available"));
    let default = vpc.as_ref().is_some_and(|vpc| default_vpcs.contains(vpc)) || comes_with_a_vpc(*kind, item);
    Ok(Object { id, region: region.to_owned(), vpc, tags, summary: words.join(" "), default })
}

/// AWS makes these together with a VPC and deletes them with it.
fn comes_with_a_vpc(kind: Kind, item: Node<'_, '_>) -> bool {
    match kind {
        Kind::RouteTable => {
            items(item, "associationSet").any(|link| text(link, "main").as_deref() == Some("true"))
        }
        Kind::SecurityGroup => text(item, "groupName").as_deref() == Some("default"),
        Kind::NetworkAcl => text(item, "default").as_deref() == Some("true"),
        _ => false,
    }
}

/// EC2 shows deleted NAT gateways and endpoints for about an hour.
fn is_gone(item: Node<'_, '_>) -> bool {
    text(item, "state").is_some_and(|state| state.eq_ignore_ascii_case("deleted"))
}

/// The `<item>` children of the child called `set`.
fn items<'a, 'input: 'a>(parent: Node<'a, 'input>, set: &'a str) -> impl Iterator<Item = Node<'a, 'input>> {
    parent
        .children()
        .filter(move |node| node.tag_name().name() == set)
        .flat_map(|node| node.children())
        .filter(|node| node.tag_name().name() == "item")
}

fn text(parent: Node<'_, '_>, name: &str) -> Option<String> {
    parent
        .children()
        .find(|node| node.tag_name().name() == name)
        .and_then(|node| node.text())
        .map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty())
}
