//! `sed` for what one changes in a file by hand: `s`, `d`, `p` and `q`, with addresses, and the simple patterns of `grep`.

use super::super::io::Io;
use super::filters::{Source, Work};
use super::grep::Pattern;
use super::options::Given;
use super::{Flow, Spec};

/// How many commands a script may have.
const COMMANDS: usize = 50;

/// Which lines a command is for.
#[derive(Debug)]
enum Address {
    Line(usize),
    Last,
    Like(Pattern),
}

/// What is done with a line.
#[derive(Debug)]
enum Act {
    Substitute { pattern: Pattern, with: Vec<u8>, all: bool, which: usize, print: bool },
    Delete,
    Print,
    Quit,
}

/// One command with its addresses.
#[derive(Debug)]
struct Command {
    from: Option<Address>,
    to: Option<Address>,
    except: bool,
    act: Act,
    /// The first line of a range was met, the last was not yet.
    open: bool,
}

/// Why a script cannot be carried out.
#[derive(Debug, PartialEq, Eq)]
enum ScriptFault {
    /// As GNU's sed words it, with the character where it was found out.
    Said(usize, &'static str),
    /// It needs more than there is here.
    NotHere,
}

/// Reads what `sed` is to do.
pub(super) fn sed(io: &mut Io, _spec: &'static Spec, given: &Given) -> Result<Work, u8> {
    let (script, files) = match (given.value('e'), given.operands.split_first()) {
        (Some(script), _) => (script.to_vec(), given.operands.clone()),
        (None, Some((script, files))) => (script.clone(), files.to_vec()),
        (None, None) => {
            io.complain("Usage: sed [OPTION]... {script-only-if-no-other-script} [input-file]...\n");
            return Err(1);
        }
    };
    let commands = match read(&script) {
        Ok(commands) => commands,
        Err(ScriptFault::Said(at, what)) => {
            io.complain(&format!("sed: -e expression #1, char {at}: {what}\n"));
            return Err(1);
        }
        Err(ScriptFault::NotHere) => {
            io.hint("this sed knows s, d, p and q, and in patterns plain text, . .* ^ and $ only");
            return Err(1);
        }
    };
    let (quiet, in_place) = (given.has('n'), given.has('i'));
    if in_place && files.is_empty() {
        io.complain("sed: no input files\n");
        return Err(4);
    }
    Ok(Work::new(files, move |io, sources| Flow::Exit(edit(io, commands, sources, quiet, in_place))))
}

fn edit(io: &mut Io, mut commands: Vec<Command>, sources: Vec<Source>, quiet: bool, in_place: bool) -> u8 {
    let mut status = 0;
    let (mut number, last) = (0, sources.len().saturating_sub(1));
    for (i, source) in sources.into_iter().enumerate() {
        let octets = match source.octets {
            Ok(octets) => octets,
            Err(fault) => {
                io.complain(&format!("sed: can't read {}: {fault}\n", source.name));
                status = 2;
                continue;
            }
        };
        if in_place {
            number = 0;
        }
        let (out, over) = edited(&mut commands, &octets, &mut number, quiet, in_place || i == last);
        if in_place {
            let files = &mut io.machine.files;
            if let Err(fault) =
                files.open(&source.name, false).and_then(|()| files.append(&source.name, &out))
            {
                io.complain(&format!("sed: couldn't write to {}: {fault}\n", source.name));
                status = 4;
            }
        } else {
            io.out(&out);
        }
        if over && !in_place {
            break;
        }
    }
    status
}

/// What becomes of a text, and whether a command has ended it before its end.
fn edited(
    commands: &mut [Command],
    octets: &[u8],
    number: &mut usize,
    quiet: bool,
    has_last: bool,
) -> (Vec<u8>, bool) {
    let mut out = Vec::with_capacity(octets.len());
    let mut lines = octets.split_inclusive(|b| *b == b'\n').peekable();
    let mut over = false;
    while let Some(whole) = lines.next() {
        *number += 1;
        let is_last = has_last && lines.peek().is_none();
        let bare = whole.strip_suffix(b"\n").unwrap_or(whole);
        let end = whole.get(bare.len()..).unwrap_or_default();
        let mut line = bare.to_vec();
        let mut kept = !quiet;
        let mut print = |line: &[u8]| {
            out.extend_from_slice(line);
            out.extend_from_slice(end);
        };
        for command in commands.iter_mut() {
            if !command.is_for(&line, *number, is_last) {
                continue;
            }
            match &command.act {
                Act::Delete => {
                    kept = false;
                    break;
                }
                Act::Print => print(&line),
                Act::Quit => {
                    over = true;
                    break;
                }
                Act::Substitute { pattern, with, all, which, print: shown } => {
                    if let Some(new) = substituted(&line, pattern, with, *all, *which) {
                        line = new;
                        if *shown {
                            print(&line);
                        }
                    }
                }
            }
        }
        if kept {
            print(&line);
        }
        if over {
            // What follows in a file that is edited in place is lost with GNU's sed too.
            break;
        }
    }
    (out, over)
}

/// A line with what the pattern meets replaced; `None` where it meets nothing.
fn substituted(line: &[u8], pattern: &Pattern, with: &[u8], all: bool, which: usize) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(line.len() + with.len());
    let (mut at, mut met, mut done) = (0, 0, false);
    while let Some((start, end)) = pattern.find(line, at) {
        out.extend_from_slice(line.get(at..start)?);
        met += 1;
        let found = line.get(start..end)?;
        if met == which || (all && met > which) {
            done = true;
            replacement(with, found, &mut out);
        } else {
            out.extend_from_slice(found);
        }
        at = end;
        if start == end {
            // Nothing was met here; the next may be met behind the next octet.
            let Some(octet) = line.get(at) else { break };
            out.push(*octet);
            at += 1;
        }
        if done && !all || at > line.len() {
            break;
        }
    }
    out.extend_from_slice(line.get(at..).unwrap_or_default());
    done.then_some(out)
}

