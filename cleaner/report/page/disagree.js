// "Looks wrong": what to write, and where, so that the next run leaves the text alone. A test pastes all of it.

// A TOML string: JSON's escapes are TOML's, but for half characters and DEL.
function toml(text) {
  const whole = text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");
  return JSON.stringify(whole).replace(/\u007f/g, "\\u007f");
}

// `files` are pairs of a file's name and what goes into it.
function option(title, lead, files, note) {
  return build("details", { class: "option" }, build("summary", null, title),
    lead ? build("p", null, lead) : null,
    files.map(([file, text]) => [build("p", { class: "file" }, "In ", build("code", null, file), ":"), copyable(text, `${title}: ${file}`, file)]),
    note ? build("p", { class: "muted" }, note) : null);
}

function keepSpan(edit, body) {
  const text = edit.old.trim() || edit.new.trim();
  return option("Keep this text", "Only these characters of this document stay as they are; the rule goes on elsewhere.", [
    ["decisions.toml", `[[keep]]\ndocument = "${body.sha256}"\nstart = ${edit.start}\nend = ${edit.end}\nrule = ${toml(edit.causes[0].rule)}\n${text ? `text = ${toml(shorten(text, 80))}\n` : ""}why = "It is part of the article."\n`],
    ["cleaner.toml", 'decisions = "decisions.toml"\n'],
  ], "A decisions file may hold many [[keep]] entries; cleaner.toml names it once.");
}

function switchOff(rule) {
  return option(`Switch ${rule} off`, "The rule takes nothing any more, in any document.", [["cleaner.toml", `disable = [${toml(rule)}]\n`]],
    `For one run: --disable ${rule}. A pattern such as ${categoryOf(rule)}.* switches a whole category off.`);
}

function switchOffHere(rule, id) {
  const [file, record] = id.split(/#(?=\d+$)/);
  const folder = record ? `${escapePattern(file)}#*` : id.includes("/") ? `${escapePattern(id.slice(0, id.lastIndexOf("/")))}/*` : escapePattern(id);
  return option("Switch it off in some documents", "The left side is a pattern of document ids.", [["cleaner.toml", `[per-file-ignores]\n${toml(folder)} = [${toml(rule)}]\n`]]);
}

// In a pattern, these stand for other letters.
const escapePattern = (id) => id.replace(/[[*?]/g, "[$&]");

function addMiss(rule, text) {
  const known = RULES.get(rule), title = "Teach the rule to leave it: add a miss";
  const whole = known && /^scope = "(block|section)"/m.test(known.source); // others look at one line
  const miss = toml(whole ? text.trim() : text.trim().split("\n")[0].trim());
  if (!known || (!known.pack && known.source)) return null;
  if (!known.pack) {
    return option(title, ["The rule stands in a pack of yours. Add the text to its list ", build("code", null, "misses"), "."], [["your pack", `misses = [${miss}]\n`]],
      "Then narrow the rule until `cleaner rules test YOUR-PACK.toml` holds.");
  }
  const id = `${categoryOf(rule)}.my-${rule.slice(categoryOf(rule).length + 1)}`;
  return option(title, `A rule of your own in the place of ${rule}: its source, with this text as a miss.`, [
    ["house.toml", ownPack(known, id, miss)],
    ["cleaner.toml", `rules = ["news", "sites", "house.toml"]\ndisable = [${toml(rule)}]\n`],
  ], "`cleaner rules test house.toml` names the miss as long as the rule still takes it: narrow the rule until all examples hold.");
}

// A pack with one rule: that of a shipped pack under another name, with one more miss.
function ownPack(known, id, miss) {
  const only = (key, values) => (values.length ? `${key} = [${values.map(toml).join(", ")}]\n` : "");
  const renamed = known.source.replace(/^id = .*$/m, () => `id = ${toml(id)}`);
  const taught = /^misses = \[/m.test(renamed) ? renamed.replace(/^misses = \[/m, (start) => `${start}\n  ${miss},\n  `)
    : renamed.replace(/^why = .*$/m, (line) => `${line}\nmisses = [${miss}]`);
  return `[pack]\nname = "house"\nversion = "0.1.0"\n${only("languages", known.languages)}${only("sites", known.sites)}\n${taught}\n`;
}

function disagree(edit, row, body) {
  const rules = [...new Set(edit.causes.map((cause) => cause.rule))];
  return [
    build("h3", null, "Looks wrong?"),
    keepSpan(edit, body),
    rules.map((rule) => [switchOff(rule), switchOffHere(rule, row.id)]),
    edit.old.trim() ? rules.map((rule) => addMiss(rule, edit.old)) : null,
    build("p", { class: "muted" }, "Then run the same ", build("code", null, "cleaner clean"), " again: only what can change is done again."),
  ].flat(Infinity).filter(Boolean);
}

// A rule of a pack may be let loose; what is built in acts when it is sure, or by an option of its own.
function enableHint(edit) {
  const rule = edit.causes[0].rule, known = RULES.get(rule);
  const waits = known && known.pack ? known.safety !== "safe" : known && !known.source;
  return [
    build("h3", null, "Should it act, or be silent?"),
    waits ? option(`Let ${rule} act`, "The rule only reports, for it is not sure enough.", [["cleaner.toml", `enable = [${toml(rule)}]\n`]], `For one run: --enable ${rule}.`) : null,
    categoryOf(rule) === "scorer" ? option("Let the scorer act sooner", "At the level standard it removes what it is less sure of, in every document.", [["cleaner.toml", 'level = "standard"\n']], "For one run: --level standard.") : null,
    switchOff(rule),
  ].filter(Boolean);
}
