//! Ctrl-C in the demo: it stops, says so, and leaves no process behind.

use super::tree::landform;
use landform_test_support::scenario::TestBed;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The processes that `ancestor` started, and those that they started: id and command.
fn descendants(ancestor: u32) -> Vec<(u32, String)> {
    let output =
        Command::new("ps").args(["-A", "-o", "pid=", "-o", "ppid=", "-o", "args="]).output().expect("ps");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let all: Vec<(u32, u32, String)> = text
        .lines()
        .filter_map(|line| {
            let mut words = line.split_whitespace();
            let (id, parent) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
            Some((id, parent, words.collect::<Vec<_>>().join(" ")))
        })
        .collect();
    let mut family = vec![ancestor];
    let mut found = Vec::new();
    while let Some(parent) = family.pop() {
        for (id, _, command) in all.iter().filter(|(_, other, _)| *other == parent) {
            family.push(*id);
            found.push((*id, command.clone()));
        }
    }
    found
}

fn lives(id: u32) -> bool {
    let output = Command::new("ps").args(["-o", "stat=", "-p", &id.to_string()]).output().expect("ps");
    let state = String::from_utf8_lossy(&output.stdout);
    !state.trim().is_empty() && !state.trim().starts_with('Z')
}

#[test]
fn an_interrupted_demo_cleans_up_and_fails() {
    let demo = landform();
    // Built with the tests, so that the demo has nothing to build.
    TestBed::cli_config();
    let provider = demo.with_file_name("terraform-provider-landform");
    let mut process = Command::new(&demo)
        .arg("demo")
        .current_dir(TestBed::workspace())
        .env("LANDFORM_PROVIDER", &provider)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(process.stderr.take().unwrap()).lines().map_while(Result::ok);
    let mut printed = String::new();
    for line in lines.by_ref() {
        printed += &format!("{line}\n");
        if line.contains("...  Apply ") {
            break;
        }
    }
    // Terraform and its provider are at work now, and the emulator runs.
    std::thread::sleep(Duration::from_millis(500));
    let family = descendants(process.id());
    assert!(family.len() >= 2, "{family:?}\n{printed}");
    let interrupted = Command::new("kill").args(["-INT", &process.id().to_string()]).status().unwrap();
    assert!(interrupted.success());
    let begin = Instant::now();
    printed += &lines.collect::<Vec<_>>().join("\n");
    let status = process.wait().unwrap();
    assert_eq!(status.code(), Some(1), "{printed}");
    assert!(begin.elapsed() < Duration::from_secs(60), "it took {:?}", begin.elapsed());
    assert!(!printed.contains("Every step held"), "{printed}");
    // A provider ends within seconds of its Terraform.
    while family.iter().any(|(id, _)| lives(*id)) && begin.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_millis(100));
    }
    let left: Vec<&(u32, String)> = family.iter().filter(|(id, _)| lives(*id)).collect();
    assert!(left.is_empty(), "still running: {left:?}");
}
