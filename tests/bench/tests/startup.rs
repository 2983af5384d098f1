//! The dev build starts soon and takes little. The bounds are wide: they are for what goes badly wrong.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::path::Path;

use landform_bench::{Limits, Report};
use landform_sandbox::{Profile, ProviderBuild};

#[test]
fn the_provider_starts_soon_and_takes_little() {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap();
    let build = ProviderBuild::new(workspace, Profile::Dev).along_with_tests();
    let binary = build.build(&|line| eprintln!("{line}"), &|_| ()).unwrap();
    let report = Report::measure(&binary, 7).unwrap();
    eprint!("{report}");
    assert_eq!(Limits::DEV.exceeded_by(&report), Vec::<String>::new());
    assert!(report.schema_bytes > 1000, "{}", report.schema_bytes);
}
