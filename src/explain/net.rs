//! What happens around the protocols, as messages: DNS, connections, deliveries, and the bounds of the lab.

use super::say::Say;
use crate::event::{
    CloseReason, ConnectFailure, DeliveryFailure, DnsFailure, Endpoint, LegTrouble, Limit, Question, Rcode,
    Record, RecordData, RecordType, Reply, Side,
};
use crate::rfc::{Section, section};
use std::net::IpAddr;

/// What an answer to a DNS question means.
pub(super) fn dns(
    server: IpAddr,
    question: &Question,
    outcome: &Result<Rcode, DnsFailure>,
    answers: &[Record],
) -> (Say, Section) {
    let name = if question.name.is_empty() { "." } else { &question.name };
    let with_name = |key| Say::new(key).text("name", name);
    let with_server = |key| Say::new(key).own("server", server.to_string());
    match outcome {
        Ok(Rcode::NoError) => answered(question, answers, with_name),
        Ok(Rcode::NxDomain) => (with_name("dns-no-such-name"), section(2308, "2.1")),
        Ok(Rcode::FormErr) => (with_name("dns-format-error"), section(1035, "4.1.1")),
        Ok(Rcode::ServFail) => (with_name("dns-server-failure"), section(1035, "4.1.1")),
        Ok(Rcode::NotImp) => (Say::new("dns-not-implemented"), section(1035, "4.1.1")),
        Ok(Rcode::Refused) => (with_name("dns-refused"), section(1035, "4.1.1")),
        Err(DnsFailure::TimedOut) => (with_server("dns-timed-out"), section(1035, "4.2.1")),
        Err(DnsFailure::PortUnreachable) => (with_server("dns-port-unreachable"), section(1035, "4.2.1")),
    }
}

