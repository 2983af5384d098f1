//! What somebody may have meant who wrote a path that is not there.

/// How many paths a message shows.
const SHOWN: usize = 3;

/// The paths that differ least from `given`, the nearest first; small and capital letters count as the same.
pub(super) fn nearest<'a>(given: &str, paths: &'a [String]) -> Vec<&'a str> {
    let given = given.to_lowercase();
    let mut by_distance: Vec<(usize, &str)> =
        paths.iter().map(|path| (distance(&given, &path.to_lowercase()), path.as_str())).collect();
    by_distance.sort_unstable();
    by_distance.into_iter().take(SHOWN).map(|(_, path)| path).collect()
}

/// How many letters must be put in, taken out or exchanged: <https://en.wikipedia.org/wiki/Levenshtein_distance>.
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (taken, letter) in from.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = taken + 1;
        for (index, other) in to.iter().enumerate() {
            let exchanged = diagonal + usize::from(letter != *other);
            diagonal = row[index + 1];
            row[index + 1] = exchanged.min(diagonal + 1).min(row[index] + 1);
        }
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_comes_first_and_three_are_shown() {
        let paths = ["Infrastructure", "Sandbox", "Workloads", "Workloads/Prod", "Workloads/Test"];
        let paths = paths.map(str::to_owned);
        assert_eq!(nearest("Workload/prd", &paths)[0], "Workloads/Prod");
        assert_eq!(nearest("sandbox", &paths)[0], "Sandbox");
        assert_eq!(nearest("Workload/prd", &paths).len(), 3);
        assert!(nearest("Workloads", &[]).is_empty());
        assert_eq!((distance("kitten", "sitting"), distance("", "abc"), distance("abc", "")), (3, 3, 3));
    }
}
