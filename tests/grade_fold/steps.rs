//! Steps: points, hints, mistakes, questions, messages read over POP3, and DNS.

use crate::support::{Lab, conversation, hint, mistake, step, text};
use helo::event::{ConnectFailure, Endpoint, Event, Pop3Command, Pop3Exchange, Pop3Reason};
use helo::grade::Tick;
use helo::mail::Glob;
use helo::mail::Message;
use helo::mail::sasl::Mechanism;
use helo::scenario::{Answer, Check, WrongAnswer};
use helo::units::{ConnId, MessageId, Points};

const ON: &str = "mx.test:25";

fn lab(points: i64, expect: &str) -> Lab {
    Lab::new(&[step("do", points, conversation(ON, true, expect))])
}

#[test]
fn points_of_their_own_and_for_the_whole() {
    for (points, expect, lines, earned) in [
        (3, "HELLO\nNOOP", "1 helo x", "0"),
        (3, "HELLO\nNOOP", "1 helo x\n1 noop", "3"),
        (3, "HELLO points=0.5\nNOOP", "1 helo x", "0.5"),
        (3, "HELLO points=0.5\nNOOP", "1 noop", "0"),
        (3, "HELLO points=0.5\nNOOP", "1 helo x\n1 noop", "3"),
        (1, "HELLO points=1\nNOOP points=1\nRSET", "1 helo x\n1 noop", "1"),
        (0, "HELLO", "1 helo x", "0"),
    ] {
        let mut lab = lab(points, expect);
        lab.play("1 connect mx.test:25").play(lines);
        assert_eq!(lab.points("do"), earned, "{expect:?} {lines:?}");
        assert_eq!(lab.report().max_points, Points(points * 100));
    }
}

#[test]
fn what_a_step_expects_is_no_mistake() {
    let other = || vec![mistake("other", ON, "MAIL reply=250")];
    for (lines, said) in [
        ("1 mail a@a.test", false),
        ("1 mail b@a.test", true),
        ("1 mail a@a.test\n1 rset\n1 mail a@a.test", false),
        ("1 mail a@a.test\n1 mail b@a.test", false),
        ("2 connect mx.test:587\n2 mail a@a.test", false),
    ] {
        let mut it = step("do", 1, conversation(ON, true, "MAIL from=a@a.test\nRCPT"));
        it.mistakes = other();
        let mut lab = Lab::new(&[it]);
        lab.play("1 connect mx.test:25\n1 helo x").play(lines);
        assert_eq!(!lab.said().is_empty(), said, "{lines}");
    }
}

#[test]
fn a_hint_costs_until_the_step_is_done() {
    for (lines, earned, taken) in [
        ("1 helo x\n1 noop", "3", 0),
        ("hint do 1\n1 helo x\n1 noop", "2.5", 1),
        ("hint do 1\nhint do 1\n1 helo x\n1 noop", "2.5", 1),
        ("hint do 1\nhint do 2\n1 helo x\n1 noop", "0", 2),
        ("1 helo x\nhint do 1\n1 noop", "2.5", 1),
        ("1 helo x\n1 noop\nhint do 1\nhint do 2", "3", 2),
        ("hint do 3\nhint do 0\nhint other 1\n1 helo x\n1 noop", "3", 0),
        ("hint do 1\n1 helo x", "0.5", 1),
        ("hint do 2\n1 helo x", "0", 1),
    ] {
        let mut step = step("do", 3, conversation(ON, true, "HELLO points=1\nNOOP"));
        step.hints = vec![hint(50), hint(400)];
        let mut lab = Lab::new(&[step]);
        lab.play("1 connect mx.test:25").play(lines);
        assert_eq!((lab.points("do").as_str(), lab.report().steps[0].hints), (earned, taken), "{lines:?}");
    }
}

