// The first screen: how much was taken, by what, where from, and where to look.

function showOverview() {
  return [
    build("h1", { class: RUN.part ? null : "unseen" }, RUN.part ? `Part ${RUN.part} of the report` : "Overview"),
    partNote(),
    searchForm(),
    tiles(RUN.totals),
    familySection(),
    build("div", { class: "columns" },
      section("Documents to look at", lookList()),
      section("How much the documents lost", spreadChart())),
    build("div", { class: "columns" },
      section("By category", categoryChart()),
      section("By rule", ruleChart())),
    build("div", { class: "columns" },
      section("Lost the most", loserList()),
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

// Leads to the documents that hold what is typed.
function searchForm() {
  const go = (event) => {
    event.preventDefault();
    location.hash = linkTo.documents({ search: find("input", event.target).value });
  };
  return build("form", { class: "search", role: "search", onsubmit: go },
    build("input", { type: "search", "aria-label": "Search documents", placeholder: RUN.parts ? "Search names, titles and rules" : "Search names, titles, rules and texts", autocomplete: "off", spellcheck: "false" }),
    build("button", null, "Search"));
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
  const acted = RUN.rules.filter((rule) => rule.edits).length, hints = RUN.rules.reduce((sum, rule) => sum + rule.hints, 0);
  const flagged = RUN.documents.filter((row) => row.flags.length).length;
  const facts = [
    [number(shown), shown === 1 ? "document" : "documents", `${number(RUN.changed)} changed`, "#/documents"],
    [number(RUN.words), "words removed", RUN.part ? "in this part" : `${percent(Math.max(0, before - after), before)} of the text`, null],
    [number(acted), acted === 1 ? "rule acted" : "rules acted", hints ? `and ${count(hints, "hint")}` : "no hints", "#/rules"],
    [number(flagged), "flagged", flagged ? "worth a look" : "no document", flagged ? linkTo.documents({ flagged: "1" }) : null],
    [number(totals.quarantined), "in quarantine", totals.quarantined ? "could not be read" : "everything was read", null],
    totals.duplicates_left_out ? [number(totals.duplicates_left_out), "left out", "as duplicate documents", null] : null,
  ].filter(Boolean);
  return build("ul", { class: "tiles" }, facts.map(([figure, label, note, link]) => {
    const content = [build("strong", null, figure), " ", build("span", null, label), " ", build("small", null, note)];
    return build("li", null, link ? build("a", { href: link }, content) : content);
  }));
}

// All that was taken as one band, and what its colours mean.
function familySection() {
  const sums = new Map();
  for (const row of categories()) sums.set(familyOf(row.name), (sums.get(familyOf(row.name)) || 0) + row.words);
  const rows = [...sums].filter(([, words]) => words).sort((a, b) => b[1] - a[1]);
  if (!rows.length) return null;
  return section("What was taken out",
    build("div", { class: "band", "aria-hidden": "true" }, rows.map(([family, words]) => build("span", { class: `f-${family}`, width: `${(100 * words) / RUN.words}%` }))),
    build("ul", { class: "legend" }, rows.map(([family, words]) => build("li", { class: `f-${family}` },
      build("span", { class: "swatch", "aria-hidden": "true" }), build("span", null, familyLabel(family)), build("span", { class: "muted" }, percent(words, RUN.words))))));
}

// Documents by the share of their text that they lost; each row leads to them.
function spreadChart() {
  const bands = RUN.shares.map(([over, documents], at) => ({ over, upto: at + 1 < RUN.shares.length ? RUN.shares[at + 1][0] : 100, documents }));
  const total = RUN.documents.length + RUN.unlisted;
  const none = total - bands.reduce((sum, band) => sum + band.documents, 0);
  const rows = [{ label: "nothing", filters: { upto: "0" }, documents: none },
    ...bands.map((band) => ({ label: band.over === 0 ? `up to ${band.upto}\u00a0%` : `${band.over} to ${band.upto}\u00a0%`, filters: { over: band.over, upto: band.upto, sort: "share" }, documents: band.documents }))];
  const largest = Math.max(...rows.map((row) => row.documents));
  return table("Documents by the share of their text that they lost", ["Share of text", "", "#Documents"], rows.map((row) => build("tr", null,
    build("th", { scope: "row" }, row.documents ? build("a", { href: linkTo.documents(row.filters) }, row.label) : build("span", { class: "muted" }, row.label)),
    build("td", { class: "chart" }, bar(row.documents, largest, "other")),
    build("td", { class: "n" }, number(row.documents)))), { class: "bars" });
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

const CHART_ROWS = 12;

// The first rows of a table, and the rest of them behind a line to open; `all` is how many there are to tell of.
function shortTable(caption, heads, rows, draw, { class: kind, first = CHART_ROWS, all = rows.length }) {
  const more = rows.slice(first), draws = (some) => table(caption, heads, some.map(draw), { class: kind });
  if (more.length < 3) return draws(rows);
  return [draws(rows.slice(0, first)), build("details", { class: "more" }, build("summary", null, `${number(more.length)} more`), draws(more),
    all > rows.length ? build("p", { class: "muted" }, `and ${number(all - rows.length)} that are not listed here`) : null)];
}

function categoryChart() {
  const rows = categories();
  const counted = rows.filter((row) => row.words);
  const rest = rows.filter((row) => !row.words && row.edits);
  if (!rows.length) return build("p", null, "Nothing was changed.");
  const largest = counted.length ? counted[0].words : 0;
  return [
    counted.length ? shortTable("Words removed by category", ["Category", "", "#Words", "#Edits"], counted, (row) => build("tr", null,
      build("th", { scope: "row" }, build("a", { href: linkTo.documents({ category: row.name }) }, row.name)),
      build("td", { class: "chart" }, bar(row.words, largest, familyOf(row.name))),
      build("td", { class: "n" }, number(row.words)),
      build("td", { class: "n" }, number(row.edits))), { class: "bars" }) : null,
    rest.length ? build("p", { class: "muted" }, "Changed without taking words: ",
      rest.map((row, at) => [at ? ", " : "", build("a", { href: linkTo.documents({ category: row.name }) }, row.name), ` (${number(row.edits)})`]), ".") : null,
  ];
}

function ruleChart() {
  const acted = RUN.rules.filter((rule) => rule.words);
  if (!acted.length) return build("p", { class: "muted" }, "No rule took words.");
  const largest = acted[0].words;
  return [
    table("Words removed by rule", ["Rule", "", "#Words"], acted.slice(0, CHART_ROWS).map((rule) => build("tr", null,
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
  return shortTable(`By ${label.toLowerCase()}`, [label, "", "#Documents", "#Words removed"], named.slice(0, 200), ([one, documents, words]) =>
    build("tr", null,
      build("th", { scope: "row" }, build("a", { href: linkTo.documents({ [key]: one }) }, name(one))),
      build("td", { class: "chart" }, bar(words, largest, "other")),
      build("td", { class: "n" }, number(documents)),
      build("td", { class: "n" }, number(words))), { class: "bars", first: 8, all: named.length });
}

function documentLink(row, ...after) {
  return build("li", null, build("a", { href: linkTo.document(row), class: "document-link" },
    name(row.title || row.id)), row.title ? build("small", { class: "muted" }, name(row.id)) : null, after);
}

const HEAVY = 0.4;

function lookList() {
  const flagged = RUN.documents.filter((row) => row.flags.length);
  const heavy = RUN.documents.filter((row) => !row.flags.length && shareOf(row) >= HEAVY).sort((a, b) => shareOf(b) - shareOf(a));
  const rows = [...flagged, ...heavy], shown = rows.slice(0, 8), hidden = rows.length - shown.length;
  if (!rows.length && !RUN.quarantine.length) return build("p", { class: "muted" }, "None: no document is flagged, came out empty or lost more than 40 % of its text.");
  return [
    build("ul", { class: "list" }, shown.map((row) => documentLink(row, row.flags.map((flag) => [
      build("span", { class: "flag" }, flag.id), build("span", { class: "why clamped", title: flag.why }, showHidden(flag.why))]),
    shareOf(row) >= HEAVY ? build("span", { class: "why" }, `${percent(lostChars(row), row.chars[0])} of its text is gone`) : null)),
    RUN.quarantine.length ? build("li", null, build("a", { href: "#/quarantine" }, `${count(RUN.totals.quarantined, "input")} in quarantine`),
      build("span", { class: "why" }, [...new Set(RUN.quarantine.map((row) => row.reason))].slice(0, 6).join(", "))) : null),
    hidden > 0 ? build("p", null, build("a", { href: flagged.length ? linkTo.documents({ flagged: "1" }) : linkTo.documents({ over: String(100 * HEAVY), sort: "share" }) }, `and ${number(hidden)} more`)) : null,
  ];
}

function loserList() {
  const rows = RUN.documents.filter((row) => row.words).sort((a, b) => b.words - a.words || a.index - b.index).slice(0, 8);
  if (!rows.length) return build("p", { class: "muted" }, "No document lost words.");
  return [
    build("ul", { class: "list" }, rows.map((row) => documentLink(row, build("span", { class: "why loss" },
      `${count(row.words, "word")}, ${percent(lostChars(row), row.chars[0])} of its text`, lossBar(row))))),
    build("p", null, build("a", { href: "#/documents" }, "All documents")),
  ];
}

function duplicateSection() {
  const documents = RUN.duplicate_documents;
  if (!RUN.duplicates.length && !documents.length) return null;
  return section("Duplicates and the copies that stay",
    documents.length ? shortTable("Duplicate documents", ["Document", "Its copy that stays", "What became of it"], documents, (pair) =>
      build("tr", null, build("td", null, documentName(pair.id)), build("td", null, documentName(keeperOf(pair).id)),
        build("td", { class: "text" }, pair.left_out ? "left out" : "kept, and flagged")), { class: "pairs", first: 8 }) : null,
    RUN.duplicates.length ? shortTable("Duplicate paragraphs", ["Removed", "Text", "The copy that stays", "#Similarity"], RUN.duplicates, (row) =>
      build("tr", null,
        build("td", null, placeName(row.id, row.line)),
        build("td", { class: "text" }, build("bdi", null, showHidden(row.text))),
        build("td", null, row.keeper.id === row.id ? placeName(row.id, row.keeper.line, "same document") : placeName(row.keeper.id, row.keeper.line)),
        build("td", { class: "n" }, row.similarity === null ? "" : String(row.similarity))), { class: "pairs", first: 8, all: RUN.duplicates_found }) : null);
}

// A document and a line of its source, as a link where this page has it.
function placeName(id, line, label) {
  const row = ROW_OF.get(id), said = [label || name(row && row.title ? row.title : id), line ? `, line ${number(line)}` : ""];
  return row ? build("a", { href: linkTo.document(row, line ? `L${line}` : undefined) }, said) : said;
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
  return build("section", { id: "quarantine", tabindex: "-1" }, build("h2", null, "Quarantine"),
    shortTable("What could not be read", ["Input", "Reason", "Detail"], RUN.quarantine, (row) => build("tr", null,
      build("td", null, name(row.id), row.line ? ` line ${row.line}` : ""),
      build("td", null, row.reason), build("td", { class: "text" }, build("bdi", null, showHidden(row.detail)))), { class: "pairs", first: 20, all: RUN.totals.quarantined }));
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
