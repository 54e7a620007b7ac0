import { useId, useRef } from 'react'
import type { DeviceFacts } from '../../domain/run.ts'

const backendNames: Readonly<Record<DeviceFacts['backend'], string>> = {
  webgl: 'WebGL',
  wasm: 'wasm',
  cpu: 'JavaScript',
}

/** Executor and device; why this one was taken is told on hover, on focus and on a tap. */
export const DeviceTip = ({ device }: { readonly device: DeviceFacts }) => {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const tip = useRef<HTMLSpanElement>(null)
  const show = () => {
    const box = tip.current
    const anchor = button.current?.getBoundingClientRect()
    if (!box || !anchor || box.matches(':popover-open')) return
    box.showPopover()
    box.style.left = `${Math.max(8, Math.min(anchor.left, document.documentElement.clientWidth - box.offsetWidth - 8))}px`
    box.style.top = `${anchor.top - box.offsetHeight - 6}px`
  }
  const hide = () => {
    if (tip.current?.matches(':popover-open')) tip.current.hidePopover()
  }
  return (
    // What hovering shows, focusing the button shows too.
    <span className="device" onPointerEnter={show} onPointerLeave={hide}>
      <button
        type="button"
        ref={button}
        className="device__button"
        aria-describedby={id}
        onFocus={show}
        onBlur={hide}
        onClick={show}
        onKeyDown={(event) => {
          if (event.key === 'Escape') hide()
        }}
      >
        {backendNames[device.backend]}, {device.executor} · {device.device}
      </button>
      <span ref={tip} id={id} popover="manual" className="popover device__tip">
        {device.reason}
      </span>
    </span>
  )
}
