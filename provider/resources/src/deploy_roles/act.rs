//! Carries steps out, one call each.

use super::desired::{Desired, RoleWish, Which, boundary_child, boundary_name, provider_child};
use super::steps::{Object, Step};
use crate::settle::{seen, settled};
use landform_cloud::iam::Tagged;
use landform_cloud::once::create_once;
use landform_cloud::{CloudError, ErrorKind, Iam, Result};
use landform_model::Arn;
use landform_model::ownership::OWNERSHIP_TAGS;
use landform_model::trust::OidcIssuer;

pub(super) struct Act<'a> {
    pub(super) iam: &'a dyn Iam,
    pub(super) desired: &'a Desired,
}

impl Act<'_> {
    pub(super) async fn perform(&self, step: &Step) -> Result<()> {
        let iam = self.iam;
        match step {
            Step::CreateBoundary => self.create_boundary().await,
            Step::ChangeBoundary => self.change_boundary().await,
            Step::DeleteBoundaryVersion(version) => {
                iam.delete_policy_version(&self.boundary()?, version).await
            }
            Step::DeleteBoundary => {
                let arn = self.boundary()?;
                // The roles that it was attached to may still be seen.
                settled(ErrorKind::InUse, || iam.delete_policy(&arn)).await
            }
            Step::CreateProvider(issuer) => self.create_provider(issuer).await,
            Step::AddAudience(issuer, audience) => {
                let arn = self.provider(issuer)?;
                seen(|| iam.add_audience(&arn, audience)).await
            }
            Step::ReleaseProvider(issuer) => {
                let keys = OWNERSHIP_TAGS.map(str::to_owned).into();
                iam.remove_tags(&Tagged::OidcProvider(self.provider(issuer)?), &keys).await
            }
            Step::DeleteProvider(issuer) => iam.delete_oidc_provider(&self.provider(issuer)?).await,
            Step::CreateRole(which) => self.create_role(*which).await,
            Step::UpdateRole(which) => {
                let wish = self.wish(*which)?;
                seen(|| iam.update_role(&wish.name, &wish.settings)).await
            }
            Step::UpdateTrust(which) => {
                let wish = self.wish(*which)?;
                seen(|| iam.update_trust(&wish.name, &wish.settings.trust)).await
            }
            Step::SetBoundary(which) => {
                let wish = self.wish(*which)?;
                seen(|| iam.set_permission_boundary(&wish.name, wish.settings.boundary.as_ref())).await
            }
            Step::Attach(which, policy) => {
                let wish = self.wish(*which)?;
                seen(|| iam.attach_policy(&wish.name, policy)).await
            }
            Step::Detach(which, policy) => iam.detach_policy(&self.wish(*which)?.name, policy).await,
            Step::PutInline(which, policy) => {
                let wish = self.wish(*which)?;
                let document = wish.inline.get(policy).ok_or_else(fault)?;
                seen(|| iam.put_inline_policy(&wish.name, policy, document)).await
            }
            Step::DeleteInline(which, policy) => {
                iam.delete_inline_policy(&self.wish(*which)?.name, policy).await
            }
            Step::DeleteRole(which) => {
                let wish = self.wish(*which)?;
                settled(ErrorKind::InUse, || iam.delete_role(&wish.name)).await
            }
            Step::SetTags(object, tags) => {
                let object = self.tagged(object)?;
                seen(|| iam.set_tags(&object, tags)).await
            }
            Step::RemoveTags(object, keys) => {
                let object = self.tagged(object)?;
                seen(|| iam.remove_tags(&object, keys)).await
            }
        }
    }

    async fn create_role(&self, which: Which) -> Result<()> {
        let (wish, child) = (self.wish(which)?, which.child());
        let tags = self.desired.tags_of(&child);
        create_once(
            || seen(|| self.iam.create_role(&wish.name, &wish.settings, &tags)),
            || async {
                let role = self.iam.role(&wish.name).await?;
                Ok(role.filter(|it| self.desired.owner.child_of(&it.tags).as_ref() == Some(&child)).map(drop))
            },
        )
        .await
    }

    async fn create_boundary(&self) -> Result<()> {
        let (arn, name) = (self.boundary()?, boundary_name(&self.desired.owner));
        let document = self.desired.boundary.as_ref().ok_or_else(fault)?;
        let tags = self.desired.tags_of(&boundary_child());
        let description = "What the role that applies may do at most.";
        create_once(
            || self.iam.create_policy(&name, description, document, &tags),
            || async {
                let policy = self.iam.policy(&arn).await?;
                Ok(policy
                    .filter(|it| self.desired.owner.child_of(&it.tags) == Some(boundary_child()))
                    .map(drop))
            },
        )
        .await
    }

    /// Two versions with one document would do no harm but to use up the number of versions.
    async fn change_boundary(&self) -> Result<()> {
        let arn = self.boundary()?;
        let document = self.desired.boundary.as_ref().ok_or_else(fault)?;
        create_once(
            || seen(|| self.iam.create_policy_version(&arn, document)),
            || async {
                let policy = self.iam.policy(&arn).await?;
                Ok(policy.filter(|it| it.document.as_ref() == Some(document)).map(drop))
            },
        )
        .await
    }

    async fn create_provider(&self, issuer: &OidcIssuer) -> Result<()> {
        let (arn, child) = (self.provider(issuer)?, provider_child(issuer).ok_or_else(fault)?);
        let audiences = self.desired.providers.get(issuer).ok_or_else(fault)?;
        let tags = self.desired.tags_of(&child);
        create_once(
            || self.iam.create_oidc_provider(issuer, audiences, &tags),
            || async {
                let provider = self.iam.oidc_provider(&arn).await?;
                Ok(provider
                    .filter(|it| self.desired.owner.child_of(&it.tags).as_ref() == Some(&child))
                    .map(drop))
            },
        )
        .await
    }

    fn wish(&self, which: Which) -> Result<&RoleWish> {
        self.desired.roles.get(&which).ok_or_else(fault)
    }

    fn boundary(&self) -> Result<Arn> {
        self.desired.boundary_arn().ok_or_else(fault)
    }

    fn provider(&self, issuer: &OidcIssuer) -> Result<Arn> {
        self.desired.place.provider(issuer).ok_or_else(fault)
    }

    fn tagged(&self, object: &Object) -> Result<Tagged> {
        Ok(match object {
            Object::Role(which) => Tagged::Role(self.wish(*which)?.name.clone()),
            Object::Boundary => Tagged::Policy(self.boundary()?),
            Object::Provider(issuer) => Tagged::OidcProvider(self.provider(issuer)?),
        })
    }
}

/// A step about what is not desired: never decided.
fn fault() -> CloudError {
    CloudError::new(
        ErrorKind::Other,
        "Apply",
        "the step is about nothing. This is a fault of the provider; please report it",
    )
}
