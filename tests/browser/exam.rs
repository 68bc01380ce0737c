//! An exam from its beginning to what is shown after handing in; several answers to a question; and the settings of a host
//! that the learner may change. No shipped scenario has them: `exam.toml` beside this file does.

use crate::driver::{Browser, Page, View};
use crate::lab::{begin, live, say, tab_to};
use crate::looks::check;
use crate::process::Helo;
use std::path::{Path, PathBuf};

const EXAM: &str = include_str!("exam.toml");

/// A folder with the exam alone; its name must be no other test's.
pub(crate) fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("exam-{name}"));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("trial.toml"), EXAM).unwrap();
    folder
}

async fn sit(name: &str, view: View) -> Option<(Browser, Helo, Page, String)> {
    let browser = Browser::start().await?;
    let helo = Helo::start_over(&format!("browser-exam-{name}"), &folder(name)).await;
    let page = browser.page(view).await;
    let token = begin(&page, &helo, "trial").await;
    Some((browser, helo, page, token))
}

/// Chooses or types an answer, and sends it with the keyboard.
async fn answer(page: &Page, step: &str, ids: &[&str]) {
    for id in ids {
        tab_to(page, &format!("[data-answer={step}] [value={id}]")).await;
        page.type_text(" ").await;
    }
    tab_to(page, &format!("[data-answer={step}] button")).await;
    page.press("Enter").await;
}

const POINTS: &str = "[...document.querySelectorAll('.step-points')].map(e => e.textContent).join(' ')";

