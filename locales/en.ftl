### What helo says about events and reasons, in English. de.ftl has the same messages with the same variables.
### Commands to be typed stand bare, without quotation marks, so that nobody copies those.

## SMTP: why the server answered as it did

smtp-greeting = The server greets: 220 means that it is ready. Now introduce yourself, with EHLO or HELO and the name of your machine.
smtp-hello = { $verb ->
    [EHLO] The server has your name and lists the extensions it offers. Next comes the sender: MAIL FROM.
   *[other] The server has your name; after HELO it speaks SMTP without extensions. Next comes the sender: MAIL FROM.
}
smtp-sender-accepted = { $null ->
    [yes] The envelope now has the empty sender <>. Delivery reports use it, so that no report is ever answered with another one. Next comes a recipient: RCPT TO.
   *[no] { $address } is now the sender on the envelope. Taking it does not mean that it is true. Next comes a recipient: RCPT TO.
}
smtp-recipient-accepted = { $address } is now a recipient on the envelope. Name more with RCPT, or begin the message with DATA.
smtp-start-mail = The server waits for the message: header fields, an empty line, the text. A line with nothing but a dot ends it.
smtp-message-accepted = The server has taken the message and calls it { $queue }. From now on it answers for it: it passes the mail on, or reports to the sender on the envelope.
smtp-reset = Sender and recipients are forgotten. Begin the next mail with MAIL.
smtp-nothing = NOOP does nothing but get an answer. It shows that the connection still stands.
smtp-help = The server tells what it knows. How much that is, each server decides for itself.
smtp-not-verified = 252 means: I do not tell you whether this mailbox exists, but I would take mail for it and try. Many servers answer like this so that nobody can collect addresses.
smtp-verified = The server knows this mailbox: { $address }.
smtp-closing = The server says good-bye and closes the connection. What it accepted before is safe with it.
smtp-unknown-command = { $empty ->
    [yes] An empty line is no command. Every line begins with a verb such as EHLO, MAIL, RCPT, DATA or QUIT.
   *[no] SMTP has no command “{ $word }”. Every line begins with a verb such as EHLO, MAIL, RCPT, DATA or QUIT.
}
smtp-not-implemented = { $verb } belongs to SMTP, but this server does not offer it. The answer to EHLO lists the extensions it does offer.
smtp-out-of-order = { $first ->
    [EHLO] The server wants to know first who is speaking: greet it with EHLO or HELO, then try { $verb } again.
    [HELO] The server wants to know first who is speaking: greet it with HELO or EHLO, then try { $verb } again.
    [MAIL] The server wants MAIL before { $verb }: it does not yet know from whom the message is.
    [RCPT] The server wants RCPT before { $verb }: it does not yet know for whom the message is.
   *[other] The server wants { $wanted } before { $verb }.
}
smtp-nested-mail = This mail has a sender already, and an envelope has room for one only. Go on with RCPT, or start over with RSET.
smtp-no-recipients = The server has not accepted a single recipient yet, so the message would go to nobody. Name one with RCPT TO, then try DATA again.
smtp-missing-argument = { $verb ->
    [HELO] HELO needs the name of your machine: HELO pc.example.org
    [EHLO] EHLO needs the name of your machine: EHLO pc.example.org
    [MAIL] MAIL needs the sender: MAIL FROM:<anna@example.org>
    [RCPT] RCPT needs a recipient: RCPT TO:<bert@example.org>
    [VRFY] VRFY needs the mailbox to look for: VRFY bert
   *[other] { $verb } does not stand alone: something must follow it on the same line.
}
smtp-missing-keyword = { $bare ->
    [yes] After { $verb } the server expects { $keyword }: and the address. Type it like this: { $example }
   *[no] After { $verb } the server expects { $keyword }: and found “{ $found }”. Type it like this: { $example }
}
smtp-missing-colon = A colon is missing before the address. Type it like this: { $example }
smtp-missing-brackets = This server insists on angle brackets around the address. Type it like this: { $example }
smtp-unclosed-bracket = The address begins with < and never ends with >. Type it like this: { $example }
smtp-space-around-colon = This server follows the standard to the letter: no space before or after the colon. Type it like this: { $example }
smtp-bad-host-name = “{ $word }” cannot be the name of a host: letters, digits and hyphens, with dots in between. Give the name of your machine, such as pc.example.org, or its address in brackets, such as [192.0.2.1].
smtp-unexpected-argument = { $verb } stands alone on its line, and this server insists on it. Leave away what follows.
smtp-unknown-parameter = The server does not know the parameter { $name }. Only the extensions in its answer to EHLO bring parameters with them.
smtp-bad-parameter = The value of the parameter { $name } makes no sense to the server. SIZE takes a number of octets, BODY takes 7BIT or 8BITMIME.
smtp-parameter-without-ehlo = The parameter { $name } belongs to an extension, and after HELO there are none. Greet with EHLO instead.
smtp-no-such-user = The domain is this server's, but it has no mailbox { $address }. Check the spelling; a sending server would now report back that the mail cannot be delivered.
smtp-relay-denied = { $address } is not in a domain of this server, and it does not pass mail on for strangers: it would be an open relay, and spammers would use it. Ask DNS for the domain's MX and go there.
smtp-no-such-domain = DNS knows no domain { $domain }, so no mail can go there and no report either. Check the spelling, with dig MX { $domain } for example.
smtp-sender-refused = The server does not take { $address } as sender. It wants a full address with a domain, so that it can report there if something goes wrong.
smtp-mailbox-full = { $temporary ->
    [yes] The mailbox { $address } has no room at the moment. The code begins with 4, so a sending server keeps the mail and tries again later.
   *[no] The mailbox { $address } has no room. The code begins with 5, so a sending server gives up and reports to the sender.
}
smtp-too-big = This server takes no message larger than { $limit } octets. It says so beforehand, as SIZE in the answer to EHLO. Make the message smaller.
smtp-too-many-recipients = This server takes at most { $limit } recipients for one mail. Those accepted so far count: send the mail to them, then once more to the rest.
smtp-too-many-connections = The server takes at most { $limit } connections at a time from one machine. Close one with QUIT and connect again.
smtp-too-many-errors = { $limit } mistakes in one session are as many as this server bears: it hangs up, to keep out programs that only try things. Connect again, nothing is lost but this envelope.
smtp-line-too-long = The line is longer than the { $limit } octets this server reads of a command. Long text belongs into the message, after DATA.
smtp-too-many-hops = The message has more than { $limit } Received lines already. The server takes that for a loop and stops it.
smtp-bare-line-feed = A line of the message ended with LF alone, without the CR before it. This server refuses that and hangs up, because two servers could disagree on where such a message ends. telnet sends CR LF, nc does with -C.
smtp-bare-carriage-return = The message holds a CR without the LF after it. This server refuses that and hangs up: in SMTP the two only come together, as the end of a line.
smtp-no-room = The server has no room for more messages at the moment. The code begins with 4: a sending server would keep the mail and try again later.
smtp-timed-out = For too long nothing came from your side, so the server has closed the connection. Connect again; a mail that was not finished must be started anew.

