use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};

use tonic::Status;
use tonic::body::Body;
use tonic::codegen::{BoxFuture, http};

/// The answer to one call, which may panic on its way. Without this the whole connection would go with it, and with the
/// connection the answers to all other calls: objects that were made meanwhile would be missing in Terraform's state.
pub(super) struct MayPanic<E> {
    answer: BoxFuture<http::Response<Body>, E>,
}

impl<E> MayPanic<E> {
    pub(super) fn new(answer: BoxFuture<http::Response<Body>, E>) -> MayPanic<E> {
        MayPanic { answer }
    }
}

impl<E> Future for MayPanic<E> {
    type Output = Result<http::Response<Body>, E>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        // After a panic the answer is never looked at again, so what it left half done cannot be seen.
        catch_unwind(AssertUnwindSafe(|| self.answer.as_mut().poll(context))).unwrap_or_else(|_| {
            let status = Status::internal(
                "the provider panicked; this is a fault in the provider, and its log has the details",
            );
            Poll::Ready(Ok(status.into_http()))
        })
    }
}
