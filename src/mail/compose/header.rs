//! Header fields as a mail program writes them: folded at 78, words beyond ASCII encoded (RFC 5322 section 2.2.3,
//! RFC 2047), names quoted where they must be, file names in parameters (RFC 2231).

use super::Correspondent;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::fmt::Write as _;

/// A line should not be longer (RFC 5322 section 2.1.1).
const LINE: usize = 78;
/// Nor one with an encoded word in it (RFC 2047 section 2).
const ENCODED_LINE: usize = 76;
/// The longest encoded word (RFC 2047 section 2).
const ENCODED_WORD: usize = 75;
/// A word that is longer than this is taken apart, so that no line comes near 998 octets.
const LONG_WORD: usize = 400;
/// How much of a file's name stands in one piece of a parameter.
const PARAMETER: usize = 60;

/// Writes one field, folding it where it gets long.
#[derive(Debug)]
pub(super) struct Field {
    text: String,
    column: usize,
    /// Nothing but the name stands in the line yet.
    fresh: bool,
}

impl Field {
    /// A field of this name.
    pub(super) fn new(name: &str) -> Field {
        let text = format!("{name}:");
        Field { column: text.len(), text, fresh: true }
    }

    /// The field with its line's end.
    pub(super) fn done(mut self) -> String {
        self.text.push_str("\r\n");
        self.text
    }

    /// A word after a space, in the next line where this one has no room for it.
    pub(super) fn word(&mut self, word: &str) {
        self.fitting(word, LINE);
    }

    fn fitting(&mut self, word: &str, line: usize) {
        if !self.fresh && !word.is_empty() && self.column + 1 + word.len() > line {
            self.text.push_str("\r\n");
            self.column = 0;
        }
        self.text.push(' ');
        self.text.push_str(word);
        self.column += 1 + word.len();
        self.fresh = false;
    }

    /// Text as encoded words.
    fn encoded(&mut self, text: &str) {
        // The first one has to share the line with what stands there.
        let mut room = ENCODED_LINE.saturating_sub(self.column + 1).min(ENCODED_WORD);
        if room < 40 {
            room = ENCODED_WORD;
        }
        for word in words_within(text, room) {
            self.fitting(&word, ENCODED_LINE);
        }
    }

    /// Free text, such as a subject: what is not plain ASCII becomes encoded words, neighbours together with the spaces
    /// between them (RFC 2047 section 5, rule 1).
    pub(super) fn text(mut self, text: &str) -> Field {
        let text = harmless(text);
        let mut run: Vec<&str> = Vec::new();
        for word in text.trim().split(' ') {
            let plain = word.is_ascii() && !word.contains("=?") && word.len() <= LONG_WORD;
            match (plain, run.is_empty()) {
                (false, _) => run.push(word),
                (true, false) if word.is_empty() => run.push(word),
                (true, false) => {
                    self.encoded(&std::mem::take(&mut run).join(" "));
                    self.word(word);
                }
                (true, true) => self.word(word),
            }
        }
        if !run.is_empty() {
            self.encoded(&run.join(" "));
        }
        self
    }

    /// A list of addresses with names.
    pub(super) fn addresses(mut self, list: &[Correspondent]) -> Field {
        for (at, one) in list.iter().enumerate() {
            let comma = if at + 1 < list.len() { "," } else { "" };
            match one.name.as_deref().map(harmless).filter(|n| !n.trim().is_empty()) {
                None => self.word(&format!("{}{comma}", one.address)),
                Some(name) => {
                    self.phrase(name.trim());
                    self.word(&format!("<{}>{comma}", one.address));
                }
            }
        }
        self
    }

    /// A display name: as it is, quoted, or encoded (RFC 5322 section 3.2.5, RFC 2047 section 5, rule 3).
    fn phrase(&mut self, name: &str) {
        if !name.is_ascii() || name.contains("=?") || name.len() > LONG_WORD {
            return self.encoded(name);
        }
        if name.bytes().all(|b| is_atext(b) || b == b' ') && !name.contains("  ") {
            name.split(' ').for_each(|word| self.word(word));
        } else {
            self.word(&quoted(name));
        }
    }

