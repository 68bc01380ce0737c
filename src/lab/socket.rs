//! Real ports, the attempt's side: an open socket is somebody who is there, like a page that looks.
//!
//! What a program outside does becomes an input; what is for it comes as [`News`], read from events. What promises
//! something lasting is on the disk before it goes out ([`promise`](super::promise)).

use super::task::Message;
use super::{About, LabError, Receipt};
use crate::attempt::{Input, SocketInput};
use crate::event::{CloseReason, Entry, Event, Side, TlsEvent, TlsFailure, TlsSession, TlsVersion};
use crate::units::{Bytes, ConnId};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot};

/// What is for the program at a socket, in this order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// Octets to send; under TLS, what goes into the envelopes.
    Octets(Bytes),
    /// The next octets that come are a TLS handshake. To be answered with [`Socket::secured`] or
    /// [`Socket::tls_failed`]; what came earlier and was not read is to be forgotten.
    HandshakeDue,
    /// The host hung up, or never answered. Nothing follows.
    Closed(CloseReason),
}

/// What a host shakes hands with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Its certificates in DER, its own first.
    pub chain: Vec<Bytes>,
    /// Its private key in PKCS#8.
    pub key: Bytes,
    /// The versions it speaks, oldest first.
    pub versions: Vec<TlsVersion>,
}

/// The connection of a program outside to a host of an attempt. Dropping it is losing the connection.
#[derive(Debug)]
pub struct Socket {
    number: u32,
    service: String,
    about: Arc<About>,
    news: mpsc::UnboundedReceiver<News>,
    /// The task that opened it: after a fall another one knows nothing of it.
    task: mpsc::UnboundedSender<Box<Message>>,
}

impl Socket {
    /// What the host at the other end shakes hands with; `None` where it has no TLS.
    pub fn identity(&self) -> Option<Identity> {
        let setup = &self.about.drawn.as_ref()?.setup;
        let (host, _) = setup.ports.get(&self.service)?;
        let keys = setup.keyring.hosts.get(host)?;
        let tls = setup.hosts.iter().find(|h| h.name == *host)?.tls.as_ref()?;
        let versions = TlsVersion::ALL.into_iter().filter(|v| tls.versions.contains(v)).collect();
        Some(Identity { chain: keys.chain.clone(), key: keys.key.clone(), versions })
    }

    /// What comes next; `None` when the connection is over. Safe to cancel.
    pub async fn next(&mut self) -> Option<News> {
        self.news.recv().await
    }

    /// What has come already. After an input was taken, that is all it has brought about.
    pub fn try_next(&mut self) -> Option<News> {
        self.news.try_recv().ok()
    }

    /// The program sent octets. Returns when all they have brought about may be known: at once where that is nothing but
    /// talk, else when it is on the disk.
    ///
    /// # Errors
    /// [`LabError::SocketGone`] where the connection is over, else as for [`Handle::input`](super::Handle::input).
    pub async fn octets(&self, octets: &[u8]) -> Result<Receipt, LabError> {
        self.tell(SocketInput::Octets(octets.into())).await
    }

    /// The handshake that was due succeeded.
    ///
    /// # Errors
    /// As for [`Socket::octets`].
    pub async fn secured(&self, session: TlsSession) -> Result<Receipt, LabError> {
        self.tell(SocketInput::Secured(session)).await
    }

    /// The handshake that was due failed; the host hangs up.
    ///
    /// # Errors
    /// As for [`Socket::octets`].
    pub async fn tls_failed(&self, why: TlsFailure) -> Result<Receipt, LabError> {
        self.tell(SocketInput::TlsFailed(why)).await
    }

    /// The program will send nothing more, and may still listen.
    ///
    /// # Errors
    /// As for [`Socket::octets`].
    pub async fn end(&self) -> Result<Receipt, LabError> {
        self.tell(SocketInput::End).await
    }

    async fn tell(&self, what: SocketInput) -> Result<Receipt, LabError> {
        let (reply, answer) = oneshot::channel();
        let sent = self.task.send(Box::new(Message::Socket(self.number, what, reply)));
        sent.map_err(|_| LabError::SocketGone)?;
        answer.await.unwrap_or(Err(LabError::Crashed))
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        // Where the task is gone, or the connection over, there is nothing to say.
        let _ = self.task.send(Box::new(Message::SocketLost(self.number)));
    }
}

