// The rail: contents of the briefing, thumbnails of pages and slides.

import { Frame } from "./frame.js";
import { place } from "./places.js";

/** @typedef {import("./types.js").State} State */
/** @typedef {import("./types.js").Entry} Entry */

export class Rail {
  /** @param {{go: (anchor: string, source: string) => void, leaf: (pane: string, name: string) => void}} desk */
  constructor(desk) {
    this.desk = desk;
    this.contents = /** @type {HTMLElement} */ (document.getElementById("contents"));
    this.thumbnails = /** @type {HTMLElement} */ (document.getElementById("thumbnails"));
    this.told = "";
    this.pane = "";
    /** @type {Frame|null} */ this.frame = null;
    this.contents.addEventListener("click", (event) => {
      const button = /** @type {HTMLElement|null} */ (/** @type {Element} */ (event.target).closest("button"));
      if (button) this.desk.go(button.dataset.anchor ?? "", button.dataset.source ?? "");
    });
    this.thumbnails.addEventListener("click", (event) => {
      const button = /** @type {HTMLElement|null} */ (/** @type {Element} */ (event.target).closest("button"));
      if (button) this.desk.leaf(this.pane, button.dataset.leaf ?? "");
    });
  }

  /** @param {State} state */
  fill(state) {
    const told = JSON.stringify([state.contents, state.findings.map((f) => [f.file, f.line, f.severity])]);
    if (told === this.told) return;
    this.told = told;
    const list = this.entries(state.contents, state);
    this.contents.replaceChildren(list);
  }

  /** @param {Entry[]} entries @param {State} state */
  entries(entries, state) {
    const list = document.createElement("ol");
    list.setAttribute("role", "list");
    for (const entry of entries) {
      const item = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.dataset.anchor = entry.anchor;
      button.dataset.source = entry.source;
      const number = document.createElement("span");
      number.className = "n";
      number.textContent = entry.number;
      const words = document.createElement("span");
      words.className = "x";
      words.textContent = entry.title;
      button.append(number, words);
      const file = place(entry.source)?.file;
      const found = entry.parts && file ? state.findings.filter((f) => f.file === file) : [];
      if (found.length) {
        const worst = found.some((f) => f.severity === "error") ? "error" : found.some((f) => f.severity === "warning") ? "warning" : "note";
        const count = document.createElement("span");
        count.className = `count ${worst}`;
        count.textContent = String(found.length);
        count.title = `${found.length} findings in ${file}`;
        button.append(count);
      }
      item.append(button);
      if (entry.parts.length) item.append(this.parts(entry.parts));
      list.append(item);
    }
    return list;
  }

  /** @param {Entry[]} entries */
  parts(entries) {
    const list = document.createElement("ol");
    list.setAttribute("role", "list");
    for (const entry of entries) {
      const item = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.dataset.anchor = entry.anchor;
      button.dataset.source = entry.source;
      button.textContent = entry.title;
      item.append(button);
      list.append(item);
    }
    return list;
  }

  /**
   * Show small pictures of a pane's pages or slides.
   * @param {string} pane
   * @param {State} state
   * @param {import("./types.js").Sheet[]} pages
   */
  leaves(pane, state, pages) {
    if (this.thumbnails.hidden) return;
    if (pane !== this.pane) {
      this.pane = pane;
      this.frame = null;
      this.thumbnails.replaceChildren();
    }
    if (pane === "slides") {
      if (!this.frame) {
        this.frame = new Frame("slides", this.thumbnails, {
          title: "Thumbnails of the slides",
          key: () => undefined,
          pick: () => undefined,
        });
        this.frame.small = true;
        this.frame.clicked = (event) => {
          const slide = /** @type {Element} */ (event.target).closest("[id^=slide-]");
          event.preventDefault();
          if (slide) this.desk.leaf("slides", slide.id);
        };
      }
      this.frame.update(state.panes.slides, []);
      return;
    }
    const items = pages.map((page, index) => {
      const old = /** @type {HTMLElement|undefined} */ (this.thumbnails.children[index]);
      if (old && old.dataset.sheet === page.id) return old;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "leaf";
      button.dataset.leaf = String(index + 1);
      button.dataset.sheet = page.id;
      const image = document.createElement("img");
      image.alt = `Page ${index + 1}`;
      image.loading = "lazy";
      image.width = 120;
      image.height = Math.round((120 * page.height) / page.width);
      image.src = `/sheet/${page.pdf}/${page.page}?width=240`;
      const folio = document.createElement("span");
      folio.textContent = String(index + 1);
      folio.setAttribute("aria-hidden", "true");
      button.append(image, folio);
      return button;
    });
    if (!items.length) {
      const words = document.createElement("p");
      words.textContent = "The report as PDF, the Word document and the slides have thumbnails. Choose one of those panes.";
      items.push(/** @type {any} */ (words));
    }
    if (items.some((item, index) => this.thumbnails.children[index] !== item) || this.thumbnails.children.length !== items.length) {
      this.thumbnails.replaceChildren(...items);
    }
  }
}
