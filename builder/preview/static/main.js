// The desk: panes side by side, and what is done with them.

import { Findings, counted } from "./findings.js";
import { Frame } from "./frame.js";
import { actOf, explain } from "./keys.js";
import { brief, fileOf, place } from "./places.js";
import { Rail } from "./rail.js";
import { Server, download, openLine } from "./server.js";
import { Sheets } from "./sheets.js";

/** @typedef {import("./types.js").State} State */

const PANES = /** @type {const} */ ([
  ["report", "Report"], ["pdf", "PDF"], ["slides", "Slides"], ["word", "Word"], ["mail", "E-mail"],
  ["findings", "Findings"],
]);
/** @type {Record<string, string>} */
const TITLES = Object.fromEntries(PANES);
const OUTPUTS = [
  ["pdf", "Report, PDF"], ["docx", "Word document"], ["pptx", "PowerPoint deck"],
  ["html", "Web page, HTML"], ["slides-pdf", "Slides, PDF"], ["handout", "Handout, PDF"],
  ["print", "Report for the printer, PDF"], ["mail", "E-mail, draft"],
];
/** @type {Record<string, string>} */
const BADGES = {
  fresh: "fresh", draft: "draft layout", working: "updating…", stale: "stale", waiting: "outdated",
  empty: "nothing yet",
};
const NARROW = matchMedia("(max-width: 47.99rem)");
const NIGHT = matchMedia("(prefers-color-scheme: dark)");

/** @param {string} name */
const by = (name) => /** @type {HTMLElement} */ (document.getElementById(name));
const ROOT = document.documentElement;

class Desk {
  constructor() {
    /** @type {State|null} */ this.state = null;
    /** @type {Map<string, {section: HTMLElement, view: any, look: string}>} */ this.shown = new Map();
    this.kept = this.remembered();
    /** @type {string[]} */ this.open = this.kept.open ?? this.usual();
    this.chosen = this.open[0];
    this.factor = this.kept.factor ?? 1;
    this.source = "";
    this.place = "";
    this.look = "";
    this.rail = new Rail({
      go: (anchor, source) => this.go(anchor, source),
      leaf: (pane, name) => this.shown.get(pane)?.view.anchor(name),
    });
    this.server = new Server({ told: (state) => this.told(state), lost: () => this.lost() });
    this.build();
    this.arrange();
    this.light(this.kept.light ?? "");
    this.zoom(this.factor);
  }

  usual() {
    if (innerWidth < 768) return ["report"];
    if (innerWidth < 1700) return ["report", "slides"];
    return innerWidth < 2300 ? ["report", "pdf", "slides"] : ["report", "pdf", "slides", "mail", "findings"];
  }

  remembered() {
    try { return JSON.parse(localStorage.getItem("briefing-desk") ?? "{}"); } catch { return {}; }
  }

  /** @param {Record<string, unknown>} values */
  remember(values) {
    this.kept = { ...this.kept, ...values };
    try { localStorage.setItem("briefing-desk", JSON.stringify(this.kept)); } catch { /* for this visit only */ }
  }

  // ---------------------------------------------------------------- what stands still

