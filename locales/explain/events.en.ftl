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
smtp-expanded = { $list } is a list: the server tells whom it stands for, { $count ->
    [one] one address
   *[other] { $count } addresses, each on a line of its own
}. Handy for whoever looks after the list, and for whoever collects addresses; that is why most servers refuse EXPN.
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
    [EXPN] EXPN needs the list to be shown: EXPN team
    [AUTH] AUTH needs a mechanism: AUTH PLAIN
    [BDAT] BDAT needs the size of the piece in octets: BDAT 86 LAST
    [ETRN] ETRN needs the domain whose mail is wanted: ETRN example.org
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
smtp-bad-parameter = { $name ->
    [SIZE] SIZE takes the message's size as a number of octets: SIZE=1200
    [BODY] BODY takes 7BIT or 8BITMIME (and BINARYMIME where the answer to EHLO lists it).
    [RET] RET takes FULL or HDRS: how much of the message a report brings back. It comes once.
    [ENVID] ENVID takes a name of your own for this mail, without spaces and with at most 100 characters; + and = are written as +2B and +3D. It comes once.
    [NOTIFY] NOTIFY takes NEVER, or some of SUCCESS, FAILURE and DELAY with commas between. It comes once.
    [ORCPT] ORCPT takes the kind of address, a semicolon and the address: ORCPT=rfc822;bert@example.org. It comes once.
    [AUTH] AUTH at MAIL takes the address of whoever handed the mail in first, or <>; + and = are written as +2B and +3D.
    [BDAT] BDAT takes the piece's size in octets, and LAST after it if none follows: BDAT 86 LAST
   *[other] The value of { $name } makes no sense to the server.
}
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
smtp-start-tls = The server is ready for TLS: what comes next must be a handshake, which your client makes (openssl s_client -starttls smtp does). Everything said before is forgotten, so greet with EHLO again afterwards.
smtp-tls-active = The connection is under TLS already; a second STARTTLS makes no sense.
smtp-tls-required = This server does nothing in the clear: { $verb } works only after STARTTLS. Connect with a client that speaks TLS, for example openssl s_client -starttls smtp.
smtp-encryption-needed = { $mechanism } sends the password as good as in the clear, and this server takes it under TLS only. Do STARTTLS first.
smtp-auth-required = At this port only those may send who have logged in. Do that with AUTH first; the answer to EHLO lists the ways.
smtp-challenge = 334 means: your turn. The server waits for the next message of the authentication, in base64. A lone * gives it up.
smtp-challenge-plain = 334 means: your turn. The server waits for PLAIN's one message in base64: a NUL, your name, a NUL, your password. A lone * gives it up.
smtp-challenge-username = VXNlcm5hbWU6 is base64 for “Username:”. Answer with your name in base64.
smtp-challenge-password = UGFzc3dvcmQ6 is base64 for “Password:”. Answer with your password in base64. That hides it from nobody: base64 is no encryption.
smtp-challenge-cram = The server sends a challenge that is new each time. Answer with your name, a space and the HMAC-MD5 of the challenge keyed with your password, all in base64. The password itself stays with you.
smtp-challenge-scram-begin = The server waits for the client's first message of SCRAM: n,,n=name,r=nonce, in base64.
smtp-challenge-scram = The server sends its half of the nonce, a salt and how often the hash is applied. From these and your password your client computes its proof.
smtp-challenge-scram-next = The server goes on with SCRAM: its half of the nonce and the salt, or, at the end, its own proof that it knows your password too. Answer the latter with an empty line.
smtp-authenticated = You are logged in as { $user }, and the server knows now for whom it works. You may send to anybody.
smtp-auth-cancelled = The authentication was given up with *. Nothing has happened; AUTH begins anew.
smtp-bad-base64 = The server could not read that as base64. On the shell, printf '%s' text | base64 makes it; echo would put a line end in.
smtp-auth-too-long = A line of an authentication has at most { $limit } octets.
smtp-unknown-mechanism = The server does not offer { $name }. The answer to EHLO lists its mechanisms after AUTH.
smtp-already-authenticated = You are logged in already, and once is enough. To become somebody else, connect again.
smtp-in-transaction = { $verb } has no place in the middle of a mail. Finish it, or give it up with RSET.
smtp-sender-not-owned = You are logged in as { $user }, and this server lets nobody send under somebody else's address. { $address } is not yours.
smtp-chunk-accepted = The server has taken this piece of { $octets } octets. The next BDAT brings the next; the last says LAST.
smtp-after-chunk = The message is already on its way in pieces: now only BDAT goes on with it, or RSET gives it up. { $verb } does not fit in between.
smtp-chunk-dropped = An earlier piece was refused, so this one is of no use. Start over with RSET.
smtp-empty-chunk = A piece of zero octets brings nothing. Only the last may be empty: BDAT 0 LAST
smtp-binary-needs-bdat = The message was announced as BINARYMIME: it need not consist of lines, so no dot on a line of its own can end it. Send it with BDAT.
smtp-queue-started = The server now tries to hand over what waits for { $domain }.
smtp-queue-unknown = The server keeps no mail for { $domain }. ETRN is for domains whose mail it holds ready until they call.
sasl-server-first = In this mechanism the server speaks first: send the AUTH command without anything behind the mechanism.
sasl-plain-parts = PLAIN is one message in three parts: whom you act as (usually nothing), your name, your password, with a NUL between. Two NULs it must have: printf '\0anna\0tulpe' | base64
sasl-not-text = What stood behind the base64 is no text in UTF-8.
sasl-empty-user = The name was empty.
sasl-digest-form = CRAM-MD5 is answered with the name, a space and 32 hexadecimal digits, all in base64.
sasl-scram-form = This is no message of SCRAM as RFC 5802 has it.
sasl-channel-binding = The client wants to bind SCRAM to the TLS channel, which this server does not do. Use n,, at the beginning.
sasl-other-nonce = The nonce is not the one of this exchange: client's half and server's half belong together.
sasl-wrong = Name or password is wrong. The server does not tell which, so that nobody can find out names by trying.

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
address-not-ascii = “{ $there }” goes beyond ASCII. That needs the extension SMTPUTF8: where the answer to EHLO lists it, write SMTPUTF8 after the address of MAIL.

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
    [imap] “{ $name }:” looks like a header field. POP3 only fetches mail; to send one, speak SMTP on port 25.
   *[pop3] “{ $name }:” looks like a header field. POP3 only fetches mail; to send one, speak SMTP on port 25.
}
looks-like-pop3 = { $verb } is a command of POP3, and this server speaks { $protocol ->
    [imap] IMAP
   *[smtp] SMTP
}. POP3 is spoken on port 110.
looks-like-imap = { $verb } with a tag before it is a command of IMAP. IMAP is spoken on port 143.
looks-like-smtp = { $verb } is a command of SMTP, and this server speaks { $protocol ->
    [imap] IMAP
   *[pop3] POP3
}. SMTP is spoken on port 25.
looks-like-http = This is a request of HTTP, the web's protocol. Mail servers speak another language.
looks-like-shell = { $program } is a program on your workstation, but this line went to the server. End the session with QUIT first, or open a second terminal.
looks-like-tls = These octets begin a TLS handshake, but on this port the conversation begins in plain text.
looks-like-misspelt = Perhaps you meant { $verb }?
looks-like-lone-dot = The lone dot ends a message, and no message is open here.
looks-like-reply = This looks like an answer of the server. You type the commands, the answers come by themselves.
looks-like-text = { $protocol ->
    [smtp] This looks like the text of a message. That comes after DATA, behind the header fields and an empty line.
    [imap] This looks like the text of a message. POP3 only fetches mail; to send one, speak SMTP on port 25.
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

## IMAP: why the server answered so

imap-greeting = The server greets: OK means that it is ready. Log in with LOGIN, and put a tag of your own before every command: a1 LOGIN name password
imap-done = { $verb ->
    [CAPABILITY] The server lists what it can do. Clients look here before they use anything beyond the basics.
    [NOOP] NOOP does nothing by itself, but it gives the server a chance to tell what is new in the open mailbox.
    [CREATE] The mailbox is there now. LIST shows it.
    [DELETE] The mailbox is gone, with everything in it.
    [RENAME] The mailbox has its new name, and those below it too.
    [SUBSCRIBE] The name is on the list that LSUB shows; mail programs show these mailboxes.
    [UNSUBSCRIBE] The name is no longer on the list that LSUB shows. The mailbox itself is untouched.
    [STATUS] The server counts in a mailbox without opening it.
    [NAMESPACE] The server says with what the names of your mailboxes begin and what stands between their levels.
    [ENABLE] The server names the extensions it has switched on; nothing that can be switched on is offered here.
    [ID] The server says what it is.
    [IDLE] IDLE is over; the server listens to commands again.
    [CHECK] The server has put the mailbox in order. NOOP does as well today.
    [CLOSE] The mailbox is closed, and what was marked \Deleted is gone without a word.
    [UNSELECT] The mailbox is closed, and what was marked \Deleted is still there.
   *[other] Done, as you asked.
}
imap-logged-in = You are logged in. Next open a mailbox (IMAP calls every folder so), with SELECT INBOX for example.
imap-selected = { $read-only ->
    [yes] { $messages ->
        [one] The mailbox is open for reading only, and one message lies in it.
       *[other] The mailbox is open for reading only, and { $messages } messages lie in it.
    }
   *[no] { $messages ->
        [one] The mailbox is open, and one message lies in it.
       *[other] The mailbox is open, and { $messages } messages lie in it.
    }
}
imap-fetched = { $messages ->
    [0] None of the messages you asked for is there, and that is no mistake where you ask by unique ids.
    [one] The server gives what you asked for of one message. What it gives stands after * and the message's number.
   *[other] The server gives what you asked for of { $messages } messages, one after the other.
}
imap-found = { $messages ->
    [0] No message fits. The empty answer is an answer too.
    [one] One message fits; the answer names it.
   *[other] { $messages } messages fit; the answer names them.
}
imap-stored = { $messages ->
    [0] None of these messages is there, so no flags were changed.
    [one] The flags of one message are as you wanted. \Deleted is only a mark: EXPUNGE or CLOSE carries it out.
   *[other] The flags of { $messages } messages are as you wanted. \Deleted is only a mark: EXPUNGE or CLOSE carries it out.
}
imap-copied = { $moved ->
    [yes] { $messages ->
        [one] One message now lies in the other mailbox, and no longer here.
       *[other] { $messages } messages now lie in the other mailbox, and no longer here.
    }
   *[no] { $messages ->
        [one] One message now lies in the other mailbox too.
       *[other] { $messages } messages now lie in the other mailbox too.
    }
}
imap-appended = The message lies in the mailbox. It was put there, not sent: nobody else gets it.
imap-expunged = { $messages ->
    [0] Nothing was marked \Deleted, so nothing is gone.
    [one] One message that was marked \Deleted is gone for good. Those after it have moved up by one number; unique ids stay.
   *[other] { $messages } messages that were marked \Deleted are gone for good. Those that are left have moved up; unique ids stay.
}
imap-listed = { $mailboxes ->
    [0] No mailbox fits the pattern. * stands for everything, % for everything within one level.
    [one] One mailbox fits the pattern.
   *[other] { $mailboxes } mailboxes fit the pattern.
}
imap-tls-begins = From here on the connection is encrypted. What was known of each other before no longer counts: ask for CAPABILITY again.
imap-literal-wanted = { $octets ->
    [one] The + asks you to go on: exactly one octet, then the rest of the command.
   *[other] The + asks you to go on: exactly { $octets } octets, line ends counted as two, then the rest of the command.
}
imap-challenge = The + asks for the next message of the exchange, in base64. * alone on the line gives it up.
imap-idling = The server now tells by itself what happens in the mailbox. DONE ends that.
imap-news = { $what ->
    [arrived] Something has come in: the mailbox now holds { $messages }.
    [gone] Messages have left the mailbox, through another session. Those after them have moved up.
    [flags] Flags have changed, through another session.
   *[other] Something has changed in the mailbox.
}
imap-closing = The server says good-bye with BYE and closes the connection. What is marked \Deleted stays marked.
imap-missing-tag = { $forgotten ->
    [yes] The tag is missing. Every command begins with a word of your own, by which you know its answer again: a1 { $line }
   *[no] What stands first in a line is the tag, a word of your own such as a1. This here can be none.
}
imap-missing-command = { $tag } is taken for the tag, and after it the command is missing: { $tag } NOOP
imap-unknown-command = There is no command { $verb } in IMAP. It knows LOGIN, SELECT, FETCH, STORE, SEARCH, LOGOUT and many more.
imap-not-implemented = { $verb } belongs to IMAP, but this server does not offer it. CAPABILITY lists what it offers.
imap-wrong-state = { $wanted ->
    [not-authenticated] You are logged in already; there is nothing left for { $verb } to do in this session.
    [authenticated] { $verb } needs a login first: LOGIN name password
    [selected] { $state ->
        [not-authenticated] { $verb } needs a login and an open mailbox first: LOGIN, then SELECT INBOX.
       *[other] { $verb } works on an open mailbox, and none is open: SELECT INBOX comes first.
    }
   *[logout] { $verb } comes too late, the session is over.
}
imap-missing-argument = { $wanted ->
    [user] After { $verb } the name is missing: LOGIN name password
    [password] After the name the password is missing: LOGIN name password
    [mechanism] After { $verb } the mechanism is missing: AUTHENTICATE PLAIN
    [mailbox] { $verb } needs the name of a mailbox here, such as INBOX.
    [pattern] After the reference the pattern is missing: { $verb } "" *
    [set] { $verb } needs numbers of messages here, such as 1 or 2:4 or 1,3:*
    [status-items] { $verb } needs to know what to count: (MESSAGES UNSEEN)
    [flags] { $verb } needs flags here, such as \Seen or (\Flagged \Deleted)
    [store-item] { $verb } needs to know how: +FLAGS sets, -FLAGS takes away, FLAGS replaces.
    [fetch-items] { $verb } needs to know what to give: FULL, or BODY[HEADER], or (FLAGS ENVELOPE)
    [search-key] { $verb } needs something to look for: ALL, UNSEEN, FROM anna
    [message] { $verb } needs the message as a literal: how many octets it has, in curly brackets, and then the octets.
    [uid-command] UID stands before COPY, FETCH, STORE, SEARCH, EXPUNGE or MOVE.
   *[other] Something is missing after { $verb }.
}
imap-bad-argument = { $wanted ->
    [blank] Between two arguments stands one blank, no more and no less.
    [mailbox] That is no name of a mailbox. In quotes it may have blanks; letters beyond ASCII stand in modified UTF-7, as in Entw&APw-rfe.
    [pattern] That is no pattern for names of mailboxes.
    [set] That is no set of messages. Right are 1 or 2:4 or 1,3:*; the numbers begin at 1.
    [status-items] STATUS counts MESSAGES, RECENT, UIDNEXT, UIDVALIDITY, UNSEEN and SIZE, in parentheses.
    [flags] That is no flag. The standard's begin with a backslash, such as \Seen; your own are plain words.
    [store-item] STORE wants FLAGS, +FLAGS or -FLAGS here, .SILENT after it where no answer is wanted.
    [fetch-items] FETCH does not know that. It gives ALL, FAST, FULL, or FLAGS, ENVELOPE, BODYSTRUCTURE, BODY[...], RFC822.SIZE, UID and the like, several in parentheses.
    [section] Between the brackets stands HEADER, TEXT, HEADER.FIELDS (Subject), a part's number such as 1.2, or nothing at all.
    [partial] After the brackets stands <first.count>, such as <0.100>.
    [search-key] SEARCH does not know that. It knows ALL, UNSEEN, FROM anna, SINCE 1-Feb-2026, NOT, OR and many more.
    [date] A date is written so: 1-Feb-2026
    [date-time] Date and time are written so, in quotes: "17-Jul-1996 02:44:25 -0700"
    [number] A number stands here, in digits.
    [options] That is no option of this command.
    [base64] That is no base64.
    [closing-quote] The quotation mark that was opened is never closed.
    [closing-parenthesis] The parenthesis that was opened is never closed.
    [uid-command] UID stands before COPY, FETCH, STORE, SEARCH, EXPUNGE or MOVE.
    [end] IDLE is ended by DONE and by nothing else; the line was not taken for a command.
   *[other] The server cannot use what stands there after { $verb }.
}
imap-unexpected-argument = { $verb } is complete, and something stands behind it that does not belong to it.
imap-login-failed = Name or password is wrong. The server does not tell which, so that nobody can find out names by trying.
imap-login-disabled = This server takes no password in the clear: everybody on the way could read it. First encrypt with STARTTLS, or come to the port where TLS comes first.
imap-no-such-mechanism = The server does not offer { $mechanism }. CAPABILITY lists the mechanisms after AUTH=.
imap-cancelled = You gave the exchange up with *. Nobody is logged in.
imap-sasl = { $fault ->
    [plain-parts] PLAIN wants three parts with a NUL between them: nothing, the name, the password, together in base64.
    [not-text] What was in the base64 is no UTF-8.
    [empty-user] The name is empty.
    [digest-form] CRAM-MD5 wants the name, a blank and 32 hexadecimal digits, together in base64.
    [scram-form] That has not the form of a SCRAM message.
    [channel-binding] The client insists on channel binding, which this server does not do.
    [other-nonce] The nonce is not the one of this exchange.
   *[wrong] Name or password is wrong.
}
imap-tls-not-offered = This server has no certificate and therefore no TLS.
imap-tls-already = The connection is encrypted already; twice does not help.
imap-no-such-mailbox = { $verb ->
    [APPEND] There is no mailbox { $mailbox }. TRYCREATE says: CREATE it, then try again.
    [COPY] There is no mailbox { $mailbox }. TRYCREATE says: CREATE it, then try again.
    [MOVE] There is no mailbox { $mailbox }. TRYCREATE says: CREATE it, then try again.
   *[other] There is no mailbox { $mailbox }. LIST "" * shows which there are.
}
imap-not-selectable = { $mailbox } is only a level of names and holds no messages. LIST marks it with \Noselect.
imap-already-exists = { $mailbox } is taken: a mailbox of this name is there already.
imap-has-children = Below { $mailbox } there are mailboxes, and without them there is nothing to delete.
imap-inbox-stays = INBOX is always there: that is where mail comes in. It cannot be deleted.
imap-bad-name = No mailbox can be called { $mailbox } on this server. NAMESPACE says how names begin and what separates their levels.
imap-too-many-mailboxes = The server gives room for { $limit } mailboxes, and there are as many already.
imap-no-such-message = { $messages ->
    [0] There is no message { $number }: the mailbox is empty.
    [one] There is no message { $number }: there is only one, number 1.
   *[other] There is no message { $number }: the numbers go from 1 to { $messages }.
}
imap-eight-bit-atom = A word without quotes consists of ASCII alone, and here is a character beyond it. What you search for is put into quotes or, by the letter of the standard, sent as a literal, with CHARSET UTF-8 in front. The name of a mailbox is written in modified UTF-7: M&APw-ller.
imap-status-of-open = This mailbox is open, and STATUS is meant for the others: of the open one the server tells news by itself, with every answer. Clients that ask all the same sometimes get old numbers (RFC 5530 calls it CLIENTBUG).
imap-messages-gone = Another session has removed some of these messages, and your numbers are from before. Nothing was done; NOOP tells what is gone, then try again with what is left.
imap-surplus-blanks = By the grammar one blank stands between two words and none inside the parentheses. This server does not mind more; others answer BAD.
imap-no-such-flag = Nobody can set { $flag }. The standard knows \Answered, \Flagged, \Deleted, \Seen and \Draft; \Recent is given by the server alone.
imap-too-many-keywords = A mailbox has room for { $limit } keywords of your own, and they are used up.
imap-read-only = The mailbox was opened with EXAMINE, for reading only. SELECT opens it for changes.
imap-unknown-charset = The server cannot search in the charset { $charset }. US-ASCII and UTF-8 always work.
imap-mailbox-full = The mailbox is full. Delete something, and do not forget EXPUNGE.
imap-no-room = The lab's world holds as many messages as it may.
imap-line-too-long = The command is longer than the { $limit } octets this server reads.
imap-literal-too-big = The literal is larger than the { $limit } octets this server takes, so it does not ask for it.
imap-too-many-connections = The server takes at most { $limit } connections at a time from one machine. Close one with LOGOUT and connect again.
imap-too-many-errors = { $limit } mistakes in a row are as many as this server bears, so it hangs up. Connect again; nothing is lost.
imap-timed-out = For too long nothing came from your side, so the server has closed the connection. Nothing was removed.
imap-mailbox-gone = Another session has deleted the mailbox you had open. The server has no other way to say so than to hang up.

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
delivery-turned-away = The next server turned the sender away with its first word: { $code } { $text }. Another server of the domain may take the mail for { $recipient }, or this one later.
delivery-tls-not-offered = The sending host hands nothing over without TLS, and the next server does not offer STARTTLS. The mail for { $recipient } waits; encryption that can be switched off on the way would be none.
delivery-tls-refused = The sending host hands nothing over without TLS. The next server offers STARTTLS, and then it did not begin it: { $code } { $text }. The mail for { $recipient } waits.
delivery-handshake = The TLS handshake with the next server failed, so nothing could be handed over for { $recipient } on this connection.
delivery-certificate = The sending host demands a certificate that shows who the next server is, and this one does not ({ $kind }). It has sent nothing and keeps the mail for { $recipient }.
delivery-no-mechanism = The sending host must log in at the next server, and that offers no way of logging in that it has and may use. Often TLS is missing: without it nobody should send a password. The mail for { $recipient } waits.
delivery-login-refused = The next server does not let the sending host log in: { $code } { $text }. User or password are wrong. The mail for { $recipient } waits until somebody has put that right.
delivery-login-broken = The sending host broke off logging in at the next server, because what the server said did not fit the mechanism. The mail for { $recipient } waits.
delivery-no-smtputf8 = The mail for { $recipient } has letters beyond ASCII in its addresses or its header and so needs SMTPUTF8, which the next server does not offer. It goes back to its sender, because waiting would not change that.
delivery-too-big = The next server says in its answer to EHLO that it takes no message larger than { $limit } octets, and this one for { $recipient } is. So it was not even begun.
delivery-no-such-domain = DNS knows no domain for { $recipient }.
delivery-dns-trouble = DNS gave no answer about the domain of { $recipient }.
delivery-null-mx = The domain of { $recipient } says in DNS that it takes no mail at all, with the null MX.
delivery-too-many-hops = The mail for { $recipient } went round in circles and was stopped.
delivery-loops-back = DNS names this very host as the best mail host for { $recipient }, but it does not know the domain as its own. The mail would loop back to it, so it stops here.
delivery-mailbox-full = The mailbox { $recipient } is full.
delivery-no-such-user = The domain is this host's, but it has no mailbox { $recipient }.
delivery-no-room = This little internet holds as many messages as it can, so the mail for { $recipient } found no room.
delivery-no-mail-host = DNS knows the domain of { $recipient }, but none of its mail hosts has an address.
delivery-forwarding-loop = The mail has been in the mailbox { $recipient } before, so forwarding leads back to it. It stops here.
delivery-alias-loop = On this host { $recipient } is another name that leads back to itself, and nobody is behind it.

## Mistakes that people make everywhere

mistake-headers-before-data = That was a line of the letter, and the server is still waiting for the envelope's commands. From:, To: and Subject: come after DATA.
mistake-no-empty-line = Your letter has no empty line between header and text. Without it programs must guess where the text begins. Press Enter once more after the last header field.
mistake-no-header = Your letter begins with its text; it has no header, so its reader sees neither sender nor subject. After DATA type From: and Subject: first, then an empty line, then the text.
mistake-folded-without-space = A header field may go on in the next line, but only if that line begins with a space or a tab. Yours did not, so the header ended there, and the fields behind it are text now.
mistake-no-brackets = The address belongs between angle brackets: MAIL FROM:<anna@example.org>. Many servers let it pass without, this one does not.
mistake-open-bracket = The address begins with < and its > is missing: RCPT TO:<bert@example.org>
mistake-no-colon = FROM and TO have a colon right behind them: MAIL FROM:<anna@example.org>
mistake-space-at-colon = No space belongs at the colon: MAIL FROM:<anna@example.org>. Most servers overlook it, but the standard does not have it.
mistake-from-and-to-swapped = MAIL goes with FROM, and RCPT with TO: the one names the sender, the other a recipient. MAIL does not stand for the mail's addressee.
mistake-rcpt-before-mail = An envelope is written in one order: first the sender with MAIL FROM, then the recipients with RCPT TO.
mistake-data-before-rcpt = DATA comes when the envelope is complete. Name a recipient with RCPT TO before it, and see that the server accepts one.
mistake-mail-before-hello = Say first who you are: EHLO and the name of your machine, for instance EHLO ws.lab.test. Then come MAIL, RCPT and DATA.
mistake-second-mail = A mail has one sender, and this one has it already. To begin again, forget the envelope with RSET.
mistake-dot-inside-text = A line with nothing but a dot ended your letter, and the rest of its text was taken for commands. If a dot is to stand alone in a letter, type two of them.
mistake-dot-outside-text = The lone dot ends a letter, and none is under way. A letter begins with DATA, once the server has answered 354.
mistake-command-in-text = You are still writing the letter: until a line with nothing but a dot, everything is its text, commands too. End it with the dot first.
mistake-hello-for-helo = The word is HELO with one L, and today EHLO: all verbs of SMTP's early days have four letters.
mistake-hello-with-address = HELO and EHLO want the name of your machine, not your mail address: EHLO ws.lab.test. Your address comes with MAIL FROM.
mistake-no-ehlo-after-starttls = With TLS the conversation starts anew: the server has forgotten what was said in the clear, your name too. Say EHLO once more.
mistake-auth-before-tls = Your password would have travelled readable for everyone, and this server does not want that. Encrypt first: STARTTLS with SMTP and IMAP, STLS with POP3, or a port where TLS comes first.
mistake-tls-first = This server talks about mail only under TLS. Use openssl s_client with -starttls smtp; telnet can say STARTTLS, but no handshake.
mistake-auth-first = At this port the provider takes mail from its own users. Show who you are with AUTH before MAIL.
mistake-plain-without-nul = PLAIN is three parts with an octet 0 before the second and the third: printf '\0anna\0tulip' | base64. The first part may be empty, its 0 may not be missing.
mistake-credentials-with-newline = What you encoded ends with a line feed, and that belongs to the password now. echo adds one; printf and echo -n do not.
mistake-not-base64 = In an authentication everything you say is base64, name and password too. Encode it at the shell: printf anna | base64
mistake-wrong-server = This server is not the recipient's, and it does not pass mail on for you. Ask DNS for the recipient's mail server (dig MX and the domain), or hand the mail to your own provider.
mistake-smtp-elsewhere = That is SMTP, and here sits a server for fetching mail. Mail is handed over at port 25 or 587, fetched with POP3 at 110 or read with IMAP at 143.
mistake-pop3-elsewhere = That is POP3, and this server speaks something else. POP3 is at port 110, under TLS at 995.
mistake-imap-elsewhere = That is IMAP, and this server speaks something else. IMAP is at port 143, under TLS at 993.
mistake-http-spoken = That is what a browser says to a web server. Mail servers have a language of their own: begin with HELP, CAPA or a1 CAPABILITY.
mistake-shell-in-session = You are talking to the server; it knows no programs of your machine. End the session first (QUIT, or Ctrl-] and quit in telnet), or open a second terminal.
mistake-session-in-shell = That is a line for a server, and nobody is connected: the shell read it. Connect first, for instance with telnet, the server's name and the port.
mistake-reply-typed = Lines that begin with three digits, +OK or * are the server's. You type only your own half of the conversation.
mistake-misspelt = A slip of the fingers, by the look of it. Nothing has happened: the server has refused the line, type it once more.
mistake-plain-to-tls-port = At this port TLS comes first, and you sent plain text. Use openssl s_client -connect here, or the port for plain text.
mistake-plain-after-starttls = After STARTTLS the server waits for a TLS handshake and reads nothing else, and telnet and nc know none. Begin anew with openssl s_client -starttls smtp, pop3 or imap: it says STARTTLS for you.
mistake-tls-to-plain-port = You began with TLS, and this server begins in the clear. Tell openssl which protocol is to ask for TLS: -starttls smtp, pop3 or imap.
mistake-client-took-line = The server never saw this line: openssl s_client takes a capital Q or R at its start for a command of its own. Type it in small letters, or call s_client with -quiet.
mistake-typographic-marks = In this line stand typographic quotation marks, dashes or blanks, as word processors and phones set them. Computers want the plain ones: " ' and -
mistake-backspace-in-line = In this line stands a key that corrects a line elsewhere: each key went to the server as it was pressed, and Backspace erases nothing there but is one octet more. The server sees neither what you meant to take back nor that you did. End the line with Enter, and type it once more without a slip; or switch the raw keys off, so that telnet sends whole lines.
mistake-no-port = Without a number telnet calls at port 23, and no mail server lives there. SMTP is at 25, POP3 at 110, IMAP at 143: telnet, the server's name, the number.
mistake-port-after-colon = Host and port are two words here: telnet and nc want a space between them. With a colon openssl s_client -connect writes them.
mistake-own-machine = You called your own machine, and no mail server runs here. Call the server by its name.
mistake-retr-before-pass = The maildrop is still locked. Log in first: USER and your name, then PASS and the password.
mistake-pass-before-user = POP3 asks in two steps: first USER and the name, right after it PASS and the password.
mistake-dele-without-quit = DELE only marked the messages, and you left without QUIT: all of them are still there. Only QUIT removes them.
mistake-quoted-login = POP3 takes brackets and quotation marks for part of the name or password. Type them bare, with nothing around them.
mistake-no-such-number = There is no message with this number. Ask which there are: LIST or STAT with POP3, the EXISTS of SELECT with IMAP. They are counted from 1.
mistake-gone-already = This message is marked for deletion, and until QUIT nobody can read it. RSET takes all marks off again.
mistake-no-tag = With IMAP each of your lines begins with a tag of your choice, by which you recognise the answer: a1 LOGIN anna tulip
mistake-login-first = The server does not know you yet. Log in first: a1 LOGIN, your name, your password.
mistake-select-first = You are logged in, but no mailbox is open. Open one first: a2 SELECT INBOX
mistake-not-done = While the server waits with you in IDLE it understands one word only: DONE, alone and without a tag.
mistake-no-backslash = The system flags of IMAP begin with a backslash: \Deleted. Without it you have made a keyword of your own that only looks like it.

