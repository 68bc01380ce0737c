### Was helo zu Ereignissen und Gründen sagt, auf Deutsch. en.ftl hat dieselben Meldungen mit denselben Variablen.
### Befehle zum Abtippen stehen ohne Anführungszeichen da, damit niemand sie mit abtippt.

## SMTP: warum der Server so geantwortet hat

smtp-greeting = Der Server meldet sich: 220 heißt, er ist bereit. Stell dich jetzt vor, mit EHLO oder HELO und dem Namen deines Rechners.
smtp-hello = { $verb ->
    [EHLO] Der Server kennt jetzt deinen Namen und zählt die Erweiterungen auf, die er anbietet. Als Nächstes kommt der Absender: MAIL FROM.
   *[other] Der Server kennt jetzt deinen Namen; nach HELO spricht er SMTP ohne Erweiterungen. Als Nächstes kommt der Absender: MAIL FROM.
}
smtp-sender-accepted = { $null ->
    [yes] Auf dem Umschlag steht jetzt der leere Absender <>. Zustellberichte kommen so, damit nie ein Bericht mit einem Bericht beantwortet wird. Als Nächstes kommt ein Empfänger: RCPT TO.
   *[no] { $address } steht jetzt als Absender auf dem Umschlag. Dass der Server das annimmt, heißt nicht, dass es stimmt. Als Nächstes kommt ein Empfänger: RCPT TO.
}
smtp-recipient-accepted = { $address } steht jetzt als Empfänger auf dem Umschlag. Nenn weitere mit RCPT oder beginne mit DATA die Nachricht.
smtp-start-mail = Der Server wartet auf die Nachricht: Header-Felder, eine leere Zeile, der Text. Eine Zeile, in der nur ein Punkt steht, beendet sie.
smtp-message-accepted = Der Server hat die Nachricht angenommen und nennt sie { $queue }. Ab jetzt steht er für sie ein: Er gibt sie weiter oder meldet sich beim Absender auf dem Umschlag.
smtp-reset = Absender und Empfänger sind vergessen. Beginne die nächste Mail mit MAIL.
smtp-nothing = NOOP bewirkt nichts, außer dass der Server antwortet. So siehst du, dass die Verbindung noch steht.
smtp-help = Der Server erzählt, was er kennt. Wie viel, das entscheidet jeder Server selbst.
smtp-not-verified = 252 heißt: Ob es dieses Postfach gibt, verrate ich nicht, aber ich würde Mail dafür annehmen und es versuchen. So antworten viele Server, damit niemand Adressen sammeln kann.
smtp-verified = Der Server kennt dieses Postfach: { $address }.
smtp-expanded = { $list } ist eine Liste: Der Server verrät, für wen sie steht, { $count ->
    [one] nämlich für eine einzige Adresse
   *[other] nämlich für { $count } Adressen, jede auf einer eigenen Zeile
}. Das hilft allen, die die Liste pflegen, und allen, die Adressen sammeln; darum lehnen die meisten Server EXPN ab.
smtp-closing = Der Server verabschiedet sich und schließt die Verbindung. Was er vorher angenommen hat, ist bei ihm in guten Händen.
smtp-unknown-command = { $empty ->
    [yes] Eine leere Zeile ist kein Befehl. Jede Zeile beginnt mit einem Verb wie EHLO, MAIL, RCPT, DATA oder QUIT.
   *[no] Einen Befehl „{ $word }“ gibt es in SMTP nicht. Jede Zeile beginnt mit einem Verb wie EHLO, MAIL, RCPT, DATA oder QUIT.
}
smtp-not-implemented = { $verb } gehört zu SMTP, aber dieser Server bietet es nicht an. Welche Erweiterungen er anbietet, steht in seiner Antwort auf EHLO.
smtp-out-of-order = { $first ->
    [EHLO] Der Server möchte erst wissen, wer da spricht: Begrüße ihn mit EHLO oder HELO, dann versuch { $verb } noch einmal.
    [HELO] Der Server möchte erst wissen, wer da spricht: Begrüße ihn mit HELO oder EHLO, dann versuch { $verb } noch einmal.
    [MAIL] Der Server möchte MAIL vor { $verb }: Er weiß noch nicht, von wem die Nachricht ist.
    [RCPT] Der Server möchte RCPT vor { $verb }: Er weiß noch nicht, für wen die Nachricht ist.
   *[other] Der Server möchte { $wanted } vor { $verb }.
}
smtp-nested-mail = Diese Mail hat schon einen Absender, und auf einem Umschlag ist nur Platz für einen. Mach mit RCPT weiter oder fang mit RSET von vorn an.
smtp-no-recipients = Der Server hat noch keinen einzigen Empfänger angenommen, die Nachricht ginge also an niemanden. Nenn einen mit RCPT TO, dann versuch DATA noch einmal.
smtp-missing-argument = { $verb ->
    [HELO] Nach HELO fehlt der Name deines Rechners: HELO pc.example.org
    [EHLO] Nach EHLO fehlt der Name deines Rechners: EHLO pc.example.org
    [MAIL] Nach MAIL fehlt der Absender: MAIL FROM:<anna@example.org>
    [RCPT] Nach RCPT fehlt ein Empfänger: RCPT TO:<bert@example.org>
    [VRFY] Nach VRFY fehlt das gesuchte Postfach: VRFY bert
    [EXPN] Nach EXPN fehlt die Liste, um die es geht: EXPN team
    [AUTH] Nach AUTH fehlt der Mechanismus: AUTH PLAIN
    [BDAT] Nach BDAT fehlt die Größe des Stücks in Oktetten: BDAT 86 LAST
    [ETRN] Nach ETRN fehlt die Domain, um deren Mail es geht: ETRN example.org
   *[other] { $verb } steht nicht allein: In derselben Zeile muss noch etwas folgen.
}
smtp-missing-keyword = { $bare ->
    [yes] Nach { $verb } erwartet der Server { $keyword }: und die Adresse. Tipp es so: { $example }
   *[no] Nach { $verb } erwartet der Server { $keyword }: und findet „{ $found }“. Tipp es so: { $example }
}
smtp-missing-colon = Vor der Adresse fehlt ein Doppelpunkt. Tipp es so: { $example }
smtp-missing-brackets = Dieser Server besteht auf spitzen Klammern um die Adresse. Tipp es so: { $example }
smtp-unclosed-bracket = Die Adresse beginnt mit < und endet nicht mit >. Tipp es so: { $example }
smtp-space-around-colon = Dieser Server nimmt den Standard wörtlich: kein Leerzeichen vor oder nach dem Doppelpunkt. Tipp es so: { $example }
smtp-bad-host-name = „{ $word }“ kann kein Hostname sein: Buchstaben, Ziffern und Bindestriche, dazwischen Punkte. Nenn den Namen deines Rechners, etwa pc.example.org, oder seine Adresse in eckigen Klammern, etwa [192.0.2.1].
smtp-unexpected-argument = { $verb } steht allein in seiner Zeile, und dieser Server besteht darauf. Lass weg, was dahinter steht.
smtp-unknown-parameter = Den Parameter { $name } kennt der Server nicht. Parameter gehören zu Erweiterungen, und welche er hat, steht in seiner Antwort auf EHLO.
smtp-bad-parameter = { $name ->
    [SIZE] SIZE bekommt die Größe der Nachricht als Zahl von Oktetten: SIZE=1200
    [BODY] BODY bekommt 7BIT oder 8BITMIME (und BINARYMIME, wo die Antwort auf EHLO das nennt).
    [RET] RET bekommt FULL oder HDRS: wie viel von der Nachricht ein Bericht zurückbringt. Es kommt nur einmal.
    [ENVID] ENVID bekommt einen eigenen Namen für diese Mail, ohne Leerzeichen und mit höchstens 100 Zeichen; + und = schreibt man +2B und +3D. Es kommt nur einmal.
    [NOTIFY] NOTIFY bekommt NEVER oder einige von SUCCESS, FAILURE und DELAY mit Kommas dazwischen. Es kommt nur einmal.
    [ORCPT] ORCPT bekommt die Art der Adresse, ein Semikolon und die Adresse: ORCPT=rfc822;bert@example.org. Es kommt nur einmal.
    [AUTH] AUTH bei MAIL bekommt die Adresse dessen, der die Mail zuerst abgegeben hat, oder <>; + und = schreibt man +2B und +3D.
    [BDAT] BDAT bekommt die Größe des Stücks in Oktetten und LAST dahinter, wenn keins mehr folgt: BDAT 86 LAST
   *[other] Mit dem Wert von { $name } kann der Server nichts anfangen.
}
smtp-parameter-without-ehlo = Der Parameter { $name } gehört zu einer Erweiterung, und nach HELO gibt es keine. Begrüße den Server mit EHLO.
smtp-no-such-user = Die Domain gehört diesem Server, aber ein Postfach { $address } hat er nicht. Prüf die Schreibweise; ein sendender Server würde jetzt melden, dass die Mail nicht zustellbar ist.
smtp-relay-denied = { $address } liegt in keiner Domain dieses Servers, und für Fremde leitet er nichts weiter: Er wäre sonst ein offenes Relay und bald voller Spam. Frag im DNS nach dem MX der Domain und geh dorthin.
smtp-no-such-domain = Eine Domain { $domain } kennt das DNS nicht, also kommt dort weder Mail noch ein Zustellbericht an. Prüf die Schreibweise, zum Beispiel mit dig MX { $domain }.
smtp-sender-refused = { $address } nimmt der Server nicht als Absender. Er will eine vollständige Adresse mit Domain, damit er sich dort melden kann, wenn etwas schiefgeht.
smtp-mailbox-full = { $temporary ->
    [yes] Im Postfach { $address } ist gerade kein Platz. Der Code beginnt mit 4, ein sendender Server behält die Mail also und versucht es später wieder.
   *[no] Im Postfach { $address } ist kein Platz. Der Code beginnt mit 5, ein sendender Server gibt also auf und meldet es dem Absender.
}
smtp-too-big = Dieser Server nimmt keine Nachricht an, die größer ist als { $limit } Oktette. Das sagt er vorher, als SIZE in der Antwort auf EHLO. Mach die Nachricht kleiner.
smtp-too-many-recipients = Mehr als { $limit } Empfänger auf einmal nimmt dieser Server nicht. Die bisher angenommenen gelten: Schick ihnen die Mail, danach noch einmal den übrigen.
smtp-too-many-connections = Mehr als { $limit } Verbindungen gleichzeitig nimmt der Server von einem Rechner nicht an. Schließ eine mit QUIT und verbinde dich neu.
smtp-too-many-errors = { $limit } Fehler in einer Sitzung, mehr erträgt dieser Server nicht: Er legt auf, um Programme loszuwerden, die nur probieren. Verbinde dich neu, verloren ist nur dieser Umschlag.
smtp-line-too-long = Die Zeile ist länger als die { $limit } Oktette, die dieser Server von einem Befehl liest. Langer Text gehört in die Nachricht, nach DATA.
smtp-too-many-hops = Die Nachricht trägt schon mehr als { $limit } Received-Zeilen. Der Server hält das für eine Schleife und stoppt sie.
smtp-bare-line-feed = Eine Zeile der Nachricht endete nur mit LF, ohne das CR davor. Dieser Server lehnt das ab und legt auf, weil zwei Server verschieden verstehen könnten, wo eine solche Nachricht endet. telnet sendet CR LF, nc tut es mit -C.
smtp-bare-carriage-return = In der Nachricht steht ein CR ohne LF dahinter. Dieser Server lehnt das ab und legt auf: In SMTP kommen die beiden nur zusammen vor, als Zeilenende.
smtp-no-room = Der Server hat gerade keinen Platz für weitere Nachrichten. Der Code beginnt mit 4: Ein sendender Server würde die Mail behalten und es später wieder versuchen.
smtp-timed-out = Von deiner Seite kam zu lange nichts, deshalb hat der Server die Verbindung geschlossen. Verbinde dich neu; eine Mail, die nicht fertig war, musst du neu beginnen.
smtp-start-tls = Der Server ist bereit für TLS: Als Nächstes muss ein Handshake kommen, und den macht dein Client (openssl s_client -starttls smtp kann das). Alles vorher Gesagte ist vergessen, grüße danach also noch einmal mit EHLO.
smtp-tls-active = Die Verbindung ist schon unter TLS; ein zweites STARTTLS hat keinen Sinn.
smtp-tls-required = Unverschlüsselt tut dieser Server nichts: { $verb } geht erst nach STARTTLS. Verbinde dich mit einem Client, der TLS spricht, etwa openssl s_client -starttls smtp.
smtp-encryption-needed = { $mechanism } schickt das Passwort so gut wie im Klartext, und das nimmt dieser Server nur unter TLS an. Mach zuerst STARTTLS.
smtp-auth-required = An diesem Port darf nur senden, wer sich angemeldet hat. Das geht mit AUTH; auf welche Weise, sagt die Antwort auf EHLO.
smtp-challenge = 334 heißt: Du bist dran. Der Server wartet auf die nächste Nachricht der Anmeldung, in Base64. Ein einzelner * bricht ab.
smtp-challenge-plain = 334 heißt: Du bist dran. Der Server wartet auf die eine Nachricht von PLAIN in Base64: ein NUL, dein Name, ein NUL, dein Passwort. Ein einzelner * bricht ab.
smtp-challenge-username = VXNlcm5hbWU6 ist Base64 für „Username:“. Antworte mit deinem Namen in Base64.
smtp-challenge-password = UGFzc3dvcmQ6 ist Base64 für „Password:“. Antworte mit deinem Passwort in Base64. Das verbirgt es vor niemandem: Base64 ist keine Verschlüsselung.
smtp-challenge-cram = Der Server stellt eine Aufgabe, die jedes Mal neu ist. Die Antwort sind dein Name, ein Leerzeichen und das HMAC-MD5 der Aufgabe mit deinem Passwort als Schlüssel, alles in Base64. Das Passwort selbst bleibt bei dir.
smtp-challenge-scram-begin = Der Server wartet auf die erste Nachricht des Clients bei SCRAM: n,,n=Name,r=Nonce, in Base64.
smtp-challenge-scram = Der Server schickt seine Hälfte der Nonce, ein Salz und wie oft der Hash angewandt wird. Daraus und aus deinem Passwort berechnet dein Client seinen Beweis.
smtp-challenge-scram-next = Der Server macht mit SCRAM weiter: mit seiner Hälfte der Nonce und dem Salz oder, am Ende, mit dem eigenen Beweis, dass auch er dein Passwort kennt. Auf den antwortest du mit einer leeren Zeile.
smtp-authenticated = Du bist als { $user } angemeldet, und der Server weiß jetzt, für wen er arbeitet. Du darfst an alle senden.
smtp-auth-cancelled = Die Anmeldung wurde mit * abgebrochen. Es ist nichts passiert; AUTH fängt von vorn an.
smtp-bad-base64 = Das konnte der Server nicht als Base64 lesen. In der Shell macht es printf '%s' Text | base64; echo würde ein Zeilenende mit hineinbringen.
smtp-auth-too-long = Eine Zeile der Anmeldung hat höchstens { $limit } Oktette.
smtp-unknown-mechanism = { $name } bietet der Server nicht an. Seine Mechanismen stehen in der Antwort auf EHLO hinter AUTH.
smtp-already-authenticated = Du bist schon angemeldet, und einmal reicht. Wer jemand anderes werden will, verbindet sich neu.
smtp-in-transaction = { $verb } hat mitten in einer Mail nichts zu suchen. Bring sie zu Ende, oder gib sie mit RSET auf.
smtp-sender-not-owned = Du bist als { $user } angemeldet, und dieser Server lässt niemanden unter fremder Adresse senden. { $address } gehört nicht dir.
smtp-chunk-accepted = Der Server hat dieses Stück von { $octets } Oktetten genommen. Das nächste BDAT bringt das nächste; im letzten steht LAST.
smtp-after-chunk = Die Nachricht ist schon in Stücken unterwegs: Jetzt geht es nur mit BDAT weiter, oder RSET gibt sie auf. { $verb } passt nicht dazwischen.
smtp-chunk-dropped = Ein früheres Stück wurde abgelehnt, also hilft dieses nichts. Fang mit RSET von vorn an.
smtp-empty-chunk = Ein Stück mit null Oktetten bringt nichts. Leer darf nur das letzte sein: BDAT 0 LAST
smtp-binary-needs-bdat = Die Nachricht wurde als BINARYMIME angekündigt: Sie muss nicht aus Zeilen bestehen, also kann kein Punkt auf einer eigenen Zeile sie beenden. Schick sie mit BDAT.
smtp-queue-started = Der Server versucht jetzt zu übergeben, was für { $domain } wartet.
smtp-queue-unknown = Für { $domain } hebt der Server keine Mail auf. ETRN ist für Domains, deren Mail er bereithält, bis sie anrufen.
sasl-server-first = Bei diesem Mechanismus spricht der Server zuerst: Schick AUTH ohne etwas hinter dem Mechanismus.
sasl-plain-parts = PLAIN ist eine Nachricht in drei Teilen: für wen du handelst (meist leer), dein Name, dein Passwort, dazwischen je ein NUL. Zwei NUL müssen es sein: printf '\0anna\0tulpe' | base64
sasl-not-text = Was im Base64 stand, ist kein Text in UTF-8.
sasl-empty-user = Der Name war leer.
sasl-digest-form = Auf CRAM-MD5 antwortet man mit dem Namen, einem Leerzeichen und 32 hexadezimalen Ziffern, alles in Base64.
sasl-scram-form = Das ist keine Nachricht von SCRAM, wie RFC 5802 sie beschreibt.
sasl-channel-binding = Der Client will SCRAM an den TLS-Kanal binden, und das kann dieser Server nicht. Fang mit n,, an.
sasl-other-nonce = Die Nonce ist nicht die dieser Anmeldung: Die Hälfte des Clients und die des Servers gehören zusammen.
sasl-wrong = Name oder Passwort stimmt nicht. Was von beiden, verrät der Server nicht, damit niemand durch Probieren Namen herausfindet.

