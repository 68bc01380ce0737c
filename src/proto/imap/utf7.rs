//! Names of mailboxes in modified UTF-7 (RFC 3501 section 5.1.3): ASCII stands for itself, `&-` for an ampersand, and
//! everything else is UTF-16 in a base64 of its own between `&` and `-`.

/// Why a name is no modified UTF-7, and at which octet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Utf7Fault {
    /// What is wrong.
    pub kind: Utf7FaultKind,
    /// The octet of the name, from 0.
    pub at: usize,
}

/// The ways in which a name can be no modified UTF-7.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Utf7FaultKind {
    /// A character that may not stand for itself: a control character, or one beyond ASCII.
    Unencoded,
    /// `&` without its `-`.
    Unclosed,
    /// No digit of the base64.
    NotBase64,
    /// Encoded what must stand for itself, or in two pieces what belongs in one: a name has one form only.
    Needless,
    /// The octets are no UTF-16: half a character, a lone surrogate, bits left over.
    NotUtf16,
}

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";

/// Does this character stand for itself?
fn is_plain(c: char) -> bool {
    (' '..='~').contains(&c)
}

/// The name in modified UTF-7.
pub fn encode(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut rest = name;
    while let Some(c) = rest.chars().next() {
        if is_plain(c) {
            out.push(c);
            if c == '&' {
                out.push('-');
            }
            rest = rest.get(1..).unwrap_or_default();
            continue;
        }
        let (encoded, after) = rest.split_at(rest.find(is_plain).unwrap_or(rest.len()));
        let octets: Vec<u8> = encoded.encode_utf16().flat_map(u16::to_be_bytes).collect();
        out.push('&');
        push_base64(&octets, &mut out);
        out.push('-');
        rest = after;
    }
    out
}

/// Six bits at a time, the last filled up with zeros, no padding.
fn push_base64(octets: &[u8], out: &mut String) {
    let (mut bits, mut count) = (0_u32, 0_u32);
    for octet in octets {
        bits = (bits << 8) | u32::from(*octet);
        count += 8;
        while count >= 6 {
            count -= 6;
            out.push(digit(bits >> count));
        }
    }
    if count > 0 {
        out.push(digit(bits << (6 - count)));
    }
}

fn digit(bits: u32) -> char {
    char::from(DIGITS.get((bits & 63) as usize).copied().unwrap_or(b'A'))
}

/// The name that these octets stand for; `None` where [`read`] has a fault to tell.
pub fn decode(name: &[u8]) -> Option<String> {
    read(name).ok()
}

/// Reads a name in modified UTF-7. Only the one right form of a name is taken, so that two names never look alike.
pub fn read(name: &[u8]) -> Result<String, Utf7Fault> {
    let mut out = String::with_capacity(name.len());
    let mut at = 0;
    // One past the last encoded piece: another may not follow at once.
    let mut encoded_up_to = None;
    while let Some(b) = name.get(at) {
        let fault = |kind| Utf7Fault { kind, at };
        if !is_plain(char::from(*b)) {
            return Err(fault(Utf7FaultKind::Unencoded));
        }
        if *b != b'&' {
            out.push(char::from(*b));
            at += 1;
            continue;
        }
        let piece = name.get(at + 1..).unwrap_or_default();
        let Some(length) = piece.iter().position(|b| *b == b'-') else {
            let bad = piece.iter().position(|b| !DIGITS.contains(b));
            return Err(bad.map_or(fault(Utf7FaultKind::Unclosed), |bad| Utf7Fault {
                kind: Utf7FaultKind::NotBase64,
                at: at + 1 + bad,
            }));
        };
        let (piece, _) = piece.split_at(length);
        if piece.is_empty() {
            out.push('&');
        } else {
            if encoded_up_to == Some(at) {
                return Err(fault(Utf7FaultKind::Needless));
            }
            out.push_str(&decode_piece(piece, at + 1)?);
            encoded_up_to = Some(at + length + 2);
        }
        at += length + 2;
    }
    Ok(out)
}

