import type { ShortcutPath } from '../../domain/networkPlan.ts'
import type { ShortcutType } from '../../domain/networkSpec.ts'
import { PathSign, type SignPlace } from './PathSign.tsx'

/** A valve, as in a plan of pipes. */
const valve = ({ x, y, scale }: SignPlace): string => {
  const w = 4.2 * scale
  const h = 3.2 * scale
  return `M${x - w} ${y - h}L${x + w} ${y + h}V${y - h}L${x - w} ${y + h}Z`
}

const cross = ({ x, y, scale }: SignPlace): string => {
  const arm = 2.8 * scale
  return `M${x - arm} ${y - arm}l${2 * arm} ${2 * arm}M${x - arm} ${y + arm}l${2 * arm} ${-2 * arm}`
}

/** What is done to the shortcut: a valve for a gate (filled where it shares between F and x), a cross for a constant factor. */
const KindSign = ({ shortcut, ...place }: SignPlace & { shortcut: ShortcutType }) => {
  switch (shortcut) {
    case 'none':
    case 'A':
    case 'B':
    case 'C':
    case 'dropout':
      return null
    case 'scaled':
      return (
        <g>
          <circle className="pictures-signGround" cx={place.x} cy={place.y} r={4.4 * place.scale} />
          <path className="pictures-factor" d={cross(place)} strokeWidth={1.7 * place.scale} />
        </g>
      )
    case 'exclusive-gate':
      return <path className="pictures-valve pictures-valveBoth" d={valve(place)} />
    case 'shortcut-gate':
      return <path className="pictures-valve" d={valve(place)} />
    default:
      return shortcut satisfies never
  }
}

/** The signs on an arc's top; side by side where there are two. */
export const ShortcutSigns = ({
  path,
  shortcut,
  x,
  y,
  scale,
}: SignPlace & { path: ShortcutPath; shortcut: ShortcutType }) => {
  const hasKind = shortcut === 'scaled' || shortcut === 'exclusive-gate' || shortcut === 'shortcut-gate'
  const apart = hasKind && path !== 'identity' ? 4.2 * scale : 0
  return (
    <g>
      <PathSign path={path} x={x - apart} y={y} scale={scale} />
      <KindSign shortcut={shortcut} x={x + apart} y={y} scale={scale} />
    </g>
  )
}