fn answered(
    question: &Question,
    answers: &[Record],
    with_name: impl Fn(&'static str) -> Say,
) -> (Say, Section) {
    let (qtype, all) = (question.qtype, question.qtype == RecordType::Any);
    let found: Vec<&Record> = answers.iter().filter(|r| all || r.data.rtype() == qtype).collect();
    let with_type = |key| with_name(key).own("type", qtype.mnemonic());
    match found.as_slice() {
        [] => (with_type("dns-no-data"), section(2308, "2.2")),
        [Record { data: RecordData::Mx { exchange, .. }, .. }] if exchange.is_empty() => {
            (with_name("dns-null-mx"), section(7505, "3"))
        }
        some => (with_type("dns-answered").number("count", some.len() as u64), type_rule(qtype)),
    }
}

/// Where a record type is defined.
fn type_rule(rtype: RecordType) -> Section {
    match rtype {
        RecordType::A => section(1035, "3.4.1"),
        RecordType::Aaaa => section(3596, "2.2"),
        RecordType::Mx => section(5321, "5.1"),
        RecordType::Txt => section(1035, "3.3.14"),
        RecordType::Cname => section(1035, "3.3.1"),
        RecordType::Ptr => section(1035, "3.5"),
        RecordType::Ns => section(1035, "3.3.11"),
        RecordType::Soa => section(1035, "3.3.13"),
        RecordType::Any => section(8482, "4"),
    }
}

/// Why no connection came about.
pub(super) fn connect(to: &Endpoint, why: ConnectFailure) -> (Say, Option<Section>) {
    let (host, ip) = (&to.host, to.ip.to_string());
    match why {
        ConnectFailure::Refused => {
            let say = Say::new("connect-refused").text("host", host).own("port", to.port.to_string());
            (say, Some(section(9293, "3.5.2")))
        }
        ConnectFailure::TimedOut => {
            (Say::new("connect-timed-out").own("ip", ip), Some(section(9293, "3.8.3")))
        }
        ConnectFailure::Unreachable => (Say::new("connect-unreachable").own("ip", ip), None),
        ConnectFailure::TooMany => (Say::new("connect-too-many"), None),
        ConnectFailure::GivenUp => (Say::new("connect-given-up").text("host", host), None),
    }
}

/// How a connection ended.
pub(super) fn close(by: Side, why: CloseReason) -> Say {
    let by = match by {
        Side::Client => "client",
        Side::Server => "server",
    };
    match why {
        CloseReason::Closed => Say::new("close-closed").own("by", by),
        CloseReason::Lost => Say::new("close-lost"),
        CloseReason::Idle => Say::new("close-idle"),
    }
}

/// Why a host could not pass a message on.
pub(super) fn delivery(recipient: &str, why: &DeliveryFailure) -> (Say, Option<Section>) {
    use DeliveryFailure as D;
    let say = |key| Say::new(key).text("recipient", recipient);
    match why {
        D::Reply(reply) => {
            let text = reply.lines.first().map(String::as_str).unwrap_or_default();
            let say = say("delivery-reply").own("code", reply.code.to_string());
            let say = say.text("text", text.trim_end_matches('.')).choice("temporary", reply.code < 500);
            (say, Some(section(5321, "4.2.1")))
        }
        D::Connect(why) => {
            let why = match why {
                ConnectFailure::Refused => "refused",
                ConnectFailure::TimedOut => "timed-out",
                ConnectFailure::Unreachable => "unreachable",
                ConnectFailure::TooMany | ConnectFailure::GivenUp => "other",
            };
            (say("delivery-connect").own("why", why), Some(section(5321, "5.1")))
        }
        D::ConnectionLost => (say("delivery-connection-lost"), Some(section(5321, "4.5.4.1"))),
        D::Leg(why) => leg(recipient, why),
        D::NoSuchDomain => (say("delivery-no-such-domain"), Some(section(5321, "5.1"))),
        D::DnsTrouble => (say("delivery-dns-trouble"), Some(section(5321, "5.1"))),
        D::NullMx => (say("delivery-null-mx"), Some(section(7505, "3"))),
        D::LoopsBack => (say("delivery-loops-back"), Some(section(5321, "5.1"))),
        D::TooManyHops => (say("delivery-too-many-hops"), Some(section(5321, "6.3"))),
        D::MailboxFull => (say("delivery-mailbox-full"), Some(section(3463, "3.3"))),
        D::NoSuchUser => (say("delivery-no-such-user"), Some(section(3463, "3.2"))),
        D::NoRoom => (say("delivery-no-room"), None),
        D::NoMailHost => (say("delivery-no-mail-host"), Some(section(5321, "5.1"))),
        D::ForwardingLoop => (say("delivery-forwarding-loop"), Some(section(5321, "6.3"))),
        D::AliasLoop => (say("delivery-alias-loop"), Some(section(5321, "3.9.1"))),
    }
}

/// Why a client and the next host did not come to terms.
fn leg(recipient: &str, why: &LegTrouble) -> (Say, Option<Section>) {
    let say = |key| Say::new(key).text("recipient", recipient);
    let said = |key, reply: &Reply| {
        let text = reply.lines.first().map(String::as_str).unwrap_or_default();
        say(key).own("code", reply.code.to_string()).text("text", text.trim_end_matches('.'))
    };
    match why {
        LegTrouble::TurnedAway(reply) => (said("delivery-turned-away", reply), Some(section(5321, "3.1"))),
        LegTrouble::TlsNotOffered => (say("delivery-tls-not-offered"), Some(section(3207, "4"))),
        LegTrouble::TlsRefused(reply) => (said("delivery-tls-refused", reply), Some(section(3207, "4"))),
        LegTrouble::Handshake(_) => (say("delivery-handshake"), Some(section(3207, "4.1"))),
        LegTrouble::Certificate(fault) => {
            (say("delivery-certificate").text("kind", fault.kind()), Some(section(3207, "4.1")))
        }
        LegTrouble::NoMechanism => (say("delivery-no-mechanism"), Some(section(4954, "3"))),
        LegTrouble::LoginRefused(reply) => (said("delivery-login-refused", reply), Some(section(4954, "6"))),
        LegTrouble::LoginBroken(_) => (say("delivery-login-broken"), Some(section(4954, "4"))),
        LegTrouble::NoSmtpUtf8 => (say("delivery-no-smtputf8"), Some(section(6531, "3.2"))),
        LegTrouble::TooBig { limit } => {
            (say("delivery-too-big").own("limit", limit.to_string()), Some(section(1870, "6.1")))
        }
    }
}

/// Which bound of the lab was reached.
pub(super) fn limit(limit: Limit, at: u64) -> Say {
    let key = match limit {
        Limit::InputOctets => "limit-input-octets",
        Limit::OutputOctets => "limit-output-octets",
        Limit::EventsPerInput => "limit-events-per-input",
        Limit::EventOctetsPerInput => "limit-event-octets-per-input",
        Limit::Messages => "limit-messages",
        Limit::Copies => "limit-copies",
        Limit::MessageOctets => "limit-message-octets",
        Limit::Terminals => "limit-terminals",
        Limit::FileOctets => "limit-file-octets",
        Limit::Inputs => "limit-inputs",
        Limit::RecordOctets => "limit-record-octets",
        Limit::CopiesOfMessage => "limit-copies-of-message",
    };
    Say::new(key).own("at", at.to_string())
}
