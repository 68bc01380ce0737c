//! A socket that lets the end of a handshake wait for what is said first.
//!
//! A server ends a handshake of TLS 1.3 with tickets for further sessions (RFC 8446 section 4.6.1), which no client waits
//! for. By themselves they wake programs that take whatever comes for the beginning of an answer: OfflineIMAP's reader then
//! waits for the rest of it, and its writer for the reader. So they go out together with the host's next words, as those of
//! Dovecot do, and are one packet less.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

/// The socket under a TLS session.
#[derive(Debug)]
pub(super) struct Late {
    stream: TcpStream,
    /// What is still to be sent.
    kept: Vec<u8>,
    when: When,
}

/// When that is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum When {
    /// Before anything is read: the handshake is under way.
    Reading,
    /// With what is written next: it ended with octets that nobody waits for.
    Writing,
    /// At once.
    Now,
}

impl Late {
    /// A socket on which a handshake begins.
    pub(super) fn new(stream: TcpStream) -> Late {
        Late { stream, kept: Vec::new(), when: When::Reading }
    }

    /// The handshake is over. `waits`: nobody waits for what it ended with; otherwise that goes out with the next flush.
    pub(super) fn shaken(&mut self, waits: bool) {
        self.when = if waits { When::Writing } else { When::Now };
    }

    /// The socket itself.
    pub(super) fn socket(&self) -> &TcpStream {
        &self.stream
    }

    fn poll_kept(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        while !self.kept.is_empty() {
            let sent = ready!(Pin::new(&mut self.stream).poll_write(cx, &self.kept))?;
            if sent == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            self.kept.drain(..sent);
        }
        Poll::Ready(Ok(()))
    }

    /// Takes octets to what is kept, where they are not for the socket itself: `Ready` with their number then.
    fn poll_keep(&mut self, cx: &mut Context<'_>, pieces: &[IoSlice<'_>]) -> Poll<io::Result<Option<usize>>> {
        if self.when == When::Now {
            ready!(self.poll_kept(cx))?;
            return Poll::Ready(Ok(None));
        }
        let before = self.kept.len();
        for piece in pieces {
            self.kept.extend_from_slice(piece);
        }
        let taken = self.kept.len() - before;
        if self.when == When::Writing {
            self.when = When::Now;
            // What the socket does not take yet, the next write or flush sends.
            if let Poll::Ready(Err(fault)) = self.poll_kept(cx) {
                return Poll::Ready(Err(fault));
            }
        }
        Poll::Ready(Ok(Some(taken)))
    }
}

impl AsyncRead for Late {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        if this.when == When::Reading {
            ready!(this.poll_kept(cx))?;
        }
        Pin::new(&mut this.stream).poll_read(cx, buf)
    }
}

impl AsyncWrite for Late {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, octets: &[u8]) -> Poll<io::Result<usize>> {
        self.poll_write_vectored(cx, &[IoSlice::new(octets)])
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        pieces: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        match ready!(this.poll_keep(cx, pieces))? {
            Some(taken) => Poll::Ready(Ok(taken)),
            None => Pin::new(&mut this.stream).poll_write_vectored(cx, pieces),
        }
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        if this.when != When::Now {
            return Poll::Ready(Ok(()));
        }
        ready!(this.poll_kept(cx))?;
        Pin::new(&mut this.stream).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        ready!(this.poll_kept(cx))?;
        Pin::new(&mut this.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpListener;

    /// A client and the socket that its handshake begins on.
    async fn pair() -> (TcpStream, Late) {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let client = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        (client, Late::new(listener.accept().await.unwrap().0))
    }

    #[tokio::test]
    async fn what_ends_a_handshake_waits_for_the_next_words() {
        let (mut client, mut late) = pair().await;
        let mut seen = [0; 32];
        // A flight of the handshake goes out when the answer to it is read.
        late.write_all(b"hello, ").await.unwrap();
        late.write_all(b"server").await.unwrap();
        late.flush().await.unwrap();
        assert_eq!(client.try_read(&mut seen).unwrap_err().kind(), io::ErrorKind::WouldBlock);
        client.write_all(b"finished").await.unwrap();
        assert_eq!(late.read(&mut seen).await.unwrap(), 8);
        assert_eq!(client.read(&mut seen).await.unwrap(), 13);
        late.write_all(b"tickets").await.unwrap();
        late.flush().await.unwrap();
        late.shaken(true);
        late.flush().await.unwrap();
        client.write_all(b"a1").await.unwrap();
        assert_eq!(late.read(&mut seen).await.unwrap(), 2);
        assert_eq!(client.try_read(&mut seen).unwrap_err().kind(), io::ErrorKind::WouldBlock);
        late.write_all(b" answer").await.unwrap();
        assert_eq!(client.read(&mut seen).await.unwrap(), 14);
        assert_eq!(seen.get(..14), Some(&b"tickets answer"[..]));
        late.write_all(b"more").await.unwrap();
        assert_eq!(client.read(&mut seen).await.unwrap(), 4);
    }

    #[tokio::test]
    async fn what_a_client_waits_for_goes_out() {
        let (mut client, mut late) = pair().await;
        let mut seen = [0; 32];
        late.write_all(b"finished").await.unwrap();
        late.shaken(false);
        late.flush().await.unwrap();
        assert_eq!(client.read(&mut seen).await.unwrap(), 8);
    }
}