## Addresses

address-empty = { $verb ->
    [MAIL] The sender's address is missing. Type it like this: { $example } (An empty sender is written as <>.)
   *[other] The address is missing: a mail must go to somebody. Type it like this: { $example }
}
address-missing-domain = “{ $there }” has no domain. After the mailbox's name come an @ and the domain, as in name@example.org.
address-empty-local-part = Nothing stands before the @. The mailbox's name belongs there, as in name@example.org.
address-two-ats = An address has one @, between the mailbox's name and the domain. Here there are more.
address-misplaced-dot = Before the @ a dot stands between two other characters: not first, not last, not twice in a row.
address-bad-character = “{ $there }” may not stand here in an address. Before the @ it would have to be in quotation marks, in a domain only letters, digits and hyphens are allowed.
address-open-quote = The quotation mark before the @ is opened and never closed.
address-bad-label = “{ $there }” cannot be part of a domain: between the dots stand letters, digits and hyphens, at least one and at most 63, and no hyphen at either end.
address-bad-literal = Square brackets in place of a domain hold an IP address, as in name@[192.0.2.1].
address-stray-bracket = The > closes a bracket that nobody opened: there must be a < before the address.
address-too-long = The address is longer than SMTP allows: 64 octets before the @, 255 after it.
address-not-ascii = “{ $there }” goes beyond ASCII. That needs the extension SMTPUTF8, which this server does not offer.

