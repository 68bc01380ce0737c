//! The time slider: every view as it was then, in the lab and in a replay, by mouse and by keyboard, and fast enough.

use crate::driver::{Page, View};
use crate::lab::{Lab, live, say, tab_to, typed};

/// A lab in which a letter has been handed over.
async fn worked_in() -> Option<Lab> {
    let lab = Lab::begin(View::desktop()).await?;
    Some(worked(lab).await)
}

/// Hands a letter over.
async fn worked(lab: Lab) -> Lab {
    tab_to(&lab.page, "#line").await;
    lab.enter("telnet mail.example.org 25").await;
    lab.enter("HELLO").await;
    lab.up_to_data_from_hello().await;
    for line in ["Subject: Then and now", "", "A letter.", "."] {
        lab.enter(line).await;
    }
    lab.page.wait_for_text("#terminal-1", "queued as").await;
    lab.page.wait_for("document.querySelector('.message')", "the letter has arrived").await;
    lab
}

/// Moves the slider as a hand does, to a share of its way.
async fn slide(page: &Page, share: f64) {
    let move_to = format!(
        "(s => {{ s.value = Math.round(s.max * {share}); s.dispatchEvent(new Event('input', {{bubbles: true}})); }})(document.querySelector('#time-slider'))"
    );
    page.eval::<serde_json::Value>(&move_to).await;
}

