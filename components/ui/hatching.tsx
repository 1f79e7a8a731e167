/** A fill for what failed, `url(#id)`: told from the solid bars without seeing colour. Stands within the svg that uses it. */
export function Hatching({ id }: { id: string }) {
  return (
    <defs>
      <pattern id={id} width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="4" height="4" className="fill-surface" />
        <line y2="4" className="stroke-bar-bad" strokeWidth="3" />
      </pattern>
    </defs>
  );
}
