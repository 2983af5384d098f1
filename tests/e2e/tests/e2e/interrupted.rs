//! Ctrl-C. The fault table has it too, at other calls.

use super::{ids, network_in_state, three_zones};

#[test]
fn an_interrupt_ends_the_call_in_flight_and_the_next_apply_goes_on() {
    let scenario = three_zones();
    let (send, stopped) = std::sync::mpsc::channel();
    let _rule = scenario.proxy().on("CreateSubnet").nth(3).hold(move |_| {
        let _ = send.send(());
        std::thread::sleep(std::time::Duration::from_millis(500));
    });
    let process = scenario.start(&["apply", "-auto-approve"]);
    let killer = process.killer();
    std::thread::spawn(move || {
        stopped.recv().unwrap();
        killer.interrupt();
    });
    let output = process.wait().unwrap();
    assert_ne!(output.code, 0, "{}", output.text());
    scenario.proxy().clear_rules();
    let before = ids(&scenario);
    let (network, _) = network_in_state(&scenario).expect("what was made is in state");
    assert_eq!(network["status"], "incomplete");
    scenario.apply();
    let after = ids(&scenario);
    assert!(before.iter().all(|id| after.contains(id)), "{before:?}\n{after:?}");
    scenario.plan_is_empty();
    scenario.destroy();
    scenario.nothing_left();
}
