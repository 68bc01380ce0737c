//! Reports to the sender: what failed, what takes long, what was asked to be told (RFC 3461 section 5.2, RFC 3464).

use super::super::{World, stamp};
use super::{Letter, Recipient, service_name, told};
use crate::event::{EnhancedCode, Event, MailParams, Notify, Reported, Ret, Silence};
use crate::mail::report::{Action, Notice, Program, Report, Told};
use crate::mail::{Author, Domain, ForwardPath, Mailbox, Message, ReversePath};
use crate::units::Stream;

/// A longer message does not come back whole (Postfix: bounce_size_limit).
const RETURNED: usize = 50_000;

/// A run's outcomes of one kind.
type Outcomes = Vec<(Recipient, Told)>;

impl World {
    /// A run through a letter's recipients is over: the sender hears what there is to tell.
    pub(super) fn tell_sender(&mut self, letter: u64) {
        let Some(l) = self.queue.letters.get_mut(&letter) else { return };
        let outcomes = std::mem::take(&mut l.outcomes);
        let (mut failed, mut delayed, mut done) = (Outcomes::new(), Outcomes::new(), Outcomes::new());
        for one in outcomes {
            match one.1.action {
                Action::Failed => failed.push(one),
                Action::Delayed => delayed.push(one),
                _ => done.push(one),
            }
        }
        l.warned |= !delayed.is_empty();
        self.report(letter, Notice::Failure, failed);
        self.report(letter, Notice::Delay, delayed);
        self.report(letter, Notice::Success, done);
    }

    fn report(&mut self, letter: u64, notice: Notice, mut outcomes: Outcomes) {
        let Some(l) = self.queue.letter(letter) else { return };
        if outcomes.is_empty() {
            return;
        }
        let program = told::program(self.mail_style(l.host));
        let wanted = |params: &[Notify], what| params.is_empty() || params.contains(&what);
        let unasked = outcomes.extract_if(.., |(recipient, _)| match notice {
            Notice::Failure | Notice::Postmaster => !wanted(&recipient.params.notify, Notify::Failure),
            Notice::Delay => !wanted(&recipient.params.notify, Notify::Delay),
            Notice::Success => !recipient.params.notify.contains(&Notify::Success),
        });
        let unasked: Outcomes = unasked.collect();
        let (sender, last_word) = (l.from.clone(), l.last_word);
        if notice == Notice::Failure {
            self.say_nothing(letter, &unasked, Silence::NotWanted);
        }
        if outcomes.is_empty() {
            return;
        }
        match (sender.0, notice) {
            (Some(sender), _) if !last_word => self.write(letter, notice, program, sender, outcomes),
            (_, Notice::Failure) => {
                self.say_nothing(letter, &outcomes, Silence::NullSender);
                if !last_word && let Some(postmaster) = self.postmaster(letter, program) {
                    self.write(letter, Notice::Postmaster, program, postmaster, outcomes);
                }
            }
            _ => {}
        }
    }

    fn say_nothing(&mut self, letter: u64, outcomes: &[(Recipient, Told)], why: Silence) {
        let Some(l) = self.queue.letter(letter) else { return };
        if !outcomes.is_empty() {
            let (id, host) = (l.id, self.host_name(l.host));
            let recipients = outcomes.iter().map(|(_, told)| told.address.clone()).collect();
            self.log(Event::Unreported { id, host, recipients, why });
        }
    }

    /// Whom a host tells that a report could not be delivered: its postmaster, if the scenario has one. Exim keeps such a
    /// message for the administrator to look at, and Exchange puts it into a folder; both tell nobody.
    fn postmaster(&self, letter: u64, program: Program) -> Option<Mailbox> {
        if matches!(program, Program::Exim | Program::Exchange) {
            return None;
        }
        let at = self.queue.letter(letter)?.host;
        let host = self.hosts.get(at)?;
        let address = |domain: &String| Mailbox {
            local: "postmaster".to_owned(),
            domain: Some(Domain::Name(domain.clone())),
        };
        let reads = |mailbox: &Mailbox| {
            let folded = super::super::mailbox::fold_case(&mailbox.to_string());
            self.stands_for(at, mailbox).is_some()
                || self.mailboxes.iter().any(|m| m.host == at && m.password.is_some() && m.address == folded)
        };
        host.setup.domains.iter().map(address).find(reads)
    }

