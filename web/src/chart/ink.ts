/** The colour that text has in a place. */
export function inkOf(place: Element): string {
  return getComputedStyle(place).color;
}

/** Tells when it may have become another, by GraphiQL's theme or by the system's; gives what ends that. */
export function watchInk(changed: () => void): () => void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const theme = new MutationObserver(changed);
  system.addEventListener('change', changed);
  theme.observe(document.body, { attributeFilter: ['class'] });
  return () => {
    system.removeEventListener('change', changed);
    theme.disconnect();
  };
}
