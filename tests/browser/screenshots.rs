//! Pictures of every page, in both languages and colour schemes, on a desktop and on a phone.

use crate::driver::{Browser, Page, View};
use crate::lab::{addresses, begin, live};
use crate::learner::Learner;
use crate::process::Helo;
use serde_json::json;
use std::fmt::Write as _;
use std::path::PathBuf;

/// Not a test, and asked for by name: `cargo test --test browser screenshots -- --ignored`. `target/screenshots` then
/// has the pictures, and `index.html` beside them shows them all.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "makes pictures: cargo test --test browser screenshots -- --ignored"]
async fn screenshots() {
    let Some(browser) = Browser::start().await else { return };
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("../screenshots");
    let _ = std::fs::remove_dir_all(&folder);
    let album = || Album { folder: folder.clone(), names: Vec::new() };
    let (mut german, mut english) = (album(), album());
    let desk = Helo::start_over("browser-screenshots-desk", &crate::author::folder("pictures")).await;
    let exam = Helo::start_over("browser-screenshots-exam", &crate::exam::folder("pictures")).await;
    // The two languages at once. Mail ports lead into one attempt, so each has a helo of its own.
    tokio::join!(
        all(&browser, [&desk, &exam], &mut german, "de"),
        all(&browser, [&desk, &exam], &mut english, "en")
    );
    german.names.append(&mut english.names);
    german.index();
}

/// All pictures in one language.
async fn all(browser: &Browser, [desk, exam]: [&Helo; 2], album: &mut Album, lang: &'static str) {
    let helo = Helo::start_with_mail(&format!("browser-screenshots-{lang}")).await;
    first(browser, &helo, album, lang).await;
    // The words of the world are the language's in which the attempt was begun.
    let page = browser.page(View::desktop().lang(lang)).await;
    let made = make(&page, &helo, album, lang).await;
    let sat = begin(&page, exam, "trial").await;
    for (width, view) in [("desktop", View::desktop()), ("phone", View::phone())] {
        for (scheme, view) in [("light", view), ("dark", view.dark())] {
            page.look(view.lang(lang)).await;
            let suffix = format!("{lang}-{width}-{scheme}");
            for (name, path) in pages(&made, lang) {
                let helo = if name.starts_with("author") { desk } else { &helo };
                page.goto(&helo.url(&path)).await;
                picture(&page, album, name, &suffix, view.phone).await;
            }
            page.goto(&exam.url(&format!("/attempts/{sat}"))).await;
            trial(&page, album, &suffix, view.phone).await;
        }
    }
    page.look(View::desktop().lang(lang)).await;
    page.goto(&helo.url(&format!("/attempts/{}/report", made.solved))).await;
    page.look_as_print().await;
    album.take(&page, &format!("report-done-{lang}-print")).await;
    page.look(View::desktop().lang(lang)).await;
    hand_in(&page, exam, &sat, album, lang).await;
}

/// An exam, up to the question before handing in.
async fn trial(page: &Page, album: &mut Album, suffix: &str, phone: bool) {
    live(page).await;
    if phone {
        page.click("#panes [data-pane=brief]").await;
    }
    page.eval::<()>("void document.querySelector('[data-action=hand-in]').scrollIntoView()").await;
    album.take(page, &format!("exam-{suffix}")).await;
    page.click("[data-action=hand-in]").await;
    page.wait_for("document.querySelector('#hand-in-dialog').open", "the question").await;
    album.take(page, &format!("exam-question-{suffix}")).await;
    page.click("#hand-in-no").await;
    if phone {
        page.click("#panes [data-pane=inspector]").await;
    }
    crate::network::open(page).await;
    page.eval::<()>("void document.querySelector('.settings').scrollIntoView()").await;
    album.take(page, &format!("settings-{suffix}")).await;
    page.click("#tab-mail").await;
}

