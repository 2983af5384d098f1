//! Terraform is killed and its provider is not: the provider ends by itself, and the next apply goes on.

use super::{ids, three_zones};
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// The folders that providers made for their sockets.
fn sockets(folder: &Path) -> usize {
    fs::read_dir(folder)
        .unwrap()
        .filter(|entry| entry.as_ref().unwrap().path().join("provider").exists())
        .count()
}

/// Whether a provider runs in the process group of the Terraform that was process `id`.
fn provider_runs(id: u32) -> bool {
    let output = Command::new("ps").args(["-A", "-o", "pgid=", "-o", "args="]).output().expect("ps");
    let processes = String::from_utf8_lossy(&output.stdout);
    processes.lines().any(|line| {
        let (group, command) = line.trim().split_once(' ').unwrap_or_default();
        // A process that has ended and that nobody asked about yet has a name in brackets, and no path.
        group == id.to_string() && command.contains("/terraform-provider-landform")
    })
}

#[test]
fn a_provider_without_terraform_ends_and_the_next_apply_adopts_what_it_made() {
    let scenario = three_zones();
    let temporary = scenario.folder().join("tmp");
    fs::create_dir(&temporary).unwrap();
    let terraform = scenario.terraform().clone().with_environment("TMPDIR", &temporary.to_string_lossy());

    // The third subnet is made, and its answer stays away until the provider is gone.
    let (arrive, arrived) = mpsc::channel();
    let (let_go, held) = mpsc::channel();
    let held = std::sync::Mutex::new(held);
    let rule = scenario.proxy().on("CreateSubnet").nth(3).cut_after(move |_| {
        let _ = arrive.send(());
        let _ = held.lock().unwrap().recv_timeout(Duration::from_secs(60));
    });
    scenario.run(&["version"]);
    let process = terraform.start(&["apply", "-auto-approve"]).unwrap();
    let id = process.id();
    arrived.recv_timeout(Duration::from_secs(60)).expect("the call of the third subnet");
    assert!(provider_runs(id));
    assert_eq!(sockets(&temporary), 1);
    process.killer().kill_terraform();
    let output = process.wait().unwrap();
    assert_eq!(output.code, 128 + 9, "{}", output.text());

    let begin = Instant::now();
    while provider_runs(id) {
        if begin.elapsed() > Duration::from_secs(20) {
            let _ = Command::new("kill").args(["-KILL", "--", &format!("-{id}")]).status();
            panic!("the provider still runs");
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    assert_eq!(sockets(&temporary), 0);
    let _ = let_go.send(());
    assert_eq!(rule.hits(), 1);
    scenario.proxy().clear_rules();

    let before = ids(&scenario);
    assert!(super::network_in_state(&scenario).is_none(), "Terraform had no time to write anything down");
    scenario.apply();
    let after = ids(&scenario);
    assert!(before.iter().all(|id| after.contains(id)), "{before:?}\n{after:?}");
    assert_eq!(after.iter().filter(|id| id.starts_with("Subnet ")).count(), 6, "{after:?}");
    scenario.plan_is_empty();
    scenario.destroy();
    scenario.nothing_left();
}
