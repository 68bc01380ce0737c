//! Names of mailboxes as a server shows them, and the paths the host knows them by (RFC 3501 section 5.1).

use super::style::Manner;
use super::utf7;

/// Why a name is no path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoPath {
    /// Outside of the namespace.
    Elsewhere,
    /// An empty level, or a character that no name has.
    Bad,
}

impl Manner {
    /// The path of a name as the client wrote it. A separator at its end only says that there will be names below it
    /// (RFC 3501 section 6.3.3).
    pub(super) fn path(&self, name: &str) -> Result<String, NoPath> {
        let name = name.strip_suffix(self.separator).unwrap_or(name);
        if name.eq_ignore_ascii_case("INBOX") {
            return Ok("INBOX".to_owned());
        }
        let rest = match name.get(..self.prefix.len()) {
            Some(prefix) if prefix.eq_ignore_ascii_case(self.prefix) => name.get(self.prefix.len()..),
            _ => None,
        };
        let mut levels: Vec<&str> = rest.ok_or(NoPath::Elsewhere)?.split(self.separator).collect();
        let bad = |level: &&str| {
            level.is_empty() || level.chars().any(|c| c.is_control() || matches!(c, '/' | '*' | '%'))
        };
        if levels.iter().any(bad) {
            return Err(NoPath::Bad);
        }
        if let Some(first) = levels.first_mut().filter(|l| l.eq_ignore_ascii_case("INBOX")) {
            *first = "INBOX";
        }
        Ok(levels.join("/"))
    }

    /// The name of a path as this server shows it, not encoded.
    pub(super) fn shown(&self, path: &str) -> String {
        if path == "INBOX" {
            return path.to_owned();
        }
        format!("{}{}", self.prefix, path.replace('/', &self.separator.to_string()))
    }
}

/// A name as it stands on the wire: in modified UTF-7, in quotes where it needs them.
pub(super) fn on_the_wire(name: &str) -> String {
    let encoded = utf7::encode(name);
    let atom =
        |b: u8| b.is_ascii_graphic() && !matches!(b, b'(' | b')' | b'{' | b'%' | b'*' | b'"' | b'\\' | b']');
    if !encoded.is_empty() && encoded.bytes().all(atom) && !encoded.eq_ignore_ascii_case("NIL") {
        return encoded;
    }
    format!("\"{}\"", encoded.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::super::Style;
    use super::*;

    #[test]
    fn names_and_paths() {
        for (style, name, path) in [
            (Style::Dovecot, "inbox", Ok("INBOX")),
            (Style::Dovecot, "Inbox/Lists/", Ok("INBOX/Lists")),
            (Style::Dovecot, "Entwürfe", Ok("Entwürfe")),
            (Style::Dovecot, "a//b", Err(NoPath::Bad)),
            (Style::Dovecot, "a*", Err(NoPath::Bad)),
            (Style::Dovecot, "", Err(NoPath::Bad)),
            (Style::Courier, "INBOX.Sent.2026", Ok("Sent/2026")),
            (Style::Courier, "Sent", Err(NoPath::Elsewhere)),
            (Style::Courier, "INBOX.a/b", Err(NoPath::Bad)),
        ] {
            assert_eq!(style.manner().path(name), path.map(str::to_owned), "{name}");
        }
        assert_eq!(Style::Courier.manner().shown("Sent/2026"), "INBOX.Sent.2026");
        assert_eq!(on_the_wire("Entwürfe"), "Entw&APw-rfe");
        assert_eq!(on_the_wire("a \"b\""), "\"a \\\"b\\\"\"");
    }
}
