// The sentences behind an entity or a tie, as the filters leave them.
import { countIn, isWhole, tiesOf } from "./model.js";

/** Sentences of an entity or tie, of an entity those of the kinds of ties that are chosen: {text, article, source, date, url}, and how many there are in all. */
export function evidenceOf(model, one, filters) {
  const whole = isWhole(filters, model.periods.length);
  const byKind = !one.a && filters.noKinds.size + filters.noStatuses.size > 0;
  const numbers = byKind ? new Set(tiesOf(model, one, filters).flatMap((edge) => edge.quotes)) : one.quotes;
  const rows = [...numbers].map((number) => {
    const { text, article, status, speaker, office } = model.sentences[number];
    return { text, status, speaker, office, ...model.articles[article] };
  }).filter((row) => whole || ((row.period >= filters.first && row.period <= filters.last)
    && (filters.source < 0 || row.sourceNumber === filters.source)));
  if (byKind) return { rows, total: rows.length };
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
