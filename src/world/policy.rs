//! What hosts answer when their sessions ask: who may send, who exists, whose maildrop opens. No reply text here,
//! and no state of a session: the question holds all there is to know.

use super::mailbox::{Mailbox, fold_case};
use super::post::FullMailbox;
use super::{Relay, World};
use crate::event::{Event, Expansion, PolicyQuestion, PolicyVerdict, RecipientVerdict};
use crate::mail::{Domain, ForwardPath, Mailbox as Address, ReversePath};
use crate::proto::imap::FolderAnswer;
use crate::proto::{Answer, Ask};
use crate::units::ConnId;
use std::net::IpAddr;

impl World {
    /// The host's answer to a question of the session on `conn`; both stand in the transcript.
    pub(super) fn decide(&mut self, conn: ConnId, ask: Ask) -> Answer {
        let Some((at, client)) = self.net.ends(conn) else { return Answer::Verdict(PolicyVerdict::No) };
        let question = question(&ask);
        if let Some(verdict) = self.ask_fault(conn, &ask) {
            self.log(Event::Policy { conn, question, verdict: verdict.clone() });
            return Answer::Verdict(verdict);
        }
        if let Ask::Stage { .. } = ask {
            return Answer::Verdict(PolicyVerdict::Yes);
        }
        let answer = match ask {
            Ask::Sender { from, helo, user } => {
                self.remember_sender(at, conn, client, &from, &helo, user.as_deref());
                Answer::Verdict(self.judge_sender(at, &from, user.as_deref()))
            }
            Ask::Recipient { to, user } => {
                let verdict = self.judge_recipient(at, &to, client, user.as_deref());
                let local = verdict == RecipientVerdict::Local;
                let taken = local || verdict == RecipientVerdict::Relay;
                let mut wrong = if taken { self.recipient_fault(conn, &to, local) } else { None };
                if taken && wrong.is_none() {
                    wrong = self.check_sender(at, conn).map(PolicyVerdict::NotBelieved);
                }
                Answer::Verdict(wrong.unwrap_or(PolicyVerdict::Recipient(verdict)))
            }
            Ask::Stage { .. } => Answer::Verdict(PolicyVerdict::Yes),
            Ask::Flush { domain } => Answer::Verdict(match self.flush(at, &domain) {
                true => PolicyVerdict::Yes,
                false => PolicyVerdict::No,
            }),
            Ask::Message { mut envelope, octets, transaction } => {
                envelope.client = client;
                Answer::Verdict(self.take(at, (conn, transaction), envelope, &octets))
            }
            Ask::User { what } => Answer::Verdict(self.known_user(at, &what, client)),
            Ask::List { what } => Answer::Verdict(self.members(at, &what)),
            Ask::Login { user, password } => self.open_maildrop(at, conn, &user, Some(&password)),
            Ask::Maildrop { user } => self.open_maildrop(at, conn, &user, None),
            Ask::Numbers { user } => self.numbers(at, user.as_deref()),
            Ask::Authenticate(credentials) => self.authenticate(at, &credentials),
            Ask::Folders { user, what } => Answer::Folders(self.folders(at, conn, &user, what)),
            Ask::Remove { ids } => {
                self.remove(conn, &ids);
                Answer::Verdict(PolicyVerdict::Yes)
            }
        };
        let verdict = match &answer {
            Answer::Verdict(v) => v.clone(),
            Answer::Folders(FolderAnswer::Refused(why)) => PolicyVerdict::Refused(why.clone()),
            Answer::Folders(_) => PolicyVerdict::Yes,
            Answer::Numbers(salted) => PolicyVerdict::Numbers { nonce: salted.nonce.clone() },
            Answer::Authenticated { user, .. } => PolicyVerdict::Authenticated { user: user.clone() },
            Answer::Maildrop { mailbox, messages } => PolicyVerdict::Opened {
                mailbox: mailbox.clone(),
                messages: u32::try_from(messages.len()).unwrap_or(u32::MAX),
            },
        };
        self.log(Event::Policy { conn, question, verdict });
        answer
    }

    /// May this sender begin? Where a host insists on it, whoever has logged in has but their own address.
    fn judge_sender(&self, at: usize, from: &ReversePath, user: Option<&str>) -> PolicyVerdict {
        let service = self.hosts.get(at).and_then(|h| h.setup.smtp.as_ref());
        let insists = service.is_some_and(|s| s.config.own_sender);
        let own = |user: &str| from.0.as_ref().is_some_and(|from| fold_case(&from.to_string()) == user);
        if insists && !user.is_none_or(own) { PolicyVerdict::NotYours } else { PolicyVerdict::Yes }
    }

