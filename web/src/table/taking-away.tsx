import { useState } from 'react';
import type { Sheet } from './sheet';
import { csv, tabSeparated } from './spreadsheet';

/** The buttons that take a sheet to a spreadsheet. */
export function TakingAway({ sheet }: { sheet: Sheet }) {
  const [copied, setCopied] = useState('Copy');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(tabSeparated(sheet));
      setCopied('Copied');
    } catch {
      setCopied('Could not be copied');
    }
  };
  return (
    <>
      <button type="button" onClick={() => download(csv(sheet))}>
        CSV
      </button>
      <button type="button" onClick={() => void copy()}>
        {copied}
      </button>
    </>
  );
}

function download(text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = 'answer.csv';
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
