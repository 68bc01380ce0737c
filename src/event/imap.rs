//! What an IMAP server heard and said, with the typed reason for each answer. RFC 3501 where nothing else is named.

use super::LooksLike;
use crate::mail::sasl::SaslFault;
use crate::rfc::Section;
use crate::units::{Bytes, MessageId, Span};
use serde::{Deserialize, Serialize};

/// The states of an IMAP session (section 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ImapState {
    /// Before the login.
    NotAuthenticated,
    /// Logged in, no mailbox chosen.
    Authenticated,
    /// With a mailbox open.
    Selected,
    /// After LOGOUT.
    Logout,
}

macro_rules! verbs {
    ($($(#[$doc:meta])* $variant:ident => $name:literal,)*) => {
        /// The commands of IMAP (section 6 and the extensions named).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum ImapVerb {
            $($(#[$doc])* #[serde(rename = $name)] $variant,)*
        }

        impl ImapVerb {
            /// All of them.
            pub const ALL: &'static [ImapVerb] = &[$(ImapVerb::$variant),*];

            /// Its name in capitals.
            pub fn name(self) -> &'static str {
                match self {
                    $(ImapVerb::$variant => $name,)*
                }
            }
        }
    };
}

verbs! {
    /// CAPABILITY.
    Capability => "CAPABILITY",
    /// NOOP.
    Noop => "NOOP",
    /// LOGOUT.
    Logout => "LOGOUT",
    /// ID (RFC 2971 section 3.1).
    Id => "ID",
    /// STARTTLS.
    Starttls => "STARTTLS",
    /// AUTHENTICATE.
    Authenticate => "AUTHENTICATE",
    /// LOGIN.
    Login => "LOGIN",
    /// ENABLE (RFC 5161 section 3.1).
    Enable => "ENABLE",
    /// SELECT.
    Select => "SELECT",
    /// EXAMINE.
    Examine => "EXAMINE",
    /// CREATE.
    Create => "CREATE",
    /// DELETE.
    Delete => "DELETE",
    /// RENAME.
    Rename => "RENAME",
    /// SUBSCRIBE.
    Subscribe => "SUBSCRIBE",
    /// UNSUBSCRIBE.
    Unsubscribe => "UNSUBSCRIBE",
    /// LIST.
    List => "LIST",
    /// LSUB.
    Lsub => "LSUB",
    /// NAMESPACE (RFC 2342 section 5).
    Namespace => "NAMESPACE",
    /// STATUS.
    Status => "STATUS",
    /// APPEND.
    Append => "APPEND",
    /// IDLE (RFC 2177 section 3).
    Idle => "IDLE",
    /// CHECK.
    Check => "CHECK",
    /// CLOSE.
    Close => "CLOSE",
    /// UNSELECT (RFC 3691 section 2).
    Unselect => "UNSELECT",
    /// EXPUNGE.
    Expunge => "EXPUNGE",
    /// SEARCH.
    Search => "SEARCH",
    /// FETCH.
    Fetch => "FETCH",
    /// STORE.
    Store => "STORE",
    /// COPY.
    Copy => "COPY",
    /// MOVE (RFC 6851 section 3.1).
    Move => "MOVE",
}

impl std::str::FromStr for ImapVerb {
    type Err = ();
    /// In any case (section 9).
    fn from_str(s: &str) -> Result<ImapVerb, ()> {
        ImapVerb::ALL.iter().copied().find(|verb| verb.name().eq_ignore_ascii_case(s)).ok_or(())
    }
}

/// What the server understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ImapCommand {
    /// Nothing yet: the server greets.
    Connect,
    /// A command, well-formed.
    Known(Box<ImapKnown>),
    /// A known verb whose arguments could not be read.
    Malformed {
        /// The verb.
        verb: ImapVerb,
        /// It came after UID.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        uid: bool,
    },
    /// A verb that IMAP has and this server does not offer.
    NotOffered {
        /// The verb in capitals.
        verb: String,
    },
    /// No command of IMAP, or a line without a tag.
    Unknown {
        /// The word where the command should be, as typed; empty where there is none.
        verb: String,
        /// What the line looks like instead.
        looks_like: Option<LooksLike>,
    },
    /// The client's next line in AUTHENTICATE, or the end of IDLE.
    Continuation {
        /// What it belongs to.
        verb: ImapVerb,
    },
    /// A line longer than the server reads.
    Overlong {
        /// Its length in octets.
        octets: usize,
    },
    /// Nothing: the server speaks up by itself, because there is news, the client was silent too long or the
    /// mistakes are too many.
    Silence,
}

/// A well-formed command: what grading and statistics want to know of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImapKnown {
    /// The verb.
    pub verb: ImapVerb,
    /// It came after UID: numbers are unique ids (section 6.4.8).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub uid: bool,
    /// The mailbox it names, decoded; for LIST and LSUB the first pattern.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mailbox: Option<String>,
    /// RENAME: the new name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// The message numbers or unique ids as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub set: Option<String>,
    /// STORE and APPEND: the flags, as written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<String>,
    /// FETCH: the items asked for; STATUS: the items; STORE: how (`FLAGS`, `+FLAGS.SILENT` ...); SEARCH: its keys; in
    /// capitals.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<String>,
    /// There are more blanks between its words than the grammar has; the server does not mind.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub surplus_blanks: bool,
}

