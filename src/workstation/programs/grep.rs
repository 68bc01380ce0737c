//! `grep` for simple patterns: plain text, `.` and `.*`, `^` and `$`.

use super::super::io::Io;
use super::filters::Work;
use super::options::Given;
use super::{Flow, Spec};

/// A pattern: pieces that follow each other with anything between them; in a piece `None` is any one octet.
#[derive(Debug)]
pub(super) struct Pattern {
    pieces: Vec<Vec<Option<u8>>>,
    from_start: bool,
    to_end: bool,
    fold: bool,
}

/// Reads what `grep` is to do.
pub(super) fn grep(io: &mut Io, _spec: &'static Spec, given: &Given) -> Result<Work, u8> {
    let (pattern, files) = match (given.value('e'), given.operands.split_first()) {
        (Some(pattern), _) => (pattern.to_vec(), given.operands.clone()),
        (None, Some((pattern, files))) => (pattern.clone(), files.to_vec()),
        (None, None) => {
            io.complain(
                "Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.\n",
            );
            return Err(2);
        }
    };
    let Some(pattern) = Pattern::new(&pattern, given.has('F'), given.has('i')) else {
        io.hint("this grep knows plain text, . .* ^ and $ only; grep -F takes every character as it is");
        return Err(2);
    };
    let (invert, number, count, quiet) = (given.has('v'), given.has('n'), given.has('c'), given.has('q'));
    let named = files.len() > 1;
    Ok(Work::new(files, move |io, sources| {
        let (mut found, mut failed) = (false, false);
        for source in sources {
            let octets = match source.octets {
                Ok(octets) => octets,
                Err(fault) => {
                    io.complain(&format!("grep: {}: {fault}\n", source.name));
                    failed = true;
                    continue;
                }
            };
            let prefix = if named { format!("{}:", source.name) } else { String::new() };
            let mut met = 0;
            for (i, line) in octets.split_inclusive(|b| *b == b'\n').enumerate() {
                let line = line.strip_suffix(b"\n").unwrap_or(line);
                if pattern.matches(line) == invert {
                    continue;
                }
                met += 1;
                if !count && !quiet {
                    let place = if number { format!("{}:", i + 1) } else { String::new() };
                    io.out(&[prefix.as_bytes(), place.as_bytes(), line, b"\n"].concat());
                }
            }
            found |= met > 0;
            if count && !quiet {
                io.print(&format!("{prefix}{met}\n"));
            }
        }
        Flow::Exit(if failed { 2 } else { u8::from(!found) })
    }))
}

impl Pattern {
    /// `None` where the pattern needs more of regular expressions than there is.
    pub(super) fn new(pattern: &[u8], fixed: bool, fold: bool) -> Option<Pattern> {
        let mut p = Pattern { pieces: vec![Vec::new()], from_start: false, to_end: false, fold };
        let mut octets = pattern.iter().copied().peekable();
        let mut first = true;
        while let Some(b) = octets.next() {
            let literal = match b {
                _ if fixed => Some(b),
                b'^' if first => {
                    p.from_start = true;
                    first = false;
                    continue;
                }
                b'$' if octets.peek().is_none() => {
                    p.to_end = true;
                    continue;
                }
                b'.' if octets.peek() == Some(&b'*') => {
                    octets.next();
                    p.pieces.push(Vec::new());
                    first = false;
                    continue;
                }
                b'.' => None,
                b'\\' => Some(octets.next()?),
                b'[' | b'*' if !first => return None,
                b'[' => return None,
                _ => Some(b),
            };
            first = false;
            let literal = literal.map(|b| if fold { b.to_ascii_lowercase() } else { b });
            p.pieces.last_mut()?.push(literal);
        }
        Some(p)
    }

    fn matches(&self, line: &[u8]) -> bool {
        self.find(line, 0).is_some()
    }

    /// Where the pattern meets the line first at or behind `from`, as far as it reaches: where `.*` stands in it, that takes all
    /// it can.
    pub(super) fn find(&self, line: &[u8], from: usize) -> Option<(usize, usize)> {
        let here = |piece: &[Option<u8>], at: usize| {
            let slice = line.get(at..at + piece.len());
            slice.is_some_and(|s| {
                s.iter().zip(piece).all(|(b, p)| {
                    let b = if self.fold { b.to_ascii_lowercase() } else { *b };
                    p.is_none_or(|p| p == b)
                })
            })
        };
        if self.from_start && from > 0 {
            return None;
        }
        let (last, before) = self.pieces.split_last()?;
        let (mut start, mut at) = (None, from);
        for piece in before {
            let end = line.len().checked_sub(piece.len())?;
            let found = match (start, self.from_start) {
                (None, true) => here(piece, 0).then_some(0),
                _ => (at..=end).find(|at| here(piece, *at)),
            }?;
            start = start.or(Some(found));
            at = found + piece.len();
        }
        let end = line.len().checked_sub(last.len()).filter(|end| *end >= at)?;
        let found = match (start, self.from_start) {
            (None, true) if self.to_end => (end == 0 && here(last, 0)).then_some(0),
            (None, true) => here(last, 0).then_some(0),
            _ if self.to_end => here(last, end).then_some(end),
            (None, false) => (at..=end).find(|at| here(last, *at)),
            (Some(_), _) => (at..=end).rev().find(|at| here(last, *at)),
        }?;
        Some((start.unwrap_or(found), found + last.len()))
    }
}

/// Does the pattern meet the line? For the table of cases.
#[cfg(test)]
fn met(pattern: &str, line: &str) -> Option<bool> {
    Pattern::new(pattern.as_bytes(), false, false).map(|p| p.matches(line.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn simple_patterns() {
        for (pattern, line, met_it) in [
            ("Received", "Received: from x", Some(true)),
            ("^Received", "X-Received: from x", Some(false)),
            ("^Received", "Received: from x", Some(true)),
            ("x$", "from x", Some(true)),
            ("^x$", "xx", Some(false)),
            ("^x$", "x", Some(true)),
            ("f..m", "a from b", Some(true)),
            ("^f.*b$", "from a to b", Some(true)),
            ("a.*b.*c", "c b a", Some(false)),
            ("", "anything", Some(true)),
            ("^$", "", Some(true)),
            ("^$", "a", Some(false)),
            (r"\.", "a.b", Some(true)),
            (r"\.", "ab", Some(false)),
            ("[ab]", "a", None),
            ("ab*", "a", None),
        ] {
            assert_eq!(met(pattern, line), met_it, "{pattern:?} in {line:?}");
        }
        assert!(Pattern::new(b"SUBJECT", false, true).unwrap().matches(b"subject: x"));
    }
}
