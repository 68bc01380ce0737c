//! A report as Sendmail 8 writes it: a transcript of the session, then the parts of RFC 3464.

use super::text::{Lines, digits, field, original};
use super::{Action, Cause, Notice, Report, Told, reason};

impl Report<'_> {
    pub(super) fn sendmail(&self) -> Vec<u8> {
        let boundary = format!("{}.{}/{}", self.queue_id, self.now.unix_seconds(), self.host);
        let (date, host) = (self.date(self.now), self.host);
        let hours = self.hours();
        let (subject, automatic) = match self.notice {
            Notice::Failure => ("Returned mail: see transcript for details".to_owned(), "failure"),
            Notice::Delay => {
                (format!("Warning: could not send message for past {hours} hours"), "warning-timeout")
            }
            Notice::Success => ("Return receipt".to_owned(), "return-receipt"),
            Notice::Postmaster => {
                ("Postmaster notify: see transcript for details".to_owned(), "postmaster-notification")
            }
        };
        let mut l = Lines::default();
        l.line(format!("Date: {date}"))
            .line(format!("From: Mail Delivery Subsystem <MAILER-DAEMON@{host}>"))
            .line(format!("Message-Id: <{}.{}@{host}>", digits(self.now), self.queue_id))
            .line(format!("To: <{}>", field(self.to)))
            .line("MIME-Version: 1.0")
            .line(format!(
                "Content-Type: multipart/report; report-type=delivery-status;\n\tboundary=\"{boundary}\""
            ))
            .line(format!("Subject: {subject}\nAuto-Submitted: auto-generated ({automatic})"))
            .line(format!("\nThis is a MIME-encapsulated message\n\n--{boundary}\n"));
        if self.notice == Notice::Delay {
            let frame = "*".repeat(46);
            l.line(format!("    {frame}\n    **      THIS IS A WARNING MESSAGE ONLY      **"))
                .line(format!("    **  YOU DO NOT NEED TO RESEND YOUR MESSAGE  **\n    {frame}\n"));
        }
        l.line(format!("The original message was received at {}", self.date(self.arrival))).line(
            if self.client.is_empty() { "from localhost".into() } else { format!("from {}", self.client) },
        );
        self.sendmail_addresses(&mut l);
        self.sendmail_transcript(&mut l);
        l.line(format!("\n--{boundary}\nContent-Type: message/delivery-status\n"));
        self.sendmail_status(&mut l);
        let kind = if self.whole { "message/rfc822" } else { "text/rfc822-headers" };
        l.line(format!("\n--{boundary}\nContent-Type: {kind}\n"))
            .line(format!("Return-Path: <{}>", field(self.sender)))
            .octets(self.returned())
            .line(format!("\n--{boundary}--\n"))
            .done()
    }

    fn sendmail_addresses(&self, l: &mut Lines) {
        let heading = match self.notice {
            Notice::Failure | Notice::Postmaster => "had permanent fatal errors",
            Notice::Delay => "had transient non-fatal errors",
            Notice::Success => "had successful delivery notifications",
        };
        l.line(format!("\n   ----- The following addresses {heading} -----"));
        for told in self.recipients {
            match told.action {
                Action::Delivered => {
                    l.line(format!("<{}>  (successfully delivered to mailbox)", told.address))
                }
                Action::Relayed => l.line(format!("<{}>  (relayed to non-DSN-aware mailer)", told.address)),
                Action::Expanded => l.line(format!("<{}>  (expanded by mailing list)", told.address)),
                Action::Failed | Action::Delayed => {
                    l.line(format!("<{}>", told.address));
                    match told.cause {
                        Cause::Reply { .. } | Cause::NoSuchUser | Cause::MailboxFull => {
                            l.line(format!("    (reason: {})", field(&reason(self.program, told))))
                        }
                        _ => l,
                    }
                }
            };
        }
    }

    fn sendmail_transcript(&self, l: &mut Lines) {
        l.line("\n   ----- Transcript of session follows -----");
        let mut talking_to = "";
        for told in self.recipients {
            let why = field(&reason(self.program, told));
            match (&told.cause, &told.remote) {
                (Cause::Reply { command, .. }, Some(remote)) if !told.cause.is_success() => {
                    if talking_to != remote.name {
                        l.line(format!("... while talking to {}.:", remote.name));
                        talking_to = &remote.name;
                    }
                    let said = match command.as_str() {
                        "RCPT TO" => format!("RCPT To:<{}>", told.address),
                        "MAIL FROM" => format!("MAIL From:<{}>", self.sender),
                        "end of DATA" | "" => "DATA".to_owned(),
                        other => other.to_owned(),
                    };
                    l.line(format!(">>> {said}\n<<< {why}\n{}", self.sendmail_verdict(told, &why)));
                }
                (Cause::Stored, _) => {
                    l.line(format!("<{}>... Successfully delivered", told.address));
                }
                (Cause::Expanded, _) => {
                    l.line(format!("<{}>... expanded", told.address));
                }
                (Cause::Reply { .. }, _) => {
                    l.line(format!("<{}>... relayed; expect no further notifications", told.address));
                }
                _ if why.starts_with("Deferred") => {
                    l.line(format!("<{}>... {why}", told.address));
                }
                _ => {
                    l.line(&why);
                }
            }
        }
        match self.notice {
            Notice::Delay => {
                l.line(format!("Warning: message still undelivered after {} hours", self.hours()))
                    .line(format!("Will keep trying until message is {} old", span(self.lifetime())));
            }
            Notice::Failure if self.recipients.iter().any(|told| told.status.0 == 4) => {
                l.line(format!("Message could not be delivered for {}", span(self.lifetime())))
                    .line("Message will be deleted from queue");
            }
            _ => {}
        }
    }

    fn sendmail_verdict(&self, told: &Told, why: &str) -> String {
        match (&told.cause, told.action) {
            (_, Action::Delayed) => format!("<{}>... Deferred: {why}", told.address),
            (Cause::Reply { code: 550, .. }, _) => format!("550 5.1.1 <{}>... User unknown", told.address),
            _ => "554 5.0.0 Service unavailable".to_owned(),
        }
    }

    fn sendmail_status(&self, l: &mut Lines) {
        l.line(format!("Reporting-MTA: dns; {}", self.host));
        if let Some(envid) = self.envid {
            l.line(format!("Original-Envelope-Id: {}", field(envid)));
        }
        if let Some(client) = self.client.split([' ', '[']).next().filter(|c| !c.is_empty()) {
            l.line(format!("Received-From-MTA: DNS; {client}"));
        }
        l.line(format!("Arrival-Date: {}", self.date(self.arrival)));
        for told in self.recipients {
            l.line(format!("\nOriginal-Recipient: {}", original(told, false)))
                .line(format!("Final-Recipient: RFC822; {}", field(&told.address)))
                .line(format!("Action: {}\nStatus: {}", told.action.name(), told.status));
            if let Some(remote) = &told.remote {
                l.line(format!("Remote-MTA: DNS; {}", remote.name));
            }
            if let Some(reply) = told.cause.reply() {
                l.line(format!("Diagnostic-Code: SMTP; {}", field(&reply)));
            }
            l.line(format!("Last-Attempt-Date: {}", self.date(self.now)));
            if told.action == Action::Delayed {
                l.line(format!("Will-Retry-Until: {}", self.date(self.retry_until)));
            }
        }
    }
}

/// `5 days`, `4 hours`.
fn span(seconds: u64) -> String {
    match (seconds / 86_400, seconds / 3600) {
        (0, hours) => format!("{hours} hours"),
        (1, _) => "1 day".to_owned(),
        (days, _) => format!("{days} days"),
    }
}
