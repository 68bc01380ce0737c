//! A preview: an ordinary attempt with a seed that the author chose, at its start or after some lines of a script. It belongs
//! to a learner of its own, so that it counts nowhere.

use super::desk::ScriptName;
use super::playback::{Choice, played};
use super::{desk, find, playable};
use crate::attempt::Input;
use crate::author::schedule;
use crate::lab::{Handle, LONGEST_PASS, LabError};
use crate::store::Sent;
use crate::web::Site;
use crate::web::error::Problem;
use crate::web::ui::Ui;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use std::time::Duration;

/// The name under which the inputs of a script are numbered.
const CLIENT: &str = "author";
/// How long it is waited where the lab says that inputs come too fast.
const BREATH: Duration = Duration::from_millis(200);
/// How often.
const BREATHS: u32 = 200;

/// Is this attempt a preview?
pub(in crate::web) async fn is_preview(site: &Site, token: &str) -> bool {
    let Some(desk) = &site.desk else { return false };
    matches!(site.lab.find(token).await, Ok(Some(attempt)) if attempt.learner == desk.learner())
}

/// `POST /author/{file}/preview`.
pub(super) async fn begin(
    State(site): State<Site>,
    Path(file): Path<String>,
    headers: HeaderMap,
    form: Result<Form<Choice>, FormRejection>,
) -> Response {
    let ui = Ui::for_browser(&headers);
    let begun = match form {
        Ok(Form(choice)) => begun(ui, &site, &file, &choice).await,
        Err(rejection) => Err(Problem::of_status(rejection.status())),
    };
    match begun {
        Ok(handle) => Redirect::to(&format!("/attempts/{}", handle.token())).into_response(),
        Err(problem) => problem.page_in(ui),
    }
}

async fn begun(ui: &Ui, site: &Site, file: &str, choice: &Choice) -> Result<Handle, Problem> {
    let desk = desk(site)?;
    let (_, draft) = find(desk, file)?;
    let scenario = playable(&draft)?;
    let (seed, lang) = (choice.seed()?, choice.lang(ui));
    let first: Vec<(Duration, Input)> = match &choice.script {
        None => Vec::new(),
        Some(script) => {
            let script = ScriptName::parse(script).ok_or(Problem::NotFound)?;
            let playback = played(desk, scenario, script, choice, ui).await?;
            let lines = choice.lines(playback.lines.len());
            let inputs =
                lines.checked_sub(1).and_then(|last| playback.lines.get(last)).map_or(0, |line| line.inputs);
            schedule(playback.inputs.get(..inputs).unwrap_or_default())
        }
    };
    let handle = site.lab.create_with(desk.learner(), scenario.id(), lang, seed).await?;
    let mut numbered = 0..;
    for (after, input) in first {
        if matches!(input, Input::Pass) {
            let mut rest = after;
            while rest > Duration::ZERO {
                let some = rest.min(LONGEST_PASS);
                let seq = numbered.next().unwrap_or(0) + 1;
                patiently(|| handle.pass_once(Sent { client: CLIENT.to_owned(), seq }, Some(some))).await?;
                rest = rest.saturating_sub(some);
            }
        } else {
            patiently(|| handle.input(input.clone())).await?;
        }
    }
    Ok(handle)
}

/// Does it again where it comes too fast.
async fn patiently<T, F: Future<Output = Result<T, LabError>>>(does: impl Fn() -> F) -> Result<(), LabError> {
    for _ in 0..BREATHS {
        match does().await {
            Err(LabError::TooFast { .. }) => tokio::time::sleep(BREATH).await,
            done => return done.map(|_| ()),
        }
    }
    does().await.map(|_| ())
}