## What the server let pass

tolerance-no-brackets = The address belongs in angle brackets. This server takes it without.
tolerance-space-after-colon = No space belongs after the colon. This server lets it pass, a strict one does not.
tolerance-space-before-colon = No space belongs before the colon. This server lets it pass, a strict one does not.
tolerance-trailing-space = There was white space at the end of the line. This server skipped it.
tolerance-text-after-address = This server skipped what stands after the address.
tolerance-extra-argument = This command stands alone. This server skipped what follows it.
tolerance-bare-line-feed = The line ended with LF alone. SMTP and POP3 want CR LF; telnet sends both, nc does with -C.
tolerance-no-greeting = HELO or EHLO was missing before MAIL. This server lets it pass, others answer 503.
tolerance-no-name = HELO and EHLO want the name of your machine. This server does without.
tolerance-source-route = The hosts before the address are a source route, a leftover from the eighties. Servers skip it.
tolerance-no-keyword = FROM: or TO: belongs before the address. This server found the address all the same.
tolerance-leading-space = There was white space before the command. This server skipped it.
tolerance-odd-address = By the standard this is no address. This server took it as it stood.

## What a line that is no command looks like

looks-like-header = { $protocol ->
    [smtp] “{ $name }:” looks like a header field. Header fields belong to the message: type DATA first.
   *[pop3] “{ $name }:” looks like a header field. POP3 only fetches mail; to send one, speak SMTP on port 25.
}
looks-like-pop3 = { $verb } is a command of POP3, and this server speaks SMTP. POP3 is spoken on port 110.
looks-like-imap = { $verb } with a tag before it is a command of IMAP. IMAP is spoken on port 143.
looks-like-smtp = { $verb } is a command of SMTP, and this server speaks POP3. SMTP is spoken on port 25.
looks-like-http = This is a request of HTTP, the web's protocol. Mail servers speak another language.
looks-like-shell = { $program } is a program on your workstation, but this line went to the server. End the session with QUIT first, or open a second terminal.
looks-like-tls = These octets begin a TLS handshake, but on this port the conversation begins in plain text.
looks-like-misspelt = Perhaps you meant { $verb }?
looks-like-lone-dot = The lone dot ends a message, and no message is open here.
looks-like-reply = This looks like an answer of the server. You type the commands, the answers come by themselves.
looks-like-text = { $protocol ->
    [smtp] This looks like the text of a message. That comes after DATA, behind the header fields and an empty line.
   *[pop3] This looks like the text of a message. POP3 only fetches mail; to send one, speak SMTP on port 25.
}
looks-like-empty = The line was empty. An empty line only means something inside a message.

## POP3: why the server answered as it did

