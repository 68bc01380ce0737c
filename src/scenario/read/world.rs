//! `[workstation]`, `[[host]]`, `[[domain]]`, `[[mailbox]]`, `[files]` and `[ports]`.

use super::imap;
use super::keys::{Keys, Node, Reader};
use super::{fault, post, sender, smime, tables, tls};
use crate::mail::sasl::Mechanism;
use crate::scenario::model::{
    DomainModel, HostModel, LetterModel, MailboxModel, Model, PlaceModel, Pop3Keys, PtrModel, RelayModel,
    ServiceModel, SmtpServiceModel, WorkstationModel,
};
use crate::scenario::template::{At, Str, Texts};
use crate::units::{Offset, Zone};
use std::time::Duration;

pub(crate) fn read(r: &mut Reader, keys: &mut Keys<'_>, model: &mut Model) {
    if let Some(node) = keys.get("workstation")
        && let Some(keys) = r.table(&node, "the workstation", "{ name = \"ws.lab.test\" }")
    {
        model.workstation = workstation(r, keys);
    }
    for node in tables(r, keys, "host") {
        let host = r.table(&node, "a host", "...").and_then(|keys| host(r, keys));
        model.lost_hosts |= host.is_none();
        model.hosts.extend(host);
    }
    for node in tables(r, keys, "domain") {
        model.lost_domains |= !node.is_table();
        if let Some(mut keys) = r.table(&node, "a domain", "...") {
            let name = keys.need("name", "\"example.tld\"").and_then(|n| r.word(&n, "\"example.tld\""));
            let example = "[\"@ MX 10 mail.example.tld.\"]";
            let records = keys.get("records").map(|n| r.strings(&n, example)).unwrap_or_default();
            let open = keys.get("open").and_then(|n| r.boolean(&n)).unwrap_or(false);
            let dkim = sender::signing(r, &mut keys);
            keys.finish(r);
            model.lost_domains |= name.is_none();
            model.domains.extend(name.map(|name| DomainModel { name, records, open, dkim }));
        }
    }
    for node in tables(r, keys, "mailbox") {
        let mailbox = r.table(&node, "a mailbox", "...").and_then(|keys| mailbox(r, keys));
        model.lost_mailboxes |= mailbox.is_none();
        model.mailboxes.extend(mailbox);
    }
    for node in tables(r, keys, "fault") {
        let fault = r.table(&node, "a fault", "...").and_then(|keys| fault::read(r, keys));
        model.faults.extend(fault);
    }
    model.files = named_texts(r, keys, "files", "the workstation's files", "{ \"letter.txt\" = \"...\" }");
    if let Some(node) = keys.get("ports")
        && let Some(mut ports) = r.table(&node, "[ports]", "{ smtp = \"mail.example.tld:25\" }")
    {
        for service in ["smtp", "submission", "smtps", "pop3", "pop3s", "imap", "imaps"] {
            if let Some(node) = ports.get(service)
                && let Some(to) = r.word(&node, "\"mail.example.tld:25\"")
            {
                model.ports.push((At { value: node.name, span: node.key }, to));
            }
        }
        ports.finish(r);
    }
}

fn workstation(r: &mut Reader, mut keys: Keys<'_>) -> WorkstationModel {
    let model = WorkstationModel {
        name: keys.get("name").and_then(|n| r.word(&n, "\"ws.lab.test\"")),
        ip: keys.get("ip").and_then(|n| r.word(&n, "\"198.51.100.17\"")),
        user: keys.get("user").and_then(|n| r.word(&n, "\"lab\"")),
        resolver: keys.get("resolver").and_then(|n| r.word(&n, "\"198.51.100.53\"")),
        zone: keys.get("timezone").and_then(|n| timezone(r, &n)),
        account: keys.get("account").and_then(|n| super::person::account(r, &n)),
    };
    keys.finish(r);
    model
}