## Adressen

address-empty = { $verb ->
    [MAIL] Die Adresse des Absenders fehlt. Tipp es so: { $example } (Einen leeren Absender schreibt man als <>.)
   *[other] Die Adresse fehlt: An irgendwen muss die Mail gehen. Tipp es so: { $example }
}
address-missing-domain = „{ $there }“ hat keine Domain. Nach dem Namen des Postfachs kommen ein @ und die Domain, wie in name@example.org.
address-empty-local-part = Vor dem @ steht nichts. Dorthin gehört der Name des Postfachs, wie in name@example.org.
address-two-ats = Eine Adresse hat ein einziges @, zwischen dem Namen des Postfachs und der Domain. Hier sind es mehr.
address-misplaced-dot = Vor dem @ steht ein Punkt nur zwischen zwei anderen Zeichen: nicht am Anfang, nicht am Ende, nicht zweimal hintereinander.
address-bad-character = „{ $there }“ darf hier in einer Adresse nicht stehen. Vor dem @ müsste es in Anführungszeichen, in einer Domain sind nur Buchstaben, Ziffern und Bindestriche erlaubt.
address-open-quote = Das Anführungszeichen vor dem @ geht auf und nicht wieder zu.
address-bad-label = „{ $there }“ kann kein Teil einer Domain sein: Zwischen den Punkten stehen Buchstaben, Ziffern und Bindestriche, mindestens ein Zeichen und höchstens 63, und kein Bindestrich am Rand.
address-bad-literal = In eckigen Klammern steht anstelle einer Domain eine IP-Adresse, wie in name@[192.0.2.1].
address-stray-bracket = Das > schließt eine Klammer, die nie aufging: Vor der Adresse muss ein < stehen.
address-too-long = Die Adresse ist länger, als SMTP erlaubt: 64 Oktette vor dem @, 255 dahinter.
address-not-ascii = „{ $there }“ geht über ASCII hinaus. Dafür braucht es die Erweiterung SMTPUTF8: Wo die Antwort auf EHLO sie nennt, schreib SMTPUTF8 hinter die Adresse von MAIL.

## Was der Server hat durchgehen lassen

tolerance-no-brackets = Die Adresse gehört in spitze Klammern. Dieser Server nimmt sie auch ohne.
tolerance-space-after-colon = Nach dem Doppelpunkt gehört kein Leerzeichen hin. Dieser Server lässt es durchgehen, ein strenger nicht.
tolerance-space-before-colon = Vor den Doppelpunkt gehört kein Leerzeichen. Dieser Server lässt es durchgehen, ein strenger nicht.
tolerance-trailing-space = Am Ende der Zeile stand Leerraum. Dieser Server hat ihn übergangen.
tolerance-text-after-address = Was nach der Adresse steht, hat dieser Server übergangen.
tolerance-extra-argument = Dieser Befehl steht allein. Was dahinter steht, hat dieser Server übergangen.
tolerance-bare-line-feed = Die Zeile endete mit einem LF allein. SMTP und POP3 wollen CR LF; telnet sendet beides, nc mit -C.
tolerance-no-greeting = Vor MAIL fehlte HELO oder EHLO. Dieser Server lässt es durchgehen, andere antworten mit 503.
tolerance-no-name = Zu HELO und EHLO gehört der Name deines Rechners. Dieser Server verzichtet darauf.
tolerance-source-route = Die Hosts vor der Adresse sind eine Quellroute, ein Überbleibsel aus den Achtzigern. Server übergehen sie.
tolerance-no-keyword = Vor die Adresse gehört FROM: oder TO:. Dieser Server hat die Adresse trotzdem gefunden.
tolerance-leading-space = Vor dem Befehl stand Leerraum. Dieser Server hat ihn übergangen.
tolerance-odd-address = Nach dem Standard ist das keine Adresse. Dieser Server hat sie genommen, wie sie dastand.

## Wonach eine Zeile aussieht, die kein Befehl ist

looks-like-header = { $protocol ->
    [smtp] „{ $name }:“ sieht nach einem Header-Feld aus. Header-Felder gehören zur Nachricht: Tipp zuerst DATA.
    [imap] „{ $name }:“ sieht nach einem Header-Feld aus. Mit IMAP liest und ordnet man Mail; zum Senden sprich SMTP auf Port 25.
   *[pop3] „{ $name }:“ sieht nach einem Header-Feld aus. Mit POP3 holt man Mail nur ab; zum Senden sprich SMTP auf Port 25.
}
looks-like-pop3 = { $verb } ist ein Befehl von POP3, und dieser Server spricht { $protocol ->
    [imap] IMAP
   *[smtp] SMTP
}. POP3 spricht man auf Port 110.
looks-like-imap = { $verb } mit einer Marke davor ist ein Befehl von IMAP. IMAP spricht man auf Port 143.
looks-like-smtp = { $verb } ist ein Befehl von SMTP, und dieser Server spricht { $protocol ->
    [imap] IMAP
   *[pop3] POP3
}. SMTP spricht man auf Port 25.
looks-like-http = Das ist eine Anfrage in HTTP, der Sprache des Webs. Mailserver sprechen eine andere.
looks-like-shell = { $program } ist ein Programm auf deinem Rechner, aber diese Zeile ging an den Server. Beende zuerst die Sitzung mit QUIT oder öffne ein zweites Terminal.
looks-like-tls = Diese Oktette beginnen einen TLS-Handshake, aber auf diesem Port fängt das Gespräch im Klartext an.
looks-like-misspelt = Meintest du vielleicht { $verb }?
looks-like-lone-dot = Der einzelne Punkt beendet eine Nachricht, und hier ist keine begonnen.
looks-like-reply = Das sieht nach einer Antwort des Servers aus. Du tippst die Befehle, die Antworten kommen von selbst.
looks-like-text = { $protocol ->
    [smtp] Das sieht nach dem Text einer Nachricht aus. Der kommt nach DATA, hinter den Header-Feldern und einer leeren Zeile.
    [imap] Das sieht nach dem Text einer Nachricht aus. Mit IMAP liest und ordnet man Mail; zum Senden sprich SMTP auf Port 25.
   *[pop3] Das sieht nach dem Text einer Nachricht aus. Mit POP3 holt man Mail nur ab; zum Senden sprich SMTP auf Port 25.
}
looks-like-empty = Die Zeile war leer. Eine leere Zeile bedeutet nur innerhalb einer Nachricht etwas.

## POP3: warum der Server so geantwortet hat

pop3-greeting = Der Server meldet sich: +OK heißt, er ist bereit. Melde dich mit USER und PASS an.
pop3-name-taken = Der Server hat sich den Namen { $user } gemerkt. Ob es dieses Postfach gibt, verrät er nicht: Mach mit PASS weiter.
pop3-logged-in = { $messages ->
    [0] Du bist angemeldet, und das Postfach gehört bis QUIT dir allein. Es ist leer.
    [one] Du bist angemeldet, und das Postfach gehört bis QUIT dir allein. Eine Nachricht liegt darin: RETR 1 holt sie.
   *[other] Du bist angemeldet, und das Postfach gehört bis QUIT dir allein. { $messages } Nachrichten liegen darin: LIST zeigt sie.
}
pop3-done = { $verb ->
    [STAT] Die erste Zahl zählt die Nachrichten, die zweite ihre Oktette. Markierte zählen nicht mit.
    [LIST] In jeder Zeile stehen die Nummer einer Nachricht und ihre Größe in Oktetten.
    [UIDL] In jeder Zeile stehen die Nummer einer Nachricht und ihre eindeutige Kennung. Die Kennung ändert sich nie; an ihr erkennt ein Mailprogramm, was es schon geholt hat.
    [CAPA] Der Server zählt auf, was er über das Nötigste hinaus kann.
    [RSET] Alle Markierungen sind wieder weg, keine Nachricht wird gelöscht.
    [AUTH] Der Server zählt die Verfahren auf, die AUTH hier kennt.
    [NOOP] NOOP bewirkt nichts, außer dass der Server antwortet. So siehst du, dass die Verbindung noch steht.
   *[other] Erledigt, wie gewünscht.
}
pop3-message-given = { $verb ->
    [TOP] Der Server schickt den Header und die ersten Zeilen des Textes. Der einzelne Punkt beendet die Antwort und gehört nicht zur Nachricht.
   *[other] Der Server schickt die ganze Nachricht. Der einzelne Punkt beendet die Antwort und gehört nicht zur Nachricht.
}
pop3-marked = Die Nachricht ist markiert und wird bei QUIT gelöscht, nicht vorher. RSET nimmt die Markierung zurück.
pop3-closing = { $removed ->
    [0] Der Server verabschiedet sich. Markiert war nichts, alle Nachrichten bleiben liegen.
    [one] Der Server verabschiedet sich und hat die markierte Nachricht gelöscht.
   *[other] Der Server verabschiedet sich und hat die { $removed } markierten Nachrichten gelöscht.
}
pop3-unknown-command = { $empty ->
    [yes] Eine leere Zeile ist kein Befehl. POP3 kennt USER, PASS, STAT, LIST, RETR, DELE, QUIT und ein paar mehr.
   *[no] Einen Befehl „{ $word }“ gibt es in POP3 nicht. Es kennt USER, PASS, STAT, LIST, RETR, DELE, QUIT und ein paar mehr.
}
pop3-not-implemented = { $verb } gehört zu POP3, aber dieser Server bietet es nicht an. Was er anbietet, zeigt CAPA.
pop3-wrong-state = { $wanted ->
    [authorization] { $verb } gehört zur Anmeldung, und angemeldet bist du schon.
    [transaction] { $verb } geht erst, wenn das Postfach offen ist. Melde dich zuerst an, mit USER und PASS.
   *[update] { $verb } gehört ans Ende der Sitzung, nach QUIT.
}
pop3-user-first = PASS kommt direkt nach USER: Der Server weiß noch nicht, wessen Passwort das ist. Beginne mit USER.
pop3-missing-argument = { $verb ->
    [USER] Nach USER fehlt der Name des Postfachs: USER name
    [PASS] Nach PASS fehlt das Passwort: PASS geheim
    [APOP] Zu APOP gehören der Name des Postfachs und der MD5-Wert von Zeitstempel der Begrüßung und Passwort, hexadezimal.
    [AUTH] Nach AUTH fehlt der Name eines Verfahrens. Welche es gibt, steht in der Antwort auf CAPA in der Zeile SASL.
    [TOP] Nach TOP fehlen die Nummer einer Nachricht und wie viele Zeilen ihres Textes du willst: TOP 1 5
   *[other] Nach { $verb } fehlt die Nummer einer Nachricht: { $verb } 1
}
pop3-bad-argument = { $shape ->
    [alone] { $verb } steht allein in seiner Zeile. Lass weg, was dahinter steht.
    [apop] Der MD5-Wert für APOP hat 32 Hexadezimalziffern: gerechnet aus dem Zeitstempel der Begrüßung mit seinen Klammern und dem Passwort dahinter.
    [top] Zu TOP gehören die Nummer einer Nachricht und wie viele Zeilen ihres Textes du willst: TOP 1 5
    [number] Zu { $verb } gehört die Nummer einer Nachricht: { $verb } 1. Die Nummern zeigt LIST.
   *[other] Was hier nach { $verb } steht, kann der Server nicht brauchen.
}
pop3-login-failed = Name oder Passwort ist falsch. Was davon, verrät der Server nicht, damit niemand durch Probieren Namen herausfindet. Beginne noch einmal mit { $verb ->
    [APOP] APOP
    [AUTH] AUTH
   *[other] USER
}.
pop3-locked = { $holder ->
    [terminal] Dein Terminal { $term } hat dieses Postfach offen (Verbindung { $conn }), und das darf nur eine Sitzung. Beende sie dort mit QUIT und melde dich dann wieder an.
    [connection] Deine Verbindung { $conn } hat dieses Postfach offen, und das darf nur eine Sitzung. Beende sie mit QUIT und melde dich dann wieder an.
   *[other] Eine andere Sitzung hat dieses Postfach offen, und das darf nur eine. Beende die andere mit QUIT und melde dich dann wieder an.
}
pop3-challenge = { $which ->
    [PLAIN-1] Das + heißt: Du bist dran. PLAIN ist eine einzige Nachricht in Base64: ein NUL, dein Name, ein NUL, dein Passwort. Mit einem einzelnen * brichst du ab.
    [LOGIN-1] VXNlcm5hbWU6 ist Base64 für „Username:“. Antworte mit deinem Namen in Base64; mit einem einzelnen * brichst du ab.
    [LOGIN-2] UGFzc3dvcmQ6 ist Base64 für „Password:“. Antworte mit deinem Passwort in Base64. Versteckt ist es damit nicht: Base64 ist keine Verschlüsselung.
    [CRAM-MD5-1] Das ist eine Aufgabe in Base64, jedes Mal eine neue. Die Antwort besteht aus deinem Namen, einem Leerzeichen und dem HMAC-MD5 der Aufgabe mit deinem Passwort als Schlüssel, alles in Base64. Das Passwort selbst bleibt bei dir.
    [SCRAM-SHA-256-1] Das + heißt: Du bist dran. SCRAM geht mit der Nonce-Hälfte des Clients weiter oder, wenn er sie schon geschickt hat, mit seinem Beweis.
    [SCRAM-SHA-256-2] Der Server macht mit SCRAM weiter: mit Nonce, Salz und Rundenzahl oder mit dem Beweis, dass auch er dein Passwort kennt. Auf den antwortet man mit einer leeren Zeile.
   *[other] Der Server macht mit der Anmeldung weiter. Was er sagt, steht hinter dem + in Base64; dann bist du dran, und mit einem einzelnen * brichst du ab.
}
pop3-auth-cancelled = Du hast die Anmeldung mit * abgebrochen. Passiert ist nichts: AUTH fängt von vorn an, und USER geht auch.
pop3-bad-base64 = Das kann der Server nicht als Base64 lesen. Auf der Shell macht es printf '%s' Text | base64; echo hängt dagegen ein Zeilenende an.
pop3-auth-failed = { $fault ->
    [plain-parts] PLAIN hat drei Teile: für wen du handelst (meist leer), deinen Namen und dein Passwort, dazwischen je ein NUL. Es müssen genau zwei NUL sein: printf '\0anna\0tulpe' | base64
    [not-text] Was im Base64 steckt, ist kein Text in UTF-8.
    [empty-user] Der Name ist leer.
    [server-first] Bei diesem Verfahren spricht der Server zuerst: Schick AUTH nur mit seinem Namen und warte auf die Aufgabe.
    [digest-form] Die Antwort auf CRAM-MD5 sind dein Name, ein Leerzeichen und 32 Hexadezimalziffern, alles in Base64.
    [scram-form] So sieht bei SCRAM keine Nachricht aus.
    [channel-binding] Dein Client will SCRAM an die TLS-Verbindung binden. Das kann dieser Server nicht: Die Nachricht soll mit n,, beginnen.
    [other-nonce] Die Nonce gehört zu einer anderen Anmeldung. Sie besteht aus der Hälfte des Clients und dahinter der des Servers.
   *[other] Die Anmeldung ist gescheitert. Fang mit AUTH noch einmal an.
}
pop3-unknown-mechanism = { $name } bietet dieser Server nicht an. Was er kann, steht in der Antwort auf CAPA in der Zeile SASL.
pop3-tls-required = Mit { $verb } ginge das Passwort offen übers Netz, und das lässt dieser Server nicht zu. Verschlüssle zuerst: mit STLS oder an einem Port, an dem TLS am Anfang steht.
pop3-tls-begins = Der Server ist bereit für TLS: Jetzt muss ein Handshake kommen, und den macht dein Client (zum Beispiel openssl s_client -starttls pop3). Was vorher gesagt wurde, ist vergessen.
pop3-tls-active = Die Verbindung läuft schon unter TLS. Ein zweites Mal geht nicht.
pop3-no-such-message = { $messages ->
    [0] Eine Nachricht { $number } gibt es nicht: Das Postfach ist leer.
    [one] Eine Nachricht { $number } gibt es nicht: Im Postfach liegt nur eine, die Nummer 1.
   *[other] Eine Nachricht { $number } gibt es nicht: Im Postfach liegen die Nummern 1 bis { $messages }.
}
pop3-already-deleted = Nachricht { $number } ist zum Löschen markiert und nicht mehr erreichbar. RSET nimmt die Markierungen zurück.
pop3-line-too-long = Die Zeile ist länger als die { $limit } Oktette, die dieser Server von einem Befehl liest.
pop3-too-many-connections = Mehr als { $limit } Verbindungen gleichzeitig nimmt der Server von einem Rechner nicht an. Schließ eine mit QUIT und verbinde dich neu.
pop3-too-many-errors = { $limit } Fehler in einer Sitzung, mehr erträgt dieser Server nicht, deshalb legt er auf. Verbinde dich neu; gelöscht wurde nichts.
pop3-timed-out = Von deiner Seite kam zu lange nichts, deshalb hat der Server die Verbindung geschlossen. Was markiert war, bleibt liegen: Gelöscht wird nur bei QUIT.