/// What stands between `&` and `-`, `at` being its place in the name.
fn decode_piece(piece: &[u8], at: usize) -> Result<String, Utf7Fault> {
    let mut units: Vec<u16> = Vec::with_capacity(piece.len() / 2);
    let (mut bits, mut count) = (0_u32, 0_u32);
    for (place, b) in piece.iter().enumerate() {
        let fault = Utf7Fault { kind: Utf7FaultKind::NotBase64, at: at + place };
        let value = DIGITS.iter().position(|d| d == b).and_then(|v| u32::try_from(v).ok()).ok_or(fault)?;
        bits = (bits << 6) | value;
        count += 6;
        if count >= 16 {
            count -= 16;
            units.push((bits >> count) as u16);
            bits &= (1 << count) - 1;
        }
    }
    let fault = |kind| Utf7Fault { kind, at };
    // At most five bits are left over, and all of them zeros.
    if count >= 6 || bits != 0 {
        return Err(fault(Utf7FaultKind::NotUtf16));
    }
    let text = String::from_utf16(&units).map_err(|_| fault(Utf7FaultKind::NotUtf16))?;
    if text.is_empty() || text.chars().any(is_plain) {
        return Err(fault(Utf7FaultKind::Needless));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_both_ways() {
        for (name, encoded) in [
            ("INBOX", "INBOX"),
            ("Entwürfe", "Entw&APw-rfe"),
            ("R&D", "R&-D"),
            ("&", "&-"),
            ("&&ü&", "&-&-&APw-&-"),
            ("~peter/mail/台北/日本語", "~peter/mail/&U,BTFw-/&ZeVnLIqe-"),
            ("Gelöscht", "Gel&APY-scht"),
            ("😀", "&2D3eAA-"),
            ("üü", "&APwA,A-"),
            ("üüü", "&APwA,AD8-"),
            ("\t", "&AAk-"),
            ("a b~", "a b~"),
            ("", ""),
        ] {
            assert_eq!(encode(name), encoded);
            assert_eq!(read(encoded.as_bytes()).as_deref(), Ok(name));
        }
    }

    #[test]
    fn other_forms_are_refused_where_they_go_wrong() {
        use Utf7FaultKind as K;
        for (name, kind, at) in [
            ("Entw\u{fc}rfe", K::Unencoded, 4),
            ("a\tb", K::Unencoded, 1),
            ("a&APw", K::Unclosed, 1),
            ("a&", K::Unclosed, 1),
            ("&AP.w-", K::NotBase64, 3),
            ("R&D", K::Unclosed, 1),
            ("R&D department", K::NotBase64, 3),
            // RFC 3501 section 5.1.3: nothing that can stand for itself is encoded, and no two pieces touch.
            ("&AEE-", K::Needless, 1),
            ("&Jjo!", K::NotBase64, 4),
            ("&U,BTFw-&ZeVnLIqe-", K::Needless, 8),
            ("&A-", K::NotUtf16, 1),
            ("&APw,-", K::NotUtf16, 1),
            ("&2D0-", K::NotUtf16, 1),
            ("&3gA-", K::NotUtf16, 1),
            ("&APx-", K::NotUtf16, 1),
            ("&APwA-", K::NotUtf16, 1),
        ] {
            assert_eq!(read(name.as_bytes()), Err(Utf7Fault { kind, at }), "{name}");
        }
    }

    proptest! {
        #[test]
        fn every_name_comes_back(name in "\\PC{0,20}|[&\u{0}-\u{7f}ü-]{0,20}") {
            let encoded = encode(&name);
            prop_assert!(encoded.bytes().all(|b| (0x20..0x7f).contains(&b)));
            prop_assert_eq!(read(encoded.as_bytes()).unwrap(), name);
        }

        #[test]
        fn what_is_read_has_one_form(octets in prop::collection::vec(prop_oneof![
            Just(b'&'), Just(b'-'), Just(b'A'), Just(b','), any::<u8>(),
        ], 0..20)) {
            if let Ok(name) = read(&octets) {
                prop_assert_eq!(encode(&name).into_bytes(), octets);
            }
        }
    }
}
