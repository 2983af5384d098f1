//! What commands say on stdout.

use std::io::Write;

/// Prints a line. A reader that has gone, as in `landform generate | head`, is no error.
pub(crate) fn print(line: &str) {
    let _ = writeln!(anstream::stdout(), "{line}");
}
