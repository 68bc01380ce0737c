//! The lab in the browser, for one person on their own machine.
//!
//! - [`router`] gives all pages over a [`Site`]; it needs nothing but a tokio runtime, so tests call it directly.
//! - [`serve`] answers on a listener until it is told to stop.
//!
//! The page talks to its attempt over one WebSocket; what they say to each other stands in docs/page-protocol.md.
//! Everything the pages need is inside the binary. Nothing here looks into a world or speaks a mail protocol: pages show
//! events, texts of scenarios, reports and explanations.

mod assets;
mod attempt;
mod author;
mod background;
mod catalogue;
mod error;
mod evidence;
mod forms;
mod guard;
mod kept_back;
mod letter;
mod lines;
mod mailboxes;
mod markup;
mod network;
mod pages;
mod ports;
mod protocol;
mod quote;
mod reference;
mod replay;
mod report;
mod shown;
mod socket;
mod steps;
mod ui;
mod view;
mod way;
mod wire;

pub use author::Desk;
pub use letter::harmless_html;
pub use protocol::page_input;

use crate::lab::{Doors, Lab};
use crate::store::LearnerId;
use axum::Router;
use axum::http::StatusCode;
use axum::middleware::from_fn;
use axum::routing::{get, post};
use std::future::Future;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;

/// The longest form, in octets.
const FORM_OCTETS: usize = 64 << 10;
/// How long a page may take.
const TIMEOUT: Duration = Duration::from_secs(20);

/// What the pages are about: a lab, the one learner who works in it, and the real ports.
#[derive(Debug, Clone)]
pub struct Site {
    lab: Lab,
    learner: LearnerId,
    doors: Doors,
    statics: Option<Arc<Path>>,
    desk: Option<Desk>,
}

impl Site {
    /// A site for one learner, without real ports.
    pub fn new(lab: Lab, learner: LearnerId) -> Site {
        Site { lab, learner, doors: Doors::new(Vec::new()), statics: None, desk: None }
    }

    /// The same with these ports.
    pub fn with_doors(self, doors: Doors) -> Site {
        Site { doors, ..self }
    }

    /// The same with styles and modules from this folder, as they are there at each request, for whoever works on them.
    pub fn with_static(self, folder: &Path) -> Site {
        Site { statics: Some(folder.into()), ..self }
    }

    /// The same with the desk of its author, who works on the files that are being served.
    pub fn with_desk(self, desk: Desk) -> Site {
        Site { desk: Some(desk), ..self }
    }

    /// The lab.
    pub fn lab(&self) -> &Lab {
        &self.lab
    }

    /// The real ports.
    pub fn doors(&self) -> &Doors {
        &self.doors
    }
}

/// All pages.
pub fn router(site: Site) -> Router {
    Router::new()
        .route("/", get(catalogue::get))
        .route("/language", post(forms::language))
        .route("/attempts", post(forms::begin))
        .route("/attempts/{token}", get(attempt::get))
        .route("/attempts/{token}/ws", get(socket::get))
        .route("/attempts/{token}/lines/{n}", get(lines::get))
        .route("/attempts/{token}/mailboxes", get(attempt::mailbox_fragment))
        .route("/attempts/{token}/replay", get(replay::get))
        .route("/attempts/{token}/views", get(replay::views))
        .route("/attempts/{token}/steps", get(replay::steps))
        .route("/attempts/{token}/wire", get(wire::bytes_of_connection))
        .route("/attempts/{token}/wire/{n}", get(wire::octets))
        .route("/attempts/{token}/eavesdropper", get(wire::overheard))
        .route("/attempts/{token}/network", get(attempt::network_fragment))
        .route("/attempts/{token}/messages/{n}", get(letter::get))
        .route("/attempts/{token}/messages/{n}/parts/{k}", get(letter::part))
        .route("/attempts/{token}/messages/{n}/html/{k}", get(letter::html))
        .route("/attempts/{token}/report", get(report::get))
        .route("/attempts/{token}/transcript.txt", get(report::transcript_text))
        .route("/attempts/{token}/transcript.json", get(report::transcript_json))
        .route("/attempts/{token}/reset", post(forms::reset))
        .route("/attempts/{token}/ports", post(ports::pin))
        .route("/attempts/{token}/ports/leave", post(ports::unpin))
        .route("/attempts/{token}/ca.pem", get(ports::authority))
        .route("/reference", get(reference::get))
        .route("/background", get(background::contents))
        .route("/background/{chapter}", get(background::chapter))
        .route("/reference/fragment", get(reference::fragment))
        .route("/static/{*name}", get(assets::get))
        .merge(author::routes())
        .fallback(pages::not_found)
        .with_state(site)
        .layer(RequestBodyLimitLayer::new(FORM_OCTETS))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, TIMEOUT))
        .layer(CsrfLayer::new())
        .layer(CatchPanicLayer::new())
        .layer(from_fn(guard::guard))
}

/// Answers on this listener until `stop` is ready; then lets what is under way end. Pages that are open hear from the
/// lab that it closes ([`Lab::close`]), which the caller does at the same time.
///
/// # Errors
/// What the operating system has against the listener.
pub async fn serve(
    listener: TcpListener,
    site: Site,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    axum::serve(listener, router(site)).with_graceful_shutdown(stop).await
}
