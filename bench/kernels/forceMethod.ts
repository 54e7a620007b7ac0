import type { ConvOperation } from '../../src/domain/networkPlan.ts'
import { WinogradLot } from '../../src/engine/native/assembly/instructionSet.ts'
import type { ConvGeometry } from '../../src/engine/native/convGeometry.ts'
import type { ConvPlaces, MemoryLayout } from '../../src/engine/native/memoryLayout.ts'
import type { KernelMethod, KernelPass } from './KernelRow.ts'

/** Passes that Winograd's way can take at all: it computes output channels eight at a time. */
export const winogradPasses = (
  { kernelSize, stride, groups, inputSide, input }: ConvOperation,
  { inputChannels, outputChannels }: ConvGeometry,
): readonly KernelPass[] => {
  if (kernelSize !== 3 || stride !== 1 || groups !== 1 || inputSide === 1) return []
  const isWhole = (channels: number): boolean => channels % 8 === 0
  return [
    ...(isWhole(outputChannels) ? (['forward', 'filter gradient'] as const) : []),
    ...(isWhole(inputChannels) && input !== 'input' ? (['input gradient'] as const) : []),
  ]
}

export const chosenMethod = ({ usesWinograd }: ConvGeometry, pass: KernelPass): KernelMethod => {
  const uses = {
    forward: usesWinograd.forward,
    'input gradient': usesWinograd.inputGradient,
    'filter gradient': usesWinograd.filterGradient,
  }
  return uses[pass] ? 'Winograd' : 'direct'
}

const floatBytes = 4

/** The same memory, with all convolutions computed by one method where they can be. `reserve` gives the address of so many bytes. */
export const forceMethod = (
  layout: MemoryLayout,
  convs: readonly ConvOperation[],
  method: KernelMethod,
  reserve: (bytes: number) => number,
): MemoryLayout => {
  const places = new Map<string, ConvPlaces>()
  let mostFloats = 0
  let mostChannels = 0
  for (const conv of convs) {
    const own = layout.conv(conv.name)
    const { geometry } = own
    const passes = method === 'direct' ? [] : winogradPasses(conv, geometry)
    const transformedBytes = ((16 * geometry.floats) / geometry.taps) * floatBytes
    places.set(conv.name, {
      ...own,
      geometry: {
        ...geometry,
        usesWinograd: {
          forward: passes.includes('forward'),
          inputGradient: passes.includes('input gradient'),
          filterGradient: passes.includes('filter gradient'),
        },
      },
      transformed: reserve(transformedBytes),
      transposedTransformed: reserve(transformedBytes),
    })
    mostFloats = Math.max(mostFloats, transformedBytes)
    mostChannels = Math.max(mostChannels, geometry.inputChannels, geometry.outputChannels)
  }
  const winogradBytes = 2 * floatBytes * Math.max(WinogradLot.floats, 64 * mostChannels)
  return {
    ...layout,
    conv: (name) => places.get(name) ?? layout.conv(name),
    winogradAt: reserve(winogradBytes),
    winogradBytes,
    sumsAt: reserve(mostFloats),
    sumsBytes: mostFloats,
  }
}
