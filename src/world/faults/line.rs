//! What faults do to a connection that stands: answers that take long, a line that carries little, one that breaks off, a
//! server that falls silent, somebody in the middle who changes what is said.

use super::super::World;
use super::super::net::Layer;
use super::Scene;
use crate::event::{
    CloseReason, Endpoint, Event, FaultKind, Side, SmtpCommand, SmtpExchange, SmtpReason, SmtpStage,
};
use crate::proto::Out;
use crate::units::{Bytes, ConnId, Time};
use std::collections::VecDeque;
use std::time::Duration;

/// How many octets may be on their way to a server at once; a client that goes on is cut off.
const ON_THE_WAY: usize = 64 << 20;

/// What is wrong with a connection.
#[derive(Debug, Default)]
pub(in crate::world) struct Impaired {
    /// How long each answer takes.
    tarpit: Option<Duration>,
    /// How many octets go through in a second.
    rate: Option<u32>,
    /// The offer of TLS is taken out, or written over.
    strip: Option<bool>,
    /// The server's next word, and when it is said.
    held: Option<(Time, Out)>,
    /// What the client has sent, and when it arrives.
    coming: VecDeque<(Time, Vec<u8>)>,
    coming_octets: usize,
    /// The client sends nothing more.
    ended: bool,
    /// The server says nothing more.
    mute: bool,
    /// The connection breaks off after so many more octets of the client.
    cut_after: Option<usize>,
}

/// Why something that the server wants done is not done now.
pub(in crate::world) enum Kept {
    /// It is done later, or never.
    Later,
    /// It comes to nothing, and the connection is over.
    Cut,
}

impl Impaired {
    /// When something that is on its way arrives.
    pub(in crate::world) fn next_wakeup(&self) -> Option<Time> {
        self.held.iter().map(|(at, _)| *at).chain(self.coming.front().map(|(at, _)| *at)).min()
    }

    /// Does the server say nothing more?
    pub(in crate::world) fn is_mute(&self) -> bool {
        self.mute
    }

    /// Is a word of the server on its way?
    pub(in crate::world) fn is_waiting(&self, now: Time) -> bool {
        self.mute || self.held.as_ref().is_some_and(|(at, _)| *at > now)
    }

    /// The word of the server that has been on its way and has arrived.
    pub(in crate::world) fn arrived(&mut self) -> Option<Out> {
        self.held.take().map(|(_, out)| out)
    }

    /// How long the line needs for so many octets.
    fn time_for(&self, octets: usize) -> Option<Duration> {
        let rate = u64::from(self.rate?.max(1));
        Some(Duration::from_micros((octets as u64).saturating_mul(1_000_000) / rate))
    }

    /// A word of the server that has not been on its way yet: when does it arrive?
    fn delay(&self, out: &Out) -> Option<Duration> {
        match out {
            Out::Smtp(_) | Out::Pop3(_) | Out::Imap(_) => self.tarpit,
            Out::Send(octets) => self.time_for(octets.len()),
            _ => None,
        }
    }
}

impl World {
    /// What is wrong with a connection that has just come about.
    pub(in crate::world) fn impairment(
        &mut self,
        conn: ConnId,
        from: &Endpoint,
        to: &Endpoint,
    ) -> Option<Box<Impaired>> {
        if self.faults.is_empty() {
            return None;
        }
        let scene = Scene {
            host: &to.host,
            port: Some(to.port),
            from: &from.host,
            conn: Some(conn),
            sender: None,
            recipient: None,
        };
        let mut impaired = Impaired::default();
        let kinds: [fn(&FaultKind) -> bool; 3] = [
            |k| matches!(k, FaultKind::Tarpit { .. }),
            |k| matches!(k, FaultKind::Slow { .. }),
            |k| matches!(k, FaultKind::StripTls { .. }),
        ];
        for kind in kinds {
            let Some(at) = self.find_fault(&scene, kind) else { continue };
            match self.strike(at, &to.host, Some(conn)) {
                Some(FaultKind::Tarpit { delay }) => {
                    impaired.tarpit = Some(Duration::from_millis(u64::from(delay)));
                }
                Some(FaultKind::Slow { rate }) => impaired.rate = Some(rate),
                Some(FaultKind::StripTls { masked }) => impaired.strip = Some(masked),
                _ => {}
            }
        }
        Some(Box::new(impaired))
    }

