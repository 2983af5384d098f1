//! What the numbers should stay below.

use std::time::Duration;

use crate::Report;

/// Upper bounds. Of times the medians are compared: the machine's other work is not the provider's.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// From the start of the process to its handshake line.
    pub handshake: Duration,
    /// For the first `GetProviderSchema`.
    pub schema: Duration,
    /// Idle, in bytes.
    pub resident_memory: u64,
    /// In bytes.
    pub binary_bytes: u64,
}

impl Limits {
    /// What users should get: reported, as it depends on the machine.
    pub const RELEASE: Limits = Limits {
        handshake: Duration::from_millis(20),
        schema: Duration::from_millis(10),
        resident_memory: 20_000_000,
        binary_bytes: 40_000_000,
    };

    /// What an unoptimized build keeps on any machine, unless something starts to do much more at every start.
    pub const DEV: Limits = Limits {
        handshake: Duration::from_millis(500),
        schema: Duration::from_millis(100),
        resident_memory: 60_000_000,
        binary_bytes: 400_000_000,
    };

    /// One sentence for each limit that `report` does not keep.
    pub fn exceeded_by(&self, report: &Report) -> Vec<String> {
        let time = |what, limit: Duration, is: Duration| {
            (is >= limit).then(|| format!("{what} takes {is:.1?}, not less than {limit:?}"))
        };
        let size = |what, limit: u64, is: u64| {
            (is >= limit).then(|| format!("{what} is {is} bytes, not less than {limit}"))
        };
        let all = [
            time("start to handshake", self.handshake, report.handshake.median),
            time("GetProviderSchema", self.schema, report.schema.median),
            size("idle memory", self.resident_memory, report.resident_memory),
            size("the binary", self.binary_bytes, report.binary_bytes),
        ];
        all.into_iter().flatten().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Spread;

    #[test]
    fn every_limit_counts() {
        let spread = |milliseconds| {
            let time = Duration::from_millis(milliseconds);
            Spread { median: time, max: 100 * time }
        };
        let good = Report {
            starts: 1,
            handshake: spread(19),
            connection: spread(1000),
            schema: spread(9),
            end: spread(1000),
            schema_bytes: 1,
            resident_memory: 19_999_999,
            binary_bytes: 39_999_999,
        };
        assert_eq!(Limits::RELEASE.exceeded_by(&good), Vec::<String>::new());
        let bad = Report {
            handshake: spread(20),
            schema: spread(10),
            resident_memory: 20_000_000,
            binary_bytes: 40_000_000,
            ..good
        };
        let expected = [
            "start to handshake takes 20.0ms, not less than 20ms",
            "GetProviderSchema takes 10.0ms, not less than 10ms",
            "idle memory is 20000000 bytes, not less than 20000000",
            "the binary is 40000000 bytes, not less than 40000000",
        ];
        assert_eq!(Limits::RELEASE.exceeded_by(&bad), expected);
    }
}
