//! Keys that go to a connection one by one, compared with the telnet of Debian (inetutils 2.4) at a pseudo-terminal.

use super::Desk;
use crate::event::{Event, Key};
use crate::units::{Bytes, TermId};

const TERM: TermId = TermId(1);

fn connected() -> Desk {
    let mut desk = Desk::new();
    desk.net.open = true;
    desk.line("telnet 192.0.2.25 25");
    desk
}

/// What came of something done.
#[derive(Debug, Default, PartialEq)]
struct Came {
    sent: Vec<u8>,
    shown: String,
    /// Whole lines.
    typed: Vec<Bytes>,
    keyed: Vec<(Bytes, bool)>,
    modes: Vec<bool>,
}

impl Desk {
    fn keys(&mut self, octets: &[u8]) -> Came {
        self.ws.keyed(&mut self.net, TERM, octets);
        self.came()
    }

    fn came(&mut self) -> Came {
        let mut came = Came { sent: std::mem::take(&mut self.net.sent), ..Came::default() };
        for event in &self.net.events {
            match event {
                Event::Typed { text, .. } => came.typed.push(text.clone()),
                Event::Keyed { octets, echo, .. } => came.keyed.push((octets.clone(), *echo)),
                Event::KeyMode { on, .. } => came.modes.push(*on),
                _ => {}
            }
        }
        came.shown = self.shown();
        came
    }

    /// A command at telnet's own prompt.
    fn command(&mut self, command: &str) -> Came {
        self.key(Key::Escape);
        self.ws.typed(&mut self.net, TERM, command.as_bytes());
        let mut came = self.came();
        came.typed.clear();
        came
    }
}

/// Keys; what is sent; the lines that are whole with them; what was keyed.
type KeyRow<'r> = (&'r [u8], &'r [u8], &'r [&'r [u8]], &'r [u8]);

#[test]
fn each_key_goes_out_at_once_and_the_line_stands_whole_at_its_end() {
    let mut desk = connected();
    let rows: [KeyRow<'_>; 6] = [
        (b"NOO", b"NOO", &[], b"NOO"),
        (b"X", b"X", &[], b"X"),
        (b"\x08", b"\x08", &[], b"\x08"),
        (b"P\rQU", b"P\r\nQU", &[b"NOOX\x08P"], b"QU"),
        ("\u{e4}".as_bytes(), "\u{e4}".as_bytes(), &[], "\u{e4}".as_bytes()),
        (b"\xff\x1b[A", b"\xff\xff\x1b[A", &[], b"\xff\x1b[A"),
    ];
    for (keys, sent, typed, keyed) in rows {
        let came = Came {
            sent: sent.to_vec(),
            typed: typed.iter().map(|line| Bytes::from(*line)).collect(),
            keyed: vec![(keyed.into(), true)],
            ..Came::default()
        };
        assert_eq!(desk.keys(keys), came, "{}", keys.escape_ascii());
    }
    // The rest of a line may come whole: the transcript has all of it.
    desk.ws.typed(&mut desk.net, TERM, b"IT");
    let came = desk.came();
    assert_eq!(came.sent, b"IT\r\n");
    assert_eq!(came.typed, [Bytes::from(&b"QU\xc3\xa4\xff\x1b[AIT"[..])]);
}

#[test]
fn who_reads_lines_gets_the_lines_that_end_corrected() {
    let mut desk = Desk::new();
    let came = desk.keys("echo oh\u{e4}\x08ne\x7f\x7fi\recho tw".as_bytes());
    assert_eq!(came.shown, "ohi\nlab@ws:~$ ");
    assert_eq!(desk.line("echo three"), "three\nlab@ws:~$ ");
    let mut desk = connected();
    desk.key(Key::Escape);
    let came = desk.keys(b"stx\x08atus\r");
    assert_eq!(came.sent, b"", "telnet's own prompt reads lines");
    assert!(came.shown.starts_with("Connected to 192.0.2.25.\nOperating in obsolete linemode\n"), "{came:?}");
}

