//! What a screen reader makes of the lab: what it reads out, what it calls things, and what it passes over.

use crate::driver::{Page, View};
use crate::lab::{Lab, tab_to};

/// The text of what describes an element, as the browser would put it together; hidden elements are described by too.
async fn described(page: &Page, element: &str) -> String {
    let ids = format!("({element}).getAttribute('aria-describedby').split(' ')");
    page.eval(&format!("{ids}.map(id => document.getElementById(id).textContent.trim()).join(' ')")).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_is_known_by_its_text_and_only_what_comes_back_is_read_out() {
    let Some(lab) = Lab::begin(View::desktop()).await else { return };
    let page = &lab.page;
    tab_to(page, "#line").await;
    lab.enter("telnet mail.example.org 25").await;
    lab.enter("HELO ws.lab.test").await;
    lab.enter("RCPT TO:<nobody@example.org>").await;
    page.wait_for_text("#terminal-1", "503").await;

    // In the log the arrow keys go from time to time; the line itself stands beside it.
    page.press("Escape").await;
    page.press("ArrowUp").await;
    let newest = described(page, "document.activeElement").await;
    assert!(newest.starts_with("503") && newest.ends_with("server, refused"), "{newest}");
    page.press("ArrowUp").await;
    assert_eq!(described(page, "document.activeElement").await, "RCPT TO:<nobody@example.org> you");

    // Read as text, a line comes before its time.
    let row = "[...document.querySelectorAll('#terminal-1 .row')].at(-1)";
    let text: String = page.eval(&format!("{row}.textContent")).await;
    assert!(text.starts_with("503"), "{text}");
    let live = "row => row.closest('[aria-live]').getAttribute('aria-live')";
    for (who, said) in [("you", "off"), ("server", "polite"), ("program", "polite")] {
        let rows = format!("[...document.querySelectorAll('#terminal-1 .row[data-who={who}]')].map({live})");
        let all: Vec<String> = page.eval(&rows).await;
        assert!(!all.is_empty() && all.iter().all(|one| one == said), "{who}: {all:?}");
    }
    assert_eq!(page.count("#terminal-1 .pending:not([hidden])").await, 0, "no list of nothing");

    // What is read last is seen first: the time in front of the line, and on a phone the question mark behind it.
    let edges = "c => { const b = row.querySelector(c).getBoundingClientRect(); return [b.left, b.right]; }";
    let places = format!("(row => ['.why', '.said-line'].map({edges}))({row})");
    let [[_, time], [line, _]]: [[f64; 2]; 2] = page.eval(&places).await;
    assert!(time <= line + 1.0, "the time ends at {time}, the line begins at {line}");
    page.look(View::phone()).await;
    let [[mark, _], [_, line]]: [[f64; 2]; 2] = page.eval(&places).await;
    assert!(line <= mark + 1.0, "the line ends at {line}, the mark begins at {mark}");
    page.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_so_is_not_said_and_what_is_the_same_is_not_said_again() {
    let Some(lab) = Lab::begin(View::desktop()).await else { return };
    let page = &lab.page;
    tab_to(page, "#line").await;
    lab.enter("telnet mail.example.org 25").await;
    page.wait_for_text("#where", "mail.example.org:25").await;

    // Keys are octets only where they are.
    assert!(!described(page, "document.querySelector('#line')").await.contains("0x08"));
    page.click("#raw").await;
    assert!(described(page, "document.querySelector('#line')").await.contains("0x08"));
    page.click("#raw").await;
    assert!(!described(page, "document.querySelector('#line')").await.contains("0x08"));

    // Where one is connected is read out when it changes, not with every line.
    page.eval::<()>(
        "window.told = 0; new MutationObserver(all => (told += all.length)) \
         .observe(document.querySelector('#where'), {childList: true, subtree: true, characterData: true})",
    )
    .await;
    lab.enter("NOOP").await;
    page.wait_for_text("#terminal-1", "250 2.0.0 Ok").await;
    assert_eq!(page.eval::<usize>("told").await, 0, "the same place is not told again");
    lab.enter("QUIT").await;
    page.wait_for("document.querySelector('#where').textContent === ''", "the connection has ended").await;
    assert_eq!(page.eval::<usize>("told").await, 1);
    page.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tab_with_something_new_says_so_in_a_word() {
    let Some(lab) = Lab::begin(View::desktop()).await else { return };
    let page = &lab.page;
    page.click("#tab-mail").await;
    tab_to(page, "#line").await;
    lab.enter("telnet mail.example.org 25").await;
    let name = async |starts: &str| {
        let tree = page.accessibility().await;
        let tab = tree.into_iter().find(|node| node.role == "tab" && node.name.starts_with(starts));
        tab.expect("a tab").name
    };
    page.wait_for("document.querySelector('#tab-wire.news')", "the wire has something new").await;
    assert_eq!(name("Wire").await, "Wire (new)");
    page.click("#tab-wire").await;
    assert_eq!(name("Wire").await, "Wire");
    for tab in ["wire", "network", "mail"] {
        page.click(&format!("#tab-{tab}")).await;
        let heading = format!("[role=tabpanel][data-tab={tab}] h2");
        assert_eq!(page.count(&heading).await, 1, "{tab} has one heading of its own");
    }
    page.assert_clean();
}
