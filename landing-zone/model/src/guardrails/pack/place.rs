//! Which guardrail goes into which document.

use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::{Contents, Placement};
use crate::guardrails::merge::merge;

/// The guardrails of each document, by its number.
type Documents<'a> = BTreeMap<usize, BTreeSet<&'a str>>;

/// Steps of the search for fewer documents. All divisions of six guardrails into three documents are tried in this many;
/// of more guardrails, those that are tried first.
const STEPS: usize = 200;

struct Sizes<'a> {
    contents: &'a Contents,
    /// The bytes of each guardrail in a document of its own.
    alone: &'a BTreeMap<&'a str, usize>,
    limit: usize,
    /// Sizes that were asked for: the same sets are tried again and again.
    known: RefCell<BTreeMap<BTreeSet<&'a str>, usize>>,
}

/// Places every guardrail, each of which fits alone.
pub(super) fn place<'a>(
    contents: &'a Contents,
    alone: &'a BTreeMap<&'a str, usize>,
    limit: usize,
    before: &Placement,
) -> Documents<'a> {
    let sizes = Sizes { contents, alone, limit, known: RefCell::default() };
    let anew = sizes.anew();
    if !contents.keys().any(|id| before.contains_key(id)) {
        return anew;
    }
    let mut kept = sizes.kept(before);
    while kept.len() > anew.len() {
        match sizes.with_one_less(&kept) {
            Some(fewer) => kept = fewer,
            None => return numbered_as_before(anew, before),
        }
    }
    kept
}

impl<'a> Sizes<'a> {
    /// The bytes of these guardrails in one document.
    fn bytes(&self, ids: &BTreeSet<&'a str>) -> usize {
        if let Some(bytes) = self.known.borrow().get(ids) {
            return *bytes;
        }
        let bytes = merge(ids.iter().filter_map(|id| self.contents.get(*id))).bytes();
        self.known.borrow_mut().insert(ids.clone(), bytes);
        bytes
    }

    /// The largest first, then by name.
    fn by_size(&self, ids: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
        let mut ids: Vec<&str> = ids.into_iter().collect();
        ids.sort_by_key(|id| (Reverse(self.alone.get(id).copied()), *id));
        ids
    }

