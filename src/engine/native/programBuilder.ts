import { Instruction, Operand, Phase, PhaseKind } from './assembly/instructionSet.ts'
import {
  type Activation,
  type ActivationPlace,
  type ActivationRoom,
  type ActivationShape,
  type ActivationUse,
  align,
  imageBytesOf,
  placeActivations,
} from './placeActivations.ts'

/** The operand of an instruction that has none. */
export const nothing = 'nothing'

export type Field = number | Activation | typeof nothing

/** A value for every word of an enumeration of words. */
export type Fields<E> = Readonly<Record<Exclude<keyof E, 'size'>, Field>>

/** A program for one place in memory. */
export interface Program {
  readonly words: Int32Array
  /** Address of `words`, which is that of the first phase. */
  readonly address: number
  /** The first byte behind it. */
  readonly end: number
  placeOf(activation: Activation): ActivationPlace
}

interface EncodedInstruction {
  readonly words: Int32Array
  readonly operands: readonly { readonly word: number; readonly activation: Activation }[]
}

interface CollectedPhase {
  readonly kind: PhaseKind
  readonly prologue: EncodedInstruction[]
  readonly body: EncodedInstruction[]
}

const wordBytes = 4
const instructionBytes = Instruction.size * wordBytes
const phaseBytes = Phase.size * wordBytes

/** A tile has so many images that its largest activation stays near the processor. */
const tileBytes = 16_384
const mostTileImages = 16

/** Collects the instructions of a program phase by phase. */
export class ProgramBuilder {
  readonly #phases: CollectedPhase[] = []
  #activations = 0

  /** Number of the present phase. */
  get phase(): number {
    return this.#phases.length
  }

  activation(shape: ActivationShape, place: Activation['place'] = 'batch'): Activation {
    return { id: this.#activations++, shape, place }
  }

  beginPhase(kind: PhaseKind): void {
    this.#phases.push({ kind, prologue: [], body: [] })
  }

  /** An instruction that each thread runs by itself before the present phase. */
  prepare<E extends object>(opcode: number, layout: E, fields: Fields<E>): void {
    this.#last().prologue.push(encode(opcode, layout, fields))
  }

  emit<E extends object>(opcode: number, layout: E, fields: Fields<E>): void {
    this.#last().body.push(encode(opcode, layout, fields))
  }

  #last(): CollectedPhase {
    const last = this.#phases.at(-1)
    if (last === undefined) throw new Error('A program begins with a phase.')
    return last
  }

  /** The activations lie first, then the program itself. */
  build(room: ActivationRoom): Program {
    const tiles = this.#phases.map(tileImagesOf)
    const uses = this.#phases.flatMap(({ prologue, body }, phase): ActivationUse[] =>
      [...prologue, ...body].map(({ operands }) => ({
        activations: operands.map(({ activation }) => activation),
        tileImages: tiles[phase] ?? 1,
      })),
    )
    const { end: activationsEnd, places } = placeActivations(uses, room)
    const placeOf = (activation: Activation): ActivationPlace => {
      const place = places.get(activation.id)
      if (place === undefined) throw new Error('An activation is looked for that no instruction uses.')
      return place
    }

    const address = align(activationsEnd)
    const instructions = this.#phases.flatMap(({ prologue, body }) => [prologue, body])
    const count = instructions.reduce((sum, { length }) => sum + length, 0)
    const firstInstruction = address + (this.#phases.length + 1) * phaseBytes
    const end = firstInstruction + count * instructionBytes
    const words = new Int32Array((end - address) / wordBytes)
    let next = firstInstruction
    const write = (list: readonly EncodedInstruction[]): number => {
      const first = next
      for (const instruction of list) {
        words.set(wordsOf(instruction, placeOf), (next - address) / wordBytes)
        next += instructionBytes
      }
      return first
    }
    this.#phases.forEach(({ kind, prologue, body }, index) => {
      const at = index * Phase.size
      words[at + Phase.kind] = kind
      words[at + Phase.prologue] = write(prologue)
      words[at + Phase.prologueCount] = prologue.length
      words[at + Phase.body] = write(body)
      words[at + Phase.bodyCount] = body.length
      words[at + Phase.tileImages] = tiles[index] ?? 1
    })
    return {
      words,
      address,
      end,
      placeOf,
    }
  }
}

const tileImagesOf = ({ kind, body }: CollectedPhase): number => {
  if (kind !== PhaseKind.images) return 1
  const largest = body
    .flatMap(({ operands }) => operands)
    .reduce((most, { activation }) => Math.max(most, imageBytesOf(activation.shape)), 1)
  return Math.max(1, Math.min(mostTileImages, Math.floor(tileBytes / largest)))
}

const encode = (
  opcode: number,
  layout: object,
  fields: Readonly<Record<string, Field>>,
): EncodedInstruction => {
  const words = new Int32Array(Instruction.size)
  words[0] = opcode
  const operands: { word: number; activation: Activation }[] = []
  for (const [name, value] of Object.entries(fields)) {
    const word: unknown = Object.getOwnPropertyDescriptor(layout, name)?.value
    if (typeof word !== 'number') throw new Error(`An instruction has no word ${name}.`)
    if (typeof value === 'number') words[word] = value
    else if (value !== nothing) operands.push({ word, activation: value })
  }
  return { words, operands }
}

const wordsOf = (
  { words, operands }: EncodedInstruction,
  placeOf: (activation: Activation) => ActivationPlace,
): Int32Array => {
  const placed = words.slice()
  for (const { word, activation } of operands) {
    const { base, threadBytes, imageBytes, rowBytes } = placeOf(activation)
    placed[word + Operand.base] = base
    placed[word + Operand.threadBytes] = threadBytes
    placed[word + Operand.imageBytes] = imageBytes
    placed[word + Operand.rowBytes] = rowBytes
  }
  return placed
}
