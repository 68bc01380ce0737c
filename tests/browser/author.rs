//! The author's desk in the browser: a file is saved and the page shows at once what is wrong with it; a preview; a
//! solution played line by line.

use crate::driver::{Browser, Page, View};
use crate::lab::live;
use crate::looks::check;
use crate::process::Helo;
use std::path::{Path, PathBuf};

const LESSON: &str = include_str!("../cli/lesson.toml");

/// A folder with the lesson and a scenario that is not finished; its name must be no other test's.
pub(crate) fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("desk-{name}"));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("lesson.toml"), LESSON).unwrap();
    let faulty = LESSON
        .replacen("id = \"lesson\"", "id = \"draft\"", 1)
        .replacen("minutes = ", "minuts = ", 1)
        .replacen("RCPT TO:<{{recipient}}@example.org>\nDATA", "RCPT TO:<{{recipent}}@example.org>\nDATA", 1);
    std::fs::write(folder.join("draft.toml"), faulty).unwrap();
    folder
}

/// helo over that folder, with the page at the desk.
async fn at_the_desk(browser: &Browser, name: &str) -> (Helo, PathBuf, Page) {
    let folder = folder(name);
    let helo = Helo::start_over(&format!("browser-{name}"), &folder).await;
    let page = browser.page(View::desktop().lang("en")).await;
    page.goto(&helo.url("/")).await;
    page.leaving().await;
    page.click("[data-action=author]").await;
    page.arrived("the author's desk").await;
    (helo, folder, page)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_saved_is_judged_at_once_and_the_last_good_version_stays() {
    let Some(browser) = Browser::start().await else { return };
    let (helo, folder, page) = at_the_desk(&browser, "author-saves").await;
    page.wait_for(
        "document.querySelector('[data-file=draft][data-standing=faults]')",
        "the draft has faults",
    )
    .await;
    page.leaving().await;
    page.click("[data-file=lesson] a").await;
    page.arrived("the lesson").await;
    page.wait_for("document.querySelector('.standing[data-standing=clean]')", "the scripts are played").await;
    std::fs::write(folder.join("lesson.toml"), LESSON.replacen("[[mailbox]]", "[[mailbx]]", 1)).unwrap();
    page.wait_for("document.querySelector('.marked[data-code=unknown-key]')", "the fault stands at its line")
        .await;
    let help = page.text(".fault").await;
    assert!(help.contains("did you mean mailbox?"), "{help}");
    let other = browser.page(View::desktop().lang("en")).await;
    other.goto(&helo.url("/")).await;
    assert_eq!(other.count("[data-scenario=lesson]").await, 1, "learners still have the last good version");
    std::fs::write(folder.join("lesson.toml"), LESSON).unwrap();
    page.wait_for("!document.querySelector('.marked')", "the fault is gone with the next save").await;
    std::fs::remove_file(folder.join("draft.toml")).unwrap();
    page.goto(&helo.url("/author")).await;
    page.wait_for("!document.querySelector('[data-file=draft]')", "the file is gone").await;
    page.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_solution_is_played_by_keyboard_and_opened_where_it_has_come_to() {
    let Some(browser) = Browser::start().await else { return };
    let (_helo, _folder, page) = at_the_desk(&browser, "author-plays").await;
    for (link, what) in [("[data-file=lesson] a", "the lesson"), ("[data-script=solution-1]", "the playback")]
    {
        page.leaving().await;
        page.eval::<()>(&format!("void document.querySelector('{link}').focus()")).await;
        page.press("Enter").await;
        page.arrived(what).await;
    }
    for n in 1..=3 {
        page.leaving().await;
        page.eval::<()>("void document.querySelector('[data-action=next]').focus()").await;
        page.press("Enter").await;
        page.arrived("the next line").await;
        assert_eq!(page.count(".played > li").await, n);
    }
    page.leaving().await;
    page.click("[data-action=open-here]").await;
    page.arrived("the attempt").await;
    live(&page).await;
    assert_eq!(page.count(".preview-mark").await, 1);
    page.wait_for(
        "document.querySelector('#logs').textContent.includes('MAIL FROM:<me@lab.test>')",
        "the script was typed",
    )
    .await;
    page.leaving().await;
    page.click(".preview-mark").await;
    page.arrived("the desk again").await;
    page.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_looks_right_in_both_themes_and_at_three_widths() {
    let Some(browser) = Browser::start().await else { return };
    let (helo, _folder, page) = at_the_desk(&browser, "author-looks").await;
    let narrow = View { size: (320, 640), ..View::phone() };
    for path in
        ["/author", "/author/draft", "/author/lesson", "/author/lesson/play/solution-1?seed=1&lang=de&line=9"]
    {
        for view in [View::desktop(), View::phone(), narrow] {
            for view in [view.lang("de"), view.dark().lang("de")] {
                page.look(view).await;
                page.goto(&helo.url(path)).await;
                check(&page, &format!("{path} {view:?}")).await;
            }
        }
    }
}
