//! Every reason with the code and enhanced code each style gives it, so that a change of the table is seen.

use super::reply::{Voice, key};
use super::style::Style;
use crate::event::{LooksLike, SmtpCommand as C, SmtpReason as R, SmtpVerb as V};
use crate::mail::sasl::SaslFault;
use crate::mail::{AddressFault, AddressFaultKind, ForwardPath, Mailbox, ReversePath};
use crate::units::{Bytes, MessageId, Span};
use std::collections::BTreeMap;

const TABLE: &str = "
greeting               220        220        220        220        220
hello HELO             250        250        250        250        250
hello EHLO             250        250        250        250        250
sender-accepted MAIL   250 2.1.0  250 2.1.0  250        250        250 2.1.0
recipient-accepted RCPT 250 2.1.5  250 2.1.5  250        250        250 2.1.5
start-mail DATA        354        354        354        354        354
message-accepted DATA  250 2.0.0  250 2.0.0  250        250        250 2.6.0
reset RSET             250 2.0.0  250 2.0.0  250        250        250 2.0.0
nothing NOOP           250 2.0.0  250 2.0.0  250        250        250 2.0.0
help HELP              214 2.0.0  214 2.0.0  214        214        214
not-verified VRFY      252 2.0.0  252 2.5.2  252        252        252 2.1.5
verified VRFY          252 2.0.0  250 2.1.5  252        252        252 2.1.5
expanded EXPN          250 2.1.5  250 2.1.5  250        250        250 2.1.5
closing QUIT           221 2.0.0  221 2.0.0  221        221        221 2.0.0
unknown-command        500 5.5.2  500 5.5.1  502        500        500 5.3.3
unknown-command        500 5.5.2  500 5.5.1  502        500        500 5.3.3
not-implemented EXPN   500 5.5.2  502 5.7.0  502        550        502 5.3.3
not-implemented STARTTLS 502 5.5.1  454 4.3.3  502        503        454 4.7.0
not-implemented AUTH   503 5.5.1  503 5.3.3  502        503        504 5.7.4
not-implemented BDAT   521 5.5.1  500 5.5.1  502        503        500 5.3.3
not-implemented VRFY   502 5.5.1  252 2.5.2  252        252        252 2.1.5
not-implemented ETRN   502 5.5.1  502 5.7.0  502        550        502 5.3.3
out-of-order MAIL      503 5.5.1  503 5.0.0  503        503        503 5.5.2
out-of-order RCPT      503 5.5.1  503 5.0.0  503        503        503 5.5.2
out-of-order DATA      503 5.5.1  503 5.0.0  503        503        503 5.5.2
nested-mail MAIL       503 5.5.1  503 5.5.0  503        503        503 5.5.2
no-recipients DATA     554 5.5.1  503 5.0.0  503        503        503 5.5.2
missing-argument HELO  501        501 5.0.0  501        501        501 5.5.4
missing-argument MAIL  501 5.5.4  501 5.5.2  555        501        501 5.5.4
missing-argument RCPT  501 5.5.4  501 5.5.2  555        501        501 5.5.4
missing-argument VRFY  501 5.5.4  501 5.5.2  555        501        501 5.5.4
missing-argument EXPN  501 5.5.4  501 5.5.2  555        501        501 5.5.4
missing-keyword MAIL   501 5.5.4  501 5.5.2  555        500        501 5.5.4
missing-colon RCPT     501 5.5.4  501 5.5.2  555        500        501 5.5.4
missing-brackets MAIL  501 5.1.7  553 5.1.3  555        501        501 5.1.7
unclosed-bracket RCPT  501 5.1.3  553 5.0.0  555        501        501 5.1.3
space-around-colon MAIL 501 5.5.4  501 5.5.2  555        500        501 5.5.4
bad-address MAIL       501 5.1.7  553 5.1.3  555        501        501 5.1.7
bad-address RCPT       501 5.1.3  553 5.1.2  555        501        501 5.1.3
bad-host-name EHLO     501        501 5.0.0  501        501        501 5.5.4
unexpected-argument DATA 501 5.5.4  501 5.5.2  555        501        501 5.5.4
unknown-parameter MAIL 555 5.5.4  555 5.5.4  555        501        501 5.5.4
bad-parameter MAIL     501 5.5.4  501 5.5.2  555        501        501 5.5.4
bad-parameter MAIL     555 5.5.4  501 5.5.4  555        501        501 5.5.4
parameter-without-ehlo MAIL 555 5.5.4  555 5.5.4  555        501        501 5.5.4
bad-parameter MAIL     501 5.5.4  501 5.5.4  555        501        501 5.5.4
bad-parameter RCPT     501 5.5.4  501 5.5.4  555        501        501 5.5.4
bad-address MAIL       553 5.6.7  553 5.1.3  555        501        553 5.6.7
bad-address RCPT       553 5.6.7  553 5.1.3  555        501        553 5.6.7
missing-argument AUTH  501 5.5.4  501 5.5.2  501        504        501 5.5.4
missing-argument BDAT  521 5.5.4  501 5.5.4  555        501        501 5.5.4
missing-argument ETRN  500        500 5.5.2  555        501        501 5.5.4
bad-host-name ETRN     501        501 5.5.2  555        501        501 5.5.4
unexpected-argument STARTTLS 501 5.5.4  501 5.5.2  555        501        501 5.5.4
no-such-user RCPT      550 5.1.1  550 5.1.1  550        550        550 5.1.1
relay-denied RCPT      554 5.7.1  550 5.7.1  553        550        550 5.7.54
no-such-domain RCPT    450 4.1.2  550 5.1.2  550        550        550 5.1.2
sender-refused RCPT    554 5.7.1  550 5.7.1  553        550        550 5.7.1
sender-refused MAIL    504 5.5.2  553 5.5.4  555        501        501 5.1.7
mailbox-full RCPT      552 5.2.2  552 5.2.2  552        552        552 5.2.2
too-big MAIL           552 5.3.4  552 5.2.3  552        552        552 5.3.4
too-big DATA           552 5.3.4  552 5.2.3  552        552        552 5.3.4
too-many-recipients RCPT 452 4.5.3  452 4.5.3  452        452        452 4.5.3
too-many-connections   421 4.7.0  421 4.3.2  421        421        421 4.3.2
too-many-errors        421 4.7.0  421 4.7.0  421        500        421 4.7.0
line-too-long          500 5.5.2  421 4.7.0  555        500        500 5.5.2
too-many-hops DATA     554 5.4.0  554 5.4.6  554        550        554 5.4.6
bare-line-end DATA     550 5.5.2  421 4.5.0  451        550        550 5.6.11
spf-failed RCPT        550 5.7.23 550 5.7.23 550        550        550 5.7.23
dmarc-failed DATA      550 5.7.1  550 5.7.1  550        550        550 5.7.509
no-room MAIL           452 4.3.1  452 4.4.5  451        452        452 4.3.1
no-room DATA           451 4.3.0  452 4.4.5  451        452        452 4.3.1
timed-out              421 4.4.2  421 4.4.1  451        421        451 4.7.0
start-tls STARTTLS     220 2.0.0  220 2.0.0  220        220        220 2.0.0
tls-active STARTTLS    554 5.5.1  503 5.5.0  502        503        503 5.5.2
in-transaction STARTTLS 503 5.5.1  503 5.5.0  503        503        503 5.5.1
out-of-order STARTTLS  503 5.5.1  503 5.0.0  503        503        503 5.5.2
tls-required MAIL      530 5.7.0  530 5.7.0  530        530        451 5.7.3
auth-required MAIL     530 5.7.0  530 5.7.0  530        530        530 5.7.57
out-of-order AUTH      503 5.5.1  503 5.0.0  503        503        503 5.5.2
encryption-needed AUTH 504 5.5.4  504 5.3.3  504        504        504 5.7.4
unknown-mechanism AUTH 535 5.7.8  504 5.3.3  504        504        504 5.7.4
already-authenticated AUTH 503 5.5.1  503 5.5.0  503        503        503 5.5.1
in-transaction AUTH    503 5.5.1  503 5.5.0  503        503        503 5.5.1
challenge AUTH         334        334        334        334        334
authenticated AUTH     235 2.7.0  235 2.0.0  235        235        235 2.7.0
auth-failed AUTH       535 5.7.8  535 5.7.0  535        535        535 5.7.3
auth-cancelled AUTH    501 5.7.0  501 5.0.0  501        501        501 5.7.0
bad-base64 AUTH        535 5.7.8  501 5.5.4  501        501        501 5.5.2
auth-too-long AUTH     500 5.5.6  500 5.5.6  500        500        500 5.5.6
sender-not-owned MAIL  553 5.7.1  553 5.7.1  553        550        550 5.7.60
out-of-order BDAT      503 5.5.1  503 5.0.0  503        503        503 5.5.2
no-recipients BDAT     554 5.5.1  503 5.0.0  503        503        503 5.5.2
chunk-accepted BDAT    250 2.0.0  250 2.0.0  250        250        250 2.6.0
chunk-dropped BDAT     551 5.0.0  503 5.0.0  503        503        503 5.5.1
empty-chunk BDAT       551 5.7.1  501 5.5.4  555        504        501 5.5.4
after-chunk DATA       503 5.5.1  503 5.5.0  503        503        503 5.5.1
binary-needs-bdat DATA 503 5.5.1  503 5.5.0  503        503        503 5.5.1
in-transaction ETRN    503        503 5.5.0  503        503        503 5.5.1
queue-started ETRN     250        250 2.0.0  250        250        250 2.0.0
queue-unknown ETRN     459        459 4.5.4  459        550        459 4.7.1
";

