import { useMemo, useState } from 'react';
import { counted } from '../site/words';
import { numberOf } from './number';
import type { Cell, Sheet } from './sheet';
import { sorted, type Sorting } from './sorting';
import { TakingAway } from './taking-away';
import { ROW_HEIGHT, useWindow } from './window';

const WIDEST = 40;
const LOOKED_AT = 200;

/** A sheet that is sorted by a click on a column's name. */
export function Table({ sheet }: { sheet: Sheet }) {
  const [sorting, setSorting] = useState<Sorting | null>(null);
  const rows = useMemo(() => (sorting ? sorted(sheet.rows, sorting) : sheet.rows), [sheet, sorting]);
  return (
    <>
      <div className="dock-actions">
        <span>{counted(rows.length, 'row')}</span>
        <TakingAway sheet={{ columns: sheet.columns, rows }} />
      </div>
      <Rows columns={sheet.columns} rows={rows} sorting={sorting} sort={setSorting} />
    </>
  );
}

interface RowsProps extends Sheet {
  sorting: Sorting | null;
  sort: (sorting: Sorting) => void;
}

function Rows({ columns, rows, sorting, sort }: RowsProps) {
  const { place, onScroll, first, last } = useWindow(rows.length);
  const widths = useMemo(() => columns.map((name, n) => widthOf(name, rows, n)), [columns, rows]);
  return (
    <div className="table" ref={place} onScroll={onScroll} tabIndex={0} role="region" aria-label="Rows">
      <table aria-rowcount={rows.length + 1}>
        <colgroup>
          {widths.map((width, n) => (
            <col key={n} style={{ width: `${width}ch` }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((name, n) => (
              <Heading key={name} name={name} column={n} sorting={sorting} sort={sort} />
            ))}
          </tr>
        </thead>
        <tbody>
          <Gap rows={first} />
          {rows.slice(first, last).map((row, n) => (
            <tr key={first + n} aria-rowindex={first + n + 2}>
              {row.map((cell, column) => (
                <Value key={column} cell={cell} />
              ))}
            </tr>
          ))}
          <Gap rows={rows.length - last} />
        </tbody>
      </table>
    </div>
  );
}

interface HeadingProps {
  name: string;
  column: number;
  sorting: Sorting | null;
  sort: (sorting: Sorting) => void;
}

function Heading({ name, column, sorting, sort }: HeadingProps) {
  const mine = sorting?.column === column ? sorting : null;
  const order = mine && (mine.descending ? 'descending' : 'ascending');
  return (
    <th scope="col" aria-sort={order ?? 'none'}>
      <button type="button" onClick={() => sort({ column, descending: mine ? !mine.descending : false })} title={name}>
        {name} {order && <span aria-hidden="true">{order === 'ascending' ? '▲' : '▼'}</span>}
      </button>
    </th>
  );
}

function Value({ cell }: { cell: Cell }) {
  const text = cell === null ? '' : String(cell);
  return (
    <td className={numberOf(cell) === null ? undefined : 'number'} title={text.length > WIDEST ? text : undefined}>
      {text}
    </td>
  );
}

/** The height of rows that are not drawn. */
function Gap({ rows }: { rows: number }) {
  return rows > 0 ? <tr aria-hidden="true" style={{ height: rows * ROW_HEIGHT }} /> : null;
}

function widthOf(name: string, rows: Cell[][], column: number): number {
  const lengths = rows.slice(0, LOOKED_AT).map((row) => String(row[column] ?? '').length);
  return Math.min(WIDEST, Math.max(name.length + 2, ...lengths)) + 3;
}
