//! A part that goes and comes back on the same day, while AWS still knows the token of the first one.

use super::configuration;
use landform_test_support::Scenario;

#[test]
fn a_part_comes_back_with_other_tags() {
    let scenario = Scenario::new(configuration("network/step2"));
    scenario.apply();
    scenario.use_configuration(configuration("network/step3"));
    scenario.apply();
    // The tier is back, and the tags of the network are others than those it went with.
    scenario.use_configuration(configuration("endpoints/step1"));
    scenario.apply();
    scenario.plan_is_empty();
    scenario.destroy();
    scenario.nothing_left();
}
