// Talking to the server: it tells the state again whenever something has changed.

/** @typedef {import("./types.js").State} State */

export class Server {
  /** @param {{told: (state: State) => void, lost: () => void}} desk */
  constructor(desk) {
    this.desk = desk;
    this.panes = "";
    /** @type {EventSource|null} */ this.source = null;
    addEventListener("beforeunload", () => this.source?.close());
  }

  /** Listen, for the panes that are shown. @param {string[]} panes */
  listen(panes) {
    const wanted = panes.join(",");
    if (this.source && wanted === this.panes) return;
    this.panes = wanted;
    const before = this.source;
    const source = new EventSource(`/events?panes=${encodeURIComponent(wanted)}`);
    this.source = source;
    source.addEventListener("state", (event) => {
      before?.close();
      if (this.source === source) this.desk.told(JSON.parse(event.data));
    });
    source.addEventListener("error", () => {
      if (this.source === source) this.desk.lost();
      if (source.readyState === EventSource.CLOSED) {
        setTimeout(() => { if (this.source === source) { this.source = null; this.listen(panes); } }, 1000);
      }
    });
  }
}

/**
 * Open a line in the editor.
 * @param {string} source
 * @returns {Promise<{by: string, link: string, why: string}>}
 */
export async function openLine(source) {
  const answer = await fetch("/open", {
    method: "POST",
    headers: { "x-briefing-token": document.documentElement.dataset.token ?? "" },
    body: JSON.stringify({ source }),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}

/** Have an output written, and save it. @param {string} format */
export async function download(format) {
  const answer = await fetch(`/download/${format}`);
  if (!answer.ok) throw new Error(await answer.text());
  const name = /filename\*=UTF-8''(.*)/.exec(answer.headers.get("content-disposition") ?? "");
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await answer.blob());
  link.download = name ? decodeURIComponent(name[1]) : format;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
