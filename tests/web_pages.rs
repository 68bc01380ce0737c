//! The pages without a browser: what is answered, with which headers, and that nothing in a mail becomes part of a page.

mod web_support;

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use helo::attempt::Input;
use helo::units::TermId;
use web_support::{HOST, World, get, post};

#[tokio::test]
async fn the_catalogue_shows_how_far_one_has_come() {
    let world = World::new().await;
    let page = world.get("/").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains("Send a mail by hand") && !page.text().contains("data-action=\"continue\""));
    let german = world.get_in("/", "de-AT,de;q=0.9").await.text();
    assert!(
        german.contains("<html lang=\"de\">") && german.contains("Eine Mail von Hand verschicken"),
        "{german}"
    );

    let token = world.begin("send-by-hand").await;
    let handle = world.lab.open(&token).await.unwrap();
    for line in ["telnet mail.example.org 25", "EHLO ws.lab.test"] {
        handle.input(Input::Line { term: TermId(1), text: line.into() }).await.unwrap();
    }
    let page = world.get("/").await.text();
    assert!(page.contains(&format!("data-action=\"continue\" href=\"/attempts/{token}\"")), "{page}");
    assert!(page.contains("1 of 10 points"), "{page}");
}

#[tokio::test]
async fn every_answer_forbids_what_no_page_of_ours_needs() {
    let world = World::new().await;
    let token = world.begin("send-by-hand").await;
    for path in [
        "/".to_owned(),
        format!("/attempts/{token}"),
        format!("/attempts/{token}/report"),
        format!("/attempts/{token}/replay?at=1"),
        format!("/attempts/{token}/views"),
        format!("/attempts/{token}/steps?at=1"),
        format!("/attempts/{token}/mailboxes"),
        format!("/attempts/{token}/transcript.txt"),
        format!("/attempts/{token}/transcript.json"),
        format!("/attempts/{token}/ws"),
        "/static/css/base.css".to_owned(),
        "/static/nothing".to_owned(),
        "/attempts/unknown".to_owned(),
        "/nowhere".to_owned(),
    ] {
        let page = world.get(&path).await;
        assert_eq!(
            page.header("content-security-policy"),
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
             form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            "{path}"
        );
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(page.header(name), value, "{path}");
        }
        if page.header("content-type").starts_with("text/html") {
            assert!(!inline(&page.text()), "{path} has a script or style of its own:\n{}", page.text());
        }
    }
}

/// Has the page a script, a style or a handler in itself, or anything from elsewhere?
fn inline(html: &str) -> bool {
    let html = html.to_ascii_lowercase();
    let bare_script = html
        .match_indices("<script")
        .any(|(at, _)| !html[at..].starts_with("<script type=\"module\" src=\"/static/"));
    let tags = html.split('<').skip(1).filter_map(|t| t.split_once('>'));
    let handler = tags.into_iter().any(|(tag, _)| {
        tag.contains(" on")
            && tag.contains("=\"")
            && tag
                .split(" on")
                .skip(1)
                .any(|a| a.split_once('=').is_some_and(|(n, _)| n.chars().all(|c| c.is_ascii_lowercase())))
    });
    bare_script
        || handler
        || html.contains("<style")
        || html.contains(" style=")
        || html.contains("http://")
        || html.contains("https://")
}

#[tokio::test]
async fn only_this_machine_and_its_own_pages_are_listened_to() {
    let world = World::new().await;
    let begin = "scenario=send-by-hand";
    let form = |origin: Option<&str>, site: Option<&str>, host: &str| {
        let mut request = Request::post("/attempts")
            .header(header::HOST, host)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        if let Some(origin) = origin {
            request = request.header(header::ORIGIN, origin);
        }
        if let Some(site) = site {
            request = request.header("sec-fetch-site", site);
        }
        request.body(Body::from(begin)).unwrap()
    };
    for (origin, site, host, status) in [
        (Some("http://127.0.0.1:8025"), Some("same-origin"), HOST, 303),
        (None, None, HOST, 303),
        (Some("http://localhost:8025"), None, "localhost:8025", 303),
        (Some("https://evil.example"), Some("cross-site"), HOST, 403),
        (Some("https://evil.example"), None, HOST, 403),
        (Some("null"), Some("cross-site"), HOST, 403),
        (Some("http://evil.example:8025"), Some("same-origin"), "evil.example:8025", 421),
        (None, None, "192.0.2.1:8025", 421),
        (None, None, "", 421),
    ] {
        let answer = world.ask(form(origin, site, host)).await;
        assert_eq!(answer.status.as_u16(), status, "{origin:?} {site:?} {host}");
        if status != 303 {
            assert!(answer.text().contains("href=\"/\""), "an error page has a way out");
        }
    }
    let without_host = Request::get("/").body(Body::empty()).unwrap();
    assert_eq!(world.ask(without_host).await.status.as_u16(), 421);
}

