//! What persons write: answers, forwards, receipts, notes that they are away, letters of their own accord.

use super::sending::Letters;
use super::{LetterSetup, Person, PersonSetup};
use crate::event::PersonLetter;
use crate::mail::compose::{
    Correspondent, Letter, Quoting, Receipt, ReceiptMode, Restraint, may_answer, restraint,
};
use crate::mail::{Fields, ForwardPath, Keyring, Mailbox, ReversePath, text_body};
use crate::units::{Bytes, MessageId, Stream, Time};
use crate::world::{ProtectSetup, World};

/// The message an answer is about.
type Original<'a> = (MessageId, &'a Bytes);
/// How much of a message's text a template may take over.
const TAKEN_OVER: usize = 64 << 10;

impl World {
    /// A letter without anything in it yet.
    fn blank(&mut self, number: usize, setup: &PersonSetup) -> Letter {
        let id = self.people.persons.get_mut(number).map(|p| p.ids.bits()).unwrap_or_default();
        let id = format!("{id:016x}@{}", setup.device);
        Letter::new(setup.account.owner.clone(), (self.now, setup.zone.at(self.now)), &id)
    }

    fn dispatch(
        &mut self,
        number: usize,
        setup: &PersonSetup,
        letter: &Letter,
        what: PersonLetter,
        about: Option<MessageId>,
    ) {
        let (from, to) = letter.envelope();
        self.hand_in_new(number, setup, (from, to), letter.octets(), (what, about));
    }

    /// A letter of their own accord.
    pub(super) fn send_new(&mut self, number: usize, setup: &PersonSetup, wanted: &LetterSetup) {
        let mut letter = self.blank(number, setup);
        letter.to.clone_from(&wanted.to);
        letter.cc.clone_from(&wanted.cc);
        letter.bcc.clone_from(&wanted.bcc);
        letter.reply_to.clone_from(&wanted.reply_to);
        letter.subject.clone_from(&wanted.subject);
        letter.body.clone_from(&wanted.body);
        letter.further.clone_from(&wanted.further);
        if wanted.receipt {
            letter.receipt_to = vec![letter.from.clone()];
        }
        self.dispatch(number, setup, &letter, PersonLetter::New, None);
    }

    /// An answer. A person answers no machine either: nobody would read it, and two who do so never end.
    pub(super) fn send_reply(
        &mut self,
        number: usize,
        setup: &PersonSetup,
        (id, original): Original<'_>,
        text: &str,
        (all, quote): (bool, bool),
    ) {
        let own = [setup.account.owner.address.clone()];
        let fields = Fields::parse(original);
        let why = restraint(&fields, &own)
            .filter(|why| matches!(why, Restraint::NullSender | Restraint::AutoSubmitted | Restraint::Own));
        if let Some(why) = why {
            return self.keeps_still(setup, PersonLetter::Reply, id, why);
        }
        let mut letter = self.blank(number, setup);
        letter.body = filled(text, &fields, original);
        let quoting = if quote { Quoting::Attributed(setup.lang) } else { Quoting::Nothing };
        letter.answer(original, all, &own, quoting);
        self.answered(setup, id);
        self.dispatch(number, setup, &letter, PersonLetter::Reply, Some(id));
    }

    /// A forward.
    pub(super) fn send_forward(
        &mut self,
        number: usize,
        setup: &PersonSetup,
        (id, original): Original<'_>,
        to: &[Correspondent],
        text: &str,
    ) {
        let mut letter = self.blank(number, setup);
        letter.to = to.to_vec();
        letter.body = filled(text, &Fields::parse(original), original);
        letter.forward(original, setup.lang);
        self.dispatch(number, setup, &letter, PersonLetter::Forward, Some(id));
    }

    /// A receipt, where one is asked for and the person, or their program, may and will send one (RFC 8098 section 2.1).
    pub(super) fn send_receipt(
        &mut self,
        number: usize,
        setup: &PersonSetup,
        (id, original): Original<'_>,
        mode: Option<ReceiptMode>,
    ) {
        let own = [setup.account.owner.address.clone()];
        let wanted = Receipt::wanted(original, &own, mode.unwrap_or(ReceiptMode::Manual));
        let (to, mode) = match (wanted, mode) {
            (Err(why), _) => return self.keeps_still(setup, PersonLetter::Receipt, id, why),
            (Ok(_), None) => {
                return self.keeps_still(setup, PersonLetter::Receipt, id, Restraint::Denied);
            }
            (Ok(to), Some(mode)) => (to, mode),
        };
        let blank = self.blank(number, setup);
        let receipt = Receipt {
            from: blank.from,
            to,
            date: blank.date,
            message_id: blank.message_id,
            mode,
            agent: format!("{}; helo", setup.device),
            lang: setup.lang,
        };
        let paths = receipt.to.iter().map(|one| ForwardPath(one.address.clone())).collect();
        let octets = receipt.octets(original);
        // A receipt has the null sender, so that nothing ever comes back for it (RFC 8098 section 3).
        let about = (PersonLetter::Receipt, Some(id));
        self.hand_in_new(number, setup, (ReversePath(None), paths), octets, about);
    }

