### Der Reiter Leitung auf Deutsch. wire.en.ftl hat dieselben Einträge mit denselben Variablen.

tab-wire = Leitung
wire-modes = Wie die Leitung gezeigt wird
wire-talk = Gespräch
wire-ears = Lauscher
wire-bytes = Bytes
wire-filter = Zeig
wire-filter-all = alles
wire-filter-connections = Eine Verbindung
wire-filter-hosts = Einen Rechner
wire-folds = Was neben den Zeilen zu sehen ist
wire-dns = Fragen ans DNS
wire-policy = was Server entscheiden
wire-hint-talk = Die Zeit läuft nach unten. Schraffiert ist, was unterwegs nur verschlüsselt zu sehen war. Ein Klick auf eine Zeile zeigt mehr.
js-wire-hint-talk = Die Zeit läuft nach unten. Schraffiert ist, was unterwegs nur verschlüsselt zu sehen war. Ein Klick auf eine Zeile zeigt mehr.
js-wire-hint-ears = Was jemand lesen kann, der zwischen den beiden auf der Leitung sitzt.
js-wire-hint-bytes = Jedes Oktett, wie es gesendet wurde, Zeile für Zeile.
wire-hosts = Rechner
wire-rows = Das Gespräch aller Rechner
wire-none = Noch hat niemand etwas gesagt. Sobald ein Rechner mit einem anderen spricht, steht es hier.
wire-newest = ↓ zum Neuesten

## Zeilen
js-wire-you = dein Rechner
js-wire-opens = öffnet eine Verbindung
js-wire-port = Port { $x }
js-wire-failed = keine Verbindung
js-wire-closed = schließt die Verbindung
js-wire-lost = die Verbindung ist abgerissen
js-wire-idle = schließt die Verbindung, des Wartens müde
js-wire-letter = Nachricht, { $x } Oktette
js-wire-no = abgelehnt
js-wire-later = jetzt nicht
js-wire-tls = verschlüsselt
js-wire-handshake = TLS-Handshake
js-wire-certificate = Zertifikat
js-wire-dns-asks = fragt das DNS
js-wire-dns = DNS:
js-wire-name-server = Nameserver
js-wire-dns-more = weitere Fragen: { $x }
js-wire-nothing = nichts
js-wire-decides = entscheidet
js-wire-sent = gesendet
js-wire-arrived = angekommen
js-wire-altered = Unterwegs hat es jemand verändert
js-wire-steps = Schritt für Schritt
js-wire-octets = { $x } Oktette
js-wire-cut = Frühere Zeilen werden nicht mehr gezeichnet. Sie stehen in der Mitschrift.
js-wire-to-terminal = Im Terminal
js-wire-to-bytes = Bytes
js-wire-to-ears = Was unterwegs zu lesen ist

## Welche Art von Notiz es ist
js-wire-note-accepted = übernommen
js-wire-note-delivered = zugestellt
js-wire-note-deferred = wartet
js-wire-note-given-up = aufgegeben
js-wire-note-expanded = umadressiert
js-wire-note-reported = Bericht
js-wire-note-unreported = kein Bericht
js-wire-note-removed = gelöscht
js-wire-note-fault = Störung
js-wire-note-setting = Einstellung
js-wire-note-zone = Zone
js-wire-note-person = Person
js-wire-note-sender = Absender geprüft
js-wire-note-time = Zeit
js-wire-note-limit = Grenze

## Bytes
js-wire-bytes-choose = Such dir oben eine Verbindung aus, oder öffne im Gespräch eine Zeile und dort „Bytes“.
js-wire-trouble = Das ließ sich nicht holen. Wähl es gleich noch einmal.
wire-bytes-size = { $x ->
    [one] Ein Oktett.
   *[other] { $x } Oktette.
}
wire-bytes-tls = Sie reisten in TLS: Unterwegs war nur Verschlüsseltes zu sehen.
wire-bytes-found = Was auffällt
wire-bytes-offset = Stelle
wire-bytes-hex = Hexadezimal
wire-bytes-text = Als Text
wire-bytes-more = Mehr
wire-by-client = Client
wire-by-server = Server
wire-bytes-eol = { $x ->
    [one] ein Zeilenende, CR LF
   *[other] { $x } Zeilenenden, CR LF
}
wire-bytes-bare-lf = { $x ->
    [one] ein bloßes LF: kein Zeilenende in Mail (RFC 5321, Abschnitt 2.3.8)
   *[other] { $x } bloße LF: keine Zeilenenden in Mail (RFC 5321, Abschnitt 2.3.8)
}
wire-bytes-bare-cr = { $x ->
    [one] ein bloßes CR: darf nicht gesendet werden (RFC 5321, Abschnitt 2.3.8)
   *[other] { $x } bloße CR: dürfen nicht gesendet werden (RFC 5321, Abschnitt 2.3.8)
}
wire-bytes-stuffed = { $x ->
    [one] ein Punkt, vorangestellt, weil die Zeile mit einem Punkt beginnt; die Gegenseite nimmt ihn wieder weg
   *[other] { $x } Punkte, vorangestellt, weil ihre Zeilen mit einem Punkt beginnen; die Gegenseite nimmt sie wieder weg
}
wire-bytes-end = { $x ->
    [one] der einzelne Punkt, mit dem es endet
   *[other] { $x } einzelne Punkte, jeder das Ende von etwas
}
wire-bytes-control = { $x ->
    [one] ein Steuerzeichen
   *[other] { $x } Steuerzeichen
}
wire-bytes-high = { $x ->
    [one] ein Oktett jenseits von ASCII
   *[other] { $x } Oktette jenseits von ASCII
}

