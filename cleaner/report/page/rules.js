// Rules: all of them in a table; one with its reason, its source, and every text that it hit.

const HITS = 50;

function showRules() {
  const body = build("tbody", null);
  const fill = (sought) => body.replaceChildren(...RUN.rules
    .filter((rule) => `${rule.id} ${rule.why}`.toLowerCase().includes(sought.toLowerCase()))
    .map((rule) => build("tr", { "data-item": "" },
      build("th", { scope: "row" }, build("a", { href: linkTo.rule(rule.id), class: `rule f-${familyOf(rule.id)}` }, rule.id), build("small", null, rule.why)),
      build("td", { class: "n narrow-off" }, number(rule.documents)),
      build("td", { class: "n narrow-off" }, number(rule.edits)),
      build("td", { class: "n" }, number(rule.words)),
      build("td", { class: "n narrow-off" }, number(rule.hints)))));
  fill("");
  return [
    build("h1", null, "Rules"),
    build("p", { class: "muted" }, "Rules that acted or hinted in this run. Words count for the rule that removed them first."),
    build("form", { class: "filters", role: "search", onsubmit: (event) => event.preventDefault() },
      build("label", { class: "grow" }, build("span", null, "Search"), build("input", { type: "search", name: "search", placeholder: "id or reason", oninput: (event) => fill(event.target.value) }))),
    build("table", { class: "documents" }, build("caption", { class: "unseen" }, "Rules of the run"),
      build("thead", null, build("tr", null, ["Rule", "Documents", "Edits", "Words removed", "Hints"].map((head, at) =>
        build("th", { scope: "col", class: at === 3 ? "n" : at ? "n narrow-off" : null }, head)))), body),
  ];
}

async function showRule(id) {
  const rule = RULES.get(id);
  if (!rule) return [build("h1", null, "No such rule in this run"), build("p", null, build("a", { href: "#/rules" }, "All rules"))];
  const rows = RUN.documents.filter((row) => row.rules[id] || row.hints[id]);
  return [
    build("header", { class: "document-head" },
      build("p", { class: "trail" }, build("a", { href: "#/rules" }, "Rules")),
      build("h1", { class: `f-${familyOf(id)}` }, build("span", { class: "swatch", "aria-hidden": "true" }), rule.id),
      rule.why ? build("p", { class: "lead" }, rule.why) : null,
      build("p", { class: "muted facts" }, [familyLabel(familyOf(id)), rule.safety, rule.pack ? `pack ${rule.pack}, line ${rule.line}` : rule.safety ? "built in" : "", count(rule.words, "word") + " removed",
        count(rule.edits, "edit"), count(rule.documents, "document"), rule.hints ? count(rule.hints, "hint") : ""].filter(Boolean).join(" \u00b7 "))),
    build("div", { class: "columns uneven" },
      build("section", null, build("h2", null, "What it hit"), await hitList(id, rows)),
      build("div", null,
        build("section", null, build("h2", null, "Looks wrong?"),
          switchOff(id), switchOffHere(id, rows.length ? rows[0].id : "interviews/a.txt"), addMiss(id, "A sentence that must stay."),
          build("p", { class: "muted" }, "To keep a single text, or to make it a miss, open it under its hit.")),
        build("section", null, build("h2", null, rule.pack || !rule.source ? "Source" : "Examples"),
          rule.source ? build("pre", { class: "source", tabindex: "0", "aria-label": "Source of the rule" }, rule.source)
            : build("p", { class: "muted" }, "Its pack does not come with the program; ", build("code", null, `cleaner rules show ${id} --rules PACK`), " shows it.")))),
  ];
}

async function hitList(id, rows) {
  if (RUN.parts) {
    return build("ul", { class: "list" }, rows.slice(0, 500).map((row) =>
      documentLink(row, build("span", { class: "why" }, count((row.rules[id] || [row.hints[id]])[0], "hit")))));
  }
  const list = build("ol", { class: "hits" });
  const more = build("button", { type: "button", onclick: () => fill() }, "More hits");
  let at = 0;
  async function fill() {
    const stop = list.childElementCount + HITS;
    while (at < rows.length && list.childElementCount < stop) {
      const row = rows[at];
      list.append(...hitsIn(id, row, await openBody(row)));
      at += 1;
    }
    more.hidden = at >= rows.length;
  }
  await fill();
  return [list, more];
}

function hitsIn(id, row, body) {
  const nodes = [];
  let change = 0;
  body.parts.forEach((part, at) => {
    if (typeof part === "string") return;
    if (part.causes.some((cause) => cause.rule === id)) nodes.push(hit(id, part, change, row, body, textBefore(body, at), textAfter(body, at), nodes.length > 0));
    change += 1;
  });
  body.hints.filter((hint) => hint.causes.some((cause) => cause.rule === id)).forEach((hint) => nodes.push(hit(id, hint, undefined, row, body, "", "", nodes.length > 0)));
  return nodes;
}

// What stood around a hit in the source, line breaks as a mark.
const AROUND = 90;
const onOneLine = (text) => text.replace(/\n\s*/g, " \u21b5 ").replace(/ +/g, " ");

function textBefore(body, at) {
  let text = "";
  for (let before = at - 1; before >= 0 && text.length < AROUND; before -= 1) {
    const part = body.parts[before];
    text = (typeof part === "string" ? part : part.old) + text;
  }
  return onOneLine(text).slice(-AROUND);
}

function textAfter(body, at) {
  let text = "";
  for (let after = at + 1; after < body.parts.length && text.length < AROUND; after += 1) {
    const part = body.parts[after];
    text += typeof part === "string" ? part : part.old;
  }
  return onOneLine(text).slice(0, AROUND);
}

function hit(id, edit, change, row, body, before, after, again) {
  const family = familyOf(edit.causes[0].rule);
  const bare = !edit.old.trim() && !edit.new.trim();
  const show = bare ? showSpaces : showHidden;
  return build("li", { "data-item": "", class: again ? "same" : null },
    build("p", { class: "hit-head" }, again ? null : [name(row.title || row.id), " "],
      build("a", { href: linkTo.document(row, change) }, `line ${number(edit.line)}`), change === undefined ? ", a hint" : ""),
    build("p", { class: "hit-text", dir: "auto" },
      build("span", { class: "muted" }, before ? `\u2026${showHidden(before)} ` : ""),
      edit.old ? build(change === undefined ? "span" : "del", { class: `change f-${family}` }, show(shorten(bare ? edit.old : onOneLine(edit.old.trim()), 500))) : null,
      edit.new ? build("ins", { class: `change f-${family}` }, show(shorten(edit.new, 500))) : null,
      build("span", { class: "muted" }, after ? ` ${showHidden(after)}\u2026` : "")),
    change === undefined ? null : keepSpan(edit, body),
    change === undefined || bare ? null : addMiss(id, edit.old));
}
