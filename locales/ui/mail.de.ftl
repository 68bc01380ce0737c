### Postfächer: was in einer Nachricht steckt und was über sie herausgefunden wurde. mail.en.ftl hat dieselben Einträge.

mail-view = Was von jeder Nachricht zu sehen ist
mail-view-both = Beides
mail-view-reader = Leser
mail-view-source = Quelltext
reader-html = So zeigt ein Mailprogramm das HTML
reader-html-note = In einem Rahmen, in dem nichts läuft, nichts nachgeladen wird und nichts woandershin führt. Was fehlt, steht bei den Teilen.
structure-title = { $x ->
    [one] Woraus sie besteht: 1 Teil
   *[other] Woraus sie besteht: { $x } Teile
}
verdicts-title = Stimmt der Absender?
verdict-by-reader = prüft das Mailprogramm, das den Brief öffnet
verdict-by = geprüft von { $x }
verdict-steps = Schritt für Schritt: was gefragt wurde, was sich fand
part-level = , Ebene { $x }
part-kind-broken = kaputter Content-Type
part-charset = Zeichensatz { $x }
part-encoding = kodiert als { $x }
part-disposition = { $x }
part-id = Content-ID { $x }
part-description = beschrieben als { $x }
part-holds = { $x ->
    [0] enthält keine Teile
    [one] enthält 1 Teil
   *[other] enthält { $x } Teile
}
part-octets = { $x } Oktette
part-decoded = { $raw } Oktette, dekodiert { $octets }
part-no-type = Kein Content-Type: Dann ist es reiner Text in US-ASCII (RFC 2045, Abschnitt 5.2).
part-broken = Es ist nicht so kodiert, wie der Kopf sagt; hier steht es, wie es kam.
part-path = Der Dateiname ist ein Pfad. Beim Herunterladen bleibt nur der letzte Name übrig.
part-name-marks = Im Dateinamen stecken Zeichen, die Text verbergen oder umdrehen, damit er nach etwas anderem aussieht.
part-deep = Es liegt zu tief in anderen Teilen, um zerlegt zu werden.
part-no-boundary = Es soll aus Teilen bestehen, aber seine Trennzeile steht nirgends.
part-text-shown = Der Text, dekodiert
part-octets-shown = Die ersten Oktette, dekodiert
part-download = Herunterladen (als Datei unbekannten Typs)
part-more = { $x } weitere Teile sind nicht aufgeführt.
part-html = Dargestellt
part-html-frame = Das HTML der Nachricht
blocked-title = Weggelassen, weil es etwas tun würde:
blocked-nothing = Davon musste nichts weggelassen werden.
blocked-scripts = Skripte: { $x }
blocked-loads = was nachgeladen worden wäre und dem Absender verraten hätte, dass du liest: { $x }
blocked-links = Links, was sie sagen → wohin sie führen: { $x }
blocked-forms = Formulare und ihre Felder: { $x }
blocked-jumps = Sprünge auf eine andere Seite: { $x }
blocked-marks = Zeichen, die Text verbergen oder umdrehen: { $x }
blocked-left-out = Oktette jenseits der ersten 256 KiB: { $x }
pane-network = Netz
mailboxes-kept-back = Was in den Postfächern liegt, darum geht es im Schritt „{ $x }“. Hier erscheint es, wenn er erledigt ist.
