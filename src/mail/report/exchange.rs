//! A report as Microsoft Exchange writes it, its part for people as plain text.

use super::text::{Lines, field, original};
use super::{Action, Cause, Notice, Report, Told, reason};

impl Report<'_> {
    pub(super) fn exchange(&self) -> Vec<u8> {
        let (host, date) = (self.host, self.date(self.now));
        let boundary = format!("{}-{}", self.queue_id, self.now.unix_seconds());
        let domain = host.split_once('.').map_or(host, |(_, domain)| domain);
        let before = match self.notice {
            Notice::Failure | Notice::Postmaster => "Undeliverable",
            Notice::Delay => "Delivery delayed",
            Notice::Success if self.recipients.iter().all(|told| told.action == Action::Delivered) => {
                "Delivered"
            }
            Notice::Success => "Relayed",
        };
        let mut l = Lines::default();
        l.line("MIME-Version: 1.0")
            .line(format!("From: <postmaster@{domain}>"))
            .line(format!("To: <{}>", field(self.to)))
            .line(format!("Date: {date}"))
            .line(format!(
                "Content-Type: multipart/report; report-type=delivery-status;\n\tboundary=\"{boundary}\""
            ))
            .line("X-MS-Exchange-Message-Is-Ndr:")
            .line("Content-Language: en-US")
            .line(format!("Message-ID: <{}@{host}>", self.queue_id))
            .line(format!("Subject: {before}: {}", field(&self.subject())))
            .line("Auto-Submitted: auto-replied")
            .line(format!("\n--{boundary}\nContent-Type: text/plain; charset=\"us-ascii\"\n"));
        self.exchange_words(&mut l);
        l.line(format!("\n--{boundary}\nContent-Type: message/delivery-status\n"))
            .line(format!("Reporting-MTA: dns;{host}"));
        if let Some(envid) = self.envid {
            l.line(format!("Original-Envelope-Id: {}", field(envid)));
        }
        if let Some(client) = self.client.split([' ', '[']).next().filter(|c| !c.is_empty()) {
            l.line(format!("Received-From-MTA: dns;{client}"));
        }
        l.line(format!("Arrival-Date: {}", self.date(self.arrival)));
        for told in self.recipients {
            self.exchange_recipient(&mut l, told);
        }
        let kind = if self.whole { "message/rfc822" } else { "text/rfc822-headers" };
        l.line(format!("\n--{boundary}\nContent-Type: {kind}\n"))
            .octets(self.returned())
            .line(format!("\n--{boundary}--"))
            .done()
    }

    fn exchange_words(&self, l: &mut Lines) {
        l.line(match self.notice {
            Notice::Failure | Notice::Postmaster => "Delivery has failed to these recipients or groups:\n",
            Notice::Delay => "Delivery to these recipients or groups is delayed; the server will keep trying:\n",
            Notice::Success => {
                "Delivery to these recipients or groups is complete, or was handed on to a server that sends no \
                 notification:\n"
            }
        });
        for told in self.recipients {
            l.line(format!("{}\n{}\n", told.address, plain_words(told)));
        }
        if matches!(self.notice, Notice::Success) {
            return;
        }
        l.line(format!("Diagnostic information for administrators:\n\nGenerating server: {}\n", self.host));
        for told in self.recipients {
            l.line(&told.address);
            if let Some(remote) = &told.remote {
                l.line(&remote.name);
            }
            l.line(format!("{}\n", field(&reason(self.program, told))));
        }
    }

    fn exchange_recipient(&self, l: &mut Lines, told: &Told) {
        l.line(format!("\nOriginal-Recipient: {}", original(told, false)))
            .line(format!("Final-Recipient: rfc822;{}", field(&told.address)))
            .line(format!("Action: {}\nStatus: {}", told.action.name(), told.status));
        let diagnostic = told.cause.reply().unwrap_or_else(|| reason(self.program, told));
        if !told.cause.is_success() {
            l.line(format!("Diagnostic-Code: smtp;{}", field(&diagnostic)));
        }
        if let Some(remote) = &told.remote {
            l.line(format!("Remote-MTA: dns;{}", remote.name));
        }
        if told.action == Action::Delayed {
            l.line(format!("Will-Retry-Until: {}", self.date(self.retry_until)));
        }
    }
}

/// What Exchange tells a person.
fn plain_words(told: &Told) -> &'static str {
    match (&told.cause, told.action) {
        (_, Action::Delayed) => "The message has not been delivered yet.",
        (_, Action::Delivered) => "The message was delivered.",
        (_, Action::Relayed | Action::Expanded) => "The message was handed on.",
        (Cause::NoSuchUser, _) | (Cause::Reply { status: Some(super::Status(5, 1, 1)), .. }, _) => {
            "The email address you entered couldn't be found. Check the address and send the message again."
        }
        (Cause::MailboxFull, _) | (Cause::Reply { status: Some(super::Status(_, 2, 2)), .. }, _) => {
            "The recipient's mailbox is full and can't accept messages now."
        }
        (Cause::NoSuchDomain | Cause::NoMailHost, _) => {
            "The domain of the address couldn't be found. Check the address and send the message again."
        }
        _ => "A problem occurred while delivering this message to this address.",
    }
}
