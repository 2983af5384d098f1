//! Many starts as one table.

use std::fmt;
use std::path::Path;
use std::time::Duration;

use crate::{Start, StartError};

/// The middle and the worst of many durations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spread {
    /// Half of them took no longer.
    pub median: Duration,
    /// The longest.
    pub max: Duration,
}

impl Spread {
    fn of(mut durations: Vec<Duration>) -> Spread {
        durations.sort_unstable();
        let at = |index: usize| durations.get(index).copied().unwrap_or_default();
        Spread { median: at(durations.len() / 2), max: at(durations.len().saturating_sub(1)) }
    }

    fn to_json(self) -> serde_json::Value {
        serde_json::json!({"median_ms": milliseconds(self.median), "max_ms": milliseconds(self.max)})
    }
}

/// In milliseconds.
impl fmt::Display for Spread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.1} ms, at most {:.1} ms", milliseconds(self.median), milliseconds(self.max))
    }
}

/// What a provider binary takes.
#[derive(Clone, Copy, Debug)]
pub struct Report {
    /// How often the process was started.
    pub starts: usize,
    /// See [`Start::handshake`].
    pub handshake: Spread,
    /// See [`Start::connection`].
    pub connection: Spread,
    /// See [`Start::schema`].
    pub schema: Spread,
    /// See [`Start::end`].
    pub end: Spread,
    /// See [`Start::schema_bytes`].
    pub schema_bytes: usize,
    /// The most of all starts, in bytes; see [`Start::resident_memory`].
    pub resident_memory: u64,
    /// The size of the binary in bytes.
    pub binary_bytes: u64,
}

impl Report {
    /// Starts `binary` once without measuring, so that it is read from the disk, and then `starts` times.
    ///
    /// # Errors
    /// See [`Start::measure`].
    pub fn measure(binary: &Path, starts: usize) -> Result<Report, StartError> {
        Start::measure(binary)?;
        let all = (0..starts).map(|_| Start::measure(binary)).collect::<Result<Vec<_>, _>>()?;
        let spread = |part: fn(&Start) -> Duration| Spread::of(all.iter().map(part).collect());
        Ok(Report {
            starts,
            handshake: spread(|start| start.handshake),
            connection: spread(|start| start.connection),
            schema: spread(|start| start.schema),
            end: spread(|start| start.end),
            schema_bytes: all.iter().map(|start| start.schema_bytes).max().unwrap_or_default(),
            resident_memory: all.iter().map(|start| start.resident_memory).max().unwrap_or_default(),
            binary_bytes: binary.metadata().map(|about| about.len()).unwrap_or_default(),
        })
    }

    /// For machines; durations in milliseconds, sizes in bytes.
    pub fn to_json(&self) -> serde_json::Value {
        serde_json::json!({
            "starts": self.starts,
            "handshake": self.handshake.to_json(),
            "connection": self.connection.to_json(),
            "schema": self.schema.to_json(),
            "end": self.end.to_json(),
            "schema_bytes": self.schema_bytes,
            "resident_memory_bytes": self.resident_memory,
            "binary_bytes": self.binary_bytes,
        })
    }
}

/// One line for each number.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "  start to handshake  {}", self.handshake)?;
        writeln!(f, "  connection (mTLS)   {}", self.connection)?;
        writeln!(f, "  GetProviderSchema   {} ({} bytes)", self.schema, self.schema_bytes)?;
        writeln!(f, "  Shutdown to end     {}", self.end)?;
        writeln!(f, "  idle memory         {:.1} MB", megabytes(self.resident_memory))?;
        writeln!(f, "  binary              {:.1} MB", megabytes(self.binary_bytes))
    }
}

fn milliseconds(duration: Duration) -> f64 {
    (duration.as_secs_f64() * 1e6).round() / 1e3
}

/// Of a million bytes.
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spread_is_the_middle_and_the_end() {
        let spread =
            |numbers: &[u64]| Spread::of(numbers.iter().copied().map(Duration::from_millis).collect());
        assert_eq!(spread(&[9, 1, 3, 2, 4]).to_string(), "3.0 ms, at most 9.0 ms");
        assert_eq!(spread(&[5]).to_string(), "5.0 ms, at most 5.0 ms");
        assert_eq!(spread(&[]).to_string(), "0.0 ms, at most 0.0 ms");
    }
}
