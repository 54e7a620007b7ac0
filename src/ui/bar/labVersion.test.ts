import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { labVersion } from './labVersion.ts'

it('names the version of the package', () => {
  const text = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')
  expect(JSON.parse(text)).toHaveProperty('version', labVersion)
})
