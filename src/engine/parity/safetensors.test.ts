import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BadFixture, readSafetensors, type StoredTensor } from './safetensors.ts'

interface Written {
  readonly dtype: 'F32' | 'I32'
  readonly shape: readonly number[]
  readonly values: Float32Array | Int32Array
}

/** A file as the format's own library writes it. */
const write = (tensors: Readonly<Record<string, Written>>, metadata: Record<string, string>): Uint8Array => {
  let offset = 0
  const header: Record<string, unknown> = { __metadata__: metadata }
  const parts: Uint8Array[] = []
  for (const [name, { dtype, shape, values }] of Object.entries(tensors)) {
    header[name] = { dtype, shape, data_offsets: [offset, offset + values.byteLength] }
    offset += values.byteLength
    parts.push(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
  }
  return assemble(JSON.stringify(header), parts)
}

const assemble = (header: string, parts: readonly Uint8Array[]): Uint8Array => {
  const text = new TextEncoder().encode(header)
  const prefix = new Uint8Array(8)
  new DataView(prefix.buffer).setBigUint64(0, BigInt(text.length), true)
  return Uint8Array.from([prefix, text, ...parts].flatMap((part) => [...part]))
}

const tensors = fc.dictionary(
  fc.string({ minLength: 1, maxLength: 12 }).filter((name) => !name.startsWith('__')),
  fc.record({
    shape: fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 }),
    isFloat: fc.boolean(),
    seed: fc.nat(1000),
  }),
  { maxKeys: 5 },
)

const whatItSays = (bytes: Uint8Array): string => {
  try {
    readSafetensors(bytes)
  } catch (error) {
    if (error instanceof BadFixture) return error.message
    throw error
  }
  return ''
}

describe('safetensors files', () => {
  it('come back as they were written, wherever their bytes begin', () => {
    fc.assert(
      fc.property(tensors, fc.nat(3), (described, shift) => {
        const written = Object.fromEntries(
          Object.entries(described).map(([name, { shape, isFloat, seed }]): [string, Written] => {
            const size = shape.reduce((product, side) => product * side, 1)
            const values = Array.from({ length: size }, (_, index) => seed * (index - 1))
            return [
              name,
              isFloat
                ? { dtype: 'F32', shape, values: Float32Array.from(values) }
                : { dtype: 'I32', shape, values: Int32Array.from(values) },
            ]
          }),
        )
        const bytes = write(written, { steps: '3' })
        // As a view into something larger, like Node's Buffer.
        const around = new Uint8Array(bytes.length + shift)
        around.set(bytes, shift)
        const read = readSafetensors(around.subarray(shift))
        expect(read.metadata.get('steps')).toBe('3')
        expect(Object.fromEntries(read.tensors)).toEqual(written as Readonly<Record<string, StoredTensor>>)
      }),
    )
  })

  it('never end in anything but a sentence when they are damaged', () => {
    const good = write({ a: { dtype: 'F32', shape: [2], values: Float32Array.of(1, 2) } }, { k: 'v' })
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.nat(255), fc.nat(good.length), (at, value, length) => {
        const damaged = good.slice(0, length)
        if (at < length) damaged[at] = value
        const said = whatItSays(damaged)
        if (said !== '') expect(said).toMatch(/^[A-Z].*\.$/s)
      }),
    )
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        expect(() => whatItSays(bytes)).not.toThrow()
      }),
    )
  })

  it.each([
    ['nothing at all', new Uint8Array(), 'shorter than the 8 bytes'],
    ['a header that is too long', Uint8Array.of(255, 255, 255, 255, 0, 0, 0, 0), 'the file ends before that'],
    ['no JSON', assemble('{oops', []), 'not JSON'],
    ['a list for a header', assemble('[]', []), 'no table'],
    [
      'an unknown type',
      assemble('{"a":{"dtype":"F64","shape":[],"data_offsets":[0,4]}}', [new Uint8Array(4)]),
      'F64',
    ],
    [
      'too few bytes',
      assemble('{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}', [new Uint8Array(4)]),
      'bytes 0 to 8 of 4',
    ],
    ['bytes that no tensor has', assemble('{}', [new Uint8Array(4)]), '4 are there'],
    [
      'a shape that is none',
      assemble('{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}', [new Uint8Array(4)]),
      'no list of sizes',
    ],
  ])('say what is wrong: %s', (_, bytes, words) => {
    expect(whatItSays(bytes)).toContain(words)
  })
})
