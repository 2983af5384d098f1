//! The known name that somebody may have meant. Small and capital letters count as the same.

/// The candidate with the fewest edits from `given`, when that is at most a third of its length (and at least one).
pub fn nearest<'a>(given: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let mut near = measured(given, candidates);
    near.retain(|(Nearness { edits, .. }, candidate)| *edits <= (candidate.chars().count() / 3).max(1));
    near.into_iter().min().map(|(_, candidate)| candidate)
}

/// All candidates, those with the fewest edits from `given` first.
pub fn nearest_first<'a>(given: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let mut all = measured(given, candidates);
    all.sort_unstable();
    all.into_iter().map(|(_, candidate)| candidate).collect()
}

/// How near a candidate is: by its edits, and among equal ones by its length.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Nearness {
    edits: usize,
    longer_or_shorter: usize,
}

fn measured<'a>(given: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<(Nearness, &'a str)> {
    let given: Vec<char> = given.to_lowercase().chars().collect();
    let measure = |candidate: &'a str| {
        let longer_or_shorter = given.len().abs_diff(candidate.chars().count());
        (Nearness { edits: distance(&given, candidate), longer_or_shorter }, candidate)
    };
    candidates.into_iter().map(measure).collect()
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
        let names = ["deny-root-user", "protect-backup", "s3", "sqs"];
        assert_eq!(nearest("deny-root-usr", names), Some("deny-root-user"));
        assert_eq!(nearest("protect-backups", names), Some("protect-backup"));
        assert_eq!(nearest("sq3", names), Some("sqs"));
        assert_eq!(nearest("encrypt-everything", names), None);
        assert_eq!(nearest("x", []), None);
    }

    #[test]
    fn the_nearest_comes_first() {
        let paths = ["Infrastructure", "Sandbox", "Workloads", "Workloads/Prod", "Workloads/Test"];
        assert_eq!(nearest_first("Workload/prd", paths)[0], "Workloads/Prod");
        assert_eq!(nearest_first("sandbox", paths)[0], "Sandbox");
        assert_eq!(nearest_first("Workload/prd", paths).len(), 5);
        assert!(nearest_first("Workloads", []).is_empty());
        let distance = |from: &str, to| super::distance(&from.chars().collect::<Vec<_>>(), to);
        assert_eq!((distance("kitten", "sitting"), distance("", "abc"), distance("abc", "")), (3, 3, 3));
    }
}
