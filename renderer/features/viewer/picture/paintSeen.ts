/** What acts and is no part of the picture, or is for ears only. */
const LEFT_OUT = 'button, a, [role="slider"], [role="alert"], .visuallyHidden, svg[viewBox]'

/**
 * Paints what is seen in an element, pictures, lines and words, into a context that counts in the element's own CSS
 * pixels: in the order of the page, by the styles that are in force.
 */
export function paintSeen(context: CanvasRenderingContext2D, root: Element): void {
  const { left, top } = root.getBoundingClientRect()
  context.save()
  context.translate(-left, -top)
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) => {
    if (!(node instanceof Element)) return NodeFilter.FILTER_ACCEPT
    return node.matches(LEFT_OUT) || !node.checkVisibility() ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT
  })
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node instanceof Text) paintWords(context, node)
    else if (node instanceof HTMLCanvasElement) {
      const box = node.getBoundingClientRect()
      if (box.width > 0 && node.width > 0) context.drawImage(node, box.left, box.top, box.width, box.height)
    } else if (node instanceof SVGGeometryElement) paintShape(context, node)
    else if (node instanceof HTMLElement) paintPlate(context, node)
  }
  context.restore()
}

function paintPlate(context: CanvasRenderingContext2D, element: HTMLElement): void {
  const { backgroundColor } = getComputedStyle(element)
  if (backgroundColor === 'rgba(0, 0, 0, 0)') return
  context.fillStyle = backgroundColor
  for (const { left, top, width, height } of element.getClientRects()) context.fillRect(left, top, width, height)
}

function paintShape(context: CanvasRenderingContext2D, shape: SVGGeometryElement): void {
  const matrix = shape.getScreenCTM()
  const path = outlineOf(shape)
  if (!matrix || !path) return
  const { fill, stroke, strokeWidth, strokeDasharray, opacity } = getComputedStyle(shape)
  context.save()
  context.transform(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)
  context.globalAlpha = Number(opacity)
  if (fill !== 'none') {
    context.fillStyle = fill
    context.fill(path)
  }
  if (stroke !== 'none') {
    context.strokeStyle = stroke
    context.lineWidth = Number.parseFloat(strokeWidth)
    context.setLineDash(strokeDasharray === 'none' ? [] : strokeDasharray.split(/[ ,]+/).map(Number.parseFloat))
    context.stroke(path)
  }
  context.restore()
}

function outlineOf(shape: SVGGeometryElement): Path2D | undefined {
  if (shape instanceof SVGPathElement) return new Path2D(shape.getAttribute('d') ?? '')
  const path = new Path2D()
  if (shape instanceof SVGCircleElement) {
    path.arc(shape.cx.baseVal.value, shape.cy.baseVal.value, shape.r.baseVal.value, 0, 2 * Math.PI)
    return path
  }
  if (shape instanceof SVGRectElement) {
    const { x, y, width, height } = shape
    path.rect(x.baseVal.value, y.baseVal.value, width.baseVal.value, height.baseVal.value)
    return path
  }
  return undefined
}

function paintWords(context: CanvasRenderingContext2D, words: Text): void {
  const parent = words.parentElement
  const range = document.createRange()
  range.selectNodeContents(words)
  const [box] = range.getClientRects()
  const text = words.data.trim()
  if (!parent || !box || text === '') return
  const style = getComputedStyle(parent)
  const drawn = parent instanceof SVGElement
  const halo = Number.parseFloat(drawn ? style.strokeWidth : style.webkitTextStrokeWidth)
  context.save()
  // What is cut off with an ellipsis goes no further here.
  const block = drawn ? undefined : parent.closest('div')?.getBoundingClientRect()
  if (block) {
    context.beginPath()
    context.rect(block.left, block.top, block.width, block.height)
    context.clip()
  }
  context.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`
  context.textBaseline = 'alphabetic'
  const { fontBoundingBoxAscent } = context.measureText(text)
  const [x, y] = [box.left, box.top + fontBoundingBoxAscent]
  if (halo > 0 && (!drawn || style.stroke !== 'none')) {
    context.lineJoin = 'round'
    context.lineWidth = halo
    context.strokeStyle = drawn ? style.stroke : style.webkitTextStrokeColor
    context.strokeText(text, x, y)
  }
  context.fillStyle = drawn ? style.fill : style.color
  context.fillText(text, x, y)
  context.restore()
}
