//! The place of an availability zone in a layout.

use serde::{Deserialize, Serialize};

use crate::text::word_type;

/// The letter `a` to `h` that the spec gives to an availability zone once and for all.
///
/// A slot, not the order of zones in a list, decides where a subnet lies: adding or removing a zone moves no other. How many
/// slots there are is the profile's: [`super::Profile::slots`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slot(u8);

impl Slot {
    /// All slots in order.
    pub const ALL: [Slot; 8] = [Slot(0), Slot(1), Slot(2), Slot(3), Slot(4), Slot(5), Slot(6), Slot(7)];

    /// The position in the layout, 0 for `a` to 7 for `h`.
    pub const fn index(self) -> u32 {
        self.0 as u32
    }

    /// The letter.
    pub const fn as_str(self) -> &'static str {
        const LETTERS: [&str; 8] = ["a", "b", "c", "d", "e", "f", "g", "h"];
        LETTERS[self.0 as usize]
    }
}

word_type!(Slot, "a slot", "a slot is one of the letters `a` to `h`");
