//! What all tests share, because starting it takes longer than most of them: one Chromium, in which each test is a person
//! of its own (cookies and storage are not shared), and one helo over the shipped scenarios, for all tests that neither
//! stop it nor want other scenarios.
//!
//! Both outlive the runtimes of single tests, so they have one of their own; and they end with the process of the tests,
//! however that ends.

use crate::process::Helo;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::LazyLock;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt as _, AsyncRead, BufReader};
use tokio::process::{Child, Command};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::OnceCell;
use tokio::time::timeout;

/// How long a program may take until it says where it is; the first start on a busy machine is slow.
const START: Duration = Duration::from_secs(90);

/// Runs a program until nobody holds the standard input any more, and throws its folder away then.
const UNTIL_NOBODY_IS_THERE: &str = "folder=$1; shift; \"$@\" & child=$!; cat > /dev/null; kill -9 $child 2> /dev/null; wait; rm -rf \"$folder\"";

pub(crate) static RUNTIME: LazyLock<Runtime> =
    LazyLock::new(|| Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap());

/// A program that ends with this process.
pub(crate) type Guarded = Child;

/// An empty folder for a program; its name is no other process's.
pub(crate) fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Starts a program that ends with this process.
pub(crate) fn guarded(folder: &Path, program: &str, args: &[String]) -> Guarded {
    Command::new("sh")
        .args(["-c", UNTIL_NOBODY_IS_THERE, "sh"])
        .arg(folder)
        .arg(program)
        .args(args)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("a shell")
}

/// Reads what a program says until `found` finds something in a line; later lines are read and thrown away, or the
/// program would wait for a reader.
pub(crate) async fn says<T>(
    from: impl AsyncRead + Unpin + Send + 'static,
    what: &str,
    found: impl Fn(&str) -> Option<T>,
) -> T {
    let mut lines = BufReader::new(from).lines();
    let mut said = String::new();
    let looked = timeout(START, async {
        while let Ok(Some(line)) = lines.next_line().await {
            if let Some(found) = found(&line) {
                return Some(found);
            }
            said.push_str(&line);
            said.push('\n');
        }
        None
    });
    let looked = looked.await.ok().flatten();
    let looked = looked.unwrap_or_else(|| panic!("{what} did not start within {START:?}. It said:\n{said}"));
    tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
    looked
}

/// The helo that is there for all.
pub(crate) async fn helo() -> Helo {
    static HELO: OnceCell<(String, Guarded)> = OnceCell::const_new();
    let start = || async { RUNTIME.spawn(start_helo()).await.expect("helo starts") };
    let (address, _) = HELO.get_or_init(start).await;
    Helo::of_all(address)
}

async fn start_helo() -> (String, Guarded) {
    let data = folder("data-of-all");
    let args = ["serve", "--web", "127.0.0.1:0", "--no-mail", "--data", &data.display().to_string()]
        .map(str::to_owned);
    let mut running = guarded(&data, env!("CARGO_BIN_EXE_helo"), &args);
    let out = running.stdout.take().expect("its standard output");
    let err = running.stderr.take().expect("its standard error");
    tokio::spawn(async move { drop(says::<()>(err, "helo's errors", |_| None)) });
    let address = says(out, "helo", |line| {
        let (_, rest) = line.split_once("http://")?;
        Some(rest.split(['/', ' ']).next().unwrap_or_default().to_owned())
    });
    (address.await, running)
}
