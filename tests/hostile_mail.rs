//! The mail of tests/hostile_mail/ delivered, and every page and fragment that shows it read: all of it is text, whatever
//! leaves the page is a file of unknown type, and nothing takes long. What a browser makes of it, tests/browser/hostile.rs
//! looks at.

#[path = "common/hostile_mail.rs"]
mod hostile_mail;
mod web_support;

use helo::attempt::Input;
use helo::units::TermId;
use hostile_mail::{corpus, stuffed};
use std::time::Duration;
use tokio::time::Instant;
use web_support::{Answer, World};

/// How long a page may take, in a build without optimization on a busy machine.
const PATIENCE: Duration = Duration::from_secs(6);

/// The elements that the server's fragments are made of.
const OURS: &[&str] = &[
    "a", "b", "br", "button", "code", "dd", "details", "div", "dl", "dt", "fieldset", "form", "h1", "h2",
    "h3", "h4", "iframe", "input", "label", "legend", "li", "ol", "option", "p", "pre", "section", "select",
    "span", "summary", "svg", "table", "tbody", "td", "th", "thead", "time", "tr", "ul", "wbr",
];
/// Those that a frame may have besides.
const FRAMED: &[&str] = &[
    "abbr",
    "address",
    "article",
    "blockquote",
    "body",
    "caption",
    "center",
    "cite",
    "del",
    "em",
    "font",
    "footer",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "i",
    "ins",
    "kbd",
    "main",
    "mark",
    "meta",
    "q",
    "s",
    "small",
    "strike",
    "strong",
    "style",
    "sub",
    "sup",
    "tfoot",
    "title",
    "tt",
    "u",
    "var",
];
/// What a frame must not have, though a fragment may.
const UNFRAMED: &[&str] = &["button", "form", "iframe", "input", "label", "option", "select", "svg"];

/// The tags of HTML that we have written, where `<` never is text: each name, and what stands behind it.
fn tags(html: &str) -> Vec<(String, &str)> {
    let tags = html.split('<').skip(1).filter(|tag| !tag.starts_with(['/', '!']));
    tags.map(|tag| {
        let tag = tag.split('>').next().unwrap_or_default();
        let (name, rest) = tag.split_once([' ', '\n']).unwrap_or((tag, ""));
        (name.to_owned(), rest)
    })
    .collect()
}

/// The attributes of a tag that we have written: all values are in double quotes.
fn attributes(rest: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = rest;
    while let Some((name, after)) = rest.split_once("=\"") {
        let (value, after) = after.split_once('"').unwrap_or((after, ""));
        let name = name.split_whitespace().last().unwrap_or_default();
        found.push((name.to_owned(), value.to_owned()));
        rest = after;
    }
    found
}

/// Nothing in it is anything but text of ours and escaped text of others.
fn harmless(html: &str, framed: bool, place: &str) {
    for (name, rest) in tags(html) {
        let ours = OURS.contains(&name.as_str()) && !(framed && UNFRAMED.contains(&name.as_str()));
        assert!(ours || framed && FRAMED.contains(&name.as_str()), "{place}: <{name} {rest}>");
        for (attribute, value) in attributes(rest) {
            assert!(!attribute.starts_with("on"), "{place}: <{name} {rest}>");
            match attribute.as_str() {
                "style" => assert!(framed && !value.contains(['(', '@', '\\']), "{place}: {value}"),
                "src" => assert!(name == "iframe" && value.starts_with("/attempts/"), "{place}: {value}"),
                "href" => {
                    let ours = value.starts_with("/attempts/") || !framed && is_rule(&value);
                    assert!(name == "a" && ours, "{place}: {value}");
                }
                "srcdoc" | "srcset" | "action" | "background" | "data" | "poster" | "xlink:href" => {
                    panic!("{place}: <{name} {rest}>")
                }
                _ => {}
            }
        }
    }
    plain(html, place);
}

/// A rule in our own reference, and nothing that could come from a mail.
fn is_rule(address: &str) -> bool {
    let section = address.strip_prefix("/reference#ref-rfc-");
    section.is_some_and(|s| s.bytes().all(|b| b.is_ascii_digit() || b".-".contains(&b)))
}

/// No character in it acts on what shows it.
fn plain(text: &str, place: &str) {
    let acts = |c: char| {
        let format = matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
        format || c.is_control() && !matches!(c, '\n' | '\t' | '\r')
    };
    if let Some((at, c)) = text.char_indices().find(|(_, c)| acts(*c)) {
        let around: String =
            text[..at].chars().rev().take(60).collect::<Vec<_>>().into_iter().rev().collect();
        panic!("{place}: {:?} after {around:?}", c);
    }
}

async fn quickly(world: &World, path: &str) -> Answer {
    let begun = Instant::now();
    let answer = world.get(path).await;
    assert!(begun.elapsed() < PATIENCE, "{path} took {:?}", begun.elapsed());
    assert_eq!(answer.status, 200, "{path}");
    answer
}

/// The values of an attribute in a page.
fn values(html: &str, attribute: &str) -> Vec<String> {
    let all = tags(html).into_iter().flat_map(|(_, rest)| attributes(rest));
    all.filter(|(name, _)| name == attribute).map(|(_, value)| value).collect()
}

