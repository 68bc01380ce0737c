//! One tab: going somewhere, looking, waiting, pictures.

use super::access::{Node, nodes};
use super::keys;
use super::trouble::{Trouble, troubles};
use super::wire::Wire;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::sync::Mutex;
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// How long something on the page may take. Long, because the machine may be busy; nobody waits so long when it works.
const PATIENCE: Duration = Duration::from_secs(20);
/// How often is looked.
const GLANCE: Duration = Duration::from_millis(25);

/// How a tab looks at pages.
#[derive(Debug, Clone, Copy)]
pub(crate) struct View {
    /// Width and height in CSS pixels.
    pub(crate) size: (u32, u32),
    /// A phone: touch, two device pixels to one.
    pub(crate) phone: bool,
    /// `prefers-color-scheme: dark`.
    pub(crate) dark: bool,
    /// What the browser asks for in `Accept-Language`.
    pub(crate) lang: &'static str,
}

impl View {
    /// A laptop, light, English.
    pub(crate) fn desktop() -> View {
        View { size: (1280, 800), phone: false, dark: false, lang: "en" }
    }

    /// A phone, light, English.
    pub(crate) fn phone() -> View {
        View { size: (390, 844), phone: true, ..View::desktop() }
    }

    /// The same with the dark colours.
    pub(crate) fn dark(self) -> View {
        View { dark: true, ..self }
    }

    /// The same in another language.
    pub(crate) fn lang(self, lang: &'static str) -> View {
        View { lang, ..self }
    }
}

/// A tab.
pub(crate) struct Page {
    wire: Wire,
    context: Value,
    session: String,
    /// Where the pages under test are; set by the first [`Page::goto`].
    origin: Mutex<String>,
    /// What a test has said that it will bring about.
    expected: Mutex<Vec<&'static str>>,
}

/// A text as JavaScript writes it.
pub(crate) fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

impl Page {
    pub(super) async fn new(wire: Wire, context: Value, session: String, view: View) -> Page {
        let page = Page { wire, context, session, origin: Mutex::default(), expected: Mutex::default() };
        for domain in ["Page", "Runtime", "Log", "Network", "Audits", "Accessibility"] {
            page.call(&format!("{domain}.enable"), json!({})).await;
        }
        page.look(view).await;
        // A tab in the background would not be painted and would not have the focus.
        page.call("Emulation.setFocusEmulationEnabled", json!({"enabled": true})).await;
        page
    }

    pub(super) fn context(&self) -> &Value {
        &self.context
    }

    pub(super) async fn call(&self, method: &str, params: Value) -> Value {
        self.wire.call(Some(&self.session), method, params).await
    }

    /// Looks in another way from now on.
    pub(crate) async fn look(&self, view: View) {
        let (width, height) = view.size;
        let scale = if view.phone { 2 } else { 1 };
        let metrics =
            json!({"width": width, "height": height, "deviceScaleFactor": scale, "mobile": view.phone});
        self.call("Emulation.setDeviceMetricsOverride", metrics).await;
        self.call("Emulation.setTouchEmulationEnabled", json!({"enabled": view.phone})).await;
        let scheme = if view.dark { "dark" } else { "light" };
        // Nothing moves, so that pictures are the same each time.
        let features = json!([
            {"name": "prefers-color-scheme", "value": scheme},
            {"name": "prefers-reduced-motion", "value": "reduce"},
        ]);
        self.call("Emulation.setEmulatedMedia", json!({"media": "", "features": features})).await;
        let agent = json!({"userAgent": "helo's own tests", "acceptLanguage": view.lang});
        self.call("Emulation.setUserAgentOverride", agent).await;
    }

    /// Looks at the page in colours that the system has chosen, as Windows' contrast themes do.
    pub(crate) async fn look_in_forced_colours(&self) {
        let features = json!([{"name": "forced-colors", "value": "active"}]);
        self.call("Emulation.setEmulatedMedia", json!({"media": "", "features": features})).await;
    }

    /// From now on nothing comes from what the browser has kept.
    pub(crate) async fn without_cache(&self) {
        self.call("Network.setCacheDisabled", json!({"cacheDisabled": true})).await;
    }

    /// Looks at the page as it would be printed.
    pub(crate) async fn look_as_print(&self) {
        self.call("Emulation.setEmulatedMedia", json!({"media": "print", "features": []})).await;
    }

