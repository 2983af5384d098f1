use std::collections::BTreeSet;

use super::*;
use crate::guardrails::document::{Document, Effect};
use crate::guardrails::evaluate::{Decision, Evaluator, OPERATORS, Principal, Request};
use crate::guardrails::fill::{Content, Filled, fill};
use crate::guardrails::guardrail::{Case, Profile};
use crate::guardrails::lint::grammar_faults;
use crate::guardrails::parameter::{Parameters, vocabulary};
use crate::guardrails::policy_type::PolicyType;

/// Parameters that have no default, as their examples have them.
fn examples(with: &Parameters) -> Parameters {
    let needed = vocabulary().iter().filter(|(_, parameter)| parameter.default.is_none());
    let mut values: Parameters =
        needed.map(|(name, parameter)| (name.clone(), parameter.example.clone())).collect();
    values.extend(with.clone());
    values
}

fn statements(guardrail: &Guardrail, with: &Parameters) -> Document {
    match fill(guardrail, &examples(with)) {
        Ok(Filled { content: Content::Statements(document), .. }) => document,
        other => panic!("{}: {other:?}", guardrail.id),
    }
}

fn decide(guardrail: &Guardrail, case: &Case, request: &Request) -> Decision {
    let full_access: Document =
        r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#.parse().unwrap();
    let filled = statements(guardrail, &case.with);
    Evaluator::new([&full_access, &filled]).unwrap().decide(request).unwrap()
}

fn controls() -> impl Iterator<Item = &'static Guardrail> {
    all().iter().filter(|guardrail| guardrail.policy_type.has_statements())
}

#[test]
fn every_file_is_read_and_named_after_its_guardrail() {
    let mut ids = BTreeSet::new();
    for (path, text) in FILES {
        let guardrail: Guardrail = match toml::from_str(text) {
            Ok(guardrail) => guardrail,
            Err(error) => panic!("{path}.toml: {error}"),
        };
        let folder = match guardrail.policy_type {
            PolicyType::ServiceControlPolicy => "service-control",
            PolicyType::ResourceControlPolicy => "resource-control",
            _ => "declarative",
        };
        assert_eq!(*path, format!("{folder}/{}", guardrail.id));
        assert!(ids.insert(guardrail.id.clone()), "{path} is there twice");
        assert!(
            guardrail.version >= 1 && !guardrail.purpose.is_empty() && !guardrail.sources.is_empty(),
            "{path}"
        );
        assert!(
            guardrail.sources.iter().all(|page| page.starts_with("https://docs.aws.amazon.com/")),
            "{path}"
        );
        assert_eq!(guardrail.policy_type.has_statements(), !guardrail.statements.is_empty(), "{path}");
        assert_eq!(guardrail.policy_type.has_statements(), guardrail.document.is_none(), "{path}");
    }
    assert_eq!(ids.len(), all().len());
    assert!(ids.iter().all(|id| find(id).is_some()));
    assert!(hint("quarantin").contains("`quarantine`") && hint("x").contains("deny-root-user"));
}

#[test]
fn every_case_of_every_guardrail_holds() {
    for guardrail in controls() {
        assert!(
            !guardrail.denied.is_empty() && !guardrail.allowed.is_empty(),
            "{} lacks cases",
            guardrail.id
        );
        for case in &guardrail.denied {
            for request in case.requests() {
                let decision = decide(guardrail, case, &request);
                assert!(
                    matches!(decision, Decision::Denied { document: 1 }),
                    "{} must deny: {}: {request} is {decision:?}",
                    guardrail.id,
                    case.when
                );
            }
        }
        for case in &guardrail.allowed {
            for request in case.requests() {
                let decision = decide(guardrail, case, &request);
                assert!(
                    decision.is_let_through(),
                    "{} must not deny: {}: {request} is {decision:?}",
                    guardrail.id,
                    case.when
                );
            }
        }
    }
}

