//! Reports read whole, Postfix's as a running Postfix 3.7 sent it, and what holds for the others.

use super::*;
use crate::mail::Fields;

const MESSAGE: &str = "Received: from ws.lab.test (localhost [127.0.0.1])\r\n\tby mail.example.tld (Postfix) with ESMTP id A4C71210042;\r\n\tThu, 26 Nov 2026 00:52:12 +0000 (UTC)\r\nSubject: Hi\r\n\r\nHello\r\n";

fn told() -> Vec<Told> {
    let original = ("rfc822".to_owned(), "Orig@x.test".to_owned());
    vec![
        Told {
            address: "nosuch@example.tld".into(),
            original: original.clone(),
            action: Action::Failed,
            status: Status(5, 1, 1),
            remote: None,
            cause: Cause::NoSuchUser,
        },
        Told {
            address: "nobody@sink.test".into(),
            original,
            action: Action::Failed,
            status: Status(5, 1, 1),
            remote: Some(Remote { name: "127.0.0.1".into(), ip: [127, 0, 0, 1].into(), port: 25 }),
            cause: Cause::Reply {
                code: 550,
                status: Some(Status(5, 1, 1)),
                lines: vec![
                    "<nobody@sink.test>: Recipient address rejected: User unknown in virtual mailbox table"
                        .into(),
                ],
                command: "RCPT TO".into(),
            },
        },
    ]
}

fn report<'a>(program: Program, notice: Notice, recipients: &'a [Told]) -> Report<'a> {
    Report {
        program,
        notice,
        host: "mail.example.tld",
        queue_id: "CF874210041",
        about: "A4C71210042",
        sender: "games@example.tld",
        to: "games@example.tld",
        envid: Some("QQ314159"),
        now: Time(1_795_654_332_000_000),
        arrival: Time(1_795_654_332_000_000),
        offset: Offset(0),
        retry_until: Time(1_795_654_332_000_000 + 432_000_000_000),
        client: "ws.lab.test [198.51.100.17]",
        recipients,
        message: MESSAGE.as_bytes(),
        whole: false,
        smtputf8: false,
    }
}

#[test]
fn postfix_as_it_really_writes() {
    let recipients = told();
    let report = report(Program::Postfix, Notice::Failure, &recipients);
    let expected = r#"Received: by mail.example.tld (Postfix)
	id CF874210041; Thu, 26 Nov 2026 00:52:12 +0000 (UTC)
Date: Thu, 26 Nov 2026 00:52:12 +0000 (UTC)
From: Mail Delivery System <MAILER-DAEMON@mail.example.tld>
Subject: Undelivered Mail Returned to Sender
To: games@example.tld
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
	boundary="A4C71210042.1795654332/mail.example.tld"
Content-Transfer-Encoding: 8bit
Message-Id: <20261126005212.CF874210041@mail.example.tld>

This is a MIME-encapsulated message.

--A4C71210042.1795654332/mail.example.tld
Content-Description: Notification
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

This is the mail system at host mail.example.tld.

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients. It's attached below.

For further assistance, please send mail to postmaster.

If you do so, please include this problem report. You can
delete your own text from the attached returned message.

                   The mail system

<nosuch@example.tld>: unknown user: "nosuch"

<nobody@sink.test>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1
    <nobody@sink.test>: Recipient address rejected: User unknown in virtual
    mailbox table (in reply to RCPT TO command)

--A4C71210042.1795654332/mail.example.tld
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.tld
Original-Envelope-Id: QQ314159
X-Postfix-Queue-ID: A4C71210042
X-Postfix-Sender: rfc822; games@example.tld
Arrival-Date: Thu, 26 Nov 2026 00:52:12 +0000 (UTC)

Final-Recipient: rfc822; nosuch@example.tld
Original-Recipient: rfc822;Orig@x.test
Action: failed
Status: 5.1.1
Diagnostic-Code: X-Postfix; unknown user: "nosuch"

Final-Recipient: rfc822; nobody@sink.test
Original-Recipient: rfc822;Orig@x.test
Action: failed
Status: 5.1.1
Remote-MTA: dns; 127.0.0.1
Diagnostic-Code: smtp; 550 5.1.1 <nobody@sink.test>: Recipient address
    rejected: User unknown in virtual mailbox table

--A4C71210042.1795654332/mail.example.tld
Content-Description: Undelivered Message Headers
Content-Type: text/rfc822-headers
Content-Transfer-Encoding: 8bit

Return-Path: <games@example.tld>
Received: from ws.lab.test (localhost [127.0.0.1])
	by mail.example.tld (Postfix) with ESMTP id A4C71210042;
	Thu, 26 Nov 2026 00:52:12 +0000 (UTC)
Subject: Hi

--A4C71210042.1795654332/mail.example.tld--
"#;
    let text = report.trace() + &String::from_utf8_lossy(&report.compose());
    assert_eq!(text.replace("\r\n", "\n"), expected);
}

