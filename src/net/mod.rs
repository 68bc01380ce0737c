//! Real TCP ports on the loopback interface, for the mail programs of the learner's own machine. What they say becomes
//! inputs of the attempt that the ports lead into, and what its hosts answer goes back: the same sessions as behind the
//! page's terminal.
//!
//! - [`Wanted`] says which ports are to be opened; [`Listeners::bind`] opens them.
//! - [`Listeners::serve`] takes connections until it is closed or dropped, and leads them into the attempt that
//!   [`Doors`] names at that moment.

mod awake;
mod connection;
mod late;
mod listen;
mod tls;

pub use listen::{Listeners, PortFault, SERVICES, Serving, Wanted};

#[cfg(doc)]
use crate::lab::Doors;
