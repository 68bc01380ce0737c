//! Reading a command: tag, verb, arguments, and what is wrong with them and where (RFC 3501 sections 2.2.1 and 9).

mod cursor;
mod fetch;
mod list;
mod search;

pub(super) use cursor::Fault;

use super::ast::{
    FetchItem, Flag, InternalDate, ListOptions, MailboxName, Search, SequenceSet, StatusItem, StoreMode,
};
use super::reader::{Literal, Raw};
use crate::event::{ImapArgument as A, ImapCommand, ImapExchange, ImapKnown, ImapVerb};
use crate::proto::looks_like::{Protocol, looks_like};
use crate::units::{Bytes, Span};
use cursor::{Cursor, PARTS, Parsed, astring_char};

/// A command with its arguments.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Request {
    /// CAPABILITY, NOOP, LOGOUT, STARTTLS, NAMESPACE, IDLE, CHECK, CLOSE, UNSELECT.
    Plain(ImapVerb),
    Id(Vec<(String, Option<String>)>),
    /// The mechanism, and the client's first message in base64.
    Authenticate(String, Option<String>),
    Login {
        user: String,
        password: String,
    },
    Enable(Vec<String>),
    /// SELECT, and EXAMINE where `true`.
    Select(MailboxName, bool),
    /// CREATE, DELETE, SUBSCRIBE, UNSUBSCRIBE.
    Folder(ImapVerb, MailboxName),
    Rename(MailboxName, MailboxName),
    List(ListOptions),
    Lsub(ListOptions),
    Status(MailboxName, Vec<StatusItem>),
    Append {
        mailbox: MailboxName,
        flags: Vec<Flag>,
        date: Option<InternalDate>,
        message: Vec<u8>,
    },
    /// EXPUNGE; UID EXPUNGE of these.
    Expunge(Option<SequenceSet>),
    Search(Search),
    Fetch(SequenceSet, Vec<FetchItem>),
    Store {
        set: SequenceSet,
        mode: StoreMode,
        silent: bool,
        flags: Vec<Flag>,
    },
    /// COPY, and MOVE where `true`.
    Copy(SequenceSet, MailboxName, bool),
}

/// A command as the server understood it.
#[derive(Debug, Clone)]
pub(super) struct Heard {
    /// Empty where there is none that could be one.
    pub(super) tag: String,
    pub(super) command: ImapCommand,
    /// What is to be done; for what is no well-formed command what is wrong with it, if that is known.
    pub(super) request: Result<Request, Option<Fault>>,
    /// After UID.
    pub(super) uid: bool,
    /// The command as the transcript keeps it.
    pub(super) line: Bytes,
    /// Where the tag stands.
    pub(super) tag_at: Span,
    /// Where the verb stands.
    pub(super) verb_at: Span,
}

impl Heard {
    /// Something without a command in it.
    pub(super) fn nothing(command: ImapCommand, line: &[u8]) -> Heard {
        Heard {
            tag: String::new(),
            command,
            request: Err(None),
            uid: false,
            line: kept(line),
            tag_at: Span::at(0),
            verb_at: Span::at(0),
        }
    }

    /// The word where the verb should be, in capitals as servers quote it.
    pub(super) fn name(&self) -> String {
        let word = self.line.get(self.verb_at.start..self.verb_at.end).unwrap_or_default();
        let name = String::from_utf8_lossy(word).to_ascii_uppercase();
        name.chars().filter(|c| !c.is_control()).take(64).collect()
    }

    /// SELECT or EXAMINE.
    pub(super) fn selects(&self) -> bool {
        matches!(self.command.verb(), Some(ImapVerb::Select | ImapVerb::Examine))
    }

    /// A line without a tag: the verb stands where the tag should.
    pub(super) fn is_untagged(&self) -> bool {
        self.tag.is_empty() || matches!(self.command, ImapCommand::Unknown { .. }) && is_verb(&self.tag)
    }
}

/// What of a command the transcript keeps.
fn kept(octets: &[u8]) -> Bytes {
    octets.get(..ImapExchange::LINE).unwrap_or(octets).into()
}

