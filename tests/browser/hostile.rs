//! Mail and input made to attack the page: all of it is text, everywhere.

use crate::driver::{Browser, Page, View};
use crate::hostile_mail::{corpus, stuffed};
use crate::lab::{Lab, begin, live, say, tab_to};
use crate::process::Helo;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;
use tokio::time::Instant;

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
    let made = "[...document.querySelectorAll('main script, main img, main iframe:not(.html-frame), main iframe:not([sandbox=\"\"]), main object, main style, main [onerror], \
                main [onmouseover]')].map(e => e.outerHTML)";
    assert_eq!(page.eval::<Vec<String>>(made).await, Vec::<String>::new(), "{place}: the mail made elements");
    let acting = r"[...document.body.innerText].filter(c => /[\u202a-\u202e\u2066-\u2069\u0000-\u0008\u000b-\u001f\u007f-\u009f]/u.test(c)).length";
    assert_eq!(page.eval::<usize>(acting).await, 0, "{place}: characters that act stand in the text");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hostile_mail_is_text_everywhere() {
    let Some(lab) = Lab::begin(View::desktop()).await else { return };
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
    let helo = crate::shared::helo().await;
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

/// Hands all of the corpus in at a real port, octet by octet as it is.
async fn deliver(port: &str) -> usize {
    let stream = TcpStream::connect(format!("127.0.0.1:{port}")).await.unwrap();
    let (read, mut write) = stream.into_split();
    let mut read = BufReader::new(read).lines();
    let corpus = corpus();
    assert!(read.next_line().await.unwrap().unwrap().starts_with("220"));
    write.write_all(b"HELO far.test\r\n").await.unwrap();
    assert!(read.next_line().await.unwrap().unwrap().starts_with("250"));
    for (name, message) in &corpus {
        for (line, code) in
            [("MAIL FROM:<a@far.test>", "250"), ("RCPT TO:<alice@lab.test>", "250"), ("DATA", "354")]
        {
            write.write_all(format!("{line}\r\n").as_bytes()).await.unwrap();
            let answer = read.next_line().await.unwrap().unwrap();
            assert!(answer.starts_with(code), "{name}: {line}: {answer}");
        }
        write.write_all(&stuffed(message)).await.unwrap();
        write.write_all(b".\r\n").await.unwrap();
        let answer = read.next_line().await.unwrap().unwrap();
        assert!(answer.starts_with("250"), "{name}: {answer}");
    }
    corpus.len()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_hostile_corpus_is_text_everywhere_and_the_page_stays_quick() {
    let Some(browser) = Browser::start().await else { return };
    let helo = Helo::start_with_mail("browser-hostile-corpus").await;
    let page = browser.page(View::desktop()).await;
    let token = begin(&page, &helo, "playground").await;
    page.click("#ports summary").await;
    page.leaving().await;
    page.click("#ports form .button").await;
    page.arrived("the lab with the ports").await;
    live(&page).await;
    let count = deliver(&page.eval::<String>(crate::ports::SMTP).await).await;
    let there = format!("document.querySelectorAll('.message').length === {count}");
    page.wait_for(&there, "all of it has arrived").await;
    harmless(&page, "the mailboxes").await;

    // Everything that can be opened is; what the messages consist of one after the other, since each is read from the store.
    page.eval::<()>("void document.querySelectorAll('.message').forEach(d => { d.open = true })").await;
    for n in 0..count {
        let structure = format!("document.querySelectorAll('.structure')[{n}]");
        page.eval::<()>(&format!("void ({structure}.open = true)")).await;
        page.wait_for(&format!("{structure}.dataset.state === 'there'"), "what a message consists of").await;
    }
    page.eval::<()>("void document.querySelectorAll('#mailboxes details').forEach(d => { d.open = true })")
        .await;
    harmless(&page, "the parts").await;
    let frames = page.count("#mailboxes iframe").await;
    assert!(frames > 5, "{frames} frames");
    let free = "[...document.querySelectorAll('iframe')].filter(f => f.getAttribute('sandbox') !== '' || !f.src.startsWith(location.origin)).length";
    assert_eq!(page.eval::<usize>(free).await, 0, "every frame is shut");
    for view in ["reader", "source", "both"] {
        page.click(&format!("#mail-view [data-view={view}]")).await;
        harmless(&page, view).await;
    }

    // The same by hand, over POP3 and over IMAP.
    say(&page, "telnet mail.lab.test 110", "+OK").await;
    say(&page, "USER alice", "+OK").await;
    say(&page, "PASS secret", "+OK").await;
    for n in 1..=count {
        say(&page, &format!("RETR {n}"), "").await;
    }
    say(&page, "QUIT", "closed by foreign host").await;
    say(&page, "telnet mail.lab.test 143", "* OK").await;
    say(&page, "a1 login alice secret", "a1 OK").await;
    say(&page, "a2 select inbox", "a2 OK").await;
    for n in 1..=count {
        // Of a very long answer the page shows the beginning.
        say(&page, &format!("b{n} fetch {n} (envelope bodystructure body[])"), "").await;
    }
    say(&page, "a3 logout", "a3 OK").await;
    harmless(&page, "the terminal").await;

    // Every view of the inspector.
    let tabs = "[...document.querySelectorAll('#inspector-tabs [role=tab]')].map(t => t.dataset.tab)";
    for tab in page.eval::<Vec<String>>(tabs).await {
        page.click(&format!("#inspector-tabs [data-tab={tab}]")).await;
        if tab == "network" {
            page.wait_for("document.querySelectorAll('.move-list li').length > 3", "the network").await;
        }
        harmless(&page, &tab).await;
    }
    let begun = Instant::now();
    say(&page, "echo still-here", "still-here").await;
    assert!(begun.elapsed().as_secs() < 5, "the page has become slow: {:?}", begun.elapsed());

    page.goto(&helo.url(&format!("/attempts/{token}"))).await;
    live(&page).await;
    page.wait_for(&there, "all of it is there again").await;
    harmless(&page, "the lab loaded anew").await;
    page.goto(&helo.url(&format!("/attempts/{token}/report"))).await;
    harmless(&page, "the report").await;
    page.assert_clean();
}
