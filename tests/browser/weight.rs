//! What the lab's page costs: octets over the network, and the time from Enter to the answer on the screen.

use crate::driver::{Page, View};
use crate::lab::{Lab, live};

/// What a page may weigh as it travels, in octets.
const WEIGHT: usize = 150_000;
/// How many events stand on the page while the time is measured, at least.
const EVENTS: usize = 2_000;
/// How often it is measured.
const TIMES: usize = 41;

/// Everything that was fetched for the page, with its octets as they travelled.
const FETCHED: &str = "[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')] \
     .map(e => [e.name.replace(location.origin, '').split('?')[0], e.encodedBodySize])";

#[tokio::test(flavor = "multi_thread")]
async fn the_lab_weighs_little_and_is_all_our_own() {
    let Some(lab) = Lab::begin(View::desktop()).await else { return };
    let page = &lab.page;
    page.goto(&lab.address().await).await;
    live(page).await;
    // A browser that comes for the first time has nothing.
    page.without_cache().await;
    page.goto(&lab.address().await).await;
    live(page).await;
    let fetched: Vec<(String, usize)> = page.eval(FETCHED).await;
    let total: usize = fetched.iter().map(|(_, octets)| octets).sum();
    let list: String = fetched.iter().map(|(name, octets)| format!("\n{octets:>8} {name}")).collect();
    println!("the lab's page: {total} octets{list}");
    assert!(fetched.len() > 10 && fetched.iter().any(|(name, _)| name.ends_with("lab.js")), "{list}");
    assert!(
        fetched.iter().filter(|(name, _)| name.ends_with(".js")).all(|(_, octets)| *octets > 0),
        "{list}"
    );
    assert!(total < WEIGHT, "{total} octets{list}");
    let policy: String =
        page.eval("fetch(location.href).then(answer => answer.headers.get('content-security-policy'))").await;
    assert!(policy.contains("default-src 'none'"), "{policy}");
    assert!(!policy.contains("unsafe"), "{policy}");
    // Nothing was asked for elsewhere, and no rule of the policy was broken.
    page.assert_clean();
}

async fn paste(page: &Page, text: &str) {
    page.eval::<()>(&format!(
        "(() => {{ const data = new DataTransfer(); data.setData('text/plain', {}); document.querySelector('#line') \
         .dispatchEvent(new ClipboardEvent('paste', {{clipboardData: data, bubbles: true, cancelable: true}})); }})()",
        crate::driver::quoted(text)
    ))
    .await;
}

/// Not a test, and asked for by name: `cargo test --release --test browser enter_to_paint -- --ignored --nocapture`.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "a measurement: cargo test --release --test browser enter_to_paint -- --ignored --nocapture"]
async fn enter_to_paint() {
    let Some(lab) = Lab::begin(View::desktop()).await else { return };
    let page = &lab.page;
    page.eval::<()>("document.querySelector('#line').focus()").await;
    // Each of these lines is typed, runs a program, prints, ends it: four events.
    let lines: String = (0..450).map(|n| format!("echo line {n}\n")).collect();
    paste(page, &lines).await;
    page.wait_for_text("#terminal-1", "line 449").await;
    lab.enter("telnet mail.example.org 25").await;
    page.wait_for_text("#terminal-1", "220").await;
    paste(page, "EHLO ws.lab.test\nNOOP\nNOOP\nNOOP\nNOOP\nNOOP\nNOOP\nNOOP\n").await;
    lab.enter("RSET").await;
    page.wait_for(
        "[...document.querySelectorAll('.row[data-who=server]')].length > 15",
        "the answers are there",
    )
    .await;
    // From the key's own time to the first moment after the frame in which the answer stands was painted.
    page.eval::<()>(
        "window.times = []; (() => { let pressed = 0; \
         document.querySelector('#line').addEventListener('keydown', event => { if (event.key === 'Enter') pressed = event.timeStamp; }, true); \
         new MutationObserver(all => { \
             const answered = all.some(m => [...m.addedNodes].some(n => n.matches?.('.row[data-who=server]'))); \
             if (!answered || pressed === 0) return; \
             const since = pressed; pressed = 0; \
             requestAnimationFrame(() => { const after = new MessageChannel(); \
                 after.port1.onmessage = () => times.push(performance.now() - since); after.port2.postMessage(0); }); \
         }).observe(document.querySelector('#terminal-1 .rows'), {childList: true}); })()",
    )
    .await;
    let mut events = 0;
    for n in 1..=TIMES {
        page.insert(if n % 2 == 0 { "NOOP" } else { "RSET" }).await;
        page.press("Enter").await;
        page.wait_for(&format!("times.length === {n}"), "the answer was painted").await;
        events = page.eval("Number(document.querySelector('#terminal-1 .row:last-child').dataset.n)").await;
    }
    let mut times: Vec<f64> = page.eval("times").await;
    times.sort_by(f64::total_cmp);
    let rows = page.count("#terminal-1 .row").await;
    println!(
        "from Enter to the answer painted, {events} events, {rows} lines on the page: median {:.1} ms, nine of ten within {:.1} ms, \
         worst {:.1} ms",
        times[TIMES / 2],
        times[TIMES * 9 / 10],
        times[TIMES - 1]
    );
    assert!(events >= EVENTS, "{events} events");
}