fn host(r: &mut Reader, mut keys: Keys<'_>) -> Option<HostModel> {
    let name = keys.need("name", "\"mail.example.tld\"").and_then(|n| r.word(&n, "\"mail.example.tld\""));
    let ip = keys.need("ip", "\"192.0.2.25\"").and_then(|n| r.word(&n, "\"192.0.2.25\""));
    let ptr = match keys.get("ptr") {
        None => PtrModel::Own,
        Some(node) if node.value.as_bool() == Some(false) => PtrModel::Nothing,
        Some(node) => r.word(&node, "\"dsl-17.provider.test\"").map_or(PtrModel::Own, PtrModel::Other),
    };
    let zone = keys.get("timezone").and_then(|n| timezone(r, &n)).unwrap_or_default();
    let domains = keys.get("domains").map(|n| r.strings(&n, "[\"example.tld\"]"));
    let relay = keys.get("relay").map_or(RelayModel::Nobody, |n| relay(r, &n));
    let relay_for = keys.get("relay_for").map(|n| r.strings(&n, "[\"example.tld\"]")).unwrap_or_default();
    let tls = tls::read(r, &mut keys);
    let verify = sender::verify(r, &mut keys);
    let smtp = keys.get("smtp");
    let no_smtp = smtp.as_ref().is_some_and(|n| n.value.as_bool() == Some(false));
    let smtp = smtp.filter(|_| !no_smtp).and_then(|n| service(r, &n, true));
    let pop3 = keys.get("pop3").and_then(|n| service(r, &n, false));
    let imap = keys.get("imap").and_then(|n| imap::service(r, &n));
    let dns = keys.get("dns").and_then(|n| r.boolean(&n)).unwrap_or(false);
    let outgoing = tls::outgoing(r, &mut keys);
    let open = keys.get("open").and_then(|n| r.boolean(&n)).unwrap_or(false);
    let post = post::read(r, &mut keys);
    keys.finish(r);
    Some(HostModel {
        name: name?,
        ip,
        ptr,
        zone,
        domains,
        relay,
        relay_for,
        tls,
        outgoing,
        open,
        verify,
        smtp,
        no_smtp,
        pop3,
        imap,
        dns,
        post,
    })
}

/// `"+0200"`, as mail writes it (RFC 5322 section 3.3), or `"Europe/Berlin"`.
pub(super) fn timezone(r: &mut Reader, node: &Node<'_>) -> Option<Zone> {
    let text = r.word_now(node, "\"+0200\"")?;
    let zone = parse_offset(&text.value).map(Zone::from).or_else(|| Zone::named(&text.value));
    if zone.is_none() {
        let names: Vec<&str> = Zone::names().collect();
        r.bad_value(
            text.span,
            format!("\"{}\" is no time zone", text.value.escape_debug()),
            format!(
                "write it as mail does: \"+0200\" is two hours east of UTC; or one of {}, which know summer time",
                names.join(", ")
            ),
        );
    }
    zone
}

fn parse_offset(text: &str) -> Option<Offset> {
    let digits = text.strip_prefix(['+', '-'])?;
    if digits.len() != 4 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number: i16 = digits.parse().ok()?;
    let minutes = number / 100 * 60 + number % 100;
    (number % 100 < 60 && minutes <= 14 * 60).then_some(Offset(if text.starts_with('-') {
        -minutes
    } else {
        minutes
    }))
}

fn relay(r: &mut Reader, node: &Node<'_>) -> RelayModel {
    if node.is_string() {
        let words = [("nobody", false), ("anybody", true)];
        return match r.one_of(node, &words) {
            Some(true) => RelayModel::Anybody,
            _ => RelayModel::Nobody,
        };
    }
    RelayModel::Networks(r.strings(node, "[\"198.51.100.0/24\"]"))
}

fn service(r: &mut Reader, node: &Node<'_>, smtp: bool) -> Option<ServiceModel> {
    let (what, example) = match smtp {
        true => ("an SMTP server", "{ style = \"postfix\" }"),
        false => ("a POP3 server", "{ style = \"dovecot\" }"),
    };
    let mut keys = r.table(node, what, example)?;
    let model = ServiceModel {
        style: keys.get("style").and_then(|n| r.word(&n, "\"postfix\"")),
        banner_name: keys.get("banner_name").and_then(|n| r.word(&n, "\"mx.example.tld\"")),
        ports: keys.get("ports").map(|n| ports(r, &n, "[25]")),
        tls_ports: keys.get("tls_ports").map(|n| ports(r, &n, "[465]")).unwrap_or_default(),
        strict: smtp && keys.get("strict").and_then(|n| r.boolean(&n)).unwrap_or(false),
        size_limit: if smtp { keys.get("size_limit").and_then(|n| octets(r, &n)) } else { None },
        pop3: if smtp { Pop3Keys::default() } else { pop3_keys(r, &mut keys) },
        without: keys.get("without").map(|n| r.strings(&n, "[\"SIZE\"]")).unwrap_or_default(),
        texts: named_texts(r, &mut keys, "texts", "a server's texts", "{ greeting = \"...\" }"),
        smtp: if smtp { smtp_service(r, &mut keys) } else { SmtpServiceModel::default() },
        span: node.key.clone(),
    };
    keys.finish(r);
    Some(model)
}

