//! What a host does with mail it has taken: `aliases`, `recipient_delimiter`, `smarthost`, `queue`, `full`; and what the
//! owner of a mailbox has sent on: `forward`.

use super::keys::{Keys, Node, Reader};
use crate::scenario::model::{ForwardModel, PostModel, QueueModel, SmarthostModel};
use crate::scenario::template::{At, Str};
use crate::world::FullMailbox;
use std::time::Duration;

const ADDRESS: &str = "\"hedwig@example.tld\"";
const PLACE: &str = "\"relay.example.test:587\"";

/// The keys of a host.
pub(super) fn read(r: &mut Reader, keys: &mut Keys<'_>) -> PostModel {
    let full = [("refuse", FullMailbox::Refuse), ("defer", FullMailbox::Defer)];
    PostModel {
        aliases: aliases(r, keys),
        delimiter: keys.get("recipient_delimiter").and_then(|n| delimiter(r, &n)),
        smarthost: keys.get("smarthost").and_then(|n| smarthost(r, &n)),
        queue: keys.get("queue").and_then(|n| queue(r, &n)),
        full: keys.get("full").and_then(|n| r.one_of(&n, &full)).unwrap_or_default(),
    }
}

/// One address, or a list of them.
fn addresses(r: &mut Reader, node: &Node<'_>) -> Vec<Str> {
    if node.is_string() {
        return r.word(node, ADDRESS).into_iter().collect();
    }
    r.strings(node, "[\"hedwig@example.tld\"]")
}

fn aliases(r: &mut Reader, keys: &mut Keys<'_>) -> Vec<(Str, Vec<Str>)> {
    let example = "{ \"team@example.tld\" = [\"hedwig@example.tld\"] }";
    let Some(table) = keys.get("aliases").and_then(|n| r.table(&n, "a host's aliases", example)) else {
        return Vec::new();
    };
    let mut aliases = Vec::new();
    for node in table.others() {
        let to = addresses(r, &node);
        aliases.push((At { value: node.name, span: node.key }, to));
    }
    aliases
}

fn delimiter(r: &mut Reader, node: &Node<'_>) -> Option<char> {
    let text = r.word(node, "\"+\"")?;
    let mut characters = text.value.chars();
    let one = characters.next().filter(|c| characters.next().is_none() && "+-=_.".contains(*c));
    if one.is_none() {
        let message = format!("\"{}\" parts no name from what stands behind it", text.value.escape_debug());
        r.bad_value(text.span, message, "write one of + - = _ .");
    }
    one
}

/// `"relay.example.test:587"`, or a table with user and password.
fn smarthost(r: &mut Reader, node: &Node<'_>) -> Option<SmarthostModel> {
    if node.is_string() {
        return r.word(node, PLACE).map(|place| SmarthostModel { place, login: None });
    }
    let example = "{ host = \"relay.example.test:587\", user = \"hedwig\", password = \"tulpe\" }";
    let mut keys = r.table(node, "a smarthost", example)?;
    let place = keys.need("host", PLACE).and_then(|n| r.word(&n, PLACE));
    let user = keys.get("user").and_then(|n| r.word(&n, "\"hedwig@example.test\""));
    let password = match &user {
        Some(_) => keys.need("password", "\"tulpe\"").and_then(|n| r.word(&n, "\"tulpe\"")),
        None => None,
    };
    keys.finish(r);
    Some(SmarthostModel { place: place?, login: user.zip(password) })
}

fn queue(r: &mut Reader, node: &Node<'_>) -> Option<QueueModel> {
    let example = "{ retry = [\"5m\", \"1h\"], warn = \"4h\", expire = \"5d\" }";
    let mut keys = r.table(node, "a host's queue", example)?;
    let retry = keys.get("retry").map(|n| {
        let items = if n.is_string() { vec![n] } else { r.list(&n, "[\"5m\", \"1h\"]") };
        items.iter().filter_map(|item| span(r, item)).collect::<Vec<_>>()
    });
    // `false`: nobody is warned.
    let warn = keys.get("warn").and_then(|n| match n.value.as_bool() {
        Some(false) => Some(None),
        _ => span(r, &n).map(Some),
    });
    let expire = keys.get("expire").and_then(|n| span(r, &n));
    if let (Some([]), Some(node)) = (retry.as_deref(), keys.get("retry")) {
        r.bad_value(node.span, "no wait at all", "write one at least: `retry = [\"5m\"]`");
    }
    keys.finish(r);
    Some(QueueModel { retry: retry.filter(|steps| !steps.is_empty()), warn, expire })
}

/// `"90s"`, `"10m"`, `"4h"`, `"5d"`.
fn span(r: &mut Reader, node: &Node<'_>) -> Option<Duration> {
    let text = r.word_now(node, "\"5m\"")?;
    let seconds = parse_span(&text.value);
    if seconds.is_none() {
        r.bad_value(
            text.span,
            format!("\"{}\" is no length of time", text.value.escape_debug()),
            "write seconds, minutes, hours or days, up to 60 days: \"90s\", \"10m\", \"4h\", \"5d\"",
        );
    }
    seconds.map(Duration::from_secs)
}

fn parse_span(text: &str) -> Option<u64> {
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let seconds = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 3600,
        "d" => 86_400,
        _ => return None,
    };
    let digits = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    let seconds = number.parse::<u64>().ok().filter(|_| digits)?.checked_mul(seconds)?;
    (1..=60 * 86_400).contains(&seconds).then_some(seconds)
}

/// `forward` of a mailbox: an address, a list of them, or a table.
pub(super) fn forward(r: &mut Reader, keys: &mut Keys<'_>) -> Option<ForwardModel> {
    let node = keys.get("forward")?;
    if !node.is_table() {
        return Some(ForwardModel { to: addresses(r, &node), keep: false, own_sender: false });
    }
    let example = "{ to = \"hedwig@example.org\", keep = true }";
    let mut keys = r.table(&node, "where a mailbox's mail is sent on", example)?;
    let to = keys.need("to", ADDRESS).map(|n| addresses(r, &n)).unwrap_or_default();
    let keep = keys.get("keep").and_then(|n| r.boolean(&n)).unwrap_or(false);
    let sender = keys.get("sender").and_then(|n| r.one_of(&n, &[("original", false), ("own", true)]));
    keys.finish(r);
    Some(ForwardModel { to, keep, own_sender: sender.unwrap_or(false) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_of_time() {
        for (text, seconds) in [
            ("90s", Some(90)),
            ("4h", Some(14_400)),
            ("5d", Some(432_000)),
            ("60d", Some(5_184_000)),
            ("61d", None),
            ("0m", None),
            ("5", None),
            ("d", None),
            ("1w", None),
            ("5ü", None),
        ] {
            assert_eq!(parse_span(text), seconds, "{text}");
        }
    }
}
