//! What a line that is no command resembles: a header field typed too early, another protocol, a shell command, a
//! slip of the fingers. The guess goes into the transcript for the explanation and for scenarios; no server's reply
//! depends on it.

use crate::event::LooksLike;

/// The protocol that is spoken where the line came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// SMTP.
    Smtp,
    /// POP3.
    Pop3,
    /// IMAP.
    Imap,
}

const SMTP: &[&str] = &[
    "HELO", "EHLO", "MAIL", "RCPT", "DATA", "RSET", "NOOP", "QUIT", "HELP", "VRFY", "EXPN", "STARTTLS",
    "AUTH", "BDAT",
];
const POP3: &[&str] = &[
    "USER", "PASS", "STAT", "LIST", "RETR", "DELE", "UIDL", "TOP", "CAPA", "APOP", "STLS", "NOOP", "RSET",
    "QUIT", "AUTH",
];
/// Words people type for a verb that the edit distance does not find.
const SMTP_SLIPS: &[(&str, &str)] = &[
    ("HALLO", "HELO"),
    ("MAILFROM", "MAIL"),
    ("MAILTO", "MAIL"),
    ("MAIL-FROM", "MAIL"),
    ("RCPTTO", "RCPT"),
    ("RCPT-TO", "RCPT"),
    ("RECIPIENT", "RCPT"),
    ("RECEIPT", "RCPT"),
    ("RECPT", "RCPT"),
    ("RECP", "RCPT"),
    ("START-TLS", "STARTTLS"),
    ("STLS", "STARTTLS"),
];
const POP3_SLIPS: &[(&str, &str)] = &[
    ("PASSWORD", "PASS"),
    ("USERNAME", "USER"),
    ("DELETE", "DELE"),
    ("RETRIEVE", "RETR"),
    ("STARTTLS", "STLS"),
];
/// Commands of IMAP with the number of words they need after them.
const IMAP: &[(&str, usize)] = &[
    ("LOGIN", 2),
    ("SELECT", 1),
    ("EXAMINE", 1),
    ("FETCH", 2),
    ("STORE", 3),
    ("SEARCH", 1),
    ("UID", 2),
    ("STATUS", 2),
    ("LSUB", 2),
    ("LIST", 2),
    ("EXPUNGE", 0),
    ("CAPABILITY", 0),
    ("LOGOUT", 0),
    ("IDLE", 0),
    ("NAMESPACE", 0),
    ("AUTHENTICATE", 1),
    ("CREATE", 1),
    ("COPY", 2),
];
const HTTP: &[&str] = &["GET", "POST", "HEAD", "PUT", "OPTIONS", "CONNECT", "DELETE", "PATCH"];
/// Programs with an argument, and such as are typed alone.
const SHELL: &[&str] = &[
    "telnet", "nc", "netcat", "openssl", "dig", "host", "nslookup", "base64", "printf", "echo", "cat", "man",
    "ssh", "ping", "swaks", "curl", "sleep", "sudo", "cd",
];
const SHELL_ALONE: &[&str] = &["ls", "exit", "logout", "clear", "history", "pwd", "whoami"];
/// Header fields without a hyphen, as mail writes them and as German programs show them.
const FIELDS: &[&str] = &[
    "from",
    "to",
    "cc",
    "bcc",
    "subject",
    "date",
    "sender",
    "received",
    "comments",
    "keywords",
    "references",
    "precedence",
    "priority",
    "importance",
    "organization",
    "organisation",
    "von",
    "an",
    "kopie",
    "betreff",
    "datum",
    "absender",
    "empfänger",
];

/// What `line`, which is no command of the protocol spoken, resembles; `None` where it resembles nothing known.
pub fn looks_like(line: &[u8], speaking: Protocol) -> Option<LooksLike> {
    if matches!(line, [0x16, 0x03, ..] | [0x80, _, 0x01, 0x03, ..]) {
        return Some(LooksLike::Tls);
    }
    let text = String::from_utf8_lossy(line);
    let text = text.trim();
    let words: Vec<&str> = text.split_whitespace().take(8).collect();
    let Some(first) = words.first() else { return Some(LooksLike::Empty) };
    if text == "." {
        return Some(LooksLike::LoneDot);
    }
    reply(text)
        .or_else(|| http(&words))
        .or_else(|| header(text))
        .or_else(|| imap(&words).filter(|found| speaking != Protocol::Imap || is_first(found, first)))
        .or_else(|| other_protocol(first, &words, speaking))
        .or_else(|| tagged(&words, speaking))
        .or_else(|| shell(&words))
        .or_else(|| misspelt(first, &words, text, speaking))
        .or_else(|| prose(text, &words).then_some(LooksLike::Text))
}

