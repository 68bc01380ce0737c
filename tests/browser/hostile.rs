//! Mail and input made to attack the page: all of it is text, everywhere.

use crate::driver::{Page, View};
use crate::lab::{Lab, tab_to};

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

async fn harmless(page: &Page, place: &str) {
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
    page.assert_clean();
}
