//! What an SMTP server heard and said, with the typed reason for each answer. RFC 5321 where nothing else is named.

mod params;
mod verb;

pub use params::{MailParams, Notify, OriginalRecipient, RcptParams, Ret};
pub use verb::SmtpVerb;

use crate::mail::sasl::{Mechanism, SaslFault};
use crate::mail::{AddressFault, ForwardPath, ReversePath};
use crate::rfc::Section;
use crate::units::{Bytes, MessageId, Span};
use serde::{Deserialize, Serialize};

/// An enhanced status code such as `2.1.5` (RFC 3463).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EnhancedCode(pub u8, pub u16, pub u16);

impl EnhancedCode {
    /// Reads an enhanced code such as `2.1.5` (RFC 3463 section 2); `None` for anything else.
    pub fn parse(word: &str) -> Option<EnhancedCode> {
        let mut numbers = word.split('.');
        let mut next = |digits: usize| {
            let number = numbers.next()?;
            let plain = (1..=digits).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
            number.parse::<u16>().ok().filter(|_| plain)
        };
        let code = EnhancedCode(u8::try_from(next(1)?).ok()?, next(3)?, next(3)?);
        (numbers.next().is_none() && matches!(code.0, 2 | 4 | 5)).then_some(code)
    }
}

impl std::fmt::Display for EnhancedCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}.{}", self.0, self.1, self.2)
    }
}

/// An SMTP reply as it stood on the wire (section 4.2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// The three digits.
    pub code: u16,
    /// The enhanced code, where the server sent one.
    pub enhanced: Option<EnhancedCode>,
    /// The text of each line without code and enhanced code; never empty.
    pub lines: Vec<String>,
}

/// What the server understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SmtpCommand {
    /// Nothing yet: the connection was opened and the server greets (section 3.1).
    Connect,
    /// HELO.
    Helo {
        /// The name the client gave itself.
        name: String,
    },
    /// EHLO.
    Ehlo {
        /// The name the client gave itself.
        name: String,
    },
    /// MAIL FROM.
    Mail {
        /// The envelope's sender.
        from: ReversePath,
        /// Its parameters.
        params: MailParams,
    },
    /// RCPT TO.
    Rcpt {
        /// One recipient.
        to: ForwardPath,
        /// Its parameters.
        #[serde(default, skip_serializing_if = "RcptParams::is_empty")]
        params: RcptParams,
    },
    /// DATA, the command alone.
    Data,
    /// The end of the message: the lone dot after DATA, or the last chunk of BDAT (then the exchange has its line).
    Message {
        /// The octets of the message, dot-stuffing undone.
        octets: Bytes,
    },
    /// RSET.
    Rset,
    /// NOOP.
    Noop,
    /// VRFY.
    Vrfy {
        /// Whom.
        what: String,
        /// The answer may go beyond ASCII (RFC 6531 section 3.7.4.2).
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        smtputf8: bool,
    },
    /// EXPN.
    Expn {
        /// Which list.
        what: String,
    },
    /// HELP.
    Help {
        /// On what, if anything.
        topic: Option<String>,
    },
    /// QUIT.
    Quit,
    /// STARTTLS (RFC 3207).
    Starttls,
    /// AUTH (RFC 4954).
    Auth {
        /// The mechanism as named.
        mechanism: String,
    },
    /// What the client said in an authentication, in answer to a challenge.
    AuthResponse {
        /// The mechanism.
        mechanism: Mechanism,
    },
    /// BDAT and its chunk (RFC 3030), where no message ends with it.
    Bdat {
        /// The chunk's size.
        octets: u64,
        /// No chunk follows.
        last: bool,
    },
    /// ETRN (RFC 1985).
    Etrn {
        /// Whose mail is asked for.
        domain: String,
    },
    /// A known verb whose argument could not be read; the reason says what is wrong.
    Malformed {
        /// The verb.
        verb: SmtpVerb,
    },
    /// A verb that SMTP has and this server does not offer.
    NotOffered {
        /// The verb.
        verb: SmtpVerb,
    },
    /// No command of SMTP.
    Unknown {
        /// The first word as typed.
        verb: String,
        /// What the line looks like instead.
        looks_like: Option<LooksLike>,
    },
    /// A line longer than the server reads (section 4.5.3.1.4).
    Overlong {
        /// Its length in octets, CRLF included.
        octets: usize,
    },
    /// Nothing: the client was silent too long, or the connection is one too many.
    Silence,
}

