//! Guardrails in the fewest documents that AWS takes, each document keeping what it holds from plan to plan.

mod place;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use super::document::Document;
use super::fill::{Content, Filled};
use super::merge::merge;
use super::policy_type::{Budget, PolicyType};
use crate::limits::Limit;

/// Which document each guardrail is in, by the document's number. Kept between plans.
pub type Placement = BTreeMap<String, usize>;

/// What is packed: statements, by the id of the guardrail they come from.
pub type Contents = BTreeMap<String, Document>;

/// The guardrails of one kind of policy, as [`pack`] takes them.
pub fn contents(filled: &[Filled], policy_type: PolicyType) -> Contents {
    let of_type = filled.iter().filter(|guardrail| guardrail.policy_type == policy_type);
    of_type
        .filter_map(|guardrail| match &guardrail.content {
            Content::Statements(document) => Some((guardrail.id.clone(), document.clone())),
            Content::Settings(_) => None,
        })
        .collect()
}

/// Guardrails in documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packing {
    /// The documents, sorted by number.
    pub documents: Vec<PackedDocument>,
    /// What they take of the budget.
    pub budget: Budget,
    /// Guardrails that were in another document before, with the number of that document.
    pub moved: Placement,
}

impl Packing {
    /// Where every guardrail is: what the next plan is to get as `before`.
    pub fn placement(&self) -> Placement {
        let each = |document: &PackedDocument| {
            let number = document.number;
            document.guardrails.iter().map(move |id| (id.clone(), number)).collect::<Vec<_>>()
        };
        self.documents.iter().flat_map(each).collect()
    }

    /// Slots in use on the target, those of others among them.
    pub fn slots_used(&self) -> usize {
        self.documents.len() + self.budget.taken
    }

    /// Bytes of all documents.
    pub fn bytes(&self) -> usize {
        self.documents.iter().map(|document| document.bytes).sum()
    }
}

/// One document that AWS gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackedDocument {
    /// Its number, which stays the same as long as it holds anything: the name of the policy is made of it.
    pub number: usize,
    /// The guardrails that are in it, each as a whole.
    pub guardrails: BTreeSet<String>,
    /// The text.
    pub text: String,
    /// Its length as AWS counts it.
    pub bytes: usize,
}

/// Why guardrails do not fit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PackError {
    /// One guardrail alone is larger than a document may be.
    #[error(
        "the guardrail {guardrail} has {bytes} bytes, and AWS takes {} {} (read {} in {}). Shorten its lists, or \
         write wider patterns", .limit.value, .limit.what, .limit.checked, .limit.source
    )]
    TooLarge {
        /// The guardrail.
        guardrail: String,
        /// Its bytes, as short as it can be written.
        bytes: usize,
        /// The limit.
        limit: Limit,
    },
    /// More documents than there is room for.
    #[error(
        "the guardrails need {needed} documents, and there is room for {free}: AWS takes {} {} (read {} in {}), and \
         others hold {taken}. The largest guardrails are {}. Take some off, or attach them to a level above: what is \
         denied there is denied below, too",
        .limit.value, .limit.what, .limit.checked, .limit.source, listed(.largest)
    )]
    TooMany {
        /// Documents that are needed.
        needed: usize,
        /// Documents that there is room for.
        free: usize,
        /// Slots that others hold.
        taken: usize,
        /// The limit.
        limit: Limit,
        /// The three largest guardrails with their bytes.
        largest: Vec<(String, usize)>,
    },
}

fn listed(largest: &[(String, usize)]) -> String {
    let each: Vec<String> = largest.iter().map(|(id, bytes)| format!("{id} ({bytes} bytes)")).collect();
    each.join(", ")
}

/// Packs guardrails of one kind for one target. `before` is where they were at the last plan; empty at the first.
///
/// What is promised:
///
/// - the same input gives the same bytes, and the result's own [`Packing::placement`] as `before` moves nothing;
/// - the documents together deny what the guardrails denied, and nothing else;
/// - a guardrail is in one document, as a whole;
/// - no more documents than packing from nothing needs;
/// - within that, a guardrail stays where it was, unless its document has outgrown the limit. One that is added moves no
///   other one, unless its own document is one too many: then a document is emptied into the others, and only if that
///   does not do are all placed anew, with the numbers given so that most stay where they were.
///
/// "Packing from nothing" is two orders of placing, by size and by name, and a search of some steps for fewer
/// documents. For up to six guardrails in three documents there are none fewer; for more, that is not proven: the problem
/// is too hard in general.
pub fn pack(contents: &Contents, budget: Budget, before: &Placement) -> Result<Packing, PackError> {
    let alone: BTreeMap<&str, usize> =
        contents.iter().map(|(id, document)| (id.as_str(), merge([document]).bytes())).collect();
    let mut largest: Vec<(usize, &str)> = alone.iter().map(|(id, bytes)| (*bytes, *id)).collect();
    largest.sort_by(|a, b| b.cmp(a));
    if let Some((bytes, id)) = largest.first().filter(|(bytes, _)| *bytes > budget.bytes) {
        let (guardrail, limit) = (id.to_string(), Limit { value: budget.bytes, ..budget.bytes_limit });
        return Err(PackError::TooLarge { guardrail, bytes: *bytes, limit });
    }
    let placed = place::place(contents, &alone, budget.bytes, before);
    if placed.len() > budget.free() {
        let largest = largest.into_iter().take(3).map(|(bytes, id)| (id.to_owned(), bytes)).collect();
        return Err(PackError::TooMany {
            needed: placed.len(),
            free: budget.free(),
            taken: budget.taken,
            limit: Limit { value: budget.slots, ..budget.slots_limit },
            largest,
        });
    }
    let documents: Vec<PackedDocument> = placed
        .into_iter()
        .map(|(number, ids)| {
            let text = merge(ids.iter().filter_map(|id| contents.get(*id))).to_string();
            let guardrails = ids.into_iter().map(str::to_owned).collect();
            PackedDocument { number, guardrails, bytes: text.len(), text }
        })
        .collect();
    let mut packing = Packing { documents, budget, moved: Placement::new() };
    let after = packing.placement();
    let moved = before.iter().filter(|(id, number)| after.get(*id).is_some_and(|now| now != *number));
    packing.moved = moved.map(|(id, number)| (id.clone(), *number)).collect();
    Ok(packing)
}
