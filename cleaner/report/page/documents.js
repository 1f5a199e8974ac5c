// The table of documents: search, filters, order. All of its state is in the address, so that going back works.

const PAGE_ROWS = 200;
const ORDERS = {
  id: { label: "Document", by: (a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0) },
  language: { label: "Language", by: (a, b) => (a.language < b.language ? -1 : a.language > b.language ? 1 : 0), class: "narrow-off" },
  site: { label: "Site", by: (a, b) => (a.site < b.site ? -1 : a.site > b.site ? 1 : 0), class: "narrow-off" },
  changes: { label: "Changes", by: (a, b) => b.changes - a.changes, class: "n narrow-off" },
  words: { label: "Words removed", by: (a, b) => b.words - a.words, class: "n" },
  share: { label: "Share of text", by: (a, b) => shareOf(b) - shareOf(a), class: "n" },
};

function matches(row, wanted) {
  const sought = wanted.search.toLowerCase();
  const named = `${row.id}\n${row.title || ""}\n${row.site}`.toLowerCase().includes(sought);
  if (!named && !foundIn(row, sought)) return false;
  const rules = [...Object.keys(row.rules), ...Object.keys(row.hints)];
  if (wanted.rule && !rules.includes(wanted.rule)) return false;
  if (wanted.category && !rules.some((rule) => categoryOf(rule) === wanted.category)) return false;
  if (wanted.site && row.site !== wanted.site) return false;
  if (wanted.language && row.language !== wanted.language) return false;
  if (wanted.flagged && !row.flags.length) return false;
  return shareOf(row) * 100 >= Number(wanted.share || 0);
}

// Where changed text holds what is sought; filled by `searchTexts`, which opens the documents for it.
let found = { sought: null, in: new Map() };
const foundIn = (row, sought) => (found.sought === sought ? found.in.get(row.index) : undefined);

async function searchTexts(sought) {
  const hits = new Map();
  for (const row of RUN.documents) {
    const body = await openBody(row);
    const at = body ? editsOf(body).findIndex((edit) => `${edit.old}\n${edit.new}`.toLowerCase().includes(sought)) : -1;
    if (at >= 0) hits.set(row.index, { at, edit: editsOf(body)[at] });
  }
  found = { sought, in: hits };
}

function wantedFrom(query) {
  const wanted = { search: "", rule: "", category: "", site: "", language: "", share: "", flagged: "", sort: "words", reverse: "" };
  for (const [key, value] of query) if (key in wanted) wanted[key] = value;
  if (!(wanted.sort in ORDERS)) wanted.sort = "words";
  return wanted;
}

function addressOf(wanted) {
  const said = Object.entries(wanted).filter(([key, value]) => value && !(key === "sort" && value === "words"));
  return said.length ? linkTo.documents(said) : "#/documents";
}

function listedDocuments(wanted) {
  const rows = RUN.documents.filter((row) => matches(row, wanted));
  rows.sort((a, b) => ORDERS[wanted.sort].by(a, b) || a.index - b.index);
  return wanted.reverse ? rows.reverse() : rows;
}

// The order in which [ and ] go on from a document that was opened from the table.
let lastWanted = wantedFrom([]);

