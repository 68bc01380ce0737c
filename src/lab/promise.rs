//! What an answer to a program at a real port promises.
//!
//! Mail protocols promise little, and say where: `250` after the dot (RFC 5321 section 4.2.5), `+OK` to QUIT after DELE
//! (RFC 1939 section 6), `OK` to APPEND, STORE, EXPUNGE and what changes folders. That must be on the disk before the
//! answer leaves. An answer to anything else promises nothing that outlasts the connection: it leaves at once, and if
//! helo falls before the input is on the disk, the record lacks the last lines of a connection that its program has seen
//! break off, which is all that the fall of any other server would have left of it.
//!
//! While something that lasts is still on its way to the disk, an answer that could tell of it waits too: whoever lists a
//! mailbox must not see a message there that a fall would undo. What is said in SMTP before the dot tells nothing of
//! mailboxes, nor does a POP3 session of anything that came after it was signed in (RFC 1939 section 4: the maildrop is
//! the one that was opened): a sender does not wait for another one's message.

use crate::event::{Entry, Event, PolicyQuestion};
use crate::grade::Tick;

/// Does what an input brought about outlast the connections? Read from events, never from the text of a reply; whatever
/// is not known to pass is taken to last.
pub(super) fn lasts(entries: &[Entry], ticks: &[Tick]) -> bool {
    !ticks.is_empty() || !entries.iter().all(|entry| passes(&entry.event))
}

/// Could an answer, to what brought about these events, tell of something that lasts and is not on the disk yet? Asked of
/// what does not itself last; whatever is not known to tell nothing is taken to tell.
pub(super) fn tells(entries: &[Entry]) -> bool {
    let of_mailboxes = |event: &Event| match event {
        Event::Connected { .. }
        | Event::Closed { .. }
        | Event::Wire { .. }
        | Event::Tls { .. }
        | Event::Smtp { .. }
        | Event::Pop3 { .. }
        | Event::Dns { .. } => false,
        Event::Policy { question, .. } => {
            !matches!(question, PolicyQuestion::Sender { .. } | PolicyQuestion::Recipient { .. })
        }
        _ => true,
    };
    entries.iter().any(|entry| of_mailboxes(&entry.event))
}

/// Is this event about a connection, or about nothing but what was said, asked and looked up?
fn passes(event: &Event) -> bool {
    match event {
        Event::Connected { .. }
        | Event::ConnectFailed { .. }
        | Event::Closed { .. }
        | Event::Wire { .. }
        | Event::Tls { .. }
        | Event::Smtp { .. }
        | Event::Pop3 { .. }
        | Event::Imap { .. }
        | Event::Dns { .. }
        | Event::TimePassed { .. } => true,
        Event::Policy { question, .. } => passes_policy(question),
        _ => false,
    }
}

/// A question whose answer changes nothing. Numbers of a challenge are given out once and never again, which a helo that
/// has forgotten them could not keep.
fn passes_policy(question: &PolicyQuestion) -> bool {
    match question {
        PolicyQuestion::Sender { .. }
        | PolicyQuestion::Recipient { .. }
        | PolicyQuestion::User { .. }
        | PolicyQuestion::List { .. }
        | PolicyQuestion::Login { .. }
        | PolicyQuestion::Authenticate { .. }
        | PolicyQuestion::Folders { .. } => true,
        PolicyQuestion::Stage { .. }
        | PolicyQuestion::Message { .. }
        | PolicyQuestion::Numbers { .. }
        | PolicyQuestion::Flush { .. }
        | PolicyQuestion::Remove { .. } => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{CloseReason, PolicyVerdict, Side};
    use crate::grade::{Said, Tick};
    use crate::units::{ConnId, EventNo, InputNo, MessageId, Text, Time};
    use std::sync::Arc;

    fn entries(events: Vec<Event>) -> Vec<Entry> {
        let entry = |(n, event)| Entry { n: EventNo(n), at: Time(0), input: InputNo(1), event };
        (1..).zip(events).map(entry).collect()
    }

    fn wire() -> Event {
        Event::Wire { conn: ConnId(1), from: Side::Client, octets: "NOOP\r\n".into(), tls: false }
    }

    fn asked(question: PolicyQuestion) -> Event {
        Event::Policy { conn: ConnId(1), question, verdict: PolicyVerdict::Yes }
    }

    #[test]
    fn what_is_said_passes_and_what_is_done_lasts() {
        let login = PolicyQuestion::Login { user: "alice".to_owned() };
        let closed = Event::Closed { conn: ConnId(1), by: Side::Server, why: CloseReason::Closed };
        assert!(!lasts(&entries(vec![wire(), asked(login), wire(), closed]), &[]));
        assert!(!lasts(&[], &[]));
        let removed = Event::Removed {
            host: "mail.lab.test".to_owned(),
            mailbox: "alice@lab.test".to_owned(),
            ids: vec![MessageId(1)],
            folder: "INBOX".to_owned(),
        };
        for event in [
            removed,
            asked(PolicyQuestion::Numbers { user: None }),
            asked(PolicyQuestion::Message { octets: 1 }),
            Event::LimitReached { limit: crate::event::Limit::Messages, at: 1 },
            Event::HintTaken { step: "one".to_owned(), number: 1 },
        ] {
            assert!(lasts(&entries(vec![wire(), event.clone(), wire()]), &[]), "{event:?}");
        }
    }

    #[test]
    fn what_is_said_before_the_dot_tells_of_no_mailbox_and_signing_in_does() {
        let closed = Event::Closed { conn: ConnId(1), by: Side::Client, why: CloseReason::Closed };
        assert!(!tells(&entries(vec![wire(), closed])));
        for event in [
            asked(PolicyQuestion::Login { user: "alice".to_owned() }),
            asked(PolicyQuestion::Message { octets: 1 }),
            Event::LimitReached { limit: crate::event::Limit::Messages, at: 1 },
        ] {
            assert!(tells(&entries(vec![wire(), event.clone(), wire()])), "{event:?}");
        }
    }

    #[test]
    fn what_counts_for_the_grade_lasts() {
        let text = Arc::new(Text { de: "so nicht".to_owned(), en: "not so".to_owned() });
        let said = Said { mistake: "m".to_owned(), event: EventNo(1), text };
        let tick = Tick::Said { step: "one".to_owned(), said };
        assert!(lasts(&entries(vec![wire()]), &[tick]));
    }
}
