//! PEM, the textual form of certificates and keys (RFC 7468).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// The label of a certificate.
pub const CERTIFICATE: &str = "CERTIFICATE";
/// How many characters a line of base64 has (RFC 7468 section 2).
const LINE: usize = 64;

/// Octets as a PEM block with this label, as OpenSSL writes it: lines of 64 characters, ended by LF.
pub fn encode(label: &str, octets: &[u8]) -> String {
    let text = STANDARD.encode(octets);
    let mut pem = format!("-----BEGIN {label}-----\n");
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let (line, after) = rest.split_at(rest.len().min(LINE));
        pem.push_str(line);
        pem.push('\n');
        rest = after;
    }
    pem.push_str(&format!("-----END {label}-----\n"));
    pem
}

/// All PEM blocks in a text, in their order, each with its label. What stands outside of blocks is explanation (RFC 7468
/// section 2) and passed over, as is a block that is not ended or not base64.
pub fn decode(text: &str) -> Vec<(String, Vec<u8>)> {
    let mut blocks = Vec::new();
    let mut open: Option<(&str, String)> = None;
    for line in text.lines().map(str::trim) {
        if let Some(label) = boundary(line, "BEGIN") {
            open = Some((label, String::new()));
        } else if let Some(label) = boundary(line, "END") {
            if let Some((begun, body)) = open.take()
                && begun == label
                && let Ok(octets) = STANDARD.decode(body)
            {
                blocks.push((label.to_owned(), octets));
            }
        } else if let Some((_, body)) = &mut open {
            body.extend(line.chars().filter(|c| !c.is_whitespace()));
        }
    }
    blocks
}

fn boundary<'a>(line: &'a str, word: &str) -> Option<&'a str> {
    line.strip_prefix("-----")?.strip_suffix("-----")?.strip_prefix(word)?.strip_prefix(' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        for length in [0, 1, 47, 48, 49, 96, 500] {
            let octets: Vec<u8> = (0..length).map(|n| n as u8).collect();
            let pem = encode(CERTIFICATE, &octets);
            assert!(pem.lines().all(|line| line.len() <= LINE), "{pem}");
            assert_eq!(decode(&pem), [(CERTIFICATE.to_owned(), octets)]);
        }
    }

    #[test]
    fn blocks_are_found_among_other_text() {
        let text = "subject=CN = x\r\n-----BEGIN CERTIFICATE-----\r\nAQID\r\n-----END CERTIFICATE-----\r\n---\r\n\
                    -----BEGIN X-----\nBA==\n-----END X-----\n-----BEGIN CERTIFICATE-----\nAQ==\n-----END Y-----\n\
                    -----BEGIN CERTIFICATE-----\n!!!\n-----END CERTIFICATE-----\n-----BEGIN CERTIFICATE-----\nAQID";
        assert_eq!(decode(text), [(CERTIFICATE.to_owned(), vec![1, 2, 3]), ("X".to_owned(), vec![4])]);
    }
}