    /// Something the server wants done passes the faults of its connection. `fresh` is what has not been on its way yet.
    pub(in crate::world) fn pass(&mut self, conn: ConnId, out: Out, fresh: bool) -> Result<Out, Kept> {
        let now = self.now;
        let Some(impaired) = self.net.impaired(conn) else { return Ok(out) };
        if fresh && let Some(delay) = impaired.delay(&out) {
            impaired.held = Some((now.plus(delay), out));
            return Err(Kept::Later);
        }
        match &out {
            Out::Smtp(exchange) => {
                let stage = stage(exchange);
                let asked_for = exchange.reason == SmtpReason::StartMail;
                if stage.is_some_and(|stage| self.answer_is_lost(conn, stage, exchange)) {
                    return Err(Kept::Cut);
                }
                if asked_for {
                    self.cut_in_message(conn, exchange);
                }
            }
            Out::Pop3(_) | Out::Imap(_)
                if self.net.has_said_nothing(conn) && self.word_is_lost(conn, SmtpStage::Connect, None) =>
            {
                return Err(Kept::Cut);
            }
            _ => {}
        }
        match self.net.impaired(conn) {
            Some(impaired) if impaired.mute => Err(Kept::Later),
            _ => Ok(out),
        }
    }

    /// A fault that takes the answer at this stage away strikes: true where the connection is cut, else the server has
    /// fallen silent, or nothing has happened.
    fn answer_is_lost(&mut self, conn: ConnId, stage: SmtpStage, exchange: &SmtpExchange) -> bool {
        let recipient = match &exchange.command {
            SmtpCommand::Rcpt { to, .. } => Some(to.0.to_string()),
            _ => None,
        };
        self.word_is_lost(conn, stage, recipient.as_deref())
    }

    fn word_is_lost(&mut self, conn: ConnId, stage: SmtpStage, recipient: Option<&str>) -> bool {
        let Some((from, to)) = self.net.endpoints(conn) else { return false };
        let sender = self.faults.senders.get(&conn).cloned();
        let scene = Scene {
            host: &to.host,
            port: Some(to.port),
            from: &from.host,
            conn: Some(conn),
            sender: sender.as_deref().filter(|_| stage >= SmtpStage::Mail),
            recipient,
        };
        let lost =
            |k: &FaultKind| matches!(k, FaultKind::Cut { at } | FaultKind::Silent { at } if *at == stage);
        let Some(at) = self.find_fault(&scene, lost) else { return false };
        match self.strike(at, &to.host, Some(conn)) {
            Some(FaultKind::Silent { .. }) => {
                if let Some(impaired) = self.net.impaired(conn) {
                    impaired.mute = true;
                }
                false
            }
            struck => struck.is_some(),
        }
    }

    /// The message follows: does the connection break off in the middle of it?
    fn cut_in_message(&mut self, conn: ConnId, _exchange: &SmtpExchange) {
        let Some((from, to)) = self.net.endpoints(conn) else { return };
        let sender = self.faults.senders.get(&conn).cloned();
        let scene = Scene {
            host: &to.host,
            port: Some(to.port),
            from: &from.host,
            conn: Some(conn),
            sender: sender.as_deref(),
            recipient: None,
        };
        let Some(at) = self.find_fault(&scene, |k| matches!(k, FaultKind::CutMessage { .. })) else { return };
        if let Some(FaultKind::CutMessage { octets }) = self.strike(at, &to.host, Some(conn))
            && let Some(impaired) = self.net.impaired(conn)
        {
            impaired.cut_after = usize::try_from(octets).ok();
        }
    }

