//! Exclusions from block public access and encryption controls: pending for one look, one of each for a VPC.
//!
//! <https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html>,
//! <https://docs.aws.amazon.com/vpc/latest/userguide/vpc-encryption-controls.html>

use super::*;
use landform_model::network::{BlockPublicAccessExclusion, EncryptionMode};

impl InProcessNetwork {
    pub(super) fn block_public_access(&self) -> Result<BlockPublicAccess> {
        let off = BlockPublicAccess { mode: BlockMode::Off, exclusions_allowed: true };
        self.call("DescribeVpcBlockPublicAccessOptions", "", |world, _| {
            Ok(world.block_public_access.unwrap_or(off))
        })
    }

    pub(super) fn exclusions(&self, tags: &Tags) -> Result<Vec<Exclusion>> {
        self.call("DescribeVpcBlockPublicAccessExclusions", child(tags), |world, _| {
            let found = world.exclusions.iter().filter(|it| has(&it.tags, tags)).cloned().collect();
            world.exclusions.retain(|it| it.state != ControlState::Deleting);
            world.exclusions.iter_mut().for_each(|it| settle(&mut it.state, &world.control_failure));
            Ok(found)
        })
    }

    pub(super) fn create_exclusion(
        &self,
        vpc: &VpcId,
        mode: BlockPublicAccessExclusion,
        tags: &Tags,
    ) -> Result<Exclusion> {
        const OPERATION: &str = "CreateVpcBlockPublicAccessExclusion";
        self.call(OPERATION, child(tags), |world, new_id| {
            if !world.vpcs.iter().any(|it| it.id == *vpc) {
                return Err(absent(OPERATION, "InvalidVpcID.NotFound", vpc));
            }
            if world.exclusions.iter().any(|it| it.vpc == *vpc) {
                let text = format!("{vpc} is excluded already");
                return Err(refuse(ErrorKind::AlreadyExists, OPERATION, "ResourceAlreadyExists", text));
            }
            let made = Exclusion {
                id: id(&new_id("vpcbpa-exclude-")),
                vpc: vpc.clone(),
                mode,
                state: ControlState::Pending,
                tags: tags.clone(),
            };
            world.exclusions.push(made.clone());
            Ok(made)
        })
    }

    pub(super) fn modify_exclusion(
        &self,
        exclusion: &BlockPublicAccessExclusionId,
        mode: BlockPublicAccessExclusion,
    ) -> Result<()> {
        const OPERATION: &str = "ModifyVpcBlockPublicAccessExclusion";
        self.call(OPERATION, exclusion.as_str(), |world, _| {
            let it = world.exclusions.iter_mut().find(|it| it.id == *exclusion);
            let it = it.ok_or_else(|| absent(OPERATION, "InvalidExclusionId.NotFound", exclusion))?;
            (it.mode, it.state) = (mode, ControlState::Pending);
            Ok(())
        })
    }

    pub(super) fn delete_exclusion(&self, exclusion: &BlockPublicAccessExclusionId) -> Result<()> {
        self.call("DeleteVpcBlockPublicAccessExclusion", exclusion.as_str(), |world, _| {
            for it in world.exclusions.iter_mut().filter(|it| it.id == *exclusion) {
                it.state = ControlState::Deleting;
            }
            Ok(())
        })
    }

    pub(super) fn encryption_controls(&self, tags: &Tags) -> Result<Vec<EncryptionControl>> {
        self.call("DescribeVpcEncryptionControls", child(tags), |world, _| {
            let found = world.encryption_controls.iter().filter(|it| has(&it.tags, tags)).cloned().collect();
            world.encryption_controls.retain(|it| it.state != ControlState::Deleting);
            world.encryption_controls.iter_mut().for_each(|it| settle(&mut it.state, &world.control_failure));
            Ok(found)
        })
    }

    pub(super) fn create_encryption_control(&self, vpc: &VpcId, tags: &Tags) -> Result<EncryptionControl> {
        const OPERATION: &str = "CreateVpcEncryptionControl";
        self.call(OPERATION, child(tags), |world, new_id| {
            if !world.vpcs.iter().any(|it| it.id == *vpc) {
                return Err(absent(OPERATION, "InvalidVpcID.NotFound", vpc));
            }
            if world.encryption_controls.iter().any(|it| it.vpc == *vpc) {
                let text = format!("{vpc} has an encryption control already");
                return Err(refuse(ErrorKind::AlreadyExists, OPERATION, "ResourceAlreadyExists", text));
            }
            let made = EncryptionControl {
                id: id(&new_id("vpcec-")),
                vpc: vpc.clone(),
                settings: EncryptionSettings::default(),
                state: ControlState::Pending,
                tags: tags.clone(),
            };
            world.encryption_controls.push(made.clone());
            Ok(made)
        })
    }

    pub(super) fn modify_encryption_control(
        &self,
        control: &EncryptionControlId,
        settings: &EncryptionSettings,
    ) -> Result<()> {
        const OPERATION: &str = "ModifyVpcEncryptionControl";
        self.call(OPERATION, control.as_str(), |world, _| {
            let it = world.encryption_controls.iter_mut().find(|it| it.id == *control);
            let it =
                it.ok_or_else(|| absent(OPERATION, "InvalidVpcEncryptionControlId.NotFound", control))?;
            if it.state == ControlState::Pending {
                let text = format!("{control} is being changed");
                return Err(refuse(ErrorKind::NotReady, OPERATION, "IncorrectState", text));
            }
            it.settings = settings.clone();
            if settings.mode == EncryptionMode::Monitor {
                it.settings.exclusions.clear();
            }
            it.state = ControlState::Pending;
            Ok(())
        })
    }

    pub(super) fn delete_encryption_control(&self, control: &EncryptionControlId) -> Result<()> {
        self.call("DeleteVpcEncryptionControl", control.as_str(), |world, _| {
            for it in world.encryption_controls.iter_mut().filter(|it| it.id == *control) {
                it.state = ControlState::Deleting;
            }
            Ok(())
        })
    }
}

fn settle(state: &mut ControlState, failure: &Option<String>) {
    if *state == ControlState::Pending {
        *state = match failure {
            Some(reason) => ControlState::Failed(reason.clone()),
            None => ControlState::Active,
        };
    }
}
