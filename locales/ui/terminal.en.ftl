### The terminal: completing, searching, copying, and telnet's keys as octets.

search = Search
search-title = Search in what this terminal has printed (Control Shift F)
search-text = Search for
search-back = Previous hit
search-next = Next hit
search-close = End the search
copy = Copy
copy-title = Copy what this terminal has printed, as text
raw = Raw keys
raw-title = Send each key to the server as it is pressed, as the telnet of Windows does
raw-help = Each key now goes to the server as it is pressed, as with the telnet of Windows. Backspace erases nothing there: it is one octet more in the line (0x08), Delete is 0x7F, an arrow key three octets (ESC [ A). The server looks at the line when Enter comes.
mode-help = telnet’s character mode: each key goes to the server as it is pressed, and telnet shows nothing of it, as it leaves that to the server. Enter is CR NUL, or CR LF after toggle crlf. ^] leads to telnet’s prompt, where mode line goes back to whole lines.
js-raw-by-telnet = This mode is telnet’s own: ^], then mode line.
js-news = new
more-keys = More keys
key-tab = Tab, complete
js-complete-none = Nothing to complete here. Tab again moves on.
js-complete-many = { $x } possibilities. Tab lists them.
js-complete-more = … and { $x } more
js-complete-off = In an exam nothing is completed. Tab moves on.
js-search-count = hit { $x }
js-search-none = no hit
js-search-gone = (and { $x } in lines that are not shown here)
js-copied = Copied: { $x } lines.
js-not-copied = The browser does not let this page copy. The transcript at the bottom has the same text.
