/** A batch made by hand: the columns named hold the values given, all others are absent. */
import { COLUMN_NAMES, COLUMNS, type ColumnName, ID_COLUMNS, type IdColumn, KIND_HTTP } from '../../src/model/columns.ts';
import { ColumnMemory, type Dictionaries, type LogBatch, TextDictionary } from '../../src/model/log-batch.ts';
import { ABSENT } from '../../src/model/timers.ts';

/** Numbers for int and float columns, text for ids and spans. */
export type SampleRecord = Readonly<Partial<Record<ColumnName, number | string>>>;

export function sampleBatch(records: readonly SampleRecord[]): LogBatch {
  const columns = new ColumnMemory();
  const dictionaries = Object.fromEntries(ID_COLUMNS.map((name) => [name, new TextDictionary()])) as Record<IdColumn, TextDictionary>;
  const texts: Buffer[] = [];
  let used = 0;
  records.forEach((record, row) => {
    for (const name of COLUMN_NAMES) {
      const value = record[name];
      const storage = COLUMNS[name];
      if (storage === 'float') {
        columns.float(name as 'accept_date')[row] = value === undefined ? Number.NaN : Number(value);
      } else if (storage === 'int') {
        columns.int(name as 'kind')[row] =
          value === undefined ? (name === 'kind' ? KIND_HTTP : name === 'flags' ? 0 : ABSENT) : Number(value);
      } else if (storage === 'id') {
        columns.int(name as IdColumn)[row] = value === undefined ? -1 : dictionaries[name as IdColumn].intern(String(value));
      } else {
        const bytes = Buffer.from(String(value ?? ''), 'latin1');
        columns.starts(name as 'line')[row] = value === undefined ? -1 : used;
        used += bytes.length;
        columns.ends(name as 'line')[row] = used;
        texts.push(bytes);
      }
    }
  });
  return { rows: records.length, columns, dictionaries: dictionaries as Dictionaries, bytes: Buffer.concat(texts) };
}
