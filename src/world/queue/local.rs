//! Local delivery: a message goes into a mailbox of the host that holds it, or where the owner has it sent on.

use super::super::post::{Forward, FullMailbox};
use super::super::{World, stamp};
use super::told::{Trouble, told};
use super::{Letter, Parcel, Recipient};
use crate::event::{DeliveryFailure, Event, Expansion, Notify};
use crate::mail::report::{Action, Cause, Status};
use crate::mail::{ForwardPath, Mailbox, Message, Outline, ReversePath};
use crate::proto::smtp::Style;
use crate::units::MessageId;

impl World {
    /// Deals with all recipients of a parcel that stay here.
    pub(super) fn deliver_all(&mut self, parcel: Parcel) {
        let Parcel { letter, host, to, way, tries } = parcel;
        let mut later = Vec::new();
        for mut recipient in to {
            match self.deliver(letter, &mut recipient) {
                Ok(()) => {}
                Err(why) if why.is_temporary() => {
                    recipient.why = Some(why);
                    later.push(recipient);
                }
                Err(why) => self.fail(letter, recipient, &why, false),
            }
        }
        if !later.is_empty() {
            self.defer(Parcel { letter, host, to: later, way, tries });
        }
    }

    fn deliver(&mut self, letter: u64, recipient: &mut Recipient) -> Result<(), Trouble> {
        let failure = |why| Err(Trouble::of(why));
        let Some(l) = self.queue.letter(letter) else { return Ok(()) };
        let (id, at, from, message) = (l.id, l.host, l.from.clone(), l.message.clone());
        let Some(address) = self.mailbox_for(at, &recipient.to) else {
            return failure(DeliveryFailure::NoSuchUser);
        };
        let style = self.hosts.get(at).and_then(|h| h.setup.smtp.as_ref()).map(|s| s.config.style);
        // Postfix and qmail leave their mark with each mailbox, and know a message again that comes back.
        let marks = matches!(style, Some(Style::Postfix | Style::Qmail));
        if marks && !recipient.sent_on && has_been_at(&message, &address) {
            return failure(DeliveryFailure::ForwardingLoop);
        }
        let forward = self.forward_of(at, &address).filter(|_| !recipient.sent_on);
        if let Some(forward) = &forward {
            if recipient.trail.contains(&address) {
                return failure(DeliveryFailure::AliasLoop);
            }
            self.send_forth(letter, recipient, &address, forward);
            if !forward.keep {
                return Ok(());
            }
            recipient.sent_on = true;
        }
        let Some(host) = self.hosts.get(at) else { return Ok(()) };
        let (original, offset) = (recipient.original.0.to_string(), host.setup.zone.at(self.now));
        let lines = stamp::final_delivery(style, &from, &address, &original, self.now, offset);
        let defers = host.setup.post.full == FullMailbox::Defer;
        let message = message.stamped(&host.setup.name, &lines);
        match self.store(at, &address, id, &message) {
            Ok(folder) => {
                let host = self.host_name(at);
                self.log(Event::Delivered { id, host, mailbox: address, message, folder });
            }
            Err(why) => {
                let soft = defers && why == DeliveryFailure::MailboxFull;
                return Err(Trouble { soft, ..Trouble::of(why) });
            }
        }
        if recipient.params.notify.contains(&Notify::Success) {
            let told = told(recipient, Action::Delivered, Status(2, 0, 0), None, Cause::Stored);
            self.note(letter, recipient.clone(), told);
        }
        Ok(())
    }

    /// The owner of a mailbox has its mail sent on: by the letter itself, or, where the program does so and where the sender
    /// changes, in a new one.
    fn send_forth(&mut self, letter: u64, recipient: &mut Recipient, address: &str, forward: &Forward) {
        let mut into = forward.to.clone();
        let own = recipient.to.clone();
        if forward.keep {
            into.push(own.clone());
        }
        let mut parent = recipient.clone();
        parent.trail.push(address.to_owned());
        let mut children = self.replaced(letter, parent, &into, Expansion::Forward);
        if forward.keep
            && let Some(copy) = children.pop()
        {
            recipient.params = copy.params;
        }
        let Some(l) = self.queue.letter(letter) else { return };
        let at = l.host;
        let Some(host) = self.hosts.get(at) else { return };
        let style = self.mail_style(at);
        // A report keeps the null path, whoever sends it on; else it would be answered.
        let from = match (forward.own_sender && l.from.0.is_some(), Mailbox::parse(address)) {
            (true, Ok(own)) => ReversePath(Some(own)),
            _ => l.from.clone(),
        };
        if !matches!(style, Style::Postfix | Style::Qmail) && from == l.from {
            return self.sort_out(letter, children);
        }
        let (setup, now) = (host.setup.clone(), self.now);
        let (id, params, message, queue_id) = (l.id, l.params.clone(), l.message.clone(), l.queue_id.clone());
        let last_word = l.last_word;
        let ids = self.hosts.get_mut(at).map(|h| &mut h.ids);
        let queue_id = ids.map_or(queue_id, |ids| stamp::queue_id(style, now, ids));
        let lines = stamp::sent_on(style, &setup, address, &queue_id, now);
        let message = message.stamped(&setup.name, &lines);
        if !self.may_pass_again(id) || !self.make_room(&message) {
            for child in children {
                self.fail(letter, child, &Trouble::of(DeliveryFailure::NoRoom), false);
            }
            return;
        }
        let letter = Letter { last_word, params, ..Letter::new(id, at, queue_id, from, message, now) };
        self.enqueue(letter, children);
    }

    /// The mailbox for an address of the host, what stands behind the delimiter left out where there is none of that name.
    fn mailbox_for(&self, at: usize, to: &ForwardPath) -> Option<String> {
        let without = || {
            let delimiter = self.hosts.get(at)?.setup.post.delimiter?;
            let (base, _) = to.0.local.split_once(delimiter)?;
            let base = Mailbox { local: base.to_owned(), domain: to.0.domain.clone() };
            self.local_address(at, &ForwardPath(base))
        };
        self.local_address(at, to).or_else(without)
    }

    pub(super) fn forward_of(&self, at: usize, address: &str) -> Option<Forward> {
        let folded = super::super::mailbox::fold_case(address);
        self.mailboxes.iter().find(|m| m.host == at && m.address == folded)?.forward.clone()
    }
}

/// Does a mark of an earlier delivery to this address stand in the header?
fn has_been_at(message: &Message, address: &str) -> bool {
    let outline = Outline::of(&message.octets);
    outline.all("Delivered-To").any(|field| outline.value(field).eq_ignore_ascii_case(address))
}

impl Letter {
    /// A letter that a host writes or sends on.
    pub(in crate::world) fn new(
        id: MessageId,
        host: usize,
        queue_id: String,
        from: ReversePath,
        message: Message,
        now: crate::units::Time,
    ) -> Letter {
        Letter {
            id,
            host,
            queue_id,
            from,
            params: crate::event::MailParams::default(),
            message,
            queued: now,
            client: String::new(),
            last_word: false,
            // Whoever writes it has it in hand.
            active: 1,
            waiting: 0,
            outcomes: Vec::new(),
            warned: false,
        }
    }
}

impl From<ForwardPath> for Recipient {
    fn from(to: ForwardPath) -> Recipient {
        Recipient::new(to, crate::event::RcptParams::default())
    }
}
