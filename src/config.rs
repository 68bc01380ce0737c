//! How `helo serve` is set up: where its data lie, where it listens, which scenarios it offers.

use crate::scenario::{Diagnostic, Scenario};
use std::fs;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

/// The port of the pages where nothing else is said.
pub const PORT: u16 = 8025;
/// The folder of scenarios that is used where it is there and nothing else is said.
const SCENARIOS: &str = "scenarios";
/// The data directory where nothing else is said.
const DATA: &str = "helo-data";

/// The scenarios that are in the binary: file name and text.
static EMBEDDED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/scenarios.rs"));

/// A configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// Everything that outlives the process.
    pub data: PathBuf,
    /// Where the pages are; a loopback address.
    pub web: SocketAddr,
    /// The folder of scenarios; `None`: those in the binary.
    pub scenarios: Option<PathBuf>,
    /// The folder of styles and modules; `None`: those in the binary.
    pub statics: Option<PathBuf>,
}

/// A scenario's file: its name for messages, its text, and the scenario or what is wrong with it.
#[derive(Debug)]
pub struct Found {
    /// The file's name.
    pub file: String,
    /// Its text.
    pub text: String,
    /// What came of reading it.
    pub loaded: Result<Scenario, Vec<Diagnostic>>,
}

impl Config {
    /// From what was said on the command line; `None` where nothing was.
    ///
    /// # Errors
    /// What is wrong and what would be right.
    pub fn new(data: Option<&str>, web: Option<&str>, scenarios: Option<&str>) -> Result<Config, String> {
        let scenarios = match scenarios {
            Some(folder) if Path::new(folder).is_dir() => Some(PathBuf::from(folder)),
            Some(folder) => {
                return Err(format!(
                    "{folder}: there is no such folder; --scenarios wants one with .toml files"
                ));
            }
            None => Some(PathBuf::from(SCENARIOS)).filter(|folder| has_scenarios(folder)),
        };
        Ok(Config {
            data: PathBuf::from(data.unwrap_or(DATA)),
            web: address(web.unwrap_or_default())?,
            scenarios,
            statics: None,
        })
    }

    /// All scenarios, by file name.
    ///
    /// # Errors
    /// A folder or file that cannot be read.
    pub fn load(&self) -> Result<Vec<Found>, String> {
        let Some(folder) = &self.scenarios else {
            return Ok(EMBEDDED.iter().map(|(file, text)| found(file, (*text).to_owned())).collect());
        };
        let files = toml_files(folder).map_err(|e| fault(folder, e))?;
        files.iter().map(|path| read(path)).collect()
    }
}

/// Reads a scenario's file.
///
/// # Errors
/// That it cannot be read, with its name.
pub fn read(path: &Path) -> Result<Found, String> {
    Ok(judge(path, text_of(path)?))
}

/// What a scenario's file says.
///
/// # Errors
/// That it cannot be read, with its name.
pub fn text_of(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|e| fault(path, e))
}

/// A scenario's file that says this; to judge it takes some thousand times as long as to read it.
pub fn judge(path: &Path, text: String) -> Found {
    found(&path.display().to_string(), text)
}

fn fault(path: &Path, e: io::Error) -> String {
    format!("{}: {e}", path.display())
}

fn found(file: &str, text: String) -> Found {
    let loaded = Scenario::load(file, &text);
    Found { file: file.to_owned(), text, loaded }
}

fn has_scenarios(folder: &Path) -> bool {
    toml_files(folder).is_ok_and(|files| !files.is_empty())
}

/// The scenarios' files of a folder, in the order of their names.
///
/// # Errors
/// That the folder cannot be read.
pub fn toml_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_file() && path.extension().is_some_and(|e| e == "toml") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// `ADDR:PORT`, `ADDR`, `PORT` or nothing. `localhost` is 127.0.0.1.
fn address(text: &str) -> Result<SocketAddr, String> {
    let local = IpAddr::V4(Ipv4Addr::LOCALHOST);
    let bare = text.strip_prefix('[').and_then(|t| t.strip_suffix(']')).unwrap_or(text);
    let named = text.replacen("localhost", "127.0.0.1", 1);
    let parsed = if text.is_empty() {
        Some(SocketAddr::new(local, PORT))
    } else if let Ok(port) = text.strip_prefix(':').unwrap_or(text).parse() {
        Some(SocketAddr::new(local, port))
    } else if let Ok(ip) = bare.parse() {
        Some(SocketAddr::new(ip, PORT))
    } else if named == "127.0.0.1" {
        Some(SocketAddr::new(local, PORT))
    } else {
        named.parse().ok()
    };
    match parsed {
        Some(address) if address.ip().is_loopback() => Ok(address),
        Some(address) => Err(format!(
            "{address} can be reached from other machines. There are no accounts yet, so whoever opened the pages could \
             work in your name; helo listens on this machine only: --web 127.0.0.1:{}",
            address.port()
        )),
        None => Err(format!("--web {text}: an address and a port were expected, such as 127.0.0.1:{PORT}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_as_people_write_them() {
        for (text, shown) in [
            ("", "127.0.0.1:8025"),
            ("9000", "127.0.0.1:9000"),
            (":9000", "127.0.0.1:9000"),
            ("127.0.0.1", "127.0.0.1:8025"),
            ("127.0.0.2:0", "127.0.0.2:0"),
            ("localhost", "127.0.0.1:8025"),
            ("localhost:9000", "127.0.0.1:9000"),
            ("[::1]:9000", "[::1]:9000"),
            ("::1", "[::1]:8025"),
            ("[::1]", "[::1]:8025"),
        ] {
            assert_eq!(address(text).unwrap().to_string(), shown, "{text}");
        }
        for (text, fault) in [
            ("0.0.0.0:8025", "can be reached from other machines"),
            ("[::]:8025", "can be reached from other machines"),
            ("192.0.2.1", "can be reached from other machines"),
            ("helo.example:80", "an address and a port were expected"),
            ("127.0.0.1:99999", "an address and a port were expected"),
        ] {
            assert!(address(text).unwrap_err().contains(fault), "{text}");
        }
    }

    #[test]
    fn the_scenarios_in_the_binary_are_good() {
        let config =
            Config { data: PathBuf::new(), web: address("").unwrap(), scenarios: None, statics: None };
        let found = config.load().unwrap();
        assert!(found.iter().any(|f| f.file == "send-by-hand.toml"));
        for f in found {
            assert!(f.loaded.is_ok(), "{}", f.file);
        }
    }
}
