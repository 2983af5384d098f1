//! Flow logs: made once per token, and once per VPC and destination.

use super::*;

impl InProcessNetwork {
    pub(super) fn flow_logs(&self, tags: &Tags) -> Result<Vec<FlowLog>> {
        self.call("DescribeFlowLogs", child(tags), |world, _| {
            Ok(world.flow_logs.iter().filter(|it| has(&it.tags, tags)).cloned().collect())
        })
    }

    pub(super) fn create_flow_log(
        &self,
        vpc: &VpcId,
        settings: &FlowLogSettings,
        tags: &Tags,
        token: &str,
    ) -> Result<FlowLogId> {
        self.call("CreateFlowLogs", child(tags), |world, new_id| {
            // The answer to a token is repeated, also when its object has been deleted since.
            let parameters = format!("{vpc} {settings:?} {tags:?}");
            if let Some(known) = world.tokens.answered("CreateFlowLogs", token, &parameters)? {
                return Ok(id(&known));
            }
            if !world.vpcs.iter().any(|it| it.id == *vpc) {
                return Err(absent("CreateFlowLogs", "InvalidVpcID.NotFound", vpc));
            }
            let same = |it: &FlowLog| {
                it.vpc == *vpc
                    && it.settings.as_ref().is_some_and(|it| it.destination == settings.destination)
            };
            if world.flow_logs.iter().any(same) {
                let text = "there is an existing flow log with the same configuration and log destination";
                return Err(refuse(ErrorKind::AlreadyExists, "CreateFlowLogs", "FlowLogAlreadyExists", text));
            }
            let made: FlowLogId = id(&new_id("fl-"));
            world.tokens.remember("CreateFlowLogs", token, parameters, &made);
            let (vpc, settings) = (vpc.clone(), Some(settings.clone()));
            world.flow_logs.push(FlowLog { id: made.clone(), vpc, settings, tags: tags.clone() });
            Ok(made)
        })
    }

    pub(super) fn delete_flow_log(&self, log: &FlowLogId) -> Result<()> {
        self.call("DeleteFlowLogs", log.as_str(), |world, _| {
            world.flow_logs.retain(|it| it.id != *log);
            Ok(())
        })
    }
}
