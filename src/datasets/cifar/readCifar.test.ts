import { existsSync } from 'node:fs'
import { readFile as readDisk } from 'node:fs/promises'
import fc from 'fast-check'
import { createTar, createTarGzip } from 'nanotar'
import { describe, expect, it } from 'vitest'
import { sliceImages } from '../concatenateImages.ts'
import { cifarRecordBytes } from './cifarImages.ts'
import { type CifarReading, readCifar } from './readCifar.ts'
import type { UserFile } from './readFile.ts'

const folder = '../shared/data/cifar10'
const hasRealFiles = existsSync(folder)
if (!hasRealFiles) console.log(`skipped: tests on real CIFAR-10 files, as ${folder} is not there`)

const quiet = () => undefined
const file = (name: string, ...parts: BlobPart[]): File => new File(parts, name)

/** `count` images whose labels count up and whose bytes follow from their place. */
const batch = (count: number, start = 0): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(count * cifarRecordBytes)
  for (let i = 0; i < bytes.length; i++) bytes[i] = (i * 7 + start) % 251
  for (let i = 0; i < count; i++) bytes[i * cifarRecordBytes] = (i + start) % 10
  return bytes
}

const inFolder = (name: string, data: Uint8Array) => ({ name: `cifar-10-batches-bin/${name}`, data })

const sentenceOf = (reading: CifarReading): string => {
  if (reading.ok) throw new Error('was read')
  return reading.sentence
}

const cifarOf = (reading: CifarReading) => {
  if (!reading.ok) throw new Error(reading.sentence)
  return reading.cifar
}

const refusal = async (...files: UserFile[]): Promise<string> => sentenceOf(await readCifar(files, quiet))