## IMAP: warum der Server so geantwortet hat

imap-greeting = Der Server meldet sich: OK heißt, er ist bereit. Melde dich mit LOGIN an und stell jedem Befehl eine Marke (tag) voran, ein Wort deiner Wahl: a1 LOGIN name passwort
imap-done = { $verb ->
    [CAPABILITY] Der Server zählt auf, was er kann. Mailprogramme sehen hier nach, bevor sie mehr als das Nötigste benutzen.
    [NOOP] NOOP bewirkt selbst nichts, gibt dem Server aber Gelegenheit, Neues aus dem offenen Postfach zu melden.
    [CREATE] Das Postfach ist angelegt. LIST zeigt es.
    [DELETE] Das Postfach ist weg, mit allem, was darin lag.
    [RENAME] Das Postfach heißt jetzt anders, und die darunter mit ihm.
    [SUBSCRIBE] Der Name steht auf der Liste, die LSUB zeigt; Mailprogramme zeigen diese Postfächer an.
    [UNSUBSCRIBE] Der Name steht nicht mehr auf der Liste, die LSUB zeigt. Das Postfach selbst bleibt, wie es ist.
    [STATUS] Der Server zählt in einem Postfach nach, ohne es zu öffnen.
    [NAMESPACE] Der Server sagt, womit die Namen deiner Postfächer anfangen und was zwischen ihren Ebenen steht.
    [ENABLE] Der Server nennt die Erweiterungen, die er eingeschaltet hat; hier gibt es keine, die man einschalten könnte.
    [ID] Der Server sagt, was er für einer ist.
    [IDLE] IDLE ist zu Ende, der Server hört wieder auf Befehle.
    [CHECK] Der Server hat das Postfach in Ordnung gebracht. Heute tut es NOOP auch.
    [CLOSE] Das Postfach ist zu, und was mit \Deleted markiert war, ist ohne ein Wort gelöscht.
    [UNSELECT] Das Postfach ist zu, und was mit \Deleted markiert ist, liegt noch darin.
   *[other] Erledigt, wie gewünscht.
}
imap-logged-in = Du bist angemeldet. Öffne als Nächstes ein Postfach (so heißt bei IMAP jeder Ordner), zum Beispiel mit SELECT INBOX.
imap-selected = { $read-only ->
    [yes] { $messages ->
        [one] Das Postfach ist nur zum Lesen offen, eine Nachricht liegt darin.
       *[other] Das Postfach ist nur zum Lesen offen, { $messages } Nachrichten liegen darin.
    }
   *[no] { $messages ->
        [one] Das Postfach ist offen, eine Nachricht liegt darin.
       *[other] Das Postfach ist offen, { $messages } Nachrichten liegen darin.
    }
}
imap-fetched = { $messages ->
    [0] Keine der verlangten Nachrichten ist da. Wer nach eindeutigen Kennungen fragt, macht damit nichts falsch.
    [one] Der Server gibt heraus, was du von einer Nachricht wolltest. Es steht hinter * und ihrer Nummer.
   *[other] Der Server gibt heraus, was du von { $messages } Nachrichten wolltest, von einer nach der anderen.
}
imap-found = { $messages ->
    [0] Keine Nachricht passt. Auch die leere Antwort ist eine.
    [one] Eine Nachricht passt; die Antwort nennt sie.
   *[other] { $messages } Nachrichten passen; die Antwort nennt sie.
}
imap-stored = { $messages ->
    [0] Keine dieser Nachrichten ist da, also hat sich an keiner etwas geändert.
    [one] Die Flags einer Nachricht sind so, wie du sie wolltest. \Deleted ist nur eine Markierung: Gelöscht wird bei EXPUNGE oder CLOSE.
   *[other] Die Flags von { $messages } Nachrichten sind so, wie du sie wolltest. \Deleted ist nur eine Markierung: Gelöscht wird bei EXPUNGE oder CLOSE.
}
imap-copied = { $moved ->
    [yes] { $messages ->
        [one] Eine Nachricht liegt jetzt im anderen Postfach und hier nicht mehr.
       *[other] { $messages } Nachrichten liegen jetzt im anderen Postfach und hier nicht mehr.
    }
   *[no] { $messages ->
        [one] Eine Nachricht liegt jetzt auch im anderen Postfach.
       *[other] { $messages } Nachrichten liegen jetzt auch im anderen Postfach.
    }
}
imap-appended = Die Nachricht liegt im Postfach. Sie wurde hineingelegt, nicht verschickt: Sonst bekommt sie niemand.
imap-expunged = { $messages ->
    [0] Mit \Deleted war nichts markiert, also ist nichts gelöscht.
    [one] Eine Nachricht, die mit \Deleted markiert war, ist endgültig gelöscht. Die dahinter rücken um eine Nummer auf; eindeutige Kennungen bleiben.
   *[other] { $messages } Nachrichten, die mit \Deleted markiert waren, sind endgültig gelöscht. Die übrigen rücken auf; eindeutige Kennungen bleiben.
}
imap-listed = { $mailboxes ->
    [0] Kein Postfach passt auf das Muster. * steht für alles, % für alles innerhalb einer Ebene.
    [one] Ein Postfach passt auf das Muster.
   *[other] { $mailboxes } Postfächer passen auf das Muster.
}
imap-tls-begins = Ab hier ist die Verbindung verschlüsselt. Was beide vorher voneinander wussten, gilt nicht mehr: Frag noch einmal nach CAPABILITY.
imap-literal-wanted = { $octets ->
    [one] Das + bittet dich weiterzumachen: genau ein Oktett, dann der Rest des Befehls.
   *[other] Das + bittet dich weiterzumachen: genau { $octets } Oktette, ein Zeilenende zählt zwei, dann der Rest des Befehls.
}
imap-challenge = Das + bittet um die nächste Nachricht des Austauschs, in Base64. Ein * allein in der Zeile bricht ihn ab.
imap-idling = Der Server meldet jetzt von selbst, was im Postfach geschieht. DONE beendet das.
imap-news = { $what ->
    [arrived] Es ist etwas gekommen: Im Postfach liegen jetzt { $messages }.
    [gone] Eine andere Sitzung hat Nachrichten aus dem Postfach entfernt. Die dahinter sind aufgerückt.
    [flags] Eine andere Sitzung hat Flags geändert.
   *[other] Im Postfach hat sich etwas geändert.
}
imap-closing = Der Server verabschiedet sich mit BYE und schließt die Verbindung. Was mit \Deleted markiert ist, bleibt markiert.
imap-missing-tag = { $forgotten ->
    [yes] Die Marke fehlt. Jeder Befehl beginnt mit einem Wort deiner Wahl, an dem du seine Antwort wiedererkennst: a1 { $line }
   *[no] Am Anfang der Zeile steht die Marke, ein Wort deiner Wahl wie a1. Das hier kann keine sein.
}
imap-missing-command = { $tag } gilt als Marke, und dahinter fehlt der Befehl: { $tag } NOOP
imap-unknown-command = Einen Befehl { $verb } gibt es in IMAP nicht. Es kennt LOGIN, SELECT, FETCH, STORE, SEARCH, LOGOUT und viele mehr.
imap-not-implemented = { $verb } gehört zu IMAP, aber dieser Server bietet es nicht an. Was er anbietet, zeigt CAPABILITY.
imap-wrong-state = { $wanted ->
    [not-authenticated] Angemeldet bist du schon; { $verb } hat in dieser Sitzung nichts mehr zu tun.
    [authenticated] Vor { $verb } kommt die Anmeldung: LOGIN name passwort
    [selected] { $state ->
        [not-authenticated] Vor { $verb } kommen die Anmeldung und ein offenes Postfach: LOGIN, dann SELECT INBOX.
       *[other] { $verb } arbeitet am offenen Postfach, und offen ist keins: Zuerst kommt SELECT INBOX.
    }
   *[logout] { $verb } kommt zu spät, die Sitzung ist zu Ende.
}
imap-missing-argument = { $wanted ->
    [user] Nach { $verb } fehlt der Name: LOGIN name passwort
    [password] Nach dem Namen fehlt das Passwort: LOGIN name passwort
    [mechanism] Nach { $verb } fehlt das Verfahren: AUTHENTICATE PLAIN
    [mailbox] { $verb } braucht hier den Namen eines Postfachs, etwa INBOX.
    [pattern] Nach der Bezugsebene fehlt das Muster: { $verb } "" *
    [set] { $verb } braucht hier Nummern von Nachrichten, etwa 1 oder 2:4 oder 1,3:*
    [status-items] { $verb } muss wissen, was es zählen soll: (MESSAGES UNSEEN)
    [flags] { $verb } braucht hier Flags, etwa \Seen oder (\Flagged \Deleted)
    [store-item] { $verb } muss wissen, wie: +FLAGS setzt, -FLAGS nimmt weg, FLAGS ersetzt.
    [fetch-items] { $verb } muss wissen, was du willst: FULL oder BODY[HEADER] oder (FLAGS ENVELOPE)
    [search-key] { $verb } muss wissen, was du suchst: ALL, UNSEEN, FROM anna
    [message] { $verb } braucht die Nachricht als Literal: in geschweiften Klammern, wie viele Oktette sie hat, und danach die Oktette.
    [uid-command] UID steht vor COPY, FETCH, STORE, SEARCH, EXPUNGE oder MOVE.
   *[other] Nach { $verb } fehlt etwas.
}
imap-bad-argument = { $wanted ->
    [blank] Zwischen zwei Argumenten steht genau ein Leerzeichen.
    [mailbox] Das ist kein Name eines Postfachs. In Anführungszeichen darf er Leerzeichen haben; Umlaute stehen in modifiziertem UTF-7, wie in Entw&APw-rfe.
    [pattern] Das ist kein Muster für Namen von Postfächern.
    [set] So bezeichnet man keine Nachrichten. Richtig sind 1 oder 2:4 oder 1,3:*; die Nummern fangen bei 1 an.
    [status-items] STATUS zählt MESSAGES, RECENT, UIDNEXT, UIDVALIDITY, UNSEEN und SIZE, in Klammern.
    [flags] Das ist kein Flag. Die des Standards beginnen mit einem Backslash, etwa \Seen; eigene sind einfache Wörter.
    [store-item] Hier will STORE FLAGS, +FLAGS oder -FLAGS, mit .SILENT dahinter, wenn keine Antwort kommen soll.
    [fetch-items] Das kennt FETCH nicht. Es gibt ALL, FAST, FULL oder FLAGS, ENVELOPE, BODYSTRUCTURE, BODY[...], RFC822.SIZE, UID und dergleichen, mehreres in Klammern.
    [section] Zwischen den eckigen Klammern steht HEADER, TEXT, HEADER.FIELDS (Subject), die Nummer eines Teils wie 1.2 oder gar nichts.
    [partial] Hinter den eckigen Klammern steht <erstes.anzahl>, etwa <0.100>.
    [search-key] Das kennt SEARCH nicht. Es kennt ALL, UNSEEN, FROM anna, SINCE 1-Feb-2026, NOT, OR und viele mehr.
    [date] Ein Datum schreibt man so: 1-Feb-2026
    [date-time] Datum und Uhrzeit schreibt man so, in Anführungszeichen: "17-Jul-1996 02:44:25 -0700"
    [number] Hier steht eine Zahl, in Ziffern.
    [options] So eine Option hat dieser Befehl nicht.
    [base64] Das ist kein Base64.
    [closing-quote] Das Anführungszeichen wird geöffnet und nie geschlossen.
    [closing-parenthesis] Die Klammer wird geöffnet und nie geschlossen.
    [uid-command] UID steht vor COPY, FETCH, STORE, SEARCH, EXPUNGE oder MOVE.
    [end] IDLE endet mit DONE und mit nichts anderem; als Befehl wurde die Zeile nicht gelesen.
   *[other] Was da nach { $verb } steht, kann der Server nicht brauchen.
}
imap-unexpected-argument = { $verb } ist vollständig, und dahinter steht noch etwas, das nicht dazugehört.
imap-login-failed = Name oder Passwort ist falsch. Was davon, verrät der Server nicht, damit niemand durch Probieren Namen herausfindet.
imap-login-disabled = Dieser Server nimmt kein Passwort im Klartext an: Jeder auf dem Weg könnte es lesen. Verschlüssle zuerst mit STARTTLS, oder nimm den Port, an dem TLS zuerst kommt.
imap-no-such-mechanism = { $mechanism } bietet der Server nicht an. Die Verfahren stehen in CAPABILITY hinter AUTH=.
imap-cancelled = Du hast den Austausch mit * abgebrochen. Angemeldet ist niemand.
imap-sasl = { $fault ->
    [plain-parts] PLAIN will drei Teile mit einem NUL dazwischen: nichts, den Namen, das Passwort, zusammen in Base64.
    [not-text] Was im Base64 steckte, ist kein UTF-8.
    [empty-user] Der Name ist leer.
    [digest-form] CRAM-MD5 will den Namen, ein Leerzeichen und 32 hexadezimale Ziffern, zusammen in Base64.
    [scram-form] Das hat nicht die Form einer SCRAM-Nachricht.
    [channel-binding] Der Client besteht auf einer Kanalbindung, und die beherrscht dieser Server nicht.
    [other-nonce] Die Nonce ist nicht die dieses Austauschs.
   *[wrong] Name oder Passwort ist falsch.
}
imap-tls-not-offered = Dieser Server hat kein Zertifikat und deshalb kein TLS.
imap-tls-already = Die Verbindung ist schon verschlüsselt; doppelt hält hier nicht besser.
imap-no-such-mailbox = { $verb ->
    [APPEND] Ein Postfach { $mailbox } gibt es nicht. TRYCREATE heißt: Leg es mit CREATE an und versuch es noch einmal.
    [COPY] Ein Postfach { $mailbox } gibt es nicht. TRYCREATE heißt: Leg es mit CREATE an und versuch es noch einmal.
    [MOVE] Ein Postfach { $mailbox } gibt es nicht. TRYCREATE heißt: Leg es mit CREATE an und versuch es noch einmal.
   *[other] Ein Postfach { $mailbox } gibt es nicht. Welche es gibt, zeigt LIST "" *.
}
imap-not-selectable = { $mailbox } ist nur eine Ebene von Namen und enthält keine Nachrichten. LIST kennzeichnet das mit \Noselect.
imap-already-exists = { $mailbox } ist vergeben: Ein Postfach dieses Namens gibt es schon.
imap-has-children = Unter { $mailbox } liegen Postfächer, und außer ihnen gibt es da nichts zu löschen.
imap-inbox-stays = INBOX ist immer da, denn dort kommt die Mail an. Löschen kann man sie nicht.
imap-bad-name = { $mailbox } kann auf diesem Server kein Postfach heißen. Womit Namen anfangen und was ihre Ebenen trennt, sagt NAMESPACE.
imap-too-many-mailboxes = Der Server hat Platz für { $limit } Postfächer, und so viele sind es schon.
imap-no-such-message = { $messages ->
    [0] Eine Nachricht { $number } gibt es nicht: Das Postfach ist leer.
    [one] Eine Nachricht { $number } gibt es nicht: Es ist nur eine da, die Nummer 1.
   *[other] Eine Nachricht { $number } gibt es nicht: Die Nummern gehen von 1 bis { $messages }.
}
imap-eight-bit-atom = Ein Wort ohne Anführungszeichen besteht nur aus ASCII, und hier steht ein Zeichen, das nicht dazugehört. Was du suchst, setzt du in Anführungszeichen oder schickst es, streng nach der Norm, als Literal, mit CHARSET UTF-8 davor. Den Namen eines Postfachs schreibt man in modifiziertem UTF-7: M&APw-ller.
imap-status-of-open = Dieses Postfach ist offen, und STATUS ist für die anderen gedacht: Vom offenen erzählt der Server Neues von selbst, mit jeder Antwort. Wer trotzdem fragt, bekommt manchmal alte Zahlen (in RFC 5530 heißt das CLIENTBUG).
imap-messages-gone = Eine andere Sitzung hat einige dieser Nachrichten entfernt, deine Nummern sind von vorher. Geschehen ist nichts; NOOP sagt, was weg ist, dann versuch es mit dem Rest noch einmal.
imap-surplus-blanks = Nach der Grammatik steht zwischen zwei Wörtern ein Leerzeichen und am Rand einer Klammer keines. Diesen Server stören mehr davon nicht; andere antworten mit BAD.
imap-no-such-flag = { $flag } kann niemand setzen. Der Standard kennt \Answered, \Flagged, \Deleted, \Seen und \Draft; \Recent vergibt allein der Server.
imap-too-many-keywords = Ein Postfach hat Platz für { $limit } eigene Schlüsselwörter, und die sind aufgebraucht.
imap-read-only = Das Postfach wurde mit EXAMINE geöffnet, nur zum Lesen. Zum Ändern öffnet es SELECT.
imap-unknown-charset = Im Zeichensatz { $charset } kann der Server nicht suchen. US-ASCII und UTF-8 gehen immer.
imap-mailbox-full = Das Postfach ist voll. Lösch etwas, und vergiss EXPUNGE nicht.
imap-no-room = Die Welt des Labors enthält so viele Nachrichten, wie sie darf.
imap-line-too-long = Der Befehl ist länger als die { $limit } Oktette, die dieser Server liest.
imap-literal-too-big = Das Literal ist größer als die { $limit } Oktette, die dieser Server nimmt, deshalb bittet er gar nicht erst darum.
imap-too-many-connections = Mehr als { $limit } Verbindungen gleichzeitig nimmt der Server von einem Rechner nicht an. Schließ eine mit LOGOUT und verbinde dich neu.
imap-too-many-errors = { $limit } Fehler hintereinander, mehr erträgt dieser Server nicht, deshalb legt er auf. Verbinde dich neu; verloren ist nichts.
imap-timed-out = Von deiner Seite kam zu lange nichts, deshalb hat der Server die Verbindung geschlossen. Gelöscht wurde nichts.
imap-mailbox-gone = Eine andere Sitzung hat das Postfach gelöscht, das du offen hattest. Anders als durch Auflegen kann der Server das nicht sagen.

