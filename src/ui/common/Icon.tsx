const paths = {
  run: <path d="M5 3.2v9.6L13 8z" fill="currentColor" />,
  pause: <path d="M4.5 3h2.6v10H4.5zM8.9 3h2.6v10H8.9z" fill="currentColor" />,
  step: <path d="M3.5 3.4v9.2L10 8zM11 3.4h2v9.2h-2z" fill="currentColor" />,
  reset: (
    <path
      d="M3.6 6.2A4.9 4.9 0 1 1 3.1 9M3.2 2.8v3.6h3.6"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  ),
  down: (
    <path d="M4 6.2 8 10l4-3.8" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
  ),
  check: (
    <path
      d="m3 8.6 3.2 3.2L13 4.6"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.7"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  ),
  close: (
    <path d="m4 4 8 8m0-8-8 8" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
  ),
  view: (
    <>
      <circle cx="8" cy="8" r="5.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M8 2.5a5.5 5.5 0 0 1 0 11z" fill="currentColor" />
    </>
  ),
  share: (
    <path
      d="M6.8 9.2a2.6 2.6 0 0 0 3.8.1l2-2a2.6 2.6 0 0 0-3.7-3.7l-.9.9m1.2 2.3a2.6 2.6 0 0 0-3.8-.1l-2 2a2.6 2.6 0 0 0 3.7 3.7l.9-.9"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
    />
  ),
  export: (
    <path
      d="M8 2.5v7m-3-2.8 3 3 3-3M3 12.8h10"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  ),
  explore: (
    <path
      d="M2.8 4.4 8 2l5.2 2.4L8 6.8zm0 3.6L8 10.4 13.2 8M2.8 11.6 8 14l5.2-2.4"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  ),
  plus: (
    <path d="M8 3.5v9M3.5 8h9" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
  ),
  alert: (
    <>
      <circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" strokeWidth="1.4" />
      <path d="M8 4.6v4.2" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" />
      <circle cx="8" cy="11.2" r=".95" fill="currentColor" />
    </>
  ),
  help: (
    <>
      <circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" strokeWidth="1.4" />
      <path
        d="M6 6.4a2 2 0 1 1 2.9 1.8c-.6.3-.9.7-.9 1.2"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.4"
        strokeLinecap="round"
      />
      <circle cx="8" cy="11.4" r=".9" fill="currentColor" />
    </>
  ),
  info: (
    <>
      <circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" strokeWidth="1.4" />
      <path d="M8 7.4v4" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" />
      <circle cx="8" cy="4.9" r=".95" fill="currentColor" />
    </>
  ),
} as const

export type IconName = keyof typeof paths

/** A small picture beside words; never the only name of a control. */
export const Icon = ({ name }: { readonly name: IconName }) => (
  <svg className="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
    {paths[name]}
  </svg>
)
