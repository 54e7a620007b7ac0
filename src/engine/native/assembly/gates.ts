// Shortcuts that are more than an addition (He et al. 2016, section 3.1), and the learned factor of SkipInit (De & Smith 2020, section 3).

import { sigmoid } from "./exponential";
import {
  Control, Dropout, Gate, GateGradient, GatedAdd, GatedAddGradient, Multiplier, MultiplierGradient,
} from "./instructionSet";
import {
  controlWord, firstImage, floatAt, imageBytes, imageCount, rowBytes, size, slice, tileOf, word,
} from "./words";

export function gate(): void {
  const side = word(Gate.side), pixel = size(Gate.channels) << 2, bias = size(Gate.bias);
  for (let n: usize = 0; n < <usize>imageCount; n++)
    for (let y: usize = 0; y < <usize>side; y++) {
      let p = tileOf(Gate.input) + n * imageBytes(Gate.input) + y * rowBytes(Gate.input);
      let q = tileOf(Gate.output) + n * imageBytes(Gate.output) + y * rowBytes(Gate.output);
      for (let x = 0; x < side; x++, p += pixel, q += pixel)
        for (let c: usize = 0; c < pixel; c += 16)
          v128.store(q + c, sigmoid(f32x4.add(v128.load(p + c), v128.load(bias + c))));
    }
}

/** σ' = σ · (1 − σ), so the gate's own output is all that its gradient reads. */
export function gateGradient(): void {
  const side = word(GateGradient.side), pixel = size(GateGradient.channels) << 2;
  const bias = size(GateGradient.biasGradient) + <usize>slice * size(GateGradient.sliceBytes);
  const one = f32x4.splat(1);
  for (let n: usize = 0; n < <usize>imageCount; n++)
    for (let c: usize = 0; c < pixel; c += 16) {
      let sum = f32x4.splat(0);
      for (let y: usize = 0; y < <usize>side; y++) {
        let p = tileOf(GateGradient.gradient) + n * imageBytes(GateGradient.gradient) + y * rowBytes(GateGradient.gradient) + c;
        let q = tileOf(GateGradient.output) + n * imageBytes(GateGradient.output) + y * rowBytes(GateGradient.output) + c;
        for (let x = 0; x < side; x++, p += pixel, q += pixel) {
          const open = v128.load(q);
          const g = f32x4.mul(v128.load(p), f32x4.mul(open, f32x4.sub(one, open)));
          v128.store(p, g);
          sum = f32x4.add(sum, g);
        }
      }
      v128.store(bias + c, f32x4.add(v128.load(bias + c), sum));
    }
}

/** residual + strength · (1 − gate) · carried, where an exclusive gate carries shortcut − residual and the other the shortcut. */
export function gatedAdd(): void {
  const side = word(GatedAdd.side), pixel = size(GatedAdd.channels) << 2;
  const strength = f32x4.splat(floatAt(GatedAdd.strength)), one = f32x4.splat(1);
  const isExclusive = word(GatedAdd.exclusive) != 0;
  const length = <usize>side * pixel;
  for (let n: usize = 0; n < <usize>imageCount; n++)
    for (let y: usize = 0; y < <usize>side; y++) {
      const residual = tileOf(GatedAdd.residual) + n * imageBytes(GatedAdd.residual) + y * rowBytes(GatedAdd.residual);
      const shortcut = tileOf(GatedAdd.shortcut) + n * imageBytes(GatedAdd.shortcut) + y * rowBytes(GatedAdd.shortcut);
      const open = tileOf(GatedAdd.gate) + n * imageBytes(GatedAdd.gate) + y * rowBytes(GatedAdd.gate);
      const output = tileOf(GatedAdd.output) + n * imageBytes(GatedAdd.output) + y * rowBytes(GatedAdd.output);
      for (let c: usize = 0; c < length; c += 16) {
        const f = v128.load(residual + c), s = v128.load(shortcut + c);
        const share = f32x4.mul(strength, f32x4.sub(one, v128.load(open + c)));
        v128.store(output + c, f32x4.add(f, f32x4.mul(share, isExclusive ? f32x4.sub(s, f) : s)));
      }
    }
}

