import { createHash } from 'node:crypto'
import type { Plugin } from 'vite'

/** Scripts written in the page itself: each is allowed by its hash, and no other is. */
const inlineScript = /<script(?![^>]*\bsrc=)[^>]*>([\s\S]*?)<\/script>/g

/** The policy of a page: nothing is fetched from, or sent to, another origin; no text becomes code but WebAssembly. */
export const policyFor = (html: string): string => {
  const hashes = [...html.matchAll(inlineScript)].map(
    ([, code]) =>
      `'sha256-${createHash('sha256')
        .update(code ?? '')
        .digest('base64')}'`,
  )
  return [
    "default-src 'self'",
    ["script-src 'self' 'wasm-unsafe-eval'", ...hashes].join(' '),
    // React and the charts set styles on elements.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
}

/** Writes the Content-Security-Policy into the built page, where it also holds on hosts that set no headers. */
export const contentSecurityPolicy = (): Plugin => ({
  name: 'content-security-policy',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler: (html) =>
      html.replace(
        /<meta charset="[^"]*"\s*\/?>/i,
        (charset) =>
          `${charset}\n    <meta http-equiv="Content-Security-Policy" content="${policyFor(html)}" />`,
      ),
  },
})
