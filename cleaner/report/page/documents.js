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

// A column with the same in every row is no column.
const shownOrders = () => Object.keys(ORDERS).filter((key) => (key !== "language" || RUN.languages.length > 1) && (key !== "site" || RUN.sites.length > 1));

function matches(row, wanted) {
  const sought = wanted.search.toLowerCase();
  const rules = [...Object.keys(row.rules), ...Object.keys(row.hints)];
  const named = `${row.id}\n${row.title || ""}\n${row.site}\n${rules.join("\n")}`.toLowerCase().includes(sought);
  if (!named && !foundIn(row, sought)) return false;
  if (wanted.rule && !rules.includes(wanted.rule)) return false;
  if (wanted.category && !rules.some((rule) => categoryOf(rule) === wanted.category)) return false;
  if (wanted.site && row.site !== wanted.site) return false;
  if (wanted.language && row.language !== wanted.language) return false;
  if (wanted.flagged && !row.flags.length) return false;
  const share = shareOf(row) * 100;
  if (wanted.over && !(share > Number(wanted.over))) return false;
  return !(wanted.upto && share > Number(wanted.upto));
}

// Where texts hold what is sought; filled by `searchTexts`, which opens the documents for it.
let found = { sought: null, in: new Map() };
const foundIn = (row, sought) => (found.sought === sought ? found.in.get(row.index) : undefined);
const SEARCHED_AT_ONCE = 128;

async function searchTexts(sought, goOn) {
  const hits = new Map();
  let at = 0;
  for (const row of RUN.documents) {
    const body = await openBody(row);
    const hit = body && findInBody(body, sought);
    if (hit) hits.set(row.index, hit);
    at += 1;
    if (at % SEARCHED_AT_ONCE === 0) {
      await new Promise((resolve) => setTimeout(resolve)); // let the page breathe
      if (!goOn(at)) return false;
    }
  }
  found = { sought, in: hits };
  return true;
}

// The first change with what is sought in it, else the first line: {change, line, text}.
function findInBody(body, sought) {
  const edits = editsOf(body);
  const change = edits.findIndex((edit) => `${edit.old}\n${edit.new}`.toLowerCase().includes(sought));
  if (change >= 0) {
    const edit = edits[change];
    return { change, line: edit.line, text: edit.old.toLowerCase().includes(sought) ? edit.old : edit.new };
  }
  const source = sourceOf(body), at = source.toLowerCase().indexOf(sought);
  if (at < 0) return null;
  return { change: null, line: source.slice(0, at).split("\n").length, text: source.slice(Math.max(0, at - 60), at + 200) };
}

