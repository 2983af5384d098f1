//! Makes sets of DHCP options and gives them to the VPC.

use super::super::dhcp_options::kept;
use super::*;

impl Act<'_> {
    pub(super) async fn create_dhcp_options(&self) -> Result<()> {
        let child = Child::DhcpOptions;
        let Some(settings) = &self.desired.dhcp_options else {
            return Err(missing("CreateDhcpOptions", child));
        };
        let tags = self.desired.tags_of(child);
        let ours = self.desired.owner.tags(&child.key());
        let options = create_once(
            || self.network.create_dhcp_options(settings, &tags),
            || async {
                let found = self.network.dhcp_options(&ours).await?;
                Ok(found.into_iter().find(|options| options.settings == *settings))
            },
        )
        .await?;
        self.note(|seen| seen.dhcp_options.push(options));
        Ok(())
    }

    pub(super) async fn associate_dhcp_options(&self, wanted: bool) -> Result<()> {
        let vpc = self.vpc()?;
        let options = match wanted {
            true => {
                let seen = self.seen();
                let options = kept(self.desired.dhcp_options.as_ref(), &seen);
                let id = options.map(|options| options.id.clone());
                Some(id.ok_or_else(|| missing("AssociateDhcpOptions", Child::DhcpOptions))?)
            }
            false => None,
        };
        self.until_answered(|| self.network.associate_dhcp_options(&vpc, options.as_ref())).await?;
        self.note(|seen| {
            if let Some(vpc) = &mut seen.vpc {
                vpc.dhcp_options = options;
            }
        });
        Ok(())
    }

    /// A VPC that is gone has none.
    pub(super) async fn take_dhcp_options(&self, vpc: &VpcId) -> Result<()> {
        match self.network.associate_dhcp_options(vpc, None).await {
            Err(error) if error.is_not_found() => Ok(()),
            other => other,
        }
    }
}
