//! Script lines: what a learner types, as solutions, counterexamples, `helo play` and the tests write it.
//!
//! A line is typed at terminal 1, an empty one too; `@2 LINE` goes to terminal 2, `@key ^]` presses a key (`@2 key ^]`
//! there), `@keys NOOX\bP\r` types key by key (`@2 keys ...` there), `@wait 60s` lets time pass, `@hint STEP` takes the next hint, `@answer STEP TEXT` answers a question,
//! `@paste` ... `@end` pastes several lines at once (`@2 paste` there), `@@` at the start of a line is a literal `@`.
//! `@optional LINE` is LINE, of which the author says that a learner may leave it out.
//!
//! Outside a paste a line that is `#` or begins with `# ` is a comment (to type such a line, write `@1 # ...`). The
//! comment `# step: ID` begins the part of the script that belongs to that step. After the comment `# optional` all lines up
//! to the next comment may be left out.

use super::suggest::nearest;
use crate::event::Key;
use crate::units::{Bytes, TermId};
use std::collections::BTreeSet;
use std::time::Duration;

/// A parsed script.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Script {
    /// What happens, with the number of its line in the script, from 1.
    pub lines: Vec<(usize, ScriptLine)>,
    /// Where each step's part begins: the line of its `# step: ID` comment and the id.
    pub parts: Vec<(usize, String)>,
    /// Which lines may be left out without losing a point, by their numbers.
    pub optional: BTreeSet<usize>,
}

/// One thing a learner does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScriptLine {
    /// Types a line and Enter.
    Type {
        /// Where.
        term: TermId,
        /// The line.
        text: Bytes,
    },
    /// Types key by key, each of which goes out at once where a program takes keys.
    Keys {
        /// Where.
        term: TermId,
        /// What a terminal sends for them; Enter is a carriage return.
        octets: Bytes,
    },
    /// Presses a key.
    Press {
        /// Where.
        term: TermId,
        /// The key.
        key: Key,
    },
    /// Pastes text, line ends included.
    Paste {
        /// Where.
        term: TermId,
        /// The text.
        text: Bytes,
    },
    /// Lets time pass.
    Wait(Duration),
    /// Takes the next hint of a step.
    Hint {
        /// The step.
        step: String,
    },
    /// Hands an exam in.
    HandIn,
    /// Answers a step's question.
    Answer {
        /// The step.
        step: String,
        /// The answer.
        text: String,
    },
}

/// A script line that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScriptFault {
    /// Its number, from 1.
    pub line: usize,
    /// What is wrong and what would be right.
    pub message: String,
}

/// The longest time one `@wait` lets pass.
const LONGEST_WAIT: Duration = Duration::from_secs(366 * 24 * 3600);

/// The words that may follow an `@`.
const WORDS: [&str; 9] = ["key", "keys", "wait", "hint", "answer", "hand-in", "paste", "end", "optional"];

impl Script {
    /// Reads a script. Both LF and CRLF end a line; the last line may lack its end.
    ///
    /// # Errors
    /// Every line that cannot be read.
    pub fn parse(text: &[u8]) -> Result<Script, Vec<ScriptFault>> {
        let mut reader = Reader::default();
        for (i, line) in text.split_inclusive(|b| *b == b'\n').enumerate() {
            reader.line(i + 1, without_end(line));
        }
        if let Some(paste) = reader.paste.take() {
            reader.fault(
                paste.line,
                "this @paste has no end: write @end in a line of its own after the pasted lines",
            );
        }
        if reader.faults.is_empty() { Ok(reader.script) } else { Err(reader.faults) }
    }

    /// The lines that belong to a step: those after its `# step: ID` comment, up to the next such comment.
    pub fn part<'a>(&'a self, step: &'a str) -> impl Iterator<Item = &'a ScriptLine> + 'a {
        self.lines
            .iter()
            .filter(move |(n, _)| {
                self.parts.iter().rev().find(|(begin, _)| begin < n).is_some_and(|(_, id)| id == step)
            })
            .map(|(_, line)| line)
    }
}

fn without_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

#[derive(Default)]
struct Reader {
    script: Script,
    faults: Vec<ScriptFault>,
    paste: Option<Paste>,
    /// The lines after `# optional`, up to the next comment.
    optional: bool,
}

struct Paste {
    line: usize,
    term: TermId,
    text: Vec<u8>,
}

const FIRST: TermId = TermId(1);

impl Reader {
    fn fault(&mut self, line: usize, message: impl Into<String>) {
        self.faults.push(ScriptFault { line, message: message.into() });
    }

    fn push(&mut self, n: usize, line: ScriptLine) {
        if self.optional {
            self.script.optional.insert(n);
        }
        self.script.lines.push((n, line));
    }

