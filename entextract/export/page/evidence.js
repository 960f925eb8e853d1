// The sentences behind an entity or a tie, as the filters leave them.
import { countIn, isWhole } from "./model.js";

/** Sentences of an entity or tie: {text, article, source, date, url}, and how many there are in all. */
export function evidenceOf(model, one, filters) {
  const whole = isWhole(filters, model.periods.length);
  const rows = one.quotes.map((number) => {
    const { text, article, status, speaker, office } = model.sentences[number];
    return { text, status, speaker, office, ...model.articles[article] };
  }).filter((row) => whole || ((row.period >= filters.first && row.period <= filters.last)
    && (filters.source < 0 || row.sourceNumber === filters.source)));
  const told = whole ? one.said ?? rows.length : countIn(one.times, filters);
  return { rows, total: Math.max(told, rows.length) };
}

/** « text » (Le Monde, 2024-03-09, https://…) */
export function reference({ text, source, date, url, id }) {
  return `« ${text} » (${[source || id, date, url].filter(Boolean).join(", ")})`;
}

export const EVIDENCE_COLUMNS = ["entity", "other", "kind", "status", "date", "source", "article", "url", "text"];

/** Rows of a table of evidence, for a file. */
export function evidenceRows(one, rows) {
  return rows.map((row) => ({
    entity: one.a ? one.a.label : one.label, other: one.b ? one.b.label : "", kind: one.kind || "", status: one.status || "",
    date: row.date, source: row.source, article: row.id, url: row.url, text: row.text,
  }));
}
