//! Terraform plugin protocol 6: messages, handshake, mutual TLS and the value codec. Knows nothing of AWS.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

pub mod cty;