## DNS

dns-answered = { $type ->
    [MX] { $count ->
        [one] Ein Host nimmt
       *[other] { $count } Hosts nehmen
    } Mail für { $name } an. Die Zahl vor jedem Host ist seine Präferenz: Die niedrigste kommt zuerst dran.
    [PTR] Das DNS hat einen Namen für diese Adresse. Geschrieben hat ihn, wer das Netz der Adresse betreibt; frag nach der Adresse des Namens, dann siehst du, ob beides zusammenpasst.
    [TXT] Für { $name } gibt es { $count ->
        [one] einen Text-Eintrag.
       *[other] { $count } Text-Einträge.
    } In Einträgen dieser Art stehen auch Regeln für Mail, etwa SPF.
   *[other] Das DNS hat { $count ->
        [one] einen Eintrag
       *[other] { $count } Einträge
    } für { $name }, Typ { $type }.
}
dns-null-mx = { $name } hat einen Null-MX: einen Punkt anstelle eines Hosts. Damit sagt die Domain, dass sie gar keine Mail annimmt.
dns-no-data = { $type ->
    [MX] Den Namen { $name } gibt es, aber er hat keinen MX-Eintrag. Dann geht Mail an die Adresse von { $name } selbst, falls es eine gibt.
   *[other] Den Namen { $name } gibt es, aber er hat keinen Eintrag vom Typ { $type }.
}
dns-no-such-name = NXDOMAIN heißt: Einen Namen { $name } gibt es nicht. Prüf die Schreibweise.
dns-format-error = Der Nameserver konnte die Frage nicht lesen. Prüf den Namen { $name }.
dns-server-failure = SERVFAIL heißt: Der Nameserver konnte es nicht herausfinden, zum Beispiel weil Aliasse im Kreis führen. Es heißt nicht, dass es { $name } nicht gibt.
dns-not-implemented = Fragen dieser Art beantwortet der Nameserver nicht.
dns-refused = REFUSED heißt: Für { $name } antwortet dieser Nameserver nicht. Er kennt nur seine eigenen Zonen; frag stattdessen den Resolver.
dns-timed-out = Unter { $server } antwortet niemand. Stimmt die Adresse?
dns-port-unreachable = Unter { $server } gibt es einen Host, aber auf ihm läuft kein Nameserver.

## Verbindungen

connect-refused = { $host } ist da, aber auf Port { $port } lauscht niemand: Die Verbindung wurde abgelehnt. Ist es der richtige Port und der richtige Host?
connect-timed-out = Unter { $ip } rührt sich nichts, nicht einmal ein Nein kommt zurück. Stimmt die Adresse?
connect-unreachable = Von hier führt kein Weg zu { $ip }: Solche Adressen hat dieses kleine Internet nicht.
connect-too-many = Dein Rechner hat so viele Verbindungen offen, wie er darf. Schließ erst eine.
connect-given-up = Der Versuch, { $host } zu erreichen, wurde abgebrochen, bevor eine Antwort kam.

close-closed = { $by ->
    [server] Der Server hat die Verbindung ordentlich geschlossen.
   *[client] Der Client hat die Verbindung ordentlich geschlossen.
}
close-lost = Die Verbindung ist ohne Abschied abgerissen.
close-idle = Der Server hat zu lange auf den nächsten Befehl gewartet und die Verbindung geschlossen.

## Warum eine Mail nicht weiterkam

delivery-reply = { $temporary ->
    [yes] Der nächste Server nimmt { $recipient } jetzt nicht an: { $code } { $text }. Der Code beginnt mit 4, ein neuer Versuch lohnt sich also.
   *[no] Der nächste Server nimmt { $recipient } nicht an: { $code } { $text }. Der Code beginnt mit 5, ein neuer Versuch ist also zwecklos.
}
delivery-connect = { $why ->
    [refused] Der Host, der Mail für { $recipient } annehmen soll, ist da, aber auf ihm lauscht kein Mailserver.
    [timed-out] Der Host, der Mail für { $recipient } annehmen soll, antwortet nicht.
    [unreachable] Zu dem Host, der Mail für { $recipient } annehmen soll, führt kein Weg.
   *[other] Zu dem Host, der Mail für { $recipient } annehmen soll, kam keine Verbindung zustande.
}
delivery-connection-lost = Die Verbindung zum nächsten Server riss ab, bevor er die Mail für { $recipient } angenommen hatte.
delivery-turned-away = Der nächste Server hat den Absender mit seinem ersten Wort weggeschickt: { $code } { $text }. Vielleicht nimmt ein anderer Server der Domain die Mail für { $recipient }, oder dieser später.
delivery-tls-not-offered = Der sendende Host übergibt nichts ohne TLS, und der nächste Server bietet kein STARTTLS an. Die Mail für { $recipient } wartet. Eine Verschlüsselung, die sich unterwegs abschalten lässt, wäre keine.
delivery-tls-refused = Der sendende Host übergibt nichts ohne TLS. Der nächste Server bietet STARTTLS an und hat es dann doch nicht begonnen: { $code } { $text }. Die Mail für { $recipient } wartet.
delivery-handshake = Der TLS-Handshake mit dem nächsten Server ist gescheitert. Über diese Verbindung ließ sich für { $recipient } nichts übergeben.
delivery-certificate = Der sendende Host verlangt ein Zertifikat, das zeigt, wer der nächste Server ist, und dieses tut es nicht ({ $kind }). Er hat nichts gesendet und behält die Mail für { $recipient }.
delivery-no-mechanism = Der sendende Host muss sich beim nächsten Server anmelden, und der bietet kein Verfahren an, das er kann und benutzen darf. Oft fehlt TLS: Ohne das sollte niemand ein Passwort senden. Die Mail für { $recipient } wartet.
delivery-login-refused = Der nächste Server lässt die Anmeldung des sendenden Hosts nicht zu: { $code } { $text }. Name oder Passwort stimmen nicht. Die Mail für { $recipient } wartet, bis das jemand richtigstellt.
delivery-login-broken = Der sendende Host hat die Anmeldung beim nächsten Server abgebrochen, weil dessen Antwort nicht zum Verfahren passte. Die Mail für { $recipient } wartet.
delivery-no-smtputf8 = Die Mail für { $recipient } hat in Adressen oder Kopf Zeichen außerhalb von ASCII und braucht darum SMTPUTF8, das der nächste Server nicht anbietet. Sie geht an den Absender zurück, denn Warten würde daran nichts ändern.
delivery-too-big = Der nächste Server sagt in seiner Antwort auf EHLO, dass er keine Nachricht über { $limit } Oktette nimmt, und diese für { $recipient } ist größer. Sie wurde darum gar nicht erst begonnen.
delivery-no-such-domain = Die Domain von { $recipient } kennt das DNS nicht.
delivery-dns-trouble = Zur Domain von { $recipient } gab das DNS keine Antwort.
delivery-null-mx = Die Domain von { $recipient } sagt im DNS, dass sie gar keine Mail annimmt: Sie hat einen Null-MX.
delivery-too-many-hops = Die Mail für { $recipient } lief im Kreis und wurde gestoppt.
delivery-loops-back = DNS nennt genau diesen Host als besten Mailserver für { $recipient }, aber er kennt die Domain nicht als seine eigene. Die Mail käme immer wieder zu ihm zurück, darum endet sie hier.
delivery-mailbox-full = Das Postfach { $recipient } ist voll.
delivery-no-such-user = Die Domain gehört diesem Host, aber ein Postfach { $recipient } hat er nicht.
delivery-no-room = Mehr Nachrichten fasst dieses kleine Internet nicht, deshalb fand die Mail für { $recipient } keinen Platz.
delivery-no-mail-host = Die Domain von { $recipient } kennt das DNS, aber keiner ihrer Mailserver hat eine Adresse.
delivery-forwarding-loop = Die Mail war schon einmal im Postfach { $recipient }; die Weiterleitung führt also dorthin zurück. Hier ist Schluss.
delivery-alias-loop = Auf diesem Host ist { $recipient } ein anderer Name, der wieder zu sich selbst führt. Dahinter steht niemand.

