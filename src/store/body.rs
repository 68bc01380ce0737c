//! The form of a row of the record: some inputs, then some events, a line of JSON each, packed.
//!
//! The octets of a message stand in the record five times, as they came, went, were taken and were delivered. LZ4 finds
//! what stood within the last 64 KiB and writes down where, so that they cost once; it does so faster than SQLite
//! would write the pages. A body begins with its form: 0 for the text itself, 1 for the text's length in four octets,
//! the lowest first, and the text as one block of LZ4.

use super::Lines;
use lz4_flex::block::{CompressTable, compress_into_with_table, decompress_into, get_maximum_output_size};
use std::ops::Range;

/// Text with fewer octets is not worth packing.
const SHORT: usize = 256;
/// With so many octets of text a row is long enough: what is left goes into another, so that whoever reads a few lines
/// unpacks few.
const LONG: usize = 256 << 10;
/// How many octets the packer keeps room for between two bodies.
const KEPT: usize = 1 << 20;
/// So many octets of text come out of one octet of LZ4 at most: what a damaged body says of its length is believed up to that.
const MOST_FROM_ONE: usize = 256;

/// The form and the text's length.
const HEAD: usize = 5;
const PLAIN: u8 = 0;
const LZ4: u8 = 1;

/// Makes bodies, one after the other, in the same memory.
pub(super) struct Packer {
    text: Vec<u8>,
    body: Vec<u8>,
    table: CompressTable,
}

impl Default for Packer {
    fn default() -> Packer {
        Packer { text: Vec::new(), body: Vec::new(), table: CompressTable::large() }
    }
}

/// What of the lines of an append a row has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) inputs: u64,
    pub(super) events: u64,
    input_text: Range<usize>,
    event_text: Range<usize>,
}

/// How an append's lines are shared out among rows; nearly always there is one.
pub(super) fn parts(inputs: &Lines, events: &Lines) -> Vec<Part> {
    let (all_inputs, all_events) = (inputs.octets(), events.octets());
    let whole = Part {
        inputs: inputs.count(),
        events: events.count(),
        input_text: 0..all_inputs,
        event_text: 0..all_events,
    };
    if all_inputs + all_events <= LONG {
        let something = whole.inputs + whole.events > 0;
        return if something { vec![whole] } else { Vec::new() };
    }
    let mut parts = Vec::new();
    let (mut input_at, mut event_at) = (0, 0);
    while input_at < all_inputs || event_at < all_events {
        let (inputs, input_end) = some_lines(inputs.text(), input_at, LONG);
        let room = LONG.saturating_sub(input_end - input_at);
        // Inputs come before events, over several rows too.
        let room = if input_end == all_inputs { room } else { 0 };
        let (events, event_end) = some_lines(events.text(), event_at, room);
        parts.push(Part { inputs, events, input_text: input_at..input_end, event_text: event_at..event_end });
        (input_at, event_at) = (input_end, event_end);
    }
    parts
}

/// Lines from `start` on until there are `room` octets or more: how many, and where they end.
fn some_lines(text: &[u8], start: usize, room: usize) -> (u64, usize) {
    let (mut count, mut end) = (0, start);
    while end - start < room
        && let Some(length) = text.get(end..).and_then(|rest| memchr::memchr(b'\n', rest))
    {
        count += 1;
        end += length + 1;
    }
    (count, end)
}

impl Packer {
    /// The body of a part of these lines.
    pub(super) fn pack(&mut self, part: &Part, inputs: &Lines, events: &Lines) -> &[u8] {
        let Packer { text, body, table } = self;
        text.clear();
        text.shrink_to(KEPT);
        body.truncate(KEPT);
        body.shrink_to(KEPT);
        text.extend_from_slice(inputs.text().get(part.input_text.clone()).unwrap_or_default());
        text.extend_from_slice(events.text().get(part.event_text.clone()).unwrap_or_default());
        if text.len() >= SHORT
            && let Ok(length) = u32::try_from(text.len())
        {
            // What stands there from before is written over: to put zeros there first would be for nothing.
            let needed = HEAD + get_maximum_output_size(text.len());
            if body.len() < needed {
                body.resize(needed, 0);
            }
            if let Some((head, room)) = body.split_first_chunk_mut::<HEAD>()
                && let Ok(packed) = compress_into_with_table(text, room, table)
                && packed < text.len()
            {
                let (form, size) = head.split_at_mut(1);
                form.fill(LZ4);
                size.copy_from_slice(&length.to_le_bytes());
                return body.get(..HEAD + packed).unwrap_or_default();
            }
        }
        body.clear();
        body.push(PLAIN);
        body.extend_from_slice(text);
        body
    }
}

/// The lines of a body, which has so many; `None` where it is damaged.
pub(super) fn unpack(body: Vec<u8>, inputs: u64, events: u64) -> Option<Unpacked> {
    let text = text_of(body)?;
    let lines = memchr::memchr_iter(b'\n', text.as_bytes()).count() as u64;
    let whole = text.is_empty() || text.ends_with('\n');
    (whole && inputs.checked_add(events) == Some(lines)).then_some(Unpacked { text, inputs })
}

fn text_of(mut body: Vec<u8>) -> Option<String> {
    let (form, rest) = body.split_first()?;
    match *form {
        PLAIN => {
            body.remove(0);
            String::from_utf8(body).ok()
        }
        LZ4 => {
            let (length, block) = rest.split_first_chunk::<4>()?;
            let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
            if length / MOST_FROM_ONE > block.len() {
                return None;
            }
            let mut text = vec![0; length];
            let filled = decompress_into(block, &mut text).ok()?;
            (filled == length).then(|| String::from_utf8(text).ok())?
        }
        _ => None,
    }
}

/// What a row says.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unpacked {
    text: String,
    inputs: u64,
}

