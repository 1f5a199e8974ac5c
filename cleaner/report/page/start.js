// The address says what is shown: #/, #/documents?..., #/document/N/CHANGE, #/rules, #/rule/ID.

async function viewOf(hash) {
  const [path, query] = hash.replace(/^#\/?/, "").split("?");
  const [head, one, two] = path.split("/");
  if (head === "documents") return ["documents", "Documents", showDocuments(new URLSearchParams(query || ""))];
  if (head === "document") return ["documents", "Document", await showDocument(Number(one), placeIn(two))];
  if (head === "rules") return ["rules", "Rules", showRules()];
  if (head === "rule") return ["rules", "Rule", await showRule(decodeURIComponent(one || ""))];
  return ["overview", "Overview", showOverview(), head === "quarantine" ? "#quarantine" : null];
}

// "7" is a change, "L12" a line.
const placeIn = (text) => (text === undefined ? undefined : /^L\d+$/.test(text) ? text.slice(1) : Number(text));

let turn = 0;

async function show(first) {
  const mine = (turn += 1);
  const [current, title, nodes, place] = await viewOf(location.hash);
  if (mine !== turn) return; // somebody has gone on while a chunk was opened
  const main = find("#main");
  main.replaceChildren(...nodes.flat(Infinity).filter(Boolean));
  main.className = current;
  const heading = find("h1", main);
  document.title = `${heading ? heading.textContent : title} \u00b7 Cleaning report`;
  findAll("nav [data-view]").forEach((link) => {
    if (link.dataset.view === current) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  });
  if (!first) {
    main.focus({ preventScroll: true });
    scrollTo(0, 0);
  }
  if (place && find(place)) find(place).scrollIntoView();
  if (onDocument()) {
    choose(view.chosen);
    if (view.line !== null) showLine(view.line);
  }
  main.dataset.ready = String(mine);
}

find("#skip").addEventListener("click", (event) => {
  event.preventDefault(); // "#main" is no place in this page's addresses
  find("#main").focus();
});
addEventListener("hashchange", () => show(false));
show(true);