## Bounds of the lab

limit-input-octets = That was more than { $at } octets at once. What went beyond it was left out; paste it in smaller parts.
limit-output-octets = The terminal shows at most { $at } octets for one input. The rest was left out here; it is all on the wire view.
limit-events-per-input = One input may cause at most { $at } events, so that nothing runs for ever. What would have followed was left out.
limit-event-octets-per-input = What one input causes may have at most { $at } octets. What would have followed was left out.
limit-messages = This little internet holds at most { $at } messages. For more, begin a new attempt.
limit-message-octets = All messages in the mailboxes and queues of this little internet together, each copy counted, may have { $at } octets. Delete what is no longer needed, or begin a new attempt.
limit-terminals = There can be { $at } terminals. Use one of those that are open.
limit-file-octets = The files of the workstation together may have { $at } octets. What went beyond it was not written.
limit-inputs = An attempt takes at most { $at } inputs. It can be read and graded as it is; to go on, begin a new one.
limit-record-octets = An attempt may record at most { $at } octets. It can be read and graded as it is; to go on, begin a new one.
limit-copies = COPY and MOVE together may make { $at } copies of messages here. For more, begin a new attempt.
limit-copies-of-message = Hosts pass one message on at most { $at } times. Lists or forwards that send to each other would multiply it for ever, so it is taken no more.

