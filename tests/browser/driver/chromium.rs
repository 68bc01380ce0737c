//! Finds and starts Chromium, one for all tests, with a profile of its own that is thrown away.

use super::page::{Page, View};
use super::wire::Wire;
use crate::shared::{Guarded, RUNTIME, folder, guarded, says};
use serde_json::{Value, json};
use std::io::Write as _;
use std::path::Path;
use std::sync::{Mutex, Once, PoisonError};
use tokio::sync::OnceCell;

/// What the program may be called, in the order they are tried. Debian's package has the first name.
const NAMES: [&str; 5] =
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome-headless-shell"];

/// No window, no first steps, no calls home, and no name that leads out of this machine.
const FLAGS: [&str; 23] = [
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
    // All tabs are looked at, although one of them at most is in front.
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
];

/// Chromium, in which this test's tabs are its own. They close when this is dropped.
pub(crate) struct Browser {
    wire: Wire,
    contexts: Mutex<Vec<Value>>,
}

impl Drop for Browser {
    fn drop(&mut self) {
        let contexts = self.contexts.get_mut().unwrap_or_else(PoisonError::into_inner);
        for context in contexts.drain(..) {
            self.wire.tell("Target.disposeBrowserContext", json!({"browserContextId": context}));
        }
    }
}

impl Browser {
    /// The Chromium of all tests, started with the first of them. `None` where there is none: the test is then to be
    /// skipped, which is said once. Under `HELO_CI` that is a failure.
    pub(crate) async fn start() -> Option<Browser> {
        static CHROMIUM: OnceCell<Option<(Wire, Guarded)>> = OnceCell::const_new();
        let launch = || async { RUNTIME.spawn(launch()).await.expect("Chromium starts") };
        let running = CHROMIUM.get_or_init(launch).await;
        running.as_ref().map(|(wire, _)| Browser { wire: wire.clone(), contexts: Mutex::default() })
    }

    /// A tab that shares nothing (cookies, storage) with others but those of [`Browser::another`].
    pub(crate) async fn page(&self, view: View) -> Page {
        let context = self.wire.call(None, "Target.createBrowserContext", json!({})).await;
        let context = &context["browserContextId"];
        self.contexts.lock().unwrap_or_else(PoisonError::into_inner).push(context.clone());
        self.tab(context, view).await
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

async fn launch() -> Option<(Wire, Guarded)> {
    let wanted = variable("HELO_CHROMIUM");
    let names = wanted.as_deref().map_or(NAMES.to_vec(), |name| vec![name]);
    let Some(program) = names.into_iter().find(|name| installed(name)) else {
        missing();
        return None;
    };
    let profile = folder("chromium");
    let mut args = FLAGS.map(str::to_owned).to_vec();
    args.extend([format!("--user-data-dir={}", profile.display()), "about:blank".to_owned()]);
    let mut running = guarded(&profile, program, &args);
    let said = running.stderr.take().expect("its standard error");
    let endpoint = says(said, "Chromium", |line| {
        line.strip_prefix("DevTools listening on ").map(|endpoint| endpoint.trim().to_owned())
    });
    Some((Wire::connect(&endpoint.await).await, running))
}

/// Is there a program of this name?
fn installed(name: &str) -> bool {
    let path = variable("PATH").unwrap_or_default();
    name.contains('/') && Path::new(name).exists()
        || !name.contains('/') && path.split(':').any(|folder| Path::new(folder).join(name).exists())
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
