//! Strings on the wire: NIL, quoted or literal (RFC 3501 section 4.3). Which of the two, IMAP leaves open; here it is
//! as Dovecot chooses.

/// With more quotes and backslashes than this to be escaped, a literal is shorter.
const ESCAPES: usize = 4;

/// Writes an nstring: NIL where there is none. A literal where quoted strings cannot hold it: octets beyond ASCII, line
/// ends, NUL.
pub fn write_nstring(text: Option<&[u8]>, out: &mut Vec<u8>) {
    match text {
        None => out.extend_from_slice(b"NIL"),
        Some(text) => write_string(text, out),
    }
}

/// Writes a string, quoted where that can be.
pub fn write_string(text: &[u8], out: &mut Vec<u8>) {
    let special = |b: &&u8| matches!(**b, b'"' | b'\\');
    let quotable = text.iter().all(|b| b.is_ascii() && !matches!(b, b'\r' | b'\n' | 0));
    if !quotable || text.iter().filter(special).count() > ESCAPES {
        return write_literal(text, out);
    }
    out.push(b'"');
    for b in text {
        if special(&b) {
            out.push(b'\\');
        }
        out.push(*b);
    }
    out.push(b'"');
}

/// Writes a literal. A literal cannot hold NUL (RFC 3501 section 9, CHAR8); 0x80 stands in its place.
pub fn write_literal(octets: &[u8], out: &mut Vec<u8>) {
    out.extend_from_slice(format!("{{{}}}\r\n", octets.len()).as_bytes());
    let start = out.len();
    out.extend_from_slice(octets);
    if memchr::memchr(0, octets).is_some() {
        out.iter_mut().skip(start).filter(|b| **b == 0).for_each(|b| *b = 0x80);
    }
}

/// Writes a field's value of one line: a fold's line end goes where white space follows, and becomes a blank elsewhere.
pub(super) fn write_unfolded(text: Option<&[u8]>, out: &mut Vec<u8>) {
    let Some(text) = text.filter(|text| text.iter().any(|b| matches!(b, b'\r' | b'\n'))) else {
        return write_nstring(text, out);
    };
    let mut line = Vec::with_capacity(text.len());
    for (at, b) in text.iter().enumerate() {
        match (b, text.get(at + 1)) {
            (b'\r' | b'\n', None | Some(b' ' | b'\t' | b'\r' | b'\n')) => {}
            (b'\r' | b'\n', Some(_)) => line.push(b' '),
            _ => line.push(*b),
        }
    }
    write_string(&line, out);
}

/// Writes what people read, subjects and names: white space of any kind as single blanks, none at the ends. It is
/// quoted only where nothing has to be escaped or changed.
pub(super) fn write_readable(text: &[u8], out: &mut Vec<u8>) {
    let mut clean = Vec::with_capacity(text.len());
    for b in text {
        match b {
            b' ' | b'\t' | b'\r' | b'\n' => {
                if !matches!(clean.last(), None | Some(b' ')) {
                    clean.push(b' ');
                }
            }
            0 => clean.push(0x80),
            b => clean.push(*b),
        }
    }
    if clean.last() == Some(&b' ') {
        clean.pop();
    }
    let as_it_was = clean == text && clean.iter().all(|b| b.is_ascii() && !matches!(b, b'"' | b'\\'));
    if as_it_was || clean.is_empty() {
        out.push(b'"');
        out.extend_from_slice(&clean);
        out.push(b'"');
    } else {
        write_literal(&clean, out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl Fn(&mut Vec<u8>)) -> String {
        let mut out = Vec::new();
        write(&mut out);
        out.escape_ascii().to_string().replace("\\\"", "\"").replace("\\\\", "\\")
    }

    #[test]
    fn strings_are_quoted_where_they_can_be() {
        for (text, shown) in [
            (&b"plain"[..], "\"plain\""),
            (b"", "\"\""),
            (b"NIL", "\"NIL\""),
            (b"a \"b\" \\c", "\"a \\\"b\\\" \\\\c\""),
            (b"\"\"\"\"", "\"\\\"\\\"\\\"\\\"\""),
            (b"\"\"\"\"\"", "{5}\\r\\n\"\"\"\"\""),
            (b"a\r\nb", "{4}\\r\\na\\r\\nb"),
            (b"K\xf6ln", "{4}\\r\\nK\\xf6ln"),
            (b"a\0b", "{3}\\r\\na\\x80b"),
        ] {
            assert_eq!(written(|out| write_nstring(Some(text), out)), shown);
        }
        assert_eq!(written(|out| write_nstring(None, out)), "NIL");
    }

    #[test]
    fn folds_are_undone() {
        for (text, shown) in [
            (&b"one\n two"[..], "\"one two\""),
            (b"one\r\n\ttwo\r\n", "\"one\\ttwo\""),
            (b"one\ntwo", "\"one two\""),
        ] {
            assert_eq!(written(|out| write_unfolded(Some(text), out)), shown);
        }
    }

    #[test]
    fn what_people_read_has_single_blanks() {
        for (text, shown) in [
            (&b"Ein Test"[..], "\"Ein Test\""),
            (b"Ein  Test ", "{8}\\r\\nEin Test"),
            (b"Ein\n Test", "{8}\\r\\nEin Test"),
            (b" \t ", "\"\""),
            (b"", "\"\""),
            (b"\"quoted\"", "{8}\\r\\n\"quoted\""),
            (b"K\xc3\xb6ln", "{5}\\r\\nK\\xc3\\xb6ln"),
        ] {
            assert_eq!(written(|out| write_readable(text, out)), shown);
        }
    }
}
