import 'graphql-voyager/dist/voyager.css';
import type { IntrospectionQuery } from 'graphql';
import { renderVoyager } from 'graphql-voyager/dist/voyager.standalone.js';
import { useEffect, useRef } from 'react';

interface CanvasProps {
  schema: IntrospectionQuery;
  /** The entity that it begins with; null where all are drawn. */
  around: string | null;
  /** Whether entities show their columns, or their edges only. */
  columns: boolean;
  told: string;
  select: (name: string | null) => void;
}

/** A schema as Voyager draws it. */
export function Canvas({ schema, around, columns, told, select }: CanvasProps) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const canvas = document.createElement('div');
    canvas.className = 'canvas';
    place.current?.append(canvas);
    const from = around ? { rootType: around } : { hideRoot: true };
    const root = renderVoyager(canvas, {
      introspection: { data: schema },
      displayOptions: { ...from, showLeafFields: columns },
      hideSettings: true,
    });
    const observer = new MutationObserver(() => select(selected(canvas)));
    observer.observe(canvas, { subtree: true, attributeFilter: ['class'] });
    return () => {
      observer.disconnect();
      root.unmount();
      canvas.remove();
      select(null);
    };
  }, [schema, around, columns, select]);
  return <div className="map" ref={place} role="region" aria-label={told} />;
}

/** Voyager tells nobody what is selected but the picture. */
function selected(canvas: HTMLElement): string | null {
  return canvas.querySelector('.node.selected')?.id.replace('TYPE::', '') ?? null;
}
