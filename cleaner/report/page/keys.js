// Keys. None of them acts while somebody types, or together with Ctrl, Alt or Meta.

const isTyping = (node) => node.closest("input:not([type=radio]):not([type=checkbox]), select, textarea") !== null;

function stepRow(by) {
  const items = findAll("[data-item]");
  if (!items.length) return;
  const here = items.findIndex((item) => item.contains(document.activeElement));
  const at = here < 0 ? (by > 0 ? 0 : items.length - 1) : Math.min(items.length - 1, Math.max(0, here + by));
  const link = find("a", items[at]);
  link.focus();
  items[at].scrollIntoView({ block: "nearest" });
}

function goUp() {
  const here = location.hash;
  if (here.startsWith("#/document/")) location.hash = addressOf(lastWanted);
  else if (here.startsWith("#/rule/")) location.hash = "#/rules";
  else if (here.length > 2) location.hash = "#/";
  else if (RUN.part) location.href = "../report.html";
}

function goToDocument(by) {
  const around = neighbours(view.row);
  const next = by < 0 ? around.before : around.after;
  if (next) location.hash = linkTo.document(next);
}

function openSearch() {
  const field = find('input[type="search"]');
  if (field) field.focus();
  else location.hash = addressOf(lastWanted);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const help = find("#help");
  if (event.key === "Escape") {
    if (help.open) help.close();
    else if (isTyping(event.target)) event.target.blur();
    else if (onDocument()) choose(null);
    return;
  }
  if (isTyping(event.target) || help.open) return;
  const acts = {
    "?": () => help.showModal(),
    "/": openSearch,
    u: goUp,
    j: () => (onDocument() ? step(1) : stepRow(1)),
    k: () => (onDocument() ? step(-1) : stepRow(-1)),
    h: () => onDocument() && stepHint(),
    "[": () => view.row && isDocument() && goToDocument(-1),
    "]": () => view.row && isDocument() && goToDocument(1),
    1: () => onDocument() && read("both"),
    2: () => onDocument() && read("before"),
    3: () => onDocument() && read("after"),
    4: () => onDocument() && read("changes"),
  };
  if (Object.hasOwn(acts, event.key)) {
    event.preventDefault();
    acts[event.key]();
  }
});

const isDocument = () => location.hash.startsWith("#/document/");
const onDocument = () => isDocument() && find("#text") !== null;

find("#help-button").addEventListener("click", () => find("#help").showModal());
find("#legend").replaceChildren(...Object.keys(RUN.families).map((family) =>
  build("li", { class: `f-${family}` }, build("span", { class: "swatch", "aria-hidden": "true" }), familyLabel(family))));
