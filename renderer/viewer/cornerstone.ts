// The only file that knows Cornerstone. It draws one picture per element and holds the camera; loading, windowing and
// measuring are ours.
//
// Stacks use Cornerstone's 2D canvas backend on every machine: the same pixels with and without a GPU, first image in
// 17 ms against 240 ms with software WebGL, and no shared WebGL contexts (cornerstone3D #2909). `IImage.render` is its
// hook for drawing an image; ours is exact for VOI LUTs, floats and 32 bit, which its tables are not.
import { Enums, init, metaData, RenderingEngine, type Types, utilities } from '@cornerstonejs/core'
import { blankImage } from '#shared/imaging/blankImage.ts'
import type { ColourMap } from '#shared/imaging/colourMaps.ts'
import { frameBytes, frameOf, pixelAspectOf } from '#shared/imaging/frameOf.ts'
import type { InstanceImage } from '#shared/imaging/instanceImage.ts'
import { paddingRange } from '#shared/imaging/paddingRange.ts'
import type { GreyCurve, WindowShape } from '#shared/imaging/windowLut.ts'
import { type Affine, type Camera, fitScale } from './camera.ts'
import { drawShutter, type OverlayCanvas } from './fileGraphics.ts'
import { type OverMapping, OverSurface } from './overSurface.ts'
import type { SampleArray } from './samples.ts'
import { Surface } from './surface.ts'

export interface Picture {
  key: string
  image: InstanceImage
  /** From 0, within the instance. */
  frame: number
  samples: SampleArray
  /** The whole of it is still being made. */
  coarse?: boolean
  /** Values of another volume at the same pixels, to be drawn over it. */
  over?: Float32Array<ArrayBuffer>
}

export interface Presentation {
  center: number
  width: number
  shape: WindowShape
  /** In place of the window. */
  curve: GreyCurve | null
  /** Low values white. */
  inverted: boolean
  camera: Camera
  colours?: ColourMap | undefined
  /** Shutter and overlay planes of the file. */
  graphics: boolean
  overlay?: OverlayCanvas | undefined
  /** How the values of `Picture.over` are drawn. */
  over?: OverMapping | undefined
}

/** In place of a picture that is let go. */
const nothing: Picture = {
  key: 'neg:nothing:0',
  image: { ...blankImage, rows: 1, columns: 1 },
  frame: 0,
  samples: new Int16Array(1),
}

let engine: RenderingEngine | undefined
let views = 0
const open = new Set<PictureView>()

function sharedEngine(): RenderingEngine {
  if (!engine) {
    init({ rendering: { useCPURendering: true }, debug: { statsOverlay: false } })
    metaData.addProvider(describe)
    engine = new RenderingEngine('stacks')
  }
  return engine
}

export class PictureView {
  readonly element: HTMLDivElement
  readonly #id = `picture-${++views}`
  readonly #viewport: Types.IStackViewport
  readonly #surface = new Surface()
  #overSurface = new OverSurface()
  #picture: Picture | undefined
  #image: Types.IImage | undefined
  #presentation: Presentation | undefined
  #drawnKey: string | undefined
  #isFresh = false
  #onDrawn: (key: string) => void = () => {}

