//! Every write fails once before and once after it was executed.

use super::{TYPE, baseline, cloud, policies, process, with};
use landform_cloud::ErrorKind;
use landform_framework::testing::Instance;
use landform_test_cloud::{Fault, When, is_write};
use serde_json::{Value as Json, json};

/// Another kind of policy comes, one goes, one changes and moves.
fn changed() -> Json {
    with(baseline(), json!({ "targets": ["Sandbox"], "enable": ["serial-console-off", "ai-opt-out"] }))
}

#[tokio::test(start_paused = true)]
async fn what_fails_at_any_write_is_finished_by_the_next_apply() {
    let steps = [Some(baseline()), Some(changed()), None];
    let run = async |set: &mut Instance, cloud: &_, step: &Option<Json>| match step {
        Some(config) => set.apply(&process(cloud).await, &process(cloud).await, config).await,
        None => set.destroy(&process(cloud).await, &process(cloud).await).await,
    };
    let whole = cloud();
    let mut all = Instance::new(TYPE);
    for (position, step) in steps.iter().enumerate() {
        run(&mut all, &whole, step).await;
        let writes = whole.take_calls().iter().filter(|call| is_write(call.operation)).count();
        assert!(writes >= 4, "{position}: {writes}");
        for (nth, when) in (1..=writes).flat_map(|nth| [(nth, When::Before), (nth, When::After)]) {
            let cloud = cloud();
            let mut set = Instance::new(TYPE);
            for earlier in &steps[..position] {
                run(&mut set, &cloud, earlier).await;
            }
            let nth = u32::try_from(nth).unwrap();
            cloud.inject(Fault { operation: None, nth, times: 1, when, kind: ErrorKind::Other });
            assert!(run(&mut set, &cloud, step).await.has_errors(), "{position} {nth} {when:?}");
            cloud.heal();
            let said = run(&mut set, &cloud, step).await;
            assert!(!said.has_errors(), "{position} {nth} {when:?}: {said}");
            assert_eq!(policies(&cloud), policies(&whole), "{position} {nth} {when:?}");
        }
    }
}
