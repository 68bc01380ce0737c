//! The transcript as JSON: an array of the entries as they are, one to a line.

use crate::event::Entry;

/// The entries as a JSON array, in their order, one entry on each line, so that line tools can read it too.
///
/// # Errors
/// An entry cannot be written as JSON; none of helo's own events does that.
pub fn json(entries: &[Entry]) -> Result<String, serde_json::Error> {
    let lines = entries.iter().map(serde_json::to_string).collect::<Result<Vec<_>, _>>()?;
    Ok(if lines.is_empty() { "[]\n".to_owned() } else { format!("[\n{}\n]\n", lines.join(",\n")) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{Event, Side};
    use crate::units::{ConnId, EventNo, InputNo, Time};

    #[test]
    fn entries_come_back_from_json() {
        let wire = |n: u64, octets: &[u8]| Entry {
            n: EventNo(n),
            at: Time(0),
            input: InputNo(1),
            event: Event::Wire { conn: ConnId(1), from: Side::Client, octets: octets.into(), tls: false },
        };
        for entries in
            [vec![], vec![wire(1, b"NOOP\r\n")], vec![wire(1, b"\xff\x00"), wire(2, "ü".as_bytes())]]
        {
            let text = json(&entries).unwrap();
            assert_eq!(text.lines().count(), if entries.is_empty() { 1 } else { entries.len() + 2 });
            assert_eq!(serde_json::from_str::<Vec<Entry>>(&text).unwrap(), entries);
        }
    }
}
