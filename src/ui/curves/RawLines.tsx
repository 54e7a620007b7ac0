import { memo } from 'react'
import type { NetworkStyle } from '../pictures/networkStyle.ts'

/** Every minibatch's error, faint below the smoothed line; alone and clear where smoothing is off. */
export const RawLines = memo(
  ({
    paths,
    styles,
    isAlone,
  }: {
    /** null hides a network. */
    paths: readonly (string | null)[]
    styles: readonly NetworkStyle[]
    isAlone: boolean
  }) => (
    <g className={isAlone ? 'curves-raw curves-rawAlone' : 'curves-raw'}>
      {paths.map((path, network) => {
        const style = styles[network]
        return path === null || path === '' || style === undefined ? null : (
          <path
            key={style.label}
            d={path}
            stroke={style.color}
            {...(isAlone && style.dash !== null ? { strokeDasharray: style.dash } : {})}
          />
        )
      })}
    </g>
  ),
)
