//! The provider block in the words of the AWS adapter.

use landform_aws::{AssumeRole, Role, RoleArn, RoleError, Settings};
use landform_framework::{Diagnostic, Diagnostics, Path, Text, Value};
use landform_model::Arn;
use landform_resources::{AssumeRole as AssumeRoleBlock, ProviderConfiguration};

/// The settings that a provider block describes; what is not a role becomes a diagnostic at its attribute.
pub(crate) fn of(configuration: &ProviderConfiguration) -> Result<Settings, Diagnostics> {
    let allowed = configuration.allowed_account_ids.known().into_iter().flatten();
    Ok(Settings {
        region: configuration.region.known().map(|region| region.0.clone()),
        assume_role: configuration.assume_role.known().map(assume_role).transpose()?,
        organization_role: configuration.organization_role_arn.known().map(organization_role).transpose()?,
        allowed_account_ids: allowed.map(|account| account.0.clone()).collect(),
        endpoint_url: configuration.endpoint_url.known().cloned(),
    })
}

fn organization_role(arn: &Text<Arn>) -> Result<RoleArn, Diagnostics> {
    arn.0.to_string().parse().map_err(|error: RoleError| {
        let path = Path::root().attribute("organization_role_arn");
        Diagnostic::error("Not a role", error.to_string()).at(path).into()
    })
}

fn assume_role(block: &AssumeRoleBlock) -> Result<AssumeRole, Diagnostics> {
    let text = |value: &Value<String>| value.known().cloned();
    let (attribute, role) = match (text(&block.role_name), text(&block.role_arn)) {
        (Some(name), _) => ("role_name", name.parse().map(Role::Name)),
        (None, Some(arn)) => ("role_arn", arn.parse().map(Role::Arn)),
        (None, None) => {
            let detail = "`role_name` or `role_arn` must be known before anything is planned.";
            return Err(Diagnostic::error("No role", detail)
                .at(Path::root().attribute("assume_role"))
                .into());
        }
    };
    let refused = |error: RoleError| {
        let path = Path::root().attribute("assume_role").attribute(attribute);
        Diagnostics::from(Diagnostic::error("Not a role", error.to_string()).at(path))
    };
    Ok(AssumeRole {
        role: role.map_err(refused)?,
        external_id: text(&block.external_id),
        session_name: text(&block.session_name),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A provider block with nothing but what `fill` sets.
    fn block(fill: impl FnOnce(&mut ProviderConfiguration)) -> ProviderConfiguration {
        let mut block = ProviderConfiguration {
            region: Value::Null,
            stack: Value::Null,
            assume_role: Value::Null,
            organization_role_arn: Value::Null,
            allowed_account_ids: Value::Null,
            default_tags: Value::Null,
            flow_logs: Value::Null,
            read_only: Value::Null,
            allow_account_closure: Value::Null,
            endpoint_url: Value::Null,
        };
        fill(&mut block);
        block
    }

    fn role(name: Value<String>, arn: Value<String>) -> ProviderConfiguration {
        block(|block| {
            block.assume_role = Value::Known(AssumeRoleBlock {
                role_name: name,
                role_arn: arn,
                external_id: Value::Known("id".to_owned()),
                session_name: Value::Null,
            });
        })
    }

    #[test]
    fn what_the_block_leaves_out_is_left_to_the_environment() {
        let settings = of(&block(|_| {})).unwrap();
        assert_eq!((settings.region, settings.assume_role, settings.endpoint_url), (None, None, None));
        assert!(settings.allowed_account_ids.is_empty());
    }

    #[test]
    fn the_role_for_the_organization_is_a_role() {
        let with =
            |arn: &str| block(|block| block.organization_role_arn = Value::Known(Text(arn.parse().unwrap())));
        let arn = "arn:aws:iam::123456789012:role/landform-organization";
        assert_eq!(of(&with(arn)).unwrap().organization_role.unwrap().as_str(), arn);
        let errors = of(&with("arn:aws:iam::123456789012:user/somebody")).unwrap_err();
        let path = errors.iter().next().and_then(|error| error.path.as_ref()).unwrap();
        assert_eq!(path.to_string(), "organization_role_arn");
    }

    #[test]
    fn a_role_is_named_or_an_arn_and_anything_else_an_error_at_its_attribute() {
        let named = |text: &str| Value::Known(text.to_owned());
        let assumed = of(&role(named("deploy"), Value::Null)).unwrap().assume_role.unwrap();
        assert_eq!((assumed.role, assumed.external_id), ("deploy".parse().unwrap(), Some("id".to_owned())));
        let arn = "arn:aws:iam::123456789012:role/deploy";
        let assumed = of(&role(Value::Null, named(arn))).unwrap().assume_role.unwrap();
        assert_eq!(assumed.role, arn.parse().unwrap());

        for (block, attribute) in [
            (role(named("de ploy"), Value::Null), "assume_role.role_name"),
            (role(named(arn), Value::Null), "assume_role.role_name"),
            (role(Value::Null, named("deploy")), "assume_role.role_arn"),
            (role(Value::Unknown, Value::Null), "assume_role"),
        ] {
            let errors = of(&block).unwrap_err();
            let path = errors.iter().next().and_then(|error| error.path.as_ref()).unwrap();
            assert_eq!(path.to_string(), attribute);
        }
    }
}
