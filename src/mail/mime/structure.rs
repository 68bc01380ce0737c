//! The parts of a message (RFC 2045, RFC 2046): which octets each one is, and what its header says about it. One pass
//! over the lines; whatever the octets are, there is a structure.

use super::content::Content;
use super::lines::{Lines, is_empty_line, line_end, slice, without_end};
use crate::units::Span;

/// The deepest a part may lie in others; what is nested deeper is not taken apart.
const DEPTH: usize = 100;

/// The most parts of one message; boundaries after them are text.
const PARTS: usize = 10_000;

/// The longest boundary that is looked for; a longer one is cut (RFC 2046 section 5.1.1 allows 70 octets).
const BOUNDARY: usize = 996;

/// A part of a message, or the message itself. All spans count octets of the whole message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The header, the empty line that ends it included.
    pub header: Span,
    /// The body. The line end before a boundary belongs to the boundary (RFC 2046 section 5.1.1).
    pub body: Span,
    /// How many line ends are in the body.
    pub lines: usize,
    /// What the header says. Empty where it is no MIME: neither MIME-Version nor Content-Type (RFC 2045 section 4).
    pub content: Content,
    /// What the body is.
    pub inside: Inside,
}

/// What the body of a part is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inside {
    /// Text (RFC 2046 section 4.1), which is also what has no type.
    Text,
    /// Anything else that is not taken apart.
    Data,
    /// The parts of a multipart, in order (RFC 2046 section 5.1); none where its boundary is missing.
    Parts(Vec<Part>),
    /// A message of its own (RFC 2046 section 5.2.1).
    Message(Box<Part>),
    /// A multipart or a message that lies too deep to be taken apart.
    TooDeep,
}

impl Part {
    /// Takes a message apart.
    pub fn parse(message: &[u8]) -> Part {
        let mut scan = Scan {
            octets: message,
            open: Vec::new(),
            boundaries: Vec::new(),
            parts: 0,
            lines: 0,
            divided: 0,
        };
        scan.begin(0, false);
        let mut at = 0;
        while at < message.len() {
            at = scan.line(at);
        }
        scan.end()
    }

    /// The part that a path such as `1.2` names (RFC 3501 section 6.4.5): a number counts the parts of a multipart; a
    /// message that is none has one part, 1, its body. `None` where there is no such part.
    pub fn find(&self, path: &[u32]) -> Option<&Part> {
        let mut part = self;
        // A part without parts has itself as its part 1, and there the path ends.
        let mut at_end = false;
        for (step, number) in path.iter().enumerate() {
            if at_end {
                return None;
            }
            let around = match &part.inside {
                Inside::Message(message) if step > 0 => message,
                _ => part,
            };
            part = match &around.inside {
                Inside::Parts(parts) => parts.get(usize::try_from(*number).ok()?.checked_sub(1)?)?,
                _ if *number == 1 => around,
                _ => return None,
            };
            at_end = std::ptr::eq(part, around) && !matches!(part.inside, Inside::Message(_));
        }
        Some(part)
    }

    /// Is this a multipart that was taken apart?
    pub fn is_multipart(&self) -> bool {
        matches!(self.inside, Inside::Parts(_))
    }
}

/// A part whose end has not been found.
struct Open {
    header: Span,
    body_start: usize,
    /// The lines of the message up to the body.
    lines_before: usize,
    in_header: bool,
    /// A part of a multipart: its Content fields count without a MIME-Version.
    in_multipart: bool,
    content: Content,
    inside: Inside,
}

/// A boundary that may come, and which open part it divides.
struct Boundary {
    text: Vec<u8>,
    owner: usize,
}

struct Scan<'a> {
    octets: &'a [u8],
    open: Vec<Open>,
    /// The innermost last.
    boundaries: Vec<Boundary>,
    parts: usize,
    /// How many lines have been read.
    lines: usize,
    /// One past the last boundary's line, whose end no other boundary has.
    divided: usize,
}

