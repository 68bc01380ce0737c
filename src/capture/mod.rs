//! Transcripts for reading and for machines: the conversation as `C:` and `S:` lines, the whole transcript as text
//! and as JSON.

mod json;
mod text;
mod wire;

pub use json::json;
pub use text::{TextLines, text};
pub use wire::{WireLine, WireLines, wire_lines};
