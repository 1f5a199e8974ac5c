// The first screen: how much was taken, by what, where from, and where to look.

function showOverview() {
  const totals = RUN.totals;
  return [
    build("h1", { class: RUN.part ? null : "unseen" }, RUN.part ? `Part ${RUN.part} of the report` : "Overview"),
    partNote(),
    tiles(totals),
    section("Words removed, by category", categoryChart()),
    build("div", { class: "columns" },
      section("Documents to look at", lookList()),
      section("Lost the most", loserList())),
    build("div", { class: "columns" },
      section("Rules", ruleChart()),
      section("Where from", groupTable("Site or folder", "site", RUN.sites), groupTable("Language", "language", RUN.languages))),
    duplicateSection(),
    encodingSection(),
    quarantineSection(),
    runSection(),
  ];
}

function section(title, ...content) {
  return build("section", null, build("h2", null, title), content);
}

function partNote() {
  if (RUN.part) return build("p", { class: "note" }, build("a", { href: "../report.html" }, "Up to the whole run"));
  if (!RUN.parts) return null;
  const rest = RUN.unlisted ? ` The lists hold the ${number(RUN.documents.length)} documents that lost most.` : "";
  const links = Array.from({ length: RUN.parts }, (_, at) =>
    build("li", null, build("a", { href: `report/part-${String(at + 1).padStart(4, "0")}.html` }, String(at + 1))));
  return build("div", { class: "note" },
    build("p", null, `This run is large: its documents stand in ${count(RUN.parts, "part")} in the folder report/.${rest}`),
    build("ul", { class: "parts", "aria-label": "Parts" }, links));
}

function tiles(totals) {
  const before = totals.chars_in, after = totals.chars_out;
  const shown = RUN.documents.length + RUN.unlisted;
  const facts = [
    [number(shown), shown === 1 ? "document" : "documents", `${number(RUN.changed)} changed`],
    [number(RUN.words), "words removed", RUN.part ? "in this part" : `${percent(Math.max(0, before - after), before)} of the text`],
    [number(RUN.rules.filter((rule) => rule.edits).length), "rules acted", count(RUN.rules.reduce((sum, rule) => sum + rule.hints, 0), "hint")],
    [number(totals.quarantined), "in quarantine", totals.duplicates_left_out ? `${number(totals.duplicates_left_out)} left out as duplicates` : totals.quarantined ? "could not be read" : "everything was read"],
  ];
  return build("ul", { class: "tiles" }, facts.map(([figure, label, note]) =>
    build("li", null, build("strong", null, figure), " ", build("span", null, label), " ", build("small", null, note))));
}

function categories() {
  const sums = new Map();
  for (const rule of RUN.rules) {
    const sum = sums.get(rule.category) || { name: rule.category, words: 0, edits: 0 };
    sum.words += rule.words;
    sum.edits += rule.edits;
    sums.set(rule.category, sum);
  }
  return [...sums.values()].sort((a, b) => b.words - a.words || b.edits - a.edits || (a.name < b.name ? -1 : 1));
}

function categoryChart() {
  const rows = categories();
  const counted = rows.filter((row) => row.words);
  const rest = rows.filter((row) => !row.words && row.edits);
  if (!rows.length) return build("p", null, "Nothing was changed.");
  const largest = counted.length ? counted[0].words : 0;
  return [
    table("Words removed by category", ["Category", "", "#Words", "#Edits"], counted.map((row) => build("tr", null,
      build("th", { scope: "row" }, build("a", { href: linkTo.documents({ category: row.name }) }, row.name)),
      build("td", { class: "chart" }, bar(row.words, largest, familyOf(row.name))),
      build("td", { class: "n" }, number(row.words)),
      build("td", { class: "n" }, number(row.edits)))), { class: "bars" }),
    rest.length ? build("p", { class: "muted" }, "Changed without taking words: ",
      rest.map((row, at) => [at ? ", " : "", build("a", { href: linkTo.documents({ category: row.name }) }, row.name), ` (${number(row.edits)})`]), ".") : null,
  ];
}

function ruleChart() {
  const acted = RUN.rules.filter((rule) => rule.words);
  if (!acted.length) return build("p", { class: "muted" }, "No rule took words.");
  const largest = acted[0].words;
  return [
    table("Words removed by rule", ["Rule", "", "#Words"], acted.slice(0, 12).map((rule) => build("tr", null,
      build("th", { scope: "row" }, build("a", { href: linkTo.rule(rule.id) }, rule.id)),
      build("td", { class: "chart" }, bar(rule.words, largest, familyOf(rule.id))),
      build("td", { class: "n" }, number(rule.words)))), { class: "bars" }),
    build("p", null, build("a", { href: "#/rules" }, `All ${count(RUN.rules.length, "rule")}`)),
  ];
}