impl Scan<'_> {
    /// A part begins, with its header.
    fn begin(&mut self, at: usize, in_multipart: bool) {
        self.parts += 1;
        self.open.push(Open {
            header: Span::at(at),
            body_start: at,
            lines_before: self.lines,
            in_header: true,
            in_multipart,
            content: Content::default(),
            inside: Inside::Text,
        });
    }

    /// Reads the line at `at`; gives the place of the next.
    fn line(&mut self, at: usize) -> usize {
        let end = line_end(self.octets, at, self.octets.len());
        let line = slice(self.octets, at, end);
        let in_header = self.open.last().is_some_and(|part| part.in_header);
        if in_header && is_empty_line(line) {
            let part = self.open.len().saturating_sub(1);
            self.lines += 1;
            self.header_ends(end, true);
            self.give_up_empty_line(part, at, end);
            return end;
        }
        let found = self.boundary(line);
        if in_header {
            if found.is_some() {
                // The part has no body, and the line end before the boundary is not the header's.
                let start = self.open.last().map_or(at, |part| part.header.start);
                self.header_ends(at - newline_before(self.octets, start, at), false);
            } else {
                self.lines += 1;
                return end;
            }
        }
        self.lines += 1;
        if let Some((index, closes)) = found {
            self.divide(index, closes, at, end);
        }
        end
    }

    /// Where a boundary that is not the part's own follows the empty line at `at` at once, that is the boundary's.
    fn give_up_empty_line(&mut self, part: usize, at: usize, next: usize) {
        let line = slice(self.octets, next, line_end(self.octets, next, self.octets.len()));
        let owner = self.boundary(line).and_then(|(index, _)| self.boundaries.get(index)).map(|b| b.owner);
        if owner.is_none_or(|owner| owner == part) {
            return;
        }
        for (index, open) in self.open.iter_mut().enumerate().skip(part) {
            open.body_start = at;
            open.header = Span::new(if index == part { open.header.start } else { at }, at);
        }
    }

    /// Is this line a boundary of an open part? Which one, and is it the last of its part?
    ///
    /// A boundary is found by its beginning (RFC 2046 section 5.1.1). Where several fit, the longest does, but one that
    /// is the whole line is taken at once, from the inside out.
    fn boundary(&self, line: &[u8]) -> Option<(usize, bool)> {
        let text = slice(line, 0, without_end(line)).strip_prefix(b"--")?;
        if self.parts >= PARTS {
            return None;
        }
        let unclosed = text.strip_suffix(b"--").filter(|unclosed| !unclosed.is_empty());
        let mut best: Option<(usize, &[u8])> = None;
        for (index, boundary) in self.boundaries.iter().enumerate().rev() {
            let longer = best.is_none_or(|(_, best)| best.len() < boundary.text.len());
            if longer && text.starts_with(&boundary.text) {
                best = Some((index, &boundary.text));
                if text.len() == boundary.text.len() || unclosed == Some(&boundary.text) {
                    break;
                }
            }
        }
        best.map(|(index, boundary)| (index, slice(text, boundary.len(), text.len()).starts_with(b"--")))
    }

    /// The boundary at `at` ends every part inside its owner, and maybe begins the next.
    fn divide(&mut self, index: usize, closes: bool, at: usize, next: usize) {
        let Some(owner) = self.boundaries.get(index).map(|boundary| boundary.owner) else {
            return;
        };
        // The line end before the boundary is the boundary's, unless the innermost part has not begun.
        let begun = self.open.last().map_or(at, |part| part.body_start);
        let newline = newline_before(self.octets, begun.max(self.divided), at);
        while self.open.len() > owner + 1 {
            // The line of the boundary has been counted.
            self.close(at - newline, self.lines - 1 - usize::from(newline > 0));
        }
        self.divided = next;
        self.boundaries.truncate(if closes { index } else { index + 1 });
        if !closes && self.octets.get(next.wrapping_sub(1)) == Some(&b'\n') {
            self.begin(next, true);
        }
    }

    /// The innermost part ends.
    fn close(&mut self, end: usize, lines: usize) {
        let Some(part) = self.open.pop() else { return };
        let part = part.closed(end, lines);
        match self.open.last_mut().map(|around| &mut around.inside) {
            Some(Inside::Parts(parts)) => parts.push(part),
            Some(inside @ Inside::Data) => *inside = Inside::Message(Box::new(part)),
            _ => {}
        }
    }

    /// The header of the innermost part ends before `end`: what is its body?
    fn header_ends(&mut self, end: usize, by_empty_line: bool) {
        let depth = self.open.len();
        let in_digest = depth
            .checked_sub(2)
            .and_then(|around| self.open.get(around))
            .and_then(|around| around.content.kind.as_ref())
            .is_some_and(|kind| kind.is("multipart", "digest"));
        let Some(part) = self.open.last_mut() else {
            return;
        };
        part.in_header = false;
        part.header.end = end;
        part.body_start = end;
        part.lines_before = self.lines;
        part.content = content(self.octets, part.header, part.in_multipart);
        let kind = part.content.kind.as_ref();
        let is_message = kind.map_or(in_digest, |kind| kind.is("message", "rfc822"));
        let is_multipart = kind.is_some_and(|kind| kind.is("multipart", ""));
        let boundary =
            kind.filter(|_| is_multipart && by_empty_line).and_then(|kind| kind.parameter("boundary"));
        let boundary = boundary.map(|text| slice(text, 0, BOUNDARY).to_vec());
        part.inside = match () {
            () if is_message && (depth >= DEPTH || self.parts >= PARTS) => Inside::TooDeep,
            () if boundary.is_some() && depth >= DEPTH => Inside::TooDeep,
            () if is_multipart => Inside::Parts(Vec::new()),
            // Until it is closed, when the message takes its place.
            () if is_message => Inside::Data,
            () if kind.is_none_or(|kind| kind.is("text", "")) => Inside::Text,
            () => Inside::Data,
        };
        if part.inside == Inside::TooDeep {
            return;
        }
        if let Some(text) = boundary {
            self.boundaries.push(Boundary { text, owner: depth - 1 });
        }
        if is_message {
            self.begin(end, false);
        }
    }

    /// The message ends, and everything in it.
    fn end(mut self) -> Part {
        let end = self.octets.len();
        while self.open.last().is_some_and(|part| part.in_header) {
            self.header_ends(end, false);
        }
        while self.open.len() > 1 {
            self.close(end, self.lines_up_to_end());
        }
        let lines = self.lines_up_to_end();
        match self.open.pop() {
            Some(message) => message.closed(end, lines),
            // There is always the message itself.
            None => Part {
                header: Span::at(0),
                body: Span::new(0, end),
                lines,
                content: Content::default(),
                inside: Inside::Text,
            },
        }
    }

    /// All lines; one without an end is none.
    fn lines_up_to_end(&self) -> usize {
        match self.octets.last() {
            None | Some(b'\n') => self.lines,
            Some(_) => self.lines.saturating_sub(1),
        }
    }
}

impl Open {
    fn closed(self, end: usize, lines: usize) -> Part {
        Part {
            header: self.header,
            body: Span::new(self.body_start, end.max(self.body_start)),
            lines: lines.saturating_sub(self.lines_before),
            content: self.content,
            inside: self.inside,
        }
    }
}

/// What a header says about its body.
fn content(octets: &[u8], header: Span, in_multipart: bool) -> Content {
    let mut content = Content::default();
    let mut is_mime = in_multipart;
    for line in Lines::new(octets, header) {
        let name = slice(octets, line.name.start, line.name.end);
        is_mime |= name.eq_ignore_ascii_case(b"MIME-Version") || name.eq_ignore_ascii_case(b"Content-Type");
        content.field(name, || super::lines::value_of(octets, line.value));
    }
    if is_mime { content } else { Content::default() }
}

/// The length of the line end right before `at`, if it does not lie before `start`.
fn newline_before(octets: &[u8], start: usize, at: usize) -> usize {
    let line = slice(octets, start, at);
    line.len() - without_end(line)
}
