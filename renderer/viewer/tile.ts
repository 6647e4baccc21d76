import { createStore } from 'zustand/vanilla'
import type { SeriesRow, StudyRow } from '#shared/contract/studies.ts'
import type { ColourMap } from '#shared/imaging/colourMaps.ts'
import { type DisplaySet, type StackFrame, stackFrames } from '#shared/imaging/displaySets.ts'
import { frameBytes } from '#shared/imaging/frameOf.ts'
import { outward } from '#shared/imaging/outward.ts'
import { type Affine, type Camera, wholeImage } from './camera.ts'
import { Cine } from './cine.ts'
import type { Picture, PictureView } from './cornerstone.ts'
import { defaultWindow, type Window, windowShape } from './defaultWindow.ts'
import { overlayOf, retryOverlay } from './fileGraphics.ts'
import { type FrameStore, frameKey } from './frameStore.ts'
import { overMapping } from './mpr/fusionState.ts'
import { removeView, showView } from './pictureViews.ts'
import { typedSamples } from './samples.ts'

export interface TileSource {
  study: StudyRow
  series: SeriesRow
  set: DisplaySet
  /** Pictures of the stack, where the set has its first ones only. */
  total?: number
}

export interface TileState {
  source: TileSource | undefined
  stack: readonly StackFrame[]
  index: number
  /** `shown` stays while the next picture is drawn; `isDrawn` knows whether its pixels are on the canvas. */
  status: 'empty' | 'loading' | 'shown' | 'message'
  message: string
  /** Whether asking again may help. */
  canRetry: boolean
  camera: Camera
  /** The window in force; what the person chose, else that of the image. */
  window: Window
  windowChosen: boolean
  inverted: boolean
  colourMap: ColourMap
  /** Shutter and overlay planes of the file. */
  graphicsShown: boolean
  /** The file has an overlay that does not arrive. */
  overlayFailed: boolean
  /** Where the drawn image lies in the element, in CSS pixels. */
  imageToCanvas: Affine | undefined
  /** Screen pixels per image pixel. */
  scale: number
  loadedFrames: number
  playing: boolean
  speed: number
  /** Counts the pictures of a volume as they come: they follow when they are made. */
  made: number
}

const empty: TileState = {
  source: undefined,
  stack: [],
  index: 0,
  status: 'empty',
  message: '',
  canRetry: false,
  camera: wholeImage,
  window: { center: 0, width: 1 },
  windowChosen: false,
  inverted: false,
  colourMap: 'grey',
  graphicsShown: true,
  overlayFailed: false,
  imageToCanvas: undefined,
  scale: 1,
  loadedFrames: 0,
  playing: false,
  speed: 1,
  made: 0,
}

let tiles = 0
const COUNT_MS = 250

/** One picture on the screen: which stack, which image of it, and how it is presented. Knows no React. */
export class Tile {
  readonly store = createStore<TileState>(() => empty)
  readonly cine: Cine
  readonly #frames: FrameStore
  readonly #owner = `tile-${++tiles}`
  #view: PictureView | undefined
  #positions = new Map<string, number>()
  #missing = new Set<string>()
  #countTimer: ReturnType<typeof setTimeout> | undefined
  /** One for all overlays: each is told once, however often it was asked for. */
  readonly #redraw = () => this.#update()

