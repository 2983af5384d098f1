//! Setting the stage: what tests put into the organization behind everybody's back, and how they compare it.

use super::world::parsed;
use super::*;

impl OrganizationWorld {
    /// Makes the organization, as a person does before Landform comes. Service control policies are on then.
    ///
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateOrganization.html>
    pub fn establish(&mut self) -> Organization {
        let id: OrganizationId = parsed(&format!("o-{:010x}", self.count()));
        let organization = Organization {
            arn: parsed(&format!("arn:aws:organizations::{0}:organization/{id}", self.caller)),
            id,
            management_account: self.caller.clone(),
            all_features: true,
        };
        self.organization = Some(organization.clone());
        let policy_types = [(PolicyType::ServiceControlPolicy, PolicyTypeStatus::Enabled)].into();
        self.root = Some(Root { id: parsed("r-ab12"), arn: self.arn("root/r-ab12"), policy_types });
        let management = self.caller.clone();
        self.put_account(management, "management", "management@example.com", JoinedMethod::Invited);
        self.attach_full_access(PolicyType::ServiceControlPolicy);
        organization
    }

    /// Turns a kind of policy on, as a person does before Landform comes.
    pub fn turn_on(&mut self, policy_type: PolicyType) {
        if let Some(root) = &mut self.root {
            root.policy_types.insert(policy_type, PolicyTypeStatus::Enabled);
        }
        self.attach_full_access(policy_type);
    }

    /// The root as a parent.
    pub fn root_parent(&self) -> ParentId {
        ParentId::Root(self.root.as_ref().map_or_else(|| parsed("r-none"), |it| it.id.clone()))
    }

    /// Makes an organizational unit, and those that it is in where they are missing; an empty path is the root.
    pub fn add_unit(&mut self, path: &str) -> ParentId {
        let mut parent = self.root_parent();
        for name in path.split('/').filter(|it| !it.is_empty()) {
            let known = self.units.iter().find(|it| it.parent == parent && it.unit.name == name);
            let unit = known.map(|it| it.unit.id.clone()).unwrap_or_else(|| self.put_unit(&parent, name).id);
            parent = ParentId::Unit(unit);
        }
        parent
    }

    /// Puts an account that can be used into an organizational unit, which is made if it is missing; an empty path is the root.
    pub fn add_account(&mut self, name: &str, email: &str, path: &str) -> AccountId {
        let id = self.next_account_id();
        let parent = self.add_unit(path);
        self.put_account(id.clone(), name, email, JoinedMethod::Created);
        self.place(&id, &parent);
        id
    }

    /// Where an account or a unit is, as names with `/` between them; empty for the root.
    pub fn path_of(&self, parent: &ParentId) -> String {
        let ParentId::Unit(id) = parent else { return String::new() };
        let Some(it) = self.units.iter().find(|it| it.unit.id == *id) else { return format!("?{id}") };
        match self.path_of(&it.parent) {
            above if above.is_empty() => it.unit.name.clone(),
            above => format!("{above}/{}", it.unit.name),
        }
    }

    /// The organizational unit at a path, or the root for an empty path.
    pub fn parent_at(&self, path: &str) -> Option<ParentId> {
        if path.is_empty() {
            return Some(self.root_parent());
        }
        let all = self.units.iter().map(|it| ParentId::Unit(it.unit.id.clone()));
        all.into_iter().find(|it| self.path_of(it) == path)
    }

    /// What exists as sorted lines, for comparing what is with what should be: units by path, accounts with path and state,
    /// policies with the paths or accounts that they are attached to.
    pub fn inventory(&self) -> Vec<String> {
        let mut lines: Vec<String> = self
            .units
            .iter()
            .map(|it| format!("unit {}", self.path_of(&ParentId::Unit(it.unit.id.clone()))))
            .collect();
        for it in &self.accounts {
            let path = it.parent.as_ref().map(|parent| self.path_of(parent)).unwrap_or_default();
            lines.push(format!("account {} in /{path} {:?}", it.name, it.state));
        }
        for Document { policy, .. } in &self.policies {
            let on = self.attachments.iter().filter(|(id, _)| *id == policy.id);
            let on: Vec<String> = on.map(|(_, target)| self.name_of(target)).collect();
            lines.push(format!("{} {} on [{}]", policy.policy_type, policy.name, on.join(", ")));
        }
        lines.sort();
        lines
    }

    /// A target in words: `/` and a path, or the name of an account.
    pub fn name_of(&self, target: &TargetId) -> String {
        match target {
            TargetId::Root(_) => "/".to_owned(),
            TargetId::Unit(id) => format!("/{}", self.path_of(&ParentId::Unit(id.clone()))),
            TargetId::Account(id) => {
                let account = self.accounts.iter().find(|it| it.id == *id);
                account.map_or_else(|| id.to_string(), |it| it.name.clone())
            }
        }
    }
}
