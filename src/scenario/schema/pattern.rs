//! What can be expected: each kind of event with the keys that narrow it down, once as an expectation with points and
//! once as what gives a mistake away.

use super::Table;
use super::shape::{
    Key, boolean, duration, globs, integer, key, like, named, needed, object, of_any, one_of, points, word,
    words,
};
use super::step;
use crate::event::{
    Expansion, ImapReason, LooksLike, MailParams, Parts, Pop3Reason, RcptParams, SmtpReason, TlsFailure,
    TlsVersion,
};
use crate::mail::certificate::CertificateFault;
use crate::mail::dkim::DkimResult;
use crate::mail::dmarc::{DmarcPolicy, DmarcResult};
use crate::mail::report::Action;
use crate::mail::sasl::Mechanism;
use crate::mail::spf::SpfResult;
use crate::scenario::Same;
use crate::scenario::read::event_words;
use serde_json::{Map, Value, json};

/// One kind of event: its keys, of which the first says that it is meant, and what it is.
struct Kind {
    about: &'static str,
    keys: Vec<Key>,
}

/// What `expectation`, `event`, `tie` and `message` refer to.
pub(super) fn definitions() -> Map<String, Value> {
    let mut all = Map::new();
    for (name, more) in [("expectation", expectation_keys()), ("event", Vec::new()), ("tie", tie_keys())] {
        let kinds = kinds().into_iter().map(|kind| {
            let held = held_against();
            let mut keys: Vec<Key> = kind.keys.into_iter().chain(held).chain(more.iter().cloned()).collect();
            if name != "expectation" {
                keys.retain(|key| key.name != "now");
            }
            object(kind.about, &keys, None)
        });
        let mut kinds: Vec<Value> = kinds.collect();
        if name == "expectation" {
            kinds.push(object("Something that must not happen.", &never_keys(), None));
        }
        all.insert(name.to_owned(), of_any(kinds));
    }
    let about =
        "What a message must be like: header fields by name, each with a pattern for its value, and these.";
    all.insert("message".to_owned(), object(about, &step::message_keys(), Some(like())));
    all.insert("looks_like".to_owned(), one_of(LooksLike::KINDS));
    all.insert("smtp_reason".to_owned(), reason(SmtpReason::KINDS, SmtpReason::PARTS));
    all.insert("pop3_reason".to_owned(), reason(Pop3Reason::KINDS, Pop3Reason::PARTS));
    all.insert("imap_reason".to_owned(), reason(ImapReason::KINDS, ImapReason::PARTS));
    all
}

/// Tables that stand in patterns.
pub(super) fn tables() -> Vec<Table> {
    let likeness = vec![
        key("like", globs(), "It must match one of these."),
        key("without", globs(), "It must match none of these."),
    ];
    let params = |names: &[&'static str]| {
        let value = || of_any(vec![boolean(), like()]);
        let keys: Vec<Key> =
            names.iter().map(|name| key(name, value(), "Its value, or whether it was given.")).collect();
        keys
    };
    vec![
        Table::new("what a text is like", "likeness", "What a text must be like, and what not.", likeness),
        Table::new(
            "parameters of MAIL",
            "mail_params",
            "What stands behind the sender.",
            params(MailParams::NAMES),
        ),
        Table::new(
            "parameters of RCPT",
            "rcpt_params",
            "What stands behind the recipient.",
            params(RcptParams::NAMES),
        ),
    ]
}

/// A kind of reason, or one with its part behind a slash.
fn reason(kinds: &[&'static str], parts: &[(&'static str, Parts)]) -> Value {
    let parted: Vec<&str> = parts.iter().map(|(kind, _)| *kind).collect();
    let pattern = format!("^({})/.+$", parted.join("|"));
    of_any(vec![one_of(kinds), json!({ "type": "string", "pattern": pattern })])
}

