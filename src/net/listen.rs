//! Which ports are opened, and who is let in.

use super::connection::{Caller, Shared};
use crate::lab::{Door, Doors};
use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

/// The services and the ports they have where nothing else is said: the usual numbers and 2000, or 2000 and what makes
/// them fit, so that no rights are needed.
pub const SERVICES: &[(&str, u16)] = &[
    ("smtp", 2525),
    ("submission", 2587),
    ("smtps", 2465),
    ("pop3", 2110),
    ("pop3s", 2995),
    ("imap", 2143),
    ("imaps", 2993),
];
/// How many ports are tried after one that is taken and that nobody asked for by number.
const FURTHER: u16 = 50;
/// How many connections there are at once; who comes later waits until one ends. Fewer than a workstation may have
/// open, so that its terminals have room too.
const CONNECTIONS: u32 = 192;
/// How long to wait after the operating system could not accept a connection.
const BREATH: Duration = Duration::from_millis(100);

/// Which ports are to be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    ip: IpAddr,
    /// Where else the same ports are opened, if the machine has that address: `localhost` means both, and there are
    /// programs that try one of the two and give up.
    also: Option<IpAddr>,
    /// Service, port, and whether it must be that one.
    ports: Vec<(&'static str, u16, bool)>,
}

/// Why a port could not be opened.
#[derive(Debug)]
pub struct PortFault {
    /// The service.
    pub service: &'static str,
    /// Where it was to listen.
    pub address: SocketAddr,
    /// What the operating system said.
    pub fault: io::Error,
}

impl fmt::Display for PortFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let PortFault { service, address, fault } = self;
        if fault.kind() == io::ErrorKind::AddrInUse {
            write!(f, "{service}: port {} is taken by another program", address.port())
        } else {
            write!(f, "{service}: cannot listen on {address}: {fault}")
        }
    }
}

impl Wanted {
    /// From what was said on the command line: an address such as `127.0.0.1` (not said, or `localhost`: there and, where
    /// the machine has it, at `::1`), and ports such as `smtp=2525,pop3=0` or
    /// `imap=off`. What is not named has its usual port, or the next free one.
    ///
    /// # Errors
    /// What is wrong and what would be right.
    pub fn new(address: Option<&str>, ports: Option<&str>) -> Result<Wanted, String> {
        let address = address.unwrap_or("localhost");
        let also = (address == "localhost").then_some(IpAddr::V6(Ipv6Addr::LOCALHOST));
        let usual = SERVICES.iter().map(|(s, port)| (*s, *port, false)).collect();
        let mut wanted = Wanted { ip: ip(address)?, also, ports: usual };
        for part in ports.unwrap_or_default().split(',').map(str::trim).filter(|part| !part.is_empty()) {
            wanted.set(part)?;
        }
        Ok(wanted)
    }

    fn set(&mut self, part: &str) -> Result<(), String> {
        let names = || SERVICES.iter().map(|(s, _)| *s).collect::<Vec<_>>().join(", ");
        let (name, value) = part.split_once('=').ok_or_else(|| {
            format!("--ports {part}: a service and a port were expected, such as smtp=2525")
        })?;
        let place = self.ports.iter().position(|(s, ..)| *s == name.trim());
        let known = SERVICES.iter().find(|(s, _)| *s == name.trim());
        let Some((service, _)) = known else {
            return Err(format!("--ports {part}: there is no service `{name}`; there are {}", names()));
        };
        self.ports.retain(|(s, ..)| s != service);
        if value.trim() == "off" {
            return Ok(());
        }
        let port = value.trim().parse().map_err(|_| {
            format!("--ports {part}: a port is a number from 0 to 65535 (0: any that is free), or `off`")
        })?;
        let end = self.ports.len();
        self.ports.insert(place.unwrap_or(end), (service, port, true));
        Ok(())
    }

    /// The port that was wanted for a service; 0 is any.
    pub fn port(&self, service: &str) -> Option<u16> {
        self.ports.iter().find(|(s, ..)| *s == service).map(|(_, port, _)| *port)
    }

    /// Leaves out the services that `keep` does not want.
    pub fn only(mut self, keep: impl Fn(&str) -> bool) -> Wanted {
        self.ports.retain(|(service, ..)| keep(service));
        self
    }
}

