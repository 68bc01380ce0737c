//! What is so now, as far as events tell: settings, records of zones, flags, what lies in mailboxes. For each state that a
//! scenario asks for it is remembered where it holds.

use super::known::bounded_insert;
use crate::event::{Event, FolderChange, ZoneChange};
use crate::mail::{Known, Like, Mail, Message, MessagePattern};
use crate::scenario::{FlaggedPattern, How, Pattern, Sought, Step};
use crate::units::MessageId;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Messages, hosts or records remembered for one state; beyond it the first is forgotten.
const PLACES: usize = 8192;

/// The states that a scenario asks for.
#[derive(Debug, Clone, Default)]
pub(super) struct States {
    states: Vec<State>,
}

/// One state.
#[derive(Debug, Clone)]
struct State {
    sought: Arc<Sought>,
    /// Hosts or records for which it holds.
    names: BTreeSet<String>,
    /// Messages that are as they must be, whatever their flags, by mailbox and folder, with whether the flags are too.
    copies: BTreeMap<Copy, (u32, bool)>,
}

/// A message in a folder: mailbox and folder first, so that all of a folder stand together.
type Copy = (String, String, MessageId);

impl States {
    /// Those that the steps ask for: what is to be so now, and what lies in a mailbox also where it must never lie there
    /// or where that is a mistake.
    pub(super) fn new(steps: &[Step]) -> States {
        let lies = |sought: &Arc<Sought>| matches!(sought.what, Pattern::Holds { .. });
        let expected = steps.iter().flat_map(Step::expectations);
        let expected = expected.filter(|e| e.how == How::Now || lies(&e.what)).map(|e| &e.what);
        let mistakes = steps.iter().flat_map(|step| &step.mistakes).map(|m| &m.when);
        let mut states: Vec<State> = Vec::new();
        for sought in expected.chain(mistakes.filter(|when| lies(when))) {
            if !states.iter().any(|state| state.sought == *sought) {
                let sought = sought.clone();
                states.push(State { sought, names: BTreeSet::new(), copies: BTreeMap::new() });
            }
        }
        States { states }
    }

    /// Is one of them about a setting or a record?
    pub(super) fn asks_for_settings(&self) -> bool {
        let about =
            |state: &State| matches!(state.sought.what, Pattern::Setting { .. } | Pattern::Zone { .. });
        self.states.iter().any(about)
    }

    /// Takes in what an event says.
    pub(super) fn take(&mut self, event: &Event, known: Known<'_>) {
        for state in &mut self.states {
            state.take(event, known);
        }
    }

    /// Is it so now?
    pub(super) fn holds(&self, sought: &Sought) -> bool {
        self.states.iter().find(|state| *state.sought == *sought).is_some_and(State::holds)
    }
}

impl State {
    fn take(&mut self, event: &Event, known: Known<'_>) {
        match (&self.sought.what, event) {
            (Pattern::Setting { name, host, value }, Event::Setting { host: at, name: set, value: to })
                if set == name && host.as_ref().is_none_or(|host| host.matches(at)) =>
            {
                let so = value.as_ref().is_none_or(|value| value.matches(to));
                self.name(at.to_lowercase(), so);
            }
            (Pattern::Zone { record, zone, added }, Event::Zone { zone: changed, what, .. }) => {
                let lines = what.lines(changed);
                let meant = zone.as_ref().is_none_or(|zone| zone.matches(changed));
                if meant && lines.iter().any(|line| record.matches(line)) {
                    let so = *added == matches!(what, ZoneChange::Added(_));
                    let [_, line] = lines;
                    self.name(line, so);
                }
            }
            (Pattern::Flagged(_) | Pattern::Holds { .. }, _) => self.mail(event, known),
            _ => {}
        }
    }

    fn name(&mut self, name: String, so: bool) {
        if !so {
            self.names.remove(&name);
        } else if self.names.len() < PLACES {
            self.names.insert(name);
        }
    }

