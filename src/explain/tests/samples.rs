//! One sample at least for every message.

mod imap;
mod person;
mod sender;
mod smime;
mod trace;

use crate::event::samples;
use crate::event::*;
use crate::explain::say::Say;
use crate::explain::{Explainer, event, mistake, net, pop3, smtp};
use crate::mail::certificate::CertificateFault;
use crate::mail::sasl::{Mechanism, SaslFault};
use crate::mail::{AddressFault, AddressFaultKind, ForwardPath, Mailbox, Message, ReversePath};
use crate::rfc::section;
use crate::units::{Bytes, ConnId, MessageId, Offset, Span, TermId, Time};

fn smtp_exchange(command: SmtpCommand, line: &str, code: u16, reason: SmtpReason) -> SmtpExchange {
    SmtpExchange {
        command,
        line: line.into(),
        reply: Reply { code, enhanced: None, lines: vec!["text.".into()] },
        reason,
        span: None,
        tolerated: Vec::new(),
        rule: section(5321, "4.1.4"),
        transaction: 0,
    }
}

fn pop3_exchange(command: Pop3Command, line: &str, reason: Pop3Reason) -> Pop3Exchange {
    Pop3Exchange {
        command,
        line: line.into(),
        ok: true,
        text: String::new(),
        reason,
        span: None,
        rule: section(1939, "5"),
        user: "anna".into(),
        tls: false,
    }
}

pub(super) fn data_without_recipient() -> SmtpExchange {
    let reason = SmtpReason::OutOfOrder { wanted: vec![SmtpVerb::Rcpt] };
    SmtpExchange {
        tolerated: vec![Tolerance::BareLineFeed],
        ..smtp_exchange(SmtpCommand::Data, "DATA", 503, reason)
    }
}

pub(super) fn pop3_quit(removed: u32) -> Pop3Exchange {
    pop3_exchange(Pop3Command::Quit, "QUIT", Pop3Reason::Closing { removed })
}

pub(super) fn bad_address(line: &str, (start, end): (usize, usize), kind: AddressFaultKind) -> SmtpExchange {
    let (command, span) = (SmtpCommand::Malformed { verb: SmtpVerb::Rcpt }, Span::new(start, end));
    let reason = SmtpReason::BadAddress(AddressFault { span, kind });
    SmtpExchange { span: Some(span), ..smtp_exchange(command, line, 501, reason) }
}

pub(super) fn unknown_line(line: &str) -> SmtpExchange {
    let command = SmtpCommand::Unknown { verb: line.into(), looks_like: None };
    smtp_exchange(command, line, 500, SmtpReason::UnknownCommand)
}

fn mailbox() -> Mailbox {
    "noname@example.tld".parse().unwrap()
}

/// One of each reason, and more where a text depends on what the reason holds.
fn smtp_reasons() -> Vec<SmtpReason> {
    use SmtpReason as R;
    let mut reasons = samples::smtp_reasons();
    for wanted in [
        vec![SmtpVerb::Ehlo, SmtpVerb::Helo],
        vec![SmtpVerb::Helo],
        vec![SmtpVerb::Mail],
        vec![SmtpVerb::Rcpt],
        vec![SmtpVerb::Rset, SmtpVerb::Quit],
    ] {
        reasons.push(R::OutOfOrder { wanted });
    }
    reasons.push(R::MissingKeyword { keyword: "FROM".into(), found: String::new() });
    reasons.push(R::BareLineEnd { carriage_return: true });
    for name in ["SIZE", "BODY", "RET", "ENVID", "NOTIFY", "ORCPT", "AUTH", "BDAT"] {
        reasons.push(R::BadParameter { name: name.into() });
    }
    use SaslFault as F;
    let faults = [
        F::ServerFirst,
        F::PlainParts,
        F::NotText,
        F::EmptyUser,
        F::DigestForm,
        F::ScramForm,
        F::ChannelBinding,
        F::OtherNonce,
        F::Wrong,
    ];
    reasons.extend(faults.into_iter().map(|fault| R::AuthFailed { fault }));
    reasons
}