/// The open sockets of an attempt, as its task has them.
#[derive(Debug, Default)]
pub(super) struct Sockets {
    by_conn: BTreeMap<ConnId, (u32, mpsc::UnboundedSender<News>)>,
    numbers: BTreeSet<u32>,
}

impl Sockets {
    /// The socket `number`, which is the connection `conn`.
    pub(super) fn open(
        &mut self,
        number: u32,
        conn: ConnId,
        service: String,
        about: Arc<About>,
        task: mpsc::UnboundedSender<Box<Message>>,
    ) -> Socket {
        let (sender, news) = mpsc::unbounded_channel();
        self.numbers.insert(number);
        self.by_conn.insert(conn, (number, sender));
        Socket { number, service, about, news, task }
    }

    /// Is this socket open?
    pub(super) fn contains(&self, number: u32) -> bool {
        self.numbers.contains(&number)
    }

    /// Is none open?
    pub(super) fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }

    /// Forgets all of them.
    pub(super) fn clear(&mut self) {
        *self = Sockets::default();
    }

    /// Passes on what events have for the sockets.
    pub(super) fn show(&mut self, entries: &[Entry]) {
        for (conn, news) in news(entries) {
            let Some((number, sender)) = self.by_conn.get(&conn) else { continue };
            let over = matches!(news, News::Closed(_));
            // Who has dropped its side says so with a message of its own.
            let _ = sender.send(news);
            if over {
                self.numbers.remove(number);
                self.by_conn.remove(&conn);
            }
        }
    }
}

/// What events have for a program at the end of a connection, in their order.
fn news(entries: &[Entry]) -> impl Iterator<Item = (ConnId, News)> {
    entries.iter().enumerate().filter_map(|(place, entry)| match &entry.event {
        Event::Wire { conn, from: Side::Server, octets, .. } => {
            // Where somebody on the way has changed them, the next event says what arrives.
            let arrives = match entries.get(place + 1).map(|next| &next.event) {
                Some(Event::Tampered { conn: same, from: Side::Server, octets }) if same == conn => octets,
                _ => octets,
            };
            Some((*conn, News::Octets(arrives.clone())))
        }
        Event::Tls { conn, what: TlsEvent::Expected } => Some((*conn, News::HandshakeDue)),
        Event::Closed { conn, why, .. } => Some((*conn, News::Closed(*why))),
        Event::ConnectFailed { conn, .. } => Some((*conn, News::Closed(CloseReason::Lost))),
        _ => None,
    })
}

/// The connections at whose ends a program would hear of these events.
pub(super) fn heard_by(entries: &[Entry]) -> impl Iterator<Item = ConnId> {
    news(entries).map(|(conn, _)| conn)
}

/// The input that says that a socket is gone.
pub(super) fn lost(socket: u32) -> Input {
    Input::Socket { socket, what: SocketInput::Closed(CloseReason::Lost) }
}

/// The input that opens a socket at a service's port; the task gives it its number.
pub(super) fn open(service: String) -> Input {
    Input::Socket { socket: 0, what: SocketInput::Open(service) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::{EventNo, InputNo, Time};

    #[test]
    fn what_was_changed_on_the_way_arrives_as_it_was_changed() {
        let (sender, mut news) = mpsc::unbounded_channel();
        let mut sockets = Sockets::default();
        sockets.by_conn.insert(ConnId(1), (1, sender));
        sockets.numbers.insert(1);
        let wire = |conn, text: &str| Event::Wire {
            conn: ConnId(conn),
            from: Side::Server,
            octets: text.into(),
            tls: false,
        };
        let changed = |conn, text: &str| Event::Tampered {
            conn: ConnId(conn),
            from: Side::Server,
            octets: text.into(),
        };
        let events = [
            wire(1, "250-STARTTLS\r\n"),
            changed(1, "250-XXXXXXXX\r\n"),
            wire(1, "250 DSN\r\n"),
            wire(2, "250 Ok\r\n"),
            changed(2, "550 No\r\n"),
        ];
        let entry = |(n, event)| Entry { n: EventNo(n), at: Time(0), input: InputNo(1), event };
        let entries: Vec<Entry> = (1..).zip(events).map(entry).collect();
        sockets.show(&entries);
        let came: Vec<News> = std::iter::from_fn(|| news.try_recv().ok()).collect();
        let octets = |text: &str| News::Octets(text.into());
        assert_eq!(came, [octets("250-XXXXXXXX\r\n"), octets("250 DSN\r\n")]);
    }
}
