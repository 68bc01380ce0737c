//! The driver tried on pages whose faults are known: a check that cannot fail checks nothing.

use crate::driver::{Browser, View};
use crate::looks::CONTRAST;
use crate::served::serve;
use std::path::Path;

const TERMINAL: &str = r#"<!doctype html><html lang="en"><title>Try</title><h1>Terminal</h1>
<div role="log" aria-live="polite" aria-label="Output" id="log"></div>
<form id="form"><label>Line <input id="line" autofocus></label><button id="send">Send</button></form>
<script>
const log = document.getElementById('log'), line = document.getElementById('line'), past = [];
const say = text => { const p = document.createElement('p'); p.textContent = text; log.append(p); };
document.getElementById('form').addEventListener('submit', e => {
  e.preventDefault(); past.push(line.value); say(line.value); line.value = ''; });
line.addEventListener('keydown', e => {
  if (e.key === 'ArrowUp') { e.preventDefault(); line.value = past.at(-1) ?? ''; }
  if (e.key === 'Escape') document.getElementById('send').focus();
  if (e.ctrlKey && e.code === 'KeyC') say(getSelection().toString() ? 'copied' : 'interrupted'); });
document.addEventListener('copy', () => say('a copy was made'));
</script>"#;

#[tokio::test(flavor = "multi_thread")]
async fn keys_reach_the_page_as_a_keyboard_sends_them() {
    let Some(browser) = Browser::start().await else { return };
    let page = browser.page(View::desktop()).await;
    page.goto(&serve("default-src 'self' 'unsafe-inline'", TERMINAL).await).await;
    assert_eq!(page.focus().await, "#line");

    page.type_text("RCPT TO:<jürgen@example.org>").await;
    page.press("Enter").await;
    page.wait_for_text("#log", "RCPT TO:<jürgen@example.org>").await;
    page.press("ArrowUp").await;
    page.press("Backspace").await;
    assert_eq!(page.eval::<String>("line.value").await, "RCPT TO:<jürgen@example.org");

    page.press("Ctrl+C").await;
    page.wait_for_text("#log", "interrupted").await;
    page.eval::<()>("getSelection().selectAllChildren(document.querySelector('h1'))").await;
    page.press("Ctrl+C").await;
    page.wait_for_text("#log", "a copy was made").await;

    page.press("Escape").await;
    assert_eq!(page.focus().await, "#send");
    page.press("Shift+Tab").await;
    assert_eq!(page.focus().await, "#line");
    page.press("Tab").await;
    assert_eq!(page.focus().await, "#send");
    page.click("#line").await;
    assert_eq!(page.focus().await, "#line");

    let tree = page.accessibility().await;
    let log = tree.iter().find(|node| node.role == "log").expect("the log");
    assert_eq!((log.name.as_str(), log.property("live")), ("Output", "polite"));
    assert!(tree.iter().any(|node| node.role == "textbox" && node.name == "Line"), "{tree:?}");
    page.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_page_must_not_do_is_noticed() {
    let Some(browser) = Browser::start().await else { return };
    let strict = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'";
    let open = "default-src * 'unsafe-inline'";
    for (policy, html, kind, text) in [
        (strict, "<script>1</script>", "policy", "script"),
        (strict, "<p style='color: red'>x", "policy", "style"),
        (strict, "<img src='http://elsewhere.example/x.png'>", "policy", "elsewhere.example"),
        (open, "<img src='http://elsewhere.example/x.png'>", "elsewhere", "elsewhere.example"),
        (
            open,
            "<script>new WebSocket('ws://elsewhere.example/')</script>",
            "elsewhere",
            "ws://elsewhere.example",
        ),
        (open, "<script>throw new Error('broken')</script>", "error", "broken"),
        (open, "<script>Promise.reject(new Error('late'))</script>", "error", "late"),
        (open, "<script>console.error('said', 7)</script>", "error", "said"),
    ] {
        let page = browser.page(View::desktop()).await;
        page.goto(&serve(policy, html).await).await;
        page.wait_for("true", "the page").await;
        let found = page.trouble();
        assert!(found.iter().any(|t| t.kind == kind && t.text.contains(text)), "{html}: {found:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn light_dark_print_phone_and_language() {
    const HTML: &str = r#"<!doctype html><html lang="en"><meta name="viewport" content="width=device-width">
<style>body { color: rgb(0, 0, 1) } @media (prefers-color-scheme: dark) { body { color: rgb(0, 0, 2) } }
@media print { body { color: rgb(0, 0, 3) } }</style><p>Hello"#;
    let Some(browser) = Browser::start().await else { return };
    let page = browser.page(View::desktop().lang("de")).await;
    page.goto(&serve("default-src 'self' 'unsafe-inline'", HTML).await).await;
    let colour = "getComputedStyle(document.body).color";
    assert_eq!(page.eval::<String>(colour).await, "rgb(0, 0, 1)");
    assert_eq!(page.eval::<String>("navigator.language").await, "de");
    page.look(View::phone().dark()).await;
    assert_eq!(page.eval::<String>(colour).await, "rgb(0, 0, 2)");
    page.wait_for("innerWidth === 390", "the width of a phone").await;
    page.look_as_print().await;
    assert_eq!(page.eval::<String>(colour).await, "rgb(0, 0, 3)");

    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("driver-itself.png");
    page.screenshot(&file).await;
    assert!(std::fs::read(&file).unwrap().starts_with(b"\x89PNG"));
    page.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn too_little_contrast_is_noticed() {
    const HTML: &str = r#"<!doctype html><html lang="en"><style>body { background: #fff; color: #000 }
.grey { color: #888 } .big { color: #888; font-size: 24px } .on { background: #000 } .veil { background: rgb(0 0 0 / 50%) }
@media (prefers-color-scheme: dark) { body { background: #000; color: #fff } }</style>
<p class="grey">grey <b class="big">large</b></p><p class="on">black on black</p><div class="on"><p class="veil">deep</p></div>
<p>good</p><p class="grey" hidden>not seen</p>"#;
    let Some(browser) = Browser::start().await else { return };
    let page = browser.page(View::desktop()).await;
    page.goto(&serve("default-src 'self' 'unsafe-inline'", HTML).await).await;
    let found: Vec<String> = page.eval(CONTRAST).await;
    let found: Vec<&str> = found.iter().filter_map(|f| f.split('"').nth(1)).collect();
    assert_eq!(found, ["grey", "black on black", "deep"]);
    page.look(View::desktop().dark()).await;
    let found: Vec<String> = page.eval(CONTRAST).await;
    assert_eq!(found, Vec::<String>::new(), "white and #888 on black are readable");
}
