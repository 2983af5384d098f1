//! How many objects of each kind a network has, by the part that each is.

use std::collections::BTreeMap;
use std::fmt;

use landform_sandbox::aws::{Inventory, Kind};

/// The tag that says which part of a network an object is.
const CHILD: &str = "landform:child";

/// Ids by kind and part, such as `subnet private/a`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Census(BTreeMap<(Kind, String), Vec<String>>);

impl Census {
    /// Of everything in an inventory.
    pub fn of(inventory: &Inventory) -> Census {
        let mut parts: BTreeMap<(Kind, String), Vec<String>> = BTreeMap::new();
        for (kind, objects) in &inventory.objects {
            for object in objects {
                let child = object.tags.get(CHILD).map_or("(no tag)", String::as_str);
                parts.entry((*kind, child.to_owned())).or_default().push(object.id.clone());
            }
        }
        Census(parts)
    }

    /// How many parts of `wanted` do not exist.
    pub fn missing(&self, wanted: &Census) -> usize {
        wanted.0.iter().map(|(part, ids)| ids.len().saturating_sub(self.count(part))).sum()
    }

    /// How many objects are a part of `wanted` that another object is already.
    pub fn duplicates(&self, wanted: &Census) -> usize {
        let surplus = |(part, ids): (&(Kind, String), &Vec<String>)| {
            if wanted.count(part) == 0 { 0 } else { ids.len().saturating_sub(wanted.count(part)) }
        };
        self.0.iter().map(surplus).sum()
    }

    /// How many objects are no part of `wanted`.
    pub fn orphans(&self, wanted: &Census) -> usize {
        self.0.iter().filter(|(part, _)| wanted.count(part) == 0).map(|(_, ids)| ids.len()).sum()
    }

    /// The ids of the objects that are parts of `wanted`.
    pub fn ids_of(&self, wanted: &Census) -> Vec<String> {
        let parts = self.0.iter().filter(|(part, _)| wanted.count(part) > 0);
        parts.flat_map(|(_, ids)| ids.clone()).collect()
    }

    /// The parts that exist, each with its ids.
    pub fn parts(&self) -> impl Iterator<Item = (Kind, &str, &[String])> {
        self.0.iter().map(|((kind, child), ids)| (*kind, child.as_str(), ids.as_slice()))
    }

    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn count(&self, part: &(Kind, String)) -> usize {
        self.0.get(part).map_or(0, Vec::len)
    }
}

/// One line for each part.
impl fmt::Display for Census {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (kind, child, ids) in self.parts() {
            writeln!(formatter, "{kind:<18} {child:<24} {}", ids.join(" "))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn census(parts: &[(Kind, &str, &[&str])]) -> Census {
        let ids = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect();
        Census(parts.iter().map(|(kind, child, all)| ((*kind, (*child).to_owned()), ids(all))).collect())
    }

    #[test]
    fn what_is_missing_doubled_and_nobodys_is_counted_apart() {
        let wanted = census(&[(Kind::Vpc, "vpc", &["w"]), (Kind::Subnet, "subnet/private/a", &["x"])]);
        let seen = census(&[
            (Kind::Vpc, "vpc", &["vpc-1", "vpc-2", "vpc-3"]),
            (Kind::Address, "(no tag)", &["eipalloc-1"]),
        ]);
        assert_eq!((seen.missing(&wanted), seen.duplicates(&wanted), seen.orphans(&wanted)), (1, 2, 1));
        assert_eq!(seen.ids_of(&wanted), ["vpc-1", "vpc-2", "vpc-3"]);
        let exact = (wanted.missing(&wanted), wanted.duplicates(&wanted), wanted.orphans(&wanted));
        assert_eq!(exact, (0, 0, 0));
    }
}
