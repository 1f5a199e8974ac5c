// "Looks wrong": what to write, and where, so that the next run leaves the text alone.

// A TOML string: JSON's escapes are TOML's, but for half characters and DEL.
function toml(text) {
  const whole = text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");
  return JSON.stringify(whole).replace(/\u007f/g, "\\u007f");
}

function option(title, where, text, note) {
  return build("details", { class: "option" }, build("summary", null, title),
    build("p", null, where), copyable(text, title), note ? build("p", { class: "muted" }, note) : null);
}

function keepSpan(edit, body) {
  return option("Keep this text", ["In a decisions file, which ", build("code", null, "cleaner.toml"), " names by ", build("code", null, 'decisions = "decisions.toml"'), ":"],
    `[[keep]]\ndocument = "${body.sha256}"\nstart = ${edit.start}\nend = ${edit.end}\nrule = ${toml(edit.causes[0].rule)}\ntext = ${toml(shorten(edit.old.trim(), 80))}\nwhy = "It is part of the article."\n`,
    "Only these characters of this document stay; the rule goes on elsewhere.");
}

function switchOff(rule) {
  return option(`Switch ${rule} off`, ["In ", build("code", null, "cleaner.toml"), ":"], `disable = [${toml(rule)}]\n`,
    `Or for one run: --disable ${rule}. A pattern such as ${categoryOf(rule)}.* switches a whole category off.`);
}

function switchOffHere(rule, id) {
  const folder = id.includes("/") ? `${id.slice(0, id.lastIndexOf("/"))}/*` : id;
  return option("Switch it off in some documents", ["In ", build("code", null, "cleaner.toml"), ":"],
    `[per-file-ignores]\n${toml(folder)} = [${toml(rule)}]\n`, "The left side is a pattern of document ids.");
}

function addMiss(rule, text) {
  const known = RULES.get(rule);
  if (!known || !known.pack) return null;
  const line = text.trim().split("\n")[0];
  return option("Teach the rule to leave it: add a miss", [`The rule begins at line ${known.line} of the pack ${known.pack}. Add this text to its list `, build("code", null, "misses"), ":"],
    `misses = [${toml(shorten(line, 300))}]\n`,
    "Then narrow the rule until `cleaner rules test` holds. Where the pack came with the program: switch the rule off and put a narrower one, with an id of its own, into a pack of yours.");
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

function enableHint(edit) {
  const rule = edit.causes[0].rule;
  return [
    build("h3", null, "Should it act?"),
    option(`Let ${rule} act`, ["In ", build("code", null, "cleaner.toml"), ":"], `enable = [${toml(rule)}]\n`, `Or for one run: --enable ${rule}.`),
    switchOff(rule),
  ];
}
