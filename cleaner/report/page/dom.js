"use strict";

// Everything that is shown goes through `build`: strings become text nodes, never markup.

function build(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "width") node.style.setProperty("width", value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

const find = (selector, from = document) => from.querySelector(selector);
const findAll = (selector, from = document) => [...from.querySelectorAll(selector)];

function say(text) {
  find("#said").textContent = text;
}

const NUMBER = new Intl.NumberFormat("en");
const number = (value) => NUMBER.format(value);
const count = (value, one, many = `${one}s`) => `${number(value)} ${value === 1 ? one : many}`;

function percent(part, whole) {
  if (!whole || !part) return "0\u00a0%";
  const share = (100 * part) / whole;
  return share < 0.1 ? "<\u00a00.1\u00a0%" : `${share < 10 ? share.toFixed(1) : Math.round(share)}\u00a0%`;
}

// A name from outside: isolated, so that its direction does not turn the words around it.
const name = (text) => build("bdi", { class: "name" }, text === "" ? "\u2014" : showHidden(text));

// A text with what was sought in it marked.
function markFound(text, sought) {
  const at = sought ? text.toLowerCase().indexOf(sought) : -1;
  if (at < 0) return showHidden(text);
  const end = at + sought.length;
  return [showHidden(text.slice(0, at)), build("mark", null, showHidden(text.slice(at, end))), showHidden(text.slice(end))];
}

const GLYPHS = { " ": "\u00b7", "\n": "\u21b5", "\t": "\u2192", "\r": "\u240d", "\u00a0": "\u237d" };
// Letters that nobody sees, and those that turn the direction of what follows.
const HIDDEN_RE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

function showHidden(text) {
  return text.replace(HIDDEN_RE, (letter) => {
    const code = letter.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
    return `\u2039${code}\u203a`;
  });
}

// A change of spaces alone would be invisible.
function showSpaces(text) {
  return showHidden([...text].map((letter) => GLYPHS[letter] || letter).join(""));
}

function shorten(text, length) {
  const letters = [...text.slice(0, 2 * length + 2)];
  return letters.length > length ? `${letters.slice(0, length).join("")}\u2026` : text;
}

function bar(value, largest, family) {
  const share = largest ? Math.max(value ? 1.5 : 0, (100 * value) / largest) : 0;
  return build("span", { class: "bar-track", "aria-hidden": "true" },
    build("span", { class: `bar-fill f-${family}`, width: `${share}%` }));
}

function table(caption, heads, rows, attributes) {
  return build("table", attributes,
    build("caption", { class: "unseen" }, caption),
    build("thead", null, build("tr", null, heads.map((head) =>
      build("th", { scope: "col", class: head.startsWith("#") ? "n" : null }, head.replace("#", ""))))),
    build("tbody", null, rows));
}

function copyable(text, label, file) {
  const block = build("pre", { class: "source", tabindex: "0", role: "group", "aria-label": label, "data-file": file }, text);
  const button = build("button", { type: "button", class: "copy", "aria-label": `Copy for ${file}`, onclick: () => copy(block, button) }, "Copy");
  return build("div", { class: "copyable" }, block, button);
}

async function copy(block, button) {
  try {
    await navigator.clipboard.writeText(block.textContent);
    button.textContent = "Copied";
    say("Copied");
  } catch {
    getSelection().selectAllChildren(block);
    button.textContent = "Selected: press Ctrl+C";
  }
}
