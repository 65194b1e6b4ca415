// A pane that is pages: pictures of the PDF, or of the Word document, drawn by the server.

import { brief, nearest } from "./places.js";

/** @typedef {import("./types.js").Sheet} Sheet */
/** @typedef {import("./types.js").Finding} Finding */

/** Pixels; a page that is wider can no longer be seen as one. */
const WIDEST = 920;

export class Sheets {
  /**
   * @param {string} name
   * @param {HTMLElement} body
   * @param {{pick: (source: string, open: boolean) => void, title: string}} desk
   */
  constructor(name, body, desk) {
    this.name = name;
    this.desk = desk;
    this.version = 0;
    this.factor = 1;
    /** @type {Sheet[]} */ this.pages = [];
    /** @type {Finding[]} */ this.findings = [];
    this.picked = "";
    this.list = document.createElement("ol");
    this.list.className = "pages";
    this.list.setAttribute("aria-label", desk.title);
    this.list.tabIndex = 0;
    body.append(this.list);
    this.busy = Promise.resolve();
    this.list.addEventListener("click", (event) => this.clicked(event));
    this.list.addEventListener("dblclick", (event) => this.clicked(event, true));
    let last = 0;
    new ResizeObserver(() => {
      if (this.list.clientWidth === last) return;
      last = this.list.clientWidth;
      this.draw();
    }).observe(this.list);
  }

  /** @param {import("./types.js").PaneState} state @param {Finding[]} findings */
  update(state, findings) {
    this.busy = this.busy.then(async () => {
      this.findings = findings;
      if (state.version && state.version !== this.version) {
        const told = await (await fetch(`/sheets/${this.name}`)).json();
        this.version = told.version;
        this.pages = told.sheets;
        await this.draw();
      }
      this.mark();
    }).catch((fault) => console.error(fault));
    return this.busy;
  }

  /** The width of a page on the screen: that of the pane, unless the pane has room for several. */
  get width() {
    return Math.max(Math.round(Math.min(this.list.clientWidth - 32, WIDEST) * this.factor), 60);
  }

  /** Show the pages; a picture is changed when the new one is there. Resolves when those in sight are. */
  async draw() {
    const items = [...this.list.children];
    const pixels = Math.ceil(this.width * (window.devicePixelRatio || 1));
    /** @type {Promise<void>[]} */ const seen = [];
    this.pages.forEach((page, index) => {
      let item = /** @type {HTMLElement} */ (items[index]);
      if (!item) {
        item = document.createElement("li");
        item.className = "page";
        item.innerHTML = '<div class="paper"><img alt=""><div class="spots" aria-hidden="true"></div></div><p class="folio"></p>';
        this.list.append(item);
      }
      const paper = /** @type {HTMLElement} */ (item.firstElementChild);
      paper.style.width = `${this.width * Math.min(page.width / this.widest, 1)}px`;
      paper.style.aspectRatio = `${page.width} / ${page.height}`;
      const first = page.spots.find((spot) => spot.source);
      /** @type {HTMLElement} */ (item.lastElementChild).textContent = `${index + 1}`;
      const image = /** @type {HTMLImageElement} */ (paper.firstElementChild);
      image.alt = `Page ${index + 1} of ${this.pages.length}${first ? `, ${brief(first.source)}` : ""}`;
      const source = `/sheet/${page.pdf}/${page.page}?width=${pixels}`;
      if (item.dataset.source !== source) seen.push(this.swap(item, image, source));
      item.dataset.sheet = page.id;
    });
    items.slice(this.pages.length).forEach((item) => item.remove());
    await Promise.all(seen);
  }

  get widest() {
    return Math.max(...this.pages.map((page) => Math.min(page.width, page.height)), 1);
  }

  /** @param {HTMLElement} item @param {HTMLImageElement} image @param {string} source */
  async swap(item, image, source) {
    item.dataset.source = source;
    const box = item.getBoundingClientRect(), frame = this.list.getBoundingClientRect();
    const near = box.bottom > frame.top - frame.height && box.top < frame.bottom + frame.height;
    if (!near) {
      // Pictures out of sight come when they are scrolled to.
      image.loading = "lazy";
      image.src = source;
      return;
    }
    const fresh = new Image();
    fresh.src = source;
    try {
      await fresh.decode();
    } catch {
      return; // it was replaced by a newer one meanwhile
    }
    if (item.dataset.source !== source) return;
    image.loading = "eager";
    image.src = source;
    await image.decode().catch(() => undefined);
  }

