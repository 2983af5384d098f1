//! Makes, changes and removes the exclusion from block public access and the encryption control, and waits until they are in force.

use super::*;
use landform_cloud::id::{BlockPublicAccessExclusionId, EncryptionControlId};
use landform_model::network::BlockPublicAccessExclusion;

/// AWS says minutes for exclusions, and up to some for an encryption control that is to enforce.
const CONTROL: Schedule = Schedule {
    first: Duration::from_secs(2),
    longest: Duration::from_secs(15),
    deadline: Duration::from_secs(15 * 60),
};

const EXCLUSIONS: &str = "DescribeVpcBlockPublicAccessExclusions";
const CONTROLS: &str = "DescribeVpcEncryptionControls";

impl Act<'_> {
    pub(super) async fn exclude(&self, mode: BlockPublicAccessExclusion) -> Result<()> {
        let child = Child::Exclusion;
        let (vpc, tags) = (self.vpc()?, self.desired.tags_of(child));
        let ours = self.desired.owner.tags(&child.key());
        let look = || async { Ok(self.network.exclusions(&ours).await?.into_iter().next()) };
        let exists = self.seen().exclusion.clone();
        let made = match exists {
            Some(exists) => exists,
            None => {
                let create = || self.network.create_exclusion(&vpc, mode, &tags);
                self.once_visible(|| create_once(create, look)).await?
            }
        };
        let failed = matches!(made.state, ControlState::Failed(_));
        if made.mode != mode || failed {
            self.network.modify_exclusion(&made.id, mode).await?;
        }
        let what = format!("the exclusion {}", made.id);
        let exclusion = wait_for(EXCLUSIONS, &what, CONTROL, self.stop, || async {
            progress(EXCLUSIONS, look().await?, |it| (&it.state, it.mode == mode))
        })
        .await?;
        self.note(|seen| seen.exclusion = Some(exclusion));
        Ok(())
    }

    pub(super) async fn control_encryption(&self, settings: &EncryptionSettings) -> Result<()> {
        let child = Child::EncryptionControl;
        let (vpc, tags) = (self.vpc()?, self.desired.tags_of(child));
        let ours = self.desired.owner.tags(&child.key());
        let look = || async { Ok(self.network.encryption_controls(&ours).await?.into_iter().next()) };
        let exists = self.seen().encryption_control.clone();
        let made = match exists {
            Some(exists) => exists,
            None => {
                let create = || self.network.create_encryption_control(&vpc, &tags);
                self.once_visible(|| create_once(create, look)).await?
            }
        };
        let what = format!("the encryption control {}", made.id);
        let made = match made.state {
            // AWS changes none that is being made or changed.
            ControlState::Pending => {
                wait_for(CONTROLS, &what, CONTROL, self.stop, || async {
                    progress(CONTROLS, look().await?, |it| (&it.state, true))
                })
                .await?
            }
            _ => made,
        };
        if made.settings != *settings || made.state != ControlState::Active {
            self.network.modify_encryption_control(&made.id, settings).await?;
        }
        let control = wait_for(CONTROLS, &what, CONTROL, self.stop, || async {
            progress(CONTROLS, look().await?, |it| (&it.state, it.settings == *settings))
        })
        .await?;
        self.note(|seen| seen.encryption_control = Some(control));
        Ok(())
    }

    pub(super) async fn remove_exclusion(&self, id: &BlockPublicAccessExclusionId) -> Result<()> {
        self.network.delete_exclusion(id).await?;
        let tags = self.desired.owner.selector();
        let what = format!("the deletion of {id}");
        wait_for(EXCLUSIONS, &what, CONTROL, self.stop, || async {
            let still = self.network.exclusions(&tags).await?.into_iter().any(|it| it.id == *id);
            Ok(if still { Look::Pending("deleting".into()) } else { Look::Ready(()) })
        })
        .await
    }

    pub(super) async fn remove_encryption_control(&self, id: &EncryptionControlId) -> Result<()> {
        self.network.delete_encryption_control(id).await?;
        let tags = self.desired.owner.selector();
        let what = format!("the deletion of {id}");
        wait_for(CONTROLS, &what, CONTROL, self.stop, || async {
            let still = self.network.encryption_controls(&tags).await?.into_iter().any(|it| it.id == *id);
            Ok(if still { Look::Pending("deleting".into()) } else { Look::Ready(()) })
        })
        .await
    }
}

/// How far a control is: in force as it is wanted, failed for AWS's reason, or on its way.
fn progress<T>(
    operation: &'static str,
    seen: Option<T>,
    state: impl Fn(&T) -> (&ControlState, bool),
) -> Result<Look<T>> {
    let Some(it) = seen else { return Ok(Look::Pending("not visible yet".into())) };
    match state(&it) {
        (ControlState::Active, true) => Ok(Look::Ready(it)),
        (ControlState::Failed(reason), _) => {
            Err(CloudError::new(ErrorKind::Other, operation, reason.as_str()))
        }
        (ControlState::Deleting, _) => Ok(Look::Pending("being deleted".into())),
        (ControlState::Active | ControlState::Pending, _) => Ok(Look::Pending("pending".into())),
    }
}
