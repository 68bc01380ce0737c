//! What a server offers in its answer to EHLO (RFC 5321 section 4.1.1.1), as far as the client has a use for it.

use crate::event::Reply;
use crate::mail::sasl::Mechanism;

/// The extensions of one server at one moment: after STARTTLS they are asked for again.
#[derive(Debug, Clone, Default)]
pub(super) struct Offers {
    /// SIZE, and the limit where the server names one (RFC 1870 section 4; zero is none).
    pub(super) size: Option<u64>,
    pub(super) eight_bit: bool,
    pub(super) utf8: bool,
    pub(super) dsn: bool,
    pub(super) pipelining: bool,
    pub(super) starttls: bool,
    pub(super) auth: bool,
    /// The mechanisms of AUTH that the client knows.
    pub(super) mechanisms: Vec<Mechanism>,
}

impl Offers {
    /// Reads the answer to EHLO. Keywords are read in any case; what is unknown is passed over.
    pub(super) fn read(reply: &Reply) -> Offers {
        let mut offers = Offers::default();
        for line in reply.lines.iter().skip(1) {
            let mut words = line.split_ascii_whitespace();
            let keyword = words.next().unwrap_or_default().to_ascii_uppercase();
            match keyword.as_str() {
                "SIZE" => offers.size = Some(words.next().and_then(|n| n.parse().ok()).unwrap_or(0)),
                "8BITMIME" => offers.eight_bit = true,
                "SMTPUTF8" => offers.utf8 = true,
                "DSN" => offers.dsn = true,
                "PIPELINING" => offers.pipelining = true,
                "STARTTLS" => offers.starttls = true,
                "AUTH" => {
                    offers.auth = true;
                    offers.mechanisms.extend(words.filter_map(Mechanism::parse));
                }
                // Servers that old clients should understand too once wrote it so.
                _ => {
                    if let Some(first) = keyword.strip_prefix("AUTH=") {
                        offers.auth = true;
                        offers
                            .mechanisms
                            .extend(std::iter::once(first).chain(words).filter_map(Mechanism::parse));
                    }
                }
            }
        }
        offers
    }

    /// The size that the server refuses to go beyond.
    pub(super) fn size_limit(&self) -> Option<u64> {
        self.size.filter(|limit| *limit > 0)
    }
}