    /// The client's octets set out for the server. Where the connection breaks off on the way, what gets through is
    /// carried, and the rest is lost.
    pub(in crate::world) fn carry(&mut self, conn: ConnId, octets: Bytes, tls: bool) {
        let now = self.now;
        let side = Side::Client;
        let wire = |octets: Bytes| Event::Wire { conn, from: side, octets, tls };
        let Some(impaired) = self.net.impaired(conn) else {
            self.log(wire(octets.clone()));
            return self.net.feed(conn, now, &octets);
        };
        if let Some(left) = impaired.cut_after {
            if octets.len() >= left {
                let through = Bytes::from(octets.get(..left).unwrap_or(&octets));
                if !through.is_empty() {
                    self.log(wire(through.clone()));
                }
                self.net.feed(conn, now, &through);
                return self.server_closed(conn, CloseReason::Lost);
            }
            impaired.cut_after = Some(left - octets.len());
        }
        let changed = impaired.strip.filter(|_| !tls).and_then(|masked| stripped_command(&octets, masked));
        let due = impaired.time_for(octets.len()).map(|needed| {
            let free = impaired.coming.back().map_or(now, |(at, _)| (*at).max(now));
            free.plus(needed)
        });
        self.log(wire(octets.clone()));
        let arrives = match changed {
            Some(changed) => {
                self.log(Event::Tampered { conn, from: side, octets: changed.as_slice().into() });
                changed
            }
            None => octets.to_vec(),
        };
        match (due, self.net.impaired(conn)) {
            (Some(due), Some(impaired)) => {
                impaired.coming_octets += arrives.len();
                impaired.coming.push_back((due, arrives));
                if impaired.coming_octets > ON_THE_WAY {
                    self.server_closed(conn, CloseReason::Lost);
                }
            }
            _ => self.net.feed(conn, now, &arrives),
        }
    }

    /// What was on its way to the server arrives.
    pub(in crate::world) fn arrive(&mut self, conn: ConnId) {
        let now = self.now;
        while let Some(impaired) = self.net.impaired(conn) {
            match impaired.coming.front() {
                Some((at, _)) if *at <= now => {}
                None if std::mem::replace(&mut impaired.ended, false) => {
                    return self.net.end_input(conn, now);
                }
                _ => return,
            }
            if let Some((_, octets)) = impaired.coming.pop_front() {
                impaired.coming_octets = impaired.coming_octets.saturating_sub(octets.len());
                self.net.feed(conn, now, &octets);
            }
        }
    }

    /// The client sends nothing more; true where that is to arrive later.
    pub(in crate::world) fn ends_later(&mut self, conn: ConnId) -> bool {
        let Some(impaired) = self.net.impaired(conn).filter(|i| !i.coming.is_empty()) else { return false };
        impaired.ended = true;
        true
    }

    /// What arrives of what the server says, where somebody on the way takes the offer of TLS out.
    pub(in crate::world) fn tampered(&mut self, conn: ConnId, octets: &[u8]) -> Option<Vec<u8>> {
        if !matches!(self.net.layer(conn), Some((_, Layer::Plain))) {
            return None;
        }
        let masked = self.net.impaired(conn)?.strip?;
        stripped_offer(octets, masked)
    }
}

/// Where in a session the server has just answered. Only answers that let the client go on count.
fn stage(exchange: &SmtpExchange) -> Option<SmtpStage> {
    Some(match &exchange.command {
        SmtpCommand::Connect => SmtpStage::Connect,
        SmtpCommand::Helo { .. } | SmtpCommand::Ehlo { .. } => SmtpStage::Helo,
        SmtpCommand::Mail { .. } => SmtpStage::Mail,
        SmtpCommand::Rcpt { .. } => SmtpStage::Rcpt,
        SmtpCommand::Data => SmtpStage::Data,
        SmtpCommand::Message { .. } => SmtpStage::End,
        _ => return None,
    })
}

/// What the servers of the three protocols call their offer.
const OFFERS: [&[u8]; 2] = [b"STARTTLS", b"STLS"];
/// What Cisco's firewalls write over it.
const MASK: u8 = b'X';

