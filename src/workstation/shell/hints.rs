//! What was probably meant, where bash only says that it did not find the command.

use super::super::programs;

const SMTP: [&str; 14] = [
    "HELO", "EHLO", "MAIL", "RCPT", "DATA", "RSET", "NOOP", "VRFY", "EXPN", "QUIT", "STARTTLS", "AUTH",
    "BDAT", "HELP",
];
const POP3: [&str; 14] = [
    "USER", "PASS", "STAT", "LIST", "RETR", "DELE", "TOP", "UIDL", "CAPA", "APOP", "AUTH", "STLS", "QUIT",
    "NOOP",
];
const HEADERS: [&str; 10] =
    ["from", "to", "cc", "bcc", "subject", "date", "reply-to", "received", "message-id", "return-path"];

/// Programs one might expect, and what does their work here.
const ELSEWHERE: [(&str, &str); 16] = [
    ("nslookup", "use `dig` or `host`"),
    ("ncat", "use `nc`"),
    ("netcat", "use `nc`"),
    ("mailx", "use `mail`"),
    ("s-nail", "use `mail`"),
    ("mutt", "use `mail`"),
    ("sendmail", "use `mail` or `swaks`, or speak SMTP by hand with `telnet` or `nc`"),
    ("gnutls-cli", "use `openssl s_client`"),
    ("md5", "use `md5sum` or `openssl md5`"),
    ("ping", "try a port with `nc -vz HOST PORT`"),
    ("ssh", "use `telnet` or `nc`"),
    ("curl", "use `telnet` or `nc`"),
    ("wget", "use `telnet` or `nc`"),
    ("vi", "write a file with `cat > FILE` and end it with ^D"),
    ("nano", "write a file with `cat > FILE` and end it with ^D"),
    ("less", "use `cat`"),
];

/// The longest word that may be a misspelt program.
const LONGEST: usize = 20;

/// A hint for a command nobody knows; `line` is the whole command as typed.
pub(in crate::workstation) fn not_found(name: &str, line: &[u8]) -> Option<String> {
    if let Some(hint) = protocol(line) {
        return Some(hint);
    }
    let small = name.to_lowercase();
    if let Some((_, instead)) = ELSEWHERE.iter().find(|(n, _)| *n == small) {
        return Some(format!("helo: there is no `{small}` on this workstation; {instead}"));
    }
    if small != name && programs::find(&small).is_some() {
        return Some(format!("helo: programs are written in small letters: `{small}`"));
    }
    if small.len() > LONGEST {
        return None;
    }
    let near = programs::names().map(|n| (strsim::osa_distance(n, &small), n));
    let near = near.filter(|(d, n)| *d <= if n.len() < 4 { 1 } else { 2 } && *d < n.len().min(small.len()));
    near.min().map(|(_, n)| format!("helo: did you mean `{n}`?"))
}

/// A hint for a line that belongs into a protocol's dialogue and was typed at the shell.
pub(in crate::workstation) fn protocol(line: &[u8]) -> Option<String> {
    let line = String::from_utf8_lossy(line.get(..200).unwrap_or(line)).trim().to_owned();
    let word = line.split([' ', '\t', '<', ':', ';']).next().unwrap_or_default();
    let verb = word.to_ascii_uppercase();
    let (smtp, pop3) = (SMTP.contains(&verb.as_str()), POP3.contains(&verb.as_str()));
    let how = match (smtp, pop3) {
        (true, true) => {
            "of SMTP and POP3, and no connection is open here: first `telnet HOST PORT` (SMTP 25, POP3 110)"
        }
        (true, false) => "of SMTP, and no connection is open here: first `telnet HOST 25`",
        (false, true) => "of POP3, and no connection is open here: first `telnet HOST 110`",
        (false, false) => {
            let header =
                line.split_once(':').is_some_and(|(n, _)| HEADERS.contains(&n.to_lowercase().as_str()));
            return header.then(|| {
                "helo: that is a header line of a message; it is typed after DATA, on a connection to a mail server"
                    .to_owned()
            });
        }
    };
    Some(format!("helo: {verb} is a command {how}"))
}

/// A word about quotes and dashes that word processors and telephones make of the plain ones.
pub(in crate::workstation) fn typography(line: &[u8]) -> Option<String> {
    let line = String::from_utf8_lossy(line);
    if let Some(quote) = line.chars().find(|c| "‘’‚‛“”„‟«»‹›".contains(*c)) {
        return Some(format!(
            "helo: {quote} is a typographic quote; the shell takes it as a letter and knows only ' and \""
        ));
    }
    let dash = line.split_whitespace().find(|w| w.starts_with(['–', '—', '−', '‐']))?;
    let dash = dash.chars().next()?;
    Some(format!("helo: {dash} is a dash and no hyphen; options begin with -"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hints_say_what_was_meant() {
        for (line, hint) in [
            (
                "helo there",
                Some(
                    "helo: HELO is a command of SMTP, and no connection is open here: first `telnet HOST 25`",
                ),
            ),
            (
                "MAIL FROM:<a@b>",
                Some(
                    "helo: MAIL is a command of SMTP, and no connection is open here: first `telnet HOST 25`",
                ),
            ),
            (
                "user anna",
                Some(
                    "helo: USER is a command of POP3, and no connection is open here: first `telnet HOST 110`",
                ),
            ),
            (
                "Subject: Hi",
                Some(
                    "helo: that is a header line of a message; it is typed after DATA, on a connection to a mail server",
                ),
            ),
            ("tlenet x", Some("helo: did you mean `telnet`?")),
            ("Telnet x", Some("helo: programs are written in small letters: `telnet`")),
            ("nslookup x", Some("helo: there is no `nslookup` on this workstation; use `dig` or `host`")),
            ("xyzzy", None),
            ("q", None),
        ] {
            let name = line.split(' ').next().unwrap();
            assert_eq!(not_found(name, line.as_bytes()).as_deref(), hint, "{line}");
        }
        assert_eq!(
            typography("printf ‘a’".as_bytes()).unwrap(),
            "helo: ‘ is a typographic quote; the shell takes it as a letter and knows only ' and \""
        );
        assert_eq!(
            typography("dig –x 192.0.2.1".as_bytes()).unwrap(),
            "helo: – is a dash and no hyphen; options begin with -"
        );
        assert_eq!(typography(b"dig -x 192.0.2.1"), None);
    }
}
