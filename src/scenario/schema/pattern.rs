//! What can be expected: each kind of event with the keys that narrow it down, once as an expectation with points and
//! once as what gives a mistake away.

use super::shape::{
    Key, boolean, glob, integer, key, named, needed, object, of_any, one_of, points, string, word, words,
};
use super::step;
use crate::event::{Expansion, ImapReason, LooksLike, Pop3Reason, SmtpReason, TlsFailure, TlsVersion};
use crate::mail::certificate::CertificateFault;
use crate::mail::dkim::DkimResult;
use crate::mail::dmarc::{DmarcPolicy, DmarcResult};
use crate::mail::report::Action;
use crate::mail::sasl::Mechanism;
use crate::mail::spf::SpfResult;
use crate::scenario::read::event_words;
use serde_json::{Map, Value};

/// One kind of event: its keys, of which the first says that it is meant, and what it is.
struct Kind {
    about: &'static str,
    keys: Vec<Key>,
}

/// What `expectation`, `event` and `message` refer to.
pub(super) fn definitions() -> Map<String, Value> {
    let mut all = Map::new();
    for (name, more) in [("expectation", expectation_keys()), ("event", Vec::new())] {
        let kinds = kinds().into_iter().map(|kind| {
            let keys: Vec<Key> = kind.keys.into_iter().chain(more.iter().cloned()).collect();
            object(kind.about, &keys, None)
        });
        all.insert(name.to_owned(), of_any(kinds.collect()));
    }
    let about =
        "What a message must be like: header fields by name, each with a pattern for its value, and these.";
    all.insert("message".to_owned(), object(about, &step::message_keys(), Some(glob())));
    all.insert("looks_like".to_owned(), one_of(LooksLike::KINDS));
    all.insert("smtp_reason".to_owned(), one_of(SmtpReason::KINDS));
    all.insert("pop3_reason".to_owned(), one_of(Pop3Reason::KINDS));
    all.insert("imap_reason".to_owned(), one_of(ImapReason::KINDS));
    all
}

/// What an expectation has beside its event.
fn expectation_keys() -> Vec<Key> {
    vec![key("points", points(), "It is worth so much by itself.")]
}

/// Every key of an expectation, and of what gives a mistake away.
#[cfg(test)]
pub(super) fn keys(expectation: bool) -> Vec<&'static str> {
    let more = if expectation { expectation_keys() } else { Vec::new() };
    kinds().into_iter().flat_map(|kind| kind.keys).chain(more).map(|key| key.name).collect()
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

fn smtp() -> Kind {
    let about = "An SMTP server heard a command, and answered.";
    let keys = vec![
        needed("smtp", one_of(&event_words("smtp")), about),
        key("name", glob(), "The name given with HELO or EHLO."),
        key("from", glob(), "The sender of MAIL; \"\" is the null path."),
        key("to", glob(), "The recipient of RCPT."),
        key("reply", step::code(), "The reply's code, or a class such as \"2xx\"."),
        mechanism(),
        key("tls", boolean(), "Under TLS, or in the clear."),
        key("auth", glob(), "Whoever has logged in on the connection."),
        message(),
        looks_like(),
        key("reason", named("smtp_reason"), "Why the server answered as it did, whatever its words."),
    ];
    Kind { about, keys }
}

fn pop3() -> Kind {
    let about = "A POP3 server heard a command, and answered.";
    let keys = vec![
        needed("pop3", one_of(&event_words("pop3")), about),
        key("ok", boolean(), "+OK, or -ERR."),
        key("user", glob(), "The name of the session."),
        mechanism(),
        key("tls", boolean(), "Under TLS, or in the clear."),
        key("number", integer(1, 1_000_000), "The message's number."),
        message(),
        looks_like(),
        key("reason", named("pop3_reason"), "Why the server answered as it did, whatever its words."),
    ];
    Kind { about, keys }
}

fn imap() -> Kind {
    let about = "An IMAP server heard a command and answered, or told news.";
    let keys = vec![
        needed("imap", one_of(&event_words("imap")), about),
        key("ok", boolean(), "OK (or +), or NO and BAD."),
        key("user", glob(), "The address of the session."),
        key("mailbox", glob(), "The mailbox that the command names, or the one that is open."),
        key("set", glob(), "The numbers, as written."),
        key("uid", boolean(), "It came after UID."),
        key("items", words(), "Words that all stand among those of FETCH, STATUS, STORE, SEARCH."),
        key("flags", words(), "Flags that all stand in STORE or APPEND, such as '\\Deleted'."),
        message(),
        looks_like(),
        key("reason", named("imap_reason"), "Why the server answered as it did, whatever its words."),
    ];
    Kind { about, keys }
}

