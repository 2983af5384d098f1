//! Keys of KMS. CreateKey takes no token, so it is sent once.

use super::{AwsStateStorage, found, gone_is_done};
use crate::answer::{parsed, required};
use crate::{error, retry};
use aws_sdk_kms::config::Builder;
use aws_sdk_kms::types::{KeyMetadata, KeyState, Tag};
use landform_cloud::state_storage::Key;
use landform_cloud::{CloudError, ErrorKind, Result, Tags};

impl AwsStateStorage {
    /// By its id, its ARN or an alias. <https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html>
    pub(super) async fn read_key(&self, name: &str) -> Result<Option<Key>> {
        const OPERATION: &str = "DescribeKey";
        let answer = self.keys.describe_key().key_id(name).send().await;
        let Some(answer) = found(answer.map_err(error::of(OPERATION)))? else { return Ok(None) };
        let mut key = key(OPERATION, answer.key_metadata())?;
        key.tags = self.key_tags(&key.id).await?;
        // AWS does not tell it of a key that is on its way to deletion.
        if !key.is_leaving {
            let rotation = self.keys.get_key_rotation_status().key_id(&key.id).send().await;
            key.rotates = rotation.map_err(error::of("GetKeyRotationStatus"))?.key_rotation_enabled();
        }
        Ok(Some(key))
    }

    pub(super) async fn key_tags(&self, id: &str) -> Result<Tags> {
        let pages = self.keys.list_resource_tags().key_id(id).into_paginator().items().send();
        let tags = pages.try_collect().await.map_err(error::of("ListResourceTags"))?;
        Ok(tags.into_iter().map(|tag| (tag.tag_key, tag.tag_value)).collect())
    }

    /// Keys whose tags we may not read are not ours.
    pub(super) async fn find_keys(&self, tags: &Tags) -> Result<Vec<Key>> {
        let pages = self.keys.list_keys().into_paginator().items().send();
        let mut keys = Vec::new();
        for entry in pages.try_collect().await.map_err(error::of("ListKeys"))? {
            let id = required("ListKeys", "KeyId", entry.key_id())?;
            let carried = match self.key_tags(id).await {
                Ok(carried) => carried,
                Err(error) if matches!(error.kind, ErrorKind::Denied | ErrorKind::NotFound) => continue,
                Err(error) => return Err(error),
            };
            if crate::answer::carries(&carried, tags) {
                keys.extend(self.read_key(id).await?.filter(|key| !key.is_leaving));
            }
        }
        Ok(keys)
    }

    /// Without a policy of its own the account governs it by IAM.
    /// <https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html>
    pub(super) async fn make_key(&self, description: &str, tags: &Tags) -> Result<Key> {
        const OPERATION: &str = "CreateKey";
        let call = self.keys.create_key().description(description).set_tags(Some(tag_list(OPERATION, tags)?));
        let once = Builder::new().retry_config(retry::disabled());
        let answer = call.customize().config_override(once).send().await.map_err(error::of(OPERATION))?;
        Ok(Key { tags: tags.clone(), ..key(OPERATION, answer.key_metadata())? })
    }

    pub(super) async fn rotate_key(&self, key: &Key) -> Result<()> {
        let sent = self.keys.enable_key_rotation().key_id(&key.id).send().await;
        sent.map(drop).map_err(error::of("EnableKeyRotation"))
    }

    pub(super) async fn tag_key(&self, key: &Key, tags: &Tags) -> Result<()> {
        const OPERATION: &str = "TagResource";
        let call = self.keys.tag_resource().key_id(&key.id).set_tags(Some(tag_list(OPERATION, tags)?));
        call.send().await.map(drop).map_err(error::of(OPERATION))
    }

    pub(super) async fn untag_key(&self, key: &Key, keys: &[String]) -> Result<()> {
        let call = self.keys.untag_resource().key_id(&key.id).set_tag_keys(Some(keys.to_vec()));
        call.send().await.map(drop).map_err(error::of("UntagResource"))
    }

    pub(super) async fn make_alias(&self, alias: &str, key: &Key) -> Result<()> {
        let sent = self.keys.create_alias().alias_name(alias).target_key_id(&key.id).send().await;
        match sent.map(drop).map_err(error::of("CreateAlias")) {
            Err(error) if error.kind == ErrorKind::AlreadyExists => match self.read_key(alias).await? {
                Some(named) if named.id == key.id => Ok(()),
                _ => Err(error),
            },
            other => other,
        }
    }

    pub(super) async fn remove_alias(&self, alias: &str) -> Result<()> {
        let sent = self.keys.delete_alias().alias_name(alias).send().await;
        gone_is_done(sent.map(drop).map_err(error::of("DeleteAlias")))
    }

    pub(super) async fn remove_key(&self, key: &Key, days: i32) -> Result<()> {
        let call = self.keys.schedule_key_deletion().key_id(&key.id).pending_window_in_days(days);
        let sent = gone_is_done(call.send().await.map(drop).map_err(error::of("ScheduleKeyDeletion")));
        match sent {
            // Sent again after a lost answer, it is refused for being on its way.
            Err(error) => match self.read_key(&key.id).await? {
                Some(now) if now.is_leaving => Ok(()),
                _ => Err(error),
            },
            other => other,
        }
    }
}

fn key(operation: &'static str, metadata: Option<&KeyMetadata>) -> Result<Key> {
    let metadata = required(operation, "KeyMetadata", metadata)?;
    Ok(Key {
        id: metadata.key_id().to_owned(),
        arn: parsed(operation, "Arn", metadata.arn())?,
        rotates: false,
        is_leaving: metadata.key_state() == Some(&KeyState::PendingDeletion),
        tags: Tags::new(),
    })
}

fn tag_list(operation: &'static str, tags: &Tags) -> Result<Vec<Tag>> {
    let tag = |(key, value): (&String, &String)| {
        let built = Tag::builder().tag_key(key).tag_value(value).build();
        built.map_err(|error| CloudError::new(ErrorKind::Invalid, operation, error.to_string()))
    };
    tags.iter().map(tag).collect()
}