## The transcript, event by event

event-typed = typed: { $text }
event-keyed = keys sent one by one: { $keys }
event-key-mode = telnet sends each key as it is pressed
event-line-mode = telnet sends whole lines again
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
tls-certificate = The server shows its certificate: for { $subject }, { $named ->
    [yes] with the names { $names },
   *[no] without any name of a server in it,
} issued by { $issuer }, valid from { $from } until { $until }.
tls-certificate-clear = In { $version } the certificate travels in the clear: who listens on the way reads it too.
tls-certificate-hidden = In { $version } the certificate travels encrypted already: who listens on the way does not see it.
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
event-imap = connection { $conn }, { $command }: { $status } { $why }
event-policy = connection { $conn }: { $question } { $verdict }
event-accepted = { $host } answers for message { $id } as { $queue }: from { $from } to { $to }, { $octets } octets, handed over by { $client } as { $helo }
event-present = message { $id } lay in the mailbox { $mailbox } on { $host } from the beginning
event-delivered = { $host } puts message { $id } into the mailbox { $mailbox }
event-deferred = { $host } keeps message { $id } for { $recipient } until { $until }. { $why }
event-undeliverable = { $expired ->
    [yes] { $host } has tried long enough and gives up on message { $id } for { $recipient }. { $why }
   *[no] { $host } gives up on message { $id } for { $recipient }. { $why }
}
event-expanded = { $by ->
    [alias] on { $host }, { $recipient } is another name: message { $id } goes to { $into }
    [catch-all] nobody on { $host } is called { $recipient }, so message { $id } goes to the one who takes such mail: { $into }
    [extension] { $host } finds the mailbox { $into } in { $recipient }: what stands behind the delimiter is its owner's affair (message { $id })
   *[forward] the owner of { $recipient } has mail sent on, so message { $id } goes from { $host } to { $into }
}
event-reported = { $host } tells { $to } what became of message { $about }, in message { $id }: { $says }
event-unreported = { $why ->
    [null-sender] { $host } tells nobody what became of message { $id } for { $recipients }: its sender is <>, as that of every report, so that reports on reports do not go round for ever
    [not-wanted] { $host } tells nobody what became of message { $id } for { $recipients }: the sender asked not to hear of it
   *[no-room] { $host } cannot tell what became of message { $id } for { $recipients }: this little internet holds no more messages
}
event-queue-listed = { $count ->
    [0] the queue of { $host } was looked at; it is empty
    [one] the queue of { $host } was looked at; one message is in it
   *[other] the queue of { $host } was looked at; { $count } messages are in it
}
event-removed = removed from the mailbox { $mailbox } on { $host }: { $count ->
    [one] one message
   *[other] { $count } messages
}
event-appended = message { $id } lies in the folder { $folder } of { $mailbox } on { $host }
event-copied = in the mailbox { $mailbox } on { $host }, { $count ->
    [one] one message
   *[other] { $count } messages
} { $moved ->
    [yes] moved
   *[no] copied
} from { $from } to { $to }
event-flagged = in the folder { $folder } of { $mailbox } on { $host }, { $count ->
    [one] one message has
   *[other] { $count } messages have
} these flags: ({ $flags })
event-folder = the mailbox { $mailbox } on { $host }: { $what }
folder-created = folder { $folder } created
folder-deleted = folder { $folder } deleted
folder-renamed = folder { $from } is now called { $to }
folder-subscribed = subscribed to { $folder }
folder-unsubscribed = no longer subscribed to { $folder }
event-hint-taken = hint { $number } taken for { $step }
event-handed-in = handed in
event-mail-certificates = certificates for mail in this world: { $count }
event-answered = answer to { $step }: { $text }
event-time-passed = time moves on to { $to }
event-limit-reached = a bound of the lab. { $why }