/// And what is shown after that.
async fn hand_in(page: &Page, exam: &Helo, sat: &str, album: &mut Album, lang: &str) {
    page.goto(&exam.url(&format!("/attempts/{sat}"))).await;
    live(page).await;
    page.click("#brief [value=subject]").await;
    page.click("[data-answer=fields] button").await;
    page.wait_for_text("[data-step=fields] .said", "Subject").await;
    page.click("[data-action=hand-in]").await;
    page.click("#hand-in-yes").await;
    page.wait_for("document.activeElement.id === 'finished'", "it is handed in").await;
    album.take(page, &format!("exam-done-{lang}")).await;
}

/// The attempts that pictures are made of, by their tokens.
struct Made {
    fresh: String,
    worked: String,
    solved: String,
    imap: String,
    free: String,
}

/// Begins them, in this language, and does what there is to be seen.
async fn make(page: &Page, helo: &Helo, album: &mut Album, lang: &str) -> Made {
    let fresh = attempt(page, helo, "first-contact").await;
    let worked = attempt(page, helo, "send-by-hand").await;
    page.goto(&helo.url(&format!("/attempts/{worked}"))).await;
    let [sender, recipient] = addresses(&page.text("#brief").await);
    work(helo, &worked, &sender, &recipient).await;
    let solved = attempt(page, helo, "send-by-hand").await;
    page.goto(&helo.url(&format!("/attempts/{solved}"))).await;
    let [sender, recipient] = addresses(&page.text("#brief").await);
    solve(helo, &solved, &sender, &recipient).await;
    let imap = begin(page, helo, "imap-by-hand").await;
    read(page, helo, &imap).await;
    let free = begin(page, helo, "playground").await;
    play(helo, &free).await;
    page.click("#ports summary").await;
    page.leaving().await;
    page.click("#ports form .button").await;
    page.arrived("the lab with the ports").await;
    if page.count("input[name=take]").await > 0 {
        album.take(page, &format!("claim-{lang}")).await;
        page.leaving().await;
        page.click(".button.primary").await;
        page.arrived("the lab with the ports").await;
    }
    Made { fresh, worked, solved, imap, free }
}

/// The pages, by the names of their pictures.
fn pages(made: &Made, lang: &str) -> Vec<(&'static str, String)> {
    let Made { fresh, worked, solved, imap, free } = made;
    vec![
        ("catalogue", "/".to_owned()),
        ("lab-new", format!("/attempts/{fresh}")),
        ("lab", format!("/attempts/{worked}")),
        ("lab-done", format!("/attempts/{solved}")),
        ("report", format!("/attempts/{worked}/report")),
        ("report-done", format!("/attempts/{solved}/report")),
        ("replay", format!("/attempts/{worked}/replay?at=30")),
        ("lab-imap", format!("/attempts/{imap}")),
        ("report-imap", format!("/attempts/{imap}/report")),
        ("lab-playground", format!("/attempts/{free}")),
        ("report-playground", format!("/attempts/{free}/report")),
        ("reference", "/reference#ref-smtp-mail".to_owned()),
        ("background", "/background".to_owned()),
        ("background-agents", "/background/agents".to_owned()),
        ("background-certificates", "/background/certificates".to_owned()),
        ("error", "/nowhere".to_owned()),
        ("author", "/author".to_owned()),
        ("author-draft", "/author/draft".to_owned()),
        ("author-lesson", "/author/lesson".to_owned()),
        ("author-play", format!("/author/lesson/play/counterexample-1?seed=1&lang={lang}&line=5")),
    ]
}

/// A page in all its views.
async fn picture(page: &Page, album: &mut Album, name: &str, suffix: &str, phone: bool) {
    if name.starts_with("lab") {
        live(page).await;
        panes(page, album, name, suffix, phone).await;
        if name == "lab" {
            opened(page, album, suffix, phone).await;
            past(page, album, suffix, phone).await;
            console(page, album, suffix, phone).await;
        }
        if name == "lab-playground" {
            network(page, album, suffix, phone).await;
            ports(page, album, suffix, phone).await;
            wire(page, album, suffix, phone).await;
        }
        return;
    }
    if name == "replay" {
        page.wait_for("document.querySelector('.looked-at')", "the line is marked").await;
        page.wait_for("document.querySelector('.evidence li')", "the steps of then").await;
    }
    album.take(page, &format!("{name}-{suffix}")).await;
}

