//! Tags, and what is found by them.

use super::*;

impl InProcessNetwork {
    pub(super) fn owned(&self, owner: &Owner) -> Result<Vec<OwnedObject>> {
        self.call("DescribeTags", owner.resource(), |world, _| Ok(tagged(world, &owner.selector())))
    }

    pub(super) fn in_stack(&self, stack: &StackName) -> Result<Vec<OwnedObject>> {
        let tags = Tags::from([(STACK_TAG.to_owned(), stack.to_string())]);
        self.call("DescribeTags", stack.to_string(), |world, _| Ok(tagged(world, &tags)))
    }

    pub(super) fn all_owned(&self) -> Result<Vec<(OwnedObject, Tags)>> {
        self.call("DescribeTags", "landform", |world, _| {
            let objects = world
                .objects()
                .into_iter()
                .map(|(kind, id, tags)| (OwnedObject { id, kind: kind.into() }, ownership(tags)));
            Ok(objects.filter(|(_, tags)| !tags.is_empty()).collect())
        })
    }

    pub(super) fn set_tags(&self, ids: &[String], tags: &Tags) -> Result<()> {
        self.call("CreateTags", ids.join(","), |world, _| {
            for id in ids {
                let object = world.tags_mut(id).ok_or_else(|| absent("CreateTags", "InvalidID", id))?;
                object.extend(tags.clone());
            }
            Ok(())
        })
    }

    pub(super) fn remove_tags(&self, ids: &[String], keys: &[String]) -> Result<()> {
        self.call("DeleteTags", ids.join(","), |world, _| {
            for id in ids {
                let object = world.tags_mut(id).ok_or_else(|| absent("DeleteTags", "InvalidID", id))?;
                object.retain(|key, _| !keys.contains(key));
            }
            Ok(())
        })
    }
}

fn tagged(world: &World, wanted: &Tags) -> Vec<OwnedObject> {
    let objects = world.objects().into_iter().filter(|(_, _, tags)| has(tags, wanted));
    objects.map(|(kind, id, _)| OwnedObject { id, kind: kind.into() }).collect()
}