/// `&` is what was met, `\n` a new line, and any other character after `\` itself.
fn replacement(with: &[u8], met: &[u8], out: &mut Vec<u8>) {
    let mut octets = with.iter();
    while let Some(octet) = octets.next() {
        match octet {
            b'&' => out.extend_from_slice(met),
            b'\\' => match octets.next() {
                Some(b'n') => out.push(b'\n'),
                Some(other) => out.push(*other),
                None => {}
            },
            other => out.push(*other),
        }
    }
}

impl Address {
    fn is(&self, line: &[u8], number: usize, last: bool) -> bool {
        match self {
            Address::Line(wanted) => *wanted == number,
            Address::Last => last,
            Address::Like(pattern) => pattern.find(line, 0).is_some(),
        }
    }
}

impl Command {
    fn is_for(&mut self, line: &[u8], number: usize, last: bool) -> bool {
        let inside = match (&self.from, &self.to) {
            (None, _) => true,
            (Some(from), None) => from.is(line, number, last),
            (Some(from), Some(to)) if !self.open => {
                let begins = from.is(line, number, last);
                // A range that ends on an earlier line, or here, is this one line.
                self.open = begins && !matches!(to, Address::Line(end) if *end <= number);
                begins
            }
            (Some(_), Some(to)) => {
                self.open = !to.is(line, number, last);
                true
            }
        };
        inside != self.except
    }
}

/// The commands of a script.
fn read(script: &[u8]) -> Result<Vec<Command>, ScriptFault> {
    let mut reader = Reader { script, at: 0 };
    let mut commands = Vec::new();
    loop {
        while matches!(reader.peek(), Some(b' ' | b'\t' | b'\n' | b';')) {
            reader.at += 1;
        }
        if reader.peek().is_none() {
            return Ok(commands);
        }
        if commands.len() == COMMANDS {
            return Err(ScriptFault::NotHere);
        }
        commands.push(reader.command()?);
        match reader.peek() {
            None | Some(b' ' | b'\t' | b'\n' | b';') => {}
            Some(_) => return Err(ScriptFault::Said(reader.at + 1, "extra characters after command")),
        }
    }
}

