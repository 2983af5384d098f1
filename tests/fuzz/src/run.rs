use std::env;
use std::io::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::Chance;

/// A case that takes longer hangs, also on a busy machine.
const LONGEST: Duration = Duration::from_secs(20);

/// Runs `case` with cases number 0 to `cases`, times what the environment variable `LANDFORM_FUZZ` says. Prints how long
/// it took, whether or not output is captured, and returns how many cases there were.
///
/// `LANDFORM_FUZZ_CASE` runs the case of that number only.
///
/// # Panics
/// A case panics, which is shown with its number, or takes longer than 20 seconds.
pub fn run(target: &str, cases: u64, case: impl Fn(&mut Chance) + Send + 'static) -> u64 {
    let variable = |name: &str| env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let cases = match variable("LANDFORM_FUZZ_CASE") {
        Some(only) => only..only + 1,
        None => 0..cases * variable("LANDFORM_FUZZ").unwrap_or(1),
    };
    let count = cases.end - cases.start;
    let begin = Instant::now();
    let current = Arc::new(AtomicU64::new(cases.start));
    let (ended, end) = channel::<()>();
    let worker = thread::spawn({
        let (current, seed) = (Arc::clone(&current), seed_of(target));
        move || {
            // Dropped when the thread ends, however it does.
            let _ended = ended;
            for number in cases {
                current.store(number, Ordering::Relaxed);
                let mut chance = Chance::new(seed.wrapping_add(number.wrapping_mul(0x2545_f491_4f6c_dd1d)));
                if let Err(panic) = catch_unwind(AssertUnwindSafe(|| case(&mut chance))) {
                    tell(&format!("the last panic was in case {number} (LANDFORM_FUZZ_CASE={number})"));
                    resume_unwind(panic);
                }
            }
        }
    });
    let mut seen = None;
    while end.recv_timeout(LONGEST) == Err(RecvTimeoutError::Timeout) {
        let now = Some(current.load(Ordering::Relaxed));
        assert_ne!(seen, now, "{target}: case {now:?} hangs");
        seen = now;
    }
    if let Err(panic) = worker.join() {
        resume_unwind(panic);
    }
    tell(&format!("{target}: {count} cases in {:.1} s", begin.elapsed().as_secs_f64()));
    count
}

/// A target has cases of its own.
fn seed_of(target: &str) -> u64 {
    target
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Past the capture of the test harness, which hides the output of tests that pass.
fn tell(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    #[test]
    fn every_case_is_run_and_always_the_same() {
        let draws = || {
            let drawn = Arc::new(Mutex::new(Vec::new()));
            let kept = Arc::clone(&drawn);
            run("run::draws", 100, move |chance| kept.lock().unwrap().push(chance.number()));
            let drawn = drawn.lock().unwrap();
            drawn.clone()
        };
        assert_eq!(draws().len(), 100);
        assert_eq!(draws(), draws());
    }

    #[test]
    #[should_panic(expected = "as wished")]
    fn a_panic_in_a_case_is_passed_on() {
        run("run::panics", 100, |chance| assert!(chance.below(10) != 3, "as wished"));
    }
}
