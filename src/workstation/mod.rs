//! The learner's workstation: terminals, a small shell and its programs, all of them clients of the world.
//!
//! Nothing here speaks a mail protocol: `telnet` and `nc` carry octets between a terminal and [`World`], as the real
//! ones do between a terminal and a socket. What a terminal shows is an [`Event::Printed`]; `clear` shows nothing and
//! is known by its [`Event::Ran`].

mod complete;
mod escape;
mod files;
mod io;
mod lookup;
mod net;
mod programs;
mod screen;
mod services;
mod shell;
mod terminal;
#[cfg(test)]
mod tests;

use crate::event::{Event, Key, Limit};
use crate::mail::pem;
use crate::units::{TermId, Time};
use crate::world::{WorkstationSetup, World};
use complete::known::Known;
pub use complete::{COMPLETED_OCTETS, Completion};
use files::Files;
use io::Machine;
use net::Net;
use terminal::Terminal;

/// How many terminals there may be.
pub const TERMINALS: u8 = 64;
/// What is pasted into a program in more lines or octets than this goes there in blocks.
const LONG_PASTE: usize = 1000;
const LONG_PASTE_OCTETS: usize = 128 << 10;
/// How many lines a block has at most, and how many octets unless one line has more.
const BLOCK: usize = 500;
const BLOCK_OCTETS: usize = 32 << 10;

/// The workstation with its terminals.
#[derive(Debug)]
pub struct Workstation {
    machine: Machine,
    terminals: Vec<Terminal>,
}

impl Workstation {
    /// A workstation with one terminal, whose prompt is printed at once.
    pub fn new(setup: &WorkstationSetup, world: &mut World) -> Workstation {
        Workstation::with_net(setup, world)
    }

    fn with_net(setup: &WorkstationSetup, net: &mut dyn Net) -> Workstation {
        let own = setup.files.iter().map(|(name, octets)| (name.clone(), octets.to_vec())).collect();
        let short = setup.name.split('.').next().unwrap_or_default();
        let search = setup.name.split_once('.').map(|(_, d)| format!("search {d}\n")).unwrap_or_default();
        let mut system = vec![
            ("/etc/hostname", format!("{short}\n").into_bytes().into()),
            (
                "/etc/hosts",
                format!("127.0.0.1\tlocalhost\n{}\t{} {short}\n", setup.ip, setup.name).into_bytes().into(),
            ),
            ("/etc/resolv.conf", format!("{search}nameserver {}\n", setup.resolver).into_bytes().into()),
            ("/etc/services", services::file().as_bytes().into()),
        ];
        if let Some(authority) = net.authority() {
            let pem = pem::encode(pem::CERTIFICATE, &authority);
            system.push((programs::TRUSTED, pem.into_bytes().into()));
        }
        let machine = Machine {
            name: setup.name.clone(),
            ip: setup.ip,
            user: setup.user.clone(),
            resolver: setup.resolver,
            zone: setup.zone,
            account: setup.account.clone(),
            files: Files::new(format!("/home/{}", setup.user), net.now(), own, system),
            queries: 0,
            known: Known::default(),
            random: None,
        };
        // Most learners need one terminal, and a list grows by four at once.
        let mut workstation = Workstation { machine, terminals: Vec::with_capacity(1) };
        workstation.open(net);
        workstation
    }

    /// Opens another terminal; `None` where there are as many as there may be.
    pub fn open_terminal(&mut self, world: &mut World) -> Option<TermId> {
        self.open(world)
    }

    /// The number that the next terminal gets, if there may be one more.
    pub fn next_terminal(&self) -> TermId {
        TermId(u8::try_from(self.terminals.len()).unwrap_or(u8::MAX).saturating_add(1))
    }

    fn open(&mut self, net: &mut dyn Net) -> Option<TermId> {
        let id = self.next_terminal();
        if id.0 > TERMINALS {
            net.log(Event::LimitReached { limit: Limit::Terminals, at: u64::from(TERMINALS) });
            return None;
        }
        self.terminals.push(Terminal::open(id, net, &mut self.machine));
        Some(id)
    }

    /// A line was typed at a terminal and Enter pressed. A terminal that does not exist yet is opened, with those
    /// before it. While a program runs that does not read, the line waits for the program or the shell after it.
    pub fn line(&mut self, world: &mut World, term: TermId, text: &[u8]) {
        self.typed(world, term, text);
    }

    fn typed(&mut self, net: &mut dyn Net, term: TermId, text: &[u8]) {
        if let Some(i) = self.place(net, term)
            && let Some(terminal) = self.terminals.get_mut(i)
        {
            terminal.begin_input();
            terminal.line(net, &mut self.machine, text);
            self.hear(net);
        }
    }

    /// Text was pasted: as many lines as it has, typed one after the other. What a long paste brings to a program is
    /// typed (and where it has a connection, sent) in blocks of lines, so that ten megabytes are some hundred events.
    pub fn paste(&mut self, world: &mut World, term: TermId, text: &[u8]) {
        self.pasted(world, term, text);
    }