/// What a line that is no command resembles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LooksLike {
    /// A header field of a message.
    Header {
        /// The field's name.
        name: String,
    },
    /// A command of POP3.
    Pop3 {
        /// The command.
        verb: String,
    },
    /// A command of IMAP, tag first.
    Imap {
        /// The command.
        verb: String,
    },
    /// A request of HTTP.
    Http,
    /// A command of the workstation's shell.
    Shell {
        /// The program.
        program: String,
    },
    /// The start of a TLS handshake on a plaintext port.
    Tls,
    /// A command of SMTP, where another protocol is spoken.
    Smtp {
        /// The command.
        verb: String,
    },
    /// A verb of the protocol spoken, with a slip of the fingers.
    Misspelt {
        /// What was probably meant, in capitals.
        verb: String,
    },
    /// The lone dot that ends DATA.
    LoneDot,
    /// A server's reply, pasted back.
    Reply,
    /// Text of a message.
    Text,
    /// Nothing: an empty line.
    Empty,
}

/// A departure from the letter of the standard that this server let pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tolerance {
    /// The address stood without `<` and `>`.
    NoBrackets,
    /// White space between the colon and the path.
    SpaceAfterColon,
    /// White space before the colon.
    SpaceBeforeColon,
    /// White space at the end of the line.
    TrailingSpace,
    /// Text after the address that the server skipped.
    TextAfterAddress,
    /// An argument where the command has none.
    ExtraArgument,
    /// The line ended with a bare LF instead of CRLF.
    BareLineFeed,
    /// MAIL without HELO or EHLO before it.
    NoGreeting,
    /// HELO or EHLO without a name.
    NoName,
    /// A source route before the address (section 3.6.1), ignored.
    SourceRoute,
    /// `FROM:` or `TO:` was missing, or another word stood there.
    NoKeyword,
    /// White space before the verb.
    LeadingSpace,
    /// An address that is none by the standard, taken as it stood.
    OddAddress,
}