/// The server's words without the offer of TLS: `250-STARTTLS` of SMTP and `STLS` of POP3 are lines, ` STARTTLS` of IMAP
/// a word. `None` where there is no offer in them.
fn stripped_offer(octets: &[u8], masked: bool) -> Option<Vec<u8>> {
    let mut lines: Vec<Vec<u8>> = octets.split_inclusive(|b| *b == b'\n').map(<[u8]>::to_vec).collect();
    let mut found = false;
    let mut kept: Vec<Vec<u8>> = Vec::with_capacity(lines.len());
    for line in lines.drain(..) {
        let text = line.trim_ascii_end();
        let smtp = text.get(4..).filter(|_| text.starts_with(b"250"));
        let whole = OFFERS.iter().find(|o| smtp == Some(**o) || text == **o);
        let capability = contains(text, b"CAPABILITY ") && contains(text, b" STARTTLS");
        if let Some(offer) = whole {
            found = true;
            if masked {
                let mut line = line.clone();
                let start = text.len() - offer.len();
                line.iter_mut().skip(start).take(offer.len()).for_each(|b| *b = MASK);
                kept.push(line);
            } else if text.get(3) == Some(&b' ')
                && let Some(sign) = kept.last_mut().and_then(|last| last.get_mut(3))
            {
                // The line before is the reply's last now.
                *sign = b' ';
            }
        } else if capability {
            found = true;
            let with: &[u8] = if masked { b" XXXXXXXX" } else { b"" };
            kept.push(replaced(&line, b" STARTTLS", with));
        } else {
            kept.push(line);
        }
    }
    found.then(|| kept.concat())
}

/// A command that asks for TLS, as whoever writes over the offer lets it through. `None` where there is none in it.
fn stripped_command(octets: &[u8], masked: bool) -> Option<Vec<u8>> {
    let text = octets.trim_ascii_end();
    let asks = OFFERS.iter().any(|o| text.eq_ignore_ascii_case(o));
    (asks && masked).then(|| {
        let mut changed = octets.to_vec();
        changed.iter_mut().take(text.len()).for_each(|b| *b = MASK);
        changed
    })
}

fn contains(text: &[u8], part: &[u8]) -> bool {
    text.windows(part.len()).any(|w| w == part)
}

fn replaced(text: &[u8], part: &[u8], with: &[u8]) -> Vec<u8> {
    match text.windows(part.len()).position(|w| w == part) {
        Some(at) => {
            let mut out = text.get(..at).unwrap_or_default().to_vec();
            out.extend_from_slice(with);
            out.extend_from_slice(text.get(at + part.len()..).unwrap_or_default());
            out
        }
        None => text.to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_offer_of_tls_is_taken_out_of_what_servers_say() {
        let rows: [(&str, bool, Option<&str>); 7] = [
            ("250-mx\r\n250-STARTTLS\r\n250 DSN\r\n", true, Some("250-mx\r\n250-XXXXXXXX\r\n250 DSN\r\n")),
            ("250-mx\r\n250-STARTTLS\r\n250 DSN\r\n", false, Some("250-mx\r\n250 DSN\r\n")),
            ("250-mx\r\n250 STARTTLS\r\n", false, Some("250 mx\r\n")),
            ("+OK\r\nSTLS\r\nUIDL\r\n.\r\n", false, Some("+OK\r\nUIDL\r\n.\r\n")),
            ("* CAPABILITY IMAP4rev1 STARTTLS IDLE\r\n", false, Some("* CAPABILITY IMAP4rev1 IDLE\r\n")),
            (
                "* OK [CAPABILITY IMAP4rev1 STARTTLS] x\r\n",
                true,
                Some("* OK [CAPABILITY IMAP4rev1 XXXXXXXX] x\r\n"),
            ),
            ("220 2.0.0 Ready to start TLS\r\n", true, None),
        ];
        for (said, masked, arrives) in rows {
            let got = stripped_offer(said.as_bytes(), masked).map(|o| String::from_utf8(o).unwrap());
            assert_eq!(got.as_deref(), arrives, "{said:?}");
        }
        assert_eq!(stripped_command(b"starttls\r\n", true).as_deref(), Some(&b"XXXXXXXX\r\n"[..]));
        assert_eq!(stripped_command(b"starttls\r\n", false), None);
        assert_eq!(stripped_command(b"NOOP\r\n", true), None);
    }
}