fn smtp_says() -> Vec<Say> {
    let verbs = SmtpVerb::ALL;
    let mut says = Vec::new();
    for reason in smtp_reasons() {
        for (verb, code) in verbs.into_iter().flat_map(|v| [(v, 450), (v, 550)]) {
            says.push(smtp::reason(&smtp_exchange(
                SmtpCommand::Malformed { verb },
                "MAIL x",
                code,
                reason.clone(),
            )));
        }
    }
    let mail = |from| SmtpCommand::Mail { from: ReversePath(from), params: MailParams::default() };
    for from in [None, Some(mailbox())] {
        says.push(smtp::reason(&smtp_exchange(mail(from), "MAIL", 250, SmtpReason::SenderAccepted)));
    }
    for mechanism in Mechanism::ALL {
        let auth = SmtpCommand::Auth { mechanism: mechanism.name().into() };
        for command in [auth, SmtpCommand::AuthResponse { mechanism }] {
            for said in ["", "VXNlcm5hbWU6", "UGFzc3dvcmQ6"] {
                let mut exchange = smtp_exchange(command.clone(), "AUTH", 334, SmtpReason::Challenge);
                exchange.reply.lines = vec![said.into()];
                says.push(smtp::reason(&exchange));
            }
        }
    }
    says.extend(["", "HALLO Welt"].map(|line| smtp::reason(&unknown_line(line))));
    use AddressFaultKind as K;
    let kinds = [
        K::Empty,
        K::MissingDomain,
        K::EmptyLocalPart,
        K::TwoAts,
        K::MisplacedDot,
        K::BadCharacter,
        K::OpenQuote,
        K::BadLabel,
        K::BadLiteral,
        K::StrayBracket,
        K::TooLong,
        K::NotAscii,
    ];
    says.extend(kinds.into_iter().flat_map(|k| ["MAIL", "RCPT"].map(|verb| smtp::address(k, verb, "ä"))));
    says.extend(notes());
    says
}

fn notes() -> Vec<Say> {
    use Tolerance as T;
    let tolerated = vec![
        T::NoBrackets,
        T::SpaceAfterColon,
        T::SpaceBeforeColon,
        T::TrailingSpace,
        T::TextAfterAddress,
        T::ExtraArgument,
        T::BareLineFeed,
        T::NoGreeting,
        T::NoName,
        T::SourceRoute,
        T::NoKeyword,
        T::LeadingSpace,
        T::OddAddress,
    ];
    let tolerant = SmtpExchange { tolerated, ..data_without_recipient() };
    let mut says = smtp::notes(&tolerant);
    for looks_like in samples::resemblances() {
        let (verb, looks_like) = ("LIST".to_owned(), Some(looks_like));
        let command = SmtpCommand::Unknown { verb: verb.clone(), looks_like: looks_like.clone() };
        says.extend(smtp::notes(&smtp_exchange(command, "x", 500, SmtpReason::UnknownCommand)));
        let command = Pop3Command::Unknown { verb, looks_like };
        says.extend(pop3::notes(&pop3_exchange(command, "x", Pop3Reason::UnknownCommand)));
    }
    says
}

fn pop3_says() -> Vec<Say> {
    use Pop3Reason as R;
    let mut reasons = samples::pop3_reasons();
    for n in 0..3 {
        reasons.push(R::LoggedIn { messages: n });
        reasons.push(R::Closing { removed: n });
        reasons.push(R::NoSuchMessage { number: 9, messages: n });
    }
    for wanted in [Pop3State::Authorization, Pop3State::Transaction, Pop3State::Update] {
        reasons.push(R::WrongState { wanted });
    }
    let conn = ConnId(3);
    for term in [None, Some(TermId(2))] {
        reasons.push(R::Locked { by: Some(Holder { conn, term }) });
    }
    for mechanism in Mechanism::ALL {
        reasons.extend((1..4).map(|number| R::Challenge { mechanism, number }));
    }
    use SaslFault as F;
    let faults = [F::NotText, F::EmptyUser, F::ServerFirst, F::DigestForm, F::ScramForm, F::ChannelBinding];
    reasons.extend(faults.map(|fault| R::AuthFailed { fault }));
    reasons.extend([F::OtherNonce, F::Wrong].map(|fault| R::AuthFailed { fault }));
    let verbs = [
        "APOP", "AUTH", "STLS", "STAT", "LIST", "UIDL", "CAPA", "RSET", "NOOP", "TOP", "RETR", "USER", "PASS",
    ];
    let mut says = Vec::new();
    for reason in reasons {
        for verb in verbs {
            let command = Pop3Command::Malformed { verb: verb.into() };
            says.push(pop3::reason(&pop3_exchange(command, "", reason.clone())));
            let command = Pop3Command::Unknown { verb: verb.into(), looks_like: None };
            says.push(pop3::reason(&pop3_exchange(command, "X y", reason.clone())));
        }
    }
    says
}

