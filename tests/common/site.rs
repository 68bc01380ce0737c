//! helo within the test: a lab over a store of its own, its pages on a real port.

use helo::lab::{Catalogue, Lab, LabOptions};
use helo::scenario::Scenario;
use helo::store::{Store, StoreOptions};
use helo::web::{Site, serve};
use std::future::pending;
use std::path::Path;
use tokio::net::TcpListener;

/// A site that answers as long as the runtime lives.
pub(crate) struct Served {
    /// Host and port.
    pub(crate) address: String,
    /// What is behind it.
    pub(crate) lab: Lab,
}

/// A scenario of the project.
pub(crate) fn scenario(id: &str) -> Scenario {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(format!("{id}.toml"));
    let text = std::fs::read_to_string(&file).unwrap();
    Scenario::load(&file.to_string_lossy(), &text).unwrap_or_else(|faults| panic!("{id}: {faults:?}"))
}

/// Serves these scenarios over an empty data directory, whose name must be no other test's.
pub(crate) async fn site(name: &str, scenarios: &[&str], options: LabOptions) -> Served {
    let data = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("data-{name}"));
    let _ = std::fs::remove_dir_all(&data);
    let store = Store::open(&data, StoreOptions::default()).await.unwrap();
    let lab = Lab::new(store, Catalogue::new(scenarios.iter().map(|id| scenario(id))), options);
    let learner = lab.store().learner("local", "you", lab.wall_clock()).await.unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    tokio::spawn(serve(listener, Site::new(lab.clone(), learner.id), pending()));
    Served { address, lab }
}
