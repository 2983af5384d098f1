//! Objects of other people in the same account: nothing may ever change them.

use landform_sandbox::Error;
use landform_sandbox::aws::{Client, Inventory};

const REGION: &str = "us-east-1";

/// What to compare: an action, and the filter that shows our canaries only.
const LOOKS: [(&str, &str); 6] = [
    ("DescribeVpcs", "vpc-id"),
    ("DescribeSubnets", "vpc-id"),
    ("DescribeInternetGateways", "attachment.vpc-id"),
    ("DescribeRouteTables", "vpc-id"),
    ("DescribeSecurityGroups", "vpc-id"),
    ("DescribeNetworkAcls", "vpc-id"),
];

/// A network that nobody tagged, one that another stack tagged almost as ours, and an Elastic IP address.
#[derive(Debug)]
pub struct Canaries {
    account: String,
    vpcs: Vec<String>,
    address: String,
    ids: Vec<String>,
    before: String,
}

impl Canaries {
    /// Makes them in `account` (12 digits). The twin differs from the VPC of `resource`, such as `vpc/main`, only in its
    /// stack.
    ///
    /// # Errors
    /// The emulator refuses.
    pub fn make(client: &Client, account: &str, resource: &str) -> Result<Canaries, Error> {
        let ec2 = |action: &str, parameters: &[(&str, &str)]| {
            client.query("ec2", REGION, account, action, parameters)
        };
        let plain = text_of(&ec2("CreateVpc", &[("CidrBlock", "192.168.0.0/24")])?, "vpcId");
        let twin = [
            ("CidrBlock", "10.0.0.0/16"),
            ("TagSpecification.1.ResourceType", "vpc"),
            ("TagSpecification.1.Tag.1.Key", "landform:stack"),
            ("TagSpecification.1.Tag.1.Value", "another"),
            ("TagSpecification.1.Tag.2.Key", "landform:resource"),
            ("TagSpecification.1.Tag.2.Value", resource),
            ("TagSpecification.1.Tag.3.Key", "landform:child"),
            ("TagSpecification.1.Tag.3.Value", "vpc"),
        ];
        let twin = text_of(&ec2("CreateVpc", &twin)?, "vpcId");
        let subnet =
            text_of(&ec2("CreateSubnet", &[("VpcId", &plain), ("CidrBlock", "192.168.0.0/26")])?, "subnetId");
        let gateway = text_of(&ec2("CreateInternetGateway", &[])?, "internetGatewayId");
        ec2("AttachInternetGateway", &[("InternetGatewayId", &gateway), ("VpcId", &plain)])?;
        let address = text_of(&ec2("AllocateAddress", &[("Domain", "vpc")])?, "allocationId");
        let ids = vec![plain.clone(), twin.clone(), subnet, gateway, address.clone()];
        let mut canaries = Canaries {
            account: account.to_owned(),
            vpcs: vec![plain, twin],
            address,
            ids,
            before: String::new(),
        };
        canaries.before = canaries.look(client)?;
        Ok(canaries)
    }

    /// The inventory without them.
    pub fn removed_from(&self, inventory: &Inventory) -> Inventory {
        let mut others = inventory.clone();
        for objects in others.objects.values_mut() {
            objects.retain(|object| !self.ids.contains(&object.id));
        }
        others.objects.retain(|_, objects| !objects.is_empty());
        others
    }

    /// What AWS says of them now and did not say in the beginning; `None` when every byte is the same.
    ///
    /// # Errors
    /// The emulator refuses.
    pub fn changed(&self, client: &Client) -> Result<Option<String>, Error> {
        let now = self.look(client)?;
        Ok((now != self.before).then(|| format!("before:\n{}\nnow:\n{now}", self.before)))
    }

    fn look(&self, client: &Client) -> Result<String, Error> {
        let mut seen = String::new();
        for (action, filter) in LOOKS {
            let parameters = [
                ("Filter.1.Name", filter),
                ("Filter.1.Value.1", &self.vpcs[0]),
                ("Filter.1.Value.2", &self.vpcs[1]),
            ];
            seen += &self.described(client, action, &parameters)?;
        }
        Ok(seen + &self.described(client, "DescribeAddresses", &[("AllocationId.1", &self.address)])?)
    }

    /// The answer without the number of the request.
    fn described(&self, client: &Client, action: &str, parameters: &[(&str, &str)]) -> Result<String, Error> {
        let answer = client.query("ec2", REGION, &self.account, action, parameters)?;
        Ok(match (answer.split_once("<requestId>"), answer.split_once("</requestId>")) {
            (Some((before, _)), Some((_, after))) => format!("{before}{after}\n"),
            _ => answer + "\n",
        })
    }
}

/// The text of the first element with this name; empty where there is none.
pub(crate) fn text_of(xml: &str, name: &str) -> String {
    let rest = xml.split_once(&format!("<{name}>")).map_or("", |(_, rest)| rest);
    rest.split('<').next().unwrap_or_default().to_owned()
}
