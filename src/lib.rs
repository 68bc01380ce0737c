//! helo: a mail-protocol learning lab.
//!
//! The heart of the crate is deterministic and does no I/O: an attempt is a scenario, a seed and an ordered
//! list of inputs, and the world is what you get by applying them. `docs/architecture.md` has the map of the
//! modules, which of them may use which, and the invariants; `tests/layering.rs` enforces it.

pub mod attempt;
pub mod author;
pub mod capture;
pub mod cli;
pub mod config;
pub mod event;
pub mod explain;
pub mod grade;
pub mod keys;
pub mod lab;
pub mod mail;
pub mod net;
pub mod proto;
pub mod rfc;
pub mod scenario;
pub mod store;
pub mod units;
pub mod web;
pub mod workstation;
pub mod world;
