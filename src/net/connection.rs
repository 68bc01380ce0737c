//! One connection of a real program, from its first octet to its last.

use super::awake::{self, Awake};
use super::late::Late;
use super::tls::{self, Acceptors};
use crate::event::TlsFailure;
use crate::lab::{Handle, LabError, News, Socket};
use std::future::Future;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::{Instant, timeout};
use tokio_rustls::server::TlsStream;

/// How many octets are read at once: the first time, so that most mails come in one piece, and at most.
const READ: usize = 8 << 10;
const READ_AT_MOST: usize = 60 << 10;
/// How long a program may take none of what is sent to it.
const DEAF: Duration = Duration::from_secs(120);
/// How long a handshake may take.
const HANDSHAKE: Duration = Duration::from_secs(60);
/// How long it is waited for a program to close after the host has.
const FAREWELL: Duration = Duration::from_secs(2);

/// What all connections share.
#[derive(Debug, Default)]
pub(super) struct Shared {
    acceptors: Acceptors,
}

/// A program that has connected.
#[derive(Debug)]
pub(super) struct Caller {
    pub(super) service: Arc<str>,
    pub(super) shared: Arc<Shared>,
    /// The attempt that the ports lead into.
    pub(super) pin: watch::Receiver<Option<Handle>>,
}

/// The way to the program.
#[derive(Debug)]
enum Stream {
    Plain(TcpStream),
    Secured(Box<TlsStream<Late>>),
}

/// Why a connection ends without the host having closed it.
#[derive(Debug)]
enum Gone {
    /// The program is gone, or takes nothing any more.
    Program,
    /// The attempt takes nothing any more.
    Attempt,
}

impl From<io::Error> for Gone {
    fn from(_: io::Error) -> Gone {
        Gone::Program
    }
}

impl From<LabError> for Gone {
    fn from(_: LabError) -> Gone {
        Gone::Attempt
    }
}

impl Caller {
    /// Talks until one of the two closes, or the ports lead elsewhere.
    pub(super) async fn talk(mut self, stream: TcpStream) {
        let Some(attempt) = self.pin.borrow_and_update().clone() else { return };
        let _ = stream.set_nodelay(true);
        let token = attempt.token().to_owned();
        let elsewhere = async move {
            let same = |pin: &Option<Handle>| pin.as_ref().is_some_and(|attempt| attempt.token() == token);
            let _ = self.pin.wait_for(|pin| !same(pin)).await;
        };
        let conversation = async {
            // Where the attempt takes no connection, there is nothing to say in a protocol that is not its own.
            let Ok(socket) = attempt.connect(&self.service).await else { return };
            let mut talk =
                Talk { socket, stream: Some(Stream::Plain(stream)), shared: self.shared, answered: true };
            // Where the program is gone, dropping the socket says so.
            if talk.go_on().await.is_ok() {
                Box::pin(talk.farewell()).await;
            }
        };
        tokio::select! {
            () = conversation => {}
            () = elsewhere => {}
        }
    }
}

/// A conversation under way.
struct Talk {
    socket: Socket,
    /// `None` while a handshake is under way, and after one that failed.
    stream: Option<Stream>,
    shared: Arc<Shared>,
    /// Something was said to what came last.
    answered: bool,
}

impl Talk {
    /// Carries octets to and fro until the host has closed.
    async fn go_on(&mut self) -> Result<(), Gone> {
        let (mut buffer, mut ended) = (vec![0; READ], false);
        let mut awake = Awake::default();
        loop {
            if self.tell().await? {
                return Ok(());
            }
            let Some(stream) = &mut self.stream else { return Ok(()) };
            if !self.answered {
                stream.acknowledge();
            }
            let moment = awake.waits();
            tokio::select! {
                biased;
                news = self.socket.next() => match news {
                    None => return Err(Gone::Attempt),
                    Some(news) => {
                        if self.pass_on(news).await? {
                            return Ok(());
                        }
                    }
                },
                read = stream.read(&mut buffer), if !ended => {
                    awake.came();
                    self.answered = false;
                    let octets = buffer.get(..read?).unwrap_or_default();
                    ended = octets.is_empty();
                    let done = if ended { self.socket.end().await? } else { self.socket.octets(octets).await? };
                    awake.done(done.calm);
                    if octets.len() == buffer.len() && buffer.len() < READ_AT_MOST {
                        buffer.resize((buffer.len() * 2).min(READ_AT_MOST), 0);
                    }
                }
                () = awake::until(moment.unwrap_or_else(Instant::now)), if moment.is_some() => awake.in_vain(),
            }
        }
    }

