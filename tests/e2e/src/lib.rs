//! Real Terraform with the real provider against the emulator: see `tests/e2e/`, and the configurations in `scenarios/`.
