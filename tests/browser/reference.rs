//! Looking things up: the reference's search by keyboard, links that open what they lead to, the tab that follows what is
//! spoken at the terminal, and how reference and background look.

use crate::driver::{Browser, Page, View};
use crate::lab::{Lab, live, tab_to};
use crate::looks::check;

/// How many entries can be seen.
async fn seen(page: &Page) -> usize {
    page.eval("[...document.querySelectorAll('.ref-entry')].filter(e => e.checkVisibility()).length").await
}

/// Which parts can be seen.
async fn parts(page: &Page) -> Vec<String> {
    page.eval(
        "[...document.querySelectorAll('.ref-group')].filter(e => e.checkVisibility()).map(e => e.dataset.group)",
    )
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_reference_is_searched_by_keyboard_in_both_languages() {
    let Some(browser) = Browser::start().await else { return };
    let helo = crate::shared::helo().await;
    for (lang, query, found, nothing, entry) in [
        ("en", "dot-stuffing", "found", "Nothing found", "CHUNKING"),
        ("de", "postfach voll", "gefunden", "Nichts gefunden", "x.2.2"),
    ] {
        let page = browser.page(View::desktop().lang(lang)).await;
        page.goto(&helo.url("/reference")).await;
        assert_eq!(parts(&page).await, ["smtp"], "one part at a time");
        page.type_text("/").await;
        assert_eq!(page.focus().await, "#ref-query", "a slash leads to the search");
        page.type_text(query).await;
        page.wait_for_text(".ref-count", found).await;
        let here = format!(
            "[...document.querySelectorAll('.ref-entry')].some(e => e.checkVisibility() && e.querySelector('code').textContent === {entry:?})"
        );
        page.wait_for(&here, &format!("{query} finds {entry}")).await;
        // The list follows what is typed; in the end it is short, and what is said of it is true.
        let true_of_it = "(n => n > 0 && n < 20 && document.querySelector('.ref-count').innerText.includes(String(n)))\
             ([...document.querySelectorAll('.ref-entry')].filter(e => e.checkVisibility()).length)";
        page.wait_for(true_of_it, "how many are found is said").await;

        // Down into the results, and open one.
        page.press("ArrowDown").await;
        let inside = "document.activeElement.closest('.ref-entry') !== null";
        assert!(page.eval::<bool>(inside).await, "the arrow leads to the first result");
        page.press("ArrowUp").await;
        assert_eq!(page.focus().await, "#ref-query", "and back");
        page.type_text(" qqqq").await;
        page.wait_for_text(".ref-count", nothing).await;
        assert_eq!(seen(&page).await, 0);
        page.press("Escape").await;
        assert_eq!(parts(&page).await, ["smtp"], "Escape shows all of the part again");
        assert_eq!(page.eval::<String>("document.querySelector('#ref-query').value").await, "");

        tab_to(&page, ".ref-groups [data-group=imap]").await;
        page.press("Enter").await;
        assert_eq!(parts(&page).await, ["imap"]);
        let chosen = "document.querySelector('[data-group=imap]').getAttribute('aria-current')";
        assert_eq!(page.eval::<String>(chosen).await, "true");
        page.assert_clean();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_leads_to_its_entry() {
    let Some(browser) = Browser::start().await else { return };
    let helo = crate::shared::helo().await;
    let page = browser.page(View::phone()).await;
    page.goto(&helo.url("/reference#ref-field-received")).await;
    assert_eq!(parts(&page).await, ["header"]);
    let open = "document.querySelector('#ref-field-received').open";
    page.wait_for(open, "the entry is open").await;
    page.wait_for_text("#ref-field-received", "UTC").await;

    // From a command to an answer it can get, and to the RFC.
    // Another address on the same page would not load it anew.
    page.goto(&helo.url("/background")).await;
    page.goto(&helo.url("/reference#ref-smtp-rcpt")).await;
    page.click("#ref-smtp-rcpt .ref-answers a[href$='550']").await;
    page.wait_for("document.querySelector('#ref-smtp-550').matches('.ref-here')", "the code is shown").await;
    page.click("#ref-smtp-rcpt .ref-rules a").await;
    page.wait_for("document.activeElement.id === 'ref-rfc-5321-4.1.1.3'", "the section has the focus").await;
    assert_eq!(parts(&page).await, ["rfc"]);
    page.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tab_follows_what_is_spoken() {
    let Some(lab) = Lab::begin(View::desktop()).await else { return };
    let page = &lab.page;
    assert_eq!(page.count(".ref-entry").await, 0, "nothing is fetched before it is looked at");
    page.click("#tab-reference").await;
    page.wait_for("document.querySelector('#reference .ref-entry')", "the reference has come").await;
    tab_to(page, "#line").await;
    lab.enter("dig MX example.org").await;
    page.wait_for("!document.querySelector('#ref-dns').hidden", "DNS is asked, DNS is shown").await;
    lab.enter("telnet mail.example.org 25").await;
    lab.enter("EHLO ws.lab.test").await;
    page.wait_for("!document.querySelector('#ref-smtp').hidden", "SMTP is spoken").await;
    assert_eq!(parts(page).await, ["smtp"]);

    // What somebody has chosen stays, until something else is spoken.
    page.click("#reference .ref-groups [data-group=header]").await;
    tab_to(page, "#line").await;
    lab.enter("NOOP").await;
    assert_eq!(parts(page).await, ["header"]);

    // The rule behind a line leads here, from another tab too.
    page.click("#tab-mail").await;
    let row =
        "[...document.querySelectorAll('#terminal-1 .row')].findLast(r => r.textContent.includes('NOOP'))";
    page.eval::<serde_json::Value>(&format!("void {row}.querySelector('.why').click()")).await;
    page.wait_for("document.querySelector('#terminal-1 .explain .rules a')", "the rule is a link").await;
    page.click("#terminal-1 .explain .rules a").await;
    page.wait_for("document.activeElement.id === 'ref-rfc-5321-4.1.1.9'", "the section of NOOP").await;
    assert!(page.eval::<bool>("document.querySelector('#mailboxes').hidden").await);
    page.assert_clean();

    // On a phone the link opens the pane as well, and after a reload the tab is there again.
    page.look(View::phone()).await;
    page.goto(&lab.address().await).await;
    live(page).await;
    page.wait_for("document.querySelector('#reference .ref-entry')", "the tab is remembered").await;
    page.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn reference_and_background_in_both_themes_and_at_three_widths() {
    let Some(browser) = Browser::start().await else { return };
    let helo = crate::shared::helo().await;
    let narrow = View { size: (320, 640), ..View::phone() };
    for lang in ["de", "en"] {
        for path in [
            "/reference#ref-smtp-data",
            "/reference#ref-field-dkim-signature",
            "/reference#ref-rfc-3501-6.4.5",
            "/background",
            "/background/history",
            "/background/ports",
            "/background/pop3-imap",
        ] {
            let page = browser.page(View::desktop().lang(lang)).await;
            for view in [View::desktop(), View::phone().dark(), narrow] {
                page.look(view.lang(lang)).await;
                page.goto(&helo.url("/")).await;
                page.goto(&helo.url(path)).await;
                check(&page, &format!("{path} {lang} {view:?}")).await;
            }
        }
    }
}