    /// Writes a report and sends it.
    fn write(&mut self, letter: u64, notice: Notice, program: Program, to: Mailbox, outcomes: Outcomes) {
        let Some(l) = self.queue.letter(letter) else { return };
        let at = l.host;
        let (about, envid, whole) = (l.id, l.params.envid.clone(), self.whole(l, notice, program));
        let smtputf8 = l.params.smtputf8;
        let sender = l.from.0.as_ref().map(ToString::to_string).unwrap_or_default();
        let (message, arrival, name, client) =
            (l.message.clone(), l.queued, l.queue_id.clone(), l.client.clone());
        let Some(setup) = self.hosts.get(at).map(|h| h.setup.clone()) else { return };
        let (style, now) = (self.mail_style(at), self.now);
        let ids: Option<&mut Stream> = self.hosts.get_mut(at).map(|h| &mut h.ids);
        let queue_id = ids.map_or_else(String::new, |ids| stamp::queue_id(style, now, ids));
        let host = service_name(&setup);
        let expire = self.schedule(at).expire;
        let recipients: Vec<Told> = outcomes.into_iter().map(|(_, told)| told).collect();
        let address = to.to_string();
        let report = Report {
            program,
            notice,
            host: &host,
            queue_id: &queue_id,
            about: &name,
            sender: &sender,
            to: &address,
            envid: envid.as_deref(),
            now,
            arrival,
            offset: setup.zone.at(now),
            retry_until: arrival.plus(expire),
            client: &client,
            recipients: &recipients,
            message: &message.octets,
            whole,
            smtputf8,
        };
        let mut octets = report.trace().into_bytes();
        octets.extend(report.compose());
        let message = Message::by(Author::Host(setup.name.clone()), octets);
        let reported = |told: &Told| Reported {
            recipient: told.address.clone(),
            action: told.action,
            status: EnhancedCode(told.status.0, told.status.1, told.status.2),
        };
        let said: Vec<Reported> = recipients.iter().map(reported).collect();
        let id = if self.queue.is_full() { None } else { self.admit(&message) };
        let Some(id) = id else {
            let recipients = recipients.into_iter().map(|told| told.address).collect();
            let host = self.host_name(at);
            return self.log(Event::Unreported { id: about, host, recipients, why: Silence::NoRoom });
        };
        self.log(Event::Reported {
            id,
            about,
            host: setup.name.clone(),
            queue_id: queue_id.clone(),
            to: address,
            recipients: said,
            message: message.clone(),
        });
        let last_word = notice == Notice::Postmaster;
        let from = ReversePath(double_bounce(program, &host).filter(|_| last_word));
        // What is told of a message beyond ASCII is one itself (RFC 6533 section 4).
        let params = MailParams { smtputf8, ..MailParams::default() };
        let letter = Letter { last_word, params, ..Letter::new(id, at, queue_id, from, message, now) };
        self.enqueue(letter, vec![ForwardPath(to).into()]);
    }

    /// Does all of the message come back (RFC 3461 section 6.3)? Of a success or a delay never more than the header. Else all
    /// where nobody said otherwise, unless it is long.
    fn whole(&self, letter: &Letter, notice: Notice, program: Program) -> bool {
        match (notice, letter.params.ret) {
            (Notice::Success | Notice::Delay, _) => false,
            _ if letter.message.octets.len() > RETURNED => false,
            (_, Some(Ret::Headers)) if program != Program::Qmail => false,
            _ => true,
        }
    }
}

/// The sender of a notice to the postmaster that nobody shall answer.
fn double_bounce(program: Program, host: &str) -> Option<Mailbox> {
    let domain = Some(Domain::Name(host.to_owned()));
    (program == Program::Postfix).then(|| Mailbox { local: "double-bounce".to_owned(), domain })
}
