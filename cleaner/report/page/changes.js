// A document's text as lines with its changes marked, in one of three readings.

const READINGS = { both: "Both", before: "Before", after: "After", changes: "Only changes" };

// Pieces of the text in order: {kind: kept, old, new or gone, text, edit}; of the source also where they begin.
function piecesOf(body, reading) {
  const pieces = [];
  let edit = 0, from = 0;
  for (const part of body.parts) {
    if (typeof part === "string") {
      pieces.push({ kind: "kept", text: part, from });
      from += part.length;
      continue;
    }
    if (part.old && reading !== "after") pieces.push({ kind: "old", text: part.old, edit, from });
    if (part.new && reading !== "before") pieces.push({ kind: "new", text: part.new, edit });
    if (reading === "after" && !part.new) pieces.push({ kind: "gone", text: "", edit });
    from += part.old.length;
    edit += 1;
  }
  return pieces;
}

// Where the hints of a body stand in its source; one that takes nothing marks the letter it stands at.
function hintSpans(body, row) {
  if (!body.hints.length) return [];
  const source = sourceOf(body);
  const places = placesOf(source, row.chars[0], body.hints.flatMap((hint) => [hint.start, hint.end]));
  return body.hints.map((hint, at) => {
    const start = places.get(hint.start), end = places.get(hint.end);
    return start < end ? { at, start, end } : { at, start: Math.max(0, Math.min(start, source.length - 1)), end: Math.max(1, Math.min(start + 1, source.length)) };
  }).sort((a, b) => a.start - b.start || a.end - b.end);
}

// The pieces, cut where hints begin and end; `hints` of a piece are those that speak of it.
function cutAtHints(pieces, spans) {
  if (!spans.length) return pieces;
  const cuts = [...new Set(spans.flatMap((span) => [span.start, span.end]))].sort((a, b) => a - b);
  const cut = [];
  let next = 0, waiting = 0, active = [];
  for (const piece of pieces) {
    if (piece.from === undefined) {
      cut.push(piece);
      continue;
    }
    const end = piece.from + piece.text.length;
    let from = piece.from;
    while (from < end) {
      while (next < cuts.length && cuts[next] <= from) next += 1;
      const to = next < cuts.length && cuts[next] < end ? cuts[next] : end;
      active = active.filter((span) => span.end > from);
      for (; waiting < spans.length && spans[waiting].start <= from; waiting += 1) if (spans[waiting].end > from) active.push(spans[waiting]);
      cut.push({ ...piece, from, text: piece.text.slice(from - piece.from, to - piece.from), hints: active.map((span) => span.at) });
      from = to;
    }
  }
  return cut;
}

// Lines of pieces; a line knows the number that it has in the source (in the cleaned text when reading "after").
function linesOf(pieces, reading) {
  const lines = [{ number: 1, pieces: [] }];
  let lineNumber = 1;
  for (const piece of pieces) {
    piece.text.split("\n").forEach((text, at) => {
      if (at) {
        const ended = lines[lines.length - 1];
        ended.pieces.push({ ...piece, text: "", ends: true });
        const counts = reading === "after" || piece.kind !== "new";
        lineNumber += counts ? 1 : 0;
        lines.push({ number: counts ? lineNumber : null, pieces: [] });
      }
      const line = lines[lines.length - 1];
      if (text || (!at && piece.text === "")) line.pieces.push({ ...piece, text });
    });
  }
  const last = lines[lines.length - 1];
  if (lines.length > 1 && last.pieces.every((piece) => piece.text === "")) {
    lines.pop();
    lines[lines.length - 1].pieces.push(...last.pieces);
  }
  return lines;
}

// Edits of a line, each once; an edit of spaces alone only where it is asked for.
function editsOnLine(line) {
  return [...new Set(line.pieces.filter((piece) => piece.edit !== undefined).map((piece) => piece.edit))];
}

// For each line the hints that are named there: where they first speak of letters, else where they begin.
function hintsByLine(lines) {
  const places = new Map();
  lines.forEach((line, at) => line.pieces.forEach((piece) => (piece.hints || []).forEach((hint) => {
    const known = places.get(hint);
    if (known === undefined || (!known.seen && piece.text.trim())) places.set(hint, { at, seen: piece.text.trim() !== "" });
  })));
  const named = lines.map(() => []);
  [...places].sort(([a], [b]) => a - b).forEach(([hint, { at }]) => named[at].push(hint));
  return named;
}

function isBlank(line) {
  return line.pieces.every((piece) => !piece.text.trim());
}