#[test]
fn a_mistake_is_said_once_where_it_belongs_and_while_it_matters() {
    let header = ("header", ON, "unknown like=header");
    let any = ("any", "", "unknown");
    let other = ("other", "mx.test:587", "unknown");
    let run = ("run", ON, "run program=ping");
    for (m, lines, said) in [
        (header, "1 Subject: x", &["do/header"][..]),
        (header, "1 Subject: x\n1 From: y", &["do/header"]),
        (header, "1 hello", &[]),
        (header, "1 helo x\n1 noop\n1 Subject: x", &[]),
        (header, "2 connect mx.test:587\n2 Subject: x", &[]),
        (any, "2 connect mx.test:587\n2 hello", &["do/any"]),
        (any, "2 relay mx.test:25\n2 hello", &[]),
        (other, "1 hello", &[]),
        (other, "2 connect mx.test:587\n2 hello", &["do/other"]),
        (run, "run ping mx.test", &["do/run"]),
    ] {
        let mut step = step("do", 3, conversation(ON, true, "HELLO\nNOOP"));
        step.mistakes = vec![mistake(m.0, m.1, m.2)];
        let mut lab = Lab::new(&[step]);
        lab.play("1 connect mx.test:25").play(lines);
        assert_eq!(lab.said(), said, "{m:?} {lines:?}");
        assert_eq!(lab.ticks.iter().filter(|t| matches!(t, Tick::Said { .. })).count(), said.len());
    }
}

#[test]
fn what_is_said_names_the_event_that_gave_it_away() {
    let mut step = step("do", 3, conversation(ON, true, "HELLO"));
    step.mistakes = vec![mistake("m", ON, "unknown")];
    let mut lab = Lab::new(&[step]);
    lab.play("1 connect mx.test:25\n1 noop\n1 hello");
    let said = lab.report().steps[0].said.clone();
    assert_eq!((said.len(), said[0].event.0, said[0].text.de.as_str()), (1, 3, "m (de)"));
}

#[test]
fn ticks_tell_what_changed() {
    let mut lab = lab(3, "HELLO points=1\nNOOP points=0.5\nRSET");
    lab.play("1 connect mx.test:25\n1 helo x\n1 helo x\n1 noop\n1 rset\n1 rset");
    let ticks = lab.ticks.iter().map(|tick| match tick {
        Tick::Progress { points, done, event, .. } => format!("{points} {done} {event}"),
        Tick::Said { .. } | Tick::Slip(_) => "said".to_owned(),
    });
    assert_eq!(ticks.collect::<Vec<_>>(), ["1 false 2", "1.5 false 4", "3 true 5"]);
}

#[test]
fn questions_are_answered_in_the_end() {
    let question = |answer| Check::Question {
        ask: text("?"),
        answer,
        wrong: vec![WrongAnswer { is: Glob("203.0.*".to_owned()), say: text("No, the liar's.") }],
    };
    let ip = || question(Answer::Ip("192.0.2.7".parse().unwrap()));
    let options = ["a", "b", "c"].map(|id| (id.to_owned(), text(id))).to_vec();
    let choice = || question(Answer::Choice { options: options.clone(), right: "c".to_owned() });
    for (check, lines, earned, said) in [
        (ip(), "answer do 192.0.2.7", "2", 0),
        (ip(), "answer do 203.0.113.9\nanswer do 203.0.113.9\nanswer do 192.0.2.7", "2", 1),
        (ip(), "answer do 203.0.113.9\nanswer do 203.0.113.8\nanswer do 192.0.2.7", "2", 2),
        (ip(), "answer do 192.0.2.7\nanswer do 203.0.113.9", "2", 0),
        (ip(), "answer other 192.0.2.7", "0", 0),
        (choice(), "answer do c", "2", 0),
        (choice(), "answer do a\nanswer do c", "1", 0),
        (choice(), "answer do a\nanswer do b\nanswer do c", "0", 0),
    ] {
        let mut lab = Lab::new(&[step("do", 2, check)]);
        lab.play(lines);
        assert_eq!((lab.points("do").as_str(), lab.said().len()), (earned, said), "{lines:?}");
    }
}

#[test]
fn a_message_is_known_by_its_fields_and_its_body() {
    let letter =
        "From: The Faker <f@a.test>|Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=|Received: from x||Dear all,|bye";
    for (expect, points) in [
        ("DATA Subject=Grüße", "1"),
        ("DATA Subject=GR??E", "1"),
        ("DATA Subject=Gruesse", "0"),
        ("DATA From=*faker*", "1"),
        ("DATA with=received", "1"),
        ("DATA with=X-Nothing", "0"),
        ("DATA without=X-Nothing", "1"),
        ("DATA without=Received", "0"),
        ("DATA body=dear*bye", "1"),
        ("DATA body=bye", "0"),
        ("DATA body=?* Subject=*", "1"),
        ("delivered to=anna@* Subject=Grüße", "1"),
        ("delivered to=otto@*", "0"),
        ("MAIL from=", "1"),
    ] {
        let mut lab = lab(1, expect);
        let mail = if expect.starts_with("MAIL") { "1 mail " } else { "1 mail a@a.test" };
        lab.play("1 connect mx.test:25").play(mail);
        lab.play(&format!("1 rcpt anna@b.test\n1 data {letter}"));
        assert_eq!(lab.points("do"), points, "{expect}");
    }
}