impl Unpacked {
    /// Its inputs.
    pub(super) fn inputs(&self) -> impl Iterator<Item = &str> {
        self.text.split_terminator('\n').take(usize::try_from(self.inputs).unwrap_or(usize::MAX))
    }

    /// Its events.
    pub(super) fn events(&self) -> impl Iterator<Item = &str> {
        self.text.split_terminator('\n').skip(usize::try_from(self.inputs).unwrap_or(usize::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(lines: &[&str]) -> Lines {
        lines.iter().collect()
    }

    fn packed(inputs: &Lines, events: &Lines) -> Vec<Vec<u8>> {
        let mut packer = Packer::default();
        parts(inputs, events).iter().map(|part| packer.pack(part, inputs, events).to_vec()).collect()
    }

    /// The inputs and the events of a row.
    type Row = (Vec<String>, Vec<String>);

    /// What comes out of the bodies of these lines.
    fn round(inputs: &Lines, events: &Lines) -> Vec<Row> {
        let owned = |lines: &mut dyn Iterator<Item = &str>| lines.map(str::to_owned).collect::<Vec<_>>();
        let mut rows = Vec::new();
        for (part, body) in parts(inputs, events).iter().zip(packed(inputs, events)) {
            let row = unpack(body, part.inputs, part.events).unwrap();
            rows.push((owned(&mut row.inputs()), owned(&mut row.events())));
        }
        rows
    }

    #[test]
    fn what_goes_in_comes_out() {
        let long = format!("\"{}\"", "x".repeat(5000));
        let rows: &[(&[&str], &[&str])] = &[
            (&["1"], &["2", "3"]),
            (&[], &["2"]),
            (&["\"Grüße\""], &[]),
            (&[&long, ""], &[&long, &long, "", "4"]),
        ];
        for (inputs, events) in rows {
            let came = round(&lines(inputs), &lines(events));
            assert_eq!(came.len(), 1);
            assert_eq!((&came[0].0[..], &came[0].1[..]), (&inputs.map_owned()[..], &events.map_owned()[..]));
        }
        assert_eq!(round(&Lines::default(), &Lines::default()), []);
    }

    trait Owned {
        fn map_owned(&self) -> Vec<String>;
    }

    impl Owned for &[&str] {
        fn map_owned(&self) -> Vec<String> {
            self.iter().map(|s| (*s).to_owned()).collect()
        }
    }

    #[test]
    fn octets_that_stand_five_times_cost_once() {
        // Nothing in it repeats by itself.
        let mut stream = crate::units::Stream::new(7, "body");
        let message: String = (0..4096).map(|_| char::from(b' ' + 2 + stream.below(90) as u8)).collect();
        let json = serde_json::to_string(&message).unwrap();
        let events = lines(&[json.as_str(); 4]);
        let bodies = packed(&lines(&[&json]), &events);
        assert!(bodies[0].len() < json.len() + 300, "{} for {}", bodies[0].len(), json.len());
        let alone = packed(&lines(&[&json]), &Lines::default());
        assert_eq!(
            (alone[0][0], alone[0].len()),
            (PLAIN, json.len() + 2),
            "what does not get shorter stays as it is"
        );
        assert_eq!(packed(&lines(&["1"]), &Lines::default())[0], b"\x001\n");
    }

    #[test]
    fn a_long_append_becomes_several_rows_in_order() {
        let event = format!("\"{}\"", "e".repeat(10_000));
        let (many, few) = (vec![event.as_str(); 100], ["1", "2"]);
        for (inputs, events) in [(&few[..], &many[..]), (&many[..], &few[..]), (&many[..], &many[..])] {
            let rows = round(&lines(inputs), &lines(events));
            assert!(rows.len() >= 4, "{}", rows.len());
            let all = |of: fn(&Row) -> &[String]| rows.iter().flat_map(of).cloned().collect::<Vec<_>>();
            assert_eq!(all(|row| &row.0), inputs);
            assert_eq!(all(|row| &row.1), events);
            let first_event = rows.iter().position(|row| !row.1.is_empty()).unwrap();
            assert!(rows.iter().skip(first_event + 1).all(|row| row.0.is_empty()), "inputs come first");
        }
        let giant = format!("\"{}\"", "g".repeat(3_000_000));
        assert_eq!(round(&lines(&[&giant]), &lines(&["1"])).len(), 2);
    }

    #[test]
    fn a_damaged_body_is_known_for_one() {
        let inputs = lines(&["1"]);
        let events: Lines = (0..100).map(|n| format!("\"250 Ok {n}\"")).collect();
        let good = packed(&inputs, &events).remove(0);
        assert_eq!(good[0], LZ4);
        assert!(unpack(good.clone(), 1, 100).is_some());
        for (inputs, events) in [(1, 99), (0, 0), (u64::MAX, 1)] {
            assert_eq!(unpack(good.clone(), inputs, events), None, "{inputs} {events}");
        }
        for end in 0..good.len() {
            assert_eq!(unpack(good[..end].to_vec(), 1, 100), None, "cut off at {end}");
        }
        for at in 0..good.len() {
            // Whatever comes out, it comes out.
            let mut bad = good.clone();
            bad[at] ^= 0x55;
            let _ = unpack(bad, 1, 100);
        }
        assert_eq!(
            unpack(b"\x01\xff\xff\xff\xff\x10".to_vec(), 1, 0),
            None,
            "four gigabytes out of an octet"
        );
        assert_eq!(unpack(b"\x021\n".to_vec(), 1, 0), None, "a form there is not");
        assert_eq!(unpack(b"\x00\xff\n".to_vec(), 1, 0), None);
        assert_eq!(unpack(b"\x001".to_vec(), 0, 0), None, "a line without its end");
    }
}
