//! The client's side of an exchange: what it sends, and whether it may believe the server.

use super::Mechanism;
use super::proof::{ScramKeys, cram_md5};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

/// How many rounds of hashing a client lets a server ask of it: far beyond what any server asks for, and still done in
/// no time worth noting.
const ROUNDS: u32 = 100_000;

/// One authentication at a client. It sends [`Client::initial`] along with the command or waits for a challenge,
/// answers each challenge with [`Client::answer`], and asks [`Client::accepted`] once the server says that it is content.
#[derive(Clone)]
pub struct Client {
    mechanism: Mechanism,
    acting_as: String,
    user: String,
    password: String,
    nonce: String,
    state: State,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum State {
    /// Nothing was sent yet.
    New,
    /// LOGIN: the name was sent.
    Named,
    /// SCRAM: the first message was sent.
    Opened,
    /// SCRAM: the proof was sent; this is what the server must prove in turn.
    Proven(Vec<u8>),
    /// Everything was said.
    Told,
    /// The server cannot be believed.
    Broken,
}

/// Why a client breaks an exchange off, or does not believe a server that lets it in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClientFault {
    /// A challenge where none is due.
    NothingToAnswer,
    /// A challenge is not UTF-8.
    NotText,
    /// SCRAM: the server's message has not the form of RFC 5802 section 7.
    ScramForm,
    /// SCRAM: the nonce does not begin with the client's own (RFC 5802 section 5.1).
    OtherNonce,
    /// SCRAM: the server asks for no hashing at all, or for more of it than is done here.
    Rounds,
    /// SCRAM: the server says that the exchange failed (`e=`).
    Refused,
    /// SCRAM: the server could not prove that it knows the password.
    ServerUnproven,
}

/// A client knows a password, which shall not land in a log.
impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client")
            .field("mechanism", &self.mechanism)
            .field("user", &self.user)
            .field("state", &matches!(self.state, State::New))
            .finish_non_exhaustive()
    }
}

impl Client {
    /// A client of `user`. `nonce` is the client's part of SCRAM's nonce, fresh for each exchange: printable ASCII
    /// without comma; what else it has is left out.
    pub fn new(mechanism: Mechanism, user: &str, password: &str, nonce: &str) -> Client {
        let (user, password) = (user.to_owned(), password.to_owned());
        let nonce = nonce.chars().filter(|c| c.is_ascii_graphic() && *c != ',').collect();
        Client { mechanism, acting_as: String::new(), user, password, nonce, state: State::New }
    }

    /// The same, wanting to act as `name` (the authorization identity of RFC 4422 section 2). LOGIN and CRAM-MD5
    /// cannot say so.
    pub fn acting_as(self, name: &str) -> Client {
        Client { acting_as: name.to_owned(), ..self }
    }

    /// The mechanism.
    pub fn mechanism(&self) -> Mechanism {
        self.mechanism
    }

    /// The message that can go along with the command; `None` where the server speaks first, or where the exchange has
    /// begun.
    pub fn initial(&mut self) -> Option<Vec<u8>> {
        let begins = matches!(self.mechanism, Mechanism::Plain | Mechanism::ScramSha256);
        (begins && self.state == State::New).then(|| self.first())
    }

    /// The answer to a challenge. After a fault the client should cancel the exchange (`*`).
    pub fn answer(&mut self, challenge: &[u8]) -> Result<Vec<u8>, ClientFault> {
        match (std::mem::replace(&mut self.state, State::Broken), self.mechanism) {
            (State::New, Mechanism::Plain | Mechanism::ScramSha256) => Ok(self.first()),
            // Servers ask in their own words, some with nothing at all: the order is what counts.
            (State::New, Mechanism::Login) => {
                self.state = State::Named;
                Ok(self.user.clone().into_bytes())
            }
            (State::Named, _) => {
                self.state = State::Told;
                Ok(self.password.clone().into_bytes())
            }
            (State::New, Mechanism::CramMd5) => {
                let challenge = text(challenge)?;
                self.state = State::Told;
                Ok(format!("{} {}", self.user, cram_md5(challenge, &self.password)).into_bytes())
            }
            (State::Opened, _) => self.prove(text(challenge)?),
            (State::Proven(signature), _) => {
                server_proof(text(challenge)?, &signature)?;
                self.state = State::Told;
                Ok(Vec::new())
            }
            (State::Told, _) => Err(ClientFault::NothingToAnswer),
            (State::Broken, _) => Err(ClientFault::ServerUnproven),
        }
    }