pop3-greeting = The server greets: +OK means that it is ready. Log in with USER and PASS.
pop3-name-taken = The server has noted the name { $user }. It does not tell whether there is such a mailbox: go on with PASS.
pop3-logged-in = { $messages ->
    [0] You are logged in, and the maildrop is yours alone until QUIT. It is empty.
    [one] You are logged in, and the maildrop is yours alone until QUIT. There is one message in it: RETR 1 fetches it.
   *[other] You are logged in, and the maildrop is yours alone until QUIT. There are { $messages } messages in it: LIST shows them.
}
pop3-done = { $verb ->
    [STAT] The first number counts the messages, the second their octets. Marked ones are not counted.
    [LIST] Each line has the number of a message and its size in octets.
    [UIDL] Each line has the number of a message and its unique id. The id never changes, so a mail program knows by it what it has fetched before.
    [CAPA] The server lists what it can do beyond the minimum.
    [RSET] All marks are off again, no message will be removed.
    [AUTH] The server lists the mechanisms that AUTH knows here.
    [NOOP] NOOP does nothing but get an answer. It shows that the connection still stands.
   *[other] Done as asked.
}
pop3-message-given = { $verb ->
    [TOP] The server sends the header and the first lines of the text. The lone dot ends the answer and is not part of the message.
   *[other] The server sends the whole message. The lone dot ends the answer and is not part of the message.
}
pop3-marked = The message is marked and will be removed at QUIT, not before. RSET takes the mark off.
pop3-closing = { $removed ->
    [0] The server says good-bye. Nothing was marked, so all messages stay where they are.
    [one] The server says good-bye and has removed the message that was marked.
   *[other] The server says good-bye and has removed the { $removed } messages that were marked.
}
pop3-unknown-command = { $empty ->
    [yes] An empty line is no command. POP3 knows USER, PASS, STAT, LIST, RETR, DELE, QUIT and a few more.
   *[no] POP3 has no command “{ $word }”. It knows USER, PASS, STAT, LIST, RETR, DELE, QUIT and a few more.
}
pop3-not-implemented = { $verb } belongs to POP3, but this server does not offer it. CAPA lists what it offers.
pop3-wrong-state = { $wanted ->
    [authorization] { $verb } belongs to the login, and you are logged in already.
    [transaction] { $verb } only works once the maildrop is open. Log in first, with USER and PASS.
   *[update] { $verb } belongs to the end of the session, after QUIT.
}
pop3-user-first = PASS follows right after USER: the server does not know yet whose password this is. Begin with USER.
pop3-missing-argument = { $verb ->
    [USER] USER needs the name of the mailbox: USER name
    [PASS] PASS needs the password: PASS secret
    [APOP] APOP needs the name of the mailbox and a digest: the MD5 of the greeting's timestamp followed by the password, in hexadecimal.
    [AUTH] AUTH needs the name of a mechanism. The line SASL in the answer to CAPA shows them.
    [TOP] TOP needs the number of a message and how many lines of its text: TOP 1 5
   *[other] { $verb } needs the number of a message: { $verb } 1
}
pop3-bad-argument = { $shape ->
    [alone] { $verb } stands alone on its line. Leave away what follows.
    [apop] The digest of APOP is 32 hexadecimal digits: the MD5 of the greeting's timestamp, with its brackets, followed by the password.
    [top] TOP takes the number of a message and how many lines of its text: TOP 1 5
    [number] { $verb } takes the number of a message: { $verb } 1. LIST shows the numbers.
   *[other] The server has no use for what follows { $verb } here.
}
pop3-login-failed = Name or password is wrong. The server does not tell which, so that nobody can find out names by trying. Begin again with { $verb ->
    [APOP] APOP
    [AUTH] AUTH
   *[other] USER
}.
pop3-locked = { $holder ->
    [terminal] Your terminal { $term } has this maildrop open (connection { $conn }), and only one session may. End that one with QUIT, then log in again.
    [connection] Your connection { $conn } has this maildrop open, and only one session may. End that one with QUIT, then log in again.
   *[other] Another session has this maildrop open, and only one may. End the other one with QUIT, then log in again.
}
pop3-challenge = { $which ->
    [PLAIN-1] The + says: your turn. PLAIN is one message in base64: a NUL, your name, a NUL, your password. A lone * gives up.
    [LOGIN-1] VXNlcm5hbWU6 is “Username:” in base64. Answer with your name in base64; a lone * gives up.
    [LOGIN-2] UGFzc3dvcmQ6 is “Password:” in base64. Answer with your password in base64, which hides it from nobody: base64 is no encryption.
    [CRAM-MD5-1] This is a challenge in base64, a new one each time. The answer is your name, a space and the HMAC-MD5 of the challenge keyed with your password, all in base64. The password itself stays with you.
    [SCRAM-SHA-256-1] The + says: your turn. SCRAM goes on with the client's half of the nonce, or with its proof if it has sent that half already.
    [SCRAM-SHA-256-2] The server goes on with SCRAM: the nonce, a salt and the number of rounds, or its own proof that it knows your password too. The latter is answered with an empty line.
   *[other] The server goes on with the authentication. Its message stands behind the + in base64; the next word is yours, and a lone * gives up.
}
pop3-auth-cancelled = You gave the authentication up with *. Nothing has happened: AUTH begins anew, USER works as well.
pop3-bad-base64 = The server could not read this as base64. On a shell, printf '%s' text | base64 makes it; echo would put a line end into it.
pop3-auth-failed = { $fault ->
    [plain-parts] PLAIN has three parts: whom you act as (mostly nothing), your name, your password, with a NUL between. There must be exactly two NULs: printf '\0anna\0tulpe' | base64
    [not-text] What came out of the base64 is no text in UTF-8.
    [empty-user] The name is empty.
    [server-first] With this mechanism the server speaks first: send AUTH and its name alone, and wait for the challenge.
    [digest-form] The answer to CRAM-MD5 is your name, a space and 32 hexadecimal digits, all in base64.
    [scram-form] This message does not have the form that SCRAM gives it.
    [channel-binding] Your client wants to bind SCRAM to the TLS connection. This server does not do that: let the message begin with n,,
    [other-nonce] The nonce belongs to another exchange. It is the client's half followed by the server's.
   *[other] The exchange failed. Begin again with AUTH.
}
pop3-unknown-mechanism = This server does not offer { $name }. The line SASL in the answer to CAPA shows what it offers.
pop3-tls-required = With { $verb } the password would travel in the clear, and this server does not have that. Encrypt first: STLS, or a port where TLS comes first.
pop3-tls-begins = The server is ready for TLS: what comes next must be a handshake, which your client makes (openssl s_client -starttls pop3 does). What was said before is forgotten.
pop3-tls-active = The connection is under TLS already. Twice is not possible.
pop3-no-such-message = { $messages ->
    [0] There is no message { $number }: the maildrop is empty.
    [one] There is no message { $number }: the maildrop has just one, number 1.
   *[other] There is no message { $number }: the maildrop has the numbers 1 to { $messages }.
}
pop3-already-deleted = Message { $number } is marked as deleted and out of reach. RSET takes the marks off.
pop3-line-too-long = The line is longer than the { $limit } octets this server reads of a command.
pop3-too-many-connections = The server takes at most { $limit } connections at a time from one machine. Close one with QUIT and connect again.
pop3-too-many-errors = { $limit } mistakes in one session are as many as this server bears, so it hangs up. Connect again; nothing was removed.
pop3-timed-out = For too long nothing came from your side, so the server has closed the connection. What was marked stays: only QUIT removes messages.

