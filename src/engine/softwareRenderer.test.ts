import { expect, it } from 'vitest'
import { isSoftwareRenderer } from './softwareRenderer.ts'

it.each([
  'ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)',
  'llvmpipe (LLVM 15.0.7, 256 bits)',
  'ANGLE (Microsoft, Microsoft Basic Render Driver (0x0000008C) Direct3D11 vs_5_0 ps_5_0, D3D11)',
  'ANGLE (Microsoft, WARP Direct3D11 vs_5_0 ps_5_0)',
  'Apple Software Renderer',
])('%s computes on the processor', (renderer) => {
  expect(isSoftwareRenderer(renderer)).toBe(true)
})

it.each([
  'ANGLE (NVIDIA, NVIDIA GeForce RTX 3060 Direct3D11 vs_5_0 ps_5_0, D3D11)',
  'ANGLE (Apple, ANGLE Metal Renderer: Apple M2, Unspecified Version)',
  'Mali-G78',
  'Mesa Intel(R) UHD Graphics 620 (KBL GT2)',
])('%s is a GPU', (renderer) => {
  expect(isSoftwareRenderer(renderer)).toBe(false)
})
