//! The parts of an IMAP command, as they were typed.

use super::super::auth::{self, Asked, By};
use super::super::names;
use super::super::opening::Opening;
use super::fetch;
use super::value::{Value, What, values};
use crate::event::{ImapCommand, ImapExchange, ImapVerb};
use crate::explain::say::Say;
use crate::mail::sasl::Mechanism;
use crate::rfc::section;

/// The login that a line is in the middle of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Login {
    /// By which mechanism; `None` in no login.
    pub(super) mechanism: Option<Mechanism>,
    /// What the server has just asked for.
    pub(super) asked: Asked,
}

/// What the verb means, and the parts of the line.
pub(super) fn parts(o: &mut Opening<'_>, exchange: &ImapExchange, login: Login, tls: bool) {
    let line = exchange.line.lossy();
    match &exchange.command {
        ImapCommand::Connect => return o.what(Say::new("line-greeting")),
        ImapCommand::Silence => return o.what(Say::new("line-silence")),
        ImapCommand::Continuation { verb: ImapVerb::Idle } => {
            o.what(Say::new("imap-verb-done"));
            o.rule(section(2177, "3"));
            return o.part(0, &line, Say::new("imap-part-verb"));
        }
        ImapCommand::Continuation { .. } => return answer_to_challenge(o, exchange, login, tls),
        _ => {}
    }
    let values = values(&exchange.line);
    let mut rest = values.as_slice();
    let Some((tag, after)) = rest.split_first() else { return o.what(Say::new("line-nothing")) };
    if !exchange.tag.is_empty() {
        o.part(0, &tag.source, Say::new("imap-part-tag"));
        o.rule(section(3501, "2.2.1"));
        rest = after;
    }
    let uid = rest.first().is_some_and(|v| v.is("UID"));
    if let (true, Some((word, after))) = (uid, rest.split_first()) {
        o.part(0, &word.source, Say::new("imap-verb-uid"));
        o.rule(section(3501, "6.4.8"));
        rest = after;
    }
    let Some((word, arguments)) = rest.split_first() else { return };
    match word.source.parse::<ImapVerb>() {
        Ok(verb) => {
            o.what(names::imap_verb(verb));
            o.rule(verb.rule());
            o.part(0, &word.source, Say::new("imap-part-verb"));
            Arguments { uid, tls, known: known(exchange) }.named(o, verb, arguments);
        }
        Err(()) => {
            o.part(0, &word.source, Say::new("imap-part-line"));
            arguments.iter().for_each(|v| o.part(0, &v.source, Say::new("line-argument")));
        }
    }
    if matches!(exchange.command, ImapCommand::Malformed { .. }) {
        super::super::smtp::fault(o, &exchange.line, exchange.span);
    }
}

/// The mailbox as the server understood it.
fn known(exchange: &ImapExchange) -> Option<&str> {
    match &exchange.command {
        ImapCommand::Known(known) => known.mailbox.as_deref(),
        _ => None,
    }
}

fn answer_to_challenge(o: &mut Opening<'_>, exchange: &ImapExchange, login: Login, tls: bool) {
    let line = exchange.line.lossy();
    let Login { mechanism, asked } = login;
    o.what(Say::new("line-auth-response").own("mechanism", mechanism.map_or("SASL", Mechanism::name)));
    o.part(0, &line, Say::new("line-base64"));
    auth::message(o, 1, &line, mechanism, (By::Client, asked), tls);
}

struct Arguments<'a> {
    uid: bool,
    tls: bool,
    known: Option<&'a str>,
}