#[tokio::test(flavor = "multi_thread")]
async fn an_exam_tells_nothing_until_it_is_handed_in_and_counts_nothing_after_that() {
    let Some((_browser, helo, page, token)) = sit("whole", View::desktop()).await else { return };
    say(&page, "telnet mail.example.org 25", "220").await;
    say(&page, "EHLO ws.lab.test", "250 ").await;
    tab_to(&page, "#answer-code").await;
    page.type_text("354").await;
    page.press("Enter").await;
    page.wait_for_text("[data-step=code] .said", "Noted: 354").await;
    answer(&page, "fields", &["received", "subject"]).await;
    page.wait_for_text("[data-step=fields] .said", "Noted: Received, Subject").await;
    assert_eq!(page.eval::<String>(POINTS).await, "– / 1 – / 2 – / 4", "nothing is told");
    assert_eq!(page.count("#finished:not([hidden]), #slips:not([hidden])").await, 0);

    // The page is loaded anew, and knows what was answered.
    page.goto(&helo.url(&format!("/attempts/{token}"))).await;
    live(&page).await;
    page.wait_for_text("[data-step=fields] .said", "Noted: Received, Subject").await;
    assert_eq!(page.eval::<String>("document.querySelector('#answer-code').value").await, "354");
    answer(&page, "fields", &["subject", "return-path"]).await;
    page.wait_for_text("[data-step=fields] .said", "Noted: Received, Return-Path").await;

    // Handing in is asked about, and may be thought over.
    tab_to(&page, "[data-action=hand-in]").await;
    page.press("Enter").await;
    page.wait_for("document.querySelector('#hand-in-dialog').open", "the question").await;
    assert_eq!(page.focus().await, "#hand-in-no");
    assert!(page.eval::<bool>("document.querySelector('#hand-in-open').hidden").await, "all is answered");
    check(&page, "the question before handing in").await;
    for key in ["Escape", "Enter"] {
        page.press(key).await;
        page.wait_for("!document.querySelector('#hand-in-dialog').open", "not yet").await;
        assert!(page.eval::<bool>("document.activeElement.matches('[data-action=hand-in]')").await, "{key}");
        page.press("Enter").await;
        page.wait_for("document.querySelector('#hand-in-dialog').open", "the question again").await;
    }
    page.press("Shift+Tab").await;
    assert_eq!(page.focus().await, "#hand-in-yes");
    page.press("Enter").await;
    page.wait_for("document.activeElement.id === 'finished'", "what came of it has the focus").await;
    let after = async |page: &Page| {
        assert_eq!(page.eval::<String>(POINTS).await, "1 / 1 0 / 2 4 / 4");
        assert_eq!(page.text("#earned").await, "5 of 7 points");
        assert!(page.text("[data-step=code] .said").await.contains("354 asks for more."));
        assert_eq!(
            page.count("[data-answer] :is(input, button):enabled").await,
            0,
            "nothing can be answered any more"
        );
        assert!(page.eval::<bool>("document.querySelector('#hand-in').hidden").await);
    };
    after(&page).await;
    check(&page, "after handing in").await;

    // Who goes on does so for the fun of it; a page that does not know asks in vain.
    page.eval::<()>("document.querySelector('#line').focus()").await;
    say(&page, "QUIT", "221").await;
    for message in [r#"{"answer":{"seq":1,"step":"code","text":"250"}}"#, r#"{"hand-in":{"seq":2}}"#] {
        let sent = format!(
            "new Promise(done => {{ const link = new WebSocket(`ws://${{location.host}}/attempts/{token}/ws`); \
             link.onopen = () => link.send('{{\"hello\":{{\"client\":\"late' + Math.floor(performance.now()) + '\",\"from\":0}}}}'); \
             link.onmessage = ({{ data }}) => {{ if (data.includes('welcome')) link.send('{}'); if (data.includes('\"ack\"')) {{ link.close(); done(true); }} }}; }})",
            message.replace(r#""seq":2"#, r#""seq":1"#)
        );
        assert!(page.eval::<bool>(&sent).await);
    }
    page.goto(&helo.url(&format!("/attempts/{token}"))).await;
    live(&page).await;
    page.wait_for("!document.querySelector('#finished').hidden", "it stays handed in").await;
    after(&page).await;
    page.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn handing_in_names_what_has_no_answer_yet() {
    let view = View::phone().lang("de");
    let Some((_browser, _helo, page, _)) = sit("open", view).await else { return };
    page.click("#panes [data-pane=brief]").await;
    page.click("[data-action=hand-in]").await;
    page.wait_for_text("#hand-in-open", "Noch ohne Antwort: Der Code, Wer hat das geschrieben?").await;
    assert!(page.text("#hand-in-dialog").await.contains("Was du danach tust, zählt nicht mehr."));
    check(&page, "the question on a phone").await;
    page.click("#hand-in-yes").await;
    page.wait_for_text("#earned", "0 von 7 Punkten").await;
    page.assert_clean();
}

/// The number of octets that the form for a host's settings holds for the largest message.
const LIMIT: &str = "document.querySelector('[data-setting=message_size_limit] input').value";

#[tokio::test(flavor = "multi_thread")]
async fn a_setting_is_changed_by_keyboard_as_if_it_were_typed() {
    let Some((_browser, helo, page, token)) = sit("settings", View::desktop()).await else { return };
    crate::network::open(&page).await;
    assert_eq!(page.eval::<String>(LIMIT).await, "10240000");
    let field = "[data-setting=message_size_limit] input";
    let put = async |value: &str| {
        page.eval::<()>(&format!("document.querySelector('{field}').select()")).await;
        page.type_text(value).await;
    };
    // What cannot be is said where it was entered, and stays to be corrected.
    tab_to(&page, field).await;
    put("much").await;
    page.press("Enter").await;
    page.wait_for("document.querySelector('.run-said[data-kind=bad]')", "the fault").await;
    page.wait_for_text("#terminal-1", "postconf -e").await;
    assert!(
        page.eval::<bool>(&format!("document.activeElement.matches('{field}')")).await,
        "the focus stays"
    );
    assert_eq!(page.eval::<String>(LIMIT).await, "much");
    // The button does the same, and keeps the focus.
    put("5000").await;
    page.press("Tab").await;
    page.press("Enter").await;
    page.wait_for("document.querySelector('.run-said[data-kind=good]')", "done").await;
    page.wait_for(
        "document.querySelector('[data-setting=message_size_limit] .badge')",
        "it is marked as changed",
    )
    .await;
    assert_eq!(page.eval::<String>(LIMIT).await, "5000");
    assert!(
        page.eval::<bool>("document.activeElement.matches('[data-setting=message_size_limit] button')").await,
        "{}",
        page.focus().await
    );
    check(&page, "settings").await;
    page.look(View { size: (320, 640), ..View::phone() }).await;
    page.click("#panes [data-pane=inspector]").await;
    check(&page, "settings on a narrow phone").await;
    page.look(View::desktop()).await;

    // A value that the shell could misread arrives as it is.
    put_setting(&page, "smtpd_banner", "it's $myhostname; echo \"no\" & `ls`").await;
    page.wait_for(
        "document.querySelector('.run-said').textContent.includes('smtpd_banner') && document.querySelector('.run-said').dataset.kind !== 'waiting'",
        "it was typed",
    )
    .await;
    say(&page, "telnet mail.example.org 25", "220").await;
    let greeting: String = page
        .eval("[...document.querySelectorAll('.row[data-who=server] .said-line')].at(-1).textContent")
        .await;
    assert!(greeting.contains("mail.example.org; echo") && greeting.contains("`ls`"), "{greeting}");
    say(&page, "EHLO ws.lab.test", "250-SIZE 5000").await;
    let transcript = helo.url(&format!("/attempts/{token}/transcript.txt"));
    let transcript: String = page.eval(&format!("fetch('{transcript}').then(r => r.text())")).await;
    assert!(transcript.contains("message_size_limit = 5000"), "{transcript}");
    page.assert_clean();
}

async fn put_setting(page: &Page, name: &str, value: &str) {
    let field = format!("document.querySelector('[data-setting={name}] input')");
    page.eval::<()>(&format!("{field}.select(); {field}.focus()")).await;
    page.insert(value).await;
    page.press("Enter").await;
}