## Fehler, die überall passieren

mistake-headers-before-data = Das war schon eine Zeile des Briefs, aber der Server wartet noch auf die Befehle für den Umschlag. From:, To: und Subject: kommen nach DATA.
mistake-no-empty-line = In deinem Brief fehlt die leere Zeile zwischen Header und Text. Ohne sie müssen Programme raten, wo der Text beginnt. Drück nach dem letzten Header-Feld einmal mehr die Eingabetaste.
mistake-no-header = Dein Brief beginnt gleich mit dem Text; er hat keinen Header, und wer ihn liest, sieht weder Absender noch Betreff. Tipp nach DATA erst From: und Subject:, dann eine leere Zeile, dann den Text.
mistake-folded-without-space = Ein Header-Feld darf in der nächsten Zeile weitergehen, aber nur, wenn sie mit einem Leerzeichen oder Tab beginnt. Deine tat das nicht: Dort war der Header zu Ende, und die Felder danach sind jetzt Text.
mistake-no-brackets = Die Adresse gehört in spitze Klammern: MAIL FROM:<anna@example.org>. Viele Server nehmen sie auch ohne, dieser nicht.
mistake-open-bracket = Die Adresse beginnt mit <, und das > am Ende fehlt: RCPT TO:<bert@example.org>
mistake-no-colon = Direkt hinter FROM und TO steht ein Doppelpunkt: MAIL FROM:<anna@example.org>
mistake-space-at-colon = Am Doppelpunkt steht kein Leerzeichen: MAIL FROM:<anna@example.org>. Die meisten Server sehen darüber hinweg, im Standard steht es nicht.
mistake-from-and-to-swapped = Zu MAIL gehört FROM und zu RCPT gehört TO: Das eine nennt den Absender, das andere einen Empfänger. MAIL meint nicht, an wen die Mail geht.
mistake-rcpt-before-mail = Ein Umschlag wird in fester Reihenfolge beschriftet: erst der Absender mit MAIL FROM, dann die Empfänger mit RCPT TO.
mistake-data-before-rcpt = DATA kommt erst, wenn der Umschlag fertig ist. Nenn vorher mit RCPT TO einen Empfänger, und achte darauf, dass der Server ihn annimmt.
mistake-mail-before-hello = Sag zuerst, wer du bist: EHLO und der Name deines Rechners, etwa EHLO ws.lab.test. Danach kommen MAIL, RCPT und DATA.
mistake-second-mail = Eine Mail hat einen Absender, und diese hat schon einen. Willst du von vorn anfangen, wirf den Umschlag mit RSET weg.
mistake-dot-inside-text = Eine Zeile, in der nur ein Punkt stand, hat deinen Brief beendet, und der Rest des Textes wurde für Befehle gehalten. Soll im Brief ein Punkt allein stehen, tipp zwei.
mistake-dot-outside-text = Der einzelne Punkt beendet einen Brief, und gerade läuft keiner. Ein Brief beginnt mit DATA, sobald der Server mit 354 geantwortet hat.
mistake-command-in-text = Du schreibst noch am Brief: Bis zu einer Zeile, in der nur ein Punkt steht, ist alles Text, auch ein Befehl. Beende ihn erst mit dem Punkt.
mistake-hello-for-helo = Das Wort heißt HELO, mit einem L, und heute EHLO: Die Verben aus der Anfangszeit von SMTP haben alle vier Buchstaben.
mistake-hello-with-address = HELO und EHLO möchten den Namen deines Rechners, nicht deine Mailadresse: EHLO ws.lab.test. Deine Adresse kommt bei MAIL FROM.
mistake-no-ehlo-after-starttls = Mit TLS beginnt das Gespräch von vorn: Was vorher im Klartext gesagt wurde, hat der Server vergessen, auch deinen Namen. Sag noch einmal EHLO.
mistake-auth-before-tls = Dein Passwort wäre für alle lesbar gereist, und das will dieser Server nicht. Verschlüssle zuerst: mit STARTTLS bei SMTP und IMAP, mit STLS bei POP3, oder nimm einen Port, an dem TLS zuerst kommt.
mistake-tls-first = Über Mail redet dieser Server nur unter TLS. Nimm openssl s_client mit -starttls smtp; telnet kann STARTTLS zwar sagen, aber keinen Handshake.
mistake-auth-first = An diesem Port nimmt der Anbieter Mail von seinen eigenen Nutzern. Zeig mit AUTH, wer du bist, bevor MAIL kommt.
mistake-plain-without-nul = PLAIN besteht aus drei Teilen mit einem Nullbyte vor dem zweiten und dem dritten: printf '\0anna\0tulpe' | base64. Der erste Teil darf leer sein, sein Nullbyte darf nicht fehlen.
mistake-credentials-with-newline = Was du kodiert hast, endet mit einem Zeilenvorschub, und der gehört jetzt zum Passwort. echo hängt einen an, printf und echo -n tun es nicht.
mistake-not-base64 = Bei der Anmeldung ist alles, was du sagst, base64, auch Name und Passwort. Kodiere es an der Shell: printf anna | base64
mistake-wrong-server = Dieser Server ist nicht der des Empfängers, und er reicht nichts für dich weiter. Frag DNS nach dem Mailserver des Empfängers (dig MX und die Domain), oder gib die Mail bei deinem eigenen Anbieter ab.
mistake-smtp-elsewhere = Das ist SMTP, und hier sitzt ein Server zum Abholen. Abgegeben wird Mail an Port 25 oder 587, abgeholt mit POP3 an 110 oder gelesen mit IMAP an 143.
mistake-pop3-elsewhere = Das ist POP3, und dieser Server spricht etwas anderes. POP3 gibt es an Port 110, unter TLS an 995.
mistake-imap-elsewhere = Das ist IMAP, und dieser Server spricht etwas anderes. IMAP gibt es an Port 143, unter TLS an 993.
mistake-http-spoken = So spricht ein Browser mit einem Webserver. Mailserver haben ihre eigene Sprache: Fang mit HELP, CAPA oder a1 CAPABILITY an.
mistake-shell-in-session = Du sprichst gerade mit dem Server, und der kennt die Programme deines Rechners nicht. Beende erst die Sitzung (QUIT, in telnet auch Strg-] und quit) oder öffne ein zweites Terminal.
mistake-session-in-shell = Das ist eine Zeile für einen Server, aber es ist keiner da: Die Shell hat sie gelesen. Verbinde dich erst, zum Beispiel mit telnet, dem Namen des Servers und dem Port.
mistake-reply-typed = Zeilen mit drei Ziffern, +OK oder * am Anfang sind die des Servers. Du tippst nur deine Hälfte des Gesprächs.
mistake-misspelt = Sieht nach einem Tippfehler aus. Es ist nichts passiert: Der Server hat die Zeile abgelehnt, tipp sie einfach noch einmal.
mistake-plain-to-tls-port = An diesem Port kommt TLS zuerst, du hast Klartext geschickt. Nimm hier openssl s_client -connect oder geh an den Port für Klartext.
mistake-plain-after-starttls = Nach STARTTLS wartet der Server auf einen TLS-Handshake und liest nichts anderes, und den können telnet und nc nicht. Fang neu an mit openssl s_client -starttls smtp, pop3 oder imap: Das sagt STARTTLS für dich.
mistake-tls-to-plain-port = Du hast mit TLS angefangen, dieser Server fängt aber im Klartext an. Sag openssl, in welchem Protokoll es um TLS bitten soll: -starttls smtp, pop3 oder imap.
mistake-client-took-line = Diese Zeile hat der Server nie gesehen: Ein großes Q oder R am Anfang nimmt openssl s_client für einen Befehl an sich selbst. Tipp sie klein, oder ruf s_client mit -quiet auf.
mistake-typographic-marks = In dieser Zeile stehen typografische Anführungszeichen, Striche oder Leerzeichen, wie Textprogramme und Telefone sie setzen. Rechner wollen die einfachen: " ' und -
mistake-backspace-in-line = In dieser Zeile steckt eine Taste, die anderswo eine Zeile verbessert: Jede Taste ging sofort zum Server, und die Rücktaste löscht dort nichts, sie ist ein Oktett mehr. Der Server sieht weder, was du zurücknehmen wolltest, noch, dass du es zurückgenommen hast. Beende die Zeile mit Enter und tipp sie noch einmal ohne Vertipper; oder schalt die rohen Tasten aus, dann sendet telnet ganze Zeilen.
mistake-no-port = Ohne Nummer klopft telnet an Port 23, und dort wohnt kein Mailserver. SMTP ist an 25, POP3 an 110, IMAP an 143: telnet, der Name des Servers, die Nummer.
mistake-port-after-colon = Host und Port sind hier zwei Wörter: telnet und nc wollen ein Leerzeichen dazwischen. Mit Doppelpunkt schreibt man sie bei openssl s_client -connect.
mistake-own-machine = Du hast deinen eigenen Rechner angerufen, und auf dem läuft kein Mailserver. Ruf den Server bei seinem Namen.
mistake-retr-before-pass = Das Postfach ist noch zu. Melde dich erst an: USER und dein Name, dann PASS und das Passwort.
mistake-pass-before-user = POP3 fragt in zwei Schritten: erst USER und der Name, gleich danach PASS und das Passwort.
mistake-dele-without-quit = DELE hat die Nachrichten nur vorgemerkt, und du bist ohne QUIT gegangen: Sie sind alle noch da. Erst QUIT räumt sie weg.
mistake-quoted-login = Für POP3 gehören Klammern und Anführungszeichen zum Namen oder Passwort. Tipp beides nackt, ohne etwas drumherum.
mistake-no-such-number = Eine Nachricht mit dieser Nummer gibt es nicht. Frag nach, welche da sind: mit LIST oder STAT bei POP3, bei IMAP sagt es EXISTS nach SELECT. Gezählt wird ab 1.
mistake-gone-already = Diese Nachricht ist zum Löschen vorgemerkt, bis QUIT kann sie niemand mehr lesen. RSET nimmt alle Vormerkungen zurück.
mistake-no-tag = Bei IMAP beginnt jede deiner Zeilen mit einem Tag nach deiner Wahl, an dem du die Antwort wiedererkennst: a1 LOGIN anna tulpe
mistake-login-first = Der Server kennt dich noch nicht. Melde dich erst an: a1 LOGIN, dein Name, dein Passwort.
mistake-select-first = Du bist angemeldet, aber es ist kein Postfach offen. Öffne erst eins: a2 SELECT INBOX
mistake-not-done = Solange der Server mit dir in IDLE wartet, versteht er nur ein Wort: DONE, allein und ohne Tag.
mistake-no-backslash = Die Systemflags von IMAP beginnen mit einem Backslash: \Deleted. Ohne ihn hast du ein eigenes Schlüsselwort gesetzt, das nur so aussieht.

## Grenzen des Labors

limit-input-octets = Das waren mehr als { $at } Oktette auf einmal. Was darüber hinausging, fiel weg; füg es in kleineren Teilen ein.
limit-output-octets = Das Terminal zeigt höchstens { $at } Oktette je Eingabe. Der Rest fehlt hier; in der Leitungsansicht steht alles.
limit-events-per-input = Eine Eingabe darf höchstens { $at } Ereignisse auslösen, damit nichts endlos läuft. Was noch gekommen wäre, fiel weg.
limit-event-octets-per-input = Was eine Eingabe auslöst, darf höchstens { $at } Oktette haben. Was noch gekommen wäre, fiel weg.
limit-messages = Dieses kleine Internet fasst höchstens { $at } Nachrichten. Für weitere beginne einen neuen Versuch.
limit-message-octets = Alle Nachrichten in den Postfächern und Warteschlangen dieses kleinen Internets zusammen, jede Kopie mitgezählt, dürfen { $at } Oktette haben. Lösch, was niemand mehr braucht, oder beginne einen neuen Versuch.
limit-terminals = Mehr als { $at } Terminals gibt es nicht. Nimm eines von denen, die offen sind.
limit-file-octets = Die Dateien deines Rechners zusammen dürfen { $at } Oktette haben. Was darüber hinausging, wurde nicht geschrieben.
limit-inputs = Ein Versuch nimmt höchstens { $at } Eingaben an. So, wie er ist, kann man ihn lesen und bewerten; zum Weitermachen beginne einen neuen.
limit-record-octets = Ein Versuch darf höchstens { $at } Oktette aufzeichnen. So, wie er ist, kann man ihn lesen und bewerten; zum Weitermachen beginne einen neuen.
limit-copies = COPY und MOVE zusammen dürfen hier { $at } Kopien von Nachrichten anlegen. Für weitere beginne einen neuen Versuch.
limit-copies-of-message = Eine Nachricht geht höchstens { $at }-mal von Host zu Host. Verteiler oder Weiterleitungen, die einander beliefern, würden sie endlos vermehren, darum nimmt sie niemand mehr an.

## Das Protokoll, Ereignis für Ereignis

