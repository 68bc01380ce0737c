//! The Network Virtual Terminal: telnet's commands taken out of what arrives, and put into what is sent (RFC 854).

use std::collections::BTreeSet;

/// "Interpret as command".
pub(super) const IAC: u8 = 255;
pub(super) const DONT: u8 = 254;
pub(super) const DO: u8 = 253;
const WONT: u8 = 252;
pub(super) const WILL: u8 = 251;
const SB: u8 = 250;
const SE: u8 = 240;
const CR: u8 = 13;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum State {
    #[default]
    Text,
    /// A CR came; NUL after it is nothing.
    Return,
    Command,
    /// WILL, WONT, DO or DONT came; the option follows.
    Option(u8),
    /// Inside SB ... IAC SE.
    Sub,
    SubCommand,
}

/// Reads what a server sends.
#[derive(Debug, Default)]
pub(super) struct Nvt {
    state: State,
    /// Options that were refused already; each is refused once, so that two ends never argue for ever.
    refused: BTreeSet<(u8, u8)>,
}

impl Nvt {
    /// Splits octets into text and what must be answered at once.
    pub(super) fn feed(&mut self, octets: &[u8]) -> (Vec<u8>, Vec<u8>) {
        let (mut text, mut answer) = (Vec::with_capacity(octets.len()), Vec::new());
        for &b in octets {
            self.state = match (self.state, b) {
                (State::Text | State::Return, IAC) => State::Command,
                (State::Return, 0) => State::Text,
                (State::Text | State::Return, _) => {
                    text.push(b);
                    if b == CR { State::Return } else { State::Text }
                }
                (State::Command, IAC) => {
                    text.push(IAC);
                    State::Text
                }
                (State::Command, WILL | WONT | DO | DONT) => State::Option(b),
                (State::Command, SB) => State::Sub,
                (State::Command, _) => State::Text,
                (State::Option(verb), option) => {
                    let refusal = match verb {
                        WILL => Some(DONT),
                        DO => Some(WONT),
                        _ => None,
                    };
                    if let Some(refusal) = refusal.filter(|r| self.refused.insert((*r, option))) {
                        answer.extend([IAC, refusal, option]);
                    }
                    State::Text
                }
                (State::Sub, IAC) => State::SubCommand,
                (State::SubCommand, SE) => State::Text,
                (State::Sub | State::SubCommand, _) => State::Sub,
            };
        }
        (text, answer)
    }
}

/// A typed line as it is sent: 255 doubled, a CR inside it followed by NUL, CR LF at its end.
pub(super) fn line(typed: &[u8]) -> Vec<u8> {
    keys(typed, b"\r\n")
}

/// Keys as they are sent, and behind them what Enter is.
pub(super) fn keys(typed: &[u8], enter: &[u8]) -> Vec<u8> {
    let mut sent = Vec::with_capacity(typed.len() + 2);
    for &b in typed {
        match b {
            IAC => sent.extend([IAC, IAC]),
            CR => sent.extend([CR, 0]),
            _ => sent.push(b),
        }
    }
    sent.extend_from_slice(enter);
    sent
}

/// What `send` can send: the word, the octets, the help.
pub(super) const SPECIALS: [(&str, &[u8], &str); 16] = [
    ("ao", &[IAC, 245], "Send Telnet Abort output"),
    ("ayt", &[IAC, 246], "Send Telnet 'Are You There'"),
    ("brk", &[IAC, 243], "Send Telnet Break"),
    ("ec", &[IAC, 247], "Send Telnet Erase Character"),
    ("el", &[IAC, 248], "Send Telnet Erase Line"),
    ("escape", &[0x1d], "Send current escape character"),
    ("ga", &[IAC, 249], "Send Telnet 'Go Ahead' sequence"),
    ("ip", &[IAC, 244], "Send Telnet Interrupt Process"),
    ("nop", &[IAC, 241], "Send Telnet 'No operation'"),
    ("eor", &[IAC, 239], "Send Telnet 'End of Record'"),
    ("abort", &[IAC, 238], "Send Telnet 'Abort Process'"),
    ("susp", &[IAC, 237], "Send Telnet 'Suspend Process'"),
    ("eof", &[IAC, 236], "Send Telnet End of File Character"),
    ("synch", &[IAC, 242], "Perform Telnet 'Synch operation'"),
    ("getstatus", &[IAC, SB, 5, 1, IAC, SE], "Send request for STATUS"),
    ("?", &[], "Display send options"),
];

/// What ^C sends: Interrupt Process, then "do timing mark".
pub(super) const INTERRUPT: [u8; 5] = [IAC, 244, IAC, DO, 6];
/// What ^Z sends: Suspend, then "do timing mark".
pub(super) const SUSPEND: [u8; 5] = [IAC, 237, IAC, DO, 6];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_taken_out_in_any_chunking() {
        let cases: [(&[u8], &[u8], &[u8]); 8] = [
            (b"220 ready\r\n", b"220 ready\r\n", b""),
            (b"a\r\0b", b"a\rb", b""),
            (b"a\xff\xffb", b"a\xffb", b""),
            (b"\xff\xfd\x18x", b"x", b"\xff\xfc\x18"),
            (b"\xff\xfb\x01\xff\xfb\x01x", b"x", b"\xff\xfe\x01"),
            (b"\xff\xfe\x01\xff\xfc\x01x", b"x", b""),
            (b"a\xff\xfa\x18\x01\xff\xff\xff\xf0b\xff\xf9c", b"abc", b""),
            (b"cut \xff", b"cut ", b""),
        ];
        for (octets, text, answer) in cases {
            for size in 1..=octets.len() {
                let mut nvt = Nvt::default();
                let (mut t, mut a) = (Vec::new(), Vec::new());
                for chunk in octets.chunks(size) {
                    let (more, back) = nvt.feed(chunk);
                    t.extend(more);
                    a.extend(back);
                }
                assert_eq!(
                    (t.as_slice(), a.as_slice()),
                    (text, answer),
                    "{} by {size}",
                    octets.escape_ascii()
                );
            }
        }
    }

    #[test]
    fn a_typed_line_ends_with_cr_lf() {
        for (typed, sent) in [
            (&b"NOOP"[..], &b"NOOP\r\n"[..]),
            (b"", b"\r\n"),
            (b"\xff", b"\xff\xff\r\n"),
            (b"a\rb", b"a\r\0b\r\n"),
        ] {
            assert_eq!(line(typed), sent);
        }
    }
}
