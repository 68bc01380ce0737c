//! The network's tab: a map that grows, letters that move, zones that are changed from their table.

use crate::driver::{Browser, Page, View};
use crate::lab::{begin, live, say};
use crate::looks::CONTRAST;

/// Puts the network's tab in front.
pub(crate) async fn open(page: &Page) {
    page.click("#tab-network").await;
    page.wait_for("document.querySelector('#network-view .host')", "the map").await;
}

/// A letter from alice to dave, over the server of her own provider.
async fn send(page: &Page) {
    for (line, answer) in [
        ("telnet mail.lab.test 587", "220"),
        ("EHLO ws.lab.test", "CHUNKING"),
        ("AUTH PLAIN AGFsaWNlAHNlY3JldA==", "235"),
        ("MAIL FROM:<alice@lab.test>", "2.1.0"),
        ("RCPT TO:<dave@far.test>", "2.1.5"),
        ("DATA", "354"),
        ("Subject: hi", ""),
        ("", ""),
        (".", "queued as"),
    ] {
        say(page, line, answer).await;
    }
}

/// Puts a value into a field of the form for a new record.
async fn fill(page: &Page, name: &str, value: &str) {
    let field = format!(".record-form [name={name}]");
    page.eval::<()>(&format!("void (document.querySelector('{field}').value = `{value}`)")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_map_shows_who_talks_to_whom_and_a_letter_on_its_way() {
    let Some(browser) = Browser::start().await else { return };
    let helo = crate::shared::helo().await;
    let page = browser.page(View::desktop()).await;
    let token = begin(&page, &helo, "playground").await;
    open(&page).await;
    let names = "[...document.querySelectorAll('.host-name')].map(e => e.textContent)";
    let names: Vec<String> = page.eval(names).await;
    assert_eq!(names[0], "ws.lab.test");
    assert!(names.contains(&"mail.far.test".to_owned()), "{names:?}");
    assert!(page.text("#network-view").await.contains("address not looked up yet"));

    // The letter is seen moving, where motion is wanted; these tests' browser says that it is not.
    page.eval::<()>("window.asked = window.matchMedia; window.matchMedia = () => ({ matches: false }); window.moved = 0; window.last = 0; new MutationObserver(() => { const here = document.querySelectorAll('.letter').length; window.moved += here; if (here > 0) window.last = performance.now() })\
                     .observe(document.querySelector('#network-view'), { childList: true, subtree: true })")
        .await;
    send(&page).await;
    page.wait_for("document.querySelector('.move-list [data-what=delivered]')", "it was delivered").await;
    page.wait_for("window.moved > 0", "a letter moves").await;
    page.wait_for("document.querySelector('.way[data-line=live]')", "the line is drawn").await;
    assert!(
        page.text(".now .links").await.contains("your workstation → mail.lab.test, submission on port 587")
    );
    assert!(page.text(".letters").await.contains("in the mailbox dave@far.test"));
    page.wait_for_text("#network-news", "went from mail.lab.test to mail.far.test").await;
    // It moves leg by leg, and between two of them nothing does.
    page.wait_for("performance.now() - window.last > 3000", "it has come to rest").await;
    say(&page, "QUIT", "closed by foreign host").await;
    page.wait_for("!document.querySelector('.way[data-line=live]')", "nobody talks any more").await;

    // Where motion is not wanted nothing moves, and it is told all the same.
    page.eval::<()>("window.matchMedia = window.asked; void (window.moved = 0)").await;
    send(&page).await;
    page.wait_for("document.querySelectorAll('.move-list [data-what=delivered]').length === 2", "another")
        .await;
    page.wait_for("document.querySelector('.host[data-news]')", "its card is marked").await;
    assert_eq!(page.eval::<usize>("window.moved").await, 0);

    // What a role is, by keyboard, and out of the way with Escape.
    page.eval::<()>("document.querySelector('.role[data-role=mta]').focus()").await;
    let tip = "getComputedStyle(document.querySelector('.role[data-role=mta] + .tip')).display";
    assert_eq!(page.eval::<String>(tip).await, "block");
    page.press("Escape").await;
    assert_eq!(page.eval::<String>(tip).await, "none");
    for view in [View::desktop(), View::desktop().dark()] {
        page.look(view).await;
        assert_eq!(page.eval::<Vec<String>>(CONTRAST).await, Vec::<String>::new());
    }
    // As it was before anything happened.
    let past = helo.url(&format!("/attempts/{token}/network?at=1"));
    let then: String = page.eval(&format!("fetch('{past}').then(r => r.text())")).await;
    assert!(then.contains("data-past") && !then.contains("data-what="), "{then}");
    page.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn cards_stand_side_by_side_at_every_width() {
    let Some(browser) = Browser::start().await else { return };
    let helo = crate::shared::helo().await;
    let page = browser.page(View::phone()).await;
    for scenario in ["first-contact", "open-relay", "implicit-tls", "playground"] {
        begin(&page, &helo, scenario).await;
        page.click("#panes [data-pane=inspector]").await;
        open(&page).await;
        for view in [View::phone(), View { size: (320, 640), ..View::phone() }, View::desktop()] {
            page.look(view).await;
            let faults = "(() => { const map = document.querySelector('.map').getBoundingClientRect();\
                const boxes = [...document.querySelectorAll('.host')].map(c => c.getBoundingClientRect());\
                const out = boxes.filter(b => b.left < map.left - 1 || b.right > map.right + 1 || b.width < 90);\
                const over = boxes.filter((a, n) => boxes.some((b, m) => m > n && a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom));\
                const wide = [...document.querySelectorAll('.host *:not(.tip):not(.unseen)')].filter(e => e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0);\
                return [out.length, over.length, wide.length]; })()";
            assert_eq!(page.eval::<[usize; 3]>(faults).await, [0, 0, 0], "{scenario}");
        }
        page.look(View::phone()).await;
    }
    page.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_zone_is_changed_from_its_table_as_if_it_were_typed() {
    let Some(browser) = Browser::start().await else { return };
    let helo = crate::shared::helo().await;
    let page = browser.page(View::desktop()).await;
    let token = begin(&page, &helo, "spf-dkim-dmarc").await;
    open(&page).await;
    let zone: String = page.eval("document.querySelector('.zone').dataset.zone").await;
    assert!(page.text(".zone .records").await.contains("SOA"));
    let add = ".record-form button";

    // A fault is shown where the form is, and what was filled in stays.
    fill(&page, "value", "v=spf1 mx -all").await;
    fill(&page, "ttl", "soon").await;
    page.click(add).await;
    page.wait_for("document.querySelector('.run-said[data-kind=bad]')", "the fault").await;
    assert!(page.text(".run-said").await.contains("zone: "), "{}", page.text(".run-said").await);
    assert_eq!(
        page.eval::<String>("document.querySelector('.record-form [name=value]').value").await,
        "v=spf1 mx -all"
    );
    page.wait_for_text("#terminal-1", "zone add").await;

    // While terminal 1 talks to a server another one is opened.
    say(&page, "telnet mx.example.org 25", "220").await;
    fill(&page, "ttl", "").await;
    page.click(add).await;
    page.wait_for("document.querySelector('.run-said[data-kind=good]')", "done").await;
    page.wait_for("document.querySelectorAll('#terminals [role=tab]').length === 2", "a second terminal")
        .await;
    page.wait_for_text(".zone .records", "v=spf1 mx -all").await;
    assert!(page.text(".run-said").await.contains("1 record added"));
    assert_eq!(page.eval::<String>("document.querySelector('.record-form [name=value]').value").await, "");

    // And out again.
    let delete =
        "[...document.querySelectorAll('[data-delete]')].find(b => b.dataset.delete.includes('spf1'))";
    page.eval::<()>(&format!("{delete}.click()")).await;
    page.wait_for_text(".run-said", "1 record deleted").await;
    page.wait_for(
        "!document.querySelector('.zone .records').textContent.includes('spf1')",
        "the row is gone",
    )
    .await;

    let transcript = helo.url(&format!("/attempts/{token}/transcript.txt"));
    let transcript: String = page.eval(&format!("fetch('{transcript}').then(r => r.text())")).await;
    let typed = format!("zone add {zone} '@ TXT v=spf1 mx -all'");
    assert!(transcript.contains(&typed), "{transcript}");
    page.goto(&helo.url(&format!("/attempts/{token}"))).await;
    live(&page).await;
    page.assert_clean();
}
