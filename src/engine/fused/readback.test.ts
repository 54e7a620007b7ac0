import { expect, it } from 'vitest'
import { Readback } from './readback.ts'
import { type DeviceBuffer, Textures } from './textures.ts'

/** A device that gives sevens. `polls`: of each fence, how often somebody must ask before it is passed. */
const slowDevice = (polls: readonly number[]): WebGL2RenderingContext => {
  const left = [...polls]
  let fences = 0
  const nothing = (): void => {}
  return Object.assign(Object.create(null), {
    ALREADY_SIGNALED: 1,
    createBuffer: () => ({}),
    createFramebuffer: () => ({}),
    bindBuffer: nothing,
    bindFramebuffer: nothing,
    framebufferTexture2D: nothing,
    drawBuffers: nothing,
    readBuffer: nothing,
    bufferData: nothing,
    readPixels: nothing,
    deleteBuffer: nothing,
    deleteSync: nothing,
    flush: nothing,
    isContextLost: () => false,
    fenceSync: () => ({ at: fences++ }),
    clientWaitSync: (fence: { readonly at: number }) => {
      left[fence.at] = (left[fence.at] ?? 0) - 1
      return (left[fence.at] ?? 0) < 0 ? 1 : 0
    },
    getBufferSubData: (_target: number, _offset: number, values: Float32Array) => values.fill(7),
  })
}

const texel = { x: 0, y: 0, width: 1, height: 1 }

it('is finished when everything that was asked for has come, whoever waits for it', async () => {
  const gl = slowDevice([9, 0, 0])
  const readback = new Readback(gl, new Textures(gl))
  const texture: WebGLTexture = {}
  const from: DeviceBuffer = {
    buffer: { label: 'any', width: 1, height: 1, layers: null, isKept: true, isSwapped: false },
    textures: [texture],
    front: 0,
  }
  const early = readback.request(from, texel)
  const first = readback.finish()
  const late = readback.request(from, texel)
  // The others are passed before somebody asks for the first again.
  const second = readback.finish()
  await readback.finish()
  expect([...early]).toEqual([7, 7, 7, 7])
  expect([...late]).toEqual([7, 7, 7, 7])
  await Promise.all([first, second])
})
