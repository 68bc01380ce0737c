//! The terminals of a played attempt on one stream of lines: prompt, what was typed, output; with notes between.

use crate::event::Event;
use crate::units::{TermId, visible};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// How much of a line that is not ended is kept, to be shown again.
const KEPT: usize = 4096;

/// What the terminals show.
#[derive(Debug, Default)]
pub(super) struct Screen {
    /// The terminal shown at the moment; none before the first.
    shown: Option<TermId>,
    /// Of each terminal, the line that is not ended (a prompt).
    open: BTreeMap<TermId, String>,
}

impl Screen {
    /// Shows what an event changes on a terminal.
    pub(super) fn event(&mut self, event: &Event, out: &mut dyn Write) -> io::Result<()> {
        match event {
            Event::Printed { term, text, .. } => self.put(*term, text, out),
            Event::Typed { term, text, .. } => self.put(*term, &format!("{}\n", visible(text)), out),
            _ => Ok(()),
        }
    }

    /// Shows what an event changes where whoever typed has seen their line already.
    pub(super) fn echoed(&mut self, event: &Event, out: &mut dyn Write) -> io::Result<()> {
        match event {
            Event::Typed { term, .. } if self.shown == Some(*term) => {
                self.open.remove(term);
                Ok(())
            }
            other => self.event(other, out),
        }
    }

    /// A note that no terminal shows, each of its lines behind a `# `.
    pub(super) fn note(&mut self, text: &str, out: &mut dyn Write) -> io::Result<()> {
        self.leave(out)?;
        for line in text.lines() {
            writeln!(out, "# {line}")?;
        }
        let open = self.shown.and_then(|term| self.open.get(&term));
        open.map_or(Ok(()), |open| write!(out, "{open}"))
    }

    /// Ends the line that is open.
    pub(super) fn leave(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let open = self.shown.and_then(|term| self.open.get(&term));
        if open.is_some_and(|open| !open.is_empty()) { writeln!(out) } else { Ok(()) }
    }

    fn put(&mut self, term: TermId, text: &str, out: &mut dyn Write) -> io::Result<()> {
        if self.shown != Some(term) {
            if self.shown.is_some() {
                self.leave(out)?;
                writeln!(out, "--- terminal {term} ---")?;
                write!(out, "{}", self.open.get(&term).map_or("", String::as_str))?;
            }
            self.shown = Some(term);
        }
        write!(out, "{text}")?;
        let open = self.open.entry(term).or_default();
        match text.rsplit_once('\n') {
            Some((_, rest)) => *open = rest.to_owned(),
            None if open.len() < KEPT => open.push_str(text),
            None => {}
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terminals_take_turns_and_notes_stand_between() {
        let printed =
            |term, text: &str| Event::Printed { term: TermId(term), text: text.to_owned(), conn: None };
        let typed = |term, text: &str| Event::Typed { term: TermId(term), text: text.into(), conn: None };
        let mut screen = Screen::default();
        let mut out = Vec::new();
        screen.event(&printed(1, "ws:~$ "), &mut out).unwrap();
        screen.event(&typed(1, "nc \u{7}mail"), &mut out).unwrap();
        screen.event(&printed(1, "220 mail\n"), &mut out).unwrap();
        screen.note("one\ntwo", &mut out).unwrap();
        screen.event(&printed(1, "ws:~$ "), &mut out).unwrap();
        screen.note("three", &mut out).unwrap();
        screen.event(&printed(2, "ws:~$ "), &mut out).unwrap();
        screen.event(&typed(2, "ls"), &mut out).unwrap();
        screen.event(&typed(1, "exit"), &mut out).unwrap();
        screen.leave(&mut out).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "ws:~$ nc \\x07mail\n220 mail\n# one\n# two\nws:~$ \n# three\nws:~$ \n--- terminal 2 ---\nws:~$ ls\n\
             --- terminal 1 ---\nws:~$ exit\n"
        );
    }
}