impl ImapKnown {
    /// A command without arguments.
    pub fn new(verb: ImapVerb) -> ImapKnown {
        ImapKnown {
            verb,
            uid: false,
            mailbox: None,
            target: None,
            set: None,
            flags: Vec::new(),
            items: Vec::new(),
            surplus_blanks: false,
        }
    }
}

/// How an answer begins (section 7.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ImapStatus {
    /// `OK`: done.
    Ok,
    /// `NO`: understood, and not done.
    No,
    /// `BAD`: not understood, or out of place.
    Bad,
    /// `BYE`: the server closes the connection.
    Bye,
    /// `+`: the client is to go on (section 7.5).
    Continue,
    /// Data without a status, which the server sends of its own accord.
    Data,
}

impl ImapStatus {
    /// As it stands on the wire; empty for data.
    pub fn word(self) -> &'static str {
        match self {
            ImapStatus::Ok => "OK",
            ImapStatus::No => "NO",
            ImapStatus::Bad => "BAD",
            ImapStatus::Bye => "BYE",
            ImapStatus::Continue => "+",
            ImapStatus::Data => "",
        }
    }
}

/// What an argument should have been (section 9).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ImapArgument {
    /// A blank between two arguments.
    Blank,
    /// The end of the line.
    End,
    /// A name of a user.
    User,
    /// A password.
    Password,
    /// A SASL mechanism.
    Mechanism,
    /// A mailbox's name.
    Mailbox,
    /// A mailbox's name with wildcards.
    Pattern,
    /// Message numbers.
    Set,
    /// STATUS: items in parentheses.
    StatusItems,
    /// Flags.
    Flags,
    /// STORE: `FLAGS`, `+FLAGS` or `-FLAGS`.
    StoreItem,
    /// FETCH: what to fetch.
    FetchItems,
    /// `BODY[...]`: a section.
    Section,
    /// `<start.octets>`.
    Partial,
    /// SEARCH: a key.
    SearchKey,
    /// A date such as `1-Feb-1994`.
    Date,
    /// A date with time and zone such as `"17-Jul-1996 02:44:25 -0700"`.
    DateTime,
    /// A number.
    Number,
    /// A word, a quoted string or a literal.
    String,
    /// A message as a literal.
    Message,
    /// Options of an extended command.
    Options,
    /// Names of capabilities.
    Capabilities,
    /// ID: `NIL` or pairs of strings in parentheses.
    IdPairs,
    /// Base64.
    Base64,
    /// A quoted string that is closed.
    ClosingQuote,
    /// A list that is closed.
    ClosingParenthesis,
    /// UID: COPY, FETCH, STORE, SEARCH, EXPUNGE or MOVE.
    UidCommand,
}

impl ImapArgument {
    /// All of them.
    pub const ALL: [ImapArgument; 27] = {
        use ImapArgument as A;
        [
            A::Blank,
            A::End,
            A::User,
            A::Password,
            A::Mechanism,
            A::Mailbox,
            A::Pattern,
            A::Set,
            A::StatusItems,
            A::Flags,
            A::StoreItem,
            A::FetchItems,
            A::Section,
            A::Partial,
            A::SearchKey,
            A::Date,
            A::DateTime,
            A::Number,
            A::String,
            A::Message,
            A::Options,
            A::Capabilities,
            A::IdPairs,
            A::Base64,
            A::ClosingQuote,
            A::ClosingParenthesis,
            A::UidCommand,
        ]
    };
}

