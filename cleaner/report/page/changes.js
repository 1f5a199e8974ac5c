// A document's text as lines with its changes marked, in one of three readings.

const READINGS = { both: "Both", before: "Before", after: "After", changes: "Only changes" };

// Pieces of the text in order: {kind: kept, old or new, text, edit}.
function piecesOf(body, reading) {
  const pieces = [];
  let edit = 0;
  for (const part of body.parts) {
    if (typeof part === "string") {
      pieces.push({ kind: "kept", text: part });
      continue;
    }
    if (part.old && reading !== "after") pieces.push({ kind: "old", text: part.old, edit });
    if (part.new && reading !== "before") pieces.push({ kind: "new", text: part.new, edit });
    if (reading === "after" && !part.new) pieces.push({ kind: "gone", text: "", edit });
    edit += 1;
  }
  return pieces;
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

function isBlank(line) {
  return line.pieces.every((piece) => !piece.text.trim());
}

// The rows of the text, as nodes. `state` says what is shown: reading, spacing.
function renderText(body, row, state) {
  const edits = editsOf(body);
  const reading = state.reading === "changes" ? "both" : state.reading;
  const lines = linesOf(piecesOf(body, reading), reading);
  const hints = reading === "after" ? new Map() : hintsByLine(body);
  const begun = new Set();
  const wanted = lines.map((line) => editsOnLine(line).some((at) => state.spacing || !edits[at].spacing) || (line.number !== null && hints.has(line.number)));
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
    nodes.push(lineRow(line, edits, hints.get(line.number) || [], begun, state));
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

function hintsByLine(body) {
  const found = new Map();
  body.hints.forEach((hint, at) => {
    if (!found.has(hint.line)) found.set(hint.line, []);
    found.get(hint.line).push({ ...hint, at });
  });
  return found;
}

function lineRow(line, edits, hints, begun, state) {
  const touching = editsOnLine(line);
  const fresh = touching.filter((at) => !begun.has(at));
  fresh.forEach((at) => begun.add(at));
  const loud = touching.filter((at) => !edits[at].spacing);
  const whole = touching.length && line.pieces.every((piece) => piece.kind === "old" || piece.kind === "gone");
  const family = loud.length ? familyOf(edits[loud[0]].causes[0].rule) : "layout";
  const classes = ["line", whole && state.reading !== "before" ? `whole f-${family}` : "", isBlank(line) ? "blank" : "", hints.length ? "hinted" : ""];
  return build("div", { class: classes.filter(Boolean).join(" ") },
    build("span", { class: "line-number", "aria-hidden": "true" }, line.number === null ? "" : String(line.number)),
    build("span", { class: "line-text", dir: "auto" }, line.pieces.map((piece) => mark(piece, edits, state))),
    build("span", { class: "margin" }, marginOf(fresh.filter((at) => (state.spacing || !edits[at].spacing) && (state.reading !== "after" || edits[at].new)), edits, hints)));
}

function mark(piece, edits, state) {
  if (piece.kind === "kept") return showHidden(piece.text);
  const edit = edits[piece.edit];
  if (piece.kind === "gone") return build("span", { class: "change point", "data-edit": piece.edit });
  const tag = piece.kind === "old" ? (state.reading === "before" ? "span" : "del") : "ins";
  const quiet = edit.spacing && !state.spacing;
  const bare = !edit.old.trim() && !edit.new.trim();
  let text = bare && !quiet ? showSpaces(piece.text) : showHidden(piece.text);
  if (piece.ends) text = bare && !quiet ? GLYPHS["\n"] : "";
  if (piece.ends && !bare) return null;
  return build(tag, { class: `change f-${familyOf(edit.causes[0].rule)}${edit.spacing ? " spacing" : ""}`, "data-edit": piece.edit }, text);
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
    hints.map((hint) => build("button", { type: "button", class: "rule hint", "data-hint": hint.at }, "hint: ", hint.causes.map((cause) => cause.rule).join(", "))),
  ];
}
