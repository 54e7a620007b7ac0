import type { NetworkPlan } from '../../src/domain/networkPlan.ts'
import { randomStream } from '../../src/domain/random.ts'
import { FusedDevice } from '../../src/engine/fused/fusedDevice.ts'
import { fusedLimitsOf } from '../../src/engine/fused/fusedSupport.ts'
import type { Buffer, Launch } from '../../src/engine/fused/launch.ts'
import { planGroup } from '../../src/engine/fused/planGroup.ts'
import type { DeviceBuffer } from '../../src/engine/fused/textures.ts'
import { yieldToMessages } from '../../src/engine/yieldToMessages.ts'
import type { KernelPass, KernelShape } from './KernelRow.ts'

/** One pass of a convolution as the fused executor draws it. */
export interface FusedKernel {
  readonly shape: KernelShape
  readonly pass: KernelPass
  /** Of one run, all networks together, as the direct sum counts them. */
  readonly flops: number
  readonly launches: number
  /** Draws it so often, and reads a number of what was drawn: drawing is only asked for until then. */
  run(times: number): void
}

export interface FusedKernelRequest {
  readonly gl: WebGL2RenderingContext
  /** A network that has all the shapes. */
  readonly plan: NetworkPlan
  readonly shapes: readonly KernelShape[]
  readonly networks: number
  readonly batch: number
}

const passes: readonly KernelPass[] = ['forward', 'input gradient', 'filter gradient']

/** How a shader's name begins. */
const beginnings: Readonly<Record<KernelPass, string>> = {
  forward: 'convolution',
  'input gradient': 'input gradient of a convolution',
  'filter gradient': 'filter gradient of a convolution',
}

/**
 * The very launches that train such a network, each drawn alone: what they compute, the executor's own tests compare. An input gradient
 * that takes along what waits to be added is left to them where another does not.
 */
export const openFusedKernels = async ({
  gl,
  plan,
  shapes,
  networks,
  batch,
}: FusedKernelRequest): Promise<readonly FusedKernel[]> => {
  const limits = fusedLimitsOf(gl)
  if (typeof limits === 'string') throw new Error(limits)
  const device = new FusedDevice(gl, yieldToMessages)
  const { launches } = planGroup({ plan, networks, images: batch, limits }).passes.training
  const chosen = shapes.flatMap((shape) =>
    passes.map((pass) => ({ shape, pass, launch: launchOf(launches, shape, pass) })),
  )
  await device.compile(
    chosen.map(({ launch: { shader } }) => shader),
    () => {},
  )
  const placed = new Map<Buffer, DeviceBuffer>()
  const deviceBuffer = (buffer: Buffer): DeviceBuffer => {
    const known = placed.get(buffer)
    if (known !== undefined) return known
    const made = device.textures.make(buffer)
    fill(device, made)
    placed.set(buffer, made)
    return made
  }
  const pixel = new Float32Array(4)
  return chosen.map(({ shape, pass, launch }) => {
    const recording = device.record([launch], deviceBuffer)
    const [output] = launch.outputs
    if (output === undefined) throw new Error(`${launch.shader.name} writes nothing.`)
    const outputSide = Math.ceil(shape.side / shape.stride)
    const products = shape.kernelSize ** 2 * (shape.inputChannels / shape.groups) * shape.channels
    return {
      shape,
      pass,
      flops: 2 * networks * batch * outputSide ** 2 * products,
      launches: recording.length,
      run(times) {
        for (let i = 0; i < times; i++) recording.replay({ column: 0, uniforms: {} })
        gl.bindFramebuffer(gl.FRAMEBUFFER, device.textures.layerFramebuffer(deviceBuffer(output), 0))
        gl.readBuffer(gl.COLOR_ATTACHMENT0)
        gl.readPixels(0, launch.viewport?.y ?? 0, 1, 1, gl.RGBA, gl.FLOAT, pixel)
        gl.bindFramebuffer(gl.FRAMEBUFFER, null)
      },
    }
  })
}

const launchOf = (launches: readonly Launch[], shape: KernelShape, pass: KernelPass): Launch => {
  const { kernelSize, inputChannels, channels } = shape
  const name = `${beginnings[pass]} ${kernelSize}×${kernelSize}, ${inputChannels} to ${channels} channels`
  const [launch] = launches
    .filter(({ shader }) => shader.name.startsWith(name))
    .toSorted((a, b) => Object.keys(a.inputs).length - Object.keys(b.inputs).length)
  if (launch === undefined) throw new Error(`A step draws no ${name}.`)
  return launch
}

/** Numbers of every day: with zeros alone, some devices would have less to do. */
const fill = ({ textures }: FusedDevice, made: DeviceBuffer): void => {
  const { label, width, height, layers } = made.buffer
  const stream = randomStream(1, `kernel ${label}`)
  for (let layer = 0; layer < (layers ?? 1); layer++)
    textures.upload(
      made,
      Float32Array.from({ length: 4 * width * height }, () => stream.uniform()),
      0,
      height,
      layer,
    )
}
