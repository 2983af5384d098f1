//! `*` and `?` as IAM means them.

/// Whether `text` matches `pattern`, in which `*` is any run of characters, also none, and `?` is one character.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html>
pub(crate) fn matches(pattern: &str, text: &str) -> bool {
    let pattern: Vec<char> = pattern.chars().collect();
    let text: Vec<char> = text.chars().collect();
    let (mut at, mut read) = (0, 0);
    // Where the last `*` was, and how far the text had been read then: the only place to go back to.
    let mut star: Option<(usize, usize)> = None;
    while read < text.len() {
        match pattern.get(at) {
            Some('*') => {
                star = Some((at, read));
                at += 1;
            }
            Some(wanted) if *wanted == '?' || *wanted == text[read] => {
                at += 1;
                read += 1;
            }
            _ => match star {
                Some((place, from)) => {
                    star = Some((place, from + 1));
                    at = place + 1;
                    read = from + 1;
                }
                None => return false,
            },
        }
    }
    pattern[at..].iter().all(|rest| *rest == '*')
}

/// [`matches`] without regard to small and capital letters: names of actions and condition keys.
pub(crate) fn matches_any_case(pattern: &str, text: &str) -> bool {
    matches(&pattern.to_ascii_lowercase(), &text.to_ascii_lowercase())
}

/// Whether an ARN matches a pattern of an ARN as the `Arn` operators compare: each of the six parts by itself, so that
/// `*` never reaches over a colon into the next part.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN>
pub(crate) fn arn_matches(pattern: &str, arn: &str) -> bool {
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    let wanted: Vec<&str> = pattern.splitn(6, ':').collect();
    parts.len() == 6
        && wanted.len() == 6
        && wanted.iter().zip(&parts).all(|(wanted, part)| matches(wanted, part))
}

/// Whether everything that the pattern `narrow` matches is matched by `wide`, where that is easy to see: `wide` is the
/// same, or is a beginning of `narrow` with `*` after it.
pub(crate) fn covers(wide: &str, narrow: &str) -> bool {
    match wide.strip_suffix('*') {
        Some(beginning) => narrow.starts_with(beginning),
        None => wide == narrow,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The same by trying everything.
    fn model(pattern: &[char], text: &[char]) -> bool {
        match (pattern, text) {
            ([], []) => true,
            (['*', rest @ ..], _) => (0..=text.len()).any(|skipped| model(rest, &text[skipped..])),
            (['?', rest @ ..], [_, after @ ..]) => model(rest, after),
            ([wanted, rest @ ..], [found, after @ ..]) => wanted == found && model(rest, after),
            _ => false,
        }
    }

    proptest! {
        #[test]
        fn the_matcher_agrees_with_a_model_that_tries_everything(
            pattern in "[ab*?]{0,8}",
            text in "[ab]{0,10}",
        ) {
            let (p, t): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
            prop_assert_eq!(matches(&pattern, &text), model(&p, &t));
        }

        #[test]
        fn what_is_covered_is_matched(wide in "[ab]{0,2}[*?]{0,2}", narrow in "[ab]{0,2}[ab*?]{0,3}", text in "[ab]{0,4}") {
            if covers(&wide, &narrow) && matches(&narrow, &text) {
                prop_assert!(matches(&wide, &text), "{wide} does not cover {narrow}");
            }
        }
    }

    #[test]
    fn covering_is_seen_where_it_is_easy_to_see() {
        for (wide, narrow, expected) in [
            ("s3:*", "s3:Get*", true),
            ("s3:Get*", "s3:GetObject", true),
            ("*", "s3:?et*", true),
            ("s3:GetObject", "s3:GetObject", true),
            ("s3:Get*", "s3:*", false),
            ("s3:?et*", "s3:?etObject", true),
            ("s3:?*", "s3:Get*", false),
            ("s3:Get?", "s3:Get*", false),
        ] {
            assert_eq!(covers(wide, narrow), expected, "{wide} {narrow}");
        }
    }

    #[test]
    fn arns_are_compared_part_by_part() {
        let role = "arn:aws:iam::111122223333:role/platform/deploy";
        for (pattern, expected) in [
            ("arn:aws:iam::*:role/platform/deploy", true),
            ("arn:*:iam::*:role/*", true),
            ("arn:aws:iam::111122223333:*", true),
            ("arn:aws:iam::11112222333?:role/platform/deploy", true),
            // `*` would have to reach over colons.
            ("arn:aws:*:role/platform/deploy", false),
            ("*", false),
            ("arn:aws:iam::*:role/deploy", false),
        ] {
            assert_eq!(arn_matches(pattern, role), expected, "{pattern}");
        }
        assert!(!arn_matches("arn:aws:iam::*:*", "developer"));
        assert!(matches("arn:aws:*:role/platform/deploy", role), "as a text it would match");
    }

    #[test]
    fn names_of_actions_are_compared_in_any_case() {
        assert!(matches_any_case("S3:get*", "s3:GetObject"));
        assert!(!matches_any_case("s3:Get*", "s3:PutObject"));
    }
}
