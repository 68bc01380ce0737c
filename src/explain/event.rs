//! Any event in one line, for transcripts.

use super::say::{Say, shown};
use super::{Explainer, imap, person, post};
use crate::event::{
    DnsFailure, Endpoint, Envelope, Event, FaultKind, PolicyQuestion, PolicyVerdict, Pop3Command,
    Pop3Exchange, Question, Rcode, RecipientVerdict, Record, RecordData, SenderEvent, ServerCertificate,
    SmtpCommand, SmtpExchange, SmtpStage, SmtpVerb, TlsEvent, TlsFailure, TlsSession, ZoneChange,
};
use crate::mail::Message;
use crate::mail::certificate::CertificateFault;
use crate::units::{ConnId, MessageId, Offset, Time, Zone};

/// The event in one line, times being those of the zone.
pub(super) fn line(e: &Explainer, event: &Event, zone: Zone) -> Say {
    let say = Say::new;
    let about = |key, id: &MessageId, host| say(key).own("id", id.to_string()).text("host", host);
    let on = |key, conn: &ConnId| say(key).own("conn", conn.to_string());
    match event {
        Event::Typed { text, .. } => say("event-typed").text("text", &text.lossy()),
        Event::Keyed { octets, .. } => say("event-keyed").text("keys", &octets.lossy()),
        Event::KeyMode { on, .. } => say(if *on { "event-key-mode" } else { "event-line-mode" }),
        Event::Pressed { key, .. } => say("event-pressed").own("key", key.name()),
        Event::Printed { text, .. } => say("event-printed").text("text", text),
        Event::Ran { argv, .. } => say("event-ran").text("command", &argv.join(" ")),
        Event::Exited { program, status, .. } => {
            say("event-exited").text("program", program).own("status", status.to_string())
        }
        Event::TerminalOpened { term } => say("event-terminal-opened").own("term", term.to_string()),
        Event::Connected { conn, from, to } => endpoints(on("event-connected", conn), from, to)
            .own("from-ip", from.ip.to_string())
            .own("to-ip", to.ip.to_string()),
        Event::ConnectFailed { conn, from, to, why } => {
            endpoints(on("event-connect-failed", conn), from, to).own("why", e.explain_connect(to, *why).text)
        }
        Event::Closed { conn, by, why } => {
            on("event-closed", conn).own("why", e.explain_close(*by, *why).text)
        }
        Event::Wire { octets, .. } => say("event-wire").text("octets", &octets.lossy()),
        Event::Tls { conn, what } => tls(on("event-tls", conn), e, what),
        Event::Smtp { conn, exchange } => smtp(on("event-smtp", conn), e, exchange),
        Event::Pop3 { conn, exchange } => pop3(on("event-pop3", conn), e, exchange),
        Event::Imap { conn, exchange } => on("event-imap", conn)
            .own("command", shown(&imap::verb(exchange)))
            .own("status", imap::status(exchange))
            .own("why", e.explain_imap(exchange).text),
        Event::Policy { conn, question, verdict } => on("event-policy", conn)
            .own("question", e.say(policy_question(question)))
            .own("verdict", e.say(policy_verdict(verdict))),
        Event::Sender { host, what, .. } => found(e, host, what),
        Event::Dns { asker, server, question, outcome, answers } => {
            let line = say("event-dns").text("asker", asker).own("server", server.to_string());
            dns(line, question, outcome, answers)
        }
        Event::Accepted { id, host, queue_id, envelope, message, .. } => {
            accepted(about("event-accepted", id, host), envelope, message).text("queue", queue_id)
        }
        Event::Removed { .. }
        | Event::Appended { .. }
        | Event::Copied { .. }
        | Event::Flagged { .. }
        | Event::Folder { .. } => mailbox(e, event),
        Event::Fault { .. } | Event::Tampered { .. } | Event::Setting { .. } | Event::Zone { .. } => {
            circumstance(e, event)
        }
        Event::Person { name, what, .. } => person::line(e, name, what, zone),
        Event::Present { .. }
        | Event::Delivered { .. }
        | Event::Deferred { .. }
        | Event::Undeliverable { .. }
        | Event::Expanded { .. }
        | Event::Reported { .. }
        | Event::Unreported { .. }
        | Event::QueueListed { .. } => post::line(e, event, zone),
        Event::HintTaken { .. } | Event::Answered { .. } | Event::HandedIn {} => on_the_page(event),
        Event::MailCertificates { certificates, .. } => {
            say("event-mail-certificates").own("count", certificates.len().to_string())
        }
        Event::TimePassed { to } => say("event-time-passed").own("to", to.rfc5322(zone.at(*to))),
        Event::LimitReached { limit, at } => {
            say("event-limit-reached").own("why", e.explain_limit(*limit, *at).text)
        }
    }
}

