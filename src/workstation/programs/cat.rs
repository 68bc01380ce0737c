//! `cat`: writes what it reads, line by line as it comes.

use super::super::io::Io;
use super::{Flow, Program, find, text};
use std::collections::VecDeque;

/// `cat`.
#[derive(Debug, Default)]
pub(super) struct Cat {
    settings: Settings,
    files: VecDeque<String>,
    /// It reads its input now.
    reading: bool,
    status: u8,
    line: usize,
    /// The last octet written was a line's end.
    mid_line: bool,
    blank: usize,
}

#[derive(Debug, Default, Clone, Copy)]
struct Settings {
    number: bool,
    number_full: bool,
    squeeze: bool,
    ends: bool,
    tabs: bool,
    nonprinting: bool,
}

impl Settings {
    fn plain(self) -> bool {
        !(self.number || self.number_full || self.squeeze || self.ends || self.tabs || self.nonprinting)
    }
}

impl Cat {
    pub(super) fn new() -> Cat {
        Cat::default()
    }

    /// Writes the files up to one that is its input.
    fn go_on(&mut self, io: &mut Io) -> Flow {
        while let Some(name) = self.files.pop_front() {
            if name == "-" {
                self.reading = true;
                return Flow::Running;
            }
            match io.machine.files.read(&name).map(<[u8]>::to_vec) {
                Ok(octets) => self.write(io, &octets),
                Err(fault) => {
                    io.complain(&format!("cat: {name}: {fault}\n"));
                    self.status = 1;
                }
            }
        }
        Flow::Exit(self.status)
    }

    fn write(&mut self, io: &mut Io, octets: &[u8]) {
        let s = self.settings;
        if s.plain() {
            io.out(octets);
            return;
        }
        let mut out = Vec::with_capacity(octets.len() * 2);
        for line in octets.split_inclusive(|b| *b == b'\n') {
            let blank = line == b"\n" && !self.mid_line;
            self.blank = if blank { self.blank + 1 } else { 0 };
            if s.squeeze && self.blank > 1 {
                continue;
            }
            if !self.mid_line && (s.number || s.number_full) && !(s.number_full && blank) {
                self.line += 1;
                out.extend(format!("{:>6}\t", self.line).into_bytes());
            }
            let (body, end) = line.strip_suffix(b"\n").map_or((line, false), |body| (body, true));
            body.iter().for_each(|b| self.octet(&mut out, *b));
            if end {
                if s.ends {
                    out.push(b'$');
                }
                out.push(b'\n');
            }
            self.mid_line = !end;
        }
        io.out(&out);
    }

    fn octet(&self, out: &mut Vec<u8>, b: u8) {
        let s = self.settings;
        match b {
            b'\t' if s.tabs => out.extend(b"^I"),
            b'\t' => out.push(b),
            // Without -v, -E alone still shows the CR of a CR LF, so that "$" does not overwrite the line.
            b'\r' if s.ends && !s.nonprinting => out.extend(b"^M"),
            _ if !s.nonprinting => out.push(b),
            _ => {
                let low = b & 0x7f;
                if b >= 0x80 {
                    out.extend(b"M-");
                }
                match low {
                    0..=31 => out.extend([b'^', low ^ 0x40]),
                    127 => out.extend(b"^?"),
                    _ => out.push(low),
                }
            }
        }
    }
}

impl Program for Cat {
    fn start(&mut self, io: &mut Io, args: &[Vec<u8>]) -> Flow {
        let Some(spec) = find("cat") else { return Flow::Exit(1) };
        let given = match spec.read(io, args) {
            Ok(given) => given,
            Err(status) => return Flow::Exit(status),
        };
        let has = |letters: &str| letters.chars().any(|c| given.has(c));
        self.settings = Settings {
            number: has("n") && !has("b"),
            number_full: has("b"),
            squeeze: has("s"),
            ends: has("EAe"),
            tabs: has("TAt"),
            nonprinting: has("vAet"),
        };
        self.files = given.operands.iter().map(|o| text(o)).collect();
        if self.files.is_empty() {
            self.files.push_back("-".to_owned());
        }
        self.go_on(io)
    }

    fn input(&mut self, io: &mut Io, octets: &[u8]) -> Flow {
        self.write(io, octets);
        Flow::Running
    }

    fn end_of_input(&mut self, io: &mut Io) -> Flow {
        self.reading = false;
        // A pipe that has ended has ended for every further `-` too.
        if !io.interactive {
            self.files.retain(|f| f != "-");
        }
        self.go_on(io)
    }

    fn reads(&self) -> bool {
        self.reading
    }
}
