//! Controls of a whole VPC: its exclusion from block public access, and its encryption control.

use crate::Tags;
use crate::id::{BlockPublicAccessExclusionId, EncryptionControlId, VpcId};
use landform_model::network::{BlockPublicAccessExclusion, EncryptionExclusion, EncryptionMode};
use std::collections::BTreeSet;

/// What a region blocks between its VPCs and the internet.
/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpcBlockPublicAccessOptions.html>
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BlockPublicAccess {
    /// The mode.
    pub mode: BlockMode,
    /// Whether VPCs can be excluded; an organization can forbid it.
    pub exclusions_allowed: bool,
}

/// Which way is blocked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockMode {
    /// None.
    Off,
    /// From the internet, but for answers.
    Ingress,
    /// Both.
    Bidirectional,
}

/// The exclusion of a VPC from what its region blocks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exclusion {
    /// Its id.
    pub id: BlockPublicAccessExclusionId,
    /// The VPC.
    pub vpc: VpcId,
    /// What it allows.
    pub mode: BlockPublicAccessExclusion,
    /// Its state.
    pub state: ControlState,
    /// Its tags.
    pub tags: Tags,
}

/// The encryption control of a VPC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EncryptionControl {
    /// Its id.
    pub id: EncryptionControlId,
    /// The VPC.
    pub vpc: VpcId,
    /// What it does, and what it leaves out.
    pub settings: EncryptionSettings,
    /// Its state.
    pub state: ControlState,
    /// Its tags.
    pub tags: Tags,
}

/// What an encryption control does. It is made to monitor.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EncryptionSettings {
    /// The mode.
    pub mode: EncryptionMode,
    /// What may stay without encryption; it counts while the mode is to enforce.
    pub exclusions: BTreeSet<EncryptionExclusion>,
}

/// How far AWS is with a control of a VPC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ControlState {
    /// Being made or changed.
    Pending,
    /// In force.
    Active,
    /// Could not be made, changed or deleted, for this reason.
    Failed(String),
    /// Being deleted.
    Deleting,
}
