/** One tensor of a safetensors file. */
export type StoredTensor =
  | { readonly dtype: 'F32'; readonly shape: readonly number[]; readonly values: Float32Array }
  | { readonly dtype: 'I32'; readonly shape: readonly number[]; readonly values: Int32Array }

export interface SafetensorsFile {
  readonly metadata: ReadonlyMap<string, string>
  readonly tensors: ReadonlyMap<string, StoredTensor>
}

/** A file that can't be used; the message is a sentence that says why. */
export class BadFixture extends Error {
  override readonly name = 'BadFixture'
}

/** The length of the header is held in its first 8 bytes. */
const prefixBytes = 8
/** More than any header here; the format's own limit. */
const longestHeader = 100_000_000
const bytesPerValue = 4

/**
 * Reads a safetensors file (8 bytes of length, a JSON header, then the values end to end) of float32 and int32 tensors.
 * https://github.com/huggingface/safetensors, section "Format". Throws `BadFixture`.
 */
export const readSafetensors = (bytes: Uint8Array): SafetensorsFile => {
  const header = readHeader(bytes)
  const data = bytes.subarray(prefixBytes + headerLength(bytes))
  const metadata = new Map<string, string>()
  const tensors = new Map<string, StoredTensor>()
  let described = 0
  for (const [name, entry] of Object.entries(header)) {
    if (name === '__metadata__') {
      for (const [key, value] of Object.entries(asRecord(entry, 'Its metadata is no table')))
        metadata.set(key, typeof value === 'string' ? value : JSON.stringify(value))
      continue
    }
    const tensor = readTensor(name, entry, data)
    described += tensor.values.byteLength
    tensors.set(name, tensor)
  }
  if (described !== data.byteLength)
    throw new BadFixture(`Its tensors should take ${described} bytes, and ${data.byteLength} are there.`)
  return { metadata, tensors }
}

const headerLength = (bytes: Uint8Array): number => {
  if (bytes.byteLength < prefixBytes) throw new BadFixture('It is shorter than the 8 bytes that begin it.')
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset, prefixBytes).getBigUint64(0, true))
  if (length > longestHeader || prefixBytes + length > bytes.byteLength)
    throw new BadFixture(`Its header should have ${length} bytes, and the file ends before that.`)
  return length
}

const readHeader = (bytes: Uint8Array): Readonly<Record<string, unknown>> => {
  const text = bytes.subarray(prefixBytes, prefixBytes + headerLength(bytes))
  try {
    return asRecord(
      JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(text)),
      'Its header is no table',
    )
  } catch (error) {
    if (error instanceof BadFixture) throw error
    throw new BadFixture('Its header is not JSON.')
  }
}

const readTensor = (name: string, entry: unknown, data: Uint8Array): StoredTensor => {
  const {
    dtype,
    shape,
    data_offsets: offsets,
  } = asRecord(entry, `Tensor ${name} is not described by a table`)
  if (!isCounts(shape)) throw new BadFixture(`The shape of tensor ${name} is no list of sizes.`)
  if (!isCounts(offsets) || offsets.length !== 2)
    throw new BadFixture(`The place of tensor ${name} is no pair of offsets.`)
  const [begin = 0, end = 0] = offsets
  const size = shape.reduce((product, side) => product * side, 1)
  if (end > data.byteLength || end - begin !== size * bytesPerValue)
    throw new BadFixture(
      `Tensor ${name} should lie in bytes ${begin} to ${end} of ${data.byteLength}, ${size * bytesPerValue} long.`,
    )
  // A copy, because the values need not begin at a multiple of their size (and `slice` of Node's Buffer is none).
  const values = new Uint8Array(data.subarray(begin, end)).buffer
  if (dtype === 'F32') return { dtype, shape, values: new Float32Array(values) }
  if (dtype === 'I32') return { dtype, shape, values: new Int32Array(values) }
  throw new BadFixture(`Tensor ${name} has values of type ${String(dtype)}; only F32 and I32 are read.`)
}

const asRecord = (value: unknown, complaint: string): Readonly<Record<string, unknown>> => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new BadFixture(`${complaint}.`)
  return value as Readonly<Record<string, unknown>>
}

const isCounts = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && item >= 0)
