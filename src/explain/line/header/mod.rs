//! A line of a message, where it is typed after DATA or fetched: a header field, its folds, the text (RFC 5322).

mod value;

use super::opening::{Opening, text};
use super::talk::Line;
use crate::explain::Explainer;
use crate::explain::say::Say;
use crate::explain::trace;
use crate::mail::trace::FieldKind;
use crate::mail::{Field, Fields};
use crate::rfc::{Section, section};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Of a message no more octets before the line are looked at.
const BEFORE: usize = 256 << 10;

/// How the line comes to be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seen {
    /// The learner typed it, with dots doubled for SMTP.
    Typed,
    /// POP3 fetched it, with dots doubled too.
    Fetched,
    /// It stands in a literal or a piece of BDAT, as it is.
    Counted,
}

impl Seen {
    /// Is a dot at the line's beginning doubled on the way?
    fn has_stuffing(self) -> bool {
        self != Seen::Counted
    }
}

/// What stood before a line of a message.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Place {
    /// The lines before it, with CR LF.
    before: Vec<u8>,
    /// And the folds after it, as far as they are known.
    after: Vec<u8>,
}

/// The place after these lines.
pub(super) fn place(before: &[Line<'_>]) -> Place {
    let mut place = Place::default();
    for line in before {
        if place.before.len() + line.octets.len() > BEFORE {
            break;
        }
        place.before.extend_from_slice(&line.octets);
        place.before.extend_from_slice(b"\r\n");
    }
    place
}

impl Place {
    /// With the folds that follow the line.
    pub(super) fn with_folds(mut self, after: &[Line<'_>]) -> Place {
        let is_fold = |line: &&Line<'_>| line.octets.first().is_some_and(|b| matches!(b, b' ' | b'\t'));
        for line in after.iter().take_while(is_fold).take(100) {
            self.after.extend_from_slice(&line.octets);
            self.after.extend_from_slice(b"\r\n");
        }
        self
    }

    /// Has the header not ended yet?
    fn is_header(&self) -> bool {
        self.before.is_empty()
            || Fields::parse(&self.before).split.body.start == self.before.len() && !self.is_ended()
    }

    fn is_ended(&self) -> bool {
        Fields::parse(&self.before).split.has_empty_line()
    }

    /// The field that the line `octets` is a line of, with a message that holds it.
    fn field(&self, octets: &[u8]) -> Option<(Vec<u8>, Field)> {
        let mut message = self.before.clone();
        message.extend_from_slice(octets);
        message.extend_from_slice(b"\r\n");
        let end = message.len();
        message.extend_from_slice(&self.after);
        let field = Fields::parse(&message).iter().find(|f| f.span.start < end && end <= f.span.end).cloned();
        field.map(|field| (message, field))
    }
}

/// What a header field is: its meaning, who normally writes it, whether it can be believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldText {
    /// What it says.
    pub meaning: String,
    /// Who normally writes it.
    pub writer: String,
    /// Can it be believed?
    pub belief: String,
    /// Where it is defined, if it is.
    pub rule: Option<Section>,
}

impl Explainer {
    /// What the header field of this name is.
    pub fn header_field(&self, name: &str) -> FieldText {
        let kind = FieldKind::of(name);
        FieldText {
            meaning: self.say(trace::field(kind)),
            writer: self.say(Say::new(writer(kind))),
            belief: self.say(Say::new(belief(kind))),
            rule: kind.rule(),
        }
    }
}

/// One line of a message.
pub(super) fn line(o: &mut Opening<'_>, octets: &[u8], place: Place, seen: Seen) {
    if seen.has_stuffing() && octets == b"." {
        o.what(Say::new("message-dot"));
        o.rule(section(5321, "4.1.1.4"));
        return o.part(0, ".", Say::new("message-dot"));
    }
    let unstuffed = match octets.strip_prefix(b".") {
        Some(rest) if seen.has_stuffing() => {
            let doubled = rest.starts_with(b".");
            o.part(0, ".", Say::new("message-dot-stuffed").choice("doubled", doubled));
            o.what(Say::new("message-dot-why").choice("doubled", doubled));
            o.rule(section(5321, "4.5.2"));
            rest
        }
        _ => octets,
    };
    if !place.is_header() {
        return body(o, unstuffed, &place);
    }
    if unstuffed.is_empty() {
        o.what(Say::new("message-empty"));
        return o.rule(section(5322, "2.1"));
    }
    let folded = unstuffed.first().is_some_and(|b| matches!(b, b' ' | b'\t'));
    match place.field(unstuffed) {
        Some((message, field)) => self::field(o, unstuffed, &message, &field, folded, seen),
        None => {
            o.what(Say::new("message-no-field"));
            o.rule(section(5322, "2.2"));
            o.part(0, text(unstuffed), Say::new("message-text"));
        }
    }
}

/// A line of a header field.
fn field(o: &mut Opening<'_>, octets: &[u8], message: &[u8], field: &Field, folded: bool, seen: Seen) {
    let kind = FieldKind::of(&field.name);
    if folded {
        o.what(Say::new("message-fold").text("name", &field.name));
        o.rule(section(5322, "2.2.3"));
    }
    o.what(trace::field(kind));
    o.what(Say::new(writer(kind)));
    o.what(Say::new(belief(kind)));
    if seen == Seen::Typed {
        let server = matches!(writer(kind), "writer-servers" | "writer-last-server" | "writer-checker");
        o.what(Say::new("message-typed").choice("server", server));
    }
    o.rule(kind.rule().unwrap_or_else(|| section(5322, "3.6.8")));
    let line = text(octets);
    if folded {
        o.part(0, line.trim(), Say::new("message-folded"));
    } else {
        let (name, _) = line.split_once(':').unwrap_or((&line, ""));
        o.part(0, format!("{name}:"), Say::new("message-field-name"));
        if field.value.is_empty() {
            o.part(0, "", Say::new("message-field-empty"));
        }
    }
    value::parts(o, kind, message, field);
}

/// A line of the text.
fn body(o: &mut Opening<'_>, octets: &[u8], place: &Place) {
    o.rule(section(5322, "2.1"));
    if octets.is_empty() {
        return o.what(Say::new("message-empty-text"));
    }
    let shown = text(octets);
    let fields = Fields::parse(&place.before);
    let value = |name: &str| fields.get(name).map(|f| f.value.clone()).unwrap_or_default();
    let boundary = value::boundary(&value("Content-Type"));
    if let (Some(boundary), Some(rest)) = (&boundary, shown.strip_prefix("--"))
        && let Some(end) = rest.strip_prefix(boundary.as_str())
    {
        let last = end.starts_with("--");
        o.what(Say::new("message-boundary").choice("last", last));
        o.rule(section(2046, "5.1.1"));
        return o.part(0, &shown, Say::new("message-boundary").choice("last", last));
    }
    o.what(Say::new("message-body"));
    match value("Content-Transfer-Encoding").to_ascii_lowercase().as_str() {
        "base64" => {
            if let Ok(decoded) = STANDARD.decode(shown.trim()) {
                o.part(0, &shown, Say::new("message-base64"));
                o.part(1, text(&decoded), Say::new("message-decoded"));
                return o.rule(section(2045, "6.8"));
            }
        }
        "quoted-printable" => {
            let decoded = value::unquoted(octets);
            if decoded != octets {
                o.part(0, &shown, Say::new("message-quoted-printable"));
                o.part(1, text(&decoded), Say::new("message-decoded"));
                return o.rule(section(2045, "6.7"));
            }
        }
        _ => {}
    }
    o.part(0, &shown, Say::new("message-text"));
    if !octets.is_ascii() {
        o.what(Say::new("message-eight-bit"));
        o.rule(section(6152, "2"));
    }
}

/// Who normally writes such a field.
pub(super) fn writer(kind: FieldKind) -> &'static str {
    use FieldKind as K;
    match kind {
        K::Received => "writer-servers",
        K::ReturnPath | K::DeliveredTo => "writer-last-server",
        K::AuthenticationResults | K::ReceivedSpf | K::Spam => "writer-checker",
        K::DkimSignature => "writer-signer",
        K::MessageId => "writer-program-or-server",
        K::OriginatingIp => "writer-webmail",
        K::List => "writer-list",
        K::Resent => "writer-resender",
        K::AutoSubmitted => "writer-machine",
        K::Other => "writer-anybody",
        _ => "writer-program",
    }
}

/// Whether it can be believed.
pub(super) fn belief(kind: FieldKind) -> &'static str {
    use FieldKind as K;
    match kind {
        K::Received => "belief-topmost",
        K::ReturnPath | K::DeliveredTo => "belief-envelope",
        K::AuthenticationResults | K::ReceivedSpf | K::Spam => "belief-own-server",
        K::DkimSignature => "belief-verified",
        K::MimeVersion | K::ContentType | K::ContentTransferEncoding | K::ContentLanguage => {
            "belief-description"
        }
        K::OriginatingIp => "belief-webmail",
        _ => "belief-nobody",
    }
}