  constructor(frames: FrameStore) {
    this.#frames = frames
    this.cine = new Cine(this, (index) => this.#isLoaded(index))
    frames.subscribe((key) => this.#arrived(key))
  }

  get state(): TileState {
    return this.store.getState()
  }

  /** Images of the stack that are here; the state follows a little later. */
  get loadedFrames(): number {
    return this.state.stack.length - this.#missing.size
  }

  get view(): PictureView | undefined {
    return this.#view
  }

  /** Whether the pixels of the current image, and of no other, are on the canvas. */
  get isDrawn(): boolean {
    const { current } = this
    return this.state.status === 'shown' && current !== undefined && this.#view?.drawnKey === frameKey(current)
  }

  get current(): StackFrame | undefined {
    return this.state.stack[this.state.index]
  }

  /** Draws into the element until the returned function is called. */
  attach(element: HTMLDivElement): () => void {
    const view = showView(element, (key) => this.#drawn(key))
    this.#view = view
    const observer = new ResizeObserver(() => view.resize())
    observer.observe(element)
    // While nobody looked, pictures may have been let go.
    this.#missing = new Set(this.state.stack.filter((item) => !this.#frames.has(item)).map(frameKey))
    this.#want()
    this.#update()
    return () => {
      observer.disconnect()
      this.cine.pause()
      removeView(view)
      if (this.#view === view) this.#view = undefined
      this.#frames.want(this.#owner, [])
    }
  }

  open(source: TileSource, index = 0): void {
    this.cine.pause()
    const stack = this.#takeUp(source)
    this.store.setState({
      ...empty,
      source,
      stack,
      index: clamp(index, stack.length),
      loadedFrames: stack.length - this.#missing.size,
    })
    this.#view?.clear()
    this.#want()
    this.#update()
  }

  /** The same volume, cut in another direction. What is on the canvas stays until the next picture is made. */
  turn(source: TileSource, camera: Camera): void {
    this.cine.pause()
    const stack = this.#takeUp(source)
    this.store.setState({ source, stack, index: stack.length >> 1, camera, loadedFrames: stack.length })
    this.#update()
  }

  #takeUp(source: TileSource): StackFrame[] {
    const stack = stackFrames(source.set)
    this.#positions = new Map(stack.map((item, position) => [frameKey(item), position]))
    this.#missing = new Set(stack.filter((item) => !this.#frames.has(item)).map(frameKey))
    return stack
  }

  /** More images have come into the stack: it grows under the image that is shown. */
  grow(source: TileSource): void {
    const { current } = this
    if (!current) return
    this.cine.pause()
    const stack = this.#takeUp(source)
    const index = this.#positions.get(frameKey(current)) ?? 0
    this.store.setState({ source, stack, index, loadedFrames: stack.length - this.#missing.size })
    this.#want()
    this.#update()
  }

  close(): void {
    this.cine.pause()
    this.#positions.clear()
    this.#missing.clear()
    this.store.setState(empty)
    this.#view?.clear()
    this.#frames.want(this.#owner, [])
  }

  goTo(index: number): void {
    const next = clamp(index, this.state.stack.length)
    if (next === this.state.index) return
    this.store.setState({ index: next })
    this.#want()
    this.#update()
  }

  /** The current image is on the canvas when this returns, and not a frame of the screen later. */
  drawNow(): void {
    this.#view?.drawNow()
  }

  scroll(by: number): void {
    this.cine.pause()
    this.goTo(this.state.index + by)
  }

  /** Where a person wants to be; a clip that plays stops there. */
  stopAt(index: number): void {
    this.cine.pause()
    this.goTo(index)
  }

  setCamera(camera: Camera): void {
    this.store.setState({ camera })
    this.#update()
  }

  /** `undefined` goes back to the window of each image. */
  setWindow(window: Window | undefined): void {
    this.store.setState(window ? { window, windowChosen: true } : { windowChosen: false })
    this.#update()
  }

  invert(): void {
    this.store.setState({ inverted: !this.state.inverted })
    this.#update()
  }

  setColourMap(colourMap: ColourMap): void {
    this.store.setState({ colourMap })
    this.#update()
  }

  toggleGraphics(): void {
    this.store.setState({ graphicsShown: !this.state.graphicsShown })
    this.#update()
  }

  reset(): void {
    this.store.setState({
      camera: wholeImage,
      windowChosen: false,
      inverted: false,
      colourMap: 'grey',
      graphicsShown: true,
    })
    this.#update()
  }

  retry(): void {
    this.store.setState({ status: 'loading', message: '' })
    this.#frames.retry(this.state.stack)
    this.#want()
    this.#update()
  }

  retryOverlay(): void {
    const { current } = this
    if (current) retryOverlay(current.instanceId, current.frame)
    this.#update()
  }

  /** The picture of the current image, where its samples are here. */
  picture(): Picture | undefined {
    return this.current && this.#pictureOf(this.current)
  }

  #pictureOf(item: StackFrame): Picture | undefined {
    if (item.image.obstacle !== null) return undefined
    const answer = this.#frames.get(item)
    if (!answer || !('bytes' in answer)) return undefined
    return {
      key: frameKey(item),
      image: item.image,
      frame: item.frame,
      samples: typedSamples(item.image, answer.bytes),
      ...(answer.coarse && { coarse: true }),
      ...(answer.over && { over: answer.over }),
    }
  }

  #isLoaded(index: number): boolean {
    const item = this.state.stack[index]
    return item !== undefined && (item.image.obstacle !== null || this.#frames.has(item))
  }

  #want(): void {
    const { stack, index } = this.state
    if (!this.#view) return
    this.#frames.want(
      this.#owner,
      outward(stack.length, index).flatMap((position) => {
        const item = stack[position]
        if (!item || item.image.obstacle !== null) return []
        return { instanceId: item.instanceId, frame: item.frame, bytes: frameBytes(item.image) }
      }),
    )
  }

  #arrived(key: string): void {
    if (key === '') {
      if (this.state.status === 'loading') this.#update()
      return
    }
    const position = this.#positions.get(key)
    if (position === undefined) return
    this.#missing.delete(key)
    if (position === this.state.index) this.#update()
    else if (this.state.stack[position]?.image.reformat) this.#showPassing(position)
    // Every repaint costs what the loading needs; four a second are enough for a bar.
    this.#countTimer ??= setTimeout(() => {
      this.#countTimer = undefined
      this.store.setState({ loadedFrames: this.loadedFrames })
    }, COUNT_MS)
  }