## Lauscher
wire-talks-lead = Jemand sitzt zwischen zwei Rechnern auf der Leitung und lauscht. Was erfährt er? Such dir eine Verbindung aus und lies mit.
wire-talks-none = Bisher gab es nichts zu belauschen.
wire-talks-all = Alle Verbindungen
wire-kind-plain = im Klartext
wire-kind-tls = TLS
wire-kind-both = erst Klartext, dann TLS
wire-heard-no-connection = Diese Verbindung gibt es nicht.
wire-heard-read = Gelesen: { $what }.
wire-heard-words = Jedes Wort gelesen; etwas Geheimes war nicht dabei.
wire-heard-beginning = Den Anfang gelesen, bis TLS beginnt.
wire-heard-saw = Gesehen, wer mit wem spricht, wann und wie viel: { $out } Oktette hin, { $back } zurück.
wire-heard-changed = Und verändert, was gesagt wurde.
wire-heard-nothing = Gesehen, dass die beiden verbunden waren, mehr nicht.
wire-heard-tampered = Wer auf der Leitung sitzt, kann auch verändern, was vorbeikommt. Hier ist das geschehen; angekommen ist:
wire-read-password = Name und Passwort von { $x }
wire-read-digest = der Name { $x } und ein Prüfwert des Passworts, an dem sich Wörter ausprobieren lassen
wire-read-name = der Name { $x }
wire-read-letters = { $x ->
    [one] ein Brief
   *[other] { $x } Briefe
}
wire-read-envelope = der Umschlag: { $x }
wire-lesson-decoded = aus Base64 dekodiert, das nichts verbirgt
wire-lesson-as-is = so, wie es dasteht
wire-lesson-name = Der Name: { $user } ({ $way }).
wire-lesson-password = Name und Passwort: { $user } und { $password } ({ $way }). Damit steht das Postfach offen.
wire-lesson-wrong-password = Ein Name und ein Passwort: { $user } und { $password } ({ $way }). Der Server hat sie nicht angenommen; oft passen sie anderswo oder stimmen bis auf einen Tippfehler.
wire-lesson-digest = Der Name { $user } und bei { $mechanism } nicht das Passwort selbst, sondern ein Prüfwert davon. Daran lassen sich zu Hause Wörter ausprobieren, bis eines passt: Ein schwaches Passwort fällt.
wire-handshake = TLS beginnt: der Handshake
wire-hello-name = ClientHello: Er fragt nach dem Server { $x }; der Name steht da im Klartext.
wire-hello-no-name = ClientHello: Er nennt keinen Server.
wire-hello-answer = ServerHello: { $version } mit { $cipher }.
wire-certificate-seen = Das Zertifikat des Servers mit allen Namen darin: In dieser Version ist es zu lesen.
wire-certificate-none = Ein Zertifikat war nicht zu sehen: Die beiden haben eine frühere Sitzung wieder aufgenommen, oder es wurde nicht aufgezeichnet.
wire-certificate-hidden = Das Zertifikat des Servers ist schon verschlüsselt: TLS 1.3 verbirgt es.
wire-records = Von hier an: Verschlüsseltes
wire-records-sum = Vom Client zum Server: { $outs } Records, { $out } Oktette; zurück: { $backs } Records, { $back } Oktette. Inhalte, Namen, Passwörter, Befehle: davon ist nichts zu sehen.
wire-records-each = Jeder Record mit seiner Größe auf der Leitung
wire-records-more = und { $x } weitere
js-wire-pieces = in { $x } Stücken