event-typed = getippt: { $text }
event-keyed = Tasten, einzeln gesendet: { $keys }
event-key-mode = telnet sendet jede Taste, sobald sie gedrückt wird
event-line-mode = telnet sendet wieder ganze Zeilen
event-pressed = Taste { $key }
event-printed = angezeigt: { $text }
event-ran = Programm gestartet: { $command }
event-exited = { $program } endet mit Status { $status }
event-terminal-opened = Terminal { $term } geöffnet
event-dns = { $asker } fragt { $server } nach { $type } von { $name }: { $result }
event-connected = Verbindung { $conn }: { $from } ({ $from-ip }) zu { $to } ({ $to-ip }), Port { $port }
event-connect-failed = Verbindung { $conn } von { $from } zu { $to }, Port { $port }: keine. { $why }
event-closed = Verbindung { $conn } geschlossen. { $why }
event-wire = auf der Leitung: { $octets }
event-tls = Verbindung { $conn }: { $what }
tls-expected = Der Server hat sein letztes Wort im Klartext gesagt. Was der Client jetzt schickt, muss der Anfang eines TLS-Handshakes sein.
tls-established = Ab hier ist alles verschlüsselt: { $version } mit { $cipher }. Wer unterwegs lauscht, sieht nur noch, wer mit wem spricht, wann und wie viel.
tls-established-for = Ab hier ist alles verschlüsselt: { $version } mit { $cipher }. Der Client hat nach { $name } gefragt, und dieser Name stand noch im Klartext. Wer unterwegs lauscht, sieht nur noch, wer mit wem spricht, wann und wie viel.
tls-certificate = Der Server zeigt sein Zertifikat: für { $subject }, { $named ->
    [yes] mit den Namen { $names },
   *[no] ganz ohne den Namen eines Servers,
} ausgestellt von { $issuer }, gültig vom { $from } bis zum { $until }.
tls-certificate-clear = In { $version } reist das Zertifikat im Klartext: Wer unterwegs lauscht, liest es mit.
tls-certificate-hidden = In { $version } reist das Zertifikat schon verschlüsselt: Wer unterwegs lauscht, bekommt es nicht zu sehen.
tls-no-common-version = Client und Server haben keine TLS-Version gemeinsam, darum kommt keine Verbindung zustande.
tls-not-a-handshake = Der Server hat einen TLS-Handshake erwartet und etwas anderes bekommen, darum hat er aufgelegt. Hier kommt TLS zuerst: Sprich über openssl s_client statt über telnet.
tls-server-speaks-plain = Der Client hat einen TLS-Handshake begonnen, aber der Server spricht dort Klartext. Bitte ihn entweder erst um TLS (STARTTLS, STLS), oder nimm den Port, an dem TLS zuerst kommt.
tls-certificate-refused = Der Client traut dem Zertifikat des Servers nicht und hat die Verbindung beendet.
tls-cut-off = Die Verbindung ist mitten im TLS-Handshake abgebrochen.
tls-timed-out = Der Server hat auf einen TLS-Handshake gewartet, es kam keiner, und er hat aufgelegt.
tls-verified = Der Client hat das Zertifikat des Servers geprüft: Es führt zu einer Zertifizierungsstelle, der er vertraut, und es gilt jetzt. Nach einem bestimmten Namen hat er nicht gefragt.
tls-verified-for = Der Client hat das Zertifikat des Servers geprüft: Es führt zu einer Zertifizierungsstelle, der er vertraut, es gilt jetzt, und es ist auf { $name } ausgestellt.
certificate-malformed = Was der Server als Zertifikat vorgezeigt hat, lässt sich nicht lesen.
certificate-self-signed = Das Zertifikat ist mit seinem eigenen Schlüssel unterschrieben. So eines kann sich jeder machen: Es beweist nicht, wer am anderen Ende sitzt.
certificate-unknown-issuer = Ausgestellt hat das Zertifikat { $issuer }, und diese Stelle kennt hier niemand, also vertraut ihr auch niemand. Vielleicht hat der Server auch ein Zwischenzertifikat weggelassen.
certificate-not-an-authority = Die Kette der Zertifikate führt über jemanden, der gar keine ausstellen darf.
certificate-bad-signature = Eine Unterschrift in der Kette der Zertifikate stimmt nicht, oder sie ist von einer Art, die niemand mehr gelten lässt.
certificate-not-yet-valid = Das Zertifikat gilt erst ab { $from }, und so spät ist es noch nicht. Geht die Uhr richtig?
certificate-expired = Das Zertifikat galt bis { $until }. Vorher hätte es jemand erneuern müssen.
certificate-wrong-purpose = Das Zertifikat ist nicht für Server gedacht.
certificate-wrong-name = Das Zertifikat ist in Ordnung, aber auf andere Namen ausgestellt: { $found }. Du wolltest zu { $wanted }. Dass das { $wanted } ist, zeigt es also nicht; oder du nennst den Server anders als sein Besitzer.
event-smtp = Verbindung { $conn }, { $command }: { $code }. { $why }
event-pop3 = Verbindung { $conn }, { $command }: { $status }. { $why }
event-imap = Verbindung { $conn }, { $command }: { $status } { $why }
event-policy = Verbindung { $conn }: { $question } { $verdict }
event-accepted = { $host } steht für Nachricht { $id } ein und nennt sie { $queue }: von { $from } an { $to }, { $octets } Oktette, übergeben von { $client } als { $helo }
event-present = Nachricht { $id } lag von Anfang an im Postfach { $mailbox } auf { $host }
event-delivered = { $host } legt Nachricht { $id } ins Postfach { $mailbox }
event-deferred = { $host } behält Nachricht { $id } für { $recipient } bis { $until }. { $why }
event-undeliverable = { $expired ->
    [yes] { $host } hat es lange genug versucht und gibt Nachricht { $id } für { $recipient } auf. { $why }
   *[no] { $host } gibt Nachricht { $id } für { $recipient } auf. { $why }
}
event-expanded = { $by ->
    [alias] auf { $host } ist { $recipient } ein anderer Name: Nachricht { $id } geht an { $into }
    [catch-all] auf { $host } heißt niemand { $recipient }, also bekommt Nachricht { $id }, wer solche Mail annimmt: { $into }
    [extension] { $host } findet in { $recipient } das Postfach { $into }; was hinter dem Trennzeichen steht, ist Sache des Besitzers (Nachricht { $id })
   *[forward] wem { $recipient } gehört, lässt Mail weiterleiten: Nachricht { $id } geht von { $host } an { $into }
}
event-reported = { $host } meldet { $to } in Nachricht { $id }, was aus Nachricht { $about } wurde: { $says }
event-unreported = { $why ->
    [null-sender] { $host } meldet niemandem, was aus Nachricht { $id } für { $recipients } wurde: Ihr Absender ist <> wie bei jeder Meldung, damit nicht Meldungen über Meldungen im Kreis laufen
    [not-wanted] { $host } meldet niemandem, was aus Nachricht { $id } für { $recipients } wurde: Der Absender wollte es nicht wissen
   *[no-room] { $host } kann nicht melden, was aus Nachricht { $id } für { $recipients } wurde: Mehr Nachrichten fasst dieses kleine Internet nicht
}
event-queue-listed = { $count ->
    [0] die Warteschlange von { $host } wurde angesehen; sie ist leer
    [one] die Warteschlange von { $host } wurde angesehen; darin liegt eine Nachricht
   *[other] die Warteschlange von { $host } wurde angesehen; darin liegen { $count } Nachrichten
}
event-removed = gelöscht aus dem Postfach { $mailbox } auf { $host }: { $count ->
    [one] eine Nachricht
   *[other] { $count } Nachrichten
}
event-appended = Nachricht { $id } liegt im Ordner { $folder } von { $mailbox } auf { $host }
event-copied = im Postfach { $mailbox } auf { $host } { $count ->
    [one] eine Nachricht
   *[other] { $count } Nachrichten
} aus { $from } nach { $to } { $moved ->
    [yes] verschoben
   *[no] kopiert
}
event-flagged = im Ordner { $folder } von { $mailbox } auf { $host } { $count ->
    [one] hat eine Nachricht
   *[other] haben { $count } Nachrichten
} diese Flags: ({ $flags })
event-folder = Postfach { $mailbox } auf { $host }: { $what }
folder-created = Ordner { $folder } angelegt
folder-deleted = Ordner { $folder } gelöscht
folder-renamed = Ordner { $from } heißt jetzt { $to }
folder-subscribed = { $folder } abonniert
folder-unsubscribed = { $folder } nicht mehr abonniert
event-hint-taken = Hinweis { $number } zu { $step } genommen
event-handed-in = abgegeben
event-mail-certificates = Zertifikate für Mail in dieser Welt: { $count }
event-answered = Antwort auf { $step }: { $text }
event-time-passed = die Zeit rückt vor auf { $to }
event-limit-reached = eine Grenze des Labors. { $why }

policy-sender = Darf { $from } senden?
policy-sender-null = Darf der leere Absender <> senden?
policy-recipient = Wird Mail für { $to } angenommen?
policy-message = Diese Nachricht mit { $octets } Oktetten annehmen?
policy-user = Gibt es { $what } hier?
policy-list = Für wen steht { $what }?
policy-login = Das Postfach von { $user } öffnen?
policy-numbers = Zahlen für eine Aufgabe?
policy-numbers-for = Zahlen für eine Aufgabe an { $user }?
policy-authenticate = Ist das wirklich { $user }?
policy-folders = { $verb } für { $user }, Ordner { $folder }?
policy-flush = Senden, was für { $domain } wartet?
policy-remove = { $count ->
    [one] Eine Nachricht
   *[other] { $count } Nachrichten
} endgültig löschen?

verdict-yes = Ja.
verdict-no = Nein.
verdict-local = Ja, das Postfach ist hier.
verdict-relay = Ja, sie wird weitergeleitet.
verdict-no-such-user = Nein, die Domain ist hier, das Postfach nicht.
verdict-relay-denied = Nein, die Domain ist nicht hier, und dieser Client darf nichts weiterleiten lassen.
verdict-no-such-domain = Nein, so eine Domain kennt das DNS nicht.
verdict-mailbox-full = Nein, das Postfach ist voll.
verdict-no-such-folder = Nein, so einen Ordner gibt es nicht.
verdict-not-selectable = Nein, das ist nur eine Ebene von Namen.
verdict-folder-exists = Nein, so einen Ordner gibt es schon.
verdict-has-children = Nein, darunter liegen Ordner.
verdict-inbox-stays = Nein, der Posteingang bleibt.
verdict-bad-name = Nein, so kann kein Ordner heißen.
verdict-messages-gone = Nein, einige der Nachrichten sind inzwischen entfernt worden.
verdict-too-many-folders = Nein, mehr Ordner gehen nicht.
verdict-too-many-keywords = Nein, mehr Schlüsselwörter gehen nicht.
verdict-taken = Ja, als { $queue }, Nachricht { $id }.
verdict-opened = Ja, { $mailbox } mit { $messages ->
    [one] einer Nachricht.
   *[other] { $messages } Nachrichten.
}
verdict-numbers = Ja: { $nonce }.
verdict-authenticated = Ja, es ist { $user }.
verdict-known = Ja: { $address }.
verdict-members = Für { $addresses }.
verdict-not-yours = Nein, die Adresse gehört jemand anderem.
verdict-locked = { $holder ->
    [terminal] Jetzt nicht, Terminal { $term } hat es offen (Verbindung { $conn }).
    [connection] Jetzt nicht, Verbindung { $conn } hat es offen.
   *[other] Jetzt nicht, eine andere Sitzung hat es offen.
}
verdict-no-room = Jetzt nicht, es ist kein Platz.
verdict-too-many-hops = Nein, sie ging durch zu viele Hosts.

capture-title = helo-Protokoll, { $events ->
    [one] ein Ereignis
   *[other] { $events } Ereignisse
}, Zeiten { $offset }

## Die Analyse: wie eine Nachricht gekommen ist

trace-nothing-trusted = Hier lässt sich keiner Received-Zeile trauen: Die oberste stammt nicht von einem Server, dem du vertraust.
trace-trust-ends = Bis hierher kannst du den Zeilen glauben: Server, denen du vertraust, haben sie geschrieben. Alles darunter hat mitgebracht, wer da angerufen hat.
trace-below-boundary = Diese Zeile steht unterhalb des Teils, dem du trauen kannst. Sie kann stimmen; der Absender kann sie aber genauso gut selbst getippt haben.
trace-claims-trusted = Die Zeile behauptet, von { $by } zu sein, einem Server, dem du vertraust. Server schreiben ihre Zeilen aber oben an, und die von { $by } stehen weiter oben. Hier unten kann jeder seinen Namen verwenden.
trace-chain-broken = Die Glieder passen nicht zusammen: Hier hat { $by } die Mail angenommen, die Zeile darüber hat sie aber von { $from }. Wer eine Mail annimmt, gibt sie als Nächster weiter, unter demselben Namen oder einem sehr ähnlichen.
trace-inside-network = Eine Notiz von qmail: Der eigene SMTP-Server hat die Mail in die Warteschlange gelegt. Über die Herkunft sagt sie wenig, das erledigt die Zeile darunter.
trace-inside-user = Ein Benutzer oder ein Programm auf dem Rechner selbst hat die Mail übergeben, ganz ohne Verbindung.
trace-inside-alias = Eine Weiterleitungsregel des Rechners hat die Mail weitergereicht.
trace-inside-report = Der Rechner hat diese Mail selbst erzeugt: Sie ist ein Bericht.
trace-hello-differs = Der Client hat sich als { $helo } vorgestellt, seine Adresse heißt aber { $name }. In HELO steht, was der Anrufer sagt; den anderen Namen hat der Server im DNS gefunden.
trace-no-reverse-name = Zu { $ip } kennt das DNS keinen Namen. Ordentliche Mailserver haben einen; bei anderen beweist das nichts.
trace-may-be-forged = Die Adresse heißt angeblich { $name }, aber dieser Name führt nicht zur Adresse zurück. Wer die Reverse-Zone betreibt, kann dort jeden Namen eintragen.
trace-address-private = { $ip } ist eine private Adresse: Sie kommt in sehr vielen Netzen vor und verrät deshalb nicht, wo das war. In einer Firma oder zu Hause ist sie ganz normal.
trace-address-reserved = { $ip } ist reserviert: Von dort meldet sich kein Rechner im Internet.
trace-address-impossible = { $text } kann keine Adresse sein, denn keine der Zahlen darf größer als 255 sein. Die hat sich jemand ausgedacht.
trace-no-address = Die Zeile nennt keine Adresse, die angerufen hat. Ohne sie sind die Namen darin bloße Behauptungen.
trace-no-by = Die Zeile sagt nicht, welcher Server die Mail angenommen hat.
trace-no-date = Der Zeile fehlt das Datum. Jeder Server schreibt eines, hinter einem Semikolon.
trace-bad-date = „{ $text }“ ist kein Datum, wie es in Mails steht.
trace-wrong-weekday = Hier steht { $said }, der Tag war aber { $right }. Programme verrechnen sich da nicht, wohl aber Leute, die sich ein Datum ausdenken.
trace-zone-unknown = Hier steht keine bekannte Zeitzone, die UTC-Zeit lässt sich also nur raten.
trace-time-goes-back = Dem Datum nach ist die Zeile darunter { $span } später als diese, obwohl die Mail vorher dort war. Da geht eine Uhr falsch, oder eine der Zeilen stimmt nicht.
trace-long-wait = Diese Zeile ist { $span } jünger als die darunter. Die Mail hat gewartet: in einer Warteschlange oder wegen Greylisting. Oder eines der Daten ist erfunden.
trace-in-future = Das ist { $span } nach der Ankunft der Mail. Da kann sie nicht mehr unterwegs gewesen sein.
trace-unknown-protocol = „{ $with }“ ist kein Protokoll, mit dem Mail reist.
trace-date-far = { $later ->
    [yes] Der Brief ist { $span } nach seiner Übergabe datiert. Eine Uhr geht falsch, oder der Absender hat sich das Datum ausgesucht.
   *[no] Der Brief ist { $span } vor seiner Übergabe datiert. So lange lag er beim Absender, oder eine Uhr geht falsch, oder der Absender hat sich das Datum ausgesucht.
}
trace-envelope-differs = Im Brief steht als Absender { $from }, auf dem Umschlag stand { $path }. Das ist bei Newslettern und Listen auch so; ein Bericht ginge an { $path }.
trace-null-sender = Auf dem Umschlag stand kein Absender. So kommen Berichte und automatische Antworten, damit niemand automatisch auf sie antwortet.
trace-reply-elsewhere = Eine Antwort ginge nicht an { $from }, sondern an { $reply }, also ganz woandershin.
trace-sender-differs = Nach eigener Aussage hat { $sender } den Brief für den Verfasser abgeschickt.
trace-name-has-address = Der angezeigte Name sieht aus wie die Adresse { $shown }, die Adresse ist aber { $address }. Viele Mailprogramme zeigen nur den Namen.
trace-message-id-elsewhere = Die Message-ID ist bei { $domain } entstanden, der Absender gibt { $from } an. Sie zeigt, wessen Programm oder Server den Brief benannt hat.
trace-field-missing = Dem Brief fehlt { $name }, obwohl das in jeden Brief gehört. Mailprogramme vergessen es nie.
trace-field-twice = { $name } steht hier noch einmal, obwohl es nur einmal vorkommen darf. Jedes Programm zeigt davon, was ihm gefällt.
trace-bcc-visible = Bcc ist stehen geblieben. Mailprogramme nehmen es vor dem Senden heraus, denn diese Empfänger soll niemand sehen.
trace-high-priority = Der Brief nennt sich selbst dringend. Schneller wird dadurch nichts; Spam macht das gern.
trace-auth-believed = { $host }, ein Server deines Vertrauens, hat den Absender geprüft und das Ergebnis notiert. Dem kannst du glauben.
trace-auth-not-believed = Dieses Ergebnis nennt { $host }, steht aber nicht da, wo ein Server deines Vertrauens schreibt. Nimm es als Wort des Absenders.
trace-origin-address = { $named ->
    [yes] Soweit man es wissen kann, kommt die Mail von { $ip }, genannt { $name }.
   *[no] Soweit man es wissen kann, kommt die Mail von { $ip }, einer Adresse ohne Namen.
} Was unter dieser Zeile steht, ist das Wort des Absenders.
trace-origin-inside = Soweit man es wissen kann, ist die Mail auf diesem Rechner selbst entstanden.
trace-origin-unknown = Woher die Mail kommt, lässt sich aus diesen Zeilen nicht erkennen.
trace-believed = Diese Zeile hat ein Server geschrieben, dem du vertraust.
trace-claimed = Diese Zeile kam mit der Mail: Sie ist das Wort des Absenders oder eines Servers, für den niemand bürgt.