fn is_verb(word: &str) -> bool {
    word.parse::<ImapVerb>().is_ok() || word.eq_ignore_ascii_case("UID") || word.eq_ignore_ascii_case("DONE")
}

/// Commands of extensions that helo's servers know and do not offer: quotas, access control lists, SORT and THREAD,
/// COMPRESS, NOTIFY, metadata.
const NOT_OFFERED: &[&str] = &[
    "GETQUOTA",
    "GETQUOTAROOT",
    "SETQUOTA",
    "GETACL",
    "SETACL",
    "DELETEACL",
    "LISTRIGHTS",
    "MYRIGHTS",
    "SORT",
    "THREAD",
    "COMPRESS",
    "NOTIFY",
    "GETMETADATA",
    "SETMETADATA",
];

/// Reads a command; `lenient`: whatever number of blanks stands between its words.
pub(super) fn parse(raw: &Raw, lenient: bool) -> Heard {
    let mut heard = Heard::nothing(ImapCommand::Silence, &raw.octets);
    let mut c = Cursor::new(&raw.octets, &raw.literals).lenient(lenient);
    let tag = c.run(|b| astring_char(b) && b != b'+');
    heard.tag_at = Span::new(0, c.at);
    let tagged = !tag.is_empty() && matches!(c.peek(), None | Some(b' '));
    heard.tag = if tagged { String::from_utf8_lossy(tag).into_owned() } else { String::new() };
    if !tagged {
        heard.tag_at = Span::new(0, raw.octets.iter().position(|b| *b == b' ').unwrap_or(raw.octets.len()));
    }
    c.eat(b' ');
    let start = c.at;
    let mut name = c.run(cursor::atom_char).to_ascii_uppercase();
    heard.verb_at = Span::new(start, c.at);
    if name == b"UID" {
        let before = c.at;
        let after = c.blank(A::UidCommand).map(|()| c.run(cursor::atom_char).to_ascii_uppercase());
        heard.uid = true;
        heard.verb_at = Span::new(start, c.at.max(before));
        name = after.unwrap_or_default();
    }
    understood(&mut heard, &mut c, &String::from_utf8_lossy(&name));
    heard
}

/// Fills in what the command is.
fn understood(heard: &mut Heard, c: &mut Cursor<'_>, name: &str) {
    let verb = name.parse::<ImapVerb>().ok().filter(|_| !heard.tag.is_empty());
    let takes_uid = |verb: ImapVerb| {
        use ImapVerb as V;
        matches!(verb, V::Copy | V::Fetch | V::Store | V::Search | V::Expunge | V::Move)
    };
    match verb {
        Some(verb) if !heard.uid || takes_uid(verb) => match arguments(c, verb, heard.uid) {
            Ok(request) => {
                heard.command = ImapCommand::Known(Box::new(known(&request, verb, heard, c)));
                heard.request = Ok(request);
            }
            Err(fault) => {
                heard.command = ImapCommand::Malformed { verb, uid: heard.uid };
                heard.request = Err(Some(fault));
            }
        },
        None if NOT_OFFERED.contains(&name) && !heard.tag.is_empty() => {
            heard.command = ImapCommand::NotOffered { verb: name.to_owned() };
        }
        _ => {
            let at = heard.verb_at;
            heard.command = ImapCommand::Unknown {
                verb: String::from_utf8_lossy(c.slice(at.start, at.end)).into_owned(),
                looks_like: looks_like(&heard.line, Protocol::Imap),
            };
        }
    }
}

/// Is what came of a command until its first unread literal wrong already? Then there is no point in asking for the
/// literal.
pub(super) fn wrong_so_far(so_far: &Raw, lenient: bool) -> bool {
    // The announced literal as an empty one: what is wrong before it is wrong however it goes on.
    let mut whole = so_far.clone();
    let head = whole.octets.iter().rposition(|b| *b == b'{').unwrap_or(whole.octets.len());
    whole.octets.extend_from_slice(b"\r\n");
    let end = whole.octets.len();
    whole.literals.push(Literal { head, start: end, end });
    match parse(&whole, lenient).request {
        Ok(_) => false,
        Err(Some(fault)) => fault.span.start <= head && !fault.missing(),
        Err(None) => true,
    }
}

