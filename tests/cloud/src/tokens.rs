//! Client tokens: what a create answered once, it answers again for a day, also when its object has been deleted since.
//!
//! <https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-idempotency.html>

use super::refuse;
use landform_cloud::{CloudError, ErrorKind};
use std::collections::BTreeMap;
use std::time::Duration;

/// How long AWS remembers a token.
const LIFE: Duration = Duration::from_secs(24 * 60 * 60);

/// The tokens that creates were sent with.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Tokens {
    /// The time in this cloud, since its beginning.
    pub(super) now: Duration,
    answers: BTreeMap<String, Answer>,
}

#[derive(Debug, Clone, PartialEq)]
struct Answer {
    operation: &'static str,
    parameters: String,
    id: String,
    at: Duration,
}

impl Tokens {
    /// The id that `operation` answered to `token` before; none for a new token or one that is older than a day.
    ///
    /// # Errors
    /// `IdempotentParameterMismatch` when the token came with other parameters before.
    pub(super) fn answered(
        &self,
        operation: &'static str,
        token: &str,
        parameters: &str,
    ) -> Result<Option<String>, CloudError> {
        let Some(answer) = self.answers.get(token).filter(|it| self.now < it.at + LIFE) else {
            return Ok(None);
        };
        if (answer.operation, answer.parameters.as_str()) == (operation, parameters) {
            return Ok(Some(answer.id.clone()));
        }
        let text = "this client token was used with other parameters before";
        Err(refuse(ErrorKind::Invalid, operation, "IdempotentParameterMismatch", text))
    }

    /// Remembers what `operation` answers.
    pub(super) fn remember(
        &mut self,
        operation: &'static str,
        token: &str,
        parameters: String,
        id: &dyn std::fmt::Display,
    ) {
        let (id, at) = (id.to_string(), self.now);
        self.answers.insert(token.to_owned(), Answer { operation, parameters, id, at });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_repeated_for_a_day_and_only_to_the_same_question() {
        let mut tokens = Tokens::default();
        assert_eq!(tokens.answered("CreateThing", "t", "vpc-1").unwrap(), None);
        tokens.remember("CreateThing", "t", "vpc-1".into(), &"thing-1");
        assert_eq!(tokens.answered("CreateThing", "t", "vpc-1").unwrap().as_deref(), Some("thing-1"));
        let refused = tokens.answered("CreateThing", "t", "vpc-2").unwrap_err();
        assert_eq!(refused.code.as_deref(), Some("IdempotentParameterMismatch"));
        assert!(tokens.answered("CreateOther", "t", "vpc-1").is_err());
        tokens.now = LIFE;
        assert_eq!(tokens.answered("CreateThing", "t", "vpc-2").unwrap(), None);
    }
}
