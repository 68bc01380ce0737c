### What is said of lines of all protocols, in English. common.de.ftl has the same messages with the same variables.

line-greeting = Nobody has typed anything: the server speaks first.
line-silence = Nobody has typed anything: the server speaks up by itself.
line-end-of-message = The lone dot: the message ends here.
line-answered = The server answered { $answer }.
line-unanswered = The server has not answered this line yet.
line-nothing = The line is empty.
line-auth-response = A message of the login by { $mechanism }.
line-base64 = base64: what is inside it comes below
line-argument = what follows the command
line-fault = the place at fault
line-fault-after = up to here all is well; behind it something is missing
line-state-stays = State of the session: { $state }.
line-state-changes = State of the session: before, { $before }; now, { $after }.
line-password-readable = { $tls ->
    [yes] The password stands there as it is; TLS hides it on the way.
   *[no] The password stands there as it is: anyone who reads along on this unencrypted wire has it now.
}
line-encrypted = On the wire this line was encrypted; you see it as the two programs did.
line-with-keys = The keys of this line went to the server one by one, and one that corrects a line elsewhere is among them. Nothing was erased: the server has read every octet.
line-key-backspace = Backspace, octet 8: the terminal would have erased the character before it; the server takes it for one more character
line-key-delete = Delete, octet 127: what most Unix terminals send for the Backspace key; to the server one more character
line-key-cursor = a cursor key: three octets that begin with Escape (27); to the server characters of the line
line-telnet-command = telnet’s own words (RFC 854), which begin with octet 255: a mail server does not know them, and they stand in the line
smtp-queue-id = the server's name for the message: look for it in its log and in the Received line
ehlo-size-limit = the largest message in octets
line-kept = This line did not go out on the wire: the program took it for itself.
line-sent = as it was sent
line-of-server = A line that came from the server.
