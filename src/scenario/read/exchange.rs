//! `smtp`, `pop3` and `imap` in `expect` and `when`: what a server heard, and what it answered.

use super::keys::{Keys, Node, Reader};
use super::pattern::{known, letter, like};
use crate::event::{
    ImapReason, ImapVerb, LooksLike, MailParams, Parts, Pop3Reason, RcptParams, SmtpReason, SmtpVerb,
};
use crate::mail::sasl::Mechanism;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::model::{ImapPatternModel, ParamModel, Pop3Model, ReasonModel, SmtpModel};
use crate::scenario::suggest::nearest;
use crate::scenario::template::At;
use crate::scenario::{CodePattern, ImapKind, SmtpKind};

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

/// The words that the key of a protocol may have.
pub(super) fn words(protocol: &str) -> Vec<&'static str> {
    match protocol {
        "smtp" => SMTP.iter().map(|(word, _)| *word).chain(SmtpVerb::ALL.map(|verb| verb.name())).collect(),
        "pop3" => POP3.iter().map(|(word, _)| *word).collect(),
        _ => IMAP.iter().map(|(word, _)| *word).chain(ImapVerb::ALL.iter().map(|verb| verb.name())).collect(),
    }
}

pub(super) fn smtp(r: &mut Reader, keys: &mut Keys<'_>, node: &Node<'_>) -> Option<SmtpModel> {
    let verbs = SmtpVerb::ALL.map(|verb| (verb.name(), SmtpKind::Verb(verb)));
    let command = r.one_of(node, &[SMTP.as_slice(), &verbs].concat());
    let model = SmtpModel {
        command: command.unwrap_or_default(),
        name: like(r, keys, "name"),
        from: like(r, keys, "from"),
        to: like(r, keys, "to"),
        params: params(r, keys, command),
        reply: keys.get("reply").and_then(|n| code(r, &n)),
        mechanism: keys.get("mechanism").and_then(|n| r.one_of(&n, &Mechanism::ALL.map(|m| (m.name(), m)))),
        tls: keys.get("tls").and_then(|n| r.boolean(&n)),
        pipelined: keys.get("pipelined").and_then(|n| r.boolean(&n)),
        auth: like(r, keys, "auth"),
        message: keys.get("message").map(|n| letter(r, &n)),
        word: like(r, keys, "word"),
        looks_like: keys.get("looks_like").and_then(|n| known(r, &n, LooksLike::KINDS)),
        reason: keys.get("reason").and_then(|n| reason(r, &n, SmtpReason::KINDS, SmtpReason::PARTS)),
    };
    command.map(|_| model)
}

pub(super) fn pop3(r: &mut Reader, keys: &mut Keys<'_>, node: &Node<'_>) -> Option<Pop3Model> {
    let command = r.one_of(node, &POP3);
    let model = Pop3Model {
        command: command.flatten().map(str::to_owned),
        ok: keys.get("ok").and_then(|n| r.boolean(&n)),
        user: like(r, keys, "user"),
        mechanism: keys.get("mechanism").and_then(|n| known(r, &n, &Mechanism::ALL.map(Mechanism::name))),
        tls: keys.get("tls").and_then(|n| r.boolean(&n)),
        pipelined: keys.get("pipelined").and_then(|n| r.boolean(&n)),
        number: keys
            .get("number")
            .and_then(|n| r.integer(&n, 1, 1_000_000))
            .and_then(|n| u32::try_from(n).ok()),
        message: keys.get("message").map(|n| letter(r, &n)),
        word: like(r, keys, "word"),
        looks_like: keys.get("looks_like").and_then(|n| known(r, &n, LooksLike::KINDS)),
        reason: keys.get("reason").and_then(|n| reason(r, &n, Pop3Reason::KINDS, Pop3Reason::PARTS)),
    };
    command.map(|_| model)
}