    /// Sends what there is to say, in one go; true where the host has closed.
    async fn tell(&mut self) -> Result<bool, Gone> {
        let mut next = self.socket.try_next();
        while let Some(news) = next {
            next = self.socket.try_next();
            match news {
                News::Octets(first) if matches!(next, Some(News::Octets(_))) => {
                    let mut said = first.to_vec();
                    while let Some(News::Octets(more)) = &next {
                        said.extend_from_slice(more);
                        next = self.socket.try_next();
                    }
                    self.say(&said).await?;
                }
                news => {
                    if self.pass_on(news).await? {
                        return Ok(true);
                    }
                }
            }
        }
        Ok(false)
    }

    /// One piece of news; true where the host has closed.
    async fn pass_on(&mut self, news: News) -> Result<bool, Gone> {
        match news {
            News::Octets(octets) => self.say(&octets).await.map(|()| false),
            // Rare, and as large as all the rest: a connection without TLS need not have room for it.
            News::HandshakeDue => Box::pin(self.shake_hands()).await.map(|()| false),
            News::Closed(_) => Ok(true),
        }
    }

    async fn say(&mut self, octets: &[u8]) -> Result<(), Gone> {
        match &mut self.stream {
            Some(stream) if !octets.is_empty() => {
                self.answered = true;
                Ok(in_time(DEAF, stream.write(octets)).await?)
            }
            _ => Ok(()),
        }
    }

    /// The next octets are a TLS handshake, or should be. Nothing that was read before them comes into it.
    async fn shake_hands(&mut self) -> Result<(), Gone> {
        let Some(Stream::Plain(stream)) = self.stream.take() else { return Err(Gone::Attempt) };
        let mut first = [0];
        let seen = in_time(HANDSHAKE, stream.peek(&mut first)).await;
        match seen {
            Ok(1..) if !tls::begins_handshake(first[0]) => {
                // What they are instead is for the host to see and to answer.
                self.stream = Some(Stream::Plain(stream));
                return Ok(());
            }
            Ok(1..) => {}
            _ => {
                self.socket.tls_failed(TlsFailure::CutOff).await?;
                return Ok(());
            }
        }
        let accepted = match self.shared.acceptors.of(&self.socket) {
            Ok(acceptor) => in_time(HANDSHAKE, tls::accept(acceptor, stream)).await,
            Err(why) => Err(tls::refuse(stream, why).await),
        };
        match accepted {
            Ok((stream, session)) => {
                self.stream = Some(Stream::Secured(stream));
                self.socket.secured(session).await?;
            }
            Err(fault) => {
                self.socket.tls_failed(tls::failure(&fault)).await?;
            }
        }
        Ok(())
    }

    /// The host has closed: so does this side, and waits a little for the program to do the same, because octets that
    /// are still on their way to it would be lost with a reset.
    async fn farewell(self) {
        let Some(mut stream) = self.stream else { return };
        let wait = async {
            stream.shutdown().await?;
            let mut rest = vec![0; READ];
            while stream.read(&mut rest).await? > 0 {}
            Ok(())
        };
        let _ = in_time(FAREWELL, wait).await;
    }
}

impl Stream {
    /// Octets; none at the end. A program that ends TLS without saying so has ended it all the same.
    async fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Stream::Plain(stream) => stream.read(buffer).await,
            Stream::Secured(stream) => match stream.read(buffer).await {
                Err(fault) if fault.kind() == io::ErrorKind::UnexpectedEof => Ok(0),
                read => read,
            },
        }
    }

    async fn write(&mut self, octets: &[u8]) -> io::Result<()> {
        match self {
            Stream::Plain(stream) => stream.write_all(octets).await,
            Stream::Secured(stream) => {
                stream.write_all(octets).await?;
                stream.flush().await
            }
        }
    }

    /// Says at once that the octets have come, as an answer would have. Many programs send the end of a literal or of a message
    /// by itself, and their system keeps it back until it has heard so (Nagle's algorithm), which it would after 40 ms.
    fn acknowledge(&self) {
        #[cfg(any(target_os = "linux", target_os = "android"))]
        {
            let stream = match self {
                Stream::Plain(stream) => stream,
                Stream::Secured(stream) => stream.get_ref().0.socket(),
            };
            // Where it cannot be said, it is said late.
            let _ = stream.set_quickack(true);
        }
    }

    async fn shutdown(&mut self) -> io::Result<()> {
        match self {
            Stream::Plain(stream) => stream.shutdown().await,
            Stream::Secured(stream) => stream.shutdown().await,
        }
    }
}

async fn in_time<T>(time: Duration, what: impl Future<Output = io::Result<T>>) -> io::Result<T> {
    timeout(time, what).await.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()))
}
