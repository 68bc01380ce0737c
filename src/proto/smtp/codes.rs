//! Every reason with the code and enhanced code each style gives it, so that a change of the table is seen.

use super::reply::{Terms, Voice, key};
use super::style::Style;
use crate::event::{LooksLike, SmtpCommand as C, SmtpReason as R, SmtpVerb as V};
use crate::mail::{AddressFault, AddressFaultKind, ForwardPath, Mailbox, ReversePath};
use crate::units::{Bytes, MessageId, Span};
use std::collections::BTreeMap;

const TABLE: &str = "
greeting               220        220        220
hello HELO             250        250        250
hello EHLO             250        250        250
sender-accepted MAIL   250 2.1.0  250 2.1.0  250
recipient-accepted RCPT 250 2.1.5  250 2.1.5  250
start-mail DATA        354        354        354
message-accepted DATA  250 2.0.0  250 2.0.0  250
reset RSET             250 2.0.0  250 2.0.0  250
nothing NOOP           250 2.0.0  250 2.0.0  250
help HELP              214 2.0.0  214 2.0.0  214
not-verified VRFY      252 2.0.0  252 2.5.2  252
verified VRFY          252 2.0.0  250 2.1.5  252
closing QUIT           221 2.0.0  221 2.0.0  221
unknown-command        500 5.5.2  500 5.5.1  502
unknown-command        500 5.5.2  500 5.5.1  502
not-implemented EXPN   500 5.5.2  502 5.7.0  502
not-implemented STARTTLS 502 5.5.1  454 4.3.3  502
not-implemented AUTH   503 5.5.1  503 5.3.3  502
not-implemented BDAT   502 5.5.1  500 5.5.1  502
not-implemented VRFY   502 5.5.1  252 2.5.2  252
out-of-order MAIL      503 5.5.1  503 5.0.0  503
out-of-order RCPT      503 5.5.1  503 5.0.0  503
out-of-order DATA      503 5.5.1  503 5.0.0  503
nested-mail MAIL       503 5.5.1  503 5.5.0  503
no-recipients DATA     554 5.5.1  503 5.0.0  503
missing-argument HELO  501        501 5.0.0  501
missing-argument MAIL  501 5.5.4  501 5.5.2  555
missing-argument RCPT  501 5.5.4  501 5.5.2  555
missing-argument VRFY  501 5.5.4  501 5.5.2  555
missing-keyword MAIL   501 5.5.4  501 5.5.2  555
missing-colon RCPT     501 5.5.4  501 5.5.2  555
missing-brackets MAIL  501 5.1.7  553 5.1.3  555
unclosed-bracket RCPT  501 5.1.3  553 5.0.0  555
space-around-colon MAIL 501 5.5.4  501 5.5.2  555
bad-address MAIL       501 5.1.7  553 5.1.3  555
bad-address RCPT       501 5.1.3  553 5.1.2  555
bad-host-name EHLO     501        501 5.0.0  501
unexpected-argument DATA 501 5.5.4  501 5.5.2  555
unknown-parameter MAIL 555 5.5.4  555 5.5.4  555
bad-parameter MAIL     501 5.5.4  501 5.5.2  555
bad-parameter MAIL     555 5.5.4  501 5.5.4  555
parameter-without-ehlo MAIL 555 5.5.4  555 5.5.4  555
no-such-user RCPT      550 5.1.1  550 5.1.1  550
relay-denied RCPT      554 5.7.1  550 5.7.1  553
no-such-domain RCPT    450 4.1.2  550 5.1.2  550
sender-refused RCPT    554 5.7.1  550 5.7.1  553
sender-refused MAIL    504 5.5.2  553 5.5.4  555
mailbox-full RCPT      552 5.2.2  552 5.2.2  552
too-big MAIL           552 5.3.4  552 5.2.3  552
too-big DATA           552 5.3.4  552 5.2.3  552
too-many-recipients RCPT 452 4.5.3  452 4.5.3  452
too-many-connections   421 4.7.0  421 4.3.2  421
too-many-errors        421 4.7.0  421 4.7.0  421
line-too-long          500 5.5.2  421 4.7.0  555
too-many-hops DATA     554 5.4.0  554 5.4.6  554
bare-line-end DATA     550 5.5.2  421 4.5.0  451
no-room MAIL           452 4.3.1  452 4.4.5  451
no-room DATA           451 4.3.0  452 4.4.5  451
timed-out              421 4.4.2  421 4.4.1  451
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
    let rcpt = || C::Rcpt { to: ForwardPath(mailbox.clone()) };
    let message = || C::Message { octets: Bytes::default() };
    let unknown = |looks_like| C::Unknown { verb: name(), looks_like };
    let vrfy = || C::Vrfy { what: name() };
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
        (C::Quit, R::Closing),
        (unknown(None), R::UnknownCommand),
        (unknown(Some(LooksLike::Empty)), R::UnknownCommand),
        not_offered(V::Expn),
        not_offered(V::Starttls),
        not_offered(V::Auth),
        not_offered(V::Bdat),
        not_offered(V::Vrfy),
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
    ]
}

fn policy() -> Vec<(C, R)> {
    let address = || "a@b.tld".to_owned();
    let rcpt = || C::Rcpt { to: ForwardPath(Mailbox { local: "a".to_owned(), domain: None }) };
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
        (mail(), R::NoRoom),
        (message(), R::NoRoom),
        (C::Silence, R::TimedOut),
    ]
}

#[test]
fn every_reason_in_every_style() {
    let texts = BTreeMap::new();
    let cases = [replies_to_commands(), faults(), policy()].concat();
    let mut table = String::from("\n");
    for (command, reason) in &cases {
        let verb = command.verb().map_or(String::new(), |v| format!(" {}", v.name()));
        let mut row = format!("{:<22}", format!("{}{verb}", reason.kind()));
        for style in Style::ALL {
            let reply =
                Voice { style, texts: &texts, enhanced: true }.say(key(command, reason), &Terms::new());
            let enhanced = reply.enhanced.map_or(String::new(), |e| format!(" {e}"));
            row.push_str(&format!(" {:<10}", format!("{}{enhanced}", reply.code)));
        }
        table.push_str(row.trim_end());
        table.push('\n');
    }
    assert_eq!(table, TABLE, "the table is now:{table}");
    let missing: Vec<_> = R::KINDS.iter().filter(|k| !cases.iter().any(|(_, r)| r.kind() == **k)).collect();
    assert!(missing.is_empty(), "reasons without a row: {missing:?}");
}
