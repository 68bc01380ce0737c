//! Real mail programs: the panel on the lab page that says how to connect them, and the forms that lead the ports into
//! an attempt. There is one set of ports for all attempts, so a second claim asks first.

use super::Site;
use super::attempt::{shown, unreadable};
use super::error::Problem;
use super::pages::{Frame, page};
use super::ui::Ui;
use crate::lab::{Doors, Snapshot};
use askama::Template;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use std::net::IpAddr;

/// The panel.
#[derive(Debug, Template)]
#[template(path = "ports.html")]
pub(super) struct Ports {
    ui: &'static Ui,
    token: String,
    leads: Leads,
    rows: Vec<Row>,
    examples: Vec<Example>,
    ca: bool,
    frozen: bool,
}

/// Where the ports lead.
#[derive(Debug, PartialEq, Eq)]
enum Leads {
    /// There are none: helo was told not to open any, or could not.
    NoPorts,
    /// The scenario has none.
    NotHere,
    /// Nowhere yet.
    Nowhere,
    /// Into this attempt.
    Here,
    /// Into another one.
    Elsewhere,
}

/// A port that leads into the scenario.
#[derive(Debug)]
struct Row {
    service: String,
    address: String,
    encryption: String,
    to: String,
}

/// How a program is pointed at the ports.
#[derive(Debug)]
struct Example {
    program: &'static str,
    lines: Vec<String>,
}

/// The page that asks before the ports are taken away from another attempt.
#[derive(Template)]
#[template(path = "claim.html")]
struct Claim {
    ui: &'static Ui,
    frame: Frame,
    token: String,
    other: String,
}

/// Leads the ports here; `take` says that another attempt may lose them.
#[derive(Deserialize)]
pub(super) struct Pin {
    take: Option<String>,
}

/// `POST /attempts/{token}/ports`.
pub(super) async fn pin(
    State(site): State<Site>,
    headers: HeaderMap,
    Path(token): Path<String>,
    form: Result<Form<Pin>, FormRejection>,
) -> Response {
    let pin = match form {
        Ok(Form(pin)) => pin,
        Err(rejection) => return Problem::of_status(rejection.status()).page(&headers),
    };
    let handle = match site.lab.open(&token).await {
        Ok(handle) => handle,
        Err(error) => return Problem::Lab(error).page(&headers),
    };
    match site.doors.pinned().filter(|other| other.token() != token) {
        Some(other) if pin.take.is_none() => {
            let ui = Ui::for_browser(&headers);
            let title = ui.t("claim-title");
            let claim = Claim {
                ui,
                frame: Frame::new(ui, "claim", &title, &format!("/attempts/{token}")),
                token,
                other: other.token().to_owned(),
            };
            page(&claim, &headers)
        }
        _ => {
            site.doors.pin(&handle);
            match site.lab.remember_pinned(Some(&token)).await {
                Ok(()) => back(&token),
                Err(error) => Problem::Lab(error).page(&headers),
            }
        }
    }
}

/// `POST /attempts/{token}/ports/leave`.
pub(super) async fn unpin(
    State(site): State<Site>,
    headers: HeaderMap,
    Path(token): Path<String>,
) -> Response {
    let here = site.doors.pinned().is_some_and(|attempt| attempt.token() == token);
    site.doors.unpin(&token);
    if here && let Err(error) = site.lab.remember_pinned(None).await {
        return Problem::Lab(error).page(&headers);
    }
    // The token may be anything; an address of ours is made of what a token can be.
    if token.bytes().all(|b| b.is_ascii_alphanumeric()) { back(&token) } else { back("") }
}

fn back(token: &str) -> Response {
    Redirect::to(&format!("/attempts/{token}#ports")).into_response()
}

/// `GET /attempts/{token}/ca.pem`.
pub(super) async fn authority(
    State(site): State<Site>,
    headers: HeaderMap,
    Path(token): Path<String>,
) -> Response {
    shown(&site, &headers, &token, |_, there| {
        let drawn = there.about.drawn.as_ref().ok_or_else(|| Problem::Lab(unreadable(there)))?;
        let pem = drawn.setup.keyring.authority_pem().ok_or(Problem::NotFound)?;
        let mut response = pem.into_response();
        let kind = HeaderValue::from_static("application/x-pem-file");
        let name = HeaderValue::from_static("attachment; filename=\"helo-ca.pem\"");
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
        response.headers_mut().insert(header::CONTENT_DISPOSITION, name);
        Ok(response)
    })
    .await
}

