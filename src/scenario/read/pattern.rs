//! `expect` and `when`: what is looked for in one event.

use super::keys::{Keys, Node, Reader, there_are};
use super::sender;
use super::world::field_name;
use crate::event::{
    Expansion, ImapReason, ImapVerb, LooksLike, Pop3Reason, RecordType, SmtpReason, SmtpVerb, TlsFailure,
    TlsVersion,
};
use crate::mail::certificate::CertificateFault;
use crate::mail::report::Action;
use crate::mail::sasl::Mechanism;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::model::{
    ImapPatternModel, LetterPattern, PatternModel, Pop3Model, SmtpModel, TlsPatternModel, WhatModel,
};
use crate::scenario::suggest::nearest;
use crate::scenario::template::Str;
use crate::scenario::{CodePattern, ImapKind, SenderKind, SmtpKind, TlsKind};

/// The key that says which kind of event is meant.
const KINDS: [&str; 20] = [
    "smtp",
    "pop3",
    "imap",
    "dns",
    "connect",
    "tls",
    "spf",
    "dkim",
    "dmarc",
    "delivered",
    "removed",
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

/// What `smtp` may say beside SMTP's verbs.
const SMTP: [(&str, SmtpKind); 4] = [
    ("any", SmtpKind::Any),
    ("connect", SmtpKind::Connect),
    ("HELLO", SmtpKind::Hello),
    ("unknown", SmtpKind::Unknown),
];
/// POP3's verbs in capitals, `CONNECT` for the greeting, `UNKNOWN` for what is no command; `None` any.
const POP3: [(&str, Option<&str>); 18] = [
    ("any", None),
    ("connect", Some("CONNECT")),
    ("unknown", Some("UNKNOWN")),
    ("USER", Some("USER")),
    ("PASS", Some("PASS")),
    ("STAT", Some("STAT")),
    ("LIST", Some("LIST")),
    ("UIDL", Some("UIDL")),
    ("RETR", Some("RETR")),
    ("TOP", Some("TOP")),
    ("DELE", Some("DELE")),
    ("RSET", Some("RSET")),
    ("NOOP", Some("NOOP")),
    ("CAPA", Some("CAPA")),
    ("QUIT", Some("QUIT")),
    ("APOP", Some("APOP")),
    ("AUTH", Some("AUTH")),
    ("STLS", Some("STLS")),
];

/// What `imap` may say beside IMAP's verbs.
const IMAP: [(&str, ImapKind); 5] = [
    ("any", ImapKind::Any),
    ("connect", ImapKind::Connect),
    ("unknown", ImapKind::Unknown),
    ("DONE", ImapKind::Done),
    ("news", ImapKind::News),
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
        "smtp" => SMTP.iter().map(|(word, _)| *word).chain(SmtpVerb::ALL.map(|verb| verb.name())).collect(),
        "pop3" => POP3.iter().map(|(word, _)| *word).collect(),
        "imap" => {
            IMAP.iter().map(|(word, _)| *word).chain(ImapVerb::ALL.iter().map(|verb| verb.name())).collect()
        }
        "dns" => QTYPES.iter().map(|qtype| qtype.map_or("any", RecordType::mnemonic)).collect(),
        _ => Vec::new(),
    }
}