/// The keys that only an SMTP server has.
fn smtp_service(r: &mut Reader, keys: &mut Keys<'_>) -> SmtpServiceModel {
    let mut yes = |r: &mut Reader, key| keys.get(key).and_then(|n| r.boolean(&n)).unwrap_or(false);
    let (auth_without_tls, require_tls) = (yes(r, "auth_without_tls"), yes(r, "require_tls"));
    let own_sender = yes(r, "own_sender");
    SmtpServiceModel {
        submission_ports: keys.get("submission_ports").map(|n| ports(r, &n, "[587]")).unwrap_or_default(),
        auth: keys.get("auth").map(|n| r.strings(&n, "[\"PLAIN\", \"LOGIN\"]")).unwrap_or_default(),
        auth_without_tls,
        require_tls,
        own_sender,
        vulnerable: keys.get("vulnerable").map(|n| r.strings(&n, "[\"bare-lf-end\"]")).unwrap_or_default(),
    }
}

pub(super) fn ports(r: &mut Reader, node: &Node<'_>, example: &str) -> Vec<At<u16>> {
    let items = r.list(node, example);
    let port = |r: &mut Reader, item: &Node<'_>| {
        let value = u16::try_from(r.integer(item, 1, 65535)?).ok()?;
        Some(At { value, span: item.span.clone() })
    };
    items.iter().filter_map(|item| port(r, item)).collect()
}

fn pop3_keys(r: &mut Reader, keys: &mut Keys<'_>) -> Pop3Keys {
    let mechanisms = Mechanism::ALL.map(|m| (m.name(), m));
    Pop3Keys {
        auth: keys.get("auth").map(|n| {
            let items = r.list(&n, "[\"PLAIN\", \"CRAM-MD5\"]");
            items.iter().filter_map(|item| r.one_of(item, &mechanisms)).collect()
        }),
        apop: keys.get("apop").and_then(|n| r.boolean(&n)).unwrap_or(false),
        auth_without_tls: keys.get("auth_without_tls").and_then(|n| r.boolean(&n)),
        autologout: keys.get("autologout").and_then(|n| duration(r, &n)),
    }
}

/// `"90s"`, `"10m"`, `"2h"`.
pub(super) fn duration(r: &mut Reader, node: &Node<'_>) -> Option<Duration> {
    let text = r.word_now(node, "\"10m\"")?;
    let seconds = parse_duration(&text.value);
    if seconds.is_none() {
        r.bad_value(
            text.span,
            format!("\"{}\" is no length of time", text.value.escape_debug()),
            "write seconds, minutes or hours, from one second to a day: \"90s\", \"10m\", \"2h\"",
        );
    }
    seconds.map(Duration::from_secs)
}

fn parse_duration(text: &str) -> Option<u64> {
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let seconds = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 3600,
        _ => return None,
    };
    let digits = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    let seconds = number.parse::<u64>().ok().filter(|_| digits)?.checked_mul(seconds)?;
    (1..=86_400).contains(&seconds).then_some(seconds)
}

fn octets(r: &mut Reader, node: &Node<'_>) -> Option<u64> {
    r.integer(node, 1, 1_000_000_000).and_then(|n| u64::try_from(n).ok())
}

fn mailbox(r: &mut Reader, mut keys: Keys<'_>) -> Option<MailboxModel> {
    let address = keys.need("address", "\"hedwig@example.tld\"");
    let address = address.and_then(|n| r.word(&n, "\"hedwig@example.tld\""));
    let password = keys.need("password", "\"tulpe\"").and_then(|n| r.word(&n, "\"tulpe\""));
    let host = keys.get("host").and_then(|n| r.word(&n, "\"mail.example.tld\""));
    let quota = keys.get("quota").and_then(|n| octets(r, &n));
    let forward = post::forward(r, &mut keys);
    let folders = imap::folders(r, &mut keys);
    let letters = keys.get("messages").map(|n| r.list(&n, "[{ from = \"...\" }]")).unwrap_or_default();
    let messages = letters.iter().filter_map(|node| letter(r, node)).collect();
    keys.finish(r);
    Some(MailboxModel { address: address?, host, password, folders, messages, quota, forward })
}