fn network() -> [Kind; 4] {
    let answered = |about| key("answered", boolean(), about);
    let dns = "The learner's machine asked the DNS.";
    let connect = "The learner's machine connected.";
    let tls = "TLS began, failed, or the certificate was judged.";
    let reasons: Vec<&str> =
        TlsFailure::ALL.iter().map(|f| f.kind()).chain(CertificateFault::KINDS.iter().copied()).collect();
    let fault = "A fault of this name struck.";
    [
        Kind {
            about: dns,
            keys: vec![
                needed("dns", one_of(&event_words("dns")), dns),
                key("name", glob(), "The name asked for."),
                answered("There were records of the kind, or none."),
            ],
        },
        Kind {
            about: connect,
            keys: vec![needed("connect", word(), connect), answered("`false`: it tried and could not.")],
        },
        Kind {
            about: tls,
            keys: vec![
                needed("tls", one_of(&["established", "failed", "verified", "distrusted"]), tls),
                key("to", word(), "The place connected to: \"mail.example.tld:465\"."),
                key("from", word(), "The host that opened the connection, instead of the learner."),
                key("version", one_of(&TlsVersion::ALL.map(TlsVersion::number)), "The version of TLS."),
                key("name", glob(), "The name that the client gave, or wanted the certificate to be for."),
                key("reason", one_of(&reasons), "Why it failed, or what is wrong with the certificate."),
            ],
        },
        Kind { about: fault, keys: vec![needed("fault", word(), fault)] },
    ]
}

fn senders() -> [Kind; 3] {
    let host = || key("host", glob(), "The host that checked.");
    let domain = |about| key("domain", glob(), about);
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
                key("selector", glob(), "The signature's selector."),
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

fn post() -> [Kind; 6] {
    let status =
        || key("status", string(), "The status code of RFC 3463, such as \"5.1.1\", or a pattern for it.");
    let ways = one_of(&Expansion::ALL.map(|by| by.name()));
    let actions = any_or(&Action::ALL.map(|action| action.name()));
    let kind = |about, keys| Kind { about, keys };
    let delivered = "A message was put into this mailbox.";
    let removed = "Messages left this mailbox for good.";
    let undeliverable = "A host gave a recipient up.";
    let deferred = "A host keeps a message for another try.";
    let expanded = "Others took this recipient's place.";
    let reported = "A host told the sender what became of a recipient.";
    [
        kind(
            delivered,
            vec![
                needed("delivered", word(), delivered),
                key("folder", glob(), "The folder it lies in."),
                message(),
            ],
        ),
        kind(removed, vec![needed("removed", word(), removed), message()]),
        kind(
            undeliverable,
            vec![
                needed("undeliverable", word(), undeliverable),
                status(),
                key("expired", boolean(), "Because it took too long."),
            ],
        ),
        kind(deferred, vec![needed("deferred", word(), deferred), status()]),
        kind(
            expanded,
            vec![
                needed("expanded", word(), expanded),
                key("into", glob(), "Into whom."),
                key("by", ways, "How it came."),
            ],
        ),
        kind(
            reported,
            vec![
                needed("reported", actions, reported),
                key("recipient", glob(), "Whose mail it was."),
                key("to", glob(), "Whom it was told."),
                status(),
            ],
        ),
    ]
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
                needed("person", word(), person),
                key("does", acts, "What they did."),
                key("to", glob(), "To whom."),
            ],
        ),
        kind(
            run,
            vec![needed("run", word(), run), key("args", glob(), "Its arguments, joined by single spaces.")],
        ),
        kind(
            setting,
            vec![
                needed("setting", word(), setting),
                key("host", glob(), "On which host."),
                key("value", glob(), "Which value."),
            ],
        ),
        kind(
            zone,
            vec![
                needed("zone_record", word(), zone),
                key("zone", glob(), "Into which zone."),
                key("added", boolean(), "`false`: taken out."),
            ],
        ),
    ]
}