/// What the learner does beside the terminals.
fn on_the_page(event: &Event) -> Say {
    match event {
        Event::HintTaken { step, number } => {
            Say::new("event-hint-taken").text("step", step).own("number", number.to_string())
        }
        Event::Answered { step, text } => Say::new("event-answered").text("step", step).text("text", text),
        _ => Say::new("event-handed-in"),
    }
}

/// What a host found out about a sender.
fn found(e: &Explainer, host: &str, what: &SenderEvent) -> Say {
    Say::new("event-sender").text("host", host).own("what", e.explain_sender(what).text)
}

/// What goes wrong, what somebody on the way changed, and what the learner changed on hosts and in zones.
fn circumstance(e: &Explainer, event: &Event) -> Say {
    let say = Say::new;
    match event {
        Event::Fault { fault: id, what, place, .. } => {
            say("event-fault").text("id", id).own("what", e.say(fault(what, place)))
        }
        Event::Setting { host, name, value } => {
            say("event-setting").text("host", host).text("name", name).text("value", value)
        }
        Event::Zone { zone, what, serial } => {
            let [line, _] = what.lines(zone);
            say("event-zone")
                .text("zone", zone)
                .text("record", &line)
                .own("serial", serial.to_string())
                .choice("added", matches!(what, ZoneChange::Added(_)))
        }
        Event::Tampered { conn, octets, .. } => {
            say("event-tampered").own("conn", conn.to_string()).text("octets", &octets.lossy())
        }
        // Nothing else is told here.
        _ => say("event-fault").text("id", "").own("what", ""),
    }
}

/// What goes wrong, and where.
pub(super) fn fault(what: &FaultKind, place: &str) -> Say {
    let say = |key| Say::new(key).text("place", place);
    let at = |key, at: &SmtpStage| say(key).own("stage", at.name());
    let seconds = |milliseconds: u32| format!("{}", f64::from(milliseconds) / 1000.0);
    match what {
        FaultKind::Reply { at: stage, code, .. } => {
            at("fault-reply", stage).own("code", code.to_string()).choice("permanent", *code >= 500)
        }
        FaultKind::Greylist { delay } => say("fault-greylist").number("seconds", u64::from(*delay)),
        FaultKind::Tarpit { delay } => say("fault-tarpit").own("seconds", seconds(*delay)),
        FaultKind::Slow { rate } => say("fault-slow").number("rate", u64::from(*rate)),
        FaultKind::Refused => say("fault-refused"),
        FaultKind::NoAnswer => say("fault-no-answer"),
        FaultKind::Reset => say("fault-reset"),
        FaultKind::Silent { at: stage } => at("fault-silent", stage),
        FaultKind::Cut { at: SmtpStage::End } => say("fault-cut-end"),
        FaultKind::Cut { at: stage } => at("fault-cut", stage),
        FaultKind::CutMessage { octets } => say("fault-cut-message").number("octets", u64::from(*octets)),
        FaultKind::Full => say("fault-full"),
        FaultKind::StripTls { masked } => say("fault-strip-tls").choice("masked", *masked),
        FaultKind::ServFail => say("fault-serv-fail"),
        FaultKind::DnsSilent => say("fault-dns-silent"),
        FaultKind::Locked => say("fault-locked"),
        FaultKind::Renumbered => say("fault-renumbered"),
    }
}

