//! Which name somebody may have meant.

/// The name that needs the fewest changed letters to become `given`, if a third of its letters or fewer must change.
pub(super) fn nearest<'a>(given: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let near = names.map(|name| (distance(given, name), name));
    near.filter(|(changes, name)| changes * 3 <= name.chars().count()).min().map(|(_, name)| name)
}

/// Letters to put in, take out or change (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (line, letter) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = line + 1;
        for (column, other) in b.iter().enumerate() {
            let changed = diagonal + usize::from(letter != *other);
            diagonal = row[column + 1];
            row[column + 1] = changed.min(row[column] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_is_recognized_and_another_word_is_not() {
        let names = || ["deny-root-user", "protect-backup", "s3", "sqs"].into_iter();
        assert_eq!(nearest("deny-root-usr", names()), Some("deny-root-user"));
        assert_eq!(nearest("protect-backups", names()), Some("protect-backup"));
        assert_eq!(nearest("sq3", names()), Some("sqs"));
        assert_eq!(nearest("encrypt-everything", names()), None);
        assert_eq!(nearest("x", std::iter::empty()), None);
    }
}
