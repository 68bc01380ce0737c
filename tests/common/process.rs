//! `helo serve` as a process of its own, which can be killed without notice and started again over the same data.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt as _, AsyncRead, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::mpsc;
use tokio::time::timeout;

/// How long it may take until helo answers.
const START: Duration = Duration::from_secs(60);

/// A running helo. Dropping it kills it.
pub(crate) struct Helo {
    /// Host and port it answers at, the same after each start.
    pub(crate) address: String,
    data: PathBuf,
    /// `None` where it is another's to end.
    child: Option<Child>,
    said: Arc<Mutex<String>>,
    /// With mail ports, or without.
    mail: &'static [&'static str],
}

/// Every mail port, each at a number that is free.
const MAIL: &[&str] = &["--ports", "smtp=0,submission=0,smtps=0,pop3=0,pop3s=0,imap=0,imaps=0"];
const NO_MAIL: &[&str] = &["--no-mail"];

impl Helo {
    /// Starts helo over an empty data directory, whose name must be no other test's, on a port that is free.
    pub(crate) async fn start(name: &str) -> Helo {
        Helo::start_with(name, NO_MAIL).await
    }

    /// The same with mail ports, for programs that come from outside.
    pub(crate) async fn start_with_mail(name: &str) -> Helo {
        Helo::start_with(name, MAIL).await
    }

    /// The same over a folder of scenarios of one's own, without mail ports.
    pub(crate) async fn start_over(name: &str, folder: &Path) -> Helo {
        let folder: &'static str = folder.display().to_string().leak();
        Helo::start_with(name, vec!["--no-mail", "--scenarios", folder].leak()).await
    }

    async fn start_with(name: &str, mail: &'static [&'static str]) -> Helo {
        let data = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("data-{name}"));
        let _ = std::fs::remove_dir_all(&data);
        let said = Arc::default();
        let (child, address) = run(&data, "127.0.0.1:0", mail, &said).await;
        Helo { address, data, child: Some(child), said, mail }
    }

    /// One that runs already, at this address, and is not this test's to end.
    pub(crate) fn of_all(address: &str) -> Helo {
        let (address, data) = (address.to_owned(), PathBuf::new());
        Helo { address, data, child: None, said: Arc::default(), mail: NO_MAIL }
    }

    /// Where it answers, for a browser.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The process's number.
    pub(crate) fn id(&self) -> u32 {
        self.child.as_ref().and_then(Child::id).expect("a running process of its own")
    }

    /// SIGKILL: no farewell, nothing is written any more.
    pub(crate) async fn kill(&mut self) {
        self.child.as_mut().expect("a helo of its own").kill().await.expect("helo was running");
    }

    /// Starts it again: same data, same address.
    pub(crate) async fn start_again(&mut self) {
        let (child, address) = run(&self.data, &self.address, self.mail, &self.said).await;
        assert_eq!(address, self.address, "helo came back at another address\n{}", self.said());
        self.child = Some(child);
    }

    /// All it has printed.
    pub(crate) fn said(&self) -> String {
        self.said.lock().unwrap().clone()
    }
}

async fn run(data: &Path, address: &str, mail: &[&str], said: &Arc<Mutex<String>>) -> (Child, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_helo"))
        .args(["serve", "--web", address, "--data"])
        .arg(data)
        .args(mail)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .expect("helo can be started");
    let (found, mut addresses) = mpsc::unbounded_channel();
    listen(child.stdout.take().expect("standard output"), said.clone(), found.clone());
    listen(child.stderr.take().expect("standard error"), said.clone(), found);
    let found = timeout(START, addresses.recv()).await.ok().flatten();
    let address = found
        .unwrap_or_else(|| panic!("helo did not say where it answers. It said:\n{}", said.lock().unwrap()));
    (child, address)
}

/// Keeps what is printed, and picks the address out of it.
fn listen(
    from: impl AsyncRead + Unpin + Send + 'static,
    said: Arc<Mutex<String>>,
    found: mpsc::UnboundedSender<String>,
) {
    tokio::spawn(async move {
        let mut lines = BufReader::new(from).lines();
        while let Ok(Some(line)) = lines.next_line().await {
            said.lock().unwrap().push_str(&format!("{line}\n"));
            if let Some((_, rest)) = line.split_once("http://") {
                let end = rest.find(|c: char| c == '/' || c.is_whitespace()).unwrap_or(rest.len());
                let _ = found.send(rest[..end].to_owned());
            }
        }
    });
}
