//! A report as qmail-send writes it: plain text in Dan Bernstein's QSBMF, without MIME. A stock qmail tells of failures
//! alone.

use super::text::{Lines, field};
use super::{Notice, Report, reason};
use crate::units::Offset;

impl Report<'_> {
    pub(super) fn qmail(&self) -> Vec<u8> {
        let host = self.host;
        let mut l = Lines::default();
        l.line(format!("Date: {}", self.now.day_and_time(Offset(0))))
            .line(format!("From: MAILER-DAEMON@{host}"))
            .line(format!("To: {}", field(self.to)))
            .line(match self.notice {
                Notice::Postmaster => "Subject: failure notice (double bounce)",
                _ => "Subject: failure notice",
            })
            .line(format!("\nHi. This is the qmail-send program at {host}."));
        match self.notice {
            Notice::Postmaster => {
                l.line("I tried to deliver a bounce message to this address, but the bounce bounced!\n");
            }
            _ => {
                l.line("I'm afraid I wasn't able to deliver your message to the following addresses.")
                    .line("This is a permanent error; I've given up. Sorry it didn't work out.\n");
            }
        }
        for told in self.recipients {
            l.line(format!("<{}>:\n{}\n", field(&told.address), reason(self.program, told)));
        }
        let what =
            if self.notice == Notice::Postmaster { "the original bounce" } else { "a copy of the message" };
        match self.notice {
            Notice::Postmaster => l.line(format!("--- Below this line is {what}.\n\nReturn-Path: <>")),
            _ => l.line(format!("--- Below this line is {what}.\n\nReturn-Path: <{}>", field(self.sender))),
        };
        l.octets(self.returned()).done()
    }
}