#[tokio::test]
async fn what_goes_wrong_has_a_page_with_a_way_out() {
    let world = World::new().await;
    let big = format!("scenario={}", "x".repeat(100_000));
    for (method, path, form, status) in [
        (Method::GET, "/nowhere", "", 404),
        (Method::GET, "/attempts/0123", "", 404),
        (Method::GET, "/attempts/0123/report", "", 404),
        (Method::GET, "/attempts/0123/mailboxes", "", 404),
        (Method::GET, "/attempts/0123/ws", "", 400),
        (Method::GET, "/attempts", "", 404),
        (Method::GET, "/static/../Cargo.toml", "", 404),
        (Method::DELETE, "/", "", 404),
        (Method::POST, "/attempts", "scenario=send-by-had", 404),
        (Method::POST, "/attempts", "szenario=x", 400),
        (Method::POST, "/attempts", &big, 413),
        (Method::POST, "/attempts/0123/reset", "", 404),
        (Method::POST, "/language", "lang=fr&back=/", 400),
    ] {
        let request = post(path).method(method.clone()).header(header::ACCEPT_LANGUAGE, "de");
        let answer = world.ask(request.body(Body::from(form.to_owned())).unwrap()).await;
        assert_eq!(answer.status.as_u16(), status, "{method} {path} {}", answer.text());
        assert!(
            answer.text().contains("data-page=\"error\"") && answer.text().contains("Zu den Szenarien"),
            "{path}"
        );
    }
    let similar = world.post("/attempts", "scenario=send-by-had").await.text();
    assert!(similar.contains("send-by-hand"), "{similar}");
}

#[tokio::test]
async fn the_language_chosen_stays() {
    let world = World::new().await;
    let answer = world.post("/language", "lang=de&back=%2Fattempts%2Fab").await;
    assert_eq!((answer.status.as_u16(), answer.header("location")), (303, "/attempts/ab"));
    let cookie = answer.header("set-cookie");
    assert_eq!(cookie, "helo-lang=de; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly");
    let page = get("/").header(header::COOKIE, "helo-lang=de").header(header::ACCEPT_LANGUAGE, "en");
    assert!(world.ask(page.body(Body::empty()).unwrap()).await.text().contains("<html lang=\"de\">"));
    let elsewhere = world.post("/language", "lang=en&back=%2F%2Fevil.example").await;
    assert_eq!(elsewhere.header("location"), "/");
}

