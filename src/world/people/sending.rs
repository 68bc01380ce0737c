//! A person's letter on its way to their provider: a session of the SMTP client from their device, with AUTH, and TLS
//! where that is offered.

use super::Errand;
use super::PersonSetup;
use crate::event::{
    ConnectFailure, DeliveryFailure, LegTrouble, PersonEvent, PersonLetter, Reply, TlsFailure,
};
use crate::mail::{Author, ForwardPath, Message, ReversePath};
use crate::proto::smtp::{ClientFailure, ClientSession};
use crate::proto::{Out, Session};
use crate::units::{Bytes, ConnId, MessageId};
use crate::world::World;
use crate::world::ends::Client;
use std::sync::Arc;
use std::time::Duration;

/// After how long a letter that could not be handed in is tried again, and how often it is tried in all.
const AGAIN: Duration = Duration::from_secs(600);
const TRIES: u32 = 4;

/// A letter to be handed in.
#[derive(Debug, Clone)]
pub(in crate::world) struct Letters {
    /// Whose it is, by place.
    pub(super) person: usize,
    pub(super) from: ReversePath,
    pub(super) to: Vec<ForwardPath>,
    pub(super) octets: Bytes,
    pub(super) what: PersonLetter,
    pub(super) about: Option<MessageId>,
    /// How often it was tried.
    pub(super) tries: u32,
    pub(super) nonce: String,
}

/// A letter being handed in.
#[derive(Debug)]
pub(in crate::world) struct HandingIn {
    pub(in crate::world) session: ClientSession,
    pub(in crate::world) outcomes: Vec<(ForwardPath, Result<Reply, ClientFailure>)>,
    letters: Letters,
}

impl World {
    /// A person's device calls the server of their account.
    pub(super) fn hand_in(&mut self, letters: Letters) {
        let Some(setup) = self.people.persons.get(letters.person).map(|p| p.setup.clone()) else { return };
        let door = &setup.account.submission;
        let Some(ip) = self.hosts.iter().find(|h| h.setup.name == door.host).map(|h| h.setup.ip) else {
            return;
        };
        let envelope = (letters.from.clone(), letters.to.clone());
        let nonce = format!("{}{}", letters.nonce, letters.tries);
        let config = setup.account.client(&setup.device, envelope, letters.octets.clone(), &nonce);
        let (what, about) = (letters.what, letters.about);
        let to = letters.to.iter().map(|to| to.0.to_string()).collect();
        let conn = self.net.next_conn();
        self.person_did(&setup, PersonEvent::Writes { what, about, to, conn });
        let author = Author::Person(setup.account.owner.shown());
        self.hands_over(conn, Message::by(author, letters.octets.clone()));
        let session = ClientSession::new(config);
        let handing = Box::new(HandingIn { session, outcomes: Vec::new(), letters });
        self.open((setup.device.clone(), setup.ip), ip, door.port, Client::Person(handing));
    }

    /// The server could not be reached.
    pub(in crate::world) fn not_handed_in(&mut self, handing: HandingIn, why: ConnectFailure) {
        let letters = handing.letters;
        let to = letters.to.clone();
        self.hand_in_later(letters, to, &DeliveryFailure::Connect(why));
    }

    /// The connection has ended: what became of each recipient?
    pub(in crate::world) fn handed_in(&mut self, mut handing: HandingIn) {
        while let Some(out) = handing.session.poll() {
            if let Out::Delivery { to, outcome } = out {
                handing.outcomes.push((to, outcome));
            }
        }
        let Some(setup) = self.setup_of(&handing.letters) else { return };
        let (mut later, mut why_later) = (Vec::new(), DeliveryFailure::ConnectionLost);
        for (to, outcome) in handing.outcomes {
            let why = match outcome {
                Ok(_) => continue,
                Err(ClientFailure::Reply(reply)) => DeliveryFailure::Reply(reply),
                Err(ClientFailure::Trouble(why)) => DeliveryFailure::Leg(why),
                Err(ClientFailure::ConnectionLost | ClientFailure::TimedOut) => {
                    DeliveryFailure::ConnectionLost
                }
            };
            if is_final(&why) {
                self.person_did(&setup, PersonEvent::NotSent { to: to.0.to_string(), why, again: None });
            } else {
                later.push(to);
                why_later = why;
            }
        }
        if !later.is_empty() {
            self.hand_in_later(handing.letters, later, &why_later);
        }
    }

    fn setup_of(&self, letters: &Letters) -> Option<Arc<PersonSetup>> {
        self.people.persons.get(letters.person).map(|p| p.setup.clone())
    }

    /// The letter stays in the outbox for a while, or is given up.
    fn hand_in_later(&mut self, letters: Letters, to: Vec<ForwardPath>, why: &DeliveryFailure) {
        let Some(setup) = self.setup_of(&letters) else { return };
        let again = (letters.tries + 1 < TRIES).then(|| self.now.plus(AGAIN));
        for to in &to {
            let (to, why) = (to.0.to_string(), why.clone());
            self.person_did(&setup, PersonEvent::NotSent { to, why, again });
        }
        if let Some(at) = again {
            let tries = letters.tries + 1;
            self.people.note(at, Errand::Again(Box::new(Letters { to, tries, ..letters })));
        }
    }

    /// A person's program makes the handshake it has asked for. It takes no certificate that is not good and for the server
    /// it has called: it has a password to lose.
    pub(in crate::world) fn person_tls(&mut self, conn: ConnId) {
        let Some((agreed, fault)) = self.persons_handshake(conn) else {
            return self.client_tls_failed(conn, TlsFailure::NoCommonVersion);
        };
        match fault {
            None => self.secure(conn, &agreed),
            Some(_) => self.client_tls_failed(conn, TlsFailure::CertificateRefused),
        }
    }
}

/// Is another try of no use?
fn is_final(why: &DeliveryFailure) -> bool {
    match why {
        DeliveryFailure::Reply(reply) => reply.code >= 500,
        DeliveryFailure::Leg(LegTrouble::LoginRefused(reply)) => reply.code >= 500,
        DeliveryFailure::Leg(why) => why.is_permanent(),
        _ => false,
    }
}
