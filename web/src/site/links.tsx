const PAGES = { '/graphiql': 'Console', '/workflows': 'Workflows', '/schema-map': 'Schema map' };

/** The ways to the pages beside this one. */
export function Links() {
  const others = Object.entries(PAGES).filter(([path]) => path !== location.pathname);
  return (
    <nav aria-label="Pages">
      {others.map(([path, name]) => (
        <a key={path} href={path}>
          {name}
        </a>
      ))}
    </nav>
  );
}