/// What happened to messages in mailboxes, and to folders.
fn mailbox(e: &Explainer, event: &Event) -> Say {
    let say = Say::new;
    match event {
        Event::Removed { host, mailbox, ids, .. } => {
            say("event-removed").text("host", host).text("mailbox", mailbox).number("count", ids.len() as u64)
        }
        Event::Appended { id, host, mailbox, folder, .. } => say("event-appended")
            .own("id", id.to_string())
            .text("host", host)
            .text("mailbox", mailbox)
            .text("folder", folder),
        Event::Copied { ids, host, mailbox, from, to, moved } => say("event-copied")
            .text("host", host)
            .text("mailbox", mailbox)
            .text("from", from)
            .text("to", to)
            .choice("moved", *moved)
            .number("count", ids.len() as u64),
        Event::Flagged { ids, host, mailbox, folder, flags } => say("event-flagged")
            .text("host", host)
            .text("mailbox", mailbox)
            .text("folder", folder)
            .text("flags", &flags.join(" "))
            .number("count", ids.len() as u64),
        Event::Folder { host, mailbox, what } => say("event-folder")
            .text("host", host)
            .text("mailbox", mailbox)
            .own("what", e.say(imap::change(what))),
        // Nothing else is told here.
        _ => say("event-folder").text("host", "").text("mailbox", "").own("what", ""),
    }
}

fn tls(line: Say, e: &Explainer, what: &TlsEvent) -> Say {
    line.own("what", e.say(tls_event(what)))
}

/// What happened to TLS.
pub(super) fn tls_event(what: &TlsEvent) -> Say {
    match what {
        TlsEvent::Expected => Say::new("tls-expected"),
        TlsEvent::Established(TlsSession { version, cipher, server_name, .. }) => match server_name {
            None => Say::new("tls-established").own("version", version.name()).text("cipher", cipher),
            Some(name) => Say::new("tls-established-for")
                .own("version", version.name())
                .text("cipher", cipher)
                .text("name", name),
        },
        TlsEvent::Failed(why) => Say::new(match why {
            TlsFailure::NoCommonVersion => "tls-no-common-version",
            TlsFailure::NotAHandshake => "tls-not-a-handshake",
            TlsFailure::ServerSpeaksPlain => "tls-server-speaks-plain",
            TlsFailure::CertificateRefused => "tls-certificate-refused",
            TlsFailure::CutOff => "tls-cut-off",
            TlsFailure::TimedOut => "tls-timed-out",
        }),
        TlsEvent::Verified { name: None, fault: None } => Say::new("tls-verified"),
        TlsEvent::Verified { name: Some(name), fault: None } => {
            Say::new("tls-verified-for").text("name", name)
        }
        TlsEvent::Verified { fault: Some(fault), .. } => certificate_fault(fault),
    }
}

/// What the certificate says that the server showed, as one sentence.
pub(super) fn tls_certificate(shown: &ServerCertificate) -> Say {
    Say::new("tls-certificate")
        .text("subject", &shown.subject)
        .choice("named", !shown.names.is_empty())
        .long("names", &shown.names.join(", "))
        .text("issuer", &shown.issuer)
        .own("from", shown.from.rfc5322(Offset(0)))
        .own("until", shown.until.rfc5322(Offset(0)))
}

/// Whether people on the way could read it.
pub(super) fn tls_certificate_way(session: &TlsSession) -> Say {
    let key =
        if session.certificate_in_the_clear() { "tls-certificate-clear" } else { "tls-certificate-hidden" };
    Say::new(key).own("version", session.version.name())
}

