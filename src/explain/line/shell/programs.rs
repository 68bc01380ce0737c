//! The programs of the workstation and their options, as far as reading a command line needs: which there are, which take
//! a value, and under which key their text stands. tests/lines holds the table against the workstation's own.

/// How a program's options are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::explain::line) enum Manner {
    /// `-x`, several in one, `--long`.
    Usual,
    /// Whole words after one hyphen or two (`openssl`, `swaks`).
    Words,
    /// As usual, and `+option`, `@server` (`dig`).
    Dig,
    /// No options: words of its own (`zone`).
    Plain,
}

/// A program, or a command of one.
#[derive(Debug)]
pub(in crate::explain::line) struct Program {
    pub(in crate::explain::line) name: &'static str,
    pub(in crate::explain::line) manner: Manner,
    /// Each `names[=][:key]`: the names separated by commas, `=` where a value follows, and the end of its text's key where
    /// that is not `PROGRAM-FIRSTNAME`.
    pub(in crate::explain::line) options: &'static [&'static str],
}

/// An option of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::explain::line) struct Found {
    pub(in crate::explain::line) takes_value: bool,
    pub(in crate::explain::line) key: String,
}

const fn program(name: &'static str, manner: Manner, options: &'static [&'static str]) -> Program {
    Program { name, manner, options }
}

use Manner::{Dig, Plain, Usual, Words};

/// All programs. Commands of `openssl` stand below it under their own names.
#[rustfmt::skip]
pub(in crate::explain::line) const PROGRAMS: &[Program] = &[
    program("telnet", Usual, &["4,ipv4:ipv4", "6,ipv6:ipv6", "8,binary", "a,login", "b,bind=:source-address", "c,no-rc", "d,debug:debug",
        "e,escape=", "E,no-escape", "K,no-login", "l,user=", "L,binary-output"]),
    program("nc", Usual, &["4:ipv4", "6:ipv6", "C", "D:debug", "d", "h:help", "I=:no-effect-value", "i=", "k:no-effect", "l",
        "N", "n", "O=:no-effect-value", "p=", "q=", "r:no-effect", "s=:source-address", "t:no-effect", "U:not-here", "u:not-here", "v", "W=", "w=",
        "X=:not-here", "x=:not-here", "z"]),
    program("openssl", Plain, &[]),
    program("mail", Usual, &["a,attach=", "b,bcc=", "c,cc=", "E", "e", "H", "r=", "S=", "s,subject=", "v,verbose"]),
    program("swaks", Words, &["from,f=", "to,t=", "helo,ehlo,lhlo,h=", "server,s=", "4:ipv4", "6:ipv6", "copy-routing=", "port,p=:port", "protocol=",
        "data,d=", "timeout=", "quit-after,quit,q=", "drop-after,drop,da=", "drop-after-send,das=", "suppress-data,n", "auth,a=", "auth-user,au=",
        "auth-password,ap=", "auth-hide-password,ahp=", "auth-plaintext,apt", "auth-optional,ao=", "auth-optional-strict,aos=", "support",
        "tls", "tls-optional,tlso", "tls-optional-strict,tlsos", "tls-on-connect,tlsc", "tls-protocol,tlsp=", "tls-cipher=:no-effect-value",
        "tls-get-peer-cert=", "tls-sni=", "tls-verify", "tls-ca-path=", "silent,S=", "no-strip-from,nsf:no-effect", "no-hints,nth", "no-send-hints,nsh:swaks-no-hints",
        "no-receive-hints,nrh:swaks-no-hints", "no-info-hints,nih:swaks-no-hints", "hide-receive,hr", "hide-send,hs", "hide-informational,hi", "hide-all,ha",
        "protect-prompt,pp:no-effect", "version:version", "help:help", "no-data-fixup,ndf", "body=", "attach-name=", "attach-type=", "attach=", "attach-body=",
        "add-header,ah=", "header=", "dump-mail", "pipeline"]),
    program("dig", Dig, &["b=:source-address", "c=", "p=:port", "q=", "r:no-effect", "t=", "u", "x=", "4:ipv4", "6:ipv6", "v:version"]),
    program("host", Usual, &["a", "A:host-a", "c=:dig-c", "C:not-here", "d:host-v", "i:no-effect", "l:not-here", "m=:no-effect-value", "N=:no-effect-value", "p=:port",
        "r:dig-norecurse", "R=", "s:no-effect", "t=:dig-t", "T:dig-tcp", "U:no-effect", "v", "V:version", "w", "W=", "4:ipv4", "6:ipv6"]),
    program("base64", Usual, &["d,decode", "i,ignore-garbage", "w,wrap="]),
    program("md5sum", Usual, &["b,binary:no-effect", "t,text:no-effect"]),
    program("printf", Usual, &["v="]),
    program("echo", Usual, &["n", "e", "E"]),
    program("cat", Usual, &["A,show-all", "b,number-nonblank", "e", "E,show-ends", "n,number", "s,squeeze-blank", "t", "T,show-tabs", "u:no-effect", "v,show-nonprinting"]),
    program("ls", Usual, &["a,all", "A,almost-all", "l", "h,human-readable:no-effect", "1"]),
    program("rm", Usual, &["f,force", "v,verbose:no-effect"]),
    program("grep", Usual, &["c,count", "e,regexp=", "E,extended-regexp:no-effect", "F,fixed-strings", "i,ignore-case", "n,line-number", "q,quiet", "v,invert-match"]),
    program("sed", Usual, &["e,expression=", "E,regexp-extended:no-effect", "i,in-place", "n,quiet"]),
    program("head", Usual, &["c,bytes=", "n,lines="]),
    program("tail", Usual, &["c,bytes=", "n,lines="]),
    program("wc", Usual, &["c,bytes", "m,chars", "l,lines", "w,words"]),
    program("ssh", Usual, &["l=", "p=:port", "o=:no-effect-value", "i=:no-effect-value"]),
    program("zone", Plain, &[]),
    program("sleep", Plain, &[]),
    program("date", Usual, &["d,date=", "I", "R,rfc-email", "u,utc"]),
    program("hostname", Usual, &["d,domain", "f,fqdn", "i,ip-address", "I,all-ip-addresses:hostname-i", "s,short"]),
    program("whoami", Usual, &[]),
    program("pwd", Usual, &["L:no-effect", "P:no-effect"]),
    program("cd", Usual, &[]),
    program("history", Usual, &["c"]),
    program("clear", Usual, &[]),
    program("help", Usual, &[]),
    program("man", Usual, &[]),
    program("type", Usual, &[]),
    program("which", Usual, &[]),
    program("export", Usual, &[]),
    program("true", Usual, &[]),
    program("false", Usual, &[]),
    program(":", Usual, &[]),
    program("exit", Usual, &[]),
    program("s_client", Words, &["connect=", "host=:s_client-connect", "port=:port", "4:ipv4", "6:ipv6", "starttls=", "xmpphost=:no-effect-value", "name=", "crlf", "quiet",
        "ign_eof", "no_ign_eof", "nocommands", "brief", "showcerts", "prexit", "servername=", "noservername", "tls1", "tls1_1", "tls1_2", "tls1_3", "no_tls1", "no_tls1_1",
        "no_tls1_2", "no_tls1_3", "no_ssl3:no-effect", "min_protocol=", "max_protocol=", "cipher=", "ciphersuites=:no-effect-value", "CAfile=:CAfile", "CApath=:no-effect-value",
        "no-CAfile:no-CAfile", "no-CApath:no-effect", "no-CAstore:no-effect", "verify=", "verify_return_error", "verify_quiet", "verify_hostname=:verify_hostname",
        "verify_ip=:verify_ip", "nameopt=:nameopt", "debug:no-effect", "msg:no-effect", "state:no-effect", "trace:no-effect", "tlsextdebug:no-effect", "status:no-effect",
        "no_ticket:no-effect", "bugs:no-effect", "legacy_renegotiation:no-effect", "security_debug:no-effect", "alpn=:no-effect-value", "servername_type=:no-effect-value"]),
    program("x509", Words, &["in=:in", "inform=:inform", "out=:out", "outform=", "noout", "text", "subject", "issuer", "dates", "startdate", "enddate", "serial", "fingerprint",
        "pubkey", "ext=", "checkend=", "checkhost=", "checkip=", "nameopt=:nameopt", "modulus", "email", "purpose"]),
    program("smime", Words, &["in=:in", "inform=", "out=:out", "outform=", "inkey=", "keyform=:no-effect-value", "stream:no-effect", "indef:no-effect",
        "noindef:no-effect", "encrypt", "decrypt", "sign", "verify", "md=:no-effect-value", "aes128", "aes192", "aes256", "nointern:no-effect", "nodetach",
        "noattr", "binary", "signer=", "content=", "nocerts", "nosigs", "noverify", "certfile=", "recip=", "to=", "from=", "subject=", "text",
        "nosmimecap:no-effect", "CAfile=:CAfile", "no-CAfile:no-CAfile", "no-CApath:no-effect", "nochain:no-effect", "crlfeol", "purpose="]),
    program("cms", Words, &["in=:in", "inform=:smime-inform", "out=:out", "outform=:smime-outform", "inkey=:smime-inkey", "keyform=:no-effect-value",
        "stream:no-effect", "indef:no-effect", "noindef:no-effect", "encrypt:smime-encrypt", "decrypt:smime-decrypt", "sign:smime-sign", "verify:smime-verify",
        "md=:no-effect-value", "aes128:smime-aes128", "aes192:smime-aes192", "aes256:smime-aes256", "nointern:no-effect", "nodetach:smime-nodetach",
        "noattr:smime-noattr", "binary:smime-binary", "signer=:smime-signer", "content=:smime-content", "nocerts:smime-nocerts", "nosigs:smime-nosigs",
        "noverify:smime-noverify", "certfile=:smime-certfile", "recip=:smime-recip", "to=:smime-to", "from=:smime-from", "subject=:smime-subject",
        "text:smime-text", "nosmimecap:no-effect", "CAfile=:CAfile", "no-CAfile:no-CAfile", "no-CApath:no-effect", "nochain:no-effect", "crlfeol:smime-crlfeol",
        "purpose=:smime-purpose"]),
    program("verify", Words, &["CAfile=:CAfile", "no-CAfile:no-CAfile", "no-CApath:no-effect", "untrusted=", "verify_hostname=:verify_hostname", "verify_ip=:verify_ip",
        "show_chain", "verbose:no-effect"]),
    program("enc", Words, &["e", "d", "a", "base64:enc-a", "A", "in=:in", "out=:out", "p:no-effect", "v:no-effect"]),
    program("dgst", Words, &["c", "r", "hex", "binary", "hmac=", "out=:out"]),
    program("rand", Words, &["base64", "hex", "out=:out"]),
    program("version", Words, &["a", "v:no-effect"]),
];

/// dig's options with a plus, those with a text of their own; `no` before them turns them off.
pub(in crate::explain::line) const PLUS: &[&str] = &[
    "short",
    "all",
    "answer",
    "question",
    "authority",
    "additional",
    "comments",
    "stats",
    "cmd",
    "class",
    "ttlid",
    "ttlunits",
    "multiline",
    "identify",
    "recurse",
    "tcp",
    "edns",
    "search",
    "cdflag",
    "time",
    "tries",
    "retry",
];

/// What `zone` can do.
pub(in crate::explain::line) const ZONE: &[&str] = &["list", "show", "add", "delete", "edit"];

/// What telnet takes at its own prompt.
pub(in crate::explain::line) const TELNET: &[&str] = &[
    "quit", "close", "open", "status", "send", "display", "logout", "mode", "set", "unset", "toggle", "help",
    "?", "z", "!",
];

/// The program of this name. `openssl base64` is `enc` with another name.
pub(in crate::explain::line) fn find(name: &str) -> Option<&'static Program> {
    PROGRAMS.iter().find(|p| p.name == name)
}

impl Program {
    /// The option of this name.
    pub(in crate::explain::line) fn option(&self, name: &str) -> Option<Found> {
        self.found().find(|(names, _)| names.contains(&name)).map(|(_, found)| found)
    }

    /// All options: their names, and what the table says of them.
    pub(in crate::explain::line) fn found(&self) -> impl Iterator<Item = (Vec<&'static str>, Found)> {
        self.options.iter().map(|row| {
            let (names, key) = row.split_once(':').map_or((*row, None), |(names, key)| (names, Some(key)));
            let takes_value = names.ends_with('=');
            let names: Vec<&str> = names.trim_end_matches('=').split(',').collect();
            let own = || format!("{}-{}", self.name, names.first().copied().unwrap_or_default());
            let key = key.map_or_else(own, str::to_owned);
            (names, Found { takes_value, key: format!("option-{key}") })
        })
    }

    /// The key of its text.
    pub(in crate::explain::line) fn key(&self) -> String {
        format!("program-{}", if self.name == ":" { "colon" } else { self.name })
    }
}