/// What the parts of the page show, by what they stand for.
async fn shown(page: &Page) -> Vec<String> {
    let mut all = Vec::new();
    for part in ["#terminal-1 .rows", "#steps", "#points", "#mailbox-list", "#where"] {
        let text = format!("document.querySelector({}).textContent", crate::driver::quoted(part));
        all.push(page.eval::<String>(&text).await);
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn the_slider_shows_every_part_as_it_was_then() {
    let Some(lab) = worked_in().await else { return };
    let page = &lab.page;
    let now = shown(page).await;

    slide(page, 0.0).await;
    page.wait_for("document.querySelector('#lab').dataset.past === 'true'", "the page says it is the past")
        .await;
    page.wait_for(
        "document.querySelector('#points').textContent.startsWith('0 of')",
        "nothing was earned yet",
    )
    .await;
    page.wait_for("!document.querySelector('.message')", "nothing had arrived").await;
    assert_eq!(typed(page).await, Vec::<String>::new());
    let visible = "['#entry', '#past', '#time-now'].map(s => document.querySelector(s).checkVisibility())";
    assert_eq!(page.eval::<Vec<bool>>(visible).await, [false, true, true], "typing is off, and it is said");
    assert!(page.eval::<bool>("document.querySelector('[data-action=hint]').inert").await);

    // Line by line: each brings what came of it.
    for (line, answer) in
        [("telnet mail.example.org 25", "220 "), ("HELLO", "500 "), ("EHLO ws.lab.test", "250 CHUNKING")]
    {
        page.click("#time-line-on").await;
        let last = format!(
            "document.querySelector('#terminal-1 .row[data-who=you]:last-of-type, #terminal-1 .rows') && [...document.querySelectorAll('#terminal-1 .row[data-who=you]')].at(-1)?.textContent.includes({line:?})"
        );
        page.wait_for(&last, &format!("{line} is the last line")).await;
        page.wait_for_text("#terminal-1", answer).await;
    }
    page.wait_for("document.querySelector('.step[data-step=greet]').dataset.done === 'true'", "greeted")
        .await;
    page.click("#time-line-back").await;
    page.wait_for("![...document.querySelectorAll('#terminal-1 .row[data-who=you]')].some(r => r.textContent.includes('EHLO'))", "back before EHLO")
        .await;
    page.wait_for(
        "document.querySelector('.step[data-step=greet]').dataset.done === 'false'",
        "not yet greeted",
    )
    .await;
    assert!(page.text("#terminal-1").await.contains("HELLO"));

    // What happens meanwhile is kept; what is typed does nothing.
    let other = lab.browser.another(page, View::desktop()).await;
    other.goto(&lab.address().await).await;
    live(&other).await;
    say(&other, "NOOP", "NOOP").await;
    page.wait_for("document.querySelector('#time-new').textContent !== ''", "news are counted").await;
    assert!(!page.text("#terminal-1").await.contains("NOOP"));

    page.click("#time-now").await;
    page.wait_for_text("#terminal-1", "NOOP").await;
    page.wait_for("document.querySelector('#lab').dataset.past === 'false'", "the present").await;
    assert_eq!(page.focus().await, "#line", "and one can type");
    page.wait_for("document.querySelector('.message')", "the letter is there again").await;
    let again = shown(page).await;
    assert_eq!(again[1..4], now[1..4], "steps, points and mailboxes are as before");
    assert!(again[0].starts_with(&now[0]), "{}\n{}", again[0], now[0]);
    lab.enter("RSET").await;
    page.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replay_opens_at_an_event_and_walks_by_keyboard() {
    let Some(lab) = worked_in().await else { return };
    let page = &lab.page;
    let address = lab.address().await;
    page.goto(&format!("{address}/report")).await;
    page.leaving().await;
    page.click(".step[data-step=envelope] .quote [data-earned] .when").await;
    page.arrived("the replay").await;
    page.wait_for("document.querySelector('.looked-at')", "the line is marked").await;
    let marked = page.text(".looked-at").await;
    assert!(marked.contains("250"), "{marked}");
    assert!(!page.text("#terminal-1").await.contains("DATA"), "what came later is not shown");
    page.wait_for(
        "document.querySelector('.step[data-step=greet]').dataset.done === 'true'",
        "steps as they were",
    )
    .await;
    assert_eq!(
        page.eval::<String>("document.querySelector('.step[data-step=letter]').dataset.done").await,
        "false"
    );

    let value = "Number(document.querySelector('#time-slider').value)";
    page.eval::<serde_json::Value>("document.activeElement.blur()").await;
    let before: f64 = page.eval(value).await;
    page.press("ArrowRight").await;
    page.wait_for(&format!("{value} > {before}"), "one event on").await;
    page.press("ArrowLeft").await;
    page.wait_for(&format!("{value} === {before}"), "and back").await;
    page.press("PageDown").await;
    page.wait_for("[...document.querySelectorAll('#terminal-1 .row[data-who=you]')].at(-1).textContent.includes('RCPT TO') \
                   || document.querySelector('#terminal-1').textContent.includes('DATA')", "the next line").await;

    // Played, it comes to its end by itself.
    page.eval::<serde_json::Value>("document.querySelector('#time-speed').value = '20'").await;
    page.click("#time-play").await;
    page.wait_for(
        &format!("{value} === Number(document.querySelector('#time-slider').max)"),
        "played to the end",
    )
    .await;
    page.wait_for("document.querySelector('#time-play').ariaPressed === 'false'", "and stopped there").await;
    page.wait_for_text("#terminal-1", "queued as").await;
    page.wait_for("document.querySelector('.message')", "the letter has arrived").await;

    // Nothing can be done.
    page.press("x").await;
    let off = "[...document.querySelectorAll('#entry, #line, [data-action=hint], .step button')].filter(e => e.checkVisibility() && !e.closest('[inert]')).length";
    assert_eq!(page.eval::<usize>(off).await, 0);
    // Another language shows the same moment.
    assert!(page.eval::<String>("document.querySelector('[name=back]').value").await.contains("/replay?at="));
    page.assert_clean();
}

/// A connection that breaks and comes back moves nothing from under the reader's eyes.
#[tokio::test(flavor = "multi_thread")]
async fn a_reconnect_leaves_the_reader_where_they_read() {
    let Some(lab) = Lab::begin_alone("reading", View::desktop()).await else { return };
    let mut lab = worked(lab).await;
    lab.page.expect_trouble("ERR_CONNECTION_REFUSED");
    lab.page.expect_trouble("WebSocket connection to");
    lab.enter("HELP").await;
    lab.enter("EHLO ws.lab.test").await;
    lab.enter("EHLO ws.lab.test").await;
    lab.page.wait_for("document.querySelector('#terminal-1').scrollHeight > document.querySelector('#terminal-1').clientHeight + 200", "something to scroll").await;
    lab.page.eval::<serde_json::Value>("document.querySelector('#terminal-1').scrollTop = 30; document.querySelector('#mailboxes').scrollTop = 40; document.querySelector('#brief').scrollTop = 50").await;
    lab.page.eval::<serde_json::Value>("document.querySelector('.worth').open = true").await;
    let places = "['#terminal-1', '#mailboxes', '#brief'].map(s => document.querySelector(s).scrollTop)";
    let before: Vec<f64> = lab.page.eval(places).await;
    assert!(before[0] > 0.0 && before[2] > 0.0, "{before:?}");
    lab.helo.kill().await;
    lab.page.wait_for("document.querySelector('#link').dataset.state === 'lost'", "the loss is seen").await;
    lab.helo.start_again().await;
    live(&lab.page).await;
    lab.page
        .wait_for("document.querySelector('#notice').innerText === ''", "the banner goes by itself")
        .await;
    assert_eq!(lab.page.eval::<Vec<f64>>(places).await, before, "nothing has moved");
    lab.page.assert_clean();
}

/// The slider over two thousand events: dragged from end to end and back, no picture takes long.
#[tokio::test(flavor = "multi_thread")]
async fn two_thousand_events_slide() {
    let Some(lab) = Lab::begin(View::desktop()).await else { return };
    let page = &lab.page;
    tab_to(page, "#line").await;
    for round in 0..5 {
        let text: String = (0..140).map(|n| format!("echo {round} {n}\\n")).collect();
        let paste = format!(
            "(f => {{ const d = new DataTransfer(); d.setData('text/plain', '{text}'); \
             f.dispatchEvent(new ClipboardEvent('paste', {{clipboardData: d, bubbles: true, cancelable: true}})); }})(document.querySelector('#line'))"
        );
        page.eval::<serde_json::Value>(&paste).await;
        page.wait_for_text("#terminal-1", &format!("{round} 139")).await;
    }
    let events = "Number(document.querySelector('#time-slider').max)";
    page.wait_for(&format!("{events} >= 2000"), "two thousand events").await;
    // Forward in a hundred moves, then backward; the time each needs until the page is laid out again.
    let drag = "(async () => { const s = document.querySelector('#time-slider'); const times = []; \
        const frame = () => new Promise(done => requestAnimationFrame(() => setTimeout(done))); \
        const to = async (share) => { s.value = Math.round(s.max * share); const t = performance.now(); \
            s.dispatchEvent(new Event('input')); await frame(); document.body.offsetHeight; times.push(performance.now() - t); }; \
        await to(0); times.length = 0; \
        for (let i = 1; i < 100; i++) await to(i / 100); const on = times.splice(0); \
        for (let i = 99; i > 0; i--) await to(i / 100); \
        const median = (list) => list.sort((a, b) => a - b)[list.length >> 1]; return [median(on), median(times)]; })()";
    let [on, back]: [f64; 2] = page.eval(drag).await;
    println!(
        "one move of the slider over two thousand events: {on:.1} ms forward, {back:.1} ms back (median)"
    );
    assert!(on < 100.0 && back < 200.0, "{on} ms forward, {back} ms back");
    page.click("#time-now").await;
    page.wait_for_text("#terminal-1", "4 139").await;
    page.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn beginning_anew_is_asked_about_and_the_place_is_kept() {
    let Some(lab) = Lab::begin(View::desktop()).await else { return };
    let page = &lab.page;
    tab_to(page, "#line").await;
    lab.enter("echo here").await;
    page.type_text("half a line").await;
    let address = lab.address().await;
    page.click("#reset").await;
    page.wait_for("document.querySelector('#reset-dialog').open", "it is asked").await;
    page.click("#reset-no").await;
    page.wait_for("!document.querySelector('#reset-dialog').open", "stays").await;
    assert_eq!(lab.address().await, address);

    // Another language, or a reload: what was not sent is still in the field.
    page.leaving().await;
    page.click("#language [value=de]").await;
    page.arrived("the lab in German").await;
    live(page).await;
    assert_eq!(page.eval::<String>("document.querySelector('#line').value").await, "half a line");
    page.wait_for_text("#terminal-1", "here").await;

    // Each terminal has its own field, and the one in front stays in front.
    page.click("#open-terminal").await;
    page.wait_for("document.querySelector('#tab-2[aria-selected=true]')", "the second is in front").await;
    page.type_text("another half").await;
    page.leaving().await;
    page.click("#language [value=en]").await;
    page.arrived("the lab in English").await;
    live(page).await;
    page.wait_for("document.querySelector('#tab-2[aria-selected=true]')", "it is so again").await;
    assert_eq!(page.eval::<String>("document.querySelector('#line').value").await, "another half");
    page.click("#tab-1").await;
    assert_eq!(page.eval::<String>("document.querySelector('#line').value").await, "half a line");

    page.click("#reset").await;
    page.leaving().await;
    page.click("#reset-yes").await;
    page.arrived("a new attempt").await;
    assert_ne!(lab.address().await, address);
    page.assert_clean();
}