/// What every event may be held against.
fn held_against() -> [Key; 2] {
    [
        key("after", named("tie"), "It counts only after this other event."),
        key("before", named("tie"), "It counts only while this other event has not come."),
    ]
}

fn same(about: &'static str) -> Key {
    key("same", one_of(&Same::ALL.map(|(name, _)| name)), about)
}

/// What an event has that another is held against.
fn tie_keys() -> Vec<Key> {
    vec![
        same("What both must have in common; as much as they can where nothing is said."),
        key("within", duration(), "How long ago it may be at most."),
    ]
}

/// What an expectation has beside its event.
fn expectation_keys() -> Vec<Key> {
    vec![
        key("points", points(), "It is worth so much by itself."),
        key("optional", boolean(), "The step is done without it; only its own points are lost."),
    ]
}

/// What must not happen.
fn never_keys() -> Vec<Key> {
    vec![
        needed("never", named("event"), "This must not happen."),
        same("Where not: in the same mail, on the same connection, or in the whole attempt."),
    ]
}

/// Every key of an expectation, of what gives a mistake away, of what another event is held against.
#[cfg(test)]
pub(super) fn keys(table: &str) -> Vec<&'static str> {
    let more = match table {
        "an expectation" => expectation_keys().into_iter().chain(never_keys()).collect(),
        "another event" => tie_keys(),
        _ => Vec::new(),
    };
    let kinds = kinds().into_iter().flat_map(|kind| kind.keys);
    kinds.chain(held_against()).chain(more).map(|key| key.name).collect()
}

