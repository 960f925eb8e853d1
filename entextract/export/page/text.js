// Words as they are compared, counted and cut; nothing here knows the page.

/** Text without case, accents and typographic variants. */
export function flat(text) {
  return String(text).normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
    .replace(/œ/g, "oe").replace(/æ/g, "ae").replace(/\u02bc/g, "'");
}

/** The words of a text as they are compared; « Ben-Gvir » and « L'Oréal » are two each. */
export function wordsOf(text) {
  return flat(text).split(/[\s\p{P}]+/u).filter(Boolean);
}

export function cut(text, length) {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}

export function capital(text) {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** Numbers and counted words in a language; in French 0 and 1,5 are singular. */
export class Language {
  constructor(code, words) {
    this.code = code;
    this.words = words;
  }

  number(value) {
    return value.toLocaleString(this.code, { maximumFractionDigits: 4 });
  }

  some(count, what) {
    return `${this.number(count)} ${this.counted(count, what)}`;
  }

  counted(count, what) {
    const plural = this.code === "fr" ? count >= 2 : count !== 1;
    return this.words[what][plural ? 1 : 0];
  }

  /** « 2 sur 3 entités », « 1 entité ». */
  someOf(count, total, what) {
    return `${this.outOf(count, total)} ${this.counted(total, what)}`;
  }

  /** « 50 sur 772 », or the number alone where all are there. */
  outOf(count, total) {
    return count < total ? `${this.number(count)} ${this.words.of} ${this.number(total)}` : this.number(count);
  }

  /** What a relation says: « accuse », « accuse (nié) ». */
  relation(kind, status) {
    const verb = this.words.kinds[kind] || kind;
    const how = this.words.statuses[status];
    return how ? `${verb} (${how})` : verb;
  }
}

/** The parts of a text: [words, whether they are one of the names], the longest names first. */
export function parts(text, names) {
  const found = [];
  let rest = text;
  while (rest) {
    let at = -1, best = "";
    for (const name of names) {
      const here = rest.indexOf(name);
      if (here >= 0 && (at < 0 || here < at || (here === at && name.length > best.length))) [at, best] = [here, name];
    }
    if (at < 0) break;
    if (at) found.push([rest.slice(0, at), false]);
    found.push([best, true]);
    rest = rest.slice(at + best.length);
  }
  if (rest) found.push([rest, false]);
  return found;
}
