//! Operating system and processor of a binary.

use std::fmt;

/// A platform that the provider is built for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Platform {
    system: &'static str,
    processor: &'static str,
    /// Rust's name of it.
    pub(super) target: &'static str,
}

const PLATFORMS: [Platform; 4] = [
    Platform { system: "linux", processor: "amd64", target: "x86_64-unknown-linux-gnu" },
    Platform { system: "linux", processor: "arm64", target: "aarch64-unknown-linux-gnu" },
    Platform { system: "darwin", processor: "amd64", target: "x86_64-apple-darwin" },
    Platform { system: "darwin", processor: "arm64", target: "aarch64-apple-darwin" },
];

impl Platform {
    /// What the first bytes of an executable say; `None` for a script, or a platform that is not built for.
    ///
    /// The file is asked, not the machine: an archive under another platform's name would fail only at the user's.
    pub(super) fn of(binary: &[u8]) -> Option<Platform> {
        let number = |at: usize, bytes: usize| {
            let bytes = binary.get(at..at + bytes)?;
            Some(bytes.iter().rev().fold(0_u32, |number, byte| number << 8 | u32::from(*byte)))
        };
        // 64 bits, least significant byte first: ELF (<https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html>).
        let (system, processor) = if binary.starts_with(b"\x7fELF\x02\x01") {
            (
                "linux",
                [(62, "amd64"), (183, "arm64")].into_iter().find(|(code, _)| number(18, 2) == Some(*code))?,
            )
        // Mach-O (<https://github.com/apple-oss-distributions/xnu/blob/main/EXTERNAL_HEADERS/mach-o/loader.h>).
        } else if binary.starts_with(b"\xcf\xfa\xed\xfe") {
            let codes = [(0x0100_0007, "amd64"), (0x0100_000c, "arm64")];
            ("darwin", codes.into_iter().find(|(code, _)| number(4, 4) == Some(*code))?)
        } else {
            return None;
        };
        PLATFORMS.into_iter().find(|known| (known.system, known.processor) == (system, processor.1))
    }
}

/// As Terraform writes it: `linux_amd64`.
impl fmt::Display for Platform {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}_{}", self.system, self.processor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_names_the_platform() {
        let elf = |machine: u8| [&b"\x7fELF\x02\x01\x01"[..], &[0; 9], &[3, 0, machine, 0]].concat();
        let mach = |processor: u8| [&b"\xcf\xfa\xed\xfe"[..], &[processor, 0, 0, 1]].concat();
        for (binary, platform) in [
            (elf(62), Some("linux_amd64")),
            (elf(183), Some("linux_arm64")),
            (mach(7), Some("darwin_amd64")),
            (mach(12), Some("darwin_arm64")),
            (elf(3), None),
            (b"#!/bin/sh\n".to_vec(), None),
            (b"\x7fELF\x02\x01".to_vec(), None),
        ] {
            assert_eq!(Platform::of(&binary).map(|platform| platform.to_string()).as_deref(), platform);
        }
    }
}
