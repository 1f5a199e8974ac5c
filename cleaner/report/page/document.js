// One document: its text, what is known of it at the side, and a way from change to change.

const view = { reading: "both", spacing: false, row: null, body: null, chosen: null, hint: null, line: null };

async function showDocument(index, change) {
  const row = RUN.documents[index];
  if (!row) return [build("h1", null, "No such document"), build("p", null, build("a", { href: "#/documents" }, "All documents"))];
  view.row = row;
  view.body = await openBody(row);
  view.chosen = view.hint = null;
  if (!view.body) return [documentHead(row), build("p", { class: "note" }, "The run left this document as it came. The page carries no text of such documents.")];
  const text = build("div", { class: "text", id: "text", onclick: chooseByClick });
  const page = [
    documentHead(row),
    build("div", { class: "document" },
      build("div", { class: "reading" }, toolbar(), text),
      build("aside", { class: "side", id: "side", "aria-label": "About this document" })),
  ];
  renderReading(text);
  const side = page[1].lastChild;
  side.replaceChildren(...aboutDocument(row, view.body));
  view.chosen = typeof change === "number" ? change : null;
  view.line = typeof change === "string" ? change : null;
  return page;
}

function neighbours(row) {
  const rows = listedDocuments(lastWanted);
  const here = rows.findIndex((one) => one.index === row.index);
  const order = here >= 0 ? rows : RUN.documents;
  const at = here >= 0 ? here : row.index;
  return { before: order[at - 1], after: order[at + 1], at, of: order.length };
}

function documentHead(row) {
  const around = neighbours(row);
  const to = (one, label, key) => build("a", { href: one ? linkTo.document(one) : null, "aria-disabled": one ? null : "true", rel: key === "[" ? "prev" : "next" }, label);
  return build("header", { class: "document-head" },
    build("p", { class: "trail" },
      build("a", { href: addressOf(lastWanted) }, "Documents"), build("span", { class: "muted" }, ` ${around.at + 1} of ${around.of}`),
      build("span", { class: "steps" }, to(around.before, "Previous", "["), " ", to(around.after, "Next", "]"))),
    build("h1", null, name(row.title || row.id)),
    build("p", { class: "muted facts" },
      row.title ? [name(row.id), " \u00b7 "] : null, count(row.changes, "change"), " \u00b7 ", count(row.words, "word"), " removed (",
      percent(lostChars(row), row.chars[0]), " of the text)", row.site ? [" \u00b7 ", name(row.site)] : null, ` \u00b7 ${row.language}`),
    row.flags.map((flag) => build("p", { class: "flag-line" }, build("strong", null, flag.id), " ", showHidden(flag.why))),
    twinOf(row));
}

// The document that says what this one says, where it stands in this page.
function twinOf(row) {
  const pair = RUN.duplicate_documents.find((one) => one.id === row.id);
  return pair ? build("p", { class: "muted" }, "Its copy: ", documentName(keeperOf(pair).id), ".") : null;
}

function toolbar() {
  return build("div", { class: "toolbar", role: "group", "aria-label": "How to read" },
    build("div", { class: "segments", role: "radiogroup", "aria-label": "Show" }, Object.entries(READINGS).map(([key, label]) =>
      build("label", null, build("input", { type: "radio", name: "reading", value: key, checked: view.reading === key, onchange: () => read(key) }), build("span", null, label)))),
    build("label", { class: "check" }, build("input", { type: "checkbox", checked: view.spacing, onchange: (event) => { view.spacing = event.target.checked; renderReading(find("#text")); choose(null); } }), " spacing"),
    build("div", { class: "steps" },
      build("button", { type: "button", onclick: () => step(-1), "aria-label": "Previous change", title: "Previous change (k)" }, "\u2191"),
      build("span", { id: "where", class: "muted" }),
      build("button", { type: "button", onclick: () => step(1), "aria-label": "Next change", title: "Next change (j)" }, "\u2193")));
}

function read(reading) {
  view.reading = reading;
  const chosen = view.chosen;
  findAll('input[name="reading"]').forEach((input) => { input.checked = input.value === reading; });
  renderReading(find("#text"));
  if (chosen !== null) choose(chosen);
}

function renderReading(text) {
  text.className = `text reading-${view.reading}${view.spacing ? " with-spacing" : ""}`;
  text.replaceChildren(...renderText(view.body, view.row, view));
  const where = text.parentNode && find("#where", text.parentNode);
  if (where) where.textContent = placeOf(null);
}

// The changes that j and k go through: those of spaces alone only where they are shown.
function stops() {
  return editsOf(view.body).map((edit, at) => ({ edit, at })).filter(({ edit }) => view.spacing || !edit.spacing).map(({ at }) => at);
}

