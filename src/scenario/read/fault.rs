//! `[[fault]]`: what goes wrong, where, when and for whom.

use super::keys::{Keys, Node, Reader, there_are};
use super::world::duration;
use crate::event::{FaultKind, SmtpStage};
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::model::FaultModel;
use crate::scenario::template::Str;

/// The key that says what goes wrong.
const KINDS: [&str; 11] = [
    "reply",
    "greylist",
    "tarpit",
    "slow",
    "connection",
    "silent",
    "cut",
    "full",
    "strip_tls",
    "dns",
    "locked",
];
/// One more, kept apart for the length of its name.
const RENUMBERED: &str = "new_uidvalidity";

pub(super) fn read(r: &mut Reader, mut keys: Keys<'_>) -> Option<FaultModel> {
    let id = keys.need("id", "\"first-try\"").and_then(|n| r.id(&n, "\"first-try\""));
    let all: Vec<&'static str> = KINDS.into_iter().chain([RENUMBERED]).collect();
    let named = keys.which(&all);
    let (key, node) = match named.as_slice() {
        [key] => (*key, keys.get(key)?),
        [] => {
            r.faults.push(
                Diagnostic::error("missing-key", keys.span(), "what goes wrong?").help(there_are(&all)),
            );
            keys.forgive();
            keys.finish(r);
            return None;
        }
        [_, second, ..] => {
            let at = keys.get(second).map_or_else(|| keys.span(), |n| n.key);
            r.bad_value(at, "two things go wrong in one fault", "write two faults");
            keys.forgive();
            keys.finish(r);
            return None;
        }
    };
    let (kind, text) = match key {
        "reply" => reply(r, &node).unzip(),
        _ => (kind(r, &mut keys, key, &node), None),
    };
    let of_dns = key == "dns";
    let of_mailbox = matches!(key, "full" | "locked" | "new_uidvalidity");
    let on = if of_dns { None } else { keys.get("on").and_then(|n| r.word(&n, "\"mx.example.net:25\"")) };
    let name = if of_dns { keys.get("name").and_then(|n| r.word(&n, "\"example.net\"")) } else { None };
    let mailbox =
        if of_mailbox { keys.get("mailbox").and_then(|n| r.word(&n, "\"ben@example.net\"")) } else { None };
    let of_smtp = !of_dns && !of_mailbox;
    let sender =
        if of_smtp { keys.get("sender").and_then(|n| r.string(&n, "\"*@example.org\"")) } else { None };
    let recipient =
        if of_smtp { keys.get("recipient").and_then(|n| r.word(&n, "\"ben@example.net\"")) } else { None };
    let model = FaultModel {
        id: id?,
        kind: kind?,
        text: text.flatten(),
        on,
        from: keys.get("from").and_then(|n| r.word(&n, "\"relay.example.org\"")),
        tries: keys
            .get("tries")
            .and_then(|n| r.integer(&n, 1, 1_000_000))
            .and_then(|n| u32::try_from(n).ok()),
        after: keys.get("after").and_then(|n| duration(r, &n)).unwrap_or_default(),
        lasts: keys.get("lasts").and_then(|n| duration(r, &n)),
        sender,
        recipient: mailbox.or(recipient),
        name,
        span: keys.span(),
    };
    keys.finish(r);
    Some(model)
}

fn kind(r: &mut Reader, keys: &mut Keys<'_>, key: &str, node: &Node<'_>) -> Option<FaultKind> {
    let stages = SmtpStage::ALL.map(|stage| (stage.name(), stage));
    let seconds = |r: &mut Reader| duration(r, node).and_then(|d| u32::try_from(d.as_secs()).ok());
    match key {
        "greylist" => seconds(r).map(|delay| FaultKind::Greylist { delay }),
        "tarpit" => seconds(r).map(|s| FaultKind::Tarpit { delay: s.saturating_mul(1000) }),
        "slow" => {
            let rate = r.integer(node, 1, 1_000_000_000)?;
            u32::try_from(rate).ok().map(|rate| FaultKind::Slow { rate })
        }
        "connection" => {
            let words = [("refused", 0), ("no-answer", 1), ("reset", 2)];
            r.one_of(node, &words).map(|which| match which {
                0 => FaultKind::Refused,
                1 => FaultKind::NoAnswer,
                _ => FaultKind::Reset,
            })
        }
        "silent" => r.one_of(node, &stages).map(|at| FaultKind::Silent { at }),
        "cut" => {
            let words: Vec<(&'static str, Option<SmtpStage>)> =
                stages.iter().map(|(name, at)| (*name, Some(*at))).chain([("message", None)]).collect();
            match r.one_of(node, &words)? {
                Some(at) => Some(FaultKind::Cut { at }),
                None => {
                    let octets =
                        keys.get("octets").and_then(|n| r.integer(&n, 1, 100_000_000)).unwrap_or(100);
                    u32::try_from(octets).ok().map(|octets| FaultKind::CutMessage { octets })
                }
            }
        }
        "strip_tls" => {
            let words = [("mask", true), ("drop", false)];
            r.one_of(node, &words).map(|masked| FaultKind::StripTls { masked })
        }
        "dns" => {
            let words = [("servfail", true), ("no-answer", false)];
            let failed = r.one_of(node, &words)?;
            Some(if failed { FaultKind::ServFail } else { FaultKind::DnsSilent })
        }
        _ => {
            if r.boolean(node) == Some(false) {
                r.bad_value(node.span.clone(), format!("`{key} = false` is no fault"), "leave the fault out");
                return None;
            }
            Some(match key {
                "full" => FaultKind::Full,
                "locked" => FaultKind::Locked,
                _ => FaultKind::Renumbered,
            })
        }
    }
}

/// `{ at = "rcpt", code = 451, text = "4.7.1 Come back later" }`: the reply still without its text, and the text as it is
/// written, because names may stand in it.
fn reply(r: &mut Reader, node: &Node<'_>) -> Option<(FaultKind, Option<Str>)> {
    let mut keys = r.table(node, "a reply", "{ at = \"rcpt\", code = 451 }")?;
    let stages = SmtpStage::ALL.map(|stage| (stage.name(), stage));
    let at = keys.need("at", "\"rcpt\"").and_then(|n| r.one_of(&n, &stages));
    let code = keys.need("code", "451").and_then(|n| r.integer(&n, 400, 599));
    let text = keys.get("text").and_then(|n| r.word(&n, "\"4.7.1 Come back later\""));
    keys.finish(r);
    let code = u16::try_from(code?).ok()?;
    Some((FaultKind::Reply { at: at?, code, text: None }, text))
}