## Die Felder eines Headers und was jedes wert ist

field-received = Ein Zustellvermerk: Jeder Server, der die Mail annimmt, setzt einen oben an, mit Anrufer, Empfänger und Zeit.
field-return-path = Der Absender vom Umschlag, wie MAIL FROM ihn nannte; dorthin gehen Fehlerberichte. Der letzte Server trägt ihn ein, der Inhalt kommt aber vom Anrufer.
field-delivered-to = Für wen die Mail ins Postfach gelegt wurde: ein Empfänger vom Umschlag, der nicht in To stehen muss.
field-authentication-results = Was die Prüfungen eines Servers ergaben (SPF, DKIM, DMARC). Es zählt nur das Ergebnis deines eigenen Servers; tippen kann so eine Zeile jeder.
field-received-spf = Ob die anrufende Adresse für die Domain auf dem Umschlag senden darf. Das zählt nur, wenn es dein eigener Server schreibt.
field-dkim-signature = Die Unterschrift einer Domain unter Header und Text. Sie ist erst nach der Prüfung etwas wert und spricht dann für diese Domain, nicht für eine Person.
field-from = Wer den Brief angeblich geschrieben hat: Adresse und vielleicht ein Name. Das Mailprogramm des Absenders trägt es ein, und niemand prüft es.
field-sender = Wer den Brief für den Verfasser abgeschickt hat, wenn das zwei verschiedene sind. So wenig geprüft wie From.
field-reply-to = Wohin eine Antwort statt an From gehen soll. Sieh hin, bevor du antwortest.
field-to = An wen der Brief laut eigener Aussage geht. Wer ihn bekommt, entscheidet der Umschlag, und da können andere stehen.
field-cc = Wer angeblich eine Kopie bekommt. Für alle sichtbar und für die Zustellung ohne Bedeutung.
field-bcc = Wer eine Kopie bekommt, ohne dass die anderen es wissen. Ankommen sollte das Feld nicht: Das Mailprogramm nimmt es heraus.
field-date = Wann der Brief geschrieben wurde, nach der Uhr des Absenders, mit dem Abstand zu UTC. Vergleich es mit der ersten Zeile, der du trauen kannst.
field-message-id = Der Name des Briefs. Ihn macht das Programm des Absenders oder der erste Server; der Teil hinter dem @ verrät oft, wessen.
field-in-reply-to = Die Message-ID des Briefs, auf den dieser antwortet. Leicht zu erfinden.
field-references = Die Message-IDs der Briefe, zu denen er gehört. Mailprogramme ordnen danach Gespräche.
field-subject = Worum es geht, in den Worten des Absenders.
field-organization = Die Firma, so wie sie im Mailprogramm des Absenders eingestellt ist. Dort kann jeder alles eintragen.
field-mailer = Das Programm, das den Brief gemacht hat, nach eigener Aussage. Ein seltsames ist ein Hinweis, mehr nicht.
field-priority = Wie dringend sich der Brief nennt, von 1 (am höchsten) bis 5. Schneller wird nichts; Spam mag hohe Werte.
field-x-sender = Wen das Mailprogramm für seinen Benutzer hielt. Ein Feld ohne Norm und das Wort des Absenders.
field-originating-ip = Die Adresse des Browsers, wie ein Webmail-Server sie nennt. Wahr, wenn man dem Server trauen kann, sonst das Wort des Absenders.
field-mime-version = Sagt, dass der Brief MIME verwendet. Immer 1.0.
field-content-type = Die Art des Inhalts und bei Text der Zeichensatz.
field-content-transfer-encoding = Wie der Text für die Reise kodiert wurde: quoted-printable, base64, 7bit oder 8bit.
field-content-language = Die Sprache des Textes, wie das Mailprogramm sie angibt. Bei einem Brief deiner Bank ist eine falsche ein Hinweis.
field-list = Eine Mailingliste hat den Brief verteilt; hier steht, wie man sie verlässt.
field-resent = Jemand hat den Brief von Hand weitergeschickt; diese Felder sind von ihm.
field-receipt-request = Der Absender bittet um eine Lesebestätigung. Du darfst ablehnen; eine Antwort verrät Spammern, dass jemand deine Adresse liest.
field-auto-submitted = Das hat eine Maschine geschrieben; antworten sollte keine.
field-spam = Was ein Filter davon hielt. Das zählt nur, wenn es dein eigener Server schreibt.
field-other = Ein Feld ohne besondere Bedeutung an dieser Stelle.
## Störungen

event-fault = Eine Störung dieses Szenarios schlägt zu ({ $id }). { $what }
event-tampered = { $conn }: Unterwegs hat jemand das verändert; angekommen ist: { $octets }
fault-reply = { $permanent ->
    [yes] { $place } lehnt bei { $stage } mit { $code } endgültig ab.
   *[no] { $place } lehnt bei { $stage } mit { $code } vorläufig ab. Wer es später noch einmal versucht, hat vielleicht mehr Glück.
}
fault-greylist = { $place } macht Greylisting: Mail aus einem Netz, von einem Absender und an einen Empfänger, die es zusammen noch nicht gesehen hat, stellt es { $seconds ->
    [one] eine Sekunde
   *[other] { $seconds } Sekunden
} zurück. Echte Mailserver versuchen es noch einmal, viele Spam-Programme nicht.
fault-tarpit = { $place } lässt sich mit jeder Antwort absichtlich { $seconds } s Zeit (eine Teergrube): Menschen warten, Programme, die massenhaft senden, geben auf.
fault-slow = Die Leitung zu { $place } schafft nur { $rate } Oktette pro Sekunde.
fault-refused = Am Port von { $place } lauscht gerade niemand.
fault-no-answer = { $place } antwortet gerade nicht: Was man dorthin sendet, geht unterwegs verloren.
fault-reset = { $place } nimmt die Verbindung an und setzt sie sofort zurück.
fault-silent = { $place } verstummt bei { $stage }. Die Verbindung bleibt offen, und wer wartet, muss entscheiden, wie lange.
fault-cut = Die Verbindung zu { $place } reißt bei { $stage } ab, bevor die Antwort kam.
fault-cut-end = { $place } hat die Nachricht angenommen, aber die Verbindung reißt ab, bevor sein 250 ankommt. Der Absender kann das nicht wissen und sendet noch einmal: So kommt die Mail doppelt an (RFC 1047).
fault-cut-message = Die Verbindung zu { $place } reißt nach { $octets } Oktetten der Nachricht ab. Eine Nachricht ohne ihren einzelnen Punkt wurde nie gesendet: Der Server wirft sie weg.
fault-full = Das Postfach nimmt gerade nichts an ({ $place }).
fault-strip-tls = Zwischen den beiden nimmt jemand das Angebot von TLS aus dem heraus, was { $place } sagt{ $masked ->
    [yes] , indem er X darüberschreibt
   *[no] {""}
}. Ein Client, der TLS nur nimmt, wo es angeboten wird, macht im Klartext weiter; einer, der darauf besteht, sendet nichts.
fault-serv-fail = Der Nameserver kann über { $place } gerade nichts herausfinden.
fault-dns-silent = Der Nameserver antwortet auf Fragen nach { $place } gerade nicht.
fault-locked = Jemand anders hat das Postfach { $place } gerade offen.
fault-renumbered = Das Postfach { $place } wurde auf seinem Host neu angelegt. Seine Nachrichten haben jetzt andere Nummern und seine Ordner eine andere UIDVALIDITY, damit Programme wegwerfen, was sie sich gemerkt haben.
policy-stage = Antwortet der Server bei { $stage }, wie er soll?
verdict-trouble = nein, hier stimmt etwas nicht: { $code }
smtp-greylisted = Der Server hat diesen Client, Absender und Empfänger zusammen noch nicht gesehen und stellt die Mail darum zurück (Greylisting). { $seconds ->
    [one] In einer Sekunde
   *[other] In { $seconds } Sekunden
} würde er dieselbe Mail nehmen. Der Code beginnt mit 4: Ein Mailserver behält die Mail und versucht es von selbst noch einmal; von Hand musst du es tun.
smtp-trouble = { $permanent ->
    [yes] Mit diesem Server stimmt etwas nicht, oder er will damit nichts zu tun haben. Der Code beginnt mit 5, ein neuer Versuch nützt also nichts.
   *[no] Mit diesem Server stimmt gerade etwas nicht. Der Code beginnt mit 4, es lohnt sich also, es später noch einmal zu versuchen; ein Mailserver täte das von selbst.
}
event-setting = Auf { $host } gilt jetzt { $name } = { $value }
event-zone = { $added ->
    [yes] Die Zone { $zone } hat einen neuen Eintrag: { $record } (Serial { $serial })
   *[no] Die Zone { $zone } hat einen Eintrag weniger: { $record } (Serial { $serial })
}

## Ob die Mail von dort kommt, woher sie sagt: SPF, DKIM, DMARC

event-sender = { $host }: { $what }
smtp-spf-failed = SPF sagt fail: Nach ihrem eigenen Eintrag versendet „{ $domain }“ nicht von der Adresse dieses Clients. Darum nimmt der Server die Mail nicht an. Wer wirklich für die Domain versendet, tut das von einer der Adressen in ihrem Eintrag.
smtp-dmarc-failed = In From steht „{ $domain }“, aber weder SPF noch eine DKIM-Signatur bürgt für diese Domain. Ihr DMARC-Eintrag bittet alle, solche Mails abzulehnen, und der Server tut es.
verdict-spf-failed = Nein, „{ $domain }“ versendet nicht von dort (SPF).
verdict-dmarc-failed = Nein, „{ $domain }“ möchte solche Mails abgelehnt haben (DMARC).
sender-forged-results = { $count ->
        [one] Eine Zeile Authentication-Results gab sich als die dieses Hosts aus und wurde entfernt.
       *[other] { $count } Zeilen Authentication-Results gaben sich als die dieses Hosts aus und wurden entfernt.
    }
