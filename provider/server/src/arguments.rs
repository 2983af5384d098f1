//! The command line. Terraform gives none; people debug with it.

/// What the process was started for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Start {
    /// To serve Terraform.
    Serve {
        /// Any number of Terraform runs until Ctrl-C, for debugging, instead of the one that started the process.
        reattach: bool,
    },
    /// To answer one request about what exists in AWS.
    Inventory,
    /// To tell its version.
    ShowVersion,
}

/// Reads the arguments after the program's name.
pub(crate) fn read(arguments: impl Iterator<Item = String>) -> Result<Start, String> {
    let mut start = Start::Serve { reattach: false };
    for argument in arguments {
        match argument.trim_start_matches('-') {
            // Providers written with HashiCorp's SDK take a single dash.
            "debug" if argument.starts_with('-') => start = Start::Serve { reattach: true },
            "version" if argument.starts_with('-') => return Ok(Start::ShowVersion),
            "inventory" if !argument.starts_with('-') => return Ok(Start::Inventory),
            _ => {
                return Err(format!(
                    "unknown argument `{argument}`\n\n\
                     Usage: terraform-provider-landform [inventory | --debug | --version]\n\n  \
                     inventory  Answer one JSON request from standard input, for `landform orphans`\n  \
                     --debug    Serve until Ctrl-C and print TF_REATTACH_PROVIDERS for Terraform's environment\n  \
                     --version  Print the version"
                ));
            }
        }
    }
    Ok(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start(arguments: &[&str]) -> Result<Start, String> {
        read(arguments.iter().map(|argument| (*argument).to_owned()))
    }

    #[test]
    fn terraform_gives_no_argument_and_people_give_one() {
        assert_eq!(start(&[]), Ok(Start::Serve { reattach: false }));
        assert_eq!(start(&["--debug"]), Ok(Start::Serve { reattach: true }));
        assert_eq!(start(&["-debug"]), Ok(Start::Serve { reattach: true }));
        assert_eq!(start(&["--version"]), Ok(Start::ShowVersion));
        assert_eq!(start(&["inventory"]), Ok(Start::Inventory));
        for bad in ["debug", "--help", "--inventory", "serve"] {
            assert!(start(&[bad]).unwrap_err().contains(&format!("`{bad}`\n\nUsage: ")), "{bad}");
        }
    }
}