describe('readCifar', { timeout: 60_000 }, () => {
  it('reads batches: labels, planes to channels, training and test apart', async () => {
    const training = batch(12)
    const reading = await readCifar(
      [file('test_batch.bin', batch(5, 3)), file('data_batch_1.bin', training)],
      quiet,
    )
    const cifar = cifarOf(reading)
    expect([cifar.training.count, cifar.validation.count]).toEqual([12, 5])
    expect([...cifar.training.labels]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1])
    expect([...cifar.validation.labels]).toEqual([3, 4, 5, 6, 7])
    for (const [image, place] of [
      [0, 0],
      [3, 77],
      [11, 1023],
    ] as const) {
      for (let channel = 0; channel < 3; channel++) {
        expect(cifar.training.pixels[image * 3072 + place * 3 + channel]).toBe(
          training[image * cifarRecordBytes + 1 + channel * 1024 + place],
        )
      }
    }
  })

  it('gives back any batch that was written', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ max: 9, minLength: 2, maxLength: 12 }),
        fc.nat(255),
        async (labels, fill) => {
          const bytes = new Uint8Array(labels.length * cifarRecordBytes).fill(fill)
          for (const [i, label] of labels.entries()) bytes[i * cifarRecordBytes] = label
          const { training, validation } = cifarOf(
            await readCifar([file('data_batch_3.bin', bytes), file('test_batch.bin', bytes)], quiet),
          )
          const expected = new Uint8Array(labels.length * 3072).fill(fill)
          for (const images of [training, validation]) {
            expect(images.labels).toEqual(labels)
            expect(Buffer.compare(images.pixels, expected)).toBe(0)
          }
        },
      ),
      { numRuns: 30 },
    )
  })

  const entries = [
    inFolder('data_batch_2.bin', batch(6, 2)),
    inFolder('batches.meta.txt', new TextEncoder().encode('airplane\n')),
    inFolder('data_batch_1.bin', batch(4, 1)),
    inFolder('readme.html', new Uint8Array(0)),
    inFolder('test_batch.bin', batch(3)),
  ]

  it.each([
    ['cifar-10-binary.tar.gz', async () => new Uint8Array(await createTarGzip(entries))],
    ['cifar-10-binary.tar', async () => new Uint8Array(createTar(entries))],
  ])('reads %s, in the order of the batches', async (name, bytes) => {
    const fractions: number[] = []
    const reading = await readCifar([file(name, await bytes())], (fraction) => {
      fractions.push(fraction)
    })
    const { training, validation } = cifarOf(reading)
    expect([...training.labels]).toEqual([1, 2, 3, 4, 2, 3, 4, 5, 6, 7])
    expect(validation.count).toBe(3)
    expect(fractions.at(-1)).toBe(1)
    expect(reading.ok && reading.note).toMatch(/data_batch_1\.bin holds 4 images, the official file 10,000/)
  })

  it('keeps training images apart where the test batch is missing, and says so', async () => {
    const reading = await readCifar([file('data_batch_1.bin', batch(10))], quiet)
    const { training, validation } = cifarOf(reading)
    expect([...training.labels]).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
    expect([...validation.labels]).toEqual([8, 9])
    expect(training.pixels).toHaveLength(8 * 3072)
    expect(reading.ok && reading.note).toMatch(/test_batch\.bin was not among the files, so the last 2 /)
  })

  it('leaves out what is not needed, and names what it does not know', async () => {
    const files = [file('data_batch_1.bin', batch(10)), file('.DS_Store', 'x'), file('batches.meta.txt', 'x')]
    const clean = await readCifar(files, quiet)
    expect(clean.ok && clean.note).not.toMatch(/left out/)
    const more = await readCifar([...files, file('holiday.jpg', 'x')], quiet)
    expect(more.ok && more.note).toMatch(/holiday\.jpg: not of CIFAR-10, left out/)
  })

  it('takes a batch that was downloaded twice once', async () => {
    const { training } = cifarOf(
      await readCifar(
        [
          file('data_batch_1 (1).bin', batch(10)),
          file('data_batch_1.bin', batch(10)),
          file('test_batch.bin', batch(1)),
        ],
        quiet,
      ),
    )
    expect(training.count).toBe(10)
  })

  describe('says what is wrong', () => {
    it('with a short file', async () => {
      expect(await refusal(file('data_batch_1.bin', batch(3).subarray(0, 7000)))).toMatch(
        /^data_batch_1\.bin is 7,000 bytes long, .* cut short .* Download cifar-10-binary\.tar\.gz again/,
      )
    })

    it('with an empty file, and with no file', async () => {
      expect(await refusal(file('test_batch.bin'))).toMatch(/^test_batch\.bin is empty/)
      expect(await refusal(file('cifar-10-binary.tar.gz'))).toMatch(/^cifar-10-binary\.tar\.gz is empty/)
      expect(await refusal()).toMatch(/Choose cifar-10-binary\.tar\.gz/)
      expect(await refusal(file('readme.html', 'x'))).toMatch(/Choose cifar-10-binary\.tar\.gz/)
    })

    it('with a label that there is not', async () => {
      const bytes = batch(3)
      bytes[cifarRecordBytes] = 10
      expect(await refusal(file('data_batch_1.bin', bytes))).toMatch(/image 2 has the label 10/)
    })

    it('with a test batch alone, and with one image alone', async () => {
      expect(await refusal(file('test_batch.bin', batch(3)))).toMatch(/^Only test_batch\.bin was chosen/)
      expect(await refusal(file('data_batch_1.bin', batch(1)))).toMatch(/^One image is too few/)
    })

    it('with the Python and MATLAB versions and CIFAR-100, packed or not', async () => {
      const python = createTar([{ name: 'cifar-10-batches-py/data_batch_4', data: batch(1) }])
      const matlab = await createTarGzip([{ name: 'cifar-10-batches-mat/data_batch_4.mat', data: batch(1) }])
      const hundred = createTar([{ name: 'cifar-100-binary/train.bin', data: batch(1) }])
      expect(await refusal(file('c.tar', new Uint8Array(python)))).toMatch(/^c\.tar is the Python version/)
      expect(await refusal(file('c.tar.gz', new Uint8Array(matlab)))).toMatch(
        /^c\.tar\.gz is the MATLAB version/,
      )
      expect(await refusal(file('c.tar', new Uint8Array(hundred)))).toMatch(/^c\.tar is CIFAR-100/)
      expect(await refusal(file('cifar-10-python.tar.gz', 'x'))).toMatch(/Python version/)
      expect(await refusal(file('cifar-10-matlab.tar.gz', 'x'))).toMatch(/MATLAB version/)
      expect(await refusal(file('cifar-100-binary.tar.gz', 'x'))).toMatch(/CIFAR-100/)
      expect(await refusal(file('data_batch_1', 'x'))).toMatch(/Python version/)
    })

    it('with a page saved as the archive, a picture, and other archives', async () => {
      expect(await refusal(file('cifar-10-binary.tar.gz', '<html>Not found</html>'))).toMatch(
        /its download failed/,
      )
      expect(await refusal(file('cat.png', batch(1)))).toMatch(/^cat\.png is not a file of CIFAR-10/)
      const gzipped = new Blob(['no tar in here']).stream().pipeThrough(new CompressionStream('gzip'))
      const bytes = await new Response(gzipped).arrayBuffer()
      expect(await refusal(file('x.gz', bytes))).toMatch(/^x\.gz is not an archive of CIFAR-10/)
      const other = createTar([{ name: 'notes.txt', data: 'x' }])
      expect(await refusal(file('x.tar', new Uint8Array(other)))).toMatch(/holds none of CIFAR-10's files/)
    })

    it('with an archive that is cut short or damaged', async () => {
      const packed = new Uint8Array(await createTarGzip(entries))
      const damaged = /^a\.tar\.gz is damaged or cut short/
      expect(await refusal(file('a.tar.gz', packed.slice(0, packed.length - 400)))).toMatch(damaged)
      const flipped = packed.slice()
      for (let i = 200; i < 260; i++) flipped[i] = 255 - (flipped[i] as number)
      // Either the unpacking or what comes out of it is wrong, by chance.
      expect(await refusal(file('a.tar.gz', flipped))).toMatch(
        /^(data_batch_2\.bin in )?a\.tar\.gz is damaged/,
      )
      const tar = new Uint8Array(createTar(entries))
      expect(await refusal(file('a.tar', tar.slice(0, 9000)))).toMatch(/^a\.tar is damaged or cut short/)
    })

    it('with a file that cannot be read', async () => {
      const locked: UserFile = {
        name: 'data_batch_1.bin',
        size: cifarRecordBytes,
        stream: () =>
          new ReadableStream({
            pull(controller) {
              controller.error(new DOMException('gone', 'NotReadableError'))
            },
          }),
      }
      expect(await refusal(locked)).toMatch(/could not be read: it may have been moved/)
      expect(await refusal({ ...locked, name: 'a.tar.gz' })).toMatch(/could not be read/)
    })

    it('with an entry that claims to be huge, without making room for it', async () => {
      const tar = new Uint8Array(createTar([inFolder('data_batch_1.bin', batch(1))]))
      tar.set(new TextEncoder().encode('77777777777'), 124)
      tar.fill(32, 148, 156)
      const sum = tar.subarray(0, 512).reduce((a, b) => a + b)
      tar.set(new TextEncoder().encode(`${sum.toString(8).padStart(6, '0')}\0 `), 148)
      expect(await refusal(file('a.tar', tar))).toMatch(/larger than CIFAR-10's own file/)
    })
  })

  describe('never throws', () => {
    const names = fc.constantFrom(
      'data_batch_1.bin',
      'test_batch.bin',
      'a.tar',
      'cifar-10-binary.tar.gz',
      'x',
    )
    const isAnswer = (reading: CifarReading): void => {
      if (reading.ok) expect(reading.cifar.training.count).toBeGreaterThan(0)
      else expect(reading.sentence).toMatch(/^.{20,}\.$/)
    }

    it('at random bytes under any name', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(names, fc.uint8Array({ maxLength: 7000, size: 'max' })), { maxLength: 3 }),
          fc.constantFrom([], [0x1f, 0x8b], [0x1f, 0x8b, 8, 0]),
          async (chosen, head) => {
            const files = chosen.map(([name, bytes]) => file(name, Uint8Array.from([...head, ...bytes])))
            isAnswer(await readCifar(files, quiet))
          },
        ),
      )
    })

    it.each(['cifar-10-binary.tar.gz', 'a.tar', 'data_batch_1.bin'])('at a mutated %s', async (name) => {
      const good =
        name === 'a.tar'
          ? createTar(entries)
          : name === 'data_batch_1.bin'
            ? batch(3)
            : await createTarGzip(entries)
      const change = fc.tuple(fc.nat(good.length - 1), fc.nat(255))
      // Headers and the beginning of the gzip are where a change does most.
      const early = fc.tuple(fc.nat(Math.min(good.length - 1, 600)), fc.nat(255))
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.oneof(change, early), { minLength: 1, maxLength: 5 }),
          fc.nat(good.length),
          fc.boolean(),
          async (changes, length, isCut) => {
            const bytes = new Uint8Array(good)
            for (const [at, value] of changes) bytes[at] = value
            isAnswer(await readCifar([file(name, isCut ? bytes.slice(0, length) : bytes)], quiet))
          },
        ),
      )
    })
  })

  describe.skipIf(!hasRealFiles)('on the real files', () => {
    const real = async (name: string) => new Uint8Array(await readDisk(`${folder}/${name}`))

    it('reads batches as they are and from a tar.gz, to the same images', async () => {
      const [training, test] = await Promise.all([real('data_batch_1.bin'), real('test_batch.bin')])
      const reading = await readCifar(
        [file('data_batch_1.bin', training), file('test_batch.bin', test)],
        quiet,
      )
      const plain = cifarOf(reading)
      expect(reading.ok && reading.note).toBeNull()
      expect([plain.training.count, plain.validation.count]).toEqual([10_000, 10_000])
      for (let label = 0; label < 10; label++) {
        expect(plain.validation.labels.filter((other) => other === label)).toHaveLength(1000)
      }

      // A few thousand images: packing is slow, unpacking is what counts.
      const some = 2000 * cifarRecordBytes
      const archive = await createTarGzip([
        inFolder('test_batch.bin', test.subarray(0, some)),
        inFolder('data_batch_1.bin', training.subarray(0, some)),
      ])
      let reports = 0
      const packed = cifarOf(
        await readCifar([file('cifar-10-binary.tar.gz', new Uint8Array(archive))], () => {
          reports++
        }),
      )
      for (const split of ['training', 'validation'] as const) {
        const expected = sliceImages(plain[split], 0, 2000)
        expect(Buffer.compare(packed[split].pixels, expected.pixels)).toBe(0)
        expect(packed[split].labels).toEqual(expected.labels)
      }
      expect(reports).toBeGreaterThan(10)
    })
  })
})