#[tokio::test]
async fn styles_and_modules_come_compressed_and_once() {
    let world = World::new().await;
    let page = world.get("/").await.text();
    let style =
        page.split("rel=\"stylesheet\" href=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let plain = world.get(&style).await;
    assert_eq!(plain.header("content-type"), "text/css; charset=utf-8");
    assert_eq!(plain.header("cache-control"), "public, max-age=31536000, immutable");
    let bare = world.get("/static/css/base.css").await;
    assert_eq!((bare.header("cache-control"), bare.body == plain.body), ("no-cache", true));

    let ask = |name: header::HeaderName, value: &str| {
        get("/static/css/base.css").header(name, value).body(Body::empty()).unwrap()
    };
    let gzip = world.ask(ask(header::ACCEPT_ENCODING, "br, gzip;q=0.5")).await;
    assert_eq!((gzip.header("content-encoding"), gzip.header("vary")), ("gzip", "accept-encoding"));
    assert!(gzip.body.len() * 2 < plain.body.len() && gzip.body.starts_with(&[0x1f, 0x8b]));
    let refused = world.ask(ask(header::ACCEPT_ENCODING, "gzip;q=0")).await;
    assert_eq!(refused.header("content-encoding"), "");
    let tag = plain.header("etag").to_owned();
    for sent in [tag.clone(), format!("W/{tag}"), format!("\"other\", {tag}"), "*".to_owned()] {
        let again = world.ask(ask(header::IF_NONE_MATCH, &sent)).await;
        assert_eq!((again.status.as_u16(), again.body.len()), (304, 0), "{sent}");
    }
    assert_eq!(world.ask(ask(header::IF_NONE_MATCH, "\"other\"")).await.status.as_u16(), 200);
}

#[tokio::test]
async fn a_new_attempt_leaves_the_old_one() {
    let world = World::new().await;
    let old = world.begin("send-by-hand").await;
    let answer = world.post(&format!("/attempts/{old}/reset"), "").await;
    let new = answer.header("location").strip_prefix("/attempts/").unwrap().to_owned();
    assert_ne!(old, new);
    for token in [old, new] {
        assert_eq!(world.get(&format!("/attempts/{token}")).await.status, StatusCode::OK);
    }
    assert!(world.get("/").await.text().contains("attempt 2"));
}

#[tokio::test]
async fn the_report_names_what_earned_the_points() {
    let world = World::new().await;
    let token = world.begin("send-by-hand").await;
    let handle = world.lab.open(&token).await.unwrap();
    let lines = ["telnet mail.example.org 25", "EHLO ws.lab.test", "Subject: too early", "QUIT"];
    for line in lines {
        handle.input(Input::Line { term: TermId(1), text: line.into() }).await.unwrap();
    }
    handle.input(Input::Hint { step: "envelope".to_owned() }).await.unwrap();
    handle.input(Input::Answer { step: "code".to_owned(), text: "354".to_owned() }).await.unwrap();
    let report = world.get_in(&format!("/attempts/{token}/report"), "de").await.text();
    for part in [
        "<code>EHLO ws.lab.test → 250 mail.example.org</code>",
        "<code>Antwort → 354</code>",
        "1 Tipp genommen",
        "Das ist eine Zeile aus dem Kopf eines Briefs",
        "3 von 10 Punkten",
    ] {
        assert!(report.contains(part), "{part}\n{report}");
    }
    let text = world.get(&format!("/attempts/{token}/transcript.txt")).await;
    assert_eq!(text.header("content-disposition"), "attachment; filename=\"helo-send-by-hand-1.txt\"");
    assert!(text.text().contains("EHLO ws.lab.test"));
    let json = world.get(&format!("/attempts/{token}/transcript.json")).await;
    let entries: Vec<serde_json::Value> = serde_json::from_slice(&json.body).unwrap();
    assert_eq!(entries[0]["n"], 1);
}

#[tokio::test]
async fn a_hostile_mail_is_text_on_every_page() {
    let world = World::new().await;
    let token = world.begin("forge-a-sender").await;
    let handle = world.lab.open(&token).await.unwrap();
    let snapshot = handle.subscribe(helo::units::EventNo(1)).await.unwrap().snapshot;
    let victim = snapshot.about.drawn.as_ref().unwrap().setup.mailboxes[0].address.clone();
    let evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>\u{202e}txt.exe\u{200b}";
    let mut mail = b"telnet mail.example.tld 25\nhelo x\nmail from:<a@tester.tld>\n".to_vec();
    mail.extend_from_slice(format!("rcpt to:<{victim}>\ndata\n").as_bytes());
    for name in ["Received", "From", "To", "Subject", "Date", "Reply-To", "X-Mailer", "Content-Type", evil] {
        mail.extend_from_slice(format!("{name}: {evil} ").as_bytes());
        mail.extend_from_slice(b"=?utf-8?q?=3Cscript=3E=E2=80=AE?= \xff\xfe\xc3\x28 \x1b[31m\n");
    }
    mail.extend_from_slice(format!("\n{evil}\n").as_bytes());
    mail.extend_from_slice(b"\xff\xfe\n.\nquit\n");
    handle.input(Input::Paste { term: TermId(1), text: mail.into() }).await.unwrap();
    handle.input(Input::Line { term: TermId(1), text: evil.into() }).await.unwrap();
    handle.input(Input::Answer { step: "origin".to_owned(), text: evil.to_owned() }).await.unwrap();
    for page in ["", "/mailboxes", "/report", "/replay", "/mailboxes?at=9999"] {
        let html = world.get(&format!("/attempts/{token}{page}")).await.text();
        assert!(!html.contains("<script>") && !html.contains("<img"), "{page}: {html}");
        let acts =
            |c: char| (c.is_control() && c != '\n' && c != '\t') || "\u{202e}\u{200b}\u{feff}".contains(c);
        assert!(!html.chars().any(acts), "{page}");
        if page != "/report" {
            assert!(
                html.contains("&lt;script&gt;") && html.contains("U+202E") && html.contains("0xFF"),
                "{page}: {html}"
            );
        }
    }
}
