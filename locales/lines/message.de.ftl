### Was in einer Zeile einer Nachricht steht, auf Deutsch. message.en.ftl hat dieselben Meldungen mit denselben Variablen.

message-dot = Eine Zeile, in der nur ein Punkt steht: Hier endet die Nachricht. Der Punkt gehört nicht dazu.
message-dot-stuffed = { $doubled ->
    [yes] ein zweiter Punkt, nur für die Reise; der Empfänger nimmt ihn weg
   *[no] ein Punkt am Zeilenanfang; der Empfänger nimmt ihn weg
}
message-dot-why = { $doubled ->
    [yes] Dot-Stuffing: Weil ein einzelner Punkt die Nachricht beendet, bekommt jede Zeile, die mit einem Punkt beginnt, unterwegs einen zweiten. Mailprogramme machen das unbemerkt.
   *[no] Diese Zeile beginnt mit einem Punkt, und unterwegs müssten es zwei sein: Der Empfänger nimmt den ersten weg. Mailprogramme machen das unbemerkt; von Hand tippst du ihn selbst.
}
message-empty = Die leere Zeile: Hier endet der Header, und der Text beginnt. Fehlt sie, hält mancher Leser den Text für Header oder verliert ihn.
message-empty-text = Eine leere Zeile im Text.
message-no-field = Diese Zeile ist kein Feld des Headers: Am Anfang steht kein Name mit Doppelpunkt und auch kein Leerraum, der das Feld darüber fortsetzen würde. Damit ist der Header zu Ende, auch ohne leere Zeile; manche Server sehen das anders.
message-text = Text
message-body = Eine Zeile des Textes. Was hier steht, sieht kein Server an; das tun nur Filter und Menschen.
message-fold = Diese Zeile beginnt mit Leerraum, sie setzt also das Feld { $name } von oben fort (Faltung). Zeilenende und Leerraum zählen als ein Leerzeichen.
message-folded = der Rest des Feldes
message-field-name = der Name des Feldes, bis zum Doppelpunkt; Groß- und Kleinschreibung ist egal
message-field-empty = dahinter steht nichts
message-typed = { $server ->
    [yes] Hier tippst du sie selbst. Daran hindert dich niemand; aber der echte Server setzt seine eigene Zeile über deine, und wer genau liest, sieht, wo der glaubwürdige Teil endet.
   *[no] Hier tippst du sie selbst, und der Server gibt sie weiter, wie sie ist: Er sieht auf den Umschlag, nicht auf den Header.
}
message-boundary = { $last ->
    [yes] die Trennzeile mit zwei Bindestrichen dahinter: Hier endet der letzte Teil
   *[no] die Trennzeile: Hier endet ein Teil, und der nächste beginnt, mit eigenem Header
}
message-base64 = Base64: drei Oktette in vier Zeichen, damit alles als Text durchkommt
message-quoted-printable = quoted-printable: Was nicht ASCII ist, steht als = mit zwei Hexziffern da; = am Ende verbindet Zeilen
message-decoded = dekodiert
message-eight-bit = Die Zeile enthält mehr als ASCII. Heil kommt das nur durch, wenn der Server 8BITMIME anbietet und der Header sagt, welcher Zeichensatz es ist.

writer-servers = Das schreibt normalerweise jeder Server unterwegs, und er setzt es über alles, was schon da ist.
writer-last-server = Das schreibt normalerweise der Server, der die Mail ins Postfach legt.
writer-checker = Das schreibt normalerweise der Server, der die Mail geprüft hat.
writer-signer = Das schreibt normalerweise ein Server der Absenderdomain, der signiert.
writer-program = Das schreibt normalerweise das Mailprogramm des Absenders.
writer-program-or-server = Das schreibt normalerweise das Mailprogramm des Absenders, und wo es fehlt, der erste Server.
writer-webmail = Das schreibt normalerweise ein Webmail-Server über den Browser, der bei ihm war.
writer-list = Das schreibt normalerweise das Programm der Mailingliste.
writer-resender = Das schreibt normalerweise das Mailprogramm dessen, der den Brief von Hand weitergeschickt hat.
writer-machine = Das schreibt normalerweise ein Programm, das ohne Menschen sendet oder antwortet.
writer-anybody = Das schreibt, wer möchte: ein Feld ohne gemeinsame Bedeutung.

