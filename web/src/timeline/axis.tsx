import { useMemo } from 'react';
import { lay } from './lanes';
import { KINDS, type Edge } from './timeline';

interface AxisProps {
  edges: Edge[];
  told: string;
  pointed: string | null;
  point: (id: string | null) => void;
}

/** The items as marks along the time; the list below it says what each is. */
export function Axis({ edges, told, pointed, point }: AxisProps) {
  const { width, height, lanes, marks, ticks } = useMemo(() => lay(edges), [edges]);
  return (
    <svg className="axis" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={told}>
      {ticks.map(({ x, label }) => (
        <g key={x} className="tick">
          <path d={`M${x} 8V${height - 30}`} />
          <text x={x} y={height - 12} textAnchor="middle">
            {label}
          </text>
        </g>
      ))}
      {lanes.map(({ kind, y }) => (
        <g key={kind} className="lane">
          <path d={`M100 ${y + 10}H${width - 20}`} />
          <text x={0} y={y + 5}>
            {KINDS[kind]}
          </text>
        </g>
      ))}
      {marks.map(({ id, kind, x, y }) => (
        <circle
          key={id}
          className={`mark ${kind}${id === pointed ? ' near' : ''}`}
          data-id={id}
          cx={x}
          cy={y}
          r={id === pointed ? 9 : 6}
          onPointerMove={() => point(id)}
        />
      ))}
    </svg>
  );
}