pub(super) fn imap(r: &mut Reader, keys: &mut Keys<'_>, node: &Node<'_>) -> Option<ImapPatternModel> {
    let verbs: Vec<(&str, ImapKind)> =
        ImapVerb::ALL.iter().map(|verb| (verb.name(), ImapKind::Verb(*verb))).collect();
    let command = r.one_of(node, &[IMAP.as_slice(), &verbs].concat());
    let items = keys.get("items").map(|n| r.strings(&n, "[\"ENVELOPE\"]")).unwrap_or_default();
    let flags = keys.get("flags").map(|n| r.strings(&n, "['\\Deleted']")).unwrap_or_default();
    let model = ImapPatternModel {
        command: command.unwrap_or_default(),
        ok: keys.get("ok").and_then(|n| r.boolean(&n)),
        user: like(r, keys, "user"),
        mailbox: like(r, keys, "mailbox"),
        set: like(r, keys, "set"),
        uid: keys.get("uid").and_then(|n| r.boolean(&n)),
        tls: keys.get("tls").and_then(|n| r.boolean(&n)),
        pipelined: keys.get("pipelined").and_then(|n| r.boolean(&n)),
        items,
        flags,
        message: keys.get("message").map(|n| letter(r, &n)),
        word: like(r, keys, "word"),
        looks_like: keys.get("looks_like").and_then(|n| known(r, &n, LooksLike::KINDS)),
        reason: keys.get("reason").and_then(|n| reason(r, &n, ImapReason::KINDS, ImapReason::PARTS)),
    };
    command.map(|_| model)
}

/// `250` or `"2xx"`.
fn code(r: &mut Reader, node: &Node<'_>) -> Option<CodePattern> {
    let text = match node.value {
        toml::de::DeValue::Integer(n) => n.as_str().to_owned(),
        toml::de::DeValue::String(s) if s.contains("{{") => r.filled(node)?,
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

/// `params`: what stands behind the address of MAIL or RCPT.
fn params(r: &mut Reader, keys: &mut Keys<'_>, command: Option<SmtpKind>) -> Vec<(String, ParamModel)> {
    // Another command has none; there it is a key that nobody knows.
    let (known, what, example) = match command {
        Some(SmtpKind::Verb(SmtpVerb::Mail)) => (MailParams::NAMES, "parameters of MAIL", "{ size = \"*\" }"),
        Some(SmtpKind::Verb(SmtpVerb::Rcpt)) => {
            (RcptParams::NAMES, "parameters of RCPT", "{ notify = \"*\" }")
        }
        _ => return Vec::new(),
    };
    let Some(node) = keys.get("params") else { return Vec::new() };
    let Some(mut keys) = r.table(&node, what, example) else { return Vec::new() };
    let mut params = Vec::new();
    for name in known {
        let Some(node) = keys.get(name) else { continue };
        let param = match node.value.as_bool() {
            Some(true) => Some(ParamModel::Given(Default::default())),
            Some(false) => Some(ParamModel::Missing),
            None => r.like(&node, "\"*\"").map(ParamModel::Given),
        };
        params.extend(param.map(|param| ((*name).to_owned(), param)));
    }
    keys.finish(r);
    params
}

/// `auth-failed`, or a part of it: `auth-failed/plain-parts`.
fn reason(
    r: &mut Reader,
    node: &Node<'_>,
    kinds: &[&'static str],
    parts: &[(&'static str, Parts)],
) -> Option<ReasonModel> {
    let text = r.string(node, "\"auth-failed\"")?;
    let Some((kind, part)) = text.value.split_once('/') else {
        return known(r, node, kinds).map(|kind| ReasonModel { kind, part: None });
    };
    let (kind, part) = (kind.trim().to_ascii_lowercase(), part.trim().to_owned());
    let fault = |message: String| Diagnostic::error("bad-value", text.span.clone(), message);
    if !kinds.contains(&kind.as_str()) {
        let message = format!("`{}` cannot be \"{}\"", node.name, kind.escape_debug());
        r.faults.push(fault(message).suggest(nearest(&kind, kinds.iter().copied()), || {
            "docs/scenarios.md lists the reasons".to_owned()
        }));
        return None;
    }
    match parts.iter().find(|(name, _)| *name == kind) {
        None => {
            let message = format!("the reason `{kind}` has no parts");
            r.faults.push(fault(message).help(format!("write `reason = \"{kind}\"`")));
            return None;
        }
        Some((_, Parts::Of(names))) if !part.contains(['*', '?', '{']) => {
            if !names.iter().any(|name| name.eq_ignore_ascii_case(&part)) {
                let message = format!("`{kind}` has no part `{}`", part.escape_debug());
                r.faults.push(
                    fault(message).suggest(nearest(&part, names.iter().copied()), || super::there_are(names)),
                );
                return None;
            }
        }
        Some(_) => {}
    }
    Some(ReasonModel { kind, part: Some(At { value: part, span: text.span }) })
}