/// The first page as somebody sees it who has never been here.
async fn first(browser: &Browser, helo: &Helo, album: &mut Album, lang: &'static str) {
    for (width, view) in [("desktop", View::desktop()), ("phone", View::phone())] {
        for (scheme, view) in [("light", view), ("dark", view.dark())] {
            let page = browser.page(view.lang(lang)).await;
            page.goto(&helo.url("/")).await;
            album.take(&page, &format!("first-{lang}-{width}-{scheme}")).await;
        }
    }
}

/// A line that was typed and the answer below it, opened.
async fn opened(page: &Page, album: &mut Album, suffix: &str, phone: bool) {
    if phone {
        page.click("#panes [data-pane=work]").await;
    }
    for (name, starts) in [("command", "MAIL FROM"), ("answer", "250")] {
        let row = format!(
            "[...document.querySelectorAll('#terminal-1 .row')].find((r) => r.querySelector('.said-line').textContent.startsWith('{starts}'))"
        );
        page.eval::<serde_json::Value>(&format!("void {row}.querySelector('.why').click()")).await;
        page.wait_for("document.querySelector('.explain .parts')", "the line is open").await;
        album.take(page, &format!("lab-line-{name}-{suffix}")).await;
        page.eval::<serde_json::Value>(&format!("void {row}.querySelector('.why').click()")).await;
    }
}

/// The lab some lines earlier.
async fn past(page: &Page, album: &mut Album, suffix: &str, phone: bool) {
    if phone {
        page.click("#panes [data-pane=work]").await;
    }
    for _ in 0..4 {
        page.click("#time-back").await;
    }
    page.wait_for("document.querySelector('#lab').dataset.past === 'true'", "the past").await;
    album.take(page, &format!("lab-past-{suffix}")).await;
    page.click("#time-now").await;
}

/// The terminal with its search, its list of candidates, its buttons and raw keys.
async fn console(page: &Page, album: &mut Album, suffix: &str, phone: bool) {
    if phone {
        page.click("#panes [data-pane=work]").await;
    }
    page.click("#search-open").await;
    page.insert("e").await;
    page.eval::<serde_json::Value>(
        "void (document.querySelector('#more-keys').click(), document.querySelector('#line').focus())",
    )
    .await;
    page.insert("h").await;
    page.press("Tab").await;
    page.press("Tab").await;
    page.wait_for("document.querySelector('#completions li')", "candidates").await;
    album.take(page, &format!("lab-console-{suffix}")).await;
    page.eval::<serde_json::Value>("void (document.querySelector('#line').value = '')").await;
    page.insert("telnet mail.example.org 25").await;
    page.press("Enter").await;
    page.wait_for("document.querySelector('#raw').checkVisibility()", "telnet is connected").await;
    page.click("#raw").await;
    page.click("#search-close").await;
    page.insert("NOOX").await;
    page.press("Backspace").await;
    album.take(page, &format!("lab-raw-{suffix}")).await;
    page.press("Ctrl+]").await;
    page.wait_for_text("#prompt", "telnet>").await;
    page.eval::<serde_json::Value>("void (document.querySelector('#line').value = '')").await;
    page.insert("quit").await;
    page.press("Enter").await;
    page.wait_for("!document.querySelector('#raw').checkVisibility()", "telnet has ended").await;
}

/// On a phone the lab is three pictures.
async fn panes(page: &Page, album: &mut Album, name: &str, suffix: &str, phone: bool) {
    if !phone {
        album.take(page, &format!("{name}-{suffix}")).await;
        return;
    }
    for pane in ["brief", "work", "inspector"] {
        page.click(&format!("#panes [data-pane={pane}]")).await;
        album.take(page, &format!("{name}-{pane}-{suffix}")).await;
    }
}