/// A message: raw text, `{ file = ... }`, or its fields by name; the tables can say where and how it lies.
fn letter(r: &mut Reader, node: &Node<'_>) -> Option<(LetterModel, PlaceModel)> {
    let example = "[{ from = \"hedwig@example.tld\", subject = \"...\", body = \"...\" }]";
    let inbox = PlaceModel::default;
    if node.is_string() {
        return r.world_text(node).map(|text| (LetterModel::Raw(text), inbox()));
    }
    let mut keys = r.table(node, "a message", example)?;
    if !keys.which(&["en", "de"]).is_empty() {
        return r.texts(node).map(|text| (LetterModel::Raw(text), inbox()));
    }
    let place = PlaceModel { smime: smime::of_message(r, &mut keys), ..imap::place(r, &mut keys) };
    if let Some(file) = keys.get("file") {
        let file = r.word(&file, "\"letter.eml\"");
        keys.finish(r);
        return file.map(|file| (LetterModel::File(file), place));
    }
    let body = keys.get("body").and_then(|n| r.world_text(&n));
    let mut fields = Vec::new();
    for node in keys.others() {
        let Some(name) = field_name(r, &node) else { continue };
        let values = if node.is_list() { r.list(&node, "[\"...\"]") } else { vec![node] };
        fields.extend(values.iter().filter_map(|n| Some((name.clone(), r.world_text(n)?))));
    }
    keys.finish_free(r);
    Some((LetterModel::Fields(fields, body), place))
}

/// A header field's name as it stands in a message: `reply-to` becomes `Reply-To`, `Message-ID` stays.
pub(crate) fn field_name(r: &mut Reader, node: &Node<'_>) -> Option<String> {
    // RFC 5322 section 2.2: printable ASCII without colon and space; `_` is no one's field, but often meant as `-`.
    let good = |c: char| c.is_ascii_graphic() && c != ':';
    if node.name.is_empty() || !node.name.chars().all(good) {
        r.bad_value(
            node.key.clone(),
            format!("`{}` is no name of a header field", node.name.escape_debug()),
            "a field's name is printable ASCII without a colon, such as `Reply-To`",
        );
        return None;
    }
    Some(canonical_field(&node.name))
}

pub(crate) fn canonical_field(name: &str) -> String {
    if name.chars().any(|c| c.is_ascii_uppercase()) {
        return name.to_owned();
    }
    let part = |part: &str| match part {
        "id" => "ID".to_owned(),
        "mime" => "MIME".to_owned(),
        _ => {
            part.get(..1).map_or(String::new(), |c| c.to_ascii_uppercase())
                + part.get(1..).unwrap_or_default()
        }
    };
    name.split('-').map(part).collect::<Vec<_>>().join("-")
}

pub(super) fn named_texts(
    r: &mut Reader,
    keys: &mut Keys<'_>,
    key: &'static str,
    what: &'static str,
    example: &str,
) -> Vec<(Str, Texts)> {
    let Some(table) = keys.get(key).and_then(|n| r.table(&n, what, example)) else { return Vec::new() };
    let mut texts = Vec::new();
    for node in table.others() {
        if let Some(text) = r.world_text(&node) {
            texts.push((At { value: node.name, span: node.key }, text));
        }
    }
    texts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_zones_as_mail_writes_them() {
        for (text, minutes) in [
            ("+0200", Some(120)),
            ("-0330", Some(-210)),
            ("+0000", Some(0)),
            ("+1400", Some(840)),
            ("+1401", None),
            ("+0260", None),
            ("0200", None),
            ("+200", None),
            ("Z", None),
            ("+02ü", None),
        ] {
            assert_eq!(parse_offset(text).map(|o| o.0), minutes, "{text}");
        }
    }

    #[test]
    fn lengths_of_time() {
        for (text, seconds) in [
            ("90s", Some(90)),
            ("10m", Some(600)),
            ("24h", Some(86_400)),
            ("25h", None),
            ("0s", None),
            ("+5s", None),
            ("10", None),
            ("m", None),
            ("", None),
            ("5ü", None),
            ("99999999999999999999h", None),
        ] {
            assert_eq!(parse_duration(text), seconds, "{text}");
        }
    }

    #[test]
    fn field_names_get_their_usual_capitals() {
        for (key, name) in [
            ("reply-to", "Reply-To"),
            ("message-id", "Message-ID"),
            ("mime-version", "MIME-Version"),
            ("Message-Id", "Message-Id"),
            ("x-sender", "X-Sender"),
        ] {
            assert_eq!(canonical_field(key), name);
        }
    }
}
