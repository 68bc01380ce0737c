//! What an analyst notices in a message, and what each field of a header is worth.

use super::say::Say;
use crate::mail::trace::{FieldKind, FindingKind, Inside, Origin};

/// What was noticed.
pub(super) fn finding(kind: &FindingKind) -> Say {
    use FindingKind as F;
    let one = |key, name, value: &str| Say::new(key).text(name, value);
    let two = |key, (name, value): (_, &str), (other, more): (_, &str)| {
        Say::new(key).text(name, value).text(other, more)
    };
    let long = |key, seconds: &u64| Say::new(key).own("span", span(*seconds));
    match kind {
        F::HandedOverInside { how } => Say::new(inside(*how)),
        F::DateFar { seconds, later } => long("trace-date-far", seconds).choice("later", *later),
        F::TimeGoesBack { seconds } => long("trace-time-goes-back", seconds),
        F::LongWait { seconds } => long("trace-long-wait", seconds),
        F::InFuture { seconds } => long("trace-in-future", seconds),
        F::NothingTrusted => Say::new("trace-nothing-trusted"),
        F::TrustEnds => Say::new("trace-trust-ends"),
        F::BelowBoundary => Say::new("trace-below-boundary"),
        F::NoAddress => Say::new("trace-no-address"),
        F::NoBy => Say::new("trace-no-by"),
        F::NoDate => Say::new("trace-no-date"),
        F::ZoneUnknown => Say::new("trace-zone-unknown"),
        F::NullSender => Say::new("trace-null-sender"),
        F::BccVisible => Say::new("trace-bcc-visible"),
        F::HighPriority => Say::new("trace-high-priority"),
        F::ClaimsTrusted { by } => one("trace-claims-trusted", "by", by),
        F::NoReverseName { ip } => one("trace-no-reverse-name", "ip", ip),
        F::MayBeForged { name } => one("trace-may-be-forged", "name", name),
        F::AddressPrivate { ip } => one("trace-address-private", "ip", ip),
        F::AddressReserved { ip } => one("trace-address-reserved", "ip", ip),
        F::AddressImpossible { text } => one("trace-address-impossible", "text", text),
        F::BadDate { text } => one("trace-bad-date", "text", text),
        F::UnknownProtocol { with } => one("trace-unknown-protocol", "with", with),
        F::SenderDiffers { sender } => one("trace-sender-differs", "sender", sender),
        F::FieldMissing { name } => one("trace-field-missing", "name", name),
        F::FieldTwice { name } => one("trace-field-twice", "name", name),
        F::AuthBelieved { host } => one("trace-auth-believed", "host", host),
        F::AuthNotBelieved { host } => one("trace-auth-not-believed", "host", host),
        F::ChainBroken { by, from } => two("trace-chain-broken", ("by", by), ("from", from)),
        F::HelloDiffers { helo, name } => two("trace-hello-differs", ("helo", helo), ("name", name)),
        F::WrongWeekday { said, right } => two("trace-wrong-weekday", ("said", said), ("right", right)),
        F::EnvelopeDiffers { from, path } => two("trace-envelope-differs", ("from", from), ("path", path)),
        F::ReplyElsewhere { from, reply } => two("trace-reply-elsewhere", ("from", from), ("reply", reply)),
        F::NameHasAddress { shown, address } => {
            two("trace-name-has-address", ("shown", shown), ("address", address))
        }
        F::MessageIdElsewhere { domain, from } => {
            two("trace-message-id-elsewhere", ("domain", domain), ("from", from))
        }
    }
}

fn inside(how: Inside) -> &'static str {
    match how {
        Inside::Network => "trace-inside-network",
        Inside::User => "trace-inside-user",
        Inside::Alias => "trace-inside-alias",
        Inside::Report => "trace-inside-report",
    }
}

/// Where a message comes from.
pub(super) fn origin(origin: Option<&Origin>) -> Say {
    match origin {
        Some(origin) if origin.inside => Say::new("trace-origin-inside"),
        Some(Origin { ip: Some(ip), name, .. }) => {
            let say = Say::new("trace-origin-address").own("ip", ip.to_string());
            say.choice("named", name.is_some()).text("name", name.as_deref().unwrap_or_default())
        }
        _ => Say::new("trace-origin-unknown"),
    }
}

/// What a field is worth in general.
pub(super) fn field(kind: FieldKind) -> Say {
    use FieldKind as K;
    Say::new(match kind {
        K::Received => "field-received",
        K::ReturnPath => "field-return-path",
        K::DeliveredTo => "field-delivered-to",
        K::AuthenticationResults => "field-authentication-results",
        K::ReceivedSpf => "field-received-spf",
        K::DkimSignature => "field-dkim-signature",
        K::From => "field-from",
        K::Sender => "field-sender",
        K::ReplyTo => "field-reply-to",
        K::To => "field-to",
        K::Cc => "field-cc",
        K::Bcc => "field-bcc",
        K::Date => "field-date",
        K::MessageId => "field-message-id",
        K::InReplyTo => "field-in-reply-to",
        K::References => "field-references",
        K::Subject => "field-subject",
        K::Organization => "field-organization",
        K::Mailer => "field-mailer",
        K::Priority => "field-priority",
        K::XSender => "field-x-sender",
        K::OriginatingIp => "field-originating-ip",
        K::MimeVersion => "field-mime-version",
        K::ContentType => "field-content-type",
        K::ContentTransferEncoding => "field-content-transfer-encoding",
        K::ContentLanguage => "field-content-language",
        K::List => "field-list",
        K::Resent => "field-resent",
        K::ReceiptRequest => "field-receipt-request",
        K::AutoSubmitted => "field-auto-submitted",
        K::Spam => "field-spam",
        K::Other => "field-other",
    })
}

/// And whether this one can be believed.
pub(super) fn worth(believed: bool) -> Say {
    Say::new(if believed { "trace-believed" } else { "trace-claimed" })
}

/// A stretch of time in the two largest units it has, in signs that are the same in both languages: `2 min 55 s`.
pub(super) fn span(seconds: u64) -> String {
    const UNITS: [(u64, &str); 4] = [(86_400, "d"), (3_600, "h"), (60, "min"), (1, "s")];
    let mut rest = seconds;
    let mut parts: Vec<String> = Vec::new();
    for (size, unit) in UNITS {
        let count = rest / size;
        rest %= size;
        if count > 0 {
            parts.push(format!("{count} {unit}"));
        } else if !parts.is_empty() {
            break;
        }
    }
    parts.truncate(2);
    if parts.is_empty() { "0 s".to_owned() } else { parts.join(" ") }
}
