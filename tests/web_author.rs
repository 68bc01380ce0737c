//! The author's pages, asked as a browser asks.

mod web_support;

use axum::http::StatusCode;
use helo::author::Shelf;
use helo::lab::Catalogue;
use helo::scenario::Scenario;
use helo::units::Time;
use helo::web::Desk;
use std::time::Duration;
use web_support::World;

const LESSON: &str = include_str!("cli/lesson.toml");

/// A site whose author works on `lesson.toml` and a file that nobody can read.
async fn world() -> (World, Desk) {
    let mut world = World::new().await;
    let mut shelf = Shelf::default();
    shelf.put("lessons/lesson.toml", LESSON, Scenario::load("lesson.toml", LESSON));
    shelf.put(
        "lessons/new.toml",
        "format = 1\nidd = \"new\"\n",
        Scenario::load("x", "format = 1\nidd = \"new\"\n"),
    );
    let author = world.lab.store().learner("preview", "preview", Time(0)).await.unwrap();
    let desk = Desk::new(shelf, author.id);
    world.lab.offer(Catalogue::new(desk.change(|shelf| shelf.offered())));
    world.site = world.site.clone().with_desk(desk.clone());
    (world, desk)
}

/// The author saves the file.
fn save(world: &World, desk: &Desk, text: &str) {
    let name = "lessons/lesson.toml";
    desk.change(|shelf| shelf.put(name, text, Scenario::load(name, text)));
    world.lab.offer(Catalogue::new(desk.change(|shelf| shelf.offered())));
}

