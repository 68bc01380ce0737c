//! The parts of a message as a list: what each claims to be, how large it is, and what is in it.

use super::super::shown::Shown;
use super::super::ui::Ui;
use super::clean::{Blocked, clean};
use crate::mail::mime::{Inside, Part};
use askama::Template;

/// How many parts are listed.
const PARTS: usize = 200;
/// How much text of one part is shown, in octets.
const PART_OCTETS: usize = 16 << 10;
/// How much text of all parts together.
const ALL_OCTETS: usize = 128 << 10;
/// How many octets of what is no text are shown as numbers.
const HEX: usize = 256;
/// The deepest a part is drawn in; what lies deeper is drawn as deep.
const INDENT: usize = 8;
/// The longest value from a header that is shown, in characters.
const VALUE: usize = 300;

/// What is to be known of a message before its structure is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::web) struct Outline {
    /// How many parts there are, itself included.
    pub(in crate::web) parts: usize,
    /// Which of them is HTML, the first of several.
    pub(in crate::web) html: Option<usize>,
}

/// A part in the list.
#[derive(Debug)]
struct PartShown {
    /// Its place in the list.
    k: usize,
    /// Its number as IMAP names it (RFC 3501 section 6.4.5); empty for the whole message, and for what has none.
    number: String,
    depth: usize,
    /// How deep it is drawn.
    indent: usize,
    /// The content type as written, or the one that holds where there is none.
    kind: Shown,
    /// `text`, `html`, `data`, `parts`, `message` or `deep`.
    code: &'static str,
    /// What the header says about it, in words.
    facts: Vec<Shown>,
    /// What is odd about it.
    odd: Vec<Shown>,
    file: Option<Shown>,
    /// Its text, or of other data the first octets.
    content: Option<Shown>,
    /// How much of that is left out, in octets.
    left_out: usize,
    blocked: Vec<BlockedShown>,
}

/// Something that was kept from happening.
#[derive(Debug)]
struct BlockedShown {
    text: String,
    details: Vec<Shown>,
}

/// The fragment.
#[derive(Debug, Template)]
#[template(path = "structure.html")]
pub(super) struct Structure {
    ui: &'static Ui,
    /// The message's address.
    base: String,
    parts: Vec<PartShown>,
    /// How many parts are not listed.
    more: usize,
}

/// A part with its place in the tree.
struct Placed<'a> {
    part: &'a Part,
    number: String,
    depth: usize,
}

impl Outline {
    /// Of this message.
    pub(in crate::web) fn of(message: &[u8]) -> Outline {
        let whole = Part::parse(message);
        let placed = placed(&whole);
        Outline { parts: placed.len(), html: placed.iter().position(|p| code(p.part) == "html") }
    }
}

/// All parts in the order of the message.
fn placed(whole: &Part) -> Vec<Placed<'_>> {
    let mut all = Vec::new();
    let number = if whole.is_multipart() { "" } else { "1" };
    let mut waiting = vec![Placed { part: whole, number: number.to_owned(), depth: 0 }];
    while let Some(placed) = waiting.pop() {
        let (number, depth) = (placed.number.clone(), placed.depth + 1);
        let below = |n: usize| if number.is_empty() { n.to_string() } else { format!("{number}.{n}") };
        match &placed.part.inside {
            Inside::Parts(parts) => {
                let inner = parts.iter().enumerate().rev();
                waiting.extend(inner.map(|(n, part)| Placed { part, number: below(n + 1), depth }));
            }
            Inside::Message(message) => {
                // A message in a message is named by the part that it is in; only what is in it has numbers.
                let number = if message.is_multipart() { number.clone() } else { below(1) };
                waiting.push(Placed { part: message, number, depth });
            }
            Inside::Text | Inside::Data | Inside::TooDeep => {}
        }
        all.push(placed);
    }
    all
}

fn code(part: &Part) -> &'static str {
    match &part.inside {
        Inside::Text if part.content.kind.as_ref().is_some_and(|kind| kind.is("text", "html")) => "html",
        Inside::Text => "text",
        Inside::Data => "data",
        Inside::Parts(_) => "parts",
        Inside::Message(_) => "message",
        Inside::TooDeep => "deep",
    }
}

/// The name and the octets of a part that can be taken as a file.
pub(super) fn file(message: &[u8], k: usize) -> Option<(String, Vec<u8>)> {
    let whole = Part::parse(message);
    let part = placed(&whole).get(k)?.part;
    let name = part.content.filename().unwrap_or_default();
    Some((name, part.octets(message).octets.into_owned()))
}