function placeOf(at) {
  const all = stops();
  const here = all.indexOf(at);
  return here < 0 ? count(all.length, "change") : `${number(here + 1)} of ${number(all.length)}`;
}

function step(by) {
  const all = stops();
  if (!all.length) return;
  let at;
  if (view.chosen === null) at = by > 0 ? all[0] : all[all.length - 1];
  else {
    const later = all.findIndex((one) => one >= view.chosen + (by > 0 ? 1 : 0));
    at = by > 0 ? all[later < 0 ? all.length - 1 : later] : all[Math.max(0, (later < 0 ? all.length : later) - 1)];
  }
  choose(at);
}

function chooseHint(at) {
  choose(null);
  const marks = findAll(`[data-hints~="${at}"], [data-hint="${at}"]`);
  marks.forEach((node) => node.classList.add("chosen"));
  const side = find("#side"), hint = view.body.hints[at];
  side.classList.add("open");
  view.hint = at;
  side.replaceChildren(...aboutChange(hint, view.row, view.body, true));
  if (marks.length) marks[0].closest(".line").scrollIntoView({ block: "nearest" });
  say(`Hint: ${hint.causes.map((cause) => cause.rule).join(", ")}. ${shorten(hint.old.trim(), 120)}`);
}

// Goes through the hints in the order of the text, round and round.
function stepHint() {
  const order = findAll("[data-label]").map((node) => Number(node.dataset.hint));
  if (!order.length) return;
  const next = order[(order.indexOf(view.hint) + 1) % order.length];
  chooseHint(next);
}

// A line that a search has found.
function showLine(number) {
  const row = find(`.line[data-line="${CSS.escape(number)}"]`);
  if (!row) return;
  row.classList.add("chosen");
  row.scrollIntoView({ block: "center" });
}

function choose(at) {
  findAll(".chosen").forEach((node) => node.classList.remove("chosen"));
  const edits = editsOf(view.body);
  view.chosen = at !== null && edits[at] ? at : null;
  view.hint = null;
  find("#where").textContent = placeOf(view.chosen);
  const side = find("#side");
  if (view.chosen === null) {
    side.classList.remove("open");
    side.replaceChildren(...aboutDocument(view.row, view.body));
    return;
  }
  const marks = findAll(`[data-edit="${view.chosen}"]`);
  marks.forEach((node) => node.classList.add("chosen"));
  side.classList.add("open");
  side.replaceChildren(...aboutChange(edits[view.chosen], view.row, view.body));
  if (marks.length) {
    marks[0].setAttribute("tabindex", "-1");
    marks[0].focus({ preventScroll: true });
    marks[0].closest(".line").scrollIntoView({ block: "center" });
  }
  const edit = edits[view.chosen];
  say(`Change ${placeOf(view.chosen)}: ${edit.causes.map((cause) => cause.rule).join(", ")}. ${edit.old.trim() ? `Removed: ${shorten(edit.old.trim(), 120)}. ` : ""}${edit.new.trim() ? `New: ${shorten(edit.new.trim(), 120)}.` : ""}`);
}

function chooseByClick(event) {
  const hint = event.target.closest("[data-hint]");
  const inChange = hint && !("label" in hint.dataset) && hint.closest("[data-edit]");
  if (hint && !inChange) {
    if (getSelection().isCollapsed) chooseHint(Number(hint.dataset.hint));
    return;
  }
  const target = event.target.closest("[data-choose], [data-edit]");
  if (target && getSelection().isCollapsed) choose(Number(target.dataset.choose || target.dataset.edit));
}

function aboutDocument(row, body) {
  const rules = Object.entries(row.rules).filter(([rule]) => categoryOf(rule) !== "layout").sort((a, b) => b[1][1] - a[1][1] || b[1][0] - a[1][0]);
  const spacing = Object.entries(row.rules).filter(([rule]) => categoryOf(rule) === "layout").reduce((sum, [, [times]]) => sum + times, 0);
  const metadata = Object.entries(body.metadata);
  return [
    build("h2", null, "Metadata"),
    metadata.length ? build("dl", { class: "metadata" }, metadata.map(([key, value]) => [build("dt", null, key.replaceAll("_", " ")), build("dd", null, metadataValue(value))]))
      : build("p", { class: "muted" }, "None was captured."),
    build("h2", null, "Rules that acted"),
    rules.length ? build("ul", { class: "acted" }, rules.map(([rule, [times, words]]) => build("li", null,
      build("a", { href: linkTo.rule(rule), class: `rule f-${familyOf(rule)}` }, rule),
      build("span", { class: "muted" }, words ? count(words, "word") : count(times, "time"))))) : build("p", { class: "muted" }, "None but those of spacing."),
    spacing ? build("p", { class: "muted" }, `and ${count(spacing, "change")} of spacing`) : null,
    body.hints.length ? [build("h2", null, "Hints"), build("ul", { class: "acted" }, hintTally(body).map(([rule, times, at]) => build("li", null,
      build("button", { type: "button", class: "rule hint", onclick: () => chooseHint(at) }, rule), build("span", { class: "muted" }, times > 1 ? `${number(times)} times` : "once"))))] : null,
    body.lost.length ? build("details", null, build("summary", null, `${count(body.lost.length, "edit")} gave way`),
      build("ul", { class: "list" }, body.lost.slice(0, 100).map((edit) => build("li", null, `line ${edit.line}: ${edit.causes.map((cause) => cause.rule).join(", ")}`)))) : null,
    build("p", { class: "muted hint-line" }, "Choose a change, or press ", build("kbd", null, "j"), ", to see why it was made and how to keep the text."),
  ].flat().filter(Boolean);
}

