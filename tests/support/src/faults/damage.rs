//! What happens to Terraform's state file.

use std::fs;
use std::path::Path;

use super::Damage;

/// The lock file of a Terraform that was killed (<https://developer.hashicorp.com/terraform/language/state/locking>).
const LOCK: &str = r#"{
  "ID": "6f1f1f6e-0000-4000-8000-000000000000",
  "Operation": "OperationTypeApply",
  "Who": "somebody@elsewhere",
  "Version": "1.11.4",
  "Created": "2026-01-01T00:00:00Z",
  "Path": "terraform.tfstate"
}"#;

/// Does to the state what the damage says. A file that is not there stays away.
pub(super) fn damage_state(damage: Damage, folder: &Path) {
    let state = folder.join("terraform.tfstate");
    let done = match damage {
        Damage::None => Ok(()),
        Damage::Missing => {
            let _ = fs::remove_file(folder.join("terraform.tfstate.backup"));
            let _ = fs::remove_file(&state);
            Ok(())
        }
        Damage::Empty => fs::write(&state, ""),
        Damage::Truncated => fs::read(&state).and_then(|bytes| fs::write(&state, &bytes[..bytes.len() / 2])),
        Damage::StaleLock => fs::write(folder.join(".terraform.tfstate.lock.info"), LOCK),
    };
    if let Err(error) = done {
        panic!("cannot damage {}: {error}", state.display());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_lost_emptied_or_cut() {
        for (damage, left) in [
            (Damage::None, Some("{\"version\": 4}")),
            (Damage::StaleLock, Some("{\"version\": 4}")),
            (Damage::Missing, None),
            (Damage::Empty, Some("")),
            (Damage::Truncated, Some("{\"versi")),
        ] {
            let folder = tempfile::tempdir().unwrap();
            let state = folder.path().join("terraform.tfstate");
            fs::write(&state, "{\"version\": 4}").unwrap();
            damage_state(damage, folder.path());
            assert_eq!(fs::read_to_string(&state).ok().as_deref(), left, "{damage}");
            let locked = folder.path().join(".terraform.tfstate.lock.info").exists();
            assert_eq!(locked, damage == Damage::StaleLock);
        }
    }
}
