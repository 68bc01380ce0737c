//! `expect` and `when`: what is looked for in one event, and what comes before it.

use super::keys::{Keys, Node, Reader, there_are};
use super::world::{duration, field_name};
use super::{exchange, sender, smime};
use crate::event::{CloseReason, Expansion, RecordType, Side, TlsFailure, TlsVersion};
use crate::mail::certificate::CertificateFault;
use crate::mail::report::Action;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::model::{
    FlaggedModel, LetterPattern, LikeModel, ReportedModel, SoughtModel, TieModel, TlsPatternModel, WhatModel,
};
use crate::scenario::suggest::nearest;
use crate::scenario::template::Str;
use crate::scenario::{Same, SenderKind, TlsKind};
use std::ops::Range;

/// The key that says which kind of event is meant.
const KINDS: [&str; 23] = [
    "smtp",
    "pop3",
    "imap",
    "dns",
    "connect",
    "closed",
    "tls",
    "spf",
    "dkim",
    "dmarc",
    "delivered",
    "removed",
    "flagged",
    "holds",
    "undeliverable",
    "deferred",
    "expanded",
    "reported",
    "person",
    "run",
    "fault",
    "setting",
    "zone_record",
];

/// The types `dns` may name, in the order in which they are suggested; `None` is any.
const QTYPES: [Option<RecordType>; 9] = [
    Some(RecordType::Mx),
    Some(RecordType::A),
    Some(RecordType::Aaaa),
    Some(RecordType::Txt),
    Some(RecordType::Cname),
    Some(RecordType::Ptr),
    Some(RecordType::Ns),
    Some(RecordType::Soa),
    None,
];

/// The words that this kind's own key may have, for the schema; none for a kind that has no fixed ones.
pub(crate) fn event_words(kind: &str) -> Vec<&'static str> {
    match kind {
        "smtp" | "pop3" | "imap" => exchange::words(kind),
        "dns" => QTYPES.iter().map(|qtype| qtype.map_or("any", RecordType::mnemonic)).collect(),
        _ => Vec::new(),
    }
}

/// Who may end a connection, and how it may end.
const SIDES: [(&str, Side); 2] = [("client", Side::Client), ("server", Side::Server)];
const ENDS: [(&str, CloseReason); 3] =
    [("closed", CloseReason::Closed), ("lost", CloseReason::Lost), ("idle", CloseReason::Idle)];

/// Reads what is looked for out of a table that may have other keys too; the caller finishes it.
pub(crate) fn read(r: &mut Reader, keys: &mut Keys<'_>) -> Option<SoughtModel> {
    let span = keys.span();
    let mut named = keys.which(&KINDS);
    // Beside what a server heard, `tls` says under what it must happen.
    if named.iter().any(|kind| matches!(*kind, "smtp" | "pop3" | "imap")) {
        named.retain(|kind| *kind != "tls");
    }
    let (kind, node) = match named.as_slice() {
        [kind] => (*kind, keys.get(kind)?),
        [] => {
            missing_kind(r, keys);
            return None;
        }
        [_, second, ..] => {
            let at = keys.get(second).map_or(span, |n| n.key);
            r.bad_value(at, "two kinds of events in one expectation", "write two expectations");
            keys.forgive();
            return None;
        }
    };
    let what = what(r, keys, kind, &node);
    let heard = matches!(kind, "smtp" | "pop3" | "imap");
    let at = if heard { keys.get("at").and_then(|n| r.word(&n, "\"mx.example.net:25\"")) } else { None };
    let client = if heard || kind == "closed" {
        keys.get("client").and_then(|n| r.word(&n, "\"relay.example.org\""))
    } else {
        None
    };
    if kind == "holds" {
        for node in ["after", "before"].into_iter().filter_map(|key| keys.get(key)) {
            no_moment(r, node.key, "take an event: `delivered`, or `removed`");
        }
        return what.map(|what| SoughtModel { what, at, client, after: None, before: None, span });
    }
    let after = keys.get("after").and_then(|n| tie(r, &n, true));
    let before = keys.get("before").and_then(|n| tie(r, &n, false));
    Some(SoughtModel { what: what?, at, client, after, before, span })
}