// Rules that hinted: how often, and the first of their hints.
function hintTally(body) {
  const tally = new Map();
  body.hints.forEach((hint, at) => hint.causes.forEach((cause) => {
    const known = tally.get(cause.rule) || [cause.rule, 0, at];
    known[1] += 1;
    tally.set(cause.rule, known);
  }));
  return [...tally.values()].sort((a, b) => b[1] - a[1]);
}

function metadataValue(value) {
  const values = Array.isArray(value) ? value : [value];
  const one = (item) => build("bdi", null, showHidden(item !== null && typeof item === "object" ? JSON.stringify(item) : String(item)));
  return values.length === 1 ? one(values[0]) : build("ul", null, values.map((item) => build("li", null, one(item))));
}

function aboutChange(edit, row, body, isHint = false) {
  const words = shorten(edit.old.trim(), 280);
  return [
    build("div", { class: "side-head" }, build("h2", null, isHint ? "A hint: nothing was changed" : edit.new ? "Why this was changed" : "Why this was removed"),
      build("button", { type: "button", class: "quiet", onclick: () => choose(null), "aria-label": "Close (Escape)" }, "\u00d7")),
    words ? build("blockquote", { class: `quoted f-${familyOf(edit.causes[0].rule)}` }, build("bdi", null, showHidden(words))) : null,
    edit.new && edit.new.trim() ? build("blockquote", { class: "quoted new" }, build("bdi", null, showHidden(shorten(edit.new.trim(), 280)))) : null,
    edit.causes.map((cause) => aboutCause(cause)),
    build("p", { class: "muted" }, `Line ${number(edit.line)}, characters ${number(edit.start)} to ${number(edit.end)} of the source.`),
    isHint ? enableHint(edit) : disagree(edit, row, body),
  ].flat().filter(Boolean);
}

function aboutCause(cause) {
  const rule = RULES.get(cause.rule);
  const evidence = Object.entries(cause.detail || {}).filter(([key]) => key !== "captured" && key !== "keeper");
  const keeper = cause.detail && cause.detail.keeper;
  const captured = Object.keys((cause.detail || {}).captured || {});
  return build("div", { class: "cause" },
    build("p", null, build("a", { href: linkTo.rule(cause.rule), class: `rule f-${familyOf(cause.rule)}` }, cause.rule), build("span", { class: "muted" }, ` ${cause.stage}`)),
    rule && rule.why ? build("p", null, rule.why) : null,
    captured.length ? build("p", null, `Moved to the metadata: ${captured.join(", ").replaceAll("_", " ")}.`) : null,
    keeper && typeof keeper === "object" ? aboutKeeper(keeper) : null,
    evidence.length ? build("dl", { class: "metadata" }, evidence.map(([key, value]) => [build("dt", null, key), build("dd", null, metadataValue(value))])) : null);
}

// The copy that stays, and how like it is.
function aboutKeeper(keeper) {
  const elsewhere = keeper.id !== undefined && keeper.id !== view.row.id;
  const row = elsewhere ? ROW_OF.get(keeper.id) : view.row;
  const place = keeper.line ? `line ${number(keeper.line)}` : "the document";
  return build("p", null, "The copy that stays: ", elsewhere ? [documentName(keeper.id), ", "] : "in this document, ",
    row && keeper.line ? build("a", { href: linkTo.document(row, `L${keeper.line}`) }, place) : place, ".",
    build("span", { class: "muted" }, [keeper.verdict ? ` Verdict: ${keeper.verdict}` : "", typeof keeper.similarity === "number" ? ` Similarity: ${keeper.similarity}` : ""].filter(Boolean).join(".")));
}
