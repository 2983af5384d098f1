//! The page about reliability shows the table of the cases that there are.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use landform_test_support::faults::{Case, cases, names_in_markdown};
use landform_test_support::scenario::TestBed;

#[test]
fn the_published_table_names_every_case() {
    let page = std::fs::read_to_string(TestBed::workspace().join("docs/reliability.md")).unwrap();
    let (_, rest) = page.split_once("<!-- cargo run -p landform-bench -- faults --markdown -->").unwrap();
    let (table, _) = rest.split_once("<!-- end -->").unwrap();
    let names: Vec<String> = cases().iter().map(Case::name).collect();
    assert_eq!(names_in_markdown(table), names, "write the table anew: its comment says how");
    assert!(!table.contains("| NO |"), "a case did not converge");
}