#[test]
fn a_header_ends_with_an_empty_line_or_without_one() {
    for (letter, has_empty_line) in [
        ("Subject: x||Text", true),
        ("Subject: x||", true),
        ("|Text", true),
        ("Subject: x|Text", false),
        ("Subject: x|Question: when?", false),
        ("Text", false),
    ] {
        for (expect, points) in
            [("DATA empty-line=yes", has_empty_line), ("DATA empty-line=no", !has_empty_line)]
        {
            let mut lab = lab(1, expect);
            lab.play("1 connect mx.test:25\n1 mail a@a.test\n1 rcpt anna@b.test");
            lab.play(&format!("1 data {letter}"));
            assert_eq!(lab.points("do"), if points { "1" } else { "0" }, "{expect} {letter}");
        }
    }
}

#[test]
fn a_removal_is_known_by_the_message_that_left() {
    let removed = |ids: &[u32], mailbox: &str| Event::Removed {
        host: "mx.test".to_owned(),
        mailbox: mailbox.to_owned(),
        ids: ids.iter().map(|id| MessageId(*id)).collect(),
        folder: "INBOX".to_owned(),
    };
    for (expect, event, points) in [
        ("removed from=anna@* Subject=tulips", removed(&[7], "Anna@b.test"), "1"),
        ("removed from=anna@* Subject=tulips", removed(&[8, 7], "anna@b.test"), "1"),
        ("removed from=anna@* Subject=tulips", removed(&[8], "anna@b.test"), "0"),
        ("removed from=otto@* Subject=tulips", removed(&[7], "anna@b.test"), "0"),
        ("removed from=anna@*", removed(&[8], "anna@b.test"), "1"),
        ("removed from=anna@*", removed(&[], "anna@b.test"), "0"),
    ] {
        let mut lab = Lab::new(&[step("do", 1, conversation("", true, expect))]);
        for (id, octets) in [(7, "Subject: tulips\r\n\r\nx"), (8, "Subject: roses\r\n\r\ny")] {
            lab.log(Event::Present {
                id: MessageId(id),
                host: "mx.test".to_owned(),
                mailbox: "anna@b.test".to_owned(),
                message: Message::new(octets.as_bytes()),
            });
        }
        lab.log(event);
        assert_eq!(lab.points("do"), points, "{expect}");
    }
}

#[test]
fn a_connection_comes_about_or_does_not() {
    for (expect, made, refused, too_many) in [
        ("connected host=mx.test port=25", "1", "0", "0"),
        ("connected host=mx.test port=25 answered=no", "0", "1", "0"),
        ("connected host=192.0.2.1 port=25 answered=no", "0", "1", "0"),
        ("connected host=mx.test port=26 answered=no", "0", "0", "0"),
        ("connected host=other.test port=25 answered=no", "0", "0", "0"),
    ] {
        let fresh = || Lab::new(&[step("do", 1, conversation("", true, expect))]);
        let mut lab = fresh();
        lab.play("1 connect mx.test:25");
        assert_eq!(lab.points("do"), made, "{expect}");
        for (why, points) in [(ConnectFailure::Refused, refused), (ConnectFailure::TooMany, too_many)] {
            let mut lab = fresh();
            let end =
                |host: &str, port| Endpoint { host: host.to_owned(), ip: "192.0.2.1".parse().unwrap(), port };
            lab.log(Event::ConnectFailed {
                conn: ConnId(1),
                from: end("ws.test", 40_000),
                to: end("mx.test", 25),
                why,
            });
            assert_eq!(lab.points("do"), points, "{expect} {why:?}");
        }
    }
}