  /** Whoever scrolls faster than planes are made sees those that were, on the way to the one that is wanted. */
  #showPassing(position: number): void {
    const item = this.state.stack[position]
    const { current } = this
    if (item && current && this.#view?.drawnKey !== frameKey(current)) this.#show(item)
  }

  #say(message: string, canRetry: boolean): void {
    this.#view?.clear()
    this.store.setState({ status: 'message', message, canRetry, imageToCanvas: undefined })
  }

  #update(): void {
    const item = this.current
    if (!item) return
    const answer = this.#frames.get(item)
    if (item.image.obstacle !== null) this.#say(item.image.obstacle, false)
    else if (answer && 'failure' in answer) this.#say(answer.failure, true)
    else if (answer) this.#show(item)
    else if (item.image.reformat && this.#view?.drawnKey !== undefined) return
    else if (this.#frames.unreachable) this.#say('The images do not arrive: the workstation does not answer.', true)
    else {
      this.#view?.clear()
      this.store.setState({ status: 'loading', message: '', imageToCanvas: undefined })
    }
  }

  #show(item: StackFrame): void {
    const { state } = this
    try {
      const picture = this.#pictureOf(item)
      if (!picture) return
      const { image, frame, samples } = picture
      if (state.status === 'message') this.store.setState({ status: 'loading', message: '' })
      const window = state.windowChosen ? state.window : defaultWindow(image, frame, samples)
      if (window.center !== state.window.center || window.width !== state.window.width) this.store.setState({ window })
      const overlay = state.graphicsShown ? overlayOf(image, item.instanceId, frame, this.#redraw) : undefined
      const overlayFailed = overlay === 'failed'
      if (overlayFailed !== state.overlayFailed) this.store.setState({ overlayFailed })
      this.#view?.show(picture, {
        ...window,
        shape: windowShape(image, frame),
        curve: state.windowChosen ? null : image.voiLut,
        inverted: image.samples.inverted !== state.inverted,
        camera: state.camera,
        colours: state.colourMap,
        graphics: state.graphicsShown,
        overlay: overlayFailed ? undefined : overlay,
        over: picture.over && overMapping(),
      })
    } catch (error) {
      this.#say(error instanceof Error ? error.message : 'The image cannot be drawn.', true)
    }
  }

  #drawn(key: string): void {
    const item = this.current
    if (!item || !this.#view || frameKey(item) !== key) return
    const { scale } = this.#view
    const imageToCanvas = this.#view.imageToCanvas()
    const { state } = this
    // Each change draws the overlays again: while a stack runs through, where it lies mostly stays.
    const stays = state.imageToCanvas?.every((part, index) => part === imageToCanvas[index]) && state.scale === scale
    if (item.image.reformat) this.store.setState({ made: state.made + 1 })
    if (state.status !== 'shown' || !stays) {
      this.store.setState({ status: 'shown', message: '', imageToCanvas, scale })
    }
  }
}

function clamp(index: number, length: number): number {
  return Math.max(0, Math.min(length - 1, Math.round(index)))
}
