//! How the pages look: both languages, both colour schemes, desktop and phone, on paper.

use crate::driver::{Browser, Page, View};
use crate::lab::{Lab, begin, live, tab_to};

/// Looks for text that can hardly be read; an expression that gives a list.
pub(crate) const CONTRAST: &str = include_str!("contrast.js");

/// What can be seen in principle but lies beyond the right edge, where nothing scrolls sideways to it.
const CUT_OFF: &str = "[...document.querySelectorAll('body *')].filter(e => e.checkVisibility({visibilityProperty: true}) \
     && (e.matches('a, button, input, progress') || [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim() !== '')) \
     && e.getBoundingClientRect().width > 1 && e.getBoundingClientRect().right > document.documentElement.clientWidth + 1 \
     && !(e.closest('.crumb') && getComputedStyle(e.closest('.crumb')).textOverflow === 'ellipsis') \
     && !(function scrolls(p) { return p && (['auto', 'scroll'].includes(getComputedStyle(p).overflowX) && p.scrollWidth > p.clientWidth \
          || scrolls(p.parentElement)); })(e.parentElement)).map(e => e.outerHTML.slice(0, 100))";

/// What every page must keep to, however it is looked at.
pub(crate) async fn check(page: &Page, what: &str) {
    let contrast: Vec<String> = page.eval(CONTRAST).await;
    assert_eq!(contrast, Vec::<String>::new(), "{what}: contrast below WCAG AA");
    // `innerWidth` grows with what is too wide, as a phone makes a page smaller until it fits.
    let wide = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]";
    let wide: [f64; 2] = page.eval(wide).await;
    assert!(wide[0] <= wide[1], "{what}: {} CSS pixels wide, the window has {}", wide[0], wide[1]);
    let cut: Vec<String> = page.eval(CUT_OFF).await;
    assert_eq!(cut, Vec::<String>::new(), "{what}: stands beyond the edge of the window");
    let headings = page.eval::<usize>("[...document.querySelectorAll('h1')].length").await;
    assert_eq!(headings, 1, "{what}: headings of the first level");
    let twice = "(ids => ids.filter((id, at) => ids.indexOf(id) !== at))([...document.querySelectorAll('[id]')].map(e => e.id))";
    assert_eq!(page.eval::<Vec<String>>(twice).await, Vec::<String>::new(), "{what}: ids that stand twice");
    let nothing = "[...document.querySelectorAll('[aria-labelledby], [aria-describedby], [aria-controls], label[for]')] \
                   .flatMap(e => ['aria-labelledby', 'aria-describedby', 'aria-controls', 'for'] \
                   .flatMap(a => (e.getAttribute(a) ?? '').split(' '))).filter(id => id && !document.getElementById(id))";
    assert_eq!(
        page.eval::<Vec<String>>(nothing).await,
        Vec::<String>::new(),
        "{what}: ids that do not exist"
    );
    page.assert_clean();
}

/// A lab in which something has happened: an answer, a refusal, a mail.
async fn worked_in() -> Option<Lab> {
    let lab = Lab::begin(View::desktop()).await?;
    tab_to(&lab.page, "#line").await;
    lab.enter("telnet mail.example.org 25").await;
    lab.enter("HELLO").await;
    lab.enter("QUIT").await;
    lab.up_to_data().await;
    for line in ["Subject: Looks", "", "A letter.", "."] {
        lab.enter(line).await;
    }
    lab.page.wait_for("document.querySelector('.message')", "the letter has arrived").await;
    lab.page.wait_for("document.querySelector('.step[data-done=true]')", "a step is done").await;
    Some(lab)
}