belief-topmost = Glaubwürdig sind die Zeilen deiner eigenen Server, von oben an. Was darunter steht, kann erfunden sein.
belief-envelope = Glaubwürdig, was den Server angeht; der Inhalt ist das, was der Client auf den Umschlag geschrieben hat.
belief-own-server = Glaubwürdig nur, wenn dein eigener Server es geschrieben hat; so eine Zeile kann auch der Absender tippen.
belief-verified = Glaubwürdig, sobald dein eigener Server die Signatur geprüft hat; ungeprüft sagt sie nichts.
belief-description = Ob es stimmt, zeigt sich beim Lesen: Falsch macht es nur den Text unleserlich.
belief-webmail = So glaubwürdig wie der Webmail-Server.
belief-nobody = Nicht ohne Weiteres zu glauben: Niemand prüft es.

value-address = eine Adresse
value-display-name = der Anzeigename: freier Text, und oft alles, was Mailprogramme zeigen. Da kann alles stehen.
value-domain = die Domain der Adresse
value-group = eine Gruppe von Adressen
value-path = eine Adresse vom Umschlag
value-subject = der Betreff
value-message-id = eine Message-ID
value-id-left = vom Programm ausgedacht, damit keine zwei gleich sind
value-id-right = der Host oder die Domain, die sie gemacht hat, nach eigener Aussage
value-date = { $utc } in UTC; die Uhr des Schreibers geht gegenüber UTC { $hours } Stunden { $ahead ->
    [yes] vor
   *[no] nach
}
value-date-no-zone = ein Datum ohne brauchbare Zeitzone: Welcher Moment das ist, bleibt offen
value-no-date = kein Datum, wie die Norm es will
value-wrong-day = der Tag war ein anderer: { $right }
value-content-type = Hauptart und Unterart des Inhalts
value-text-plain = einfacher Text
value-text-html = Text in HTML, wie auf Webseiten
value-multipart-mixed = mehrere Teile nacheinander: ein Text und seine Anhänge
value-multipart-alternative = dasselbe in mehreren Formen, die beste zuletzt; das Mailprogramm sucht aus
value-multipart-signed = ein Teil und seine Signatur
value-multipart-report = ein Bericht für Maschinen und Menschen, etwa dass Mail nicht zustellbar war
value-multipart-other = mehrere Teile
value-message-rfc822 = eine ganze Nachricht in dieser
value-charset = der Zeichensatz: wie aus Zeichen Oktette wurden
value-boundary = die Trennzeile zwischen den Teilen
value-name = ein Dateiname
value-format = format=flowed: Beim Anzeigen dürfen Zeilen wieder zusammengefügt werden
value-parameter = ein Parameter
value-7bit = 7bit: nicht kodiert, nur ASCII
value-8bit = 8bit: nicht kodiert, mit Oktetten jenseits von ASCII
value-quoted-printable = quoted-printable: lesbar, was nicht ASCII ist, als = mit zwei Hexziffern
value-base64 = base64: alles in Buchstaben und Ziffern, um ein Drittel länger
value-binary = binary: nicht kodiert, nicht einmal in Zeilen
value-encoding-other = eine Kodierung, die die Norm nicht hat
value-mime-version = die Version von MIME; eine andere gab es nie
value-language = Sprachcodes, etwa de für Deutsch; mehrere mit Komma
value-priority = { $level ->
    [1] 1: sehr hoch
    [2] 2: hoch
    [3] 3: normal
    [4] 4: niedrig
    [5] 5: sehr niedrig
   *[other] eine Priorität in Worten
}
value-other = der Wert
value-encoded-word = ein kodiertes Wort (encoded word): So kommt Text jenseits von ASCII in einen Header
value-word-charset = der Zeichensatz
value-word-encoding = { $base64 ->
    [yes] B: als Base64
   *[no] Q: ähnlich wie quoted-printable, mit _ für ein Leerzeichen
}
value-word-text = der Text; dekodiert: { $decoded }
value-decoded = der ganze Wert, wie ein Mailprogramm ihn zeigt

received-helo = wie sich der Client mit HELO oder EHLO selbst genannt hat. Sein eigenes Wort.
received-reverse = der Name, den das DNS zur anrufenden Adresse nannte
received-address = die Adresse, die angerufen hat: Die hat der Server selbst gesehen. Das Verlässlichste in der Zeile.
received-user = wer sich angemeldet hatte
received-by = der Server, der die Mail angenommen und diese Zeile geschrieben hat
received-with = das Protokoll; ein S heißt verschlüsselt, ein A angemeldet (ESMTPSA)
received-id = der Name, den der Server der Mail gab; so findet man sie in seiner Protokolldatei
received-for = für wen, laut Umschlag
received-forged = der Name führt nicht zur Adresse zurück
received-inside = Eine Übergabe innerhalb eines Hosts, ohne Verbindung.
received-clock = Die Zeit ist die von der Uhr dieses Servers. Gelesen wird von unten nach oben: Die unterste Zeile ist die älteste.
