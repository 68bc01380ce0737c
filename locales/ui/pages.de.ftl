### Die eigenen Worte der Seiten auf Deutsch. Die englische Datei daneben hat dieselben Einträge mit denselben Variablen.
### Schlüssel, die mit js- beginnen, bekommen die Module der Seite; sie setzen {x} ein, wo { $x } steht.

## Auf jeder Seite
language = Sprache
skip = Zum Inhalt
you-are-here = Du bist hier
moment = { $day }.{ $month }.{ $year }, { $time }
points = Punkte
points-of = { $points } von { $max } Punkten
max-points = { $n ->
    [one] { $x } Punkt
   *[other] { $x } Punkte
}
free-play = ohne Aufgaben
about-minutes = etwa { $x } min

## Katalog
catalogue = Szenarien
catalogue-empty = Hier gibt es kein Szenario. Starte helo mit --scenarios und einem Ordner, in dem welche liegen, oder ganz ohne: Dann nimmt es die, die es mitbringt.
catalogue-sandbox = Keine Mail verlässt dieses Labor: Nichts, was du hier tust, stellt eine Verbindung nach draußen her.
begin = Anfangen
continue = Weitermachen
look-at = Noch einmal ansehen
report = Auswertung
begin-anew = Neu anfangen
begin-anew-title = Einen neuen Versuch anfangen. Dieser bleibt, wie er ist.
all-done = Alles geschafft
slips = Nebenbei bemerkt
attempt-number = Versuch { $x }

## Themen von Szenarien, soweit sie keine Namen von Protokollen sind
topic-headers = Kopfzeilen
topic-delivery = Zustellung
topic-encryption = Verschlüsselung
topic-security = Sicherheit

## Labor
skip-terminal = Zum Terminal
skip-steps = Zu den Schritten
skip-inspector = Zum Einblick: was hinter dem Terminal geschieht
panes = Was zu sehen ist
pane-brief = Aufgabe
pane-work = Terminal
pane-inspector = Einblick
pane-mail = Postfächer
inspector-wide = Mehr Platz hierfür, an Stelle der Aufgabe
steps = Schritte
step-open = noch offen
step-done = geschafft
evidence = Wofür es Punkte gab
answer = Antworten
answer-several = Kreuze alles an, was stimmt – und nur das.
terminals = Terminals
open-terminal = Noch ein Terminal
line-label = Hier tippen
keys = Tasten
keys-help = Enter schickt die Zeile ab, Pfeil nach oben holt frühere zurück, Strg R sucht eine. Strg C kopiert markierten Text, sonst bricht es ab. Tab ergänzt, was getippt ist, ein zweites Tab zählt die Möglichkeiten auf; wo nichts getippt ist oder es nichts zu ergänzen gibt, springt Tab weiter, und Umschalt Tab springt immer zurück. Strg Umschalt F sucht. Escape springt zur Ausgabe des Terminals; dort führt Tab zum Fragezeichen der neuesten Antwort und dann aus dem Terminal hinaus, und die Pfeiltasten führen zu den früheren Antworten.
send = Senden
let-time-pass = Zeit vergehen lassen:
pass-minute = 1 min
pass-minutes = 10 min
pass-hour = 1 h
pass-next = bis etwas passiert
pass-next-title = Bis von selbst etwas geschieht: ein neuer Zustellversuch, jemand, der antwortet, eine Zeitüberschreitung
key-escape = Strg ], das Escape-Zeichen von telnet
key-interrupt = Strg C, abbrechen
key-end = Strg D, Ende der Eingabe
no-script = Das Terminal braucht JavaScript. Alles davon kommt von diesem Server, nichts wird von anderswo geladen; bitte erlaube es für diese Seite.
connecting = Verbinde …
legend = Wer was geschrieben hat
legend-own = vom eigenen Server des Empfängers geschrieben: wahr
legend-other = von einem anderen Server unterwegs geschrieben: so wahr, wie du ihm traust
legend-sender = vom Absender getippt: eine Behauptung
legend-imitation = vom Absender getippt und sieht aus wie die Zeile eines Servers: Vorsicht
legend-before = lag schon da, bevor du angefangen hast: Niemand hat gesehen, wer es schrieb
transcript = Mitschrift
transcript-text = Mitschrift (Text)
transcript-json = Mitschrift (JSON)