fn malformed(verb: V, reason: R) -> (C, R) {
    (C::Malformed { verb }, reason)
}

fn bad_address(kind: AddressFaultKind) -> R {
    R::BadAddress(AddressFault { span: Span::at(0), kind })
}

fn replies_to_commands() -> Vec<(C, R)> {
    let name = || "ws.lab.test".to_owned();
    let mailbox: Mailbox = Mailbox { local: "a".to_owned(), domain: None };
    let mail = || C::Mail { from: ReversePath(None), params: Default::default() };
    let rcpt = || C::Rcpt { to: ForwardPath(mailbox.clone()), params: Default::default() };
    let message = || C::Message { octets: Bytes::default() };
    let unknown = |looks_like| C::Unknown { verb: name(), looks_like };
    let vrfy = || C::Vrfy { what: name(), smtputf8: false };
    let not_offered = |verb| (C::NotOffered { verb }, R::NotImplemented);
    let order = |command| (command, R::OutOfOrder { wanted: vec![V::Mail] });
    vec![
        (C::Connect, R::Greeting),
        (C::Helo { name: name() }, R::Hello),
        (C::Ehlo { name: name() }, R::Hello),
        (mail(), R::SenderAccepted),
        (rcpt(), R::RecipientAccepted),
        (C::Data, R::StartMail),
        (message(), R::MessageAccepted { id: MessageId(1), queue_id: name() }),
        (C::Rset, R::Reset),
        (C::Noop, R::Nothing),
        (C::Help { topic: None }, R::Help),
        (vrfy(), R::NotVerified),
        (vrfy(), R::Verified { address: name() }),
        (C::Expn { what: name() }, R::Expanded { list: name(), members: vec![name()] }),
        (C::Quit, R::Closing),
        (unknown(None), R::UnknownCommand),
        (unknown(Some(LooksLike::Empty)), R::UnknownCommand),
        not_offered(V::Expn),
        not_offered(V::Starttls),
        not_offered(V::Auth),
        not_offered(V::Bdat),
        not_offered(V::Vrfy),
        not_offered(V::Etrn),
        order(mail()),
        order(rcpt()),
        order(C::Data),
        (mail(), R::NestedMail),
        (C::Data, R::NoRecipients),
    ]
}

