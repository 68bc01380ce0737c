//! What an eavesdropper learns from the logins of a connection that is not encrypted: names, passwords, and digests that
//! can be tried against a list of words at home. Read from the lines as they stood on the wire, whatever the server made
//! of them: a password that was refused has been heard all the same.

use crate::event::{
    ImapCommand, ImapExchange, ImapReason, ImapVerb, Pop3Command, Pop3Exchange, Pop3Reason, SmtpCommand,
    SmtpExchange, SmtpReason,
};
use crate::mail::sasl::Mechanism;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

/// Something learned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Learned {
    /// A name.
    Name { user: String, decoded: bool },
    /// A password, and whose.
    Password { user: String, password: String, decoded: bool, right: bool },
    /// What was computed from a password: it does not travel itself, but whoever has this can try passwords.
    Digest { user: String, mechanism: &'static str, right: bool },
}

impl Learned {
    /// Whose.
    pub(super) fn user(&self) -> &str {
        match self {
            Learned::Name { user, .. } | Learned::Password { user, .. } | Learned::Digest { user, .. } => {
                user
            }
        }
    }
}

/// Listens to the logins of one connection.
#[derive(Debug, Default)]
pub(super) struct Logins {
    /// The mechanism that was named last.
    mechanism: Option<Mechanism>,
    /// The name that was given last.
    name: Option<String>,
}

impl Logins {
    /// What an exchange of SMTP tells.
    pub(super) fn smtp(&mut self, exchange: &SmtpExchange) -> Option<Learned> {
        let right = matches!(exchange.reason, SmtpReason::Authenticated { .. });
        if let SmtpCommand::AuthResponse { mechanism } = exchange.command {
            self.mechanism = Some(mechanism);
            return self.answer(&exchange.line, right);
        }
        let words = words(&exchange.line);
        let is_auth = words.first().is_some_and(|w| w.eq_ignore_ascii_case("AUTH"));
        if is_auth { self.begin(words.get(1..).unwrap_or_default(), right) } else { None }
    }

    /// What an exchange of POP3 tells.
    pub(super) fn pop3(&mut self, exchange: &Pop3Exchange) -> Option<Learned> {
        let right = matches!(exchange.reason, Pop3Reason::LoggedIn { .. });
        if let Pop3Command::AuthAnswer { mechanism } = exchange.command {
            self.mechanism = Some(mechanism);
            return self.answer(&exchange.line, right);
        }
        let words = words(&exchange.line);
        let verb = words.first()?.to_ascii_uppercase();
        match (verb.as_str(), words.get(1..).unwrap_or_default()) {
            ("AUTH", rest) => self.begin(rest, right),
            ("USER", [user, ..]) => {
                self.name = Some(user.clone());
                Some(Learned::Name { user: user.clone(), decoded: false })
            }
            ("PASS", [_, ..]) => {
                // Everything after the space: a password may have spaces itself (RFC 1939 section 7).
                let line = exchange.line.lossy();
                let password = line.trim_start().get(5..).unwrap_or_default().to_owned();
                let user = self.name.clone().unwrap_or_else(|| exchange.user.clone());
                Some(Learned::Password { user, password, decoded: false, right })
            }
            ("APOP", [user, _, ..]) => Some(Learned::Digest { user: user.clone(), mechanism: "APOP", right }),
            _ => None,
        }
    }

    /// What an exchange of IMAP tells.
    pub(super) fn imap(&mut self, exchange: &ImapExchange) -> Option<Learned> {
        let right = exchange.reason == ImapReason::LoggedIn;
        if matches!(exchange.command, ImapCommand::Continuation { verb: ImapVerb::Authenticate }) {
            return self.answer(&exchange.line, right);
        }
        let strings = strings(&exchange.line);
        let verb = strings.get(1)?.to_ascii_uppercase();
        match (verb.as_str(), strings.get(2..).unwrap_or_default()) {
            ("LOGIN", [user, password, ..]) => Some(Learned::Password {
                user: user.clone(),
                password: password.clone(),
                decoded: false,
                right,
            }),
            // The command and the answers to its challenges may stand in one line of the transcript.
            ("AUTHENTICATE", rest) => self.begin(rest, right),
            _ => None,
        }
    }

