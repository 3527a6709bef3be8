/**
 * Tables of typed columns: every column has the same length, a row is an index. Growable while they are built, plain
 * typed arrays afterwards, so that a table can be moved between workers without a copy.
 */

type ColumnArray = Float64Array | Int32Array | Uint32Array | Uint8Array | BigUint64Array;

/** Names of columns and the array type of each. */
export type Schema = Readonly<Record<string, new (length: number) => ColumnArray>>;

type Columns<S extends Schema> = {readonly [K in keyof S]: InstanceType<S[K]>};

/** A finished table: its columns by name, all of `length` rows. Read only. */
export type Table<S extends Schema> = Columns<S> & {readonly length: number};

/** Room that a finished column may keep unused before it is copied to size: 1/8 of its rows. */
const SLACK = 1.125;

/** A table that grows. `rows` holds the columns; take them afresh after every `add`, since growing replaces them. */
export class GrowableTable<S extends Schema> {
  rows: Columns<S>;
  length = 0;
  readonly #schema: S;
  #capacity = 0;

  constructor(schema: S, capacity = 64) {
    this.#schema = schema;
    this.rows = columnsOf(schema, (Column) => new Column(0));
    this.#grow(capacity);
  }

  /** Adds a row of zeros and gives its index; the caller fills every column. */
  add(): number {
    if (this.length === this.#capacity) this.#grow(Math.max(64, Math.ceil(this.#capacity * 1.6)));
    return this.length++;
  }

  /** Adds all rows of a finished table; `changed`: what becomes of the values of a column. */
  append(table: Table<S>, changed: {readonly [Column in keyof S]?: (value: number) => number} = {}): void {
    const from = this.length;
    this.length += table.length;
    if (this.length > this.#capacity) this.#grow(Math.ceil(this.length * 1.1));
    for (const name of Object.keys(this.#schema)) {
      // The schema makes both the same type; the union has no common `set`.
      const column = this.rows[name] as Float64Array;
      column.set(table[name] as Float64Array, from);
      const change = changed[name];
      if (change) for (let row = from; row < this.length; row++) column[row] = change(column[row]);
    }
  }

  /** Bytes that one row takes in memory. */
  get bytesPerRow(): number {
    return Object.values(this.rows).reduce((sum, column) => sum + column.BYTES_PER_ELEMENT, 0);
  }

  /** The table as it is now, in arrays of its own. The growable one can go on growing. */
  copy(): Table<S> {
    return {...columnsOf(this.#schema, (_, name) => this.rows[name].slice(0, this.length)), length: this.length} as Table<S>;
  }

  /** The finished table. Takes the columns over: nothing may be added afterwards. */
  finish(): Table<S> {
    const cut = (column: ColumnArray) => (column.length <= this.length * SLACK ? column.subarray(0, this.length) : moved(column, this.length));
    return {...columnsOf(this.#schema, (_, name) => cut(this.rows[name])), length: this.length} as Table<S>;
  }

  /**
   * Also makes the first columns. So a field that changes later has changed before any code is compiled; else V8 takes it for
   * constant, and compiles every parser's inner loop again when it is not.
   */
  #grow(capacity: number): void {
    const old = this.rows as Readonly<Record<string, ColumnArray>>;
    this.#capacity = capacity;
    this.rows = columnsOf(this.#schema, (Column, name) => {
      const column = new Column(this.#capacity);
      // The schema makes old and new the same type; the union has no common `set`.
      (column as Float64Array).set(old[name] as Float64Array);
      release(old[name]);
      return column;
    });
  }
}

function moved(column: ColumnArray, length: number): ColumnArray {
  const copy = column.slice(0, length);
  release(column);
  return copy;
}

/** The memory of the column is free at once where the browser can do so, not when it next looks for what nobody needs: of a large capture that is late. */
function release({buffer}: {readonly buffer: ArrayBufferLike & {transfer?(sizeBytes: number): ArrayBuffer}}): void {
  buffer.transfer?.(0);
}

function columnsOf<S extends Schema>(schema: S, make: (Column: S[string], name: string) => ColumnArray): Columns<S> {
  return Object.fromEntries(Object.entries(schema).map(([name, Column]) => [name, make(Column as S[string], name)])) as Columns<S>;
}
