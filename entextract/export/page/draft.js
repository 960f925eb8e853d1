// Corrections that are in no file yet: the browser keeps them for the next time that the page is opened.

export class Draft {
  /** `storage` may fail: in a frame, or where the reader forbids it; then leaving the page is asked about. */
  constructor(storage, name) {
    Object.assign(this, { storage, name: `entextract ${name}`, lost: false });
  }

  keep(rows) {
    this.lost = false;
    if (!rows.length) return this.forget();
    try {
      this.storage().setItem(this.name, JSON.stringify(rows));
    } catch {
      this.lost = true;
    }
    return this.lost;
  }

  /** They are in a file now, or taken back. */
  forget() {
    this.lost = false;
    try {
      this.storage().removeItem(this.name);
    } catch {
      // nothing was kept
    }
    return this.lost;
  }

  /** What was kept; nothing, if it makes no sense. */
  kept() {
    try {
      return JSON.parse(this.storage().getItem(this.name)) || [];
    } catch {
      return [];
    }
  }
}
