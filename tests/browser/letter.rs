//! What is in a message: both views and each alone, its parts, its HTML in a frame, what was found out about its sender.

use crate::driver::{Browser, View};
use crate::lab::{begin, say};
use crate::looks::CONTRAST;

/// A letter with a text, HTML and an attachment, in quoted pieces that the shell's printf puts together.
const LETTER: &str = r#"EHLO ws.lab.test\r\nMAIL FROM:<x@lab.test>\r\nRCPT TO:<bob@lab.test>\r\nDATA\r\nFrom: x@lab.test\r\nSubject: parts\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\nR3LDvMOfZQ==\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>Hello <b>you</b> <a href=http://evil.example/x>bank.example</a><img src=http://evil.example/y></p>\r\n--b\r\nContent-Type: application/pdf; name="../a.pdf"\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERg==\r\n--b--\r\n.\r\nQUIT\r\n"#;

#[tokio::test(flavor = "multi_thread")]
async fn a_message_is_taken_apart_and_its_html_stays_in_its_frame() {
    let Some(browser) = Browser::start().await else { return };
    let helo = crate::shared::helo().await;
    let page = browser.page(View::desktop()).await;
    begin(&page, &helo, "playground").await;
    page.click("#tab-mail").await;
    say(&page, &format!("printf '{LETTER}' | nc mail.lab.test 25"), "queued as").await;
    page.wait_for("document.querySelector('.message .structure')", "the letter").await;
    page.click(".structure > summary").await;
    page.wait_for("document.querySelectorAll('.part').length === 4", "its parts").await;
    let kinds = "[...document.querySelectorAll('.part-head b')].map(e => e.textContent)";
    assert_eq!(
        page.eval::<Vec<String>>(kinds).await,
        ["multipart/mixed", "text/plain", "text/html", "application/pdf"]
    );
    page.click("[data-part='1'] .content summary").await;
    page.wait_for_text("[data-part='1'] .content .octets", "Grüße").await;
    let html = page.text("[data-part='2']").await;
    assert!(
        html.contains("bank.example → http://evil.example/x") && html.contains("http://evil.example/y"),
        "{html}"
    );
    assert!(page.text("[data-part='3']").await.contains("Its name is a path"));
    page.click("[data-part='3'] .content summary").await;
    page.wait_for_text("[data-part='3'] .content .octets", "25 50 44 46").await;

    // The frame is shut, and what is in it is text in colours.
    page.click("[data-part='2'] .framed summary").await;
    let frame = "document.querySelector('[data-part=\"2\"] iframe')";
    assert_eq!(page.eval::<String>(&format!("{frame}.getAttribute('sandbox')")).await, "");
    assert!(
        page.eval::<bool>(&format!("{frame}.contentDocument === null")).await,
        "it has an origin of its own"
    );
    let inside: String = page.eval(&format!("fetch({frame}.src).then(r => r.text())")).await;
    assert!(inside.contains("<p>Hello <b>you</b> <a>bank.example</a>"), "{inside}");
    assert!(!inside.contains("evil.example"), "{inside}");
    // A frame of the page may show nothing but what is the page's own.
    let file: String = page.eval("document.querySelector('[data-part=\"3\"] .download').href").await;
    let told = format!(
        "fetch('{file}').then(r => [r.headers.get('content-type'), r.headers.get('content-disposition')].join(' '))"
    );
    let told: String = page.eval(&told).await;
    assert!(told.starts_with("application/octet-stream attachment; filename=\"a.pdf.bin\""), "{told}");

    // Both, or one.
    let seen = |selector: &str| format!("document.querySelector('{selector}').offsetParent !== null");
    for (view, read, sent) in [("reader", true, false), ("source", false, true), ("both", true, true)] {
        page.click(&format!("#mail-view [data-view={view}]")).await;
        assert_eq!(page.eval::<bool>(&seen(".as-read")).await, read, "{view}");
        assert_eq!(page.eval::<bool>(&seen(".as-sent")).await, sent, "{view}");
    }
    // Another letter leaves what is open as it is.
    say(&page, &format!("printf '{LETTER}' | nc mail.lab.test 25"), "queued as").await;
    page.wait_for("document.querySelectorAll('.message').length === 2", "another letter").await;
    for view in [View::desktop(), View::desktop().dark(), View::phone()] {
        page.look(view).await;
        assert_eq!(page.eval::<Vec<String>>(CONTRAST).await, Vec::<String>::new());
    }
    page.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_host_found_out_about_the_sender_stands_with_the_message() {
    let Some(browser) = Browser::start().await else { return };
    let helo = crate::shared::helo().await;
    let page = browser.page(View::desktop()).await;
    begin(&page, &helo, "spf-dkim-dmarc").await;
    page.click("#tab-mail").await;
    let reader: String =
        page.eval("[...document.querySelectorAll('.mailbox')].map(m => m.dataset.mailbox).find(a => a.endsWith('@example.org'))").await;
    let line = format!("swaks --server mx.example.org --from mallory@forger.example --to {reader}");
    say(&page, &line, "queued as").await;
    page.wait_for("document.querySelector('.verdicts [data-verdict=spf]')", "the verdict").await;
    let text = page.text(".verdicts [data-verdict=spf]").await;
    assert!(text.contains("pass") && text.contains("mx.example.org"), "{text}");
    page.click(".verdicts [data-verdict=spf] summary").await;
    page.wait_for_text(".verdicts [data-verdict=spf] ol", "v=spf1").await;
    let codes = "[...document.querySelectorAll('.message')][0].querySelectorAll('.verdicts > li').length";
    assert_eq!(page.eval::<usize>(codes).await, 3, "SPF, DKIM, DMARC");
    page.assert_clean();
}
