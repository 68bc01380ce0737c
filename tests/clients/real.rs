//! The commands that scenarios name for doing the same with a real program: read out of their texts and run, at the
//! playground in place of the servers they name.

use crate::host::{Host, PATIENCE, installed};
use crate::mode::{private, put};
use helo::scenario::Scenario;
use helo::units::Lang;
use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

/// The programs whose commands are run. What else stands between backquotes is an option, a key or a setting, or asks the
/// DNS of the world outside.
const PROGRAMS: [&str; 6] = ["swaks", "curl", "openssl", "mutt", "nc", "telnet"];

/// All commands of all scenarios, with the scenario that names each.
fn commands() -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    for file in std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()) {
        if file.extension().is_none_or(|e| e != "toml") {
            continue;
        }
        let text = std::fs::read_to_string(&file).unwrap();
        let scenario = Scenario::load("s.toml", &text).unwrap_or_else(|f| panic!("{f:#?}"));
        let drawn = scenario.draw(1, Lang::En).unwrap_or_else(|f| panic!("{f:#?}"));
        for lang in Lang::ALL {
            let real = drawn.real.as_ref().map_or("", |text| text.get(lang));
            for span in real.split('`').skip(1).step_by(2) {
                let mut words = span.split_whitespace();
                let program = words.next().is_some_and(|word| PROGRAMS.contains(&word));
                if program && words.next().is_some() {
                    found.insert((span.to_owned(), scenario.id().to_owned()));
                }
            }
        }
    }
    found
}

/// The words of a command; double quotes keep some together.
fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    let (mut word, mut quoted) = (String::new(), false);
    for c in command.chars() {
        match c {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.extend(Some(std::mem::take(&mut word)).filter(|w| !w.is_empty())),
            c => word.push(c),
        }
    }
    words.extend(Some(word).filter(|w| !w.is_empty()));
    words
}

/// The service that listens at a port of the world outside.
fn service(port: &str) -> &'static str {
    match port {
        "25" | "2525" => "smtp",
        "587" => "submission",
        "465" => "smtps",
        "110" => "pop3",
        "995" => "pop3s",
        "143" => "imap",
        "993" => "imaps",
        other => panic!("no service at port {other}"),
    }
}

/// The value of an option.
fn value<'w>(words: &'w mut [String], option: &str) -> Option<&'w mut String> {
    let at = words.iter().position(|word| word == option)?;
    words.get_mut(at + 1)
}

/// `HOST:PORT`, or a host alone, as where that is served here.
fn here(host: &Host, named: &str, usual: &str) -> String {
    let port = named.rsplit_once(':').map_or(usual, |(_, port)| port);
    format!("localhost:{}", host.port(service(port)))
}

/// What came of a command: how it ended, and what was printed.
fn outcome(program: &str, args: &[String], input: &str) -> (Option<i32>, String) {
    let mut command = Command::new("timeout");
    command.arg(PATIENCE.as_secs().to_string()).arg(program).args(args);
    command.env("HOME", env!("CARGO_TARGET_TMPDIR")).env("LC_ALL", "C").env("TERM", "xterm");
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // A line a time, so that nobody is interrupted in the middle of a greeting.
    for line in input.split_inclusive('\n') {
        std::thread::sleep(std::time::Duration::from_millis(500));
        let _ = stdin.write_all(line.as_bytes());
    }
    // And the last answer is waited for: some programs are gone as soon as their input ends.
    std::thread::sleep(std::time::Duration::from_millis(if input.is_empty() { 0 } else { 1000 }));
    drop(stdin);
    let out = child.wait_with_output().unwrap();
    let printed = format!("{}{}", String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr));
    (out.status.code(), printed)
}

fn swaks(host: &Host, mut args: Vec<String>) -> Result<(), String> {
    match value(&mut args, "--server") {
        Some(server) => *server = here(host, server, "25"),
        None => args.extend(["--server".to_owned(), here(host, "", "25")]),
    }
    // Who asks whether mail is passed on for strangers wants a no, and so does who writes to nobody.
    let relay =
        args.iter().any(|arg| arg.starts_with("you@example.net") || arg.starts_with("du@example.net"));
    let mut refused = relay;
    let greets = value(&mut args, "--quit-after").is_some_and(|stage| stage != "RCPT");
    match value(&mut args, "--to") {
        Some(to) if !relay => {
            let local =
                |one: &str| if one.starts_with("nobody@") { "nobody@lab.test" } else { "alice@lab.test" };
            *to = to.split(',').map(local).collect::<Vec<_>>().join(",");
            refused = to == "nobody@lab.test";
        }
        None if !greets => args.extend(["--to", "alice@lab.test"].map(str::to_owned)),
        _ => {}
    }
    if let Some(user) = value(&mut args, "--auth-user") {
        "alice@lab.test".clone_into(user);
        args.extend(["--auth-password", "secret"].map(str::to_owned));
    }
    let (code, said) = outcome("swaks", &args, "");
    let wanted = if refused { 24 } else { 0 };
    let good = code == Some(wanted)
        && said.contains(" 221 ")
        && said.contains("<** ") == (refused || said.contains("nobody"));
    good.then_some(()).ok_or(format!("{code:?}, not {wanted}\n{said}"))
}