policy-sender = May { $from } send?
policy-sender-null = May the empty sender <> send?
policy-recipient = Is mail for { $to } taken?
policy-message = Take this message of { $octets } octets?
policy-user = Is there a user { $what }?
policy-list = For whom does { $what } stand?
policy-login = Open the maildrop of { $user }?
policy-numbers = Numbers for a challenge?
policy-numbers-for = Numbers for a challenge to { $user }?
policy-authenticate = Is this really { $user }?
policy-folders = { $verb } for { $user }, folder { $folder }?
policy-flush = Send what waits for { $domain }?
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
verdict-no-such-folder = No, there is no such folder.
verdict-not-selectable = No, that is only a level of names.
verdict-folder-exists = No, there is such a folder already.
verdict-has-children = No, there are folders below it.
verdict-inbox-stays = No, the inbox stays.
verdict-bad-name = No, no folder can be called that.
verdict-messages-gone = No, some of the messages have been removed meanwhile.
verdict-too-many-folders = No, there are as many folders as there can be.
verdict-too-many-keywords = No, there are as many keywords as there can be.
verdict-taken = Yes, as { $queue }, message { $id }.
verdict-opened = Yes, { $mailbox } with { $messages ->
    [one] one message.
   *[other] { $messages } messages.
}
verdict-numbers = Yes: { $nonce }.
verdict-authenticated = Yes, it is { $user }.
verdict-known = Yes: { $address }.
verdict-members = For { $addresses }.
verdict-not-yours = No, the address belongs to somebody else.
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

