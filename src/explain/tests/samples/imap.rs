//! Samples of what is said about IMAP and about folders.

use crate::event::samples;
use crate::event::*;
use crate::explain::imap;
use crate::explain::say::Say;
use crate::mail::Message;
use crate::mail::sasl::SaslFault;
use crate::rfc::section;
use crate::units::{ConnId, MessageId};

fn exchange(command: ImapCommand, line: &str, reason: ImapReason) -> ImapExchange {
    ImapExchange {
        tag: "a1".to_owned(),
        command,
        line: line.into(),
        status: ImapStatus::Ok,
        code: None,
        text: String::new(),
        reason,
        span: None,
        rule: section(3501, "6.1.2"),
        user: String::new(),
        mailbox: None,
    }
}

/// What IMAP servers say, and why hosts refuse something about folders.
pub(super) fn says() -> Vec<Say> {
    use ImapReason as R;
    let mut reasons = samples::imap_reasons();
    for n in 0..3 {
        reasons.push(R::Fetched { ids: vec![MessageId(1); n as usize] });
        reasons.push(R::Found { messages: n });
        reasons.push(R::Stored { messages: n });
        reasons.push(R::Expunged { messages: n });
        reasons.push(R::Listed { mailboxes: n });
        reasons.push(R::LiteralWanted { octets: n });
        reasons.push(R::NoSuchMessage { number: 9, messages: n });
        for moved in [false, true] {
            reasons.push(R::Copied { messages: n, moved });
            reasons.push(R::Selected { messages: n, read_only: moved });
        }
        reasons.push(R::News { messages: (n > 1).then_some(n), expunged: n, flags: 1 });
    }
    reasons.push(R::News { messages: None, expunged: 0, flags: 0 });
    let states =
        [ImapState::NotAuthenticated, ImapState::Authenticated, ImapState::Selected, ImapState::Logout];
    for state in states {
        reasons.extend(states.map(|wanted| R::WrongState { state, wanted }));
    }
    for wanted in ImapArgument::ALL {
        reasons.extend([R::MissingArgument { wanted }, R::BadArgument { wanted }]);
    }
    use SaslFault as F;
    let faults = [
        F::PlainParts,
        F::NotText,
        F::EmptyUser,
        F::DigestForm,
        F::ScramForm,
        F::ChannelBinding,
        F::OtherNonce,
        F::Wrong,
    ];
    reasons.extend(faults.map(|fault| R::Sasl { fault }));
    let mut says = Vec::new();
    for reason in reasons {
        let of_verb = matches!(reason, R::Done | R::NoSuchMailbox { .. });
        for verb in ImapVerb::ALL.iter().take(if of_verb { usize::MAX } else { 1 }) {
            let command = ImapCommand::Known(Box::new(ImapKnown::new(*verb)));
            says.push(imap::reason(&exchange(command, "a1 noop", reason.clone())));
        }
        let command = ImapCommand::Unknown { verb: "XYZZY".to_owned(), looks_like: None };
        says.push(imap::reason(&exchange(command, "noop", reason)));
    }
    let known = ImapKnown { surplus_blanks: true, ..ImapKnown::new(ImapVerb::Noop) };
    says.extend(imap::notes(&exchange(ImapCommand::Known(Box::new(known)), "a1  noop", R::Done)));
    for looks_like in samples::resemblances() {
        let command = ImapCommand::Unknown { verb: "X".to_owned(), looks_like: Some(looks_like) };
        says.extend(imap::notes(&exchange(command, "x", R::UnknownCommand)));
    }
    says.extend(refusals().iter().map(imap::refusal));
    says.extend(changes().iter().map(imap::change));
    says
}

fn refusals() -> Vec<FolderRefusal> {
    use FolderRefusal as F;
    vec![
        F::NoSuchFolder,
        F::NotSelectable,
        F::Exists,
        F::HasChildren,
        F::InboxStays,
        F::BadName,
        F::MessagesGone,
        F::TooManyFolders { limit: 1 },
        F::TooManyKeywords { limit: 1 },
        F::Full,
        F::NoRoom,
    ]
}

fn changes() -> Vec<FolderChange> {
    let folder = || "Archive".to_owned();
    vec![
        FolderChange::Created { folder: folder() },
        FolderChange::Deleted { folder: folder() },
        FolderChange::Renamed { from: folder(), to: folder() },
        FolderChange::Subscribed { folder: folder() },
        FolderChange::Unsubscribed { folder: folder() },
    ]
}

/// Events of IMAP.
pub(super) fn events() -> Vec<Event> {
    let (host, mailbox, folder) =
        (|| "mail.example.tld".to_owned(), || "noname@example.tld".to_owned(), || "Archive".to_owned());
    let id = MessageId(1);
    let change = |what| Event::Folder { host: host(), mailbox: mailbox(), what };
    let greeting = exchange(ImapCommand::Connect, "", ImapReason::Greeting);
    let news = ImapReason::News { messages: Some(2), expunged: 0, flags: 0 };
    let news = ImapExchange { status: ImapStatus::Data, ..exchange(ImapCommand::Silence, "", news) };
    let mut events = vec![
        Event::Imap { conn: ConnId(1), exchange: greeting },
        Event::Imap { conn: ConnId(1), exchange: news },
        Event::Appended {
            id,
            host: host(),
            mailbox: mailbox(),
            folder: folder(),
            flags: Vec::new(),
            message: Message::new("Subject: x\r\n\r\nx\r\n"),
        },
    ];
    events.extend(changes().into_iter().map(change));
    for n in 1..3 {
        let (ids, flags) = (vec![id; n], vec!["\\Seen".to_owned()]);
        events.push(Event::Flagged { ids, host: host(), mailbox: mailbox(), folder: folder(), flags });
        for moved in [false, true] {
            let ids = vec![id; n];
            let (from, to) = ("INBOX".to_owned(), folder());
            events.push(Event::Copied { ids, host: host(), mailbox: mailbox(), from, to, moved });
        }
    }
    events
}