## Postfächer
messages = { $x ->
    [0] leer
    [one] 1 Nachricht
   *[other] { $x } Nachrichten
}
unread = { $x } ungelesen
flag-unread = ungelesen
flag-seen = gelesen
flag-answered = beantwortet
flag-flagged = markiert
flag-deleted = zum Löschen vorgemerkt
flag-draft = Entwurf
mailbox-on = auf { $x }
no-subject = (kein Betreff)
reader-sees = Was man beim Lesen sieht
source-sees = Der Quelltext und wer ihn schrieb
mail-from = Von
mail-to = An
mail-subject = Betreff
mail-date = Datum
left-out = … und noch { $x } Oktette. Hol dir die Nachricht im Terminal, dann siehst du sie ganz.
older-mail = { $x ->
    [one] Eine ältere Nachricht wird nicht gezeigt.
   *[other] { $x } ältere Nachrichten werden nicht gezeigt.
}
no-mailboxes = In diesem Szenario gibt es keine Postfächer.
by-own = der eigene Server des Empfängers
by-other = { $x }, ein Server unterwegs
by-sender = der Absender
by-imitation = der Absender, im Stil eines Servers
by-learner = du
by-program = dein Programm { $x }
by-before = lag schon da
way-title = Der Weg, auf dem sie kam
way-from = von { $x }
way-helo = stellte sich vor als { $x }
way-user = angemeldet als { $x }
way-at = { $x } UTC
way-after = { $x } nach der Zeile darunter
way-before = { $x } vor der Zeile darunter
way-claimed = nur behauptet
way-queue = die Warteschlange
way-unnamed = ein Server ohne Namen
way-ends = Bis hierher vertrauenswürdig.
weight-note = Hinweis
weight-doubt = Verdächtig
weight-contradiction = Widerspruch
field-worth = Was die Zeile wert ist

## Belege
evidence-message = der Brief
evidence-delivered = zugestellt an { $x }
evidence-undeliverable = unzustellbar an { $x }
evidence-deferred = wartet noch für { $x }
evidence-reported = Meldung an { $x }
evidence-removed = entfernt aus { $x }
evidence-answer = Antwort
evidence-event = Ereignis { $x }

## Echte Mailprogramme
ports-title = Echte Mailprogramme
ports-badge = hier
ports-lead = telnet, openssl, swaks, mutt, Thunderbird: Jedes Mailprogramm auf deinem Rechner kann mit den Servern dieses Szenarios reden. Was es dort tut, zählt genauso wie das, was du im Terminal tippst.
ports-none = helo hat gerade keine Mailports offen. Starte es ohne --no-mail, wenn du eigene Mailprogramme benutzen willst.
ports-not-here = Die Server dieses Szenarios haben keine echten Ports; hier brauchst du nur das Terminal.
ports-nowhere = Die Ports führen noch nirgendwohin.
ports-here = Die Ports führen in diesen Versuch.
ports-elsewhere = Die Ports führen gerade in einen anderen Versuch.
ports-pin = Ports hierher legen
ports-unpin = Ports freigeben
ports-plain = unverschlüsselt
ports-upgrade = Klartext, STARTTLS möglich
ports-upgrade-pop3 = Klartext, STLS möglich
ports-implicit = TLS vom ersten Oktett an
ports-ca-text = Programme, die Zertifikate prüfen, brauchen das der Zertifizierungsstelle dieses Versuchs:
ports-ca = helo-ca.pem
ports-user = Benutzernamen und Passwörter sind die aus dem Szenario.
ports-thunderbird-ca = Importiere zuerst das Zertifikat: Einstellungen, Datenschutz & Sicherheit, Zertifikate verwalten, Zertifizierungsstellen, Importieren, mit einem Häkchen bei „Dieser CA vertrauen, um Websites zu identifizieren“; Mailserver sind damit auch gemeint.
ports-thunderbird = Richte das Konto von Hand ein: Server localhost, die Ports von oben, Verbindungssicherheit „STARTTLS“ oder „SSL/TLS“, wie es dort steht, „Keine“, wo nicht verschlüsselt wird, Authentifizierung „Passwort, normal“.
claim-title = Einem anderen Versuch die Ports wegnehmen?
claim-text = Die Ports führen in einen anderen Versuch. Programme, die dort verbunden sind, verlieren ihre Verbindung.
claim-other = Ansehen
claim-take = Ports hierher legen
claim-leave = Dort lassen