#[tokio::test]
async fn without_a_folder_there_is_no_desk() {
    let world = World::new().await;
    for path in ["/author", "/author/state", "/author/first-contact"] {
        assert_eq!(world.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert!(!world.get("/").await.text().contains("href=\"/author\""));
}

#[tokio::test]
async fn each_file_is_listed_with_how_it_stands() {
    let (world, _desk) = world().await;
    assert!(world.get("/").await.text().contains("href=\"/author\""));
    let page = world.get_in("/author", "en").await.text();
    assert!(page.contains("data-file=\"lesson\" data-standing=\"readable\""), "{page}");
    assert!(page.contains("data-file=\"new\" data-standing=\"faults\""), "{page}");
    assert!(page.contains("Not on offer: there has been no good version yet"), "{page}");
    assert!(world.get_in("/author", "de").await.text().contains("Nicht im Angebot"));
}

#[tokio::test]
async fn faults_stand_where_they_are_and_the_last_good_version_stays() {
    let (world, desk) = world().await;
    let before = world.get("/author/lesson/state").await.text();
    let old = world.begin("lesson").await;
    save(&world, &desk, &LESSON.replace("minutes = ", "minuts = "));
    assert_ne!(world.get("/author/lesson/state").await.text(), before, "the page hears of it");
    let line = 1 + LESSON.lines().position(|l| l.starts_with("minutes")).unwrap();
    let page = world.get_in("/author/lesson", "de").await.text();
    for part in [
        "data-standing=\"faults\"",
        "Lernende bekommen die letzte gute Fassung",
        "Unbekannter Schlüssel <code>unknown-key</code>",
        &format!("<a href=\"#line-{line}\">Zeile {line}</a>"),
        "<pre aria-hidden=\"true\" lang=\"en\">^^^^^^ a scenario has no such key</pre>",
        "did you mean <code>minutes</code>?",
    ] {
        assert!(page.contains(part), "no {part} in\n{page}");
    }
    // Learners go on as before, and begin as before.
    assert_eq!(world.get(&format!("/attempts/{old}")).await.status, StatusCode::OK);
    world.begin("lesson").await;
    // A version without faults is what is begun from then on; what was begun keeps its own.
    save(&world, &desk, &LESSON.replace("title = { en = \"", "title = { en = \"Anew: "));
    let new = world.begin("lesson").await;
    let title =
        |page: String| page.split("<title>").nth(1).unwrap().split("</title>").next().unwrap().to_owned();
    let old = title(world.get_in(&format!("/attempts/{old}"), "en").await.text());
    let new = title(world.get_in(&format!("/attempts/{new}"), "en").await.text());
    assert_eq!(new, format!("Anew: {old}"));
}

#[tokio::test]
async fn a_file_that_is_gone_is_no_longer_on_offer() {
    let (world, desk) = world().await;
    let attempt = world.begin("lesson").await;
    desk.change(|shelf| shelf.remove("lessons/lesson.toml"));
    world.lab.offer(Catalogue::new(desk.change(|shelf| shelf.offered())));
    assert_eq!(world.get("/author/lesson").await.status, StatusCode::NOT_FOUND);
    assert_eq!(world.post("/attempts", "scenario=lesson").await.status, StatusCode::NOT_FOUND);
    assert_eq!(world.get(&format!("/attempts/{attempt}")).await.status, StatusCode::OK);
    // Even after it has left memory.
    let world = world.restarted().await;
    assert_eq!(world.get(&format!("/attempts/{attempt}")).await.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn scripts_are_played_in_the_background_and_their_faults_shown() {
    let (world, desk) = world().await;
    save(&world, &desk, &LESSON.replace("MAIL FROM:<me@lab.test>\nRCPT", "RCPT"));
    let mut page = world.get_in("/author/lesson", "en").await.text();
    assert!(page.contains("data-standing=\"running\""), "{page}");
    for _ in 0..600 {
        if !page.contains("data-standing=\"running\"") {
            break;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
        page = world.get_in("/author/lesson", "en").await.text();
    }
    for part in [
        "data-code=\"solution-falls-short\"",
        "data-code=\"solution-makes-mistake\"",
        "solution <code>brackets</code> earns 0 of 3 in step <code>letter</code>",
        "Solution that falls short",
    ] {
        assert!(page.contains(part), "no {part} in\n{page}");
    }
}

#[tokio::test]
async fn a_solution_is_played_back_line_by_line() {
    let (world, _desk) = world().await;
    let at = |line: &str| format!("/author/lesson/play/solution-1?seed=1&lang=en&line={line}");
    let start = world.get_in(&at("0"), "en").await.text();
    assert!(start.contains("Solution: brackets") && !start.contains("class=\"typed\""), "{start}");
    let third = world.get_in(&at("3"), "en").await.text();
    assert_eq!(third.matches("class=\"typed\"").count(), 3, "{third}");
    assert!(third.contains("id=\"played-3\" data-place=\"3\" aria-current=\"step\""), "{third}");
    let end = world.get_in(&at("1000"), "en").await.text();
    for part in ["class=\"earned\"", "✓ done", "Afterwards: half a minute", "250 2.1.0 Ok"] {
        assert!(end.contains(part), "no {part} in\n{end}");
    }
    let mistakes = world.get_in("/author/lesson/play/counterexample-1?line=1000", "en").await.text();
    assert!(mistakes.contains("class=\"told\""), "{mistakes}");
    for wrong in ["solution-0", "solution-99", "brackets", "solution-"] {
        let path = format!("/author/lesson/play/{wrong}");
        assert_eq!(world.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(world.get("/author/new/play/solution-1").await.status, StatusCode::NOT_FOUND);
    let refused = world.get("/author/lesson/play/solution-1?seed=one").await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_preview_is_an_attempt_under_the_chosen_seed_that_counts_nowhere() {
    let (world, desk) = world().await;
    let answer = world.post("/author/lesson/preview", "seed=7&lang=de").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let address = answer.header("location").to_owned();
    let token = address.strip_prefix("/attempts/").unwrap().to_owned();
    let kept = world.lab.find(&token).await.unwrap().unwrap();
    assert_eq!((kept.seed, kept.lang.code()), (7, "de"));
    let page = world.get_in(&address, "en").await.text();
    assert!(page.contains("class=\"preview-mark\""), "it says that it is one");
    assert!(!world.get("/").await.text().contains(&token), "it is nobody's progress");
    // Begun anew it is the same preview again.
    let again = world.post(&format!("{address}/reset"), "").await;
    let again = again.header("location").strip_prefix("/attempts/").unwrap().to_owned();
    let again = world.lab.find(&again).await.unwrap().unwrap();
    assert_eq!((again.seed, again.learner), (7, kept.learner));
    let own = world.begin("lesson").await;
    assert!(!world.get(&format!("/attempts/{own}")).await.text().contains("preview-mark"));
    drop(desk);
}

#[tokio::test]
async fn an_attempt_can_be_opened_where_a_script_has_come_to() {
    let (world, _desk) = world().await;
    let all = world.get_in("/author/lesson/play/solution-1?seed=3&lang=en&line=0", "en").await.text();
    let all: usize =
        all.split("id=\"played\">0 of ").nth(1).unwrap().split(' ').next().unwrap().parse().unwrap();
    let mut points = Vec::new();
    for line in [1, all] {
        let form = format!("seed=3&lang=en&script=solution-1&line={line}");
        let answer = world.post("/author/lesson/preview", &form).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        let token = answer.header("location").strip_prefix("/attempts/").unwrap().to_owned();
        let report = world.lab.open(&token).await.unwrap().report().await.unwrap();
        points.push((report.points, report.max_points));
    }
    assert!(points[0].0 < points[0].1, "one line is not everything");
    assert_eq!(points[1].0, points[1].1, "the whole solution is");
}