// The rows of the text, as nodes. `state` says what is shown: reading, spacing.
function renderText(body, row, state) {
  const edits = editsOf(body);
  const reading = state.reading === "changes" ? "both" : state.reading;
  const lines = linesOf(cutAtHints(piecesOf(body, reading), hintSpans(body, row)), reading);
  const hints = hintsByLine(lines);
  const begun = new Set();
  const wanted = lines.map((line, at) => editsOnLine(line).some((one) => state.spacing || !edits[one].spacing) || hints[at].length > 0);
  const near = linesNear(lines, wanted);
  const nodes = [];
  let passed = 0;
  lines.forEach((line, at) => {
    if (state.reading === "changes" && !near.has(at)) {
      passed += 1;
      return;
    }
    if (passed) nodes.push(gap(passed));
    passed = 0;
    nodes.push(lineRow(line, edits, hints[at].map((one) => ({ ...body.hints[one], at: one })), begun, state));
  });
  if (passed) nodes.push(gap(passed));
  return nodes;
}

// A wanted line with the next line of text on either side.
function linesNear(lines, wanted) {
  const near = new Set();
  wanted.forEach((one, at) => {
    if (!one) return;
    near.add(at);
    for (const by of [-1, 1]) {
      for (let other = at + by; Math.abs(other - at) <= 2 && lines[other]; other += by) {
        if (isBlank(lines[other])) continue;
        for (let between = at; between !== other + by; between += by) near.add(between);
        break;
      }
    }
  });
  return near;
}

const gap = (lines) => build("div", { class: "gap" }, count(lines, "unchanged line"));

function lineRow(line, edits, hints, begun, state) {
  const touching = editsOnLine(line);
  const fresh = touching.filter((at) => !begun.has(at));
  fresh.forEach((at) => begun.add(at));
  const loud = touching.filter((at) => !edits[at].spacing);
  const whole = touching.length && line.pieces.every((piece) => piece.kind === "old" || piece.kind === "gone");
  const family = loud.length ? familyOf(edits[loud[0]].causes[0].rule) : "layout";
  const classes = ["line", whole && state.reading !== "before" ? `whole f-${family}` : "", isBlank(line) ? "blank" : ""];
  return build("div", { class: classes.filter(Boolean).join(" "), "data-line": line.number },
    build("span", { class: "line-number", "aria-hidden": "true" }, line.number === null ? "" : String(line.number)),
    build("span", { class: "line-text", dir: "auto" }, line.pieces.map((piece) => mark(piece, edits, state))),
    build("span", { class: "margin" }, marginOf(fresh.filter((at) => (state.spacing || !edits[at].spacing) && (state.reading !== "after" || edits[at].new)), edits, hints)));
}

function mark(piece, edits, state) {
  if (piece.kind === "kept") return withHints(piece, showHidden(piece.text));
  const edit = edits[piece.edit];
  if (piece.kind === "gone") return build("span", { class: "change point", "data-edit": piece.edit });
  const tag = piece.kind === "old" ? (state.reading === "before" ? "span" : "del") : "ins";
  const quiet = edit.spacing && !state.spacing;
  const bare = !edit.old.trim() && !edit.new.trim();
  let text = bare && !quiet ? showSpaces(piece.text) : showHidden(piece.text);
  if (piece.ends) text = bare && !quiet ? GLYPHS["\n"] : "";
  if (piece.ends && !bare) return null;
  return build(tag, { class: `change f-${familyOf(edit.causes[0].rule)}${edit.spacing ? " spacing" : ""}`, "data-edit": piece.edit }, quiet ? text : withHints(piece, text));
}

// What a hint speaks of has a mark under it, removed or not.
function withHints(piece, text) {
  if (!piece.hints || !piece.hints.length || piece.ends || !piece.text.trim()) return text;
  return build("mark", { class: "hint-span", "data-hint": piece.hints[0], "data-hints": piece.hints.join(" ") }, text);
}

// The rules that act on a line, each once; a click chooses the first change that it made here.
function marginOf(fresh, edits, hints) {
  const labels = new Map();
  for (const at of fresh) {
    for (const cause of edits[at].causes) {
      if (!edits[at].spacing && cause.stage === "layout") continue;
      const label = labels.get(cause.rule) || { at, times: 0 };
      label.times += 1;
      labels.set(cause.rule, label);
    }
  }
  return [
    [...labels].map(([rule, { at, times }]) =>
      build("button", { type: "button", class: `rule f-${familyOf(rule)}`, "data-choose": at, tabindex: "-1" }, rule, times > 1 ? ` \u00d7${times}` : "")),
    hints.map((hint) => build("button", { type: "button", class: "rule hint", "data-hint": hint.at, "data-label": "" }, "hint: ", hint.causes.map((cause) => cause.rule).join(", "))),
  ];
}