impl Arguments<'_> {
    fn named(&self, o: &mut Opening<'_>, verb: ImapVerb, arguments: &[Value]) {
        use ImapVerb as V;
        match (verb, arguments) {
            (V::Login, [user, password, rest @ ..]) => {
                string(o, user, "imap-part-user");
                string(o, password, "imap-part-password");
                o.what(Say::new("line-password-readable").choice("tls", self.tls));
                self.rest(o, rest);
            }
            (V::Authenticate, [mechanism, rest @ ..]) => self.authenticate(o, mechanism, rest.first()),
            (V::Rename, [from, to, rest @ ..]) => {
                self.mailbox(o, from);
                string(o, to, "imap-part-target");
                self.rest(o, rest);
            }
            (V::List | V::Lsub, arguments) => self.list(o, arguments),
            (V::Status, [mailbox, items, rest @ ..]) => {
                self.mailbox(o, mailbox);
                status_items(o, items);
                self.rest(o, rest);
            }
            (V::Append, [mailbox, rest @ ..]) => self.append(o, mailbox, rest),
            (V::Search, keys) => super::search::keys(o, 0, keys),
            (V::Fetch, [set, items, rest @ ..]) => {
                self.set(o, set);
                fetch::items(o, items);
                self.rest(o, rest);
            }
            (V::Store, [set, how, flags @ ..]) => self.store(o, set, how, flags),
            (V::Copy | V::Move, [set, mailbox, rest @ ..]) => {
                self.set(o, set);
                self.mailbox(o, mailbox);
                self.rest(o, rest);
            }
            (V::Expunge, [set, rest @ ..]) => {
                self.set(o, set);
                self.rest(o, rest);
            }
            (V::Enable, names) => {
                names.iter().for_each(|v| o.part(0, &v.source, Say::new("imap-part-capability")));
            }
            (V::Id, pairs) => pairs.iter().for_each(|v| o.part(0, &v.source, Say::new("imap-part-id-pairs"))),
            (
                V::Select | V::Examine | V::Create | V::Delete | V::Subscribe | V::Unsubscribe,
                [mailbox, rest @ ..],
            ) => {
                self.mailbox(o, mailbox);
                self.rest(o, rest);
            }
            (_, rest) => self.rest(o, rest),
        }
    }

    fn rest(&self, o: &mut Opening<'_>, rest: &[Value]) {
        rest.iter().for_each(|v| o.part(0, &v.source, Say::new("imap-part-rest")));
    }

    fn mailbox(&self, o: &mut Opening<'_>, value: &Value) {
        let name = value.text();
        let say = match self.known {
            _ if name.eq_ignore_ascii_case("INBOX") => Say::new("imap-part-inbox"),
            Some(known) if known != name && name.contains('&') => {
                o.rule(section(3501, "5.1.3"));
                Say::new("imap-part-mailbox-decoded").text("name", known)
            }
            _ => Say::new("imap-part-mailbox"),
        };
        o.part(0, &value.source, say);
        literal(o, value);
    }

    fn set(&self, o: &mut Opening<'_>, value: &Value) {
        o.part(0, &value.source, Say::new("imap-part-set"));
        set(o, 1, &value.source, self.uid);
    }

    fn authenticate(&self, o: &mut Opening<'_>, mechanism: &Value, initial: Option<&Value>) {
        o.part(0, &mechanism.source, Say::new("imap-part-mechanism"));
        let upper = mechanism.source.to_ascii_uppercase();
        o.part(1, &mechanism.source, Say::new("ehlo-mechanism").text("mechanism", &upper));
        if let Some(initial) = initial {
            o.part(0, &initial.source, Say::new("imap-part-initial"));
            let known = Mechanism::parse(&mechanism.source);
            auth::message(o, 1, &initial.source, known, (By::Client, Asked::Name), self.tls);
        }
    }

    /// LIST with its selection, reference, patterns and what shall be returned.
    fn list(&self, o: &mut Opening<'_>, arguments: &[Value]) {
        let mut rest = arguments;
        if let [options, reference, after @ ..] = rest
            && options.list().is_some()
            && reference.list().is_none()
        {
            o.part(0, &options.source, Say::new("imap-part-options"));
            rest = arguments.get(1..).unwrap_or(after);
        }
        let mut keys = ["imap-part-reference", "imap-part-pattern"].into_iter();
        for value in rest {
            o.part(0, &value.source, Say::new(keys.next().unwrap_or("imap-part-options")));
        }
    }

    fn append(&self, o: &mut Opening<'_>, mailbox: &Value, rest: &[Value]) {
        self.mailbox(o, mailbox);
        for value in rest {
            match &value.what {
                What::List(_) => {
                    o.part(0, &value.source, Say::new("imap-part-flags"));
                    fetch::flags(o, 1, value);
                }
                What::Literal(_) => literal(o, value),
                What::Quoted(_) => o.part(0, &value.source, Say::new("imap-part-date")),
                What::Atom if value.source.starts_with('{') => literal(o, value),
                What::Atom => o.part(0, &value.source, Say::new("imap-part-rest")),
            }
        }
    }

    fn store(&self, o: &mut Opening<'_>, set: &Value, how: &Value, flags: &[Value]) {
        self.set(o, set);
        let upper = how.source.to_ascii_uppercase();
        let key = match upper.bytes().next() {
            Some(b'+') => "imap-store-add",
            Some(b'-') => "imap-store-remove",
            _ => "imap-store-flags",
        };
        o.part(0, &how.source, Say::new(key));
        if upper.ends_with(".SILENT") {
            o.part(1, ".SILENT", Say::new("imap-store-silent"));
        }
        for value in flags {
            o.part(0, &value.source, Say::new("imap-part-flags"));
            fetch::flags(o, 1, value);
        }
    }
}

/// A string; a literal says how it came.
fn string(o: &mut Opening<'_>, value: &Value, key: &'static str) {
    literal(o, value);
    o.part(0, value.text(), Say::new(key));
}

fn literal(o: &mut Opening<'_>, value: &Value) {
    if matches!(value.what, What::Literal(_)) || value.source.starts_with('{') {
        let plus = value.source.ends_with("+}");
        o.part(0, &value.source, Say::new(if plus { "imap-part-literal-plus" } else { "imap-part-literal" }));
        o.rule(section(3501, "4.3"));
    }
}

/// A sequence set, range by range (RFC 3501 section 9).
pub(super) fn set(o: &mut Opening<'_>, depth: u8, set: &str, uid: bool) {
    for range in set.split(',').take(100) {
        let say = match range.split_once(':') {
            None if range == "*" => Say::new("imap-set-last"),
            None => Say::new("imap-set-one").text("from", range).choice("uid", uid),
            Some((from, "*")) => Say::new("imap-set-from").text("from", from).choice("uid", uid),
            Some(("*", to)) => Say::new("imap-set-from").text("from", to).choice("uid", uid),
            Some((from, to)) => {
                Say::new("imap-set-range").text("from", from).text("to", to).choice("uid", uid)
            }
        };
        o.part(depth, range, say);
    }
}

/// The items of STATUS.
pub(super) fn status_items(o: &mut Opening<'_>, items: &Value) {
    for item in items.list().unwrap_or_default() {
        let say = names::STATUS.say(&item.source).unwrap_or_else(|| Say::new("line-argument"));
        o.part(0, &item.source, say);
    }
}