fn faults() -> Vec<(C, R)> {
    let s = || "x".to_owned();
    let missing = |verb| malformed(verb, R::MissingArgument);
    vec![
        missing(V::Helo),
        missing(V::Mail),
        missing(V::Rcpt),
        missing(V::Vrfy),
        missing(V::Expn),
        malformed(V::Mail, R::MissingKeyword { keyword: s(), found: s() }),
        malformed(V::Rcpt, R::MissingColon),
        malformed(V::Mail, R::MissingBrackets),
        malformed(V::Rcpt, R::UnclosedBracket),
        malformed(V::Mail, R::SpaceAroundColon),
        malformed(V::Mail, bad_address(AddressFaultKind::BadCharacter)),
        malformed(V::Rcpt, bad_address(AddressFaultKind::BadLabel)),
        malformed(V::Ehlo, R::BadHostName),
        malformed(V::Data, R::UnexpectedArgument),
        malformed(V::Mail, R::UnknownParameter { name: s() }),
        malformed(V::Mail, R::BadParameter { name: "SIZE".to_owned() }),
        malformed(V::Mail, R::BadParameter { name: "BODY".to_owned() }),
        malformed(V::Mail, R::ParameterWithoutEhlo { name: s() }),
        malformed(V::Mail, R::BadParameter { name: "RET".to_owned() }),
        malformed(V::Rcpt, R::BadParameter { name: "NOTIFY".to_owned() }),
        malformed(V::Mail, bad_address(AddressFaultKind::NotAscii)),
        malformed(V::Rcpt, bad_address(AddressFaultKind::NotAscii)),
        missing(V::Auth),
        missing(V::Bdat),
        missing(V::Etrn),
        malformed(V::Etrn, R::BadHostName),
        malformed(V::Starttls, R::UnexpectedArgument),
    ]
}

