### What programs print, in English. output.de.ftl has the same messages with the same variables.

output-empty = An empty line, for reading's sake.
output-hint = A word from the lab, not from the program: something that is easily overlooked at this point.
output-line = A line that { $program ->
    [shell] the shell
   *[other] { $program }
} has printed.
output-value = the value
bash-complaint = A complaint of the shell.
zone-comment = A comment in the zone.
mail-message = The mail program says which message it shows.
mail-eot = The mail program has read the end of the letter and sends it.
mail-none = There is no mail.

telnet-trying = telnet has looked the name up in DNS and now calls this address.
telnet-connected = The TCP connection stands. What comes next the server says.
telnet-escape = With ^] you get to telnet's own prompt, for example to hang up.
telnet-closed-by-host = The server has closed the connection.
telnet-closed = telnet has closed the connection.
telnet-lookup-failed = DNS knows no address for this name.
telnet-refused = No connection came about: nothing listens at this port, or nobody answers.
telnet-prompt = telnet's own prompt: commands here are for telnet.
telnet-complaint = telnet does not understand this command of its own.
nc-open = The port is open: the connection came about.
nc-refused = No connection came about.
nc-lookup-failed = DNS knows no address for this name.

swaks-info = === swaks tells what it does
swaks-error = *** swaks reports trouble
swaks-client = -> swaks says this to the server
swaks-client-tls = ~> swaks says this to the server, encrypted
swaks-server = <- the server says this
swaks-server-tls = <~ the server says this, encrypted
swaks-server-no = <** the server refuses

tls-report-connected = The TCP connection stands; the TLS handshake follows.
tls-report-depth = A certificate in the chain is being checked: 0 is the server's own, above it are those that signed it.
tls-report-verify-error = Something is wrong with the certificate. s_client goes on all the same, unless -verify_return_error is given; a mail program would warn or stop.
tls-report-verify-return = 1: the check goes on
tls-report-chain = The certificates that the server has sent, its own first.
tls-report-chain-subject = s: for whom the certificate is
tls-report-chain-issuer = i: who has signed it
tls-report-chain-key = a: kind of key and of signature
tls-report-chain-validity = v: from when to when it is valid
tls-report-certificate = The server's own certificate, as text.
tls-report-no-certificate = The server has shown no certificate, so there is no TLS.
tls-report-no-servername = s_client has no name to put into the handshake.
tls-report-no-ca-names = The server does not ask for a certificate of yours.
tls-report-digest = the digest in the server's signature over the handshake
tls-report-signature = the kind of that signature: with it the server proves that the private key is its own
tls-report-temp-key = the key made for this connection only; with it what was recorded stays secret even if the server's key is stolen later (forward secrecy)
tls-report-octets = how much the handshake took
tls-report-verified = The certificate is good: signed by an authority that is trusted, and still valid.
tls-report-not-verified = The certificate is not good; here is why.
tls-report-peername = the name that the certificate was checked for
tls-report-cipher = the ciphers agreed on: encryption and digest, in TLS up to 1.2 key exchange and signature too
tls-report-protocol = the version of TLS agreed on
tls-report-key-size = how long the server's key is
tls-report-renegotiation = A question of old versions of TLS; since 1.3 there is no renegotiation.
tls-report-compression = TLS does not compress any more: it would give secrets away.
tls-report-alpn = No other protocol was agreed on by name; mail does not need that.
tls-report-early-data = Data before the handshake is done; mail does not use that.
tls-report-code-ok = 0: the certificate is good
tls-report-code = What the check of the certificate came to; 0 would be good.
tls-report-session = What is known of the session, in case it shall be resumed.
tls-report-ticket = A ticket of the server's, with which the next handshake goes faster.
tls-report-session-id = the session's name
tls-report-secret = A secret of the session: whoever has it can read along.
tls-report-unused = not used here
tls-report-start = when the session began, in seconds since 1970
tls-report-timeout = how long it may be resumed
tls-report-read-block = s_client waits for the server.
tls-report-renegotiating = s_client took the line for a command of its own: one that begins with R asks for a new handshake, one with K for new keys.
tls-report-done = s_client ends.
tls-report-closed = The server has closed the connection.
tls-report-last-plain = The last line of the server's answer before TLS. What came before, s_client has kept to itself.
tls-report-no-starttls = The server does not offer STARTTLS.
tls-report-rule = A line between the sections of the report.

x509-pem-begin = From here on a certificate or key in PEM: base64 of its octets.
x509-pem-end = Up to here goes what was in base64.
x509-subject = The subject: for whom the certificate is.
x509-issuer = The issuer: who has signed it. Where it is the subject itself, the certificate is signed by itself.
x509-whole = The certificate in words.
x509-data = What is signed.
x509-version = The version of the certificate's form; today always 3.
x509-serial = The serial number, by which the issuer knows the certificate.
x509-signature-algorithm = How it was signed.
x509-signature = The issuer's signature.
x509-validity = From when to when it is valid.
x509-not-before = Valid from this moment on.
x509-not-after = Valid up to this moment.
x509-key = The public key. What is encrypted with it, only the private key opens; what the private key has signed can be checked with it.
x509-key-algorithm = The kind of key.
x509-key-size = How long the key is.
x509-curve = The elliptic curve of the key.
x509-extensions = What else the certificate says.
x509-names = The names and addresses for which it is valid. Programs look here, not at the CN.
x509-basic-constraints = Whether the owner may sign certificates.
x509-ca = The owner is an authority and may sign certificates.
x509-no-ca = The owner is no authority: what it would sign is worth nothing.
x509-usage = What the key may be used for.
x509-extended-usage = For what, more closely: a server's certificate needs “TLS Web Server Authentication”.
x509-key-identifier = Digests of keys, by which certificate and issuer find each other.
x509-fingerprint = The fingerprint: a digest of the whole certificate, to compare by.
x509-expires = Whether it runs out within the time that was asked for.
x509-host-matches = Whether it is for the name that was asked for.