fn ip(text: &str) -> Result<IpAddr, String> {
    let bare = text.strip_prefix('[').and_then(|t| t.strip_suffix(']')).unwrap_or(text);
    let parsed = if bare == "localhost" { Some(IpAddr::V4(Ipv4Addr::LOCALHOST)) } else { bare.parse().ok() };
    match parsed {
        Some(ip) if ip.is_loopback() => Ok(ip),
        Some(ip) => Err(format!(
            "--mail {ip}: other machines could reach the mail ports there, and everybody on them the learner's mail; helo \
             listens on this machine only: --mail 127.0.0.1"
        )),
        None => Err(format!("--mail {text}: an address was expected, such as 127.0.0.1")),
    }
}

/// Open ports, not yet served.
#[derive(Debug, Default)]
pub struct Listeners {
    /// Each with one listener for each address.
    listeners: Vec<(Door, Vec<TcpListener>)>,
}

impl Listeners {
    /// Opens the ports. One that was named and is taken is a fault; one that was not makes way for the next free one.
    /// The faults come beside those that are open.
    pub async fn bind(wanted: &Wanted) -> (Listeners, Vec<PortFault>) {
        let (mut listeners, mut faults) = (Vec::new(), Vec::new());
        for (service, port, fixed) in &wanted.ports {
            let address = SocketAddr::new(wanted.ip, *port);
            let tries = if *fixed && *port != 0 { 0 } else { FURTHER };
            match next_free(address, wanted.also, tries).await {
                Ok((address, opened)) => {
                    listeners.push((Door { service: (*service).to_owned(), address }, opened));
                }
                Err(fault) => faults.push(PortFault { service, address, fault }),
            }
        }
        (Listeners { listeners }, faults)
    }

    /// The open ports.
    pub fn doors(&self) -> Doors {
        Doors::new(self.listeners.iter().map(|(door, _)| door.clone()).collect())
    }

    /// Takes connections until it is [closed](Serving::close) or dropped, which ends them all.
    pub fn serve(self, doors: &Doors) -> Serving {
        let (shared, room) = (Arc::new(Shared::default()), Arc::new(Semaphore::new(CONNECTIONS as usize)));
        let mut tasks = JoinSet::new();
        for (door, listeners) in self.listeners {
            for listener in listeners {
                tasks.spawn(accept(door.clone(), listener, doors.clone(), shared.clone(), room.clone()));
            }
        }
        Serving { tasks, room }
    }
}

/// Ports that take connections.
#[derive(Debug)]
pub struct Serving {
    tasks: JoinSet<()>,
    room: Arc<Semaphore>,
}

impl Serving {
    /// Ends all connections. When it returns, each attempt has been told which of its programs are gone, before anything that
    /// it is told from now on.
    pub async fn close(mut self) {
        self.tasks.shutdown().await;
        // Each connection gives its place back when its socket has been dropped. The semaphore is never closed.
        let _all = self.room.acquire_many(CONNECTIONS).await;
    }
}

/// The address, or one of the next ports that is free, at most so many later; and the same port at the other address.
async fn next_free(
    wanted: SocketAddr,
    also: Option<IpAddr>,
    further: u16,
) -> io::Result<(SocketAddr, Vec<TcpListener>)> {
    let (mut address, mut left) = (wanted, further);
    loop {
        match listen(address, also).await {
            Err(fault)
                if fault.kind() == io::ErrorKind::AddrInUse && left > 0 && address.port() < u16::MAX =>
            {
                left -= 1;
                // Any port that is free will be another one the next time.
                if address.port() != 0 {
                    address.set_port(address.port() + 1);
                }
            }
            done => return done,
        }
    }
}

/// Listens there and, where this machine has it, at the same port of the other address.
async fn listen(address: SocketAddr, also: Option<IpAddr>) -> io::Result<(SocketAddr, Vec<TcpListener>)> {
    let first = TcpListener::bind(address).await?;
    let address = first.local_addr()?;
    let mut listeners = vec![first];
    if let Some(other) = also {
        match TcpListener::bind(SocketAddr::new(other, address.port())).await {
            Ok(listener) => listeners.push(listener),
            // Half of `localhost` would belong to another program.
            Err(fault) if fault.kind() == io::ErrorKind::AddrInUse => return Err(fault),
            Err(_) => {}
        }
    }
    Ok((address, listeners))
}

