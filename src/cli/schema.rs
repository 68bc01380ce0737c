//! `helo schema`: the JSON Schema of the scenario format, for editors.

use super::args::Parsed;
use super::{CLEAN, Streams};
use crate::scenario::schema;
use std::io;

/// The file that `helo new` names in a scenario's first line, beside the scenario.
pub(super) const FILE: &str = "helo.schema.json";

pub(super) fn run(_: &Parsed, streams: &mut Streams<'_>) -> io::Result<u8> {
    serde_json::to_writer_pretty(&mut *streams.out, &schema()).map_err(io::Error::from)?;
    writeln!(streams.out).map(|()| CLEAN)
}