function wantedFrom(query) {
  const wanted = { search: "", rule: "", category: "", site: "", language: "", over: "", upto: "", flagged: "", sort: "words", reverse: "" };
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
  const searching = build("p", { class: "muted searching", role: "status" });
  const more = build("button", { type: "button", onclick: () => fill(Infinity) }, "Show all");
  const nothing = build("p", { class: "note" }, "No document is like that. ", build("a", { href: "#/documents" }, "Show all documents"));
  let waiting = 0;

  function fill(limit) {
    const rows = listedDocuments(wanted);
    body.replaceChildren(...rows.slice(0, limit).map((row) => documentRow(row, wanted.search.toLowerCase())));
    tally.textContent = rows.length === RUN.documents.length ? count(rows.length, "document") : `${number(rows.length)} of ${count(RUN.documents.length, "document")}`;
    more.hidden = rows.length <= limit;
    more.textContent = `Show all ${number(rows.length)}`;
    nothing.hidden = rows.length > 0;
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
    searching.textContent = "";
    const sought = wanted.search.toLowerCase();
    if (sought.length < 3 || RUN.parts || found.sought === sought) return;
    waiting = setTimeout(async () => {
      const goOn = (at) => {
        const wantedStill = wanted.search.toLowerCase() === sought && body.isConnected;
        if (wantedStill) searching.textContent = `Searching the texts: ${number(at)} of ${count(RUN.documents.length, "document")}`;
        return wantedStill;
      };
      const done = await searchTexts(sought, goOn);
      if (!done || !goOn(RUN.documents.length)) return;
      searching.textContent = "";
      fill(PAGE_ROWS);
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

  const headCells = () => shownOrders().map((key) => {
    const order = ORDERS[key];
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
    searching,
    tally,
    nothing,
    build("table", { class: "documents" }, build("caption", { class: "unseen" }, "Documents of the run"), build("thead", null, heads), body),
    more,
    RUN.unlisted ? build("p", { class: "muted" }, `${number(RUN.unlisted)} more documents lost less; they stand in the parts.`) : null,
  ];
}

function documentRow(row, sought) {
  const hit = sought ? foundIn(row, sought) : undefined;
  return build("tr", { "data-item": "" },
    build("th", { scope: "row" },
      build("a", { href: linkTo.document(row), class: "document-link" }, name(row.title || row.id)),
      row.title ? build("small", { class: "muted" }, name(row.id)) : null,
      hit ? build("span", { class: "found" }, build("a", { href: linkTo.document(row, hit.change === null ? `L${hit.line}` : hit.change) }, `line ${number(hit.line)}`),
        build("span", { class: "muted" }, hit.change === null ? " kept: " : " changed: "),
        build("bdi", null, markFound(aroundFound(hit.text, sought), sought))) : null,
      row.flags.length ? build("span", { class: "flags" }, row.flags.map((flag) => build("span", { class: "flag", title: flag.why }, flag.id))) : null),
    shownOrders().includes("language") ? build("td", { class: "narrow-off" }, row.language) : null,
    shownOrders().includes("site") ? build("td", { class: "narrow-off" }, name(row.site)) : null,
    build("td", { class: "n narrow-off" }, number(row.changes)),
    build("td", { class: "n" }, number(row.words)),
    build("td", { class: "n share" }, lossBar(row), " ", build("span", { class: "figure" }, percent(lostChars(row), row.chars[0]))));
}

// What was sought with some words around it, in one line.
function aroundFound(text, sought) {
  const line = text.trim().replace(/\s+/g, " "), at = line.toLowerCase().indexOf(sought);
  const from = at > 60 ? line.indexOf(" ", at - 60) + 1 : 0;
  return `${from ? "\u2026" : ""}${shorten(line.slice(from), 140)}`;
}

const PERCENTS = ["0", "1", "5", "10", "25", "40", "50", "75"];

function filterForm(wanted, change) {
  const select = (key, label, options) => build("label", null, build("span", null, label),
    build("select", { name: key, onchange: (event) => change(key, event.target.value) }, build("option", { value: "" }, "any"), options));
  const choices = (key, pairs) => pairs.map(([value, text]) => build("option", { value, selected: wanted[key] === value }, text || value));
  const choose = (key, label, pairs) => (pairs.length > 1 || wanted[key] ? select(key, label, choices(key, pairs)) : null);
  const listed = (groups) => groups.filter(([one]) => one !== "").map(([one, documents]) => [one, `${one} (${number(documents)})`]);
  const grouped = families().map(([family, names]) =>
    build("optgroup", { label: familyLabel(family) }, choices("category", names.map((one) => [one]))));
  return build("form", { class: "filters", role: "search", onsubmit: (event) => event.preventDefault() },
    build("div", { class: "grow" },
      build("label", null, build("span", null, "Search"),
        build("input", { type: "search", name: "search", value: wanted.search, "aria-describedby": "searched", autocomplete: "off", spellcheck: "false", oninput: (event) => change("search", event.target.value) })),
      build("small", { id: "searched" }, whatIsSearched())),
    grouped.length ? select("category", "Category", grouped) : null,
    choose("rule", "Rule", RUN.rules.map((rule) => [rule.id]).sort()),
    choose("site", "Site", listed(RUN.sites)),
    choose("language", "Language", listed(RUN.languages)),
    choose("over", "Lost more than", PERCENTS.map((value) => [value, value === "0" ? "nothing" : `${value} %`])),
    choose("upto", "Lost at most", [...PERCENTS, "100"].filter((value) => value !== "100" || wanted.upto === "100").map((value) => [value, value === "0" ? "nothing" : `${value} %`])),
    RUN.documents.some((row) => row.flags.length) || wanted.flagged ? select("flagged", "Flagged", choices("flagged", [["1", "yes"]])) : null);
}

function whatIsSearched() {
  if (RUN.parts) return "Names, titles, sites and rules of all documents listed here. To search in texts, open one of the parts.";
  const carried = RUN.documents.filter((row) => row.body !== undefined).length;
  const silent = RUN.documents.length - carried;
  return `Names, titles, sites, rules; from three letters on also the whole text of ${carried === 1 ? "the document" : `the ${number(carried)} documents`} that ${carried === 1 ? "was" : "were"} changed or remarked on, before and after.`
    + (silent ? ` The text of ${silent === 1 ? "the other one" : `the other ${number(silent)}`} is not in this page.` : "");
}

// Families that acted, each with its categories, in the order of the words that they took.
function families() {
  const groups = new Map();
  for (const row of categories()) {
    const family = familyOf(row.name);
    groups.set(family, [...(groups.get(family) || []), row.name]);
  }
  return [...groups];
}