## DNS

dns-answered = { $type ->
    [MX] { $name } names { $count ->
        [one] one host that takes
       *[other] { $count } hosts that take
    } its mail. The number before each host is its preference: the lowest is tried first.
    [PTR] DNS has a name for this address. Whoever runs the address's network wrote it; ask for the name's address to see whether both agree.
    [TXT] { $name } has { $count ->
        [one] one text record.
       *[other] { $count } text records.
    } Rules for mail such as SPF stand in records of this type.
   *[other] DNS has { $count ->
        [one] one record
       *[other] { $count } records
    } for { $name }, type { $type }.
}
dns-null-mx = { $name } has a null MX: a dot in place of a host. The domain says by it that it takes no mail at all.
dns-no-data = { $type ->
    [MX] The name { $name } exists but has no MX record. Mail then goes to the address of { $name } itself, if it has one.
   *[other] The name { $name } exists but has no record of type { $type }.
}
dns-no-such-name = NXDOMAIN means: there is no name { $name }. Check the spelling.
dns-format-error = The name server could not read the question. Check the name { $name }.
dns-server-failure = SERVFAIL means: the name server could not find out, for example because aliases go round in circles. It does not mean that { $name } does not exist.
dns-not-implemented = The name server does not answer questions of this kind.
dns-refused = REFUSED means: this name server does not answer for { $name }. It knows its own zones only; ask the resolver instead.
dns-timed-out = Nobody answers at { $server }. Is the address right?
dns-port-unreachable = There is a host at { $server }, but no name server runs on it.

## Connections

connect-refused = { $host } is there, but nothing listens on port { $port }: the connection was refused. Is it the right port, and the right host?
connect-timed-out = Nothing answers at { $ip }, not even with a no. Is it the right address?
connect-unreachable = No way leads from here to { $ip }: this little internet has no such addresses.
connect-too-many = Your workstation has as many connections open as it may. Close one first.
connect-given-up = The attempt to reach { $host } was given up before an answer came.