/// `after` or `before`: what another event is held against.
fn tie(r: &mut Reader, node: &Node<'_>, after: bool) -> Option<Box<TieModel>> {
    let mut keys = r.table(node, "another event", "{ smtp = \"MAIL\" }")?;
    let sought = read(r, &mut keys);
    if matches!(&sought, Some(SoughtModel { what: WhatModel::Holds { .. }, .. })) {
        no_moment(r, node.span.clone(), "take the event that makes it so: `delivered`, or `removed`");
    }
    let same = same(r, &mut keys);
    // What has not come cannot have come lately.
    let within = if after { keys.get("within").and_then(|n| duration(r, &n)) } else { None };
    keys.finish(r);
    Some(Box::new(TieModel { sought: sought?, same, within }))
}

/// What lies in a mailbox comes neither before anything nor after it.
fn no_moment(r: &mut Reader, at: Range<usize>, help: &str) {
    let message = "what lies in a mailbox lies there for a while, and has no moment before or after others";
    r.faults.push(Diagnostic::error("no-event", at, message).help(help));
}

/// What two events must have in common.
pub(super) fn same(r: &mut Reader, keys: &mut Keys<'_>) -> Option<Same> {
    keys.get("same").and_then(|n| r.one_of(&n, &Same::ALL))
}

fn what(r: &mut Reader, keys: &mut Keys<'_>, kind: &str, node: &Node<'_>) -> Option<WhatModel> {
    match kind {
        "smtp" => exchange::smtp(r, keys, node).map(|m| WhatModel::Smtp(Box::new(m))),
        "pop3" => exchange::pop3(r, keys, node).map(|m| WhatModel::Pop3(Box::new(m))),
        "imap" => exchange::imap(r, keys, node).map(|m| WhatModel::Imap(Box::new(m))),
        "dns" => {
            let qtype =
                r.one_of(node, &QTYPES.map(|qtype| (qtype.map_or("any", RecordType::mnemonic), qtype)));
            let name = like(r, keys, "name");
            let answered = keys.get("answered").and_then(|n| r.boolean(&n));
            qtype.map(|qtype| WhatModel::Dns { name, qtype, answered })
        }
        "connect" => {
            let to = r.word(node, "\"mail.example.tld:25\"");
            let answered = keys.get("answered").and_then(|n| r.boolean(&n)).unwrap_or(true);
            to.map(|to| WhatModel::Connect { to, answered })
        }
        "closed" => {
            let to = r.word(node, "\"mail.example.tld:25\"");
            let by = keys.get("by").and_then(|n| r.one_of(&n, &SIDES));
            let why = keys.get("why").and_then(|n| r.one_of(&n, &ENDS));
            to.map(|to| WhatModel::Closed { to, by, why })
        }
        "tls" => tls(r, keys, node).map(|m| WhatModel::Tls(Box::new(m))),
        "spf" => sender::pattern(r, keys, SenderKind::Spf, node).map(|m| WhatModel::Sender(Box::new(m))),
        "dkim" => sender::pattern(r, keys, SenderKind::Dkim, node).map(|m| WhatModel::Sender(Box::new(m))),
        "dmarc" => sender::pattern(r, keys, SenderKind::Dmarc, node).map(|m| WhatModel::Sender(Box::new(m))),
        "delivered" | "removed" | "flagged" | "holds" => mailbox(r, keys, kind, node),
        "undeliverable" | "deferred" | "expanded" | "reported" => post(r, keys, kind, node),
        "person" => person(r, keys, node),
        "fault" => r.word(node, "\"first-try\"").map(WhatModel::Fault),
        "setting" => {
            let name = r.word(node, "\"smtp_tls_security_level\"").filter(|name| whole(r, kind, name));
            let (host, value) = (like(r, keys, "host"), like(r, keys, "value"));
            name.map(|name| WhatModel::Setting { name, host, value })
        }
        "zone_record" => {
            let record = r.like_word(node, "\"@ TXT v=spf1*\"");
            let zone = like(r, keys, "zone");
            let added = keys.get("added").and_then(|n| r.boolean(&n)).unwrap_or(true);
            record.map(|record| WhatModel::Zone { record, zone, added })
        }
        _ => {
            let program = r.word(node, "\"dig\"").filter(|name| whole(r, kind, name));
            let args = like(r, keys, "args");
            program.map(|program| WhatModel::Ran { program, args })
        }
    }
}

