//! The lab page as the tests use it: what one does there, by the handles that docs/page-protocol.md names.

use crate::driver::{Browser, Page, View};
use crate::process::Helo;

/// The keys it takes at most to get somewhere on a page.
const TABS: usize = 120;

/// helo and a lab page on it.
pub(crate) struct Lab {
    pub(crate) browser: Browser,
    pub(crate) helo: Helo,
    pub(crate) page: Page,
    /// From whom the letter is to be, as the brief says.
    pub(crate) sender: String,
    /// To whom.
    pub(crate) recipient: String,
}

impl Lab {
    /// A fresh attempt at `send-by-hand`, begun from the catalogue by keyboard; `None` where there is no Chromium.
    pub(crate) async fn begin(view: View) -> Option<Lab> {
        let browser = Browser::start().await?;
        Some(Lab::begin_at(browser, crate::shared::helo().await, view).await)
    }

    /// The same at a helo that this test may stop; its name must be no other test's.
    pub(crate) async fn begin_alone(name: &str, view: View) -> Option<Lab> {
        let browser = Browser::start().await?;
        Some(Lab::begin_at(browser, Helo::start(&format!("browser-{name}")).await, view).await)
    }

    async fn begin_at(browser: Browser, helo: Helo, view: View) -> Lab {
        let page = browser.page(view).await;
        page.goto(&helo.url("/")).await;
        tab_to(&page, "[data-scenario=send-by-hand] [data-action=begin]").await;
        page.leaving().await;
        page.press("Enter").await;
        page.arrived("the lab").await;
        live(&page).await;
        let brief = page.text("#brief").await;
        let [sender, recipient] = addresses(&brief);
        Lab { helo, page, browser, sender, recipient }
    }

    /// The way from the catalogue up to the invitation to write the letter.
    pub(crate) async fn up_to_data(&self) {
        self.enter("telnet mail.example.org 25").await;
        self.up_to_data_from_hello().await;
    }

    /// The same where the connection is there.
    pub(crate) async fn up_to_data_from_hello(&self) {
        for line in [
            "EHLO ws.lab.test",
            &format!("MAIL FROM:<{}>", self.sender),
            &format!("RCPT TO:<{}>", self.recipient),
        ] {
            self.enter(line).await;
        }
        self.enter("DATA").await;
        self.page.wait_for_text("#terminal-1", "End data with").await;
    }

    /// Types a line into the terminal's field, which has the focus, and waits until it stands in the log.
    pub(crate) async fn enter(&self, line: &str) {
        let before = typed(&self.page).await.len();
        self.page.type_text(line).await;
        self.page.press("Enter").await;
        let typed = format!("document.querySelectorAll('.row[data-who=you]').length > {before}");
        self.page.wait_for(&typed, &format!("{line:?} stands in the log")).await;
    }

    /// The attempt's address.
    pub(crate) async fn address(&self) -> String {
        self.page.eval("location.href").await
    }
}

/// Begins an attempt at this scenario from the catalogue; gives its token.
pub(crate) async fn begin(page: &Page, helo: &Helo, scenario: &str) -> String {
    page.goto(&helo.url("/")).await;
    page.leaving().await;
    page.click(&format!("[data-scenario={scenario}] [data-action=begin]")).await;
    page.arrived("the lab").await;
    live(page).await;
    page.eval("document.querySelector('#lab').dataset.token").await
}

/// Types a line into the terminal in front, and waits for what comes of it.
pub(crate) async fn say(page: &Page, line: &str, answer: &str) {
    page.eval::<()>("document.querySelector('#line').focus()").await;
    page.insert(line).await;
    page.press("Enter").await;
    page.wait_for_text("#logs > :not([hidden])", answer).await;
}

/// Waits until the page is connected.
pub(crate) async fn live(page: &Page) {
    page.wait_for("document.querySelector('#link')?.dataset.state === 'live'", "the page is connected").await;
}

/// Presses Tab until the focus is there, as somebody without a mouse does.
pub(crate) async fn tab_to(page: &Page, selector: &str) {
    let there = format!("document.activeElement.matches({})", crate::driver::quoted(selector));
    let mut seen = Vec::new();
    for _ in 0..TABS {
        if page.eval(&there).await {
            return;
        }
        seen.push(page.focus().await);
        page.press("Tab").await;
    }
    panic!("Tab does not lead to {selector}; it went over\n{}", seen.join("\n"));
}

/// What was typed, line by line, as the log shows it.
pub(crate) async fn typed(page: &Page) -> Vec<String> {
    let text = "e => (e.querySelector('.said-line') ?? e).textContent";
    page.eval(&format!("[...document.querySelectorAll('#terminal-1 .row[data-who=you]')].map({text})")).await
}

/// The first two addresses in a text.
pub(crate) fn addresses(text: &str) -> [String; 2] {
    let mut found: Vec<&str> = Vec::new();
    for word in text.split(|c: char| !(c.is_ascii_alphanumeric() || "@.".contains(c))) {
        let word = word.trim_matches('.');
        if word.contains('@') && !found.contains(&word) {
            found.push(word);
        }
    }
    match found[..] {
        [sender, recipient, ..] => [sender.to_owned(), recipient.to_owned()],
        _ => panic!("the brief names no two addresses: {text}"),
    }
}
