/// What decides a case: numbers that look random and follow from a seed.
#[derive(Clone, Debug)]
pub struct Chance {
    state: u64,
}

impl Chance {
    /// The numbers that follow from `seed`.
    pub fn new(seed: u64) -> Chance {
        Chance { state: seed }
    }

    /// The next number. This is [SplitMix64](https://prng.di.unimi.it/splitmix64.c), which is short and quick, and good
    /// for any seed.
    pub fn number(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`; 0 when the limit is 0.
    pub fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.number() % (limit as u64).max(1)).unwrap_or_default()
    }

    /// True once in `times`.
    pub fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// One of these.
    ///
    /// # Panics
    /// There are none.
    pub fn pick<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.below(choices.len())]
    }

    /// Up to `longest` random bytes.
    pub fn bytes(&mut self, longest: usize) -> Vec<u8> {
        (0..self.below(longest + 1)).map(|_| self.number().to_le_bytes()[0]).collect()
    }

    /// A text: mostly a short word, now and then one that somebody may stumble over.
    pub fn text(&mut self) -> String {
        const WORDS: [&str; 12] = [
            "a",
            "b",
            "name",
            "vpc-1a2b",
            "10.0.0.0/16",
            "main",
            "",
            "0",
            "1",
            "true",
            "arn:aws:s3:::x",
            "1h30m",
        ];
        const TRAPS: [&str; 16] = [
            "null",
            "1e5",
            "-0",
            "\u{0}",
            "\"\\\n\t",
            "caf\u{e9}",
            "cafe\u{301}",
            "\u{301}",
            "\u{212b}",
            "\u{1f468}\u{200d}\u{1f469}",
            "\u{feff}x",
            "\u{10ffff}",
            "${x}%{y}",
            "\u{1100}\u{1161}\u{11a8}",
            "x\u{323}\u{301}",
            " ",
        ];
        match self.below(20) {
            0 => {
                let length = self.below(6);
                (0..length)
                    .filter_map(|_| char::from_u32(u32::try_from(self.below(0x11_0000)).ok()?))
                    .collect()
            }
            1..=3 => (*self.pick(&TRAPS)).to_owned(),
            4 if self.one_in(20) => self.text().repeat(1000),
            _ => (*self.pick(&WORDS)).to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_says_all() {
        let draw = |seed| {
            let mut chance = Chance::new(seed);
            (chance.number(), chance.text(), chance.bytes(100), chance.below(7))
        };
        assert_eq!(draw(3), draw(3));
        assert_ne!(draw(3), draw(4));
    }

    #[test]
    fn every_choice_comes_up() {
        let mut chance = Chance::new(1);
        let drawn: std::collections::BTreeSet<usize> = (0..1000).map(|_| chance.below(16)).collect();
        assert_eq!(drawn.len(), 16);
        assert_eq!(chance.below(0), 0);
    }
}