## Auswertung
report-all-done = Alle Schritte sind geschafft.
report-open = Noch sind nicht alle Schritte geschafft; du kannst jederzeit weitermachen.
report-free-play = Hier gibt es keine Aufgaben und keine Punkte. Was du getan hast, steht in der Mitschrift.
hints-taken = { $x ->
    [one] 1 Tipp genommen
   *[other] { $x } Tipps genommen
}
event = Ereignis { $x }
said = Was dazu gesagt wurde
closing = Und draußen?
back-to-lab = Zurück ins Labor
print = Drucken

## Wenn etwas nicht stimmt
error-way-out = Zu den Szenarien
error-not-found = Hier ist nichts
error-not-found-text = Diese Adresse führt nirgendwohin. Vielleicht ist beim Kopieren ein Stück verloren gegangen.
error-host = So heißt helo nicht
error-host-text = helo antwortet nur unter einem Namen dieses Rechners, etwa 127.0.0.1 oder localhost. Hinter einer Anfrage unter anderem Namen kann eine fremde Seite stecken, die mitlesen will.
error-origin = Das kam von einer anderen Seite
error-origin-text = helo tut nur, worum seine eigenen Seiten bitten. Öffne die Szenarien und mach es von dort aus.
error-large = Das war zu viel
error-large-text = Das Formular war größer, als helo es liest. Es hat sich nichts geändert.
error-slow = Das hat zu lange gedauert
error-slow-text = helo konnte nicht rechtzeitig antworten. Was du getippt hast, ist sicher; versuch es gleich noch einmal.
error-request = Das war nicht zu verstehen
error-request-text = Die Anfrage hat nicht die Form, die helo erwartet. Geh zurück zu den Szenarien und mach es von dort aus.
error-lab = Das geht gerade nicht
error-internal = helo ist gestolpert
error-internal-text = Das ist ein Fehler in helo, nicht deiner. Was du getippt hast, ist sicher. Melde bitte, was du gerade getan hast.

## In den Modulen der Seite
js-live = Gespeichert. Du kannst jederzeit gehen.
js-lost = Verbindung unterbrochen, ich verbinde neu … Nichts geht verloren: Was du jetzt tippst, wird aufgehoben und später abgeschickt.
js-back = Die Verbindung steht wieder.
js-frozen = Nur zum Ansehen
js-connecting = Verbinde …
js-terminal = Terminal { $x }
js-log-label = Terminal { $x }, Ausgabe
js-you = du
js-server = Server
js-program = Programm
js-refused = Server, abgelehnt
js-later = Server, jetzt nicht
js-waiting = wartet aufs Abschicken
js-left-out = … { $x } weitere Zeilen; in der Mitschrift stehen sie alle …
js-cut = Frühere Zeilen sind hier nicht mehr zu sehen. In der Mitschrift stehen sie alle.
js-step-open = noch offen
js-step-done = geschafft
js-answer-none = Noch ist nichts angekreuzt.
js-step-now-done = Schritt geschafft: { $x }
js-hint = Tipp (−{ $x } Punkte)
js-hint-free = Tipp (jetzt umsonst)
js-commands = Zeig mir die Befehle (−{ $x } Punkte)
js-commands-free = Zeig mir die Befehle (jetzt umsonst)
js-passed = Die Zeit ist vergangen: Es ist jetzt { $x } Uhr.
js-long-line = Eine Zeile des eingefügten Texts hat mehr als 256 KiB und wurde nicht abgeschickt. Kein Mailserver würde sie lesen; teil sie in kürzere.
js-long-paste = Das sind mehr als 16 MiB. Die ersten 16 MiB wurden abgeschickt, der Rest nicht.
js-plain = unverschlüsselt
js-secured = verschlüsselt ({ $x })
js-connected = verbunden mit { $x }
