//! A report as Exim 4 writes it.

use super::text::{Lines, field};
use super::{Action, Notice, Report, reason};
use crate::mail::Fields;

impl Report<'_> {
    pub(super) fn exim(&self) -> Vec<u8> {
        let boundary = format!("{}-eximdsn-{}", self.now.unix_seconds(), self.about.len());
        let host = self.host;
        let mut l = Lines::default();
        l.line("X-Failed-Recipients: ".to_owned() + &self.exim_failed());
        if self.notice != Notice::Failure {
            l = Lines::default();
        }
        l.line("Auto-Submitted: auto-replied")
            .line(format!("From: Mail Delivery System <Mailer-Daemon@{host}>"))
            .line(format!("To: {}", field(self.to)));
        if let Some(id) = Fields::parse(self.message).get("Message-ID") {
            l.line(format!("References: {}", field(&id.value)));
        }
        l.line(format!("Content-Type: multipart/report; report-type=delivery-status; boundary={boundary}"))
            .line("MIME-Version: 1.0")
            .line(format!("Subject: {}", self.exim_subject()))
            .line(format!("Message-Id: <E{}@{host}>", self.queue_id))
            .line(format!("Date: {}", self.date(self.now)))
            .line(format!("\n--{boundary}\nContent-type: text/plain; charset=us-ascii\n"));
        self.exim_words(&mut l);
        l.line(format!("\n--{boundary}\nContent-type: message/delivery-status\n"))
            .line(format!("Reporting-MTA: dns; {host}"));
        if let Some(envid) = self.envid {
            l.line(format!("Original-Envelope-ID: {}", field(envid)));
        }
        for told in self.recipients {
            l.line(format!("\nAction: {}", told.action.name()))
                .line(format!("Final-Recipient: rfc822;{}", field(&told.address)))
                .line(format!("Status: {}", told.status));
            if let Some(remote) = &told.remote {
                l.line(format!("Remote-MTA: dns; {}", remote.name));
            }
            if let Some(reply) = told.cause.reply() {
                l.line(format!("Diagnostic-Code: smtp; {}", field(&reply)));
            }
            if told.action == Action::Delayed {
                l.line(format!("Will-Retry-Until: {}", self.date(self.retry_until)));
            }
        }
        let kind = if self.whole { "message/rfc822" } else { "text/rfc822-headers" };
        l.line(format!("\n--{boundary}\nContent-type: {kind}\n"))
            .line(format!("Return-path: <{}>", field(self.sender)))
            .octets(self.returned())
            .line(format!("\n--{boundary}--"))
            .done()
    }

    fn exim_failed(&self) -> String {
        let addresses: Vec<String> = self.recipients.iter().map(|told| field(&told.address)).collect();
        addresses.join(",\n  ")
    }

    fn exim_subject(&self) -> String {
        match self.notice {
            Notice::Failure => "Mail delivery failed: returning message to sender".to_owned(),
            Notice::Delay => format!("Warning: message {} delayed {} hours", self.about, self.hours()),
            Notice::Success => "Delivery Status Notification".to_owned(),
            Notice::Postmaster => format!("Message {} has been frozen", self.about),
        }
    }

    fn exim_words(&self, l: &mut Lines) {
        l.line("This message was created automatically by mail delivery software.");
        match self.notice {
            Notice::Failure => {
                l.line("\nA message that you sent could not be delivered to one or more of its")
                    .line("recipients. This is a permanent error. The following address(es) failed:");
            }
            Notice::Postmaster => {
                l.line("\nA message could not be delivered, and it has no sender to return it to:");
            }
            Notice::Success => {
                l.line(" ----- The following addresses had successful delivery notifications -----");
            }
            Notice::Delay => {
                l.line("A message that you sent has not yet been delivered to one or more of its")
                    .line(format!(
                        "recipients after more than {} hours on the queue on {}.",
                        self.hours(),
                        self.host
                    ))
                    .line(format!("\nThe message identifier is:     {}", self.about))
                    .line(format!("The subject of the message is: {}", field(&self.subject())))
                    .line(format!("The date of the message is:    {}", self.date(self.arrival)))
                    .line("\nThe address(es) to which the message has not yet been delivered:");
            }
        }
        for told in self.recipients {
            l.line(format!("\n  {}", told.address));
            for line in reason(self.program, told).lines() {
                l.line(format!("    {}", field(line)));
            }
        }
        if self.notice == Notice::Delay {
            l.line("\nNo action is required on your part. Delivery attempts will continue for")
                .line("some time, and this warning may be repeated at intervals if the message")
                .line("remains undelivered. Eventually the mail delivery software will give up,")
                .line("and when that happens, the message will be returned to you.");
        }
    }
}