  build() {
    for (const [index, [name, title]] of PANES.entries()) {
      const button = document.createElement("button");
      button.type = "button";
      button.dataset.pane = name;
      button.title = `${title} (${index + 1})`;
      button.innerHTML = `<span class="dot" aria-hidden="true"></span><span class="words"></span><span class="count"></span>`;
      /** @type {HTMLElement} */ (button.querySelector(".words")).textContent = title;
      button.addEventListener("click", () => this.toggle(name));
      by("choice").append(button);
    }
    for (const [format, words] of OUTPUTS) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = words;
      button.addEventListener("click", () => this.download(format, words));
      by("downloads").append(button);
    }
    explain(by("keys"));
    document.addEventListener("click", (event) => {
      const button = /** @type {HTMLElement|null} */ (/** @type {Element} */ (event.target).closest("[data-do]"));
      if (button) this.act(button.dataset.do ?? "");
      else if (!(/** @type {Element} */ (event.target).closest(".menu"))) this.menu(false);
    });
    document.addEventListener("keydown", (event) => this.key(event));
    by("goto").addEventListener("submit", (event) => { event.preventDefault(); this.goto(); });
    by("zoom").addEventListener("click", () => this.act("natural"));
    for (const name of ["opens", "follow", "single"]) {
      const box = /** @type {HTMLInputElement} */ (by(name));
      box.checked = this.kept[name] ?? box.checked;
      box.addEventListener("change", () => this.remember({ [name]: box.checked }));
    }
    NARROW.addEventListener("change", () => this.arrange());
    NIGHT.addEventListener("change", () => this.light(this.kept.light ?? ""));
    this.railed(this.kept.rail ?? innerWidth >= 1100);
    document.body.classList.add("ready");
  }

  /** @param {string} name */
  ticked(name) {
    return /** @type {HTMLInputElement} */ (by(name)).checked;
  }

  // ---------------------------------------------------------------- panes

  /** @param {string} name */
  toggle(name) {
    if (NARROW.matches) this.open = [name];
    else if (this.open.includes(name)) this.open = this.open.length > 1 ? this.open.filter((n) => n !== name) : this.open;
    else this.open = PANES.map(([n]) => n).filter((n) => n === name || this.open.includes(n));
    this.chosen = this.open.includes(name) ? name : this.open[0];
    if (!NARROW.matches) this.remember({ open: this.open });
    this.arrange();
  }

  arrange() {
    const open = NARROW.matches ? [this.chosen] : this.open;
    for (const [name] of PANES) {
      const shown = this.shown.get(name);
      if (open.includes(name) && !shown) this.shown.set(name, this.made(name));
      const section = this.shown.get(name)?.section;
      if (section) section.hidden = !open.includes(name);
      const button = by("choice").querySelector(`[data-pane=${name}]`);
      button?.setAttribute("aria-pressed", String(open.includes(name)));
    }
    by("panes").dataset.count = String(open.length);
    this.server.listen(open.filter((name) => name !== "findings"));
    this.choose(this.chosen);
    if (this.state) this.told(this.state);
  }

  /** @param {string} name */
  made(name) {
    const template = /** @type {HTMLTemplateElement} */ (by("pane"));
    const copy = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
    const section = /** @type {HTMLElement} */ (copy.firstElementChild);
    section.dataset.name = name;
    const title = /** @type {HTMLElement} */ (section.querySelector("h2"));
    title.textContent = TITLES[name];
    title.id = `title-${name}`;
    section.setAttribute("aria-labelledby", title.id);
    const close = /** @type {HTMLElement} */ (section.querySelector(".close"));
    close.setAttribute("aria-label", `Close ${TITLES[name]}`);
    close.addEventListener("click", () => this.toggle(name));
    section.addEventListener("focusin", () => this.choose(name));
    section.addEventListener("pointerdown", () => this.choose(name));
    const after = [...by("panes").children].find(
      (other) => this.rank(/** @type {HTMLElement} */ (other).dataset.name) > this.rank(name));
    by("panes").insertBefore(section, after ?? null);
    return { section, view: null, look: "" };
  }

  /** @param {string|undefined} name */
  rank(name) {
    return PANES.findIndex(([other]) => other === name);
  }

  /** Make a pane's view, or another one where it shows pages now instead of text. @param {string} name @param {string} kind */
  view(name, kind) {
    const shown = this.shown.get(name);
    if (!shown) return null;
    if (shown.look === kind) return shown.view;
    const body = /** @type {HTMLElement} */ (shown.section.querySelector(".body"));
    body.replaceChildren();
    const desk = {
      title: TITLES[name],
      pick: (/** @type {string} */ source, /** @type {boolean} */ open) => this.pick(source, name, open),
      key: (/** @type {KeyboardEvent} */ event) => { this.choose(name); this.key(event); },
    };
    if (kind === "findings") shown.view = new Findings(body, desk);
    else if (kind === "sheets") shown.view = new Sheets(name, body, desk);
    else shown.view = new Frame(name, body, desk);
    shown.look = kind;
    shown.view.zoom?.(this.factor);
    shown.view.light?.(this.kept.light ?? "");
    return shown.view;
  }

  /** @param {string} name */
  choose(name) {
    this.chosen = name;
    for (const [other, { section }] of this.shown) section.classList.toggle("chosen", other === name);
    this.leaves();
  }

  leaves() {
    if (!this.state) return;
    const name = ["pdf", "word", "slides"].includes(this.chosen) ? this.chosen
      : this.open.find((other) => ["pdf", "word", "slides"].includes(other)) ?? "";
    const view = this.shown.get(name)?.view;
    this.rail.leaves(name, this.state, view instanceof Sheets ? view.pages : []);
  }

  // ---------------------------------------------------------------- what the server tells

  /** @param {State} state */
  told(state) {
    // Another program answers at this address: what is shown, and the page's own word, were the old one's.
    if (this.state && this.state.run !== state.run) { location.reload(); return; }
    this.state = state;
    document.body.classList.toggle("stale", !state.good);
    this.looks(state);
    const title = state.title || state.project;
    if (by("title").textContent !== title) { by("title").textContent = title; document.title = `${title} · preview`; }
    const words = state.fault ? "the builder failed" : counted(state.findings);
    const status = state.slow || (state.good ? words : `not shown yet: ${words}`);
    if (by("status").textContent !== status) by("status").textContent = status;
    by("status").className = state.fault || state.slow || !state.good ? "bad" : "";
    for (const [name] of PANES) this.button(name, state);
    for (const [name, shown] of this.shown) if (!shown.section.hidden) this.fill(name, state);
    this.rail.fill(state);
    this.files(state);
    if (state.place && state.place !== this.place && this.place !== "" && this.ticked("follow")) {
      const at = place(state.place);
      if (at) setTimeout(() => this.everywhere(at, ""), 120);
    }
    this.place = state.place || this.place || "-";
  }

  /** @param {string} name @param {State} state */
  button(name, state) {
    const button = by("choice").querySelector(`[data-pane=${name}]`);
    if (!button) return;
    const count = /** @type {HTMLElement} */ (button.querySelector(".count"));
    if (name === "findings") {
      count.textContent = state.findings.length ? String(state.findings.length + state.more_findings) : "";
      const worst = state.findings.some((f) => f.severity === "error") ? "error" : state.findings.length ? "warning" : "fresh";
      button.setAttribute("data-state", worst);
      return;
    }
    button.setAttribute("data-state", state.panes[name].state);
  }

  /** @param {string} name @param {State} state */
  async fill(name, state) {
    const shown = this.shown.get(name);
    if (!shown) return;
    if (name === "findings") {
      this.view(name, "findings").fill(state);
      badge(shown.section, "findings", counted(state.findings), "");
      return;
    }
    const pane = state.panes[name];
    if (!pane.version) {
      this.nothing(shown.section, state);
      badge(shown.section, pane.state, BADGES[pane.state], "");
      return;
    }
    shown.section.querySelector(".nothing")?.remove();
    const view = this.view(name, pane.kind);
    const errors = state.findings.filter((finding) => finding.severity === "error");
    const words = pane.state === "stale" ? `stale: ${state.fault ? "the builder failed" : counted(errors)}` : BADGES[pane.state];
    badge(shown.section, pane.state, words, new Date(pane.when * 1000).toLocaleTimeString());
    const before = view.version;
    await view.update(pane, state.findings);
    if (before !== view.version || !shown.section.dataset.painted) {
      requestAnimationFrame(() => requestAnimationFrame(() => {
        shown.section.dataset.paintedAt = String(Date.now());
        shown.section.dataset.painted = String(pane.revision);
      }));
    }
    this.leaves();
  }

  /** Say why there is nothing yet. @param {HTMLElement} section @param {State} state */
  nothing(section, state) {
    const body = /** @type {HTMLElement} */ (section.querySelector(".body"));
    let words = body.querySelector(".nothing");
    if (!words) {
      words = document.createElement("div");
      words.className = "nothing";
      body.append(words);
    }
    const errors = state.findings.filter((finding) => finding.severity === "error");
    const said = state.fault ? `The builder itself failed: ${state.fault}`
      : state.good ? "Being made…" : `Nothing can be shown yet: ${counted(errors)}.`;
    const html = errors.slice(0, 12).map((f) => `<li><button type="button"></button> <span></span><p class="hint"></p></li>`).join("");
    const all = JSON.stringify([said, ...errors.slice(0, 12)]);
    if (words.getAttribute("data-said") === all) return;
    words.setAttribute("data-said", all);
    words.innerHTML = `<p></p><ul role="list">${html}</ul>`;
    /** @type {HTMLElement} */ (words.querySelector("p")).textContent = said;
    words.querySelectorAll("li").forEach((item, index) => {
      const finding = errors[index], source = `${finding.file}:${finding.line || 1}`;
      const button = /** @type {HTMLElement} */ (item.querySelector("button"));
      button.textContent = brief(source);
      button.addEventListener("click", () => this.pick(source, "", false));
      /** @type {HTMLElement} */ (item.querySelector("span")).textContent = finding.message;
      /** @type {HTMLElement} */ (item.querySelector(".hint")).textContent = finding.hint;
    });
  }

  /** Take the theme's colours and fonts, when they are others. @param {State} state */
  looks(state) {
    if (!state.look || state.look === this.look) return;
    this.look = state.look;
    for (const link of document.querySelectorAll("link[data-theme]")) {
      const address = (link.getAttribute("href") ?? "").split("?")[0];
      link.setAttribute("href", `${address}?${state.look}`);
    }
  }

  /** @param {State} state */
  files(state) {
    const files = this.known(state);
    const list = by("files");
    if (list.dataset.told === files.join()) return;
    list.dataset.told = files.join();
    list.replaceChildren(...files.map((file) => {
      const option = document.createElement("option");
      option.value = `${brief(file)}:1`;
      return option;
    }));
  }

  /** @param {State} state */
  known(state) {
    const sources = [...state.contents.map((entry) => entry.source), ...state.findings.map((f) => `${f.file}:1`)];
    return [...new Set(sources.map((source) => place(source)?.file ?? "").filter(Boolean))];
  }

  lost() {
    by("status").textContent = "the preview has ended, or cannot be reached; trying again";
    by("status").className = "bad";
  }

  // ---------------------------------------------------------------- source ↔ pages

  /** Something was clicked. @param {string} source @param {string} from the pane @param {boolean} open */
  pick(source, from, open) {
    if (!source) return;
    this.source = source;
    by("at").textContent = brief(source);
    by("at").title = source;
    /** @type {HTMLButtonElement} */ (by("open")).disabled = false;
    const at = place(source);
    if (at) this.everywhere(at, from);
    if (open || (from && from !== "findings" && this.ticked("opens"))) this.edit();
  }

  /** Show a place in every pane but one. @param {import("./types.js").Place} at @param {string} but */
  everywhere(at, but) {
    let found = false;
    for (const [name, { section, view }] of this.shown) {
      if (!section.hidden && name !== but && view?.show) found = view.show(at) || found;
    }
    return found;
  }

  goto() {
    const input = /** @type {HTMLInputElement} */ (by("source"));
    const typed = place(input.value.includes(":") ? input.value : `${input.value}:1`);
    const file = typed && this.state ? fileOf(typed.file, this.known(this.state)) : undefined;
    if (!typed || !file) {
      this.say(`no file is called ${input.value.split(":")[0] || "so"}`);
      return;
    }
    this.pick(`${file}:${typed.line}`, "", false);
    const pane = this.shown.get(this.chosen)?.section;
    pane?.focus({ preventScroll: true });
    this.say(`${brief(file)}:${typed.line} is shown`);
  }

  async edit() {
    if (!this.source) return;
    try {
      const told = await openLine(this.source);
      const link = /** @type {HTMLAnchorElement} */ (by("code"));
      link.href = told.link;
      link.hidden = Boolean(told.by);
      this.say(told.by ? `opened in ${told.by}` : told.why);
    } catch (fault) {
      this.say(String(fault instanceof Error ? fault.message : fault));
    }
  }

  /** @param {string} anchor @param {string} source */
  go(anchor, source) {
    const at = place(source);
    for (const [, { section, view }] of this.shown) {
      if (section.hidden || !view) continue;
      if (view instanceof Frame && view.anchor(anchor)) continue;
      if (at) view.show?.(at);
    }
    if (source) { this.source = source; by("at").textContent = brief(source); /** @type {HTMLButtonElement} */ (by("open")).disabled = false; }
    if (NARROW.matches) this.railed(false);
  }

  /** @param {number} step */
  finding(step) {
    const found = this.state?.findings.filter((f) => f.file) ?? [];
    if (!found.length) { this.say("no findings"); return; }
    const here = found.findIndex((f) => `${f.file}:${f.line || 1}` === this.source);
    const next = found[(here + step + found.length) % found.length] ?? found[0];
    this.pick(`${next.file}:${next.line || 1}`, "findings", false);
    this.say(`${next.severity} ${next.code}: ${next.message}`);
  }

  // ---------------------------------------------------------------- acts

  /** @param {KeyboardEvent} event */
  key(event) {
    const act = actOf(event, this.ticked("single"));
    if (!act) return;
    if (act === "escape") { this.menu(false); if (NARROW.matches) this.railed(false); return; }
    event.preventDefault();
    this.act(act);
  }

  /** @param {string} act */
  act(act) {
    if (act.startsWith("pane-")) { this.toggle(PANES[Number(act.slice(5)) - 1][0]); return; }
    switch (act) {
      case "before": this.next(-1); break;
      case "after": this.next(1); break;
      case "down": this.step(1); break;
      case "up": this.step(-1); break;
      case "open": this.edit(); break;
      case "goto": by("source").focus(); /** @type {HTMLInputElement} */ (by("source")).select(); break;
      case "contents": this.railed(Boolean(by("rail").hidden)); break;
      case "rail-contents": this.railShows("contents"); break;
      case "rail-thumbnails": this.railed(true); this.railShows("thumbnails"); break;
      case "finding-after": this.finding(1); break;
      case "finding-before": this.finding(-1); break;
      case "larger": this.zoom(this.factor * 1.15); break;
      case "smaller": this.zoom(this.factor / 1.15); break;
      case "natural": this.zoom(1); break;
      case "downloads": this.menu(Boolean(by("downloads").hidden)); break;
      case "follow": by("follow").click(); this.say(this.ticked("follow") ? "edits are followed" : "edits are not followed"); break;
      case "light": this.light(this.isDark ? "light" : "dark"); break;
      case "help": /** @type {HTMLDialogElement} */ (by("help")).showModal(); break;
    }
  }

  /** @param {number} step */
  next(step) {
    const open = this.open;
    const index = (open.indexOf(this.chosen) + step + open.length) % open.length;
    if (NARROW.matches) {
      const all = PANES.map(([name]) => name);
      this.toggle(all[(all.indexOf(/** @type {any} */ (this.chosen)) + step + all.length) % all.length]);
    } else this.choose(open[index]);
    const section = this.shown.get(this.chosen)?.section;
    section?.focus();
    section?.scrollIntoView({ inline: "nearest", block: "nearest" });
  }

  /** @param {number} step */
  step(step) {
    const view = this.shown.get(this.chosen)?.view;
    const source = view?.move?.(step);
    if (source) this.pick(source, this.chosen, false);
  }

  /** @param {boolean} shown */
  railed(shown) {
    by("rail").hidden = !shown;
    document.body.classList.toggle("railed", shown);
    document.querySelector("[data-do=contents]")?.setAttribute("aria-expanded", String(shown));
    if (!NARROW.matches) this.remember({ rail: shown });
    if (shown) this.leaves();
  }

  /** @param {string} which */
  railShows(which) {
    for (const name of ["contents", "thumbnails"]) {
      by(name).hidden = name !== which;
      document.querySelector(`[data-do=rail-${name}]`)?.setAttribute("aria-pressed", String(name === which));
    }
    this.leaves();
  }

  /** @param {number} factor */
  zoom(factor) {
    this.factor = Math.min(Math.max(Math.round(factor * 100) / 100, 0.3), 3);
    if (Math.abs(this.factor - 1) < 0.04) this.factor = 1;
    by("zoom").textContent = `${Math.round(this.factor * 100)} %`;
    for (const { view } of this.shown.values()) view?.zoom?.(this.factor);
    this.remember({ factor: this.factor });
  }

  get isDark() {
    return (this.kept.light || (NIGHT.matches ? "dark" : "light")) === "dark";
  }

  /** @param {string} chosen */
  light(chosen) {
    this.remember({ light: chosen });
    if (chosen) ROOT.dataset.light = chosen;
    else delete ROOT.dataset.light;
    by("light").setAttribute("aria-pressed", String(this.isDark));
    for (const { view } of this.shown.values()) view?.light?.(chosen);
    this.rail.frame?.light(chosen);
  }

  /** @param {boolean} shown */
  menu(shown) {
    by("downloads").hidden = !shown;
    document.querySelector("[data-do=downloads]")?.setAttribute("aria-expanded", String(shown));
    if (shown) /** @type {HTMLElement} */ (by("downloads").firstElementChild).focus();
  }

  /** @param {string} format @param {string} words */
  async download(format, words) {
    this.menu(false);
    this.say(`${words}: being built…`);
    try {
      await download(format);
      this.say(`${words}: saved`);
    } catch (fault) {
      this.say(`${words}: ${fault instanceof Error ? fault.message : fault}`);
    }
  }

  /** @param {string} words */
  say(words) {
    by("said").textContent = words;
  }
}

/** @param {HTMLElement} section @param {string} state @param {string} words @param {string} when */
function badge(section, state, words, when) {
  const element = /** @type {HTMLElement} */ (section.querySelector(".badge"));
  section.dataset.state = state;
  if (element.textContent !== words) element.textContent = words;
  element.title = when ? `as of ${when}` : "";
}

new Desk();