/// Reads a pattern out of a table that may have other keys too; the caller finishes it.
pub(crate) fn read(r: &mut Reader, keys: &mut Keys<'_>) -> Option<PatternModel> {
    let span = keys.span();
    let mut named = keys.which(&KINDS);
    // Beside `smtp` and `pop3`, `tls` says under what it must happen.
    if named.iter().any(|kind| matches!(*kind, "smtp" | "pop3")) {
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
    let what = match kind {
        "smtp" => smtp(r, keys, &node).map(|m| WhatModel::Smtp(Box::new(m))),
        "pop3" => pop3(r, keys, &node).map(|m| WhatModel::Pop3(Box::new(m))),
        "imap" => imap(r, keys, &node).map(|m| WhatModel::Imap(Box::new(m))),
        "dns" => {
            let qtype =
                r.one_of(&node, &QTYPES.map(|qtype| (qtype.map_or("any", RecordType::mnemonic), qtype)));
            let name = glob(r, keys, "name");
            let answered = keys.get("answered").and_then(|n| r.boolean(&n));
            qtype.map(|qtype| WhatModel::Dns { name, qtype, answered })
        }
        "connect" => {
            let to = r.word(&node, "\"mail.example.tld:25\"");
            let answered = keys.get("answered").and_then(|n| r.boolean(&n)).unwrap_or(true);
            to.map(|to| WhatModel::Connect { to, answered })
        }
        "tls" => tls(r, keys, &node).map(|m| WhatModel::Tls(Box::new(m))),
        "spf" => sender::pattern(r, keys, SenderKind::Spf, &node).map(|m| WhatModel::Sender(Box::new(m))),
        "dkim" => sender::pattern(r, keys, SenderKind::Dkim, &node).map(|m| WhatModel::Sender(Box::new(m))),
        "dmarc" => sender::pattern(r, keys, SenderKind::Dmarc, &node).map(|m| WhatModel::Sender(Box::new(m))),
        "delivered" => {
            let to = r.word(&node, "\"hedwig@example.tld\"");
            let message = keys.get("message").map(|n| letter(r, &n)).unwrap_or_default();
            let folder = glob(r, keys, "folder");
            to.map(|to| WhatModel::Delivered { to, folder, message })
        }
        "removed" => {
            let from = r.word(&node, "\"hedwig@example.tld\"");
            let message = keys.get("message").map(|n| letter(r, &n)).unwrap_or_default();
            from.map(|from| WhatModel::Removed { from, message })
        }
        "undeliverable" | "deferred" | "expanded" | "reported" => post(r, keys, kind, &node),
        "person" => person(r, keys, &node),
        "fault" => r.word(&node, "\"first-try\"").map(WhatModel::Fault),
        "setting" => {
            let name = r.word(&node, "\"smtp_tls_security_level\"");
            let (host, value) = (glob(r, keys, "host"), glob(r, keys, "value"));
            name.map(|name| WhatModel::Setting { name, host, value })
        }
        "zone_record" => {
            let record = r.word(&node, "\"@ TXT v=spf1*\"");
            let zone = glob(r, keys, "zone");
            let added = keys.get("added").and_then(|n| r.boolean(&n)).unwrap_or(true);
            record.map(|record| WhatModel::Zone { record, zone, added })
        }
        _ => {
            let program = r.word(&node, "\"dig\"");
            let args = glob(r, keys, "args");
            program.map(|program| WhatModel::Ran { program, args })
        }
    };
    Some(PatternModel { what: what?, span })
}

/// What becomes of mail in queues.
fn post(r: &mut Reader, keys: &mut Keys<'_>, kind: &str, node: &Node<'_>) -> Option<WhatModel> {
    match kind {
        "undeliverable" => {
            let to = r.word(node, "\"*@example.tld\"");
            let (status, expired) = (status(r, keys), keys.get("expired").and_then(|n| r.boolean(&n)));
            to.map(|to| WhatModel::Undeliverable { to, status, expired })
        }
        "deferred" => {
            let to = r.word(node, "\"*@example.tld\"");
            let status = status(r, keys);
            to.map(|to| WhatModel::Deferred { to, status })
        }
        "expanded" => {
            let from = r.word(node, "\"team@example.tld\"");
            let into = glob(r, keys, "into");
            let ways = Expansion::ALL.map(|by| (by.name(), by));
            let by = keys.get("by").and_then(|n| r.one_of(&n, &ways));
            from.map(|from| WhatModel::Expanded { from, into, by })
        }
        _ => {
            let mut actions = vec![("any", None)];
            actions.extend(Action::ALL.map(|action| (action.name(), Some(action))));
            let action = r.one_of(node, &actions);
            let (recipient, to) = (glob(r, keys, "recipient"), glob(r, keys, "to"));
            let status = status(r, keys);
            action.map(|action| WhatModel::Reported { action, recipient, to, status })
        }
    }
}

/// What a person does.
fn person(r: &mut Reader, keys: &mut Keys<'_>, node: &Node<'_>) -> Option<WhatModel> {
    let who = r.word(node, "\"hedwig@example.tld\"");
    let acts = ["read", "new", "reply", "forward", "receipt", "away"];
    let does = keys.get("does").and_then(|n| known(r, &n, &acts));
    let to = glob(r, keys, "to");
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
fn status(r: &mut Reader, keys: &mut Keys<'_>) -> Option<Str> {
    keys.get("status").and_then(|node| r.string(&node, "\"5.1.1\""))
}

fn glob(r: &mut Reader, keys: &mut Keys<'_>, key: &'static str) -> Option<Str> {
    keys.get(key).and_then(|node| r.string(&node, "\"*@example.tld\""))
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
    let name = if what == Some(TlsKind::Failed) { None } else { glob(r, keys, "name") };
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

fn smtp(r: &mut Reader, keys: &mut Keys<'_>, node: &Node<'_>) -> Option<SmtpModel> {
    let verbs = SmtpVerb::ALL.map(|verb| (verb.name(), SmtpKind::Verb(verb)));
    let command = r.one_of(node, &[SMTP.as_slice(), &verbs].concat());
    let model = SmtpModel {
        command: command.unwrap_or_default(),
        name: glob(r, keys, "name"),
        from: glob(r, keys, "from"),
        to: glob(r, keys, "to"),
        reply: keys.get("reply").and_then(|n| code(r, &n)),
        mechanism: keys.get("mechanism").and_then(|n| r.one_of(&n, &Mechanism::ALL.map(|m| (m.name(), m)))),
        tls: keys.get("tls").and_then(|n| r.boolean(&n)),
        auth: glob(r, keys, "auth"),
        message: keys.get("message").map(|n| letter(r, &n)),
        looks_like: keys.get("looks_like").and_then(|n| known(r, &n, LooksLike::KINDS)),
        reason: keys.get("reason").and_then(|n| known(r, &n, SmtpReason::KINDS)),
    };
    command.map(|_| model)
}

fn pop3(r: &mut Reader, keys: &mut Keys<'_>, node: &Node<'_>) -> Option<Pop3Model> {
    let command = r.one_of(node, &POP3);
    let model = Pop3Model {
        command: command.flatten().map(str::to_owned),
        ok: keys.get("ok").and_then(|n| r.boolean(&n)),
        user: glob(r, keys, "user"),
        mechanism: keys.get("mechanism").and_then(|n| known(r, &n, &Mechanism::ALL.map(Mechanism::name))),
        tls: keys.get("tls").and_then(|n| r.boolean(&n)),
        number: keys
            .get("number")
            .and_then(|n| r.integer(&n, 1, 1_000_000))
            .and_then(|n| u32::try_from(n).ok()),
        message: keys.get("message").map(|n| letter(r, &n)),
        looks_like: keys.get("looks_like").and_then(|n| known(r, &n, LooksLike::KINDS)),
        reason: keys.get("reason").and_then(|n| known(r, &n, Pop3Reason::KINDS)),
    };
    command.map(|_| model)
}

fn imap(r: &mut Reader, keys: &mut Keys<'_>, node: &Node<'_>) -> Option<ImapPatternModel> {
    let verbs: Vec<(&str, ImapKind)> =
        ImapVerb::ALL.iter().map(|verb| (verb.name(), ImapKind::Verb(*verb))).collect();
    let command = r.one_of(node, &[IMAP.as_slice(), &verbs].concat());
    let mut words = |r: &mut Reader, key, example| -> Vec<String> {
        let words = keys.get(key).map(|n| r.strings(&n, example)).unwrap_or_default();
        words.into_iter().map(|word| word.value).collect()
    };
    let items = words(r, "items", "[\"ENVELOPE\"]");
    let flags = words(r, "flags", "['\\Deleted']");
    let model = ImapPatternModel {
        command: command.unwrap_or_default(),
        ok: keys.get("ok").and_then(|n| r.boolean(&n)),
        user: glob(r, keys, "user"),
        mailbox: glob(r, keys, "mailbox"),
        set: glob(r, keys, "set"),
        uid: keys.get("uid").and_then(|n| r.boolean(&n)),
        items,
        flags,
        message: keys.get("message").map(|n| letter(r, &n)),
        looks_like: keys.get("looks_like").and_then(|n| known(r, &n, LooksLike::KINDS)),
        reason: keys.get("reason").and_then(|n| known(r, &n, ImapReason::KINDS)),
    };
    command.map(|_| model)
}

/// `250` or `"2xx"`.
fn code(r: &mut Reader, node: &Node<'_>) -> Option<CodePattern> {
    let text = match node.value {
        toml::de::DeValue::Integer(n) => n.as_str().to_owned(),
        toml::de::DeValue::String(s) => s.to_string(),
        _ => {
            r.wrong_type(node, "a reply code", "250");
            return None;
        }
    };
    let pattern = CodePattern::parse(&text);
    if pattern.is_none() {
        r.bad_value(
            node.span.clone(),
            format!("{} is no reply code", text.escape_debug()),
            "a code is three digits from 200 to 599, such as `250`, or a class such as `\"2xx\"`",
        );
    }
    pattern
}

/// A name out of a list.
fn known(r: &mut Reader, node: &Node<'_>, names: &[&'static str]) -> Option<String> {
    let pairs: Vec<(&'static str, &'static str)> = names.iter().map(|n| (*n, *n)).collect();
    r.one_of(node, &pairs).map(str::to_owned)
}

/// What a message must be like: fields by name, `headers`, `without`, `body`, `empty_line`.
pub(super) fn letter(r: &mut Reader, node: &Node<'_>) -> LetterPattern {
    let Some(mut keys) = r.table(node, "what a message must be like", "{ subject = \"*\" }") else {
        return LetterPattern::default();
    };
    let mut names = |r: &mut Reader, key| {
        let names = keys.get(key).map(|n| r.strings(&n, "[\"Received\"]")).unwrap_or_default();
        names.into_iter().map(|n| n.value).collect()
    };
    let (headers, without) = (names(r, "headers"), names(r, "without"));
    let body = glob(r, &mut keys, "body");
    let empty_line = keys.get("empty_line").and_then(|n| r.boolean(&n));
    let mut fields = Vec::new();
    for node in keys.others() {
        if let (Some(name), Some(value)) = (field_name(r, &node), r.string(&node, "\"*\"")) {
            fields.push((name, value));
        }
    }
    keys.finish_free(r);
    LetterPattern { fields, headers, without, body, empty_line }
}
