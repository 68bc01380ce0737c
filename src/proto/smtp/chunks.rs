//! BDAT (RFC 3030): a message in chunks whose size is told before, so that nothing in it need be looked at.

use super::manners::BareLf;
use super::replies::Key;
use super::server::{ServerSession, Turn};
use crate::event::{CloseReason, SmtpReason, SmtpVerb};

/// A chunk on its way.
#[derive(Debug)]
pub(super) struct Chunk {
    turn: Turn,
    size: u64,
    left: u64,
    last: bool,
    /// Why it is not wanted. It is read all the same, because it comes all the same.
    refused: Option<(Key, SmtpReason)>,
    octets: Vec<u8>,
}

/// The chunks of a transaction so far.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) enum Chunks {
    /// None came.
    #[default]
    None,
    /// These octets.
    Some(Vec<u8>),
    /// One was refused: the others are of no use.
    Failed,
}

impl Chunk {
    /// All of it is there.
    pub(super) fn is_whole(&self) -> bool {
        self.left == 0
    }

    /// Takes those of the next octets that belong to it: how many.
    pub(super) fn take(&mut self, octets: &[u8]) -> usize {
        let own = usize::try_from(self.left).unwrap_or(usize::MAX).min(octets.len());
        self.left -= own as u64;
        if self.refused.is_none() {
            self.octets.extend_from_slice(octets.get(..own).unwrap_or_default());
        }
        own
    }
}

impl ServerSession {
    /// BDAT: a chunk of `size` octets follows.
    pub(super) fn bdat(&mut self, turn: Turn, size: u64, last: bool) {
        let refused = self.chunk_refused(size, last);
        self.begin_chunk(Chunk { turn, size, left: size, last, refused, octets: Vec::new() });
    }

    /// Why a chunk of this size is not wanted now.
    fn chunk_refused(&self, size: u64, last: bool) -> Option<(Key, SmtpReason)> {
        if self.tls_missing(SmtpVerb::Bdat) {
            return Some((Key::TlsFirst, SmtpReason::TlsRequired));
        }
        let Some(transaction) = &self.transaction else {
            return Some((Key::DataTooEarly, SmtpReason::OutOfOrder { wanted: vec![SmtpVerb::Mail] }));
        };
        let limit = self.config.size_limit;
        let before = match &transaction.chunks {
            Chunks::Failed => return Some((Key::ChunkDropped, SmtpReason::ChunkDropped)),
            Chunks::None => 0,
            Chunks::Some(octets) => octets.len() as u64,
        };
        if !transaction.has_recipients() {
            Some((Key::NoRecipients, SmtpReason::NoRecipients))
        } else if size == 0 && !last {
            Some((Key::EmptyChunk, SmtpReason::EmptyChunk))
        } else if before.saturating_add(size) > limit {
            Some((Key::ChunkTooBig, SmtpReason::TooBig { limit }))
        } else {
            None
        }
    }

    /// The chunk is there.
    pub(super) fn chunk_over(&mut self, chunk: Chunk) {
        let Chunk { turn, size, last, refused, octets, .. } = chunk;
        if let Some((key, reason)) = refused {
            self.reply_with(key, turn, reason, None);
            return match &mut self.transaction {
                Some(_) if last => self.transaction = None,
                // What of the message is lost cannot come again (RFC 3030 section 2): only RSET leads on.
                Some(transaction) => transaction.chunks = Chunks::Failed,
                None => {}
            };
        }
        let Some(transaction) = &mut self.transaction else { return };
        let mut so_far = match std::mem::take(&mut transaction.chunks) {
            Chunks::Some(octets) => octets,
            Chunks::None | Chunks::Failed => Vec::new(),
        };
        so_far.extend_from_slice(&octets);
        if !last {
            transaction.chunks = Chunks::Some(so_far);
            return self.reply(turn, SmtpReason::ChunkAccepted { octets: size }, None);
        }
        let binary = transaction.is_binary();
        let octets = if binary { so_far } else { self.as_lines(so_far) };
        self.message_by(Some(octets), turn.line);
    }

    /// A message in chunks as lines: its last one ended and, where the style does so, bare LFs made CR LF.
    fn as_lines(&self, octets: Vec<u8>) -> Vec<u8> {
        let mut lines =
            if self.manners().bare_lf == BareLf::Normalized { with_crlf(&octets) } else { octets };
        if !lines.is_empty() && !lines.ends_with(b"\r\n") {
            lines.extend_from_slice(b"\r\n");
        }
        lines
    }

    /// A BDAT that is not understood or not offered. How much follows is not known then, and some hang up.
    pub(super) fn bad_bdat(&mut self, turn: Turn, reason: SmtpReason, span: Option<crate::units::Span>) {
        self.reply(turn, reason, span);
        if self.manners().bdat_closes {
            self.close(CloseReason::Closed);
        }
    }
}

fn with_crlf(octets: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(octets.len());
    let mut cr = false;
    for &b in octets {
        if b == b'\n' && !cr {
            out.push(b'\r');
        }
        out.push(b);
        cr = b == b'\r';
    }
    out
}