/// The panel of an attempt.
pub(super) fn ports(ui: &'static Ui, doors: &Doors, there: &Snapshot) -> Ports {
    let about = &there.about;
    let setup = about.drawn.as_ref().map(|drawn| &drawn.setup);
    let mut open = Vec::new();
    let mut rows = Vec::new();
    for door in doors.open() {
        let Some((host, port)) = setup.and_then(|s| s.ports.get(&door.service)) else { continue };
        let tls = setup.is_some_and(|s| s.keyring.hosts.contains_key(host));
        let encryption = match (tls, door.service.as_str()) {
            (false, _) => "ports-plain",
            (true, "smtps" | "pop3s" | "imaps") => "ports-implicit",
            (true, "pop3") => "ports-upgrade-pop3",
            (true, _) => "ports-upgrade",
        };
        open.push(Open {
            service: &door.service,
            ip: door.address.ip(),
            port: door.address.port(),
            host,
            tls,
            login: setup.is_some_and(|s| s.asks_for_login(host, *port)),
        });
        rows.push(Row {
            service: door.service.clone(),
            address: format!("{}:{}", name(door.address.ip()), door.address.port()),
            encryption: ui.t(encryption),
            to: format!("{host}:{port}"),
        });
    }
    let leads = match doors.pinned() {
        _ if doors.open().is_empty() => Leads::NoPorts,
        _ if rows.is_empty() => Leads::NotHere,
        None => Leads::Nowhere,
        Some(pinned) if pinned.token() == about.token => Leads::Here,
        Some(_) => Leads::Elsewhere,
    };
    // Addresses are no secret: the panel of mailboxes names them all.
    let user = |host: &str| {
        let found = setup.and_then(|s| s.mailboxes.iter().find(|m| m.host == host));
        found.map_or_else(|| "USER".to_owned(), |m| m.address.clone())
    };
    Ports {
        ui,
        token: about.token.clone(),
        leads,
        examples: examples(&open, user),
        rows,
        ca: setup.is_some_and(|s| s.keyring.authority.is_some()),
        frozen: there.frozen.is_some(),
    }
}

/// A port that is open and leads to a host of the scenario.
struct Open<'a> {
    service: &'a str,
    ip: IpAddr,
    port: u16,
    host: &'a str,
    tls: bool,
    /// Mail is taken only from users who have signed in.
    login: bool,
}

impl Open<'_> {
    fn address(&self) -> String {
        format!("{}:{}", name(self.ip), self.port)
    }
}

/// What programs call the address; the certificates name it so too.
fn name(ip: IpAddr) -> String {
    match ip.to_string().as_str() {
        "127.0.0.1" | "::1" => "localhost".to_owned(),
        _ if ip.is_ipv6() => format!("[{ip}]"),
        other => other.to_owned(),
    }
}

/// Command lines that work as they stand, save for names and passwords, with the real numbers of the ports.
fn examples(open: &[Open<'_>], user: impl Fn(&str) -> String) -> Vec<Example> {
    let of = |services: &[&str]| services.iter().find_map(|s| open.iter().find(|o| o.service == *s));
    let (send, plain) = (of(&["submission", "smtp"]), of(&["smtp", "submission"]));
    let (sends, fetch, fetches) = (of(&["smtps"]), of(&["pop3"]), of(&["pop3s"]));
    let (imap, imaps) = (of(&["imap"]), of(&["imaps"]));
    let mut telnet = Vec::new();
    for o in [plain, fetch, imap].into_iter().flatten() {
        telnet.push(format!("telnet {} {}", name(o.ip), o.port));
    }
    let mut openssl = Vec::new();
    for (o, upgrade) in [(send, "smtp"), (fetch, "pop3"), (imap, "imap")] {
        if let Some(o) = o.filter(|o| o.tls) {
            let start = format!("-starttls {upgrade} -connect {}", o.address());
            openssl.push(format!("openssl s_client {start} -crlf -quiet -CAfile helo-ca.pem"));
        }
    }
    for o in [sends, fetches, imaps].into_iter().flatten().filter(|o| o.tls) {
        openssl.push(format!("openssl s_client -connect {} -crlf -quiet -CAfile helo-ca.pem", o.address()));
    }
    let mut swaks = Vec::new();
    let mut curl = Vec::new();
    let mut mutt = Vec::new();
    if let Some(o) = send {
        let user = user(o.host);
        let tls = if o.tls { " --tls" } else { "" };
        let auth = if o.login { format!(" --auth --auth-user {user}") } else { String::new() };
        swaks.push(format!("swaks --server {}{tls}{auth} --from {user} --to {user}", o.address()));
        let (tls, ca) = if o.tls { (" --ssl-reqd", " --cacert helo-ca.pem") } else { ("", "") };
        let auth = if o.login { format!(" -u {user}") } else { String::new() };
        curl.push(format!(
            "curl smtp://{}{tls}{ca}{auth} --mail-from {user} --mail-rcpt {user} -T letter.txt",
            o.address()
        ));
    }
    for (o, scheme) in [
        (fetches.filter(|o| o.tls), "pop3s"),
        (fetch, "pop3"),
        (imaps.filter(|o| o.tls), "imaps"),
        (imap, "imap"),
    ] {
        if let Some(o) = o {
            // Where the port is in plain text, --ssl-reqd upgrades first.
            let ca = match (o.tls, scheme.ends_with('s')) {
                (false, _) => "",
                (true, false) => " --ssl-reqd --cacert helo-ca.pem",
                (true, true) => " --cacert helo-ca.pem",
            };
            curl.push(format!("curl {scheme}://{}/{ca} -u {}", o.address(), user(o.host)));
        }
    }
    for (o, scheme) in [
        (imaps.filter(|o| o.tls), "imaps"),
        (imap, "imap"),
        (fetches.filter(|o| o.tls), "pops"),
        (fetch, "pop"),
    ] {
        if let Some(o) = o {
            let ca = if o.tls { " -e 'set certificate_file=helo-ca.pem'" } else { "" };
            mutt.push(format!(
                "mutt{ca} -f {scheme}://{}@{}/",
                user(o.host).replace('@', "%40"),
                o.address()
            ));
            break;
        }
    }
    let all = [("telnet", telnet), ("openssl", openssl), ("swaks", swaks), ("curl", curl), ("mutt", mutt)];
    let shown = all.into_iter().filter(|(_, lines)| !lines.is_empty());
    shown.map(|(program, lines)| Example { program, lines }).collect()
}