struct Reader<'a> {
    script: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.script.get(self.at).copied()
    }

    fn command(&mut self) -> Result<Command, ScriptFault> {
        let from = self.address()?;
        let to = match (from.is_some(), self.peek()) {
            (true, Some(b',')) => {
                self.at += 1;
                let to = self.address()?;
                Some(to.ok_or(ScriptFault::Said(self.at, "unexpected `,'"))?)
            }
            _ => None,
        };
        let except = self.peek() == Some(b'!');
        self.at += usize::from(except);
        let act = match self.peek() {
            Some(b's') => self.substitution()?,
            Some(b'd') => Act::Delete,
            Some(b'p') => Act::Print,
            Some(b'q') => Act::Quit,
            None => return Err(ScriptFault::Said(self.at, "missing command")),
            Some(_) => return Err(ScriptFault::NotHere),
        };
        if !matches!(act, Act::Substitute { .. }) {
            self.at += 1;
        }
        Ok(Command { from, to, except, act, open: false })
    }

    fn number(&mut self) -> Option<usize> {
        let digits = self.script.get(self.at..)?.iter().take_while(|b| b.is_ascii_digit()).count();
        let text = std::str::from_utf8(self.script.get(self.at..self.at + digits)?).ok()?;
        self.at += digits;
        text.parse().ok()
    }

    fn address(&mut self) -> Result<Option<Address>, ScriptFault> {
        match self.peek() {
            Some(b'0'..=b'9') => Ok(Some(Address::Line(self.number().ok_or(ScriptFault::NotHere)?))),
            Some(b'$') => {
                self.at += 1;
                Ok(Some(Address::Last))
            }
            Some(b'/') => {
                let text = self
                    .until(b'/')
                    .ok_or(ScriptFault::Said(self.script.len(), "unterminated address regex"))?;
                self.at += 1;
                pattern(&text, false).map(|pattern| Some(Address::Like(pattern)))
            }
            _ => Ok(None),
        }
    }

    /// What stands up to the next `mark`, the reader being at one; a mark behind `\` is a character like any other.
    fn until(&mut self, mark: u8) -> Option<Vec<u8>> {
        let mut text = Vec::new();
        self.at += 1;
        loop {
            let octet = self.peek()?;
            self.at += 1;
            match octet {
                b'\\' if self.peek() == Some(mark) => {
                    text.push(mark);
                    self.at += 1;
                }
                b'\\' => {
                    text.extend([octet, self.peek()?]);
                    self.at += 1;
                }
                _ if octet == mark => {
                    // The mark opens what follows as well.
                    self.at -= 1;
                    return Some(text);
                }
                _ => text.push(octet),
            }
        }
    }

    fn substitution(&mut self) -> Result<Act, ScriptFault> {
        let unterminated = || ScriptFault::Said(self.script.len(), "unterminated `s' command");
        let open = unterminated();
        self.at += 1;
        let Some(mark) = self.peek() else { return Err(open) };
        let Some(from) = self.until(mark) else { return Err(open) };
        let Some(with) = self.until(mark) else { return Err(open) };
        self.at += 1;
        let (mut all, mut print, mut fold, mut which) = (false, false, false, 1);
        loop {
            match self.peek() {
                Some(b'g') => all = true,
                Some(b'p') => print = true,
                Some(b'i' | b'I') => fold = true,
                Some(b'1'..=b'9') => {
                    which = self.number().unwrap_or(1);
                    continue;
                }
                None | Some(b' ' | b'\t' | b'\n' | b';') => break,
                Some(_) => return Err(ScriptFault::Said(self.at + 1, "unknown option to `s'")),
            }
            self.at += 1;
        }
        // Parts in brackets are not remembered here.
        if with.windows(2).any(|two| two[0] == b'\\' && two[1].is_ascii_digit()) {
            return Err(ScriptFault::NotHere);
        }
        Ok(Act::Substitute { pattern: pattern(&from, fold)?, with, all, which, print })
    }
}

fn pattern(text: &[u8], fold: bool) -> Result<Pattern, ScriptFault> {
    Pattern::new(text, false, fold).ok_or(ScriptFault::NotHere)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(script: &str, text: &str, quiet: bool) -> String {
        let mut commands = read(script.as_bytes()).unwrap();
        let (out, _) = edited(&mut commands, text.as_bytes(), &mut 0, quiet, true);
        String::from_utf8(out).unwrap()
    }

    /// As GNU's sed has it.
    #[test]
    fn lines_are_changed_as_they_are_told() {
        let text = "one\ntwo two\nthree\n";
        for (script, result) in [
            ("s/two/2/", "one\n2 two\nthree\n"),
            ("s/two/2/g", "one\n2 2\nthree\n"),
            ("s/two/2/2", "one\ntwo 2\nthree\n"),
            ("s/TWO/2/I", "one\n2 two\nthree\n"),
            ("s,t.*,<&>,", "one\n<two two>\n<three>\n"),
            ("s/^/> /", "> one\n> two two\n> three\n"),
            ("s/$/./", "one.\ntwo two.\nthree.\n"),
            ("s/o/\\&/", "&ne\ntw& two\nthree\n"),
            ("s/ /\\n/", "one\ntwo\ntwo\nthree\n"),
            ("s/\\//x/; s/e$/E/", "onE\ntwo two\nthreE\n"),
            ("2d", "one\nthree\n"),
            ("2,$d", "one\n"),
            ("/two/d", "one\nthree\n"),
            ("/one/,/two/s/o/0/g", "0ne\ntw0 tw0\nthree\n"),
            ("$!d", "three\n"),
            ("2q", "one\ntwo two\n"),
            ("3,1d", "one\ntwo two\n"),
            ("1p", "one\none\ntwo two\nthree\n"),
            ("s/x*y//", ""),
        ] {
            if script == "s/x*y//" {
                assert_eq!(read(script.as_bytes()).unwrap_err(), ScriptFault::NotHere);
                continue;
            }
            assert_eq!(run(script, text, false), result, "{script}");
        }
        assert_eq!(run("/t/p", text, true), "two two\nthree\n");
        assert_eq!(run("s/one/1/p", text, true), "1\n");
        assert_eq!(run("s/e/E/g", "no end", false), "no End", "a last line without its end stays so");
    }

    #[test]
    fn broken_scripts_are_told_as_gnu_tells_them() {
        for (script, at, said) in [
            ("s/a/b", 5, "unterminated `s' command"),
            ("s", 1, "unterminated `s' command"),
            ("s/a/b/x", 7, "unknown option to `s'"),
            ("1", 1, "missing command"),
            ("/a", 2, "unterminated address regex"),
            ("dd", 2, "extra characters after command"),
        ] {
            assert_eq!(read(script.as_bytes()).unwrap_err(), ScriptFault::Said(at, said), "{script}");
        }
        assert_eq!(read(b"s/\\(a\\)/\\1/").unwrap_err(), ScriptFault::NotHere);
    }
}
