//! Adds and takes away further blocks of the VPC.

use super::*;

impl Act<'_> {
    pub(super) async fn associate_cidr(&self, cidr: &Cidr) -> Result<()> {
        let vpc = self.vpc()?;
        let block = || async {
            let vpc = self.network.vpc(&vpc).await?;
            Ok(vpc.and_then(|vpc| vpc.secondary_blocks.into_iter().find(|block| block.cidr == *cidr)))
        };
        // A block that an earlier run began to add is only waited for.
        let begun =
            self.seen().vpc.as_ref().is_some_and(|it| it.secondary_blocks.iter().any(|it| it.cidr == *cidr));
        if !begun {
            create_once(|| self.once_visible(|| self.network.associate_cidr(&vpc, cidr)), block).await?;
        }
        let what = format!("block {cidr} of {vpc}");
        let block = wait_for("DescribeVpcs", &what, SETTLE, self.stop, || async {
            Ok(match block().await? {
                Some(block) if block.associated => Look::Ready(block),
                Some(_) => Look::Pending("associating".into()),
                None => Look::Pending("not visible yet".into()),
            })
        })
        .await?;
        self.note(|seen| {
            if let Some(vpc) = &mut seen.vpc {
                vpc.secondary_blocks.retain(|it| it.cidr != *cidr);
                vpc.secondary_blocks.push(block);
            }
        });
        Ok(())
    }

    pub(super) async fn disassociate_cidr(&self, block: &CidrAssociationId) -> Result<()> {
        self.until_free(|| self.network.disassociate_cidr(block)).await
    }
}