fn any_or(words: &[&'static str]) -> Value {
    let all: Vec<&str> = std::iter::once("any").chain(words.iter().copied()).collect();
    one_of(&all)
}

fn kinds() -> Vec<Kind> {
    let mut kinds = vec![smtp(), pop3(), imap()];
    kinds.extend(network());
    kinds.extend(senders());
    kinds.extend(post());
    kinds.extend(doings());
    kinds
}

fn message() -> Key {
    key("message", named("message"), "What the message must be like.")
}

fn looks_like() -> Key {
    key("looks_like", named("looks_like"), "What a line that is no command resembles.")
}

fn mechanism() -> Key {
    key("mechanism", one_of(&Mechanism::ALL.map(Mechanism::name)), "The way to log in.")
}

fn pipelined() -> Key {
    key("pipelined", boolean(), "It was sent before the command ahead of it was answered.")
}

fn smtp() -> Kind {
    let about = "An SMTP server heard a command, and answered.";
    let keys = vec![
        needed("smtp", one_of(&event_words("smtp")), about),
        key("name", like(), "The name given with HELO or EHLO."),
        key("from", like(), "The sender of MAIL; \"\" is the null path."),
        key("to", like(), "The recipient of RCPT."),
        key(
            "params",
            of_any(vec![named("mail_params"), named("rcpt_params")]),
            "What stands behind the address.",
        ),
        key("reply", step::code(), "The reply's code, or a class such as \"2xx\"."),
        mechanism(),
        key("tls", boolean(), "Under TLS, or in the clear."),
        key("auth", like(), "Whoever has logged in on the connection."),
        message(),
        key("word", like(), "The first word of what is no command."),
        looks_like(),
        key("reason", named("smtp_reason"), "Why the server answered as it did, whatever its words."),
        pipelined(),
        key("at", word(), "The server that heard it: \"mx.example.net:25\", or a host alone."),
        key("client", word(), "The host that opened the connection."),
    ];
    Kind { about, keys }
}

fn pop3() -> Kind {
    let about = "A POP3 server heard a command, and answered.";
    let keys = vec![
        needed("pop3", one_of(&event_words("pop3")), about),
        key("ok", boolean(), "+OK, or -ERR."),
        key("user", like(), "The name of the session."),
        mechanism(),
        key("tls", boolean(), "Under TLS, or in the clear."),
        key("number", integer(1, 1_000_000), "The message's number."),
        message(),
        key("word", like(), "The first word of what is no command."),
        looks_like(),
        key("reason", named("pop3_reason"), "Why the server answered as it did, whatever its words."),
        pipelined(),
        key("at", word(), "The server that heard it: \"mx.example.net:25\", or a host alone."),
        key("client", word(), "The host that opened the connection."),
    ];
    Kind { about, keys }
}

fn imap() -> Kind {
    let about = "An IMAP server heard a command and answered, or told news.";
    let keys = vec![
        needed("imap", one_of(&event_words("imap")), about),
        key("ok", boolean(), "OK (or +), or NO and BAD."),
        key("user", like(), "The address of the session."),
        key("mailbox", like(), "The mailbox that the command names, or the one that is open."),
        key("set", like(), "The numbers, as written."),
        key("uid", boolean(), "It came after UID."),
        key("tls", boolean(), "Under TLS, or in the clear."),
        key("items", words(), "Words that all stand among those of FETCH, STATUS, STORE, SEARCH."),
        key("flags", words(), "Flags that all stand in STORE or APPEND, such as '\\Deleted'."),
        message(),
        key("word", like(), "The first word of what is no command."),
        looks_like(),
        key("reason", named("imap_reason"), "Why the server answered as it did, whatever its words."),
        pipelined(),
        key("at", word(), "The server that heard it: \"mx.example.net:25\", or a host alone."),
        key("client", word(), "The host that opened the connection."),
    ];
    Kind { about, keys }
}

fn network() -> [Kind; 5] {
    let answered = |about| key("answered", boolean(), about);
    let dns = "The learner's machine asked the DNS.";
    let connect = "The learner's machine connected.";
    let closed = "A connection of the learner's ended.";
    let tls = "TLS began, failed, or the certificate was judged.";
    let reasons: Vec<&str> =
        TlsFailure::ALL.iter().map(|f| f.kind()).chain(CertificateFault::KINDS.iter().copied()).collect();
    let fault = "A fault of this name struck.";
    [
        Kind {
            about: dns,
            keys: vec![
                needed("dns", one_of(&event_words("dns")), dns),
                key("name", like(), "The name asked for."),
                answered("There were records of the kind, or none."),
            ],
        },
        Kind {
            about: connect,
            keys: vec![needed("connect", word(), connect), answered("`false`: it tried and could not.")],
        },
        Kind {
            about: closed,
            keys: vec![
                needed("closed", word(), closed),
                key("by", one_of(&["client", "server"]), "Who ended it."),
                key("why", one_of(&["closed", "lost", "idle"]), "How it ended."),
                key("client", word(), "The host that had opened it, instead of the learner's machine."),
            ],
        },
        Kind {
            about: tls,
            keys: vec![
                needed("tls", one_of(&["established", "failed", "verified", "distrusted"]), tls),
                key("to", word(), "The place connected to: \"mail.example.tld:465\"."),
                key("from", word(), "The host that opened the connection, instead of the learner."),
                key("version", one_of(&TlsVersion::ALL.map(TlsVersion::number)), "The version of TLS."),
                key("name", like(), "The name that the client gave, or wanted the certificate to be for."),
                key("reason", one_of(&reasons), "Why it failed, or what is wrong with the certificate."),
            ],
        },
        Kind { about: fault, keys: vec![needed("fault", word(), fault)] },
    ]
}

fn senders() -> [Kind; 3] {
    let host = || key("host", like(), "The host that checked.");
    let domain = |about| key("domain", like(), about);
    let (spf, dkim, dmarc) =
        ("A host checked a sender.", "A host checked a signature.", "A host asked an author's domain.");
    let policies = one_of(&DmarcPolicy::ALL.map(DmarcPolicy::name));
    [
        Kind {
            about: spf,
            keys: vec![
                needed("spf", any_or(&SpfResult::ALL.map(SpfResult::name)), spf),
                host(),
                domain("The domain of MAIL FROM."),
            ],
        },
        Kind {
            about: dkim,
            keys: vec![
                needed("dkim", any_or(&DkimResult::ALL.map(DkimResult::name)), dkim),
                host(),
                domain("The signature's domain."),
                key("selector", like(), "The signature's selector."),
            ],
        },
        Kind {
            about: dmarc,
            keys: vec![
                needed("dmarc", any_or(&DmarcResult::ALL.map(DmarcResult::name)), dmarc),
                host(),
                domain("The domain of the author in From."),
                key("disposition", policies, "What becomes of the mail."),
            ],
        },
    ]
}

fn post() -> [Kind; 8] {
    let status =
        || key("status", like(), "The status code of RFC 3463, such as \"5.1.1\", or a pattern for it.");
    let ways = one_of(&Expansion::ALL.map(|by| by.name()));
    let actions = any_or(&Action::ALL.map(|action| action.name()));
    let kind = |about, keys| Kind { about, keys };
    let delivered = "A message was put into this mailbox.";
    let removed = "Messages left this mailbox for good.";
    let flagged = "Messages in this mailbox were given flags.";
    let holds = "Messages lie in this mailbox at this moment.";
    let undeliverable = "A host gave a recipient up.";
    let deferred = "A host keeps a message for another try.";
    let expanded = "Others took this recipient's place.";
    let reported = "A host told the sender what became of a recipient.";
    [
        kind(
            delivered,
            vec![
                needed("delivered", like(), delivered),
                key("folder", like(), "The folder it lies in."),
                message(),
            ],
        ),
        kind(removed, vec![needed("removed", like(), removed), message()]),
        kind(
            flagged,
            vec![
                needed("flagged", like(), flagged),
                key("folder", like(), "The folder they lie in."),
                key("flags", words(), "Flags that they all have, such as '\\Seen'."),
                key("unset", words(), "Flags that they do not have."),
                message(),
                now(),
            ],
        ),
        kind(
            holds,
            vec![
                needed("holds", like(), holds),
                key("folder", like(), "The folder they lie in."),
                message(),
                key("count", integer(0, 1_000_000), "How many; one at least where nothing is said."),
            ],
        ),
        kind(
            undeliverable,
            vec![
                needed("undeliverable", like(), undeliverable),
                status(),
                key("expired", boolean(), "Because it took too long."),
            ],
        ),
        kind(deferred, vec![needed("deferred", like(), deferred), status()]),
        kind(
            expanded,
            vec![
                needed("expanded", like(), expanded),
                key("into", like(), "Into whom."),
                key("by", ways, "How it came."),
            ],
        ),
        kind(
            reported,
            vec![
                needed("reported", actions, reported),
                key("recipient", like(), "Whose mail it was."),
                key("to", like(), "Whom it was told."),
                status(),
            ],
        ),
    ]
}

fn now() -> Key {
    key("now", boolean(), "It is so at this moment, and not only was so once.")
}

fn doings() -> [Kind; 4] {
    let kind = |about, keys| Kind { about, keys };
    let acts = one_of(&["read", "new", "reply", "forward", "receipt", "away"]);
    let person = "A person read a message, or wrote.";
    let run = "A program was started on the learner's machine.";
    let setting = "The learner gave a setting a value.";
    let zone = "A record was put into a zone: name, type and value.";
    [
        kind(
            person,
            vec![
                needed("person", like(), person),
                key("does", acts, "What they did."),
                key("to", like(), "To whom."),
            ],
        ),
        kind(
            run,
            vec![needed("run", word(), run), key("args", like(), "Its arguments, joined by single spaces.")],
        ),
        kind(
            setting,
            vec![
                needed("setting", word(), setting),
                key("host", like(), "On which host."),
                key("value", like(), "Which value."),
                now(),
            ],
        ),
        kind(
            zone,
            vec![
                needed("zone_record", like(), zone),
                key("zone", like(), "Into which zone."),
                key("added", boolean(), "`false`: taken out."),
                now(),
            ],
        ),
    ]
}
