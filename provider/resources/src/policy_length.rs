//! `provider::landform::scp_minify` and `scp_bytes`: policies of one's own against AWS's limits.

use landform_framework::{Function, FunctionError, FunctionSignature, cty};
use landform_model::guardrails::{scp_bytes, scp_minify};

/// The function `scp_minify`.
pub struct ScpMinify;

/// The function `scp_bytes`.
pub struct ScpBytes;

const POLICY: &str = "The policy as JSON, such as `jsonencode({ ... })` or `file(\"policy.json\")`.";

impl Function for ScpMinify {
    fn name(&self) -> &'static str {
        "scp_minify"
    }

    fn signature(&self) -> FunctionSignature {
        FunctionSignature::new(
            "A service or resource control policy in its shortest form",
            "The same policy without spaces and `Sid`s, with lists of one as that one, and with statements that differ in one \
             element joined. AWS counts every byte of a policy that comes by its API, \
             [spaces too](https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html).",
            cty::Type::String,
        )
        .parameter("policy", cty::Type::String, POLICY)
    }

    fn call(&self, arguments: Vec<cty::Value>) -> Result<cty::Value, FunctionError> {
        let short = scp_minify(policy(&arguments)?);
        short.map(cty::Value::String).map_err(|error| FunctionError::argument(0, error.to_string()))
    }
}

impl Function for ScpBytes {
    fn name(&self) -> &'static str {
        "scp_bytes"
    }

    fn signature(&self) -> FunctionSignature {
        FunctionSignature::new(
            "The bytes that AWS counts of a policy",
            "The length of this very text in bytes, spaces and line breaks included. A service control policy may have \
             [10,240](https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html), a resource control \
             policy 5,120. Of the shortest form it is `scp_bytes(scp_minify(policy))`. A text that is no policy is an error.",
            cty::Type::Number,
        )
        .parameter("policy", cty::Type::String, POLICY)
    }

    fn call(&self, arguments: Vec<cty::Value>) -> Result<cty::Value, FunctionError> {
        let bytes = scp_bytes(policy(&arguments)?);
        let bytes = bytes.map_err(|error| FunctionError::argument(0, error.to_string()))?;
        // No text is longer than half of all numbers.
        Ok(cty::Value::Number(i64::try_from(bytes).unwrap_or(i64::MAX).into()))
    }
}

fn policy(arguments: &[cty::Value]) -> Result<&str, FunctionError> {
    match arguments {
        [cty::Value::String(policy)] => Ok(policy),
        _ => Err(FunctionError::new("the function takes one policy")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLICY: &str = r#"{ "Version": "2012-10-17", "Statement": [{ "Effect": "Deny", "Action": ["s3:*"], "Resource": "*" }] }"#;
    const SHORT: &str =
        r#"{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:*","Resource":"*"}]}"#;

    fn call(function: &dyn Function, policy: &str) -> Result<cty::Value, FunctionError> {
        function.call(vec![cty::Value::String(policy.into())])
    }

    #[test]
    fn they_are_those_of_the_model() {
        assert_eq!(call(&ScpMinify, POLICY), Ok(cty::Value::String(SHORT.into())));
        for text in [POLICY, SHORT] {
            let bytes = i64::try_from(text.len()).unwrap();
            assert_eq!(call(&ScpBytes, text), Ok(cty::Value::Number(bytes.into())));
        }
    }

    #[test]
    fn what_is_no_policy_is_an_error_of_the_argument() {
        for function in [&ScpMinify as &dyn Function, &ScpBytes] {
            assert_eq!(call(function, "{}").unwrap_err().argument, Some(0));
        }
    }
}
