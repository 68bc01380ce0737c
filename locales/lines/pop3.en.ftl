### What stands in a line of POP3, in English. pop3.de.ftl has the same messages with the same variables.

pop3-verb-user = USER names the mailbox. The server does not say whether there is one of that name; PASS decides.
pop3-verb-pass = PASS brings the password for the name given with USER. Without TLS everybody on the way can read it.
pop3-verb-apop = APOP logs in with a digest of the greeting's timestamp and the password, so that the password itself does not travel.
pop3-verb-auth = AUTH logs in by a SASL mechanism; alone it asks which there are.
pop3-verb-stat = STAT asks how many messages there are, and how many octets they have together.
pop3-verb-list = LIST asks for the size of one message or of all.
pop3-verb-uidl = UIDL asks for the names that stay the same from session to session. Mail programs tell by them what they have fetched already.
pop3-verb-retr = RETR fetches a message whole. It stays in the mailbox.
pop3-verb-top = TOP fetches the header and the first lines of the text.
pop3-verb-dele = DELE marks a message as deleted. It goes at QUIT, not before.
pop3-verb-rset = RSET takes all deletion marks back.
pop3-verb-noop = NOOP asks for an answer and for nothing else.
pop3-verb-capa = CAPA asks what the server can do.
pop3-verb-stls = STLS asks to go on encrypted on this same connection.
pop3-verb-quit = QUIT ends the session; only now do marked messages go. Whoever hangs up without it deletes nothing.
pop3-verb-utf8 = UTF8 switches to names and messages in UTF-8.
pop3-verb-lang = LANG chooses the language of the server's words.
pop3-verb-last = LAST asked for the last message read. It was taken out of POP3 long ago.

pop3-part-verb = the command
pop3-part-user = the name of the mailbox
pop3-part-password = the password, in the clear
pop3-part-digest = the digest: MD5 over the timestamp of the greeting and the password. Who reads along cannot turn it back, but can try passwords against it.
pop3-part-number = the number of the message. Numbers hold for this session only.
pop3-part-lines = how many lines of the text are wanted
pop3-part-mechanism = the mechanism by which the client logs in
pop3-part-initial = the client's first message of the mechanism, in base64
pop3-part-rest = text that has no meaning to this command
pop3-part-line = a line that is no command of POP3

pop3-ok = +OK: it worked
pop3-err = -ERR: it did not work
pop3-go-on = a plus sign: the login goes on, and the server's message in base64 follows
pop3-words = words for people; each server has its own
pop3-timestamp = the timestamp, new in each session: APOP makes its digest from it and the password
pop3-stat-count = how many messages there are
pop3-stat-octets = how many octets they have together
pop3-list-number = the number of the message in this session
pop3-list-octets = its size in octets
pop3-uidl-name = the message's lasting name
pop3-dot = a line with nothing but a dot: the end of the answer
pop3-code-in-use = IN-USE: somebody else has the mailbox open
pop3-code-login-delay = LOGIN-DELAY: the last login is not long enough ago
pop3-code-sys-temp = SYS/TEMP: trouble of the server that may pass
pop3-code-sys-perm = SYS/PERM: trouble of the server that will not pass by itself
pop3-code-auth = AUTH: the trouble is with name or password

capa-capa = CAPA: the server knows this command.
capa-top = TOP: the server can show header and beginning of a message.
capa-uidl = UIDL: messages have lasting names.
capa-user = USER: one can log in with USER and PASS.
capa-sasl = SASL: one can log in with AUTH, by the mechanisms named.
capa-stls = STLS: the conversation can go on encrypted.
capa-resp-codes = RESP-CODES: answers may say in brackets what is wrong, for programs to read.
capa-auth-resp-code = AUTH-RESP-CODE: [AUTH] tells a wrong password from trouble of the server.
capa-pipelining = PIPELINING: several commands may be sent without waiting.
capa-implementation = IMPLEMENTATION: which program the server is.
capa-expire = EXPIRE: after how many days the server throws messages away by itself.
capa-login-delay = LOGIN-DELAY: so many seconds must lie between two logins.
capa-utf8 = UTF8: names and messages in UTF-8 are possible.
capa-lang = LANG: the server's words can be had in other languages.
capa-other = a capability that helo's reference does not know

pop3-state-authorization = not logged in
pop3-state-named = not logged in, the name { $user } is noted
pop3-state-transaction = logged in as { $user }, the mailbox is open and locked for others
pop3-state-marked = { $count ->
    [one] logged in as { $user }, one message marked as deleted
   *[other] logged in as { $user }, { $count } messages marked as deleted
}
pop3-state-login = in the middle of a login
pop3-state-handshake = waiting for the TLS handshake
pop3-state-closed = the session is over

pop3-next-user = log in: first the name
pop3-next-pass = the password for that name
pop3-next-apop = log in without sending the password
pop3-next-stls = go on encrypted
pop3-next-capa = see what the server can do
pop3-next-stat = how many messages there are
pop3-next-list = the sizes of all messages
pop3-next-uidl = their lasting names
pop3-next-retr = fetch a message
pop3-next-top = header and first lines of a message
pop3-next-dele = mark a message as deleted
pop3-next-rset = take the marks back
pop3-next-quit = end the session; what is marked goes
