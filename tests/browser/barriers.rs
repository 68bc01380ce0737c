//! Barriers for people with disabilities, as axe-core finds them (WCAG 2.1 and what its authors hold for good practice), on
//! every page that can be reached, in both languages and colour schemes, and in the states that the lab can be brought into.
//!
//! axe-core is no part of helo. `.ci/run` fetches it for this test into `target/axe-core`; by hand:
//! `npm pack axe-core@4.10.3`, and `axe.min.js` out of it. Where it is missing the test is skipped and says so; under
//! `HELO_CI` that is a failure.

use crate::driver::{Browser, Page, View};
use crate::lab::{Lab, begin, live, say};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// Pages are looked for up to so many.
const PAGES: usize = 60;

/// What axe-core found, one sentence for each violation. It passes over what is hidden, but walks through it: the lab's
/// reference has thousands of elements, and is searched where it is in front.
const RUN: &str = "axe.run({include: [document], exclude: [['#reference[hidden]']]}, {resultTypes: ['violations']}).then(found => found.violations.flatMap(v => v.nodes.slice(0, 3).map(n => \
     `${v.id} (${v.impact}): ${n.html.slice(0, 160)} — ${n.failureSummary.replaceAll('\\n', ' ').slice(0, 300)}`)))";

/// The source of axe-core; `None` where it is missing.
#[expect(clippy::disallowed_methods, reason = "the environment says whether it must be there")]
fn axe() -> Option<String> {
    let place = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("../axe-core/axe.min.js");
    match std::fs::read_to_string(&place) {
        Ok(source) => Some(source),
        Err(fault) => {
            let said =
                format!("axe-core is not in {}: {fault}; no page was searched for barriers", place.display());
            assert!(std::env::var_os("HELO_CI").is_none(), "{said}");
            eprintln!("SKIPPED: {said}");
            None
        }
    }
}

/// Searches the page as it stands.
async fn search(page: &Page, axe: &str, what: &str, found: &mut Vec<String>) {
    if !page.eval::<bool>("'axe' in window").await {
        page.eval::<bool>(&format!("{axe}\n;true")).await;
    }
    let violations: Vec<String> = page.eval(RUN).await;
    found.extend(violations.into_iter().map(|v| format!("{what}: {v}")));
}

/// The addresses of this server that the page leads to, without what is downloaded.
async fn links(page: &Page) -> Vec<String> {
    let pages = "[...document.querySelectorAll('a[href]')].filter(a => a.origin === location.origin && !a.hasAttribute('download') \
         && !/\\.(txt|json|pem|pcapng)$/.test(a.pathname)).map(a => a.pathname)";
    page.eval(pages).await
}

#[tokio::test(flavor = "multi_thread")]
async fn no_page_has_barriers() {
    let Some(axe) = axe() else { return };
    let Some(lab) = Lab::begin(View::desktop()).await else { return };
    let page = &lab.page;
    say(page, "telnet mail.example.org 25", "220").await;
    say(page, "HELLO", "500").await;
    say(page, "EHLO ws.lab.test", "250").await;
    let address = lab.address().await;
    let start = address.replacen(&lab.helo.url("/"), "/", 1);
    let mut wanted =
        vec!["/".to_owned(), start.clone(), format!("{start}/report"), format!("{start}/replay")];
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    page.expect_trouble("404");
    wanted.push("/nowhere".to_owned());
    while let Some(path) = wanted.pop() {
        // The author's pages are alike: those of one scenario stand for all.
        let alike = path.strip_prefix("/author/").is_some_and(|rest| !rest.starts_with("first-contact"));
        if alike || seen.len() >= PAGES || !seen.insert(path.clone()) {
            continue;
        }
        // Colours do not depend on the language: each is looked at once.
        for view in [View::desktop().lang("en"), View::desktop().lang("de").dark()] {
            page.look(view).await;
            page.goto(&lab.helo.url(&path)).await;
            if page.count("#link[data-state=connecting]").await > 0 {
                live(page).await;
            }
            search(page, &axe, &format!("{path} {} dark={}", view.lang, view.dark), &mut found).await;
        }
        wanted.extend(links(page).await);
    }
    assert!(seen.len() >= 4, "the pages were found: {seen:?}");
    assert!(found.is_empty(), "{} barriers:\n{}", found.len(), found.join("\n"));
    page.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn no_state_of_the_lab_has_barriers() {
    let Some(axe) = axe() else { return };
    let Some(browser) = Browser::start().await else { return };
    let helo = crate::shared::helo().await;
    let page = &browser.page(View::desktop()).await;
    begin(page, &helo, "send-by-hand").await;
    say(page, "telnet mail.example.org 25", "220").await;
    say(page, "HELLO", "500").await;
    let mut found = Vec::new();
    let tabs: Vec<String> = page
        .eval("[...document.querySelectorAll('#inspector-tabs [data-tab]')].map(t => t.dataset.tab)")
        .await;
    assert!(!tabs.is_empty());
    for view in [View::desktop(), View::desktop().dark(), View::phone()] {
        page.look(view).await;
        for tab in &tabs {
            if view.phone {
                page.eval::<()>("document.querySelector('#panes [data-pane=inspector]').click()").await;
            }
            page.eval::<()>(&format!("document.querySelector('#inspector-tabs [data-tab={tab}]').click()"))
                .await;
            search(page, &axe, &format!("inspector {tab} {view:?}"), &mut found).await;
        }
        for pane in ["brief", "work"] {
            if view.phone {
                page.eval::<()>(&format!("document.querySelector('#panes [data-pane={pane}]').click()"))
                    .await;
                search(page, &axe, &format!("pane {pane} {view:?}"), &mut found).await;
            }
        }
        // The terminal with everything open that it has.
        page.eval::<()>(
            "(() => { document.querySelector('.row[data-who=server] button')?.click(); \
             if (document.querySelector('#search').hidden) document.querySelector('#search-open').click(); \
             const field = document.querySelector('#search-text'); field.value = 'e'; field.dispatchEvent(new Event('input')); \
             if (document.querySelector('#extra-keys').hidden) document.querySelector('#more-keys').click(); \
             if (document.querySelector('#raw').ariaPressed === 'true') document.querySelector('#raw').click(); \
             const line = document.querySelector('#line'); line.value = ''; line.focus(); })()",
        )
        .await;
        page.insert("h").await;
        page.press("Tab").await;
        page.press("Tab").await;
        page.wait_for("document.querySelector('#completions li')", "candidates are listed").await;
        search(page, &axe, &format!("search and completion {view:?}"), &mut found).await;
        page.press("Backspace").await;
        page.eval::<()>("document.querySelector('#raw').click()").await;
        search(page, &axe, &format!("raw keys {view:?}"), &mut found).await;
        page.eval::<()>("document.querySelector('#raw').click()").await;
    }
    assert!(found.is_empty(), "{} barriers:\n{}", found.len(), found.join("\n"));
    page.assert_clean();
}