async fn accept(door: Door, listener: TcpListener, doors: Doors, shared: Arc<Shared>, room: Arc<Semaphore>) {
    let service: Arc<str> = door.service.into();
    let mut callers = JoinSet::new();
    loop {
        while callers.try_join_next().is_some() {}
        // Never closed.
        let Ok(place) = room.clone().acquire_owned().await else { return };
        match listener.accept().await {
            Ok((stream, _)) => {
                let caller = Caller { service: service.clone(), shared: shared.clone(), pin: doors.watch() };
                callers.spawn(async move {
                    // Given back last, whichever way it ends.
                    let _place = place;
                    caller.talk(stream).await;
                });
            }
            Err(_) => tokio::time::sleep(BREATH).await,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::net::TcpStream;

    #[test]
    fn ports_as_people_write_them() {
        let ports = |text: &str| {
            let wanted = Wanted::new(None, Some(text)).unwrap();
            wanted
                .ports
                .iter()
                .map(|(s, port, fixed)| format!("{s}={port}{}", if *fixed { "!" } else { "" }))
                .collect::<Vec<_>>()
                .join(" ")
        };
        let usual = "smtp=2525 submission=2587 smtps=2465 pop3=2110 pop3s=2995 imap=2143 imaps=2993";
        assert_eq!(ports(""), usual);
        assert_eq!(
            ports("smtp=26, pop3s=0"),
            usual.replace("smtp=2525", "smtp=26!").replace("pop3s=2995", "pop3s=0!")
        );
        assert_eq!(
            ports("smtp=26,smtp=27,imap=off"),
            usual.replace("smtp=2525", "smtp=27!").replace("imap=2143 ", "")
        );
        for (text, fault) in [
            ("smtp", "a service and a port were expected"),
            ("smpt=25", "there is no service `smpt`; there are smtp, submission,"),
            ("smtp=65536", "a port is a number from 0 to 65535"),
            ("smtp=", "a port is a number from 0 to 65535"),
        ] {
            let said = Wanted::new(None, Some(text)).unwrap_err();
            assert!(said.contains(fault), "{text}: {said}");
        }
    }

    #[test]
    fn mail_ports_are_on_this_machine_only() {
        for (text, ip) in
            [("localhost", "127.0.0.1"), ("127.0.0.2", "127.0.0.2"), ("[::1]", "::1"), ("::1", "::1")]
        {
            assert_eq!(Wanted::new(Some(text), None).unwrap().ip.to_string(), ip);
        }
        for (text, fault) in [
            ("0.0.0.0", "on this machine only"),
            ("192.0.2.1", "on this machine only"),
            ("x", "an address was expected"),
        ] {
            let said = Wanted::new(Some(text), None).unwrap_err();
            assert!(said.contains(fault), "{text}: {said}");
        }
    }

    #[tokio::test]
    async fn a_port_that_is_taken_makes_way_unless_it_was_named() {
        let taken = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = taken.local_addr().unwrap().port();
        let named = Wanted::new(None, Some(&format!("smtp={port}"))).unwrap().only(|s| s == "smtp");
        let (open, faults) = Listeners::bind(&named).await;
        assert!(open.doors().open().is_empty());
        assert_eq!(faults[0].to_string(), format!("smtp: port {port} is taken by another program"));
        let usual = Wanted { ports: vec![("smtp", port, false)], ..named };
        let (open, faults) = Listeners::bind(&usual).await;
        assert!(faults.is_empty());
        let found = open.doors().open()[0].address.port();
        assert!(found > port && found <= port.saturating_add(FURTHER), "{port} -> {found}");
    }

    #[tokio::test]
    async fn localhost_is_both_of_its_addresses() {
        let reach = |ip: &str, port: u16| TcpStream::connect(SocketAddr::new(ip.parse().unwrap(), port));
        let both = TcpListener::bind("[::1]:0").await.is_ok();
        for (address, answers_at_both) in
            [(None, both), (Some("localhost"), both), (Some("127.0.0.1"), false)]
        {
            let wanted = Wanted::new(address, Some("smtp=0")).unwrap().only(|s| s == "smtp");
            let (open, faults) = Listeners::bind(&wanted).await;
            assert!(faults.is_empty(), "{faults:?}");
            let doors = open.doors();
            let [door] = doors.open() else { panic!("one door for a service: {doors:?}") };
            assert_eq!(door.address.ip().to_string(), "127.0.0.1");
            assert!(reach("127.0.0.1", door.address.port()).await.is_ok());
            assert_eq!(reach("::1", door.address.port()).await.is_ok(), answers_at_both, "{address:?}");
        }
        if both {
            let taken = TcpListener::bind("[::1]:0").await.unwrap();
            let port = taken.local_addr().unwrap().port();
            let named = Wanted::new(None, Some(&format!("smtp={port}"))).unwrap().only(|s| s == "smtp");
            let (_, faults) = Listeners::bind(&named).await;
            assert_eq!(faults.len(), 1, "who tries ::1 would reach the other program");
        }
    }
}