    /// Is mail from this client, who may have logged in, for this recipient taken, and does it stay here?
    pub(super) fn judge_recipient(
        &self,
        at: usize,
        to: &ForwardPath,
        client: IpAddr,
        user: Option<&str>,
    ) -> RecipientVerdict {
        let Some(host) = self.hosts.get(at) else { return RecipientVerdict::RelayDenied };
        if !self.is_local(at, &to.0) {
            let stands_in = match &to.0.domain {
                Some(Domain::Name(name)) => host.setup.relay_for.iter().any(|d| d.eq_ignore_ascii_case(name)),
                _ => false,
            };
            return if stands_in || self.may_relay(at, client, user) {
                RecipientVerdict::Relay
            } else {
                RecipientVerdict::RelayDenied
            };
        }
        let defers = host.setup.post.full == FullMailbox::Defer;
        match self.stands_for(at, &to.0) {
            Some((Expansion::Extension, into)) => {
                let owner = into.first().unwrap_or(to);
                return self.judge_mailbox(at, owner, defers).unwrap_or(RecipientVerdict::NoSuchUser);
            }
            Some(_) => return RecipientVerdict::Local,
            None => {}
        }
        if let Some(verdict) = self.judge_mailbox(at, to, defers) {
            return verdict;
        }
        match host.setup.smtp.as_ref().map(|s| s.config.style) {
            // qmail-smtpd does not know the users of its domains: it takes the mail, and qmail-send finds out.
            Some(style) if !style.looks_up_recipients() => RecipientVerdict::Local,
            Some(style)
                if style.stops_in_local_part()
                    && to.0.local.contains(['%', '!', '@'])
                    && !self.may_relay(at, client, user) =>
            {
                RecipientVerdict::RelayDenied
            }
            _ => RecipientVerdict::NoSuchUser,
        }
    }

    /// Is there a mailbox of this name here, and room in it? `None` where there is none.
    fn judge_mailbox(&self, at: usize, to: &ForwardPath, defers: bool) -> Option<RecipientVerdict> {
        let address = fold_case(&self.local_address(at, to)?);
        let mailbox = self.mailboxes.iter().find(|m| m.host == at && m.address == address);
        // What is sent on needs no room, and mail may wait for it where the host lets it.
        let stays = |m: &&Mailbox| m.forward.as_ref().is_none_or(|forward| forward.keep);
        let full = mailbox.filter(stays).is_some_and(|m| !defers && !m.has_room(1));
        Some(if full { RecipientVerdict::MailboxFull } else { RecipientVerdict::Local })
    }

    /// Does the host pass on what this client brings, wherever it goes?
    fn may_relay(&self, at: usize, client: IpAddr, user: Option<&str>) -> bool {
        // Who has logged in is known to be one of the host's own (RFC 6409 section 3.1).
        if user.is_some() {
            return true;
        }
        match self.hosts.get(at).map(|h| &h.setup.relay) {
            None | Some(Relay::Nobody) => false,
            Some(Relay::Anybody) => true,
            Some(Relay::Networks(networks)) => networks.iter().any(|n| n.contains(client)),
        }
    }

    /// Is this host the last stop for the address?
    pub(super) fn is_local(&self, at: usize, address: &Address) -> bool {
        let Some(host) = self.hosts.get(at) else { return false };
        match &address.domain {
            None => true,
            Some(Domain::Literal(ip)) => *ip == host.setup.ip,
            Some(Domain::Name(name)) => host.setup.domains.iter().any(|d| d.eq_ignore_ascii_case(name)),
        }
    }

    /// The mailbox on this host that mail for `to` goes to.
    pub(super) fn local_address(&self, at: usize, to: &ForwardPath) -> Option<String> {
        if !self.is_local(at, &to.0) {
            return None;
        }
        let host = self.hosts.get(at)?;
        let domains: Vec<&str> = match &to.0.domain {
            Some(Domain::Name(name)) => vec![name],
            _ => host.setup.domains.iter().map(String::as_str).collect(),
        };
        let address = |domain: &&str| format!("{}@{domain}", to.0.local);
        let exists = |a: &String| self.mailboxes.iter().any(|m| m.host == at && m.address == fold_case(a));
        let found = domains.iter().map(address).find(exists);
        let postmaster = to.0.is_postmaster();
        found.or_else(|| postmaster.then(|| domains.first().map(address)).flatten())
    }