#[tokio::test(flavor = "multi_thread")]
async fn all_pages_in_both_themes_and_at_three_widths() {
    let Some(lab) = worked_in().await else { return };
    let page = &lab.page;
    let address = lab.address().await;
    let narrow = View { size: (320, 640), ..View::phone() };
    let replay = format!("{address}/replay?at=20");
    for url in
        [lab.helo.url("/"), lab.helo.url("/?topic=dns"), address.clone(), format!("{address}/report"), replay]
    {
        for view in [View::desktop(), View::phone(), narrow] {
            for view in [view, view.dark()] {
                page.look(view).await;
                page.goto(&url).await;
                if url == address {
                    live(page).await;
                    page.wait_for("document.querySelector('.step[data-done=true]')", "the steps are shown")
                        .await;
                }
                if url.contains("/replay") {
                    page.wait_for("document.querySelector('.looked-at')", "the line is marked").await;
                }
                check(page, &format!("{url} {view:?}")).await;
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_page_in_both_languages_and_themes_and_at_three_widths() {
    let Some(browser) = Browser::start().await else { return };
    // Where nobody has been before.
    let helo = crate::process::Helo::start("browser-first").await;
    let narrow = View { size: (320, 256), ..View::phone() };
    for view in [View::desktop(), View::phone(), narrow] {
        for view in [view, view.dark(), view.lang("de")] {
            let page = browser.page(view).await;
            page.goto(&helo.url("/")).await;
            check(&page, &format!("the first page {view:?}")).await;
            assert_eq!(page.count(".hero .button.primary").await, 1, "where to begin");
            assert!(page.eval::<bool>("document.querySelectorAll('.way-strip li').length >= 20").await);
        }
    }
}

/// Everything below the panes that is wider than its place or stands beyond the window's edge; an expression that gives a list.
const WIDE_BELOW: &str = "[...document.querySelectorAll('.time, .bottom, .bottom *')].filter(e => e.checkVisibility() \
     && (e.getBoundingClientRect().right > document.documentElement.clientWidth || e.scrollWidth > e.clientWidth && e.clientWidth > 0)) \
     .map(e => e.outerHTML.slice(0, 100))";

/// WCAG 2.1, 1.4.10: at 320 CSS pixels nothing is read by scrolling sideways.
#[tokio::test(flavor = "multi_thread")]
async fn on_a_phone_what_stands_below_the_panes_wraps() {
    let Some(browser) = Browser::start().await else { return };
    let helo = crate::shared::helo().await;
    let page = browser.page(View::phone()).await;
    let token = begin(&page, &helo, "reply-to").await;
    let narrow = View { size: (320, 640), ..View::phone() };
    for view in [narrow, narrow.dark().lang("de"), View::phone().dark(), View::phone().lang("de")] {
        page.look(view).await;
        page.goto(&helo.url(&format!("/attempts/{token}"))).await;
        live(&page).await;
        for pane in ["brief", "inspector", "work"] {
            page.click(&format!("#panes [data-pane={pane}]")).await;
            let wide: Vec<String> = page.eval(WIDE_BELOW).await;
            assert_eq!(wide, Vec::<String>::new(), "{pane} {view:?}");
            check(&page, &format!("{pane} {view:?}")).await;
            // Where one types there are the lab's state and the buttons that let time pass; elsewhere all of it.
            let shown = "[...document.querySelectorAll('.bottom :is(#link, [data-pass], a, #reset)')].filter(e => e.checkVisibility()).length";
            assert_eq!(
                page.eval::<usize>(shown).await,
                if pane == "work" { 5 } else { 10 },
                "{pane} {view:?}"
            );
        }
        let room: f64 = page.eval("document.querySelector('#logs').clientHeight").await;
        assert!(room >= 180.0, "{room} pixels for the terminal, {view:?}");
    }
    page.goto(&helo.url(&format!("/attempts/{token}/replay"))).await;
    let open = "document.querySelector(\".bottom a[href$='/report']\").checkVisibility()";
    assert!(page.eval::<bool>(open).await, "a replay's links stand below the terminal too");
    check(&page, "a replay on a phone").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn at_four_hundred_percent_there_is_room_to_type() {
    let Some(lab) = Lab::begin(View { size: (320, 256), ..View::desktop() }).await else { return };
    let page = &lab.page;
    page.click("#panes [data-pane=work]").await;
    tab_to(page, "#line").await;
    lab.enter("telnet mail.example.org 25").await;
    let room = "document.querySelector('#logs').clientHeight";
    assert!(page.eval::<f64>(room).await >= 60.0, "{} pixels for the terminal", page.eval::<f64>(room).await);
    let seen = "(r => r.top >= 0 && r.bottom <= innerHeight + 1)(document.querySelector('#line').getBoundingClientRect())";
    page.wait_for(seen, "the field is in view").await;
    page.click("#time-back").await;
    page.wait_for("document.querySelector('#lab').dataset.past === 'true'", "the past").await;
    check(page, "the past at 400 %").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_error_page_has_a_way_out() {
    let Some(browser) = Browser::start().await else { return };
    let helo = crate::shared::helo().await;
    for (lang, view) in [("de", View::desktop().lang("de")), ("en", View::phone().dark())] {
        let page = browser.page(view).await;
        page.expect_trouble("404");
        for path in ["/nowhere", "/attempts/none", "/attempts/none/report"] {
            page.goto(&helo.url(path)).await;
            assert_eq!(page.eval::<String>("document.documentElement.lang").await, lang);
            check(&page, path).await;
            page.click("main a").await;
            page.wait_for("document.body.dataset.page === 'catalogue'", "the way out leads to the catalogue")
                .await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_browser_chooses_the_language_and_the_learner_another() {
    let Some(lab) = Lab::begin(View::desktop().lang("de-AT,de;q=0.9,en;q=0.5")).await else {
        return;
    };
    let page = &lab.page;
    let lang = "document.documentElement.lang";
    assert_eq!(page.eval::<String>(lang).await, "de");
    let german = page.text("#brief .prose").await;
    tab_to(page, "#line").await;
    lab.enter("echo both").await;

    tab_to(page, "#language [value=en]").await;
    page.leaving().await;
    page.press("Enter").await;
    page.arrived("the lab in English").await;
    live(page).await;
    assert_eq!(page.eval::<String>(lang).await, "en");
    assert_ne!(page.text("#brief .prose").await, german);
    page.wait_for_text("#terminal-1", "both").await;

    // It is kept, on other pages and in other tabs.
    for path in ["/", "/attempts/none"] {
        let other = lab.browser.another(page, View::desktop().lang("de")).await;
        other.goto(&lab.helo.url(path)).await;
        assert_eq!(other.eval::<String>(lang).await, "en", "{path}");
    }
    page.click("#language [value=de]").await;
    page.wait_for(
        "document.documentElement.lang === 'de' && document.readyState === 'complete'",
        "German again",
    )
    .await;
    assert_eq!(page.text("#brief .prose").await, german);
    page.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_shows_one_pane_at_a_time() {
    let Some(lab) = Lab::begin(View::phone()).await else { return };
    let page = &lab.page;
    for pane in ["brief", "inspector", "work"] {
        page.click(&format!("#panes [data-pane={pane}]")).await;
        let shown = "[...document.querySelectorAll('section[data-pane]')].filter(s => s.checkVisibility()).map(s => s.dataset.pane)";
        assert_eq!(page.eval::<Vec<String>>(shown).await, [pane]);
    }
    page.click("#line").await;
    page.type_text("echo phone").await;
    page.press("Enter").await;
    page.wait_for_text("#terminal-1", "phone").await;
    for n in 1..=20 {
        page.type_text(&format!("echo line {n}")).await;
        page.press("Enter").await;
    }
    page.wait_for_text("#terminal-1", "line 20").await;
    page.click("#panes [data-pane=brief]").await;
    page.click("#panes [data-pane=work]").await;
    let end =
        "(e => e.scrollTop + e.clientHeight >= e.scrollHeight - 2)(document.querySelector('#terminal-1'))";
    page.wait_for(end, "the end of the log is in view again").await;
    page.click("#open-terminal").await;
    page.wait_for("document.querySelectorAll('#terminals [role=tab]').length === 2", "a second terminal")
        .await;
    page.click("#terminals [data-term='1']").await;
    page.type_text("telnet mail.example.org 25").await;
    page.press("Enter").await;
    page.wait_for_text("#terminal-1", "220").await;
    check(page, "the terminal on a phone, connected, with two tabs").await;
    let size: f64 = page.eval("parseFloat(getComputedStyle(document.querySelector('#line')).fontSize)").await;
    assert!(size >= 16.0, "a field below 16 px makes a phone zoom: {size}");
    page.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_report_can_be_printed() {
    let Some(lab) = worked_in().await else { return };
    let page = &lab.page;
    page.goto(&format!("{}/report", lab.address().await)).await;
    page.look_as_print().await;
    let shown = "[...document.querySelectorAll('#language, .actions, button')].filter(e => e.checkVisibility()).map(e => e.outerHTML)";
    assert_eq!(page.eval::<Vec<String>>(shown).await, Vec::<String>::new(), "what is of no use on paper");
    let back = "getComputedStyle(document.body).backgroundColor";
    let back: String = page.eval(back).await;
    assert!(["rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"].contains(&back.as_str()), "paper is white: {back}");
    assert_eq!(page.count(".step").await, 5);
    check(page, "the report on paper").await;
}
