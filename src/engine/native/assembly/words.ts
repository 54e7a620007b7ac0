// Reading instructions, and where a thread stands in the one that it runs.

import { Control, Operand, Slices } from "./instructionSet";

/** The instruction that is run, and the block that the driver and all threads share. */
export let instruction: usize = 0;
export let control: usize = 0;

/** Number of this thread, and of the threads in all. */
export let thread: i32 = 0;
export let threads: i32 = 1;

/** The tile: its first image, how many, the slice that it belongs to, and whether it begins or ends it. */
export let firstImage: i32 = 0;
export let imageCount: i32 = 0;
export let slice: i32 = 0;
export let beginsSlice: bool = false;
export let endsSlice: bool = false;

export function enter(atControl: usize, asThread: i32, ofThreads: i32): void {
  control = atControl;
  thread = asThread;
  threads = ofThreads;
}

@inline
export function setInstruction(at: usize): void {
  instruction = at;
}

export function setTile(first: i32, count: i32, ofSlice: i32, begins: bool, ends: bool): void {
  firstImage = first;
  imageCount = count;
  slice = ofSlice;
  beginsSlice = begins;
  endsSlice = ends;
}

@inline
export function word(index: i32): i32 {
  return load<i32>(instruction + (<usize>index << 2));
}

/** A word as an address or a number of bytes. */
@inline
export function size(index: i32): usize {
  return <usize>load<u32>(instruction + (<usize>index << 2));
}

/** The float at the address that a word holds. */
@inline
export function floatAt(index: i32): f32 {
  return load<f32>(size(index));
}

@inline
export function controlWord(index: i32): i32 {
  return load<i32>(control + (<usize>index << 2));
}

@inline
export function controlFloat(index: i32): f32 {
  return load<f32>(control + (<usize>index << 2));
}

/** Address of pixel (0, 0) of the tile's first image. */
@inline
export function tileOf(operand: i32): usize {
  const base = size(operand + Operand.base);
  const threadBytes = size(operand + Operand.threadBytes);
  return threadBytes != 0
    ? base + <usize>thread * threadBytes
    : base + <usize>firstImage * size(operand + Operand.imageBytes);
}

@inline
export function imageBytes(operand: i32): usize {
  return size(operand + Operand.imageBytes);
}

@inline
export function rowBytes(operand: i32): usize {
  return size(operand + Operand.rowBytes);
}

/** Images of a slice: the batch in equal parts, the last ones shorter. */
export function sliceStart(ofSlice: i32): i32 {
  const images = controlWord(Control.images);
  const share = (images + Slices.count - 1) / Slices.count;
  return min(images, ofSlice * share);
}
