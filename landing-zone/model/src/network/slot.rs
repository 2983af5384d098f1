//! The place of an availability zone in a layout.

use serde::{Deserialize, Serialize};

use crate::text::word_type;

/// The letter `a` to `d` that the spec gives to an availability zone once and for all.
///
/// A slot, not the order of zones in a list, decides where a subnet lies: adding or removing a zone moves no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slot(u8);

impl Slot {
    /// All slots in order.
    pub const ALL: [Slot; 4] = [Slot(0), Slot(1), Slot(2), Slot(3)];

    /// The position in the layout, 0 for `a` to 3 for `d`.
    pub const fn index(self) -> u32 {
        self.0 as u32
    }

    /// The letter.
    pub const fn as_str(self) -> &'static str {
        match self.0 {
            0 => "a",
            1 => "b",
            2 => "c",
            _ => "d",
        }
    }
}

word_type!(Slot, "a slot", "a slot is one of the letters `a`, `b`, `c` and `d`");