/// Is this a name and no pattern? A setting and a program have one name each, and nothing would ever fit another.
fn whole(r: &mut Reader, kind: &str, name: &Str) -> bool {
    let whole = !name.value.contains(['*', '?']);
    if !whole {
        r.bad_value(
            name.span.clone(),
            format!("`{kind}` takes a whole name and no pattern"),
            "write one for each name; patterns may stand in what else is asked of it",
        );
    }
    whole
}

/// What happens in mailboxes.
fn mailbox(r: &mut Reader, keys: &mut Keys<'_>, kind: &str, node: &Node<'_>) -> Option<WhatModel> {
    let mailbox = r.like_word(node, "\"hedwig@example.tld\"");
    let message = keys.get("message").map(|n| letter(r, &n)).unwrap_or_default();
    if kind == "removed" {
        return mailbox.map(|from| WhatModel::Removed { from, message });
    }
    let folder = like(r, keys, "folder");
    if kind == "delivered" {
        return mailbox.map(|to| WhatModel::Delivered { to, folder, message });
    }
    if kind == "holds" {
        let count = keys.get("count").and_then(|n| r.integer(&n, 0, 1_000_000));
        let count = count.and_then(|n| u32::try_from(n).ok());
        return mailbox.map(|mailbox| WhatModel::Holds { mailbox, folder, message, count });
    }
    let mut words =
        |r: &mut Reader, key| keys.get(key).map(|n| r.strings(&n, "['\\Seen']")).unwrap_or_default();
    let (flags, unset) = (words(r, "flags"), words(r, "unset"));
    if keys.which(&["flags", "unset"]).is_empty() {
        r.faults.push(
            Diagnostic::error("missing-key", keys.span(), "which flags does the message have, or not have?")
                .help("add `flags = ['\\Seen']`, or `unset = ['\\Seen']`"),
        );
    }
    mailbox
        .map(|mailbox| WhatModel::Flagged(Box::new(FlaggedModel { mailbox, folder, flags, unset, message })))
}

/// What becomes of mail in queues.
fn post(r: &mut Reader, keys: &mut Keys<'_>, kind: &str, node: &Node<'_>) -> Option<WhatModel> {
    match kind {
        "undeliverable" => {
            let to = r.like_word(node, "\"*@example.tld\"");
            let (status, expired) = (status(r, keys), keys.get("expired").and_then(|n| r.boolean(&n)));
            to.map(|to| WhatModel::Undeliverable { to, status, expired })
        }
        "deferred" => {
            let to = r.like_word(node, "\"*@example.tld\"");
            let status = status(r, keys);
            to.map(|to| WhatModel::Deferred { to, status })
        }
        "expanded" => {
            let from = r.like_word(node, "\"team@example.tld\"");
            let into = like(r, keys, "into");
            let ways = Expansion::ALL.map(|by| (by.name(), by));
            let by = keys.get("by").and_then(|n| r.one_of(&n, &ways));
            from.map(|from| WhatModel::Expanded { from, into, by })
        }
        _ => {
            let mut actions = vec![("any", None)];
            actions.extend(Action::ALL.map(|action| (action.name(), Some(action))));
            let action = r.one_of(node, &actions);
            let (recipient, to) = (like(r, keys, "recipient"), like(r, keys, "to"));
            let status = status(r, keys);
            action
                .map(|action| WhatModel::Reported(Box::new(ReportedModel { action, recipient, to, status })))
        }
    }
}

/// What a person does.
fn person(r: &mut Reader, keys: &mut Keys<'_>, node: &Node<'_>) -> Option<WhatModel> {
    let who = r.like_word(node, "\"hedwig@example.tld\"");
    let acts = ["read", "new", "reply", "forward", "receipt", "away"];
    let does = keys.get("does").and_then(|n| known(r, &n, &acts));
    let to = like(r, keys, "to");
    who.map(|who| WhatModel::Person { who, does, to })
}