fn dns_says() -> Vec<Say> {
    let mut says = Vec::new();
    let server = "192.0.2.53".parse().unwrap();
    let record = |data| Record { name: "example.tld".into(), ttl: 60, data };
    let mx = |exchange: &str| record(RecordData::Mx { preference: 0, exchange: exchange.into() });
    let text = || record(RecordData::Txt(vec!["x".into()]));
    let ptr = record(RecordData::Ptr("mail.example.tld".into()));
    let answers = [
        vec![],
        vec![mx("")],
        vec![mx("a")],
        vec![mx("a"), mx("b")],
        vec![text()],
        vec![text(), text()],
        vec![ptr],
        vec![record(RecordData::A([192, 0, 2, 1].into()))],
    ];
    for qtype in RecordType::ALL {
        let question = Question { name: "example.tld".into(), qtype };
        for rcode in Rcode::ALL {
            says.extend(answers.iter().map(|a| net::dns(server, &question, &Ok(rcode), a).0));
        }
        for failure in [DnsFailure::TimedOut, DnsFailure::PortUnreachable] {
            says.push(net::dns(server, &question, &Err(failure), &[]).0);
        }
    }
    says
}

const CONNECT: [ConnectFailure; 5] = [
    ConnectFailure::Refused,
    ConnectFailure::TimedOut,
    ConnectFailure::Unreachable,
    ConnectFailure::TooMany,
    ConnectFailure::GivenUp,
];

fn endpoint() -> Endpoint {
    Endpoint { host: "mail.example.tld".into(), ip: "192.0.2.25".parse().unwrap(), port: 25 }
}

fn net_says() -> Vec<Say> {
    use DeliveryFailure as D;
    use Limit as L;
    let mut says: Vec<Say> = CONNECT.iter().map(|why| net::connect(&endpoint(), *why).0).collect();
    for by in [Side::Client, Side::Server] {
        for why in [CloseReason::Closed, CloseReason::Lost, CloseReason::Idle] {
            says.push(net::close(by, why));
        }
    }
    let reply = |code| D::Reply(Reply { code, enhanced: None, lines: vec!["no.".into()] });
    let mut failures = vec![
        reply(450),
        reply(550),
        D::ConnectionLost,
        D::NoSuchDomain,
        D::DnsTrouble,
        D::NullMx,
        D::TooManyHops,
        D::LoopsBack,
        D::MailboxFull,
        D::NoSuchUser,
        D::NoRoom,
        D::NoMailHost,
        D::ForwardingLoop,
        D::AliasLoop,
    ];
    failures.extend(CONNECT.map(D::Connect));
    failures.extend(crate::event::samples::leg_troubles().into_iter().map(D::Leg));
    says.extend(failures.iter().map(|why| net::delivery("noname@example.tld", why).0));
    let limits = [
        L::InputOctets,
        L::OutputOctets,
        L::EventsPerInput,
        L::EventOctetsPerInput,
        L::Messages,
        L::MessageOctets,
        L::Copies,
        L::Terminals,
        L::FileOctets,
        L::Inputs,
        L::RecordOctets,
        L::CopiesOfMessage,
    ];
    says.extend(limits.map(|l| net::limit(l, 1000)));
    says
}

fn policy_says() -> Vec<Say> {
    use PolicyQuestion as Q;
    use PolicyVerdict as V;
    use RecipientVerdict as R;
    let (id, s) = (MessageId(1), || "x".to_owned());
    let questions = [
        Q::Sender { from: ReversePath(None) },
        Q::Sender { from: ReversePath(Some(mailbox())) },
        Q::Recipient { to: ForwardPath(mailbox()) },
        Q::Message { octets: 5 },
        Q::Stage { at: SmtpStage::Helo },
        Q::User { what: s() },
        Q::List { what: s() },
        Q::Login { user: s() },
        Q::Numbers { user: None },
        Q::Numbers { user: Some(s()) },
        Q::Authenticate { user: s() },
        Q::Flush { domain: s() },
        Q::Folders { user: s(), verb: ImapVerb::Select, folder: None },
        Q::Remove { ids: vec![id] },
        Q::Remove { ids: vec![id, id] },
    ];
    let verdicts = [
        V::Yes,
        V::No,
        V::Recipient(R::Local),
        V::Recipient(R::Relay),
        V::Recipient(R::NoSuchUser),
        V::Recipient(R::RelayDenied),
        V::Recipient(R::NoSuchDomain),
        V::Recipient(R::MailboxFull),
        V::Trouble { reply: Reply { code: 451, enhanced: None, lines: vec![s()] }, wait: None },
        V::Taken { id, queue_id: s() },
        V::Opened { mailbox: s(), messages: 1 },
        V::Opened { mailbox: s(), messages: 2 },
        V::Numbers { nonce: s() },
        V::Authenticated { user: s() },
        V::Known { address: s() },
        V::Members { addresses: vec![s(), s()] },
        V::NotYours,
        V::Locked { by: None },
        V::Locked { by: Some(Holder { conn: ConnId(3), term: None }) },
        V::Locked { by: Some(Holder { conn: ConnId(3), term: Some(TermId(2)) }) },
        V::NoRoom,
        V::TooManyHops,
    ];
    questions.iter().map(event::policy_question).chain(verdicts.iter().map(event::policy_verdict)).collect()
}

