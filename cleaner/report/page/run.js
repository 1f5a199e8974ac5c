// What the page knows: the run with its rows, and the bodies of documents, opened in chunks.

const RUN = JSON.parse(find("#run").textContent);
const RULES = new Map(RUN.rules.map((rule) => [rule.id, rule]));
RUN.documents.forEach((row, index) => { row.index = index; });
const ROW_OF = new Map(RUN.documents.map((row) => [row.id, row]));

// Categories in families; each family has a colour, and the name of the rule always stands beside it.
const FAMILY_OF = new Map(Object.entries(RUN.families).flatMap(([family, [, names]]) => names.map((one) => [one, family])));
const familyLabel = (family) => (RUN.families[family] || ["Other"])[0];
const categoryOf = (rule) => rule.split(".", 1)[0];
const familyOf = (rule) => FAMILY_OF.get(categoryOf(rule)) || "other";

const lostChars = (row) => Math.max(0, row.chars[0] - row.chars[1]);
const shareOf = (row) => (row.chars[0] ? lostChars(row) / row.chars[0] : 0);

// How much of a document went, in the colours of what took it.
function lossBar(row) {
  const sums = new Map();
  for (const [rule, [, words]] of Object.entries(row.rules)) if (words) sums.set(familyOf(rule), (sums.get(familyOf(rule)) || 0) + words);
  const share = Math.max(lostChars(row) ? 2 : 0, 100 * shareOf(row));
  return build("span", { class: "bar-track", "aria-hidden": "true" }, [...sums].sort((a, b) => b[1] - a[1]).map(([family, words]) =>
    build("span", { class: `bar-fill f-${family}`, width: `${(share * words) / row.words}%` })));
}

const linkTo = {
  document: (row, change) => {
    const place = row.part ? `report/part-${String(row.part).padStart(4, "0")}.html` : "";
    return `${place}#/document/${row.part ? row.at : row.index}${change === undefined ? "" : `/${change}`}`;
  },
  rule: (id) => `#/rule/${encodeURIComponent(id)}`,
  documents: (filters) => `#/documents?${new URLSearchParams(filters)}`,
};

// A document by its id, as a link where this page has it.
function documentName(id) {
  const row = ROW_OF.get(id);
  return row ? build("a", { href: linkTo.document(row) }, name(row.title || id)) : name(id);
}

const keeperOf = (pair) => (typeof pair.keeper === "string" ? { id: pair.keeper } : pair.keeper);

const CHUNK = 64;
const opened = new Map();

function openChunk(index) {
  if (!opened.has(index)) opened.set(index, readChunk(find(`#chunk-${index}`)));
  return opened.get(index);
}

async function readChunk(block) {
  if (block.type === "application/json") return JSON.parse(block.textContent);
  const bytes = Uint8Array.from(atob(block.textContent), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).json();
}

async function openBody(row) {
  if (row.body === undefined) return null;
  const chunk = await openChunk(Math.floor(row.body / CHUNK));
  return chunk[row.body % CHUNK];
}

// The text as it came in, put together from kept and removed pieces.
const sourceOf = (body) => body.parts.map((part) => (typeof part === "string" ? part : part.old)).join("");

// Reports count code points, this language counts halves of them: where each offset lies in the source.
function placesOf(source, length, offsets) {
  const sorted = [...new Set(offsets)].sort((a, b) => a - b);
  if (source.length === length) return new Map(sorted.map((offset) => [offset, offset]));
  const places = new Map();
  let points = 0, at = 0;
  for (const offset of sorted) {
    for (; points < offset && at < source.length; points += 1) at += source.codePointAt(at) > 0xffff ? 2 : 1;
    places.set(offset, at);
  }
  return places;
}

// The edits of a body, in order; their index is the change's number in links.
const editsOf = (body) => body.parts.filter((part) => typeof part !== "string");