fn missing_kind(r: &mut Reader, keys: &mut Keys<'_>) {
    let known = KINDS.iter().copied();
    let misspelt =
        keys.others().into_iter().find_map(|n| nearest(&n.name, known.clone()).map(|near| (n, near)));
    r.faults.push(match misspelt {
        Some((node, near)) => {
            Diagnostic::error("unknown-key", node.key, format!("unknown key `{}`", node.name))
                .label("no kind of event")
                .help(format!("did you mean `{near}`?"))
        }
        None => Diagnostic::error("missing-key", keys.span(), "which kind of event is meant?")
            .help(there_are(&KINDS)),
    });
    // What the other keys mean depends on the kind, so that nothing can be said of them.
    keys.forgive();
}

/// A status code such as `"5.1.1"`, or a pattern for one.
fn status(r: &mut Reader, keys: &mut Keys<'_>) -> Option<LikeModel> {
    keys.get("status").and_then(|node| r.like(&node, "\"5.1.1\""))
}

/// What a text must be like.
pub(super) fn like(r: &mut Reader, keys: &mut Keys<'_>, key: &'static str) -> Option<LikeModel> {
    keys.get(key).and_then(|node| r.like(&node, "\"*@example.tld\""))
}

fn tls(r: &mut Reader, keys: &mut Keys<'_>, node: &Node<'_>) -> Option<TlsPatternModel> {
    let kinds = [
        ("established", TlsKind::Established),
        ("failed", TlsKind::Failed),
        ("verified", TlsKind::Verified),
        ("distrusted", TlsKind::Distrusted),
    ];
    let what = r.one_of(node, &kinds);
    let failures = TlsFailure::ALL.map(TlsFailure::kind);
    let versions = TlsVersion::ALL.map(|version| (version.number(), version));
    let to = keys.get("to").and_then(|n| r.word(&n, "\"mail.example.tld:465\""));
    let from = keys.get("from").and_then(|n| r.word(&n, "\"relay.example.org\""));
    let name = if what == Some(TlsKind::Failed) { None } else { like(r, keys, "name") };
    // Each of the others belongs to some kinds only; at another it is a key that nobody knows.
    let established = what.is_none_or(|what| what == TlsKind::Established);
    let version = if established { keys.get("version").and_then(|n| r.one_of(&n, &versions)) } else { None };
    let reasons: &[&'static str] = match what {
        Some(TlsKind::Failed) => &failures,
        Some(TlsKind::Distrusted) => CertificateFault::KINDS,
        _ => &[],
    };
    let reason =
        if reasons.is_empty() { None } else { keys.get("reason").and_then(|n| known(r, &n, reasons)) };
    what.map(|what| TlsPatternModel { what, to, from, version, name, reason })
}

/// A name out of a list.
pub(super) fn known(r: &mut Reader, node: &Node<'_>, names: &[&'static str]) -> Option<String> {
    let pairs: Vec<(&'static str, &'static str)> = names.iter().map(|n| (*n, *n)).collect();
    r.one_of(node, &pairs).map(str::to_owned)
}

/// What a message must be like: fields by name, `headers`, `without`, `body`, `empty_line`.
pub(super) fn letter(r: &mut Reader, node: &Node<'_>) -> LetterPattern {
    let Some(mut keys) = r.table(node, "what a message must be like", "{ subject = \"*\" }") else {
        return LetterPattern::default();
    };
    let mut names =
        |r: &mut Reader, key| keys.get(key).map(|n| r.strings(&n, "[\"Received\"]")).unwrap_or_default();
    let (headers, without) = (names(r, "headers"), names(r, "without"));
    let body = like(r, &mut keys, "body");
    let empty_line = keys.get("empty_line").and_then(|n| r.boolean(&n));
    let signed = smime::signed(r, &mut keys);
    let encrypted = smime::encrypted(r, &mut keys);
    let mut fields = Vec::new();
    for node in keys.others() {
        if let (Some(name), Some(value)) = (field_name(r, &node), r.like(&node, "\"*\"")) {
            fields.push((name, value));
        }
    }
    keys.finish_free(r);
    LetterPattern { fields, headers, without, body, empty_line, signed, encrypted }
}
