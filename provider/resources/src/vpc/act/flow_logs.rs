//! Makes and removes flow logs.

use super::*;

impl Act<'_> {
    pub(super) async fn create_flow_log(&self) -> Result<()> {
        let child = Child::FlowLog;
        let Some(settings) = &self.desired.flow_log else { return Err(missing("CreateFlowLogs", child)) };
        let vpc = self.vpc()?;
        let tags = self.desired.tags_of(child);
        let parameters = format!("{vpc} {settings:?}");
        let mut incarnation = 0;
        let id = loop {
            let token = self.token(child, &parameters, incarnation);
            let make = || self.network.create_flow_log(&vpc, settings, &tags, &token);
            let id = match self.until_answered(make).await {
                Ok(id) => id,
                // There is one to this place already: that of a create whose answer was lost, if it carries our tags.
                Err(error) if error.kind == ErrorKind::AlreadyExists => {
                    let found = self.flow_logs().await?.into_iter();
                    let mut same = found.filter(|log| log.settings.as_ref() == Some(settings));
                    same.next().ok_or(error)?.id
                }
                Err(error) => return Err(error),
            };
            let lives = || async { Ok(self.flow_logs().await?.iter().any(|log| log.id == id)) };
            if incarnation == 3 || self.lives(lives).await? {
                break id;
            }
            incarnation += 1;
        };
        self.note(|seen| seen.flow_logs.push(FlowLog { id, vpc, settings: Some(settings.clone()), tags }));
        Ok(())
    }

    async fn flow_logs(&self) -> Result<Vec<FlowLog>> {
        self.network.flow_logs(&self.desired.owner.tags(&Child::FlowLog.key())).await
    }
}