## The analyst: the way a message came

trace-nothing-trusted = No Received line here can be believed: the topmost is not by a server you trust.
trace-trust-ends = Down to here you can believe the lines: servers you trust wrote them. All that stands below was brought along by whoever called.
trace-below-boundary = This line stands below the part that can be trusted. It may be true, but the sender may as well have typed it.
trace-claims-trusted = The line says that { $by } wrote it, a server you trust. But servers put their lines on top, and those of { $by } stand further up. Down here anybody can use its name.
trace-chain-broken = The links do not fit: here { $by } took the mail, but the line above has it from { $from }. Whoever takes a mail hands it on next, under the same name or one much like it.
trace-inside-network = A note by qmail: its own SMTP server has put the mail into the queue. It says little about where the mail came from; the line below tells that.
trace-inside-user = A user or a program on the host itself handed the mail over, over no connection.
trace-inside-alias = A forwarding rule of the host has passed the mail on.
trace-inside-report = The host itself made this mail: it is a report.
trace-hello-differs = The client called itself { $helo }, but its address is called { $name }. HELO is whatever the caller says; the other name is what the server found in DNS.
trace-no-reverse-name = DNS knows no name for { $ip }. Proper mail servers have one; with others it proves nothing.
trace-may-be-forged = The address says it is called { $name }, but that name does not lead back to the address. Whoever runs the reverse zone can write any name into it.
trace-address-private = { $ip } is a private address: a great many networks use it, so it does not say where this was. Within a firm or at home it is quite normal.
trace-address-reserved = { $ip } is set aside: no host on the internet calls from there.
trace-address-impossible = { $text } cannot be an address, as none of its numbers may be above 255. Somebody made it up.
trace-no-address = The line names no address that called. Without one, its names are mere claims.
trace-no-by = The line does not say which server took the mail.
trace-no-date = The line has no date. Every server writes one, behind a semicolon.
trace-bad-date = “{ $text }” is no date as mail writes it.
trace-wrong-weekday = The line says { $said }, but that day was a { $right }. Programs do not get this wrong; people who make up dates do.
trace-zone-unknown = No time zone stands here that anybody knows, so UTC can only be guessed.
trace-time-goes-back = By its date the line below is { $span } later than this one, though the mail was there before. A clock is wrong, or one of the lines.
trace-long-wait = This line is { $span } younger than the one below. The mail has waited: in a queue, for greylisting, or one of the dates is made up.
trace-in-future = This is { $span } after the mail has arrived. It cannot have been there then.
trace-unknown-protocol = “{ $with }” is no protocol that carries mail.
trace-date-far = { $later ->
    [yes] The letter is dated { $span } after it was handed over. A wrong clock, or a date of the sender's choosing.
   *[no] The letter is dated { $span } before it was handed over. It lay that long with the sender, a clock is wrong, or the date is of the sender's choosing.
}
trace-envelope-differs = The letter says it is from { $from }, the envelope said { $path }. Newsletters and lists do that too; a report would go to { $path }.
trace-null-sender = The envelope had no sender. That is how reports and machines' answers come, so that nobody answers them by machine.
trace-reply-elsewhere = An answer would not go to { $from } but to { $reply }, which is somewhere else.
trace-sender-differs = By its own words, { $sender } sent the letter for its author.
trace-name-has-address = The name shown looks like the address { $shown }, but the address is { $address }. Many mail programs show the name alone.
trace-message-id-elsewhere = The Message-ID was made at { $domain }, the sender claims to be at { $from }. It shows whose program or server named the letter.
trace-field-missing = The letter has no { $name }, though every letter should have one. Mail programs never forget it.
trace-field-twice = { $name } stands here again, though it may stand only once. Each program shows whichever it likes.
trace-bcc-visible = Bcc was left in. Mail programs take it out before sending, as nobody shall see these recipients.
trace-high-priority = The letter calls itself urgent. That makes nothing faster; spam likes to do it.
trace-auth-believed = { $host }, which you trust, checked the sender and wrote down what came of it. This you can believe.
trace-auth-not-believed = This result names { $host }, but it was not written by a server you trust, at the place where that server writes. Take it for the sender's word.
trace-origin-address = { $named ->
    [yes] As far as it can be known, the mail comes from { $ip }, called { $name }.
   *[no] As far as it can be known, the mail comes from { $ip }, an address without a name.
} Whatever stands below that line is the sender's word.
trace-origin-inside = As far as it can be known, the mail began on that host itself.
trace-origin-unknown = Where the mail comes from cannot be told from these lines.
trace-believed = A server you trust wrote this line.
trace-claimed = This line came with the mail: it is the sender's word, or that of a server nobody vouches for.