    /// The address behind what VRFY named.
    fn known_user(&self, at: usize, what: &str, client: IpAddr) -> PolicyVerdict {
        let Ok(to) = Address::parse_utf8(what.as_bytes()).map(ForwardPath) else { return PolicyVerdict::No };
        let named = self.stands_for(at, &to.0).filter(|(by, _)| *by == Expansion::Alias);
        if named.is_some() {
            let host = self.hosts.get(at).and_then(|h| h.setup.domains.first());
            let domain = to.0.domain.clone().or_else(|| host.map(|name| Domain::Name(name.clone())));
            return PolicyVerdict::Known { address: Address { domain, ..to.0 }.to_string() };
        }
        match (self.local_address(at, &to), self.judge_recipient(at, &to, client, None)) {
            (Some(address), _) => PolicyVerdict::Known { address },
            (None, elsewhere @ (RecipientVerdict::Relay | RecipientVerdict::RelayDenied)) => {
                PolicyVerdict::Recipient(elsewhere)
            }
            (None, _) => PolicyVerdict::No,
        }
    }

    /// Opens a maildrop: the user's name is the address or, where it is clear whose, its local part. Without a password
    /// the user has proved already who they are.
    fn open_maildrop(&mut self, at: usize, conn: ConnId, user: &str, password: Option<&str>) -> Answer {
        let now = self.started;
        let Some(host) = self.hosts.get(at) else { return Answer::Verdict(PolicyVerdict::No) };
        let Some(style) = host.setup.pop3.as_ref().map(|s| s.config.style) else {
            return Answer::Verdict(PolicyVerdict::No);
        };
        let user = fold_case(user);
        let named = |address: &str| {
            address == user || address.rsplit_once('@').is_some_and(|(local, _)| local == user)
        };
        let right = |p: &Option<String>| p.is_some() && (password.is_none() || p.as_deref() == password);
        let whose = self.mailboxes.iter().find(|m| m.host == at && named(&m.address) && right(&m.password));
        if let Some(address) = whose.map(|m| m.address.clone())
            && self.lock_fault(conn, &address)
        {
            return Answer::Verdict(PolicyVerdict::Locked { by: None });
        }
        let net = &self.net;
        let mailbox =
            self.mailboxes.iter_mut().find(|m| m.host == at && named(&m.address) && right(&m.password));
        match mailbox {
            None => Answer::Verdict(PolicyVerdict::No),
            Some(m) if m.locked_by.is_some() => {
                Answer::Verdict(PolicyVerdict::Locked { by: m.locked_by.and_then(|c| net.holder(c)) })
            }
            Some(m) => {
                m.locked_by = Some(conn);
                let messages = m.maildrop(style, now.unix_seconds());
                Answer::Maildrop { mailbox: m.address.clone(), messages }
            }
        }
    }
}

/// The question as the transcript keeps it: without the password and the message, which stand on the wire.
fn question(ask: &Ask) -> PolicyQuestion {
    match ask {
        Ask::Sender { from, .. } => PolicyQuestion::Sender { from: from.clone() },
        Ask::Stage { at } => PolicyQuestion::Stage { at: *at },
        Ask::Flush { domain } => PolicyQuestion::Flush { domain: domain.clone() },
        Ask::Recipient { to, .. } => PolicyQuestion::Recipient { to: to.clone() },
        Ask::Message { octets, .. } => PolicyQuestion::Message { octets: octets.len() },
        Ask::User { what } => PolicyQuestion::User { what: what.clone() },
        Ask::List { what } => PolicyQuestion::List { what: what.clone() },
        Ask::Login { user, .. } | Ask::Maildrop { user } => PolicyQuestion::Login { user: user.clone() },
        Ask::Numbers { user } => PolicyQuestion::Numbers { user: user.clone() },
        Ask::Authenticate(c) => PolicyQuestion::Authenticate { user: c.user.clone() },
        Ask::Folders { user, what } => {
            let (verb, folder) = what.about();
            PolicyQuestion::Folders { user: user.clone(), verb, folder: folder.map(str::to_owned) }
        }
        Ask::Remove { ids } => PolicyQuestion::Remove { ids: ids.clone() },
    }
}