function groupTable(label, key, groups) {
  const named = groups.filter(([one]) => one !== "");
  if (!named.length) return null;
  const largest = Math.max(...named.map(([, , words]) => words));
  return table(`By ${label.toLowerCase()}`, [label, "", "#Documents", "#Words removed"], named.slice(0, 12).map(([one, documents, words]) =>
    build("tr", null,
      build("th", { scope: "row" }, build("a", { href: linkTo.documents({ [key]: one }) }, name(one))),
      build("td", { class: "chart" }, bar(words, largest, "other")),
      build("td", { class: "n" }, number(documents)),
      build("td", { class: "n" }, number(words)))), { class: "bars" });
}

function documentLink(row, ...after) {
  return build("li", null, build("a", { href: linkTo.document(row), class: "document-link" },
    name(row.title || row.id)), row.title ? build("small", { class: "muted" }, name(row.id)) : null, after);
}

function lookList() {
  const flagged = RUN.documents.filter((row) => row.flags.length);
  const heavy = RUN.documents.filter((row) => !row.flags.length && shareOf(row) >= 0.4).sort((a, b) => shareOf(b) - shareOf(a));
  const rows = [...flagged, ...heavy].slice(0, 10);
  if (!rows.length) return build("p", { class: "muted" }, "None: no document is flagged, came out empty or lost more than 40 % of its text.");
  return build("ul", { class: "list" }, rows.map((row) => documentLink(row, build("span", { class: "why" },
    row.flags.length ? row.flags.map((flag) => `${flag.id}: ${flag.why}`).join("; ") : `${percent(lostChars(row), row.chars[0])} of its text is gone`))));
}

function loserList() {
  const rows = RUN.documents.filter((row) => row.words).sort((a, b) => b.words - a.words || a.index - b.index).slice(0, 8);
  if (!rows.length) return build("p", { class: "muted" }, "No document lost words.");
  return [
    build("ul", { class: "list" }, rows.map((row) => documentLink(row, build("span", { class: "why" },
      `${count(row.words, "word")}, ${percent(lostChars(row), row.chars[0])} of its text`)))),
    build("p", null, build("a", { href: "#/documents" }, "All documents")),
  ];
}

function duplicateSection() {
  if (!RUN.duplicates.length) return null;
  return section("Duplicates and the copies that stay", table("Duplicates", ["Removed", "Text", "Kept", "#Similarity"],
    RUN.duplicates.slice(0, 50).map((row) => build("tr", null,
      build("td", null, name(row.id), ` line ${row.line}`),
      build("td", { class: "text" }, build("bdi", null, showHidden(row.text))),
      build("td", null, row.keeper.id === row.id ? "same document" : name(row.keeper.id), row.keeper.line ? ` line ${row.keeper.line}` : ""),
      build("td", { class: "n" }, row.similarity === null ? "" : String(row.similarity), row.verdict ? ` ${row.verdict}` : "")))),
    RUN.duplicates.length > 50 ? build("p", { class: "muted" }, `and ${number(RUN.duplicates.length - 50)} more`) : null);
}

function encodingSection() {
  const decoded = RUN.documents.filter((row) => row.encoding);
  const repairs = RUN.rules.filter((rule) => rule.category === "repair" && rule.edits);
  if (!decoded.length && !repairs.length) return null;
  return section("Encoding and broken letters",
    repairs.length ? build("ul", { class: "list" }, repairs.map((rule) => build("li", null,
      build("a", { href: linkTo.rule(rule.id) }, rule.id), build("span", { class: "why" }, `${count(rule.edits, "time")} in ${count(rule.documents, "document")}. ${rule.why}`)))) : null,
    decoded.length ? build("ul", { class: "list" }, decoded.slice(0, 20).map((row) => documentLink(row, build("span", { class: "why" }, row.encoding)))) : null,
    decoded.length > 20 ? build("p", { class: "muted" }, `and ${number(decoded.length - 20)} more`) : null);
}

function quarantineSection() {
  if (!RUN.quarantine.length) return null;
  return section("Quarantine", table("What could not be read", ["Input", "Reason", "Detail"], RUN.quarantine.slice(0, 100).map((row) =>
    build("tr", null,
      build("td", null, name(row.id), row.line ? ` line ${row.line}` : ""),
      build("td", null, row.reason), build("td", { class: "text" }, build("bdi", null, showHidden(row.detail)))))));
}

function runSection() {
  const set = Object.entries(RUN.settings).filter(([, value]) => value !== null && value.length !== 0);
  return build("section", { class: "muted about" }, build("details", null,
    build("summary", null, "About this run"),
    build("dl", null,
      build("dt", null, "Program"), build("dd", null, `article-cleaner ${RUN.version}`),
      build("dt", null, "Packs"), build("dd", null, RUN.packs.map((pack) => `${pack.name} ${pack.version}`).join(", ")),
      set.map(([key, value]) => [build("dt", null, key), build("dd", null, typeof value === "string" ? value : JSON.stringify(value))]))));
}