## The fields of a header, and what each is worth

field-received = A note of delivery: each server that takes the mail puts one on top, with who called, who took it, and when.
field-return-path = The sender on the envelope, as MAIL FROM named it; reports go there. The last server writes it, but what it says comes from whoever called.
field-delivered-to = For whom the mail was put into the mailbox: a recipient from the envelope, who need not stand in To.
field-authentication-results = What a server's checks of the sender came to (SPF, DKIM, DMARC). Only that of your own server counts; anybody can type such a line.
field-received-spf = Whether the address that called may send for the envelope's domain. It counts only from your own server.
field-dkim-signature = A domain's signature over header and text. It is worth something once it has been verified, and then speaks for that domain, not for a person.
field-from = Who is said to have written it: address, perhaps a name. The sender's mail program puts it there, and nobody checks it.
field-sender = Who sent the letter for its author, where these are two. As little checked as From.
field-reply-to = Where an answer shall go instead of to From. Look at it before you answer.
field-to = To whom the letter says it is addressed. The envelope decides who gets it, and its recipients may be others.
field-cc = Who is said to get a copy. For everybody to see, and for delivery without meaning.
field-bcc = Who gets a copy without the others knowing. It should not have arrived: the mail program takes it out.
field-date = When the letter was written, by the clock of the sender's machine, with its distance from UTC. Compare it with the first line you can trust.
field-message-id = The letter's own name. Made by the sender's program or the first server; the part behind the @ often tells whose.
field-in-reply-to = The Message-ID of the letter that this one answers. Easily made up.
field-references = The Message-IDs of the letters it belongs with. Mail programs sort conversations by it.
field-subject = What the letter is about, in the sender's words.
field-organization = The firm, as the sender's mail program was told. Anybody can set it to anything.
field-mailer = The program that made the letter, by its own word. Odd ones are a hint, nothing more.
field-priority = How urgent the letter calls itself, from 1 (highest) to 5. It makes nothing faster; spam likes high ones.
field-x-sender = Whom the mail program took for its user. A field without a standard, and the sender's word.
field-originating-ip = The address of the browser, as a webmail server says. True if that server can be trusted, else the sender's word.
field-mime-version = Says that the letter uses MIME. Always 1.0.
field-content-type = The kind of content and, for text, its charset.
field-content-transfer-encoding = How the text was coded for the journey: quoted-printable, base64, 7bit or 8bit.
field-content-language = The language of the text, as the mail program says. A bank's letter in the wrong one is a hint.
field-list = A mailing list has sent it on; here it says how to leave.
field-resent = Somebody sent the letter on by hand; these fields are theirs.
field-receipt-request = The sender asks for a receipt. You may refuse; answering tells spammers that your address is read.
field-auto-submitted = A machine wrote this; no machine should answer.
field-spam = What a filter thought of it. It counts only from your own server.
field-other = A field of no general meaning here.
## Faults

event-fault = A fault of this scenario strikes ({ $id }). { $what }
event-tampered = { $conn }: somebody on the way changed this; what arrived was: { $octets }
fault-reply = { $permanent ->
    [yes] { $place } refuses at { $stage } with { $code }, for good.
   *[no] { $place } refuses at { $stage } with { $code }, for now. Whoever tries again later may have more luck.
}
fault-greylist = { $place } uses greylisting: mail from a network, sender and recipient that it has not seen together is put off for { $seconds ->
    [one] one second
   *[other] { $seconds } seconds
}. Real mail servers try again; much of what sends spam does not.
fault-tarpit = { $place } takes { $seconds } s for each answer, on purpose (a tarpit): people wait, programs that send in masses give up.
fault-slow = The line to { $place } carries only { $rate } octets a second.
fault-refused = Nothing listens on the port of { $place } at the moment.
fault-no-answer = { $place } does not answer at the moment: what is sent to it is lost on the way.
fault-reset = { $place } takes the connection and resets it at once.
fault-silent = { $place } falls silent at { $stage }. The connection stays open, and whoever waits must decide for how long.
fault-cut = The connection to { $place } breaks off at { $stage }, before the answer came.
fault-cut-end = { $place } has taken the message, but the connection breaks off before its 250 arrives. The sender cannot know that and will send again: so the recipient gets the mail twice (RFC 1047).
fault-cut-message = The connection to { $place } breaks off after { $octets } octets of the message. A message without its lone dot was never sent: the server throws it away.
fault-full = The mailbox takes nothing at the moment ({ $place }).
fault-strip-tls = Somebody between the two takes the offer of TLS out of what { $place } says{ $masked ->
    [yes] , by writing X over it
   *[no] {""}
}. A client that only takes TLS where it is offered goes on in the clear; one that insists sends nothing.
fault-serv-fail = The name server cannot find out about { $place } at the moment.
fault-dns-silent = The name server does not answer about { $place } at the moment.
fault-locked = Somebody else has the maildrop { $place } open.
fault-renumbered = The mailbox { $place } was made anew on its host. Its messages have other numbers now and its folders another UIDVALIDITY, so that programs throw away what they remember of it.
policy-stage = Does the server answer as it should at { $stage }?
verdict-trouble = no, something is wrong here: { $code }
smtp-greylisted = The server has not seen this client, sender and recipient together before, and so it puts the mail off (greylisting). { $seconds ->
    [one] In one second
   *[other] In { $seconds } seconds
} the same mail would be taken. The code begins with 4: a mail server keeps the mail and tries again by itself; by hand you have to.
smtp-trouble = { $permanent ->
    [yes] Something is wrong with this server, or it wants nothing to do with this. The code begins with 5, so trying again is no use.
   *[no] Something is wrong with this server at the moment. The code begins with 4, so it pays to try again later; a mail server would do that by itself.
}
event-setting = On { $host }, { $name } is now { $value }
event-zone = { $added ->
    [yes] The zone { $zone } has a new record: { $record } (serial { $serial })
   *[no] The zone { $zone } has lost a record: { $record } (serial { $serial })
}