/// The arguments of a command up to its end.
fn arguments(c: &mut Cursor<'_>, verb: ImapVerb, uid: bool) -> Parsed<Request> {
    use ImapVerb as V;
    let request = match verb {
        V::Capability
        | V::Noop
        | V::Logout
        | V::Starttls
        | V::Namespace
        | V::Idle
        | V::Check
        | V::Close
        | V::Unselect => Request::Plain(verb),
        V::Id => {
            c.blank(A::IdPairs)?;
            Request::Id(id(c)?)
        }
        V::Authenticate | V::Login | V::Enable => words(c, verb)?,
        V::Select | V::Examine => {
            c.blank(A::Mailbox)?;
            Request::Select(c.mailbox()?, verb == V::Examine)
        }
        V::Create | V::Delete | V::Subscribe | V::Unsubscribe => {
            c.blank(A::Mailbox)?;
            Request::Folder(verb, c.mailbox()?)
        }
        V::Rename => {
            c.blank(A::Mailbox)?;
            let from = c.mailbox()?;
            c.blank(A::Mailbox)?;
            Request::Rename(from, c.mailbox()?)
        }
        V::List => {
            c.blank(A::Mailbox)?;
            Request::List(list::list(c)?)
        }
        V::Lsub => {
            c.blank(A::Mailbox)?;
            Request::Lsub(list::lsub(c)?)
        }
        V::Status => {
            c.blank(A::Mailbox)?;
            let mailbox = c.mailbox()?;
            c.blank(A::StatusItems)?;
            Request::Status(mailbox, list::status_items(c)?)
        }
        V::Append => append(c)?,
        V::Expunge if !uid => Request::Expunge(None),
        V::Search => {
            c.blank(A::SearchKey)?;
            Request::Search(search::search(c)?)
        }
        V::Expunge | V::Fetch | V::Store | V::Copy | V::Move => {
            c.blank(A::Set)?;
            let set = c.set()?;
            about(c, verb, set)?
        }
    };
    c.end()?;
    Ok(request)
}

/// AUTHENTICATE, LOGIN and ENABLE.
fn words(c: &mut Cursor<'_>, verb: ImapVerb) -> Parsed<Request> {
    use ImapVerb as V;
    Ok(match verb {
        V::Authenticate => {
            c.blank(A::Mechanism)?;
            let mechanism = c.atom(A::Mechanism)?.to_owned();
            let initial = c.eat(b' ').then(|| c.run(|b| b.is_ascii_graphic()));
            let initial = initial.filter(|i| !i.is_empty()).map(|i| String::from_utf8_lossy(i).into_owned());
            Request::Authenticate(mechanism, initial)
        }
        V::Login => {
            c.blank(A::User)?;
            let user = c.text(A::User)?;
            c.blank(A::Password)?;
            Request::Login { user, password: c.text(A::Password)? }
        }
        _ => {
            let mut names = Vec::new();
            c.blank(A::Capabilities)?;
            names.push(c.atom(A::Capabilities)?.to_owned());
            while names.len() < PARTS && c.gap() {
                names.push(c.atom(A::Capabilities)?.to_owned());
            }
            Request::Enable(names)
        }
    })
}

/// What comes after the set of messages.
fn about(c: &mut Cursor<'_>, verb: ImapVerb, set: SequenceSet) -> Parsed<Request> {
    Ok(match verb {
        ImapVerb::Fetch => {
            c.blank(A::FetchItems)?;
            Request::Fetch(set, fetch::items(c)?)
        }
        ImapVerb::Store => {
            c.blank(A::StoreItem)?;
            let (mode, silent, flags) = fetch::store(c)?;
            Request::Store { set, mode, silent, flags }
        }
        ImapVerb::Expunge => Request::Expunge(Some(set)),
        _ => {
            c.blank(A::Mailbox)?;
            Request::Copy(set, c.mailbox()?, verb == ImapVerb::Move)
        }
    })
}