fn certificate_fault(fault: &CertificateFault) -> Say {
    let day = |time: &Time| time.rfc5322(Offset(0));
    match fault {
        CertificateFault::Malformed => Say::new("certificate-malformed"),
        CertificateFault::SelfSigned => Say::new("certificate-self-signed"),
        CertificateFault::UnknownIssuer { issuer } => {
            Say::new("certificate-unknown-issuer").text("issuer", issuer)
        }
        CertificateFault::NotAnAuthority => Say::new("certificate-not-an-authority"),
        CertificateFault::BadSignature => Say::new("certificate-bad-signature"),
        CertificateFault::NotYetValid { from } => {
            Say::new("certificate-not-yet-valid").own("from", day(from))
        }
        CertificateFault::Expired { until } => Say::new("certificate-expired").own("until", day(until)),
        CertificateFault::WrongPurpose => Say::new("certificate-wrong-purpose"),
        CertificateFault::WrongName { wanted, found } => {
            Say::new("certificate-wrong-name").text("wanted", wanted).text("found", &found.join(", "))
        }
    }
}

fn endpoints(line: Say, from: &Endpoint, to: &Endpoint) -> Say {
    line.text("from", &from.host).text("to", &to.host).own("port", to.port.to_string())
}

/// The first word of what came, for exchanges that are no command; a dash where nothing came.
fn first_word(verb: Option<&str>, line: &str) -> String {
    let word = verb.or_else(|| line.split_whitespace().next()).unwrap_or("-");
    shown(word)
}

fn smtp(line: Say, e: &Explainer, exchange: &SmtpExchange) -> Say {
    let verb = match &exchange.command {
        SmtpCommand::Message { .. } => Some("."),
        command => command.verb().map(SmtpVerb::name),
    };
    line.own("command", first_word(verb, &exchange.line.lossy()))
        .own("code", exchange.reply.code.to_string())
        .own("why", e.explain_smtp(exchange).text)
}

fn pop3(line: Say, e: &Explainer, exchange: &Pop3Exchange) -> Say {
    let verb = match &exchange.command {
        Pop3Command::Unknown { verb, .. } => Some(verb.as_str()),
        command => command.verb(),
    };
    line.own("command", first_word(verb, &exchange.line.lossy()))
        .own("status", exchange.status())
        .own("why", e.explain_pop3(exchange).text)
}

fn dns(line: Say, question: &Question, outcome: &Result<Rcode, DnsFailure>, answers: &[Record]) -> Say {
    let result = match outcome {
        Ok(rcode) => {
            let values = answers.iter().map(|r| format!("{} {}", r.data.rtype(), value(&r.data)));
            std::iter::once(rcode.to_string()).chain(values).collect::<Vec<_>>().join(", ")
        }
        Err(DnsFailure::TimedOut) => "time-out".to_owned(),
        Err(DnsFailure::PortUnreachable) => "port unreachable".to_owned(),
    };
    let name = if question.name.is_empty() { "." } else { &question.name };
    line.own("type", question.qtype.mnemonic()).text("name", name).text("result", &result)
}

/// A record's value in a few words; dig shows it whole.
fn value(data: &RecordData) -> String {
    match data {
        RecordData::A(a) => a.to_string(),
        RecordData::Aaaa(a) => a.to_string(),
        RecordData::Mx { preference, exchange } => format!("{preference} {exchange}."),
        RecordData::Txt(strings) => format!("\"{}\"", strings.concat()),
        RecordData::Cname(name) | RecordData::Ptr(name) | RecordData::Ns(name) => format!("{name}."),
        RecordData::Soa { mname, serial, .. } => format!("{mname}. {serial}"),
    }
}

