import type { NetworkPlan } from '../../domain/networkPlan.ts'
import type { FusedLimits } from './passPlanner.ts'
import { groupBytes, planGroup } from './planGroup.ts'

export type { FusedLimits } from './passPlanner.ts'

/** Textures that the worst shader reads at once. */
const texturesRead = 8

/** What this context can do; a sentence where it is too little. */
export const fusedLimitsOf = (gl: WebGL2RenderingContext): FusedLimits | string => {
  if (gl.getExtension('EXT_color_buffer_float') === null)
    return 'This graphics card computes in 16-bit floats only, which are too coarse to train by.'
  const most = (limit: GLenum): number => gl.getParameter(limit) as number
  if (
    most(gl.MAX_VERTEX_TEXTURE_IMAGE_UNITS) < texturesRead ||
    most(gl.MAX_TEXTURE_IMAGE_UNITS) < texturesRead
  )
    return 'This graphics card reads too few textures at once.'
  const maxTextureSide = most(gl.MAX_TEXTURE_SIZE)
  for (const targets of [8, 4] as const)
    if (most(gl.MAX_DRAW_BUFFERS) >= targets && drawsTo(gl, targets)) return { maxTextureSide, targets }
  return 'This graphics card does not draw to four float textures at once.'
}

/** A device may have enough render targets and yet not so many floats: Apple's have 64 bytes a pixel. */
const drawsTo = (gl: WebGL2RenderingContext, targets: number): boolean => {
  const texture = gl.createTexture()
  const framebuffer = gl.createFramebuffer()
  gl.bindTexture(gl.TEXTURE_2D_ARRAY, texture)
  gl.texStorage3D(gl.TEXTURE_2D_ARRAY, 1, gl.RGBA32F, 1, 1, targets)
  gl.bindTexture(gl.TEXTURE_2D_ARRAY, null)
  gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer)
  const attachments = Array.from({ length: targets }, (_, target) => gl.COLOR_ATTACHMENT0 + target)
  for (const [target, attachment] of attachments.entries())
    gl.framebufferTextureLayer(gl.FRAMEBUFFER, attachment, texture, 0, target)
  gl.drawBuffers(attachments)
  const isComplete = gl.checkFramebufferStatus(gl.FRAMEBUFFER) === gl.FRAMEBUFFER_COMPLETE
  gl.bindFramebuffer(gl.FRAMEBUFFER, null)
  gl.deleteFramebuffer(framebuffer)
  gl.deleteTexture(texture)
  return isComplete
}

/** GPU memory that is taken where nothing else is said. */
export const defaultBudgetBytes = 1e9

/** Networks of one shape, by their places: as many together as the device's textures hold. */
export const groupsOf = (
  plans: readonly NetworkPlan[],
  limits: FusedLimits,
  images: number,
): readonly (readonly number[])[] => {
  const ofShape = new Map<string, number[]>()
  for (const [network, { spec }] of plans.entries()) {
    const shape = JSON.stringify(spec)
    ofShape.set(shape, [...(ofShape.get(shape) ?? []), network])
  }
  const fitting = (members: readonly number[]): readonly (readonly number[])[] => {
    const plan = plans[members[0] ?? 0]
    if (members.length <= 1 || plan === undefined || fits(plan, members.length, limits, images))
      return [members]
    const half = Math.ceil(members.length / 2)
    return [...fitting(members.slice(0, half)), ...fitting(members.slice(half))]
  }
  return [...ofShape.values()].flatMap(fitting)
}

const fits = (plan: NetworkPlan, networks: number, limits: FusedLimits, images: number): boolean => {
  try {
    planGroup({ plan, networks, images, limits })
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

/** Bytes of GPU memory that these networks take together while they train in batches of this size. Known before anything is built. */
export const plannedFusedBytes = (
  plans: readonly NetworkPlan[],
  batchSize: number,
  limits: FusedLimits,
): number =>
  groupsOf(plans, limits, batchSize).reduce((sum, members) => {
    const plan = plans[members[0] ?? 0]
    return plan === undefined
      ? sum
      : sum + groupBytes(planGroup({ plan, networks: members.length, images: batchSize, limits }))
  }, 0)
