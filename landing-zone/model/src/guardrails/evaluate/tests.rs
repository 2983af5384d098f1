use proptest::prelude::*;

use super::*;

fn document(statement: &str) -> Document {
    format!(r#"{{"Version":"2012-10-17","Statement":[{statement}]}}"#).parse().unwrap()
}

fn full_access() -> Document {
    document(r#"{"Effect":"Allow","Action":"*","Resource":"*"}"#)
}

fn developer() -> Principal {
    "arn:aws:iam::111122223333:role/developer".parse().unwrap()
}

/// Whether a denial under this condition matches a request with this key.
fn denies(condition: &str, key: &str, values: &[&str]) -> bool {
    let statement = format!(r#"{{"Effect":"Deny","Action":"*","Resource":"*","Condition":{condition}}}"#);
    let evaluator = Evaluator::new([&full_access(), &document(&statement)]).unwrap();
    let request = Request::new(developer(), "s3:GetObject").with(key, values.iter().copied());
    matches!(evaluator.decide(&request).unwrap(), Decision::Denied { document: 1 })
}

#[test]
fn conditions_hold_as_aws_says() {
    for (condition, key, values, expected) in [
        (r#"{"StringEquals":{"aws:A":["x","y"]}}"#, "aws:A", &["y"][..], true),
        (r#"{"StringEquals":{"aws:A":"x"}}"#, "AWS:a", &["x"], true),
        (r#"{"StringEquals":{"aws:A":"x"}}"#, "aws:A", &["X"], false),
        (r#"{"StringEquals":{"aws:A":"x*"}}"#, "aws:A", &["xy"], false),
        (r#"{"StringEquals":{"aws:A":"x"}}"#, "aws:A", &[], false),
        (r#"{"StringEqualsIfExists":{"aws:A":"x"}}"#, "aws:A", &[], true),
        (r#"{"StringNotEquals":{"aws:A":["x","y"]}}"#, "aws:A", &["y"], false),
        (r#"{"StringNotEquals":{"aws:A":["x","y"]}}"#, "aws:A", &["z"], true),
        // A negated operator holds for a key that is not there, with and without `IfExists`.
        (r#"{"StringNotEquals":{"aws:A":"x"}}"#, "aws:A", &[], true),
        (r#"{"StringNotEqualsIfExists":{"aws:A":"x"}}"#, "aws:A", &[], true),
        (r#"{"StringLike":{"aws:A":"x*"}}"#, "aws:A", &["xy"], true),
        (r#"{"StringNotLike":{"aws:A":"x*"}}"#, "aws:A", &["xy"], false),
        (r#"{"Bool":{"aws:A":"true"}}"#, "aws:A", &["True"], true),
        (r#"{"Bool":{"aws:A":"false"}}"#, "aws:A", &[], false),
        (r#"{"BoolIfExists":{"aws:A":"false"}}"#, "aws:A", &[], true),
        (r#"{"Null":{"aws:A":"true"}}"#, "aws:A", &[], true),
        (r#"{"Null":{"aws:A":"true"}}"#, "aws:A", &["x"], false),
        (r#"{"Null":{"aws:A":"false"}}"#, "aws:A", &["x"], true),
        (r#"{"NumericLessThan":{"aws:A":"1.2"}}"#, "aws:A", &["1.10"], true),
        (r#"{"NumericLessThan":{"aws:A":"1.2"}}"#, "aws:A", &["1.2"], false),
        (r#"{"NumericLessThan":{"aws:A":"1.2"}}"#, "aws:A", &[], false),
        (r#"{"NumericGreaterThan":{"aws:A":"900"}}"#, "aws:A", &["1000"], true),
        (r#"{"NumericGreaterThan":{"aws:A":"900"}}"#, "aws:A", &["900"], false),
        // A wildcard stays in its part of the ARN.
        (r#"{"ArnLike":{"aws:A":"arn:aws:iam::*:role/a"}}"#, "aws:A", &["arn:aws:iam::1:role/a"], true),
        (
            r#"{"ArnLike":{"aws:A":"arn:aws:iam::*:role/a"}}"#,
            "aws:A",
            &["arn:aws:iam::1:user/x:role/a"],
            false,
        ),
        (
            r#"{"ArnNotLike":{"aws:A":"arn:aws:iam::*:role/a"}}"#,
            "aws:A",
            &["arn:aws:iam::1:user/x:role/a"],
            true,
        ),
        (r#"{"IpAddress":{"aws:A":"192.0.2.0/24"}}"#, "aws:A", &["192.0.2.9"], true),
        (r#"{"NotIpAddress":{"aws:A":["192.0.2.0/24","2001:db8::/32"]}}"#, "aws:A", &["2001:db8::1"], false),
        (r#"{"NotIpAddressIfExists":{"aws:A":"192.0.2.0/24"}}"#, "aws:A", &[], true),
        (r#"{"ForAnyValue:StringEquals":{"aws:A":"x"}}"#, "aws:A", &["x", "z"], true),
        (r#"{"ForAnyValue:StringEquals":{"aws:A":"x"}}"#, "aws:A", &[], false),
        (r#"{"ForAnyValue:StringNotEquals":{"aws:A":"x"}}"#, "aws:A", &["x", "z"], true),
        (r#"{"ForAnyValue:StringNotEquals":{"aws:A":"x"}}"#, "aws:A", &[], false),
        (r#"{"ForAllValues:StringEquals":{"aws:A":["x","z"]}}"#, "aws:A", &["x", "z"], true),
        (r#"{"ForAllValues:StringEquals":{"aws:A":"x"}}"#, "aws:A", &["x", "z"], false),
        (r#"{"ForAllValues:StringEquals":{"aws:A":"x"}}"#, "aws:A", &[], true),
        (r#"{"ForAllValues:StringNotLike":{"aws:A":"x*"}}"#, "aws:A", &["a", "xy"], false),
        // All keys and all operators must hold.
        (r#"{"StringEquals":{"aws:A":"x","aws:B":"x"}}"#, "aws:A", &["x"], false),
        (r#"{"StringEquals":{"aws:A":"x"},"Null":{"aws:A":"false"}}"#, "aws:A", &["x"], true),
        (r#"{"StringEquals":{"aws:A":"x"},"Null":{"aws:A":"true"}}"#, "aws:A", &["x"], false),
    ] {
        assert_eq!(denies(condition, key, values), expected, "{condition} with {values:?}");
    }
}

#[test]
fn the_principal_sets_its_keys() {
    assert!(denies(r#"{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/dev*"}}"#, "x:y", &[]));
    assert!(!denies(r#"{"ArnNotLike":{"aws:PrincipalARN":"arn:aws:iam::*:role/dev*"}}"#, "x:y", &[]));
    assert!(denies(r#"{"StringEquals":{"aws:PrincipalAccount":"111122223333"}}"#, "x:y", &[]));
    assert!(denies(r#"{"Bool":{"aws:PrincipalIsAWSService":"false"}}"#, "x:y", &[]));
    let ask = |principal: &str, key: &str| {
        Request::new(principal.parse().unwrap(), "s3:GetObject").keys.get(key).cloned().unwrap_or_default()
    };
    assert!(ask("cloudtrail.amazonaws.com", "aws:principalisawsservice").contains("true"));
    assert!(ask("cloudtrail.amazonaws.com", "aws:principalarn").is_empty());
    assert!(ask("anonymous", "aws:principalisawsservice").is_empty());
    assert!("developer".parse::<Principal>().unwrap_err().to_string().contains("arn:aws:iam"));
}

#[test]
fn a_denial_wins_and_silence_is_a_denial() {
    let deny = document(r#"{"Effect":"Deny","NotAction":["iam:*"],"Resource":"arn:aws:s3:::secret/*"}"#);
    let evaluator = Evaluator::new([&full_access(), &deny]).unwrap();
    let decide = |action: &str, resource: &str| {
        evaluator.decide(&Request::new(developer(), action).on(resource)).unwrap()
    };
    assert_eq!(decide("s3:GetObject", "arn:aws:s3:::secret/1"), Decision::Denied { document: 1 });
    assert_eq!(decide("IAM:getrole", "arn:aws:s3:::secret/1"), Decision::Allowed);
    assert_eq!(decide("s3:GetObject", "arn:aws:s3:::public/1"), Decision::Allowed);
    let request = Request::new(developer(), "s3:GetObject").on("arn:aws:s3:::secret/1");
    assert_eq!(Evaluator::new([&deny]).unwrap().decide(&request).unwrap(), Decision::Denied { document: 0 });
    assert_eq!(Evaluator::new([]).unwrap().decide(&request).unwrap(), Decision::NotAllowed);
    let linked = "arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX";
    let request = Request::new(linked.parse().unwrap(), "s3:GetObject").on("arn:aws:s3:::secret/1");
    assert_eq!(evaluator.decide(&request).unwrap(), Decision::OutOfReach);
    let outside = document(r#"{"Effect":"Deny","Action":"*","NotResource":"arn:aws:s3:::secret/*"}"#);
    let request = Request::new(developer(), "s3:GetObject").on("arn:aws:s3:::secret/1");
    let evaluator = Evaluator::new([&full_access(), &outside]).unwrap();
    assert_eq!(evaluator.decide(&request).unwrap(), Decision::Allowed);
    assert!(!evaluator.decide(&request.on("arn:aws:s3:::public/1")).unwrap().is_let_through());
}

#[test]
fn every_level_must_let_a_request_through() {
    let deny = document(r#"{"Effect":"Deny","Action":"s3:*","Resource":"*"}"#);
    let (open, closed) =
        (Evaluator::new([&full_access()]).unwrap(), Evaluator::new([&full_access(), &deny]).unwrap());
    let bare = Evaluator::new([]).unwrap();
    let decide =
        |levels: &[Evaluator]| decide_on_path(levels, &Request::new(developer(), "s3:GetObject")).unwrap();
    assert_eq!(decide(&[open.clone(), open.clone()]), Decision::Allowed);
    assert_eq!(decide(&[open.clone(), closed.clone(), open.clone()]), Decision::Denied { document: 1 });
    assert_eq!(decide(&[open, bare, closed]), Decision::NotAllowed);
}

#[test]
fn what_is_not_known_is_refused_and_not_guessed() {
    let refused = |rest: &str| {
        let statement = format!(r#"{{"Effect":"Deny",{rest}}}"#);
        Evaluator::new([&document(&statement)]).unwrap_err().to_string()
    };
    let condition = |text: &str| refused(&format!(r#""Action":"*","Resource":"*","Condition":{text}"#));
    for operator in [
        "DateLessThan",
        "StringEqualsIgnoreCase",
        "BinaryEquals",
        "stringequals",
        "ForAnyValue:ArnLike",
        "ForSomeValue:StringLike",
        "NullIfExists",
        "StringEqualsIfExistsIfExists",
    ] {
        let message = condition(&format!(r#"{{"{operator}":{{"aws:A":"x"}}}}"#));
        assert!(message.contains(&format!("`{operator}` cannot be evaluated")), "{message}");
    }
    for (text, words) in [
        (r#"{"Bool":{"aws:A":"yes"}}"#, "`true` or `false`"),
        (r#"{"Null":{"aws:A":["true","false"]}}"#, "one of"),
        (r#"{"NumericLessThan":{"aws:A":"x"}}"#, "a number"),
        (r#"{"IpAddress":{"aws:A":"10.0.0.0/40"}}"#, "a CIDR"),
        (r#"{"ArnLike":{"aws:A":"role/deploy"}}"#, "six parts"),
        (r#"{"StringLike":{"aws:A":"${aws:username}"}}"#, "policy variables"),
    ] {
        let message = condition(text);
        assert!(message.contains(words), "{message}");
    }
    assert!(
        refused(r#""Action":"*","Resource":"arn:aws:s3:::${aws:username}/*""#).contains("policy variables")
    );
    let several = document(
        r#"{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringLike":{"aws:TagKeys":"x"}}}"#,
    );
    let request = Request::new(developer(), "iam:TagRole").with("aws:TagKeys", ["x", "y"]);
    let error = Evaluator::new([&several]).unwrap().decide(&request).unwrap_err();
    assert!(error.to_string().contains("2 values of `aws:tagkeys`"), "{error}");
}

pub(in crate::guardrails) mod random {
    //! Small statements and requests, so that they meet often.

    use super::*;

    pub(in crate::guardrails) fn statement() -> impl Strategy<Value = Statement> {
        let effect = prop_oneof![9 => Just(Effect::Deny), 1 => Just(Effect::Allow)];
        let actions = prop::collection::btree_set("(s3|S3|sqs|iam):(Get|Put|\\*|Get\\*|G\\?t)", 1..4);
        let resources = prop::collection::btree_set("\\*|arn:aws:s3:::(a|b|a\\*|\\?)", 1..3);
        let operators = prop::sample::select(vec![
            "StringEquals",
            "StringNotEqualsIfExists",
            "StringLike",
            "ForAnyValue:StringEquals",
            "ForAllValues:StringNotLike",
        ]);
        let values = prop::collection::btree_set("[ab*]", 1..3);
        let keys = prop::collection::btree_map("aws:[XY]", values, 1..3);
        let conditions = prop::collection::btree_map(operators.prop_map(str::to_owned), keys, 0..2);
        (effect, actions, any::<bool>(), resources, any::<bool>(), conditions).prop_map(
            |(effect, actions, not_action, resources, not_resource, conditions)| Statement {
                effect,
                everyone: false,
                actions: if not_action { Actions::NotAction(actions) } else { Actions::Action(actions) },
                resources: if not_resource {
                    Resources::NotResource(resources)
                } else {
                    Resources::Resource(resources)
                },
                conditions,
            },
        )
    }

    pub(in crate::guardrails) fn statements() -> impl Strategy<Value = Document> {
        prop::collection::vec(statement(), 1..4).prop_map(|statements| Document { statements })
    }

    pub(in crate::guardrails) fn request() -> impl Strategy<Value = Request> {
        let key = || prop::option::of("[ab]");
        ("(s3|sqs|iam):(Get|Put|Gut)", "\\*|arn:aws:s3:::(a|b|ab)", key(), key()).prop_map(
            |(action, resource, x, y)| {
                Request::new(developer(), &action).on(&resource).with("aws:X", x).with("aws:Y", y)
            },
        )
    }
}

proptest! {
    #[test]
    fn one_more_denial_never_lets_more_through(
        before in random::statements(),
        more in random::statement(),
        request in random::request(),
    ) {
        let more = Document { statements: vec![Statement { effect: Effect::Deny, ..more }] };
        let access = full_access();
        let without = Evaluator::new([&access, &before]).unwrap().decide(&request).unwrap();
        let with = Evaluator::new([&access, &before, &more]).unwrap().decide(&request).unwrap();
        prop_assert!(without.is_let_through() || !with.is_let_through());
    }

    #[test]
    fn order_and_division_into_documents_do_not_matter(
        all in random::statements(),
        request in random::request(),
    ) {
        let one = Evaluator::new([&all]).unwrap().decide(&request).unwrap();
        let each: Vec<Document> =
            all.statements.iter().rev().map(|statement| Document { statements: vec![statement.clone()] }).collect();
        let many = Evaluator::new(&each).unwrap().decide(&request).unwrap();
        prop_assert_eq!(std::mem::discriminant(&one), std::mem::discriminant(&many));
    }

    #[test]
    fn printing_and_reading_keeps_the_meaning(all in random::statements()) {
        let read: Document = all.to_string().parse().unwrap();
        prop_assert_eq!(read, all);
    }
}
