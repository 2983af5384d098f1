//! What holds for every configuration.

use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::toy::start;
use crate::testing::Instance;

/// A configuration that the toy provider accepts: nothing computed, everything known.
fn configuration() -> impl Strategy<Value = Json> {
    let subnets = btree_map("[a-z]{1,3}", ("10\\.[0-9]\\.0\\.0/24", any::<Option<bool>>()), 0..3);
    let rules = btree_map(1..100_u16, proptest::option::of("allow|deny"), 0..3);
    let labels = proptest::option::of(vec("[a-z]{0,3}", 0..3));
    (proptest::option::of(1..9_i64), labels, subnets, rules, proptest::option::of("z[1-3]")).prop_map(
        |(size, labels, subnets, rules, zone)| {
            let subnets: BTreeMap<_, _> = subnets
                .into_iter()
                .map(|(key, (cidr, public))| (key, json!({"cidr": cidr, "public": public})))
                .collect();
            let rules: Vec<_> = rules
                .into_iter()
                .map(|(port, action)| json!({"port": port, "action": action}))
                .collect();
            json!({
                "name": "core", "size": size, "labels": labels, "subnets": subnets, "rules": rules, "zone": zone,
                "allow_replace": ["subnets.cidr"],
            })
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_was_created_plans_empty_and_what_was_updated_too(first in configuration(), second in configuration()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let terraform = start(&Arc::default()).await;
            let mut network = Instance::new("landform_network");
            for config in [&first, &second] {
                let diagnostics = network.apply(&terraform, &terraform, config).await;
                assert!(!diagnostics.has_errors(), "{diagnostics}");
                let again = network.plan(&terraform, config).await;
                assert_eq!(again.to_string(), "no change");
            }
        });
    }
}
