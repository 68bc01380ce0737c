//! The mail of tests/hostile_mail/, made to attack whoever shows it. Its README says how the files are written.

use std::path::Path;

/// The longest line of a folded field, in octets.
const FOLD: usize = 900;

/// All of them, by the file's name without its ending.
pub(crate) fn corpus() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hostile_mail");
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|e| e == "mail") {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            found.push((name, message(&std::fs::read_to_string(&path).unwrap())));
        }
    }
    found.sort();
    assert!(found.len() > 12, "the corpus was not found");
    found
}

/// A message as SMTP carries it: dots doubled at the beginning of lines, the end not yet written.
pub(crate) fn stuffed(message: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(message.len() + 16);
    for line in message.split_inclusive(|b| *b == b'\n') {
        if line.starts_with(b".") {
            out.push(b'.');
        }
        out.extend_from_slice(line);
    }
    out
}

fn message(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    for line in text.lines() {
        match line.strip_prefix('@') {
            Some(order) => more(order, &mut out),
            None => {
                out.extend(octets(line));
                out.extend_from_slice(b"\r\n");
            }
        }
    }
    out
}

/// What an `@` line stands for.
fn more(order: &str, out: &mut Vec<u8>) {
    let mut words = order.splitn(3, ' ');
    let (what, count) = (words.next().unwrap(), words.next().unwrap());
    let (count, text): (usize, &str) = (count.parse().unwrap(), words.next().unwrap_or_default());
    match what {
        "repeat" => {
            for n in 1..=count {
                out.extend(octets(&text.replace("{n}", &n.to_string())));
                out.extend_from_slice(b"\r\n");
            }
        }
        "fold" => {
            out.extend(octets(text));
            let mut left = count;
            while left > 0 {
                let some = left.min(FOLD);
                out.extend_from_slice(b"\r\n ");
                out.extend(std::iter::repeat_n(b'a', some));
                left -= some;
            }
            out.extend_from_slice(b"\r\n");
        }
        "multipart" => {
            for n in 1..=count {
                out.extend(format!("Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n").bytes());
            }
            out.extend_from_slice(
                b"Content-Type: text/html\r\n\r\n<script>parent.attacked=2</script>deep\r\n",
            );
            for n in (1..=count).rev() {
                out.extend(format!("--b{n}--\r\n").bytes());
            }
        }
        "message" => {
            for n in 1..=count {
                out.extend(
                    format!("Content-Type: message/rfc822\r\n\r\nSubject: <b>{n}\r\nMIME-Version: 1.0\r\n")
                        .bytes(),
                );
            }
            out.extend_from_slice(b"\r\nin itself\r\n");
        }
        _ => panic!("@{order}: see tests/hostile_mail/README.md"),
    }
}

/// A line with its escapes resolved.
fn octets(line: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('\\') {
        out.extend_from_slice(before.as_bytes());
        rest = match after.as_bytes().first() {
            Some(b'x') => {
                out.push(u8::from_str_radix(&after[1..3], 16).unwrap());
                &after[3..]
            }
            Some(b'u') => {
                let (digits, rest) = after[2..].split_once('}').unwrap();
                let c = char::from_u32(u32::from_str_radix(digits, 16).unwrap()).unwrap();
                out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
                rest
            }
            Some(b'\\') => {
                out.push(b'\\');
                &after[1..]
            }
            Some(b'"') => {
                out.extend_from_slice(b"\\\"");
                &after[1..]
            }
            _ => panic!("{line}: see tests/hostile_mail/README.md"),
        };
    }
    out.extend_from_slice(rest.as_bytes());
    out
}
