//! The server's side of an exchange, message by message.

use super::Mechanism;
use super::proof::{Credentials, Proof, Salted, Verified};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

/// One authentication at a server.
#[derive(Debug)]
pub struct ServerExchange {
    mechanism: Mechanism,
    state: State,
}

#[derive(Debug)]
enum State {
    New,
    /// The client's first message is due, because it sent none with the command.
    First,
    /// LOGIN: the user's name is due.
    Name,
    /// LOGIN: the password of this user is due.
    Password(String),
    /// The host's numbers are due; for SCRAM with the client's first message.
    Salting(Option<ScramFirst>),
    /// CRAM-MD5: the answer to this challenge is due.
    Digest(String),
    /// SCRAM: the client's last message is due.
    Final(ScramFirst, Salted, String),
    /// The host's verdict is due; for SCRAM the client then hears the server's proof.
    Verdict,
    /// SCRAM: the client's empty answer to the server's proof is due.
    Acknowledged,
    Over,
}

/// What SCRAM's first message says (RFC 5802 section 7).
#[derive(Debug)]
struct ScramFirst {
    acting_as: Option<String>,
    user: String,
    /// The message without its GS2 header.
    bare: String,
    /// The GS2 header.
    header: String,
    /// The client's nonce.
    nonce: String,
}

/// What a server must do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Send this to the client and give its answer to [`ServerExchange::response`].
    Challenge(Vec<u8>),
    /// Ask the host for its numbers (a nonce, and the salt of this user's password) and give them to
    /// [`ServerExchange::salted`].
    NeedSalted {
        /// The user, where known.
        user: Option<String>,
    },
    /// Ask the host whether these are right and tell [`ServerExchange::verdict`].
    Check(Credentials),
    /// The client is who it says.
    Done,
    /// It is over; why.
    Fault(SaslFault),
}

/// Why an exchange failed before anybody looked at a password, or because of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SaslFault {
    /// PLAIN: the message has not two NULs (RFC 4616 section 2).
    PlainParts,
    /// A message is not UTF-8.
    NotText,
    /// No user name.
    EmptyUser,
    /// CRAM-MD5: the client spoke first, where the server must (RFC 4422 section 5).
    ServerFirst,
    /// CRAM-MD5: not a name, a blank and 32 hexadecimal digits.
    DigestForm,
    /// SCRAM: the message has not the form of RFC 5802 section 7.
    ScramForm,
    /// SCRAM: the client insists on channel binding, which is not done here.
    ChannelBinding,
    /// SCRAM: the nonce is not the one of this exchange.
    OtherNonce,
    /// The host says that name or password is wrong.
    Wrong,
}

impl ServerExchange {
    /// An exchange by `mechanism`.
    pub fn new(mechanism: Mechanism) -> ServerExchange {
        ServerExchange { mechanism, state: State::New }
    }

    /// The mechanism.
    pub fn mechanism(&self) -> Mechanism {
        self.mechanism
    }

    /// Begins; `initial` is the client's first message where it came with the command.
    pub fn start(&mut self, initial: Option<&[u8]>) -> Step {
        if !matches!(std::mem::replace(&mut self.state, State::Over), State::New) {
            return Step::Fault(SaslFault::Wrong);
        }
        match (self.mechanism, initial) {
            (Mechanism::Login, None) => self.challenge(State::Name, b"Username:"),
            (Mechanism::Login, Some(name)) => self.name(name),
            (Mechanism::CramMd5, Some(_)) => Step::Fault(SaslFault::ServerFirst),
            (Mechanism::CramMd5, None) => {
                self.state = State::Salting(None);
                Step::NeedSalted { user: None }
            }
            (_, None) => self.challenge(State::First, b""),
            (Mechanism::Plain, Some(message)) => self.plain(message),
            (Mechanism::ScramSha256, Some(message)) => self.scram_first(message),
        }
    }

