//! One process of the provider for many commands, as a debugger starts it.

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use landform_conformance::WORLD;

use crate::stage::Stage;

/// A provider that somebody started, until it is dropped.
struct Provider {
    process: Child,
    /// The value of `TF_REATTACH_PROVIDERS`.
    address: String,
}

impl Provider {
    fn start(stage: &Stage) -> Provider {
        let mut process = Command::new(env!("CARGO_BIN_EXE_terraform-provider-toy"))
            .arg("--reattach")
            .env(WORLD, stage.world().folder())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let line = lines.next().unwrap().unwrap();
        let address = line.split_once("TF_REATTACH_PROVIDERS='").unwrap().1.trim_end_matches('\'').to_owned();
        // OpenTofu looks for the provider under its own registry.
        let address = address.replace("registry.terraform.io", stage.program().flavour().registry());
        Provider { process, address }
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

scenarios! {
    fn one_process_serves_every_command(stage) {
        stage.configure("resource \"toy_thing\" \"a\" { name = \"a\" }");
        let provider = Provider::start(stage);
        stage.set("TF_REATTACH_PROVIDERS", &provider.address);
        stage.apply();
        stage.plan_is_empty();
        stage.drift("a", "size", 9);
        stage.plan_says(&["size = 9 -> 3"]);
        stage.apply();
        stage.plan_is_empty();
        let pids: BTreeSet<u32> = stage.world().calls().unwrap().iter().map(|call| call.pid).collect();
        assert_eq!(pids, BTreeSet::from([provider.process.id()]));
        // What one run was told of an object is not what the next one believes.
        stage.world().remove("things", "a").unwrap();
        stage.plan_says(&["1 to add"]);
        stage.destroy();
    }

    /// The state is one and the same, whoever serves.
    fn between_two_kinds_of_start(stage) {
        use landform_conformance::world::{Fault, Kind};
        stage.configure("resource \"toy_thing\" \"a\" {\n name = \"a\"\n parts = { x = { text = \"1\" }, y = { text = \"2\" } }\n}");
        let provider = Provider::start(stage);
        stage.set("TF_REATTACH_PROVIDERS", &provider.address);
        stage.faults(&[Fault::next("write part", Kind::Fail).of("a/y")]);
        stage.apply_fails(&["write part a/y"]);
        stage.unset("TF_REATTACH_PROVIDERS");
        drop(provider);
        stage.changes();
        stage.apply();
        assert_eq!(stage.changes(), ["resume thing a", "write part a/y"]);
        stage.plan_is_empty();
    }
}