/// At an IMAP server: a tag, and then a command of another protocol.
fn tagged(words: &[&str], speaking: Protocol) -> Option<LooksLike> {
    let (_, rest) = words.split_first().filter(|_| speaking == Protocol::Imap)?;
    other_protocol(rest.first()?, rest, speaking)
}

/// A server's reply that was pasted back: SMTP's three digits, POP3's and IMAP's status words.
fn reply(text: &str) -> Option<LooksLike> {
    let b = text.as_bytes();
    let code = matches!(
        b,
        [b'2'..=b'5', b'0'..=b'5', b'0'..=b'9'] | [b'2'..=b'5', b'0'..=b'5', b'0'..=b'9', b' ' | b'-', ..]
    );
    let status = ["+OK", "-ERR", "* OK", "* BYE", "* NO"].iter().any(|s| text.starts_with(s));
    (code || status).then_some(LooksLike::Reply)
}

fn http(words: &[&str]) -> Option<LooksLike> {
    let (method, target) = (words.first()?, words.get(1)?);
    let versioned = words.get(2).is_some_and(|v| v.to_ascii_uppercase().starts_with("HTTP/"));
    let known = HTTP.iter().any(|m| m.eq_ignore_ascii_case(method));
    (known && (versioned || target.starts_with('/') || target.starts_with("http"))).then_some(LooksLike::Http)
}

fn header(text: &str) -> Option<LooksLike> {
    let (name, rest) = text.split_once(':')?;
    let name = name.trim_end();
    let token = name.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
    let known = FIELDS.contains(&name.to_lowercase().as_str());
    let compound = name.len() > 3 && name.contains('-') && !name.starts_with('-') && !name.ends_with('-');
    let command = SMTP_SLIPS.iter().any(|(slip, _)| slip.eq_ignore_ascii_case(name));
    let field = !name.is_empty() && token && (known || compound) && !command && !rest.starts_with("//");
    field.then(|| LooksLike::Header { name: name.to_owned() })
}

/// Is the command of IMAP that was found the first word, so that its tag is missing?
fn is_first(found: &LooksLike, first: &str) -> bool {
    matches!(found, LooksLike::Imap { verb } if verb.eq_ignore_ascii_case(first))
}

/// A tag, a command and what it needs; or the command without its tag where SMTP and POP3 have none of that name.
fn imap(words: &[&str]) -> Option<LooksLike> {
    let tagged = words.first().is_some_and(|tag| {
        let short = tag.len() <= 2 || tag.bytes().any(|b| b.is_ascii_digit());
        short && tag.len() <= 12 && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.')
    });
    let verb_at = |at: usize| {
        let verb = words.get(at)?;
        let (name, needs) = IMAP.iter().find(|(name, _)| name.eq_ignore_ascii_case(verb))?;
        let given = words.len() - at - 1;
        let fits = given >= *needs && (*needs > 0 || given == 0);
        let numbered = !matches!(*name, "FETCH" | "STORE" | "COPY")
            || words.get(at + 1).is_some_and(|set| set.starts_with(|c: char| c.is_ascii_digit() || c == '*'));
        (fits && numbered).then(|| LooksLike::Imap { verb: (*name).to_owned() })
    };
    let bare =
        words.first().is_some_and(|v| !v.eq_ignore_ascii_case("LIST") && !v.eq_ignore_ascii_case("LOGOUT"));
    tagged.then(|| verb_at(1)).flatten().or_else(|| bare.then(|| verb_at(0)).flatten())
}

fn other_protocol(first: &str, words: &[&str], speaking: Protocol) -> Option<LooksLike> {
    let verb = first.trim_end_matches(':').to_ascii_uppercase();
    let argument = words.get(1).copied().unwrap_or_default();
    let number = argument.bytes().all(|b| b.is_ascii_digit());
    match speaking {
        Protocol::Smtp => {
            let fits = match verb.as_str() {
                "USER" | "PASS" => words.len() == 2,
                "APOP" => words.len() == 3,
                "STAT" | "CAPA" => words.len() == 1,
                "LIST" | "UIDL" => words.len() <= 2 && number,
                "RETR" | "DELE" | "TOP" => words.len() <= 3 && number,
                _ => false,
            };
            fits.then_some(LooksLike::Pop3 { verb })
        }
        Protocol::Pop3 => {
            let keyword = argument.to_ascii_uppercase();
            let fits = match verb.as_str() {
                "HELO" | "EHLO" | "VRFY" | "EXPN" | "BDAT" => words.len() <= 2,
                "MAIL" => words.len() == 1 || keyword.starts_with("FROM"),
                "RCPT" => words.len() == 1 || keyword.starts_with("TO"),
                "DATA" | "HELP" => words.len() == 1,
                _ => false,
            };
            fits.then_some(LooksLike::Smtp { verb })
        }
        Protocol::Imap => other_protocol(first, words, Protocol::Smtp)
            .or_else(|| other_protocol(first, words, Protocol::Pop3)),
    }
}