/// Why the server answered as it did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ImapReason {
    /// The greeting.
    Greeting,
    /// What was asked for was done.
    Done,
    /// Logged in.
    LoggedIn,
    /// A mailbox is open.
    Selected {
        /// How many messages lie in it.
        messages: u32,
        /// It cannot be changed (EXAMINE).
        read_only: bool,
    },
    /// Messages were given, or parts of them.
    Fetched {
        /// Which.
        ids: Vec<MessageId>,
    },
    /// Messages were searched.
    Found {
        /// How many were found.
        messages: u32,
    },
    /// Flags were changed.
    Stored {
        /// Of how many messages.
        messages: u32,
    },
    /// Messages were copied or moved.
    Copied {
        /// How many.
        messages: u32,
        /// They are gone from where they were.
        moved: bool,
    },
    /// A message was put into a mailbox.
    Appended {
        /// The message.
        id: MessageId,
    },
    /// Messages marked \Deleted are gone.
    Expunged {
        /// How many.
        messages: u32,
    },
    /// Mailboxes were listed.
    Listed {
        /// How many.
        mailboxes: u32,
    },
    /// TLS begins.
    TlsBegins,
    /// The server waits for the octets of a literal.
    LiteralWanted {
        /// How many.
        octets: u32,
    },
    /// The server waits for the next message of the SASL exchange.
    Challenge,
    /// The server tells news until DONE.
    Idling,
    /// Something has changed in the open mailbox.
    News {
        /// How many messages lie in it now, where that is told.
        messages: Option<u32>,
        /// How many have left it.
        expunged: u32,
        /// Of how many the flags are told.
        flags: u32,
    },
    /// Good-bye.
    Closing,
    /// A line without a tag, or with one that cannot be a tag.
    MissingTag,
    /// A tag, and nothing after it.
    MissingCommand,
    /// No such command.
    UnknownCommand,
    /// A command this server does not offer.
    NotImplemented,
    /// A command of another state.
    WrongState {
        /// The state it came in.
        state: ImapState,
        /// The state in which it would be right.
        wanted: ImapState,
    },
    /// Something is missing.
    MissingArgument {
        /// What.
        wanted: ImapArgument,
    },
    /// Something cannot be read.
    BadArgument {
        /// What it should have been.
        wanted: ImapArgument,
    },
    /// More than belongs to the command.
    UnexpectedArgument,
    /// Octets beyond ASCII in a word without quotes (section 4.3; section 9, `ATOM-CHAR`).
    EightBitAtom,
    /// Name or password is wrong; which of the two is not told.
    LoginFailed,
    /// Passwords in the clear are not taken without TLS (LOGINDISABLED).
    LoginDisabled,
    /// The mechanism is not offered.
    NoSuchMechanism {
        /// As asked for.
        mechanism: String,
    },
    /// The client gave the exchange up with `*`.
    Cancelled,
    /// The exchange went wrong before anybody looked at a password.
    Sasl {
        /// How.
        fault: SaslFault,
    },
    /// The host has no TLS.
    TlsNotOffered,
    /// The connection is under TLS already.
    TlsAlready,
    /// No mailbox has this name.
    NoSuchMailbox {
        /// The name.
        mailbox: String,
    },
    /// The name stands for a level of the hierarchy and holds no messages (\Noselect).
    NotSelectable {
        /// The name.
        mailbox: String,
    },
    /// A mailbox of this name is there already.
    AlreadyExists {
        /// The name.
        mailbox: String,
    },
    /// The mailbox has mailboxes below it and cannot go.
    HasChildren {
        /// The name.
        mailbox: String,
    },
    /// INBOX is always there.
    InboxStays,
    /// No mailbox can have this name.
    BadName {
        /// The name.
        mailbox: String,
    },
    /// As many mailboxes as there can be.
    TooManyMailboxes {
        /// The limit.
        limit: u32,
    },
    /// No message has this number.
    NoSuchMessage {
        /// The number.
        number: u32,
        /// How many there are.
        messages: u32,
    },
    /// What STATUS tells, of the mailbox that is open (section 6.3.10 advises against it).
    StatusOfOpen,
    /// Another session has removed some of the messages meanwhile.
    MessagesGone,
    /// A flag that clients cannot set, or no flag.
    NoSuchFlag {
        /// The flag.
        flag: String,
    },
    /// The mailbox has as many keywords as it can have.
    TooManyKeywords {
        /// The limit.
        limit: u32,
    },
    /// The mailbox was opened with EXAMINE.
    ReadOnly,
    /// Strings in this charset cannot be searched for.
    UnknownCharset {
        /// The charset.
        charset: String,
    },
    /// The mailbox is full.
    MailboxFull,
    /// The world holds as much as it may.
    NoRoom,
    /// The command line is longer than the server reads.
    LineTooLong {
        /// The limit in octets.
        limit: usize,
    },
    /// A literal is larger than the server takes.
    LiteralTooBig {
        /// The limit in octets.
        limit: usize,
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
    /// The client was silent too long (section 5.4).
    TimedOut,
    /// Somebody deleted the open mailbox.
    MailboxGone,
}

/// One command and how its answer ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImapExchange {
    /// The tag; empty where there is none.
    pub tag: String,
    /// What the server understood.
    pub command: ImapCommand,
    /// The command as it came, without its last line end; a literal's octets are left out after the first
    /// [`ImapExchange::LINE`] octets of the whole.
    pub line: Bytes,
    /// How the answer begins.
    pub status: ImapStatus,
    /// The response code without its brackets (section 7.1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The words after it.
    pub text: String,
    /// Why.
    pub reason: ImapReason,
    /// The place in the line that the reason is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
    /// The rule.
    pub rule: Section,
    /// The address the session is logged in as; empty before.
    pub user: String,
    /// The mailbox that is open after the command.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mailbox: Option<String>,
}

impl ImapExchange {
    /// How many octets of a command with literals are kept in [`ImapExchange::line`].
    pub const LINE: usize = 16 << 10;
}

impl ImapCommand {
    /// The verb, for what is a command of IMAP.
    pub fn verb(&self) -> Option<ImapVerb> {
        match self {
            ImapCommand::Known(known) => Some(known.verb),
            ImapCommand::Malformed { verb, .. } | ImapCommand::Continuation { verb } => Some(*verb),
            _ => None,
        }
    }
}
