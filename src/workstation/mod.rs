//! The learner's workstation: terminals, a small shell and its programs, all of them clients of the world.

use crate::event::Key;
use crate::units::{TermId, Time};
use crate::world::{WorkstationSetup, World};

/// The workstation with its terminals.
#[derive(Debug)]
pub struct Workstation {}

impl Workstation {
    /// A workstation with one terminal, whose prompt is printed at once.
    pub fn new(setup: &WorkstationSetup, world: &mut World) -> Workstation {
        unimplemented!("{setup:?}{world:?}")
    }

    /// Opens another terminal; `None` where there are as many as there may be.
    pub fn open_terminal(&mut self, world: &mut World) -> Option<TermId> {
        unimplemented!("{world:?}")
    }

    /// A line was typed at a terminal and Enter pressed. A terminal that does not exist yet is opened, with those
    /// before it. While a program runs that does not read, the line waits for the program or the shell after it.
    pub fn line(&mut self, world: &mut World, term: TermId, text: &[u8]) {
        unimplemented!("{world:?}{term}{text:?}")
    }

    /// A key was pressed.
    pub fn key(&mut self, world: &mut World, term: TermId, key: Key) {
        unimplemented!("{world:?}{term}{key:?}")
    }

    /// Takes what the world has for the workstation's connections, until there is nothing more.
    pub fn notices(&mut self, world: &mut World) {
        unimplemented!("{world:?}")
    }

    /// Programs that wait for a time up to the world's now go on.
    pub fn wake(&mut self, world: &mut World) {
        unimplemented!("{world:?}")
    }

    /// Text was pasted: as many lines as it has, typed one after the other.
    pub fn paste(&mut self, world: &mut World, term: TermId, text: &[u8]) {
        unimplemented!("{world:?}{term}{text:?}")
    }

    /// When a program wants to go on by itself.
    pub fn next_wakeup(&self) -> Option<Time> {
        unimplemented!()
    }

    /// Would a line typed now be read now? Not while `sleep` sleeps or a connection is being tried.
    pub fn ready(&self, term: TermId) -> bool {
        unimplemented!("{term}")
    }
}