/// APPEND: the mailbox, flags and date where they are given, the message.
fn append(c: &mut Cursor<'_>) -> Parsed<Request> {
    c.blank(A::Mailbox)?;
    let mailbox = c.mailbox()?;
    c.blank(A::Message)?;
    let mut flags = Vec::new();
    if c.peek() == Some(b'(') {
        flags = fetch::flags(c)?;
        c.blank(A::Message)?;
    }
    let mut date = None;
    if c.peek() == Some(b'"') {
        date = Some(c.date_time()?);
        c.blank(A::Message)?;
    }
    match c.literal() {
        Some(message) => Ok(Request::Append { mailbox, flags, date, message: message.to_vec() }),
        None => c.wanted(A::Message),
    }
}

/// ID: `NIL`, or pairs of a string and a string or `NIL` (RFC 2971 section 3.1).
fn id(c: &mut Cursor<'_>) -> Parsed<Vec<(String, Option<String>)>> {
    if c.keyword("NIL") {
        return Ok(Vec::new());
    }
    let text = |octets: Vec<u8>| String::from_utf8_lossy(&octets).into_owned();
    c.list(A::IdPairs, true, |c| {
        let field = text(c.string(A::IdPairs)?);
        c.blank(A::IdPairs)?;
        let value = if c.keyword("NIL") { None } else { Some(text(c.string(A::IdPairs)?)) };
        Ok((field, value))
    })
}

/// What the transcript says of a command.
fn known(request: &Request, verb: ImapVerb, heard: &Heard, c: &Cursor<'_>) -> ImapKnown {
    let mut known = ImapKnown { uid: heard.uid, surplus_blanks: c.surplus, ..ImapKnown::new(verb) };
    // The words after the verb, as typed.
    let rest = String::from_utf8_lossy(c.slice(heard.verb_at.end, heard.line.len())).to_ascii_uppercase();
    let mut words = rest.split_whitespace();
    match request {
        Request::Select(mailbox, _) | Request::Folder(_, mailbox) => known.mailbox = Some(mailbox.0.clone()),
        Request::Rename(from, to) => {
            (known.mailbox, known.target) = (Some(from.0.clone()), Some(to.0.clone()));
        }
        Request::List(options) | Request::Lsub(options) => known.mailbox = options.patterns.first().cloned(),
        Request::Status(mailbox, items) => {
            known.mailbox = Some(mailbox.0.clone());
            known.items = items.iter().map(|i| i.name().to_owned()).collect();
        }
        Request::Append { mailbox, flags, .. } => {
            known.mailbox = Some(mailbox.0.clone());
            known.flags = flags.iter().map(|f| f.name().to_owned()).collect();
        }
        Request::Copy(_, mailbox, _) => {
            known.mailbox = Some(mailbox.0.clone());
            known.set = words.next().map(str::to_owned);
        }
        Request::Fetch(..) => {
            known.set = words.next().map(str::to_owned);
            known.items = words.map(|w| w.trim_matches(['(', ')']).to_owned()).take(PARTS).collect();
        }
        Request::Store { flags, .. } => {
            known.set = words.next().map(str::to_owned);
            known.items = words.next().map(str::to_owned).into_iter().collect();
            known.flags = flags.iter().map(|f| f.name().to_owned()).collect();
        }
        Request::Expunge(Some(_)) => known.set = words.next().map(str::to_owned),
        Request::Search(_) => {
            known.items = words.map(|w| w.trim_matches(['(', ')']).to_owned()).take(PARTS).collect();
        }
        Request::Authenticate(mechanism, _) => known.items = vec![mechanism.to_ascii_uppercase()],
        Request::Enable(names) => known.items = names.iter().map(|n| n.to_ascii_uppercase()).collect(),
        _ => {}
    }
    known
}

#[cfg(test)]
mod tests;
