// The list of findings, by file.

import { brief } from "./places.js";

/** @typedef {import("./types.js").Finding} Finding */
/** @typedef {import("./types.js").State} State */

const WORDS = { error: ["error", "errors"], warning: ["warning", "warnings"], note: ["note", "notes"] };

/** Count findings in words: "2 errors, 1 warning". @param {Finding[]} findings */
export function counted(findings) {
  const parts = Object.entries(WORDS).flatMap(([severity, [one, many]]) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count ? [`${count} ${count === 1 ? one : many}`] : [];
  });
  return parts.join(", ") || "no findings";
}

export class Findings {
  /** @param {HTMLElement} body @param {{pick: (source: string, open: boolean) => void}} desk */
  constructor(body, desk) {
    this.desk = desk;
    this.list = document.createElement("div");
    this.list.className = "findings";
    this.list.tabIndex = 0;
    this.list.setAttribute("role", "group");
    this.list.setAttribute("aria-label", "Findings by file");
    body.append(this.list);
    this.told = "";
    this.list.addEventListener("click", (event) => {
      const button = /** @type {Element} */ (event.target).closest("button[data-source]");
      if (button) this.desk.pick(button.getAttribute("data-source") ?? "", false);
    });
    this.list.addEventListener("dblclick", (event) => {
      const button = /** @type {Element} */ (event.target).closest("button[data-source]");
      if (button) this.desk.pick(button.getAttribute("data-source") ?? "", true);
    });
  }

  /** @param {State} state */
  fill(state) {
    const told = JSON.stringify([state.findings, state.more_findings, state.fault]);
    if (told === this.told) return;
    this.told = told;
    const focused = document.activeElement?.getAttribute("data-key");
    this.list.replaceChildren(...this.parts(state));
    if (focused) /** @type {HTMLElement|null} */ (this.list.querySelector(`[data-key="${CSS.escape(focused)}"]`))?.focus();
  }

  /** @param {State} state @returns {HTMLElement[]} */
  parts(state) {
    const parts = [];
    if (state.fault) parts.push(made("p", "fault", `The builder itself failed: ${state.fault}`));
    if (!state.findings.length && !state.fault) parts.push(made("p", "none", "No findings. Nothing keeps the briefing from being built."));
    /** @type {Map<string, Finding[]>} */ const files = new Map();
    const weight = { error: 0, warning: 1, note: 2 };
    const sorted = [...state.findings].sort((a, b) => weight[a.severity] - weight[b.severity]);
    for (const finding of sorted) files.set(finding.file, [...(files.get(finding.file) ?? []), finding]);
    for (const [file, findings] of files) {
      parts.push(made("h3", "", file ? brief(file) : "the briefing"));
      const list = document.createElement("ul");
      list.setAttribute("role", "list");
      list.append(...findings.map((finding) => this.item(finding)));
      parts.push(list);
    }
    if (state.more_findings) parts.push(made("p", "none", `and ${state.more_findings} more`));
    return parts;
  }

  /** @param {Finding} finding */
  item(finding) {
    const item = document.createElement("li");
    item.className = finding.severity;
    const source = finding.file ? `${finding.file}:${finding.line || 1}` : "";
    const head = document.createElement("p");
    if (source) {
      const button = made("button", "at", brief(source));
      button.setAttribute("type", "button");
      button.dataset.source = source;
      button.dataset.key = `${source} ${finding.code} ${finding.column}`;
      button.title = `${source}: show it in the panes; twice: open it`;
      head.append(button, " ");
    }
    head.append(made("span", "severity", finding.severity), " ", made("code", "", finding.code));
    item.append(head, made("p", "message", finding.message));
    if (finding.hint) item.append(made("p", "hint", finding.hint));
    return item;
  }
}

/** @param {string} name @param {string} kind @param {string} words */
function made(name, kind, words) {
  const element = document.createElement(name);
  if (kind) element.className = kind;
  element.textContent = words;
  return element;
}