#[test]
fn character_mode_is_that_of_the_real_telnet() {
    let mut desk = connected();
    assert_eq!(desk.command("mode line").sent, b"\xff\xfb\x22");
    let came = desk.command("mode character");
    assert_eq!((&came.sent[..], &came.modes[..]), (&b"\xff\xfd\x03\xff\xfd\x01"[..], &[true][..]));
    assert_eq!(desk.command("mode c").sent, b"", "what was asked for is not asked again");
    let came = desk.keys(b"NO\x7f\r");
    assert_eq!(came.sent, b"NO\x7f\r\0");
    assert!(came.shown.contains("CR NUL"), "{came:?}");
    assert_eq!(came.keyed, [(Bytes::from(&b"NO\x7f\r"[..]), false)]);
    let came = desk.keys(b"\r");
    assert_eq!((&came.sent[..], came.shown.as_str(), came.typed.len()), (&b"\r\0"[..], "", 0), "said once");
    for (key, octet) in [(Key::Interrupt, 3), (Key::EndOfFile, 4), (Key::Suspend, 0x1a)] {
        assert_eq!(desk.key(key), "");
        assert_eq!(std::mem::take(&mut desk.net.sent), [octet]);
    }
    assert_eq!(desk.command("toggle crlf").shown, "Will send carriage returns as telnet <CR><LF>.\n");
    let came = desk.keys(b"A\r");
    assert_eq!((&came.sent[..], &came.typed[..]), (&b"A\r\n"[..], &[Bytes::from(&b"NO\x7f\r\rA"[..])][..]));
    // Who sends a line sends its keys.
    desk.line("NOOP");
    assert_eq!(std::mem::take(&mut desk.net.sent), b"NOOP\r\n");
    let shown = desk.command("status").shown;
    assert!(
        shown.contains("single character mode\nCatching signals locally\nRemote character echo\n"),
        "{shown}"
    );
    assert_eq!(desk.command("toggle crlf").shown, "Will send carriage returns as telnet <CR><NUL>.\n");
    let came = desk.command("mode line");
    assert_eq!((&came.sent[..], &came.modes[..]), (&b"\xff\xfe\x03\xff\xfe\x01"[..], &[false][..]));
    assert_eq!(desk.keys(b"B\r").sent, b"B\r\n");
    desk.command("mode character");
    let came = desk.command("quit");
    assert_eq!(came.modes, [false], "with the connection the mode ends");
}

#[test]
fn the_words_of_mode_are_answered_as_the_real_telnet_does() {
    let mut desk = connected();
    desk.key(Key::Escape);
    for (command, shown) in [
        ("mode", "'mode' command requires an argument\n'mode ?' for help.\ntelnet> "),
        ("mode foo", "Unknown mode 'foo' ('mode ?' for help).\ntelnet> "),
        ("mode l", "Ambiguous mode 'l' ('mode ?' for help).\ntelnet> "),
        ("mode isig", "?Need to have LINEMODE option enabled first.\n'mode ?' for help.\ntelnet> "),
    ] {
        assert_eq!(desk.line(command), shown);
    }
    let mut desk = Desk::new();
    desk.line("telnet");
    assert_eq!(desk.line("mode character"), "?Need to be connected first.\ntelnet> ");
    assert_eq!(desk.line("toggle crlf"), "Will send carriage returns as telnet <CR><LF>.\ntelnet> ");
}

#[test]
fn a_line_without_end_is_kept_to_a_bound() {
    let mut desk = connected();
    for _ in 0..3 {
        desk.keys(&[b'x'; 40 << 10]);
    }
    let typed = desk.keys(b"\r").typed;
    assert_eq!(typed.iter().map(|line| line.len()).collect::<Vec<_>>(), [64 << 10]);
}
