use proptest::collection::vec;
use proptest::prelude::*;

use super::*;

fn policy(text: &str) -> PolicyJson {
    text.parse().unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// A policy with `statement` in it.
fn with(statement: &str) -> String {
    format!(r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow",{statement}}}]}}"#)
}

#[test]
fn the_canonical_text() {
    let text = r#"
        { "Version": "2012-10-17",
          "Statement": { "Sid": "", "Resource": ["*"], "Effect": "Allow",
            "Action": ["s3:PutObject", "s3:GetObject", "s3:PutObject"],
            "Condition": { "Bool": { "aws:SecureTransport": true } },
            "Principal": { "Service": ["ec2.amazonaws.com"], "AWS": "arn:aws:iam::210987654321:root" } } }"#;
    let canonical = concat!(
        r#"{"Statement":[{"Action":["s3:GetObject","s3:PutObject"],"#,
        r#""Condition":{"Bool":{"aws:SecureTransport":"true"}},"Effect":"Allow","#,
        r#""Principal":{"AWS":"210987654321","Service":"ec2.amazonaws.com"},"Resource":"*"}],"#,
        r#""Version":"2012-10-17"}"#
    );
    assert_eq!(policy(text).to_string(), canonical);
    assert_eq!(policy(canonical).to_string(), canonical);
}

#[test]
fn spellings_of_one_policy_are_equal() {
    for (one, other) in [
        (r#""Action":"a:B","Resource":"*""#, r#" "Resource" : [ "*" ] , "Action" : ["a:B"] "#),
        (r#""Action":["a:B","a:C"],"Resource":"*""#, r#""Action":["a:C","a:B","a:C"],"Resource":"*""#),
        (r#""NotAction":"a:B","NotResource":["x","y"]"#, r#""NotAction":["a:B"],"NotResource":["y","x"]"#),
        (r#""Action":"a:B","Sid":"""#, r#""Action":"a:B""#),
        (r#""Action":"a:B","Principal":"*""#, r#""Action":"a:B","Principal":{"AWS":["*"]}"#),
        (
            r#""Action":"a:B","Principal":{"AWS":["210987654321","arn:aws-cn:iam::000000000012:role/x"]}"#,
            r#""Action":"a:B","Principal":{"AWS":["arn:aws-cn:iam::000000000012:role/x","arn:aws:iam::210987654321:root"]}"#,
        ),
        (
            r#""Action":"a:B","Condition":{"StringEquals":{"k":["b","a"]},"Null":{"k":"true"}}"#,
            r#""Action":"a:B","Condition":{"Null":{"k":[true]},"StringEquals":{"k":["a","b"]}}"#,
        ),
        (
            r#""Action":"a:B","Condition":{"NumericLessThan":{"k":10}}"#,
            r#""Action":"a:B","Condition":{"NumericLessThan":{"k":"10"}}"#,
        ),
        (r#""Action":"a:\u0042""#, r#""Action":"a:B""#),
    ] {
        assert_eq!(policy(&with(one)), policy(&with(other)), "{one}");
    }
    let list = r#"{"Statement":[{"Effect":"Deny","Action":"b"},{"Effect":"Allow","Action":"a"}]}"#;
    let turned = r#"{"Statement":[{"Action":"a","Effect":"Allow"},{"Effect":"Deny","Action":"b"}]}"#;
    assert_eq!(policy(list), policy(turned));
}

#[test]
fn other_meanings_are_other_policies() {
    let base = r#""Action":["a:B","a:C"],"Resource":"*","Sid":"x","Condition":{"Bool":{"k":"true"}}"#;
    for other in [
        r#""Action":["a:B"],"Resource":"*","Sid":"x","Condition":{"Bool":{"k":"true"}}"#,
        r#""NotAction":["a:B","a:C"],"Resource":"*","Sid":"x","Condition":{"Bool":{"k":"true"}}"#,
        r#""Action":["a:B","a:C"],"NotResource":"*","Sid":"x","Condition":{"Bool":{"k":"true"}}"#,
        r#""Action":["a:B","a:C"],"Resource":"*","Sid":"y","Condition":{"Bool":{"k":"true"}}"#,
        r#""Action":["a:B","a:C"],"Resource":"*","Sid":"x","Condition":{"Bool":{"k":"false"}}"#,
        r#""Action":["a:B","a:C"],"Resource":"*","Sid":"x","Condition":{"Bool":{"l":"true"}}"#,
        r#""Action":["a:B","a:C"],"Resource":"*","Sid":"x""#,
        r#""Action":["a:B","a:C"],"Resource":[],"Sid":"x","Condition":{"Bool":{"k":"true"}}"#,
        r#""Action":["a:B","a:C"],"Sid":"x","Condition":{"Bool":{"k":"true"}}"#,
    ] {
        assert_ne!(policy(&with(base)), policy(&with(other)), "{other}");
    }
    assert_ne!(policy(&with(base)), policy(&with(base).replace("2012", "2008")));
    assert_ne!(policy(&with(base)), policy(&with(base).replace("Allow", "Deny")));
}

#[test]
fn errors_name_the_place_and_the_rule() {
    for (text, part) in [
        (String::new(), "not valid JSON: EOF"),
        ("arn:aws:iam::aws:policy/x".to_owned(), "not valid JSON"),
        (with(r#""Action":"a","Action":"b""#), "the key `Action` is there twice at line 1 column"),
        (with(r#""Action":"a","Condition":{"X":{"k":"1","k":"2"}}"#), "the key `k` is there twice"),
        (format!("{}x", with(r#""Action":"a""#)), "trailing characters"),
        ("[".repeat(100_000), "recursion limit"),
        ("[]".to_owned(), "at `policy`: it is an object; a list is given"),
        ("{}".to_owned(), "at `Statement`: it is missing"),
        (
            r#"{"Statement":"x"}"#.to_owned(),
            "at `Statement`: it is a statement or a list of them, not a text",
        ),
        (r#"{"Statement":[3]}"#.to_owned(), "at `Statement[0]`: it is an object; a number is given"),
        (r#"{"Version":"2012","Statement":[]}"#.to_owned(), "at `Version`: it is `2012-10-17`"),
        (r#"{"statement":[]}"#.to_owned(), "at `statement`: there is no such element"),
        (with(r#""Actions":"a""#), "at `Statement[0].Actions`: there is no such element"),
        (with(r#""Resource":"a""#), "at `Statement[0]`: it has neither `Action` nor `NotAction`"),
        (with(r#""Action":"a","NotAction":"b""#), "either `Action` or `NotAction`, not both"),
        (
            with(r#""Action":["a",1]"#),
            "at `Statement[0].Action`: it is a text or a list of texts; a number is given",
        ),
        (with(r#""Action":null"#), "null is given"),
        (with(r#""Action":"a","Sid":1"#), "at `Statement[0].Sid`: it is a text; a number is given"),
        (with(r#""Action":"a","Principal":"x""#), "at `Statement[0].Principal`: it is `*`, or an object"),
        (
            with(r#""Action":"a","Principal":{"aws":"x"}"#),
            "at `Statement[0].Principal.aws`: there is no such",
        ),
        (
            with(r#""Action":"a","Condition":{"Bool":"x"}"#),
            "at `Statement[0].Condition.Bool`: it is an object",
        ),
        (with(r#""Action":"a","Condition":{"Bool":{"k":{}}}"#), "at `Statement[0].Condition.Bool.k`"),
        (
            with(r#""Action":"a""#).replace("Allow", "allow"),
            "at `Statement[0].Effect`: it is `Allow` or `Deny`",
        ),
    ] {
        let error = text.parse::<PolicyJson>().unwrap_err().to_string();
        assert!(error.contains(part), "{error}");
    }
    let long = format!(r#"{{"{}":1}}"#, "x".repeat(100_000));
    assert!(long.parse::<PolicyJson>().unwrap_err().to_string().len() < 400);
}

/// Whether it allows, actions, resources, values of a condition.
type Statement = (bool, Vec<u8>, Vec<u8>, Vec<u8>);

/// A policy, spelled in ways that do not matter: `spelling` decides one after the other.
fn spelled(statements: &[Statement], spelling: &[bool]) -> String {
    let mut choices = spelling.iter().copied().cycle();
    let mut choose = move || choices.next().unwrap_or_default();
    let list = |names: &[u8], choose: &mut dyn FnMut() -> bool| {
        let mut texts: Vec<String> = names.iter().map(|name| format!(r#""s:{name}""#)).collect();
        if choose() {
            texts.reverse();
        }
        if choose() {
            texts.extend(texts.first().cloned());
        }
        if texts.len() == 1 && choose() { texts.remove(0) } else { format!("[{}]", texts.join(" , ")) }
    };
    let mut all: Vec<String> = statements
        .iter()
        .map(|(allow, actions, resources, conditions)| {
            let mut elements = [
                format!(r#""Effect":"{}""#, if *allow { "Allow" } else { "Deny" }),
                format!(r#""Action":{}"#, list(actions, &mut choose)),
                format!(r#""Resource" : {}"#, list(resources, &mut choose)),
                format!(r#""Condition":{{"StringLike":{{"k":{}}}}}"#, list(conditions, &mut choose)),
            ];
            if choose() {
                elements.reverse();
            }
            format!("{{{}}}", elements.join(if choose() { ",\n  " } else { "," }))
        })
        .collect();
    if choose() {
        all.reverse();
    }
    let all = if all.len() == 1 && choose() { all.remove(0) } else { format!("[{}]", all.join(",")) };
    format!(r#"{{"Version":"2012-10-17","Statement":{all}}}"#)
}

fn statements() -> impl Strategy<Value = Vec<Statement>> {
    let names = || prop::collection::btree_set(0..4_u8, 1..4).prop_map(|names| names.into_iter().collect());
    vec((any::<bool>(), names(), names(), names()), 0..3)
}

proptest! {
    #[test]
    fn spelling_never_matters(
        statements in statements(),
        a in vec(any::<bool>(), 1..30),
        b in vec(any::<bool>(), 1..30),
    ) {
        let (one, other) = (policy(&spelled(&statements, &a)), policy(&spelled(&statements, &b)));
        prop_assert_eq!(&one, &other);
        prop_assert_eq!(&policy(&one.to_string()), &one);
        prop_assert_eq!(serde_json::from_str::<PolicyJson>(&serde_json::to_string(&one).unwrap()).unwrap(), one);
    }

    #[test]
    fn meaning_always_matters(
        a in statements(),
        b in statements(),
        spelling in vec(any::<bool>(), 1..30),
    ) {
        let meaning = |statements: &[Statement]| -> std::collections::BTreeSet<_> {
            statements.iter().cloned().collect()
        };
        let equal = policy(&spelled(&a, &spelling)) == policy(&spelled(&b, &spelling));
        prop_assert_eq!(equal, meaning(&a) == meaning(&b));
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC*|[\\[\\]{}\",:0-9.eE+\\-a-z\\\\ ]{0,60}", at: prop::sample::Index) {
        let base = with(r#""Action":["a:B"],"Principal":{"AWS":"*"},"Condition":{"Bool":{"k":true}}"#);
        let mut damaged = base.clone();
        damaged.insert_str(at.index(base.len()), &text);
        for text in [text, damaged] {
            if let Ok(read) = text.parse::<PolicyJson>() {
                prop_assert_eq!(policy(&read.to_string()), read);
            }
        }
    }
}

#[test]
fn full_access_is_told_in_every_spelling_that_aws_answers() {
    let statement = r#""Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]"#;
    for version in ["", r#","Version":"2008-10-17""#, r#","Version":"2012-10-17""#] {
        assert!(policy(&format!("{{{statement}{version}}}")).is_full_access(), "{version}");
    }
    let full = PolicyJson::full_access();
    assert_eq!(policy(full.as_str()), full);
    assert!(full.is_full_access());
    assert!(!policy(&with(r#""Action":"*","Principal":"*","Resource":"x""#)).is_full_access());
    let two = full.as_str().replace("}],", r#"},{"Action":"a:B","Effect":"Deny"}],"#);
    assert!(!policy(&two).is_full_access());
}

#[test]
fn policies_of_resources_name_principals_in_each_statement() {
    let names = |text: &str| text.parse::<PolicyJson>().unwrap().names_principals();
    assert!(PolicyJson::full_access().names_principals());
    let with = r#"{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*"}"#;
    let without = r#"{"Effect":"Allow","Action":"s3:*","Resource":"*"}"#;
    assert!(names(&format!(r#"{{"Statement":[{with}]}}"#)));
    assert!(!names(&format!(r#"{{"Statement":{without}}}"#)));
    assert!(!names(&format!(r#"{{"Statement":[{with},{without}]}}"#)));
}