fn mail_events() -> Vec<Event> {
    let (id, conn) = (MessageId(1), ConnId(1));
    let (host, to, s) =
        (|| "mail.example.tld".to_owned(), || "noname@example.tld".to_owned(), || "x".to_owned());
    let message = || Message::new("Subject: x\r\n\r\nx\r\n");
    let envelope = Envelope {
        from: ReversePath(Some(mailbox())),
        to: vec![ForwardPath(mailbox())],
        helo: String::new(),
        esmtp: true,
        client: "192.0.2.10".parse().unwrap(),
        params: MailParams::default(),
        rcpt_params: Vec::new(),
        user: None,
        tls: None,
        submission: false,
    };
    vec![
        Event::Accepted { id, host: host(), conn, queue_id: s(), envelope, message: message() },
        Event::Present { id, host: host(), mailbox: to(), message: message() },
        Event::Delivered { id, host: host(), mailbox: to(), message: message(), folder: s() },
        Event::Deferred {
            id,
            host: host(),
            recipient: to(),
            until: Time(0),
            why: DeliveryFailure::NullMx,
            status: None,
        },
        Event::Removed { host: host(), mailbox: to(), ids: vec![id], folder: s() },
        Event::Removed { host: host(), mailbox: to(), ids: vec![id, id], folder: s() },
    ]
}

fn post_events() -> Vec<Event> {
    let (id, host, to) = (MessageId(1), || "mail.example.tld".to_owned(), || "noname@example.tld".to_owned());
    let gone = |expired| Event::Undeliverable {
        id,
        host: host(),
        recipient: to(),
        why: DeliveryFailure::NullMx,
        status: Some(EnhancedCode(5, 1, 10)),
        expired,
    };
    let said = Reported {
        recipient: to(),
        action: crate::mail::report::Action::Failed,
        status: EnhancedCode(5, 1, 1),
    };
    let report = Event::Reported {
        id,
        about: id,
        host: host(),
        queue_id: "x".to_owned(),
        to: to(),
        recipients: vec![said],
        message: Message::new("Subject: x\r\n\r\nx\r\n"),
    };
    let expanded =
        Expansion::ALL.map(|by| Event::Expanded { id, host: host(), recipient: to(), into: vec![to()], by });
    let silent = Silence::ALL.map(|why| Event::Unreported { id, host: host(), recipients: vec![to()], why });
    let listed = [0, 1, 2].map(|messages| Event::QueueListed { host: host(), messages });
    let all = [gone(false), gone(true), report].into_iter();
    all.chain(expanded).chain(silent).chain(listed).collect()
}