    /// The client's answer to a challenge.
    pub fn response(&mut self, message: &[u8]) -> Step {
        match std::mem::replace(&mut self.state, State::Over) {
            State::First if self.mechanism == Mechanism::Plain => self.plain(message),
            State::First => self.scram_first(message),
            State::Name => self.name(message),
            State::Password(user) => match text(message) {
                Ok(password) => self.check(None, user, Proof::Password(password)),
                Err(fault) => Step::Fault(fault),
            },
            State::Digest(challenge) => self.digest(message, challenge),
            State::Final(first, salted, server_first) => {
                self.scram_final(message, &first, salted, &server_first)
            }
            State::Acknowledged => Step::Done,
            State::New | State::Salting(_) | State::Verdict | State::Over => Step::Fault(SaslFault::Wrong),
        }
    }

    /// The host's numbers. `host` is the name under which a challenge of CRAM-MD5 goes out.
    pub fn salted(&mut self, salted: Salted, host: &str) -> Step {
        match std::mem::replace(&mut self.state, State::Over) {
            State::Salting(None) => {
                let challenge = format!("<{}@{host}>", salted.nonce);
                let octets = challenge.clone().into_bytes();
                self.challenge(State::Digest(challenge), &octets)
            }
            State::Salting(Some(first)) => {
                let Salted { nonce, salt, iterations } = &salted;
                let message = format!("r={}{nonce},s={},i={iterations}", first.nonce, BASE64.encode(salt));
                let octets = message.clone().into_bytes();
                self.challenge(State::Final(first, salted, message), &octets)
            }
            _ => Step::Fault(SaslFault::Wrong),
        }
    }

    /// The host's verdict on [`Step::Check`]; `None`: wrong.
    pub fn verdict(&mut self, verified: Option<&Verified>) -> Step {
        let due = matches!(std::mem::replace(&mut self.state, State::Over), State::Verdict);
        match verified.filter(|_| due) {
            None => Step::Fault(SaslFault::Wrong),
            Some(_) if self.mechanism != Mechanism::ScramSha256 => Step::Done,
            Some(v) => {
                let message = format!("v={}", BASE64.encode(&v.signature));
                self.challenge(State::Acknowledged, message.as_bytes())
            }
        }
    }

    fn challenge(&mut self, then: State, octets: &[u8]) -> Step {
        self.state = then;
        Step::Challenge(octets.to_vec())
    }

    fn check(&mut self, acting_as: Option<String>, user: String, proof: Proof) -> Step {
        if user.is_empty() {
            self.state = State::Over;
            return Step::Fault(SaslFault::EmptyUser);
        }
        self.state = State::Verdict;
        Step::Check(Credentials { acting_as, user, proof })
    }

    fn name(&mut self, message: &[u8]) -> Step {
        match text(message) {
            Ok(user) if user.is_empty() => Step::Fault(SaslFault::EmptyUser),
            Ok(user) => self.challenge(State::Password(user), b"Password:"),
            Err(fault) => Step::Fault(fault),
        }
    }

    /// RFC 4616 section 2: `[authzid] NUL authcid NUL passwd`.
    fn plain(&mut self, message: &[u8]) -> Step {
        let parts: Vec<&[u8]> = message.split(|b| *b == 0).collect();
        let [acting_as, user, password] = parts.as_slice() else {
            return Step::Fault(SaslFault::PlainParts);
        };
        match (text(acting_as), text(user), text(password)) {
            (Ok(acting_as), Ok(user), Ok(password)) => {
                let acting_as = Some(acting_as).filter(|a| !a.is_empty());
                self.check(acting_as, user, Proof::Password(password))
            }
            _ => Step::Fault(SaslFault::NotText),
        }
    }

