//! Credentials with a text that can be searched for.

use std::io;
use std::path::Path;

/// Credentials for Terraform's environment; neither may ever be seen again.
#[derive(Clone, Copy, Debug)]
pub struct Secrets;

impl Secrets {
    /// Variables of the environment, with their values.
    pub const ENVIRONMENT: [(&'static str, &'static str); 2] = [
        ("AWS_SECRET_ACCESS_KEY", "canary-of-the-secret-access-key"),
        ("AWS_SESSION_TOKEN", "canary-of-the-session-token"),
    ];

    /// One sentence for each secret that is in `text`.
    pub fn in_text(place: &str, text: &str) -> Vec<String> {
        let seen = Self::ENVIRONMENT.iter().filter(|(_, value)| text.contains(value));
        seen.map(|(name, _)| format!("{name} is in {place}")).collect()
    }

    /// One sentence for each secret in the files of a folder, and how many files were looked at. The provider itself, to
    /// which `.terraform` links, is left out.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn in_folder(folder: &Path) -> io::Result<(Vec<String>, usize)> {
        let (mut seen, mut files) = (Vec::new(), 0);
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                if !path.ends_with(".terraform") {
                    let (found, looked) = Self::in_folder(&path)?;
                    seen.extend(found);
                    files += looked;
                }
            } else {
                let text = std::fs::read(&path)?;
                seen.extend(Self::in_text(&path.display().to_string(), &String::from_utf8_lossy(&text)));
                files += 1;
            }
        }
        Ok((seen, files))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_found_in_a_file_and_the_provider_is_left_out() {
        let folder = tempfile::tempdir().unwrap();
        let (_, token) = Secrets::ENVIRONMENT[1];
        for (name, text) in [("a/b/state", format!("x{token}y")), (".terraform/x", token.to_owned())] {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let (seen, files) = Secrets::in_folder(folder.path()).unwrap();
        assert_eq!(files, 1);
        assert!(matches!(&seen[..], [one] if one.starts_with("AWS_SESSION_TOKEN is in ")), "{seen:?}");
    }
}