fn shell(words: &[&str]) -> Option<LooksLike> {
    let mut words = words;
    if let [prompt, rest @ ..] = words
        && (*prompt == "$" || *prompt == "#" || *prompt == "%" || prompt.ends_with(":~$"))
    {
        words = rest;
    }
    let (program, arguments) = words.split_first()?;
    let known = SHELL.contains(program) && !arguments.is_empty() || SHELL_ALONE.contains(program);
    (known && arguments.len() < 7).then(|| LooksLike::Shell { program: (*program).to_owned() })
}

fn misspelt(first: &str, words: &[&str], text: &str, speaking: Protocol) -> Option<LooksLike> {
    if speaking == Protocol::Imap {
        return misspelt_after_tag(words);
    }
    let (verbs, slips) = match speaking {
        Protocol::Smtp => (SMTP, SMTP_SLIPS),
        Protocol::Pop3 | Protocol::Imap => (POP3, POP3_SLIPS),
    };
    let word = first.split(':').next().unwrap_or_default().to_ascii_uppercase();
    if word.len() < 3 || word.len() > 12 {
        return None;
    }
    let slip = slips.iter().find(|(slip, _)| *slip == word).map(|(_, verb)| *verb);
    let near = || {
        let distance = |v: &str| strsim::osa_distance(v, &word);
        let reach = |v: &str| if v.len() > 6 { 2 } else { 1 };
        verbs.iter().copied().filter(|v| distance(v) <= reach(v)).min_by_key(|v| distance(v))
    };
    let verb = slip.or_else(near)?;
    // A sentence that happens to begin like a verb is a sentence.
    let plausible = match verb {
        "MAIL" | "RCPT" => words.len() == 1 || text.contains([':', '@', '<']),
        "HELO" | "EHLO" | "USER" | "PASS" | "AUTH" => words.len() <= 2 && !text.ends_with([',', '!']),
        "TOP" => words.len() <= 3 && text.bytes().any(|b| b.is_ascii_digit()),
        _ => words.len() <= 2,
    };
    plausible.then(|| LooksLike::Misspelt { verb: verb.to_owned() })
}

/// At an IMAP server the second word is the command.
fn misspelt_after_tag(words: &[&str]) -> Option<LooksLike> {
    let word = words.get(1)?.to_ascii_uppercase();
    if !(3..=14).contains(&word.len()) {
        return None;
    }
    let distance = |v: &str| strsim::osa_distance(v, &word);
    let reach = |v: &str| if v.len() > 6 { 2 } else { 1 };
    let near = IMAP.iter().map(|(verb, _)| *verb).filter(|v| distance(v) <= reach(v));
    let verb = near.min_by_key(|v| distance(v))?;
    (words.len() <= 6).then(|| LooksLike::Misspelt { verb: verb.to_owned() })
}

