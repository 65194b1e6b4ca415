// A pane that is an HTML document of its own: the report, the slides, the mail, Word's outline.

import { nearest, place } from "./places.js";
import { patch } from "./patch.js";

/** @typedef {import("./types.js").Finding} Finding */
/** @typedef {import("./types.js").PaneState} PaneState */

const MARKS = `
html { overflow-anchor: none }
[data-src] { cursor: pointer }
[data-picked] { outline: 2px solid var(--desk-pick, #AE4413) !important; outline-offset: 4px }
[data-finding] { box-shadow: -6px 0 0 -2px var(--desk-warning, #C77E1F) }
[data-finding=error] { box-shadow: -6px 0 0 -2px var(--desk-error, #A2262B) }
`;

export class Frame {
  /**
   * @param {string} name
   * @param {HTMLElement} body
   * @param {{pick: (source: string, open: boolean) => void, key: (event: KeyboardEvent) => void,
   *   title: string}} desk
   */
  constructor(name, body, desk) {
    this.name = name;
    this.desk = desk;
    this.version = 0;
    this.factor = 1;
    this.small = false;
    this.chosen = "";
    /** @type {Document|null} */ this.before = null;
    /** @type {Finding[]} */ this.findings = [];
    this.frame = document.createElement("iframe");
    this.frame.title = desk.title;
    body.append(this.frame);
    this.busy = Promise.resolve();
    new ResizeObserver(() => this.fit()).observe(this.frame);
  }

  /** The document that is shown. */
  get shown() {
    return this.frame.contentDocument;
  }

  /** Everything in it that says where it comes from, in reading order. @returns {[string, Element][]} */
  get sources() {
    const found = this.shown?.querySelectorAll("[data-src]") ?? [];
    return [...found].map((element) => [element.getAttribute("data-src") ?? "", element]);
  }

  /** @param {PaneState} state @param {Finding[]} findings */
  update(state, findings) {
    this.busy = this.busy.then(async () => {
      this.findings = findings;
      if (state.version && state.version !== this.version) {
        if (this.before) await this.renew();
        else await this.load();
      }
      this.mark();
    }).catch((fault) => console.error(fault));
    return this.busy;
  }

  async fetched() {
    const answer = await fetch(`/pane/${this.name}`);
    if (!answer.ok) throw new Error(`${this.name}: ${answer.status}`);
    this.version = Number(answer.headers.get("x-version"));
    return answer.text();
  }

  /** Show the document for the first time. */
  async load() {
    const text = await this.fetched();
    await new Promise((done) => {
      this.frame.addEventListener("load", done, { once: true });
      this.frame.src = `/pane/${this.name}`;
    });
    this.before = new DOMParser().parseFromString(text, "text/html");
    const shown = this.shown;
    if (!shown) return;
    const style = shown.createElement("style");
    style.setAttribute("data-desk", "");
    style.textContent = MARKS;
    shown.head.append(style);
    shown.addEventListener("click", (event) => this.clicked(event));
    shown.addEventListener("dblclick", (event) => this.clicked(event, true));
    shown.addEventListener("keydown", (event) => this.desk.key(event));
    this.light(this.chosen);
    this.zoom(this.factor);
    this.fit();
  }

  /** Bring it up to date; what the reader looks at stays where it is. */
  async renew() {
    const text = await this.fetched();
    const after = new DOMParser().parseFromString(text, "text/html");
    const shown = this.shown;
    if (!shown || !this.before) return;
    const held = this.held(shown);
    patch(shown.head, this.before.head, after.head);
    patch(shown.body, this.before.body, after.body);
    this.before = after;
    if (held && held.element.isConnected) {
      shown.defaultView?.scrollBy(0, held.element.getBoundingClientRect().top - held.top);
    }
    // The page's own script looks again at its notes when its main part has another size.
    const main = shown.querySelector("main");
    if (main) main.style.paddingBottom = main.style.paddingBottom ? "" : "0.02px";
  }

