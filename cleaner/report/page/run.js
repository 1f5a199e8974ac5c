// What the page knows: the run with its rows, and the bodies of documents, opened in chunks.

const RUN = JSON.parse(find("#run").textContent);
const RULES = new Map(RUN.rules.map((rule) => [rule.id, rule]));
RUN.documents.forEach((row, index) => { row.index = index; });

// Categories in families; each family has a colour, and the name of the rule always stands beside it.
const FAMILY_OF = new Map(Object.entries(RUN.families).flatMap(([family, [, names]]) => names.map((one) => [one, family])));
const familyLabel = (family) => (RUN.families[family] || ["Other"])[0];
const categoryOf = (rule) => rule.split(".", 1)[0];
const familyOf = (rule) => FAMILY_OF.get(categoryOf(rule)) || "other";

const lostChars = (row) => Math.max(0, row.chars[0] - row.chars[1]);
const shareOf = (row) => (row.chars[0] ? lostChars(row) / row.chars[0] : 0);

const linkTo = {
  document: (row, change) => {
    const place = row.part ? `report/part-${String(row.part).padStart(4, "0")}.html` : "";
    return `${place}#/document/${row.part ? row.at : row.index}${change === undefined ? "" : `/${change}`}`;
  },
  rule: (id) => `#/rule/${encodeURIComponent(id)}`,
  documents: (filters) => `#/documents?${new URLSearchParams(filters)}`,
};

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

// The edits of a body, in order; their index is the change's number in links.
const editsOf = (body) => body.parts.filter((part) => typeof part !== "string");
