//! Assuming roles: any role of an account that is ready.

use super::{InProcessCloud, refuse};
use landform_cloud::{AssumedRole, CloudError, ErrorKind, ShortCredentials};
use std::time::SystemTime;

impl InProcessCloud {
    /// A role of an account that is new, or closed, cannot be assumed.
    pub(super) fn assume(&self, role: &AssumedRole) -> Result<ShortCredentials, CloudError> {
        const OPERATION: &str = "AssumeRole";
        let account = role.role.account_id();
        self.run(
            OPERATION,
            role.role.to_string(),
            |parts| Ok(&mut parts.organization),
            |world, _| match account.filter(|account| world.look_whether_ready(account)) {
                None => {
                    let text = format!("not authorized to perform: sts:AssumeRole on {}", role.role);
                    Err(refuse(ErrorKind::Denied, OPERATION, "AccessDenied", text))
                }
                Some(account) => Ok(ShortCredentials {
                    access_key_id: format!("ASIA{account}"),
                    secret_access_key: "a-secret-key".to_owned(),
                    session_token: "a-session-token".to_owned(),
                    expires: SystemTime::UNIX_EPOCH + role.duration,
                }),
            },
        )
    }
}
