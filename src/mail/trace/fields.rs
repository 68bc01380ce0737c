//! The other fields of a header: what each may tell, and where they contradict each other or the way the message came.

use super::chain::{are_similar, organisation};
use super::{Finding, FindingKind, Trace, View, date};
use crate::mail::header::{Field, Fields};
use crate::mail::mime;
use crate::rfc::{Section, section};
use crate::units::Span;

/// A letter's date and the moment of its hand-over may lie so many seconds apart: people write, and send later.
const FAR: i64 = 12 * 3600;
/// But a letter is not written after it was handed over; clocks differ by so many seconds.
const AFTER: i64 = 600;

/// A field, and what it is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    /// Which.
    pub kind: FieldKind,
    /// Where it stands.
    pub span: Span,
    /// It stands in the trustworthy part: a host that is trusted wrote the line. What the host copied there from the
    /// envelope is still the word of whoever called.
    pub believed: bool,
}

macro_rules! field_kinds {
    ($($(#[$doc:meta])* $kind:ident $key:literal $(: $rfc:literal $section:literal)?, [$($name:literal),*];)*) => {
        /// The fields an analyst knows: all that the gaijin text lists, and what stands beside them in real mail.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum FieldKind {
            $($(#[$doc])* $kind,)*
            /// Any other.
            Other,
        }

        impl FieldKind {
            /// All of them.
            pub const ALL: &'static [FieldKind] = &[$(FieldKind::$kind,)* FieldKind::Other];

            /// The kind of the field of this name.
            pub fn of(name: &str) -> FieldKind {
                let name = name.to_ascii_lowercase();
                match name.as_str() {
                    $($($name)|* => FieldKind::$kind,)*
                    n if n.starts_with("list-") => FieldKind::List,
                    n if n.starts_with("resent-") => FieldKind::Resent,
                    n if n.starts_with("x-spam-") => FieldKind::Spam,
                    _ => FieldKind::Other,
                }
            }

            /// Its name in kebab-case, for wording and styles.
            pub fn key(self) -> &'static str {
                match self {
                    $(FieldKind::$kind => $key,)*
                    FieldKind::Other => "other",
                }
            }

            /// Where it is defined, if it is.
            pub fn rule(self) -> Option<Section> {
                match self {
                    $($(FieldKind::$kind => Some(section($rfc, $section)),)?)*
                    _ => None,
                }
            }
        }
    };
}

field_kinds! {
    /// A server's note of delivery.
    Received "received": 5321 "4.4", ["received"];
    /// The envelope's sender, where reports go.
    ReturnPath "return-path": 5321 "4.4", ["return-path"];
    /// For whom it was delivered.
    DeliveredTo "delivered-to", ["delivered-to", "x-original-to", "envelope-to", "delivery-date"];
    /// What a server's checks of the sender came to.
    AuthenticationResults "authentication-results": 8601 "2", ["authentication-results", "arc-authentication-results"];
    /// What SPF came to.
    ReceivedSpf "received-spf": 7208 "9.1", ["received-spf"];
    /// A domain's signature.
    DkimSignature "dkim-signature": 6376 "3.5", ["dkim-signature", "arc-seal", "arc-message-signature"];
    /// The author.
    From "from": 5322 "3.6.2", ["from"];
    /// Who sent it for the author.
    Sender "sender": 5322 "3.6.2", ["sender"];
    /// Where answers go.
    ReplyTo "reply-to": 5322 "3.6.2", ["reply-to"];
    /// The recipients.
    To "to": 5322 "3.6.3", ["to"];
    /// Those who get a copy.
    Cc "cc": 5322 "3.6.3", ["cc"];
    /// Those who get one without the others knowing.
    Bcc "bcc": 5322 "3.6.3", ["bcc"];
    /// When it was written.
    Date "date": 5322 "3.6.1", ["date"];
    /// The name of the message.
    MessageId "message-id": 5322 "3.6.4", ["message-id"];
    /// The message it answers.
    InReplyTo "in-reply-to": 5322 "3.6.4", ["in-reply-to"];
    /// The messages it belongs with.
    References "references": 5322 "3.6.4", ["references"];
    /// What it is about.
    Subject "subject": 5322 "3.6.5", ["subject"];
    /// The author's firm.
    Organization "organization": 5536 "3.2.9", ["organization", "organisation", "x-organization"];
    /// The program that made it.
    Mailer "mailer", ["x-mailer", "user-agent", "x-mimeole"];
    /// How urgent it is said to be.
    Priority "priority", ["x-priority", "importance", "priority", "x-msmail-priority"];
    /// Whom the program took for the sender.
    XSender "x-sender", ["x-sender"];
    /// Where the author sat, as a webmailer says.
    OriginatingIp "originating-ip", ["x-originating-ip", "x-sender-ip", "x-source-ip"];
    /// MIME.
    MimeVersion "mime-version": 2045 "4", ["mime-version"];
    /// The kind of content.
    ContentType "content-type": 2045 "5", ["content-type"];
    /// How it is coded.
    ContentTransferEncoding "content-transfer-encoding": 2045 "6", ["content-transfer-encoding"];
    /// Its language.
    ContentLanguage "content-language": 3282 "2", ["content-language"];
    /// A mailing list's fields.
    List "list": 2369 "3", ["list-id", "list-unsubscribe"];
    /// Whoever sent it on by hand.
    Resent "resent": 5322 "3.6.6", ["resent-from"];
    /// The wish for a receipt.
    ReceiptRequest "receipt-request": 8098 "2.1", ["disposition-notification-to", "return-receipt-to"];
    /// A machine wrote it.
    AutoSubmitted "auto-submitted": 3834 "5", ["auto-submitted", "precedence", "x-auto-response-suppress"];
    /// A filter's opinion.
    Spam "spam", ["x-spam-status", "x-virus-scanned"];
}

/// Fields that may stand only once (RFC 5322 section 3.6).
const ONCE: [&str; 11] = [
    "date",
    "from",
    "sender",
    "reply-to",
    "to",
    "cc",
    "bcc",
    "message-id",
    "in-reply-to",
    "references",
    "subject",
];

/// An address as it stands in a field.
struct Person {
    name: String,
    local: String,
    domain: String,
}

impl Person {
    fn address(&self) -> String {
        format!("{}@{}", self.local, self.domain)
    }

    fn is(&self, other: &Person) -> bool {
        self.address().eq_ignore_ascii_case(&other.address())
    }
}

/// Looks at all fields that are no `Received`.
pub(super) fn examine(trace: &mut Trace, message: &[u8], fields: &Fields, view: View<'_>) {
    let boundary = trace.boundary;
    let claim = |f: &Field| {
        let believed = f.span.end <= boundary;
        Claim { kind: FieldKind::of(&f.name), span: f.span, believed }
    };
    trace.claims = fields.iter().map(claim).collect();
    let mut findings = Vec::new();
    let mut note = |kind, span| findings.push(Finding::new(kind, span));
    people(message, fields, &mut note);
    written(trace, fields, &mut note);
    results(trace, fields, view, &mut note);
    for name in ["From", "Date"] {
        if fields.get(name).is_none() {
            let end = fields.split.header.end;
            note(FindingKind::FieldMissing { name }, Span::at(end.saturating_sub(1)));
        }
    }
    for name in ONCE {
        for again in fields.all(name).skip(1) {
            note(FindingKind::FieldTwice { name: again.name.clone() }, again.span);
        }
    }
    trace.findings.extend(findings);
}

/// From against the envelope, Reply-To, Sender, and the names shown.
fn people(message: &[u8], fields: &Fields, note: &mut impl FnMut(FindingKind, Span)) {
    let first =
        |name: &str| fields.get(name).and_then(|f| Some((f, persons(message, f).into_iter().next()?)));
    let path = fields.get("Return-Path");
    if let Some(path) = path.filter(|f| ["<>", ""].contains(&f.value.trim())) {
        note(FindingKind::NullSender, path.span);
    }
    for name in ["From", "Sender", "Reply-To"] {
        let Some(field) = fields.get(name) else { continue };
        for person in persons(message, field) {
            if let Some(shown) =
                address_in(&person.name).filter(|s| !s.eq_ignore_ascii_case(&person.address()))
            {
                note(FindingKind::NameHasAddress { shown, address: person.address() }, field.span);
            }
        }
    }
    let Some((_, from)) = first("From") else { return };
    if let Some((field, path)) = first("Return-Path")
        && !same_house(&path.domain, &from.domain)
    {
        note(FindingKind::EnvelopeDiffers { from: from.address(), path: path.address() }, field.span);
    }
    if let Some((field, reply)) = first("Reply-To")
        && !same_house(&reply.domain, &from.domain)
    {
        note(FindingKind::ReplyElsewhere { from: from.address(), reply: reply.address() }, field.span);
    }
    if let Some((field, sender)) = first("Sender").filter(|(_, s)| !s.is(&from)) {
        note(FindingKind::SenderDiffers { sender: sender.address() }, field.span);
    }
    if let Some(field) = fields.get("Message-ID") {
        let domain =
            field.value.trim().trim_end_matches('>').rsplit_once('@').map(|(_, domain)| domain.to_owned());
        if let Some(domain) = domain.filter(|d| !d.is_empty() && !are_similar(d, &from.domain)) {
            note(FindingKind::MessageIdElsewhere { domain, from: from.domain }, field.span);
        }
    }
    if let Some(bcc) = fields.get("Bcc").filter(|f| !f.value.is_empty()) {
        note(FindingKind::BccVisible, bcc.span);
    }
}

/// When it was written, and how urgent it says it is.
fn written(trace: &Trace, fields: &Fields, note: &mut impl FnMut(FindingKind, Span)) {
    for field in fields.all("X-Priority") {
        if field.value.starts_with(['1', '2']) {
            note(FindingKind::HighPriority, field.span);
        }
    }
    let Some(field) = fields.get("Date") else { return };
    let Some(dated) = date(&field.value) else {
        return note(FindingKind::BadDate { text: field.value.clone() }, field.span);
    };
    if let Some((said, right)) = dated.wrong_day {
        note(FindingKind::WrongWeekday { said, right }, field.span);
    }
    if dated.offset.is_none() {
        note(FindingKind::ZoneUnknown, field.span);
    }
    if let Some(at) = trace.origin.as_ref().and_then(|o| o.at) {
        let apart = dated.at.unix_seconds().saturating_sub(at.unix_seconds());
        if !(-FAR..=AFTER).contains(&apart) {
            note(FindingKind::DateFar { seconds: apart.unsigned_abs(), later: apart > 0 }, field.span);
        }
    }
}

/// Results of checks: believed only from a host that is trusted, and only where it wrote them (RFC 8601 section 5).
fn results(trace: &Trace, fields: &Fields, view: View<'_>, note: &mut impl FnMut(FindingKind, Span)) {
    for field in fields.all("Authentication-Results") {
        let host = field.value.split([';', ' ', '\t']).next().unwrap_or_default().to_owned();
        let called = view.trusted.iter().any(|t| t.is_called(&host));
        let kind = if called && field.span.end <= trace.boundary {
            FindingKind::AuthBelieved { host }
        } else {
            FindingKind::AuthNotBelieved { host }
        };
        note(kind, field.span);
    }
}

/// The addresses of a field, with their names decoded.
fn persons(message: &[u8], field: &Field) -> Vec<Person> {
    let list = mime::address_list(&mime::field_value(message, field.raw));
    let text = |octets: Option<Vec<u8>>| String::from_utf8_lossy(&octets.unwrap_or_default()).into_owned();
    let whole = list.into_iter().filter(|a| !a.is_group_mark());
    let person = |a: mime::EnvelopeAddress| Person {
        name: super::super::decode_words(&text(a.name)),
        local: text(a.mailbox),
        domain: text(a.host),
    };
    whole.map(person).collect()
}

/// An address in a display name.
fn address_in(name: &str) -> Option<String> {
    let edges = |c: char| !c.is_alphanumeric();
    let words = name.split(|c: char| c.is_whitespace() || "<>()\"',;".contains(c));
    let mut found = words.map(|w| w.trim_matches(edges)).filter(|w| {
        w.split_once('@').is_some_and(|(local, domain)| !local.is_empty() && domain.contains('.'))
    });
    found.next().map(str::to_owned)
}

/// Two domains of one registered domain.
fn same_house(a: &str, b: &str) -> bool {
    let (a, b) = (a.to_ascii_lowercase(), b.to_ascii_lowercase());
    a == b || (organisation(&a).is_some() && organisation(&a) == organisation(&b))
}
