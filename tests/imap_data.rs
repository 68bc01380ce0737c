//! What FETCH says about the messages of tests/imap_data, compared octet for octet with what Dovecot 2.3 said about them.
//! A `.golden` file names an item in one line and has the answer in the next, escaped.

use helo::proto::imap::{
    BodyWords, FetchItem, Fetched, Flags, InternalDate, Keywords, Partial, Section, SectionText,
    StoredMessage,
};
use helo::units::{MessageId, Offset, Time};
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/imap_data")
}

fn message(octets: Vec<u8>) -> StoredMessage {
    StoredMessage {
        id: MessageId(1),
        uid: 1,
        flags: Flags::default(),
        recent: false,
        date: InternalDate { at: Time(0), zone: Offset(0) },
        octets: octets.into(),
    }
}

/// `BODY[2.HEADER.FIELDS (SUBJECT)]<0.5>` and the simple items.
fn item(text: &str) -> FetchItem {
    let Some((_, inside)) = text.split_once('[') else {
        return match text {
            "ENVELOPE" => FetchItem::Envelope,
            "BODY" => FetchItem::Body,
            "BODYSTRUCTURE" => FetchItem::BodyStructure,
            "RFC822" => FetchItem::Rfc822,
            "RFC822.SIZE" => FetchItem::Size,
            "RFC822.HEADER" => FetchItem::Rfc822Header,
            "RFC822.TEXT" => FetchItem::Rfc822Text,
            _ => panic!("{text}"),
        };
    };
    let (inside, after) = inside.split_once(']').unwrap();
    let digits = inside.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(inside.len());
    let (path, word) = inside.split_at(digits);
    let part = path.split('.').filter(|n| !n.is_empty()).map(|n| n.parse().unwrap()).collect();
    let names = || word.split(['(', ')']).nth(1).unwrap().split(' ').map(str::to_owned).collect();
    let text = match word.split(' ').next().unwrap() {
        "" => SectionText::All,
        "HEADER" => SectionText::Header,
        "HEADER.FIELDS" => SectionText::HeaderFields { not: false, names: names() },
        "HEADER.FIELDS.NOT" => SectionText::HeaderFields { not: true, names: names() },
        "TEXT" => SectionText::Text,
        "MIME" => SectionText::Mime,
        word => panic!("{word}"),
    };
    let partial = after.strip_prefix('<').and_then(|p| p.strip_suffix('>')).map(|p| {
        let (start, octets) = p.split_once('.').unwrap();
        Partial { start: start.parse().unwrap(), octets: octets.parse().unwrap() }
    });
    FetchItem::Section { section: Section { part, text }, peek: true, partial }
}

/// As the golden files escape.
fn escaped(octets: &[u8]) -> String {
    octets.escape_ascii().to_string().replace("\\\"", "\"").replace("\\'", "'")
}

fn fetched(message: &StoredMessage, items: &[FetchItem]) -> Vec<u8> {
    let mut out = Vec::new();
    Fetched::new(message).write(items, &Keywords::default(), BodyWords::AsWritten, &mut out);
    out
}

#[test]
fn every_item_is_what_dovecot_says() {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder()).unwrap().map(|e| e.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|e| e == "eml"));
    files.sort();
    assert!(files.len() > 30, "the messages were not found");
    let mut wrong = Vec::new();
    for path in files {
        let message = message(std::fs::read(&path).unwrap());
        let golden = std::fs::read_to_string(path.with_extension("golden")).unwrap();
        let lines: Vec<&str> = golden.lines().collect();
        for pair in lines.chunks(2) {
            let [name, wanted] = pair else { panic!("{}: an odd line", path.display()) };
            let got = escaped(&fetched(&message, &[item(name)]));
            let got = got.strip_prefix('(').and_then(|g| g.strip_suffix(')')).unwrap();
            if got != *wanted {
                let file = path.file_name().unwrap().to_string_lossy().into_owned();
                wrong.push(format!("{file}: {name}\n  Dovecot {wanted}\n  helo    {got}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}