fn curl(host: &Host, mut args: Vec<String>) -> Result<(), String> {
    for arg in &mut args {
        let Some((scheme, rest)) = arg.split_once("://") else { continue };
        let path = rest.split_once('/').map_or(String::new(), |(_, path)| format!("/{path}"));
        *arg = format!("{scheme}://localhost:{}{path}", host.port(scheme));
    }
    if let Some(user) = value(&mut args, "--user") {
        "alice:secret".clone_into(user);
    }
    if let Some(to) = value(&mut args, "--mail-rcpt") {
        "alice@lab.test".clone_into(to);
    }
    if let Some(file) = value(&mut args, "-T") {
        let letter = host.file("letter.eml");
        std::fs::write(&letter, "Subject: from curl\r\n\r\nHello\r\n").unwrap();
        *file = letter.display().to_string();
    }
    args.extend(["--cacert".to_owned(), host.ca()]);
    let (code, said) = outcome("curl", &args, "");
    (code == Some(0)).then_some(()).ok_or(format!("{code:?}\n{said}"))
}

fn openssl(host: &Host, mut args: Vec<String>) -> Result<(), String> {
    let Some(to) = value(&mut args, "-connect") else { return Ok(()) };
    let ends = match to.rsplit_once(':').map(|(_, port)| service(port)) {
        Some("imap" | "imaps") => "a1 LOGOUT\n",
        _ => "QUIT\n",
    };
    *to = here(host, to, "25");
    if let Some(name) = value(&mut args, "-verify_hostname") {
        "localhost".clone_into(name);
    }
    let quiet = args.iter().any(|arg| arg == "-quiet");
    args.extend(["-CAfile".to_owned(), host.ca()]);
    let (code, said) = outcome("openssl", &args, ends);
    let met =
        if quiet { said.contains("verify return:1") } else { said.contains("Verify return code: 0 (ok)") };
    let good = code == Some(0) && met && !said.contains("verify error");
    good.then_some(()).ok_or(format!("{code:?}\n{said}"))
}

fn mutt(host: &Host, mut args: Vec<String>) -> Result<(), String> {
    let Some(folder) = value(&mut args, "-f") else { return Ok(()) };
    let path = folder.rsplit_once('/').map_or("", |(_, path)| path).to_owned();
    *folder = format!("imaps://alice@localhost:{}/{path}", host.port("imaps"));
    let ca = host.ca();
    let mail = host.file("mail");
    std::fs::create_dir_all(&mail).unwrap();
    let mail = mail.display();
    let rc = format!(
        "set imap_pass=secret\nset ssl_ca_certificates_file={ca}\nset certificate_file={ca}\nset folder={mail}\n"
    );
    let rc = private(host, "muttrc", &rc);
    // A program for the whole screen wants a terminal.
    let command = format!("mutt -F {rc} {} -e 'push \"<display-message>hq<exit>\"'", args.join(" "));
    let screen = host.file("screen").display().to_string();
    let (code, said) = outcome("script", &["-qec".to_owned(), command, screen], "");
    let good = code == Some(0) && said.contains("Selecting INBOX");
    good.then_some(()).ok_or(format!("{code:?}\n{said}"))
}

fn by_hand(host: &Host, program: &str, args: &[String]) -> Result<(), String> {
    let options = args.iter().filter(|arg| arg.starts_with('-')).cloned();
    let port = args.last().map_or("25", String::as_str);
    let args: Vec<String> =
        options.chain(["localhost".to_owned(), host.port(service(port)).to_string()]).collect();
    let (_, said) = outcome(program, &args, "HELO client.test\nQUIT\n");
    let good = said.contains("220 ") && said.contains("250 ") && said.contains("221 ");
    good.then_some(()).ok_or(said)
}

#[test]
fn every_command_of_the_scenarios_works_as_printed() {
    let host = Host::start("playground", "real");
    put(&host, "something to fetch");
    let (mut ran, mut failed) = (0, Vec::new());
    for (command, scenario) in commands() {
        let all = words(&command);
        let Some((program, args)) = all.split_first() else { continue };
        if !installed(program) || program == "mutt" && !installed("script") {
            continue;
        }
        let came = match program.as_str() {
            "swaks" => swaks(&host, args.to_vec()),
            "curl" => curl(&host, args.to_vec()),
            "openssl" => openssl(&host, args.to_vec()),
            "mutt" => mutt(&host, args.to_vec()),
            program => by_hand(&host, program, args),
        };
        ran += 1;
        failed.extend(came.err().map(|why| format!("{scenario}: {command}\n{why}")));
    }
    assert!(failed.is_empty(), "{} of {ran} commands do not work:\n\n{}", failed.len(), failed.join("\n\n"));
    assert!(ran > 20 || std::env::var_os("HELO_CI").is_none(), "only {ran} commands were found");
}
