//! OIDC providers: one per issuer.

use super::*;

impl InProcessIam {
    pub(super) fn make_oidc_provider(
        &self,
        issuer: &OidcIssuer,
        audiences: &BTreeSet<OidcAudience>,
        tags: &Tags,
    ) -> Result<()> {
        const OPERATION: &str = "CreateOpenIDConnectProvider";
        let arn = issuer.provider_arn(self.target.region.partition(), &self.target.account);
        self.call(OPERATION, issuer.host_and_path(), |iam| {
            let arn: Arn = arn.parse().map_err(|_| absent(OPERATION, issuer))?;
            if iam.oidc_providers.contains_key(&arn) {
                return Err(exists(OPERATION, issuer));
            }
            let audiences = audiences.iter().map(ToString::to_string).collect();
            iam.oidc_providers.insert(arn, OidcProvider { audiences, tags: tags.clone() });
            Ok(())
        })
    }

    pub(super) fn change_oidc_provider(
        &self,
        operation: &'static str,
        arn: &Arn,
        change: impl FnOnce(&mut OidcProvider),
    ) -> Result<()> {
        self.call(operation, arn.resource(), |iam| {
            change(iam.oidc_providers.get_mut(arn).ok_or_else(|| absent(operation, arn))?);
            Ok(())
        })
    }
}