/// The text of a part that is HTML.
pub(super) fn html(message: &[u8], k: usize) -> Option<String> {
    let whole = Part::parse(message);
    let part = placed(&whole).get(k)?.part;
    (code(part) == "html").then(|| part.readable(message).unwrap_or_default().into_owned())
}

impl Structure {
    pub(super) fn new(ui: &'static Ui, base: &str, message: &[u8]) -> Structure {
        let whole = Part::parse(message);
        let all = placed(&whole);
        let mut room = ALL_OCTETS;
        let parts = all.iter().take(PARTS).enumerate();
        let parts = parts.map(|(k, placed)| part(ui, message, k, placed, &mut room)).collect();
        Structure { ui, base: base.to_owned(), parts, more: all.len().saturating_sub(PARTS) }
    }
}

fn text(octets: &[u8]) -> String {
    let text = String::from_utf8_lossy(octets);
    let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(VALUE) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

fn part(ui: &Ui, message: &[u8], k: usize, placed: &Placed<'_>, room: &mut usize) -> PartShown {
    let part = placed.part;
    let kind = match &part.content.kind {
        Some(kind) if !kind.sub.is_empty() => format!("{}/{}", text(&kind.main), text(&kind.sub)),
        // RFC 2045 section 5.2: what says nothing is plain text.
        Some(kind) if kind.main.is_empty() => ui.t("part-kind-broken"),
        Some(kind) => text(&kind.main),
        None => "text/plain".to_owned(),
    };
    let decoded = part.octets(message);
    let octets = decoded.octets.len();
    let (content, left_out) = content(message, part, &decoded.octets, room);
    let mut odd = Vec::new();
    if part.content.kind.is_none() {
        odd.push(ui.t("part-no-type"));
    }
    if decoded.broken {
        odd.push(ui.t("part-broken"));
    }
    let file = part.content.filename().map(|name| {
        if name.contains(['/', '\\']) {
            odd.push(ui.t("part-path"));
        }
        if Shown::text(&name).marks() > 0 {
            odd.push(ui.t("part-name-marks"));
        }
        Shown::text(&text(name.as_bytes()))
    });
    if matches!(part.inside, Inside::TooDeep) {
        odd.push(ui.t("part-deep"));
    }
    if matches!(&part.inside, Inside::Parts(parts) if parts.is_empty()) {
        odd.push(ui.t("part-no-boundary"));
    }
    let blocked = match code(part) {
        "html" => blocked(ui, &clean(&part.readable(message).unwrap_or_default()).blocked),
        _ => Vec::new(),
    };
    PartShown {
        k,
        number: placed.number.clone(),
        depth: placed.depth,
        indent: placed.depth.min(INDENT),
        kind: Shown::text(&kind),
        code: code(part),
        facts: facts(ui, part, octets).iter().map(|fact| Shown::text(fact)).collect(),
        odd: odd.iter().map(|text| Shown::text(text)).collect(),
        file,
        content,
        left_out,
        blocked,
    }
}

/// What the header says about a part, and how large it is.
fn facts(ui: &Ui, part: &Part, octets: usize) -> Vec<String> {
    let content = &part.content;
    let mut facts = Vec::new();
    let charset = content.kind.as_ref().and_then(|kind| kind.parameter("charset"));
    facts.extend(charset.map(|charset| ui.x("part-charset", text(charset))));
    facts.extend(content.encoding.as_deref().map(|encoding| ui.x("part-encoding", text(encoding))));
    facts.extend(content.disposition.iter().map(|(how, _)| ui.x("part-disposition", text(how))));
    facts.extend(content.id.as_deref().map(|id| ui.x("part-id", text(id))));
    facts.extend(content.description.as_deref().map(|words| ui.x("part-description", text(words))));
    let raw = part.body.end.saturating_sub(part.body.start);
    facts.push(match &part.inside {
        Inside::Parts(parts) => ui.x("part-holds", parts.len()),
        _ if octets == raw => ui.x("part-octets", raw),
        _ => ui.with("part-decoded", &[("raw", raw.into()), ("octets", octets.into())]),
    });
    facts
}

/// What is in a part, as far as there is room for it.
fn content(message: &[u8], part: &Part, octets: &[u8], room: &mut usize) -> (Option<Shown>, usize) {
    if matches!(part.inside, Inside::Parts(_) | Inside::Message(_)) {
        return (None, 0);
    }
    let Some(text) = part.readable(message) else {
        let shown = octets.get(..HEX).unwrap_or(octets);
        return (Some(Shown::text(&numbers(shown))), octets.len() - shown.len());
    };
    let most = PART_OCTETS.min(*room).min(text.len());
    let end = (0..=most).rev().find(|n| text.is_char_boundary(*n)).unwrap_or(0);
    *room -= end;
    (Some(Shown::text(text.get(..end).unwrap_or_default())), text.len() - end)
}

/// Octets as numbers and as the characters they would be, sixteen in a line.
fn numbers(octets: &[u8]) -> String {
    let mut lines = String::new();
    for (n, line) in octets.chunks(16).enumerate() {
        let hex: Vec<String> = line.iter().map(|o| format!("{o:02x}")).collect();
        let plain = |o: &u8| if o.is_ascii_graphic() || *o == b' ' { char::from(*o) } else { '.' };
        let plain: String = line.iter().map(plain).collect();
        lines.push_str(&format!("{:04x}  {:<47}  {plain}\n", n * 16, hex.join(" ")));
    }
    lines
}

/// What the frame has kept from happening.
fn blocked(ui: &Ui, blocked: &Blocked) -> Vec<BlockedShown> {
    let mut all = Vec::new();
    let mut tell = |count: usize, key: &str, details: Vec<String>| {
        if count > 0 {
            let details = details.iter().map(|text| Shown::text(text)).collect();
            all.push(BlockedShown { text: ui.x(key, count), details });
        }
    };
    if blocked.is_empty() {
        return all;
    }
    tell(blocked.scripts, "blocked-scripts", Vec::new());
    tell(blocked.load_count, "blocked-loads", blocked.loads.clone());
    let link = |(says, href): &(String, String)| match says.is_empty() {
        true => href.clone(),
        false => format!("{says} → {href}"),
    };
    tell(blocked.link_count, "blocked-links", blocked.links.iter().map(link).collect());
    tell(blocked.forms, "blocked-forms", Vec::new());
    tell(blocked.jumps, "blocked-jumps", Vec::new());
    tell(blocked.marks, "blocked-marks", Vec::new());
    tell(blocked.left_out, "blocked-left-out", Vec::new());
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Lang;

    fn listed(message: &str) -> Vec<String> {
        let structure = Structure::new(Ui::of(Lang::En), "/m", message.as_bytes());
        structure.parts.iter().map(|p| format!("{} {} {} {}", p.depth, p.number, p.code, p.kind)).collect()
    }

    #[test]
    fn parts_are_numbered_as_imap_numbers_them() {
        let message = "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n\
            --a\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\n\r\ntext\r\n\
            --b\r\nContent-Type: text/html\r\n\r\n<p>x\r\n--b--\r\n\
            --a\r\nContent-Type: message/rfc822\r\n\r\nSubject: in\r\n\r\nhello\r\n\
            --a\r\nContent-Type: image/png; name=\"../x.png\"\r\nContent-Transfer-Encoding: base64\r\n\r\nAAEC\r\n--a--\r\n";
        let parts = [
            "0  parts multipart/mixed",
            "1 1 parts multipart/alternative",
            "2 1.1 text text/plain",
            "2 1.2 html text/html",
            "1 2 message message/rfc822",
            "2 2.1 text text/plain",
            "1 3 data image/png",
        ];
        assert_eq!(listed(message), parts);
        // The same numbers lead to the same parts over IMAP.
        let whole = Part::parse(message.as_bytes());
        for placed in placed(&whole).iter().filter(|p| !p.number.is_empty()) {
            let path: Vec<u32> = placed.number.split('.').map(|n| n.parse().unwrap()).collect();
            let found = whole.find(&path).map(|part| part.body);
            assert_eq!(found, Some(placed.part.body), "{}", placed.number);
        }
        assert_eq!(Outline::of(message.as_bytes()), Outline { parts: 7, html: Some(3) });
        assert_eq!(file(message.as_bytes(), 6), Some(("../x.png".to_owned(), vec![0, 1, 2])));
        assert_eq!(html(message.as_bytes(), 3).as_deref(), Some("<p>x"));
        assert_eq!(html(message.as_bytes(), 2), None);
        assert_eq!(file(message.as_bytes(), 7), None);
    }

    #[test]
    fn what_is_deep_many_or_long_stays_small() {
        let mut deep = String::from("MIME-Version: 1.0\r\n");
        for n in 0..300 {
            deep.push_str(&format!("Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n"));
        }
        let mut many = String::from("MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n");
        for _ in 0..5_000 {
            many.push_str(&format!("--x\r\n\r\n{}\r\n", "a".repeat(1_000)));
        }
        for message in [deep, many, format!("Subject: x\r\n\r\n{}", "<u>".repeat(1_000_000))] {
            let structure = Structure::new(Ui::of(Lang::De), "/m", message.as_bytes());
            assert!(structure.parts.len() <= PARTS);
            let html = structure.render().unwrap();
            assert!(html.len() < 600_000, "{}", html.len());
            assert!(!html.contains("<u>"));
        }
    }
}