close-closed = { $by ->
    [server] The server closed the connection in good order.
   *[client] The client closed the connection in good order.
}
close-lost = The connection broke off without a good-bye.
close-idle = The server waited too long for the next command and closed the connection.

## Why a mail could not be passed on

delivery-reply = { $temporary ->
    [yes] The next server does not take { $recipient } now: { $code } { $text }. The code begins with 4, so it pays to try again.
   *[no] The next server does not take { $recipient }: { $code } { $text }. The code begins with 5, so trying again is no use.
}
delivery-connect = { $why ->
    [refused] The host that takes mail for { $recipient } is there, but no mail server listens on it.
    [timed-out] The host that takes mail for { $recipient } does not answer.
    [unreachable] No way leads to the host that takes mail for { $recipient }.
   *[other] No connection to the host that takes mail for { $recipient } came about.
}
delivery-connection-lost = The connection to the next server broke off before it had taken the mail for { $recipient }.
delivery-no-such-domain = DNS knows no domain for { $recipient }.
delivery-dns-trouble = DNS gave no answer about the domain of { $recipient }.
delivery-null-mx = The domain of { $recipient } says in DNS that it takes no mail at all, with the null MX.
delivery-too-many-hops = The mail for { $recipient } went round in circles and was stopped.
delivery-loops-back = DNS names this very host as the best mail host for { $recipient }, but it does not know the domain as its own. The mail would loop back to it, so it stops here.
delivery-mailbox-full = The mailbox { $recipient } is full.
delivery-no-such-user = The domain is this host's, but it has no mailbox { $recipient }.
delivery-no-room = This little internet holds as many messages as it can, so the mail for { $recipient } found no room.

## Bounds of the lab

limit-input-octets = That was more than { $at } octets at once. What went beyond it was left out; paste it in smaller parts.
limit-output-octets = The terminal shows at most { $at } octets for one input. The rest was left out here; it is all on the wire view.
limit-events-per-input = One input may cause at most { $at } events, so that nothing runs for ever. What would have followed was left out.
limit-event-octets-per-input = What one input causes may have at most { $at } octets. What would have followed was left out.
limit-messages = This little internet holds at most { $at } messages. For more, begin a new attempt.
limit-message-octets = All messages of this little internet together, each copy counted, may have { $at } octets. For more, begin a new attempt.
limit-terminals = There can be { $at } terminals. Use one of those that are open.
limit-file-octets = The files of the workstation together may have { $at } octets. What went beyond it was not written.
limit-inputs = An attempt takes at most { $at } inputs. It can be read and graded as it is; to go on, begin a new one.
limit-record-octets = An attempt may record at most { $at } octets. It can be read and graded as it is; to go on, begin a new one.

## The transcript, event by event

