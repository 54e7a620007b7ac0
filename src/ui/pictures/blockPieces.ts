import {
  type ActivationName,
  type Addition,
  inputsOf,
  isAddition,
  type NetworkPlan,
  type Operation,
} from '../../domain/networkPlan.ts'

/** What a close-up shows: a block, counted from 0, or what stands before or after all of them. */
export type NetworkPart = number | 'stem' | 'head'

/** Where a piece lies: on the way of F, on the shortcut, on the way to the gate, or after the addition. */
export type PieceLane = 'residual' | 'shortcut' | 'gate' | 'after'

/** A piece is an operation, or a part of an addition: a factor before it, the plus, a shortcut that does nothing to x. */
export type PieceRole = 'operation' | 'residual-factor' | 'shortcut-factor' | 'identity' | 'plus'

export interface BlockPiece {
  readonly id: string
  readonly lane: PieceLane
  readonly role: PieceRole
  readonly operation: Operation
}

/** All pieces of one part of a network, each lane in order of execution. */
export interface BlockPieces {
  readonly residual: readonly BlockPiece[]
  readonly shortcut: readonly BlockPiece[]
  readonly gate: readonly BlockPiece[]
  /** Null where nothing is added: stem, head, a network without shortcuts. */
  readonly plus: BlockPiece | null
  readonly after: readonly BlockPiece[]
  /** How many pieces of F stand before the point from which the shortcut branches off: 0 is x itself. */
  readonly shortcutFrom: number
}

/** The pieces of one part, read from the expansion that is trained. */
export const blockPieces = (plan: NetworkPlan, part: NetworkPart): BlockPieces => {
  const operations = operationsOf(plan, part)
  const position = operations.findIndex(isAddition)
  const addition = operations[position]
  if (addition === undefined || !isAddition(addition))
    return {
      residual: operations.map((operation) => pieceOf('residual', operation)),
      shortcut: [],
      gate: [],
      plus: null,
      after: [],
      shortcutFrom: 0,
    }
  const written = new Map(operations.map((operation) => [operation.output, operation]))
  const residual = chainTo(addition.residual, written)
  const ofResidual = new Set(residual.map(({ output }) => output))
  const beside = new Map([...written].filter(([name]) => !ofResidual.has(name)))
  const shortcut = chainTo(addition.shortcut, beside)
  const gate = addition.kind === 'gated-add' ? chainTo(addition.gate, beside) : []
  const source = shortcut[0] === undefined ? addition.shortcut : inputsOf(shortcut[0])[0]
  return {
    residual: [
      ...residual.map((operation) => pieceOf('residual', operation)),
      ...factorOf('residual', addition),
    ],
    shortcut: shortcutPieces(shortcut, addition),
    gate: gate.map((operation) => pieceOf('gate', operation)),
    plus: { id: addition.output, lane: 'after', role: 'plus', operation: addition },
    after: operations.slice(position + 1).map((operation) => pieceOf('after', operation)),
    shortcutFrom: residual.findIndex(({ output }) => output === source) + 1,
  }
}

/** Every piece, in the order in which it is executed and read aloud. */
export const allPieces = ({ residual, gate, shortcut, plus, after }: BlockPieces): readonly BlockPiece[] => [
  ...residual,
  ...gate,
  ...shortcut,
  ...(plus === null ? [] : [plus]),
  ...after,
]

const operationsOf = ({ operations }: NetworkPlan, part: NetworkPart): readonly Operation[] => {
  if (typeof part === 'number') return operations.filter(({ block }) => block === part)
  const firstOfBlocks = operations.findIndex(({ block }) => block !== null)
  return operations.filter(
    ({ block }, index) => block === null && index < firstOfBlocks === (part === 'stem'),
  )
}

/** The operations of one way, from where it branches off to the activation of this name. */
const chainTo = (
  end: ActivationName,
  written: ReadonlyMap<ActivationName, Operation>,
): readonly Operation[] => {
  const chain: Operation[] = []
  for (let name: ActivationName | undefined = end; name !== undefined; ) {
    const operation = written.get(name)
    if (operation === undefined) break
    chain.unshift(operation)
    name = inputsOf(operation)[0]
  }
  return chain
}

const pieceOf = (lane: PieceLane, operation: Operation): BlockPiece => ({
  id: operation.output,
  lane,
  role: 'operation',
  operation,
})

const factorOf = (lane: 'residual' | 'shortcut', addition: Addition): readonly BlockPiece[] => {
  const isResidual = lane === 'residual'
  const has =
    addition.kind === 'gated-add'
      ? !isResidual || addition.exclusive
      : (isResidual ? addition.residualScale : addition.shortcutScale) !== 1
  const role = isResidual ? 'residual-factor' : 'shortcut-factor'
  return has ? [{ id: `${addition.output}.${role}`, lane, role, operation: addition }] : []
}

const shortcutPieces = (operations: readonly Operation[], addition: Addition): readonly BlockPiece[] => {
  const pieces = [
    ...operations.map((operation) => pieceOf('shortcut', operation)),
    ...factorOf('shortcut', addition),
  ]
  if (pieces.length > 0) return pieces
  return [{ id: `${addition.output}.identity`, lane: 'shortcut', role: 'identity', operation: addition }]
}