fn policy() -> Vec<(C, R)> {
    let address = || "a@b.tld".to_owned();
    let rcpt = || C::Rcpt {
        to: ForwardPath(Mailbox { local: "a".to_owned(), domain: None }),
        params: Default::default(),
    };
    let mail = || C::Mail { from: ReversePath(None), params: Default::default() };
    let message = || C::Message { octets: Bytes::default() };
    vec![
        (rcpt(), R::NoSuchUser { address: address() }),
        (rcpt(), R::RelayDenied { address: address() }),
        (rcpt(), R::NoSuchDomain { domain: address() }),
        (rcpt(), R::SenderRefused { address: address() }),
        malformed(V::Mail, R::SenderRefused { address: address() }),
        (rcpt(), R::MailboxFull { address: address() }),
        (mail(), R::TooBig { limit: 1 }),
        (message(), R::TooBig { limit: 1 }),
        (rcpt(), R::TooManyRecipients { limit: 1 }),
        (C::Silence, R::TooManyConnections { limit: 1 }),
        (C::Silence, R::TooManyErrors { limit: 1 }),
        (C::Overlong { octets: 9000 }, R::LineTooLong { limit: 1 }),
        (message(), R::TooManyHops { limit: 1 }),
        malformed(V::Data, R::BareLineEnd { carriage_return: false }),
        (rcpt(), R::SpfFailed { domain: address(), explanation: None }),
        (message(), R::DmarcFailed { domain: address() }),
        (mail(), R::NoRoom),
        (message(), R::NoRoom),
        (C::Silence, R::TimedOut),
    ]
}

fn extensions() -> Vec<(C, R)> {
    let s = || "x".to_owned();
    let auth = || C::Auth { mechanism: s() };
    let bdat = || C::Bdat { octets: 1, last: false };
    let mail = || C::Mail { from: ReversePath(None), params: Default::default() };
    let etrn = || C::Etrn { domain: s() };
    vec![
        (C::Starttls, R::StartTls),
        (C::Starttls, R::TlsActive),
        (C::Starttls, R::InTransaction),
        (C::Starttls, R::OutOfOrder { wanted: vec![V::Ehlo] }),
        (mail(), R::TlsRequired),
        (mail(), R::AuthRequired),
        (auth(), R::OutOfOrder { wanted: vec![V::Ehlo] }),
        (auth(), R::EncryptionNeeded { mechanism: s() }),
        (auth(), R::UnknownMechanism { name: s() }),
        (auth(), R::AlreadyAuthenticated),
        (auth(), R::InTransaction),
        (auth(), R::Challenge),
        (auth(), R::Authenticated { user: s() }),
        (auth(), R::AuthFailed { fault: SaslFault::Wrong }),
        (auth(), R::AuthCancelled),
        (auth(), R::BadBase64),
        (auth(), R::AuthTooLong { limit: 1 }),
        (mail(), R::SenderNotOwned { address: s(), user: s() }),
        (bdat(), R::OutOfOrder { wanted: vec![V::Mail] }),
        (bdat(), R::NoRecipients),
        (bdat(), R::ChunkAccepted { octets: 1 }),
        (bdat(), R::ChunkDropped),
        (bdat(), R::EmptyChunk),
        (C::Data, R::AfterChunk),
        (C::Data, R::BinaryNeedsBdat),
        (etrn(), R::InTransaction),
        (etrn(), R::QueueStarted { domain: s() }),
        (etrn(), R::QueueUnknown { domain: s() }),
    ]
}

#[test]
fn every_reason_in_every_style() {
    let texts = BTreeMap::new();
    let cases = [replies_to_commands(), faults(), policy(), extensions()].concat();
    let mut table = String::from("\n");
    for (command, reason) in &cases {
        let verb = command.verb().map_or(String::new(), |v| format!(" {}", v.name()));
        let mut row = format!("{:<22}", format!("{}{verb}", reason.kind()));
        for style in Style::ALL {
            let voice = Voice { style, texts: &texts, enhanced: true };
            let reply = voice.say(key(command, reason), |_: &str| None);
            let enhanced = reply.enhanced.map_or(String::new(), |e| format!(" {e}"));
            row.push_str(&format!(" {:<10}", format!("{}{enhanced}", reply.code)));
        }
        table.push_str(row.trim_end());
        table.push('\n');
    }
    assert_eq!(table, TABLE, "the table is now:{table}");
    // What a host says in trouble stands in the scenario, not in a style's table.
    let own_words = ["greylisted", "trouble"];
    let missing: Vec<_> = R::KINDS
        .iter()
        .filter(|k| !own_words.contains(k))
        .filter(|k| !cases.iter().any(|(_, r)| r.kind() == **k))
        .collect();
    assert!(missing.is_empty(), "reasons without a row: {missing:?}");
}
