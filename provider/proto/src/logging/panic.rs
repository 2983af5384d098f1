use std::backtrace::{Backtrace, BacktraceStatus};
use std::fmt::Write as _;
use std::io::Write as _;
use std::panic::PanicHookInfo;

/// Makes panics of this process known to Terraform, which looks for a line that starts with `panic: ` and then shows
/// it, and what follows, to the user even when logging is off.
pub fn panic_hook() {
    std::panic::set_hook(Box::new(|panic| {
        let _ = std::io::stderr().write_all(describe(panic, &Backtrace::capture()).as_bytes());
    }));
}

fn describe(panic: &PanicHookInfo<'_>, backtrace: &Backtrace) -> String {
    let message = panic.payload_as_str().unwrap_or("no message").replace('\n', " ");
    let mut text = format!("panic: {message}\n");
    if let Some(location) = panic.location() {
        let _ = writeln!(text, "at {location}");
    }
    if backtrace.status() == BacktraceStatus::Captured {
        let _ = writeln!(text, "{backtrace}");
    }
    text
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    #[test]
    fn the_first_line_is_what_terraform_looks_for() {
        let seen = Arc::new(Mutex::new(String::new()));
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new({
            let seen = Arc::clone(&seen);
            move |panic| *seen.lock().unwrap() = describe(panic, &Backtrace::disabled())
        }));
        let panicked = std::panic::catch_unwind(|| panic!("two\nlines"));
        std::panic::set_hook(before);
        assert!(panicked.is_err());
        let seen = seen.lock().unwrap();
        assert!(seen.starts_with("panic: two lines\nat "), "{seen}");
        assert!(seen.contains("panic.rs:"), "{seen}");
    }
}
