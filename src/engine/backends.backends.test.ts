import { relu, tensor1d, backend as tfjsBackend } from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { openBackend } from './backends.ts'
import { EngineUnavailable } from './engineUnavailable.ts'
import { suiteBackends } from './testing/suiteBackends.ts'

const isBrowser = suiteBackends().includes('webgl')

const computes = async (): Promise<boolean> => {
  const x = tensor1d([-1, 2])
  const y = relu(x)
  const [a, b] = await y.data()
  x.dispose()
  y.dispose()
  return a === 0 && b === 2
}

describe.each(suiteBackends())('opening %s', (backend) => {
  it('says what it is, and computes', async () => {
    const open = await openBackend(backend)
    expect(open.facts.backend).toBe(backend)
    expect(open.facts.device).not.toBe('')
    expect(open.facts.reason).toMatch(/^[A-Z].*\.$/)
    expect(open.isLost()).toBe(false)
    expect(await computes()).toBe(true)
    open.close()
  })

  it('again after closing computes again', async () => {
    for (let times = 0; times < 3; times++) {
      const open = await openBackend(backend)
      expect(await computes()).toBe(true)
      open.close()
    }
  })
})

/** tfjs's types name this backend only in its own package. */
const contextOf = (): WebGL2RenderingContext =>
  (
    tfjsBackend() as unknown as { getGPGPUContext(): { readonly gl: WebGL2RenderingContext } }
  ).getGPGPUContext().gl

// Each where it can happen at all.
if (!isBrowser)
  describe('in Node', () => {
    it('WebGL by name is refused in a sentence', async () => {
      await expect(openBackend('webgl')).rejects.toBeInstanceOf(EngineUnavailable)
      await expect(openBackend('webgl')).rejects.toThrow('This browser has no WebGL 2')
    })
  })
else
  describe('a lost WebGL context', () => {
    it('is told once, and the next opening computes', async () => {
      const open = await openBackend('webgl')
      let told = 0
      const heard = new Promise<void>((resolve) => {
        open.onLost(() => {
          told++
          resolve()
        })
      })
      contextOf().getExtension('WEBGL_lose_context')?.loseContext()
      await heard
      expect(open.isLost()).toBe(true)
      open.onLost(() => told++)
      expect(told).toBe(2)
      open.close()

      const again = await openBackend('webgl')
      expect(again.isLost()).toBe(false)
      expect(await computes()).toBe(true)
      again.close()
      expect(told).toBe(2)
    })
  })