/// Why the server answered as it did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SmtpReason {
    /// The greeting (section 4.3.1).
    Greeting,
    /// HELO or EHLO taken.
    Hello,
    /// The sender was taken into the envelope.
    SenderAccepted,
    /// The recipient was taken into the envelope.
    RecipientAccepted,
    /// DATA may begin.
    StartMail,
    /// The message was taken, the server answers for it from now on.
    MessageAccepted {
        /// The message.
        id: MessageId,
        /// The server's name for it.
        queue_id: String,
    },
    /// The envelope was forgotten.
    Reset,
    /// Nothing done, as asked.
    Nothing,
    /// Help given.
    Help,
    /// The server does not say whether the user exists but will try (252, section 7.3).
    NotVerified,
    /// VRFY found a mailbox.
    Verified {
        /// Its address.
        address: String,
    },
    /// EXPN found a list.
    Expanded {
        /// As asked.
        list: String,
        /// The addresses it stands for in the end.
        members: Vec<String>,
    },
    /// Good-bye.
    Closing,
    /// No such command.
    UnknownCommand,
    /// A command this server does not offer.
    NotImplemented,
    /// The commands came in another order than SMTP's (section 4.1.4).
    OutOfOrder {
        /// What would have been right first.
        wanted: Vec<SmtpVerb>,
    },
    /// MAIL inside a transaction that has a sender already.
    NestedMail,
    /// DATA without one accepted recipient.
    NoRecipients,
    /// The command needs an argument.
    MissingArgument,
    /// MAIL without `FROM:` or RCPT without `TO:`.
    MissingKeyword {
        /// `FROM` or `TO`.
        keyword: String,
        /// What stood there.
        found: String,
    },
    /// The colon after FROM or TO is missing.
    MissingColon,
    /// The path's `<` is missing and the server insists.
    MissingBrackets,
    /// A `<` without its `>`.
    UnclosedBracket,
    /// White space before or after the colon and the server insists on none.
    SpaceAroundColon,
    /// The address cannot be read.
    BadAddress(AddressFault),
    /// HELO or EHLO with a name no host can have.
    BadHostName,
    /// An argument where the command has none, and the server insists.
    UnexpectedArgument,
    /// A MAIL or RCPT parameter the server does not know (555, section 4.1.1.11).
    UnknownParameter {
        /// Its name.
        name: String,
    },
    /// A parameter with a value that cannot be.
    BadParameter {
        /// Its name.
        name: String,
    },
    /// A parameter after HELO, which has no extensions.
    ParameterWithoutEhlo {
        /// Its name.
        name: String,
    },
    /// Nobody of that name here.
    NoSuchUser {
        /// The address.
        address: String,
    },
    /// Not a domain of this server, and it does not pass on for this client.
    RelayDenied {
        /// The address.
        address: String,
    },
    /// The domain of the address does not exist in DNS.
    NoSuchDomain {
        /// The domain.
        domain: String,
    },
    /// The sender address has no domain, or one this server does not take.
    SenderRefused {
        /// The address.
        address: String,
    },
    /// The mailbox has no room.
    MailboxFull {
        /// The address.
        address: String,
    },
    /// The message is, or was announced as, larger than the server takes.
    TooBig {
        /// The limit in octets.
        limit: u64,
    },
    /// More recipients than the server takes in one transaction (section 4.5.3.1.8).
    TooManyRecipients {
        /// The limit.
        limit: u32,
    },
    /// More connections from one client than the server takes.
    TooManyConnections {
        /// The limit.
        limit: u32,
    },
    /// More mistakes in one session than the server bears.
    TooManyErrors {
        /// The limit.
        limit: u32,
    },
    /// The command line is longer than the server reads.
    LineTooLong {
        /// The limit in octets.
        limit: usize,
    },
    /// The message went through more servers than the server takes for sane (section 6.3).
    TooManyHops {
        /// The limit.
        limit: u32,
    },
    /// A line of the message ended with a bare LF, or held a bare CR, and the server closes on it (section 2.3.8).
    BareLineEnd {
        /// It was a CR.
        carriage_return: bool,
    },
    /// The sender's domain says that this client may not send for it (RFC 7208 section 8.4).
    SpfFailed {
        /// The domain.
        domain: String,
        /// What the domain has to say about it.
        explanation: Option<String>,
    },
    /// The author's domain wants mail refused that neither SPF nor DKIM vouch for (RFC 9989 section 4.7).
    DmarcFailed {
        /// The domain.
        domain: String,
    },
    /// The host has no room for more messages.
    NoRoom,
    /// The client was silent too long (section 4.5.3.2.7).
    TimedOut,
    /// The server has not seen this client, sender and recipient together yet, and takes the mail later (greylisting,
    /// RFC 6647 section 2).
    Greylisted {
        /// How many seconds it is to wait yet.
        seconds: u32,
    },
    /// Something is wrong with the server.
    Trouble {
        /// For good.
        permanent: bool,
    },
    /// The TLS handshake may begin (RFC 3207 section 4).
    StartTls,
    /// STARTTLS where TLS is on already.
    TlsActive,
    /// The server does nothing for this client before STARTTLS.
    TlsRequired,
    /// The mechanism sends the password, and the server takes that under TLS only (RFC 4954 section 4).
    EncryptionNeeded {
        /// The mechanism.
        mechanism: String,
    },
    /// Whoever sends here must log in before (RFC 6409 section 4.3).
    AuthRequired,
    /// The server's turn in an authentication.
    Challenge,
    /// The client has logged in.
    Authenticated {
        /// The user's address.
        user: String,
    },
    /// The client has not shown who it is.
    AuthFailed {
        /// Why.
        fault: SaslFault,
    },
    /// The client gave the authentication up.
    AuthCancelled,
    /// What belongs to the authentication is no base64 (RFC 4954 section 4).
    BadBase64,
    /// A line of the authentication is too long (RFC 4954 section 4).
    AuthTooLong {
        /// The limit in octets.
        limit: usize,
    },
    /// A mechanism that is not offered.
    UnknownMechanism {
        /// Its name.
        name: String,
    },
    /// AUTH a second time.
    AlreadyAuthenticated,
    /// The command has no place within a mail transaction.
    InTransaction,
    /// The sender's address is not one of whoever has logged in (RFC 6409 section 6.1).
    SenderNotOwned {
        /// The address.
        address: String,
        /// Who has logged in.
        user: String,
    },
    /// The chunk is there, and another is to follow (RFC 3030 section 2).
    ChunkAccepted {
        /// Its size.
        octets: u64,
    },
    /// The message is on its way in chunks, and this command does not fit in between (RFC 3030 section 2).
    AfterChunk,
    /// A chunk after one that was refused.
    ChunkDropped,
    /// A chunk of nothing that is not the last.
    EmptyChunk,
    /// The message was announced as BINARYMIME, for which DATA will not do (RFC 3030 section 3).
    BinaryNeedsBdat,
    /// What waits for the domain is being sent (RFC 1985).
    QueueStarted {
        /// The domain.
        domain: String,
    },
    /// The server keeps no mail for the domain (RFC 1985).
    QueueUnknown {
        /// The domain.
        domain: String,
    },
}

