//! The body of a part as a mail program encodes it: charset and transfer encoding by what is in it (RFC 2045 section 6).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::fmt::Write as _;

/// The longest line of a message without its end (RFC 5322 section 2.1.1).
const LONGEST_LINE: usize = 998;
/// The longest line of the encodings, a soft line break counted (RFC 2045 sections 6.7 and 6.8).
const ENCODED_LINE: usize = 76;

/// Octets as they stand in a message, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Encoded {
    /// What stands in Content-Transfer-Encoding.
    pub(super) encoding: &'static str,
    /// The charset, for text.
    pub(super) charset: &'static str,
    /// Lines with CRLF.
    pub(super) text: String,
}

/// A text: plain where it is ASCII with lines that may be, else encoded; 8bit only where that is wanted.
pub(super) fn text(body: &str, eight_bit: bool) -> Encoded {
    let body = with_crlf(body);
    let charset = if body.is_ascii() { "us-ascii" } else { "utf-8" };
    let lines_fit = body.split("\r\n").all(|line| line.len() <= LONGEST_LINE && !line.contains(['\r', '\0']));
    if lines_fit && body.is_ascii() {
        return Encoded { encoding: "7bit", charset, text: body };
    }
    if lines_fit && eight_bit {
        return Encoded { encoding: "8bit", charset, text: body };
    }
    // Where most can be read as it stands, it shall be (RFC 2045 section 6.7); else base64 is shorter.
    let masked = body.bytes().filter(|b| !b.is_ascii() || *b == b'=').count();
    if masked * 2 <= body.len() {
        Encoded { encoding: "quoted-printable", charset, text: quoted_printable(&body) }
    } else {
        Encoded { encoding: "base64", charset, text: base64(body.as_bytes()) }
    }
}

/// Lines with CRLF, the last one too. A CR alone stays what it is.
pub(super) fn with_crlf(text: &str) -> String {
    let mut out = text.replace("\r\n", "\n").replace('\n', "\r\n");
    if !out.is_empty() && !out.ends_with("\r\n") {
        out.push_str("\r\n");
    }
    out
}

/// Base64 in lines of 76.
pub(super) fn base64(octets: &[u8]) -> String {
    let code = STANDARD.encode(octets);
    let mut out = String::with_capacity(code.len() + code.len() / 38 + 2);
    for line in code.as_bytes().chunks(ENCODED_LINE) {
        out.push_str(&String::from_utf8_lossy(line));
        out.push_str("\r\n");
    }
    out
}

/// Quoted-printable (RFC 2045 section 6.7). A line that begins with `From ` or is a lone dot is masked too, because both
/// mean something to somebody on the way (RFC 2049 section 3).
fn quoted_printable(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 4);
    for line in text.split_inclusive("\r\n") {
        let (line, end) = line.strip_suffix("\r\n").map_or((line, ""), |line| (line, "\r\n"));
        let masked = line == "." || line.starts_with("From ");
        let mut column = 0;
        for (at, c) in line.char_indices() {
            let last = at + c.len_utf8() == line.len();
            let plain = match c {
                ' ' | '\t' => !last,
                '=' => false,
                c => c.is_ascii_graphic(),
            };
            let mut code = String::new();
            if plain && !(masked && at == 0) {
                code.push(c);
            } else {
                for b in c.to_string().bytes() {
                    let _ = write!(code, "={b:02X}");
                }
            }
            // Room for the soft line break, unless nothing follows.
            if column + code.len() + usize::from(!last) > ENCODED_LINE {
                out.push_str("=\r\n");
                column = 0;
            }
            out.push_str(&code);
            column += code.len();
        }
        out.push_str(end);
    }
    out
}