    /// A note that they are away: once to each sender, never to machines and lists (RFC 3834).
    pub(super) fn send_away(
        &mut self,
        number: usize,
        setup: &PersonSetup,
        (id, original): Original<'_>,
        subject: Option<&str>,
        text: &str,
    ) {
        let own = [setup.account.owner.address.clone()];
        let fields = Fields::parse(original);
        let to: Mailbox = match may_answer(&fields, &own) {
            Ok(to) => to,
            Err(why) => return self.keeps_still(setup, PersonLetter::Away, id, why),
        };
        let key = to.to_string().to_lowercase();
        if self.people.persons.get_mut(number).is_none_or(|p| !p.told.insert(key)) {
            return self.keeps_still(setup, PersonLetter::Away, id, Restraint::ToldBefore);
        }
        let mut letter = self.blank(number, setup);
        letter.body = filled(text, &fields, original);
        letter.answer(original, false, &own, Quoting::Nothing);
        (letter.to, letter.cc) = (vec![Correspondent::new(to)], Vec::new());
        let about = fields.get("Subject").map(|f| f.decoded()).unwrap_or_default();
        letter.subject = match subject {
            Some(subject) => filled(subject, &fields, original),
            None => format!("Auto: {about}"),
        };
        letter.further.push(("Auto-Submitted".to_owned(), "auto-replied".to_owned()));
        let paths = letter.to.iter().map(|one| ForwardPath(one.address.clone())).collect();
        let octets = letter.octets();
        // The null sender: no bounce of it, and no answer of another machine to it (RFC 3834 section 3.3).
        self.hand_in_new(number, setup, (ReversePath(None), paths), octets, (PersonLetter::Away, Some(id)));
    }

    /// Hands a letter in, unless the person has written enough.
    fn hand_in_new(
        &mut self,
        number: usize,
        setup: &PersonSetup,
        (from, to): (ReversePath, Vec<ForwardPath>),
        octets: Bytes,
        (what, about): (PersonLetter, Option<MessageId>),
    ) {
        if to.is_empty() {
            return;
        }
        let Some(person) = self.people.persons.get_mut(number) else { return };
        if person.written >= setup.limit {
            let why = Restraint::Enough;
            return self.person_did(setup, crate::event::PersonEvent::KeepsStill { what, about, why });
        }
        let Some(octets) = protected(person, &to, octets, &self.keyring, self.now) else {
            let why = Restraint::NoCertificate;
            return self.person_did(setup, crate::event::PersonEvent::KeepsStill { what, about, why });
        };
        person.written += 1;
        let nonce = format!("{:016x}{:016x}", person.ids.bits(), person.ids.bits());
        let letters = Letters { person: number, from, to, octets, what, about, tries: 0, nonce };
        self.hand_in(letters);
    }
}

/// A letter, signed and encrypted as the person's habit wants it; `None` where somebody has no certificate.
fn protected(
    person: &mut Person,
    to: &[ForwardPath],
    octets: Bytes,
    keyring: &Keyring,
    now: Time,
) -> Option<Bytes> {
    let (sign, encrypt) = person.protects;
    if !sign && !encrypt {
        return Some(octets);
    }
    let protect = ProtectSetup {
        sign: sign.then(|| person.setup.account.owner.address.to_string()),
        encrypt: if encrypt { to.iter().map(|path| path.0.to_string()).collect() } else { Vec::new() },
        ..ProtectSetup::default()
    };
    let mut random = Stream::new(person.ids.bits(), "smime");
    protect.can_be_done(keyring).then(|| protect.apply(&octets, keyring, now, &mut random))
}

/// A text of the scenario with what the message says in the places of `{{mail.from}}` and its like.
fn filled(text: &str, fields: &Fields, original: &[u8]) -> String {
    let decoded = |name: &str| fields.get(name).map(|f| f.decoded()).unwrap_or_default();
    let from = fields.get("From").map(|f| Correspondent::all_in(&f.value)).unwrap_or_default();
    let from = from.first();
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{mail.") {
        out.push_str(before);
        let Some((name, after)) = after.split_once("}}") else {
            out.push_str("{{mail.");
            rest = after;
            continue;
        };
        match name.trim() {
            "from" => out.push_str(&from.map(|one| one.address.to_string()).unwrap_or_default()),
            "name" => out.push_str(&from.map(Correspondent::shown).unwrap_or_default()),
            "subject" => out.push_str(&decoded("Subject")),
            "date" => out.push_str(&decoded("Date")),
            "id" => out.push_str(&decoded("Message-ID")),
            "text" => {
                let text = text_body(original).replace("\r\n", "\n");
                out.extend(text.trim_end().chars().take(TAKEN_OVER));
            }
            _ => {}
        }
        rest = after;
    }
    out.push_str(rest);
    out
}