/// One command and its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SmtpExchange {
    /// What the server understood.
    pub command: SmtpCommand,
    /// The line as it came, without its end; empty for the greeting and for a message.
    pub line: Bytes,
    /// What the server said.
    pub reply: Reply,
    /// Why.
    pub reason: SmtpReason,
    /// The place in the line that the reason is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
    /// What the server let pass.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tolerated: Vec<Tolerance>,
    /// The rule.
    pub rule: Section,
    /// The mail transaction this belongs to: counted from 1 in each session, a new one with every MAIL the
    /// server accepts; 0 before the first and for what belongs to none.
    pub transaction: u32,
}

impl SmtpCommand {
    /// The verb, for what is a command of SMTP. A finished message counts as DATA.
    pub fn verb(&self) -> Option<SmtpVerb> {
        use SmtpCommand as C;
        Some(match self {
            C::Helo { .. } => SmtpVerb::Helo,
            C::Ehlo { .. } => SmtpVerb::Ehlo,
            C::Mail { .. } => SmtpVerb::Mail,
            C::Rcpt { .. } => SmtpVerb::Rcpt,
            C::Data | C::Message { .. } => SmtpVerb::Data,
            C::Rset => SmtpVerb::Rset,
            C::Noop => SmtpVerb::Noop,
            C::Vrfy { .. } => SmtpVerb::Vrfy,
            C::Expn { .. } => SmtpVerb::Expn,
            C::Help { .. } => SmtpVerb::Help,
            C::Quit => SmtpVerb::Quit,
            C::Starttls => SmtpVerb::Starttls,
            C::Auth { .. } | C::AuthResponse { .. } => SmtpVerb::Auth,
            C::Bdat { .. } => SmtpVerb::Bdat,
            C::Etrn { .. } => SmtpVerb::Etrn,
            C::Malformed { verb } | C::NotOffered { verb } => *verb,
            C::Connect | C::Unknown { .. } | C::Overlong { .. } | C::Silence => return None,
        })
    }
}