  constructor() {
    this.element = document.createElement('div')
    this.element.style.cssText = 'position:absolute;inset:0;outline:none'
    const { element } = this
    const stacks = sharedEngine()
    stacks.enableElement({ viewportId: this.#id, element, type: Enums.ViewportType.STACK })
    this.#viewport = stacks.getViewport(this.#id) as Types.IStackViewport
    element.addEventListener(Enums.Events.IMAGE_RENDERED, () => {
      if (this.#drawnKey !== undefined) this.#onDrawn(this.#drawnKey)
    })
  }

  /** Fills `parent` until it is taken away. `onDrawn` is told the key of the picture whose pixels are on the canvas now. */
  putInto(parent: HTMLElement, onDrawn: (key: string) => void): void {
    this.#onDrawn = onDrawn
    open.add(this)
    parent.append(this.element)
    this.#fitCanvas()
  }

  /** Nothing of what it has shown stays, but what it draws with. */
  takeAway(): void {
    this.#onDrawn = () => {}
    this.element.remove()
    this.#picture = nothing
    this.#viewport.renderImageObject(cornerstoneImage(nothing, () => {}))
    open.delete(this)
    this.clear()
    this.#presentation = undefined
    this.#surface.release()
    this.#overSurface = new OverSurface()
  }

  /** The picture whose pixels are on the canvas. */
  get drawnKey(): string | undefined {
    return this.#drawnKey
  }

  get picture(): Picture | undefined {
    return this.#picture
  }

  /** The image that is drawn, as Cornerstone holds it. */
  get drawnImage(): Types.IImage | undefined {
    return this.#image && this.#viewport.getCornerstoneImage() === this.#image ? this.#image : undefined
  }

  get canvas(): HTMLCanvasElement {
    return this.#viewport.canvas
  }

  show(picture: Picture, presentation: Presentation): void {
    if (this.#picture?.samples !== picture.samples || this.#picture.key !== picture.key) {
      this.#picture = picture
      this.#image = cornerstoneImage(picture, (enabledElement) => this.#draw(picture, enabledElement))
      this.#viewport.renderImageObject(this.#image)
    }
    this.#present(presentation)
    if (this.#drawnKey === undefined) this.drawNow()
  }

  /** Nothing is shown; the canvas is black. */
  clear(): void {
    this.#picture = undefined
    this.#image = undefined
    this.#drawnKey = undefined
    this.#isFresh = false
    const context = this.canvas.getContext('2d')
    context?.setTransform(1, 0, 0, 1, 0, 0)
    context?.clearRect(0, 0, this.canvas.width, this.canvas.height)
  }

  /** To be called when the element has a new size. */
  resize(): void {
    if (this.#fitCanvas() && this.#picture && this.#presentation) this.#present(this.#presentation)
  }

  /** Image coordinates (0,0 = outer corner of the first pixel) to CSS pixels of the element. */
  imageToCanvas(): Affine {
    const data = this.#viewport.getImageData()
    const at = (column: number, row: number) => {
      const world = [0, 1, 2].map(
        (axis) =>
          (data.origin[axis] ?? 0) +
          (data.direction[axis] ?? 0) * column * (data.spacing[0] ?? 1) +
          (data.direction[axis + 3] ?? 0) * row * (data.spacing[1] ?? 1),
      ) as Types.Point3
      return this.#viewport.worldToCanvas(world)
    }
    // A long base keeps the digits where the image lies far from the origin of the patient's coordinates.
    const base = 1024
    const [e, f] = at(0, 0)
    const right = at(base, 0)
    const down = at(0, base)
    return [(right[0] - e) / base, (right[1] - f) / base, (down[0] - e) / base, (down[1] - f) / base, e, f]
  }

  /** Draws the picture as it is shown into a context that counts in image coordinates. */
  paint(context: CanvasRenderingContext2D): void {
    if (!this.#picture || !this.#presentation) return
    const { graphics, overlay } = this.#presentation
    const { image } = this.#picture
    context.imageSmoothingEnabled = true
    context.imageSmoothingQuality = 'medium'
    context.drawImage(this.#surface.canvas, 0, 0)
    if (this.#picture.over && this.#presentation.over)
      context.drawImage(this.#overSurface.draw(image, this.#picture.over, this.#presentation.over), 0, 0)
    if (graphics && image.shutter) drawShutter(context, image, image.shutter)
    if (graphics && overlay) context.drawImage(overlay, 0, 0)
  }

  /** Screen pixels per image pixel, by its shorter side. */
  get scale(): number {
    const { image, frame } = this.#picture ?? {}
    if (!image || frame === undefined || !this.#presentation) return 1
    const { camera } = this.#presentation
    return fitScale(this.canvas, image, pixelAspectOf(image, frame), camera.rotation) * camera.zoom
  }

  destroy(): void {
    sharedEngine().disableElement(this.#id)
  }

  #present(presentation: Presentation): void {
    if (!this.#picture) return
    this.#presentation = presentation
    this.#isFresh = false
    const { center, width, inverted, camera } = presentation
    this.#viewport.setProperties({
      voiRange: utilities.windowLevel.toLowHighRange(Math.max(1, width), center),
      invert: inverted,
    })
    // Resetting also takes over the size of the new image, which Cornerstone otherwise keeps from the first one.
    this.#viewport.resetCamera()
    this.#viewport.setViewPresentation({ rotation: camera.rotation, zoom: this.scale })
    this.#viewport.setCamera({
      scale: this.scale,
      flipHorizontal: camera.flippedColumns,
      flipVertical: camera.flippedRows,
    })
    const [a, b, c, d, e, f] = this.imageToCanvas()
    const x = camera.center[0] * this.#picture.image.columns
    const y = camera.center[1] * this.#picture.image.rows
    this.#viewport.setCamera({ focalPoint: this.#viewport.canvasToWorld([a * x + c * y + e, b * x + d * y + f]) })
    this.#viewport.render()
  }

  /**
   * Cornerstone draws in the next frame of the screen, which is late while a page opens or much comes in: neither a first
   * picture nor a clip waits for it.
   */
  drawNow(): void {
    if (!this.#picture || this.#isFresh) return
    this.#viewport.customRenderViewportToCanvas()
    this.#isFresh = true
    if (this.#drawnKey !== undefined) this.#onDrawn(this.#drawnKey)
  }

  #draw(picture: Picture, { canvas, transform }: Types.CPUFallbackEnabledElement): void {
    const context = canvas?.getContext('2d')
    if (!canvas || !context || !transform || !this.#presentation || this.#isFresh) return
    context.setTransform(1, 0, 0, 1, 0, 0)
    context.fillStyle = '#000'
    context.fillRect(0, 0, canvas.width, canvas.height)
    // Cleared while this drawing was waiting for its turn.
    if (this.#picture !== picture) return
    const { center, width, shape, curve, inverted, colours } = this.#presentation
    const { slope, intercept } = frameOf(picture.image, picture.frame)
    const colour = picture.image.samples.type === 'rgb8'
    this.#surface.draw(picture.image, picture.samples, {
      slope: colour ? 1 : slope,
      intercept: colour ? 0 : intercept,
      center,
      width,
      shape,
      inverted,
      colours: colour ? undefined : colours,
      curve,
      padding: colour ? undefined : paddingRange(picture.image),
    })
    const [a, b, c, d, e, f] = transform.getMatrix() as number[]
    context.setTransform(a ?? 1, b ?? 0, c ?? 0, d ?? 1, e ?? 0, f ?? 0)
    this.paint(context)
    this.#drawnKey = picture.key
  }

  /** One canvas pixel is one pixel of the screen; Cornerstone's own resize forgets devicePixelRatio here. */
  #fitCanvas(): boolean {
    const ratio = window.devicePixelRatio || 1
    const width = Math.max(1, Math.round(this.element.clientWidth * ratio))
    const height = Math.max(1, Math.round(this.element.clientHeight * ratio))
    const { canvas } = this
    if (canvas.width === width && canvas.height === height) return false
    canvas.width = width
    canvas.height = height
    return true
  }
}

/** Cornerstone wants mm; where there are none, pixels keep their shape and are one unit wide. */
function spacingOf(image: InstanceImage, frame: number): [row: number, column: number] {
  const spacing = frameOf(image, frame).spacing
  return spacing && spacing[0] > 0 && spacing[1] > 0 ? spacing : [pixelAspectOf(image, frame), 1]
}

function cornerstoneImage(
  { key, image, frame, samples }: Picture,
  render: (enabledElement: Types.CPUFallbackEnabledElement) => void,
): Types.IImage {
  const colour = image.samples.type === 'rgb8'
  const { slope, intercept } = frameOf(image, frame)
  const numberOfComponents = colour ? 3 : 1
  const [rowPixelSpacing, columnPixelSpacing] = spacingOf(image, frame)
  // Cornerstone's type leaves out Float64Array, which its code does not mind.
  const pixels = samples as Types.PixelDataTypedArray
  return {
    imageId: key,
    render,
    voxelManager: utilities.VoxelManager.createImageVoxelManager({
      width: image.columns,
      height: image.rows,
      scalarData: pixels,
      numberOfComponents,
    }),
    getPixelData: () => pixels,
    dataType: pixels.constructor.name as Types.PixelDataTypedArrayString,
    width: image.columns,
    height: image.rows,
    columns: image.columns,
    rows: image.rows,
    rowPixelSpacing,
    columnPixelSpacing,
    slope: colour ? 1 : slope,
    intercept: colour ? 0 : intercept,
    // Replaced at once by what `show` asks for.
    windowCenter: 128,
    windowWidth: 256,
    voiLUTFunction: Enums.VOILUTFunctionType.LINEAR,
    minPixelValue: 0,
    maxPixelValue: 255,
    color: colour,
    rgba: false,
    numberOfComponents,
    photometricInterpretation: colour ? 'RGB' : image.samples.inverted ? 'MONOCHROME1' : 'MONOCHROME2',
    invert: image.samples.inverted,
    sizeInBytes: frameBytes(image),
    getCanvas: () => document.createElement('canvas'),
  }
}

/** Metadata of the pictures that are shown now. */
function describe(type: string, imageId: string): unknown {
  for (const { picture } of open) {
    if (picture?.key === imageId) return describePicture(type, picture)
  }
  return undefined
}

function describePicture(type: string, { image, frame }: Picture): unknown {
  const { plane, windows, slope, intercept } = frameOf(image, frame)
  const [rowPixelSpacing, columnPixelSpacing] = spacingOf(image, frame)
  const rowCosines = plane?.rowDirection ?? [1, 0, 0]
  const columnCosines = plane?.columnDirection ?? [0, 1, 0]
  const colour = image.samples.type === 'rgb8'
  switch (type) {
    case Enums.MetadataModules.IMAGE_PLANE:
      return {
        rows: image.rows,
        columns: image.columns,
        rowPixelSpacing,
        columnPixelSpacing,
        rowCosines,
        columnCosines,
        imageOrientationPatient: [...rowCosines, ...columnCosines],
        imagePositionPatient: plane?.position ?? [0, 0, 0],
        frameOfReferenceUID: image.frameOfReferenceUID,
        usingDefaultValues: plane === null,
      }
    case Enums.MetadataModules.IMAGE_PIXEL:
      return {
        bitsAllocated: (frameBytes(image) * 8) / (image.rows * image.columns * (colour ? 3 : 1)),
        bitsStored: image.bitsStored,
        highBit: image.bitsStored - 1,
        samplesPerPixel: colour ? 3 : 1,
        photometricInterpretation: colour ? 'RGB' : image.samples.inverted ? 'MONOCHROME1' : 'MONOCHROME2',
        pixelRepresentation: /^(int|float)/.test(image.samples.type) ? 1 : 0,
      }
    case Enums.MetadataModules.GENERAL_SERIES:
      return { modality: image.modality }
    case Enums.MetadataModules.VOI_LUT:
      return { windowCenter: windows.map(({ center }) => center), windowWidth: windows.map(({ width }) => width) }
    case Enums.MetadataModules.MODALITY_LUT:
      return { rescaleSlope: slope, rescaleIntercept: intercept, rescaleType: image.rescaleType }
    default:
      return undefined
  }
}