  /** @param {MouseEvent} event @param {boolean} [open] */
  clicked(event, open = false) {
    const paper = /** @type {Element} */ (event.target).closest(".paper");
    if (!paper) return;
    const index = [...this.list.children].indexOf(/** @type {Element} */ (paper.parentElement));
    const box = paper.getBoundingClientRect();
    const x = (event.clientX - box.left) / box.width, y = (event.clientY - box.top) / box.height;
    // The smallest that is hit: spots come by size, the largest first.
    const spot = [...(this.pages[index]?.spots ?? [])].reverse().find(
      (s) => x >= s.x && x <= s.x + s.width && y >= s.y && y <= s.y + s.height);
    if (!spot) return;
    this.picked = spot.source;
    this.mark();
    this.desk.pick(spot.source, open);
  }

  /** Sources with the pages that they stand on, in reading order. @returns {[string, [number, import("./types.js").Spot]][]} */
  get sources() {
    return this.pages.flatMap((page, index) => [...page.spots]
      .sort((a, b) => a.y - b.y || b.height - a.height)
      .map((spot) => /** @type {[string, [number, import("./types.js").Spot]]} */ ([spot.source, [index, spot]])));
  }

  /** @param {import("./types.js").Place} wanted */
  show(wanted) {
    const found = nearest(this.sources, wanted);
    if (!found) return false;
    const [index, spot] = found;
    this.picked = spot.source;
    this.mark();
    this.scroll(index, spot.y, "center");
    return true;
  }

  /** @param {number} step */
  move(step) {
    const all = this.sources;
    const here = all.findIndex(([source]) => source === this.picked);
    let next = here + step;
    while (all[next] && all[next][0] === this.picked) next += step;
    const found = all[Math.min(Math.max(next, 0), all.length - 1)];
    if (!found) return "";
    this.picked = found[0];
    this.mark();
    this.scroll(found[1][0], found[1][1].y, "nearest");
    return found[0];
  }

  /** @param {number} index @param {number} y @param {"center"|"nearest"|"start"} how */
  scroll(index, y, how) {
    const paper = this.list.children[index]?.querySelector(".paper");
    if (!paper) return;
    const box = paper.getBoundingClientRect(), frame = this.list.getBoundingClientRect();
    const top = box.top + y * box.height - frame.top;
    if (how === "nearest" && top > 20 && top < frame.height - 80) return;
    this.list.scrollBy(0, top - (how === "start" ? 0 : frame.height / 3));
  }

  /** @param {string} name a page's number */
  anchor(name) {
    const index = Number(name) - 1;
    if (!this.pages[index]) return false;
    this.scroll(index, 0, "start");
    return true;
  }

  /** @param {number} factor */
  zoom(factor) {
    this.factor = factor;
    this.draw();
  }

  light() {}

  /** Show what is picked, and where findings are. */
  mark() {
    /** @type {Map<number, string[]>} */ const marks = new Map();
    const add = (/** @type {number} */ index, /** @type {import("./types.js").Spot} */ spot, /** @type {string} */ kind, /** @type {string} */ title) => {
      const span = document.createElement("span");
      span.className = kind;
      span.title = title;
      span.style.cssText = `left:${spot.x * 100}%;top:${spot.y * 100}%;width:${spot.width * 100}%;height:${spot.height * 100}%`;
      marks.set(index, [...(marks.get(index) ?? []), span.outerHTML]);
    };
    for (const [source, [index, spot]] of this.sources) {
      if (source === this.picked) add(index, spot, "picked", brief(source));
    }
    for (const finding of this.findings) {
      const found = finding.line ? nearest(this.sources, finding) : null;
      if (found) add(found[0], found[1], `finding ${finding.severity}`, `${finding.code}: ${finding.message}`);
    }
    [...this.list.children].forEach((item, index) => {
      const spots = item.querySelector(".spots");
      const html = (marks.get(index) ?? []).join("");
      if (spots && spots.innerHTML !== html) spots.innerHTML = html;
    });
  }
}
