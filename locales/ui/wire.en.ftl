### The Wire tab in English. wire.de.ftl has the same entries with the same variables.

tab-wire = Wire
wire-modes = How the wire is shown
wire-talk = Conversation
wire-ears = Eavesdropper
wire-bytes = Bytes
wire-filter = Show
wire-filter-all = everything
wire-filter-connections = One connection
wire-filter-hosts = One host
wire-folds = What is shown beside the lines
wire-dns = DNS questions
wire-policy = what servers decide
wire-hint-talk = Time runs downwards. What is shaded was only to be seen encrypted on the way. Click a line for more.
js-wire-hint-talk = Time runs downwards. What is shaded was only to be seen encrypted on the way. Click a line for more.
js-wire-hint-ears = What somebody on the way between the two can read.
js-wire-hint-bytes = Every octet as it was sent, line by line.
wire-hosts = Hosts
wire-rows = The conversation of all hosts
wire-none = Nothing has been said yet. As soon as a host speaks to another, it shows here.
wire-newest = ↓ to the newest

## Rows
js-wire-you = your workstation
js-wire-opens = opens a connection
js-wire-port = port { $x }
js-wire-failed = no connection
js-wire-closed = closes the connection
js-wire-lost = the connection is lost
js-wire-idle = closes the connection, tired of waiting
js-wire-letter = message, { $x } octets
js-wire-no = refused
js-wire-later = not now
js-wire-tls = encrypted
js-wire-handshake = TLS handshake
js-wire-certificate = certificate
js-wire-dns-asks = asks DNS
js-wire-dns = DNS:
js-wire-name-server = name server
js-wire-dns-more = further questions: { $x }
js-wire-nothing = nothing
js-wire-decides = decides
js-wire-sent = sent
js-wire-arrived = arrived
js-wire-altered = Somebody on the way changed it
js-wire-steps = step by step
js-wire-octets = { $x } octets
js-wire-cut = Earlier rows are no longer drawn. They are in the transcript.
js-wire-to-terminal = In the terminal
js-wire-to-bytes = Bytes
js-wire-to-ears = What can be read on the way

## What kind of note it is
js-wire-note-accepted = taken over
js-wire-note-delivered = delivered
js-wire-note-deferred = waits
js-wire-note-given-up = given up
js-wire-note-expanded = readdressed
js-wire-note-reported = report
js-wire-note-unreported = no report
js-wire-note-removed = removed
js-wire-note-fault = fault
js-wire-note-setting = setting
js-wire-note-zone = zone
js-wire-note-person = person
js-wire-note-sender = sender checked
js-wire-note-time = time
js-wire-note-limit = bound

## Bytes
js-wire-bytes-choose = Choose a connection above, or open a line of the conversation and then “Bytes”.
js-wire-trouble = This could not be fetched. Choose it again in a moment.
wire-bytes-size = { $x ->
    [one] One octet.
   *[other] { $x } octets.
}
wire-bytes-tls = They travelled inside TLS: on the way only ciphertext was to be seen.
wire-bytes-found = What stands out
wire-bytes-offset = Place
wire-bytes-hex = In hexadecimal
wire-bytes-text = As text
wire-bytes-more = More
wire-by-client = client
wire-by-server = server
wire-bytes-eol = { $x ->
    [one] one line end, CR LF
   *[other] { $x } line ends, CR LF
}
wire-bytes-bare-lf = { $x ->
    [one] one bare LF: no line end in mail (RFC 5321 section 2.3.8)
   *[other] { $x } bare LFs: no line ends in mail (RFC 5321 section 2.3.8)
}
wire-bytes-bare-cr = { $x ->
    [one] one bare CR: must not be sent (RFC 5321 section 2.3.8)
   *[other] { $x } bare CRs: must not be sent (RFC 5321 section 2.3.8)
}
wire-bytes-stuffed = { $x ->
    [one] one dot put in front of a line that begins with a dot; the other side takes it away again
   *[other] { $x } dots put in front of lines that begin with a dot; the other side takes them away again
}
wire-bytes-end = { $x ->
    [one] the lone dot that ends it
   *[other] { $x } lone dots, each the end of something
}
wire-bytes-control = { $x ->
    [one] one control character
   *[other] { $x } control characters
}
wire-bytes-high = { $x ->
    [one] one octet beyond ASCII
   *[other] { $x } octets beyond ASCII
}

## Eavesdropper
wire-talks-lead = Somebody sits on the way between two hosts and listens. What do they come to know? Choose a connection to read along.
wire-talks-none = So far there was nothing to overhear.
wire-talks-all = All connections
wire-kind-plain = in the clear
wire-kind-tls = TLS
wire-kind-both = first in the clear, then TLS
wire-heard-no-connection = There is no such connection.
wire-heard-read = Read: { $what }.
wire-heard-words = Read every word, and nothing secret was among them.
wire-heard-beginning = Read the beginning, up to where TLS begins.
wire-heard-saw = Saw who talks to whom, when, and how much: { $out } octets there, { $back } back.
wire-heard-changed = And changed what was said.
wire-heard-nothing = Saw that the two had a connection, and nothing more.
wire-heard-tampered = Whoever sits on the way can also change what passes. Here they did; this is what arrived:
wire-read-password = name and password of { $x }
wire-read-digest = the name { $x } and a digest of the password to try words against
wire-read-name = the name { $x }
wire-read-letters = { $x ->
    [one] one letter
   *[other] { $x } letters
}
wire-read-envelope = the envelope: { $x }
wire-lesson-decoded = decoded from base64, which hides nothing
wire-lesson-as-is = as it stands there
wire-lesson-name = The name: { $user } ({ $way }).
wire-lesson-password = Name and password: { $user } and { $password } ({ $way }). With these the mailbox is open.
wire-lesson-wrong-password = A name and a password: { $user } and { $password } ({ $way }). The server did not accept them; often they fit elsewhere, or are right but for a slip.
wire-lesson-digest = The name { $user }, and with { $mechanism } not the password itself but a digest of it. At home, words can be tried against it until one fits: a weak password falls.
wire-handshake = TLS begins: the handshake
wire-hello-name = ClientHello: it asks for the server { $x }; the name stands there in the clear.
wire-hello-no-name = ClientHello: it names no server.
wire-hello-answer = ServerHello: { $version } with { $cipher }.
wire-certificate-seen = The server’s certificate, with all names in it: in this version it can be read.
wire-certificate-none = No certificate was to be seen: the two took up an earlier session again, or it was not recorded.
wire-certificate-hidden = The server’s certificate is encrypted already: TLS 1.3 hides it.
wire-records = From here on: ciphertext
wire-records-sum = Client to server: { $outs } records, { $out } octets; back: { $backs } records, { $back } octets. Contents, names, passwords, commands: nothing to be seen of them.
wire-records-each = Each record with its size on the wire
wire-records-more = and { $x } more
js-wire-pieces = in { $x } pieces
