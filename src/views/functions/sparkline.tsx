/** A row of values as a small area: its highest value is as high as the picture. */

const WIDTH_PX = 84;
const HEIGHT_PX = 16;

export interface SparklineProps {
  readonly values: Float64Array;
  /** What it shows, in words. */
  readonly label: string;
  /** All its values in words; absent: they are not told. */
  readonly description?: string | undefined;
}

export function Sparkline({values, label, description}: SparklineProps) {
  const most = values.reduce((a, b) => Math.max(a, b), 0);
  if (most === 0) return null;
  const step = WIDTH_PX / values.length;
  const steps = [...values].map((value, i) => `V${(HEIGHT_PX * (1 - value / most)).toFixed(1)}H${((i + 1) * step).toFixed(1)}`);
  return (
    <svg className="sparkline" width={WIDTH_PX} height={HEIGHT_PX} viewBox={`0 0 ${WIDTH_PX} ${HEIGHT_PX}`} role="img" aria-label={label} aria-description={description}>
      <path d={`M0 ${HEIGHT_PX}${steps.join('')}V${HEIGHT_PX}Z`} />
    </svg>
  );
}