## Where mail comes from: SPF, DKIM, DMARC

event-sender = { $host }: { $what }
smtp-spf-failed = SPF says fail: by its own record “{ $domain }” does not send from this client's address. The server therefore does not take the mail. Who really sends for that domain uses one of the addresses in its record.
smtp-dmarc-failed = “{ $domain }” stands in From, and neither SPF nor a DKIM signature vouches for that domain. Its DMARC record asks everybody to refuse such mail, and the server does.
verdict-spf-failed = No, “{ $domain }” does not send from there (SPF).
verdict-dmarc-failed = No, “{ $domain }” wants such mail refused (DMARC).
sender-forged-results = { $count ->
        [one] An Authentication-Results line claimed to be from this host and was taken out.
       *[other] { $count } Authentication-Results lines claimed to be from this host and were taken out.
    }
sender-quarantined = Message { $id } will go into the folder for junk, as “{ $domain }” wants it.
sender-signed = Message { $id } was signed with DKIM for “{ $domain }”, key “{ $selector }”, { $algorithm }.
lookup-found = { $type } of “{ $name }”: { $values }
lookup-nothing = { $type } of “{ $name }”: the name exists and has no such record.
lookup-no-name = { $type } of “{ $name }”: there is no such name.
lookup-trouble = { $type } of “{ $name }”: no usable answer.
spf-none = SPF for “{ $domain }”: none. The domain does not say who may send for it, { $client } or anybody else.
spf-neutral = SPF for “{ $domain }”: neutral. Nothing in its record is about { $client }.
spf-neutral-by = SPF for “{ $domain }”: neutral. “{ $term }” leaves it open whether { $client } may send for it.
spf-pass = SPF for “{ $domain }”: pass. { $client } may send for it.
spf-pass-by = SPF for “{ $domain }”: pass. { $client } may send for it, says “{ $term }”.
spf-fail = SPF for “{ $domain }”: fail. { $client } may not send for it.
spf-fail-by = SPF for “{ $domain }”: fail. { $client } may not send for it, says “{ $term }”.
spf-softfail = SPF for “{ $domain }”: softfail. { $client } should not send for it; the domain is not sure enough for a no.
spf-softfail-by = SPF for “{ $domain }”: softfail. { $client } should not send for it, says “{ $term }”; the domain is not sure enough for a no.
spf-temperror = SPF for “{ $domain }”: temperror. Whether { $client } may send for it cannot be found out at the moment.
spf-permerror = SPF for “{ $domain }”: permerror. Its record cannot be used, so it says nothing about { $client }.
spf-dns-trouble = SPF for “{ $domain }”: temperror. DNS did not answer about “{ $name }”, so nothing is known about { $client }.
spf-unreadable = SPF for “{ $domain }”: permerror. “{ $term }” cannot be read, and one wrong term makes the whole record void, also for { $client }.
spf-several-records = SPF for “{ $domain }”: permerror. “{ $at }” has more than one SPF record, so nobody knows which one is about { $client }. Put all of it into one.
spf-too-many-lookups = SPF for “{ $domain }”: permerror. Its records ask for more than 10 look-ups, and nobody has to do more, so { $client } gets no answer. Each include, a, mx, ptr, exists and redirect counts.
spf-too-many-void-lookups = SPF for “{ $domain }”: permerror. More than 2 look-ups found nothing, so the check of { $client } was given up.
spf-too-many-exchanges = SPF for “{ $domain }”: permerror. “{ $at }” has more than 10 mail hosts, too many to compare { $client } with.
spf-no-record-there = SPF for “{ $domain }”: permerror. Its record points to “{ $at }”, which has none of its own, so nothing is known about { $client }.
spf-step-no-domain = “{ $domain }” is no domain that could have an SPF record.
spf-step-no-record = “{ $domain }” has no SPF record: no TXT record that begins with v=spf1.
spf-step-record = The SPF record of “{ $domain }”: { $text }
spf-step-expanded = The macros in “{ $term }” filled in: “{ $to }”
spf-step-matched = “{ $term }” is about this client: it decides.
spf-step-not-matched = “{ $term }” is not about this client: on to the next term.
spf-step-included = The record of “{ $domain }” alone would say { $result }; included, only a pass counts.
spf-step-redirected = No term matched, and the record hands over to that of “{ $domain }”.
spf-step-nothing-matched = No term matched, and none stands for all others: neutral.
spf-step-explained = What the domain has to say about it: { $text }
spf-step-limit-lookups = Here it would have been the 11th term that asks DNS. 10 are allowed.
spf-step-limit-void-lookups = That was the 3rd look-up that found nothing. 2 are allowed.
spf-step-limit-exchanges = More than 10 mail hosts: no more are looked at.
spf-step-limit-names = The address has more than 10 names. Those after the 10th are passed over.
spf-term-unknown-mechanism = “{ $term }”: there is no such mechanism.
spf-term-unexpected-argument = “{ $term }”: this mechanism takes no such argument.
spf-term-missing-argument = “{ $term }”: something must follow the name.
spf-term-bad-domain = “{ $term }”: no domain name, or a macro that does not exist.
spf-term-bad-address = “{ $term }”: no address of this family.
spf-term-bad-prefix = “{ $term }”: the length after the slash cannot be.
spf-term-twice = “{ $term }”: may stand in a record only once.
spf-term-bad-modifier = “{ $term }”: no modifier, whatever its name.
spf-term-not-text = “{ $term }”: a record is made of ASCII, its terms parted by spaces.
spf-term-too-long = “{ $term }”: the record is too long.
dkim-none = DKIM: none. The message has no signature.
dkim-pass = DKIM: pass. “{ $domain }” signed the message with its key “{ $selector }”, and nothing it signed has changed.
dkim-pass-testing = DKIM: pass. “{ $domain }” signed the message with its key “{ $selector }”; the key's record says that the domain is only trying (t=y).
dkim-unreadable = DKIM: { $result }. A signature (d={ $domain }, s={ $selector }) is no list of tags.
dkim-unknown-version = DKIM: { $result }. The signature of “{ $domain }” (key “{ $selector }”) is not of version 1.
dkim-missing-tag = DKIM: { $result }. The signature of “{ $domain }” (key “{ $selector }”) lacks the tag “{ $tag }”.
dkim-bad-tag = DKIM: { $result }. In the signature of “{ $domain }” (key “{ $selector }”) the tag “{ $tag }” has a value that cannot be.
dkim-unknown-algorithm = DKIM: { $result }. The signature of “{ $domain }” (key “{ $selector }”) names an algorithm that does not exist.
dkim-sha1 = DKIM: { $result }. “{ $domain }” (key “{ $selector }”) signs with rsa-sha1. Since RFC 8301 nobody may accept that: SHA-1 is broken.
dkim-from-not-signed = DKIM: { $result }. “{ $domain }” (key “{ $selector }”) has not signed the From line, which every signature must.
dkim-identity-outside = DKIM: { $result }. The signature (key “{ $selector }”) speaks for somebody who is not in “{ $domain }”.
dkim-unknown-query = DKIM: { $result }. The signature of “{ $domain }” (key “{ $selector }”) wants its key fetched in a way that does not exist.
dkim-expired = DKIM: { $result }. The time of the signature of “{ $domain }” (key “{ $selector }”) is over.
dkim-too-many = DKIM: { $result }. More signatures than are looked at (d={ $domain }, s={ $selector }).
dkim-no-key = DKIM: { $result }. “{ $domain }” publishes no key named “{ $selector }”.
dkim-dns-trouble = DKIM: { $result }. DNS did not answer about the key “{ $selector }” of “{ $domain }”.
dkim-key-unreadable = DKIM: { $result }. The record of the key “{ $selector }” of “{ $domain }” cannot be read.
dkim-key-revoked = DKIM: { $result }. “{ $domain }” has taken its key “{ $selector }” back: p= in its record is empty.
dkim-key-not-for-mail = DKIM: { $result }. The key “{ $selector }” of “{ $domain }” is not for mail (s=).
dkim-key-of-other-kind = DKIM: { $result }. The key “{ $selector }” of “{ $domain }” is of another kind than the signature.
dkim-hash-not-allowed = DKIM: { $result }. The key “{ $selector }” of “{ $domain }” does not allow the signature's hash (h=).
dkim-identity-not-strict = DKIM: { $result }. The key “{ $selector }” of “{ $domain }” signs for the domain itself only, not for names below it (t=s).
dkim-key-too-short = DKIM: { $result }. The key “{ $selector }” of “{ $domain }” has { $bits } bits. Below 1024 it proves nothing: it can be broken.
dkim-key-too-long = DKIM: { $result }. The key “{ $selector }” of “{ $domain }” has { $bits } bits, more than anybody has to compute with.
dkim-body-too-short = DKIM: { $result }. The signature of “{ $domain }” (key “{ $selector }”) is about more body than there is (l=).
dkim-body-changed = DKIM: { $result }. The body is not the one that “{ $domain }” signed (key “{ $selector }”): something was changed, added or taken out on the way.
dkim-signature-wrong = DKIM: { $result }. The signed header lines are not those that “{ $domain }” signed (key “{ $selector }”), or somebody else's key did it.
dkim-step-read = The signature is about these fields: { $fields }; form { $form }; on behalf of “{ $identity }”.
dkim-step-key = The record has an Ed25519 key.
dkim-step-rsa-key = The record has an RSA key of { $bits } bits.
dkim-step-body-same = { $octets } octets of the body give the hash { $computed }, and the signature says { $claimed }: the same.
dkim-step-body-differs = { $octets } octets of the body give the hash { $computed }, and the signature says { $claimed }: not the same.
dkim-step-beyond = { $octets } octets of the body come after those that are signed (l=). Anybody could have added them.
dkim-step-absent = Signed as not being there, so that nobody can add one: { $fields }
dkim-step-header-good = The signed header lines, put together, fit the signature and the key.
dkim-step-header-wrong = The signed header lines, put together, do not fit the signature with this key.
dmarc-none = DMARC for “{ $domain }”: none. The domain does not say what is to become of mail that only claims to be from it.
dmarc-pass = DMARC for “{ $domain }”: pass. SPF or DKIM has passed for a domain of the same organization as the author's.
dmarc-fail-none = DMARC for “{ $domain }”: fail. Neither SPF nor DKIM vouches for the author's domain; it wants nothing done about it (p=none).
dmarc-fail-quarantine = DMARC for “{ $domain }”: fail. Neither SPF nor DKIM vouches for the author's domain; it wants such mail put among the junk (p=quarantine).
dmarc-fail-reject = DMARC for “{ $domain }”: fail. Neither SPF nor DKIM vouches for the author's domain; it wants such mail refused (p=reject).
dmarc-no-author = DMARC: permerror. The message has no From line with an address ({ $domain }), so there is nobody to ask.
dmarc-several-authors = DMARC: permerror. The message has several From lines, or authors in several domains ({ $domain }).
dmarc-bad-domain = DMARC: permerror. What stands after the @ in From is no domain name ({ $domain }).
dmarc-dns-trouble = DMARC for “{ $domain }”: temperror. DNS did not answer.
dmarc-step-record = The DMARC record of “{ $domain }”: { $text }
dmarc-step-no-use = What stands there for “{ $domain }” is no DMARC record that counts.
dmarc-step-organization = “{ $of }” belongs to the organization “{ $domain }”.
dmarc-step-policy = The record of “{ $domain }” counts: { $tag }={ $policy }
dmarc-step-policy-testing = The record of “{ $domain }” counts: { $tag }={ $policy }; the domain is only trying (t=y), so the next milder policy is applied.
dmarc-step-spf-aligned = SPF has passed for “{ $domain }”, and that is { $strict ->
        [yes] the author's domain itself.
       *[no] a domain of the author's organization.
    }