    /// RFC 2195 section 2: the name, a blank, the digest. The name may hold blanks itself.
    fn digest(&mut self, message: &[u8], challenge: String) -> Step {
        let Ok(message) = text(message) else { return Step::Fault(SaslFault::NotText) };
        let Some((user, digest)) = message.trim_end_matches(['\r', '\n']).rsplit_once(' ') else {
            return Step::Fault(SaslFault::DigestForm);
        };
        if digest.len() != 32 || !digest.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Step::Fault(SaslFault::DigestForm);
        }
        let proof = Proof::CramMd5 { challenge, digest: digest.to_owned() };
        self.check(None, user.to_owned(), proof)
    }

    fn scram_first(&mut self, message: &[u8]) -> Step {
        let Ok(message) = text(message) else { return Step::Fault(SaslFault::NotText) };
        match scram_first(&message) {
            Ok(first) => {
                let user = Some(first.user.clone());
                self.state = State::Salting(Some(first));
                Step::NeedSalted { user }
            }
            Err(fault) => Step::Fault(fault),
        }
    }

    /// RFC 5802 section 7: `c=<header in base64>,r=<nonce>[,extensions],p=<proof in base64>`.
    fn scram_final(
        &mut self,
        message: &[u8],
        first: &ScramFirst,
        salted: Salted,
        server_first: &str,
    ) -> Step {
        let Ok(message) = text(message) else { return Step::Fault(SaslFault::NotText) };
        let Some((without_proof, proof)) = message.rsplit_once(",p=") else {
            return Step::Fault(SaslFault::ScramForm);
        };
        let mut attributes = without_proof.split(',');
        let header = attributes.next().and_then(|a| a.strip_prefix("c=")).and_then(|h| BASE64.decode(h).ok());
        let nonce = attributes.next().and_then(|a| a.strip_prefix("r="));
        let (Some(header), Some(nonce), Ok(proof)) = (header, nonce, BASE64.decode(proof)) else {
            return Step::Fault(SaslFault::ScramForm);
        };
        if header != first.header.as_bytes() {
            return Step::Fault(SaslFault::ChannelBinding);
        }
        if nonce.strip_prefix(first.nonce.as_str()) != Some(&salted.nonce) {
            return Step::Fault(SaslFault::OtherNonce);
        }
        let auth_message = format!("{},{server_first},{without_proof}", first.bare);
        let proof = Proof::Scram { salted, auth_message, proof };
        self.check(first.acting_as.clone(), first.user.clone(), proof)
    }
}

fn text(octets: &[u8]) -> Result<String, SaslFault> {
    std::str::from_utf8(octets).map(str::to_owned).map_err(|_| SaslFault::NotText)
}

/// RFC 5802 section 7: `n,[a=authzid],n=user,r=nonce[,extensions]`.
fn scram_first(message: &str) -> Result<ScramFirst, SaslFault> {
    let mut parts = message.splitn(3, ',');
    let (Some(binding), Some(acting_as), Some(bare)) = (parts.next(), parts.next(), parts.next()) else {
        return Err(SaslFault::ScramForm);
    };
    if binding.starts_with("p=") {
        return Err(SaslFault::ChannelBinding);
    }
    let acting_as = match acting_as {
        "" => None,
        name => Some(scram_name(name.strip_prefix("a=").ok_or(SaslFault::ScramForm)?)?),
    };
    let mut attributes = bare.split(',');
    let user = attributes.next().and_then(|a| a.strip_prefix("n=")).ok_or(SaslFault::ScramForm)?;
    let nonce = attributes.next().and_then(|a| a.strip_prefix("r=")).filter(|n| !n.is_empty());
    let (Some(nonce), "n" | "y") = (nonce, binding) else { return Err(SaslFault::ScramForm) };
    let user = scram_name(user)?;
    if user.is_empty() {
        return Err(SaslFault::EmptyUser);
    }
    let header = message.strip_suffix(bare).unwrap_or_default();
    let (bare, header, nonce) = (bare.to_owned(), header.to_owned(), nonce.to_owned());
    Ok(ScramFirst { acting_as, user, bare, header, nonce })
}

/// A name with `=2C` for the comma and `=3D` for the equals sign, and without NUL (RFC 5802 section 7, saslname).
fn scram_name(text: &str) -> Result<String, SaslFault> {
    let mut parts = text.split('=');
    let mut name = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (sign, rest) = match (part.strip_prefix("2C"), part.strip_prefix("3D")) {
            (Some(rest), _) => (',', rest),
            (None, Some(rest)) => ('=', rest),
            (None, None) => return Err(SaslFault::ScramForm),
        };
        name.push(sign);
        name.push_str(rest);
    }
    if name.contains('\0') { Err(SaslFault::ScramForm) } else { Ok(name) }
}