    /// A mechanism is named, perhaps with a first answer at once.
    fn begin(&mut self, rest: &[String], right: bool) -> Option<Learned> {
        self.name = None;
        self.mechanism = rest.first().and_then(|name| Mechanism::parse(name));
        let learned = rest.get(1..).unwrap_or_default().iter().map(|a| self.answer(a.as_bytes(), right));
        learned.flatten().last()
    }

    /// An answer in base64.
    fn answer(&mut self, line: &[u8], right: bool) -> Option<Learned> {
        let octets = BASE64.decode(line.trim_ascii()).ok()?;
        let text = String::from_utf8_lossy(&octets).into_owned();
        match self.mechanism? {
            Mechanism::Plain => {
                let parts: Vec<&str> = text.split('\0').collect();
                let [_, user, password] = parts.as_slice() else { return None };
                Some(Learned::Password {
                    user: (*user).to_owned(),
                    password: (*password).to_owned(),
                    decoded: true,
                    right,
                })
            }
            Mechanism::Login => match self.name.take() {
                None => {
                    self.name = Some(text.clone());
                    Some(Learned::Name { user: text, decoded: true })
                }
                Some(user) => Some(Learned::Password { user, password: text, decoded: true, right }),
            },
            Mechanism::CramMd5 => {
                let (user, _) = text.rsplit_once(' ')?;
                Some(Learned::Digest { user: user.to_owned(), mechanism: "CRAM-MD5", right })
            }
            Mechanism::ScramSha256 => {
                let attribute = |name: &str| text.split(',').find_map(|a| a.strip_prefix(name));
                if let Some(user) = attribute("n=") {
                    self.name = Some(user.to_owned());
                    return Some(Learned::Name { user: user.to_owned(), decoded: true });
                }
                attribute("p=")?;
                let user = self.name.clone().unwrap_or_default();
                Some(Learned::Digest { user, mechanism: "SCRAM-SHA-256", right })
            }
        }
    }
}

fn words(line: &[u8]) -> Vec<String> {
    String::from_utf8_lossy(line).split_whitespace().map(str::to_owned).collect()
}

/// The words of an IMAP command: atoms, quoted strings without their quotes, literals without their length (RFC 3501
/// section 4.3).
fn strings(line: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = line;
    loop {
        rest = rest.trim_ascii_start();
        let Some(&first) = rest.first() else { return found };
        let (word, after) = match first {
            b'"' => quoted(rest.get(1..).unwrap_or_default()),
            // A length without its octets: what follows is not known.
            b'{' => match literal(rest) {
                Some(found) => found,
                None => return found,
            },
            _ => atom(rest),
        };
        found.push(String::from_utf8_lossy(&word).into_owned());
        rest = after;
    }
}

fn atom(rest: &[u8]) -> (Vec<u8>, &[u8]) {
    let end = rest.iter().position(u8::is_ascii_whitespace).unwrap_or(rest.len());
    let (word, after) = rest.split_at(end);
    (word.to_vec(), after)
}

fn quoted(mut rest: &[u8]) -> (Vec<u8>, &[u8]) {
    let mut word = Vec::new();
    while let Some((&octet, after)) = rest.split_first() {
        rest = after;
        match (octet, after.split_first()) {
            (b'"', _) => break,
            (b'\\', Some((&next, after))) => {
                word.push(next);
                rest = after;
            }
            _ => word.push(octet),
        }
    }
    (word, rest)
}

/// `{5}` CR LF and five octets; `None` where it is something else.
fn literal(rest: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let end = rest.iter().position(|o| *o == b'}')?;
    let number = std::str::from_utf8(rest.get(1..end)?).ok()?;
    let octets: usize = number.trim_end_matches(['+', '-']).parse().ok()?;
    let after = rest.get(end + 1..)?;
    let after = after.strip_prefix(b"\r\n").or_else(|| after.strip_prefix(b"\n"))?;
    let (word, after) = after.split_at(octets.min(after.len()));
    Some((word.to_vec(), after))
}
