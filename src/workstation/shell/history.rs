//! The lines typed at the prompt, and `!!`, `!n`, `!-n`, `!word`.

use std::collections::VecDeque;

/// How many lines a shell remembers, as bash does by default on Debian, and how many octets of them.
const LINES: usize = 1000;
const OCTETS: usize = 1 << 20;

/// The lines typed, each with its number from 1.
#[derive(Debug, Default)]
pub(in crate::workstation) struct History {
    lines: VecDeque<Vec<u8>>,
    /// Lines that were forgotten.
    dropped: usize,
    octets: usize,
}

impl History {
    /// Remembers a line; an empty one is not worth it.
    pub(in crate::workstation) fn add(&mut self, line: &[u8]) {
        if line.trim_ascii().is_empty() {
            return;
        }
        self.octets += line.len();
        self.lines.push_back(line.to_vec());
        while self.lines.len() > LINES || self.octets > OCTETS {
            let Some(old) = self.lines.pop_front() else { break };
            self.octets -= old.len();
            self.dropped += 1;
        }
    }

    /// Forgets everything.
    pub(in crate::workstation) fn clear(&mut self) {
        *self = History::default();
    }

    /// The lines with their numbers, oldest first.
    pub(in crate::workstation) fn lines(&self) -> impl ExactSizeIterator<Item = (usize, &[u8])> {
        self.lines.iter().enumerate().map(|(i, l)| (i + 1 + self.dropped, l.as_slice()))
    }

    /// The line with its `!` events replaced; `None` where it has none.
    ///
    /// # Errors
    /// The event that is not in the history.
    pub(in crate::workstation) fn replace(&self, line: &[u8]) -> Result<Option<Vec<u8>>, Vec<u8>> {
        let (mut out, mut at, mut found) = (Vec::new(), 0, false);
        let (mut single, mut double) = (false, false);
        while let Some(&b) = line.get(at) {
            let rest = line.get(at + 1..).unwrap_or_default();
            match b {
                b'\'' if !double => single = !single,
                b'"' if !single => double = !double,
                b'\\' if !single => {
                    out.push(b);
                    out.extend(rest.first());
                    at += 2;
                    continue;
                }
                b'!' if !single
                    && !matches!(rest.first(), None | Some(b' ' | b'\t' | b'=' | b'(' | b'"')) =>
                {
                    let (event, length) = self.event(rest);
                    let name = line.get(at..=at + length).unwrap_or_default();
                    out.extend_from_slice(event.ok_or(name)?);
                    found = true;
                    at += length + 1;
                    if out.len() > super::lex::COMMAND_LIMIT {
                        break;
                    }
                    continue;
                }
                _ => {}
            }
            out.push(b);
            at += 1;
        }
        Ok(found.then_some(out))
    }

    /// The line meant by what stands after a `!`, and how many octets name it.
    fn event(&self, after: &[u8]) -> (Option<&[u8]>, usize) {
        let from_end =
            |n: usize| self.lines.len().checked_sub(n).and_then(|i| self.lines.get(i)).map(Vec::as_slice);
        let number = |s: &[u8]| s.iter().take_while(|b| b.is_ascii_digit()).count();
        let parse = |s: &[u8]| std::str::from_utf8(s).ok().and_then(|s| s.parse::<usize>().ok());
        match after {
            [b'!', ..] => (from_end(1), 1),
            [b'-', rest @ ..] if number(rest) > 0 => {
                let n = number(rest);
                (rest.get(..n).and_then(parse).filter(|n| *n > 0).and_then(from_end), n + 1)
            }
            _ if number(after) > 0 => {
                let n = number(after);
                let index = after.get(..n).and_then(parse).and_then(|i| i.checked_sub(self.dropped + 1));
                (index.and_then(|i| self.lines.get(i)).map(Vec::as_slice), n)
            }
            _ => {
                let end = |b: &u8| matches!(b, b' ' | b'\t' | b';' | b'|' | b'&' | b'"' | b'\'');
                let n = after.iter().position(end).unwrap_or(after.len()).max(1);
                let prefix = after.get(..n).unwrap_or_default();
                (self.lines.iter().rev().find(|l| l.starts_with(prefix)).map(Vec::as_slice), n)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_replaced_as_bash_does() {
        let mut h = History::default();
        for line in ["dig +short MX example.tld", "telnet mail.example.tld 25", "   ", "echo hi"] {
            h.add(line.as_bytes());
        }
        for (typed, becomes) in [
            ("!!", Ok(Some("echo hi"))),
            ("!1", Ok(Some("dig +short MX example.tld"))),
            ("!-2", Ok(Some("telnet mail.example.tld 25"))),
            ("!tel", Ok(Some("telnet mail.example.tld 25"))),
            ("!! | base64", Ok(Some("echo hi | base64"))),
            ("echo '!!'", Ok(None)),
            ("echo \"!!\"", Ok(Some("echo \"echo hi\""))),
            ("echo hi!", Ok(None)),
            ("echo \"hi!\"", Ok(None)),
            ("! true", Ok(None)),
            (r"echo \!!", Ok(None)),
            ("!99", Err("!99")),
            ("!nosuch x", Err("!nosuch")),
            ("!0", Err("!0")),
        ] {
            let replaced = h.replace(typed.as_bytes());
            let replaced = replaced.map(|l| l.map(|l| String::from_utf8(l).unwrap()));
            let replaced = replaced.map_err(|e| String::from_utf8(e).unwrap());
            assert_eq!(replaced, becomes.map(|b| b.map(str::to_owned)).map_err(str::to_owned), "{typed}");
        }
    }

    #[test]
    fn old_lines_are_forgotten_and_keep_their_numbers() {
        let mut h = History::default();
        for n in 1..=LINES + 5 {
            h.add(format!("echo {n}").as_bytes());
        }
        assert_eq!(h.lines().next(), Some((6, &b"echo 6"[..])));
        assert_eq!(h.replace(b"!1005"), Ok(Some(b"echo 1005".to_vec())));
        assert_eq!(h.replace(b"!5"), Err(b"!5".to_vec()));
    }
}
