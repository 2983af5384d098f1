//! Creating exactly one object where AWS takes no token.

use crate::{CloudError, ErrorKind, Result};
use std::future::Future;
use std::time::Duration;
use tokio::time::sleep;

/// How long a new object may stay invisible before it counts as never made.
///
/// AWS advises to look again with growing pauses: <https://docs.aws.amazon.com/ec2/latest/devguide/eventual-consistency.html>
const LOOKS: [Duration; 6] = [
    Duration::ZERO,
    Duration::from_millis(500),
    Duration::from_secs(1),
    Duration::from_secs(2),
    Duration::from_secs(4),
    Duration::from_secs(8),
];

/// How often the create itself is sent, at most.
const ATTEMPTS: usize = 4;

/// Sends `create` until its object exists, and never makes a second one.
///
/// - A lost answer ([`ErrorKind::Ambiguous`]) or a conflict ([`ErrorKind::AlreadyExists`]) is followed by `find`, which looks
///   for the object by its ownership tags. Found: that one is the answer. Not found after the settle time: a lost create is
///   sent again, a conflict is an error (the object in the way is not ours).
/// - A throttled create was not executed, so it is sent again after a pause.
/// - Every other error is final.
pub async fn create_once<T, C, CF, F, FF>(create: C, find: F) -> Result<T>
where
    C: Fn() -> CF,
    CF: Future<Output = Result<T>>,
    F: Fn() -> FF,
    FF: Future<Output = Result<Option<T>>>,
{
    let mut attempt = 1;
    loop {
        let error = match create().await {
            Ok(made) => return Ok(made),
            Err(error) => error,
        };
        match error.kind {
            ErrorKind::Ambiguous | ErrorKind::AlreadyExists => {
                tracing::warn!(%error, "looking for the object before creating it again");
                if let Some(found) = look_again(&find).await? {
                    return Ok(found);
                }
                if error.kind == ErrorKind::AlreadyExists {
                    return Err(error);
                }
            }
            ErrorKind::Throttled => sleep(Duration::from_secs(1 << attempt)).await,
            _ => return Err(error),
        }
        if attempt == ATTEMPTS {
            return Err(CloudError {
                message: format!("{} (tried {ATTEMPTS} times)", error.message),
                ..error
            });
        }
        attempt += 1;
    }
}

async fn look_again<T, F, FF>(find: &F) -> Result<Option<T>>
where
    F: Fn() -> FF,
    FF: Future<Output = Result<Option<T>>>,
{
    for pause in LOOKS {
        sleep(pause).await;
        if let Some(found) = find().await? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;

    /// A cloud with one kind of object: what each create does, and after how many looks an object shows.
    struct Toy {
        creates: RefCell<Vec<(bool, Option<ErrorKind>)>>,
        objects: RefCell<Vec<u32>>,
        sent: RefCell<u32>,
        invisible: RefCell<u32>,
    }

    impl Toy {
        fn new(creates: &[(bool, Option<ErrorKind>)], invisible: u32) -> Self {
            Self {
                creates: RefCell::new(creates.to_vec()),
                objects: RefCell::default(),
                sent: RefCell::new(0),
                invisible: RefCell::new(invisible),
            }
        }

        async fn run(&self) -> Result<u32> {
            create_once(
                || async {
                    let (executed, error) = self.creates.borrow_mut().remove(0);
                    *self.sent.borrow_mut() += 1;
                    let id = *self.sent.borrow();
                    if executed {
                        self.objects.borrow_mut().push(id);
                    }
                    error.map_or(Ok(id), |kind| Err(CloudError::new(kind, "CreateVpc", "told to fail")))
                },
                || async {
                    let mut invisible = self.invisible.borrow_mut();
                    if *invisible > 0 {
                        *invisible -= 1;
                        return Ok(None);
                    }
                    Ok(self.objects.borrow().first().copied())
                },
            )
            .await
        }
    }

    use ErrorKind::{AlreadyExists, Ambiguous, Denied, Throttled};

    #[tokio::test(start_paused = true)]
    async fn a_lost_answer_makes_no_second_object() {
        let toy = Toy::new(&[(true, Some(Ambiguous))], 3);
        assert_eq!(toy.run().await.unwrap(), 1);
        assert_eq!(toy.objects.borrow().len(), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn a_lost_request_is_sent_again() {
        let toy = Toy::new(&[(false, Some(Ambiguous)), (true, None)], 0);
        assert_eq!(toy.run().await.unwrap(), 2);
        assert_eq!(toy.objects.borrow().len(), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn a_conflict_with_a_foreign_object_is_an_error() {
        let toy = Toy::new(&[(false, Some(AlreadyExists))], 0);
        assert_eq!(toy.run().await.unwrap_err().kind, AlreadyExists);
        assert_eq!(*toy.sent.borrow(), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn throttling_is_waited_out_and_a_denial_is_final() {
        let toy = Toy::new(&[(false, Some(Throttled)), (true, None)], 0);
        assert_eq!(toy.run().await.unwrap(), 2);
        let toy = Toy::new(&[(false, Some(Denied))], 0);
        assert_eq!(toy.run().await.unwrap_err().kind, Denied);
    }

    #[tokio::test(start_paused = true)]
    async fn attempts_are_bounded() {
        let toy = Toy::new(&[(false, Some(Ambiguous)); 9], 0);
        assert!(toy.run().await.unwrap_err().message.ends_with("(tried 4 times)"));
        assert_eq!(*toy.sent.borrow(), 4);
    }
}