/// A statement that no case reaches is one that nobody has thought through.
#[test]
fn every_statement_has_a_request_that_it_alone_denies_in_a_case() {
    let mut untested = Vec::new();
    for guardrail in controls() {
        for (number, _) in guardrail.statements.iter().enumerate() {
            let mut without = guardrail.clone();
            without.statements.remove(number);
            let needed = guardrail.denied.iter().any(|case| {
                let reached = |request: &Request| {
                    without.statements.is_empty() || decide(&without, case, request).is_let_through()
                };
                case.requests().iter().any(reached)
            });
            if !needed {
                untested.push(format!("{} statement {number}", guardrail.id));
            }
        }
    }
    assert!(untested.is_empty(), "{untested:?}");
}

#[test]
fn what_a_guardrail_denies_it_does_not_deny_to_exempt_roles() {
    for guardrail in controls().filter(|guardrail| !guardrail.exempting_parameters().is_empty()) {
        let exempts_everywhere = guardrail.statements.iter().all(|statement| {
            let mut conditions =
                statement.conditions.iter().filter(|(operator, _)| operator.contains("ArnNotLike"));
            conditions.any(|(_, keys)| keys.contains_key("aws:PrincipalArn"))
        });
        if !exempts_everywhere {
            continue;
        }
        for case in &guardrail.denied {
            let role = "arn:aws:iam::111122223333:role/landform-apply";
            let exempt = Case { principal: Some(Principal::Arn(role.to_owned())), ..case.clone() };
            for request in exempt.requests() {
                assert!(decide(guardrail, &exempt, &request).is_let_through(), "{}: {request}", guardrail.id);
            }
        }
    }
}

#[test]
fn statements_are_what_organizations_takes() {
    for guardrail in controls() {
        let id = &guardrail.id;
        let document = statements(guardrail, &Parameters::new());
        assert_eq!(grammar_faults(&document, guardrail.policy_type), [], "{id}");
        for statement in &document.statements {
            assert_eq!(
                statement.effect,
                Effect::Deny,
                "{id}: what is not denied is allowed by FullAWSAccess"
            );
            for pattern in statement.actions.patterns() {
                let wildcards = pattern.matches(['*', '?']).count();
                assert!(wildcards == 0 || wildcards == 1 && pattern.ends_with('*'), "{id}: {pattern}");
            }
        }
    }
}

#[test]
fn every_marker_is_in_the_vocabulary_and_the_vocabulary_holds_nothing_else() {
    let used: BTreeSet<String> = all().iter().flat_map(Guardrail::parameters).collect();
    let known: BTreeSet<String> = vocabulary().keys().cloned().collect();
    assert_eq!(used, known);
}

#[test]
fn the_evaluator_knows_the_operators_of_the_catalogue_and_no_others() {
    let operators = controls().flat_map(|guardrail| &guardrail.statements).flat_map(|s| s.conditions.keys());
    let used: BTreeSet<&str> = operators
        .map(|operator| {
            let name = operator.split_once(':').map_or(operator.as_str(), |(_, name)| name);
            name.strip_suffix("IfExists").unwrap_or(name)
        })
        .collect();
    // The opposite of an operator comes for nothing.
    let known: BTreeSet<&str> = OPERATORS.into_iter().filter(|name| *name != "IpAddress").collect();
    assert_eq!(used, known);
}

#[test]
fn settings_are_filled_in_and_fit() {
    for guardrail in all().iter().filter(|guardrail| !guardrail.policy_type.has_statements()) {
        let filled = fill(guardrail, &examples(&Parameters::new())).unwrap();
        let Content::Settings(settings) = filled.content else { panic!("{}", guardrail.id) };
        let text = settings.to_string();
        assert!(text.contains("@@assign") && !text.contains('<'), "{}: {text}", guardrail.id);
    }
}

#[test]
fn the_baseline_is_there() {
    let count = |profile| all().iter().filter(|guardrail| guardrail.profile == profile).count();
    assert!(count(Profile::Baseline) >= 20 && count(Profile::System) == 2, "{}", count(Profile::Baseline));
}
