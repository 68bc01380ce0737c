//! `dig`, `host` and `nslookup` with a name server that says nothing.

use super::*;

#[test]
fn a_name_server_that_does_not_answer() {
    let mut desk = Desk::new();
    assert_eq!(desk.line("dig +time=1 +tries=2 example.tld"), "");
    assert!(!desk.ws.ready(TermId(1)));
    let timed_out = ";; communications error to 192.0.2.53#53: timed out\n";
    assert_eq!(desk.wait(), timed_out);
    assert_eq!(
        desk.wait(),
        format!(
            "{timed_out}\n; <<>> DiG 9.18.49-1~deb12u3-Debian <<>> +time=1 +tries=2 example.tld\n\
             ;; global options: +cmd\n;; no servers could be reached\nlab@ws:~$ "
        )
    );
    assert_eq!(desk.line("echo $?"), "9\nlab@ws:~$ ");
    assert_eq!(desk.line("host example.tld"), "");
    assert_eq!(
        desk.wait() + &desk.wait(),
        format!("{timed_out}{timed_out};; no servers could be reached\nlab@ws:~$ ")
    );
    assert_eq!(desk.line("telnet mail.example.tld 25"), "");
    assert_eq!(
        desk.wait() + &desk.wait(),
        "Server lookup failure:  mail.example.tld:25, Temporary failure in name resolution\nlab@ws:~$ "
    );
}
