//! What the tests of the pages share: the site over a data directory of its own, and a browser's requests.
#![allow(dead_code, unreachable_pub)] // each test file uses some of it

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use helo::lab::{Catalogue, Lab, LabOptions};
use helo::scenario::Scenario;
use helo::store::{Store, StoreOptions};
use helo::units::Time;
use helo::web::{Site, router};
use http_body_util::BodyExt as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use tower::ServiceExt as _;

const SCENARIOS: [(&str, &str); 4] = [
    ("first-contact.toml", include_str!("../../scenarios/first-contact.toml")),
    ("send-by-hand.toml", include_str!("../../scenarios/send-by-hand.toml")),
    ("forge-a-sender.toml", include_str!("../../scenarios/forge-a-sender.toml")),
    ("playground.toml", include_str!("../../scenarios/playground.toml")),
];

/// The host that the tests' browser asks for.
pub const HOST: &str = "127.0.0.1:8025";

/// A site with a data directory of its own, removed at the end.
pub struct World {
    pub lab: Lab,
    pub site: Site,
    dir: PathBuf,
}

impl World {
    pub async fn new() -> World {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("web-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        World::over(&Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)).await
    }

    /// The same with one scenario of the test's own.
    pub async fn with(file: &str, text: &str) -> World {
        let world = World::new().await;
        let scenario = Scenario::load(file, text).unwrap_or_else(|faults| panic!("{faults:#?}"));
        world.lab.offer(Catalogue::new([scenario]));
        world
    }

    async fn over(dir: &Path) -> World {
        let scenarios = SCENARIOS.map(|(file, text)| Scenario::load(file, text).unwrap());
        let store = Store::open(dir, StoreOptions::default()).await.unwrap();
        let lab = Lab::new(store, Catalogue::new(scenarios), LabOptions::default());
        let learner = lab.store().learner("local", "local", Time(0)).await.unwrap().id;
        World { site: Site::new(lab.clone(), learner), lab, dir: dir.to_owned() }
    }

    /// The same data after helo was stopped and started again.
    pub async fn restarted(self) -> World {
        self.lab.close().await;
        self.lab.store().close().await;
        let dir = self.dir.clone();
        std::mem::forget(self);
        World::over(&dir).await
    }

    pub fn router(&self) -> Router {
        router(self.site.clone())
    }

    pub async fn ask(&self, request: Request<Body>) -> Answer {
        let response = self.router().oneshot(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let body = response.into_body().collect().await.unwrap().to_bytes().to_vec();
        Answer { status, headers, body }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.ask(get(path).body(Body::empty()).unwrap()).await
    }

    pub async fn get_in(&self, path: &str, lang: &str) -> Answer {
        self.ask(get(path).header(header::ACCEPT_LANGUAGE, lang).body(Body::empty()).unwrap()).await
    }

    pub async fn post(&self, path: &str, form: &str) -> Answer {
        self.ask(post(path).body(Body::from(form.to_owned())).unwrap()).await
    }

    /// Begins an attempt; gives its token.
    pub async fn begin(&self, scenario: &str) -> String {
        let answer = self.post("/attempts", &format!("scenario={scenario}")).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        answer.header("location").strip_prefix("/attempts/").unwrap().to_owned()
    }
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.dir);
    }
}

pub fn get(path: &str) -> axum::http::request::Builder {
    Request::get(path).header(header::HOST, HOST)
}

/// A form sent from one of our own pages.
pub fn post(path: &str) -> axum::http::request::Builder {
    Request::post(path)
        .header(header::HOST, HOST)
        .header(header::ORIGIN, format!("http://{HOST}"))
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |v| v.to_str().unwrap())
    }
}