async fn parts(world: &World, structure: &str, name: &str) -> usize {
    let html = quickly(world, structure).await;
    harmless(&html.text(), false, &format!("{name}: {structure}"));
    for address in values(&html.text(), "src") {
        let frame = quickly(world, &address).await;
        let policy = frame.header("content-security-policy");
        assert!(
            policy.starts_with("sandbox; default-src 'none'") && !policy.contains("script-src"),
            "{policy}"
        );
        harmless(&frame.text(), true, &format!("{name}: {address}"));
    }
    // Of a hundred parts in each other a dozen will do.
    let downloads: Vec<String> = values(&html.text(), "href").into_iter().take(12).collect();
    for address in &downloads {
        let file = quickly(world, address).await;
        let place = format!("{name}: {address}");
        assert_eq!(file.header("content-type"), "application/octet-stream", "{place}");
        assert_eq!(file.header("x-content-type-options"), "nosniff", "{place}");
        assert!(file.header("content-security-policy").starts_with("sandbox; default-src 'none'"), "{place}");
        let disposition = file.header("content-disposition");
        assert!(disposition.starts_with("attachment; filename=\""), "{place}: {disposition}");
        let called = disposition.split('"').nth(1).unwrap();
        assert!(called.ends_with(".bin") && !called.contains(['/', '\\', '%', ':']), "{place}: {called}");
        assert!(!file.headers.contains_key("set-cookie"), "{place}");
    }
    downloads.len()
}

#[tokio::test]
async fn hostile_mail_is_text_on_every_page_and_none_of_it_is_slow() {
    let world = World::new().await;
    let token = world.begin("playground").await;
    let handle = world.lab.open(&token).await.unwrap();
    let corpus = corpus();
    let socket = handle.connect("smtp").await.unwrap();
    socket.octets(b"EHLO far.test\r\n").await.unwrap();
    for (name, message) in &corpus {
        for line in ["MAIL FROM:<a@far.test>", "RCPT TO:<alice@lab.test>", "DATA"] {
            socket.octets(format!("{line}\r\n").as_bytes()).await.unwrap();
        }
        for piece in stuffed(message).chunks(64 << 10) {
            socket.octets(piece).await.unwrap();
        }
        let begun = Instant::now();
        socket.octets(b".\r\n").await.unwrap();
        assert!(begun.elapsed() < PATIENCE, "{name}: taking it took {:?}", begun.elapsed());
    }
    for line in ["telnet mail.lab.test 110", "USER alice", "PASS secret", "RETR 1", "QUIT"] {
        handle.input(Input::Line { term: TermId(1), text: line.into() }).await.unwrap();
    }
    let base = format!("/attempts/{token}");
    let mailboxes = quickly(&world, &format!("{base}/mailboxes")).await.text();
    harmless(&mailboxes, false, "the mailboxes");
    let messages = values(&mailboxes, "data-structure");
    assert_eq!(messages.len(), corpus.len(), "each was delivered");
    assert!(values(&mailboxes, "sandbox").iter().all(String::is_empty), "no frame is allowed anything");
    let mut downloads = 0;
    // The newest stands first.
    for (address, (name, _)) in messages.iter().zip(corpus.iter().rev()) {
        downloads += parts(&world, address, name).await;
    }
    for address in values(&mailboxes, "src") {
        harmless(&quickly(&world, &address).await.text(), true, &address);
    }
    assert!(downloads > 40, "{downloads} parts");

    harmless(&quickly(&world, &format!("{base}/network")).await.text(), false, "the network");
    let text = quickly(&world, &format!("{base}/transcript.txt")).await;
    plain(&text.text(), "the transcript as text");
    let json = quickly(&world, &format!("{base}/transcript.json")).await;
    assert!(json.header("content-type").starts_with("application/json"), "{}", json.header("content-type"));
    serde_json::from_str::<serde_json::Value>(&json.text()).unwrap();
    for answer in [&text, &json] {
        assert!(answer.header("content-disposition").starts_with("attachment"));
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
    }
    let report = quickly(&world, &format!("{base}/report")).await.text();
    plain(&report, "the report");
    for tag in ["<script>", "<script ", "<img", "<svg", "<iframe", "<style", " onerror=\"", " onload=\""] {
        let ours = tag == "<script "
            && report.matches(tag).count()
                == report.matches("<script type=\"module\" src=\"/static/").count();
        assert!(ours || !report.contains(tag), "{tag} in the report: {report}");
    }
}

#[tokio::test]
async fn no_address_leads_to_anything_that_is_no_message() {
    let world = World::new().await;
    let token = world.begin("playground").await;
    for path in [
        "messages/1",
        "messages/0",
        "messages/99999999",
        "messages/x",
        "messages/1/parts/0",
        "messages/1/html/0",
        "messages/-1/parts/0",
    ] {
        let answer = world.get(&format!("/attempts/{token}/{path}")).await;
        assert!([400, 404].contains(&answer.status.as_u16()), "{path}: {}", answer.status);
        assert!(answer.text().contains("<h1"), "{path} has a page with a way out");
    }
    assert_eq!(world.get("/attempts/unknown/network").await.status, 404);
    assert_eq!(world.get(&format!("/attempts/{token}/network?at=x")).await.status, 400);
    assert_eq!(world.get(&format!("/attempts/{token}/network?at=0")).await.status, 200);
    assert_eq!(world.get(&format!("/attempts/{token}/mailboxes?at=18446744073709551615")).await.status, 200);
}
