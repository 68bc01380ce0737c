//! `postconf` and `postfix` on a host: Postfix's settings, shown and changed as postconf(1) does it.

use super::super::super::io::Io;
use crate::proto::smtp::Style;
use crate::world::{Setting, SettingFault, World};

/// Postfix runs there; else the command is missing.
fn runs_postfix(io: &mut Io, host: &str, command: &str) -> bool {
    let there = io.net.mail_system(host) == Some(Style::Postfix);
    if !there {
        io.complain(&format!("bash: line 1: {command}: command not found\n"));
        io.hint("this host does not run Postfix, so it has no such settings");
    }
    there
}

/// `postconf [-dhn] [NAME...]` and `postconf [-e] NAME=VALUE...`.
pub(super) fn postconf(io: &mut Io, host: &str, args: &[String]) -> u8 {
    if !runs_postfix(io, host, "postconf") {
        return 127;
    }
    let (mut defaults, mut values_only, mut edited, mut changed_only) = (false, false, false, false);
    let mut names = Vec::new();
    for arg in args {
        match arg.strip_prefix('-') {
            Some(letters) if !letters.is_empty() && names.is_empty() => {
                for letter in letters.chars() {
                    match letter {
                        'd' => defaults = true,
                        'e' => edited = true,
                        'h' => values_only = true,
                        'n' => changed_only = true,
                        _ => {
                            io.complain(&format!("postconf: invalid option -- '{letter}'\n"));
                            io.complain("usage: postconf [-dhn] [name...] | -e name=value...\n");
                            return 1;
                        }
                    }
                }
            }
            _ => names.push(arg.as_str()),
        }
    }
    if edited || names.iter().any(|name| name.contains('=')) {
        return edit(io, host, &names);
    }
    let Some(settings) = io.net.settings(host) else { return 1 };
    let shown: Vec<Setting> = match (names.is_empty(), changed_only) {
        (true, true) => settings.into_iter().filter(differs).collect(),
        (true, false) => settings.into_iter().filter(|s| s.known).collect(),
        (false, _) => {
            let mut found = Vec::new();
            for name in names {
                match settings.iter().find(|s| s.name == name && (s.known || !defaults)) {
                    Some(setting) => found.push(setting.clone()),
                    None => io.complain(&format!("postconf: warning: {name}: unknown parameter\n")),
                }
            }
            found
        }
    };
    for setting in &shown {
        let value = match defaults {
            true => World::setting_default(&setting.name).unwrap_or_default(),
            false => setting.value.as_str(),
        };
        match values_only {
            true => io.print(&format!("{value}\n")),
            false => io.print(format!("{} = {value}", setting.name).trim_end()),
        }
        if !values_only {
            io.print("\n");
        }
    }
    for unused in shown.iter().filter(|s| !s.known && changed_only) {
        let (name, value) = (&unused.name, &unused.value);
        io.complain(&format!("postconf: warning: /etc/postfix/main.cf: unused parameter: {name}={value}\n"));
    }
    0
}

/// Is it otherwise than Postfix is built?
fn differs(setting: &Setting) -> bool {
    World::setting_default(&setting.name) != Some(setting.value.as_str())
}

fn edit(io: &mut Io, host: &str, pairs: &[&str]) -> u8 {
    if pairs.is_empty() {
        io.complain("postconf: fatal: missing '=' after attribute name: \"\"\n");
        return 1;
    }
    for pair in pairs {
        let Some((name, value)) = pair.split_once('=') else {
            io.complain(&format!("postconf: fatal: missing '=' after attribute name: \"{pair}\"\n"));
            return 1;
        };
        let (name, value) = (name.trim(), value.trim());
        if name.is_empty() || name.contains(char::is_whitespace) {
            io.complain(&format!("postconf: fatal: missing attribute name: \"{pair}\"\n"));
            return 1;
        }
        match io.net.change_setting(host, name, value) {
            Ok(()) if World::setting_default(name).is_none() => {
                io.hint(&format!(
                    "nothing on this host reads {name}; see `ssh {host} postconf` for what acts here"
                ));
            }
            Ok(()) => {}
            Err(SettingFault::BadValue { wanted }) => {
                io.complain(&format!("postconf: fatal: bad value for {name}: {value}\n"));
                io.hint(&format!("{name} takes {wanted}; nothing has changed"));
                return 1;
            }
            Err(SettingFault::NotHere) => {
                io.hint(&format!(
                    "Postfix knows {name} = {value}, but the lab's server does not do what it stands for; nothing has changed"
                ));
                return 1;
            }
            Err(SettingFault::Closed | SettingFault::TooLong) => {
                io.complain("postconf: fatal: open /etc/postfix/main.cf.tmp: Permission denied\n");
                return 1;
            }
        }
    }
    0
}

/// `postfix COMMAND`.
pub(super) fn postfix(io: &mut Io, host: &str, args: &[String]) -> u8 {
    if !runs_postfix(io, host, "postfix") {
        return 127;
    }
    let words: Vec<&str> = args.iter().map(String::as_str).skip_while(|arg| *arg == "-v").collect();
    let script = |io: &mut Io, said: &str| io.complain(&format!("postfix/postfix-script: {said}\n"));
    match words.as_slice() {
        ["flush"] => {
            io.flush();
            io.net.flush_queue(host, None);
        }
        ["reload"] => script(io, "refreshing the Postfix mail system"),
        ["status"] => script(io, "the Postfix mail system is running: PID: 1042"),
        ["check"] => {}
        ["start"] => {
            script(io, "fatal: the Postfix mail system is already running");
            return 1;
        }
        [command @ ("stop" | "abort")] => {
            io.hint(&format!(
                "postfix {command} would end the mail system of {host}; in this lab it goes on, and nothing has changed"
            ));
            return 1;
        }
        [command @ ("set-permissions" | "upgrade-configuration" | "logrotate" | "start-fg" | "tls"), ..] => {
            io.hint(&format!("postfix {command} has nothing to work on in this lab; nothing has changed"));
            return 1;
        }
        [] => {
            io.complain("postfix: fatal: usage: postfix [-c config_dir] [-Dv] command\n");
            return 1;
        }
        [command] => {
            let usage = "start (or stop, reload, abort, flush, check, status, set-permissions, \
                         upgrade-configuration, logrotate)";
            script(io, &format!("fatal: unknown command: '{command}'. Usage: postfix {usage}"));
            return 1;
        }
        [command, ..] => {
            script(io, &format!("fatal: usage postfix {command} (no arguments)"));
            return 1;
        }
    }
    0
}
