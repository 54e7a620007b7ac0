import type { StudyKind } from '../../domain/studyVariants.ts'

/** What a study of each kind asks, for its choice. */
export const studyQuestions: Readonly<Record<StudyKind, string>> = {
  shortcuts: 'Shortcuts',
  orders: 'Orders of BN and ReLU',
}

/** What each row of a study is. */
export const rowNames: Readonly<Record<StudyKind, string>> = { shortcuts: 'Shortcut', orders: 'Order' }

export const runsText = (count: number): string => (count === 1 ? '1 run' : `${count} runs`)
export const networksText = (count: number): string => (count === 1 ? '1 network' : `${count} networks`)
