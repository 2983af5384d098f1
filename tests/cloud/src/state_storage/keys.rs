//! Keys: one that is on its way to deletion takes no change.

use super::*;

impl InProcessStateStorage {
    pub(super) fn make_key(&self, tags: &Tags) -> Result<Key> {
        let (region, account) = (self.target.region.clone(), self.target.account.clone());
        self.call("CreateKey", child(tags), |world, new_id| {
            let id = new_id("key-");
            let arn = format!("arn:{}:kms:{region}:{account}:key/{id}", region.partition());
            let arn = arn.parse().map_err(|_| no_key("CreateKey", &id))?;
            let key = Key { id, arn, rotates: false, is_leaving: false, tags: tags.clone() };
            world.keys.push(key.clone());
            Ok(key)
        })
    }

    pub(super) fn change_key(
        &self,
        operation: &'static str,
        key: &Key,
        change: impl FnOnce(&mut Key),
    ) -> Result<()> {
        self.call(operation, &key.id, |world, _| {
            let found =
                world.keys.iter_mut().find(|it| it.id == key.id).ok_or_else(|| no_key(operation, &key.id))?;
            if found.is_leaving {
                let text = format!("{} is pending deletion", key.arn);
                return Err(refuse(ErrorKind::Invalid, operation, "KMSInvalidStateException", text));
            }
            change(found);
            Ok(())
        })
    }

    pub(super) fn make_alias(&self, alias: &str, key: &Key) -> Result<()> {
        const OPERATION: &str = "CreateAlias";
        self.call(OPERATION, alias, |world, _| match world.aliases.get(alias) {
            Some(id) if *id == key.id => Ok(()),
            Some(_) => {
                let text = format!("An alias with the name {alias} already exists");
                Err(refuse(ErrorKind::AlreadyExists, OPERATION, "AlreadyExistsException", text))
            }
            None => {
                world.aliases.insert(alias.to_owned(), key.id.clone());
                Ok(())
            }
        })
    }
}