    /// Packed from nothing: in one document if that does; else in order of size, and in order of names. The better of the
    /// two has fewer documents, or fewer bytes. Then a search for one with fewer documents yet, as long as there may be one.
    fn anew(&self) -> Documents<'a> {
        let all = || self.contents.keys().map(String::as_str);
        let whole: BTreeSet<&'a str> = all().collect();
        if !whole.is_empty() && self.bytes(&whole) <= self.limit {
            return Documents::from([(1, whole)]);
        }
        let filled = |order: Vec<&'a str>| {
            let mut documents = Documents::new();
            for id in order {
                self.put(id, &mut documents);
            }
            documents
        };
        let (by_size, by_name) = (filled(self.by_size(all())), filled(all().collect()));
        let cost = |documents: &Documents<'a>| {
            (documents.len(), documents.values().map(|ids| self.bytes(ids)).sum::<usize>())
        };
        let mut best = if cost(&by_name) < cost(&by_size) { by_name } else { by_size };
        let order = self.by_size(all());
        // Fewer documents than the bytes of the whole would fill are not looked for.
        while best.len() > self.bytes(&whole).div_ceil(self.limit) {
            let mut steps = STEPS;
            match self.divided(&order, Documents::new(), best.len() - 1, &mut steps) {
                Some(fewer) => best = fewer,
                None => break,
            }
        }
        best
    }

    /// The first division into at most `most` documents that trying one by one comes to, in so many steps.
    fn divided(
        &self,
        left: &[&'a str],
        documents: Documents<'a>,
        most: usize,
        steps: &mut usize,
    ) -> Option<Documents<'a>> {
        let Some((id, left)) = left.split_first() else { return Some(documents) };
        for number in 1..=most.min(documents.len() + 1) {
            *steps = steps.checked_sub(1)?;
            let mut tried = documents.clone();
            let ids = tried.entry(number).or_default();
            ids.insert(*id);
            if self.bytes(ids) <= self.limit
                && let Some(found) = self.divided(left, tried, most, steps)
            {
                return Some(found);
            }
        }
        None
    }

    /// Each where it was. What a document has become too small for, and what is new, goes where there is room.
    fn kept(&self, before: &Placement) -> Documents<'a> {
        let mut documents = Documents::new();
        let mut homeless = Vec::new();
        for id in self.contents.keys() {
            match before.get(id) {
                Some(number) => drop(documents.entry(*number).or_default().insert(id.as_str())),
                None => homeless.push(id.as_str()),
            }
        }
        for ids in documents.values_mut() {
            while self.bytes(ids) > self.limit {
                // The smallest one that makes it fit; failing that, the largest.
                let order = self.by_size(ids.iter().copied());
                let without = |out: &&&str| {
                    let rest: BTreeSet<&'a str> = ids.iter().copied().filter(|id| *id != **out).collect();
                    self.bytes(&rest) <= self.limit
                };
                let Some(out) = order.iter().rev().find(without).or(order.first()).copied() else { break };
                ids.remove(out);
                homeless.push(out);
            }
        }
        for id in self.by_size(homeless) {
            self.put(id, &mut documents);
        }
        documents
    }

    /// Into the document that grows least by it; into a new one if it fits into none.
    fn put(&self, id: &'a str, documents: &mut Documents<'a>) {
        match self.best(id, documents) {
            Some(number) => drop(documents.entry(number).or_default().insert(id)),
            None => {
                let free = (1..).find(|number| !documents.contains_key(number));
                documents.insert(free.unwrap_or_default(), BTreeSet::from([id]));
            }
        }
    }

    fn best(&self, id: &'a str, documents: &Documents<'a>) -> Option<usize> {
        let grown = documents.iter().filter_map(|(number, ids)| {
            let mut more = ids.clone();
            more.insert(id);
            let bytes = self.bytes(&more);
            (bytes <= self.limit).then(|| (bytes.saturating_sub(self.bytes(ids)), *number))
        });
        grown.min().map(|(_, number)| number)
    }

    /// The same with one document emptied into the others: the one with the fewest bytes for which that is possible.
    fn with_one_less(&self, documents: &Documents<'a>) -> Option<Documents<'a>> {
        let mut numbers: Vec<usize> = documents.keys().copied().collect();
        numbers.sort_by_key(|number| (documents.get(number).map(|ids| self.bytes(ids)), *number));
        numbers.into_iter().find_map(|number| {
            let mut rest = documents.clone();
            let ids = rest.remove(&number)?;
            for id in self.by_size(ids) {
                let into = self.best(id, &rest)?;
                rest.entry(into).or_default().insert(id);
            }
            Some(rest)
        })
    }
}

/// Gives each document the number that most of its guardrails had, as far as numbers go round.
fn numbered_as_before<'a>(anew: Documents<'a>, before: &Placement) -> Documents<'a> {
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (now, ids) in &anew {
        for number in ids.iter().filter_map(|id| before.get(*id)) {
            *shared.entry((*now, *number)).or_default() += 1;
        }
    }
    let mut pairs: Vec<((usize, usize), usize)> = shared.into_iter().collect();
    pairs.sort_by_key(|(pair, count)| (Reverse(*count), *pair));
    let mut numbers: BTreeMap<usize, usize> = BTreeMap::new();
    let mut given = BTreeSet::new();
    for ((now, number), _) in pairs {
        if !numbers.contains_key(&now) && given.insert(number) {
            numbers.insert(now, number);
        }
    }
    let mut documents = Documents::new();
    for (now, ids) in anew {
        let number = numbers.get(&now).copied().or_else(|| (1..).find(|number| !given.contains(number)));
        let number = number.unwrap_or_default();
        given.insert(number);
        documents.insert(number, ids);
    }
    documents
}
