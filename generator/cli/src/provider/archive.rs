//! The archive of one platform.

use std::io::{Cursor, Write};

// Names the implementation of deflate that zip is to use: the one whose output does not depend on the processor.
use flate2 as _;
use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::date::Date;
use super::release;

const LICENSE: &[u8] = include_bytes!("../../../../LICENSE");
const README: &[u8] = include_bytes!("../../../../README.md");

/// The bytes of the archive: licence, introduction and executable, sorted by name. The same input gives the same bytes.
pub(super) fn pack(binary: &[u8], date: Date) -> ZipResult<Vec<u8>> {
    let name = release::binary();
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, mode, bytes) in
        [("LICENSE", 0o644, LICENSE), ("README.md", 0o644, README), (&name, 0o755, binary)]
    {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(date.zip())
            .unix_permissions(mode);
        zip.start_file(name, options)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}