dig-banner = dig says which version it is and repeats what was asked.
dig-options = Options that hold for the whole command.
dig-got = An answer has come.
dig-no-recursion = The server does not look for answers elsewhere: it only tells what it knows itself.
dig-opt = What is not DNS proper but about it: EDNS.
dig-edns = EDNS: how large an answer over UDP may be, and extended flags.
dig-cookie = A cookie, against forged answers.
dig-question = The question follows, as the server has understood it.
dig-answer = The answer follows.
dig-authority = Who is in charge follows: name servers, or the SOA where there is no such record.
dig-additional = What the server adds unasked follows, such as the addresses of the servers named.
dig-time = How long the answer took.
dig-asked = Which name server answered, from which port.
dig-when = When.
dig-size = How many octets the answer had.
dig-timed-out = Nobody has answered.
dig-remark = A remark of dig's.
dig-question-line = The question: name, class and type. There is no time to live in it.
dig-record = A resource record: name, time to live, class, type, value.
dig-short = The value alone.
dig-header = The header of the answer.
dig-flags = Flags of the answer, and how many records each section has.
dig-opcode = what is done; QUERY is a question
dig-id = the number by which question and answer find each other
dig-status-noerror = NOERROR: answered. If there are no records, the name exists, but not with this type.
dig-status-formerr = FORMERR: the server could not read the question
dig-status-servfail = SERVFAIL: the server could not find out; try again
dig-status-nxdomain = NXDOMAIN: there is no such name
dig-status-notimp = NOTIMP: the server does not do this
dig-status-refused = REFUSED: the server does not want to
dig-status-other = the status of the answer
dig-flag-qr = qr: this is an answer
dig-flag-aa = aa: from a server that is in charge of the zone
dig-flag-tc = tc: cut off, it did not fit; ask over TCP
dig-flag-rd = rd: the client wanted the server to look elsewhere too
dig-flag-ra = ra: the server does that
dig-flag-ad = ad: verified by DNSSEC
dig-flag-cd = cd: the client did not want that checked
dig-flag-other = another flag
dig-count-query = how many questions
dig-count-answer = how many records in the answer
dig-count-authority = how many records on who is in charge
dig-count-additional = how many records added; EDNS counts as one

record-name = the name that the record belongs to
record-ttl = the time to live: so many seconds it may be kept
record-class = the class; IN is the Internet
record-type = the type
record-preference = the preference: the lower number is tried first
record-exchange = the host that takes the mail
record-null-mx = a lone dot: this domain takes no mail at all
record-soa-mname = the primary name server
record-soa-rname = the mailbox of whoever is responsible, with a dot in place of the @
record-soa-serial = the serial number: it rises with each change
record-soa-refresh = refresh: after so many seconds secondary servers look whether there is something new
record-soa-retry = retry: after so many seconds they try again if that failed
record-soa-expire = expire: after so many seconds without success they stop answering
record-soa-minimum = minimum: so many seconds “there is no such thing” may be kept
record-text = text
record-spf = SPF: who may send for this domain
record-dkim = a public key of DKIM, by which signatures are verified
record-dmarc = DMARC: what shall happen to mail that neither SPF nor DKIM vouches for
spf-term-version = the version
spf-term-all = { $sign ->
    [fail] -all: everybody else may not
    [softfail] ~all: everybody else probably may not
    [neutral] ?all: nothing is said about everybody else
   *[pass] all: everybody may, which makes the record worthless
}
spf-term-mx = { $sign ->
    [pass] the MX hosts of the domain may send
   *[other] for the MX hosts of the domain: { $sign }
}
spf-term-a = { $sign ->
    [pass] the addresses of the name may send
   *[other] for the addresses of the name: { $sign }
}
spf-term-ip = { $sign ->
    [pass] these addresses may send
   *[other] for these addresses: { $sign }
}
spf-term-include = { $sign ->
    [pass] whoever may send for that domain may here too
   *[other] for whoever may send for that domain: { $sign }
}
spf-term-exists = { $sign ->
    [pass] may send, if that name exists
   *[other] if that name exists: { $sign }
}
spf-term-ptr = { $sign ->
    [pass] whose address has a name in the domain may send; should not be used any more
   *[other] whose address has a name in the domain: { $sign }
}
spf-term-redirect = the record of that domain holds instead
spf-term-exp = where the explanation of a refusal stands
spf-term-other = a term that SPF does not have
tag-version = the version
tag-policy = the policy: none (only report), quarantine (into junk), reject (refuse)
tag-subdomain-policy = the policy for subdomains
tag-rua = where summaries go
tag-ruf = where reports on single mails go
tag-alignment = how exactly the domains must agree: r (the same organisation), s (the very same)
tag-pct = to how many per cent of the mails it applies; out of use
tag-key = the public key, in base64
tag-key-type = the kind of key
tag-testing = only a test
tag-other = another tag
smime-report-good = The signature holds: not an octet has changed, and the certificate leads to somebody who is trusted. Whether it is the sender's is for you to look at: -signer writes it into a file.
smime-report-bad = The signature does not hold, or its certificate is not to be trusted. The reason stands at the end of the next line.
smime-report-purposes = For what the certificate may be used, and for what as an authority.