    /// Goes to an address and waits until it has loaded with all that belongs to it.
    pub(crate) async fn goto(&self, url: &str) {
        {
            let mut origin = self.origin.lock().unwrap();
            if origin.is_empty() {
                *origin = url.split('/').take(3).collect::<Vec<_>>().join("/");
            }
        }
        self.eval::<Value>("window.leaving = true").await;
        let answer = self.call("Page.navigate", json!({"url": url})).await;
        assert!(answer.get("errorText").is_none(), "{url} cannot be loaded: {}", answer["errorText"]);
        self.arrived(url).await;
    }

    /// Waits for the next page after something that leaves this one; begin with [`Page::leaving`].
    pub(crate) async fn arrived(&self, what: &str) {
        self.wait_for("!window.leaving && document.readyState === 'complete'", &format!("{what} has loaded"))
            .await;
    }

    /// Marks this page, so that [`Page::arrived`] can tell the next one from it.
    pub(crate) async fn leaving(&self) {
        self.eval::<Value>("window.leaving = true").await;
    }

    /// The value of an expression on the page; a promise is waited for.
    pub(crate) async fn eval<T: DeserializeOwned>(&self, expression: &str) -> T {
        let value =
            self.look_up(expression).await.unwrap_or_else(|e| panic!("on the page, {expression}: {e}"));
        serde_json::from_value(value).unwrap_or_else(|e| panic!("on the page, {expression}: {e}"))
    }

    async fn look_up(&self, expression: &str) -> Result<Value, String> {
        let params = json!({"expression": expression, "returnByValue": true, "awaitPromise": true});
        let mut answer = self.call("Runtime.evaluate", params).await;
        match answer.get("exceptionDetails") {
            Some(details) => {
                let exception = details["exception"]["description"].as_str();
                Err(exception.or(details["text"].as_str()).unwrap_or("an exception").to_owned())
            }
            None => Ok(answer["result"]["value"].take()),
        }
    }

    /// Waits until an expression is true. `what` says it in words, for the message when it never is.
    pub(crate) async fn wait_for(&self, expression: &str, what: &str) {
        let end = Instant::now() + PATIENCE;
        let mut last = String::new();
        // Between two pages there is none to look at: an exception is looked at again.
        while Instant::now() < end {
            match self.look_up(&format!("Boolean({expression})")).await {
                Ok(Value::Bool(true)) => return,
                Ok(_) => last = "is false".to_owned(),
                Err(exception) => last = exception,
            }
            sleep(GLANCE).await;
        }
        panic!("waited {PATIENCE:?} in vain: {what}\n  {expression}: {last}\n{}", self.state().await);
    }

    /// Waits until an element shows a text.
    pub(crate) async fn wait_for_text(&self, selector: &str, text: &str) {
        let shown = format!("document.querySelector({})?.innerText", quoted(selector));
        self.wait_for(&format!("{shown}?.includes({})", quoted(text)), &format!("{selector} shows {text:?}"))
            .await;
    }

    /// The text an element shows; empty where there is none such.
    pub(crate) async fn text(&self, selector: &str) -> String {
        self.eval(&format!("document.querySelector({})?.innerText ?? ''", quoted(selector))).await
    }

    /// How many elements there are.
    pub(crate) async fn count(&self, selector: &str) -> usize {
        self.eval(&format!("document.querySelectorAll({}).length", quoted(selector))).await
    }

    /// Clicks in the middle of what an element holds, or of the element itself where it is empty, as a mouse does.
    pub(crate) async fn click(&self, selector: &str) {
        self.clicks(selector, 1).await;
    }

    /// Clicks twice: that selects a word.
    pub(crate) async fn double_click(&self, selector: &str) {
        self.clicks(selector, 2).await;
    }

    async fn clicks(&self, selector: &str, count: u32) {
        let element = format!("document.querySelector({})", quoted(selector));
        self.wait_for(&format!("{element}?.checkVisibility()"), &format!("{selector} can be seen")).await;
        let find = format!(
            "(e => {{ e.scrollIntoView({{block: 'center'}}); const range = document.createRange(); range.selectNodeContents(e); \
             const r = range.getClientRects()[0] ?? e.getBoundingClientRect(); \
             return [r.x + r.width / 2, r.y + r.height / 2]; }})({element})"
        );
        let [x, y]: [f64; 2] = self.eval(&find).await;
        let mut mouse = vec![("mouseMoved", 0, 0)];
        for n in 1..=count {
            mouse.extend([("mousePressed", 1, n), ("mouseReleased", 0, n)]);
        }
        for (kind, buttons, count) in mouse {
            let params = json!({"type": kind, "x": x, "y": y, "button": "left", "buttons": buttons, "clickCount": count});
            self.call("Input.dispatchMouseEvent", params).await;
        }
    }