export function gatedAddGradient(): void {
  const side = word(GatedAddGradient.side), pixel = size(GatedAddGradient.channels) << 2;
  const strength = f32x4.splat(floatAt(GatedAddGradient.strength)), one = f32x4.splat(1);
  const isExclusive = word(GatedAddGradient.exclusive) != 0;
  const length = <usize>side * pixel;
  for (let n: usize = 0; n < <usize>imageCount; n++)
    for (let y: usize = 0; y < <usize>side; y++) {
      const gradient = rowOf(GatedAddGradient.gradient, n, y), residual = rowOf(GatedAddGradient.residual, n, y);
      const shortcut = rowOf(GatedAddGradient.shortcut, n, y), open = rowOf(GatedAddGradient.gate, n, y);
      const ofGate = rowOf(GatedAddGradient.gateGradient, n, y);
      const ofShortcut = rowOf(GatedAddGradient.shortcutGradient, n, y);
      for (let c: usize = 0; c < length; c += 16) {
        const g = v128.load(gradient + c), s = v128.load(shortcut + c);
        const passed = f32x4.mul(g, f32x4.mul(strength, f32x4.sub(one, v128.load(open + c))));
        const carried = isExclusive ? f32x4.sub(s, v128.load(residual + c)) : s;
        v128.store(ofShortcut + c, passed);
        v128.store(ofGate + c, f32x4.neg(f32x4.mul(f32x4.mul(strength, g), carried)));
        if (isExclusive) v128.store(gradient + c, f32x4.sub(g, passed));
      }
    }
}

@inline
function rowOf(operand: i32, image: usize, row: usize): usize {
  return tileOf(operand) + image * imageBytes(operand) + row * rowBytes(operand);
}

export function multiplier(): void {
  const side = word(Multiplier.side), length = <usize>side * (size(Multiplier.channels) << 2);
  const factor = f32x4.splat(floatAt(Multiplier.factor));
  for (let n: usize = 0; n < <usize>imageCount; n++)
    for (let y: usize = 0; y < <usize>side; y++) {
      const p = rowOf(Multiplier.input, n, y), q = rowOf(Multiplier.output, n, y);
      for (let c: usize = 0; c < length; c += 16) v128.store(q + c, f32x4.mul(v128.load(p + c), factor));
    }
}

export function multiplierGradient(): void {
  const side = word(MultiplierGradient.side), length = <usize>side * (size(MultiplierGradient.channels) << 2);
  const factor = f32x4.splat(floatAt(MultiplierGradient.factor));
  let sum = f32x4.splat(0);
  for (let n: usize = 0; n < <usize>imageCount; n++)
    for (let y: usize = 0; y < <usize>side; y++) {
      const p = rowOf(MultiplierGradient.gradient, n, y), q = rowOf(MultiplierGradient.input, n, y);
      for (let c: usize = 0; c < length; c += 16) {
        const g = v128.load(p + c);
        sum = f32x4.add(sum, f32x4.mul(g, v128.load(q + c)));
        v128.store(p + c, f32x4.mul(g, factor));
      }
    }
  const to = size(MultiplierGradient.factorGradient) + <usize>slice * size(MultiplierGradient.sliceBytes);
  const total = f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1)
    + (f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3));
  store<f32>(to, load<f32>(to) + total);
}

/** A bijection of 32 bits in which every bit of the result depends on all (Wellons 2018, "lowbias32"). */
@inline
function mix(value: u32): u32 {
  value ^= value >> 16;
  value *= 0x21f0aaad;
  value ^= value >> 15;
  value *= 0x735a2d97;
  return value ^ (value >> 15);
}

@inline
function mixLanes(value: v128): v128 {
  value = v128.xor(value, v128.shr<u32>(value, 16));
  value = i32x4.mul(value, i32x4.splat(0x21f0aaad));
  value = v128.xor(value, v128.shr<u32>(value, 15));
  value = i32x4.mul(value, i32x4.splat(0x735a2d97));
  return v128.xor(value, v128.shr<u32>(value, 15));
}

/** What is dropped is a function of the step's key, the block and the value's index: see `dropoutMask` in the domain. */
export function dropout(): void {
  const side = word(Dropout.side), pixel = size(Dropout.channels) << 2;
  const networkChannels = word(Dropout.networkChannels);
  const first = mix(<u32>controlWord(Control.dropoutKey) ^ mix(<u32>word(Dropout.block) + 1));
  const firstLanes = i32x4.splat(first), secondLanes = i32x4.splat(mix(first + 0x9e3779b9));
  const droppedBelow = i32x4.splat(word(Dropout.droppedBelow)), kept = f32x4.splat(floatAt(Dropout.kept));
  const lanes = i32x4(0, 1, 2, 3);
  for (let n = 0; n < imageCount; n++)
    for (let y = 0; y < side; y++) {
      let p = rowOf(Dropout.input, n, y), q = rowOf(Dropout.output, n, y);
      let index = ((firstImage + n) * side + y) * side * networkChannels;
      for (let x = 0; x < side; x++, index += networkChannels, p += pixel, q += pixel)
        for (let c: usize = 0; c < pixel; c += 16) {
          const places = i32x4.add(i32x4.splat(index + <i32>(c >> 2)), lanes);
          const hash = mixLanes(v128.xor(mixLanes(v128.xor(places, firstLanes)), secondLanes));
          const isDropped = v128.lt<u32>(hash, droppedBelow);
          v128.store(q + c, v128.andnot(f32x4.mul(v128.load(p + c), kept), isDropped));
        }
    }
}