#[test]
fn postfix_of_a_message_beyond_ascii() {
    let mut recipients = told();
    recipients.truncate(1);
    recipients[0].address = "nöbody@lab.test".into();
    recipients[0].original = ("utf-8".into(), "nöbody@lab.test".into());
    let compose = |smtputf8, whole| {
        let report = report(Program::Postfix, Notice::Failure, &recipients);
        String::from_utf8(Report { smtputf8, whole, ..report }.compose()).unwrap().replace("\r\n", "\n")
    };
    for (whole, returned) in [(true, "message/global"), (false, "message/global-headers")] {
        let text = compose(true, whole);
        let status =
            "Content-Type: message/global-delivery-status\nContent-Transfer-Encoding: 8bit\n\nReporting-MTA";
        let about = "Final-Recipient: utf-8; nöbody@lab.test\nOriginal-Recipient: utf-8;nöbody@lab.test\n";
        assert!(text.contains(status) && text.contains(about), "{text}");
        assert!(text.contains("X-Postfix-Sender: rfc822; games@example.tld\n"), "{text}");
        assert!(text.contains(&format!("Content-Type: {returned}\n")), "{text}");
    }
    let ascii = compose(false, false);
    assert!(ascii.contains("Original-Recipient: utf-8;n\\x{F6}body@lab.test\n"), "{ascii}");
}

#[test]
fn every_program_writes_lines_that_mail_may_have() {
    let mut recipients = told();
    recipients[0].address = "no\r\nX-Evil: such@example.tld".into();
    let programs = [Program::Postfix, Program::Sendmail, Program::Qmail, Program::Exim, Program::Exchange];
    for program in programs {
        for notice in [Notice::Failure, Notice::Delay, Notice::Success, Notice::Postmaster] {
            for whole in [false, true] {
                let report = Report { whole, ..report(program, notice, &recipients) };
                let text = String::from_utf8(report.compose()).unwrap();
                assert!(text.ends_with("\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']), "{text}");
                assert!(!text.contains("\nX-Evil"), "{text}");
                let fields = Fields::parse(text.as_bytes());
                assert!(fields.split.has_empty_line() && fields.get("Subject").is_some(), "{text}");
                assert_eq!(text.contains("\r\nHello\r\n"), whole, "{text}");
                if program != Program::Qmail {
                    let parts = text.matches("\r\nContent-Type: ").count()
                        + text.matches("\r\nContent-type: ").count();
                    assert!(parts >= 3, "three parts and the header\n{text}");
                    assert!(text.contains("\r\nStatus: 5.1.1\r\n"), "{text}");
                }
            }
        }
    }
}

#[test]
fn qmail_in_its_own_form() {
    let recipients = told();
    let report = Report { whole: true, ..report(Program::Qmail, Notice::Failure, &recipients) };
    let text = String::from_utf8(report.compose()).unwrap().replace("\r\n", "\n");
    assert!(text.contains("\n\nHi. This is the qmail-send program at mail.example.tld.\n"), "{text}");
    assert!(
        text.contains("\n<nosuch@example.tld>:\nSorry, no mailbox here by that name. (#5.1.1)\n"),
        "{text}"
    );
    assert!(
        text.contains("127.0.0.1 does not like recipient.\nRemote host said: 550 5.1.1 <nobody@sink.test>"),
        "{text}"
    );
    assert!(
        text.contains("\n--- Below this line is a copy of the message.\n\nReturn-Path: <games@"),
        "{text}"
    );
}

#[test]
fn a_reply_of_several_lines_is_one_text() {
    let cause = Cause::Reply {
        code: 554,
        status: Some(Status(5, 7, 1)),
        lines: vec!["first".into(), "second".into()],
        command: "DATA".into(),
    };
    assert_eq!(cause.reply().as_deref(), Some("554-5.7.1 first 554 5.7.1 second"));
}
