//! The known name that somebody may have meant.

/// The candidate with the fewest edits from `given`, when that is at most a third of its length (and at least one).
pub(crate) fn nearest<'a>(given: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let given: Vec<char> = given.to_lowercase().chars().collect();
    candidates
        .into_iter()
        .map(|candidate| (distance(&given, candidate), candidate))
        .filter(|(edits, candidate)| *edits <= (candidate.chars().count() / 3).max(1))
        .min()
        .map(|(_, candidate)| candidate)
}

/// Insertions, deletions, replacements and swaps of neighbours between the two.
fn distance(given: &[char], candidate: &str) -> usize {
    let candidate: Vec<char> = candidate.to_lowercase().chars().collect();
    let mut rows: Vec<Vec<usize>> = vec![(0..=candidate.len()).collect()];
    for (i, from) in given.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, to) in candidate.iter().enumerate() {
            let mut edits = (rows[i][j + 1] + 1).min(row[j] + 1).min(rows[i][j] + usize::from(from != to));
            if i > 0 && j > 0 && given[i - 1] == *to && *from == candidate[j - 1] {
                edits = edits.min(rows[i - 1][j - 1] + 1);
            }
            row.push(edits);
        }
        rows.push(row);
    }
    rows[given.len()][candidate.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_found_and_strangers_are_not() {
        let fields =
            ["name", "environment", "account", "region", "cidr", "profile", "azs", "tiers", "egress"];
        for (given, meant) in [
            ("cdir", Some("cidr")),
            ("enviroment", Some("environment")),
            ("Region", Some("region")),
            ("tier", Some("tiers")),
            ("az", Some("azs")),
            ("peering", None),
            ("", None),
        ] {
            assert_eq!(nearest(given, fields), meant, "{given}");
        }
    }
}