/// Several words, or one that ends like a sentence or a salutation.
fn prose(text: &str, words: &[&str]) -> bool {
    let letters = words.iter().filter(|w| w.chars().any(char::is_alphabetic)).count();
    letters >= 2 || letters == 1 && text.ends_with([',', '.', '!', '?']) || !text.is_ascii() && letters == 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use LooksLike as L;

    fn some(name: &str) -> String {
        name.to_owned()
    }

    #[test]
    fn lines_typed_at_an_smtp_server() {
        let misspelt = |verb: &str| Some(L::Misspelt { verb: some(verb) });
        let rows: &[(&[u8], Option<L>)] = &[
            (b"", Some(L::Empty)),
            (b" \t ", Some(L::Empty)),
            (b".", Some(L::LoneDot)),
            (b"Subject: Testmail", Some(L::Header { name: some("Subject") })),
            (b"from:test@tester.tld", Some(L::Header { name: some("from") })),
            (b"Message-ID: <1@a>", Some(L::Header { name: some("Message-ID") })),
            ("Empfänger: Anna".as_bytes(), Some(L::Header { name: some("Empfänger") })),
            (b"To: Anna <anna@example.tld>", Some(L::Header { name: some("To") })),
            (b"http://example.tld/", None),
            (b"GET / HTTP/1.1", Some(L::Http)),
            (b"get /index.html", Some(L::Http)),
            (b"user anna", Some(L::Pop3 { verb: some("USER") })),
            (b"RETR 1", Some(L::Pop3 { verb: some("RETR") })),
            (b"LIST", Some(L::Pop3 { verb: some("LIST") })),
            (b"top of the morning", Some(L::Text)),
            (b"a001 LOGIN anna tulpe", Some(L::Imap { verb: some("LOGIN") })),
            (b". select INBOX", Some(L::Imap { verb: some("SELECT") })),
            (b"a FETCH 1 FULL", Some(L::Imap { verb: some("FETCH") })),
            (b"we fetch the mail", Some(L::Text)),
            (b"telnet mail.example.tld 25", Some(L::Shell { program: some("telnet") })),
            (b"$ dig +short MX example.tld", Some(L::Shell { program: some("dig") })),
            (b"exit", Some(L::Shell { program: some("exit") })),
            (b"\x16\x03\x01\x02\x00\x01", Some(L::Tls)),
            (b"250 2.1.0 Ok", Some(L::Reply)),
            (b"250-SIZE 10240000", Some(L::Reply)),
            (b"+OK Hello there.", Some(L::Reply)),
            (b"HELLO faked.tester.tld", misspelt("HELO")),
            (b"hallo", misspelt("HELO")),
            (b"EHLOO ws.lab.test", misspelt("EHLO")),
            (b"MIAL FROM:<a@b.tld>", misspelt("MAIL")),
            (b"MAILFROM:<a@b.tld>", misspelt("MAIL")),
            (b"mailto:a@b.tld", misspelt("MAIL")),
            (b"RCTP TO:<a@b.tld>", misspelt("RCPT")),
            (b"RECIPIENT a@b.tld", misspelt("RCPT")),
            (b"DTAA", misspelt("DATA")),
            (b"QIUT", misspelt("QUIT")),
            (b"STARTTSL", misspelt("STARTTLS")),
            (b"Hello Anna,", Some(L::Text)),
            (b"Mails are like postcards", Some(L::Text)),
            (b"this is the mail", Some(L::Text)),
            ("Grüße".as_bytes(), Some(L::Text)),
            (b"Bye!", Some(L::Text)),
            (b"xyzzy", None),
            (b"12345", None),
            (b"\xff\xfe\x00", None),
        ];
        for (line, expected) in rows {
            assert_eq!(&looks_like(line, Protocol::Smtp), expected, "{}", line.escape_ascii());
        }
    }

    #[test]
    fn lines_typed_at_an_imap_server() {
        let rows: &[(&str, Option<L>)] = &[
            ("EHLO ws.lab.test", Some(L::Smtp { verb: some("EHLO") })),
            ("mail from:<a@b.tld>", Some(L::Smtp { verb: some("MAIL") })),
            ("USER anna", Some(L::Pop3 { verb: some("USER") })),
            ("retr 1", Some(L::Pop3 { verb: some("RETR") })),
            ("a1 RETR 1", Some(L::Pop3 { verb: some("RETR") })),
            ("a1 EHLO ws.lab.test", Some(L::Smtp { verb: some("EHLO") })),
            ("login anna tulpe", Some(L::Imap { verb: some("LOGIN") })),
            ("select inbox", Some(L::Imap { verb: some("SELECT") })),
            ("a1 slect inbox", Some(L::Misspelt { verb: some("SELECT") })),
            ("a1 fecth 1 full", Some(L::Misspelt { verb: some("FETCH") })),
            ("Subject: hi", Some(L::Header { name: some("Subject") })),
            ("", Some(L::Empty)),
            ("a1 xyzzy", Some(L::Text)),
        ];
        for (line, expected) in rows {
            assert_eq!(&looks_like(line.as_bytes(), Protocol::Imap), expected, "{line}");
        }
    }

    #[test]
    fn lines_typed_at_a_pop3_server() {
        let rows: &[(&str, Option<L>)] = &[
            ("HELO ws.lab.test", Some(L::Smtp { verb: some("HELO") })),
            ("mail from:<a@b.tld>", Some(L::Smtp { verb: some("MAIL") })),
            ("RCPT TO:<a@b.tld>", Some(L::Smtp { verb: some("RCPT") })),
            ("data", Some(L::Smtp { verb: some("DATA") })),
            ("a LOGIN anna tulpe", Some(L::Imap { verb: some("LOGIN") })),
            ("login anna tulpe", Some(L::Imap { verb: some("LOGIN") })),
            ("UESR anna", Some(L::Misspelt { verb: some("USER") })),
            ("password tulpe", Some(L::Misspelt { verb: some("PASS") })),
            ("RERT 1", Some(L::Misspelt { verb: some("RETR") })),
            ("delete 1", Some(L::Misspelt { verb: some("DELE") })),
            ("Subject: hi", Some(L::Header { name: some("Subject") })),
            ("", Some(L::Empty)),
        ];
        for (line, expected) in rows {
            assert_eq!(&looks_like(line.as_bytes(), Protocol::Pop3), expected, "{line}");
        }
    }
}
