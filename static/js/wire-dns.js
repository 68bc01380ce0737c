// Questions to DNS on the Wire tab: an arrow to the name server, and one back with what it answered.

import * as rows from "./wire-rows.js";
import { element, show } from "./text.js";
import { t } from "./words.js";

// Who answers for DNS at an address: a host that has talked already, or one that does nothing else.
function nameServer(wire, ip) {
  const known = [...wire.hosts.values()].find((host) => host.ip === ip);
  return known ?? wire.host(`dns ${ip}`, ip, 53);
}

// A question and its answer. What the same host asks at once after it lies behind them.
export function dns(wire, seen, view) {
  const from = wire.host(seen.asker);
  const to = nameServer(wire, seen.server);
  if (from === to) {
    const head = [...seen.question, " → ", ...(seen.answers[0] ?? [t("wire-nothing")])];
    wire.grouped("dns", view, from, t("wire-dns-asks"), head, rows.question(seen), null, seen);
    return;
  }
  const last = wire.fresh.at(-1) ?? wire.rows.at(-1);
  if (last?.kind === "dns" && last.from === to && last.to === from) {
    rows.further(last.li, rows.question(seen));
    return;
  }
  const known = { from, to, port: 53, tls: false, term: from.name === wire.own ? wire.lastTerm : null };
  wire.arrow("dns", view, known, "client", element("span", "", `${t("wire-dns")} `, show(seen.question)));
  const row = wire.arrow("dns", view, known, "server", rows.found(seen));
  row.says = seen.text;
  row.li.dataset.ok = String(seen.ok);
}
