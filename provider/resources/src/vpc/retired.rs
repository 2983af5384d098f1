//! What the configuration had before and has no longer. What others have added is not among it, so it stays.

use super::child::Child;
use super::desired::Desired;
use super::model::Vpc;
use super::state::wish;
use crate::client::Landform;
use std::collections::BTreeSet;

impl Desired {
    /// Notes the tags, routes and blocks, those of IPv6 too, that the configuration of `prior` had.
    pub(super) fn retire(&mut self, prior: &Vpc, client: &Landform) {
        let Some(wish) = wish(prior, client) else { return };
        let Ok(before) = Desired::new(self.owner.clone(), wish) else { return };
        let routes = before.routes.keys().filter(|route| !self.routes.contains_key(route));
        self.retired_routes = routes.cloned().collect();
        self.retired_ipv6 = before.ipv6.is_some() && self.ipv6.is_none();
        self.retired_cidrs = &before.secondary_cidrs - &self.secondary_cidrs;
        let tags = |child: Child| {
            let mut keys: BTreeSet<String> = before.tags_of(child).into_keys().collect();
            for key in self.tags_of(child).into_keys() {
                keys.remove(&key);
            }
            (child, keys)
        };
        self.retired_tags =
            before.children().into_iter().map(tags).filter(|(_, keys)| !keys.is_empty()).collect();
    }
}
