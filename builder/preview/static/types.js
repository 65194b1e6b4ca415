// The shapes of what the server tells; for readers and for type checkers.

/**
 * @typedef {{file: string, line: number, column: number, severity: "error"|"warning"|"note",
 *   code: string, message: string, hint: string}} Finding
 * @typedef {{anchor: string, number: string, title: string, source: string, parts: Entry[]}} Entry
 * @typedef {"empty"|"working"|"fresh"|"draft"|"stale"|"waiting"} Freshness
 * @typedef {{version: number, state: Freshness, kind: "text"|"sheets", when: number,
 *   revision: number}} PaneState
 * @typedef {{run: string, project: string, title: string, revision: number, good: boolean, fault: string, slow: string,
 *   look: string, changed: string[], place: string, contents: Entry[],
 *   panes: Record<string, PaneState>, findings: Finding[], more_findings: number}} State
 * @typedef {{source: string, x: number, y: number, width: number, height: number}} Spot
 * @typedef {{id: string, pdf: string, page: number, width: number, height: number,
 *   spots: Spot[]}} Sheet
 * @typedef {{file: string, line: number}} Place
 * @typedef {{
 *   update: (state: PaneState, findings: Finding[]) => Promise<void>,
 *   show: (place: Place) => boolean,
 *   move: (step: number) => string,
 *   zoom: (factor: number) => void,
 *   light: (chosen: string) => void,
 *   anchor: (name: string) => boolean,
 * }} View
 */

export {};
