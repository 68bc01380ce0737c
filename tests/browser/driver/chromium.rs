//! Finds and starts Chromium, with a profile of its own that is thrown away.

use super::page::{Page, View};
use super::wire::Wire;
use serde_json::{Value, json};
use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::Once;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};
use tokio::time::timeout;

/// What the program may be called, in the order they are tried. Debian's package has the first name.
const NAMES: [&str; 5] =
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome-headless-shell"];

/// No window, no first steps, no calls home, and no name that leads out of this machine.
const FLAGS: [&str; 20] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-sync",
    "--disable-default-apps",
    "--disable-component-update",
    "--disable-background-networking",
    "--disable-domain-reliability",
    "--disable-features=Translate,OptimizationHints,MediaRouter,DialMediaRouteProvider",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-pings",
    "--mute-audio",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
    "--remote-debugging-port=0",
];

/// How long it may take until Chromium listens; the first start on a busy machine is slow.
const START: Duration = Duration::from_secs(60);

static PROFILES: AtomicU32 = AtomicU32::new(1);

/// A running Chromium. It ends, and its profile goes, when this is dropped.
pub(crate) struct Browser {
    wire: Wire,
    _process: Child,
    _profile: Profile,
}

/// A folder that is removed with everything in it.
struct Profile(PathBuf);

impl Drop for Profile {
    fn drop(&mut self) {
        // Chromium's helpers may still be writing for a moment; what is left lies in the build's own folder.
        let _ = fs::remove_dir_all(&self.0);
    }
}

impl Browser {
    /// Starts Chromium. `None` where there is none: the test is then to be skipped, which is said once. Under
    /// `HELO_CI` that is a failure.
    pub(crate) async fn start() -> Option<Browser> {
        let number = PROFILES.fetch_add(1, Ordering::Relaxed);
        let name = format!("chromium-{}-{number}", std::process::id());
        let profile = Profile(PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name));
        fs::create_dir_all(&profile.0).unwrap();
        let Some(mut process) = spawn(&profile) else {
            missing();
            return None;
        };
        let endpoint = endpoint(&mut process).await;
        let wire = Wire::connect(&endpoint).await;
        Some(Browser { wire, _process: process, _profile: profile })
    }

    /// A tab that shares nothing (cookies, storage) with others but those of [`Browser::another`].
    pub(crate) async fn page(&self, view: View) -> Page {
        let context = self.wire.call(None, "Target.createBrowserContext", json!({})).await;
        self.tab(&context["browserContextId"], view).await
    }

    /// Another tab of the same person: same cookies, same storage.
    pub(crate) async fn another(&self, page: &Page, view: View) -> Page {
        self.tab(page.context(), view).await
    }

    async fn tab(&self, context: &Value, view: View) -> Page {
        let target = json!({"url": "about:blank", "browserContextId": context});
        let target = self.wire.call(None, "Target.createTarget", target).await;
        let attach = json!({"targetId": target["targetId"], "flatten": true});
        let session = self.wire.call(None, "Target.attachToTarget", attach).await;
        let session = session["sessionId"].as_str().expect("a session of the new tab").to_owned();
        Page::new(self.wire.clone(), context.clone(), session, view).await
    }
}

fn spawn(profile: &Profile) -> Option<Child> {
    let wanted = variable("HELO_CHROMIUM");
    let names = wanted.as_deref().map_or(NAMES.to_vec(), |name| vec![name]);
    names.into_iter().find_map(|name| {
        Command::new(name)
            .args(FLAGS)
            .arg(format!("--user-data-dir={}", profile.0.display()))
            .arg("about:blank")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .ok()
    })
}

/// Reads what Chromium says until it names the address of its debugging protocol.
async fn endpoint(process: &mut Child) -> String {
    let mut lines = BufReader::new(process.stderr.take().expect("its standard error")).lines();
    let mut said = String::new();
    let found = timeout(START, async {
        while let Ok(Some(line)) = lines.next_line().await {
            if let Some(endpoint) = line.strip_prefix("DevTools listening on ") {
                return Some(endpoint.trim().to_owned());
            }
            said.push_str(&line);
            said.push('\n');
        }
        None
    });
    let found = found.await.ok().flatten();
    let endpoint =
        found.unwrap_or_else(|| panic!("Chromium did not start within {START:?}. It said:\n{said}"));
    // What it says later is of no use, but must be read, or it would wait for a reader.
    tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
    endpoint
}

/// Says that there is no Chromium; once, and past the capture of tests' output.
fn missing() {
    assert!(
        variable("HELO_CI").is_none(),
        "HELO_CI is set, but there is no Chromium: install the package `chromium`, or name the program in HELO_CHROMIUM"
    );
    static SAID: Once = Once::new();
    SAID.call_once(|| {
        let _ = writeln!(
            std::io::stderr(),
            "\nSKIPPED: the browser tests need Chromium (Debian: apt-get install chromium; elsewhere name the program \
             in HELO_CHROMIUM)"
        );
    });
}

#[expect(clippy::disallowed_methods, reason = "a test is told by its environment where it runs")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