event-typed = typed: { $text }
event-pressed = key { $key }
event-printed = shown: { $text }
event-ran = program started: { $command }
event-exited = { $program } ended with status { $status }
event-terminal-opened = terminal { $term } opened
event-dns = { $asker } asks { $server } for { $type } of { $name }: { $result }
event-connected = connection { $conn }: { $from } ({ $from-ip }) to { $to } ({ $to-ip }), port { $port }
event-connect-failed = connection { $conn } from { $from } to { $to }, port { $port }: none. { $why }
event-closed = connection { $conn } closed. { $why }
event-wire = on the wire: { $octets }
event-tls = connection { $conn }: { $what }
tls-expected = The server has said its last plain word. What the client sends next must be the beginning of a TLS handshake.
tls-established = From here on everything is encrypted: { $version } with { $cipher }. Who listens on the way sees only who speaks with whom, when and how much.
tls-established-for = From here on everything is encrypted: { $version } with { $cipher }. The client asked for { $name }, and that name still stood in the clear. Who listens on the way sees only who speaks with whom, when and how much.
tls-no-common-version = Client and server have no version of TLS in common, so there is no connection.
tls-not-a-handshake = The server expected a TLS handshake and got something else, so it has hung up. Here TLS comes first: speak through openssl s_client instead of telnet.
tls-server-speaks-plain = The client began a TLS handshake, but the server speaks plain text there. Either ask it for TLS first (STARTTLS, STLS), or take the port where TLS comes first.
tls-certificate-refused = The client does not trust the server's certificate and has ended the connection.
tls-cut-off = The connection ended in the middle of the TLS handshake.
tls-timed-out = The server waited for a TLS handshake, none came, and it has hung up.
tls-verified = The client has checked the server's certificate: it leads to an authority that is trusted, and it is valid now. For which name it was to be, the client did not ask.
tls-verified-for = The client has checked the server's certificate: it leads to an authority that is trusted, it is valid now, and it is for { $name }.
certificate-malformed = What the server showed as its certificate cannot be read.
certificate-self-signed = The certificate is signed with its own key. Anybody can make one like that: it proves nothing about who is at the other end.
certificate-unknown-issuer = The certificate was issued by { $issuer }, and nobody here knows and trusts that authority. The server may also have left out a certificate in between.
certificate-not-an-authority = The chain of certificates leads over somebody who may not issue any.
certificate-bad-signature = A signature in the chain of certificates is wrong, or of a kind that nobody accepts any more.
certificate-not-yet-valid = The certificate is valid from { $from } on, and it is not so late yet. Is the clock right?
certificate-expired = The certificate was valid until { $until }. It should have been renewed before that.
certificate-wrong-purpose = The certificate was not made for servers.
certificate-wrong-name = The certificate is good, but for others: { $found }. You asked for { $wanted }. So it does not show that this is { $wanted }; or you have used another name for it than its owner does.
event-smtp = connection { $conn }, { $command }: { $code }. { $why }
event-pop3 = connection { $conn }, { $command }: { $status }. { $why }
event-policy = connection { $conn }: { $question } { $verdict }
event-accepted = { $host } answers for message { $id } as { $queue }: from { $from } to { $to }, { $octets } octets, handed over by { $client } as { $helo }
event-present = message { $id } lay in the mailbox { $mailbox } on { $host } from the beginning
event-delivered = { $host } puts message { $id } into the mailbox { $mailbox }
event-deferred = { $host } keeps message { $id } for { $recipient } until { $until }. { $why }
event-undeliverable = { $host } gives up on message { $id } for { $recipient }. { $why }
event-removed = removed from the mailbox { $mailbox } on { $host }: { $count ->
    [one] one message
   *[other] { $count } messages
}
event-hint-taken = hint { $number } taken for { $step }
event-answered = answer to { $step }: { $text }
event-time-passed = time moves on to { $to }
event-limit-reached = a bound of the lab. { $why }

policy-sender = May { $from } send?
policy-sender-null = May the empty sender <> send?
policy-recipient = Is mail for { $to } taken?
policy-message = Take this message of { $octets } octets?
policy-user = Is there a user { $what }?
policy-login = Open the maildrop of { $user }?
policy-numbers = Numbers for a challenge?
policy-numbers-for = Numbers for a challenge to { $user }?
policy-authenticate = Is this really { $user }?
policy-remove = Remove { $count ->
    [one] one message
   *[other] { $count } messages
} for good?

verdict-yes = Yes.
verdict-no = No.
verdict-local = Yes, the mailbox is here.
verdict-relay = Yes, it will be passed on.
verdict-no-such-user = No, the domain is here but not the mailbox.
verdict-relay-denied = No, the domain is not here and this client may not pass mail on.
verdict-no-such-domain = No, DNS has no such domain.
verdict-mailbox-full = No, the mailbox is full.
verdict-taken = Yes, as { $queue }, message { $id }.
verdict-opened = Yes, { $mailbox } with { $messages ->
    [one] one message.
   *[other] { $messages } messages.
}
verdict-numbers = Yes: { $nonce }.
verdict-authenticated = Yes, it is { $user }.
verdict-known = Yes: { $address }.
verdict-locked = { $holder ->
    [terminal] Not now, terminal { $term } has it (connection { $conn }).
    [connection] Not now, connection { $conn } has it.
   *[other] Not now, another session has it.
}
verdict-no-room = Not now, there is no room.
verdict-too-many-hops = No, it went through too many hosts.

capture-title = helo transcript, { $events ->
    [one] one event
   *[other] { $events } events
}, times { $offset }