    fn line(&mut self, n: usize, line: &[u8]) {
        if let Some(mut paste) = self.paste.take() {
            if line.trim_ascii() == b"@end" {
                self.push(paste.line, ScriptLine::Paste { term: paste.term, text: paste.text.into() });
            } else {
                paste.text.extend_from_slice(if line.starts_with(b"@@") {
                    line.get(1..).unwrap_or_default()
                } else {
                    line
                });
                paste.text.push(b'\n');
                self.paste = Some(paste);
            }
        } else if line == b"#" || line.starts_with(b"# ") {
            let comment = String::from_utf8_lossy(line);
            self.optional = comment.trim_start_matches('#').trim() == "optional";
            if let Some(step) = comment.trim_start_matches('#').trim().strip_prefix("step:") {
                self.script.parts.push((n, step.trim().to_owned()));
            }
        } else if line.starts_with(b"@@") || !line.starts_with(b"@") {
            let text = line.strip_prefix(b"@").unwrap_or(line).into();
            self.push(n, ScriptLine::Type { term: FIRST, text });
        } else {
            self.command(n, line.get(1..).unwrap_or_default());
        }
    }

    /// A line that began with one `@`; `rest` is what follows it.
    fn command(&mut self, n: usize, rest: &[u8]) {
        let end = rest.iter().position(u8::is_ascii_whitespace).unwrap_or(rest.len());
        let (word, after) = rest.split_at_checked(end).unwrap_or((rest, b""));
        let word = String::from_utf8_lossy(word);
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            match word.parse::<u8>() {
                Ok(term) if term > 0 => self.at_terminal(n, TermId(term), after.get(1..).unwrap_or_default()),
                _ => self.fault(
                    n,
                    format!("there is no terminal {word}: terminals are counted from 1, as in @2 LINE"),
                ),
            }
            return;
        }
        let argument = String::from_utf8_lossy(after).trim().to_owned();
        match &*word {
            "optional" => {
                self.script.optional.insert(n);
                self.line(n, after.get(1..).unwrap_or_default());
            }
            "key" => self.key(n, FIRST, &argument),
            "keys" => self.keys(n, FIRST, after.get(1..).unwrap_or_default()),
            "paste" if argument.is_empty() => {
                self.paste = Some(Paste { line: n, term: FIRST, text: Vec::new() })
            }
            "paste" => {
                self.fault(n, "@paste stands in a line of its own; the pasted lines follow, then @end")
            }
            "end" => self.fault(n, "there is no @paste before this @end"),
            "wait" => match parse_duration(&argument) {
                Some(time) => self.push(n, ScriptLine::Wait(time)),
                None => self.fault(
                    n,
                    format!(
                        "{argument:?} is no time to wait: write @wait 500ms, 60s, 2m or 1h, at most 366 days"
                    ),
                ),
            },
            "hint" => match argument.as_str() {
                "" => self.fault(n, "of which step? Write @hint STEP"),
                step if step.contains(char::is_whitespace) => {
                    self.fault(n, "@hint takes one step's id: @hint STEP")
                }
                _ => self.push(n, ScriptLine::Hint { step: argument }),
            },
            "hand-in" if argument.is_empty() => self.push(n, ScriptLine::HandIn),
            "hand-in" => self.fault(n, "@hand-in takes nothing behind it"),
            "answer" => match argument.split_once(char::is_whitespace) {
                Some((step, text)) => {
                    self.push(n, ScriptLine::Answer { step: step.to_owned(), text: text.trim().to_owned() });
                }
                None => self.fault(n, "@answer takes a step's id and the answer: @answer STEP TEXT"),
            },
            _ => self.unknown(n, &word),
        }
    }

    fn unknown(&mut self, n: usize, word: &str) {
        let near = nearest(word, WORDS).map(|known| format!("did you mean @{known}? ")).unwrap_or_default();
        self.fault(
            n,
            format!("@{word} is no script command; {near}to type a line that begins with @, write @@"),
        );
    }

    fn at_terminal(&mut self, n: usize, term: TermId, line: &[u8]) {
        if line.trim_ascii() == b"paste" {
            self.paste = Some(Paste { line: n, term, text: Vec::new() });
        } else if let Some(key) = line.strip_prefix(b"key ") {
            self.key(n, term, String::from_utf8_lossy(key).trim());
        } else if let Some(keys) = line.strip_prefix(b"keys ") {
            self.keys(n, term, keys);
        } else {
            let text = if line.starts_with(b"@@") { line.get(1..).unwrap_or_default() } else { line };
            self.push(n, ScriptLine::Type { term, text: text.into() });
        }
    }

    fn keys(&mut self, n: usize, term: TermId, written: &[u8]) {
        match keystrokes(written) {
            Some(octets) if !octets.is_empty() => {
                self.push(n, ScriptLine::Keys { term, octets: octets.into() });
            }
            Some(_) => self.fault(n, "which keys? Write @keys NOOX\\bP\\r"),
            None => self.fault(
                n,
                "keys without a character are \\b (Backspace), \\d (Delete), \\e (Escape), \\r (Enter) and \\t (Tab); a backslash is \\\\",
            ),
        }
    }

    fn key(&mut self, n: usize, term: TermId, name: &str) {
        let Some(key) = Key::ALL.into_iter().find(|key| key.name().eq_ignore_ascii_case(name)) else {
            return self.fault(n, format!("{name:?} is no key: there are ^C, ^D, ^] and ^Z"));
        };
        self.push(n, ScriptLine::Press { term, key });
    }
}

