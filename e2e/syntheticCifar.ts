import { gzipSync } from 'node:zlib'

const recordBytes = 1 + 3072

/**
 * Records of CIFAR-10's binary version that can be learned: a label byte, then red, green and blue planes of 32×32. Every class
 * has a colour and a stripe of its own, with some noise.
 */
export const syntheticBatch = (images: number, seed: number): Buffer => {
  const bytes = Buffer.alloc(images * recordBytes)
  let state = seed >>> 0 || 1
  const noise = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state >>> 26
  }
  for (let image = 0; image < images; image++) {
    const label = image % 10
    const start = image * recordBytes
    bytes[start] = label
    for (let i = 0; i < 3072; i++) {
      const plane = Math.floor(i / 1024)
      const row = Math.floor((i % 1024) / 32)
      const isStripe = Math.floor(row / 3) === label
      bytes[start + 1 + i] = (isStripe ? 160 : 20 * ((label * (plane + 1)) % 10)) + noise()
    }
  }
  return bytes
}

/** One file as a tar archive holds it: a header of 512 bytes, the content, zeros up to the next 512. */
const tarEntry = (name: string, content: Buffer): Buffer => {
  const header = Buffer.alloc(512)
  header.write(name, 0, 100)
  header.write('0000644\0', 100)
  header.write('0000000\0', 108)
  header.write('0000000\0', 116)
  header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124)
  header.write('00000000000\0', 136)
  header.write('        ', 148)
  header.write('0', 156)
  header.write('ustar\0', 257)
  header.write('00', 263)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return Buffer.concat([header, content, Buffer.alloc((512 - (content.length % 512)) % 512)])
}

/** An archive of the official form, small: five training batches and a test batch of `images` each. */
export const syntheticArchive = (images: number): Buffer => {
  const folder = 'cifar-10-batches-bin'
  const entries = [1, 2, 3, 4, 5].map((batch) =>
    tarEntry(`${folder}/data_batch_${batch}.bin`, syntheticBatch(images, batch)),
  )
  const names = 'airplane\nautomobile\nbird\ncat\ndeer\ndog\nfrog\nhorse\nship\ntruck\n'
  return gzipSync(
    Buffer.concat([
      tarEntry(`${folder}/batches.meta.txt`, Buffer.from(names)),
      ...entries,
      tarEntry(`${folder}/test_batch.bin`, syntheticBatch(images, 6)),
      Buffer.alloc(1024),
    ]),
  )
}