    /// Ids of messages, each in its brackets.
    pub(super) fn ids(mut self, ids: &[String]) -> Field {
        ids.iter().for_each(|id| self.word(id));
        self
    }

    /// A parameter `; name=value`; where the value is long or not ASCII, as RFC 2231 has it.
    pub(super) fn parameter(mut self, name: &str, value: &str) -> Field {
        let value = harmless(value);
        let pieces = parameter_pieces(name, &value);
        for piece in pieces {
            self.text.push(';');
            self.column += 1;
            self.word(&piece);
        }
        self
    }
}

/// A parameter as one or several `name=value`.
fn parameter_pieces(name: &str, value: &str) -> Vec<String> {
    if value.is_ascii() && value.len() <= PARAMETER {
        let token =
            !value.is_empty() && value.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b));
        // File names stand in quotes by custom, also where they need none.
        let bare = token && name != "filename" && name != "name" && name != "boundary";
        return vec![if bare { format!("{name}={value}") } else { format!("{name}={}", quoted(value)) }];
    }
    let mut pieces = vec![String::new()];
    for c in value.chars() {
        let mut code = String::new();
        for b in c.to_string().bytes() {
            if b.is_ascii_alphanumeric() || b"-_.!~+".contains(&b) {
                code.push(char::from(b));
            } else {
                let _ = write!(code, "%{b:02X}");
            }
        }
        match pieces.last_mut() {
            Some(piece) if piece.len() + code.len() <= PARAMETER => piece.push_str(&code),
            _ => pieces.push(code),
        }
    }
    if let [whole] = pieces.as_slice() {
        return vec![format!("{name}*=utf-8''{whole}")];
    }
    let number = |(n, piece): (usize, &String)| {
        let charset = if n == 0 { "utf-8''" } else { "" };
        format!("{name}*{n}*={charset}{piece}")
    };
    pieces.iter().enumerate().map(number).collect()
}

/// Text on one line: what would begin another, or is no character to show, becomes a space.
pub(super) fn harmless(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn is_atext(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&b)
}

/// Text as encoded words, each at most 75 octets long (RFC 2047 section 2).
pub fn encoded_words(text: &str) -> Vec<String> {
    words_within(text, ENCODED_WORD)
}

/// Text as encoded words, the first at most `first` octets long. Q where most is ASCII, else B (RFC 2047 section 4); no
/// character is split over two words (section 5).
fn words_within(text: &str, first: usize) -> Vec<String> {
    const FRAME: usize = "=?utf-8?Q??=".len();
    let foreign = text.chars().filter(|c| !c.is_ascii()).count();
    let as_b = foreign * 2 > text.chars().count();
    let cost = |part: &str| if as_b { part.len().div_ceil(3) * 4 } else { q(part).len() };
    let mut parts: Vec<String> = vec![String::new()];
    let mut room = first;
    for c in text.chars() {
        let Some(part) = parts.last_mut() else { break };
        part.push(c);
        if part.chars().nth(1).is_some() && cost(part) + FRAME > room {
            part.pop();
            parts.push(c.to_string());
            room = ENCODED_WORD;
        }
    }
    let framed = |part: &String| match as_b {
        true => format!("=?utf-8?B?{}?=", STANDARD.encode(part)),
        false => format!("=?utf-8?Q?{}?=", q(part)),
    };
    parts.iter().map(framed).collect()
}

/// The Q encoding (RFC 2047 section 4.2), with only what may stand anywhere left as it is.
fn q(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    for b in text.bytes() {
        match b {
            b' ' => code.push('_'),
            b if b.is_ascii_alphanumeric() => code.push(char::from(b)),
            b => {
                let _ = write!(code, "={b:02X}");
            }
        }
    }
    code
}