    fn pasted(&mut self, net: &mut dyn Net, term: TermId, text: &[u8]) {
        let Some(place) = self.place(net, term) else { return };
        self.terminals.iter_mut().for_each(Terminal::begin_input);
        let text = text.strip_suffix(b"\n").unwrap_or(text);
        let long =
            text.len() > LONG_PASTE_OCTETS || text.iter().filter(|b| **b == b'\n').nth(LONG_PASTE).is_some();
        let mut lines = text.split(|b| *b == b'\n').map(|l| l.strip_suffix(b"\r").unwrap_or(l));
        while let Some(first) = lines.next().filter(|_| !net.exhausted()) {
            let Some(terminal) = self.terminals.get_mut(place) else { return };
            if long && terminal.busy() {
                terminal.block(net, &mut self.machine, &block(first, &mut lines));
            } else {
                terminal.line(net, &mut self.machine, first);
            }
            self.hear(net);
        }
    }

    /// Keys were pressed that go to the program in the foreground one by one, where that takes them so.
    pub fn keys(&mut self, world: &mut World, term: TermId, octets: &[u8]) {
        self.keyed(world, term, octets);
    }

    fn keyed(&mut self, net: &mut dyn Net, term: TermId, octets: &[u8]) {
        let Some(place) = self.place(net, term) else { return };
        self.terminals.iter_mut().for_each(Terminal::begin_input);
        let Some(terminal) = self.terminals.get_mut(place) else { return };
        if terminal.keys(net, &mut self.machine, octets) {
            return self.hear(net);
        }
        for line in corrected(octets) {
            let Some(terminal) = self.terminals.get_mut(place).filter(|_| !net.exhausted()) else { return };
            terminal.line(net, &mut self.machine, &line);
            self.hear(net);
        }
    }

    /// A key was pressed.
    pub fn key(&mut self, world: &mut World, term: TermId, key: Key) {
        self.pressed(world, term, key);
    }

    fn pressed(&mut self, net: &mut dyn Net, term: TermId, key: Key) {
        if let Some(i) = self.place(net, term)
            && let Some(terminal) = self.terminals.get_mut(i)
        {
            terminal.begin_input();
            terminal.key(net, &mut self.machine, key);
            self.hear(net);
        }
    }

    /// Takes what the world has for the workstation's connections, until there is nothing more.
    pub fn notices(&mut self, world: &mut World) {
        self.terminals.iter_mut().for_each(Terminal::begin_input);
        self.hear(world);
    }

    fn hear(&mut self, net: &mut dyn Net) {
        while let Some(notice) = net.next_notice() {
            for terminal in &mut self.terminals {
                terminal.notice(net, &mut self.machine, &notice);
            }
        }
    }

    /// Programs that wait for a time up to the world's now go on.
    pub fn wake(&mut self, world: &mut World) {
        self.waken(world);
    }

    fn waken(&mut self, net: &mut dyn Net) {
        for terminal in &mut self.terminals {
            terminal.begin_input();
            terminal.wake(net, &mut self.machine);
        }
        self.hear(net);
    }

    /// When a program wants to go on by itself.
    pub fn next_wakeup(&self) -> Option<Time> {
        self.terminals.iter().filter_map(Terminal::next_wakeup).min()
    }

    /// Would a line typed now be read now? Not while `sleep` sleeps or a connection is being tried. A terminal that
    /// does not exist yet is ready.
    pub fn ready(&self, term: TermId) -> bool {
        let place = usize::from(term.0).checked_sub(1);
        place.and_then(|i| self.terminals.get(i)).is_none_or(Terminal::ready)
    }

    /// How a line could go on whose part before the cursor is `before`, as Tab in bash does it. `told` are texts that the learner
    /// has before them beside the terminals. Asking changes nothing.
    pub fn complete<'t>(
        &self,
        world: &World,
        term: TermId,
        before: &str,
        told: impl Iterator<Item = &'t str>,
    ) -> Completion {
        self.completed(world, term, before, told)
    }

    fn completed<'t>(
        &self,
        net: &dyn Net,
        term: TermId,
        before: &str,
        told: impl Iterator<Item = &'t str>,
    ) -> Completion {
        let place = usize::from(term.0).checked_sub(1);
        let Some(terminal) = place.and_then(|i| self.terminals.get(i)) else {
            return Completion::none(before);
        };
        if before.len() > COMPLETED_OCTETS {
            return Completion::none(before);
        }
        let mut known = self.machine.known.clone();
        told.for_each(|text| known.read(text));
        terminal.complete(net, &self.machine, &known, before)
    }

    /// Where a terminal is in the list, opened if need be; `None` where there cannot be one of that number.
    fn place(&mut self, net: &mut dyn Net, term: TermId) -> Option<usize> {
        let place = usize::from(term.0).checked_sub(1)?;
        while self.terminals.len() <= place {
            self.open(net)?;
        }
        Some(place)
    }
}

/// The lines that end in what was keyed, as a terminal gives them to who reads lines: Backspace and Delete have erased.
fn corrected(octets: &[u8]) -> Vec<Vec<u8>> {
    let mut lines = Vec::new();
    let mut line = Vec::new();
    for &octet in octets {
        match octet {
            b'\r' => lines.push(std::mem::take(&mut line)),
            // A character of several octets is one on the screen (RFC 3629 section 3).
            0x08 | 0x7f => while line.pop().is_some_and(|erased: u8| erased & 0xc0 == 0x80) {},
            _ => line.push(octet),
        }
    }
    lines
}

/// The lines of one block.
fn block<'t>(first: &'t [u8], rest: &mut impl Iterator<Item = &'t [u8]>) -> Vec<&'t [u8]> {
    let (mut lines, mut octets) = (vec![first], first.len());
    while lines.len() < BLOCK && octets < BLOCK_OCTETS {
        let Some(line) = rest.next() else { break };
        octets += line.len() + 1;
        lines.push(line);
    }
    lines
}
