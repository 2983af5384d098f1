use super::*;

fn read(text: &str) -> Result<Document, DocumentError> {
    text.parse()
}

#[test]
fn spaces_order_and_sids_are_dropped_and_nothing_else() {
    let document = read(
        r#"{
            "Version": "2012-10-17",
            "Statement": {
                "Sid": "Root", "Effect": "Deny", "Resource": ["*"], "Action": ["s3:B", "s3:A", "s3:A"],
                "Condition": {"Bool": {"aws:SecureTransport": false}, "NumericLessThan": {"s3:TlsVersion": 1.2}}
            }
        }"#,
    )
    .unwrap();
    assert_eq!(
        document.to_string(),
        r#"{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":["s3:A","s3:B"],"Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"},"NumericLessThan":{"s3:TlsVersion":"1.2"}}}]}"#
    );
    assert_eq!(document.bytes(), document.to_string().len());
    assert_eq!(read(&document.to_string()).unwrap(), document);
}

#[test]
fn what_cannot_be_read_surely_is_refused() {
    let statement = |rest: &str| {
        let text = format!(r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Deny",{rest}}}]}}"#);
        read(&text).map(|document| document.to_string()).unwrap_err().reason
    };
    for (rest, word) in [
        (r#""Action":"*""#, "`Resource` or `NotResource`"),
        (r#""Action":"*","NotAction":"s3:*","Resource":"*""#, "`Action` or `NotAction`"),
        (r#""Action":[],"Resource":"*""#, "empty"),
        (r#""Action":"*","Action":"s3:*","Resource":"*""#, "duplicate field"),
        (r#""Action":"*","Resource":"*","NotPrincipal":"*""#, "unknown field"),
        (r#""Action":"*","Resource":"*","Principal":"arn:aws:iam::111122223333:root""#, "can only be `*`"),
        (r#""Action":[["*"]],"Resource":"*""#, "a list may hold"),
        (r#""Action":"*","Resource":"*","Condition":{"Bool":{}}"#, "no key"),
        (r#""Action":"*","Resource":"*","Condition":{"Bool":{"aws:A":"1","AWS:a":"2"}}"#, "there twice"),
    ] {
        let reason = statement(rest);
        assert!(reason.contains(word), "{rest}: {reason}");
    }
    assert!(read(r#"{"Version":"2008-10-17","Statement":[]}"#).unwrap_err().reason.contains("2012-10-17"));
    assert!(read(r#"{"Version":"2012-10-17","Statement":[]}"#).unwrap_err().reason.contains("is empty"));
    assert!(read("{").unwrap_err().to_string().contains("line 1 column 1"));
}