#[test]
fn a_message_read_over_pop3_is_known_from_its_delivery() {
    let check = |expect: &str| conversation("mx.test:110", true, expect);
    let present = |id, mailbox: &str, octets: &str| Event::Present {
        id: MessageId(id),
        host: "mx.test".to_owned(),
        mailbox: mailbox.to_owned(),
        message: Message::new(octets.as_bytes()),
    };
    for (expect, number, points) in [
        ("pop3 verb=RETR Subject=tulips", 7, "1"),
        ("pop3 verb=RETR Subject=tulips", 8, "0"),
        ("pop3 verb=RETR Subject=tulips", 9, "0"),
        ("pop3 verb=RETR number=7", 7, "1"),
        ("pop3 verb=RETR number=7", 8, "0"),
        ("pop3 verb=retr ok=yes user=anna", 8, "1"),
        ("pop3 verb=RETR ok=no", 8, "0"),
        ("pop3 reason=message-given", 8, "1"),
        ("pop3 body=mine", 8, "1"),
        ("pop3 body=another's", 8, "0"),
    ] {
        let mut lab = Lab::new(&[step("do", 1, check(expect))]);
        lab.log(present(7, "anna@b.test", "Subject: tulips\r\n\r\nx"));
        lab.log(present(8, "Anna@b.test", "Subject: roses\r\n\r\nmine"));
        lab.log(present(8, "otto@b.test", "Subject: tulips\r\n\r\nanother's"));
        lab.play("1 connect mx.test:110");
        lab.login(1, "anna@b.test");
        lab.retr(1, number);
        assert_eq!(lab.points("do"), points, "{expect} {number}");
    }
}

#[test]
fn an_authentication_is_known_by_its_mechanism_and_by_tls() {
    let exchange = |command, reason, tls| Pop3Exchange {
        command,
        line: Default::default(),
        ok: true,
        text: String::new(),
        reason,
        span: None,
        rule: helo::rfc::section(5034, "4"),
        user: "anna".to_owned(),
        tls,
    };
    let mechanism = Mechanism::Login;
    let auth = |tls| {
        let begun = Pop3Command::Auth { mechanism: Some("LOGIN".to_owned()) };
        exchange(begun, Pop3Reason::Challenge { mechanism, number: 1 }, tls)
    };
    let done =
        |tls| exchange(Pop3Command::AuthAnswer { mechanism }, Pop3Reason::LoggedIn { messages: 1 }, tls);
    for (expect, begun, finished) in [
        ("pop3 verb=AUTH", "1", "1"),
        ("pop3 verb=AUTH mechanism=login", "1", "1"),
        ("pop3 verb=AUTH mechanism=PLAIN", "0", "0"),
        ("pop3 verb=AUTH ok=yes", "0", "1"),
        ("pop3 verb=AUTH ok=no", "0", "0"),
        ("pop3 verb=AUTH ok=yes tls=yes", "0", "1"),
        ("pop3 verb=AUTH tls=no", "0", "0"),
        ("pop3 reason=challenge tls=yes", "1", "1"),
        ("pop3 verb=APOP", "0", "0"),
    ] {
        let mut lab = Lab::new(&[step("do", 1, conversation("mx.test:110", true, expect))]);
        lab.play("1 connect mx.test:110");
        lab.log(Event::Pop3 { conn: ConnId(1), exchange: auth(true) });
        assert_eq!(lab.points("do"), begun, "{expect}, begun");
        lab.log(Event::Pop3 { conn: ConnId(1), exchange: done(true) });
        assert_eq!(lab.points("do"), finished, "{expect}, finished");
    }
}

#[test]
fn dns_questions_by_name_or_by_address() {
    for (expect, name, points) in [
        ("dns name=b.test type=MX", "b.test", "1"),
        ("dns name=B.TEST.", "b.test", "1"),
        ("dns name=b.test type=A", "b.test", "0"),
        ("dns name=*.test", "b.test", "1"),
        ("dns name=192.0.2.25 type=PTR", "25.2.0.192.in-addr.arpa", "1"),
        ("dns name=25.2.0.192.in-addr.arpa", "25.2.0.192.in-addr.arpa", "1"),
        ("dns name=192.0.2.26", "25.2.0.192.in-addr.arpa", "0"),
    ] {
        let mut lab = Lab::new(&[step("do", 1, conversation("", true, expect))]);
        lab.dns("ws.test", name, true);
        assert_eq!(lab.points("do"), points, "{expect}");
    }
}
