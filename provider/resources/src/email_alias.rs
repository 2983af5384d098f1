//! `provider::landform::email_alias`: an address for each account, all in one mailbox.

use landform_framework::{Function, FunctionError, FunctionSignature, cty};
use landform_model::organization::{EmailAliasError, email_alias};

/// The function `email_alias`.
pub struct EmailAlias;

impl Function for EmailAlias {
    fn name(&self) -> &'static str {
        "email_alias"
    }

    fn signature(&self) -> FunctionSignature {
        FunctionSignature::new(
            "An e-mail address of its own for an account, in a mailbox that exists",
            "AWS wants another e-mail address for each account. `aws@example.com` and `payments-prod` make \
             `aws+payments-prod@example.com`, which reaches the same mailbox where the mail server knows \
             [such addresses](https://www.rfc-editor.org/rfc/rfc5233): send one a mail first. An address that has a `+` \
             already gets `-` and the suffix. The whole has at most 64 characters.",
            cty::Type::String,
        )
        .parameter("email", cty::Type::String, "The address of the mailbox, such as `aws@example.com`.")
        .parameter(
            "suffix",
            cty::Type::String,
            "What tells the accounts apart: `a` to `z`, digits, and `-`, `.` or `_` between them.",
        )
    }

    fn call(&self, arguments: Vec<cty::Value>) -> Result<cty::Value, FunctionError> {
        let [cty::Value::String(email), cty::Value::String(suffix)] = arguments.as_slice() else {
            return Err(FunctionError::new("email_alias takes an address and a suffix"));
        };
        let alias = email_alias(email, suffix).map_err(|error| {
            let argument = if matches!(error, EmailAliasError::Email(_)) { 0 } else { 1 };
            FunctionError::argument(argument, error.to_string())
        })?;
        Ok(cty::Value::String(alias.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(email: &str, suffix: &str) -> Result<cty::Value, FunctionError> {
        EmailAlias.call(vec![cty::Value::String(email.into()), cty::Value::String(suffix.into())])
    }

    #[test]
    fn it_is_the_alias_of_the_model_and_errors_name_the_argument() {
        let alias = cty::Value::String("aws+payments-prod@example.com".into());
        assert_eq!(call("aws@example.com", "payments-prod"), Ok(alias));
        assert_eq!(call("aws.example.com", "prod").unwrap_err().argument, Some(0));
        let error = call("aws@example.com", "Prod").unwrap_err();
        assert_eq!(error.argument, Some(1));
        assert!(error.text.contains("`prod`"), "{}", error.text);
        assert_eq!(call("aws@example.com", &"x".repeat(60)).unwrap_err().argument, Some(1));
    }
}
