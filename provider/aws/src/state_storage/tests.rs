//! What S3 is asked, and what its answers mean.

use super::*;
use crate::testing::environment;
use aws_credential_types::Credentials;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;

/// A server that answers one request with this status; and the first line of the request.
fn server(status: u16) -> (String, std::thread::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let first_line = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map(std::io::Result::unwrap);
        let first = lines.next().unwrap();
        let _ = lines.find(String::is_empty);
        write!(stream, "HTTP/1.1 {status} Status\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").unwrap();
        first
    });
    (url, first_line)
}

async fn storage(url: &str) -> AwsStateStorage {
    let credentials = Credentials::new("AKIACALLER", "secret", None, None, "test");
    AwsStateStorage::new(&environment(url, credentials).await.config)
}

#[tokio::test]
async fn a_bucket_is_addressed_by_path_at_an_endpoint_of_ones_own_and_404_is_none() {
    let (url, first_line) = server(404);
    assert_eq!(storage(&url).await.bucket(&"acme-state".parse().unwrap()).await.unwrap(), None);
    assert_eq!(first_line.join().unwrap(), "HEAD /acme-state/ HTTP/1.1");
}

#[tokio::test]
async fn a_bucket_of_another_account_is_denied() {
    let (url, _) = server(403);
    let error = storage(&url).await.bucket(&"acme-state".parse().unwrap()).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Denied);
}

#[test]
fn a_delete_takes_what_is_not_there_for_done() {
    gone_is_done(Err(CloudError::new(ErrorKind::NotFound, "DeleteBucket", "gone"))).unwrap();
    let denied = CloudError::new(ErrorKind::Denied, "DeleteBucket", "no");
    assert_eq!(gone_is_done(Err(denied)).unwrap_err().kind, ErrorKind::Denied);
}
