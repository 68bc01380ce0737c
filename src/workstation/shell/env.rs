//! What a shell remembers: its variables, the last exit status, the lines typed.

use super::history::History;
use std::collections::BTreeMap;

/// How many variables a shell keeps, and how long a value may be.
const VARIABLES: usize = 200;
const VALUE: usize = 64 << 10;

/// The state of one terminal's shell.
#[derive(Debug, Default)]
pub(in crate::workstation) struct Env {
    variables: BTreeMap<String, Vec<u8>>,
    /// The exit status of the last pipeline: `$?`.
    pub(in crate::workstation) status: u8,
    /// What was typed at the prompt.
    pub(in crate::workstation) history: History,
}

impl Env {
    /// A shell that starts with these variables.
    pub(in crate::workstation) fn new(variables: &[(&str, &str)]) -> Env {
        let variables = variables.iter().map(|(k, v)| ((*k).to_owned(), v.as_bytes().to_vec())).collect();
        Env { variables, ..Env::default() }
    }

    /// The value of a variable; `None` where it is not set.
    pub(in crate::workstation) fn get(&self, name: &str) -> Option<Vec<u8>> {
        match name {
            "?" => Some(self.status.to_string().into_bytes()),
            "0" => Some(b"bash".to_vec()),
            "#" => Some(b"0".to_vec()),
            "$" => Some(b"1000".to_vec()),
            _ => self.variables.get(name).cloned(),
        }
    }

    /// The names of the variables.
    pub(in crate::workstation) fn names(&self) -> impl Iterator<Item = &str> {
        self.variables.keys().map(String::as_str)
    }

    /// Sets a variable; beyond the shell's bounds nothing happens.
    pub(in crate::workstation) fn set(&mut self, name: &str, value: Vec<u8>) {
        if value.len() <= VALUE && (self.variables.len() < VARIABLES || self.variables.contains_key(name)) {
            self.variables.insert(name.to_owned(), value);
        }
    }
}