/// What is typed key by key: octets, and names for the keys that have no character; `None` where a backslash begins no
/// such name.
fn keystrokes(written: &[u8]) -> Option<Vec<u8>> {
    let mut octets = Vec::with_capacity(written.len());
    let mut rest = written.iter();
    while let Some(&octet) = rest.next() {
        octets.push(match octet {
            b'\\' => match rest.next()? {
                b'b' => 0x08,
                b'd' => 0x7f,
                b'e' => 0x1b,
                b'r' => b'\r',
                b't' => b'\t',
                b'\\' => b'\\',
                _ => return None,
            },
            octet => octet,
        });
    }
    Some(octets)
}

/// Reads `500ms`, `60s`, `2m` or `1h`.
fn parse_duration(text: &str) -> Option<Duration> {
    let digits = text.find(|c: char| !c.is_ascii_digit())?;
    let (number, unit) = text.split_at_checked(digits)?;
    let number: u64 = number.parse().ok()?;
    let millis = match unit {
        "ms" => 1,
        "s" => 1000,
        "m" => 60_000,
        "h" => 3_600_000,
        _ => return None,
    };
    number.checked_mul(millis).map(Duration::from_millis).filter(|time| *time <= LONGEST_WAIT)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn typed(term: u8, text: &str) -> ScriptLine {
        ScriptLine::Type { term: TermId(term), text: text.into() }
    }

    fn pasted(term: u8, text: &str) -> ScriptLine {
        ScriptLine::Paste { term: TermId(term), text: text.into() }
    }

    fn keyed(term: u8, octets: &[u8]) -> ScriptLine {
        ScriptLine::Keys { term: TermId(term), octets: octets.into() }
    }

    fn press(term: u8, key: Key) -> ScriptLine {
        ScriptLine::Press { term: TermId(term), key }
    }

    #[test]
    fn each_line_is_one_thing_done() {
        let wait = |ms| ScriptLine::Wait(Duration::from_millis(ms));
        let rows = [
            ("helo faked.tester.tld", typed(1, "helo faked.tester.tld")),
            ("", typed(1, "")),
            ("  @wait 1s", typed(1, "  @wait 1s")),
            ("#5.5.1", typed(1, "#5.5.1")),
            ("@@home", typed(1, "@home")),
            ("@@", typed(1, "@")),
            ("@@@", typed(1, "@@")),
            ("@1 # no comment", typed(1, "# no comment")),
            ("@2 dig MX example.tld", typed(2, "dig MX example.tld")),
            ("@2", typed(2, "")),
            ("@2  two spaces", typed(2, " two spaces")),
            ("@2 @@x", typed(2, "@x")),
            ("@2 @x", typed(2, "@x")),
            (r"@keys NOOX\bP\r", keyed(1, b"NOOX\x08P\r")),
            (r"@2 keys  \\\d\e[A\t", keyed(2, b" \\\x7f\x1b[A\t")),
            ("@key ^]", press(1, Key::Escape)),
            ("@key ^c", press(1, Key::Interrupt)),
            ("@2 key ^D", press(2, Key::EndOfFile)),
            ("@wait 60s", wait(60_000)),
            ("@wait 2m", wait(120_000)),
            ("@wait 1h", wait(3_600_000)),
            ("@wait 500ms", wait(500)),
            ("@hint origin", ScriptLine::Hint { step: "origin".into() }),
            (
                "@answer origin  62.46.14.170 ",
                ScriptLine::Answer { step: "origin".into(), text: "62.46.14.170".into() },
            ),
            ("@answer a b c", ScriptLine::Answer { step: "a".into(), text: "b c".into() }),
            ("@paste\nquit\n@@end\n\n@end", pasted(1, "quit\n@end\n\n")),
            ("@3 paste\n# kept\n@end", pasted(3, "# kept\n")),
        ];
        for (line, done) in rows {
            for end in ["", "\n", "\r\n"] {
                let text = format!("{}{end}", line.replace('\n', if end.is_empty() { "\n" } else { end }));
                // An empty script has no line; one empty line needs its end.
                if text.is_empty() {
                    continue;
                }
                let script = Script::parse(text.as_bytes());
                assert_eq!(script.map(|s| s.lines), Ok(vec![(1, done.clone())]), "{text:?}");
            }
        }
    }

    #[test]
    fn faults_name_their_line_and_what_would_be_right() {
        for (script, line, says) in [
            ("dig\n@wate 1s", 2, "did you mean @wait?"),
            ("@noname", 1, "write @@"),
            ("@0 dig", 1, "counted from 1"),
            ("@256 dig", 1, "there is no terminal 256"),
            ("@2x dig", 1, "there is no terminal 2x"),
            ("@wait", 1, "write @wait 500ms"),
            ("@wait 5", 1, "\"5\" is no time"),
            ("@wait 99999999999999999999h", 1, "is no time"),
            ("@wait 8785h", 1, "at most 366 days"),
            ("@key ^X", 1, "there are ^C"),
            ("@2 key F1", 1, "\"F1\" is no key"),
            ("@keys", 1, "which keys?"),
            (r"@keys a\x", 1, "a backslash is"),
            (r"@2 keys a\", 1, "a backslash is"),
            ("@hint", 1, "of which step?"),
            ("@hint a b", 1, "one step's id"),
            ("@answer origin", 1, "@answer STEP TEXT"),
            ("a\n@end", 2, "no @paste before"),
            ("a\n@paste\nb\n", 2, "has no end"),
            ("@paste now\n", 1, "in a line of its own"),
        ] {
            let faults = Script::parse(script.as_bytes()).unwrap_err();
            assert_eq!(faults.len(), 1, "{script:?}");
            assert_eq!(faults[0].line, line, "{script:?}");
            assert!(faults[0].message.contains(says), "{script:?}: {}", faults[0].message);
        }
        assert_eq!(Script::parse(b"@a\nb\n@c\n").unwrap_err().len(), 2);
    }

    #[test]
    fn comments_are_not_typed_and_mark_the_steps() {
        let script =
            Script::parse(b"# a solution\n# step: find\ndig\n#\n# step: send\ntelnet\nquit\n").unwrap();
        let numbers: Vec<usize> = script.lines.iter().map(|(n, _)| *n).collect();
        assert_eq!(numbers, [3, 6, 7]);
        assert_eq!(script.part("find").collect::<Vec<_>>(), [&typed(1, "dig")]);
        assert_eq!(script.part("send").collect::<Vec<_>>(), [&typed(1, "telnet"), &typed(1, "quit")]);
        assert_eq!(script.part("origin").count(), 0);
    }

    #[test]
    fn lines_that_may_be_left_out_are_typed_all_the_same() {
        let script = Script::parse(
            b"dig\n@optional From: anna\n@optional\n@optional @2 key ^D\n# optional\nnoop\nrset\n#\nquit\n@optional @paste\na\n@end\n",
        )
        .unwrap();
        let typed: Vec<ScriptLine> = script.lines.iter().map(|(_, line)| line.clone()).collect();
        let expected = [
            self::typed(1, "dig"),
            self::typed(1, "From: anna"),
            self::typed(1, ""),
            press(2, Key::EndOfFile),
            self::typed(1, "noop"),
            self::typed(1, "rset"),
            self::typed(1, "quit"),
            pasted(1, "a\n"),
        ];
        assert_eq!(typed, expected);
        assert_eq!(script.optional, BTreeSet::from([2, 3, 4, 6, 7, 10]));
        assert!(Script::parse(b"@optional @wate 1s").is_err());
    }

    #[test]
    fn what_is_typed_may_be_any_octets() {
        let script = Script::parse(b"\xff\x00\r\r\n").unwrap();
        assert_eq!(
            script.lines,
            [(1, ScriptLine::Type { term: FIRST, text: Bytes::from(&b"\xff\x00\r"[..]) })]
        );
    }

    proptest! {
        #[test]
        fn no_script_makes_it_panic(script in proptest::collection::vec(
            prop_oneof![Just(b'@'), Just(b'\n'), Just(b' '), Just(b'2'), any::<u8>()], 0..200,
        )) {
            let _ = Script::parse(&script);
        }

        #[test]
        fn no_line_of_words_makes_it_panic(
            lines in "(@(key|keys|wait|hint|answer|paste|end|optional|[0-9]{1,4})? ?[a-z^\\]0-9 ]{0,6}\n){0,8}",
        ) {
            match Script::parse(lines.as_bytes()) {
                Ok(script) => prop_assert!(script.lines.len() <= lines.lines().count()),
                Err(faults) => prop_assert!(faults.iter().all(|f| (1..=lines.lines().count()).contains(&f.line))),
            }
        }
    }
}