function showDocuments(query) {
  const wanted = wantedFrom(query);
  lastWanted = wanted;
  const body = build("tbody", null);
  const tally = build("p", { class: "muted", role: "status" });
  const more = build("button", { type: "button", onclick: () => fill(Infinity) }, "Show all");
  let waiting = 0;

  function fill(limit) {
    const rows = listedDocuments(wanted);
    body.replaceChildren(...rows.slice(0, limit).map((row) => documentRow(row, foundIn(row, wanted.search.toLowerCase()))));
    tally.textContent = rows.length === RUN.documents.length ? count(rows.length, "document") : `${number(rows.length)} of ${count(RUN.documents.length, "document")}`;
    more.hidden = rows.length <= limit;
  }

  function change(key, value) {
    wanted[key] = value;
    history.replaceState(null, "", addressOf(wanted));
    fill(PAGE_ROWS);
    if (key === "search") searchSoon();
  }

  // The texts are opened only when somebody has stopped typing.
  function searchSoon() {
    clearTimeout(waiting);
    const sought = wanted.search.toLowerCase();
    if (sought.length < 3 || RUN.parts) return;
    waiting = setTimeout(async () => {
      await searchTexts(sought);
      if (wanted.search.toLowerCase() === sought && body.isConnected) fill(PAGE_ROWS);
    }, 200);
  }

  function sortBy(key) {
    wanted.reverse = wanted.sort === key && !wanted.reverse ? "1" : "";
    wanted.sort = key;
    history.replaceState(null, "", addressOf(wanted));
    heads.replaceChildren(...headCells());
    fill(PAGE_ROWS);
    find(`[data-sort="${key}"]`).focus();
  }

  const headCells = () => Object.entries(ORDERS).map(([key, order]) => {
    const on = wanted.sort === key;
    const falls = ["id", "language", "site"].includes(key) === Boolean(wanted.reverse);
    return build("th", { scope: "col", class: order.class, "aria-sort": on ? (falls ? "descending" : "ascending") : null },
      build("button", { type: "button", class: "sort", "data-sort": key, onclick: () => sortBy(key) },
        order.label, build("span", { "aria-hidden": "true", class: "arrow" }, on ? (falls ? "\u2193" : "\u2191") : "")));
  });
  const heads = build("tr", null, headCells());
  fill(PAGE_ROWS);
  searchSoon();
  return [
    build("h1", null, "Documents"),
    filterForm(wanted, change),
    tally,
    build("table", { class: "documents" }, build("caption", { class: "unseen" }, "Documents of the run"), build("thead", null, heads), body),
    more,
    RUN.unlisted ? build("p", { class: "muted" }, `${number(RUN.unlisted)} more documents lost less; they stand in the parts.`) : null,
  ];
}

function documentRow(row, hit) {
  const share = shareOf(row);
  return build("tr", { "data-item": "" },
    build("th", { scope: "row" },
      build("a", { href: linkTo.document(row), class: "document-link" }, name(row.title || row.id)),
      row.title ? build("small", { class: "muted" }, name(row.id)) : null,
      hit ? build("span", { class: "found" }, build("a", { href: linkTo.document(row, hit.at) }, `line ${number(hit.edit.line)}`), " ",
        build("bdi", { class: "muted" }, showHidden(shorten(hit.edit.old.trim() || hit.edit.new.trim(), 140)))) : null,
      row.flags.map((flag) => build("span", { class: "flag", title: flag.why }, flag.id))),
    build("td", { class: "narrow-off" }, row.language),
    build("td", { class: "narrow-off" }, name(row.site)),
    build("td", { class: "n narrow-off" }, number(row.changes)),
    build("td", { class: "n" }, number(row.words)),
    build("td", { class: "n share" }, bar(share, 1, "other"), " ", percent(lostChars(row), row.chars[0])));
}

function filterForm(wanted, change) {
  const choose = (key, label, options) => options.length > 1 || key === "flagged" || wanted[key]
    ? build("label", null, build("span", null, label), build("select", { name: key, onchange: (event) => change(key, event.target.value) },
      build("option", { value: "" }, "any"),
      options.map(([value, text]) => build("option", { value, selected: wanted[key] === value }, text || value))))
    : null;
  const listed = (groups) => groups.filter(([one]) => one !== "").map(([one, documents]) => [one, `${one} (${number(documents)})`]);
  return build("form", { class: "filters", role: "search", onsubmit: (event) => event.preventDefault() },
    build("label", { class: "grow" }, build("span", null, "Search"),
      build("input", { type: "search", name: "search", value: wanted.search, placeholder: RUN.parts ? "name or title" : "name, title or changed text", autocomplete: "off", spellcheck: "false", oninput: (event) => change("search", event.target.value) })),
    choose("category", "Category", categories().map((row) => [row.name]).sort()),
    choose("rule", "Rule", RUN.rules.map((rule) => [rule.id]).sort()),
    choose("site", "Site", listed(RUN.sites)),
    choose("language", "Language", listed(RUN.languages)),
    choose("share", "Lost at least", ["1", "5", "10", "25", "50", "75"].map((value) => [value, `${value} %`])),
    RUN.documents.some((row) => row.flags.length) || wanted.flagged ? choose("flagged", "Flagged", [["1", "yes"]]) : null);
}
