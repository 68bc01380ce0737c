# Exams, and steps that need not be done.
exam = Eine Prüfung
exam-rules = Hier gibt es keine Hinweise, und was du verdient hast, erfährst du erst, wenn du abgibst. Von mehreren Antworten auf eine Frage zählt die letzte.
hand-in = Abgeben
hand-in-sure = Jetzt abgeben?
hand-in-text = Was du danach tust, zählt nicht mehr. Wie viele Punkte du hast, erfährst du gleich nach der Abgabe.
js-hand-in-open = Noch ohne Antwort: { $x }
hand-in-not-yet = Noch nicht
handed-in = Abgegeben
handed-in-text = Was du jetzt noch tust, zählt nicht mehr. Bei jedem Schritt steht, was ihn verdient hat.
js-answer-was = Notiert: { $x }. Bis zur Abgabe kannst du eine andere Antwort geben.
js-step-optional = freiwillig