fn accepted(line: Say, envelope: &Envelope, message: &Message) -> Say {
    let from = envelope.from.0.as_ref().map_or_else(|| "<>".to_owned(), ToString::to_string);
    let to: Vec<String> = envelope.to.iter().map(|t| t.0.to_string()).collect();
    let helo = if envelope.helo.is_empty() { "-" } else { &envelope.helo };
    line.own("octets", message.octets.len().to_string())
        .text("from", &from)
        .text("to", &to.join(", "))
        .own("client", envelope.client.to_string())
        .text("helo", helo)
}

pub(super) fn policy_question(question: &PolicyQuestion) -> Say {
    match question {
        PolicyQuestion::Sender { from } => match &from.0 {
            None => Say::new("policy-sender-null"),
            Some(from) => Say::new("policy-sender").text("from", &from.to_string()),
        },
        PolicyQuestion::Recipient { to } => Say::new("policy-recipient").text("to", &to.0.to_string()),
        PolicyQuestion::Message { octets } => Say::new("policy-message").own("octets", octets.to_string()),
        PolicyQuestion::Stage { at } => Say::new("policy-stage").own("stage", at.name()),
        PolicyQuestion::User { what } => Say::new("policy-user").text("what", what),
        PolicyQuestion::List { what } => Say::new("policy-list").text("what", what),
        PolicyQuestion::Login { user } => Say::new("policy-login").text("user", user),
        PolicyQuestion::Numbers { user } => match user {
            None => Say::new("policy-numbers"),
            Some(user) => Say::new("policy-numbers-for").text("user", user),
        },
        PolicyQuestion::Authenticate { user } => Say::new("policy-authenticate").text("user", user),
        PolicyQuestion::Folders { user, verb, folder } => Say::new("policy-folders")
            .own("verb", verb.name())
            .text("user", user)
            .text("folder", folder.as_deref().unwrap_or("-")),
        PolicyQuestion::Flush { domain } => Say::new("policy-flush").text("domain", domain),
        PolicyQuestion::Remove { ids } => Say::new("policy-remove").number("count", ids.len() as u64),
    }
}

pub(super) fn policy_verdict(verdict: &PolicyVerdict) -> Say {
    let say = Say::new;
    match verdict {
        PolicyVerdict::Yes => say("verdict-yes"),
        PolicyVerdict::Recipient(verdict) => say(match verdict {
            RecipientVerdict::Local => "verdict-local",
            RecipientVerdict::Relay => "verdict-relay",
            RecipientVerdict::NoSuchUser => "verdict-no-such-user",
            RecipientVerdict::RelayDenied => "verdict-relay-denied",
            RecipientVerdict::NoSuchDomain => "verdict-no-such-domain",
            RecipientVerdict::MailboxFull => "verdict-mailbox-full",
        }),
        PolicyVerdict::Taken { id, queue_id } => {
            say("verdict-taken").own("id", id.to_string()).text("queue", queue_id)
        }
        PolicyVerdict::Opened { mailbox, messages } => {
            say("verdict-opened").text("mailbox", mailbox).number("messages", u64::from(*messages))
        }
        PolicyVerdict::Numbers { nonce } => say("verdict-numbers").text("nonce", nonce),
        PolicyVerdict::Authenticated { user } => say("verdict-authenticated").text("user", user),
        PolicyVerdict::Known { address } => say("verdict-known").text("address", address),
        PolicyVerdict::Members { addresses } => {
            say("verdict-members").text("addresses", &addresses.join(", "))
        }
        PolicyVerdict::Refused(why) => imap::refusal(why),
        PolicyVerdict::Trouble { reply, .. } => say("verdict-trouble").own("code", reply.code.to_string()),
        PolicyVerdict::NotBelieved(why) => super::sender::refusal(why),
        PolicyVerdict::NotYours => say("verdict-not-yours"),
        PolicyVerdict::Locked { by } => super::pop3::locked(say("verdict-locked"), by.as_ref()),
        PolicyVerdict::NoRoom => say("verdict-no-room"),
        PolicyVerdict::TooManyHops => say("verdict-too-many-hops"),
        PolicyVerdict::No => say("verdict-no"),
    }
}