/// The map, and what stands below it.
async fn network(page: &Page, album: &mut Album, suffix: &str, phone: bool) {
    if phone {
        page.click("#panes [data-pane=inspector]").await;
    }
    crate::network::open(page).await;
    album.take(page, &format!("network-{suffix}")).await;
    page.eval::<serde_json::Value>("void (document.querySelector('#network').scrollTop = 600)").await;
    album.take(page, &format!("network-tables-{suffix}")).await;
    page.click("#tab-mail").await;
    page.eval::<serde_json::Value>(
        "void document.querySelectorAll('.message').forEach(m => { m.open = true })",
    )
    .await;
    page.eval::<serde_json::Value>(
        "void document.querySelectorAll('.structure').forEach(m => { m.open = true })",
    )
    .await;
    page.wait_for(
        "[...document.querySelectorAll('.structure')].every(s => s.dataset.state === 'there')",
        "what each message consists of",
    )
    .await;
    page.eval::<serde_json::Value>("void document.querySelector('.structure')?.scrollIntoView()").await;
    album.take(page, &format!("letter-{suffix}")).await;
}

/// The panel for real mail programs.
async fn ports(page: &Page, album: &mut Album, suffix: &str, phone: bool) {
    if phone {
        page.click("#panes [data-pane=brief]").await;
    }
    page.eval::<serde_json::Value>("void document.querySelector('#ports').scrollIntoView()").await;
    album.take(page, &format!("ports-{suffix}")).await;
}

/// The conversation of all hosts, what can be read on the way, and the octets.
async fn wire(page: &Page, album: &mut Album, suffix: &str, phone: bool) {
    if phone {
        page.click("#panes [data-pane=inspector]").await;
    } else {
        page.click("#inspector-wide").await;
    }
    page.click("#tab-wire").await;
    page.wait_for("document.querySelector('.w[data-note=delivered]')", "the conversation is drawn").await;
    album.take(page, &format!("wire-{suffix}")).await;
    for mode in ["ears", "bytes"] {
        page.click(&format!("#wire-modes [data-mode={mode}]")).await;
        page.eval::<()>("(f => { f.value = 'conn:1'; f.dispatchEvent(new Event('change')); })(document.querySelector('#wire-filter'))")
            .await;
        page.wait_for(&format!("document.querySelector('#wire-{mode}').textContent.length > 500"), mode)
            .await;
        album.take(page, &format!("wire-{mode}-{suffix}")).await;
    }
    page.click("#wire-modes [data-mode=talk]").await;
    page.click("#tab-mail").await;
    if !phone {
        page.click("#inspector-wide").await;
    }
}

/// Begins an attempt in the page's own language; gives its token.
async fn attempt(page: &Page, helo: &Helo, scenario: &str) -> String {
    page.goto(&helo.url("/")).await;
    page.leaving().await;
    page.click(&format!("[data-scenario={scenario}] [data-action=begin]")).await;
    page.arrived("the lab").await;
    page.eval("document.querySelector('#lab').dataset.token").await
}

/// Half of the way, with what goes wrong on it.
async fn work(helo: &Helo, token: &str, sender: &str, recipient: &str) {
    let mut learner = Learner::new(&helo.address, token, "pictures");
    learner.connect().await.unwrap();
    for line in [
        "dig +short MX example.org",
        "telnet mail.example.org 25",
        "HELLO ws.lab.test",
        "EHLO ws.lab.test",
        &format!("RCPT TO:<{recipient}>"),
        &format!("MAIL FROM {sender}"),
        &format!("MAIL FROM:<{sender}>"),
        "RCPT TO:<nobody@example.org>",
        &format!("RCPT TO:<{recipient}>"),
        "DATA",
        "Received: from honest.example by mail.example.org; Mon, 1 Sep 2025 10:00:00 +0200",
        &format!("From: \u{202e}{sender}"),
        "Subject: Grüße <b>von Hand</b>",
        "",
        "Hallo!",
        ".",
    ] {
        learner.line(line).await.unwrap();
    }
    learner.send("hint", json!({"step": "quit"})).await.unwrap();
    learner.send("answer", json!({"step": "code", "text": "250"})).await.unwrap();
    learner.send("open", json!({})).await.unwrap();
    learner.settle().await.unwrap();
}