  /** Find the first block that is in sight. @param {Document} shown */
  held(shown) {
    for (const [, element] of this.sources) {
      const box = element.getBoundingClientRect();
      if (box.bottom > 0 && box.height < 2000) return { element, top: box.top };
    }
    return null;
  }

  /** @param {MouseEvent} event @param {boolean} [open] */
  clicked(event, open = false) {
    const target = /** @type {Element} */ (event.target);
    const link = target.closest("a[href]");
    if (link) {
      const address = link.getAttribute("href") ?? "";
      if (address.startsWith("#")) {
        event.preventDefault();
        this.anchor(decodeURIComponent(address.slice(1)));
        return;
      }
      event.preventDefault();
      window.open(address, "_blank", "noopener");
      return;
    }
    if (target.closest("button, summary, input")) return;
    const block = target.closest("[data-src]:not([data-src=''])");
    if (!block) return;
    this.pick(block);
    this.desk.pick(block.getAttribute("data-src") ?? "", open);
  }

  /** @param {Element} block */
  pick(block) {
    for (const old of this.shown?.querySelectorAll("[data-picked]") ?? []) old.removeAttribute("data-picked");
    block.setAttribute("data-picked", "");
  }

  /** @param {import("./types.js").Place} wanted */
  show(wanted) {
    // A note stands far from the line that it belongs to: its paragraph is what is meant.
    const text = this.sources.filter(([, element]) => !element.closest(".notes, [id^=fn-], [role=doc-endnotes]"));
    const block = nearest(text, wanted);
    if (!block) return false;
    this.pick(block);
    block.scrollIntoView({ block: "center" });
    return true;
  }

  /** Go to the next block, or the one before. @param {number} step */
  move(step) {
    const all = this.sources.filter(([source]) => place(source));
    const here = all.findIndex(([, element]) => element.hasAttribute("data-picked"));
    const begin = here < 0 ? all.findIndex(([, e]) => e.getBoundingClientRect().bottom > 0) - step : here;
    const next = all[Math.min(Math.max(begin + step, 0), all.length - 1)];
    if (!next) return "";
    this.pick(next[1]);
    next[1].scrollIntoView({ block: "nearest" });
    return next[0];
  }

  /** @param {string} name */
  anchor(name) {
    const target = this.shown?.getElementById(name)
      ?? this.shown?.querySelector(`[aria-labelledby="${CSS.escape(name)}-title"]`);
    target?.scrollIntoView({ block: "start" });
    return Boolean(target);
  }

  /** @param {number} factor */
  zoom(factor) {
    this.factor = factor;
    const root = this.shown?.documentElement;
    if (!root) return;
    if (this.name === "slides") this.fit();
    else root.style.setProperty("zoom", String(factor));
  }

  /** Slides are as wide as their pane. */
  fit() {
    const root = this.shown?.documentElement;
    if (!root) return;
    root.toggleAttribute("data-small", this.small);
    root.style.setProperty("--scale", String(this.frame.clientWidth));
    root.style.setProperty("--zoom", String(this.factor));
  }

  /** @param {string} chosen "light", "dark" or "" */
  light(chosen) {
    this.chosen = chosen;
    const root = this.shown?.documentElement;
    if (!root || this.name === "mail") return;
    if (chosen) root.dataset.light = chosen;
    else delete root.dataset.light;
  }

  /** Mark the blocks that findings are about. */
  mark() {
    for (const old of this.shown?.querySelectorAll("[data-finding]") ?? []) {
      old.removeAttribute("data-finding");
      if (old.hasAttribute("data-desk-title")) { old.removeAttribute("title"); old.removeAttribute("data-desk-title"); }
    }
    if (!this.findings.length) return;
    const sources = this.sources;
    for (const finding of this.findings) {
      const block = finding.line ? nearest(sources, finding) : null;
      if (!block) continue;
      if (block.getAttribute("data-finding") !== "error") block.setAttribute("data-finding", finding.severity);
      if (!block.hasAttribute("title")) { block.setAttribute("title", `${finding.code}: ${finding.message}`); block.setAttribute("data-desk-title", ""); }
    }
  }
}