fn events() -> Vec<Event> {
    let (term, conn, s) = (TermId(1), ConnId(1), || "x".to_owned());
    let question = || Question { name: String::new(), qtype: RecordType::Mx };
    let server = "192.0.2.53".parse().unwrap();
    let dns = |outcome| Event::Dns { asker: s(), server, question: question(), outcome, answers: vec![] };
    let mut events = vec![
        Event::Typed { term, text: Bytes::from("x"), conn: None },
        Event::Keyed { term, octets: Bytes::from("x"), conn, echo: true },
        Event::KeyMode { term, on: true },
        Event::KeyMode { term, on: false },
        Event::Pressed { term, key: Key::Escape },
        Event::Printed { term, text: s(), conn: None },
        Event::Ran { term, argv: vec![s()] },
        Event::Exited { term, program: s(), status: 1 },
        Event::TerminalOpened { term },
        dns(Ok(Rcode::NxDomain)),
        dns(Err(DnsFailure::TimedOut)),
        Event::Connected { conn, from: endpoint(), to: endpoint() },
        Event::ConnectFailed { conn, from: endpoint(), to: endpoint(), why: ConnectFailure::Refused },
        Event::Closed { conn, by: Side::Server, why: CloseReason::Idle },
        Event::Wire { conn, from: Side::Client, octets: Bytes::from("x"), tls: false },
        Event::Tls { conn, what: TlsEvent::Expected },
        Event::Smtp { conn, exchange: data_without_recipient() },
        Event::Pop3 { conn, exchange: pop3_quit(1) },
        Event::Policy { conn, question: PolicyQuestion::User { what: s() }, verdict: PolicyVerdict::Yes },
        Event::HintTaken { step: s(), number: 1 },
        Event::Answered { step: s(), text: s() },
        Event::HandedIn {},
        Event::MailCertificates { authorities: vec![], certificates: vec![Bytes::from("x")] },
        Event::TimePassed { to: Time(0) },
        Event::LimitReached { limit: Limit::Messages, at: 30 },
    ];
    events.push(Event::Setting { host: s(), name: s(), value: s() });
    let record = || Record { name: s(), ttl: 1, data: RecordData::Ns(s()) };
    for what in [ZoneChange::Added(record()), ZoneChange::Deleted(record())] {
        events.push(Event::Zone { zone: s(), what, serial: 2 });
    }
    events.push(Event::Tampered { conn, from: Side::Server, octets: Bytes::from("x") });
    events.extend(samples::faults().into_iter().map(|what| Event::Fault {
        fault: s(),
        what,
        place: s(),
        conn: Some(conn),
    }));
    events.extend(mail_events());
    events.extend(post_events());
    events.extend(imap::events());
    events.extend(sender::events().into_iter().map(|what| Event::Sender {
        host: s(),
        conn,
        what: Box::new(what),
    }));
    events.extend(person::events());
    events
}

fn certificate_faults() -> [CertificateFault; 9] {
    use CertificateFault as F;
    let s = || "x".to_owned();
    [
        F::Malformed,
        F::SelfSigned,
        F::UnknownIssuer { issuer: s() },
        F::NotAnAuthority,
        F::BadSignature,
        F::NotYetValid { from: Time(0) },
        F::Expired { until: Time(0) },
        F::WrongPurpose,
        F::WrongName { wanted: s(), found: vec![s(), s()] },
    ]
}

fn tls_says() -> Vec<Say> {
    use TlsFailure as F;
    let session = |server_name| TlsSession {
        version: TlsVersion::Tls13,
        cipher: "x".to_owned(),
        server_name,
        certificate: None,
    };
    let failures = F::ALL;
    let established = [None, Some("x".to_owned())].map(|name| TlsEvent::Established(session(name)));
    let all = [TlsEvent::Expected].into_iter().chain(established).chain(failures.map(TlsEvent::Failed));
    let good = [None, Some("x".to_owned())].map(|name| TlsEvent::Verified { name, fault: None });
    let bad = certificate_faults().map(|fault| TlsEvent::Verified { name: None, fault: Some(fault) });
    let mut says: Vec<Say> = all.chain(good).chain(bad).map(|what| event::tls_event(&what)).collect();
    let text = || "x".to_owned();
    for names in [Vec::new(), vec![text(), text()]] {
        let (subject, issuer) = (text(), text());
        let shown = ServerCertificate { subject, names, issuer, from: Time(0), until: Time(0) };
        says.push(event::tls_certificate(&shown));
        for version in [TlsVersion::Tls12, TlsVersion::Tls13] {
            let certificate = Some(Box::new(shown.clone()));
            let session = TlsSession { version, certificate, ..session(None) };
            says.push(event::tls_certificate_way(&session));
        }
    }
    says
}

/// Everything that can be said.
pub(super) fn all(explainer: &Explainer) -> Vec<Say> {
    let mut says =
        [smtp_says(), pop3_says(), imap::says(), dns_says(), net_says(), policy_says(), tls_says()].concat();
    says.extend(trace::says());
    says.extend(samples::faults().iter().map(|what| event::fault(what, "mx.example.net")));
    says.extend(sender::all());
    says.extend(person::says());
    says.extend(smime::says());
    says.extend(events().iter().map(|e| event::line(explainer, e, Offset(0).into())));
    says.extend(CommonMistake::ALL.iter().map(|m| mistake::text(*m).0));
    says.extend([1, 2].map(|n| Say::new("capture-title").number("events", n).own("offset", "+0200")));
    says
}
