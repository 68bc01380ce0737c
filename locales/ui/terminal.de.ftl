### Das Terminal: ergänzen, suchen, kopieren, und die Tasten von telnet als Oktette.

search = Suchen
search-title = In der Ausgabe dieses Terminals suchen (Strg Umschalt F)
search-text = Suchen nach
search-back = Voriger Treffer
search-next = Nächster Treffer
search-close = Suche beenden
copy = Kopieren
copy-title = Die Ausgabe dieses Terminals als Text kopieren
raw = Rohe Tasten
raw-title = Jede Taste geht an den Server, sobald sie gedrückt wird, wie beim telnet von Windows
raw-help = Jede Taste geht jetzt an den Server, sobald sie gedrückt wird, wie beim telnet von Windows. Die Rücktaste löscht dort nichts: Sie ist ein Oktett mehr in der Zeile (0x08), Entf ist 0x7F, eine Pfeiltaste drei Oktette (ESC [ A). Der Server sieht sich die Zeile an, wenn Enter kommt.
mode-help = Der Zeichenmodus von telnet: Jede Taste geht an den Server, sobald sie gedrückt wird, und telnet zeigt davon nichts, denn das überlässt es dem Server. Enter ist CR NUL, nach toggle crlf CR LF. ^] führt zur Eingabe von telnet selbst, dort kommst du mit mode line zurück zu ganzen Zeilen.
js-raw-by-telnet = Diesen Modus hat telnet selbst eingeschaltet: ^], dann mode line.
js-news = neu
more-keys = Weitere Tasten
key-tab = Tab, ergänzen
js-complete-none = Hier gibt es nichts zu ergänzen. Noch einmal Tab springt weiter.
js-complete-many = { $x } Möglichkeiten. Tab zählt sie auf.
js-complete-more = … und { $x } weitere
js-complete-off = In einer Prüfung wird nichts ergänzt. Tab springt weiter.
js-search-count = Treffer { $x }
js-search-none = kein Treffer
js-search-gone = (und { $x } in Zeilen, die hier nicht stehen)
js-copied = { $x } Zeilen kopiert.
js-not-copied = Der Browser lässt diese Seite nicht kopieren. Die Mitschrift ganz unten hat denselben Text.
