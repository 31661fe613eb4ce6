import { useEffect } from 'react';
import { forgetLink, linked } from './document';
import { useOpening } from './opening';

/** Opens a link that is followed while the page is open; the page's own link is opened as it starts. */
export function LinkFollower() {
  const open = useOpening();
  useEffect(() => {
    const follow = () => {
      const found = linked();
      if (!found) return;
      open(found);
      forgetLink();
    };
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, [open]);
  return null;
}
