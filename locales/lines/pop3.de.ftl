### Was in einer Zeile von POP3 steht, auf Deutsch. pop3.en.ftl hat dieselben Meldungen mit denselben Variablen.

pop3-verb-user = USER nennt das Postfach. Ob es das gibt, sagt der Server nicht; es entscheidet sich bei PASS.
pop3-verb-pass = PASS bringt das Passwort zum Namen aus USER. Ohne TLS kann es jeder unterwegs lesen.
pop3-verb-apop = APOP meldet mit einer Prüfsumme aus Zeitstempel und Passwort an; das Passwort selbst geht nicht über die Leitung.
pop3-verb-auth = AUTH meldet mit einem SASL-Verfahren an; allein fragt es, welche es gibt.
pop3-verb-stat = STAT fragt, wie viele Nachrichten da sind und wie viele Oktette sie zusammen haben.
pop3-verb-list = LIST fragt nach der Größe einer Nachricht oder aller.
pop3-verb-uidl = UIDL fragt nach den Namen, die von Sitzung zu Sitzung gleich bleiben. Daran erkennen Mailprogramme, was sie schon geholt haben.
pop3-verb-retr = RETR holt eine Nachricht ganz. Im Postfach bleibt sie trotzdem liegen.
pop3-verb-top = TOP holt den Header und die ersten Zeilen des Textes.
pop3-verb-dele = DELE markiert eine Nachricht als gelöscht. Weg ist sie erst nach QUIT.
pop3-verb-rset = RSET nimmt alle Löschmarken zurück.
pop3-verb-noop = NOOP will eine Antwort und sonst nichts.
pop3-verb-capa = CAPA fragt, was der Server kann.
pop3-verb-stls = STLS bittet darum, auf derselben Verbindung verschlüsselt weiterzureden.
pop3-verb-quit = QUIT beendet die Sitzung; erst jetzt verschwindet, was markiert ist. Wer ohne QUIT auflegt, löscht nichts.
pop3-verb-utf8 = UTF8 schaltet auf Namen und Nachrichten in UTF-8 um.
pop3-verb-lang = LANG wählt die Sprache, in der der Server redet.
pop3-verb-last = LAST fragte nach der zuletzt gelesenen Nachricht. Den Befehl gibt es in POP3 schon lange nicht mehr.

pop3-part-verb = der Befehl
pop3-part-user = der Name des Postfachs
pop3-part-password = das Passwort, im Klartext
pop3-part-digest = die Prüfsumme: MD5 über den Zeitstempel der Begrüßung und das Passwort. Wer mitliest, kann sie nicht zurückrechnen, aber Passwörter daran ausprobieren.
pop3-part-number = die Nummer der Nachricht. Nummern gelten nur in dieser Sitzung.
pop3-part-lines = wie viele Zeilen vom Text gewünscht sind
pop3-part-mechanism = das Verfahren, mit dem sich der Client anmeldet
pop3-part-initial = die erste Nachricht des Clients in diesem Verfahren, in Base64
pop3-part-rest = Text, der für diesen Befehl nichts bedeutet
pop3-part-line = eine Zeile, die kein Befehl von POP3 ist

pop3-ok = +OK: Es hat geklappt
pop3-err = -ERR: Es hat nicht geklappt
pop3-go-on = ein Pluszeichen: Die Anmeldung geht weiter, es folgt die Nachricht des Servers in Base64
pop3-words = Worte für Menschen; jeder Server hat seine eigenen
pop3-timestamp = der Zeitstempel, in jeder Sitzung neu: Aus ihm und dem Passwort macht APOP die Prüfsumme
pop3-stat-count = wie viele Nachrichten da sind
pop3-stat-octets = wie viele Oktette sie zusammen haben
pop3-list-number = die Nummer der Nachricht in dieser Sitzung
pop3-list-octets = ihre Größe in Oktetten
pop3-uidl-name = der bleibende Name der Nachricht
pop3-dot = eine Zeile, in der nur ein Punkt steht: das Ende der Antwort
pop3-code-in-use = IN-USE: Jemand anderes hat das Postfach offen
pop3-code-login-delay = LOGIN-DELAY: Die letzte Anmeldung ist noch nicht lange genug her
pop3-code-sys-temp = SYS/TEMP: ein Problem beim Server, das vorübergehen kann
pop3-code-sys-perm = SYS/PERM: ein Problem beim Server, das nicht von selbst vergeht
pop3-code-auth = AUTH: Es liegt an Name oder Passwort

capa-capa = CAPA: Der Server kennt diesen Befehl.
capa-top = TOP: Der Server kann Header und Anfang einer Nachricht zeigen.
capa-uidl = UIDL: Nachrichten haben bleibende Namen.
capa-user = USER: Man kann sich mit USER und PASS anmelden.
capa-sasl = SASL: Man kann sich mit AUTH anmelden, mit einem der genannten Verfahren.
capa-stls = STLS: Es geht auch verschlüsselt weiter.
capa-resp-codes = RESP-CODES: Antworten können in Klammern sagen, was los ist, lesbar für Programme.
capa-auth-resp-code = AUTH-RESP-CODE: [AUTH] unterscheidet ein falsches Passwort von einem Problem beim Server.
capa-pipelining = PIPELINING: Mehrere Befehle dürfen kommen, ohne die Antworten abzuwarten.
capa-implementation = IMPLEMENTATION: welches Programm der Server ist.
capa-expire = EXPIRE: nach wie vielen Tagen der Server Nachrichten von selbst wegwirft.
capa-login-delay = LOGIN-DELAY: So viele Sekunden müssen zwischen zwei Anmeldungen liegen.
capa-utf8 = UTF8: Namen und Nachrichten in UTF-8 sind möglich.
capa-lang = LANG: Der Server kann auch in anderen Sprachen reden.
capa-other = eine Fähigkeit, die helos Nachschlagewerk nicht kennt

pop3-state-authorization = nicht angemeldet
pop3-state-named = nicht angemeldet, der Name { $user } ist notiert
pop3-state-transaction = angemeldet als { $user }, das Postfach ist offen und für andere gesperrt
pop3-state-marked = { $count ->
    [one] angemeldet als { $user }, eine Nachricht ist als gelöscht markiert
   *[other] angemeldet als { $user }, { $count } Nachrichten sind als gelöscht markiert
}
pop3-state-login = mitten in der Anmeldung
pop3-state-handshake = es fehlt der TLS-Handshake
pop3-state-closed = die Sitzung ist vorbei

pop3-next-user = anmelden: zuerst der Name
pop3-next-pass = das Passwort zu diesem Namen
pop3-next-apop = anmelden, ohne das Passwort zu schicken
pop3-next-stls = verschlüsselt weiterreden
pop3-next-capa = sehen, was der Server kann
pop3-next-stat = wie viele Nachrichten da sind
pop3-next-list = die Größen aller Nachrichten
pop3-next-uidl = ihre bleibenden Namen
pop3-next-retr = eine Nachricht holen
pop3-next-top = Header und erste Zeilen einer Nachricht
pop3-next-dele = eine Nachricht als gelöscht markieren
pop3-next-rset = die Marken zurücknehmen
pop3-next-quit = die Sitzung beenden; was markiert ist, verschwindet
