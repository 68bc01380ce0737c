//! Any line of the terminal opens: with the mouse, with the keyboard, and whatever stands in it.

use crate::driver::{Browser, Page, View};
use crate::lab::{begin, say};

/// The last row that holds `text`.
fn row(text: &str) -> String {
    format!(
        "[...document.querySelectorAll('#terminal-1 .row')].findLast((r) => r.textContent.includes({text:?}))"
    )
}

async fn click(page: &Page, element: &str) {
    page.eval::<serde_json::Value>(&format!("void {element}.click()")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_open_at_a_click() {
    let Some(browser) = Browser::start().await else { return };
    let helo = crate::shared::helo().await;
    let page = browser.page(View::desktop()).await;
    begin(&page, &helo, "send-by-hand").await;
    say(&page, "telnet mail.example.org 25", "220 ").await;
    say(&page, "EHLO ws.lab.test", "250 ").await;
    say(&page, "MAIL FROM:<anna@example.org>", "Ok").await;

    // What was typed, by its question mark.
    let typed = row("MAIL FROM:<anna");
    click(&page, &format!("{typed}.querySelector('.why')")).await;
    page.wait_for_text("#terminal-1 .explain", "the reverse path").await;
    page.wait_for_text("#terminal-1 .explain .next", "RCPT TO:").await;
    page.wait_for_text("#terminal-1 .explain .rules", "RFC 5321 section 4.1.1.2").await;
    let expanded = format!("{typed}.querySelector('.why').getAttribute('aria-expanded') === 'true'");
    page.wait_for(&expanded, "the button says that it is open").await;
    // The same again closes it.
    click(&page, &format!("{typed}.querySelector('.why')")).await;
    page.wait_for(&format!("!{typed}.querySelector('.explain')"), "the line is closed").await;

    // An answer, by its label; a program's line, by its time.
    click(&page, &format!("{}.querySelector('.who')", row("250-PIPELINING"))).await;
    page.wait_for_text("#terminal-1 .explain", "several commands without waiting").await;
    click(&page, &format!("{}.querySelector('time')", row("Escape character"))).await;
    page.wait_for_text("#terminal-1", "telnet's own prompt").await;
    click(&page, &format!("{}.querySelector('time')", row("telnet mail.example.org 25"))).await;
    page.wait_for_text("#terminal-1", "port 25, SMTP").await;
    page.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_open_by_keyboard() {
    let Some(browser) = Browser::start().await else { return };
    let helo = crate::shared::helo().await;
    let page = browser.page(View::desktop()).await;
    begin(&page, &helo, "send-by-hand").await;
    say(&page, "telnet mail.example.org 25", "220 ").await;
    say(&page, "NONSENSE", "500 5.5.2").await;
    page.press("Escape").await;
    page.wait_for("document.activeElement.id === 'terminal-1'", "the log has the focus").await;
    // The newest line is the answer, the one above it what was typed.
    page.press("ArrowUp").await;
    page.press("ArrowUp").await;
    let on = "document.activeElement.closest('.row')?.textContent.includes('NONSENSE')";
    page.wait_for(on, "the focus is on what was typed").await;
    page.press("Enter").await;
    page.wait_for_text("#terminal-1 .explain", "SMTP has no command").await;
    page.press("Escape").await;
    page.wait_for("!document.querySelector('#terminal-1 .explain')", "Escape closes the line").await;
    page.wait_for(on, "the focus stays on the line").await;
    page.press("Home").await;
    let first = "document.activeElement === document.querySelector('#terminal-1 .row .why')";
    page.wait_for(first, "Home leads to the first line").await;
    // Each has a name, and only one of them is a stop for Tab.
    let stops = "document.querySelectorAll('#terminal-1 .why[tabindex=\"0\"]').length === 1";
    page.wait_for(stops, "one stop for Tab").await;
    page.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_lines_open_as_text() {
    let Some(browser) = Browser::start().await else { return };
    let helo = crate::shared::helo().await;
    let page = browser.page(View::desktop()).await;
    begin(&page, &helo, "send-by-hand").await;
    say(&page, "telnet mail.example.org 25", "220 ").await;
    say(&page, "EHLO <img/src=x/onerror=alert(1)>", "250 ").await;
    click(&page, &format!("{}.querySelector('.why')", row("EHLO <img"))).await;
    page.wait_for_text("#terminal-1 .explain", "<img/src=x/onerror=alert(1)>").await;
    page.wait_for("!document.querySelector('#terminal-1 img')", "nothing of it became an element").await;
    say(&page, "\u{202e}evil", "evil").await;
    page.wait_for(&row("evil"), "the line is there").await;
    click(&page, &format!("{}.querySelector('.why')", row("evil"))).await;
    let shown = format!("{}.querySelector('.explain')?.textContent.includes('U+202E')", row("evil"));
    page.wait_for(&shown, "the sign is named, not obeyed").await;
    page.assert_clean();
}