dmarc-step-spf-not-aligned = SPF has passed for “{ $domain }”, but that is not { $strict ->
        [yes] the author's domain itself, which its record insists on.
       *[no] a domain of the author's organization.
    }
dmarc-step-spf-not-passed = SPF says { $result }, so it does not help.
dmarc-step-dkim-aligned = The signature of “{ $domain }” is good, and that is { $strict ->
        [yes] the author's domain itself.
       *[no] a domain of the author's organization.
    }
dmarc-step-dkim-not-aligned = The signature of “{ $domain }” is good, but that is not { $strict ->
        [yes] the author's domain itself, which its record insists on.
       *[no] a domain of the author's organization.
    }
dmarc-step-dkim-not-passed = DKIM says { $result } for “{ $domain }”, so it does not help.

## Persons of a scenario

person-reads = { $name } opens message { $id }
person-misses = { $name } looks for message { $id }, which is no longer in the mailbox
person-writes-new = { $name } writes to { $to } (connection { $conn })
person-writes-reply = { $name } answers message { $id }, to { $to } (connection { $conn })
person-writes-forward = { $name } forwards message { $id } to { $to } (connection { $conn })
person-writes-receipt = { $name } confirms to { $to } that message { $id } was displayed (connection { $conn })
person-writes-away = { $name } is away and has { $to } told so, message { $id } (connection { $conn })
person-not-sent = { $name } cannot send the message to { $to }. { $why }
person-not-sent-yet = { $name } cannot send the message to { $to } yet and tries again at { $again }. { $why }
person-keeps-still-new = { $name } does not write. { $why }
person-keeps-still-reply = { $name } does not answer message { $id }. { $why }
person-keeps-still-forward = { $name } does not forward message { $id }. { $why }
person-keeps-still-receipt = { $name } sends no receipt for message { $id }. { $why }
person-keeps-still-away = { $name } is away and says nothing about it to the sender of message { $id }. { $why }
restraint-null-sender = The envelope's sender is empty: that is how reports come, and nobody waits for an answer to those.
restraint-auto-submitted = Auto-Submitted says that a machine wrote it. If machines answered each other they would never stop.
restraint-list = It came through a mailing list: an automatic answer would go to everybody on it.
restraint-role-sender = By its name the sender is no human being.
restraint-not-addressed = Their own address stands neither in To nor in Cc; it came as a blind copy or through a distributor.
restraint-no-certificate = There is no certificate of somebody it should go to, so that it cannot be encrypted, and in the clear it shall not go.
restraint-told-before = This sender was told before, and once is enough.
restraint-own = It comes from their own address.
restraint-not-asked-for = Nobody asked for one: Disposition-Notification-To is missing.
restraint-other-address = The receipt would go to another address than the message came from. No program may decide that alone, or strangers could be showered with receipts.
restraint-denied = One is asked for, but confirming is up to the reader. So no receipt means nothing at all.
restraint-receipt = It is a receipt itself.
restraint-enough = A person in this scenario writes a limited number of letters, so that two who answer each other stop some time.