/// Reads mail over IMAP, sets flags, makes folders, and goes wrong on the way.
async fn read(page: &Page, helo: &Helo, token: &str) {
    let brief = page.text("#brief").await.replace('\n', " ");
    let words: Vec<&str> = brief.split([' ', ',']).filter(|w| !w.is_empty()).collect();
    let after = |names: [&str; 2]| {
        let at = words.iter().position(|w| names.contains(w)).expect("the brief names it");
        words[at + 1].to_owned()
    };
    let (user, password) = (after(["Name", "name"]), after(["Passwort", "password"]));
    let mut learner = Learner::new(&helo.address, token, "pictures");
    learner.connect().await.unwrap();
    for line in [
        "telnet imap.example.net 143",
        &format!("login {user} {password}"),
        "a1 select inbox",
        &format!("a2 login {user} {password}"),
        &format!("a3 login {user} {password}"),
        "a4 RETR 1",
        "a5 select inbox",
        "a6 fetch 12 full",
        r"a7 store 12 +flags (\deleted \flagged)",
        "a8 create &U,BTFw-",
        "a9 copy 1:2 &U,BTFw-",
        "b0 fetch 99 full",
    ] {
        learner.line(line).await.unwrap();
    }
    learner.send("open", json!({})).await.unwrap();
    learner.settle().await.unwrap();
}

/// Sends mail over TLS on the playground.
async fn play(helo: &Helo, token: &str) {
    let mut learner = Learner::new(&helo.address, token, "pictures");
    learner.connect().await.unwrap();
    for line in [
        "swaks --server mail.lab.test:587 --tls --auth LOGIN --auth-user alice --auth-password secret --from alice@lab.test --to dave@far.test",
        "openssl s_client -quiet -connect mail.lab.test:993",
        "a1 login alice secret",
        "a2 logout",
    ] {
        learner.line(line).await.unwrap();
    }
    for _ in 0..3 {
        learner.send("open", json!({})).await.unwrap();
    }
    learner.settle().await.unwrap();
}

/// The whole way.
async fn solve(helo: &Helo, token: &str, sender: &str, recipient: &str) {
    let mut learner = Learner::new(&helo.address, token, "pictures");
    learner.connect().await.unwrap();
    for line in [
        "telnet mail.example.org 25",
        "EHLO ws.lab.test",
        &format!("MAIL FROM:<{sender}>"),
        &format!("RCPT TO:<{recipient}>"),
        "DATA",
        "Subject: Hello",
        "",
        "Hello!",
        ".",
        "QUIT",
    ] {
        learner.line(line).await.unwrap();
    }
    learner.send("answer", json!({"step": "code", "text": "354"})).await.unwrap();
    learner.settle().await.unwrap();
}

/// The pictures taken so far.
struct Album {
    folder: PathBuf,
    names: Vec<String>,
}

impl Album {
    async fn take(&mut self, page: &Page, name: &str) {
        page.screenshot(&self.folder.join(format!("{name}.png"))).await;
        self.names.push(name.to_owned());
    }

    /// A page that shows them all.
    fn index(&self) {
        let mut html = "<!doctype html><meta charset=utf-8><title>helo</title>".to_owned();
        for name in &self.names {
            let _ = write!(
                html,
                "<figure><figcaption>{name}</figcaption><a href={name}.png><img src={name}.png width=400></a></figure>"
            );
        }
        std::fs::write(self.folder.join("index.html"), html).unwrap();
    }
}
