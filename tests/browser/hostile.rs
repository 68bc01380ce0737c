//! Mail and input made to attack the page: all of it is text, everywhere.

use crate::driver::{Browser, Page, View};
use crate::lab::{Lab, begin, live, say, tab_to};
use crate::process::Helo;

/// Raises its hand when it is run.
const SCRIPT: &str = "<script>window.attacked = 1</script><img src=x onerror=window.attacked=2>";
/// Turns the text after it around.
const BIDI: &str = "\u{202e}gpj.exe\u{2066}";
/// As the shell's printf writes octets that are no UTF-8.
const BROKEN: &str = r"\377\376\300\200";

/// The letter, as the argument of printf: an attack in every field.
fn letter(sender: &str, recipient: &str) -> String {
    let fields = [
        format!(r"From: {SCRIPT} <{sender}>"),
        format!(r"To: {BIDI} <{recipient}>"),
        format!(r"Subject: {SCRIPT}{BIDI}{BROKEN}"),
        "Subject: =?utf-8?B?PHNjcmlwdD53aW5kb3cuYXR0YWNrZWQ9Mzwvc2NyaXB0PuKArmdwag==?=".to_owned(),
        format!(r"Reply-To: {BROKEN}{SCRIPT}"),
        format!(r"X-{BIDI}: {BROKEN}"),
        format!(r#"Message-ID: <"onmouseover=window.attacked=4 {SCRIPT}@x>"#),
        format!(r"Received: from {SCRIPT}{BIDI} ({BROKEN}) by nowhere; never"),
        r"Content-Type: text/html; charset=utf-8".to_owned(),
        String::new(),
        format!(r"{SCRIPT}{BIDI}{BROKEN} and \033]0;title\007 \000 end"),
    ];
    let envelope = format!(r"EHLO ws.lab.test\r\nMAIL FROM:<{sender}>\r\nRCPT TO:<{recipient}>\r\nDATA\r\n");
    format!(r"{envelope}{}\r\n.\r\nQUIT\r\n", fields.join(r"\r\n"))
}

pub(crate) async fn harmless(page: &Page, place: &str) {
    let attacked: serde_json::Value = page.eval("window.attacked ?? null").await;
    assert!(attacked.is_null(), "{place}: a script was run: {attacked}");
    let made = "[...document.querySelectorAll('main script, main img, main iframe, main object, main style, main [onerror], \
                main [onmouseover]')].map(e => e.outerHTML)";
    assert_eq!(page.eval::<Vec<String>>(made).await, Vec::<String>::new(), "{place}: the mail made elements");
    let acting = r"[...document.body.innerText].filter(c => /[\u202a-\u202e\u2066-\u2069\u0000-\u0008\u000b-\u001f\u007f-\u009f]/u.test(c)).length";
    assert_eq!(page.eval::<usize>(acting).await, 0, "{place}: characters that act stand in the text");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hostile_mail_is_text_everywhere() {
    let Some(lab) = Lab::begin("hostile", View::desktop()).await else { return };
    let page = &lab.page;
    tab_to(page, "#line").await;
    let letter = letter(&lab.sender, &lab.recipient);
    page.insert(&format!("printf '{letter}' | nc mail.example.org 25")).await;
    page.press("Enter").await;
    page.wait_for_text("#terminal-1", "queued as").await;
    page.wait_for("document.querySelector('.message')", "the letter has arrived").await;
    page.wait_for_text("#mailboxes", "<script>").await;
    harmless(page, "the lab").await;
    let all = page.eval::<String>("document.querySelector('#mailboxes').textContent").await;
    for shown in ["U+202E", "<img src=x onerror", "onmouseover=window.attacked=4"] {
        assert!(all.contains(shown), "{shown} is shown: {all}");
    }

    // The same at the shell's prompt and as an answer.
    page.insert(&format!("echo '{SCRIPT}{BIDI}'")).await;
    page.press("Enter").await;
    tab_to(page, "[data-answer=code] input").await;
    page.type_text(SCRIPT).await;
    page.press("Enter").await;
    page.wait_for_text("#terminal-1", "U+202E").await;
    harmless(page, "the lab after typing").await;

    // Loaded anew, the server writes it into the page's own HTML.
    let address = lab.address().await;
    page.goto(&address).await;
    crate::lab::live(page).await;
    page.wait_for_text("#mailboxes", "<script>").await;
    harmless(page, "the lab loaded anew").await;
    page.goto(&format!("{address}/report")).await;
    harmless(page, "the report").await;
    page.goto(&format!("{address}/replay")).await;
    page.wait_for_text("#terminal-1", "U+202E").await;
    page.wait_for_text("#mailboxes", "<script>").await;
    harmless(page, "the replay").await;
    page.click("#time-line-back").await;
    page.wait_for("!document.querySelector('#terminal-1').textContent.includes('echo')", "a line back").await;
    harmless(page, "the replay, moved").await;
    page.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_folders_and_flags_are_text_everywhere() {
    let Some(browser) = Browser::start().await else { return };
    let helo = Helo::start("browser-hostile-folders").await;
    let page = browser.page(View::desktop()).await;
    let token = begin(&page, &helo, "playground").await;
    say(&page, "telnet mail.lab.test 143", "* OK").await;
    say(&page, "a1 login alice secret", "a1 OK").await;
    say(&page, &format!("a2 create \"{SCRIPT}\""), "a2 OK").await;
    // Modified UTF-7: the name is U+202E, "gpj.exe", U+2066, then a quote that would leave an attribute.
    say(&page, r#"a3 create "&IC4-gpj.exe&IGY-\" onmouseover=window.attacked=5 x=\"""#, "a3 OK").await;
    say(&page, &format!("a4 append \"{SCRIPT}\" (<script>) {{15+}}"), "a4 ").await;
    say(&page, "Subject: <b>hi", "").await;
    say(&page, "", "").await;
    say(&page, r#"a5 list "" *"#, "a5 ").await;
    page.wait_for_text("#mailboxes", "gpj.exe").await;
    let names = "[...document.querySelectorAll(\"[data-mailbox='alice@lab.test'] .folder-name .name\")].map(e => e.textContent)";
    let names: Vec<String> = page.eval(names).await;
    assert!(names.iter().any(|n| n == SCRIPT), "{names:?}");
    assert!(names.iter().any(|n| n.contains("U+202Egpj.exeU+2066\" onmouseover=")), "{names:?}");
    harmless(&page, "the lab").await;
    page.goto(&helo.url(&format!("/attempts/{token}"))).await;
    live(&page).await;
    page.wait_for_text("#mailboxes", "gpj.exe").await;
    harmless(&page, "the lab loaded anew").await;
    let named = "[...document.querySelectorAll('.folder')].map(f => f.getAttributeNames().join())";
    for attributes in page.eval::<Vec<String>>(named).await {
        assert_eq!(attributes, "class,data-folder", "a folder's name stays in its attribute");
    }
    page.goto(&helo.url(&format!("/attempts/{token}/report"))).await;
    harmless(&page, "the report").await;
    page.assert_clean();
}