    /// Puts a text in where the focus is, all at once, as an input method does.
    pub(crate) async fn insert(&self, text: &str) {
        self.call("Input.insertText", json!({"text": text})).await;
    }

    /// Types characters one after the other, where the focus is.
    pub(crate) async fn type_text(&self, text: &str) {
        for c in text.chars() {
            for event in keys::of_char(c) {
                self.call("Input.dispatchKeyEvent", event).await;
            }
        }
    }

    /// Presses a key, by its name: `Enter`, `Tab`, `Shift+Tab`, `Ctrl+C`, `ArrowUp`, `F6`.
    pub(crate) async fn press(&self, key: &str) {
        for event in keys::of_name(key) {
            self.call("Input.dispatchKeyEvent", event).await;
        }
    }

    /// Where the focus is: `#id` where the element has one, else its way down from the nearest that has.
    pub(crate) async fn focus(&self) -> String {
        let describe = "(e => { let way = ''; \
             for (; e && !e.id; e = e.parentElement) \
                 way = ` > ${e.tagName.toLowerCase()}:nth-child(${[...(e.parentElement?.children ?? [])].indexOf(e) + 1})${way}`; \
             return (e ? '#' + e.id : '') + way; })(document.activeElement)";
        self.eval(describe).await
    }

    /// What a screen reader is told of the page, in its order.
    pub(crate) async fn accessibility(&self) -> Vec<Node> {
        nodes(&self.call("Accessibility.getFullAXTree", json!({})).await)
    }

    /// A picture of the whole page, not only of what is in view; of a very long one its beginning.
    pub(crate) async fn screenshot(&self, file: &Path) {
        let size = "(e => [e.scrollWidth, Math.max(innerHeight, Math.min(e.scrollHeight, 4000))])(document.documentElement)";
        let size = self.look_up(size).await.ok();
        let [width, height]: [f64; 2] =
            size.and_then(|size| serde_json::from_value(size).ok()).unwrap_or([1500.0, 1000.0]);
        let clip = json!({"x": 0, "y": 0, "width": width, "height": height, "scale": 1});
        let params = json!({"format": "png", "captureBeyondViewport": true, "clip": clip});
        let answer = self.call("Page.captureScreenshot", params).await;
        let picture =
            STANDARD.decode(answer["data"].as_str().unwrap_or_default()).expect("a picture in base64");
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder).unwrap();
        }
        fs::write(file, picture).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    }

    /// Allows a complaint that contains this text, because the test itself brings it about.
    pub(crate) fn expect_trouble(&self, text: &'static str) {
        self.expected.lock().unwrap().push(text);
    }

    /// What the page has complained of so far and no test has announced: errors, broken rules of its
    /// Content-Security-Policy, requests that lead elsewhere.
    pub(crate) fn trouble(&self) -> Vec<Trouble> {
        let (origin, expected) = (self.origin.lock().unwrap(), self.expected.lock().unwrap());
        let mut found = troubles(&self.wire.events(&self.session), &origin);
        found.retain(|trouble| !expected.iter().any(|text| trouble.text.contains(text)));
        found
    }

    /// Nothing went wrong on this tab.
    #[track_caller]
    pub(crate) fn assert_clean(&self) {
        let found = self.trouble();
        let list: String = found.iter().map(|t| format!("\n  {t}")).collect();
        assert!(found.is_empty(), "the page has complained:{list}");
    }

    /// How the page stands, for the message of a test that failed.
    async fn state(&self) -> String {
        let text = "location.href + '\\n' + (document.body?.innerText ?? '').slice(0, 4000)";
        let text = self.look_up(text).await.unwrap_or_default();
        let focus =
            self.look_up("document.activeElement?.cloneNode(false).outerHTML").await.unwrap_or_default();
        let trouble: String = self.trouble().iter().map(|t| format!("\n  {t}")).collect();
        let picture = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("failed-{}.png", self.session));
        self.screenshot(&picture).await;
        format!(
            "the page shows:\n{}\nthe focus is on: {}\nit complained of:{trouble}\na picture: {}",
            text.as_str().unwrap_or_default(),
            focus.as_str().unwrap_or_default(),
            picture.display()
        )
    }
}
