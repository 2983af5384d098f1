use std::time::{SystemTime, UNIX_EPOCH};

/// The time now in UTC, in the one layout that Terraform reads: `2006-01-02T15:04:05.000000Z`.
pub(super) fn now() -> String {
    let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    format(since_epoch.as_secs(), since_epoch.subsec_micros())
}

fn format(seconds: u64, microseconds: u32) -> String {
    let (year, month, day) = date(seconds / 86_400);
    let (hour, minute, second) = (seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{microseconds:06}Z")
}

/// Year, month and day of a day counted from 1970-01-01. Years are counted from March, so that the leap day is the
/// last one, and in eras of 400 years, which all have the same length.
fn date(day: u64) -> (u64, u64, u64) {
    const DAYS_TO_1970: u64 = 719_468;
    const DAYS_PER_ERA: u64 = 146_097;
    let day = day + DAYS_TO_1970;
    let (era, of_era) = (day / DAYS_PER_ERA, day % DAYS_PER_ERA);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_based = (5 * of_year + 2) / 153;
    let day = of_year - (153 * march_based + 2) / 5 + 1;
    let month = if march_based < 10 { march_based + 3 } else { march_based - 9 };
    (era * 400 + year_of_era + u64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_moments() {
        assert_eq!(format(0, 0), "1970-01-01T00:00:00.000000Z");
        assert_eq!(format(951_827_696, 123_456), "2000-02-29T12:34:56.123456Z");
        assert_eq!(format(1_709_251_199, 7), "2024-02-29T23:59:59.000007Z");
        assert_eq!(format(4_107_542_400, 999_999), "2100-03-01T00:00:00.999999Z");
    }

    #[test]
    fn every_day_follows_the_one_before() {
        let mut before = date(0);
        for day in 1..80_000 {
            let (year, month, of_month) = date(day);
            let next_day = (year, month, of_month) == (before.0, before.1, before.2 + 1);
            let next_month = (year, month, of_month) == (before.0, before.1 + 1, 1) && before.2 >= 28;
            let next_year =
                (year, month, of_month) == (before.0 + 1, 1, 1) && (before.1, before.2) == (12, 31);
            assert!(next_day || next_month || next_year, "{before:?} then {:?}", (year, month, of_month));
            before = (year, month, of_month);
        }
    }
}
