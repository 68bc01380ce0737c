//! A report as Postfix 3 writes it: its bounce(8) with the built-in templates, compared with what a running one sent.

use super::text::{Lines, digits, field, original, wrapped};
use super::{Action, Notice, Report, Told, reason};
use crate::mail::xtext;

const WIDTH: usize = 79;
const INDENT: &str = "    ";

impl Report<'_> {
    pub(super) fn postfix(&self) -> Vec<u8> {
        let boundary = format!("{}.{}/{}", self.about, self.now.unix_seconds(), self.host);
        let (date, host) = (self.date_with_zone(self.now), self.host);
        let (subject, automatic) = match self.notice {
            Notice::Failure => ("Undelivered Mail Returned to Sender", "auto-replied"),
            Notice::Delay => ("Delayed Mail (still being retried)", "auto-replied"),
            Notice::Success => ("Successful Mail Delivery Report", "auto-replied"),
            Notice::Postmaster => ("Postmaster Copy: Undelivered Mail", "auto-generated"),
        };
        let mut l = Lines::default();
        l.line(format!("Date: {date}"))
            .line(format!("From: Mail Delivery System <MAILER-DAEMON@{host}>"))
            .line(format!("Subject: {subject}"))
            .line(format!("To: {}", field(self.to)))
            .line(format!("Auto-Submitted: {automatic}"))
            .line("MIME-Version: 1.0")
            .line(format!(
                "Content-Type: multipart/report; report-type=delivery-status;\n\tboundary=\"{boundary}\""
            ))
            .line("Content-Transfer-Encoding: 8bit")
            .line(format!("Message-Id: <{}.{}@{host}>", digits(self.now), self.queue_id))
            .line("\nThis is a MIME-encapsulated message.")
            .line(format!("\n--{boundary}\nContent-Description: Notification"))
            .line("Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n");
        self.postfix_words(&mut l);
        for told in self.recipients {
            let text = format!("<{}>: {}", told.address, reason(self.program, told));
            l.line("").line(wrapped(&field(&text), WIDTH, INDENT));
        }
        l.line(format!("\n--{boundary}\nContent-Description: Delivery report")).line(if self.smtputf8 {
            "Content-Type: message/global-delivery-status\nContent-Transfer-Encoding: 8bit\n"
        } else {
            "Content-Type: message/delivery-status\n"
        });
        self.postfix_status(&mut l);
        let (whole, header) = match self.smtputf8 {
            true => ("message/global", "message/global-headers"),
            false => ("message/rfc822", "text/rfc822-headers"),
        };
        let (what, kind) = match (self.notice, self.whole) {
            (Notice::Success, _) => ("Message Headers", header),
            (_, true) => ("Undelivered Message", whole),
            (_, false) => ("Undelivered Message Headers", header),
        };
        l.line(format!("\n--{boundary}\nContent-Description: {what}"))
            .line(format!("Content-Type: {kind}\nContent-Transfer-Encoding: 8bit\n"))
            .line(format!("Return-Path: <{}>", self.postfix_sender()))
            .octets(self.returned())
            .line(format!("\n--{boundary}--"))
            .done()
    }

    /// The null sender is shown as who it stands for.
    fn postfix_sender(&self) -> String {
        match self.sender {
            "" => format!("MAILER-DAEMON@{}", self.host),
            sender => field(sender),
        }
    }

    /// An address with its kind (RFC 6533 section 3).
    fn postfix_address(&self, address: &str) -> String {
        let kind = if self.smtputf8 && !address.is_ascii() { xtext::UTF8_KIND } else { "rfc822" };
        format!("{kind}; {}", field(address))
    }

    fn postfix_words(&self, l: &mut Lines) {
        if self.notice != Notice::Postmaster {
            l.line(format!("This is the mail system at host {}.\n", self.host));
        }
        let help = "For further assistance, please send mail to postmaster.\n\n\
                    If you do so, please include this problem report. You can\n\
                    delete your own text from the attached returned message.";
        match self.notice {
            Notice::Failure => {
                l.line("I'm sorry to have to inform you that your message could not")
                    .line("be delivered to one or more recipients. It's attached below.\n")
                    .line(help);
            }
            Notice::Delay => {
                let frame = "#".repeat(68);
                l.line(&frame)
                    .line("# THIS IS A WARNING ONLY.  YOU DO NOT NEED TO RESEND YOUR MESSAGE. #")
                    .line(&frame)
                    .line(format!(
                        "\nYour message could not be delivered for more than {} hour(s).",
                        self.hours()
                    ))
                    .line(format!(
                        "It will be retried until it is {} day(s) old.\n",
                        self.lifetime() / 86_400
                    ))
                    .line(help);
            }
            Notice::Success => {
                l.line("Your message was successfully delivered to the destination(s)")
                    .line("listed below. If the message was delivered to mailbox you will")
                    .line("receive no further notifications. Otherwise you may still receive")
                    .line("notifications of mail delivery errors from other systems.");
            }
            Notice::Postmaster => return,
        }
        l.line("\n                   The mail system");
    }

    /// The part for programs (RFC 3464 sections 2.2 and 2.3).
    fn postfix_status(&self, l: &mut Lines) {
        l.line(format!("Reporting-MTA: dns; {}", self.host));
        if let Some(envid) = self.envid {
            l.line(format!("Original-Envelope-Id: {}", field(envid)));
        }
        l.line(format!("X-Postfix-Queue-ID: {}", self.about))
            .line(format!("X-Postfix-Sender: {}", self.postfix_address(&self.postfix_sender())))
            .line(format!("Arrival-Date: {}", self.date_with_zone(self.arrival)));
        for told in self.recipients {
            l.line("");
            self.postfix_recipient(l, told);
        }
    }

    fn postfix_recipient(&self, l: &mut Lines, told: &Told) {
        l.line(format!("Final-Recipient: {}", self.postfix_address(&told.address)))
            .line(format!("Original-Recipient: {}", original(told, self.smtputf8)))
            .line(format!("Action: {}\nStatus: {}", told.action.name(), told.status));
        let diagnostic = match (told.cause.reply(), &told.remote) {
            (Some(reply), remote) => {
                if let Some(remote) = remote {
                    l.line(format!("Remote-MTA: dns; {}", remote.name));
                }
                format!("smtp; {reply}")
            }
            (None, _) => format!("X-Postfix; {}", reason(self.program, told)),
        };
        l.line(wrapped(&field(&format!("Diagnostic-Code: {diagnostic}")), WIDTH, INDENT));
        if told.action == Action::Delayed {
            l.line(format!("Will-Retry-Until: {}", self.date_with_zone(self.retry_until)));
        }
    }
}