sender-quarantined = Nachricht { $id } kommt in den Ordner für Unerwünschtes, wie „{ $domain }“ es will.
sender-signed = Nachricht { $id } wurde mit DKIM für „{ $domain }“ signiert, Schlüssel „{ $selector }“, { $algorithm }.
lookup-found = { $type } von „{ $name }“: { $values }
lookup-nothing = { $type } von „{ $name }“: Den Namen gibt es, einen solchen Eintrag nicht.
lookup-no-name = { $type } von „{ $name }“: Den Namen gibt es nicht.
lookup-trouble = { $type } von „{ $name }“: keine brauchbare Antwort.
spf-none = SPF für „{ $domain }“: none. Die Domain sagt nicht, wer für sie versenden darf, ob { $client } oder sonst jemand.
spf-neutral = SPF für „{ $domain }“: neutral. In ihrem Eintrag handelt nichts von { $client }.
spf-neutral-by = SPF für „{ $domain }“: neutral. „{ $term }“ lässt offen, ob { $client } für sie versenden darf.
spf-pass = SPF für „{ $domain }“: pass. { $client } darf für sie versenden.
spf-pass-by = SPF für „{ $domain }“: pass. { $client } darf für sie versenden, sagt „{ $term }“.
spf-fail = SPF für „{ $domain }“: fail. { $client } darf nicht für sie versenden.
spf-fail-by = SPF für „{ $domain }“: fail. { $client } darf nicht für sie versenden, sagt „{ $term }“.
spf-softfail = SPF für „{ $domain }“: softfail. { $client } sollte nicht für sie versenden; für ein Nein ist sich die Domain nicht sicher genug.
spf-softfail-by = SPF für „{ $domain }“: softfail. { $client } sollte nicht für sie versenden, sagt „{ $term }“; für ein Nein ist sich die Domain nicht sicher genug.
spf-temperror = SPF für „{ $domain }“: temperror. Ob { $client } für sie versenden darf, ist im Moment nicht herauszufinden.
spf-permerror = SPF für „{ $domain }“: permerror. Ihr Eintrag ist nicht zu gebrauchen und sagt darum nichts über { $client }.
spf-dns-trouble = SPF für „{ $domain }“: temperror. Nach „{ $name }“ gefragt, gab das DNS keine Antwort; über { $client } ist darum nichts bekannt.
spf-unreadable = SPF für „{ $domain }“: permerror. „{ $term }“ ist nicht zu lesen, und ein falscher Ausdruck macht den ganzen Eintrag ungültig, auch für { $client }.
spf-several-records = SPF für „{ $domain }“: permerror. „{ $at }“ hat mehr als einen SPF-Eintrag; welcher von { $client } handelt, weiß niemand. Alles gehört in einen einzigen.
spf-too-many-lookups = SPF für „{ $domain }“: permerror. Die Einträge verlangen mehr als 10 DNS-Abfragen, und mehr muss niemand stellen; zu { $client } gibt es darum keine Antwort. Jedes include, a, mx, ptr, exists und redirect zählt.
spf-too-many-void-lookups = SPF für „{ $domain }“: permerror. Mehr als 2 Abfragen fanden nichts, darum wurde die Prüfung von { $client } abgebrochen.
spf-too-many-exchanges = SPF für „{ $domain }“: permerror. „{ $at }“ hat mehr als 10 Mailhosts, zu viele, um { $client } mit ihnen zu vergleichen.
spf-no-record-there = SPF für „{ $domain }“: permerror. Der Eintrag verweist auf „{ $at }“, und dort steht keiner; über { $client } ist darum nichts bekannt.
spf-step-no-domain = „{ $domain }“ ist keine Domain, die einen SPF-Eintrag haben könnte.
spf-step-no-record = „{ $domain }“ hat keinen SPF-Eintrag: keinen TXT-Eintrag, der mit v=spf1 beginnt.
spf-step-record = Der SPF-Eintrag von „{ $domain }“: { $text }
spf-step-expanded = Die Makros in „{ $term }“ eingesetzt: „{ $to }“
spf-step-matched = „{ $term }“ trifft auf diesen Client zu: Das entscheidet.
spf-step-not-matched = „{ $term }“ trifft auf diesen Client nicht zu: weiter mit dem nächsten Ausdruck.
spf-step-included = Der Eintrag von „{ $domain }“ allein ergäbe { $result }; eingebunden zählt nur ein pass.
spf-step-redirected = Kein Ausdruck traf zu, und der Eintrag übergibt an den von „{ $domain }“.
spf-step-nothing-matched = Kein Ausdruck traf zu, und keiner steht für alle übrigen: neutral.
spf-step-explained = Was die Domain dazu zu sagen hat: { $text }
spf-step-limit-lookups = Das wäre der 11. Ausdruck, der das DNS fragt. 10 sind erlaubt.
spf-step-limit-void-lookups = Das war die 3. Abfrage, die nichts fand. 2 sind erlaubt.
spf-step-limit-exchanges = Mehr als 10 Mailhosts: Weitere werden nicht angesehen.
spf-step-limit-names = Die Adresse hat mehr als 10 Namen. Die nach dem 10. werden übergangen.
spf-term-unknown-mechanism = „{ $term }“: Einen solchen Mechanismus gibt es nicht.
spf-term-unexpected-argument = „{ $term }“: Ein solches Argument hat dieser Mechanismus nicht.
spf-term-missing-argument = „{ $term }“: Nach dem Namen muss noch etwas kommen.
spf-term-bad-domain = „{ $term }“: kein Domainname, oder ein Makro, das es nicht gibt.
spf-term-bad-address = „{ $term }“: keine Adresse dieser Art.
spf-term-bad-prefix = „{ $term }“: Die Länge nach dem Schrägstrich kann nicht sein.
spf-term-twice = „{ $term }“: darf in einem Eintrag nur einmal stehen.
spf-term-bad-modifier = „{ $term }“: kein Modifikator, wie auch immer er heißt.
spf-term-not-text = „{ $term }“: Ein Eintrag besteht aus ASCII, seine Ausdrücke sind durch Leerzeichen getrennt.
spf-term-too-long = „{ $term }“: Der Eintrag ist zu lang.
dkim-none = DKIM: none. Die Nachricht trägt keine Signatur.
dkim-pass = DKIM: pass. „{ $domain }“ hat die Nachricht mit ihrem Schlüssel „{ $selector }“ signiert, und nichts davon hat sich geändert.
dkim-pass-testing = DKIM: pass. „{ $domain }“ hat die Nachricht mit ihrem Schlüssel „{ $selector }“ signiert; im Eintrag des Schlüssels steht, dass die Domain nur probiert (t=y).
dkim-unreadable = DKIM: { $result }. Eine Signatur (d={ $domain }, s={ $selector }) ist keine Liste von Tags.
dkim-unknown-version = DKIM: { $result }. Die Signatur von „{ $domain }“ (Schlüssel „{ $selector }“) hat nicht die Version 1.
dkim-missing-tag = DKIM: { $result }. Der Signatur von „{ $domain }“ (Schlüssel „{ $selector }“) fehlt das Tag „{ $tag }“.
dkim-bad-tag = DKIM: { $result }. In der Signatur von „{ $domain }“ (Schlüssel „{ $selector }“) hat das Tag „{ $tag }“ einen Wert, der nicht sein kann.
dkim-unknown-algorithm = DKIM: { $result }. Die Signatur von „{ $domain }“ (Schlüssel „{ $selector }“) nennt ein Verfahren, das es nicht gibt.
dkim-sha1 = DKIM: { $result }. „{ $domain }“ (Schlüssel „{ $selector }“) signiert mit rsa-sha1. Seit RFC 8301 darf das niemand mehr gelten lassen: SHA-1 ist gebrochen.
dkim-from-not-signed = DKIM: { $result }. „{ $domain }“ (Schlüssel „{ $selector }“) hat die Zeile From nicht signiert, und das muss jede Signatur.
dkim-identity-outside = DKIM: { $result }. Die Signatur (Schlüssel „{ $selector }“) spricht für jemanden, der nicht zu „{ $domain }“ gehört.
dkim-unknown-query = DKIM: { $result }. Die Signatur von „{ $domain }“ (Schlüssel „{ $selector }“) will ihren Schlüssel auf einem Weg geholt haben, den es nicht gibt.
dkim-expired = DKIM: { $result }. Die Zeit der Signatur von „{ $domain }“ (Schlüssel „{ $selector }“) ist abgelaufen.
dkim-too-many = DKIM: { $result }. Mehr Signaturen, als angesehen werden (d={ $domain }, s={ $selector }).
dkim-no-key = DKIM: { $result }. „{ $domain }“ veröffentlicht keinen Schlüssel namens „{ $selector }“.
dkim-dns-trouble = DKIM: { $result }. Nach dem Schlüssel „{ $selector }“ von „{ $domain }“ gefragt, gab das DNS keine Antwort.
dkim-key-unreadable = DKIM: { $result }. Der Eintrag des Schlüssels „{ $selector }“ von „{ $domain }“ ist nicht zu lesen.
dkim-key-revoked = DKIM: { $result }. „{ $domain }“ hat ihren Schlüssel „{ $selector }“ zurückgezogen: In seinem Eintrag ist p= leer.
dkim-key-not-for-mail = DKIM: { $result }. Der Schlüssel „{ $selector }“ von „{ $domain }“ ist nicht für Mail (s=).
dkim-key-of-other-kind = DKIM: { $result }. Der Schlüssel „{ $selector }“ von „{ $domain }“ ist von anderer Art als die Signatur.
dkim-hash-not-allowed = DKIM: { $result }. Der Schlüssel „{ $selector }“ von „{ $domain }“ erlaubt den Hash der Signatur nicht (h=).
dkim-identity-not-strict = DKIM: { $result }. Der Schlüssel „{ $selector }“ von „{ $domain }“ signiert nur für die Domain selbst, nicht für Namen darunter (t=s).
dkim-key-too-short = DKIM: { $result }. Der Schlüssel „{ $selector }“ von „{ $domain }“ hat { $bits } Bit. Unter 1024 beweist er nichts: Er lässt sich brechen.
dkim-key-too-long = DKIM: { $result }. Der Schlüssel „{ $selector }“ von „{ $domain }“ hat { $bits } Bit, mehr, als jemand rechnen muss.
dkim-body-too-short = DKIM: { $result }. Die Signatur von „{ $domain }“ (Schlüssel „{ $selector }“) gilt für mehr Text, als da ist (l=).
dkim-body-changed = DKIM: { $result }. Der Text ist nicht der, den „{ $domain }“ signiert hat (Schlüssel „{ $selector }“): Unterwegs wurde etwas geändert, angefügt oder entfernt.
dkim-signature-wrong = DKIM: { $result }. Die signierten Kopfzeilen sind nicht die, die „{ $domain }“ signiert hat (Schlüssel „{ $selector }“), oder ein fremder Schlüssel war es.
dkim-step-read = Die Signatur gilt für diese Felder: { $fields }; Form { $form }; im Namen von „{ $identity }“.
dkim-step-key = Im Eintrag steht ein Ed25519-Schlüssel.
dkim-step-rsa-key = Im Eintrag steht ein RSA-Schlüssel mit { $bits } Bit.
dkim-step-body-same = { $octets } Oktette des Textes ergeben den Hash { $computed }, in der Signatur steht { $claimed }: dasselbe.
dkim-step-body-differs = { $octets } Oktette des Textes ergeben den Hash { $computed }, in der Signatur steht { $claimed }: nicht dasselbe.
dkim-step-beyond = { $octets } Oktette des Textes kommen nach den signierten (l=). Jeder kann sie angefügt haben.
dkim-step-absent = Als nicht vorhanden mitsigniert, damit niemand eines hinzufügt: { $fields }
dkim-step-header-good = Die signierten Kopfzeilen, zusammengesetzt, passen zu Signatur und Schlüssel.
dkim-step-header-wrong = Die signierten Kopfzeilen, zusammengesetzt, passen mit diesem Schlüssel nicht zur Signatur.
dmarc-none = DMARC für „{ $domain }“: none. Die Domain sagt nicht, was aus Mails werden soll, die nur behaupten, von ihr zu sein.
dmarc-pass = DMARC für „{ $domain }“: pass. SPF oder DKIM hat für eine Domain derselben Organisation wie die des Autors bestanden.
dmarc-fail-none = DMARC für „{ $domain }“: fail. Weder SPF noch DKIM bürgt für die Domain des Autors; sie will, dass nichts geschieht (p=none).
dmarc-fail-quarantine = DMARC für „{ $domain }“: fail. Weder SPF noch DKIM bürgt für die Domain des Autors; sie will solche Mails im Ordner für Unerwünschtes haben (p=quarantine).
dmarc-fail-reject = DMARC für „{ $domain }“: fail. Weder SPF noch DKIM bürgt für die Domain des Autors; sie will solche Mails abgelehnt haben (p=reject).
dmarc-no-author = DMARC: permerror. Die Nachricht hat keine Zeile From mit einer Adresse ({ $domain }); da ist niemand, den man fragen könnte.
dmarc-several-authors = DMARC: permerror. Die Nachricht hat mehrere Zeilen From oder Autoren in mehreren Domains ({ $domain }).
dmarc-bad-domain = DMARC: permerror. Was in From nach dem @ steht, ist kein Domainname ({ $domain }).
dmarc-dns-trouble = DMARC für „{ $domain }“: temperror. Das DNS gab keine Antwort.
dmarc-step-record = Der DMARC-Eintrag von „{ $domain }“: { $text }
dmarc-step-no-use = Was dort für „{ $domain }“ steht, ist kein DMARC-Eintrag, der zählt.
dmarc-step-organization = „{ $of }“ gehört zur Organisation „{ $domain }“.
dmarc-step-policy = Der Eintrag von „{ $domain }“ zählt: { $tag }={ $policy }
dmarc-step-policy-testing = Der Eintrag von „{ $domain }“ zählt: { $tag }={ $policy }; die Domain probiert nur (t=y), darum gilt die nächstmildere Stufe.
dmarc-step-spf-aligned = SPF hat für „{ $domain }“ bestanden, und das ist { $strict ->
        [yes] die Domain des Autors selbst.
       *[no] eine Domain der Organisation des Autors.
    }
dmarc-step-spf-not-aligned = SPF hat für „{ $domain }“ bestanden, aber das ist nicht { $strict ->
        [yes] die Domain des Autors selbst, und darauf besteht ihr Eintrag.
       *[no] eine Domain der Organisation des Autors.
    }
dmarc-step-spf-not-passed = SPF sagt { $result } und hilft darum nicht.
dmarc-step-dkim-aligned = Die Signatur von „{ $domain }“ ist gut, und das ist { $strict ->
        [yes] die Domain des Autors selbst.
       *[no] eine Domain der Organisation des Autors.
    }
dmarc-step-dkim-not-aligned = Die Signatur von „{ $domain }“ ist gut, aber das ist nicht { $strict ->
        [yes] die Domain des Autors selbst, und darauf besteht ihr Eintrag.
       *[no] eine Domain der Organisation des Autors.
    }
dmarc-step-dkim-not-passed = DKIM sagt für „{ $domain }“ { $result } und hilft darum nicht.

## Personen eines Szenarios

person-reads = { $name } öffnet Nachricht { $id }
person-misses = { $name } sucht Nachricht { $id } und findet sie nicht mehr im Postfach
person-writes-new = { $name } schreibt an { $to } (Verbindung { $conn })
person-writes-reply = { $name } antwortet auf Nachricht { $id }, an { $to } (Verbindung { $conn })
person-writes-forward = { $name } leitet Nachricht { $id } weiter an { $to } (Verbindung { $conn })
person-writes-receipt = { $name } bestätigt { $to }, dass Nachricht { $id } angezeigt wurde (Verbindung { $conn })
person-writes-away = { $name } ist nicht da und lässt das { $to } ausrichten, Nachricht { $id } (Verbindung { $conn })
person-not-sent = { $name } wird die Nachricht an { $to } nicht los. { $why }
person-not-sent-yet = { $name } wird die Nachricht an { $to } noch nicht los und versucht es wieder am { $again }. { $why }
person-keeps-still-new = { $name } schreibt nicht. { $why }
person-keeps-still-reply = { $name } antwortet nicht auf Nachricht { $id }. { $why }
person-keeps-still-forward = { $name } leitet Nachricht { $id } nicht weiter. { $why }
person-keeps-still-receipt = { $name } schickt keine Lesebestätigung für Nachricht { $id }. { $why }
person-keeps-still-away = { $name } ist nicht da und lässt es bei Nachricht { $id } dabei bewenden. { $why }
restraint-null-sender = Der Absender im Umschlag ist leer: So kommen Berichte, und auf die wartet niemand auf Antwort.
restraint-auto-submitted = In Auto-Submitted steht, dass eine Maschine sie geschrieben hat. Antworteten Maschinen einander, hörten sie nie auf.
restraint-list = Sie kam über eine Mailingliste: Eine automatische Antwort ginge an alle, die darauf stehen.
restraint-role-sender = Hinter dem Absender steckt dem Namen nach kein Mensch.
restraint-not-addressed = Die eigene Adresse steht weder in To noch in Cc; sie kam als Blindkopie oder über einen Verteiler.
restraint-no-certificate = Von jemandem, an den es gehen sollte, liegt kein Zertifikat vor. Verschlüsseln lässt es sich so nicht, und offen soll es nicht gehen.
restraint-told-before = Diesem Absender wurde es schon gesagt, und einmal genügt.
restraint-own = Sie kommt von der eigenen Adresse.
restraint-not-asked-for = Niemand hat darum gebeten: Disposition-Notification-To fehlt.
restraint-other-address = Die Bestätigung ginge an eine andere Adresse als die, von der die Nachricht kam. Darüber darf kein Programm allein entscheiden, denn so ließen sich Fremde mit Bestätigungen überschütten.
restraint-denied = Es wird darum gebeten, aber ob man bestätigt, ist freiwillig. Wer keine Bestätigung bekommt, weiß deshalb gar nichts.
restraint-receipt = Sie ist selbst eine Bestätigung.
restraint-enough = In diesem Szenario ist die Zahl der Briefe begrenzt, die eine Person schreibt, damit zwei, die einander antworten, einmal aufhören.