    fn mail(&mut self, event: &Event, known: Known<'_>) {
        match event {
            Event::Present { id, mailbox, message, .. } => {
                self.put(copy(mailbox, "INBOX", *id), message, &[], known)
            }
            Event::Delivered { id, mailbox, message, folder, .. } => {
                self.put(copy(mailbox, folder, *id), message, &[], known);
            }
            Event::Appended { id, mailbox, message, folder, flags, .. } => {
                self.put(copy(mailbox, folder, *id), message, flags, known);
            }
            Event::Flagged { ids, mailbox, folder, flags, .. } => {
                let so = self.is_flagged(flags);
                for id in ids {
                    if let Some((_, flagged)) = self.copies.get_mut(&copy(mailbox, folder, *id)) {
                        *flagged = so;
                    }
                }
            }
            Event::Removed { ids, mailbox, folder, .. } => {
                for id in ids {
                    self.take_out(copy(mailbox, folder, *id));
                }
            }
            Event::Copied { ids, mailbox, from, to, moved, .. } => {
                for id in ids {
                    let old = copy(mailbox, from, *id);
                    let Some((_, flagged)) = self.copies.get(&old).copied() else { continue };
                    if *moved {
                        self.take_out(old);
                    }
                    self.put_in(copy(mailbox, to, *id), flagged);
                }
            }
            Event::Folder { mailbox, what: FolderChange::Deleted { folder }, .. } => {
                let (mailbox, folder) = (mailbox.to_lowercase(), folder_name(folder));
                self.copies.retain(|(of, name, _), _| *of != mailbox || *name != folder);
            }
            Event::Folder { mailbox, what: FolderChange::Renamed { from, to }, .. } => {
                self.rename(&mailbox.to_lowercase(), from, to);
            }
            _ => {}
        }
    }

    fn put(&mut self, at: Copy, message: &Message, flags: &[String], known: Known<'_>) {
        let (of, wanted) = match &self.sought.what {
            Pattern::Flagged(flagged) => (&flagged.mailbox, &flagged.message),
            Pattern::Holds { mailbox, message, .. } => (mailbox, message),
            _ => return,
        };
        let any = *wanted == MessagePattern::default();
        if of.matches(&at.0) && (any || Mail::among(&message.octets, known).is_like(wanted)) {
            let flagged = self.is_flagged(flags);
            self.put_in(at, flagged);
        }
    }

    fn put_in(&mut self, at: Copy, flagged: bool) {
        match self.copies.get_mut(&at) {
            Some((copies, so)) => (*copies, *so) = (copies.saturating_add(1), *so || flagged),
            None => bounded_insert(&mut self.copies, PLACES, at, (1, flagged)),
        }
    }

    fn take_out(&mut self, at: Copy) {
        match self.copies.get_mut(&at) {
            Some((copies, _)) if *copies > 1 => *copies -= 1,
            _ => {
                self.copies.remove(&at);
            }
        }
    }

    /// A folder and those below it get another name.
    fn rename(&mut self, mailbox: &str, from: &str, to: &str) {
        let (from, below) = (folder_name(from), format!("{}/", folder_name(from)));
        let moved = |(of, name, _): &Copy| of == mailbox && (*name == from || name.starts_with(&below));
        let old: Vec<Copy> = self.copies.keys().filter(|at| moved(at)).cloned().collect();
        for at in old {
            let Some(found) = self.copies.remove(&at) else { continue };
            let rest = at.1.get(from.len()..).unwrap_or_default();
            self.copies.insert((at.0, format!("{}{rest}", folder_name(to)), at.2), found);
        }
    }

    /// Are these the flags that are asked for?
    fn is_flagged(&self, flags: &[String]) -> bool {
        match &self.sought.what {
            Pattern::Flagged(wanted) => has_flags(wanted, flags),
            _ => true,
        }
    }

    fn holds(&self) -> bool {
        let within = |folder: &Option<Like>, name: &str| folder.as_ref().is_none_or(|f| f.matches(name));
        match &self.sought.what {
            Pattern::Flagged(wanted) => self
                .copies
                .iter()
                .any(|((_, folder, _), (_, flagged))| *flagged && within(&wanted.folder, folder)),
            Pattern::Holds { folder, count, .. } => {
                let inside = self.copies.iter().filter(|((_, name, _), _)| within(folder, name));
                let copies: u32 = inside.map(|(_, (copies, _))| *copies).fold(0, u32::saturating_add);
                count.map_or(copies > 0, |count| count == copies)
            }
            _ => !self.names.is_empty(),
        }
    }
}

/// Has a message with these flags all that it must have, and none that it must not?
pub(super) fn has_flags(wanted: &FlaggedPattern, flags: &[String]) -> bool {
    let has = |flag: &String| flags.iter().any(|one| one.eq_ignore_ascii_case(flag));
    wanted.flags.iter().all(has) && !wanted.unset.iter().any(has)
}

fn copy(mailbox: &str, folder: &str, id: MessageId) -> Copy {
    (mailbox.to_lowercase(), folder_name(folder), id)
}

/// INBOX is one name however it is written (RFC 3501 section 5.1).
fn folder_name(folder: &str) -> String {
    if folder.eq_ignore_ascii_case("INBOX") { "INBOX".to_owned() } else { folder.to_owned() }
}
