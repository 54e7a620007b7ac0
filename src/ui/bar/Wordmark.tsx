/** Three curves from one start, and the name. */
export const Wordmark = () => (
  <h1 className="wordmark">
    <svg
      width="24"
      height="24"
      viewBox="0 0 24 24"
      fill="none"
      strokeWidth="2"
      strokeLinecap="round"
      aria-hidden="true"
    >
      <path d="M4 18h16" stroke="var(--ink)" />
      <path d="M4 18C6 6 18 6 20 18" stroke="var(--residual)" />
      <path d="M4 18l4-3 4 2 4-5 4-6" stroke="var(--plain)" strokeLinejoin="round" />
    </svg>
    Degradation Lab
  </h1>
)
