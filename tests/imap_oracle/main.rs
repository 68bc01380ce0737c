//! helo's reader of IMAP commands beside that of imap-codec, which was written by others from the same grammar: both take
//! a command or both refuse it, and where they differ the reason stands in differences.txt.

#[path = "../imap_world/mod.rs"]
mod imap_world;

use helo::event::{ImapCommand, ImapReason};
use helo::proto::imap::Style;
use imap_codec::CommandCodec;
use imap_codec::decode::Decoder as _;
use imap_world::Site;
use std::collections::BTreeMap;

/// Lines that hold something.
fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|line| !line.is_empty() && !line.starts_with("# "))
}

/// The octets a line of commands.txt stands for.
fn octets(line: &str) -> Vec<u8> {
    format!("{line}\r\n").replace("\\r\\n", "\r\n").into_bytes()
}

/// Does helo's server understand it, whatever it then says of it?
fn helo_takes(command: &[u8]) -> bool {
    let mut lab = Site::with(Style::Dovecot, &["Subject: x\r\n\r\nx\r\n"]).open();
    let conn = lab.connect(143);
    lab.send(conn, b"b1 LOGIN anna@example.tld tulpe\r\nb2 SELECT INBOX\r\n");
    let before = lab.exchanges().count();
    lab.send(conn, command);
    let answer = lab.exchanges().skip(before).find(|e| !matches!(e.reason, ImapReason::LiteralWanted { .. }));
    matches!(answer.map(|e| &e.command), Some(ImapCommand::Known(_)))
}

/// Does imap-codec read it, and all of it?
fn codec_takes(command: &[u8]) -> bool {
    matches!(CommandCodec::default().decode(command), Ok((rest, _)) if rest.is_empty())
}

/// The known differences: who takes the command, and why that is so.
fn differences() -> BTreeMap<&'static str, (&'static str, &'static str)> {
    let mut reason = ("", "");
    let mut known = BTreeMap::new();
    for line in include_str!("differences.txt").lines().filter(|line| !line.is_empty()) {
        match line.strip_prefix("# ") {
            Some(text) => {
                let (who, why) = text.split_once(": ").expect("who takes it, and why");
                reason = (who, why);
            }
            None => drop(known.insert(line, reason)),
        }
    }
    known
}

#[test]
fn both_take_a_command_or_both_refuse_it() {
    let (known, mut seen, mut wrong) = (differences(), 0, Vec::new());
    let mut agreed = (0, 0);
    for line in lines(include_str!("commands.txt")) {
        let command = octets(line);
        let (ours, theirs) = (helo_takes(&command), codec_takes(&command));
        let who = match (ours, theirs) {
            (true, false) => "helo",
            (false, true) => "imap-codec",
            (true, true) => "both",
            (false, false) => "neither",
        };
        agreed.0 += usize::from(who == "both");
        agreed.1 += usize::from(who == "neither");
        let expected = known.get(line).map(|(who, _)| *who);
        seen += usize::from(expected.is_some());
        match expected {
            Some(expected) if expected == who => {}
            None if ours == theirs => {}
            _ => wrong.push(format!("{who}: {line}")),
        }
    }
    assert!(wrong.is_empty(), "who takes what the other does not:\n{}", wrong.join("\n"));
    assert_eq!(seen, known.len(), "differences.txt has commands that commands.txt has not");
    assert!(agreed.0 > 100 && agreed.1 > 100, "{agreed:?}");
}