    /// The server says that the client is in, `last` being what it sent along, if anything (RFC 4422 section 3.6). Under
    /// SCRAM that is worth something only if it has proved that it knows the password.
    pub fn accepted(&mut self, last: Option<&[u8]>) -> Result<(), ClientFault> {
        let state = std::mem::replace(&mut self.state, State::Broken);
        match (state, last) {
            (State::Proven(signature), Some(last)) => server_proof(text(last)?, &signature)?,
            (State::Told, _) => {}
            _ if self.mechanism == Mechanism::ScramSha256 => return Err(ClientFault::ServerUnproven),
            _ => {}
        }
        self.state = State::Told;
        Ok(())
    }

    /// The client's first message, where it begins.
    fn first(&mut self) -> Vec<u8> {
        if self.mechanism == Mechanism::Plain {
            self.state = State::Told;
            return format!("{}\0{}\0{}", self.acting_as, self.user, self.password).into_bytes();
        }
        self.state = State::Opened;
        format!("{}{}", self.header(), self.bare()).into_bytes()
    }

    /// SCRAM's GS2 header: no channel binding (RFC 5802 section 7).
    fn header(&self) -> String {
        match self.acting_as.as_str() {
            "" => "n,,".to_owned(),
            name => format!("n,a={},", escaped(name)),
        }
    }

    /// SCRAM's first message without its header.
    fn bare(&self) -> String {
        format!("n={},r={}", escaped(&self.user), self.nonce)
    }

    /// SCRAM's last message, to the server's first: `r=<nonce>,s=<salt in base64>,i=<rounds>[,extensions]`.
    fn prove(&mut self, server_first: &str) -> Result<Vec<u8>, ClientFault> {
        let mut attributes = server_first.split(',');
        let mut attribute = |name: &str| attributes.next().and_then(|a| a.strip_prefix(name));
        let (nonce, salt, rounds) = (attribute("r="), attribute("s="), attribute("i="));
        let (Some(nonce), Some(salt), Some(rounds)) = (nonce, salt, rounds) else {
            return Err(ClientFault::ScramForm);
        };
        let salt = BASE64.decode(salt).map_err(|_| ClientFault::ScramForm)?;
        // The server must have added something of its own.
        if nonce.strip_prefix(self.nonce.as_str()).is_none_or(str::is_empty) {
            return Err(ClientFault::OtherNonce);
        }
        if rounds.is_empty() || !rounds.bytes().all(|b| b.is_ascii_digit()) {
            return Err(ClientFault::ScramForm);
        }
        let rounds = rounds.parse::<u32>().ok().filter(|n| (1..=ROUNDS).contains(n));
        let rounds = rounds.ok_or(ClientFault::Rounds)?;
        let keys = ScramKeys::new(&self.password, &salt, rounds);
        let without_proof = format!("c={},r={nonce}", BASE64.encode(self.header()));
        let auth_message = format!("{},{server_first},{without_proof}", self.bare());
        let proof = BASE64.encode(keys.proof(&auth_message));
        self.state = State::Proven(keys.signature(&auth_message));
        Ok(format!("{without_proof},p={proof}").into_bytes())
    }
}

/// SCRAM's last message of the server: `v=<signature in base64>` or `e=<error>`, each perhaps with extensions.
fn server_proof(message: &str, signature: &[u8]) -> Result<(), ClientFault> {
    let message = message.split(',').next().unwrap_or_default();
    if message.starts_with("e=") {
        return Err(ClientFault::Refused);
    }
    let given = message.strip_prefix("v=").and_then(|v| BASE64.decode(v).ok());
    match given.ok_or(ClientFault::ScramForm)? {
        given if given == signature => Ok(()),
        _ => Err(ClientFault::ServerUnproven),
    }
}

/// A name as SCRAM writes it, where comma and equals sign mean something (RFC 5802 section 5.1).
fn escaped(name: &str) -> String {
    name.replace('=', "=3D").replace(',', "=2C")
}

fn text(octets: &[u8]) -> Result<&str, ClientFault> {
    std::str::from_utf8(octets).map_err(|_| ClientFault::NotText)
}
