//! Roles: a new one may be unseen for a while, and one with policies cannot be deleted.

use super::*;

impl InProcessIam {
    pub(super) fn read_role(&self, name: &RoleName) -> Result<Option<Role>> {
        self.call("GetRole", name.as_str(), |iam| {
            Ok(iam.seen(name).then(|| iam.roles.get(name).map(|it| it.role.clone())).flatten())
        })
    }

    pub(super) fn read_role_policies(&self, name: &RoleName) -> Result<RolePolicies> {
        self.call("ListAttachedRolePolicies", name.as_str(), |iam| {
            let role = iam.roles.get(name).ok_or_else(|| absent("ListAttachedRolePolicies", name))?;
            Ok(role.policies.clone())
        })
    }

    pub(super) fn read_roles_that_trust(&self, principal: &Arn) -> Result<Vec<RoleName>> {
        self.call("ListRoles", principal.resource(), |iam| {
            let named = |it: &InMemoryRole| {
                it.role.trust.as_ref().is_some_and(|it| it.as_str().contains(&format!("\"{principal}\"")))
            };
            Ok(iam.roles.iter().filter(|(_, it)| named(it)).map(|(name, _)| name.clone()).collect())
        })
    }

    pub(super) fn make_role(&self, name: &RoleName, settings: &RoleSettings, tags: &Tags) -> Result<()> {
        const OPERATION: &str = "CreateRole";
        let arn = format!("arn:{}:iam::{}:role/{name}", self.target.region.partition(), self.target.account);
        self.call(OPERATION, child(tags), |iam| {
            if iam.roles.contains_key(name) {
                return Err(exists(OPERATION, name));
            }
            if let Some(boundary) = &settings.boundary
                && !iam.policies.contains_key(boundary)
            {
                return Err(absent(OPERATION, boundary));
            }
            let arn = arn.parse().map_err(|_| absent(OPERATION, name))?;
            let role = Role {
                arn,
                trust: Some(settings.trust.clone()),
                description: settings.description.clone(),
                max_session_seconds: settings.max_session_seconds,
                boundary: settings.boundary.clone(),
                tags: tags.clone(),
            };
            iam.roles.insert(name.clone(), InMemoryRole { role, policies: RolePolicies::default() });
            iam.unseen.insert(name.clone(), iam.new_role_unseen_for);
            Ok(())
        })
    }

    pub(super) fn change_role(
        &self,
        operation: &'static str,
        name: &RoleName,
        change: impl FnOnce(&mut InMemoryRole),
    ) -> Result<()> {
        self.call(operation, name.as_str(), |iam| {
            let seen = iam.seen(name);
            let role = iam.roles.get_mut(name).filter(|_| seen).ok_or_else(|| absent(operation, name))?;
            change(role);
            Ok(())
        })
    }

    pub(super) fn attach(&self, name: &RoleName, policy: &Arn) -> Result<()> {
        const OPERATION: &str = "AttachRolePolicy";
        self.call(OPERATION, format!("{name} {}", policy.resource()), |iam| {
            let seen = iam.seen(name);
            if policy.account_id().is_some() && !iam.policies.contains_key(policy) {
                return Err(absent(OPERATION, policy));
            }
            let role = iam.roles.get_mut(name).filter(|_| seen).ok_or_else(|| absent(OPERATION, name))?;
            role.policies.attached.insert(policy.clone());
            Ok(())
        })
    }

    pub(super) fn remove_role(&self, name: &RoleName) -> Result<()> {
        const OPERATION: &str = "DeleteRole";
        self.call(OPERATION, name.as_str(), |iam| {
            let Some(role) = iam.roles.get(name) else { return Ok(()) };
            if role.policies != RolePolicies::default() {
                return Err(in_use(OPERATION, "Cannot delete entity, must detach all policies first."));
            }
            iam.roles.remove(name);
            Ok(())
        })
    }

    pub(super) fn change_tags(
        &self,
        operation: &'static str,
        object: &Tagged,
        change: impl FnOnce(&mut Tags),
    ) -> Result<()> {
        let subject = match object {
            Tagged::Role(name) => name.to_string(),
            Tagged::Policy(arn) | Tagged::OidcProvider(arn) => arn.resource().to_owned(),
        };
        self.call(operation, subject.clone(), |iam| {
            let tags = match object {
                Tagged::Role(name) => iam.roles.get_mut(name).map(|it| &mut it.role.tags),
                Tagged::Policy(arn) => iam.policies.get_mut(arn).map(|it| &mut it.tags),
                Tagged::OidcProvider(arn) => iam.oidc_providers.get_mut(arn).map(|it| &mut it.tags),
            };
            change(tags.ok_or_else(|| absent(operation, subject))?);
            Ok(())
        })
    }
}

impl IamWorld {
    /// Whether the role has been there long enough; each question is a look.
    fn seen(&mut self, name: &RoleName) -> bool {
        match self.unseen.get_mut(name) {
            Some(looks) if *looks > 0 => {
                *looks -= 1;
                false
            }
            _ => true,
        }
    }
}
