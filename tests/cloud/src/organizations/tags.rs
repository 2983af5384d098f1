//! Tags of roots, organizational units, accounts and policies.

use super::*;

impl InProcessOrganizations {
    pub(super) fn tags(&self, resource: &str) -> Result<Tags> {
        self.list("ListTagsForResource", resource, |world| {
            Ok(world.tags_of("ListTagsForResource", resource)?.clone().into_iter().collect())
        })
        .map(|all| all.into_iter().collect())
    }

    pub(super) fn set_tags(&self, resource: &str, tags: &Tags) -> Result<()> {
        self.call("TagResource", resource, |world| {
            world.tags_of("TagResource", resource)?.extend(tags.clone());
            Ok(())
        })
    }

    pub(super) fn remove_tags(&self, resource: &str, keys: &[String]) -> Result<()> {
        self.call("UntagResource", resource, |world| {
            world.tags_of("UntagResource", resource)?.retain(|key, _| !keys.contains(key));
            Ok(())
        })
    }
}

impl OrganizationWorld {
    fn tags_of(&mut self, operation: &'static str, resource: &str) -> Result<&mut Tags> {
        let is_policy = self.policies.iter().any(|it| it.policy.id.as_str() == resource);
        if !is_policy && !resource.parse().is_ok_and(|target| self.is_target(&target)) {
            return Err(absent(operation, "TargetNotFoundException", resource));
        }
        Ok(self.tags.entry(resource.to_owned()).or_default())
    }
}
